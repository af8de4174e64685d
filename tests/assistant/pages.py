"""Pages made by hand, and the letters that a statement and its quotes must share."""

from collections import Counter
from collections.abc import Iterable, Sequence

from ingest.types import Block, BlockKind, Page, PageHealth, Span, Word

Part = tuple[BlockKind, str] | tuple[BlockKind, str, int] | tuple[BlockKind, str, int, bool]


def make_page(*parts: Part, number: int = 1) -> Page:
    """One block for each part (kind, text, level, continues), a line each; every word is a box of its own."""
    text, blocks, words = "", [], []
    for line, (kind, content, *more) in enumerate(parts):
        start = len(text)
        at = start
        for word in content.split():
            at = start + content.index(word, at - start)
            words.append(Word(at, at + len(word), 50 + at - start, 50 + 14 * line, 54 + at - start, 62 + 14 * line))
            at += len(word)
        text += f"{content}\n"
        level = int(more[0]) if more else 0
        blocks.append(Block(kind, start, start + len(content), level, len(more) > 1 and bool(more[1])))
    return Page(number, str(number), text, 595, 842, PageHealth.READ, None, tuple(words), tuple(blocks))


def read_spans(spans: Sequence[Span], *pages: Page) -> list[str]:
    """What stands in the spans, each on its page."""
    by_number = {page.number: page for page in pages}
    return [by_number[span.page].text[span.start : span.end] for span in spans]


def letters(text: str) -> str:
    """The letters and digits alone: bullets, brackets, dashes and spaces carry nothing."""
    return "".join(filter(str.isalnum, text))


def added(text: str, quotes: Iterable[str]) -> str:
    """The letters and digits of a text that its quotes do not hold, or not so often."""
    return "".join((Counter(letters(text)) - Counter(letters("".join(quotes)))).elements())

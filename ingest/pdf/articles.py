"""The articles of a document: from its outline, else from its contents page, else from its headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from ingest.pdf.source import Source
from ingest.types import Article, Block, BlockKind, Page

_CONTENTS = re.compile(r"^(?:table of )?contents\b", re.I)
_ENTRY = re.compile(r"^(?P<title>\D.*?)[\s.·…|]*\s(?P<page>\d{1,4})$|^(?P<page2>\d{1,4})[\s.|]+(?P<title2>\D.*)$")
_MATCH = 75.0  # per cent alike: a contents line against the heading it points at
_ROLE_WORDS = re.compile(r"(?i)\b(?:programme|practice|team|service|project|social|director|manager|head of|senior)\b")
_LONG = 15  # words: running text, not a strapline
_LOOK_AHEAD = 12  # pages: contents stand at the front


@dataclass(frozen=True, slots=True)
class _Start:
    title: str
    page: int


def find_articles(pages: Sequence[Page], source: Source) -> tuple[Article, ...]:
    """Articles in order, without gaps, from page 1 to the last."""
    starts = _from_outline(source) or _with_title_pages(_from_contents(pages), pages) or _from_headings(pages)
    if starts and starts[0].page != 1:
        starts = [_Start("Cover", 1), *starts]
    return tuple(_close(starts, pages))


def _from_outline(source: Source) -> list[_Start]:
    top = min((depth for _, _, depth in source.outline), default=0)
    entries = [(title, page) for title, page, depth in source.outline if depth == top]
    if len(entries) == 1 and len(source.outline) > 2:  # one entry for the whole document: its children are the chapters
        entries = [(title, page) for title, page, depth in source.outline if depth <= top + 1]
    starts = [_Start(title, page) for title, page in entries]
    return starts if len(starts) >= 2 else []


def _from_contents(pages: Sequence[Page]) -> list[_Start]:
    for page in pages[:_LOOK_AHEAD]:
        parts = [(block.kind, page.text[block.start : block.end].strip()) for block in page.blocks]
        heading = next((n for n, (_, text) in enumerate(parts[:4]) if _CONTENTS.match(text)), None)
        if heading is None:
            continue
        entries = _entries([text for _, text in parts[heading + 1 :]])
        starts = [s for title, label in entries if (s := _locate(title, label, pages)) is not None]
        if len(starts) >= 2 and len(starts) >= 0.6 * len(entries):
            return [_Start("Contents", page.number), *starts]
    return []


def _entries(lines: Sequence[str]) -> list[tuple[str, int]]:
    """Title and printed page of each contents line, also where numbers and titles were drawn apart."""
    together, titles, numbers = [], [], []
    for line in lines:
        if re.fullmatch(r"\d{1,4}", line):
            numbers.append(int(line))
        elif match := _ENTRY.match(line):
            together.append((match["title"] or match["title2"], int(match["page"] or match["page2"])))
        elif len(line.split()) <= 30:
            titles.append(line)
    if numbers and len(titles) >= len(numbers):
        together += list(zip(titles, numbers, strict=False))
    return sorted(together, key=lambda entry: entry[1])


def _locate(title: str, label: int, pages: Sequence[Page]) -> _Start | None:
    """The page of this label, or of this number, whose head bears the title."""
    near = [p for p in pages if p.label == str(label)] or [p for p in pages if p.number == label]
    for page in near:
        if fuzz.partial_ratio(_plain(title), _plain(page.text[: len(title) + 160])) >= _MATCH:
            return _Start(title, page.number)
    return None


def _from_headings(pages: Sequence[Page]) -> list[_Start]:
    levels = sorted({b.level for p in pages for b in p.blocks if b.kind is BlockKind.HEADING and 1 <= b.level <= 4})
    for level in levels:
        starts = [_Start(p.text[b.start : b.end].strip(), p.number) for p, b in _heads(pages) if b.level <= level]
        if len(starts) >= 2:
            return starts
    return []


def _heads(pages: Sequence[Page]) -> list[tuple[Page, Block]]:
    return [(p, p.blocks[0]) for p in pages if p.blocks and p.blocks[0].kind is BlockKind.HEADING]


def _with_title_pages(starts: list[_Start], pages: Sequence[Page]) -> list[_Start]:
    """Adds what contents pages leave out: pages headed as large as the listed articles are."""
    known = {start.page for start in starts}
    levels = [b.level for p, b in _heads(pages) if p.number in known and 1 <= b.level <= 4]
    usual = max(set(levels), key=levels.count) if levels else 0
    for page, block in _heads(pages):
        if usual and block.level == usual and page.number not in known and starts and page.number > starts[0].page:
            starts = [*starts, _Start(page.text[block.start : block.end].strip(), page.number)]
    return sorted(starts, key=lambda start: start.page)


def _close(starts: list[_Start], pages: Sequence[Page]) -> list[Article]:
    """Each article ends before the next one's page, or on that page where the next begins below its head."""
    articles: list[Article] = []
    for number, start in enumerate(starts):
        last = len(pages)
        if number + 1 < len(starts):
            following = starts[number + 1]
            last = max(start.page, following.page - (1 if _heads_page(following, pages) else 0))
        articles.append(Article(number, start.title, start.page, last, _authors(pages[start.page - 1], start.title)))
    return articles


def _heads_page(start: _Start, pages: Sequence[Page]) -> bool:
    """Whether the article begins at the head of its page, with no other one's text above its title."""
    page = pages[start.page - 1]
    if not page.blocks:
        return True
    parts = [(block.kind, page.text[block.start : block.end]) for block in page.blocks]
    prose = next((n for n, (kind, text) in enumerate(parts) if kind is BlockKind.PARAGRAPH and _is_long(text)), 4)
    head = " ".join(text for kind, text in parts[: min(prose, 4)] if kind is BlockKind.HEADING)
    later = [text for kind, text in parts[1:] if kind is BlockKind.HEADING and _alike(start.title, text)]
    return not later or fuzz.partial_ratio(_plain(start.title), _plain(head)) >= _MATCH


def _is_long(text: str) -> bool:
    return len(text.split()) >= _LONG


def _alike(title: str, heading: str) -> bool:
    return _likeness(title, heading) >= _MATCH


def _likeness(title: str, heading: str) -> float:
    return fuzz.ratio(_plain(title), _plain(heading))


def _authors(page: Page, title: str) -> tuple[str, ...]:
    """The names in the byline under the article's title."""
    first = _title_below(page, title)
    for block in page.blocks[first : first + 8]:
        if block.kind is BlockKind.BYLINE:
            return _names(page.text[block.start : block.end])
        if block.kind in (BlockKind.QUOTE, BlockKind.PARAGRAPH):
            break
    return ()


def _title_below(page: Page, title: str) -> int:
    """Where the title stands when another article's text is above it on the page, else 0."""
    heads = [n for n, block in enumerate(page.blocks) if block.kind is BlockKind.HEADING]
    likeness = {n: _likeness(title, page.text[page.blocks[n].start : page.blocks[n].end]) for n in heads}
    best = max(likeness, key=lambda n: likeness[n], default=0)
    below = any(block.kind is BlockKind.PARAGRAPH for block in page.blocks[:best])
    return best if below and likeness[best] >= _MATCH else 0


def _names(byline: str) -> tuple[str, ...]:
    names = re.split(r"\s+[–—-]\s+|,", byline, maxsplit=1)[0]
    names = _ROLE_WORDS.split(names, maxsplit=1)[0]
    parts = [re.sub(r"[^\w’' .-]", "", part).strip() for part in re.split(r"(?i)\s+(?:and|&)\s+", names)]
    return tuple(part.title() if part.isupper() else part for part in parts if 1 < len(part.split()) <= 4)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().lower()

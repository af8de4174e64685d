"""Pages into chunks: small enough to rank well, never across a page, lists whole with what says what they list.

Sizes from a first try (docs/decisions/0005): about 128 tokens found the gold page first for 71 % of the questions,
1,024 tokens for 52 %. The model reads 256 tokens and no more.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from ingest.names import find_names
from ingest.programme import Programme
from ingest.rows import cells_of, find_heads
from ingest.sentences import sentence_spans
from ingest.types import Article, Block, BlockKind, Chunk, Page, ParsedDocument, Span

TARGET_WORDS = 100
LIST_WORDS = 200
LONG_WORDS = 160


@dataclass(slots=True)
class _Draft:
    article: Article | None
    section: str | None
    spans: list[Span] = field(default_factory=list)
    words: int = 0
    kinds: list[BlockKind] = field(default_factory=list)
    head: str | None = None  # of the table whose rows begin the chunk without it


def chunk_document(parsed: ParsedDocument, programme: Programme) -> tuple[Chunk, ...]:
    """Every character of every block lies in exactly one chunk; offsets are those of the pages."""
    pages = {page.number: page for page in parsed.pages}
    drafts = [draft for draft in _drafts(parsed) if draft.spans]
    return tuple(_chunk(number, draft, pages, programme) for number, draft in enumerate(drafts))


def _drafts(parsed: ParsedDocument) -> Iterator[_Draft]:
    article: Article | None = None
    section: str | None = None
    heads = find_heads(parsed.pages)
    for page in parsed.pages:
        article, section = _at_page(page, parsed.articles, article, section)
        draft = _Draft(article, section)
        for number, block in enumerate(page.blocks):
            if block.kind is BlockKind.HEADING:
                heading = page.text[block.start : block.end].strip()
                starts = _article_starting(page, heading, parsed.articles)
                article, section = (starts, None) if starts else (article, heading)
                if draft.kinds and draft.kinds[-1] is not BlockKind.HEADING:
                    yield draft
                    draft = _Draft(article, section)
                draft.article, draft.section = article, section
            elif _is_full(draft, block, page, page.blocks[number - 1].kind if number else None):
                yield draft
                draft = _Draft(article, section)
            if block.kind is BlockKind.TABLE_ROW and BlockKind.TABLE_ROW not in draft.kinds:
                draft.head = heads.get((page.number, number))
            parts = list(_parts(page, block))
            for part in parts[:-1]:
                _put(draft, part, block.kind, page)
                yield draft
                draft = _Draft(article, section)
            _put(draft, parts[-1], block.kind, page)
        yield draft


def _at_page(
    page: Page, articles: Sequence[Article], article: Article | None, section: str | None
) -> tuple[Article | None, str | None]:
    """The article at the head of a page: the one that runs on, unless the page belongs to another."""
    if article is not None and article.first_page <= page.number <= article.last_page:
        return article, section
    holders = [a for a in articles if a.first_page <= page.number <= a.last_page]
    return (holders[0] if holders else None), None


def _article_starting(page: Page, heading: str, articles: Sequence[Article]) -> Article | None:
    for article in articles:
        if article.first_page == page.number and fuzz.ratio(heading.lower(), article.title.lower()) > 85:
            return article
    return None


def _is_full(draft: _Draft, block: Block, page: Page, before: BlockKind | None) -> bool:
    words = len(page.text[block.start : block.end].split())
    if not draft.words or all(kind is BlockKind.HEADING for kind in draft.kinds):
        return False
    if block.kind is BlockKind.BYLINE:
        return before not in (BlockKind.QUOTE, BlockKind.HEADING, BlockKind.BYLINE) and not _ends_quoted(draft, page)
    if block.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW):
        return draft.words + words > LIST_WORDS
    return draft.words + words > TARGET_WORDS


def _ends_quoted(draft: _Draft, page: Page) -> bool:
    return page.text[: draft.spans[-1].end].endswith("”")


def _parts(page: Page, block: Block) -> Iterator[Span]:
    """A long paragraph in pieces that end with a sentence."""
    text = page.text[block.start : block.end]
    if len(text.split()) <= LONG_WORDS:
        yield Span(page.number, block.start, block.end)
        return
    start = 0
    for _, end in sentence_spans(text):
        if len(text[start:end].split()) >= TARGET_WORDS and len(text[end:].split()) > 25:
            yield Span(page.number, block.start + start, block.start + end)
            start = end + len(text[end:]) - len(text[end:].lstrip())
    yield Span(page.number, block.start + start, block.end)


def _put(draft: _Draft, span: Span, kind: BlockKind, page: Page) -> None:
    draft.spans.append(span)
    draft.kinds.append(kind)
    draft.words += len(page.text[span.start : span.end].split())


def _chunk(number: int, draft: _Draft, pages: dict[int, Page], programme: Programme) -> Chunk:
    text = "\n".join(pages[span.page].text[span.start : span.end] for span in draft.spans)
    title = draft.article.title if draft.article else None
    head = ", ".join(filter(None, cells_of(draft.head))) if draft.head else None
    context = ". ".join(_distinct([title, draft.section, head]))
    straplines = _straplines(draft, pages)
    if len(find_names(straplines, programme).models) > 1:  # an overview: its head says nothing of one passage
        straplines = ""
    named = find_names(f"{context}\n{straplines}\n{text}", programme)
    return Chunk(
        ordinal=number,
        article=draft.article.number if draft.article else None,
        section=draft.section,
        spans=tuple(draft.spans),
        text=text,
        context=context,
        models=named.models,
        adopters=named.councils,
    )


def _straplines(draft: _Draft, pages: dict[int, Page]) -> str:
    """The headings and bylines at the head of the article: they name the council and the model it is about."""
    if draft.article is None or draft.article.first_page not in pages:
        return ""
    page = pages[draft.article.first_page]
    blocks = [b for b in page.blocks[:6] if b.kind in (BlockKind.HEADING, BlockKind.BYLINE)]
    return "\n".join(page.text[b.start : b.end] for b in blocks)


def _distinct(parts: Sequence[str | None]) -> list[str]:
    """Drops what is missing, and a section that only repeats the article's title."""
    kept: list[str] = []
    for part in parts:
        cleaned = re.sub(r"\s+", " ", part or "").strip(" .:")
        if cleaned and all(fuzz.ratio(cleaned.lower(), other.lower()) < 85 for other in kept):
            kept.append(cleaned)
    return kept

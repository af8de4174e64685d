"""Chunks: nothing lost, nothing twice, never across a page; lists whole with what leads them."""

from collections import Counter

import pytest

from ingest.chunks import LIST_WORDS, LONG_WORDS, TARGET_WORDS, chunk_document
from ingest.pdf import read_pdf
from ingest.programme import CORPUS, Programme
from ingest.types import Article, Block, BlockKind, Chunk, Page, PageHealth, ParsedDocument

P, H, L, R, Q, B = (
    BlockKind.PARAGRAPH,
    BlockKind.HEADING,
    BlockKind.LIST_ITEM,
    BlockKind.TABLE_ROW,
    BlockKind.QUOTE,
    BlockKind.BYLINE,
)
Part = tuple[BlockKind, str]


def sentence(number: int) -> str:
    return f"Sentence {number} says that the team met all of its families at home."


def prose(sentences: int, first: int = 1) -> str:
    return " ".join(sentence(number) for number in range(first, first + sentences))


def document(*pages: list[Part], articles: tuple[Article, ...] = ()) -> ParsedDocument:
    return ParsedDocument("A report", (), None, tuple(_page(n, parts) for n, parts in enumerate(pages, 1)), articles)


def _page(number: int, parts: list[Part]) -> Page:
    text, blocks = "", []
    for kind, part in parts:
        start = len(text) + (1 if text else 0)
        text = f"{text}\n{part}" if text else part
        blocks.append(Block(kind, start, len(text), 1 if kind is H else 0))
    return Page(number, None, text, 400, 300, PageHealth.READ, None, (), tuple(blocks))


def texts(chunks: tuple[Chunk, ...]) -> list[str]:
    return [chunk.text for chunk in chunks]


@pytest.fixture(scope="module", params=sorted(path.name for path in CORPUS.glob("*.pdf")))
def parsed(request: pytest.FixtureRequest) -> ParsedDocument:
    return read_pdf(CORPUS / request.param)


def test_every_character_of_every_block_is_in_one_chunk(parsed: ParsedDocument, programme: Programme) -> None:
    held: Counter[tuple[int, int]] = Counter()
    for chunk in chunk_document(parsed, programme):
        held.update((span.page, at) for span in chunk.spans for at in range(span.start, span.end))
    letters = [
        (page.number, at)
        for page in parsed.pages
        for block in page.blocks
        for at in range(block.start, block.end)
        if not page.text[at].isspace()
    ]
    assert letters
    assert all(held[place] == 1 for place in letters)
    assert max(held.values()) == 1


def test_joined_spans_are_the_chunks_text(parsed: ParsedDocument, programme: Programme) -> None:
    pages = {page.number: page.text for page in parsed.pages}
    chunks = chunk_document(parsed, programme)
    assert [chunk.ordinal for chunk in chunks] == list(range(len(chunks)))
    for chunk in chunks:
        assert chunk.text == "\n".join(pages[span.page][span.start : span.end] for span in chunk.spans)
        assert {span.page for span in chunk.spans} == {chunk.page}


def test_chunks_follow_the_reading_order(parsed: ParsedDocument, programme: Programme) -> None:
    places = [(span.page, span.start) for chunk in chunk_document(parsed, programme) for span in chunk.spans]
    assert places == sorted(places)


def test_chunks_are_of_a_size_that_the_model_reads(parsed: ParsedDocument, programme: Programme) -> None:
    sizes = [len(chunk.text.split()) for chunk in chunk_document(parsed, programme)]
    assert max(sizes) <= LIST_WORDS + LONG_WORDS
    assert sum(sizes) / len(sizes) > 25


def test_chunks_lie_in_the_article_that_holds_their_page(parsed: ParsedDocument, programme: Programme) -> None:
    for chunk in chunk_document(parsed, programme):
        assert chunk.article is not None
        article = parsed.articles[chunk.article]
        assert article.first_page <= chunk.page <= article.last_page


def test_no_chunk_crosses_a_page(programme: Programme) -> None:
    chunks = chunk_document(document([(P, prose(2))], [(P, prose(2, 3))]), programme)
    assert texts(chunks) == [prose(2), prose(2, 3)]


def test_a_long_paragraph_is_cut_between_sentences(programme: Programme) -> None:
    chunks = chunk_document(document([(P, prose(30))]), programme)
    assert len(chunks) > 2
    assert all(text.startswith("Sentence") and text.endswith(".") for text in texts(chunks))
    assert " ".join(texts(chunks)) == prose(30)
    assert all(TARGET_WORDS <= len(text.split()) < LONG_WORDS for text in texts(chunks)[:-1])


def test_a_heading_stays_with_its_text(programme: Programme) -> None:
    chunks = chunk_document(document([(P, prose(3)), (H, "What helped"), (P, prose(3, 4))]), programme)
    assert texts(chunks) == [prose(3), f"What helped\n{prose(3, 4)}"]
    assert [chunk.section for chunk in chunks] == [None, "What helped"]


def test_a_list_is_whole_with_its_lead(programme: Programme) -> None:
    lead = f"{prose(5)} The team does these things:"
    items = [f"thing {n}, which takes the team a day of the week in each month" for n in range(1, 7)]
    chunks = chunk_document(document([(P, lead), *((L, item) for item in items), (P, prose(6))]), programme)
    assert texts(chunks)[0] == "\n".join([lead, *items])


def test_a_list_is_not_parted_from_its_lead_by_size(programme: Programme) -> None:
    """The paragraph before fills the chunk: the lead opens the next one, with its list."""
    lead = "The team does these things in each of the four weeks of a month:"
    items = [f"thing {n}, which takes the team a day of the week in each month" for n in range(1, 7)]
    chunks = chunk_document(document([(P, prose(7)), (P, lead), *((L, item) for item in items)]), programme)
    assert texts(chunks) == [prose(7), "\n".join([lead, *items])]


def test_a_table_is_whole(programme: Programme) -> None:
    rows = ["Council | Began | Staff", *(f"Town {n} | 2020 | {n}" for n in range(20))]
    parts: list[Part] = [(P, prose(3)), *((R, row) for row in rows), (P, prose(6))]
    assert texts(chunk_document(document(parts), programme))[0] == "\n".join([prose(3), *rows])


def test_every_part_of_a_long_table_knows_its_heads(programme: Programme) -> None:
    """Rows that stand apart from their heads, in a second chunk and overleaf, have them in their context."""
    rows = ["Council | Began | Staff", *(f"Town {n} | 2020 | {n}" for n in range(70))]
    pages: list[list[Part]] = [
        [(H, "Costs"), *((R, row) for row in rows)],
        [(R, f"Port {n} | 2021 | {n}") for n in range(9)],
    ]
    chunks = chunk_document(document(*pages), programme)
    assert [chunk.context for chunk in chunks] == [
        "Costs",
        "Costs. Council, Began, Staff",
        "Costs. Council, Began, Staff",
        "Council, Began, Staff",
    ]


def test_a_table_of_another_shape_overleaf_has_not_these_heads(programme: Programme) -> None:
    first: list[Part] = [(R, "Council | Began | Staff"), (R, "Newtown | 2020 | 14")]
    chunks = chunk_document(document(first, [(R, "Rent | 12"), (R, "Heat | 7")]), programme)
    assert [chunk.context for chunk in chunks] == ["", ""]


def test_a_quote_keeps_its_speaker(programme: Programme) -> None:
    quote = f"“{prose(8)}”"
    chunks = chunk_document(document([(P, prose(1)), (Q, quote), (B, "Parent, Newtown")]), programme)
    assert texts(chunks)[-1].endswith("Parent, Newtown")
    assert texts(chunks)[-1].startswith("“")


def test_context_is_article_and_section(programme: Programme) -> None:
    articles = (Article(0, "First article", 1, 1), Article(1, "Second article", 1, 2))
    first = [(H, "First article"), (P, prose(2)), (H, "Second article"), (P, prose(2)), (H, "Costs"), (P, prose(2))]
    chunks = chunk_document(document(first, [(P, prose(2))], articles=articles), programme)
    assert [chunk.article for chunk in chunks] == [0, 1, 1, 1]
    assert [chunk.context for chunk in chunks] == [
        "First article",
        "Second article",
        "Second article. Costs",
        "Second article. Costs",
    ]


def test_models_and_councils_are_tagged(programme: Programme) -> None:
    adopter = next(entity for entity in programme.adopters if entity.local_names)
    other = next(entity for entity in programme.models if entity.id != adopter.model)
    parts = [(P, f"{adopter.local_names[0]} opened in May. {prose(7)}"), (P, f"{other.name} did too. {prose(7)}")]
    one, two = chunk_document(document(parts), programme)
    assert (one.models, one.adopters) == ((adopter.model,), (adopter.id,))
    assert (two.models, two.adopters) == ((other.id,), ())


def test_the_head_of_an_article_tags_what_it_is_about(programme: Programme) -> None:
    adopter = next(entity for entity in programme.adopters if entity.local_names)
    pages = [[(H, f"How {adopter.name} did it"), (P, prose(7)), (P, prose(7, 8))], [(P, prose(2))]]
    chunks = chunk_document(document(*pages, articles=(Article(0, f"How {adopter.name} did it", 1, 2),)), programme)
    assert len(chunks) == 3
    assert all(chunk.adopters == (adopter.id,) for chunk in chunks)


def test_an_empty_page_has_no_chunk(programme: Programme) -> None:
    assert texts(chunk_document(document([], [(P, prose(1))], []), programme)) == [prose(1)]

"""Articles come from the outline, else from the contents page, else from the headings."""

from collections.abc import Callable

import pytest
from pypdf import PdfWriter

from ingest.types import ParsedDocument
from tests.ingest.pdf.drawn import Read, Shown, placed, rewritten, stacked, typeset

TITLES = ["A foreword by the director", "How visits are planned", "What the figures say"]
STARTS = [2, 3, 5]
BODY = [
    "Every family meets its worker at home within five days of the",
    "first call, and the worker comes back each week with the one",
    "specialist who is needed most by the parents at that time.",
]
Found = list[tuple[str, int, int]]


def sheet(folio: int, title: str | None = None, size: float = 18) -> list[Shown]:
    head = [Shown(30, 40, title, size)] if title else []
    return [*head, *stacked(BODY, y=90), Shown(195, 285, str(folio), 9)]


def sheets(shift: int = 0) -> list[list[Shown]]:
    """Pages 2 to 5, the first three titles at the head of pages 2, 3 and 5."""
    titles = dict(zip(STARTS, TITLES, strict=True))
    return [sheet(number + shift, titles.get(number)) for number in range(2, 6)]


def found(parsed: ParsedDocument) -> Found:
    return [(article.title, article.first_page, article.last_page) for article in parsed.articles]


LISTED: Found = [("Contents", 1, 1), (TITLES[0], 2, 2), (TITLES[1], 3, 4), (TITLES[2], 5, 5)]


def test_the_outline_comes_first(read: Read) -> None:
    def outline(writer: PdfWriter) -> None:
        writer.add_outline_item(title="First part", page_number=0)
        part = writer.add_outline_item(title="Second part", page_number=2)
        writer.add_outline_item(title="A section of it", page_number=3, parent=part)

    assert found(read(rewritten(placed(*sheets()), outline))) == [("First part", 1, 2), ("Second part", 3, 4)]


def test_a_single_entry_for_all_gives_way_to_its_children(read: Read) -> None:
    def outline(writer: PdfWriter) -> None:
        whole = writer.add_outline_item(title="The whole report", page_number=0)
        writer.add_outline_item(title="First part", page_number=1, parent=whole)
        writer.add_outline_item(title="Second part", page_number=2, parent=whole)

    parsed = read(rewritten(placed(*sheets()), outline))
    assert found(parsed) == [("The whole report", 1, 1), ("First part", 2, 2), ("Second part", 3, 4)]


def test_what_precedes_the_first_entry_is_the_cover(read: Read) -> None:
    def outline(writer: PdfWriter) -> None:
        writer.add_outline_item(title="First part", page_number=1)
        writer.add_outline_item(title="Second part", page_number=2)

    assert found(read(rewritten(placed(*sheets()), outline)))[0] == ("Cover", 1, 1)


def lines_together() -> list[Shown]:
    return [
        Shown(30, 90 + 30 * n, f"{title} {'.' * 20} {page}")
        for n, (title, page) in enumerate(zip(TITLES, STARTS, strict=True))
    ]


def lines_dense() -> list[Shown]:
    return [shown._replace(y=90 + 13 * n) for n, shown in enumerate(lines_together())]


def numbers_first() -> list[Shown]:
    return [
        Shown(30, 90 + 30 * n, f"{page} {title}") for n, (title, page) in enumerate(zip(TITLES, STARTS, strict=True))
    ]


def lines_apart() -> list[Shown]:
    numbers = [Shown(30, 90 + 30 * n, str(page)) for n, page in enumerate(STARTS)]
    return numbers + [Shown(70, 90 + 30 * n, title) for n, title in enumerate(TITLES)]


@pytest.mark.parametrize("entries", [lines_together, lines_dense, numbers_first, lines_apart])
def test_the_contents_page_is_read(read: Read, entries: Callable[[], list[Shown]]) -> None:
    """A large line on page 4, which the headings alone would take for an article, is none."""
    pages = [[Shown(30, 40, "Contents", 24), *entries(), Shown(195, 285, "1", 9)], *sheets()]
    pages[3].insert(0, Shown(30, 30, "A loud line that is no article", 24))
    assert found(read(placed(*pages))) == LISTED


def test_printed_page_numbers_are_followed_not_file_pages(read: Read) -> None:
    cover = [Shown(30, 120, "The yearly report", 30)]
    contents = [Shown(30, 40, "Contents", 24), *lines_together()]
    parsed = read(placed(cover, contents, *sheets()))
    assert found(parsed) == [
        ("Cover", 1, 1),
        *((title, first + 1, last + 1) for title, first, last in LISTED),
    ]


def test_headings_serve_where_nothing_else_does(read: Read) -> None:
    assert found(read(placed(*sheets()))) == [(TITLES[0], 1, 1), (TITLES[1], 2, 3), (TITLES[2], 4, 4)]


def test_a_contents_page_that_points_nowhere_is_not_believed(read: Read) -> None:
    wrong = [shown._replace(text=f"Some other title {'.' * 20} {n}") for n, shown in enumerate(lines_together(), 7)]
    articles = found(read(placed([Shown(30, 40, "Contents", 18), *wrong], *sheets())))
    assert [title for title, _, _ in articles] == ["Contents", *TITLES]


NEWS = """#set page(width: 420pt, height: 595pt, margin: 60pt)
#set text(size: 10pt)
= First short news
#v(6pt)
Jo Smith, Social worker
#v(14pt)
BODY
= Second short news
#v(6pt)
BODY
= Third short news
#v(6pt)
Ann Lee, Team manager
#v(14pt)
BODY
#pagebreak()
BODY
= Last piece of news
#v(6pt)
BODY
"""


def test_several_articles_on_a_page(read: Read) -> None:
    parsed = read(typeset(NEWS.replace("BODY", " ".join(BODY * 2))))
    assert found(parsed) == [
        ("First short news", 1, 1),
        ("Second short news", 1, 1),
        ("Third short news", 1, 2),
        ("Last piece of news", 2, 2),
    ]


def test_authors_are_those_of_the_article_not_of_its_neighbour(read: Read) -> None:
    parsed = read(typeset(NEWS.replace("BODY", " ".join(BODY * 2))))
    assert [article.authors for article in parsed.articles] == [("Jo Smith",), (), ("Ann Lee",), ()]


def test_every_page_belongs_to_an_article(read: Read) -> None:
    for data in (placed(*sheets()), typeset(NEWS.replace("BODY", " ".join(BODY * 2)))):
        parsed = read(data)
        held = {n for article in parsed.articles for n in range(article.first_page, article.last_page + 1)}
        assert held == {page.number for page in parsed.pages}

"""Author–date references, as UK public bodies write them."""

from typing import Any

import pytest

from assistant.names import read_author
from assistant.references import References


def cited(title: str = "The journal", article: str | None = "Going home", **more: Any) -> dict[str, Any]:
    page = more.pop("page", 50)
    given: dict[str, Any] = {
        "document_id": title,
        "document_title": title,
        "article": article,
        "authors": ["Hannah Bedford"],
        "published": "2024-03",
        "page": page,
        "page_label": "48",
        "place": f"page {page}",
        "format": "pdf",
    }
    return given | more


def reference(**more: Any) -> str:
    return References([cited(**more)]).entries[0].text


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Hannah Bedford", "Bedford, H."),
        ("Jean-Paul van der Berg", "van der Berg, J.-P."),
        ("Anna Maria Lopez", "Lopez, A. M."),
        ("Bedford, Hannah", "Bedford, H."),
        ("Department for Education", "Department for Education"),
        ("SCIE", "SCIE"),
        ("Innovation Unit", "Innovation Unit"),
        ("The assistant’s editors", "The assistant’s editors"),
        ("Mary O’Neill", "O’Neill, M."),
    ],
)
def test_people_and_organisations(name: str, short: str) -> None:
    assert read_author(name).short == short


def test_a_name_that_is_known_to_be_no_persons() -> None:
    assert read_author("Action Learning", {"Action Learning"}).short == "Action Learning"


def test_what_an_entry_says() -> None:
    whole = "Bedford, H. (2024) ‘Going home’, in The journal, p. 48 (PDF page 50)."
    assert reference() == whole
    assert reference(page_label="50").endswith("The journal, p. 50.")
    assert reference(page_label=None).endswith("The journal, PDF page 50.")
    assert reference(article=None) == "Bedford, H. (2024) The journal, p. 48 (PDF page 50)."
    assert reference(authors=[], page_label="50") == "‘Going home’ (2024) in The journal, p. 50."
    assert reference(authors=[], article=None, page_label="50") == "The journal (2024), p. 50."
    assert reference(published=None).startswith("Bedford, H. (no date) ‘Going home’")
    assert reference(format="pptx", place="slide 3").endswith("The journal, slide 3.")
    assert reference(authors=["Ann Lee", "Bo Shah", "Cy Dent"]).startswith("Lee, A., Shah, B. and Dent, C. (2024)")


def test_titles_of_documents_alone_are_in_italics() -> None:
    runs = References([cited()]).entries[0].runs()
    assert [words for words, italic in runs if italic] == ["The journal"]


def test_one_source_on_several_pages_is_one_entry() -> None:
    references = References([cited(page=51, page_label="49"), cited(), cited()])
    assert [entry.text for entry in references.entries] == [
        "Bedford, H. (2024) ‘Going home’, in The journal, pp. 48 and 49 (PDF pages 50 and 51)."
    ]
    assert references.in_text(cited()) == "(Bedford, 2024, p. 48; PDF page 50)"


def test_sources_of_one_author_and_year_are_told_apart_by_letters() -> None:
    sources = [cited(article=title) for title in ("Zeal", "Care", "Care")] + [cited(article="Old", published="2021")]
    references = References(sources)
    heads = [entry.text.split("’")[0] for entry in references.entries]
    assert heads == ["Bedford, H. (2021) ‘Old", "Bedford, H. (2024a) ‘Care", "Bedford, H. (2024b) ‘Zeal"]
    assert references.in_text(sources[0]).startswith("(Bedford, 2024b, ")
    undated = References([cited(article=title, published=None) for title in ("A", "B")])
    assert [entry.year for entry in undated.entries] == ["no date a", "no date b"]


def test_more_than_26_letters() -> None:
    references = References([cited(article=f"Title {n:02}") for n in range(28)])
    assert [entry.letter for entry in references.entries][-3:] == ["z", "aa", "ab"]


def test_many_authors_are_shortened_in_the_text_only() -> None:
    source = cited(authors=["Ann Lee", "Bo Shah", "Cy Dent", "Di Ford"], page_label="50")
    references = References([source])
    assert references.in_text(source) == "(Lee et al., 2024, p. 50)"
    assert "and Ford, D. (2024)" in references.entries[0].text

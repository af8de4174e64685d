"""Documents that a question names are told from those it does not."""

from pathlib import Path

import pytest

from assistant.routing import find_route, telling_names
from ingest.records import DocumentRecord


def record(file_name: str, title: str = "") -> DocumentRecord:
    return DocumentRecord(
        id=Path(file_name).stem,
        sha256="",
        file_name=file_name,
        title=title,
        authors=(),
        published=None,
        kind="document",
        digest_of=None,
        pages=1,
        pages_without_text=(),
        health={},
        chunks=1,
        added_at="",
        stands_aside=False,
    )


FILES = (
    "3M_2018_10K.pdf",
    "AMAZON_2017_10K.pdf",
    "AMAZON_2019_10K.pdf",
    "BESTBUY_2023_10K.pdf",
    "JOHNSON_JOHNSON_2022_10K.pdf",
    "MGMRESORTS_2022Q4_EARNINGS.pdf",
    "PFIZER_2021_10K.pdf",
    "Learning-Journal-issue-2.pdf",
    "Learning-Journal-issue-6.pdf",
    "reading_rooms.pdf",
)
DOCUMENTS = {r.id: r for r in map(record, FILES)}


@pytest.mark.parametrize(
    ("question", "named", "rest"),
    [
        ("What was FY2018 capex for 3M?", {"3M_2018_10K"}, "What was FY2018 capex for ?"),
        ("What was Amazon's revenue in FY2017?", {"AMAZON_2017_10K"}, "What was revenue in FY2017?"),
        ("How did Amazon grow?", {"AMAZON_2017_10K", "AMAZON_2019_10K"}, "How did grow?"),
        ("Are Best Buy's margins stable?", {"BESTBUY_2023_10K"}, "Are margins stable?"),
        ("Did JnJ buy anyone?", {"JOHNSON_JOHNSON_2022_10K"}, "Did buy anyone?"),
        ("Did J&J buy anyone?", {"JOHNSON_JOHNSON_2022_10K"}, "Did buy anyone?"),
        ("Which region of MGM did worst?", {"MGMRESORTS_2022Q4_EARNINGS"}, "Which region of did worst?"),
        ("What does issue 2 say about foster care?", {"Learning-Journal-issue-2"}, "What does say about foster care?"),
    ],
)
def test_a_named_document_is_found(question: str, named: set[str], rest: str) -> None:
    route = find_route(question, DOCUMENTS, telling_names(DOCUMENTS))
    assert route is not None
    assert route.documents == named
    assert route.rest == rest


@pytest.mark.parametrize(
    "question",
    [
        "How many children came home?",
        "What happened in 2022 and in Q4?",  # a year or a quarter alone names no report
        "Which reading rooms are open?",  # ordinary words, though a file bears them
        "Amazon?",  # nothing is asked about it
    ],
)
def test_a_question_that_names_none_has_no_route(question: str) -> None:
    assert find_route(question, DOCUMENTS, telling_names(DOCUMENTS)) is None


def test_a_word_that_all_documents_bear_names_none() -> None:
    two = {i: DOCUMENTS[i] for i in ("AMAZON_2017_10K", "AMAZON_2019_10K")}
    assert find_route("What did Amazon earn?", two, telling_names(two)) is None

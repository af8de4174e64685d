"""What a statement may say, and what it may not, against a page that a person can read in a minute."""

from collections.abc import Iterator

import pytest

from assistant.assistant import Assistant
from assistant.rank import units_of_chunk
from assistant.shelf import Shelf
from assistant.writing.verify import Verdict, Witness, verify
from ingest.library import Library
from ingest.programme import Programme
from ingest.settings import IngestSettings

PAGE = """# Notes from the councils

## What Leeds and Norfolk report

Leeds began to train its staff in March 2019 and finished in May 2021. In Leeds the number of teams rose from 12 to 21,
while the number of complaints fell from 40 to 25. Training cost £1.2 million in the first year and £300,000 in the
second. The service may open a second hub in 2025. Managers did not find that caseloads had changed. Most parents
felt listened to.

Norfolk calls its service New Roads. It opened in June 2021 and has six beds. Mary Holt, a team manager, praised the
psychologist, and Ian Reed, the psychologist, praised the families. Placements became more stable because staff stayed.

| Council | Children at home | Counted in |
| --- | --- | --- |
| Leeds | 310 | March 2022 |
| Norfolk | 145 | March 2023 |

The hub offers three things:

- short stays for young people
- outreach to families at home
- advice from a clinical psychologist
"""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, programme: Programme) -> Iterator[Shelf]:
    folder = tmp_path_factory.mktemp("verify")
    page = folder / "notes.md"
    page.write_text(PAGE, "utf-8")
    with Library.open(IngestSettings(data_dir=folder / "library"), programme) as library:
        assert [report.status for report in library.add([page])] == ["added"]
        yield Assistant(library, programme).shelf()


def judge(text: str, shelf: Shelf) -> Verdict:
    return verify(text, witnesses(shelf), shelf)


def witnesses(shelf: Shelf) -> list[Witness]:
    chunks = [chunk for document in shelf.documents for chunk in shelf.chunks.of(document)]
    return [Witness(chunk, unit) for chunk in chunks for unit in units_of_chunk(chunk, shelf)]


@pytest.mark.parametrize(
    "statement",
    [
        "Leeds began to train its staff in March 2019.",
        "Leeds started training staff in March 2019 and finished in May 2021.",
        "The number of teams in Leeds rose from 12 to 21.",
        "In Leeds, complaints fell from 40 to 25.",
        "Training cost £1.2m in the first year.",
        "The service may open a second hub in 2025.",
        "Managers did not find that caseloads had changed.",
        "Most parents felt listened to.",
        "Norfolk calls its service New Roads.",
        "New Roads in Norfolk opened in June 2021 and has six beds.",
        "Mary Holt, a team manager, praised the psychologist.",
        "Placements became more stable because staff stayed.",
        "In Norfolk 145 children were at home in March 2023.",
        "The hub offers short stays for young people, outreach to families and advice from a clinical psychologist.",
        "The hub gives three things: short stays, outreach to families and advice from a psychologist.",
    ],
)
def test_what_the_page_says_is_shown(statement: str, shelf: Shelf) -> None:
    verdict = judge(statement, shelf)
    assert verdict.supported, verdict.reason
    assert verdict.witnesses


@pytest.mark.parametrize(
    "statement",
    [
        "Leeds began to train its staff in March 2020.",  # another year
        "Leeds began to train its staff in May 2021.",  # a date of the same sentence
        "The number of teams in Leeds rose from 21 to 12.",  # the other way round
        "The number of teams in Leeds rose from 40 to 25.",  # figures of something else
        "The number of teams in Leeds fell from 12 to 21.",  # another direction
        "Training cost £1.2 million in the second year.",  # another year's sum
        "Training cost £12 million in the first year.",  # another sum
        "Training cost £1.2 million in all.",  # a total that nobody gives
        "The service will open a second hub in 2025.",  # a possibility made certain
        "The service opened a second hub in 2025.",  # … and done
        "Managers found that caseloads had changed.",  # a denial dropped
        "Most parents did not feel listened to.",  # a denial added
        "All parents felt listened to.",  # more of them
        "Parents felt listened to.",  # … by leaving out how many
        "Leeds calls its service New Roads.",  # another council
        "New Roads has eight beds.",  # another figure
        "Ian Reed, a team manager, praised the psychologist.",  # another person
        "Mary Holt praised the families.",  # somebody else's words
        "Placements became less stable because staff stayed.",  # the opposite
        "Staff stayed because placements became more stable.",  # cause and effect
        "In Norfolk 310 children were at home in March 2023.",  # another row
        "In Norfolk 145 children were at home in March 2022.",  # another row's date
        "The hub offers short stays for young people and a school.",  # what is not on the list
        "The hub offers long stays for young people.",
        "Ofsted praised New Roads.",  # somebody who is not there
        "Leeds trained its staff in Norfolk in March 2019.",
        "The service is free of charge.",  # nothing of the kind
        "The number of complaints in Leeds fell by 20.",  # a wrong sum
    ],
)
def test_what_the_page_does_not_say_is_withdrawn(statement: str, shelf: Shelf) -> None:
    verdict = judge(statement, shelf)
    assert not verdict.supported
    assert verdict.reason
    assert not verdict.witnesses


def test_a_sum_is_reckoned_again_and_shown(shelf: Shelf) -> None:
    verdict = judge("In Leeds the number of complaints fell by 15.", shelf)
    assert verdict.supported, verdict.reason
    assert verdict.working == "40 − 25 = 15"


def test_two_statements_in_one_need_a_proof_each(shelf: Shelf) -> None:
    good = "Leeds began to train its staff in March 2019, and Norfolk calls its service New Roads."
    verdict = judge(good, shelf)
    assert verdict.supported, verdict.reason
    assert len(verdict.witnesses) == 2
    assert not judge(good.replace("March 2019", "March 2018"), shelf).supported


def test_only_the_cited_passages_prove(shelf: Shelf) -> None:
    about_norfolk = [w for w in witnesses(shelf) if "Norfolk calls" in w.unit.text]
    assert verify("Norfolk calls its service New Roads.", about_norfolk, shelf).supported
    assert not verify("Leeds began to train its staff in March 2019.", about_norfolk, shelf).supported
    assert not verify("Norfolk calls its service New Roads.", [], shelf).supported


@pytest.mark.parametrize("text", ["", ".", "…", "the of and", "[1]", "?!"])
def test_what_says_nothing_is_not_shown(text: str, shelf: Shelf) -> None:
    assert not judge(text, shelf).supported

"""Sentences: abbreviations do not end them, quotes stay whole, offsets hold."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import is_open, sentence_spans


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The team meets weekly.", "It keeps notes.", "Who reads them?", "Everyone!"],
        ["Dr. Brown leads the team.", "Mrs. Green joined her in May."],
        ["See p. 12 of the report.", "It has a table, e.g. of costs, and a chart (see fig. 3)."],
        ["The cost was £1.5 million in 2021.", "That is 3.4 per cent less."],
        ["“We were heard,” she said.", "Then she left."],
        ["She said: “We were heard.”", "The worker agreed."],
        ["The plan is short (one page).", "Parents sign it."],
        ["It began in 2019.", "14 councils joined.", "£9 million was spent."],
        ["No full stop at the end"],
    ],
)
def test_sentences_are_told_apart(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_a_rest_in_lower_case_is_no_sentence() -> None:
    assert split("The team (est. in May) grew vs. the year before, i.e. by two.") == [
        "The team (est. in May) grew vs. the year before, i.e. by two."
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_nothing_has_no_sentences(text: str) -> None:
    assert sentence_spans(text) == ()


@given(st.text(alphabet="ab AB.!?:;()“”’\n19£", max_size=120))
def test_spans_hold_every_character_but_spaces(text: str) -> None:
    spans = sentence_spans(text)
    assert "".join("".join(split(text)).split()) == "".join(text.split())
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(not part[0].isspace() and not part[-1].isspace() for part in split(text))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("They met at home. ² Each had a plan.", ["They met at home. ²", "Each had a plan."]),
        ("There were 647 ³ children. ¹² It fell. ⁴", ["There were 647 ³ children. ¹²", "It fell. ⁴"]),
        ("¹ Figures of the council, 2022. They are rounded.", ["¹ Figures of the council, 2022.", "They are rounded."]),
    ],
)
def test_a_footnote_mark_ends_its_sentence(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences
    assert not is_open(text)

"""A model's reply read as it streams: JSON, lines with markers, and every drift of both that has been seen."""

import json

import pytest

from assistant.writing.replies import Draft, ReplyReader

STEPS = (1, 3, 1000)


def read(reply: str, step: int = 3) -> list[Draft]:
    reader = ReplyReader()
    found = [draft for at in range(0, len(reply), step) for draft in reader.feed(reply[at : at + step])]
    return [*found, *reader.finish()]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    ("marker", "passages"),
    [
        ("[1]", (1,)),
        ("[1 p.7]", (1,)),
        ("[1, p. 7-9]", (1,)),
        ("[1,2]", (1, 2)),
        ("[1, 2]", (1, 2)),
        ("[1;2]", (1, 2)),
        ("[1][2]", (1, 2)),
        ("[1] [2]", (1, 2)),
        ("[1-3]", (1, 2, 3)),
        ("[1–3]", (1, 2, 3)),
        ("[1 and 3]", (1, 3)),
        ("[1 p.7, 2 p.9]", (1, 2)),
        ("【1】", (1,)),
        ("【1†source】", (1,)),
        ("[1†L3-L5]", (1,)),
        ("(1)", (1,)),
        ("(1, 2)", (1, 2)),
        ("[^1]", (1,)),
        ("[[1]]", (1,)),
        ("¹", (1,)),
        ("<sup>1</sup>", (1,)),
        ("[Passage 1]", (1,)),
        ("(passage 2)", (2,)),
        ("[Passages 1 and 3]", (1, 3)),
        ("[1](#passage-1)", (1,)),
        ("[17]", (17,)),
    ],
)
def test_every_drift_of_a_marker_is_read(marker: str, passages: tuple[int, ...], step: int) -> None:
    """Before and behind the full stop, with another statement behind it."""
    wanted = [Draft("Leeds began in 2015.", passages), Draft("It grew quickly.", (2,))]
    if marker != "¹":
        assert read(f"Leeds began in 2015 {marker}. It grew quickly [2].", step) == wanted
    assert read(f"Leeds began in 2015.{'' if marker == '¹' else ' '}{marker} It grew quickly. [2]", step) == wanted


@pytest.mark.parametrize("text", ["The number fell to 647 (2022).", "Teams (21 in all) met.", "It covers ages 0–19."])
def test_a_figure_in_brackets_is_no_marker(text: str) -> None:
    assert read(text) == [Draft(text, ())]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "reply",
    [
        '{"statements": [{"text": "Leeds began.", "passages": [1]}, {"text": "It grew.", "passages": [2, 3]}]}',
        (
            "```json\n"
            '{"statements": [{"text": "Leeds began.", "passages": [1]}, {"text": "It grew.", "passages": [2,3]}]}'
            "\n```"
        ),
        '[{"text": "Leeds began.", "passages": 1}, {"statement": "It grew.", "sources": ["2", "[3]"]}]',
        '{"answer": [{"sentence": "Leeds began. [1]"}, {"claim": "It grew.", "citations": "2, 3"}]}',
        "1. **Leeds** began [1].\n2. It grew [2][3].\n",
        "Here are the statements:\n- Leeds began. [1]\n- It grew. [2-3]",
    ],
)
def test_every_form_of_a_list_is_read(reply: str, step: int) -> None:
    assert read(reply, step) == [Draft("Leeds began.", (1,)), Draft("It grew.", (2, 3))]


def test_a_statement_is_given_as_soon_as_it_is_whole() -> None:
    reader = ReplyReader()
    assert not list(reader.feed('{"statements": [{"text": "Leeds began.", "passages": [1'))
    assert list(reader.feed("]}")) == [Draft("Leeds began.", (1,))]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "reply",
    [
        '{"statements": [{"text": "Leeds began.", "passages": [1]}, {"text": "It grew and gr',
        '{"statements": [{"text": "Leeds began.", "passages": [1]}, {"text": "It grew.", "passages": [2',
        "Leeds began. [1]\nIt grew and then it al",
    ],
)
def test_what_is_cut_off_in_the_middle_is_left_out(reply: str, step: int) -> None:
    assert read(reply, step) == [Draft("Leeds began.", (1,))]


@pytest.mark.parametrize(
    "reply", ["", "   \n", "{}", '{"statements": []}', "[]", "```\n```", "# Heading", "[1]", "…", '{"text": 5}', "<br>"]
)
def test_nothing_is_made_of_nothing(reply: str) -> None:
    assert read(reply) == []


def test_links_markup_and_images_are_gone() -> None:
    reply = "See [our page](http://example.org/?q=1) and <b>bold</b> ![x](data:image/png;base64,AAAA) **words** [1]."
    assert read(reply) == [Draft("See our page and bold x words.", (1,))]


def test_a_reply_without_end_is_told_to_be_too_long() -> None:
    reader = ReplyReader()
    list(reader.feed("word " * 10_000))
    assert reader.is_too_long
    assert all(len(draft.text) <= 600 for draft in reader.finish())


def test_a_web_page_is_told_from_a_reply() -> None:
    reader = ReplyReader()
    list(reader.feed("<!DOCTYPE html><html><title>Sign in</title>"))
    assert reader.is_web_page


def test_what_is_inside_a_string_does_not_end_an_object() -> None:
    text = 'She said “{1} and }” of "it".'
    assert read(json.dumps({"statements": [{"text": text, "passages": [1]}]})) == [Draft(text, (1,))]

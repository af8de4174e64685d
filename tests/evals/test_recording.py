"""A real model's replies, replayed: what is shown of them stands on its page, and a recording is read with care."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from evals.recording import REPLIES, Recorded, RecordingError, read_replies
from evals.run import Bench
from evals.sets import starter_set
from evals.writer import compare, comparison_table, model_lines
from ingest.library import Library

ASKED = 30


@pytest.fixture(scope="module")
def replies() -> tuple[Recorded, ...]:
    return read_replies()[:ASKED]


def test_what_a_real_model_wrote_is_shown_as_far_as_it_is_proven(
    replies: tuple[Recorded, ...], corpus_library: Library, corpus_assistant: Assistant
) -> None:
    compared = compare(starter_set().questions, replies, Bench(corpus_library, corpus_assistant))
    assert len(compared.written) == len(compared.quotes) == ASKED
    assert compared.stale <= 3, "the prompts have changed: run `assistant evals record`"
    assert compared.by_model >= ASKED // 3
    assert compared.withdrawn > 0
    for outcome in compared.written:
        assert outcome.refused or outcome.quotes > 0
        assert outcome.quotes_standing == outcome.offsets_right == outcome.quotes
        assert outcome.marked == outcome.statements
    assert comparison_table("starter", compared).row_count == 2
    assert f"of {ASKED}" in model_lines(compared, replies)[0]


def test_a_reply_to_other_passages_is_told(
    replies: tuple[Recorded, ...], corpus_library: Library, corpus_assistant: Assistant
) -> None:
    old = [Recorded(**asdict(one) | {"prompt": "0" * 16}) for one in replies[:2]]
    compared = compare(starter_set().questions, old, Bench(corpus_library, corpus_assistant))
    assert compared.stale == 2
    assert "assistant evals record" in model_lines(compared, old)[-1]


@pytest.mark.parametrize("line", ["{", "[]", '{"question_id": "S001"}', json.dumps({"a": 1})])
def test_a_line_that_cannot_be_read_is_named(line: str, tmp_path: Path) -> None:
    file = tmp_path / "replies.jsonl"
    file.write_text(f"{REPLIES.read_text('utf-8').splitlines()[0]}\n{line}\n", "utf-8")
    with pytest.raises(RecordingError, match=r"replies\.jsonl, line 2"):
        read_replies(file)

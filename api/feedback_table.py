"""What people said of answers as a table."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.feedback import Review, reason_words

COLUMNS = ("When", "Rating", "Reasons", "In their words", "Question", "Answer", "Sources", "Conversation", "Message")
_PARAPHRASED = "\n\n(checked paraphrase)"  # not the documents' own words
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(reviews: Sequence[Review]) -> str:
    """With a byte order mark, by which spreadsheets know the letters."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for review in reviews:
        writer.writerow([_cell(value) for value in row_of(review)])
    return f"\ufeff{out.getvalue()}"


def row_of(review: Review) -> tuple[str, ...]:
    said, message = review.feedback, review.message
    answer = message.answer or {}
    cited = answer.get("citations", [])
    return (
        said.updated_at[:19],
        said.rating,
        "; ".join(reason_words(said)),
        said.words,
        review.question,
        message.content + _PARAPHRASED * any(one.get("support") == "verified" for one in answer.get("statements", [])),
        "; ".join(map(_source, cited)),
        review.conversation_id,
        message.id,
    )


def _source(citation: Mapping[str, Any]) -> str:
    return f"[{citation['number']}] {citation['document_title']}, {citation.get('place') or citation['page']}"


def _cell(value: str) -> str:
    """A cell is never run as a formula, whatever a person wrote into it."""
    return f"'{value}" if value.startswith(_STARTS_A_FORMULA) else value

"""Footnotes: small type below the text of its column, behind a mark. They are read after the text they interrupt."""

import re
from collections.abc import Sequence

from ingest.pdf.drafts import Draft
from ingest.types import BlockKind

_LISTED = re.compile(r"^\(?\w{1,3}[.)]\s")
_SMALL = 0.93  # of the text's size
_MARKED = re.compile(r"^(?:(?:[⁰¹²³⁴-⁹]{1,4}|[ᵃ-ᶻ]|[*†‡§]{1,3})\s*|\d{1,3}\s+)(?=[^\W\d_]|[“\"‘'(\[])")


def set_footnotes_last(drafts: Sequence[Draft], body: float) -> list[Draft]:
    """The page's blocks with its footnotes behind them, in their order; one that runs on is whole."""
    text: list[Draft] = []
    notes: list[Draft] = []
    for draft in drafts:
        if _is_note(draft, drafts, body):
            notes.append(draft)
        elif notes and _goes_on(notes[-1], draft, body):
            notes[-1].lines += draft.lines
        else:
            text.append(draft)
    if not text:
        return list(drafts)
    for note in notes:
        note.kind = BlockKind.FOOTNOTE
    return [*text, *notes]


def _is_note(draft: Draft, drafts: Sequence[Draft], body: float) -> bool:
    if draft.kind is BlockKind.TABLE_ROW or draft.style.size > _SMALL * body or not _MARKED.match(draft.text):
        return False
    text = [other for other in drafts if other.style.size > _SMALL * body and _in_column(other, draft)]
    return bool(text) and all(other.bottom < draft.bottom and other.top < draft.top for other in text)


def _in_column(one: Draft, other: Draft) -> bool:
    return min(one.right, other.right) - max(one.left, other.left) > 0


def _goes_on(note: Draft, draft: Draft, body: float) -> bool:
    """The rest of a note at the foot of the next column, or its next paragraph right below it."""
    if (
        draft.kind is not BlockKind.PARAGRAPH
        or _LISTED.match(draft.text)
        or abs(draft.style.size - note.style.size) > 0.2
    ):
        return False
    last, first = note.lines[-1].segments[-1], draft.lines[0].first
    return (
        abs(first.x0 - last.x0) < 20
        and 0 < first.y0 - last.y0 < 1.5 * last.height
        and draft.style.size <= _SMALL * body
    )

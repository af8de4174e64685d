"""What may identify a child or a family, as it stands in a text."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "name",
    "date_of_birth",
    "nhs_number",
    "national_insurance",
    "pupil_number",
    "case_number",
    "address",
    "postcode",
    "phone",
    "email",
]

# As the notice names them
WORDS: dict[Kind, str] = {
    "name": "a name",
    "date_of_birth": "a date of birth",
    "nhs_number": "an NHS number",
    "national_insurance": "a National Insurance number",
    "pupil_number": "a pupil number",
    "case_number": "a case number",
    "address": "an address",
    "postcode": "a postcode",
    "phone": "a telephone number",
    "email": "an e-mail address",
}


@dataclass(frozen=True, slots=True)
class Found:
    """Characters `start` to `end` of the text; `instead` takes the place of `cut_from` to `cut_to` in the edited text.

    What is cut may be wider than what identifies: «born 3/4/2015» goes with its «born».
    """

    kind: Kind
    start: int
    end: int
    cut_from: int
    cut_to: int
    instead: str


AROUND = 120  # characters beside a place that are looked at


def before(text: str, at: int) -> str:
    """So much and no more: a long text takes no longer for each of its words."""
    return text[max(0, at - AROUND) : at]


def found(kind: Kind, start: int, end: int, instead: str | None = None) -> Found:
    """Cut as it stands; a mark says what was there."""
    mark = f"[{WORDS[kind].partition(' ')[2]} removed]"
    return Found(kind, start, end, start, end, mark if instead is None else instead)

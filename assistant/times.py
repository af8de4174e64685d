"""Years pass between documents: the newest statement leads, and an older one that differs says as of when it holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.compose import Choice
from assistant.editions import ISSUE, in_words
from assistant.lexicon import stem, stems_of
from assistant.question import Query
from assistant.rank import Candidate
from assistant.shapes import DATE, NUMBER, figures
from assistant.shelf import Shelf
from assistant.unit import Unit
from assistant.wordlists import GENERIC, STOP

EARLIER = "Earlier"
NEAR = 0.8  # share of the best score that a newer sentence must reach to be put before an older one
SHARED, LEAST = 0.6, 3  # share, and number, of the shorter sentence's telling words that both must hold
LONGEST = 45  # words of a newer sentence that is added
_EVENTS = r"(?:be|follow|begin|start|launch|open|join|adopt|become|go live|come|publish|report|continue|end|close)"
PLANNED = re.compile(
    rf"\b(?:will|shall|is to|are to|was to|were to)\s+{_EVENTS}\b|"
    r"\b(?:is|are|was|were)\s+(?:due|set|planned|expected|about|going|yet) to\b|"
    r"\b(?:plans?|intends?|hopes?|expects?)\s+to\b|\b(?:planned|expected|due) (?:for|in|later)\b",
    re.I,
)
_DONE = re.compile(
    r"\b(?:has|have|had) "
    r"(?:been|begun|started|launched|opened|joined|adopted|become|gone|published|reported|finished)\b|"
    r"\b(?:launched|opened|began|went live|operational(?:ly)?|published|adopted|completed|finished)\b",
    re.I,
)
_WORD = re.compile(r"[\w£.,%]+")
_USUAL = STOP | GENERIC | {stem(word) for word in STOP | GENERIC}


@dataclass(frozen=True, slots=True)
class Told:
    """A choice as it is told: `as_of` where it matters, a heading where it is the older of two that differ."""

    choice: Choice
    as_of: str | None = None
    heading: str | None = None


class Calendar:
    """When statements were made, by the documents' dates."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def date(self, candidate: Candidate) -> str | None:
        """Of its document; where that gathers what others said, of the one issue that the statement names."""
        if own := self._shelf.date_of(candidate.stored.document_id):
            return own
        named = set(ISSUE.findall(candidate.unit.text))
        return next((one.date for one in self._shelf.editions() if named == {one.issue}), None)

    def is_past(self, date: str) -> bool:
        """Whether a later document than one of this date is at hand."""
        return any((one.date or "") > date for one in self._shelf.editions())


def in_time(
    query: Query, choices: Sequence[Choice], found: Sequence[Candidate], calendar: Calendar
) -> tuple[Told, ...]:
    """The choices as they are told. A question that names a time itself is answered in the order of its evidence."""
    if not choices:
        return ()
    dates = [calendar.date(choice.candidate) for choice in choices]
    told = [Told(choice, _past_plan(choice, date, calendar)) for choice, date in zip(choices, dates, strict=True)]
    if query.years or ISSUE.search(query.text) or not any(dates):
        return tuple(told)
    told = _with_newer(told, found, calendar)
    return tuple(_newest_first(told, calendar))


def _past_plan(choice: Choice, date: str | None, calendar: Calendar) -> str | None:
    """As of when a plan was one: what was to come then must not be read as to come now."""
    if date is None or not PLANNED.search(choice.candidate.unit.text) or not calendar.is_past(date):
        return None
    return in_words(date)


def _with_newer(told: Sequence[Told], found: Sequence[Candidate], calendar: Calendar) -> list[Told]:
    """Puts the newest statement on the same thing before one that it differs from, where it was not chosen."""
    chosen = {one.choice.candidate.unit.text for one in told}
    limit = NEAR * found[0].score if found else 0.0
    near = [c for c in found if c.score >= limit and c.unit.text not in chosen and c.unit.words <= LONGEST]
    made: list[Told] = []
    for one in told:
        newer = [c for c in near if _supersedes(c, one.choice.candidate, calendar)]
        if newer and not any(_supersedes(o.choice.candidate, one.choice.candidate, calendar) for o in told):
            best = max(newer, key=lambda c: (calendar.date(c) or "", c.score))
            made.append(Told(Choice(best)))
            near.remove(best)
        made.append(one)
    return made


def _newest_first(told: Sequence[Told], calendar: Calendar) -> list[Told]:
    """Where two differ both say as of when, and the older ones stand last, under a heading of their own."""
    pairs = [
        (newer, older)
        for older, one in enumerate(told)
        for newer, other in enumerate(told)
        if _supersedes(other.choice.candidate, one.choice.candidate, calendar)
    ]
    differing, older = {n for pair in pairs for n in pair}, sorted({pair[1] for pair in pairs})
    said = [_as_of(one, calendar) if n in differing else one for n, one in enumerate(told)]
    leading = [one for n, one in enumerate(said) if n not in older]
    return leading + [replace(said[n], heading=EARLIER if n == older[0] else None) for n in older]


def _as_of(told: Told, calendar: Calendar) -> Told:
    return replace(told, as_of=in_words(calendar.date(told.choice.candidate) or ""))


def _supersedes(newer: Candidate, older: Candidate, calendar: Calendar) -> bool:
    dates = calendar.date(newer), calendar.date(older)
    if dates[0] is None or dates[1] is None or dates[0] <= dates[1]:
        return False
    own = {in_words(date).lower() for date in dates if date}
    return _on_the_same(newer.unit, older.unit) and _differ(newer.unit.text, older.unit.text, own)


def _on_the_same(one: Unit, other: Unit) -> bool:
    """About the same councils, in mostly the same words."""
    councils = set(one.councils or one.near_councils), set(other.councils or other.near_councils)
    if all(councils) and not councils[0] & councils[1]:
        return False
    said = _telling(one.text), _telling(other.text)
    shared, least = said[0] & said[1], min(map(len, said))
    return len(shared) >= LEAST and len(shared) >= SHARED * least


def _telling(text: str) -> set[str]:
    return {s for s in stems_of(DATE.sub(" ", text)) if s not in _USUAL and not s.isdigit()}


def _differ(newer: str, older: str, own: set[str]) -> bool:
    """In every figure, in every date but those of the documents, or in whether it is still to come."""
    if PLANNED.search(older) and _DONE.search(newer) and not PLANNED.search(newer):
        return True
    dates, counts = (_dates(newer) - own, _dates(older) - own), (_figures(newer), _figures(older))
    return any(all(pair) and not pair[0] & pair[1] for pair in (dates, counts))


def _dates(text: str) -> set[str]:
    return {match.group().lower() for match in DATE.finditer(text)}


def _figures(text: str) -> set[str]:
    return {word.strip(".,").lower() for word in _WORD.findall(figures(text)) if NUMBER.search(word)}

"""When each council took on its model: only dates that stand in a cited sentence which says so."""

from dataclasses import dataclass

from assistant.extracts.derive import COUNCIL
from assistant.extracts.profile import Line, profile_of
from assistant.extracts.wording import dates_begun
from assistant.shelf import Shelf
from assistant.types import Citation
from ingest.programme import Programme

ADOPTER, INNOVATOR = "adopter", "innovator"


@dataclass(frozen=True, slots=True)
class Event:
    """`date` is "2020-04" or "2020", as the sentence says it."""

    council: str
    name: str
    part: str
    model: str | None
    date: str
    line: Line
    citation: Citation

    @property
    def months(self) -> float:
        """Where it stands: months since the year 0, the middle of the year where no month is said."""
        year, _, month = self.date.partition("-")
        return 12 * int(year) + (int(month[:2]) - 1 if month else 5.5)


def make_timeline(shelf: Shelf, programme: Programme) -> tuple[Event, ...]:
    """In order of time."""
    events: list[Event] = []
    for part, entities in ((INNOVATOR, programme.innovators), (ADOPTER, programme.adopters)):
        for entity in entities:
            profile = profile_of(f"{COUNCIL}{entity.id}", shelf)
            by_number = {one.number: one for one in profile.citations}
            for date, line in _dated(profile.sections["began"]):
                events.append(Event(entity.id, entity.name, part, entity.model, date, line, by_number[line.numbers[0]]))
    return tuple(sorted(events, key=lambda event: (event.months, event.name)))


def _dated(lines: tuple[Line, ...]) -> list[tuple[str, Line]]:
    """One line for each date, a year giving way to a month of the same year."""
    told = [(date, line) for line in lines for date in (dates_begun(line.text) or ((line.when,) if line.said else ()))]
    kept: list[tuple[str, Line]] = []
    for date, line in sorted(((date or "", line) for date, line in told), key=lambda row: -len(row[0])):
        if date and not any(other.startswith(date) for other, _ in kept):
            kept.append((date, line))
    return kept

"""Whom a sentence is about: not every council that it names, and sometimes one that only its heading names."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.extracts.wording import has_action, has_result, without_asides
from assistant.unit import Unit, UnitKind
from ingest.names import find_names, pattern_of
from ingest.programme import Programme
from ingest.types import Article

EARLY = 45  # letters: a name up to here can be the sentence's subject
HOME = 0.9  # of an article's naming sentences name one council: then the whole article is about it
_RUNS_ON = re.compile(
    r"^(?:It|They|He|She|This|That|These|Those|Its|Their|There|Here|Both|Each|All|Since|Previously|However|Also|"
    r"As a result|We|Our|In addition)\b"
)
# «Newcastle University» is not the council
_OTHERS = re.compile(
    r"\b[A-Z]\w+ (?:University|College|CVS|Hospital|NHS|Police|Trust|Airport|United)\b|\bUniversity of [A-Z]\w+"
)
_PRONOUN = re.compile(r"^(?:It|They|This|That|These|Its|Their)\b")
_OURS = re.compile(r"\b(?:we|our|us)\b", re.I)


@dataclass(frozen=True, slots=True)
class Place:
    """What a heading or an article is about, if one thing: at most one council and one model."""

    council: str | None = None
    model: str | None = None


class Subjects:
    """Names in texts, of one programme."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._councils = {one.id: pattern_of(one.names + one.local_names) for one in programme.councils}
        self._model_of_council = {one.id: one.model for one in programme.councils}
        self._models = {one.id: pattern_of(one.names) for one in programme.models}

    def place(self, *headings: str) -> Place:
        """What the nearest heading that names anything at all is about."""
        for heading in headings:
            councils, models = self._named(heading)
            if councils or models:
                one = councils[0] if len(councils) == 1 else None
                return Place(one, models[0] if len(models) == 1 and len(councils) < 2 else None)
        return Place()

    def home(self, article: Article | None, units: Iterable[Unit]) -> str | None:
        """The council that an article is about: the one that nearly all of its naming sentences name."""
        if article is not None and (place := self.place(article.title)).council:
            return place.council
        named: Counter[str] = Counter()
        for unit in units:
            named.update(set(self._named(f"{unit.text} {unit.before} {unit.speaker_text}")[0]))
        council, count = named.most_common(1)[0] if named else ("", 0)
        return council if count >= 3 and count >= HOME * sum(named.values()) else None

    def council_of(self, text: str) -> tuple[str | None, bool]:
        """The council that a sentence is about by its own words, and whether it names any."""
        plain = _OTHERS.sub(lambda found: "-" * len(found[0]), without_asides(text))
        spots = sorted(
            (found.start(), found.end(), one) for one, p in self._councils.items() if (found := p.search(plain))
        )
        if not spots:
            return None, self._named(text)[0] != []
        start, end, first = spots[0]
        if len(spots) == 1:
            return first, True
        between = plain[end : spots[1][0]]
        acts = start <= EARLY and (has_action(between) or has_result(between))
        return (first if acts and len(spots) == 2 else None), True

    def speaker_of(self, speaker: str) -> str | None:
        councils, _ = self._named(speaker)
        return councils[0] if len(councils) == 1 else None

    def model_of(self, text: str) -> tuple[str | None, bool]:
        """The model that a sentence is about: the only one it names, early on."""
        plain = without_asides(text)
        spots = sorted(
            (found.start(), one) for one, pattern in self._models.items() if (found := pattern.search(plain))
        )
        if len(spots) == 1 and spots[0][0] <= EARLY:
            return spots[0][1], True
        return None, bool(spots)

    def other_model(self, text: str, council: str) -> bool:
        """Whether a text names models, and not the one of this council."""
        models = [one for one, pattern in self._models.items() if pattern.search(text)]
        return bool(models) and self._model_of_council[council] not in models

    def names_model(self, text: str) -> bool:
        return any(pattern.search(text) for pattern in self._models.values())

    def names_adopter(self, text: str) -> bool:
        """Whether a text speaks of one place that uses a model, and no longer of the model."""
        return any(self._councils[one.id].search(text) for one in self._programme.adopters)

    def names_council(self, text: str) -> bool:
        return any(pattern.search(text) for pattern in self._councils.values())

    def _named(self, text: str) -> tuple[list[str], list[str]]:
        named = find_names(text, self._programme)
        models = [one for one, pattern in self._models.items() if pattern.search(text)]
        return list(named.councils), models


def runs_on(unit: Unit) -> bool:
    """Whether a sentence without a name goes on about what the one before it spoke of."""
    return _RUNS_ON.match(unit.text) is not None


def stands_for_a_name(unit: Unit) -> bool:
    """Whether a sentence begins with a pronoun, so that its subject is the one before."""
    return _PRONOUN.match(unit.text) is not None


def speaks_of_us(unit: Unit) -> bool:
    return unit.kind is not UnitKind.QUOTE and _OURS.search(unit.text) is not None


def row_of(unit: Unit) -> str:
    """A table row without its heads."""
    return unit.text[len(unit.before) + 1 :] if unit.kind is UnitKind.ROW and unit.before else unit.text


def cells_of(row: str) -> Sequence[str]:
    return [cell.strip() for cell in row.split("|")]

"""Whether every figure of a statement stands in its proof, for the same thing and time, or was reckoned right."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from assistant.lexicon import stems_of
from assistant.unit import UnitKind
from assistant.writing.cues import bound_before
from assistant.writing.figures import Figure, find_figures
from assistant.writing.ground import Ground
from assistant.writing.support import akin
from assistant.writing.thesaurus import LIGHT, TOLD
from assistant.writing.words import Sentence, Word

PHRASE = 5  # words behind a figure that may be what it counts
NEAR = 6  # words on each side of a figure that say what it counts
_FROM_TO = re.compile(
    r"\b(from|to|by|between|until|since)\s+(?:(?:about|around|over|just|nearly|almost|under)\s+)?£?$", re.I
)
_SUMS = re.compile(r"\b(?:total\w*|altogether|combined|in all|together|sum|both|overall|between them|come to)\b", re.I)

_SPAN = re.compile(r"\bfrom £?[\d,.]+%? to £?[\d,.]+", re.I)


@dataclass(frozen=True, slots=True)
class Found:
    """Where a figure of the statement stands in its proof; `working` instead, where it was reckoned."""

    figure: Figure
    there: Figure | None = None
    working: str | None = None


def check_figures(claim: Sentence, ground: Ground) -> tuple[str | None, str | None]:
    """Why a figure is not proven, and how one was reckoned; the first is None where all stand."""
    found: list[Found] = []
    for figure in claim.figures:
        place = _find(figure, claim, ground)
        if place is None:
            return f"figure {_said(figure, claim)} is not there", None
        found.append(place)
    for place in found:
        reason = _misplaced(place.figure, place.there, claim, ground) if place.there is not None else None
        if reason:
            return reason, None
    if _loses_a_date(claim, ground):
        return "a change between two dates, told with one", None
    workings = [place.working for place in found if place.working]
    return None, "; ".join(dict.fromkeys(workings)) or None


def _loses_a_date(claim: Sentence, ground: Ground) -> bool:
    """«From March 2021 to March 2024 it fell from 735 to 647» did not happen in March 2024."""
    dates = [sum(f.unit == "date" for f in sentence.figures) for sentence in (claim, ground.own)]
    return dates[0] == 1 and dates[1] > 1 and bool(_SPAN.search(claim.text))


def _find(figure: Figure, claim: Sentence, ground: Ground) -> Found | None:
    places = [there for there in ground.own.figures if figure.says(there)]
    if places:
        return Found(figure, max(places, key=lambda there: _likeness(figure, claim, there, ground.own)))
    if figure.unit == "count" and ground.items and figure.value == ground.items:
        return Found(figure)  # «the four provocations», of a list of four
    dated = figure.unit == "date" and any(there.unit == "date" for there in ground.own.figures)
    if not dated and any(figure.says(there) for there in find_figures(ground.around)):
        return Found(figure)
    working = _reckoned(figure, claim, ground)
    return Found(figure, working=working) if working else None


def _misplaced(figure: Figure, there: Figure, claim: Sentence, ground: Ground) -> str | None:
    """Why the statement's figure is not the one that stands there; None where it is."""
    source = ground.own
    if bound_before(claim.text, figure.start) != bound_before(source.text, there.start):
        return f"limit before {_said(figure, claim)} differs"
    mine, its = (_FROM_TO.search(text[:at]) for text, at in ((claim.text, figure.start), (source.text, there.start)))
    if (
        mine
        and its
        and _is_range(source)
        and {mine[1].lower(), its[1].lower()} in ({"from", "to"}, {"from", "by"}, {"to", "by"})
    ):
        return f"{_said(figure, claim)} stands after another word"
    if figure.unit == "date":
        return None
    noun = _counted(figure, claim)
    if noun and not _counts_it(noun, there, ground):
        return f"{_said(figure, claim)} counts something else"
    if taken := _counted_by_another(figure, there, claim, source):
        return f"{_said(figure, claim)} counts something else than “{taken}” there"
    return _of_another_time(figure, there, claim, source)


def _is_range(sentence: Sentence) -> bool:
    """«From 735 to 647»: two figures or more with such a word in front."""
    return sum(bool(_FROM_TO.search(sentence.text[: figure.start])) for figure in sentence.figures) > 1


def _of_another_time(figure: Figure, there: Figure, claim: Sentence, source: Sentence) -> str | None:
    """«735 (March 2021), 647 (March 2024)»: in a row each figure goes with its own date."""
    when, stated = _date_of(figure, claim), _paired(there, source)
    if when is None or stated is None or when.says(stated):
        return None
    known = any(when.says(f) for f in source.figures if f.unit == "date")
    return f"{_said(figure, claim)} is of another time" if known else None


def _date_of(figure: Figure, claim: Sentence) -> Figure | None:
    """As the statement has it: that of its row of figures and dates, else the nearest one."""
    dates = [f for f in claim.figures if f.unit == "date"]
    return _paired(figure, claim) or min(dates, key=lambda date: _gap(date, figure), default=None)


def _gap(one: Figure, other: Figure) -> int:
    return min(abs(one.start - other.end), abs(other.start - one.end))


def _paired(figure: Figure, sentence: Sentence) -> Figure | None:
    """The date in the same place of a row of figures and dates; None where they are no such row."""
    dates = [f for f in sentence.figures if f.unit == "date"]
    values = [f for f in sentence.figures if f.unit == figure.unit]
    return dates[values.index(figure)] if len(dates) == len(values) and len(dates) > 1 else None


def _counts_it(noun: Word, there: Figure, ground: Ground) -> bool:
    """Whether a figure of the proof counts the noun: it stands near, or at all in a row of a table or a short list."""
    own = ground.own
    is_row = ground.witness.unit.kind is UnitKind.ROW
    near = own.stems if is_row or ground.items else _stems_near(there, own, 2 * NEAR)
    near |= frozenset(stems_of(f"{ground.lead} {ground.witness.unit.heading}"))
    return any(akin(noun.stem, stem) for stem in near)


def _counted_by_another(figure: Figure, there: Figure, claim: Sentence, source: Sentence) -> str | None:
    """«8.5 residential workers, six portfolio leads»: what another figure counts is not what this one does."""
    if figure.unit != "count":
        return None
    mine, its = _behind(figure, claim), {word.stem for word in _behind(there, source)}
    others = [f for f in source.figures if f.unit == figure.unit and not f.says(there)]
    taken = {word.stem for other in others for word in _behind(other, source)} - its
    return next((word.lower for word in mine if word.stem in taken), None)


def _behind(figure: Figure, sentence: Sentence) -> list[Word]:
    """The words right behind a figure, up to the first that begins something else."""
    found: list[Word] = []
    for word in sentence.words:
        if word.start < figure.end:
            continue
        between = sentence.text[found[-1].end if found else figure.end : word.start]
        if len(found) == PHRASE or word.is_function or not re.fullmatch(r"[\s-]*", between):
            break
        found.append(word)
    return found


def _reckoned(figure: Figure, claim: Sentence, ground: Ground) -> str | None:
    """«735 - 647 = 88»: from two figures of one unit, or as the sum of all where the statement speaks of a sum."""
    values = [f for f in ground.own.figures if f.unit in ("count", "money", "percent")]
    for one, other in combinations(values, 2):
        if not _of_its_times(one, other, ground.own, claim):
            continue
        for working, result in _results(one, other):
            if result.unit == figure.unit and abs(result.value - figure.value) < _grain(figure):
                return working
    is_total = len(values) > 2 and {f.unit for f in values} == {figure.unit}
    if is_total and sum(f.value for f in values) == figure.value and _SUMS.search(claim.text):
        return f"{' + '.join(_number(f) for f in values)} = {_number(figure)}"
    return None


def _of_its_times(one: Figure, other: Figure, source: Sentence, claim: Sentence) -> bool:
    """Where statement and row tell dates, a difference is between the figures of those dates."""
    said = [f for f in claim.figures if f.unit == "date"]
    dates = [_paired(one, source), _paired(other, source)]
    return not said or all(date is None or any(f.says(date) for f in said) for date in dates)


def _results(one: Figure, other: Figure) -> Iterator[tuple[str, Figure]]:
    if one.unit != other.unit:
        return
    large, small = sorted((one, other), key=lambda f: -f.value)

    def made(value: float, unit: str) -> Figure:
        return Figure(unit, value, (0, 0, 0), 0, 0)

    difference = made(large.value - small.value, one.unit)
    yield f"{_number(large)} − {_number(small)} = {_number(difference)}", difference
    total = made(large.value + small.value, one.unit)
    yield f"{_number(large)} + {_number(small)} = {_number(total)}", total
    if one.value and one.unit != "percent":
        share = made(100 * abs(other.value - one.value) / one.value, "percent")
        told = f"({_number(large)} − {_number(small)}) ÷ {_number(one)} = {share.value:.1f} %"
        yield told, share


def _grain(figure: Figure) -> float:
    return 0.5 if figure.unit == "percent" else 1e-6 * max(1.0, figure.value)


def _number(figure: Figure) -> str:
    value = f"{figure.value:,.2f}".rstrip("0").rstrip(".")
    return f"£{value}" if figure.unit == "money" else f"{value} %" if figure.unit == "percent" else value


def _likeness(figure: Figure, claim: Sentence, there: Figure, source: Sentence) -> float:
    """How many of the words near one figure are near the other."""
    return len(_stems_near(figure, claim, NEAR) & _stems_near(there, source, NEAR))


def _stems_near(figure: Figure, sentence: Sentence, reach: int) -> frozenset[str]:
    first, last = sentence.at(figure.start), sentence.at(figure.end)
    words = sentence.words[max(0, first - reach) : last + reach]
    return frozenset(w.stem for w in words if not w.is_function and not _within(w, figure))


def _counted(figure: Figure, claim: Sentence) -> Word | None:
    """The noun behind a figure, as far as it can be told: the next word that is no adjective of number."""
    if figure.unit not in ("count", "share"):
        return None
    words = [word for word in claim.words if word.start >= figure.end]
    if not words or words[0].start - figure.end > 1 or words[0].stem in TOLD:
        return None
    if words[0].stem in LIGHT or words[0].lower in ("more", "fewer", "new", "local", "further", "or", "and"):
        words = words[1:]
    return words[0] if words and not words[0].is_function else None


def _within(word: Word, figure: Figure) -> bool:
    return figure.start <= word.start < figure.end


def _said(figure: Figure, claim: Sentence) -> str:
    return f"“{claim.text[figure.start : figure.end].strip()}”"

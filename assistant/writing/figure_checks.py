"""Whether every figure of a statement stands in its proof, for the same thing and time, or was reckoned right."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.writing.cues import bound_before
from assistant.writing.figures import Figure, find_figures
from assistant.writing.ground import Ground
from assistant.writing.words import Sentence, Word

NEAR = 6  # words on each side of a figure that say what it counts
_FROM_TO = re.compile(
    r"\b(from|to|by|between|until|since)\s+(?:(?:about|around|over|just|nearly|almost|under)\s+)?£?$", re.I
)
_DIFFERS = re.compile(
    r"\b(?:by|fewer|more|less|difference|reduction|fall|fell|rise|rose|increase|decrease|drop|dropped|sav\w+|gap|lower|"
    r"higher|net|down|up|cut|grew|growth)\b",
    re.I,
)
_SUMS = re.compile(r"\b(?:total\w*|altogether|combined|in all|together|sum|both|overall|between them)\b", re.I)


@dataclass(frozen=True, slots=True)
class Found:
    """Where a figure of the statement stands in its proof; `working` instead, where it was reckoned."""

    figure: Figure
    source: Sentence | None = None
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
        if place.source is not None and place.there is not None:
            reason = _misplaced(place, claim, ground)
            if reason:
                return reason, None
    workings = [place.working for place in found if place.working]
    return None, "; ".join(dict.fromkeys(workings)) or None


def _find(figure: Figure, claim: Sentence, ground: Ground) -> Found | None:
    places = [(source, there) for source in ground.own for there in source.figures if figure.says(there)]
    if places:
        source, there = max(places, key=lambda place: _likeness(figure, claim, place[1], place[0]))
        return Found(figure, source, there)
    if any(figure.says(there) for there in find_figures(ground.around)):
        return Found(figure)
    working = _reckoned(figure, claim, ground)
    return Found(figure, working=working) if working else None


def _misplaced(place: Found, claim: Sentence, ground: Ground) -> str | None:
    figure, source, there = place.figure, place.source, place.there
    assert source is not None
    assert there is not None
    if bound_before(claim.text, figure.start) != bound_before(source.text, there.start):
        return f"limit before {_said(figure, claim)} differs"
    mine, its = (_FROM_TO.search(text[:at]) for text, at in ((claim.text, figure.start), (source.text, there.start)))
    if mine and its and {mine[1].lower(), its[1].lower()} in ({"from", "to"}, {"from", "by"}, {"to", "by"}):
        return f"{_said(figure, claim)} stands after another word"
    if figure.unit == "date":
        return None
    noun = _counted(figure, claim)
    if noun and noun.stem not in _stems_near(there, source, 2 * NEAR) and noun.stem not in ground.around.lower():
        return f"{_said(figure, claim)} counts something else"
    if _another_fits_better(place, claim):
        return f"{_said(figure, claim)} belongs to something else"
    return _of_another_time(place, claim)


def _another_fits_better(place: Found, claim: Sentence) -> bool:
    """Another figure of the same unit stands among more of the statement's words than this one does."""
    figure, source, there = place.figure, place.source, place.there
    assert source is not None
    assert there is not None
    rivals = [f for f in source.figures if f.unit == there.unit and not figure.says(f)]
    spoken = {(f.value, f.date) for f in claim.figures}
    rivals = [f for f in rivals if (f.value, f.date) not in spoken]
    own = _likeness(figure, claim, there, source)
    return any(_likeness(figure, claim, rival, source) > own + 1.0 for rival in rivals)


def _of_another_time(place: Found, claim: Sentence) -> str | None:
    """«735 (March 2021), 647 (March 2022)»: each figure goes with its own date."""
    figure, source, there = place.figure, place.source, place.there
    assert source is not None
    assert there is not None
    when, stated = _paired(figure, claim.figures), _paired(there, source.figures)
    if when is None or stated is None or when.says(stated):
        return None
    dates = [f for f in source.figures if f.unit == "date"]
    return f"{_said(figure, claim)} is of another time" if any(when.says(f) for f in dates) else None


def _paired(figure: Figure, figures: Sequence[Figure]) -> Figure | None:
    """The date of a figure: that in the same place of an alternating row, else the nearest."""
    dates = [f for f in figures if f.unit == "date"]
    values = [f for f in figures if f.unit == figure.unit]
    if not dates:
        return None
    if len(dates) == len(values):
        return dates[values.index(figure)]
    return min(dates, key=lambda date: abs(date.start - figure.start))


def _reckoned(figure: Figure, claim: Sentence, ground: Ground) -> str | None:
    """«735 - 647 = 88»: from two figures of one unit, where the statement speaks of a difference or a sum."""
    for source in ground.own:
        values = [f for f in source.figures if f.unit in ("count", "money", "percent")]
        for one, other in combinations(values, 2):
            for working, result, cue in _results(one, other):
                if (
                    abs(result.value - figure.value) < _grain(figure)
                    and result.unit == figure.unit
                    and cue.search(claim.text)
                ):
                    return working
        total = sum(f.value for f in values)
        same = len({f.unit for f in values}) == 1
        if (
            len(values) > 2
            and same
            and values[0].unit == figure.unit
            and total == figure.value
            and _SUMS.search(claim.text)
        ):
            return f"{' + '.join(_number(f) for f in values)} = {_number(figure)}"
    return None


def _results(one: Figure, other: Figure) -> Iterator[tuple[str, Figure, re.Pattern[str]]]:
    if one.unit != other.unit:
        return
    large, small = sorted((one, other), key=lambda f: -f.value)

    def made(value: float, unit: str) -> Figure:
        return Figure(unit, value, (0, 0, 0), 0, 0)

    difference = made(large.value - small.value, one.unit)
    yield f"{_number(large)} − {_number(small)} = {_number(difference)}", difference, _DIFFERS
    total = made(large.value + small.value, one.unit)
    yield f"{_number(large)} + {_number(small)} = {_number(total)}", total, _SUMS
    if one.value and one.unit != "percent":
        share = made(100 * abs(other.value - one.value) / one.value, "percent")
        told = f"({_number(large)} − {_number(small)}) ÷ {_number(one)} = {share.value:.1f} %"
        yield told, share, _DIFFERS


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
    """The word right behind a figure, where it can be what is counted."""
    if figure.unit not in ("count", "share"):
        return None
    after = sentence_after(figure, claim)
    return after if after is not None and not after.is_function and after.start - figure.end <= 1 else None


def sentence_after(figure: Figure, claim: Sentence) -> Word | None:
    at = claim.at(figure.end - 1)
    while at < len(claim.words) and _within(claim.words[at], figure):
        at += 1
    return claim.words[at] if at < len(claim.words) else None


def _within(word: Word, figure: Figure) -> bool:
    return figure.start <= word.start < figure.end


def _said(figure: Figure, claim: Sentence) -> str:
    return f"“{claim.text[figure.start : figure.end].strip()}”"

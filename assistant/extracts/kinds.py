"""Under which heading of a page a sentence belongs, and how well it stands there."""

import re
from collections.abc import Iterator

from assistant.extracts.subjects import cells_of, row_of
from assistant.extracts.wording import (
    begins,
    date_said,
    has_action,
    has_count,
    has_measure,
    has_result,
    names_a_service,
    wishes,
    without_asides,
)
from assistant.unit import Unit, UnitKind
from ingest.names import entity_of, pattern_of
from ingest.programme import Programme

Kinds = Iterator[tuple[str, float]]
LONG = 45  # words
QUOTED = (8, 70)  # words of a quote worth showing
WHOLE = 15  # words: a sentence out of a longer quote says something alone from here on
_TAKES = re.compile(
    r"\b(?:adopts?|adopted|adopting|adopters?|adopt|innovators?|launched|began|trailblazer|made|created|"
    r"developed|built|chose|took on|takes on|implement\w*|calls? its|calls its|service|version|pilot)\b",
    re.I,
)
_STUDY = re.compile(r"\b(?:evaluat|trial|pilot|protocol|review)", re.I)  # tells of a study, not of how a model works
_ISSUE = re.compile(r"\b(?:journal|issue|report)\b", re.I)  # came out: an event of the sources, not of the council
_ADOPTS = re.compile(r"\b(?:adopt(?:s|ed|ing)|innovator|trailblazer|calls its|took on|takes on|is the name)\b", re.I)
_IS = re.compile(
    r"^\W*(?:is|are) (?:an?|the|for|centred|built)\b"
    r"|^\W*(?:means?|consists?|brings|combines?|joins|aims?|offers?|rests?)\b",
    re.I,
)
_LEADS_ON = re.compile(r"^(?:But|And|So|This|That|It|They|He|She|Our|What)\b")


def council_kinds(unit: Unit, council: str, programme: Programme) -> Kinds:
    """What a unit about this council says of it: each kind with its score."""
    entity = entity_of(programme, council)
    text = row_of(unit)
    if unit.kind is UnitKind.ROW:
        yield from _row_kinds(unit, text)
        return
    if unit.kind is UnitKind.QUOTE:
        yield from _words(unit)
        return
    plain = without_asides(text)
    score = _score(unit, pattern_of(entity.names + entity.local_names).search(plain) is not None)
    model = next((one for one in programme.models if one.id == entity.model), None)
    if model and pattern_of(model.names).search(plain) and _TAKES.search(plain):
        yield "model", score + (0.5 if _ADOPTS.search(plain) else 0)
    if entity.local_names and names_a_service(text, pattern_of(entity.local_names)):
        yield "names", score + (0.5 if pattern_of(entity.names).search(plain) else 0)
    if begins(text) and date_said(text):
        yield "began", score + (0.3 if "-" in (date_said(text) or "") else 0)
    for kind, worth in _told(text, score):
        yield "reports" if _STUDY.search(text) else kind, worth


def model_kinds(unit: Unit, model: str, programme: Programme) -> Kinds:
    """What a unit about this model says of it."""
    if unit.kind is UnitKind.QUOTE:
        yield from _words(unit)
        return
    entity = next(one for one in programme.models if one.id == model)
    named = pattern_of(entity.names).search(unit.text)
    score = _score(unit, named is not None)
    if named and named.start() < 30 and _IS.match(unit.text[named.end() :]):
        yield "is", score + (0.5 if named.start() < 5 else 0)
        return
    # A model's numbers tell how it is made: beds, ages, workers; what came of it is told in shares and results
    tells_result = has_measure(unit.text) or has_result(unit.text)
    for kind, worth in _told(unit.text, score):
        kind = kind if tells_result else "did"
        if kind != "did" or not _STUDY.search(unit.text):
            yield kind, worth


def _told(text: str, score: float) -> Kinds:
    if has_measure(text):
        yield "reports", score + 0.5
    elif wishes(text):
        return
    elif (has_count(text) or has_result(text)) and not _acts_first(text):
        yield "reports", score + (0.3 if has_count(text) else 0)
    elif has_action(text):
        yield "did", score


def _acts_first(text: str) -> bool:
    """Whether a sentence tells an action before it tells how that went."""
    words = text.split()
    half = " ".join(words[: max(6, len(words) // 2)])
    return has_action(half) and not has_result(half)


def _words(unit: Unit) -> Kinds:
    if _LEADS_ON.match(unit.text) or (unit.text[:1] not in "“\"‘'" and unit.words < WHOLE):
        return  # out of the middle of a longer quote
    if unit.speaker is not None and QUOTED[0] <= unit.words <= QUOTED[1]:
        yield "words", 1.0 + (0.3 if unit.words >= 15 else 0)


def _row_kinds(unit: Unit, row: str) -> Kinds:
    """A row counts when it holds a figure or a date, and a few words besides."""
    cells = cells_of(row)
    if not 2 <= len(cells) <= 5 or len(row.split()) < 6 or not unit.before or _ISSUE.search(cells[1]):
        return
    if date_said(cells[0]) and begins(row):
        yield "began", 1.2
    if has_measure(row) or has_count(row) or has_result(row):
        yield "reports", 0.9


def _score(unit: Unit, named: bool) -> float:
    score = 1.0 + (0.5 if named else 0) + (0.2 if date_said(unit.text) else 0)
    return score - (0.3 if unit.words > LONG else 0)

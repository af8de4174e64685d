"""One document into extracts: each unit is asked whom it is about, and what it says of it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.browse import units_of
from assistant.extracts.definitions import Definitions
from assistant.extracts.kinds import council_kinds, model_kinds
from assistant.extracts.subjects import Place, Subjects, cells_of, row_of, runs_on, speaks_of_us, stands_for_a_name
from assistant.extracts.wording import (
    date_said,
    is_meta,
    says_something,
    speaks_in_general,
    tells_of_me,
    tells_of_one,
    tells_of_people,
    tells_of_the_past,
)
from assistant.shelf import Shelf
from assistant.unit import Unit, UnitKind
from ingest.programme import Programme
from ingest.records import Extract, StoredChunk
from ingest.types import Article, Span

MOST = 40  # of one subject and kind, of one document
LEAST = 9  # words of a sentence that names nothing
JOINED = 60  # words: a sentence that runs on is shown with the one before it, up to this length
Stopped = Callable[[], bool]
_STORY = re.compile(r"\bstor(?:y|ies)\b", re.I)
COUNCIL, MODEL = "council:", "model:"


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit with the chunk and the article it stands in."""

    unit: Unit
    stored: StoredChunk
    article: Article | None


@dataclass(slots=True)
class Told:
    """What the sentence before spoke of."""

    unit: Unit | None = None
    council: str | None = None
    model: str | None = None
    story: bool = False  # in an article that tells a story
    text: str = ""  # the last sentence of this section that names a model
    section: str | None = None
    elsewhere: bool = False  # a sentence of this section named an adopter


class Deriver:
    """Made once for a programme, used for many documents."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._subjects = Subjects(programme)
        self._definitions = Definitions(programme)

    def derive(self, document_id: str, shelf: Shelf, stopped: Stopped = lambda: False) -> list[Extract]:
        found: list[Extract] = []
        for article, group in groupby(placed_units(document_id, shelf, stopped), key=lambda one: one.article):
            placed = list(group)
            found += self._of_article(article, placed)
        return _best(found)

    def _of_article(self, article: Article | None, placed: Sequence[Placed]) -> Iterator[Extract]:
        title = article.title if article else ""
        aside = is_apparatus(title)
        home = None if aside else self._subjects.home(article, (one.unit for one in placed))
        story = _STORY.search(title) is not None
        told = Told(story=story)
        for one in placed:
            yield from self._definitions.of(one.unit, one.stored)
            if aside or is_apparatus(one.stored.chunk.section or ""):
                continue
            scope = self._subjects.place(one.unit.heading, one.stored.chunk.section or "")
            council = self._council(one.unit, scope, home, told)
            model = None if council else self._model(one.unit, scope, told)
            same = (told.council == council) if council else (told.model == model)
            named = council is not None and self._subjects.names_council(one.unit.text)
            whole = _with_the_one_before(one.unit, told.unit if same or named else None)
            told = self._heard(one, council, model, told)
            if whole is not None and (council or model):
                yield from self._extracts(whole, one, council, model)

    def _heard(self, one: Placed, council: str | None, model: str | None, before: Told) -> Told:
        same = before.section == one.stored.chunk.section
        text = one.unit.text if self._subjects.names_model(one.unit.text) else before.text if same else ""
        elsewhere = (same and before.elsewhere) or self._subjects.names_adopter(one.unit.text)
        return Told(one.unit, council, model, before.story, text, one.stored.chunk.section, elsewhere)

    def _council(self, unit: Unit, scope: Place, home: str | None, told: Told) -> str | None:
        if unit.kind is UnitKind.ROW:
            cells = cells_of(row_of(unit))
            return self._subjects.council_of(cells[0])[0] or self._subjects.council_of(" | ".join(cells[1:2]))[0]
        if unit.kind is UnitKind.QUOTE and (speaker := self._subjects.speaker_of(unit.speaker_text)):
            return speaker
        follows = told.unit is not None and told.unit.block == unit.block
        if follows and told.council and stands_for_a_name(unit):
            return told.council
        own, named = self._subjects.council_of(unit.text)
        if own or named:
            return own
        if unit.kind is UnitKind.QUOTE and unit.speaker_text:
            return scope.council or home
        if told.story or self._subjects.names_model(unit.text):
            return None  # what a story tells without a name, it tells of a person
        if follows and told.council and runs_on(unit):
            return told.council
        return self._by_place(unit, scope, home, told)

    def _by_place(self, unit: Unit, scope: Place, home: str | None, told: Told) -> str | None:
        """The council that only the heading or the article names, unless another model was spoken of in between."""
        council = scope.council or home
        if council is None or (told.text and self._subjects.other_model(told.text, council)):
            return None
        if unit.words < LEAST or tells_of_one(unit.text) or speaks_in_general(unit.text):
            return None
        if speaks_of_us(unit):
            return council
        of_people = tells_of_the_past(unit.text) if scope.council else tells_of_people(unit.text)
        return council if of_people else None

    def _model(self, unit: Unit, scope: Place, told: Told) -> str | None:
        if unit.kind is UnitKind.ROW or self._subjects.names_council(unit.text):
            return None
        own, named = self._subjects.model_of(unit.text)
        if unit.kind is not UnitKind.QUOTE and tells_of_one(unit.text):
            return None
        if own or named or told.story or unit.words < LEAST or speaks_in_general(unit.text):
            return own
        if told.model and told.unit and told.unit.block == unit.block and runs_on(unit):
            return told.model
        return None if scope.council or told.elsewhere else scope.model

    def _extracts(self, whole: Unit, one: Placed, council: str | None, model: str | None) -> Iterator[Extract]:
        text = row_of(whole)
        if whole.kind is not UnitKind.ROW and _is_no_statement(whole, text):
            return
        kinds = (
            council_kinds(whole, council, self._programme)
            if council
            else model_kinds(whole, model or "", self._programme)
        )
        subject = f"{COUNCIL}{council}" if council else f"{MODEL}{model}"
        for kind, score in kinds:
            spans = whole.spans[-1:] if whole.kind is UnitKind.ROW else whole.spans
            yield Extract(subject, kind, date_said(text), round(score, 3), one.stored.id, spans, whole.speaker)


def placed_units(document_id: str, shelf: Shelf, stopped: Stopped) -> Iterator[Placed]:
    """The units of a document in reading order, each with the chunk that holds its beginning."""
    by_page: dict[int, list[tuple[Span, StoredChunk]]] = {}
    for stored in shelf.chunks.of(document_id):
        for span in stored.chunk.spans:
            by_page.setdefault(span.page, []).append((span, stored))
    for page, unit in units_of(shelf, document_id, stopped):
        start = unit.spans[-1].start if unit.kind is UnitKind.ROW else unit.spans[0].start
        holds = next((stored for span, stored in by_page.get(page, ()) if span.start <= start < span.end), None)
        if holds is not None and unit.kind in (UnitKind.SENTENCE, UnitKind.QUOTE, UnitKind.ROW):
            yield Placed(unit, holds, shelf.article_of(holds))


APPARATUS = (
    *("contents", "cover", "glossary", "sources", "references", "reading path", "people named", "index"),
    *("acknowledg", "about this", "by theme", "stories and examples to tell", "what the sources", "further reading"),
    *("other points on which", "bibliography", "questions to take"),
)


def is_apparatus(heading: str) -> bool:
    """Parts that tell of the document, or point elsewhere."""
    lowered = heading.lower()
    return any(lowered.startswith(word) or f" {word}" in f" {lowered}" for word in APPARATUS)


def _is_no_statement(unit: Unit, text: str) -> bool:
    return is_meta(text) or (unit.kind is not UnitKind.QUOTE and (tells_of_me(text) or not says_something(text)))


def _with_the_one_before(unit: Unit, before: Unit | None) -> Unit | None:
    """«It opened in April 2020» says nothing alone: with the sentence before it, or not at all."""
    if unit.kind is not UnitKind.SENTENCE or not runs_on(unit) or unit.text.startswith(("We ", "Our ")):
        return unit
    if before is None or before.block != unit.block or before.page != unit.page or len(unit.spans) > 1:
        return None
    if (
        runs_on(before)
        or before.kind is not UnitKind.SENTENCE
        or len(before.spans) > 1
        or before.words + unit.words > JOINED
    ):
        return None
    span = Span(unit.page, before.spans[0].start, unit.spans[0].end)
    return replace(unit, text=f"{before.text} {unit.text}", spans=(span,))


def _best(extracts: Iterable[Extract]) -> list[Extract]:
    by_kind: dict[tuple[str, str], list[Extract]] = {}
    for one in extracts:
        by_kind.setdefault((one.subject, one.kind), []).append(one)
    return [one for group in by_kind.values() for one in sorted(group, key=lambda each: -each.score)[:MOST]]

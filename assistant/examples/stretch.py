"""What the rules look at: the sentences of one block of a page, in order, with what is known of them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from assistant.browse import Placed
from assistant.unit import Unit, UnitKind
from ingest.types import Article, Page, Span


class ExampleKind(StrEnum):
    QUOTE = "quote"
    FIGURE = "figure"
    STORY = "story"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Line:
    """Some words of a page, letter for letter as they stand at `span`."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Example:
    """`span` is on one page; `text` is what stands there, `speaker` who says it, `lead` the head of a table's row."""

    kind: ExampleKind
    span: Span
    text: str
    article: Article | None
    heading: str
    councils: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    speaker: Line | None = None
    lead: Line | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A block as `page_text[start:end]`, with the units that begin in it and stand on this page alone."""

    page_text: str
    page: int
    start: int
    end: int
    placed: tuple[Placed, ...] = field(default=())

    @property
    def text(self) -> str:
        return self.page_text[self.start : self.end]

    @property
    def first(self) -> Unit:
        return self.placed[0].unit

    @property
    def article(self) -> Article | None:
        return self.placed[0].article

    def cut(self, kind: ExampleKind, start: int, end: int, speaker: Line | None = None, wider: bool = True) -> Example:
        """The example at these places of the page; its councils and models are those of the units it touches.

        `wider` counts the council that the article is about where no unit names one.
        """
        touched = [p for p in self.placed if p.unit.spans[0].start < end and p.unit.spans[-1].end > start]
        touched = touched or list(self.placed)
        councils = tuple(dict.fromkeys(c for p in touched for c in p.councils or (p.about if wider else ())))
        models = tuple(dict.fromkeys(m for p in touched for m in p.models))
        span = Span(self.page, start, end)
        return Example(
            kind, span, self.page_text[start:end], self.article, self.first.heading, councils, models, speaker
        )


def stretches(placed: Iterable[Placed], page_of: Callable[[int], Page | None]) -> Iterator[Stretch]:
    """Sentences and quotes, block by block; lists whole, tables and bylines are no prose."""
    prose = (p for p in placed if p.unit.kind in (UnitKind.SENTENCE, UnitKind.QUOTE) and _on_one_page(p.unit))
    for (number, _), group in groupby(prose, lambda p: (p.unit.page, p.unit.block)):
        page = page_of(number)
        units = tuple(group)
        if page is not None:
            ends = units[0].unit.spans[0].start, max(p.unit.spans[-1].end for p in units)
            yield Stretch(page.text, number, *ends, units)


def rows(placed: Iterable[Placed], page_of: Callable[[int], Page | None]) -> Iterator[Example]:
    """Table rows, each with its column heads as its lead where they stand on the same page."""
    for one in placed:
        unit = one.unit
        if unit.kind is not UnitKind.ROW or (page := page_of(unit.spans[-1].page)) is None:
            continue
        span, head = unit.spans[-1], unit.spans[0]
        lead = Line(page.text[head.start : head.end], head) if head != span and head.page == span.page else None
        text = page.text[span.start : span.end]
        councils = one.councils or one.about
        yield Example(ExampleKind.FIGURE, span, text, one.article, unit.heading, councils, one.models, None, lead)


def _on_one_page(unit: Unit) -> bool:
    return len({span.page for span in unit.spans}) == 1

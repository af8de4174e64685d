"""The timeline as a picture: where each line, mark and word of its SVG stands, without any script."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from api.boxes import write_boxes
from assistant.editions import in_words
from assistant.start.timeline import Event
from assistant.types import Citation
from ingest.programme import Programme

ROW = 34
TOP = 30
GAP = 38  # before each model's rows


@dataclass(frozen=True, slots=True)
class Mark:
    x: float
    date: str
    text: str
    url: str
    innovator: bool


@dataclass(frozen=True, slots=True)
class Row:
    y: float
    name: str
    url: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Group:
    y: float
    model: str
    url: str
    number: int  # from 1, for its colour
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    year: int


@dataclass(frozen=True, slots=True)
class Picture:
    """`width` and `height` in units of the view box; `name` tells the wide one from the narrow one."""

    name: str
    width: int
    height: int
    left: int
    ticks: tuple[Tick, ...]
    groups: tuple[Group, ...]
    events: int


def cited_page(citation: Citation) -> str:
    """The address of the page with the quote marked."""
    marked = f"&boxes={quote(write_boxes(citation.boxes[:200]))}" if citation.boxes else ""
    return f"/documents/{citation.document_id}?page={citation.page}{marked}"


def a_page_each(cited: Mapping[int, Citation], numbers: Iterable[int]) -> list[Citation]:
    """One for each page, with the marks of all of them: a quote and its speaker stand on the same page."""
    pages: dict[tuple[str, int], Citation] = {}
    for one in (cited[number] for number in numbers):
        first = pages.get((one.document_id, one.page))
        pages[one.document_id, one.page] = replace(first, boxes=(*first.boxes, *one.boxes)) if first else one
    return list(pages.values())


def draw_timeline(events: Sequence[Event], programme: Programme, *, narrow: bool) -> Picture | None:
    """Councils as rows under their models, years from left to right; None without any date."""
    if not events:
        return None
    width, left, every = (320, 104, 4) if narrow else (960, 190, 1)
    first = int(min(event.months for event in events) // 12)
    last = int(max(event.months for event in events) // 12) + 1
    span = max(1, 12 * (last - first))

    def place(months: float) -> float:
        return round(left + 8 + (width - left - 24) * (months - 12 * first) / span, 1)

    groups: list[Group] = []
    y = float(TOP)
    for number, model in enumerate(programme.models, 1):
        head = y + 28
        rows: list[Row] = []
        y += GAP
        for entity in (*programme.innovators, *programme.adopters):
            marks = [_mark(one, place(one.months)) for one in events if one.council == entity.id]
            if entity.model == model.id and marks:
                part = "innovators" if entity in programme.innovators else "adopters"
                rows.append(Row(y + ROW / 2, entity.name, f"/{part}/{entity.id}", tuple(marks)))
                y += ROW
        if rows:
            groups.append(Group(head, model.name, f"/models/{model.id}", number, tuple(rows)))
        else:
            y -= GAP
    ticks = tuple(Tick(place(12 * year), year) for year in range(first, last + 1) if (last - year) % every == 0)
    return Picture("narrow" if narrow else "wide", width, int(y) + 12, left, ticks, tuple(groups), len(events))


def _mark(event: Event, x: float) -> Mark:
    return Mark(x, in_words(event.date), event.line.text, cited_page(event.citation), event.part == "innovator")

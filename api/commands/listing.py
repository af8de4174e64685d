"""How `assistant documents` shows the library: a table of its documents, or every page of one."""

import sys
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from api.wording import FORMATS, UNITS, day, how_read, is_whole, page_note
from ingest.records import OPEN_NAME, DocumentRecord, PageState

WIDE = 200  # columns, where the output is not a terminal


def print_documents(records: Sequence[DocumentRecord], with_state: bool) -> None:
    closed = any(record.collection for record in records)
    more = [*(["State"] if with_state else []), *(["Collection"] if closed else [])]
    columns = ["Id", "File", "Title", "Format", "Published", "How read", "Chunks", *more]
    table = Table(*columns, box=None, pad_edge=False)
    for record in records:
        why = "its original" if record.digest_of else "the same file"
        title = f"{record.title} (stands aside: {why} is here)" if record.stands_aside else record.title
        read = "" if record.state == "removed" else how_read(record)
        cells = [record.id, record.file_name, title, FORMATS[record.format], record.published or "", read]
        state = [state_of(record)] if with_state else []
        home = [record.collection or OPEN_NAME] if closed else []
        table.add_row(*cells, str(record.chunks), *state, *home, style=None if is_whole(record) else "yellow")
    console().print(table, markup=False)


def print_pages(record: DocumentRecord, states: Sequence[PageState]) -> None:
    """Every page with how it was read; a superseded version says so first."""
    shown = console()
    shown.print(f"{record.title} ({record.file_name}): {how_read(record)}.", markup=False, highlight=False)
    if record.state != "current":
        shown.print(f"This version is {state_of(record)}.", markup=False, highlight=False)
    table = Table(UNITS[record.format].capitalize(), "Label", "Health", "Remarks", box=None, pad_edge=False)
    for state in states:
        table.add_row(str(state.number), state.label or "", state.health.value, page_note(state.health, state.detail))
    shown.print(table, markup=False)


def page_values(state: PageState) -> Mapping[str, object]:
    return {"page": state.number, "label": state.label, "health": state.health.value, "detail": state.detail}


def state_of(record: DocumentRecord) -> str:
    """“current”, “superseded on 3 March 2026 by 0f…”, “removed on 3 March 2026”."""
    since = f" on {day(record.state_at)}" if record.state_at and record.state != "current" else ""
    by = f" by {record.superseded_by}" if record.superseded_by else ""
    return f"{record.state}{since}{by}"


def console() -> Console:
    return Console(width=None if sys.stdout.isatty() else WIDE)

"""Choices into statements a person reads: bullets for lists, speakers behind quotes, column heads beside figures."""

import re
from collections.abc import Iterable

from assistant.cite import Citations
from assistant.compose import Choice
from assistant.types import Statement
from assistant.units import Unit, UnitKind
from ingest.types import Span

LABELLED = 2  # words: a cell as short as a figure is shown with its column head, a sentence explains itself
NUMBERING = re.compile(r"^\(?\d{1,2}(?:[.)]\s+|\s+(?=[A-Z]))")

# What would become a picture, a link or a tag where the answer is set as Markdown: a document's words stay words
_LIVE = re.compile(r"!?\[(?=[^\]\n]*\][(\[:])|<(?=[a-zA-Z/!?])")


def state(choice: Choice, citations: Citations) -> Statement | None:
    """The statement of a choice with its citations, or None when a quote of it cannot be re-found."""
    unit, stored = choice.candidate.unit, choice.candidate.stored
    spans: list[Span] = [*(choice.before.spans if choice.before else ()), *unit.own_spans]
    if not _stands(choice, citations):
        return None
    numbers = citations.add(stored, spans)
    if numbers is None:
        return None
    return Statement(read_out(choice), numbers)


def _stands(choice: Choice, citations: Citations) -> bool:
    """Whether the unit's words are, letter for letter, those of its spans on the stored pages."""
    unit, document = choice.candidate.unit, choice.candidate.stored.document_id
    pages = [(span, citations.shelf.page(document, span.page)) for span in unit.spans]
    found = "".join(page.text[span.start : span.end] if page else "" for span, page in pages)
    return letters_of(found) == letters_of(unit.text)


def letters_of(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def read_out(choice: Choice) -> str:
    unit = choice.candidate.unit
    text = (
        _list_text(unit) if unit.kind is UnitKind.LIST else _row_text(unit) if unit.kind is UnitKind.ROW else unit.text
    )
    if choice.before is not None:
        text = f"{choice.before.text} {text}"
    if unit.speaker is not None:
        text = f"{text} — {unit.speaker_text.strip('*')}"
    return text


def _list_text(unit: Unit) -> str:
    lead = [unit.before] if unit.before else []
    return "\n".join([*lead, *(f"- {NUMBERING.sub('', item)}" for item in unit.items)])


def heads_and_cells(unit: Unit) -> tuple[list[str], list[str]]:
    """Of a table's row; a first column without a head gets an empty one."""
    heads = [cell.strip() for cell in unit.before.split("|")] if unit.before else []
    cells = [cell.strip() for cell in unit.text.splitlines()[-1].split("|")]
    return (["", *heads] if len(heads) == len(cells) - 1 else heads), cells


def _row_text(unit: Unit) -> str:
    """«Children: 735 (March 2021), 683 (March 2022)» where the heads fit, else the cells as they stand."""
    head, cells = heads_and_cells(unit)
    if head and len(head) == len(cells):
        pairs = [
            f"{cell} ({name})" if name and len(cell.split()) <= LABELLED else cell
            for name, cell in zip(head[1:], cells[1:], strict=True)
            if cell
        ]
        return f"{cells[0]}: {', '.join(pairs)}" if pairs else cells[0]
    rest = ", ".join(cell for cell in cells[1:] if cell)
    return f"{cells[0]}: {rest}" if rest else cells[0]


def as_markdown(statements: Iterable[Statement], notes: Iterable[str] = ()) -> str:
    """The whole answer, each statement followed by its markers, and what the documents don't say at its end."""
    return "\n\n".join([*map(as_paragraph, statements), *notes])


def as_paragraph(statement: Statement) -> str:
    """One statement: its heading as a bold line, as of when it holds, its markers, and those of who says the same."""
    heading = f"**{statement.heading}**\n\n" if statement.heading else ""
    when = f" ({statement.as_of})" if statement.as_of else ""
    when += f" ({statement.working})" if statement.working else ""
    text = _LIVE.sub(r"\\\g<0>", statement.text)
    return f"{heading}{text}{when} {markers(statement)}"


def markers(statement: Statement) -> str:
    """What a statement's paragraph ends with: “[1][2] (also said in [3])”."""
    also = "".join(f"[{number}]" for number in statement.agreeing)
    return "".join(f"[{number}]" for number in statement.citations) + (f" (also said in {also})" if also else "")

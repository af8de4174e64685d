"""What every export says of an entry, in the same words as the page."""

from assistant.boards import Item

REMOVED = "[The document that said this has been removed from the library.]"
SUPERSEDED = "This document has a newer version."


def quote_of(item: Item) -> str:
    """Letter for letter, without quotation marks of its own."""
    return str(item.citation["quote"]) if item.citation else ""


def speaker_of(item: Item) -> str:
    line = item.citation.get("speaker") if item.citation else None
    return str(line["text"]) if line else ""


def lead_of(item: Item) -> str:
    """The head of the table that a row is from."""
    line = item.citation.get("lead") if item.citation else None
    return str(line["text"]) if line else ""


def remark_of(item: Item) -> str:
    """What has become of the document since."""
    state = item.citation["state"] if item.citation else "current"
    return {"removed": REMOVED, "superseded": SUPERSEDED}.get(state, "")


def one_line(text: str) -> str:
    return " ".join(text.split())


def quoted(text: str) -> str:
    """In quotation marks, unless it brings its own."""
    return text if text[:1] in '“"‘' else f"“{text}”"

"""A board as Markdown. Whatever stands in documents and notes stays text: nothing of it becomes a mark."""

import re
from collections.abc import Sequence

from api.exports.parts import lead_of, one_line, quote_of, quoted, remark_of, speaker_of
from assistant.boards import Item
from assistant.references import Entry, References

_MARKS = re.compile(r"([\\`*_\[\]<>#&~|$])")
_AT_START = re.compile(r"^(\s*)([-+=:]|\d{1,9}(?=[.)]))")


def as_markdown(name: str, items: Sequence[Item], references: References) -> bytes:
    parts = [f"# {_line(name)}"]
    for item in items:
        parts += [f"## {_line(item.text)}"] if item.citation is None else _quote(item, references)
    if references.entries:
        parts.append("## References")
    parts += [f"- {_reference(entry)}" for entry in references.entries]
    return ("\n\n".join(parts) + "\n").encode()


def _quote(item: Item, references: References) -> list[str]:
    assert item.citation is not None
    said = [_line(part) for part in (speaker_of(item), references.in_text(item.citation)) if part]
    lines = [line for line in (lead_of(item), quoted(quote_of(item)) if quote_of(item) else "") if line]
    shown = [_line(line) for text in lines for line in text.splitlines() if line.strip()]
    quote = "\n>\n".join(f"> {line}" for line in [*shown, f"– {', '.join(said)}"])
    beside = [_line(remark_of(item)), *map(_line, item.note.splitlines())]
    return [quote, *(line for line in beside if line)]


def _reference(entry: Entry) -> str:
    return "".join(f"*{_escaped(words)}*" if italic else _escaped(words) for words, italic in entry.runs())


def _line(text: str) -> str:
    """One line that begins no list, heading, table or code."""
    escaped = _escaped(one_line(text))
    return _AT_START.sub(lambda m: f"{m[1]}{m[2]}\\" if m[2].isdigit() else f"{m[1]}\\{m[2]}", escaped)


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)

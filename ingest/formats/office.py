"""What Word and PowerPoint files have in common: their archive, and their account of themselves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.formats.dates import published_in
from ingest.formats.flow import clean_text

# What programs write where nobody gave a title or a name.
_NO_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint)\b.*|(?:word|powerpoint) (?:document|presentation)|presentation ?\d*"
    r"|document ?\d*|untitled.*|slide \d+|title|.*\.(?:docx?|dotx?|pptx?|potx?))$",
    re.I,
)
_NO_AUTHOR = re.compile(r"^(?:python-docx|user|author|admin|administrator|owner|unknown|microsoft office user)$", re.I)
# When the templates of python-docx and python-pptx were saved: programs that use them leave that in their files
_TEMPLATES_SAVED = ("2013-12-23 23:15:00", "2013-01-27 09:14:16")


@dataclass(frozen=True, slots=True)
class Facts:
    title: str | None
    authors: tuple[str, ...]
    published: str | None


def read_facts(properties: Any) -> Facts:
    """Of the core properties; the day a file was last saved is the nearest to when it was published."""
    title, author = (clean_text(str(_quietly(properties, name) or "")) for name in ("title", "author"))
    saved = _quietly(properties, "modified") or _quietly(properties, "created")
    if str(saved)[:19] in _TEMPLATES_SAVED:
        saved = None
    names = tuple(name for part in re.split(r"[;\n]", author) if (name := part.strip()) and not _NO_AUTHOR.match(name))
    return Facts(None if _NO_TITLE.match(title) else title or None, names, published_in(saved))


def _quietly(properties: Any, name: str) -> Any:
    """Damage in what a file says of itself loses no text."""
    try:
        return getattr(properties, name)
    except (ValueError, TypeError, AttributeError, KeyError):
        return None


def local_name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def diagram_texts(root: Any) -> Iterator[str]:
    """The texts of a SmartArt drawing, point by point."""
    for point in root.iter():
        if local_name(point) == "pt" and point.get("type", "node") not in ("pres", "parTrans", "sibTrans"):
            paragraphs = [e for e in point.iter() if local_name(e) == "p"]
            for paragraph in paragraphs:
                yield "".join(e.text or "" for e in paragraph.iter() if local_name(e) == "t")

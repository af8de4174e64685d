"""A model's reply, as it streams, into statements with the numbers of their passages: JSON, or text with markers.

What models really write is taken: `[1]`, `[1 p.7]`, `[1,2]`, `[1-3]`, `[1][2]`, `【1†source】`, `(1)`, `[^1]`, `¹`,
`[Passage 1]`, before or after the full stop, in lists, tables of JSON, or inside a fence.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.sentences import sentence_spans

MOST_LETTERS = 6_000  # of a whole reply; what goes on longer has lost its way
LONGEST = 600  # letters of one statement
_KEYS = ("passages", "passage", "citations", "citation", "sources", "source", "refs")
_PAGE = r"(?:\s*[,:;†|]?\s*(?:pp?\.?|pages?|source|line|L)\s*[\w.,–-]*)*"
_ONE = rf"(?:(?:passages?|sources?|docs?|refs?|no\.?|p)\s*)?\^?\d{{1,2}}{_PAGE}"
_ALL = rf"{_ONE}(?:\s*(?:[,;&–—-]|and|to)\s*{_ONE})*"
_MARKER = re.compile(
    rf"\[\[?\s*{_ALL}\s*\]\]?(?:\([^)\s]*\))?|【\s*{_ALL}[^】]{{0,20}}】|"
    rf"\(\s*{_ALL}\s*\)(?=\s*(?:[.!?]|$|\n|[(\[【]))|(?<=[.!?]\s)\(\s*{_ALL}\s*\)|<sup>\s*{_ALL}\s*</sup>|"
    r"(?<=[\w.!?”\"’)])[¹²³⁴⁵⁶⁷⁸⁹⁰]+",
    re.I,
)
_POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_TALK = re.compile(
    r"^(?:here (?:is|are)|sure|certainly|answer|statements?|based on the passages?)\b[^.]{0,60}:?$", re.I
)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|<[^<>]{1,200}>|\bhttps?://\S+|\bdata:\S+")


@dataclass(frozen=True, slots=True)
class Draft:
    """What the model says, not yet checked. No `passages`: it named none."""

    text: str
    passages: tuple[int, ...]


@dataclass(slots=True)
class ReplyReader:
    """Takes a reply piece by piece and gives each statement as soon as it is whole."""

    _text: str = ""
    _at: int = 0  # what lies before has been read
    _is_json: bool | None = None

    def feed(self, piece: str) -> Iterator[Draft]:
        self._text += piece
        yield from self._read(last=False)

    def finish(self) -> Iterator[Draft]:
        """What the end completes. A statement that was cut off in the middle is none."""
        yield from self._read(last=True)

    @property
    def is_too_long(self) -> bool:
        return len(self._text) > MOST_LETTERS

    @property
    def is_empty(self) -> bool:
        return not self._text.strip()

    @property
    def is_web_page(self) -> bool:
        """A proxy's error page or a sign-in form in place of a reply."""
        return self._text.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<?xml"))

    def _read(self, last: bool) -> Iterator[Draft]:
        if self._is_json is None:
            begun = re.sub(r"^\s*(?:```\w*\s*)?", "", self._text)
            if not begun or (self._text.lstrip().startswith("`") and "\n" not in self._text and not last):
                return
            self._is_json = begun[0] in "{["
        yield from self._objects() if self._is_json else self._lines(last)

    def _objects(self) -> Iterator[Draft]:
        """Each innermost object that is whole; what never closes is never read."""
        decoder = json.JSONDecoder()
        while (at := self._text.find("{", self._at)) >= 0:
            if re.match(r'\{\s*"(?:statements|answer|answers|items|results)"\s*:\s*\[', self._text[at:]):
                self._at = at + 1
                continue
            try:
                value, end = decoder.raw_decode(self._text, at)
            except json.JSONDecodeError:
                return
            self._at = end
            if isinstance(value, dict) and (draft := _from_object(value)) is not None:
                yield draft

    def _lines(self, last: bool) -> Iterator[Draft]:
        """A line at a time; within it, sentence by sentence, where a marker stands behind each."""
        while (end := self._text.find("\n", self._at)) >= 0:
            line, self._at = self._text[self._at : end], end + 1
            yield from _from_line(line, cut=False)
        if last and self._at < len(self._text):
            line, self._at = self._text[self._at :], len(self._text)
            yield from _from_line(line, cut=True)


def _from_object(value: dict[str, Any]) -> Draft | None:
    text = next((value[k] for k in ("text", "statement", "sentence", "claim") if isinstance(value.get(k), str)), "")
    given = next((value[k] for k in _KEYS if k in value), ())
    named = [n for one in (given if isinstance(given, list) else [given]) for n in _numbers(str(one))]
    return _draft(text, [*named, *_marked(text)])


def _from_line(line: str, cut: bool) -> Iterator[Draft]:
    """A sentence without a marker goes with the next one that has one."""
    line = _BULLET.sub("", line.strip().strip("`").strip())
    if not line or line.startswith("#") or _TALK.match(line):
        return
    pieces = _by_marker(line)
    if cut and pieces and not re.search(r"[.!?”\"’)\]】]\s*$", pieces[-1]) and not _marked(pieces[-1]):
        pieces = pieces[:-1]  # it ended in the middle of a word
    for piece in pieces:
        draft = _draft(piece, _marked(piece))
        if draft is not None:
            yield draft


def _by_marker(line: str) -> list[str]:
    """Cut behind each group of markers that ends a sentence; a full stop behind a marker belongs to it."""
    pieces, start = [], 0
    for match in re.finditer(rf"(?:{_MARKER.pattern})(?:\s*(?:{_MARKER.pattern}))*\s*[.!?]?", line, re.I):
        before = line[start : match.start()].rstrip()
        ends = match.group().rstrip().endswith((".", "!", "?")) or before.endswith((".", "!", "?", "”", '"'))
        if ends and before:
            pieces.append(line[start : match.end()])
            start = match.end()
    rest = line[start:].strip()
    if not rest:
        return pieces
    return [*pieces, rest] if _marked(rest) or not pieces else [*pieces, *_sentences(rest)]


def _sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in sentence_spans(text)] or [text]


def _marked(text: str) -> list[int]:
    return [number for match in _MARKER.finditer(text) for number in _numbers(match.group())]


def _numbers(marker: str) -> list[int]:
    """The passages that a marker names; a page, «p.7», is none of them."""
    marker = re.sub(r"(?i)(?:\bpp?\.?|\bpages?|\blines?|\bL)\s*[\w.,–-]*|†.*|\(#.*", "", marker.translate(_POWERS))
    found: list[int] = []
    for match in re.finditer(r"(\d{1,2})(?:\s*(?:[–—-]|to)\s*\^?(\d{1,2}))?", marker):
        first, last = int(match[1]), int(match[2] or match[1])
        found += range(first, last + 1) if first <= last <= first + 9 else (first,)
    return found


def _draft(text: str, passages: list[int]) -> Draft | None:
    text = _LINK.sub(lambda match: match[1] or "", _MARKER.sub("", text))
    text = re.sub(r"\*\*|__|`|^#+ ", "", text)
    text = re.sub(r"\s+([.,;!?])", r"\1", " ".join(text.split())).strip(" -*•")
    text = re.sub(r"([.!?])\1+$", r"\1", text)
    if not re.search(r"[^\W\d_]{2}", text) or len(text) > LONGEST:
        return None
    return Draft(text, tuple(dict.fromkeys(passages)))

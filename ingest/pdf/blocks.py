"""Lines into blocks: paragraphs, headings, list items, quotes, bylines and table rows."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.pdf.drafts import Draft
from ingest.pdf.footnotes import set_footnotes_last
from ingest.pdf.furniture import Survey
from ingest.pdf.glyphs import Segment
from ingest.pdf.lines import Line
from ingest.sentences import is_open
from ingest.types import BlockKind

__all__ = ["Draft", "draft_blocks", "runs_into"]

_NUMBERED = re.compile(r"^(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\[\d{1,3}\])\s+\S")
_TERMINAL = re.compile(r"[.!?…][”’\"')\]*]*$")
_NOTE = re.compile(r"^[⁰¹²³⁴-⁹]+\s")  # a raised mark at the head of a line
_LEADER = re.compile(r"(?:[.·…]\s?){4,}\s*\d{1,4}$")  # a line of a contents page
_BOXES = (BlockKind.QUOTE, BlockKind.BYLINE, BlockKind.CAPTION)
_MAX_BOXES = 4
_CAPTION = re.compile(
    r"^(?:figure|fig\.|table|chart|box|map|graph|exhibit|diagram)\s+\w{1,3}(?:[.\-–]\d{1,3})*\s*[.:–—|]\s*\S", re.I
)
_NAMED = re.compile(
    r"^(?:[A-Z][\w’'.-]*\*?|and|&|de|van)(?:,?\s(?:[A-Z][\w’'.-]*\*?|and|&|de|van|of)){0,7}\s*(?:[–—-]\s|,\s)\s*[A-Z]"
)
_ROLE = re.compile(
    r"\b(?:manager|worker|director|officer|council|parent|practitioner|lead|leader|coach|head of|chief|quote from|"
    r"professor|chair|minister|nurse|psychologist|coordinator|facilitator|supervisor|carer|daughter|father|mother|"
    r"consultant|researcher|fellow|adviser|advisor|senior associate)\b",
    re.I,
)


def draft_blocks(lines: Sequence[Line], survey: Survey, leading: float, quote_before: bool = False) -> list[Draft]:
    """The blocks of one page in reading order, each with its role; `quote_before`: the last page ends with a quote."""
    drafts: list[Draft] = []
    for line in lines:
        if drafts and _continues(drafts[-1], line, leading, survey.body):
            drafts[-1].lines.append(line)
        else:
            kind = BlockKind.TABLE_ROW if line.is_row else BlockKind.LIST_ITEM if line.bullet else BlockKind.PARAGRAPH
            drafts.append(Draft(kind, [line]))
    drafts = [draft for draft in drafts if any(c.isalnum() for c in draft.text)]
    drafts = _join_over_columns(set_footnotes_last(drafts, survey.body))
    for draft in drafts:
        _name(draft, survey)
    last = next((draft for draft in reversed(drafts) if draft.kind is not BlockKind.FOOTNOTE), None)
    if last and last.level == 6:  # a short last line goes on overleaf more often than it heads nothing
        last.kind, last.level = BlockKind.PARAGRAPH, 0
    if drafts and quote_before and drafts[0].level == 5 and _is_name(drafts[0].text):
        drafts[0].kind, drafts[0].level = BlockKind.BYLINE, 0
    _name_neighbours(drafts)
    return _join_past_boxes(drafts)


def _continues(draft: Draft, line: Line, leading: float, body: float) -> bool:
    above, below = draft.lines[-1].segments[-1], line.first
    if line.is_row or draft.lines[-1].is_row or line.bullet or _NUMBERED.match(below.text):
        return False
    if _LEADER.search(above.text) or _NOTE.match(below.text):
        return False
    if abs(above.style.size - below.style.size) > 0.4 or _differ(draft, below):
        return False
    step = below.y0 - above.y0
    usual = leading if abs(below.style.size - body) < 0.4 else max(leading, 1.15 * below.height)
    if not 0 < step < 1.25 * usual:
        return False
    indent = below.x0 - above.x0
    if draft.kind is BlockKind.LIST_ITEM or _NUMBERED.match(draft.lines[0].first.text):
        return -8 < indent < 40
    return abs(indent) < 3 or (len(draft.lines) == 1 and -30 < indent < 0) or _centred(above, below)


def _differ(draft: Draft, below: Segment) -> bool:
    """A change of weight or slant ends a block, unless a sentence runs on through it."""
    above = draft.lines[-1].segments[-1]
    changed = above.style.bold != below.style.bold or above.style.italic != below.style.italic
    return changed and not (is_open(above.text) and below.text[:1].islower())


def _centred(above: Segment, below: Segment) -> bool:
    return abs((above.x0 + above.x1) - (below.x0 + below.x1)) < 4


def _join_over_columns(drafts: list[Draft]) -> list[Draft]:
    """A paragraph that stops in mid-sentence at the foot of a column goes on at the head of the next."""
    joined: list[Draft] = []
    for draft in drafts:
        if joined and _runs_on(joined[-1], draft):
            joined[-1].lines += draft.lines
        else:
            joined.append(draft)
    return joined


def _runs_on(before: Draft, after: Draft) -> bool:
    if BlockKind.TABLE_ROW in (before.kind, after.kind) or after.kind is BlockKind.LIST_ITEM:
        return False
    last, first = before.lines[-1].segments[-1], after.lines[0].first
    moved_up = first.y0 < last.y0 and first.x0 > last.x0 + 20
    alike = abs(last.style.size - first.style.size) < 0.4 and last.style.italic == first.style.italic
    return moved_up and alike and last.style.bold == first.style.bold and runs_into(before.text, after.text)


def _join_past_boxes(drafts: list[Draft]) -> list[Draft]:
    """A paragraph that a pull quote or a caption interrupts in mid-sentence is one, and the box comes behind it."""
    joined: list[Draft] = []
    for draft in drafts:
        boxes = 0
        while boxes < len(joined) and joined[-1 - boxes].kind in _BOXES:
            boxes += 1
        before = joined[-1 - boxes] if 0 < boxes <= _MAX_BOXES and boxes < len(joined) else None
        if before and before.kind is draft.kind is BlockKind.PARAGRAPH and _is_rest(before, draft):
            before.lines += draft.lines
        else:
            joined.append(draft)
    return joined


def _is_rest(before: Draft, after: Draft) -> bool:
    last, first = before.lines[-1].segments[-1].style, after.style
    alike = abs(last.size - first.size) < 0.4 and (last.bold, last.italic) == (first.bold, first.italic)
    return alike and after.text[:1].islower() and runs_into(before.text, after.text)


def runs_into(before: str, after: str) -> bool:
    """Whether `after` goes on with the sentence that `before` leaves open."""
    if not before or not after or not is_open(before):
        return False
    return before.endswith(("-", "‐", "\u00ad", ",")) or not after[:1].isupper() or len(before.split()) > 12


def _name(draft: Draft, survey: Survey) -> None:
    """Tells headings, bylines and quotes from prose by how they look."""
    if draft.kind is not BlockKind.PARAGRAPH:
        return
    text, style = draft.text.strip(), draft.style
    words = text.split()
    if _NUMBERED.match(text) and len(words) > 2 and style.size < 1.15 * survey.body:
        draft.kind = BlockKind.LIST_ITEM
    elif _CAPTION.match(text) and len(words) <= 60 and style.size < 1.15 * survey.body:
        draft.kind = BlockKind.CAPTION
    elif style.size >= 1.15 * survey.body and len(words) <= 40 and not text.startswith(("“", '"')):
        larger = [size for size in survey.heading_sizes() if size > style.size + 0.4]
        draft.kind, draft.level = BlockKind.HEADING, 1 + min(len(larger), 3)
    elif text.startswith("*") and _is_capitals(text) and _is_byline(text.strip("* ")):
        draft.kind = BlockKind.BYLINE
    elif text.startswith("*") and len(words) <= 30:
        draft.kind = BlockKind.CAPTION
    elif _is_quote(draft, text):
        draft.kind = BlockKind.QUOTE
    elif len(words) <= 30 and _is_byline(text):
        draft.kind = BlockKind.BYLINE
    elif len(words) <= 22 and (style.bold or _is_capitals(text)) and not _TERMINAL.search(text.rstrip("?!")):
        draft.kind, draft.level = BlockKind.HEADING, 5
    elif len(words) <= 12 and not _ends_sentence(text) and text[:1].isupper():
        draft.kind, draft.level = BlockKind.HEADING, 6


def _is_quote(draft: Draft, text: str) -> bool:
    letters = sum(len(segment.text) for line in draft.lines for segment in line.segments)
    italic = sum(len(s.text) for line in draft.lines for s in line.segments if s.style.italic)
    opens = text.startswith(("“", '"', "‘", "...", "…"))
    closes = text.rstrip("*").endswith(("”", '"', "’"))
    return (italic > 0.7 * letters and (opens or closes or len(text.split()) > 8)) or (opens and closes)


def _is_byline(text: str) -> bool:
    return bool(_NAMED.match(text)) and not _TERMINAL.search(text) and bool(_ROLE.search(text))


def _is_signed(name: Draft, role: Draft) -> bool:
    """A name in capitals over the person's role: «SUZANNE LUNN», then «Director, …»."""
    return _is_name(name.text) and bool(_ROLE.search(re.split(r"[,–—-]", role.text)[0]))


def _is_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 3 and _is_capitals(text) and all(word.isalpha() for word in words)


def _is_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) > 0.85 * len(letters)


def _ends_sentence(text: str) -> bool:
    return bool(re.search(r"[.!;,][”’\"')\]*]*$", text))


def _name_neighbours(drafts: list[Draft]) -> None:
    """What follows a quote and names a person or an office is its speaker, not a heading."""
    for before, draft in pairwise(drafts):
        named = "," in draft.text or bool(_ROLE.search(draft.text))
        short = len(draft.text.split()) <= 26
        quoted = before.kind is BlockKind.QUOTE or before.text.endswith("”")
        if quoted and draft.kind is BlockKind.HEADING and draft.level >= 5 and named and short:
            draft.kind, draft.level = BlockKind.BYLINE, 0
        elif draft.kind is BlockKind.BYLINE and before.kind is BlockKind.HEADING and _is_signed(before, draft):
            before.kind, before.level = BlockKind.BYLINE, 0
        elif before.kind is BlockKind.QUOTE and draft.text.lower().startswith("quote from") and short:
            draft.kind = BlockKind.BYLINE

"""Quotes: the words of a speaker who is named, beside the quote, above it, or in the sentence around it."""

import re
from collections.abc import Iterator

from assistant.examples.stretch import Example, ExampleKind, Line, Stretch
from assistant.unit import Unit, UnitKind
from ingest.types import Span

LEAST = 9  # words: shorter ones say nothing by themselves
MOST = 170
_SAYS = (
    r"(?:says?|said|saying|explain(?:s|ed)|add(?:s|ed)|reflect(?:s|ed)|recall(?:s|ed)|remember(?:s|ed)|tells? us|"
    r"told us|"
    r"comment(?:s|ed)|note[sd]|describe[sd]|believe[sd]|feels|felt|sums? up|summarise[sd]|concludes?d?|points? out|"
    r"puts it|writes|wrote|shares|shared)"
)
_NAME = r"[A-Z][\w’'-]+(?: (?:[A-Z][\w’'-]+|de|van|Mc\w+)){0,3}"
_ROLE = (
    r"(?:[Aa]|[Aa]n|[Oo]ne|[Aa]nother|[Oo]ur|[Tt]he) (?:[\w’-]+ ){0,4}?"
    r"(?:parent|mother|father|mum|dad|carer|grandmother|grandfather|young person|social worker|practitioner|manager|"
    r"worker|officer|teacher|headteacher|psychologist|director|leader|colleague|therapist|nurse|member of staff)"
)
_APPOSITION = r"(?:, [^“”\".:;]{3,90}?)?"
_AFTER = re.compile(
    rf"^[,.]?\s*(?:{_SAYS}\s+(?P<a>{_NAME}|{_ROLE})|(?P<b>{_NAME}|{_ROLE}){_APPOSITION},?\s+(?:also )?{_SAYS}\b)"
)
_BEFORE = re.compile(rf"(?P<a>{_NAME}|{_ROLE}){_APPOSITION},?\s+(?:\w+ ){{0,3}}?{_SAYS}\b[^“”\".]{{0,90}}[:,]?\s*$")
_PRONOUN = re.compile(rf"\b(?:she|he|they)\s+(?:\w+ ){{0,2}}?{_SAYS}\b|\b{_SAYS}\s+(?:she|he)\b", re.I)
_MARKED = re.compile(r"[“\"](?=\S)([^“”\"]{40,}?)[”\"]")
_OPENS = re.compile(r"[*\s]*[“\"‘']")
_BEGINS = """
The This That These Those It We They She He You There In At On For As When What Who Our Their His Her And But So I My
If To Of By With From Then Now One All Each Some Many Most Such Here Also Not Being Having While
"""
_NO_NAMES = frozenset(_BEGINS.split())
_ASIDE = re.compile(r"\b(?:photo|picture|image|figure|by)\b", re.I)


def quotes(stretch: Stretch) -> Iterator[Example]:
    found = _set_off(stretch) if stretch.first.kind is UnitKind.QUOTE else _in_prose(stretch)
    if found is not None and LEAST <= len(found.text.split()) <= MOST:
        yield found


def _set_off(stretch: Stretch) -> Example | None:
    """A block of its own: its speaker stands below it, or is whom the article or the sentence before is about."""
    below = _below(stretch)
    speaker = below or _of_the_story(stretch) or _led_in(stretch, stretch.start) or _in_line(stretch)
    if speaker is None:
        return None
    marked = [match.span() for match in _MARKED.finditer(stretch.text)]
    led = bool(marked) and not _OPENS.match(stretch.text)
    start, end = (stretch.start + marked[0][0], stretch.start + marked[-1][1]) if led else (stretch.start, stretch.end)
    return stretch.cut(ExampleKind.QUOTE, start, end, speaker, wider=below is None)


def _in_prose(stretch: Stretch) -> Example | None:
    """From the first mark to the last of one paragraph, where a name and a verb of saying stand beside a mark."""
    marked = [match.span() for match in _MARKED.finditer(stretch.text)]
    if not marked:
        return None
    speaker = _in_line(stretch)
    words = sum(len(stretch.text[a:b].split()) for a, b in marked)
    start, end = stretch.start + marked[0][0], stretch.start + marked[-1][1]
    if speaker is None or words < 0.5 * len(stretch.page_text[start:end].split()):
        return None
    return stretch.cut(ExampleKind.QUOTE, start, end, speaker)


def _in_line(stretch: Stretch) -> Line | None:
    """«…», says Anna Smith; Anna Smith, a manager, says: «…»; «…», she says, in the story of one person."""
    text = stretch.text
    for match in _MARKED.finditer(text):
        after, before = _AFTER.match(text[match.end() :]), _BEFORE.search(text[: match.start()])
        for said, offset in ((after, match.end()), (before, 0)):
            if said is None:
                continue
            group = "a" if said.groupdict().get("a") else "b"
            name = said[group]
            if name.split()[0] not in _NO_NAMES:
                return _speaker(stretch, stretch.start + offset + said.start(group), len(name))
        around = text[max(0, match.start() - 60) : match.start()] + " " + text[match.end() : match.end() + 40]
        if _PRONOUN.search(around) and (told := _of_the_story(stretch)):
            return told
    return None


def _led_in(stretch: Stretch, start: int) -> Line | None:
    """The sentence before a set-off quote, as «Anna Smith, a manager, says:»."""
    before = stretch.first.before
    at = stretch.page_text.rfind(before, 0, start) if before else -1
    if at >= 0 and (said := _BEFORE.search(before)) and said["a"].split()[0] not in _NO_NAMES:
        return _speaker(stretch, at + said.start("a"), len(said["a"]))
    return None


def _below(stretch: Stretch) -> Line | None:
    unit = stretch.placed[-1].unit
    return _of_unit(unit) if unit.speaker is not None and unit.speaker.start >= stretch.end else None


def _of_the_story(stretch: Stretch) -> Line | None:
    """A line above counts only when the article is that person's story: else it names who wrote the article."""
    for placed in stretch.placed:
        unit = placed.unit
        if unit.speaker is None or placed.article is None or unit.speaker.start > unit.spans[0].start:
            continue
        first = re.match(r"[^\w]*(\w+)", unit.speaker_text)
        if first and re.search(rf"\b{re.escape(first[1])}[’']?s\b.*\bstory\b", placed.article.title, re.I):
            return _of_unit(unit)
    return None


def _of_unit(unit: Unit) -> Line | None:
    if unit.speaker is None or not unit.speaker_text.strip() or _ASIDE.match(unit.speaker_text):
        return None
    return Line(unit.speaker_text.strip(), unit.speaker)


def _speaker(stretch: Stretch, start: int, length: int) -> Line:
    return Line(stretch.page_text[start : start + length], Span(stretch.page, start, start + length))

"""Words that look like a person's name, wherever they stand: «Ellie-Mae Turner», «jayden», «Mrs Patel»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.case_data.given_names import CALENDAR, EVERYDAY, FAMILY, GIVEN, WORDLIKE
from assistant.case_data.published import Published
from assistant.case_data.types import before
from assistant.lexicon import is_english
from assistant.wordlists import GENERIC, STOP

TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx)\b\.?"
_TITLES = re.compile(rf"(?i:\b{TITLE}\s+(?:(?:and|&)\s+{TITLE}\s+)?)(?:[A-Z]\.?\s+)*$")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’-](?!s\b)[^\W\d_]+)*")
_BEGINS = re.compile(r"(?:^|[.?!:;\n•*–—-]|[\"“(])\s*$")
_MOST = 3  # words of one name


@dataclass(frozen=True, slots=True)
class Run:
    """`given`: begins with a name that people are given; `whole` begins with its title: «Mr and Mrs Patel»."""

    start: int
    end: int
    whole: int
    words: tuple[str, ...]
    given: bool

    @property
    def titled(self) -> bool:
        return self.whole < self.start


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    begins: bool
    titled: bool

    @property
    def low(self) -> str:
        return self.text.lower().replace("’", "'")

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() and (not self.text.isupper() or self.low in GIVEN or self.low in FAMILY)


def name_runs(text: str, known: Published) -> Iterator[Run]:
    """In the order of the text; none overlaps another."""
    tokens = [
        _Token(*m.span(), m.group(), bool(_BEGINS.search(lead)), bool(_TITLES.search(lead)))
        for m in _TOKEN.finditer(text)
        for lead in (before(text, m.start()),)
    ]
    at = 0
    while at < len(tokens):
        length = _length(text, tokens, at, known)
        if length:
            run = tokens[at : at + length]
            title = _TITLES.search(before(text, run[0].start))
            whole = run[0].start - len(title.group() if title else "")
            yield Run(run[0].start, run[-1].end, whole, tuple(one.text for one in run), is_given(run[0].low))
        at += length or 1


def is_given(low: str) -> bool:
    return low in GIVEN or ("-" in low and low.partition("-")[0] in GIVEN)


def _length(text: str, tokens: list[_Token], at: int, known: Published) -> int:
    """How many words from here on are one name; 0 where none begins."""
    first = tokens[at]
    after = tokens[at + 1] if at + 1 < len(tokens) and text[first.end : tokens[at + 1].start] == " " else None
    if not _may_begin(first, after, known):
        return 0
    length = 1
    while length < _MOST and at + length < len(tokens):
        one, before = tokens[at + length], tokens[at + length - 1]
        if text[before.end : one.start] != " " or not _may_follow(one, first, known):
            break
        length += 1
    return length


def _may_begin(one: _Token, after: "_Token | None", known: Published) -> bool:
    if one.titled:
        return one.capital and one.low not in STOP
    if is_given(one.low):
        surname = after is not None and after.capital and after.low not in STOP and not known.is_name(after.text)
        if one.low in WORDLIKE:
            return one.capital and (not one.begins or surname)
        return one.capital or one.low not in STOP
    return _is_rare(one, known) or (
        one.capital and not one.begins and one.low in FAMILY and not known.is_name(one.text)
    )


def _may_follow(one: _Token, first: _Token, known: Published) -> bool:
    if one.low in STOP or one.low in GENERIC or one.low in CALENDAR:
        return False
    if is_given(first.low):
        return (one.capital and not known.is_name(one.text)) or (
            not first.capital and one.low in FAMILY and one.low not in EVERYDAY
        )
    return _is_rare(one, known) or (one.capital and (one.low in FAMILY or is_given(one.low)))


def _is_rare(one: _Token, known: Published) -> bool:
    """A capital on a word that is no English one, and no name of the programme."""
    usual = one.low in STOP or one.low in GENERIC or one.low in CALENDAR or len(one.text) < 3
    return (
        one.capital
        and not usual
        and not any(map(is_english, re.split(r"['’-]", one.low)))
        and not known.is_name(one.text)
    )

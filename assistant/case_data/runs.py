"""Words that look like a person's name, wherever they stand: «Ellie-Mae Turner», «jayden», «Mrs Patel»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.case_data.given_names import CALENDAR, EVERYDAY, FAMILY, GIVEN, WORDLIKE
from assistant.case_data.many_names import is_also_given, is_only_given, is_rarely_given, plain
from assistant.case_data.published import Published
from assistant.case_data.types import before
from assistant.case_data.usual import USUAL
from assistant.lexicon import is_english, is_misspelt
from assistant.wordlists import GENERIC, STOP

TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx)\b\.?"
_TITLES = re.compile(rf"(?i:\b{TITLE}\s+(?:(?:and|&)\s+{TITLE}\s+)?)(?:[A-Z]\.?\s+)*$")
TOKEN = re.compile(r"[^\W\d_]+(?:['’-](?!(?:s|ll|d|ve|re)\b)[^\W\d_]+)*")
_BEGINS = re.compile(r"(?:^|[.?!:;\n•*–—-]|[\"“(])\s*$")
_MOST = 3  # words of one name
_ENDS = ("s", "es", "ed", "d", "ing", "ly", "er", "ers", "ness", "ish", "y")
# «Hope Street», «Ashton House»
_PLACES_WORDS = """
street road house place park centre center hub school primary academy hospital team project trust foundation garden
gardens court nursery college university clinic unit council court institute charity hospice hall
lodge cottage farm manor view lane avenue terrace close grove tree building library resource
"""
_PLACES = frozenset(_PLACES_WORDS.split())
# Behind these any word may be a name: «everyone calls him Smudge»
_NAMED = re.compile(
    r"\b(?:called|named|nicknamed|nickname|known as|goes by|aka|calls? (?:him|her|himself|herself))\s+$", re.I
)


@dataclass(frozen=True, slots=True)
class Run:
    """`given`: begins with a name that people are given; `whole` begins with its title: «Mr and Mrs Patel».

    `weak`: «rojin» (no word that is known), «summer» (a word): a name only with a sure sign beside it.
    """

    start: int
    end: int
    whole: int
    words: tuple[str, ...]
    given: bool
    weak: bool = False

    @property
    def name(self) -> str:
        return " ".join(self.words)

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
    named: bool

    @property
    def low(self) -> str:
        return self.text.lower().replace("’", "'")

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() and (
            not self.text.isupper() or self.low in GIVEN or self.low in FAMILY or is_only_given(self.low)
        )


def name_runs(text: str, known: Published) -> Iterator[Run]:
    """In the order of the text; none overlaps another."""
    tokens = [
        _Token(*m.span(), m.group(), bool(_BEGINS.search(lead)), bool(_TITLES.search(lead)), bool(_NAMED.search(lead)))
        for m in TOKEN.finditer(text)
        for lead in (before(text, m.start()),)
    ]
    at = 0
    while at < len(tokens):
        length, weak = _length(text, tokens, at, known)
        if length:
            run = tokens[at : at + length]
            title = _TITLES.search(before(text, run[0].start))
            whole = run[0].start - len(title.group() if title else "")
            given = not weak and (run[0].low in GIVEN or is_only_given(run[0].low) or is_also_given(run[0].low))
            yield Run(run[0].start, run[-1].end, whole, tuple(one.text for one in run), given, weak)
        at += length or 1


def _length(text: str, tokens: list[_Token], at: int, known: Published) -> tuple[int, bool]:
    """How many words from here on are one name, 0 where none begins; and whether it may be something else."""
    first = tokens[at]
    after = tokens[at + 1] if at + 1 < len(tokens) and text[first.end : tokens[at + 1].start] == " " else None
    weak = not _may_begin(first, after, known)
    if weak and not _might_begin(first, known):
        return 0, weak
    length = 1
    while length < _MOST and at + length < len(tokens):
        one, before = tokens[at + length], tokens[at + length - 1]
        if text[before.end : one.start] != " " or not _may_follow(one, first, known):
            break
        length += 1
    return length, weak


def _may_begin(one: _Token, after: "_Token | None", known: Published) -> bool:
    if after is not None and after.capital and after.low in _PLACES:
        return False
    if one.titled:
        return (
            one.low not in USUAL
            and one.low not in STOP
            and (one.capital or _is_unknown(one, known) or is_only_given(one.low) or one.low in FAMILY)
        )
    if one.low in WORDLIKE:
        surname = after is not None and after.capital and after.low not in STOP and not known.is_name(after.text)
        return one.capital and (not one.begins or surname)
    if is_only_given(one.low):
        return one.capital or not (one.low in STOP or (is_rarely_given(one.low) and is_misspelt(one.low, least=4)))
    if is_also_given(one.low):
        surname = after is not None and after.low in FAMILY and after.low not in EVERYDAY and after.capital
        return one.capital and after is not None and (_is_rare(after, known) or surname)
    return _is_rare(one, known) or (
        one.capital and not one.begins and one.low in FAMILY and not known.is_name(one.text)
    )


def _might_begin(one: _Token, known: Published) -> bool:
    if one.low in STOP and one.low not in WORDLIKE:
        return False
    return (
        (one.named and one.low not in GENERIC and one.low not in CALENDAR)
        or is_also_given(one.low)
        or _is_unknown(one, known)
    )


def _may_follow(one: _Token, first: _Token, known: Published) -> bool:
    if one.low in STOP or one.low in GENERIC or one.low in CALENDAR:
        return False
    small = (one.low in FAMILY and one.low not in EVERYDAY) or _is_unknown(one, known) or is_only_given(one.low)
    if one.text[0].islower() and small:
        return first.low in GIVEN or is_only_given(first.low) or not first.capital
    if first.low in GIVEN or is_only_given(first.low) or first.named:
        return one.capital and not known.is_name(one.text)
    return _is_rare(one, known) or (one.capital and (one.low in FAMILY or is_only_given(one.low)))


def _is_unknown(one: _Token, known: Published) -> bool:
    """A small word that is no English one, none of the work and none of the library."""
    return (
        one.text.islower()
        and len(one.text) > 2
        and not any(one.low in words for words in (STOP, GENERIC, CALENDAR))
        and not any(part in USUAL or is_english(part) for part in re.split(r"['’-]", plain(one.low)) if part)
        and not known.is_name(one.text)
        and not _is_formed(one.low)
        and not is_misspelt(one.low)
        and not known.is_nearly(one.low)
        and not known.in_library(one.text)
    )


def _is_rare(one: _Token, known: Published) -> bool:
    """A capital on a word that is no English one, and no name of the programme."""
    usual = one.low in STOP or one.low in GENERIC or one.low in CALENDAR or len(one.text) < 3 or one.low in USUAL
    return (
        one.capital
        and not usual
        and not all(is_english(part) for part in re.split(r"['’-]", one.low) if len(part) > 1)
        and not known.is_name(one.text)
        and not (one.begins and is_misspelt(one.low))
        and not known.is_nearly(one.text)
    )


def _is_formed(word: str) -> bool:
    """Of a word that people write: «exclusions», «muchly»."""
    return any(word.endswith(end) and is_english(word.removesuffix(end)) for end in _ENDS)

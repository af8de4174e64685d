"""Figures: sentences whose number measures something, and is no year, page, date, age, length or numbering."""

import re
from collections.abc import Callable, Iterable, Iterator

from assistant.browse import Placed
from assistant.examples.stretch import Example, ExampleKind, Stretch, rows
from ingest.types import Page

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
# Numbers that count nothing; what is left after them is looked at
_OTHER = re.compile(
    rf"\([^()]*\bpp?\. ?\d[^()]*\)|\bpp?\. ?\d+(?:[–-]\d+)?|\b(?:pages?|issues?|sections?|steps?|phases?|"
    rf"chapters?|figures?|tables?|"
    rf"(?-i:Years?)|articles?|parts?|numbers?|nos?\.|versions?|key stages?|regulations?|levels?|grades?|bands?|"
    rf"reports?|tiers?) \d+(?:(?:,| and|–|-| to) ?\d+)*"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?(?: and \d{{1,2}}(?:st|nd|rd|th)?)? {_MONTH}\b|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|"
    rf"th)?\b(?!\d)"
    r"|(?<![£\d,.])(?:19|20)\d\d(?:[–/-](?:\d\d){1,2})?(?![\d,.]*\d)(?!%)|\bCovid-?\s?19\b|\b24/7\b|"
    r"^\s*\(?\d{1,2}[.)]\s"
    r"|\bag(?:e|es|ed)\b(?: of| from)?(?: between)? \d+(?:(?: to | and |–|-|\+)\d*)*|"
    r"\b\d+(?:[ -](?:to[ -])?\d+)?[- ]years?[- ]olds?\b|\b\d+ (?:years?|months?|weeks?|days?|hours?|minutes?|"
    r"min)(?: of age| old|’|')?\b"
    r"|\b(?:people|children|adolescents|teenagers) (?:of|from) \d+ (?:to|and|or) \d+\b|\bunder[- ]\d+s\b|"
    r"\b\d+[- ](?:week|month|year|day|hour|minute)s?\b|\b\d{1,2}[.:]\d\d ?(?:am|pm)\b|\b(?:at|until|from|"
    r"to) \d{1,2}(?:, \d{1,2})* (?:and|to|or) \d{1,2}\b",
    re.I,
)
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SHARE = re.compile(rf"{_NUMBER} ?(?:%|per ?cent\b|percentage points?\b)", re.I)
_MONEY = re.compile(rf"£ ?{_NUMBER}")
_FRACTION = re.compile(
    r"\b(?:one|two|three|four)[ -](?:thirds?|quarters?|fifths?)\b(?= (?:of|fewer|less|more))"
    r"|\b(?:halved|doubled|trebled|tripled)\b|\b(?:a|one) (?:third|quarter|half|fifth) (?:of|fewer|less|more)\b|"
    r"\bby (?:a|one) (?:third|quarter|half)\b",
    re.I,
)
_FROM_TO = re.compile(
    rf"\b(?:from|of) (?:about |around |over |nearly )?{_NUMBER}\b.{{0,60}}?\bto (?:about |around |over |nearly |"
    rf"just )?{_NUMBER}\b"
)
_COUNTED = re.compile(
    rf"(?<![\w£.])(?P<number>{_NUMBER})\+?(?: (?!and\b|or\b|to\b|in\b|of\b|by\b)[a-z’'-]+){{0,3}}? (?:of (?:these|"
    rf"those|the|our) )?(?:children|young people|families|parents|people|"
    r"practitioners|workers|staff|professionals|colleagues|managers|leaders|teams|cases|plans|referrals|incidents|"
    r"conferences|placements|homes|councils|authorities|posts|meetings|sessions|visits|assessments|carers|adults|"
    r"respondents|participants|households|partners|episodes|vacancies|beds|hubs|schools|champions|members|siblings|"
    r"babies|mothers|fathers|adolescents|teenagers|responses|calls|arrests|admissions|reductions?|increases?)\b",
    re.I,
)
_ASKS = re.compile(r"\?\s*$")
# A document that counts its sources, or says where they differ, measures nothing
_OF_ITSELF = re.compile(
    r"\b(?:this (?:handbook|journal|digest|guide|report)|(?:is|stands) the number|notes for)\b", re.I
)
_NUMBERS = re.compile(
    r"^(?:the )?(?:number|percentage|rate|share|proportion|average|total|cost|savings?)\b[^|]*\| ?£?\d", re.I
)
_PLANS = re.compile(
    r"\b(?:will|would|could|may|might|should|plans? to|planned|aims? to|target|expects?|hopes? to|up to)\b", re.I
)
SMALL = 10  # counts below this are rarely figures: «two social workers went»


def figures(stretch: Stretch) -> Iterator[Example]:
    for placed in stretch.placed:
        unit = placed.unit
        if len(unit.spans) == 1 and 6 <= unit.words <= 80 and measures(unit.text):
            yield stretch.cut(ExampleKind.FIGURE, unit.spans[0].start, unit.spans[0].end)


def measured_rows(placed: Iterable[Placed], page_of: Callable[[int], Page | None]) -> Iterator[Example]:
    """Rows of tables, whose numbers say by their heads what they count."""
    for example in rows(placed, page_of):
        if len(example.text.split()) <= 60 and (measures(example.text) or _NUMBERS.match(example.text)):
            yield example


def measures(text: str) -> bool:
    """Whether a number in it counts people, things or money, or says a share or a change."""
    if _ASKS.search(text) or _OF_ITSELF.search(text):
        return False
    plain = _OTHER.sub(" # ", text)
    if _SHARE.search(plain) or _MONEY.search(plain) or _FRACTION.search(plain) or _FROM_TO.search(plain):
        return True
    return any(_size(match["number"]) >= SMALL for match in _COUNTED.finditer(plain)) and not _PLANS.search(plain)


def _size(number: str) -> float:
    return float(number.replace(",", ""))

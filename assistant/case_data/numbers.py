"""Numbers that name one person or one case: by their check digit where they have one, else by the word beside them."""

import re
from collections.abc import Iterator

from stdnum.gb import nhs, upn

from assistant.case_data.types import Found, Kind, before, found

_TELLS = r"(?:\s+(?:is|was|are|of))?\s*[(:#.=–-]*\s*"
_NUMBER = r"(?:no|nr|num|number|id|ref|reference|record)\b\.?"

_NHS = re.compile(r"(?<![\w./£$-])(?<!\d,)[1-9]\d{2}[ -]?\d{3}[ -]?\d{4}(?![\w/-]|[.,]\d)")
_NHS_TOLD = re.compile(rf"\bnhs\s*(?:{_NUMBER})?{_TELLS}(?P<value>\d[\d -]{{6,11}}\d)(?!\d)", re.I)

_INSURANCE = re.compile(r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", re.I)
_INSURANCE_TOLD = re.compile(
    rf"\b(?:n\.?i\.?\s*(?:{_NUMBER})|nino|national insurance(?:\s+{_NUMBER})?){_TELLS}"
    r"(?P<value>[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]?)\b",
    re.I,
)

_PUPIL = re.compile(r"\b[A-Z]\d{11}[\dA-Z]\b", re.I)
_PUPIL_TOLD = re.compile(
    rf"\b(?:upn|(?:unique )?pupil\s+(?:{_NUMBER})){_TELLS}(?P<value>[A-Z]?\d{{9,12}}[A-Z]?)\b", re.I
)

# The family court's form since 2021: place, year, kind, number
_COURT = re.compile(r"\b[A-Z]{2}\d{2}[A-Z]\d{5}\b", re.I)
_COURT_CASE = re.compile(r"(?:court\s+)?case\s*(?:no\.?|number)?\s*$", re.I)
_TOKEN = r"(?P<value>(?=[A-Z/-]*\d)[A-Z\d]+(?:[/-][A-Z\d]+)*)(?![\w/]|\.\w)"
# What case systems are called, and the words that say «this is the number of a case»
_SYSTEM = r"mosaic|lcs|liquid\s?logic|eclipse|care\s?first|framework-?i|azeus|protocol|ics|pid|rio|system\s?one|emis"
_THING = (
    r"(?:court |social care )?case|file|client|service user|child|person|patient|family|lac|crime|incident|police"
    r"(?: crime| incident)?|log|cad|niche|referral|assessment"
)
_CASES = (
    re.compile(rf"\b(?:{_SYSTEM})(?:\s+{_NUMBER})?{_TELLS}{_TOKEN}", re.I),
    re.compile(rf"\b(?:{_THING})\s+{_NUMBER}{_TELLS}{_TOKEN}", re.I),
    re.compile(rf"\b(?:case|file|crime)\s*[(#]?\s*{_TOKEN}", re.I),
    re.compile(rf"\b[^\W\d_]+\s+{_NUMBER}{_TELLS}{_TOKEN}", re.I),
    re.compile(
        rf"\b(?:our |my |your )?(?:unique )?(?:ref|reference)\b\.?(?:\s+(?:no|number)\b\.?)?{_TELLS}{_TOKEN}", re.I
    ),
)
_LEAST = (4, 4, 5, 5, 5)  # digits, by the pattern above: the weaker the word, the more
_YEAR = re.compile(r"(?:19|20)\d{2}(?:[/-](?:\d{2}|(?:19|20)\d{2}))?")
_PUBLISHED = re.compile(
    r"(?:dfe|rr|isrctn|isbn|issn|doi|urn|report|grant|charity|company|registration|registered|page|issue|table|phone"
    r"|telephone|mobile|nhs|nino?|insurance|upn|pupil|volume|article)\b|(?:dfe|rr|isrctn)",
    re.I,
)

# «…, NHS no. 943 476 5919, …»: word and number go together where nothing else hangs on them
_OPENS = re.compile(r"(?:^|[,;(:.–-])\s*$")
_CLOSES = re.compile(r"^\s*(?:[,;:.)?!–]|-\s|$)")


def find_numbers(text: str) -> Iterator[Found]:
    yield from _checked(text, "nhs_number", _NHS, nhs.is_valid, _NHS_TOLD)
    yield from _checked(text, "national_insurance", _INSURANCE, lambda _: True, _INSURANCE_TOLD)
    yield from _checked(text, "pupil_number", _PUPIL, upn.is_valid, _PUPIL_TOLD)
    for match in _COURT.finditer(text):
        lead = _COURT_CASE.search(before(text, match.start()))
        begins = match.start() - len(lead.group()) if lead else match.start()
        yield Found("case_number", *match.span(), begins, match.end(), "the case")
    yield from _cases(text)


def _checked(text: str, kind: Kind, shape: re.Pattern[str], is_valid: object, told: re.Pattern[str]) -> Iterator[Found]:
    """A sound number says so itself; one that was typed wrongly is known by the word beside it."""
    assert callable(is_valid)
    for match in told.finditer(text):
        start, end = match.span("value")
        if _OPENS.search(before(text, match.start())) and _CLOSES.match(text[end:]):
            yield Found(kind, start, end, match.start(), end, "")
        else:
            yield found(kind, start, end)
    yield from (found(kind, *match.span()) for match in shape.finditer(text) if is_valid(match.group().upper()))


def _cases(text: str) -> Iterator[Found]:
    for pattern, least in zip(_CASES, _LEAST, strict=True):
        for match in pattern.finditer(text):
            value = match["value"]
            if (
                sum(c.isdigit() for c in value) < least
                or _YEAR.fullmatch(value)
                or _PUBLISHED.match(value)
                or _PUBLISHED.match(match.group())
            ):
                continue
            what = (
                "the incident" if re.match(r"police|crime|incident|cad|log|niche", match.group(), re.I) else "the case"
            )
            yield Found("case_number", *match.span("value"), match.start(), match.end(), what)

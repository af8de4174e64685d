"""Dates of birth: a whole date, and a word or a child beside it that says what it is."""

import re
from collections.abc import Iterator

from assistant.case_data.types import Found, before, found

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
DATE = (
    r"(?:\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s*(?:of\s+)?{_MONTH},?\s*(?:\d{{4}}|['’]\d{{2}})"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}})(?![\d/])"
)
_LEAD = r"(?:d\.?\s?o\.?\s?b\b\.?|date\s+of\s+birth|birth\s?date|birthday|\bborn|\bb\.)"
_TOLD = re.compile(rf"(?<!\w)(?P<lead>{_LEAD})(?:\s*(?:is|was|on|the|of|:|=|,|–|-))*\s*(?P<value>{DATE})", re.I)
# «a boy (3/4/2015)», «Child: 3/4/2015»
_CHILD = re.compile(
    rf"\b(?:child|baby|boy|girl|infant|toddler|pupil|son|daughter|sibling|twin)s?\s*[(:,]\s*(?P<value>{DATE})", re.I
)
PLAIN = re.compile(rf"(?<![\w./-]){DATE}", re.I)

# A date that something else has: «the programme was born on 1 April 2019»
_THING = re.compile(
    r"\b(?:programme|program|service|model|idea|hub|council|journal|project|team|partnership|approach|pilot|trial|act)"
    r"\s+(?:was\s+|is\s+)?$",
    re.I,
)
# Words before that would be left hanging: «her date of birth is …», «she was born …»
_HANGS = re.compile(r"(?:\b(?:was|were|is|are|his|her|their|my|whose|the|a|an|with|and|of|has|have)|['’]s)\s*$", re.I)


def find_births(text: str) -> Iterator[Found]:
    for match in _TOLD.finditer(text):
        lead = before(text, match.start())
        if _THING.search(lead):
            continue
        start, end = match.span("value")
        if _HANGS.search(lead):
            yield found("date_of_birth", start, end)
        else:
            yield Found("date_of_birth", start, end, match.start(), end, "")
    yield from (found("date_of_birth", *match.span("value")) for match in _CHILD.finditer(text))

"""Initials that stand for a child: «J.K. 04/06/17», «Client AW, 34», «Re LT (7)»."""

import re
from collections.abc import Iterator

from assistant.case_data.cues import ADULT, CHILD, KIN
from assistant.case_data.dates import DATE
from assistant.case_data.deeds import SURELY
from assistant.case_data.runs import Run
from assistant.case_data.types import AROUND, before

_DOTTED = r"[A-Z]\.\s?(?:[A-Z]\.\s?)?(?:O['’])?[A-Z](?:\.|\b)"
_INITIALS = re.compile(rf"(?<![\w.&'’-])(?:{_DOTTED}|[A-Z]{{2}}\b)(?![\w&'’-])")
# Two capitals that are something else
_USUAL_WORDS = """
AI AP AR BA BT CA CP CS CV CW DA DC DE DM DS DV EH EI EU FC FE FF FG FR FS FT FV GP GT HE HO HQ HR HV IA ID IF IN IO
IQ IS IT IV KS LA LO LP MA MI MP MS NB NE NI NQ NW OH OK ON OT PA PC PD PE PF PI PM PO PR PS PT QA QC RA RE RP RR SE
SC SI SM SO SP SS ST SW TA TF TO TV UC UK UN UP US VR VS WE WM YJ YO YP YR XX
"""
_USUAL = frozenset(_USUAL_WORDS.split())
_AGED = re.compile(
    r"^\s*(?:[,(–-]\s*(?:(?:aged?|is|now|dob|born)\s+)?\d{1,2}\s*(?:[,).;:–-]|$|(?:yrs?|years?|yo|y/o|months?|mths)\b)"
    r"|(?:aged?|is|turns|turned|now)\s+\d{1,2}\b(?!\s*(?:%|per|pages?))|\d{1,2}\s?(?:yo|y/o|yrs?)\b)",
    re.I,
)
_BORN = re.compile(rf"^\s*[,(:–-]?\s*(?:dob|d\.o\.b\.?|born)?\s*:?\s*{DATE}", re.I)
_WHO = re.compile(rf"\b(?:{CHILD}|{KIN}|{ADULT}|subject)\s*[:,(–-]?\s*$", re.I)
_RE = re.compile(r"(?:^|[.?!,;]\s*)re:?\s+$|\b(?:my|our)\s+(?:case|lad|girl|boy|yp)\s*:?\s*$", re.I)
_THEIRS = re.compile(rf"^['’]s?\s+(?:[\w-]+\s+)?(?:{KIN}|{CHILD}|family|placement|school|plan)\b", re.I)


def initials(text: str) -> Iterator[Run]:
    for match in _INITIALS.finditer(text):
        letters, start, end = match.group(), match.start(), match.end()
        if letters in _USUAL or text.isupper():
            continue
        lead, after = before(text, start), text[end : end + AROUND]
        sure = _AGED.match(after) or _BORN.match(after) or _WHO.search(lead) or _THEIRS.match(after)
        dotted = "." in letters and (_RE.search(lead) or SURELY.match(after))
        if sure or dotted or _RE.search(lead):
            yield Run(start, end, start, (letters,), given=True)

"""Where somebody lives, and how to reach them."""

import re
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberMatcher, PhoneNumberType, number_type

from assistant.case_data.types import Found, before, found
from assistant.wordlists import GENERIC, STOP

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")

_AREAS = """
AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL
GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX
PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR
WS WV YO ZE ZZ
"""
_POST = rf"(?:{'|'.join(_AREAS.split())})\d[A-Z\d]?\s{{0,2}}\d[ABD-HJLNP-UW-Z]{{2}}"
_POSTCODE = re.compile(rf"(?<!\w){_POST}(?!\w)", re.I)
_ORDINAL = re.compile(r"(?:1st|2nd|3rd|\dth)$")

# Numbers of services, not of a family
_SERVICES = frozenset(
    {PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN, PhoneNumberType.PREMIUM_RATE}
)

_NUMBER = r"(?<![\w£.,/-])(?:(?:flat|apartment|apt|unit|room)\s+\d{1,3}[a-z]?,?\s+)?\d{1,4}[A-Za-z]?,?\s+"
_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?"
_CLEAR = r"road|rd|street|avenue|ave|lane|crescent|terrace|grove|mews"
# Also words of every day: part of an address only with a capital
_UNCLEAR = (
    r"St|Close|Drive|Way|Court|Place|Walk|Hill|Park|Square|Gardens|Rise|View|House|Green|Row|Villas|Parade|Quay|Croft"
    r"|Fold|Cottages?|Buildings|Mansions|Towers|Estate|Common|Bank|Wharf|End"
)
_CAPITAL = r"[A-Z][\w'’-]*"
_ADDRESSES = (
    re.compile(
        rf"\b(?:[Ff]lat|[Aa]partment)\s+\d{{1,3}}[A-Za-z]?,?\s+(?P<name>(?:{_CAPITAL}\s+){{1,2}}?)(?:{_UNCLEAR})\b"
    ),
    # Behind «flat 6» and «lives at 14» small letters will do
    re.compile(
        rf"\b(?:flat|apartment)\s+\d{{1,3}}[a-z]?,?\s+(?P<name>(?:{_WORD}\s+){{1,3}}?)(?:{_CLEAR}|{_UNCLEAR})\b", re.I
    ),
    re.compile(
        rf"\b(?:(?:liv(?:e|es|ed|ing)|stay(?:s|ing|ed)?|moved|visit|address)\b[^.?!;\d]{{0,20}}?\b(?:at|to|is|in)"
        rf"|address:?)"
        rf"\s+(?P<at>\d{{1,3}}[a-z]?,?\s+(?P<name>(?:{_WORD}\s+){{1,2}}?)(?:{_UNCLEAR})\b)",
        re.I,
    ),
    re.compile(rf"{_NUMBER}(?P<name>(?:{_WORD}\s+){{1,3}}?)(?:{_CLEAR})\b\.?", re.I),
    re.compile(rf"{_NUMBER}(?P<name>(?:{_CAPITAL}\s+){{1,3}}?)(?:{_UNCLEAR})\b"),
    # Before a postcode any name is a street; «Queensway» and «The Crescent» are streets with a number
    re.compile(
        rf"{_NUMBER}(?P<name>{_CAPITAL}(?:\s+{_CAPITAL}){{0,3}})(?=,?\s+(?:{_CAPITAL},?\s+){{0,2}}(?i:{_POST}))"
    ),
    re.compile(
        rf"{_NUMBER}(?P<name>(?:The\s+(?:{_UNCLEAR}|Crescent|Avenue|Grove|Mews|Lane|Terrace)|[A-Z][a-z]{{3,}}way))\b"
    ),
    re.compile(
        rf"(?<=\s)(?P<name>(?:{_CAPITAL}\s+){{1,3}}?)(?:Road|Rd|Street|Avenue|Ave|Lane|Crescent|Terrace|Grove|Mews)\b"
    ),
)
_LIVES = re.compile(
    r"\b(?:lives?|lived|living|stay(?:s|ing|ed)?|moved|moving|visit(?:ed|ing)?|resides?|house|flat)\b[^.?!;]{0,30}"
    r"\b(?:at|in|on|to|off|of)\s*$",
    re.I,
)
_NO_STREET = re.compile(r"\b(?:family|county|high|crown|youth|supreme|children['’]?s|magistrates['’]?|no)\b", re.I)


def find_contacts(text: str) -> Iterator[Found]:
    yield from (found("email", match.start(), match.end()) for match in _EMAIL.finditer(text))
    yield from _phones(text)
    for match in _POSTCODE.finditer(text):
        if not _ORDINAL.search(match.group()):
            yield found("postcode", *match.span())
    yield from _addresses(text)


def _phones(text: str) -> Iterator[Found]:
    """Numbers that can be dialled in Britain; a service's own («0800 …») are nobody's."""
    for match in PhoneNumberMatcher(text, "GB", leniency=Leniency.POSSIBLE):
        digits = re.sub(r"\D", "", match.raw_string)
        if not 10 <= len(digits) <= 14 or not re.match(r"(?:00|\+|\(?0[1-357])", match.raw_string):
            continue
        if number_type(match.number) not in _SERVICES:
            yield found("phone", match.start, match.end)


def _addresses(text: str) -> Iterator[Found]:
    for place, pattern in enumerate(_ADDRESSES):
        for match in pattern.finditer(text):
            words = [word.lower() for word in match["name"].replace(".", " ").split()]
            if any(word in STOP or word in GENERIC for word in words[words[0] == "the" :]) or _NO_STREET.search(
                match["name"]
            ):
                continue
            if place == len(_ADDRESSES) - 1 and not _LIVES.search(before(text, match.start())):
                continue
            yield found("address", *match.span("at" if "at" in match.groupdict() else 0))

"""What a text looks like, whatever is asked: whether it holds a date, a figure or a person, defines, announces."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from assistant.editions import MONTHS

SHAPES_KEPT = 50_000  # texts; 15 MB

_MONTH = "|".join(MONTHS)
DATE = re.compile(
    rf"\b(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{_MONTH})\b(?:\s+(?:19|20)\d\d)|(?:19|20)\d\d|"
    rf"(?:\d{{1,2}}\s+)(?:{_MONTH}))\b",
    re.I,
)
NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|half|third|quarter|"
    r"doubled?|fewer|less than|more than|hundreds?)\b",
    re.I,
)
PERSON = re.compile(r"\b[A-Z][a-z’'-]+\s+[A-Z][a-z’'-]+\b|\b[A-Z]{3,}\*?\s+(?:[–-]\s+)?[A-Z]{3,}\b")
_CALLED = re.compile(r"\bcall(?:ed|s)?\b|\bnamed?\b|\bknown as\b|\bstands? for\b|\w \(|[‘'“]", re.I)
_QUOTES = re.compile(r"[“\"]")
_DEFINES = re.compile(
    r"\b(?:is|are|means?|refers? to|consists? of|was)\s+(?:an?|the|called|about|to|made|how|doing|centred|based)\b",
    re.I,
)
_NUMBERING = re.compile(r"^\s*\d{1,2}[.)]?\s+", re.M)
REFERENCE = re.compile(r"\b(?:pages?|pp?\.|issues?|chapter|section)\s*\d+(?:\s*[–-]\s*\d+)?", re.I)
_LABEL = re.compile(r"^[A-Z][a-z]+(?: [a-z]+)?: (?!.*\b(?:is|are|was|were|has|have|will|can)\b)")

_ANNOUNCES = re.compile(
    r"\bin this (?:article|issue|journal|section|chapter|report|(?:short )?film|video)\b|\bread (?:on|more)\b|"
    r"\b(?:shares?|explores?|reflects?|discuss(?:es)?|looks? (?:at|back)|tells? (?:us )?about|describes?|explains?) "
    r"(?:how|what|why|the (?:role|journey|story)|their (?:thoughts|experiences?|story|journey|learning))\b|"
    r"\byou (?:will|can) (?:learn|read|find|hear|see)\b|\bplease visit\b|\b(?:on|visit|see) our website\b|"
    r"\bfind out more\b|\binsights (?:shared|from)\b|\binterested (?:to hear|in)\b",
    re.I,
)

MONEY = re.compile(r"£|\b(?:pounds?|pence)\b", re.I)
ENUMERATED = 3  # parts from which a sentence is a list written out


@dataclass(frozen=True, slots=True)
class Shape:
    """What speaks for or against a text by its look alone."""

    date: bool
    number: bool
    called: bool
    quotes: bool
    defines: bool
    announces: bool
    label: bool
    money: bool
    enumerates: bool


@lru_cache(maxsize=SHAPES_KEPT)
def shape_of(text: str) -> Shape:
    """Kept for each text: a sentence is judged again by every question that comes near it."""
    return Shape(
        date=bool(DATE.search(text)),
        number=bool(NUMBER.search(figures(text))),
        called=bool(_CALLED.search(text)),
        quotes=bool(_QUOTES.search(text)),
        defines=bool(_DEFINES.search(text)),
        announces=bool(_ANNOUNCES.search(text)),
        label=bool(_LABEL.match(text)),
        money=bool(MONEY.search(text)),
        enumerates=_parts(text) >= ENUMERATED,
    )


def figures(text: str) -> str:
    """The text without its dates, the numbering of its lists, and the pages that it refers to."""
    return DATE.sub(" ", REFERENCE.sub(" ", _NUMBERING.sub("", text)))


def names_person(text: str, names: Collection[str]) -> bool:
    """Whether two capitalised words stand together that are no name of the programme's: «Sal Tariq», not «No Wrong»."""
    known = frozenset(names)
    return any(known.isdisjoint(re.findall(r"[^\W\d_]+", m.group().lower())) for m in PERSON.finditer(text))


def _parts(text: str) -> int:
    """How many things a sentence names one after the other: «adult workers, probation officers and nurses»."""
    runs = re.findall(r"[^,;:.()]+(?:[,;] [^,;:.()]+)+(?:,? (?:and|or) [^,;:.()]+)", text)
    return max((len(re.split(r"[,;]| and | or ", run)) for run in runs), default=0)

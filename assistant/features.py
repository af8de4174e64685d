"""What speaks for a unit as the answer to a question: its words, its surroundings, its form, whom it is about."""

import re
from collections.abc import Sequence

from assistant.kinds import Kind
from assistant.lexicon import stems_of
from assistant.question import Query, Term
from assistant.retrieve import Hit
from assistant.shapes import names_person, shape_of
from assistant.units import Unit, UnitKind
from ingest.types import Article

Features = dict[str, float]

OTHER_WORDS = 0.9  # what a synonym counts beside the word that was asked
WEIGHTS: Features = {
    "inside": 2.0,
    "beside": 1.65,
    "around": 1.45,
    "meaning": 2.2,
    "chunk": 0.4,
    "similarity": 0.3,
    "date": 0.55,
    "no_date": -0.45,
    "number": 0.6,
    "no_number": -0.5,
    "person": 0.6,
    "list": 0.1,
    "called": 0.05,
    "speech": 0.4,
    "defines": 0.1,
    "year": 0.6,
    "asks": -0.35,
    "short": -0.25,
    "about": 0.0,  # weighs nothing, and decides whether a unit may answer at all
    "about_other": -0.65,
    "byline": -0.25,
    "councils": 0.9,
    "unasked": -0.3,
    "unasked_quote": 0.05,
    "label": -0.35,
    "states": 0.8,
    "enumerates": 0.3,
    "announces": -0.6,
    "opens_list": 0.1,
    "money": 1.2,
}

_WHAT_IS = re.compile(r"^\W*(?:so |and )?what(?:['’]s| is| are) (?:an? |the )?(?P<name>[\w’'& -]{2,40}?)\W*$", re.I)
_COPULA = re.compile(r"\b(?:is|are|was|were|means?)\b")
_JOB = re.compile(r"\b(?:job|role|post|position|title)\b", re.I)
_WHICH_COUNCIL = re.compile(
    r"\bwhich (?:council|authority|local authority|adopter|innovator|area|borough|county)\b", re.I
)
_ASKS_MONEY = re.compile(
    r"\bhow much (?:money|grant|funding|did|does|do|has|have|was|is|will|would|could)\b|\bin (?:money|pounds)\b|"
    r"\b(?:costs?|savings?|budgets?|grants?|funding|prices?|salar(?:y|ies)|spend|spent|dearer|cheaper|expensive)\b",
    re.I,
)


def judge(query: Query, unit: Unit, hit: Hit, article: Article | None, chunk: float) -> Features:
    """Every feature but `meaning`, which needs the embedding."""
    own, beside = stems_of(unit.own), stems_of(unit.beside)
    tags = " ".join((*hit.stored.chunk.models, *hit.stored.chunk.adopters)).replace("-", " ")
    around = stems_of(f"{article.title if article else ''} {tags} {hit.stored.chunk.context}")
    shares = coverage(query.terms, (own, beside, around))
    features = {
        "inside": shares[0],
        "beside": shares[1],
        "around": shares[2],
        "chunk": chunk,
        "similarity": hit.similarity,
    }
    return features | _form(query, unit) | _aboutness(query, unit, hit)


def coverage(terms: Sequence[Term], places: Sequence[tuple[str, ...]]) -> list[float]:
    """For each place the weighted share of terms that it holds and no place before it does."""
    total = sum(term.weight for term in terms) or 1.0
    shares = [0.0] * len(places)
    for term in terms:
        for number, stems in enumerate(places):
            if holds(term, stems):
                shares[number] += (1.0 if _in_own_words(term, stems) else OTHER_WORDS) * term.weight / total
                break
    return shares


def _in_own_words(term: Term, stems: tuple[str, ...]) -> bool:
    return term.named or all(s in stems for s in stems_of(term.text))


def holds(term: Term, stems: tuple[str, ...]) -> bool:
    """Whether one of the term's alternatives stands in the stems, word after word."""
    for alternative in term.alternatives:
        length = len(alternative)
        if length == 1 and alternative[0] in stems:
            return True
        if length > 1 and any(stems[i : i + length] == alternative for i in range(len(stems) - length + 1)):
            return True
    return False


def _form(query: Query, unit: Unit) -> Features:
    """How well the unit's form suits the kind of question."""
    text, kinds = unit.text, query.kinds
    shape = shape_of(text)
    date, number = shape.date, shape.number
    when, count, plain = Kind.WHEN in kinds, Kind.NUMBER in kinds, not kinds & {Kind.WHEN, Kind.NUMBER, Kind.WHO}
    wants_list = Kind.LIST in kinds
    return {
        "date": float(when and date),
        "no_date": float(when and not date),
        "number": float(count and number),
        "no_number": float(count and not number),
        "person": float(_names_one(query, unit)),
        "list": float(wants_list and unit.kind is UnitKind.LIST),
        "called": float(Kind.NAME in kinds and shape.called),
        "speech": float(Kind.QUOTE in kinds and (unit.kind is UnitKind.QUOTE or shape.quotes)),
        "defines": float(Kind.DEFINE in kinds and plain and shape.defines),
        "year": float(bool(query.years) and any(year in text for year in query.years)),
        "asks": float(text.endswith("?") and unit.kind is not UnitKind.LIST),
        "short": float(unit.words < 6 and unit.kind is not UnitKind.BYLINE),
        "byline": float(unit.kind is UnitKind.BYLINE and Kind.WHO not in kinds and not _JOB.search(query.text)),
        "states": float(Kind.DEFINE in kinds and plain and (_states(query.focus, text) or says_what(query.text, text))),
        "money": float(shape.money and bool(_ASKS_MONEY.search(query.text))),
        "enumerates": float(wants_list and unit.kind is not UnitKind.LIST and shape.enumerates),
        "announces": float(shape.announces),
        "opens_list": float(unit.kind is UnitKind.LIST),
        "label": float(shape.label and unit.kind is UnitKind.SENTENCE and Kind.WHO not in kinds),
        "unasked_quote": float(unit.kind is UnitKind.QUOTE and not kinds & {Kind.QUOTE, Kind.EXAMPLE, Kind.WHO}),
        "councils": min(1.0, len(unit.councils) / 4) if query.wants_councils and len(unit.councils) > 1 else 0.0,
    }


def _names_one(query: Query, unit: Unit) -> bool:
    """A person for «who», a council for «which council»."""
    if _WHICH_COUNCIL.search(query.text):
        return bool(unit.councils)
    return Kind.WHO in query.kinds and (names_person(unit.text, query.name_words) or unit.speaker is not None)


def _states(focus: Sequence[Term], text: str) -> bool:
    """Whether the text says what the thing asked for is: «the primary outcome is …», «… is our primary outcome»."""
    if not focus:
        return False
    for match in _COPULA.finditer(text):
        before = stems_of(" ".join(text[: match.start()].split()[-len(focus) - 1 :]))
        after = stems_of(" ".join(text[match.end() :].split()[: len(focus) + 2]))
        if all(holds(term, before) for term in focus) or all(holds(term, after) for term in focus):
            return True
    return False


def says_what(question: str, text: str) -> bool:
    """Whether the text says what the thing named in «What is …?» is: «X is …» early on, or «…, X, …»."""
    asked = _WHAT_IS.match(question)
    if asked is None:
        return False
    name = re.escape(asked["name"]).replace(r"\ ", r"\s+")
    early = rf"^(?:\W*\w+\W+){{0,4}}?\W*{name}\W*(?:\([^)]*\)\W*)?(?:is|are|was|means|refers to|consists of)\b"
    return bool(re.search(rf"{early}|[,–—]\s*[‘'“]?{name}[’'”]?\s*[,–—(]", text, re.I))


def _aboutness(query: Query, unit: Unit, hit: Hit) -> Features:
    """Whether the unit is about the councils asked for: it says so, or its surroundings do and it names no other."""
    asked = set(query.named.councils)
    if not asked:
        singled = len(unit.councils) == 1 and not query.wants_councils
        return {"about": 0.0, "about_other": 0.0, "unasked": float(bool(query.named.models) and singled)}
    said = set(unit.councils)
    if said:
        return {"about": float(bool(said & asked)), "about_other": float(not said & asked), "unasked": 0.0}
    near = set(unit.near_councils) or set(hit.stored.chunk.adopters)
    other = bool(near) and not near & asked
    return {"about": 0.7 * float(bool(near & asked)), "about_other": 0.5 * float(other), "unasked": 0.0}

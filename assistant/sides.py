"""A comparison told from a question about one thing: the two sides, and the question that is asked of each."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.kinds import KINDS, Kind
from assistant.lexicon import words_of
from assistant.wordlists import STOP
from ingest.names import pattern_of
from ingest.programme import Entity, Programme

MOST = 3  # sides
SLOT = "\0"  # stands in the question where one side's name goes
_COMPARES = re.compile(
    r"\bcompar(?:e[sd]?|ing|ison)\b|\bdiffer(?:s|ed|ence|ences|ent|ently)?\b|\bversus\b|\bvs?\b|\bcontrast\b|\bthan\b|"
    r"\bunlike\b|\bdistinguish",
    re.I,
)
_TOGETHER = re.compile(r"\b(?:together|jointly|each other|one another|between them|in common|share[sd]?)\b", re.I)
_GLUE = re.compile(
    r"^(?:\W|\b(?:and|or|with|to|from|vs?|versus|than|against|compared|different|differs?|in|at|of|for|the|that|those|"
    r"as|is|are|council|authority|model|approach|service|’s|'s|s)\b)*$",
    re.I,
)
_ASIDE = re.compile(  # «… than Coventry», «… differ from that in Swindon»
    r"\s*,?\s*(?:(?:compared?|contrast)\s+)?\b(?:with|to|from|than|against|versus|vs)\b\.?\s+"
    r"(?:(?:that|those|the one|the ones|what|it|the)\s+)?(?:(?:of|in|at|for|is)\s+)?" + SLOT + r"(?:[’']s?)?",
    re.I,
)
_HEADS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"^(?:\w+ )?(?:how|where|in what ways?)\s+(?:do|does|did|is|are|was|were)\s+(?:the\s+)?{SLOT}\W*(?:s\b\s*)?"
        r"(?:(?:models?|approach(?:es)?|services?|councils?)\s+)?(?:differ\w*|compare[sd]?)\b(?P<topic>.*)$",
        rf"^(?:what|which|is there|are there|explain|describe|tell me)\b.{{0,20}}?\b(?:differences?|distinction|"
        rf"comparison|contrast)\b(?P<before>.*?)(?:\bbetween\s+)?(?:the\s+)?{SLOT}(?P<topic>.*)$",
        rf"^(?:please\s+|(?:can|could) you\s+)?(?:compare|contrast)\s+(?P<before>.*?){SLOT}(?P<topic>.*)$",
        rf"^(?:(?:how|in what ways?)\s+)?(?:is|are|was|were|do|does|did)\s+(?:the\s+)?{SLOT}\W*(?:s\b)?\s*"
        r"(?:any\s+)?(?:different|the same)?(?P<topic>\s+(?:in|on|as|when|with)\b.*|\W*)$",
        rf"^{SLOT}(?P<topic>.*)$",
    )
)
_EDGE = re.compile(
    r"^(?:\W|\b(?:on|in|in terms of|with regard to|regarding|when it comes to|about|as to|for|by|at|over|between|the|"
    r"of|from each other|from one another|each other|model|models|approach|approaches)\b)+",
    re.I,
)
_DIFFER = re.compile(r"\bdiffer(?:s|ent)?\b", re.I)
_EARLIER = re.compile(r"\b(?:first|earliest|earlier|sooner|later|latest|last)\b", re.I)


@dataclass(frozen=True, slots=True)
class Side:
    """The question asked of one side, which goes by `name`."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    entity: Entity
    is_model: bool
    name: str


def find_sides(text: str, programme: Programme) -> tuple[Side, ...]:
    """One question a side where models or councils are compared, or one fact is asked of each; else none."""
    mentions = _paired(text, _mentions(text, programme))
    for is_model in (False, True):
        sides = [one for one in mentions if one.is_model is is_model]
        others = [one for one in mentions if one.is_model is not is_model]
        if 2 <= len(sides) <= MOST and len({one.entity.id for one in sides}) == len(sides) and not others[1:]:
            return _asked_of_each(text, sides) if _is_comparison(text, sides) else ()
    return ()


def _mentions(text: str, programme: Programme) -> list[_Mention]:
    """Where councils and models are named, in order; the longer of two names in one place counts."""
    found = [
        _Mention(match.start(), match.end(), entity, is_model, entity.name)
        for entities, is_model in ((programme.councils, False), (programme.models, True))
        for entity in entities
        for match in pattern_of(entity.names + entity.local_names).finditer(text)
    ]
    found.sort(key=lambda one: (one.start, one.start - one.end))
    kept: list[_Mention] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _paired(text: str, mentions: list[_Mention]) -> list[_Mention]:
    """«Family Valued in Leeds with Family Safeguarding in Hertfordshire»: two sides, each with its council."""
    if len(mentions) != 4:
        return mentions
    pairs = [tuple(mentions[:2]), tuple(mentions[2:])]
    beside = re.compile(r"^(?:\W|\b(?:in|at|of|s)\b)*$")
    if any(one.is_model == two.is_model or not beside.match(text[one.end : two.start]) for one, two in pairs):
        return mentions
    return [
        replace(one if two.is_model else two, start=one.start, end=two.end, name=text[one.start : two.end])
        for one, two in pairs
    ]


def _is_comparison(text: str, sides: Sequence[_Mention]) -> bool:
    """«Compare …», «A or B?», or one date, figure or name asked of «A and B»; not what they did with each other."""
    if _TOGETHER.search(text):
        return False
    between = " ".join(text[one.end : two.start] for one, two in pairwise(sides))
    if _COMPARES.search(text) or re.search(r"\bor\b", between):
        return True
    kinds = {kind for kind, pattern in KINDS if pattern.search(text)}
    only_and = re.fullmatch(r"(?:\W|\band\b|\bin\b|\bfor\b)*", between) is not None and "and" in between
    return only_and and bool(kinds & {Kind.WHEN, Kind.NUMBER, Kind.NAME}) and Kind.LIST not in kinds


def _asked_of_each(text: str, sides: Sequence[_Mention]) -> tuple[Side, ...]:
    first, last = sides[0], sides[-1]
    joined = all(_GLUE.match(text[one.end : two.start]) for one, two in pairwise(sides))
    if joined:
        said = _DIFFER.search(text[first.end : last.start])
        slotted = f"{text[: first.start]}{SLOT}{f' {said[0]}' if said else ''}{text[last.end :]}"
    elif len(sides) == 2:
        after = text[: last.start] + SLOT + text[last.end :]
        cut = _ASIDE.sub("", after, count=1)
        if SLOT in cut:
            return ()
        slotted = cut[: first.start] + SLOT + cut[first.end :]
    else:
        return ()
    ask = _question(slotted.strip())
    return tuple(Side(one.name, ask(one)) for one in sides)


def _question(slotted: str) -> Callable[[_Mention], str]:
    """The question of one side, from the one of both: «Compare A and B on staff» asks for «Staff in A»."""
    for head in _HEADS:
        if match := head.match(slotted):
            before = match.groupdict().get("before") or ""
            return _of_topic(_EDGE.sub("", before).strip(), _EDGE.sub("", match["topic"]).strip(" ?.!,"))
    plain = re.sub(r"\b(?:compared?|compares|differ|differs|differently|different)\b\s*(?=[?.]?$)", "", slotted)
    if plain != slotted:
        plain = re.sub(r"^(?:how|in what ways?)\s+(?:do|does|did|is|are|was|were)\s+", "", plain, flags=re.I)
    if _EARLIER.search(plain) and not re.match(r"^when\b", plain, re.I):
        rest = re.sub(r"^(?:who|which(?: \w+)?)\s+", "", _EARLIER.sub("", plain), flags=re.I)
        plain = f"When {rest[:1].lower()}{rest[1:]}"
    elif re.match(r"^(?:do|does|did|has|have)\b", plain, re.I) and re.search(r"\b(?:more|fewer) (?!likely)", plain):
        plain = f"How many {plain[:1].lower()}" + re.sub(r"\b(?:more|fewer)\s+", "", plain[1:])
    return lambda side: _tidy(plain.replace(SLOT, side.name))


def _of_topic(before: str, topic: str) -> Callable[[_Mention], str]:
    words = f"{before} {topic}".strip()
    if not any(word not in STOP for word in words_of(words)):
        # The plainest question there is; a council is more than what it is
        return lambda side: f"What is {side.name}?" if side.is_model else f"What does {side.name} report?"
    place = "" if re.search(r"\b(?:in|of|at|for|by)$", words, re.I) else " in"
    return lambda side: _tidy(f"{words[:1].upper()}{words[1:]}{place} {side.name}?")


def _tidy(text: str) -> str:
    text = re.sub(r"\s+([?,.])", r"\1", re.sub(r"\s+", " ", text)).strip()
    return text[:1].upper() + text[1:]

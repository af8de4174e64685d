"""What pronouns of the next question may stand for: what the last questions and answers were about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.conversation.mentions import Kind, Mention, council_of, mentions_of, of_kinds
from assistant.conversation.moves import AUX
from assistant.conversation.turns import Exchange
from assistant.lexicon import words_of
from assistant.wordlists import STOP
from ingest.programme import Programme

DEEP = 4  # answered questions that are looked back at
_THINGS = (Kind.SERVICE, Kind.PROJECT, Kind.MODEL, Kind.NAME, Kind.PARTNER, Kind.PROGRAMME)
_TOPICS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"^who (?:leads|led|runs|ran|manages|made|makes|evaluates|evaluated|wrote|pays for|funds|"
        r"heads)\s+(?P<topic>(?:the|a|an)\s.+?)\W*$",
        r"^what(?:['’]s| is| are| was| were)\s+(?P<topic>.+?)(?:\s+(?:for|about|called|like|made|based|"
        r"meant)\b.*)?\W*$",
        r"^(?:tell me about|explain|describe)\s+(?P<topic>.+?)\W*$",
        r"^how (?:is|are|was|were)\s+(?P<topic>(?:the\s)?[\w’' -]+?)\s+(?:used|done|made|run|organised|measured|"
        r"funded)\b.*$",
        r"^(?:what|how|why|when|where) (?:do|did|are|were) (?P<topic>the\s[a-z-]+s(?: of [A-Z][\w ]*\w)?)\s+\w+\W*$",
        r"\b(?:in|of|for)\s+(?P<topic>the\s+[\w’' &-]+?)\W*$",
    )
)
_MANY = re.compile(
    rf"^(?:which|what)\s+(?P<noun>(?!(?:{AUX}|of)\b)[\w’' -]*?(?:s|people|children|staff))\s+(?P<does>(?!(?:is|"
    rf"do|does|did)\b)[a-z]+(?:ed|t|ve|e)?\s.+?)\W*$",
    re.I,
)
_ONE_OF = re.compile(r"^(?:which|what)\s+(?P<noun>[\w-]+)\s+(?:did|does|do|has|have|is|was)\b", re.I)
_ASKS_PLACE = re.compile(
    r"^(?:which (?:council|authority|area|place|borough|county|adopter|of|one)|who (?:is|was))\b", re.I
)
_SPEAKS = re.compile(r"\b([A-Z][a-z]+(?: [A-Z][a-z]+)?)(?=,| (?:[a-z]+s|was|had|did|came|took)\b)")
_TOPIC_WORDS = 8
_ROLE = re.compile(r"^the [\w -]*(?:er|or|ist|lead|head|chief|parent|coach|mother|father)$", re.I)
_VERB_BEFORE = re.compile(r"\b(?:do|does|did|will|would|can|could|has|have|had)\b[^,]*$", re.I)


@dataclass(frozen=True, slots=True)
class Referents:
    """What one question was about.

    `thing` is what «it» stands for, `many` those who did what was asked, `noun` what was asked for («the model»);
    `told` is whether the place is the answer itself: «Which council …?».
    """

    person: str | None = None
    thing: str | None = None
    thing_kind: Kind | None = None
    place: Mention | None = None
    many: str | None = None
    noun: str | None = None
    topic: str | None = None
    names: tuple[str, ...] = ()
    told: bool = False


def referents_of(exchange: Exchange, programme: Programme) -> Referents:
    """What one answered question was about."""
    question = exchange.question
    mentions = mentions_of(question, programme)
    thing = _name_told(exchange, programme)
    thing = thing or next((found[0] for kind in _THINGS if (found := of_kinds(mentions, kind))), None)
    asked_place = next(iter(of_kinds(mentions, Kind.COUNCIL, Kind.SERVICE)), None)
    place = asked_place or _place_told(exchange, programme)
    person = next(iter(of_kinds(mentions, Kind.PERSON)), None)
    many, noun = _MANY.match(question), _ONE_OF.match(question)
    whole = [m for m in mentions if m.kind not in (Kind.DATE, Kind.ISSUE)]
    topic = _topic(question)
    somebody = person.text if person else _person_named(mentions, question) or _person_told(exchange, programme)
    return Referents(
        person=somebody or (topic if topic and _ROLE.match(topic) else None),
        thing=_in_full(thing, question, programme) if thing else None,
        thing_kind=thing.kind if thing else None,
        place=place,
        many=f"the {many['noun']} that {many['does']}" if many else None,
        noun=f"the {noun['noun']}" if noun else None,
        topic=topic,
        told=asked_place is None and place is not None and bool(_ASKS_PLACE.match(question)),
        names=tuple(dict.fromkeys(_in_full(m, question, programme) for m in whole)),
    )


def look_back(asked: Sequence[Exchange], programme: Programme) -> list[Referents]:
    """Those of the last answered questions, the nearest first."""
    return [referents_of(exchange, programme) for exchange in reversed(asked[-DEEP:])]


def _in_full(mention: Mention, question: str, programme: Programme) -> str:
    """«the Family Valued trial» where the question says so; a service with its council: «Our Place in Rochdale»."""
    council = council_of(mention, programme)
    if mention.kind is Kind.SERVICE and council is not None and council.name not in mention.text:
        return f"{mention.text} in {council.name}"
    before = re.search(r"\bthe\s+$", question[: mention.start], re.I)
    after = re.match(r"\s+([a-z]+)(?=\W*$|\s+(?:in|of|for|at|and)\b)", question[mention.end :])
    if before and after and after[1] not in STOP and not _VERB_BEFORE.search(question[: mention.start]):
        return f"the {mention.text} {after[1]}"
    return f"the {mention.text}" if before and mention.kind in (Kind.PROJECT, Kind.NAME) else mention.text


def _topic(question: str) -> str | None:
    for pattern in _TOPICS:
        if match := pattern.search(question):
            topic = match["topic"]
            if len(topic.split()) <= _TOPIC_WORDS and any(word not in STOP for word in words_of(topic)):
                return topic
    return None


def _person_named(mentions: Sequence[Mention], question: str) -> str | None:
    """A single name that is asked about as a person: «Who is Chloe?», «Tell me about Claire»."""
    names = [m for m in mentions if m.kind is Kind.NAME and m.text.isalpha() and not m.text.isupper()]
    asked = re.match(r"^(?:who|tell me|when|where|what|how|did|does|was)\b", question, re.I)
    return names[0].text if names and asked else None


def _person_told(exchange: Exchange, programme: Programme) -> str | None:
    """The first person of the answer: one the programme knows, else a name that does something."""
    reply = exchange.reply.split("\n\n")[0]
    people = of_kinds(mentions_of(reply, programme), Kind.PERSON)
    if people:
        return people[0].text
    known = {m.text for m in mentions_of(exchange.reply, programme) if m.kind is not Kind.NAME}
    for match in _SPEAKS.finditer(reply):
        name = match[1]
        if words_of(name)[0] not in STOP and not any(name in other for other in known) and not name.endswith("s"):
            return name
    return None


def _name_told(exchange: Exchange, programme: Programme) -> Mention | None:
    """The one name that answers «What is it called?»."""
    if not re.search(r"\bcall(?:ed)?\b|\bname of\b", exchange.question, re.I):
        return None
    told = of_kinds(mentions_of(exchange.reply.split("\n\n")[0], programme), Kind.SERVICE, Kind.PROJECT)
    return told[0] if len({m.text for m in told}) == 1 else None


def _place_told(exchange: Exchange, programme: Programme) -> Mention | None:
    """The one council that the answer names, where the question asked for a council and named none."""
    if not re.match(r"^(?:which|what|where|who)\b", exchange.question, re.I):
        return None
    first = exchange.reply.split("\n\n")[0]
    held = of_kinds(mentions_of(first, programme), Kind.COUNCIL, Kind.SERVICE)
    models = {m.id for m in of_kinds(mentions_of(exchange.question, programme), Kind.MODEL)}
    if models:
        took = {entity.id for entity in programme.adopters if entity.model in models}
        held = tuple(m for m in held if m.id in took) or held
    return held[0] if len({m.id for m in held}) == 1 else None

"""Pronouns that point out of the question, and the same question with what they stand for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.conversation.mentions import Kind, Mention, council_of, mentions_of, of_kinds
from assistant.conversation.moves import AUX, asks
from assistant.conversation.referents import Referents
from assistant.conversation.swap import add_to
from assistant.wordlists import STOP
from ingest.programme import Programme

_PRONOUN = re.compile(
    r"\b(?P<it>it|its|this|that|these|those)\b|\b(?P<they>they|them|their|theirs)\b|"
    r"\b(?P<person>he|him|his|she|her|hers)\b|\b(?P<there>there)\b",
    re.I,
)
_NOUN_OF = {
    "council": "place", "authority": "place", "borough": "place", "county": "place", "place": "place", "area": "place",
    "project": "thing", "service": "thing", "model": "thing", "approach": "thing", "hub": "thing", "scheme": "thing",
    "team": "thing", "person": "person", "woman": "person", "man": "person",
}  # fmt: skip
_DEFINITE = re.compile(
    rf"\b(?P<word>this|that|the same|the) (?P<noun>{'|'.join(_NOUN_OF)})\b(?P<own>[’']s)?(?! (?:of|in|for|that|"
    rf"who|which|at)\b)",
    re.I,
)
_IDLE = re.compile(
    rf"\b(?:is|was|does|did|will|would|can|has) it (?:true|possible|like|take|took|taken|important|hard|difficult|"
    rf"worth|better|mean|means|matter|called for|still)\b(?=.*\b(?:to|that|if|whether)\b)|"
    rf"\b(?:is|was) it\b(?=.*\bthat\b)|\bthere (?:{AUX})\b|\b(?:is|are|was|were|been|be) there\b",
    re.I,
)
_PREPOSED = re.compile(
    r"\b(?:of|about|for|with|by|to|from|after|before|than|on|in|like|at|under|did|does|do|is|was|has|how|why|"
    r"and)\s+$",
    re.I,
)
_SUBJECT_AFTER = re.compile(rf"\b(?P<aux>{AUX})\s+$", re.I)
_SINGULAR = {"do": "does", "are": "is", "were": "was", "have": "has"}
_PLURAL_NOUN = re.compile(
    r"\b(?!(?:is|was|has|does|its|this|as|us)\b)[a-z]{3,}(?<!s)s\b|\b(?:people|children|staff|families)\b", re.I
)
_NAMED_THINGS = (Kind.SERVICE, Kind.PROJECT, Kind.MODEL)
_CLAUSE = re.compile(r",|\b(?:and|but|that|who|which|when|if|because|where|while)\b|\bto\s+\w+\s+$", re.I)


@dataclass(frozen=True, slots=True)
class Pointer:
    """A word that points back: where it stands and what it asks for («it», «they», «person», «there», «place»).

    `near` is «the council»: meant only when the question right before named one.
    """

    start: int
    end: int
    word: str
    role: str
    owns: bool = False
    near: bool = False


def pointers(question: str, programme: Programme) -> list[Pointer]:
    """The words that point out of the question, in its order."""
    own = mentions_of(question, programme)
    idle = [m.span() for m in _IDLE.finditer(question)]
    named = of_kinds(own, Kind.COUNCIL, Kind.SERVICE, Kind.PROJECT, Kind.MODEL, Kind.PARTNER, Kind.PROGRAMME)
    found: list[Pointer] = []
    for match in _DEFINITE.finditer(question):
        if match["word"].lower() != "the" or not named:
            role = _NOUN_OF[match["noun"].lower()]
            near = match["word"].lower() == "the"
            found.append(Pointer(match.start(), match.end(), match.group(), role, bool(match["own"]), near))
    for match in _PRONOUN.finditer(question):
        inside = any(a <= match.start() < b for a, b in idle) or any(p.start <= match.start() < p.end for p in found)
        if not inside and _points_out(match, question, own):
            word = match.group()
            found.append(Pointer(match.start(), match.end(), word, str(match.lastgroup), _owns(match, question)))
    return sorted(found, key=lambda p: p.start)


def _points_out(match: re.Match[str], question: str, own: Sequence[Mention]) -> bool:
    """Not at something that this question itself has named before the pronoun."""
    before, after, word = question[: match.start()], question[match.end() :], match.group().lower()
    subject = _SUBJECT_AFTER.search(before) is not None
    earlier = [m for m in own if m.end <= match.start() and m.kind not in (Kind.DATE, Kind.ISSUE)]
    clause = re.search(r",|\band\b", before) is not None
    first = re.split(r",|\band\b", before, maxsplit=1)[0].strip()
    if word in ("it", "its") and clause and asks(first) and not _PRONOUN.search(first):
        return False  # «What is a circle and how is it used?»
    if word in ("that", "this", "these", "those"):
        ends = not after.strip(" ?.!") or re.match(r"\s+(?:compare|work|mean|happen|come|change|differ)\b", after)
        return bool(ends) and (bool(_PREPOSED.search(before)) or not before.strip())
    if word == "there":
        return not of_kinds(tuple(own), Kind.COUNCIL, Kind.SERVICE) and not re.match(
            rf"\s+(?:{AUX}|a|any|some)\b", after
        )
    if match.lastgroup == "person":
        return not any(m.kind in (Kind.PERSON, Kind.NAME) for m in earlier)
    if word == "them" and not _CLAUSE.search(before.partition(" ")[2]):
        return True  # the object of a clause is not its subject
    if match.lastgroup == "they":
        return (subject and not clause and not _asked_plural(before)) or not (earlier or _PLURAL_NOUN.search(before))
    introduced = re.search(r"\b(?:a|an|each|every)\s+[a-z]+", before, re.I)
    return not introduced and not (earlier and (clause or word == "its"))


def _asked_plural(before: str) -> bool:
    """«Why do practitioners say they …»: a subject of this question's own stands before."""
    return bool(re.search(rf"\b(?:{AUX})\s+(?!the(?:y|re)\b)[a-z’']+s\b", before, re.I))


def _owns(match: re.Match[str], question: str) -> bool:
    word = match.group().lower()
    if word == "her":
        following = re.match(r"\s+([\w’'-]+)", question[match.end() :])
        return following is not None and following[1].lower() not in STOP
    return word in ("its", "their", "his")


def fill_in(question: str, back: Sequence[Referents], programme: Programme) -> str:
    """The question with each pointer's referent in its place; what cannot be found stays as it is."""
    found = pointers(question, programme)
    has_there = any(p.role in ("there", "place") for p in found)
    used: list[str] = []
    filled: list[tuple[Pointer, str]] = []
    for pointer in found:
        alike = any(_alike(pointer, other) for other, _ in filled)
        referent = None if alike else _referent(pointer, back, programme, question, has_there)
        if referent is not None:
            filled.append((pointer, referent))
            used.append(referent)
    for pointer, referent in reversed(filled):
        question = _put(question, pointer, referent)
    return _with_place(question, found, used, back, programme)


def _alike(pointer: Pointer, other: Pointer) -> bool:
    """«When did it finish its training?»: the second means what the first does and stays a pronoun."""
    return pointer.role == other.role or {pointer.role, other.role} == {"it", "thing"}


def _referent(
    pointer: Pointer, back: Sequence[Referents], programme: Programme, question: str, has_there: bool
) -> str | None:
    placed = has_there or bool(of_kinds(mentions_of(question, programme), Kind.COUNCIL, Kind.SERVICE))
    for one in back[:1] if pointer.near else back:
        if pointer.role == "person":
            found = one.person
        elif pointer.role in ("there", "place"):
            found = _place(one.place, pointer.role, programme) if one.place else None
        elif pointer.role == "they":
            found = _many(one, placed, programme)
        else:
            found = _thing(one, placed, programme, strict=pointer.role == "thing")
        if found:
            return found
    return None


def _thing(one: Referents, placed: bool, programme: Programme, strict: bool) -> str | None:
    """What «it» means; `placed` is whether the question says where, so that a council is not meant."""
    if one.told and one.place and not placed:
        return one.place.text
    local = one.thing_kind is Kind.SERVICE and placed
    if one.thing and not local and not (strict and one.thing_kind not in _NAMED_THINGS):
        return one.thing
    if strict:
        return None
    if one.topic and not (placed and of_kinds(mentions_of(one.topic, programme), Kind.COUNCIL, Kind.SERVICE)):
        return one.topic
    return one.place.text if one.place and not placed else one.noun


def _many(one: Referents, placed: bool, programme: Programme) -> str | None:
    """What «they» means: those the last question asked for, a council, or a thing of which there are several."""
    if one.many or (one.place and not placed):
        return one.many or (one.place.text if one.place else None)
    if one.topic and re.match(r"an? ", one.topic):
        return f"{one.topic.split(' ', 1)[1]}s"
    return _thing(one, placed, programme, strict=False) if one.topic or one.thing else None


def _place(place: Mention, role: str, programme: Programme) -> str:
    council = council_of(place, programme)
    name = council.name if council else place.text
    if place.kind is Kind.SERVICE and role == "there" and name not in place.text:
        return f"at {place.text} in {name}"
    return f"in {name}" if role == "there" else name


def _put(question: str, pointer: Pointer, referent: str) -> str:
    """The referent in the pronoun's form: possessive where it owns, and with a verb that agrees."""
    before, after = question[: pointer.start], question[pointer.end :]
    if pointer.owns:
        referent = f"{referent}'" if referent.endswith("s") else f"{referent}'s"
    single = not re.match(r"the [\w-]+s\b", referent) and not referent.endswith("s")
    aux = _SUBJECT_AFTER.search(before)
    if aux and single and pointer.role == "they" and not pointer.owns and aux["aux"].lower() in _SINGULAR:
        before = f"{before[: aux.start('aux')]}{_SINGULAR[aux['aux'].lower()]} "
    return f"{before}{referent}{after}"


def _with_place(
    question: str, found: Sequence[Pointer], used: Sequence[str], back: Sequence[Referents], programme: Programme
) -> str:
    """«Who manages No Wrong Door?» after a question about Norfolk: «… in Norfolk?»."""
    if not any(p.role in ("it", "thing") for p in found) or not used or not back or back[0].place is None:
        return question
    if back[0].thing not in used or back[0].thing_kind not in (Kind.MODEL, Kind.PROJECT):
        return question
    council = council_of(back[0].place, programme)
    if council is None or of_kinds(mentions_of(question, programme), Kind.COUNCIL, Kind.SERVICE):
        return question
    return add_to(question, f"in {council.name}")

"""Whether everybody and everything that a statement names is named by its proof, and nobody in another's place."""

import re

from assistant.lexicon import stem
from assistant.shelf import Shelf
from assistant.writing.cues import POINTS_BACK
from assistant.writing.ground import Ground
from assistant.writing.parting import sentences_of
from assistant.writing.words import Sentence, Word, read_words
from ingest.names import Named, find_names
from ingest.programme import Programme

_SAYS = (
    r"said|says|say|told|tells|explain(?:s|ed)|describ(?:es|ed)|felt|feels|believ(?:es|ed)|think[s]?|thought|"
    r"comment(?:s|ed)|reflect(?:s|ed)|recall(?:s|ed)|note[sd]|wrote|writes|add(?:s|ed)|state[sd]|remember(?:s|ed)|"
    r"stress(?:es|ed)|warn(?:s|ed)|argue[sd]|admit(?:s|ted)|praise[sd]|report(?:s|ed)|found|finds"
)
_SPEAKS = re.compile(
    rf"^(?P<who>[^,.;:“”]{{2,60}}?),?\s+(?:\w+ly\s+)?(?:{_SAYS})\b|\baccording to (?P<by>[^,.;:]{{2,60}})", re.I
)
_MADE = re.compile(
    r"\b(?:design(?:s|ed)|invented|innovator (?:of|behind)|creat(?:ed|or)|origin(?:ated|ator)|developed)\b", re.I
)
_ALL_OF_THEM = re.compile(
    r"\b(?:adopters|councils|authorities|areas|sites|the programme|nationally|england|adopting \w+s)\b", re.I
)
BESIDE = 8  # words
_APPOSITION = re.compile(
    r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+), (?:an? |the )?(?P<role>[A-Za-z][\w’' -]{3,60}?)(?:,| at | of | in |$)"
)
_NAME = r"(?P<name>[A-Z][\w’-]+(?: [A-Z][\w’-]+)*)"
# «the author is Paul Mason», «Jane was Chloe’s social worker», «her social worker Sam»
_IS_NAME = re.compile(rf"\b(?P<noun>[a-z]{{4,}})\b(?: of [^,.;]{{2,50}}?)? (?:is|was) {_NAME}(?=$|[,.;]| and )")
_NAME_IS = re.compile(
    rf"{_NAME} (?:is|was) (?:an? |the |her |his |their |[A-Z]\w+['’]s )?(?:[a-z-]+ ){{0,2}}?"
    r"(?P<noun>[a-z]{4,})(?=$|[,.;]| and | who | of )"
)
_NOUN_NAME = re.compile(rf"\b(?P<noun>[a-z]{{4,}}) {_NAME}")
_FIRST = re.compile(r"\b(?:I|we|our|my|me|us)\b")
_THEY = re.compile(
    r"\b(?:they|their|them|he|his|him|she|her|it|its|the (?:council|authority|team|service|model|project|programme))\b",
    re.I,
)


def check_names(claim: Sentence, ground: Ground, shelf: Shelf) -> str | None:
    """Why a name is not proven; None where all are."""
    return (
        _programme_names(claim, ground, shelf)
        or _other_names(claim, ground, shelf)
        or _speaker(claim, ground)
        or _role(claim, ground)
        or _bearer(claim, ground)
    )


def _programme_names(claim: Sentence, ground: Ground, shelf: Shelf) -> str | None:
    """Councils and models: named by the proof itself, else by the nearest sentence or title that names any."""
    programme = shelf.knowledge.programme
    said = find_names(claim.text, programme)
    for kind, mine in (("council", said.councils), ("model", said.models)):
        told = _named_for(ground, kind, programme) if mine else frozenset()
        for name in mine:
            if name not in told:
                return f"{kind} {name} is not named there"
    if not said.councils and (named := find_names(ground.text, programme).councils):
        wide = next(
            (m for m in _ALL_OF_THEM.finditer(claim.text) if m.group().lower() not in ground.text.lower()), None
        )
        if wide is not None:
            return f"“{wide.group()}” where {named[0]} is meant"
    return _made_by_others(claim, said, programme)


def _named_for(ground: Ground, kind: str, programme: Programme) -> frozenset[str]:
    """Those that a sentence names, with those that it points back to; else of the nearest place that names any."""
    own = _of_kind(ground.text, kind, programme)
    places = [*reversed(sentences_of(ground.before)), *reversed(sentences_of(ground.said_before))]
    places += [ground.lead, ground.heading, ground.title]
    if own and not POINTS_BACK.search(ground.text):
        return own
    for place in places:
        if named := _of_kind(place, kind, programme):
            return own | named
    return own


def _of_kind(text: str, kind: str, programme: Programme) -> frozenset[str]:
    named = find_names(text, programme)
    return frozenset(named.councils if kind == "council" else named.models)


def _made_by_others(claim: Sentence, said: Named, programme: Programme) -> str | None:
    """«Hertfordshire designed Family Valued»: who made a model is known, whatever stands side by side."""
    makers = {innovator.id: innovator.model for innovator in programme.innovators}
    if not _MADE.search(claim.text) or len(said.models) != 1 or len(said.councils) != 1:
        return None
    council, model = said.councils[0], said.models[0]
    return None if makers.get(council) == model else f"{council} did not make {model}"


def _points_back(ground: Ground) -> bool:
    return bool(_THEY.search(ground.text) or _FIRST.search(ground.text))


def _other_names(claim: Sentence, ground: Ground, shelf: Shelf) -> str | None:
    """Capitalised words that are no programme name: people, organisations, approaches, places."""
    known = shelf.knowledge.name_words
    own = {word.lower for word in ground.own.words}
    beside = _folded(f"{ground.around}\n{ground.wider}" if _points_back(ground) else ground.around)
    lower = _lower_words(claim, ground)
    for word in claim.words:
        if not word.capital or word.lower in known or word.is_function or word.lower in own:
            continue
        if word.begins and (word.lower in lower or not _is_name_at_start(word, claim)):
            continue  # the capital of a first word: it is checked as a word
        if word.stem in ground.own.stems or word.lower in beside:
            continue
        return f"“{claim.text[word.start : word.end]}” is not named there"
    return None


def _is_name_at_start(word: Word, claim: Sentence) -> bool:
    """A first word is a name when a capitalised word follows it."""
    at = claim.words.index(word) + 1
    return at < len(claim.words) and claim.words[at].capital


def _lower_words(claim: Sentence, ground: Ground) -> set[str]:
    """Words that the texts also write small."""
    return {w.lower for s in (claim, ground.own) for w in s.words if not w.capital}


def _folded(text: str) -> set[str]:
    return {
        re.sub(r"'s$", "", word.replace("’", "'")) for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text.lower())
    }


def _speaker(claim: Sentence, ground: Ground) -> str | None:
    """Who is said to have said it has to be who says it there."""
    match = _SPEAKS.search(claim.text)
    if match is None:
        return None
    who = (match["who"] or match["by"]).strip()
    first = claim.at(match.start("who") if match["who"] else match.start("by"))
    count = len(re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", who))
    words = [word for word in claim.words[first : first + count] if not word.is_function]
    speakers = ground.witness.unit.speaker_text
    if not speakers.strip():
        return None
    told = {word.stem for word in ground.own.words} | _stems(speakers)
    missing = [word for word in words if word.stem not in told]
    if missing and any(word.capital for word in missing):
        return f"“{who}” does not say it there"
    return None


def _stems(text: str) -> set[str]:
    from assistant.lexicon import stems_of

    return set(stems_of(text))


def _role(claim: Sentence, ground: Ground) -> str | None:
    """«Ian Reed, a team manager, …»: what somebody is called has to stand beside the name there too."""
    for match in _APPOSITION.finditer(claim.text):
        role = {word.stem for word in read_words(match["role"]).words if not word.is_function}
        beside: set[str] = set()
        for there in re.finditer(re.escape(match["name"].split()[-1]), ground.text):
            first, last = ground.own.at(there.start()), ground.own.at(there.end())
            beside |= {word.stem for word in ground.own.words[max(0, first - BESIDE // 2) : last + BESIDE]}
        if beside and role and not role & beside:
            return f"“{match['name']}” is not called “{match['role']}” there"
    return None


def _bearer(claim: Sentence, ground: Ground) -> str | None:
    """«The author is Robin Sen», where the author is somebody else there."""
    for form in (_IS_NAME, _NAME_IS):
        for match in form.finditer(claim.text):
            there = {
                other["name"]
                for known in (_IS_NAME, _NOUN_NAME)
                for other in known.finditer(ground.text)
                if stem(other["noun"]) == stem(match["noun"])
            }
            own = set(match["name"].split())
            if there and not any(own & set(name.split()) for name in there):
                return f"the {match['noun']} is {sorted(there)[0]} there"
    return None

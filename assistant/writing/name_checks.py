"""Whether everybody and everything that a statement names is named by its proof, and nobody in another's place."""

import re

from assistant.shelf import Shelf
from assistant.writing.ground import Ground
from assistant.writing.words import Sentence, Word
from ingest.names import find_names

_SAYS = (
    r"said|says|say|told|tells|explain(?:s|ed)|describ(?:es|ed)|felt|feels|believ(?:es|ed)|think[s]?|thought|"
    r"comment(?:s|ed)|reflect(?:s|ed)|recall(?:s|ed)|note[sd]|wrote|writes|add(?:s|ed)|state[sd]|remember(?:s|ed)|"
    r"stress(?:es|ed)|warn(?:s|ed)|argue[sd]|admit(?:s|ted)|praise[sd]|report(?:s|ed)|found|finds"
)
_SPEAKS = re.compile(
    rf"^(?P<who>[^,.;:“”]{{2,60}}?),?\s+(?:\w+ly\s+)?(?:{_SAYS})\b|\baccording to (?P<by>[^,.;:]{{2,60}})", re.I
)
_FIRST = re.compile(r"\b(?:I|we|our|my|me|us)\b")
_THEY = re.compile(
    r"\b(?:they|their|them|he|his|him|she|her|it|its|the (?:council|authority|team|service|model|project|programme))\b",
    re.I,
)


def check_names(claim: Sentence, ground: Ground, shelf: Shelf) -> str | None:
    """Why a name is not proven; None where all are."""
    return _programme_names(claim, ground, shelf) or _other_names(claim, ground, shelf) or _speaker(claim, ground)


def _programme_names(claim: Sentence, ground: Ground, shelf: Shelf) -> str | None:
    """Councils and models: named by the proof itself; where it names none, by what it hangs on or what came before."""
    programme = shelf.knowledge.programme
    said, own = find_names(claim.text, programme), find_names(ground.text, programme)
    around, wider = find_names(ground.around, programme), find_names(ground.wider, programme)
    for kind, mine, its, near, far in (
        ("council", said.councils, own.councils, around.councils, wider.councils),
        ("model", said.models, own.models, around.models, wider.models),
    ):
        for name in mine:
            if name in its:
                continue
            if its and not _points_back(ground):
                return f"{kind} {name} is not the one named there"
            if name in near:
                continue
            if near or name not in far:
                return f"{kind} {name} is not named there"
    if len(own.councils) > 1 and len(said.councils) == 1:
        return None
    return None


def _points_back(ground: Ground) -> bool:
    return any(_THEY.search(sentence.text) or _FIRST.search(sentence.text) for sentence in ground.own)


def _other_names(claim: Sentence, ground: Ground, shelf: Shelf) -> str | None:
    """Capitalised words that are no programme name: people, organisations, approaches, places."""
    known = shelf.knowledge.name_words
    own = {word.lower for sentence in ground.own for word in sentence.words}
    beside = _folded(f"{ground.around}\n{ground.wider}" if _points_back(ground) else ground.around)
    lower = _lower_words(claim, ground)
    for word in claim.words:
        if not word.capital or word.lower in known or word.is_function or word.lower in own:
            continue
        if word.begins and (word.lower in lower or not _is_name_at_start(word, claim)):
            continue  # the capital of a first word: it is checked as a word
        if word.stem in ground.stems or word.lower in beside:
            continue
        return f"“{claim.text[word.start : word.end]}” is not named there"
    return None


def _is_name_at_start(word: Word, claim: Sentence) -> bool:
    """A first word is a name when a capitalised word follows it."""
    at = claim.words.index(word) + 1
    return at < len(claim.words) and claim.words[at].capital


def _lower_words(claim: Sentence, ground: Ground) -> set[str]:
    """Words that the texts also write small."""
    return {w.lower for s in (claim, *ground.own) for w in s.words if not w.capital}


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
    speakers = " ".join(w.unit.speaker_text for w in ground.witnesses)
    if not speakers.strip():
        return None
    told = {word.stem for sentence in ground.own for word in sentence.words} | _stems(speakers)
    missing = [word for word in words if word.stem not in told]
    if missing and any(word.capital for word in missing):
        return f"“{who}” does not say it there"
    return None


def _stems(text: str) -> set[str]:
    from assistant.lexicon import stems_of

    return set(stems_of(text))

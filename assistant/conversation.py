"""A follow-up made to stand alone: who and what the turns before were about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.lexicon import words_of
from assistant.question import is_small_talk
from assistant.types import Turn
from assistant.wordlists import PRONOUNS, STOP
from ingest.names import entity_of, find_names, pattern_of
from ingest.programme import Programme

SILENCE = "The documents don't say"  # how an answer without evidence begins
_OPENS = re.compile(r"^\W*(?:and|but|so|or|what about|how about|why|also|then|ok(?:ay)?|no,?\s+i meant)\b", re.I)
_SWAP = re.compile(
    r"^\W*(?:and\s+|ok(?:ay)?,?\s+|no,?\s+)*(?:what about|how about|i meant?|and|or)\s+"
    r"(?:in |for |at |with )?(?P<rest>[^?]{2,60})\??\s*$",
    re.I,
)
_CAPITAL = re.compile(r"(?<![.?!]\s)(?<!^)\b[A-Z][a-z’']+(?:\s+(?:of\s+)?[A-Z][a-z’']+)*")


@dataclass(frozen=True, slots=True)
class Standalone:
    """`text` can be read on its own; `subject` holds the words it takes over from the turns before."""

    text: str
    subject: tuple[str, ...] = ()


def stand_alone(question: str, history: Sequence[Turn], programme: Programme) -> Standalone:
    """The question as it is when nothing is left out, else with what earlier turns were about."""
    asked = _resolved(_answered(history), programme)
    if not asked or not _leans(question, programme):
        return Standalone(question)
    swapped = _swap(question, asked[-1], programme)
    if swapped is not None:
        return Standalone(swapped)
    text = re.sub(r"^\W*(?:and|but|so|or)\s+", "", question.strip(), flags=re.I)
    text = text[:1].upper() + text[1:]
    own = find_names(question, programme)
    whole = (own.councils or own.models) and not set(words_of(question)) & PRONOUNS
    subject = [] if whole else _subject(asked, question, programme)
    return Standalone(f"{text} ({', '.join(subject)})" if subject else text, tuple(subject))


def _answered(history: Sequence[Turn]) -> list[str]:
    """The questions so far, without those that the documents did not answer: nothing can lean on them."""
    asked: list[str] = []
    for turn in history:
        if turn.role == "user" and not is_small_talk(turn.content):
            asked.append(turn.content)
        elif asked and turn.content.startswith(SILENCE):
            asked.pop()
    return asked


def _resolved(asked: Sequence[str], programme: Programme) -> list[str]:
    """Each swap made whole, so that «And Coventry?» after «What about Newcastle?» still knows what was asked."""
    whole: list[str] = []
    for question in asked:
        swapped = _swap(question, whole[-1], programme) if whole else None
        whole.append(swapped or question)
    return whole


def _leans(question: str, programme: Programme) -> bool:
    """Whether a question needs the turns before it: a pronoun, an opening «and», or too few words of its own."""
    words = words_of(question)
    named = find_names(question, programme)
    if is_small_talk(question):
        return False
    if _OPENS.match(question) or (_refers_back(question) and not named.councils):
        return True
    telling = [word for word in words if word not in STOP]
    return len(telling) <= 2 and not named.councils and not named.models and len(words) <= 4


def _refers_back(question: str) -> bool:
    """A pronoun in the first clause; one behind «and» may mean what this question itself is about."""
    first = re.split(r",|\band\b", question, maxsplit=1)[0] or question
    return bool(set(words_of(first)) & PRONOUNS)


def _swap(question: str, before: str, programme: Programme) -> str | None:
    """«What about Walsall?»: the question before, asked of another council or model."""
    match = _SWAP.match(question)
    if match is None:
        return None
    new, old = find_names(match["rest"], programme), find_names(before, programme)
    for kind, entities in (("councils", programme.councils), ("models", programme.models)):
        asked, held = getattr(new, kind), getattr(old, kind)
        if not asked or not held:
            continue
        of = {entity.id: entity for entity in entities}
        names = tuple(n for i in held for n in of[i].names + of[i].local_names)
        left = pattern_of(of[asked[0]].names + of[asked[0]].local_names).sub(" ", match["rest"])
        if any(word not in STOP for word in words_of(left)):
            return None  # more than a name: a question of its own
        name = of[asked[0]].name
        swapped = pattern_of(names).sub(name, before)
        return re.sub(rf"{re.escape(name)}(?:’s|'s|,| in| of)? {re.escape(name)}", name, swapped)
    return None


def _subject(asked: Sequence[str], question: str, programme: Programme) -> list[str]:
    """The councils, models, people and projects that the latest turns named, nearest first."""
    own = find_names(question, programme)
    names: list[str] = []
    for turn in reversed(asked[-4:]):
        named = find_names(turn, programme)
        models = {entity.id: entity.name for entity in programme.models}
        if not own.councils:
            names += [_name_of(programme, i, turn) for i in named.councils]
        if not own.models:
            names += [models[i] for i in named.models]
        names += [
            n for n in _CAPITAL.findall(turn) if not find_names(n, programme).councils + find_names(n, programme).models
        ]
        if names:
            break
    telling = [w for w in words_of(asked[-1]) if w not in STOP and not any(w in n.lower() for n in names)]
    own_telling = [w for w in words_of(question) if w not in STOP and w not in PRONOUNS]
    if len(own_telling) <= 1 or not names:
        names += telling[:4]
    return list(dict.fromkeys(names))


def _name_of(programme: Programme, council: str, turn: str) -> str:
    """The name the person used: «Our Place» stays «Our Place», with its council behind it."""
    entity = entity_of(programme, council)
    local = [name for name in entity.local_names if name.lower() in turn.lower()]
    return f"{local[0]} in {entity.name}" if local else entity.name

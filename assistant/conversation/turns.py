"""The turns so far as exchanges, and the words around a question that are only manners."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.lexicon import words_of
from assistant.question import is_small_talk
from assistant.types import Turn
from assistant.wordlists import STOP

SILENCE = "The documents don't say"  # how an answer without evidence begins
_THANKS = frozenset(
    [
        "thanks",
        "thank",
        "cheers",
        "ta",
        "great",
        "brilliant",
        "lovely",
        "perfect",
        "excellent",
        "fine",
        "cool",
        "nice",
        "ok",
        "okay",
        "hi",
        "hello",
        "hey",
        "bye",
        "goodbye",
        "good",
        "right",
        "helpful",
        "useful",
        "interesting",
        "understood",
        "clear",
        "wonderful",
        "super",
    ]
)
_POLITE = (
    r"(?:(?:many )?thanks?(?: you)?(?: a lot| very much| so much| again)?|cheers|ta|great|brilliant|lovely|perfect|"
    r"excellent|fine|good|right|ok(?:ay)?|hi|hello|hey|interesting|understood|i see|got it|"
    r"that(?:['’]s| is| was) (?:very |really |so )?(?:helpful|useful|great|good|interesting|clear))"
)
_MANNERS = re.compile(rf"^\W*{_POLITE}(?:[, ]+(?:then|{_POLITE}))*\s*[,.!;:–—-]+\s*", re.I)
_LONGEST = 10  # words of a turn that only thanks


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with what was answered to it; `fresh` where it opened another subject."""

    question: str
    reply: str = ""
    answered: bool = True
    fresh: bool = False


def exchanges(history: Sequence[Turn]) -> tuple[Exchange, ...]:
    """Each question with its answer; greetings and thanks are left out."""
    found: list[Exchange] = []
    manners = False
    for turn in history:
        if turn.role == "user":
            manners = is_courtesy(turn.content)
            if not manners:
                found.append(Exchange(turn.content))
        elif found and not manners:
            answered = not turn.content.startswith(SILENCE)
            found[-1] = Exchange(found[-1].question, turn.content, answered)
    return tuple(found)


def is_courtesy(text: str) -> bool:
    """«Thanks, that was very helpful»: nothing is asked."""
    if is_small_talk(text):
        return True
    words = words_of(text)
    polite = [word in _THANKS for word in words]
    return (
        "?" not in text
        and len(words) <= _LONGEST
        and any(polite)
        and all(is_polite or word in STOP for is_polite, word in zip(polite, words, strict=True))
    )


def without_manners(text: str) -> str:
    """The question behind «Thanks!» or «OK,»."""
    while (match := _MANNERS.match(text)) and text[match.end() :].strip(" ?.!"):
        text = text[match.end() :]
    return text.strip()


def as_sentence(text: str) -> str:
    """With a capital at its beginning and single spaces."""
    text = re.sub(r"\s+([?.,!;:])", r"\1", " ".join(text.split()))
    return text[:1].upper() + text[1:]

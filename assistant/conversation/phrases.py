"""Noun phrases in a question, and one put in the place of another."""

import re

from assistant.conversation.moves import AUX
from assistant.lexicon import stem, words_of
from assistant.wordlists import STOP

_WORD = rf"(?!(?:{AUX})\b)[\w’'-]+"
_COUNTED = re.compile(rf"^(?P<how>how (?:many|much))\s+(?P<noun>{_WORD}(?:\s+{_WORD})??)"
                      rf"(?=\s+(?:{AUX}|\w+ed|came|went|took|left|stayed|got|in|of|on|for)\b)", re.I)  # fmt: skip
_DETERMINER = re.compile(r"^(?:the|a|an|their|its|his|her|our|some|any)\s+", re.I)
_CONTRAST = frozenset(
    [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "last",
        "latest",
        "next",
        "final",
        "previous",
        "earlier",
        "later",
        "primary",
        "secondary",
        "main",
        "other",
        "new",
        "old",
        "newest",
        "oldest",
        "biggest",
        "smallest",
        "highest",
        "lowest",
        "best",
        "worst",
    ]
)
_ADJECTIVES = 2
_MEANT = {"number": "how many", "count": "how many", "cost": "how much", "amount": "how much", "date": "when",
          "time": "when", "person": "who", "reason": "why", "place": "where"}  # fmt: skip


def replace_phrase(new: str, before: str, wrong: str = "") -> str | None:
    """The question with `new` where `wrong` stood, or where a phrase with its noun did; None where there is none."""
    if wrong and (span := _find(wrong, before)):
        return _put(new, before, span)
    noun = _DETERMINER.sub("", new)
    counted = _COUNTED.match(before)
    if (
        counted
        and not wrong
        and noun == new
        and len(noun.split()) <= 3
        and not re.match(r"\d|(?:in|at|for|about)\b", noun)
    ):
        return f"{counted['how']} {noun}{before[counted.end('noun') :]}"
    if re.search(r"\bones?$", new, re.I) and (changed := _contrast(new, before)):
        return changed
    head = words_of(new)[-1] if words_of(new) else ""
    span = _find_head(head, before) if head else None
    return _put(new, before, span) if span else None


def means_question_word(wrong: str, before: str) -> bool:
    """«not the number»: what was not meant is how the question before asked."""
    words = words_of(wrong)
    return any(before.lower().startswith(_MEANT.get(word, "\0")) for word in words)


def counted_noun(question: str) -> str | None:
    """What «how many …» counts."""
    match = _COUNTED.match(question)
    return match["noun"] if match else None


def _find(phrase: str, text: str) -> tuple[int, int] | None:
    """Where the phrase's telling words stand one after another, with the words that belong to them."""
    wanted = [stem(word) for word in words_of(phrase) if word not in STOP]
    places = [(m.start(), m.end(), stem(m.group().lower())) for m in re.finditer(r"[\w’'-]+", text)]
    for at in range(len(places) - len(wanted) + 1):
        if wanted and [place[2] for place in places[at : at + len(wanted)]] == wanted:
            return _widened(text, places[at][0]), places[at + len(wanted) - 1][1]
    return None


def _find_head(head: str, text: str) -> tuple[int, int] | None:
    for match in re.finditer(r"[\w’'-]+", text):
        if stem(match.group().lower()) == stem(head):
            return _widened(text, match.start()), match.end()
    return None


def _widened(text: str, start: int) -> int:
    """The start of the noun phrase: up to two words before that describe the noun, and its article."""
    for _ in range(_ADJECTIVES):
        before = re.search(r"([\w’'-]+)\s+$", text[:start])
        if before is None or before.group(1).lower() in STOP:
            break
        start = before.start()
    article = re.search(r"\b(?:the|a|an|its|their)\s+$", text[:start], re.I)
    return article.start() if article else start


def _put(new: str, text: str, span: tuple[int, int]) -> str:
    start, end = span
    had_article = _DETERMINER.match(text[start:end])
    if had_article and not _DETERMINER.match(new) and new[:1].islower():
        new = f"the {new}"
    elif not had_article and re.search(r"\b(?:many|much|which|what)\s+$", text[:start], re.I):
        new = _DETERMINER.sub("", new)
    return _agreeing(f"{text[:start]}{new}{text[end:]}", new)


def _agreeing(question: str, new: str) -> str:
    """«What are the outcomes», «What is the outcome»."""
    plural = bool(re.search(r"(?<![su])s$", new)) or new.lower().endswith(("children", "people", "staff"))
    pairs = (("is", "are"), ("was", "were")) if plural else (("are", "is"), ("were", "was"))
    for wrong, right in pairs:
        question = re.sub(rf"^(What|Who|Which) {wrong} (?={re.escape(new)})", rf"\1 {right} ", question, flags=re.I)
    return question


def _contrast(new: str, before: str) -> str | None:
    """«the last one» after «the first issue»: «the last issue»."""
    mine = [word for word in words_of(new) if word in _CONTRAST]
    held = [m for m in re.finditer(r"\b\w+\b", before) if m.group().lower() in _CONTRAST]
    if not mine or not held:
        return None
    return f"{before[: held[0].start()]}{mine[0]}{before[held[0].end() :]}"

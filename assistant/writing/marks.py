"""What can change places in a sentence with others of its kind: figures, dates, models, councils, names, directions."""

import re
from dataclasses import dataclass

from assistant.writing.cues import OPPOSITES
from assistant.writing.figures import Figure
from assistant.writing.words import Sentence, Word
from ingest.names import pattern_of
from ingest.programme import Programme

_ORDINALS = frozenset(
    {
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "last",
        "final",
        "next",
    }
)


@dataclass(frozen=True, slots=True)
class Mark:
    """`first` and `last` are places among the words; a figure in digits stands between two: `last` is then smaller."""

    kind: str
    value: str
    said: str
    first: int
    last: int
    clause: int


def marks_of(sentence: Sentence, programme: Programme) -> list[Mark]:
    marks = [_of_figure(figure, sentence) for figure in sentence.figures]
    for kind, entities in (("model", programme.models), ("council", programme.councils)):
        for entity in entities:
            for match in pattern_of(tuple(entity.names + entity.local_names)).finditer(sentence.text):
                marks.append(_of_match(kind, entity.id, match, sentence))
    taken = {n for mark in marks for n in range(mark.first, mark.last + 1)}
    return [*marks, *_names(sentence, taken), *_directions(sentence), *_places(sentence)]


def _of_match(kind: str, value: str, match: re.Match[str], sentence: Sentence) -> Mark:
    first, last = sentence.at(match.start()), sentence.at(match.end() - 1)
    return Mark(kind, value, match.group(), first, last, sentence.clause_at(match.start()))


def _of_figure(figure: Figure, sentence: Sentence) -> Mark:
    first = sentence.at(figure.start)
    within = [n for n, word in enumerate(sentence.words) if figure.start <= word.start < figure.end]
    value = f"{figure.date}" if figure.unit == "date" else f"{figure.value:g}"
    kind = "date" if figure.unit == "date" else "figure"
    places = (within[0], within[-1]) if within else (first, first - 1)
    return Mark(kind, value, sentence.text[figure.start : figure.end], *places, sentence.clause_at(figure.start))


def _names(sentence: Sentence, taken: set[int]) -> list[Mark]:
    """Runs of capitalised words that are no name of the programme: «Harry Ferguson», «Deputy Director»."""
    marks: list[Mark] = []
    run: list[tuple[int, Word]] = []
    for n, word in [*enumerate(sentence.words), (-1, None)]:
        if word is not None and word.capital and n not in taken and not (word.begins and not _goes_on(sentence, n)):
            apart = run and sentence.text[run[-1][1].end : word.start].strip(" ") not in ("", "-")
            if apart:
                marks.append(_run(run))
                run = []
            run.append((n, word))
        elif run:
            marks.append(_run(run))
            run = []
    return marks


def _goes_on(sentence: Sentence, n: int) -> bool:
    return n + 1 < len(sentence.words) and sentence.words[n + 1].capital


def _run(run: list[tuple[int, Word]]) -> Mark:
    value = " ".join(word.stem for _, word in run)
    return Mark("name", value, value, run[0][0], run[-1][0], run[0][1].clause)


def _directions(sentence: Sentence) -> list[Mark]:
    """Each pair of opposites is a kind of its own: «confidence rises and anxiety falls»."""
    marks = []
    for number, sides in enumerate(OPPOSITES):
        for side, pattern in enumerate(sides):
            for match in pattern.finditer(sentence.text):
                marks.append(_of_match(f"direction {number}", str(side), match, sentence))
    return marks


def _places(sentence: Sentence) -> list[Mark]:
    """«The first year … the second»: places in a row."""
    return [
        Mark("place", word.lower, word.lower, n, n, word.clause)
        for n, word in enumerate(sentence.words)
        if word.lower in _ORDINALS
    ]

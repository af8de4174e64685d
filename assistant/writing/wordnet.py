"""Words of general English that mean the same, from WordNet: `wordnet.json` holds the everyday ones, and its licence.

Two words stand there together where WordNet has them in one set, as one of the two commonest senses of both; where one
is made from the other («retain», «retention»); and where one is an irregular form of the other («heard»).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from assistant.lexicon import stems_of

FILE = Path(__file__).with_name("wordnet.json")
Related = Mapping[str, frozenset[str]]  # stems by stem


def is_form(one: str, other: str) -> bool:
    """Whether two stems are of one word, or one is made from the other."""
    return other in _related("forms", "derived").get(one, ())


def means(one: str, other: str) -> bool:
    """Whether two stems are of words that mean the same, in a common sense of each."""
    return other in _related("synonyms").get(one, ())


@cache
def _related(*names: str) -> Related:
    held: dict[str, list[str]] = json.loads(FILE.read_text("utf-8"))
    return _pairs(line for name in names for line in held[name])


def _pairs(lines: Iterable[str]) -> Related:
    """Each line: a word, and those that go with it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        first, *others = stems_of(line)
        for other in others:
            found[first].add(other)
            found[other].add(first)
    return {stem: frozenset(others) for stem, others in found.items()}

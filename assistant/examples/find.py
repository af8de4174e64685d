"""The examples of one document: every rule over every stretch of it, and each thing once."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from assistant.browse import Placed
from assistant.examples.figures import figures, measured_rows
from assistant.examples.practice import practice
from assistant.examples.speech import quotes
from assistant.examples.stories import stories
from assistant.examples.stretch import Example, ExampleKind, Stretch, stretches
from assistant.shelf import Shelf


def find_examples(shelf: Shelf, document_id: str, placed: Iterable[Placed]) -> list[Example]:
    """In reading order."""
    placed = tuple(placed)
    page_of = lru_cache(2)(lambda number: shelf.library.page_without_words(document_id, number))
    whole = list(stretches(placed, page_of))
    names = [name for one in shelf.knowledge.programme.councils for name in (*one.names, *one.local_names)]
    found = [example for stretch in whole for example in _of_one(stretch, names)]
    found += measured_rows(placed, page_of)
    for _, group in groupby(whole, lambda one: (one.page, one.first.heading)):
        found += stories(list(group))
    return sorted(_once(_apart(found)), key=lambda one: (one.span.page, one.span.start, one.span.end))


def _of_one(stretch: Stretch, names: Sequence[str]) -> Iterator[Example]:
    said = list(quotes(stretch))
    yield from said
    yield from figures(stretch)
    if not said and not _speaks(stretch):
        yield from practice(stretch, names)


def _speaks(stretch: Stretch) -> bool:
    return stretch.first.kind.value == "quote"


def _apart(found: Sequence[Example]) -> Iterator[Example]:
    """A sentence of somebody's story tells no way of working by itself."""
    tales = [one.span for one in found if one.kind is ExampleKind.STORY]
    for one in found:
        span = one.span
        within = any(t.page == span.page and t.start < span.end and span.start < t.end for t in tales)
        if not (within and one.kind is ExampleKind.PRACTICE):
            yield one


def _once(found: Iterable[Example]) -> Iterator[Example]:
    """A quote that is set large beside its text stands on a page twice; the first counts, for it has the context."""
    seen: set[tuple[ExampleKind, str]] = set()
    for example in found:
        key = example.kind, re.sub(r"\W+", " ", example.text.casefold()).strip()
        if key not in seen:
            seen.add(key)
            yield example

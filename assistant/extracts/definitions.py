"""Sentences that say what a term of the glossary means, and what an abbreviation stands for."""

import re
from collections.abc import Iterator

from assistant.unit import Unit, UnitKind
from ingest.names import pattern_of
from ingest.programme import Programme
from ingest.records import Extract, StoredChunk
from ingest.types import Span

TERM, ABBREVIATION = "term:", "abbreviation:"
SHORT_FOR = re.compile(
    r"\b((?:[A-Z][\w’'-]+|and|of|for|the|in|&)(?:[ -](?:[A-Z][\w’'-]+|and|of|for|the|in|&)){1,6}) \(([A-Z]{2,6})s?\)"
)
_AFTER = re.compile(
    r"^,?\s*(?:\([^()]{1,80}\)\s*)?(?:is|are|means?|refers? to|stands? for|is short for)\s+"
    r"(?:an?|the|one|when|where|how|what|not|any|care|help|support|work|practice|\w+ing|[A-Z]\w+ [A-Z]?\w+)\b"
)
_STANDS = re.compile(r"^,?\s*(?:which|and it|and)?\s*(?:stands? for|is short for|means)\s")
_HEAD = re.compile(r"^(?: \(also: [^)]*\))?\.\s+(?=[A-Z])")  # of an entry in a glossary
LONGEST = 60  # words


class Definitions:
    """The terms of one programme, by a single pattern: a sentence that names none is done with at one look."""

    def __init__(self, programme: Programme) -> None:
        self._terms = {term: pattern_of((term, *aliases)) for term, aliases in programme.glossary.items()}
        names = [name for term, aliases in programme.glossary.items() for name in (term, *aliases)]
        self._any = pattern_of(tuple(names)) if names else None

    def of(self, unit: Unit, stored: StoredChunk) -> Iterator[Extract]:
        if unit.kind is not UnitKind.SENTENCE or unit.words > LONGEST:
            return
        for found in SHORT_FOR.finditer(unit.text):
            if long_form(found[1], found[2]):
                yield Extract(f"{ABBREVIATION}{found[2]}", "definition", None, 1.0, stored.id, unit.spans)
        if self._any is None or not self._any.search(unit.text[:80]):
            return
        for term, pattern in self._terms.items():
            found_term = pattern.match(unit.text) or pattern.match(unit.text, _article_end(unit.text))
            if found_term is None:
                continue
            rest = unit.text[found_term.end() :]
            head = _HEAD.match(rest)
            if head and found_term.start() == 0:
                spans = _without(unit.spans, found_term.end() + head.end())
                yield Extract(f"{TERM}{term}", "definition", None, 3.0, stored.id, spans)
            elif _AFTER.match(rest) or _STANDS.match(rest):
                yield Extract(f"{TERM}{term}", "definition", None, 2.0, stored.id, unit.spans)


def _without(spans: tuple[Span, ...], letters: int) -> tuple[Span, ...]:
    """An entry without its head: the definition alone is quoted."""
    first = spans[0]
    return (Span(first.page, first.start + letters, first.end), *spans[1:])


def _article_end(text: str) -> int:
    found = re.match(r"(?:An?|The|In [^,]{3,40},) ", text)
    return found.end() if found else 0


def long_form(words: str, short: str) -> str | None:
    """The last words whose capitals are the abbreviation: «and the Social Care Institute for Excellence (SCIE)»."""
    parts = words.split(" ")
    for first in range(len(parts) - 1, -1, -1):
        if "".join(part[0] for word in parts[first:] for part in word.split("-") if part[:1].isupper()) == short:
            return " ".join(parts[first:])
    return None

"""Filters set in words, «only No Wrong Door», «in issue 2 only», and lifted in words, «all models again»."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.conversation.mentions import Kind, mentions_of, of_kinds, says_more
from assistant.lexicon import words_of
from assistant.types import Filters
from assistant.wordlists import GENERIC, STOP
from ingest.programme import Programme
from ingest.records import DocumentRecord

Dimension = str  # a field of Filters
DIMENSIONS: tuple[Dimension, ...] = ("models", "adopters", "documents")
_LEAD = r"^\W*(?:(?:and|now|so|ok(?:ay)?|please|then)[, ]+)*"
_VERB = (
    r"(?:(?:can you |could you |let['’]?s )?(?:show|give|use|search|look|stick|keep|ask|include|go|limit|"
    r"restrict|filter|narrow)"
    r"(?: (?:me|it|this|that|them|down|back|the search|the answers?|at|in|to|by|with|through|from))*\s+)"
)
_PLACED = r"(?:(?:in|from|for|about|within|with|on|at|to|of)\s+)?"
_TARGET = r"(?P<target>[\w&’' -]{2,60}?)"
_END = r"(?:\s+(?:please|for now|from now on|now))*\W*"
_REST = r"\s*[:;,–—]\s*(?P<rest>\S.*\?.*)"
_SETS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"{_LEAD}{_VERB}?(?:only|just|solely)\s+{_PLACED}{_TARGET}(?: only)?(?:{_REST}|{_END}$)",
        rf"{_LEAD}(?:limit|restrict|filter|narrow)(?: (?:it|this|that|them|the search|"
        rf"the answers?))?(?: down)? (?:to|by|on) "
        rf"(?:only |just )?{_TARGET}(?:{_REST}|{_END}$)",
        rf"{_LEAD}{_PLACED}{_TARGET},? (?:only|alone)(?:{_REST}|{_END}$)",
        rf"^(?P<rest>.{{8,}}?)(?:,| \(|,? but)\s*(?:only|just) {_PLACED}{_TARGET}\)?\s*\?*$",
        rf"^(?P<rest>.{{8,}}?)(?:,| \()\s*{_PLACED}{_TARGET} (?:only|alone)\)?\s*\?*$",
    )
)
_WHAT = {
    "models": ("model", "models", "approach", "approaches"),
    "adopters": ("council", "councils", "adopter", "adopters", "area", "areas", "authority", "authorities", "places"),
    "documents": ("issue", "issues", "journal", "journals", "document", "documents", "source", "sources", "files",
                  "year", "years"),
}  # fmt: skip
_LIFT_ALL = re.compile(
    rf"{_LEAD}(?:(?:without|no(?: more)?|remove|clear|lift|drop|forget|reset|undo)\s+(?:the |that |all |any |"
    rf"these |my )*"
    rf"(?:filters?|limits?|restrictions?)|{_VERB}?(?:everything|the whole library|all)\s+again)(?:{_REST}|{_END}$)",
    re.I,
)
_LIFT = re.compile(
    rf"{_LEAD}{_VERB}?(?:(?:back to|in|across|for|from)\s+)?(?:all|any|every|both|whichever)\s+(?:of )?(?:the )?"
    rf"(?:\w+ )?(?P<what>{'|'.join(word for words in _WHAT.values() for word in words)})(?:\s+(?:again|now|too))*"
    rf"(?:{_REST}|{_END}$)",
    re.I,
)
_DOCUMENT = re.compile(r"\b(?:issue|journal|document|handbook|digest|report|edition|file|guide|paper|pdf)s?\b", re.I)
_ISSUE = re.compile(r"\bissue\s+(\d+)\b", re.I)
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")


@dataclass(frozen=True, slots=True)
class Scope:
    """The filters that hold, and what each dimension's is called."""

    filters: Filters = field(default_factory=Filters)
    labels: tuple[tuple[Dimension, str], ...] = ()

    def with_(self, dimension: Dimension, ids: tuple[str, ...], label: str) -> "Scope":
        kept = tuple(pair for pair in self.labels if pair[0] != dimension)
        return Scope(_with(self.filters, dimension, ids), (*kept, (dimension, label)))

    def without(self, *dimensions: Dimension) -> "Scope":
        filters = self.filters
        for dimension in dimensions:
            filters = _with(filters, dimension, ())
        return Scope(filters, tuple(pair for pair in self.labels if pair[0] not in dimensions))

    def shown(self) -> str:
        return "; ".join(f"only {label}" for _, label in self.labels)


def read_scope(
    text: str, scope: Scope, programme: Programme, documents: Sequence[DocumentRecord]
) -> tuple[Scope, str] | None:
    """The scope from this turn on with the question that is left; None where the turn says nothing of a filter."""
    if match := _LIFT_ALL.match(text):
        return scope.without(*DIMENSIONS), match["rest"] or ""
    if (match := _LIFT.match(text)) and (match["rest"] or "?" not in text):
        dimension = next(name for name, words in _WHAT.items() if match["what"].lower() in words)
        return scope.without(dimension), match["rest"] or ""
    for pattern in _SETS:
        match = pattern.match(text)
        if match is None or ("?" in text and not match["rest"]):
            continue
        found = _target(match["target"], programme, documents)
        if found is not None:
            return scope.with_(*found), (match["rest"] or "").strip()
    return None


def still_holds(scope: Scope, question: str, programme: Programme, documents: Sequence[DocumentRecord]) -> Scope:
    """Without the limits that a question steps over by naming another model, council or issue."""
    mentions = mentions_of(question, programme)
    councils = {m.id for m in of_kinds(mentions, Kind.COUNCIL, Kind.SERVICE, Kind.PROJECT)}
    model_of = {entity.id: entity.model for entity in programme.councils}
    models = {m.id for m in of_kinds(mentions, Kind.MODEL)}
    models |= {model for i in councils if (model := model_of.get(i)) and not models}
    named = {"models": models, "adopters": councils, "documents": _documents_in(question, documents, programme)}
    stepped = [
        dimension
        for dimension, _ in scope.labels
        if named[dimension] and not named[dimension] & set(getattr(scope.filters, dimension))
    ]
    return scope.without(*stepped)


def merged(asked: Filters, said: Filters) -> Filters:
    """Filters of the request; what was said in words goes before, dimension by dimension."""
    for dimension in DIMENSIONS:
        if getattr(said, dimension):
            asked = _with(asked, dimension, getattr(said, dimension))
    return asked


def _target(
    phrase: str, programme: Programme, documents: Sequence[DocumentRecord]
) -> tuple[Dimension, tuple[str, ...], str] | None:
    phrase = re.sub(rf"^{_PLACED}", "", phrase.strip(), flags=re.I)
    phrase = re.sub(r"^the (?=\w+ \w+ (?:model|approach)$)", "", phrase, flags=re.I)
    if _DOCUMENT.search(phrase) or _YEAR.fullmatch(phrase):
        ids = _documents_called(phrase, documents, programme)
        return ("documents", ids, phrase) if ids else None
    mentions = mentions_of(phrase, programme)
    if not mentions or _telling(phrase, programme):
        return None
    for dimension, kinds in (("models", (Kind.MODEL,)), ("adopters", (Kind.COUNCIL, Kind.SERVICE))):
        if found := of_kinds(mentions, *kinds):
            names = list(dict.fromkeys(m.text for m in found))
            return dimension, tuple(dict.fromkeys(m.id for m in found)), " and ".join(names)
    return None


def _telling(phrase: str, programme: Programme) -> bool:
    plain = re.sub(rf"\b(?:{'|'.join(sorted(GENERIC))})\b", " ", phrase) if phrase.islower() else phrase
    return says_more(plain, mentions_of(plain, programme)) and says_more(phrase, mentions_of(phrase, programme))


def _documents_in(question: str, documents: Sequence[DocumentRecord], programme: Programme) -> set[str]:
    """Documents that a question names: by issue, by year and kind, or by their short name."""
    found: set[str] = set()
    for match in re.finditer(r"\bissue \d+\b|\b(?:19|20)\d\d (?:journal|issue|edition)\b", question, re.I):
        found |= set(_documents_called(match.group(), documents, programme))
    return found


def _documents_called(phrase: str, documents: Sequence[DocumentRecord], programme: Programme) -> tuple[str, ...]:
    """By the number of an issue, the year of publication (for a digest, of its original), or words of the name."""
    rows = {row["file"]: row for row in programme.raw.get("documents", [])}
    issue, year = _ISSUE.search(phrase), _YEAR.search(phrase)
    wanted = {w for w in words_of(phrase) if w not in STOP and not w.isdigit() and w not in ("issue", "issues")}
    wanted -= {"journal", "journals"} if issue or year else set()
    found = []
    for record in documents:
        row = rows.get(record.file_name, {})
        name = f"{record.title} {record.file_name.replace('-', ' ').replace('.', ' ')} {row.get('short', '')}"
        of_issue = issue is None or re.search(rf"\bissue\s+{issue[1]}\b", name, re.I)
        original = row.get("digest_of", {}).get("published")
        published = str(original or record.published or "")
        said = wanted <= set(words_of(name)) and bool(wanted or issue or year)
        of_kind = not year or bool(original) or "journal" not in phrase.lower() or "journal" in name.lower()
        if of_issue and said and of_kind and (year is None or published.startswith(year[1])):
            found.append(record.id)
    return tuple(found) if len(found) < len(documents) or len(documents) == 1 else ()


def _with(filters: Filters, dimension: Dimension, ids: tuple[str, ...]) -> Filters:
    return replace(filters, **{dimension: ids})

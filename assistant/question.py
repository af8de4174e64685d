"""What is asked: its terms and their synonyms, the councils and models it names, and the kind of answer it wants."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.editions import MONTHS
from assistant.kinds import FOCUS, KINDS, Kind
from assistant.knowledge import Alternatives, Knowledge
from assistant.lexicon import Lexicon, is_english, stem, stems_of, words_of
from assistant.wordlists import GENERIC, GREETINGS, STOP
from ingest.names import Named, find_names


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked about: its stems, other ways to say it, and how much it tells (its share of the question)."""

    text: str
    alternatives: tuple[tuple[str, ...], ...]
    weight: float
    generic: bool
    named: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A standalone question, understood. `people` holds the stems of names that are not the programme's: «Kyle»."""

    text: str
    kinds: frozenset[Kind]
    terms: tuple[Term, ...]
    named: Named
    years: frozenset[str]
    small_talk: bool = False
    wants_councils: bool = False
    focus: tuple[Term, ...] = ()
    unknown_names: tuple[str, ...] = ()
    unknown: int = 0
    titles: tuple[str, ...] = ()
    people: tuple[tuple[str, ...], ...] = ()
    name_words: frozenset[str] = frozenset()


TELLS = 1.5  # idf from which a word tells passages apart, however general it is elsewhere
UNKNOWN = 3.0  # weight of a word that no document has: nothing can hold it, so it must not drown the rest
_GENERIC_STEMS = frozenset(stem(word) for word in GENERIC)
_COUNCILS = re.compile(
    r"\b(?:councils|authorities|adopters|las|areas|boroughs|counties|places|sites|innovators|who else)\b", re.I
)
_MONTHS = frozenset(month.lower() for month in MONTHS)
_CAPITALS = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})*")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def understand(text: str, knowledge: Knowledge, subject: Iterable[str] = ()) -> Query:
    """Reads a standalone question; `subject` holds words carried over from the turns before, at half weight."""
    corrected = correct_spelling(text, knowledge)
    kinds = frozenset(kind for kind, pattern in KINDS if pattern.search(corrected)) or frozenset({Kind.OTHER})
    terms = _terms(corrected, knowledge)
    known = {alternative for term in terms for alternative in term.alternatives}
    carried = [t for t in _terms(" ".join(subject), knowledge) if not known & set(t.alternatives)]
    terms += [Term(t.text, t.alternatives, 0.5 * t.weight, t.generic, t.named) for t in carried]
    focus_text = _focus_text(corrected)
    return Query(
        name_words=knowledge.name_words,
        focus=tuple(_terms(focus_text, knowledge)) if focus_text else (),
        unknown_names=_unknown_names(corrected, knowledge),
        titles=_titles(corrected),
        people=_people(corrected, knowledge),
        unknown=sum(_is_unknown(term, knowledge) for term in terms),
        text=corrected,
        kinds=kinds,
        terms=tuple(terms),
        named=find_names(f"{corrected} {' '.join(subject)}", knowledge.programme),
        years=frozenset(YEAR.findall(corrected)),
        small_talk=is_small_talk(text),
        wants_councils=bool(_COUNCILS.search(corrected)) and bool(kinds & {Kind.LIST, Kind.NUMBER, Kind.WHO}),
    )


def _focus_text(text: str) -> str:
    """The noun that the answer must be about: «how many foster carers …», «what is the budget of …»."""
    for pattern in FOCUS:
        if match := pattern.search(text):
            return " ".join(
                word for word in match["focus"].split() if word.lower() not in STOP or word.lower() == "people"
            )
    return ""


def _unknown_names(text: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Names in the middle of the question that no document has: «the capital of France»."""
    names = re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}", text)
    return tuple(n for n in names if not knowledge.lexicon.knows(n.lower()) and n.lower() not in knowledge.name_words)


def _titles(text: str) -> tuple[str, ...]:
    """Names of two to four capitalised words: «Signs of Safety». None where every word is capitalised."""
    words = text.split()
    if sum(word[:1].isupper() for word in words) > 0.6 * len(words):
        return ()
    return tuple(re.findall(r"(?<=[a-z,] )[A-Z]\w+(?:(?: of| in| and| the)? [A-Z]\w+){1,3}", text))


def _people(text: str, knowledge: Knowledge) -> tuple[tuple[str, ...], ...]:
    """Names in the middle of the question that are not the programme's: «Andy Lloyd», «Ofsted»."""
    runs = (match.group().split() for match in _CAPITALS.finditer(text))
    known = knowledge.name_words | _MONTHS
    own = ([word for word in run if word.lower() not in known and not is_english(word)] for run in runs)
    return tuple(tuple(stem(word.lower()) for word in run) for run in own if run)


def _is_unknown(term: Term, knowledge: Knowledge) -> bool:
    """Whether no document has the term, nor any other word for it."""
    return not any(all(knowledge.lexicon.frequency[s] for s in alternative) for alternative in term.alternatives)


def is_small_talk(text: str) -> bool:
    words = words_of(text)
    return (
        bool(words)
        and len(words) <= 6
        and all(word in GREETINGS or word in STOP for word in words)
        and any(word in GREETINGS for word in words)
    )


def correct_spelling(text: str, knowledge: Knowledge) -> str:
    """Puts right what the library and the programme's names do not know, and keeps everything else as typed."""
    names, lexicon = knowledge.name_words, knowledge.lexicon

    def mend(match: re.Match[str]) -> str:
        word = match.group()
        if word.upper() in knowledge.acronyms:
            return word.upper()
        shorthand = any(c.isupper() for c in word[1:])  # «NWD», «dLNs»: not a word that was typed wrongly
        if len(word) < 4 or shorthand or word.lower() in STOP or word.lower() in names:
            return word
        right = lexicon.correct(word.lower(), names)
        return word if right == word.lower() else right.title() if word.istitle() or right in names else right

    return re.sub(r"[^\W\d_]{3,}", mend, text)


def _terms(text: str, knowledge: Knowledge) -> list[Term]:
    """Phrases that the programme knows other words for, then single words; stop words are left out."""
    stems, words = list(stems_of(text)), words_of(text)
    free = [True] * len(stems)
    terms: list[Term] = []
    for group, named in knowledge.groups:
        for at, length in _places(group, stems, words, free):
            free[at : at + length] = [False] * length
            terms.append(_term(" ".join(words[at : at + length]), group, knowledge.lexicon, named))
    covered = {s for term in terms for alternative in term.alternatives for s in alternative}
    for word, stemmed, is_free in zip(words, stems, free, strict=True):
        if is_free and (word not in STOP or text == "people") and stemmed not in covered:
            terms.append(_term(word, ((stemmed,),), knowledge.lexicon, False))
    return list({term.alternatives: term for term in terms}.values())


def _places(group: Alternatives, stems: list[str], words: list[str], free: list[bool]) -> Iterator[tuple[int, int]]:
    """Where the text says one of the group's names, longest first, on words that no other group has taken."""
    for alternative in sorted(group, key=len, reverse=True):
        length = len(alternative)
        for at in range(len(stems) - length + 1):
            whole = tuple(stems[at : at + length]) == alternative and all(free[at : at + length])
            if whole and not (length == 1 and words[at] in STOP):
                yield at, length


def _term(text: str, alternatives: tuple[tuple[str, ...], ...], lexicon: Lexicon, named: bool) -> Term:
    """A term weighs as its rarest known spelling does; a generic word a quarter of that."""
    own = stems_of(text)
    weight = max((min(lexicon.idf(s), UNKNOWN if not lexicon.frequency[s] else 99.0) for s in own), default=1.0)
    spelt_out = not named and all(word in GENERIC or stem(word) in _GENERIC_STEMS for word in words_of(text))
    generic = spelt_out and max((lexicon.idf(s) for s in own), default=0.0) < TELLS
    return Term(text, alternatives, weight * (0.25 if generic else 1.0), generic, named)

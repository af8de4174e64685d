"""Documents of other programmes, as many as are wanted, made of the starter documents' own sentences.

Each is a Markdown file of some twenty pages. A section takes most of its sentences from one section of the starter
documents, in a new order, and some from anywhere: the words stand together, and are as common, as they are in real
text. What would make a copy of it is changed, document by document: names of councils, people and services (to made-up
ones, of which there are the more the more documents there are, as in real text), acronyms, figures, years, months and
number words. One paragraph in ten names councils and models of the programme in passing. Sentences that answer golden
questions are left out: what they would say of other places would contradict what the questions expect.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.wordlists import STOP
from ingest.programme import Programme

INVENTED = 200_000  # names
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
COUNTS = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "twenty", "thirty"),
)
SENTENCES_A_PARAGRAPH = (3, 4, 5)
PARAGRAPHS_A_SECTION = (1, 2, 3)
LEAST = 4  # sentences of a section that others are made of
HOME = 0.7  # share of a section's sentences that are of one section of the starter documents
IN_PASSING = 0.1  # of the paragraphs
TRIES = 4  # for a sentence that the document does not have yet
PASSING = (
    "Visitors from {a}, {b} and {c} took part in the review.",
    "The forms were borrowed from {a}, where {model} is used.",
    "{a} and {b} gave advice in the first year.",
)
OTHER_WORD = 0.25  # share of the telling words that give way to others
_SYLLABLES = [first + vowel for first in ("br", "ch", "st", "tr", *"bcdfghklmnprstvw") for vowel in "aeiou"]
_ENDS = ("ton", "ley", "ham", "ford", "wick", "den", "ry", "son", "ell", "mere", "by", "worth")
_NAME = re.compile(r"(?<=[a-z,;:] )[A-Z][\w’'-]+")
_TOKEN = re.compile(r"[A-Z]{2,}[a-z]?(?![a-z])|[A-Z][\w-]*[a-z][\w-]*|\d[\d,.]*\d|\d|[a-z]+")
_ASIDE = re.compile(r"\(also: ")  # an entry of the glossary: what it means stands in the next sentence
_SOURCE = re.compile(r"\s*\([^()]*\b(?:issue|pp?\.|page|guidance|evaluation|report|overview|website)\b[^()]*\)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`row` is the row of its vector."""

    text: str
    row: int


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """What the documents are made of. `names` stand for nothing else; `phrases` finds the programme's whole names."""

    sections: tuple[Section, ...]
    everywhere: tuple[Sentence, ...]
    passing: tuple[Sentence, ...]
    names: frozenset[str]
    words: Mapping[str, Sequence[str]]  # telling ones by their ending, each as often as it is said
    phrases: re.Pattern[str]
    councils: tuple[str, ...]
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A file, and the row of the vector that each of its sentences began with."""

    name: str
    text: str
    rows: Mapping[str, int]
    names: frozenset[str]  # made-up ones


def make_source(sections: Sequence[Section], passing: Sequence[Sentence], programme: Programme) -> Source:
    everywhere = tuple(sentence for section in sections for sentence in section.sentences)
    said = " ".join(sentence.text for sentence in everywhere)
    plain = set(re.findall(r"\b[a-z]+\b", said))
    names = {name for name in _NAME.findall(said) if name.lower() not in plain}
    entities = (*programme.models, *programme.councils, *programme.partners)
    spelt = {name for one in entities for name in (*one.names, *one.local_names)} | set(programme.names)
    longest = sorted((name for name in spelt if name[:1].isupper()), key=len, reverse=True)
    return Source(
        tuple(section for section in sections if len(section.sentences) >= LEAST),
        everywhere,
        tuple(passing),
        frozenset(names),
        _by_ending(re.findall(r"\b[a-z]+\b", said)),
        re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b"),
        tuple(one.name for one in programme.councils),
        tuple(one.name for one in programme.models),
    )


def _by_ending(words: Sequence[str]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for word in words:
        if is_telling(word):
            found.setdefault(word[-2:], []).append(word)
    return found


def is_telling(word: str) -> bool:
    return len(word) > 4 and word not in STOP and word.isalpha() and word.islower()


def strip_sources(sentence: str) -> str:
    """Without the place in the journal that a sentence of the starter documents ends with; nothing of a mere entry."""
    if _ASIDE.search(sentence):
        return ""
    return " ".join(_SOURCE.sub("", sentence).replace("|", " ").split())


def made_up_name(number: int) -> str:
    rng = random.Random(number)
    return ("".join(rng.choices(_SYLLABLES, k=rng.randint(1, 3))) + rng.choice(_ENDS)).capitalize()


@dataclass(slots=True)
class _Renamer:
    """The names, figures and dates of one document: a name is the same wherever it stands in it."""

    source: Source
    rng: random.Random
    known: dict[str, str] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)  # sentences that the document has

    @property
    def made(self) -> frozenset[str]:
        return frozenset(word for name in self.known.values() for word in name.split())

    def change(self, text: str) -> str:
        whole = self.source.phrases.sub(lambda match: self._name(match.group(), 2), text)
        return _TOKEN.sub(lambda match: self._token(match, whole), whole)

    def _token(self, match: re.Match[str], text: str) -> str:
        word = match.group()
        if word in self.known.values():
            return word
        if word[0].isdigit():
            return self._figure(word)
        if word.lower() in COUNTS:
            changed = self.rng.choice(COUNTS)
            return changed.capitalize() if word[0].isupper() else changed
        if word in MONTHS:
            return self.rng.choice(MONTHS)
        within = match.start() > 1 and text[match.start() - 2] in "abcdefghijklmnopqrstuvwxyz,;:"
        if word[0].isupper() and len(word) > 1 and (within or word in self.source.names or word.isupper()):
            return self._name(word, 1)
        if is_telling(word) and self.rng.random() < OTHER_WORD:
            return self.rng.choice(self.source.words.get(word[-2:], (word,)))
        return word

    def _name(self, name: str, words: int) -> str:
        if name not in self.known:
            if name.isupper() and len(name) < 6:
                made = "".join(self.rng.choices("ABCDEFGHILMNOPRSTUVW", k=len(name)))
            else:
                made = " ".join(self._made_up() for _ in range(words))
            self.known[name] = made
        return self.known[name]

    def _made_up(self) -> str:
        return made_up_name(int(INVENTED ** self.rng.random()))  # the lower, the more often: as words are in text

    def _figure(self, figure: str) -> str:
        if re.fullmatch(r"(?:19|20)\d\d", figure):
            return str(self.rng.randint(1998, 2026))
        drawn = [self.rng.choice("0123456789") if c.isdigit() else c for c in figure]
        return self.rng.choice("123456789") + "".join(drawn[1:])


def make_document(number: int, source: Source, paragraphs: int) -> Made:
    """The same number makes the same document."""
    rng = random.Random(number)
    renamer = _Renamer(source, rng)
    rows: dict[str, int] = {}
    title = f"{rng.choice(source.sections).heading}: {made_up_name(number * 7 + 1)} {made_up_name(number * 11 + 3)}"
    title = renamer.change(title).replace('"', "”")
    year = rng.randint(2000, 2025)
    lines = ["---", f'title: "{title}"', f"date: {year}-{rng.randint(1, 12):02}", "---", "", f"# {title}", ""]
    left = paragraphs
    while left > 0:
        section = rng.choice(source.sections)
        lines += [f"## {_plain(renamer.change(section.heading))}", ""]
        for _ in range(min(left, rng.choice(PARAGRAPHS_A_SECTION))):
            lines += [_plain(" ".join(_paragraph(section, source, renamer, rows))), ""]  # may be empty
            left -= 1
    return Made(f"report {number:06}, {year}.md", "\n".join(lines), rows, renamer.made)


def _paragraph(section: Section, source: Source, renamer: _Renamer, rows: dict[str, int]) -> Iterator[str]:
    rng = renamer.rng
    for _ in range(rng.choice(SENTENCES_A_PARAGRAPH)):
        drawn = (rng.choice(section.sentences if rng.random() < HOME else source.everywhere) for _ in range(TRIES))
        sentence = next((one for one in drawn if one.row not in renamer.taken), None)
        if sentence is not None:
            renamer.taken.add(sentence.row)
            yield _kept(renamer.change(sentence.text), sentence, rows)
    if rng.random() < IN_PASSING:
        said = rng.choice(source.passing)
        named = dict(zip("abc", rng.sample(source.councils, 3), strict=True))
        yield _kept(said.text.format(**named, model=rng.choice(source.models)), said, rows)


def _kept(text: str, sentence: Sentence, rows: dict[str, int]) -> str:
    rows[key_of(text)] = sentence.row
    return text


def key_of(text: str) -> str:
    """How a sentence is found again in what was read of its file."""
    return re.sub(r"\W+", " ", text).strip()


def _plain(text: str) -> str:
    """Nothing in it may be read as Markdown."""
    return re.sub(r"[*_`<>\[\]#\\~]", "", text)

"""What is no secret: names of the programme, and words that stand in a document of the library."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance.OSA import distance
from rapidfuzz.process import extractOne

from ingest.names import pattern_of
from ingest.programme import Programme
from ingest.store.words import quote_term
from ingest.view import LibraryView

_SHORT = 4  # letters: what has no more is near to something always
_MOST = 400  # words: what holds more of them is no question


@dataclass(frozen=True, slots=True)
class Published:
    """`in_library` tells whether words stand in a document, one after the other."""

    names: tuple[str, ...]
    people: tuple[str, ...]
    in_library: Callable[[str], bool]

    def remembering(self) -> "Published":
        """For one text: asks the library once for each word, and for no more than `_MOST`."""
        asked: dict[str, bool] = {}

        def in_library(words: str) -> bool:
            if words not in asked:
                asked[words] = len(asked) < _MOST and self.in_library(words)
            return asked[words]

        return replace(self, in_library=in_library)

    def has(self, words: str) -> bool:
        return pattern_of(self.names + self.people).search(words) is not None or self.in_library(words)

    def is_nearly(self, words: str) -> bool:
        """Whether the words are a name of the programme with a letter or two wrong: «Soilhull», «Sal Triq».

        One word of a person's name only where it is written small: Tully is many a family's name too.
        """
        low = words.lower().replace("’", "").replace("'", "")
        names = _whole(self.people) if " " in low else _words_of(self.names + (self.people if low == words else ()))
        return (
            len(low) > _SHORT
            and extractOne(low, names, scorer=distance, score_cutoff=max(1, len(low) // 4)) is not None
        )

    def is_name(self, words: str) -> bool:
        """Whether the words are, or are part of, a name of the programme: «Leeds», «Wrekin», «Our Place»."""
        return words.lower() in _words_of(self.names) or pattern_of(self.names).search(words) is not None


@lru_cache(maxsize=4)
def _words_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.lower() for name in names for word in name.replace("&", " ").split() if len(word) > 2)


@lru_cache(maxsize=4)
def _whole(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name.lower() for name in names)


def published(programme: Programme, library: LibraryView | None = None) -> Published:
    """Without a library only what `programme.toml` names is known."""

    def in_library(words: str) -> bool:
        # Nothing but letters and digits are words to the index
        plain = "".join(c if c.isalnum() else " " for c in words).strip()
        return bool(plain) and library is not None and bool(library.find_words(quote_term(plain), 1))

    return Published(_names(programme), programme.people, in_library)


def _names(programme: Programme) -> tuple[str, ...]:
    entities = (*programme.models, *programme.councils, *programme.partners)
    names = [name for entity in entities for name in (*entity.names, *entity.local_names)]
    projects = [name for row in programme.raw.get("adopters", []) for name in row.get("projects", [])]
    return tuple(dict.fromkeys([*programme.names, *names, *projects]))

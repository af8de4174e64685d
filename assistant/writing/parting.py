"""A statement cut where it says more than one thing."""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.writing.figures import FIGURE
from assistant.writing.words import FUNCTION
from ingest.sentences import sentence_spans

FRONTED = 9  # words at most
LEAST = 3  # words with a meaning on each side
_CUT = re.compile(
    r";\s+|:\s+|\s[–—-]\s|,\s+(?:and|but|while|whilst|whereas|although|though|which|who|so)\s+|,\s+|"
    r"\s+(?:and|but|while|whilst|whereas|although)\s+",
    re.I,
)

_LEANS = re.compile(
    r"(?:before|after|because|since|until|so|as|due|when|while|if|unless|than|by|through|although|though|thanks|following)\b",
    re.I,
)


@lru_cache(maxsize=4096)
def sentences_of(text: str) -> tuple[str, ...]:
    return tuple(text[a:b] for a, b in sentence_spans(text)) or (text,)


def cut(text: str) -> Iterator[tuple[str, str]]:
    """Every place where it can be cut in two, the earliest last: a long first part says most by itself."""
    for match in reversed(list(_CUT.finditer(text))):
        first, rest = text[: match.start()], text[match.end() :]
        if _says(first) and _says(rest) and not _LEANS.match(rest) and not _is_fronted(first):
            yield first, rest


def _is_fronted(first: str) -> bool:
    """«With Family Valued, …»: where, when or with what, which belongs to what follows."""
    return bool(_LEANS.match(first)) and len(first.split()) <= FRONTED


def _says(text: str) -> bool:
    """Enough words with a meaning, one of them no name."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if word.lower() not in FUNCTION]
    enough = len(words) >= LEAST or (len(words) >= LEAST - 1 and bool(FIGURE.search(text)))
    return enough and any(word[0].islower() for word in words)

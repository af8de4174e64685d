"""The vectors of one question's texts, each made once."""

from collections.abc import Callable, Sequence

from ingest.embedding import Vectors


class EmbedOnce:
    """For one question: what its words mean is asked first for a concern, then for the search, mostly of one text."""

    def __init__(self, embed: Callable[[Sequence[str]], Vectors]) -> None:
        self._embed = embed
        self._known: dict[tuple[str, ...], Vectors] = {}

    def __call__(self, texts: Sequence[str]) -> Vectors:
        if (key := tuple(texts)) not in self._known:
            self._known[key] = self._embed(texts)
        return self._known[key]

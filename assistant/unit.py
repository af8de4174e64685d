"""What can be quoted: a sentence, a whole list, a table row with its heads, a quote with its speaker."""

from dataclasses import dataclass
from enum import StrEnum

from ingest.types import Span

WHOLE_QUOTE = 65  # words: a quote up to this length is shown whole, with its point wherever it stands


class UnitKind(StrEnum):
    SENTENCE = "sentence"
    LIST = "list"
    ROW = "row"
    QUOTE = "quote"
    BYLINE = "byline"


@dataclass(frozen=True, slots=True)
class Unit:
    """`text` is what a person reads, `spans` where it stands, in order, `block` its block on its first page.

    `lead` is the sentence or heading that a list or quote hangs on, `speaker` where a quote's speaker stands,
    `before` and `after` are the neighbouring sentences of the same paragraph. `councils` are named in the unit itself,
    `near_councils` in what it hangs on.
    """

    kind: UnitKind
    text: str
    spans: tuple[Span, ...]
    block: int
    heading: str = ""
    before: str = ""
    after: str = ""
    speaker: Span | None = None
    speaker_text: str = ""
    items: tuple[str, ...] = ()
    councils: tuple[str, ...] = ()
    near_councils: tuple[str, ...] = ()

    @property
    def page(self) -> int:
        return self.spans[0].page

    @property
    def own(self) -> str:
        """What it says, with who says it."""
        return f"{self.text} {self.speaker_text}"

    @property
    def own_spans(self) -> tuple[Span, ...]:
        """Where it stands, with who says it."""
        return self.spans if self.speaker is None else (*self.spans, self.speaker)

    @property
    def beside(self) -> str:
        return f"{self.heading} {self.before} {self.after}"

    @property
    def words(self) -> int:
        return len(self.text.split())


def join_parts(first: str, second: str) -> str:
    """Two parts of one sentence; a word that was broken between them is whole again."""
    if first.endswith(("‐", "\u00ad")):
        return first[:-1] + second
    return first + second if first.endswith("-") else f"{first} {second}"

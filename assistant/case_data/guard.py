"""What stands between a person's words and the library: case data is pointed out before anything is kept or sent."""

from copy import copy
from dataclasses import replace

from assistant.case_data.examine import Examined, examine
from assistant.case_data.published import published
from assistant.case_data.types import WORDS, Kind
from assistant.concern import Concerns
from assistant.errors import CaseDataError
from assistant.types import Question, Sight, Turn
from ingest.programme import Programme
from ingest.view import LibraryView

LONGEST = 2000  # characters of an earlier question: what is longer was none
MAY = "If it names nobody, you can send it as it is."
MAY_NOT = "Whoever runs this assistant does not allow it to be sent as it is."


class CaseDataGuard:
    """`allow`: whether the office lets a person insist. Nothing that is examined is kept or logged."""

    def __init__(self, programme: Programme, library: LibraryView, allow: bool = False) -> None:
        self._programme, self._library, self._allow = programme, library, allow
        self._concerns = Concerns(programme, library)
        self._known = published(programme, library)
        self.examine("Anna")  # the lists of names are read now (0.3 s), and not while somebody waits

    def seen_by(self, sight: Sight) -> "CaseDataGuard":
        """The guard of somebody to whom only what they see of the library is no secret."""
        if sight is None:
            return self
        theirs = copy(self)  # with what takes time to make
        theirs._known = published(self._programme, self._library.seen_by(sight))
        return theirs

    def examine(self, text: str) -> Examined:
        return examine(text, self._known)

    def check(self, text: str, insist: bool = False) -> None:
        """Raises CaseDataError where the text may identify somebody, unless that is insisted on and allowed."""
        if insist and self._allow:
            return
        seen = self.examine(text)
        if not seen.found:
            return
        kinds: dict[Kind, None] = dict.fromkeys(one.kind for one in seen.found)
        said = (
            f"It seems to hold {_listed([WORDS[kind] for kind in kinds])}. Leave that out: the answer does not need it."
        )
        raise CaseDataError(
            f"{said} {MAY if self._allow else MAY_NOT}" if insist or self._allow else said,
            found=tuple((one.kind, one.start, one.end) for one in seen.found),
            edited=seen.edited,
            may_insist=self._allow,
            safety=self._concerns.line(seen.edited or ""),  # the text itself goes nowhere
        )

    def discreet(self, question: Question) -> Question:
        """The question with its history edited: what was said before goes no further than it has to."""
        history = tuple(turn for given in question.history if (turn := self._edited(given)) is not None)
        return replace(question, history=history)

    def _edited(self, turn: Turn) -> Turn | None:
        """Answers are made of documents; of a person's words that are nothing else, nothing is left."""
        if turn.role != "user":
            return turn
        edited = self.examine(turn.content[:LONGEST]).edited
        return None if edited is None else replace(turn, content=edited)


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"

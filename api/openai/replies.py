"""An answer as the text of one message: the safety line, statements with markers, references, and where each stands."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from api.openai.schemas import AnnotationOut, UrlCitationOut
from api.schemas import AnswerOut, CitationOut, StatementOut
from assistant.conversation import SILENCE
from assistant.present import as_paragraph, markers
from assistant.types import Statement

SOURCES = "Sources:"
_REFERENCES = re.compile(rf"\n*^{SOURCES}\s*\n(?:\s*- \[\d+\] .*(?:\n|\Z))+\s*\Z", re.M)
_MARKER = re.compile(r"\[(\d+)\]")
_SPECIAL = re.compile(r"([\\\[\]<>*_`])")
OWN_WORDS = "These are the documents’ own words."


def without_references(text: str) -> str:
    """An earlier answer without the list that we put under it: titles there are nobody's subject."""
    return _REFERENCES.sub("", text)


@dataclass(slots=True)
class Reply:
    """Grows piece by piece; each method returns what it added. `host` is the address that links begin with."""

    host: str
    text: str = ""
    cited: list[CitationOut] = field(default_factory=list)
    told: str | None = None  # why a language model was given up, once that was said
    _marks: list[tuple[int, int, int]] = field(default_factory=list)  # start and end in the text, number
    _before: int = 0  # citations of statements that a language model wrote before it was given up

    def say(self, words: str) -> str:
        added = f"\n\n{words}" if self.text else words
        self.text += added
        return added

    def state(self, row: StatementOut) -> str:
        """One statement; its markers are the last thing in its paragraph."""
        statement = Statement(
            text=row.text,
            citations=self._numbers(row.citations),
            support=row.support,
            heading=row.heading,
            as_of=row.as_of,
            agreeing=self._numbers(row.agreeing),
            working=row.working,
        )
        added = self.say(as_paragraph(statement))
        start = len(self.text) - len(markers(statement))
        self._marks += [(found.start(), found.end(), int(found[1])) for found in _MARKER.finditer(self.text, start)]
        return added

    def begin_anew(self, reason: str, cited: Sequence[CitationOut]) -> str:
        """The language model was given up half way: what it said stays, with its citations; the quotes follow."""
        self.cited += cited
        self._before, self.told = len(self.cited), reason
        return self.say(f"({reason} {OWN_WORDS})")

    def end(self, answer: AnswerOut) -> str:
        """What was not said yet, and the references."""
        size = len(self.text)
        if not self._marks:
            self.say(_silence(self.host) if answer.status == "no_evidence" and answer.passages else answer.answer)
        self.cited += [one.model_copy(update={"number": one.number + self._before}) for one in answer.citations]
        if answer.fallback and answer.fallback != self.told:
            self.say(f"({answer.fallback} {OWN_WORDS})")
        if self.cited:
            self.say("\n".join([SOURCES, "", *(reference(one, self.host) for one in self.cited)]))
        return self.text[size:]

    def annotations(self) -> list[AnnotationOut]:
        """One for each marker, in the order of the text."""
        by_number = {one.number: one for one in self.cited}
        return [
            AnnotationOut(url_citation=_url_citation(by_number[number], start, end, self.host))
            for start, end, number in self._marks
        ]

    def _numbers(self, numbers: Sequence[int]) -> tuple[int, ...]:
        return tuple(number + self._before for number in numbers)


def whole(answer: AnswerOut, host: str) -> Reply:
    """The reply of an answer that is there already."""
    reply = Reply(host)
    if answer.safety:
        reply.say(answer.safety)
    for row in answer.statements:
        reply.state(row)
    for note in answer.notes:
        reply.say(note)
    reply.end(answer)
    return reply


def _silence(host: str) -> str:
    """Passages that only come near are not shown here: a list under a chat's answer would read as its sources."""
    return f"{SILENCE}. Try other words, or ask on the assistant’s own page, which shows what comes near: {host}/"


def reference(citation: CitationOut, host: str) -> str:
    """“- [1] [Title, “Article”, page 50 (printed 48)](link)”."""
    article = f", “{citation.article}”" if citation.article else ""
    words = _SPECIAL.sub(r"\\\1", f"{citation.document_title}{article}, {citation.place}")
    caution = f" ({citation.caution})" if citation.caution else ""
    return f"- [{citation.number}] [{words}]({link(citation, host)}){caution}"


def link(citation: CitationOut, host: str) -> str:
    """The page in our reader, with the quote marked."""
    edges = ((math.floor(x0), math.floor(y0), math.ceil(x1), math.ceil(y1)) for x0, y0, x1, y1 in citation.boxes)
    boxes = ";".join(",".join(map(str, box)) for box in edges)
    return f"{host}/documents/{citation.document_id}?page={citation.page}" + (f"&boxes={boxes}" if boxes else "")


def _url_citation(citation: CitationOut, start: int, end: int, host: str) -> UrlCitationOut:
    return UrlCitationOut(
        start_index=start,
        end_index=end,
        url=link(citation, host),
        title=f"{citation.document_title}, {citation.place}",
        number=citation.number,
        document_id=citation.document_id,
        page=citation.page,
        page_label=citation.page_label,
        quote=citation.quote,
        start=citation.start,
        end=citation.end,
    )

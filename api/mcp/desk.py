"""What the tools do: each asks the assistant for one person, on whatever holds its parts."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from api.access.person import Person
from api.coach_schemas import ExampleOut
from api.mcp.schemas import AskResult, CitedOut, ExampleFound, ExamplesResult, FoundOut, PageResult, SearchResult
from api.openai.replies import whole
from api.programs import Parts, organisations, replied
from api.schemas import AskIn, PassageOut
from api.wording import page_note
from assistant.examples import Wanted
from assistant.types import Filters
from ingest.view import LibraryView

Kind = Literal["quote", "figure", "story", "practice"]


@dataclass(frozen=True, slots=True)
class Desk:
    """`host` is the address that links begin with; `count` is told of each question, and may refuse it."""

    parts: Parts
    person: Person
    host: str
    count: Callable[[], None] | None = None

    def ask(self, asked: AskIn, leaving: threading.Event) -> tuple[str, AskResult]:
        """The answer as a person reads it, with its references, and as a program does."""
        if self.count is not None:
            self.count()
        answer = replied(self.parts, asked, self.person, None, leaving)
        return whole(answer, self.host).text, AskResult.of(answer, self.host)

    def search(self, query: str, filters: Filters, limit: int) -> SearchResult:
        sight = self.person.collections
        self.parts.guard.seen_by(sight).check(query)
        found = [PassageOut.of_passage(one) for one in self.parts.assistant.search(query, filters, limit, sight)]
        cited = [(one, CitedOut.of(one, self.host)) for one in found]
        return SearchResult(
            passages=[FoundOut(**lean.model_dump(), text=one.text, score=one.score) for one, lean in cited]
        )

    def open_page(self, document_id: str, number: int) -> PageResult:
        library = self._library()
        record, page = library.document(document_id), library.page(document_id, number)
        return PageResult(
            document_id=record.id,
            document_title=record.title,
            file_name=record.file_name,
            page=page.number,
            pages=record.pages,
            page_label=page.label,
            text=page.text,
            note=page_note(page.health, page.detail),
            url=f"{self.host}/documents/{record.id}?page={page.number}",
        )

    def examples(self, wanted: Wanted, limit: int, cursor: str | None) -> ExamplesResult:
        found = self.parts.gallery.find(wanted, limit, cursor, sight=self.person.collections)
        known = organisations(self.parts.programme)
        rows = [ExampleOut.of_shown(one, known) for one in found.items]
        return ExamplesResult(
            examples=[self._example(row) for row in rows], total=found.total, cursor=found.cursor, whole=found.whole
        )

    def documents(self, title: str) -> list[dict[str, str | int | None]]:
        """Those whose title holds these words."""
        words = title.casefold().split()
        records = [one for one in self._library().documents() if all(w in one.title.casefold() for w in words)]
        return [
            {
                "id": one.id,
                "title": one.title,
                "file_name": one.file_name,
                "published": one.published,
                "pages": one.pages,
            }
            for one in records
        ]

    def _library(self) -> LibraryView:
        return self.parts.library.seen_by(self.person.collections)

    def _example(self, row: ExampleOut) -> ExampleFound:
        return ExampleFound(
            **CitedOut.of(row, self.host).model_dump(),
            kind=row.kind.value,
            speaker=row.speaker.text if row.speaker else None,
            heading=row.heading,
            reference=row.reference,
        )

"""The heavy parts, built once, and the one way from a request to a kept answer."""

import logging
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from api.access.access import Access
from api.access.person import LOCAL, Person
from api.errors import NotReadyError
from api.health import HealthBook
from api.jobs import Jobs
from api.schemas import AnswerOut, AskIn
from api.settings import Settings
from api.telemetry.questions import Asking
from api.telemetry.tools import Telemetry
from api.watching import Watching
from assistant.assistant import Assistant
from assistant.boards import Boards
from assistant.browse import Background
from assistant.case_data import CaseDataGuard
from assistant.cited import CitedBook
from assistant.conversation_list import ConversationList
from assistant.conversations import Conversations
from assistant.examples import Gallery
from assistant.feedback import FeedbackBook
from assistant.shelf import Shelf
from assistant.start.keeper import GuideKeeper
from assistant.suggestions import Suggestions
from assistant.writing.write import Writer
from ingest.errors import LibraryAwayError
from ingest.library import Library
from ingest.outdated import outdated, read_in_background
from ingest.programme import Programme

logger = logging.getLogger(__name__)

OnEvent = Callable[[str, object], None]
AGAIN = 2.0  # seconds between two tries while the database is away
HISTORY = 40  # messages: a limit that was said twenty turns ago still holds


class Readiness:
    """Loads the embedding model in the background; until then, and if it fails, `check` says why.

    `then` is done once questions can be answered.
    """

    def __init__(self, warm: Callable[[], object], then: Callable[[], object]) -> None:
        self._error: Exception = NotReadyError("The embedding model is being loaded.")
        self._ready = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(warm, then), name="warm-up", daemon=True)
        self._thread.start()

    def check(self) -> None:
        if not self._ready.is_set():
            raise self._error

    def wait(self, timeout: float) -> None:
        self._closing.set()
        self._thread.join(timeout)

    def ready_or_raise(self) -> None:
        """For work in the background, which waits for the model as long as it takes."""
        self._thread.join()
        self.check()

    def _run(self, warm: Callable[[], object], then: Callable[[], object]) -> None:
        started = time.perf_counter()
        try:
            self._warm(warm)
        except Exception as error:
            logger.exception("The embedding model could not be loaded")
            self._error = error
        else:
            logger.info("Ready after %.1f s", time.perf_counter() - started)
            self._ready.set()
            then()

    def _warm(self, warm: Callable[[], object]) -> None:
        """Again and again while the database is away: it comes back without anybody's help here."""
        while True:
            try:
                warm()
            except LibraryAwayError as error:
                self._error = error
                if self._closing.wait(AGAIN):
                    raise
            else:
                return


def _guarded(settings: Settings, library: Library) -> Access:
    """Raises OpenDoorError."""
    access = Access.of(settings, library.engine)
    access.refuse_open_door(settings.host)
    access.housekeeping.start()
    return access


@dataclass(frozen=True, slots=True)
class Service:
    settings: Settings
    access: Access
    programme: Programme
    library: Library
    assistant: Assistant
    conversations: Conversations
    conversation_list: ConversationList
    feedback: FeedbackBook
    suggestions: Suggestions
    jobs: Jobs
    watching: Watching
    ahead: Background
    again: Background
    readiness: Readiness
    guide: GuideKeeper
    gallery: Gallery
    boards: Boards
    cited: CitedBook
    guard: CaseDataGuard
    health: HealthBook
    telemetry: Telemetry

    @classmethod
    def build(cls, settings: Settings, programme: Programme, library: Library, telemetry: Telemetry) -> "Service":
        access, writer = _guarded(settings, library), Writer.of(settings)
        jobs = Jobs(library, working=settings.ingest == "here")
        assistant = Assistant(library, programme, writer)
        ahead, again = _backgrounds(library, assistant)
        gallery, cited = Gallery(library, programme, assistant), CitedBook(library.engine)

        suggestions = Suggestions(assistant, library, programme)
        behind = (ahead, again, gallery.background) if settings.ingest == "here" else (ahead, gallery.background)
        warm = _warming(assistant, cited, behind)
        readiness = Readiness(warm, suggestions.prepare)
        guide = GuideKeeper(library, assistant, programme, readiness.ready_or_raise)
        guide.start()
        return cls(
            settings=settings,
            access=access,
            programme=programme,
            library=library,
            assistant=assistant,
            conversations=Conversations(library.engine),
            conversation_list=ConversationList(library.engine),
            feedback=FeedbackBook(library.engine),
            suggestions=suggestions,
            jobs=jobs,
            watching=Watching(settings.watch_dir, library, jobs),
            ahead=ahead,
            again=again,
            readiness=readiness,
            guide=guide,
            gallery=gallery,
            boards=Boards(library),
            cited=cited,
            guard=CaseDataGuard(programme, library, settings.case_data == "allow"),
            health=HealthBook(_probes(library, readiness, jobs)),
            telemetry=telemetry,
        )

    def close(self) -> None:
        self.health.close()
        self.guide.stop()
        self.watching.stop()
        self.jobs.stop()
        self.suggestions.stop()
        self.readiness.wait(60)
        self.again.stop()
        self.ahead.stop()
        self.gallery.background.stop()
        if self.assistant.writer is not None:
            self.assistant.writer.endpoint.close()
        self.access.housekeeping.stop()

    def answer(
        self,
        asked: AskIn,
        person: Person = LOCAL,
        on_event: OnEvent | None = None,
        leaving: threading.Event | None = None,
    ) -> AnswerOut:
        """Answers from what this person sees, and keeps both for them, so that they outlive a lost connection.

        `leaving` is set when nobody waits any longer: a language model is then not waited for either.
        """
        with self.telemetry.asking(on_event) as hearing:
            out = self._answer(asked, person, hearing, leaving)
            hearing.done(out)
            return out

    def _answer(self, asked: AskIn, person: Person, hearing: Asking, leaving: threading.Event | None) -> AnswerOut:
        seen, guard = self.library.seen_by(person.collections), self.guard.seen_by(person.collections)
        guard.check(asked.question, asked.insist)
        kept = self.conversations.owned_by(person.id)
        conversation = kept.open(asked.conversation_id)
        goes_on = asked.conversation_id is not None and not asked.history
        stored = kept.turns(conversation, HISTORY, seen) if goes_on else ()
        question = guard.discreet(asked.value(stored))
        chosen = asked.filters.model_dump()
        kept.add(conversation, "user", question.text, filters=chosen if any(chosen.values()) else None)
        hearing.hear("conversation", conversation)
        if self.settings.audit_questions:
            self.access.audit.write(person, "ask", conversation, detail={"question": question.text})
        answer = self.assistant.ask(question, hearing.hear, leaving, person.collections)
        out = AnswerOut.of(answer, conversation, uuid.uuid4().hex)
        kept.add(conversation, "assistant", out.answer, out.model_dump(mode="json"), out.message_id)
        # A document that was removed while it was being quoted must not live on in the answer
        self.library.hide_removed({cited.document_id for cited in (*out.citations, *out.passages)})
        return out


def _backgrounds(library: Library, assistant: Assistant) -> tuple[Background, Background]:
    """What reads ahead of the first question, and what reads again what an earlier version read."""
    again = Background(
        library,
        assistant.whole_shelf,
        lambda _: [record.id for record in outdated(library)],
        lambda _, document, stopped: read_in_background(library, document, stopped),
    )
    return Background(library, assistant.shelf, Shelf.unread, Shelf.read_ahead), again


def _warming(assistant: Assistant, cited: CitedBook, behind: Sequence[Background]) -> Callable[[], None]:
    def warm() -> None:
        assistant.warm()
        if assistant.writer is not None:
            assistant.writer.endpoint.warm()
        for background in behind:
            background.start()
        cited.counts(assistant.shelf().library.all_versions())  # the first time, it reads every answer there is

    return warm


def _probes(library: Library, readiness: Readiness, jobs: Jobs) -> dict[str, Callable[[], str | None]]:
    def database() -> None:
        library.counts()

    def worker() -> str | None:
        return None if jobs.is_working else "The worker that adds documents has stopped: restart the service."

    return {"model": readiness.check, "database": database, "vectors": library.vectors_trouble, "worker": worker}

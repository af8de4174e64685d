"""`assistant serve`, `assistant ask` and `assistant search`."""

import signal
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Annotated

import typer
import uvicorn
from fastapi import FastAPI
from rich.console import Console
from rich.markdown import Markdown
from rich.markup import escape

from api.access.access import Access, refuse_open_door
from api.access.door import asks_by_settings
from api.app import create_app
from api.commands.adding import add_with_bar
from api.schemas import AnswerOut, PassageOut, SearchOut
from api.settings import Settings
from api.stopping import STOPPING
from api.telemetry.logs import Say, configure
from assistant.assistant import Assistant
from assistant.case_data import CaseDataGuard
from assistant.errors import CaseDataError, EndpointError
from assistant.types import Answer, Citation, Filters, Question
from assistant.writing.write import Writer
from ingest.library import Library
from ingest.programme import CORPUS, load_programme
from ingest.store.opening import FILE_NAME

HostOption = Annotated[str | None, typer.Option(help="The address to serve on; ASSISTANT_HOST, else 127.0.0.1.")]
PortOption = Annotated[int | None, typer.Option(min=1, max=65535, help="ASSISTANT_PORT, else 8000.")]
JsonOption = Annotated[bool, typer.Option("--json", help="The answer as a program reads it.")]
InsistOption = Annotated[
    bool,
    typer.Option("--insist", help="Go on although it may identify a child, where ASSISTANT_CASE_DATA allows that."),
]
SHELL = "Your shell may keep what you typed in its history."
KEEP_ALIVE = 75  # seconds: a line closed after five, while somebody reads, may be closed as the next question comes
LimitOption = Annotated[int, typer.Option(min=1, max=50, help="How many passages.")]


def serve(host: HostOption = None, port: PortOption = None) -> None:
    """Serve the chat page and the API; an empty library first takes in the starter documents."""
    settings = _settings(host, port)
    configure(settings)
    console = Say(settings)
    _refuse_before_anything_is_made(settings)
    with Library.open(settings, load_programme()) as library, _guarded(settings, library) as listening:
        if library.counts()[0] == 0:
            _add_starter_documents(library, console, settings)
        app = create_app(settings, library)
        url = f"http://{_in_url(settings.host)}:{listening.getsockname()[1]}"
        listening.listen()  # whoever reads the address may use it at once
        console.print(f"Serving on [bold]{url}[/bold]  (Ctrl+C stops it)", highlight=False)
        _tell_writer(settings, console)
        Server(_server_config(app, settings), settings.stop_seconds).run(sockets=[listening])


def _server_config(app: FastAPI, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,  # ours has the lines of everything, its own too
        log_level=settings.log_level,
        access_log=False,
        server_header=False,
        ws="none",
        timeout_keep_alive=KEEP_ALIVE,
        proxy_headers=False,  # believed only from ASSISTANT_TRUSTED_PROXIES, which the app sees to
        timeout_graceful_shutdown=int(settings.stop_seconds) + 5,  # for who neither ends nor listens, an upload say
    )


def _tell_writer(settings: Settings, console: "Say") -> None:
    """What the language model's service says of itself; nothing where none is set up."""
    writer = Writer.of(settings)
    if writer is None:
        return
    try:
        said = f"Language model: {writer.endpoint.look().said}. It phrases answers; the documents prove them."
    except EndpointError as error:
        said = f"{error} Until it can be, the quotes answer (ASSISTANT_LLM_BASE_URL is {settings.llm_base_url})."
    console.print(said, markup=False, highlight=False)


class Server(uvicorn.Server):
    """Stops on Ctrl+C and SIGTERM and returns, so that the library is closed; uvicorn's own dies by the signal.

    Answers under way have `grace` seconds; a second signal ends them at once, and still closes the library.
    """

    def __init__(self, config: uvicorn.Config, grace: float) -> None:
        super().__init__(config)
        self._grace = grace

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        STOPPING.begin(self._grace)
        self.should_exit = True

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        caught = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self.handle_exit) for number in caught}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def ask(question: str, as_json: JsonOption = False, insist: InsistOption = False) -> None:
    """Ask one question in the terminal."""
    with _assistant(question, insist) as assistant:
        answer = assistant.ask(Question(question))
    if as_json:
        typer.echo(AnswerOut.of(answer, None, None).model_dump_json(indent=2))
        return
    console = Console()
    if answer.safety:
        console.print(f"{answer.safety}\n", style="bold", markup=False, highlight=False)
    if answer.status == "no_evidence":
        console.print(f"{answer.answer}\n", markup=False, highlight=False)
        _print_passages([(passage.citation, passage.text) for passage in answer.passages], console)
        return
    console.print(Markdown(answer.answer))
    console.print()
    for line in _about(answer):
        console.print(line, markup=False, highlight=False)
    for citation in answer.citations:
        console.print(f"[bold]\\[{citation.number}][/bold] {escape(_place(citation))}", highlight=False)


def search(query: str, limit: LimitOption = 10, as_json: JsonOption = False, insist: InsistOption = False) -> None:
    """Find the passages nearest to some words."""
    with _assistant(query, insist) as assistant:
        passages = assistant.search(query, Filters(), limit)
    if as_json:
        out = SearchOut(passages=[PassageOut.of_passage(passage) for passage in passages])
        typer.echo(out.model_dump_json(indent=2))
        return
    _print_passages([(passage.citation, passage.text) for passage in passages], Console())


@contextmanager
def _assistant(asked: str, insist: bool) -> Iterator[Assistant]:
    """Read-only, so that a question can be asked beside a running service. Case data is told, and nothing is asked."""
    programme, settings = load_programme(), _settings(None, None)
    with Library.open(settings, programme, read_only=True) as library:
        try:
            CaseDataGuard(programme, library, settings.case_data == "allow").check(asked, insist)
        except CaseDataError as error:
            _tell_case_data(error)
            raise typer.Exit(1) from None
        yield Assistant(library, programme, Writer.of(settings))


def _tell_case_data(error: CaseDataError) -> None:
    """Without the words themselves, which scroll back and are copied on."""
    instead = f"Ask instead: {error.edited}" if error.edited else None
    for line in (error.safety, str(error), instead, SHELL):
        if line:
            typer.echo(line, err=True)


def _settings(host: str | None, port: int | None) -> Settings:
    given = {"host": host, "port": port}
    return Settings.model_validate({name: value for name, value in given.items() if value is not None})


def _refuse_before_anything_is_made(settings: Settings) -> None:
    """Where there is no library yet, no key can be in it: none is made only to be refused. Raises OpenDoorError."""
    if settings.database is not None or (settings.data_dir / FILE_NAME).exists():
        return
    refuse_open_door(settings, settings.host, asks=asks_by_settings(settings))


def _guarded(settings: Settings, library: Library) -> socket.socket:
    """Before the port is open to anybody it is known that they will be asked who they are. Raises OpenDoorError."""
    Access.of(settings, library.engine).refuse_open_door(settings.host)
    return _listen(settings)


def _listen(settings: Settings) -> socket.socket:
    """Taken before anything slow, so that a busy port is told at once."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host.strip("[]"), settings.port))
    except OSError as error:
        listening.close()
        typer.echo(
            f"Port {settings.port} on {settings.host} cannot be used ({error.strerror}): stop what uses it, "
            f"or choose another, for example `assistant serve --port {settings.port % 65535 + 1}`.",
            err=True,
        )
        raise typer.Exit(1) from error
    return listening


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _add_starter_documents(library: Library, console: "Say", settings: Settings) -> None:
    files = sorted(CORPUS.glob("*.pdf"))
    if settings.ingest == "workers":
        from api.hand_over import hand_over

        if hand_over(library, files):
            console.print("The library is empty: the starter documents wait for a worker (`assistant work`).")
        return
    console.print(f"The library is empty: adding the {len(files)} starter documents.")
    for report in add_with_bar(library, files):
        if report.status == "failed":
            console.print(f"{report.file} was not added: {report.reason}", style="red", markup=False)


def _about(answer: Answer) -> list[str]:
    """Who gave the answer, where that is not the documents alone."""
    if answer.fallback:
        return [f"{answer.fallback} These are the documents' own words.", ""]
    if answer.answerer == "llm":
        left = f" Left out, because the documents did not prove it: {answer.withdrawn}." if answer.withdrawn else ""
        return [f"Phrased by {answer.model}, every sentence checked against its page.{left}", ""]
    return []


def _print_passages(rows: Sequence[tuple[Citation, str]], console: Console) -> None:
    for citation, text in rows:
        console.print(_place(citation), style="bold", markup=False, highlight=False)
        console.print(" ".join(text.split()), markup=False, highlight=False)
        console.print()


def _place(citation: Citation) -> str:
    """“Article”, Title, page 50 (printed 48) [text from OCR]."""
    article = f"“{citation.article}”, " if citation.article else ""
    caution = f" [{citation.caution}]" if citation.caution else ""
    return f"{article}{citation.document_title}, {citation.place}{caution}"

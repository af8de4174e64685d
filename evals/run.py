"""Asks golden questions in process, as a person would: turn after turn, each answer given back as history."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from assistant.assistant import Assistant
from assistant.types import Answer, Citation, Question, Turn
from evals.metrics import Outcome, facts_held, gold_rank, holds_facts, overlaps, quote_stands
from evals.questions import GoldenQuestion, GoldPage
from evals.reader import page_letters
from ingest.library import Library
from ingest.programme import Programme, load_programme
from ingest.settings import IngestSettings

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Bench:
    """An assistant over exactly the documents of one question set."""

    library: Library
    assistant: Assistant


class DocumentsError(Exception):
    """The documents of a question set could not be read; the message says which and why."""


@contextmanager
def bench(documents: Sequence[Path], data_dir: Path | None = None) -> Iterator[Bench]:
    """A library of exactly these documents, in `data_dir` (kept) or in a folder that is removed afterwards."""
    programme = load_programme()
    if data_dir is None:
        with TemporaryDirectory(prefix="assistant-evals-", ignore_cleanup_errors=True) as folder:
            yield from _bench(documents, Path(folder), programme)
    else:
        yield from _bench(documents, data_dir, programme)


def _bench(documents: Sequence[Path], data_dir: Path, programme: Programme) -> Iterator[Bench]:
    with Library.open(IngestSettings(data_dir=data_dir, database_url=None, chroma_url=None), programme) as library:
        reports = library.add(list(documents))
        failed = [f"{report.file}: {report.reason}" for report in reports if report.status == "failed"]
        if failed or not reports:
            raise DocumentsError("; ".join(failed) or "There is no document to ask about.")
        yield Bench(library, Assistant(library, programme))


def run(questions: Sequence[GoldenQuestion], to: Bench, progress: Progress | None = None) -> tuple[Outcome, ...]:
    """One outcome a question, in their order."""
    outcomes = []
    for number, question in enumerate(questions, 1):
        answer, milliseconds = ask(question, to.assistant)
        outcomes.append(judge(question, answer, milliseconds, to.library))
        if progress:
            progress(number, len(questions))
    return tuple(outcomes)


def ask(
    question: GoldenQuestion, assistant: Assistant, answerer: Literal["quotes", "auto"] = "quotes"
) -> tuple[Answer, float]:
    """The answer to the last turn, by `answerer`, and the milliseconds it took; quotes answer the turns before."""
    history: tuple[Turn, ...] = ()
    *earlier, last = question.turns
    for turn in earlier:
        answer = assistant.ask(Question(text=turn, history=history, answerer="quotes"))
        history += (Turn("user", turn), Turn("assistant", answer.answer))
    started = time.perf_counter()
    answer = assistant.ask(Question(text=last, history=history, answerer=answerer))
    return answer, 1000 * (time.perf_counter() - started)


def judge(question: GoldenQuestion, answer: Answer, milliseconds: float, library: Library) -> Outcome:
    """Compares an answer with what its question expects, and its quotes with the documents' pages."""
    retrieved = [_page(passage.citation) for passage in answer.passages]
    from_gold = [citation for citation in answer.citations if _page(citation) in question.gold]
    supporting = {citation.number for citation in from_gold if _supports(citation, question)}
    return Outcome(
        question=question,
        answer=answer.answer,
        refused=answer.status == "no_evidence",
        holds_facts=holds_facts(question.facts, answer.answer),
        cited_gold=bool(from_gold),
        rank=gold_rank(retrieved, question.gold),
        quotes=len(answer.citations),
        quotes_standing=sum(_stands(citation, library) for citation in answer.citations),
        offsets_right=sum(_offsets_right(citation, library) for citation in answer.citations),
        statements=len(answer.statements),
        marked=sum(bool(statement.citations) for statement in answer.statements),
        milliseconds=milliseconds,
        statements_supported=sum(bool(supporting & set(statement.citations)) for statement in answer.statements),
        facts_cited=facts_held(question.facts, " ".join(citation.quote for citation in from_gold)),
        confidence=answer.confidence,
        stages=asdict(answer.timings),
    )


def _supports(citation: Citation, question: GoldenQuestion) -> bool:
    """Whether a quote from a gold page holds a fact, or overlaps what the question's writer quoted there."""
    quoted = [quote.text for quote in question.quotes if quote.page == _page(citation)]
    return facts_held(question.facts, citation.quote) > 0 or any(overlaps(citation.quote, text) for text in quoted)


def _page(citation: Citation) -> GoldPage:
    return GoldPage(citation.file_name, citation.page)


def _stands(citation: Citation, library: Library) -> bool:
    pages = page_letters(library.file_path(citation.document_id))
    return 0 < citation.page <= len(pages) and quote_stands(citation.quote, pages[citation.page - 1])


def _offsets_right(citation: Citation, library: Library) -> bool:
    text = library.page(citation.document_id, citation.page).text
    return text[citation.start : citation.end] == citation.quote

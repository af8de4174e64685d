"""Whole answers to long questions: is the evidence in them, is the right passage cited, is silence kept."""

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from assistant.assistant import Assistant
from assistant.types import Question
from evals.field.baselines import Pieces, cache_beside, embedded
from evals.field.files import FieldQuestion, Text, read_field_questions, read_rows, read_texts
from evals.field.overlap import covers, rouge_l, token_f1
from evals.field.shelf import Places, library_of, text_places, write_texts
from evals.results import Row
from evals.statistics import Part
from ingest.library import Library
from ingest.programme import load_programme

SENTENCES = 3  # of the baseline's answers: about as long as ours
_MARK = re.compile(r"\[\d+\]")

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as far as the set can judge it; `cited` holds a passage id for each citation."""

    text: str
    quotes: str
    cited: tuple[str, ...]
    refused: bool
    confidence: float | None


def clapnq(folder: Path, keep: Path | None, tell: Tell) -> dict[str, tuple[Row, ...]]:
    """All questions over all passages in one library; an unanswerable one's passage comes close and does not say."""
    texts = read_texts(folder / "corpus.jsonl")
    questions = read_field_questions(folder / "queries.jsonl")
    tell(f"clapnq: reading {len(texts)} passages")
    with _library(texts, keep) as (library, places):
        sentences = _sentences(folder / "corpus.jsonl")
        tell("clapnq: embedding the baseline's sentences")
        arms = {
            "ours": our_answers(library, places),
            "MiniLM, 3 sentences": nearest_sentences(sentences, library, cache_beside(keep)),
        }
        found = {}
        for name, ask in arms.items():
            tell(f"asking {name}")
            found[name] = tuple(_row(question, ask) for question in questions)
        return found


@contextmanager
def _library(texts: Sequence[Text], keep: Path | None) -> Iterator[tuple[Library, Places]]:
    with TemporaryDirectory() as written, library_of(write_texts(texts, Path(written)), keep) as library:
        yield library, text_places(texts, library)


def _sentences(path: Path) -> Pieces:
    pairs = [(str(sentence), str(row["id"])) for row in read_rows(path) for sentence in row["sentences"]]
    return Pieces(tuple(text for text, _ in pairs), tuple(key for _, key in pairs))


def our_answers(library: Library, places: Places) -> Callable[[str], Given]:
    assistant = Assistant(library, load_programme())
    assistant.warm()

    def ask(question: str) -> Given:
        answer = assistant.ask(Question(text=question, answerer="quotes"))
        return Given(
            text=" ".join(_MARK.sub("", answer.answer).split()),
            quotes=" ".join(citation.quote for citation in answer.citations),
            cited=tuple(places[citation.document_id, citation.page] for citation in answer.citations),
            refused=answer.status == "no_evidence",
            confidence=answer.confidence,
        )

    return ask


def nearest_sentences(sentences: Pieces, library: Library, cache: Path | None) -> Callable[[str], Given]:
    """The three sentences nearest to the question; it never refuses, and is as sure as the nearest is near."""
    matrix = embedded(sentences.texts, library, cache)

    def ask(question: str) -> Given:
        scores = matrix @ library.embed([question])[0]
        best = np.argsort(-scores, kind="stable")[:SENTENCES]
        text = " ".join(sentences.texts[row] for row in best)
        sure = float(min(1.0, max(0.0, scores[best[0]])))
        return Given(text, text, tuple(sentences.keys[row] for row in best), False, sure)

    return ask


def _row(question: FieldQuestion, ask: Callable[[str], Given]) -> Row:
    began = time.perf_counter()
    given = ask(question.text)
    passed = 1000 * (time.perf_counter() - began)
    answerable = bool(question.row["answerable"])
    return Row(
        id=question.id,
        measures=judge(question.row, given),
        milliseconds=round(passed, 2),
        answerable=answerable,
        refused=given.refused,
        confidence=given.confidence,
    )


def judge(row: Mapping[str, object], given: Given) -> dict[str, Part]:
    """A refused question has an empty answer: it covers nothing. Of several references the best counts."""
    answerable = bool(row["answerable"])
    refusal = {
        "refusal P": (float(given.refused and not answerable), float(given.refused)),
        "refusal R": (float(given.refused and not answerable), float(not answerable)),
    }
    if not answerable:
        return refusal
    text, quotes = ("", "") if given.refused else (given.text, given.quotes)
    answers, evidence, passages = _texts(row["answers"]), _lists(row["evidence_sentences"]), _texts(row["passages"])
    found = [(sum(covers(quotes, s) for s in one), len(one)) for one in evidence]
    cited = () if given.refused else given.cited
    return {
        "evidence": max(found, key=_share, default=(0, 0)),  # a few questions come without
        "token F1": (max(token_f1(text, answer) for answer in answers), 1),
        "ROUGE-L": (max(rouge_l(text, answer) for answer in answers), 1),
        "cited": (float(any(one in passages for one in cited)), 1),
        "citation P": (sum(one in passages for one in cited), len(cited)),
        "answered": (float(not given.refused), 1),
        "words": (len(text.split()), float(not given.refused)),
        **refusal,
    }


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _lists(value: object) -> list[list[str]]:
    return [_texts(one) for one in value] if isinstance(value, list) else []


def _share(part: Part) -> float:
    return part[0] / part[1] if part[1] else 0.0

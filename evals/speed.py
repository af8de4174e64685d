"""Pages a second of a whole ingest against the floor, measured in turns in one run: `python -m evals.speed PDF…`.

The floor is what nobody can leave out: the same pages through bare pypdf extraction, and the same model's `encode` on
the same chunks. Ours adds reading order, limits, the word index, Chroma and a durable store. Exit code 1 below 0.7.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from pypdf import PdfReader

from ingest.embedding import Embedder, embedded_text
from ingest.library import Library
from ingest.programme import CORPUS, load_programme
from ingest.settings import IngestSettings

TARGET = 0.7


@dataclass(frozen=True, slots=True)
class Turn:
    """Seconds of one turn; `extract` and `encode` are the floor's two parts."""

    extract: float
    encode: float
    ours: float

    @property
    def ratio(self) -> float:
        return (self.extract + self.encode) / self.ours


def measure(files: Sequence[Path], turns: int) -> tuple[int, int, list[Turn]]:
    """(pages, chunks, one entry a turn). Raises RuntimeError when a file cannot be added."""
    embedder = Embedder()
    embedder.embed(["warm"])
    found: list[Turn] = []
    for _ in range(turns):
        seconds, pages, texts = _ours(files)
        extract = _timed(lambda: _extract(files))
        encode = _timed(lambda texts=texts: _encode(embedder, texts))  # type: ignore[misc]
        found.append(Turn(extract, encode, seconds))
    return pages, len(texts), found


def _ours(files: Sequence[Path]) -> tuple[float, int, list[str]]:
    with tempfile.TemporaryDirectory() as folder, _library(Path(folder)) as library:
        library.embed(["warm"])
        began = time.perf_counter()
        reports = library.add(files)
        seconds = time.perf_counter() - began
        if failed := [report.reason for report in reports if report.document_id is None]:
            raise RuntimeError(f"{len(failed)} files could not be added: {failed[0]}")
        chunks = [stored.chunk for one in library.documents() for stored in library.chunks_of(one.id)]
        return seconds, sum(report.pages for report in reports), [embedded_text(chunk) for chunk in chunks]


def _library(folder: Path) -> Library:
    return Library.open(IngestSettings(data_dir=folder), load_programme())


def _extract(files: Sequence[Path]) -> None:
    for file in files:
        for page in PdfReader(file).pages:
            page.extract_text()


def _encode(embedder: Embedder, texts: list[str]) -> None:
    model: Any = embedder._model
    model.encode(texts, show_progress_bar=False, convert_to_numpy=True, normalize_embeddings=True)


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.speed", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="PDFs; the starter documents when none is named")
    parser.add_argument("--turns", type=int, default=3)
    given = parser.parse_args(arguments)
    pages, chunks, turns = measure(given.files or sorted(CORPUS.glob("*.pdf")), given.turns)
    print(f"{pages} pages, {chunks} chunks")
    for turn in turns:
        floor = turn.extract + turn.encode
        print(
            f"ours {turn.ours:6.1f} s ({pages / turn.ours:5.1f} pages/s)   floor {floor:6.1f} s ({pages / floor:5.1f}"
            f" pages/s: {turn.extract:.1f} s pypdf, {turn.encode:.1f} s encode)   ratio {turn.ratio:.2f}"
        )
    middle = median(turn.ratio for turn in turns)
    print(f"median ratio {middle:.2f}, wanted {TARGET}")
    return 0 if middle >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())

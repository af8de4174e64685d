"""What a real model wrote, judged by hand: `assistant evals written` tells how much was shown, and how right it is.

`written.jsonl` has one statement a line: the question, the file and the page that it was judged against, the places
that the model cited, whether it was shown (`shown`), whether that page proves it (`right`), and why (`why`). A
statement that is a run of a journal's own words stands there as the hash of its words (`digest`), since those
sentences are not copied into the project; `--replies` brings the words back from a recording (JSON Lines with each
`reply` as the model gave it). What has its words and its documents at hand is put to the verifier anew.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.shelf import Shelf
from assistant.writing.replies import Draft, ReplyReader
from assistant.writing.verify import Witness, verify
from evals.field.table import between, number
from evals.layout import figures_layout
from evals.planted import Chunks, chunks_by_file, find_passage
from evals.run import DocumentsError, bench
from evals.statistics import proportion
from ingest.programme import CORPUS
from ingest.stems import words_of

WRITTEN = Path(__file__).with_name("written.jsonl")


@dataclass(frozen=True, slots=True)
class Place:
    """A passage, by few words of it."""

    file: str
    page: int
    words: str


@dataclass(frozen=True, slots=True)
class Written:
    """`exact`: it holds a number, a date or a name. Either `statement` or `digest` is empty."""

    question_id: str
    statement: str
    digest: str
    file: str
    page: int
    shown: bool
    right: bool
    exact: bool
    why: str
    cited: tuple[Place, ...] = ()


class WrittenError(Exception):
    """The sample cannot be used as it is; the message names the line and says what to mend."""


def read_written(path: Path = WRITTEN) -> tuple[Written, ...]:
    """Raises WrittenError."""
    lines = (line for line in path.read_text("utf-8").splitlines() if line.strip())
    return tuple(_row(f"{path.name}, line {number}", line) for number, line in enumerate(lines, 1))


def _row(place: str, line: str) -> Written:
    try:
        given = json.loads(line)
        row = Written(**given | {"cited": tuple(Place(**one) for one in given.get("cited", ()))})
    except (ValueError, TypeError) as error:
        raise WrittenError(f"{place}: give exactly the fields of a judged statement ({error}).") from error
    if bool(row.statement) == bool(row.digest):
        raise WrittenError(f"{place}: give the statement or, where it is a journal's own words, its digest.")
    if not row.why:
        raise WrittenError(f"{place}: say why it is judged so.")
    return row


def write_written(rows: Sequence[Written], path: Path = WRITTEN) -> None:
    path.write_text("".join(f"{json.dumps(asdict(row), ensure_ascii=False)}\n" for row in rows), "utf-8")


def verified_anew(rows: Sequence[Written], shelf: Shelf, texts: Mapping[str, str] | None = None) -> tuple[Written, ...]:
    """With `shown` as the verifier has it now, where words and documents are at hand; `texts` gives words by digest."""
    chunks = chunks_by_file(shelf)
    return tuple(_anew(row, row.statement or (texts or {}).get(row.digest, ""), chunks, shelf) for row in rows)


def _anew(row: Written, text: str, chunks: Chunks, shelf: Shelf) -> Written:
    if not text or row.file not in chunks:
        return row
    passages = [find_passage(place.file, place.page, place.words, chunks, shelf) for place in row.cited]
    if None in passages:
        raise WrittenError(f"{row.question_id}: “{text}” cites a passage that is no longer there.")
    witnesses = [Witness(found.stored, unit) for found in passages if found for unit in found.units]
    return replace(row, shown=verify(text, witnesses, shelf).supported)


def read_texts(path: Path) -> dict[str, str]:
    """What the replies of a recording say, by digest."""
    replies = (json.loads(line)["reply"] for line in path.read_text("utf-8").splitlines() if line.strip())
    return {digest_of(draft.text): draft.text for reply in replies for draft in _drafts(reply)}


def _drafts(reply: str) -> Sequence[Draft]:
    reader = ReplyReader()
    return (*reader.feed(reply), *reader.finish())


def digest_of(statement: str) -> str:
    """The same for the same words, however they are punctuated and set."""
    return hashlib.blake2b(" ".join(words_of(statement)).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `whole`."""

    count: int
    whole: int

    @property
    def cells(self) -> tuple[str, str, str]:
        if not self.whole:
            return (f"{self.count} of {self.whole}", "–", "–")
        found = proportion(self.count, self.whole)
        return (f"{self.count} of {self.whole}", number(self.count / self.whole), between(found))


def shares(rows: Sequence[Written]) -> Mapping[str, Share]:
    """Of what was shown, what is right; of what is wrong, what was shown; of what is right, what was shown."""
    exact = [row for row in rows if row.exact]
    return {
        "written and right": _share(rows, lambda row: row.right),
        "shown and right (precision)": _share([row for row in rows if row.shown], lambda row: row.right),
        "shown and wrong": _share([row for row in rows if row.shown], lambda row: not row.right),
        "… with a number, date or name": _share([row for row in exact if row.shown], lambda row: not row.right),
        "wrong ones that were shown": _share([row for row in rows if not row.right], lambda row: row.shown),
        "… with a number, date or name ": _share([row for row in exact if not row.right], lambda row: row.shown),
        "right ones that were shown (recall)": _share([row for row in rows if row.right], lambda row: row.shown),
    }


def _share(rows: Sequence[Written], counts: Callable[[Written], bool]) -> Share:
    return Share(sum(counts(row) for row in rows), len(rows))


def written_table(rows: Sequence[Written]) -> Table:
    questions = len({row.question_id for row in rows})
    table = figures_layout(f"{len(rows)} statements on {questions} questions", "", "count", "share", "95 % CI")
    for name, share in shares(rows).items():
        table.add_row(name, *share.cells)
    return table


def let_through(rows: Sequence[Written]) -> list[str]:
    return [
        f"{row.question_id}, {row.file} p. {row.page}: {row.statement or row.digest} ({row.why})"
        for row in rows
        if row.shown and not row.right
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.written", description=__doc__)
    parser.add_argument("--journals", type=Path, metavar="FOLDER", help="the folder that holds the two journals")
    parser.add_argument("--replies", type=Path, metavar="FILE", help="a recording of the model's replies")
    parser.add_argument("--show", action="store_true", help="print the wrong statements that were shown")
    parser.add_argument("--update", action="store_true", help="keep what the verifier says now")
    given = parser.parse_args(arguments)
    try:
        rows, texts = read_written(), read_texts(given.replies) if given.replies else {}
        for folder in (CORPUS, given.journals) if given.journals else (CORPUS,):
            with bench(sorted(folder.glob("*.pdf"))) as at:
                rows = verified_anew(rows, at.assistant.shelf(), texts)
    except (WrittenError, DocumentsError) as error:
        parser.error(str(error))
    if given.update:
        write_written(rows)
    console = Console()
    console.print(written_table(rows))
    for line in let_through(rows) if given.show else []:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

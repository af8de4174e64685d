"""Texts into a library through our own ingest, and back from a cited page to the text that stands on it."""

import hashlib
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import ingest
from evals.field.files import FieldFilesError, Text
from ingest.library import Library
from ingest.programme import load_programme
from ingest.settings import IngestSettings

TEXTS_A_FILE = 100
INGEST = Path(ingest.__file__).parent
_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")  # CommonMark lets every ASCII mark be escaped

Places = Mapping[tuple[str, int], str]  # document id and page → text id


@contextmanager
def library_of(files: Sequence[Path], data_dir: Path | None) -> Iterator[Library]:
    """A library of these files, in `data_dir` (kept, and added to) or in a folder that is removed afterwards."""
    if data_dir is None:
        with TemporaryDirectory(prefix="assistant-field-", ignore_cleanup_errors=True) as folder:
            yield from _library(files, Path(folder))
    else:
        _tell_age(data_dir)
        yield from _library(files, data_dir)


def _tell_age(data_dir: Path) -> None:
    """Says so when a kept library was read by other code than today's: its files are not read again by themselves."""
    stamp = data_dir.with_name(f"{data_dir.name}-read-by")
    code = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(INGEST.rglob("*.py")))).hexdigest()
    if not data_dir.exists():
        data_dir.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(code, "utf-8")
    elif not stamp.is_file() or stamp.read_text("utf-8") != code:
        print(f"{data_dir} was read by an earlier state of ingest/; remove it to read it anew.", file=sys.stderr)


def _library(files: Sequence[Path], data_dir: Path) -> Iterator[Library]:
    settings = IngestSettings(data_dir=data_dir, chroma_url=None)
    with Library.open(settings, load_programme()) as library:
        failed = [report for report in library.add(files) if report.document_id is None]
        if failed:
            raise FieldFilesError("; ".join(f"{report.file}: {report.reason}" for report in failed))
        yield library


def write_texts(texts: Sequence[Text], folder: Path) -> list[Path]:
    """Markdown files of a hundred texts each, every text under its title as a heading of level 1."""
    files = []
    for start in range(0, len(texts), TEXTS_A_FILE):
        some = texts[start : start + TEXTS_A_FILE]
        head = f"---\ntitle: Texts {start + 1} to {start + len(some)}\n---\n"
        files.append(folder / f"texts-{start + 1:05}.md")
        files[-1].write_text(head + "".join(f"\n# {_escaped(t.title)}\n\n{_escaped(t.text)}\n" for t in some), "utf-8")
    return files


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def text_places(texts: Sequence[Text], library: Library) -> Places:
    """Which text stands on which page: the n-th heading of level 1 of a file opens its n-th text."""
    places: dict[tuple[str, int], str] = {}
    for record in library.documents():
        start = int(record.file_name.removeprefix("texts-").removesuffix(".md")) - 1
        some = texts[start : start + TEXTS_A_FILE]
        articles = library.articles(record.id)
        if len(articles) != len(some):
            raise FieldFilesError(f"{record.file_name} was read as {len(articles)} texts instead of {len(some)}.")
        for text, article in zip(some, articles, strict=True):
            for page in range(article.first_page, article.last_page + 1):
                if places.setdefault((record.id, page), text.id) != text.id:
                    raise FieldFilesError(f"{record.file_name}, page {page}, holds two texts.")
    return places

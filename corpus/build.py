"""Builds the starter documents: Markdown in, tagged PDF out.

    python -m corpus.build            write the PDFs
    python -m corpus.build --check    exit 1 when a committed PDF is not what its source builds

The same sources give the same bytes everywhere: the fonts are those inside the
typst wheel, and the only date is the one in the source.
"""

import argparse
import datetime
import sys
import tomllib
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

import typst

from corpus.errors import CorpusError, SourceError, StaleError
from corpus.inserts import Programme, expand
from corpus.typeset import typst_of, typst_string

FOLDER = Path(__file__).resolve().parent
FENCE = "+++\n"
PDF_STANDARD: Final = "ua-1"  # PDF/UA-1: tagged, titled, readable by a screen reader


@dataclass(frozen=True, slots=True)
class Source:
    """One Markdown source: its front matter and its text."""

    name: str
    title: str
    subtitle: str
    short: str
    author: str
    date: datetime.date
    keywords: tuple[str, ...]
    contents_depth: int
    chapters_on_new_page: bool
    note: str
    text: str


def read_programme(folder: Path = FOLDER) -> Programme:
    return tomllib.loads((folder / "programme.toml").read_text("utf-8"))


def read_source(path: Path) -> Source:
    """The source at `path`; raises SourceError when its `+++` block is missing or incomplete."""
    text = path.read_text("utf-8")
    if not text.startswith(FENCE) or FENCE not in text[len(FENCE) :]:
        raise SourceError(f"{path.name} must begin with a +++ block of TOML.")
    front, _, body = text[len(FENCE) :].partition("\n" + FENCE)
    try:
        fields = tomllib.loads(front)
        fields["keywords"] = tuple(fields["keywords"])
        return Source(name=path.stem, text=body, **fields)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise SourceError(f"{path.name}: the +++ block cannot be used: {error}.") from error


def typst_source(source: Source, programme: Programme) -> str:
    """The whole Typst file of a document."""
    keywords = "".join(f"{typst_string(word)}, " for word in source.keywords)
    date = source.date
    return f"""#import "style.typ": data-table, handbook
#show: handbook.with((
  title: {typst_string(source.title)},
  subtitle: {typst_string(source.subtitle)},
  short: {typst_string(source.short)},
  author: {typst_string(source.author)},
  shown-date: {typst_string(f"{date:%B %Y}")},
  date: datetime(year: {date.year}, month: {date.month}, day: {date.day}),
  keywords: ({keywords}),
  contents-depth: {source.contents_depth},
  chapters-on-new-page: {str(source.chapters_on_new_page).lower()},
), [{typst_of(source.note)}])
{typst_of(expand(source.text, programme))}
"""


def build_pdf(path: Path) -> bytes:
    """The PDF of the Markdown source at `path`; a warning of the compiler is an error."""
    source = read_source(path)
    markup = typst_source(source, read_programme(path.parent)).encode()
    compiler = typst.Compiler(markup, root=FOLDER, font_paths=typst.Fonts(include_system_fonts=False))
    try:
        pdf, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=PDF_STANDARD, timestamp=0)
    except typst.TypstError as error:
        raise SourceError(f"{path.name} does not compile: {error}") from error
    if warnings:
        raise SourceError(f"{path.name} compiles with a warning: {warnings[0].message}")
    if not isinstance(pdf, bytes):
        raise SourceError(f"{path.name}: the compiler returned no PDF.")
    return pdf


def sources(folder: Path = FOLDER) -> list[Path]:
    """The sources of the documents that programme.toml lists, in its order."""
    return [folder / Path(document["file"]).with_suffix(".md") for document in read_programme(folder)["documents"]]


def write(folder: Path = FOLDER) -> list[Path]:
    """Builds every document of `folder`; returns the PDFs written."""
    written = []
    for path in sources(folder):
        target = path.with_suffix(".pdf")
        target.write_bytes(build_pdf(path))
        written.append(target)
    return written


def check(folder: Path = FOLDER) -> None:
    """Raises StaleError naming every committed PDF that its source no longer builds."""
    stale = [path.with_suffix(".pdf").name for path in sources(folder) if not _is_current(path)]
    if stale:
        raise StaleError(
            f"{' and '.join(stale)}: not what the Markdown sources and programme.toml build "
            f"with typst {version('typst')}. Run `make corpus` and commit the result."
        )


def _is_current(path: Path) -> bool:
    target = path.with_suffix(".pdf")
    return target.exists() and target.read_bytes() == build_pdf(path)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m corpus.build", description="Builds the starter documents.")
    parser.add_argument("--check", action="store_true", help="exit 1 when a committed PDF is stale")
    arguments = parser.parse_args()
    try:
        if arguments.check:
            check()
        else:
            for target in write():
                print(f"corpus/{target.name}: {target.stat().st_size:,} bytes")
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

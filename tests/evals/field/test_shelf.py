"""Texts go through our own ingest, and each page leads back to the text that stands on it."""

from pathlib import Path

import pytest

from evals.field.files import FieldFilesError, Text
from evals.field.shelf import TEXTS_A_FILE, library_of, text_places, write_texts
from tests.evals.field.sets import ABSTRACTS

TEXTS = tuple(Text(*row) for row in ABSTRACTS)


def test_each_page_leads_back_to_its_text_letter_for_letter(tmp_path: Path) -> None:
    long = Text("a5", "Summary", "A sentence of seven words goes here. " * 200)
    texts = (*TEXTS, long)
    with library_of(write_texts(texts, tmp_path), None) as library:
        places = text_places(texts, library)
        (record,) = library.documents()
        on_pages: dict[str, str] = {}
        for (document, number), text_id in sorted(places.items()):
            assert document == record.id
            on_pages[text_id] = f"{on_pages.get(text_id, '')} {library.page(document, number).text}"
    assert len(places) > len(texts), "the long one takes several pages"
    for text in texts:
        assert on_pages[text.id].split() == f"{text.title} {text.text}".split()


def test_a_hundred_texts_go_into_a_file(tmp_path: Path) -> None:
    files = write_texts([Text(str(n), f"Title {n}", "Text.") for n in range(TEXTS_A_FILE + 1)], tmp_path)
    assert [file.name for file in files] == ["texts-00001.md", "texts-00101.md"]


def test_texts_that_were_not_read_as_written_are_told(tmp_path: Path) -> None:
    with library_of(write_texts(TEXTS, tmp_path), None) as library, pytest.raises(FieldFilesError, match="instead of"):
        text_places((*TEXTS, TEXTS[0]), library)


def test_a_kept_library_that_other_code_has_read_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files, kept = write_texts(TEXTS, tmp_path), tmp_path / "kept" / "set"
    for _ in range(2):
        with library_of(files, kept) as library:
            assert len(library.documents()) == 1
    assert "earlier state" not in capsys.readouterr().err
    (tmp_path / "kept" / "set-read-by").write_text("other code", "utf-8")
    with library_of(files, kept):
        assert "earlier state" in capsys.readouterr().err

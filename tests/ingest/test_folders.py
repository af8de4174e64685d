"""Whole folders: what of them is offered to the readers, under which names."""

import json
import os
from pathlib import Path

from tests.ingest.conftest import Open
from tests.ingest.pdfs import report


def test_one_failing_file_does_not_stop_the_rest(open_library: Open, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.pdf").write_bytes(b"")
    (folder / "b.pdf").write_bytes(report("beds"))
    (folder / "deep" / "c without a suffix").write_bytes(report("cots"))
    (folder / "photo.jpg").write_bytes(b"not a document by its name or its bytes")
    told = open_library(tmp_path / "library").add([folder, tmp_path / "nowhere.pdf"])
    assert [report.status for report in told] == ["failed", "added", "added", "failed"]
    assert "empty" in (told[0].reason or "")
    assert "no file or folder" in (told[3].reason or "")


def test_a_folder_with_nothing_to_read_is_a_failure(open_library: Open, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "photo.jpg").write_bytes(b"no words")
    (told,) = open_library(tmp_path / "library").add([tmp_path / "in"])
    assert told.status == "failed"
    assert "no document in the folder" in (told.reason or "")


def test_odd_things_in_a_folder_are_no_trouble(open_library: Open, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    os.mkfifo(folder / "pipe.pdf")
    (folder / os.fsdecode(b"caf\xe9.pdf")).write_bytes(report("coffee"))
    (told,) = open_library(tmp_path / "library").add([folder])
    assert told.status == "added"
    assert json.dumps([told.file, told.reason], ensure_ascii=False).encode()


def test_two_files_of_one_name_in_one_go_are_two_documents(open_library: Open, tmp_path: Path) -> None:
    for year in ("2022", "2023"):
        (tmp_path / "in" / year).mkdir(parents=True)
        (tmp_path / "in" / year / "report.pdf").write_bytes(report(year))
    library = open_library(tmp_path / "library")
    assert [told.status for told in library.add([tmp_path / "in"])] == ["added", "added"]
    assert [record.file_name for record in library.documents()] == ["2022 - report.pdf", "2023 - report.pdf"]


def test_as_many_folders_tell_files_apart_as_it_takes(open_library: Open, tmp_path: Path) -> None:
    for place in ("east/1", "west/1", "west/2"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "a.pdf").write_bytes(report(place))
    library = open_library(tmp_path / "library")
    library.add([tmp_path])
    names = ["east - 1 - a.pdf", "west - 1 - a.pdf", "2 - a.pdf"]
    assert [record.file_name for record in library.documents()] == names
    assert {one.status for one in library.add([tmp_path])} == {"unchanged"}  # the library's own copies are left alone
    assert library.counts()[0] == 3

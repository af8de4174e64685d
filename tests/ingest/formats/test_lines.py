"""Markdown and plain text: the source line of every word."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import ReadError, UnsupportedTypeError
from ingest.types import Page
from tests.ingest.formats.made import read_bytes, shapes

MARKDOWN = """---
title: Guidance
author: [Ann Lee, Bo Day]
date: 2024-03-01
---
# Referrals

Who can *refer* to the [team](http://x.example)? These
can:

1. social workers
2. parents <b>too</b>

## Figures

| Council | 2022 |
|---|---|
| Leeds | `683` |

> We were heard.
"""
TEXT = "REFERRALS\n\nOne line\nof two.\n\nSteps:\n- one step\n- two steps\n  and on\n\nFigures\n=======\nIn all, 683.\n"


def lines_hold(source: str, page: Page) -> None:
    lines = source.splitlines()
    for word in page.words:
        assert page.text[word.start : word.end].rstrip("?") in lines[word.line - 1]  # not «team](…)?»


def test_markdown(tmp_path: Path) -> None:
    parsed = read_bytes(tmp_path, "a.md", MARKDOWN.encode())
    assert (parsed.title, parsed.authors, parsed.published) == ("Guidance", ("Ann Lee", "Bo Day"), "2024-03-01")
    assert [page.label for page in parsed.pages] == ["Referrals", "Referrals › Figures"]
    assert [shapes(page) for page in parsed.pages] == [
        [
            ("heading", "Referrals"),
            ("paragraph", "Who can refer to the team? These can:"),
            ("list item", "1. social workers"),
            ("list item", "2. parents too"),
        ],
        [
            ("heading", "Figures"),
            ("table row", "Council | 2022"),
            ("table row", "Leeds | 683"),
            ("quote", "We were heard."),
        ],
    ]
    for page in parsed.pages:
        lines_hold(MARKDOWN, page)


def test_plain_text(tmp_path: Path) -> None:
    page = read_bytes(tmp_path, "a.txt", TEXT.encode()).pages[0]
    assert page.label == "lines 1–13"
    assert shapes(page) == [
        ("heading", "REFERRALS"),
        ("paragraph", "One line of two."),
        ("paragraph", "Steps:"),
        ("list item", "- one step"),
        ("list item", "- two steps and on"),
        ("heading", "Figures"),
        ("paragraph", "In all, 683."),
    ]
    lines_hold(TEXT, page)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    text = "The café – “our” café – asks for £5, not €6: it’s about a third of what others ask."
    assert read_bytes(tmp_path, "a.txt", text.encode(encoding)).pages[0].text == text


def test_other_alphabets_are_told_from_western_ones(tmp_path: Path) -> None:
    text = "Эта программа помогает семьям, которым нужна поддержка. Работники встречаются с семьёй каждую неделю."
    assert read_bytes(tmp_path, "a.txt", text.encode("cp1251")).pages[0].text == text


def test_control_characters_further_down_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedTypeError, match="not a text file"):
        read_bytes(tmp_path, "a.txt", b"text " * 100_000 + b"\x00\x01")


def test_pages_end_at_a_blank_line_within_sixty_lines(tmp_path: Path) -> None:
    source = "".join(f"Line {n} of it\nand {n} more.\n\n" for n in range(100))
    pages = read_bytes(tmp_path, "a.txt", source.encode()).pages
    assert pages[0].label == "lines 1–59"
    assert sum(len(page.blocks) for page in pages) == 100
    for page in pages:
        lines_hold(source, page)


def test_one_endless_line_is_many_pages(tmp_path: Path) -> None:
    sentences = read_bytes(tmp_path, "a.txt", b"This is a sentence. " * 10_000).pages
    assert all(page.text.startswith("This") and page.text.endswith(".") for page in sentences)
    assert all(len(page.text) < 4000 for page in sentences)
    letters = read_bytes(tmp_path, "a.txt", b"x" * 100_000).pages
    assert "".join(page.text for page in letters).replace("\n", "") == "x" * 100_000
    assert all(page.height < 2000 for page in letters)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=400), name=st.sampled_from(["a.md", "a.txt", "a.html"]))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str, name: str) -> None:
    prefix = "<p>" if name == "a.html" else ""
    with contextlib.suppress(ReadError):
        assert read_bytes(tmp_path_factory.getbasetemp(), name, (prefix + text).encode("utf-8", "replace")).pages

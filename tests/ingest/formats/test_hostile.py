"""Broken and hostile files end in a ReadError, quickly."""

import contextlib
import random
import re
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.errors import DamagedError, LimitError, NoTextError, ReadError
from tests.ingest.formats.made import guidance, read_bytes, repacked, saved, slide_show

BODY = "word/document.xml"
PARAGRAPH = b"<w:p><w:r><w:t>word word</w:t></w:r></w:p>"


def filled(paragraphs: int) -> bytes:
    fill = PARAGRAPH * paragraphs
    return repacked(saved(guidance()), {BODY: lambda data: data.replace(b"<w:sectPr", fill + b"<w:sectPr", 1)})


def declared(entities: bytes, used: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        headed = re.sub(rb"(<\?xml[^>]*\?>)", lambda m: m.group(1) + b"<!DOCTYPE x [" + entities + b"]>", data, count=1)
        return headed.replace(b"A referral is made", b"A referral " + used, 1)

    return change


def test_a_file_that_declares_entities_is_refused(tmp_path: Path) -> None:
    levels = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    for entities, used in (
        (b'<!ENTITY e SYSTEM "file:///etc/hostname">', b"&e;"),
        (b'<!ENTITY a0 "lollollol">' + levels, b"&a9;"),
    ):
        data = repacked(saved(guidance()), {BODY: declared(entities, used)})
        with pytest.raises(DamagedError, match="entities"):
            read_bytes(tmp_path, "a.docx", data)


def test_an_entity_behind_a_long_comment_reads_no_file(tmp_path: Path) -> None:
    """Past the check above: the parsers themselves resolve none."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    change = declared(f'<!ENTITY e SYSTEM "{secret.as_uri()}">'.encode(), b"&e;")
    far = {BODY: lambda data: change(data).replace(b"<!DOCTYPE", b"<!--" + b" " * 5000 + b"--><!DOCTYPE", 1)}
    parsed = read_bytes(tmp_path, "a.docx", repacked(saved(guidance()), far))
    assert not [page for page in parsed.pages if "secret" in page.text]


def test_bombs_are_found_in_the_directory(tmp_path: Path) -> None:
    with pytest.raises(LimitError, match="bomb"):
        read_bytes(tmp_path, "a.docx", filled(300_000))


def test_a_directory_that_lies_is_found_out(tmp_path: Path) -> None:
    data = bytearray(filled(20_000))
    entry = data.rfind(b"PK\x01\x02", 0, data.rfind(BODY.encode()))
    data[entry + 24 : entry + 28] = struct.pack("<I", 1000)
    with pytest.raises(DamagedError):
        read_bytes(tmp_path, "a.docx", bytes(data))


def test_parts_in_one_another_without_end(tmp_path: Path) -> None:
    open_, close = b"<w:sdt><w:sdtContent>" * 5000, b"</w:sdtContent></w:sdt>" * 5000
    change = {BODY: lambda data: data.replace(b"<w:sectPr", open_ + PARAGRAPH + close + b"<w:sectPr", 1)}
    with pytest.raises(DamagedError):
        read_bytes(tmp_path, "a.docx", repacked(saved(guidance()), change))


@pytest.mark.parametrize("made", [guidance, slide_show])
def test_any_damage_to_a_part_is_read_over_or_refused(tmp_path: Path, made: Callable[[], object]) -> None:
    chance = random.Random(7)
    whole = saved(made())  # type: ignore[arg-type]
    parts = ["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels"]
    parts += ["ppt/presentation.xml", "ppt/slides/slide1.xml", "ppt/slides/_rels/slide1.xml.rels"]
    for _ in range(25):

        def damage(data: bytes) -> bytes:
            at = chance.randrange(len(data))
            values = re.sub(rb'"[^"]{1,20}"', lambda m: chance.choice([m.group(), m.group(), b'"-1"']), data)
            return chance.choice([data[:at] + data[at + 50 :], data[:at], values])

        with contextlib.suppress(ReadError):
            assert read_bytes(tmp_path, "a", repacked(whole, {chance.choice(parts): damage})).pages


def test_a_file_without_text_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoTextError, match="save it as PDF"):
        read_bytes(tmp_path, "a.html", b"<html><body><img src=x.png></body></html>")

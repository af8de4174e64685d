"""What a person does on the library page, and what becomes of the answers given before."""

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from tests.browser.test_chat import ask, picture_is_shown
from tests.ingest.pdfs import encrypted, make_pdf, report
from tests.serving import serving

HELD = "A family group conference was held within {} working days."
QUESTION = "Within how many working days was a family group conference held?"


@pytest.fixture
def site(library: Library) -> Iterator[str]:
    """The application over an empty library of its own."""
    with serving(create_app(Settings(data_dir=library.settings.data_dir), library)) as url:
        yield url


def harbour(days: str, *more: str) -> bytes:
    lines = ("The Harbour project began in Seahaven.", HELD.format(days))
    return make_pdf([lines, *([line] for line in more)], "Report on the Harbour project")


def add(library: Library, name: str, data: bytes) -> str:
    added = library.add_bytes(name, data)
    assert added.document_id is not None, added
    return added.document_id


def payload(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def test_files_are_added_with_progress_and_reasons_and_deleted(page: Page, site: str) -> None:
    marked_up = report("meetings", 40, "The <b>bold</b> <img src=x onerror=alert(1)> report")
    page.goto(f"{site}/library")
    expect(page.get_by_role("heading", name="No documents")).to_be_visible()
    page.locator("#files").set_input_files([payload("meetings.pdf", marked_up), payload("locked.pdf", encrypted())])
    job = page.get_by_role("region", name="Files being added").get_by_role("article")
    expect(job.get_by_role("listitem")).to_have_count(2)
    expect(job).to_contain_text("Added, 40 pages")
    expect(job).to_contain_text("password")
    expect(job.get_by_role("heading")).to_have_text("2 files: 1 added, 1 not added.")
    expect(page.locator("#upload-status")).to_have_text("2 files: 1 added, 1 not added.")
    documents = page.get_by_role("list", name="1 document")
    expect(documents).to_contain_text("The <b>bold</b> <img")
    expect(documents).to_contain_text("40 pages read")
    expect(page.locator("#shelf b, #shelf img")).to_have_count(0)
    delete = documents.get_by_role("button", name=re.compile("^Delete"))
    delete.click()
    page.get_by_role("button", name="Keep it").click()
    expect(delete).to_be_focused()
    delete.click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="No documents")).to_be_visible()
    page.get_by_text("Removed documents (1)").click()
    expect(page.get_by_role("list", name="Removed documents")).to_contain_text("meetings.pdf · removed on")


def test_one_file_is_cancelled_and_another_tab_sees_it(context: BrowserContext, page: Page, site: str) -> None:
    page.goto(f"{site}/library")
    files = [payload("large.pdf", report("everything", 1500)), payload("small.pdf", report("visits", 2))]
    page.locator("#files").set_input_files(files)
    large = page.locator(".job li", has_text="large.pdf")
    expect(large).to_contain_text(re.compile(r"Reading page \d+ of 1500"))
    other = context.new_page()
    other.goto(f"{site}/library")
    expect(other.locator(".job li", has_text="large.pdf")).to_contain_text(re.compile("Reading|Opening"))
    expect(other.locator(".job progress")).to_be_visible()
    large.get_by_role("button", name="Cancel large.pdf").click()
    expect(large).to_contain_text("Cancelled: the library is as it was.")
    for tab in (page, other):
        expect(tab.locator(".job h2")).to_have_text("2 files: 1 added, 1 cancelled.")
        expect(tab.get_by_role("list", name="1 document")).to_contain_text("small.pdf")
    page.reload()
    expect(page.locator(".job h2")).to_have_text("2 files: 1 added, 1 cancelled.")
    page.get_by_role("button", name="Hide").click()
    expect(page.locator("#jobs")).to_be_hidden()
    page.reload()
    expect(page.get_by_role("list", name="1 document")).to_be_visible()
    expect(page.locator("#jobs")).to_be_hidden()


def test_a_folder_is_added_and_what_is_left_out_is_told(page: Page, site: str, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    (folder / "older").mkdir(parents=True)
    (folder / "visits.pdf").write_bytes(report("visits now"))
    (folder / "older" / "visits.pdf").write_bytes(report("visits then"))
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / ".hidden.pdf").write_bytes(report("nothing to see"))
    page.goto(f"{site}/library")
    page.locator("#folder").set_input_files(folder)
    expect(page.get_by_role("alert")).to_have_text("Adding 2 files. 1 file of other types passed over.")
    documents = page.get_by_role("list", name="2 documents")
    expect(documents).to_contain_text("papers - visits.pdf")
    expect(documents).to_contain_text("older - visits.pdf")


def test_an_earlier_answer_opens_the_version_it_cited(page: Page, site: str, library: Library) -> None:
    add(library, "harbour.pdf", harbour("10"))
    page.goto(site)
    ask(page, QUESTION)
    second = add(library, "harbour.pdf", harbour("12", "Appendix one lists the members."))
    page.locator(".chip").first.click()
    notice = page.locator("#source-version")
    expect(notice).to_have_text(re.compile(r"^An earlier version, superseded on \d+ \w+ \d{4}\. Open the current one$"))
    page.reload()
    page.locator(".sources summary").click()
    expect(page.locator(".source")).to_contain_text("earlier version")
    page.locator(".chip").first.click()
    expect(notice).to_be_visible()
    expect(page.locator("#source-quote")).to_contain_text("within 10 working days")
    picture_is_shown(page)
    href = notice.get_by_role("link", name="Open the current one").get_attribute("href")
    assert href == f"/documents/{second}?page=1"
    page.goto(f"{site}/library")
    page.get_by_text("2 versions").click()
    page.get_by_role("link", name=re.compile("^Open the version")).last.click()
    expect(page.get_by_text("An earlier version, superseded on")).to_be_visible()
    page.get_by_role("link", name="Open the current one").click()
    expect(page.locator(".page-text")).to_contain_text("within 12 working days")


def test_a_removed_document_leaves_a_tombstone(page: Page, site: str, library: Library) -> None:
    removed = add(library, "harbour.pdf", harbour("10"))
    page.goto(site)
    ask(page, QUESTION)
    library.remove(removed)
    page.reload()
    expect(page.locator(".prose")).to_contain_text("has been removed from the library")
    page.locator(".chip").first.click()
    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text("“Report on the Harbour project” (harbour.pdf) was removed from the library on")
    expect(panel.get_by_role("img")).to_have_count(0)
    expect(panel.get_by_role("link")).to_have_count(0)
    assert "working days" not in page.locator("body").inner_text().replace(QUESTION, "")


def test_a_tab_left_open_learns_that_a_document_is_gone(context: BrowserContext, site: str, library: Library) -> None:
    removed = add(library, "harbour.pdf", harbour("10"))
    page = context.new_page()
    page.goto(site)
    ask(page, QUESTION)
    library.remove(removed)
    page.locator(".chip").first.click()
    expect(page.locator("#source-gone")).to_contain_text("was removed from the library")
    expect(page.locator("#source-quote")).to_be_hidden()
    response = page.goto(f"{site}/documents/{removed}?page=1")
    assert response is not None
    assert response.status == 410
    expect(page.get_by_role("heading", name="This document is no longer in the library")).to_be_visible()


def test_every_page_says_how_it_was_read(page: Page, site: str, library: Library) -> None:
    add(library, "team.pdf", make_pdf([[f"Sheet {n} of the team's report."] if n != 7 else [] for n in range(1, 301)]))
    page.goto(f"{site}/library")
    row = page.get_by_role("list", name="1 document").get_by_role("listitem").first
    expect(row).to_contain_text("299 pages read, 1 with nothing to read")
    row.get_by_text("How each page was read").first.click()
    strip = page.get_by_role("list", name="How each page was read")
    expect(strip.get_by_role("link")).to_have_count(300)
    assert page.locator(".strip").bounding_box()["height"] < 500  # type: ignore[index]
    strip.get_by_role("link", name=re.compile("^PDF page 7: empty picture")).click()
    expect(page.get_by_text("Page 7 of 300").first).to_be_visible()
    expect(page.get_by_text("There is no text here to read")).to_be_visible()


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed, so no page is read by OCR")
def test_text_from_ocr_is_said_wherever_it_is_shown(page: Page, site: str, library: Library) -> None:
    add(library, "letter.pdf", scanned("The Harbour project began in Seahaven.", HELD.format("10")))
    page.goto(site)
    ask(page, QUESTION)
    chip = page.get_by_role("button", name=re.compile(r"^Citation 1: .+text from OCR$"))
    chip.first.click()
    expect(page.locator("#source-health")).to_contain_text("check it against the picture")
    expect(page.locator("#source-health")).to_contain_text("Text from OCR")
    page.goto(f"{site}/library")
    expect(page.locator("#shelf")).to_contain_text("1 page read, by OCR")


def scanned(*lines: str) -> bytes:
    picture = Image.new("L", (1654, 2339), "white")
    pen = ImageDraw.Draw(picture)
    for row, line in enumerate(lines):
        pen.text((160, 200 + 60 * row), line, fill=0, font=ImageFont.load_default(size=34))
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=200)
    return out.getvalue()


def test_markdown_is_cited_by_line_and_offered_as_a_file(page: Page, site: str, library: Library) -> None:
    text = f"# Meetings\n\n## Conferences\n\n{HELD.format('10')}\n\nEach has one named worker.\n"
    add(library, "meetings.md", text.encode())
    page.goto(site)
    ask(page, QUESTION)
    page.locator(".chip").first.click()
    expect(page.locator("#source-page")).to_have_text("Section “Meetings › Conferences”, line 5")
    picture_is_shown(page)
    link = page.get_by_role("link", name="Download the Markdown file")
    with page.expect_download() as download:
        link.click()
    assert Path(download.value.path()).read_text("utf-8") == text


def test_a_long_library_can_be_searched(page: Page, site: str, library: Library) -> None:
    for name in ("north", "south", "east", "west", *(f"place {n}" for n in range(7))):
        add(library, f"{name}.pdf", report(name, 1, f"The report on {name}"))
    page.goto(f"{site}/library")
    page.get_by_label("Find a document").fill("REPORT east")
    rows = page.locator(".documents > li:visible")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("The report on east")
    expect(page.locator("#filter-count")).to_have_text("1 of 11 documents")
    page.get_by_label("Find a document").fill("")
    expect(rows).to_have_count(11)


def test_an_uploaded_web_page_never_runs(page: Page, site: str, library: Library) -> None:
    hostile = b"<!doctype html><title>Hostile</title><body><h1>Hostile</h1><p>Read me.</p><script>alert(1)</script>"
    document = add(library, "hostile.html", hostile)
    response: Any = page.request.get(f"{site}/api/v1/documents/{document}/file")
    assert response.body() == hostile
    assert response.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    page.goto(f"{site}/documents/{document}")
    expect(page.locator(".page-text")).to_contain_text("Read me.")

"""The starter documents: current, complete, readable by machines and people."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from corpus import build
from corpus.errors import SourceError, StaleError
from corpus.typeset import typst_of

PROGRAMME = build.read_programme()
DOCUMENTS: list[dict[str, Any]] = PROGRAMME["documents"]
FILES = [document["file"] for document in DOCUMENTS]


def reader(file: str) -> PdfReader:
    return PdfReader(build.FOLDER / file)


def text_of(file: str) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader(file).pages).split())


def bookmarks(outline: Any) -> list[str]:
    titles: list[str] = []
    for entry in outline:
        titles += bookmarks(entry) if isinstance(entry, list) else [str(entry.title)]
    return titles


def test_committed_pdfs_are_what_the_sources_build() -> None:
    build.check()


def test_a_stale_pdf_is_named(tmp_path: Path) -> None:
    for path in (*build.FOLDER.glob("*.md"), *build.FOLDER.glob("*.pdf"), build.FOLDER / "programme.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    source = tmp_path / "handbook.md"
    source.write_text(source.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
    with pytest.raises(StaleError, match=r"handbook\.pdf"):
        build.check(tmp_path)


def test_the_same_source_gives_the_same_bytes() -> None:
    path = build.FOLDER / "digest-issue-2.md"
    assert build.build_pdf(path) == build.build_pdf(path)


def test_a_construct_that_cannot_be_set_is_refused() -> None:
    with pytest.raises(SourceError, match="fence"):
        typst_of("```\ncode\n```\n")


def test_nothing_an_author_types_is_read_as_typst(tmp_path: Path) -> None:
    odd = "#panic() $x$ @label = heading - item + item / term: ~ `` {{}} [x] £5 100% a_b C:\\\\dir // comment /* no */"
    front = (build.FOLDER / "handbook.md").read_text("utf-8").partition("\n+++\n")[0]
    (tmp_path / "odd.md").write_text(f"{front}\n+++\n# Heading\n\nSaid: {odd} end.\n", "utf-8")
    (tmp_path / "programme.toml").write_bytes((build.FOLDER / "programme.toml").read_bytes())
    (tmp_path / "odd.pdf").write_bytes(build.build_pdf(tmp_path / "odd.md"))
    text = PdfReader(tmp_path / "odd.pdf").pages[-1].extract_text()
    assert "Said: " + odd.replace("\\\\", "\\") + " end." in " ".join(text.split())


@pytest.mark.parametrize("table", ["models", "innovators", "adopters", "partners"])
def test_ids_are_unique(table: str) -> None:
    counts = Counter(entry["id"] for entry in PROGRAMME[table])
    assert max(counts.values()) == 1


def test_models_innovators_and_adopters_fit_together() -> None:
    models = {model["id"]: model["innovator"] for model in PROGRAMME["models"]}
    assert models == {innovator["model"]: innovator["id"] for innovator in PROGRAMME["innovators"]}
    assert len(PROGRAMME["adopters"]) == 17
    assert Counter(adopter["model"] for adopter in PROGRAMME["adopters"]) == {
        "family-valued": 6,
        "family-safeguarding": 6,
        "no-wrong-door": 5,
    }


def test_no_name_means_two_adopters() -> None:
    names = Counter(
        name.lower()
        for adopter in PROGRAMME["adopters"]
        for name in {adopter["name"], *adopter["aliases"], *adopter["local_names"], *adopter.get("projects", [])}
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_every_question_is_a_question_about_known_things() -> None:
    models = {model["id"] for model in PROGRAMME["models"]}
    adopters = {adopter["id"] for adopter in PROGRAMME["adopters"]}
    assert len(PROGRAMME["questions"]) >= 18
    for question in PROGRAMME["questions"]:
        assert question["text"].endswith("?")
        assert set(question.get("models", [])) <= models
        assert set(question.get("adopters", [])) <= adopters


def test_glossary_terms_are_defined_once() -> None:
    terms = Counter(entry["term"].lower() for entry in PROGRAMME["glossary"])
    assert len(terms) >= 40
    assert max(terms.values()) == 1
    assert all(entry["definition"].strip().endswith(".") for entry in PROGRAMME["glossary"])


def test_synonym_groups_hold_two_words_or_more() -> None:
    assert len(PROGRAMME["synonyms"]) >= 25
    assert all(len({word.lower() for word in group["words"]}) > 1 for group in PROGRAMME["synonyms"])


@pytest.mark.parametrize(
    "document", [entry for entry in DOCUMENTS if entry["kind"] == "digest"], ids=lambda d: d["file"]
)
def test_a_digest_names_its_original_on_its_first_page(document: dict[str, Any]) -> None:
    original = document["digest_of"]
    assert re.fullmatch(r"[0-9a-f]{64}", original["sha256"])
    assert original["file_name"].endswith(".pdf")
    first_page = " ".join(reader(document["file"]).pages[0].extract_text().split()).replace("’", "'")
    assert original["title"] in first_page
    assert original["published_at"].removeprefix("https://") in first_page.replace(" ", "")


@pytest.mark.parametrize("file", FILES)
def test_a_pdf_is_tagged_titled_and_navigable(file: str) -> None:
    pdf = reader(file)
    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert pdf.metadata is not None
    assert pdf.metadata.title
    assert len(bookmarks(pdf.outline)) >= 15
    labels = pdf.page_labels
    start = labels.index("1")
    assert labels[:start] == ["i", "ii", "iii"][:start]
    assert labels[start:] == [str(number) for number in range(1, len(labels) - start + 1)]


@pytest.mark.parametrize("file", FILES)
def test_text_comes_out_clean(file: str) -> None:
    text = text_of(file)
    assert set(re.findall(r"[^\x20-\x7e]", text)) <= set("’‘“”–•£é")


def test_reading_paths_lead_to_headings() -> None:
    headings = {file: bookmarks(reader(file).outline) for file in FILES}
    for path in PROGRAMME["reading_paths"]:
        for step in path["steps"]:
            known = [heading.replace("’", "'") for heading in headings[step["document"]]]
            assert any(heading.startswith(step["section"]) for heading in known), step


def test_the_handbook_names_every_adopter_and_term() -> None:
    text = text_of("handbook.pdf").replace("’", "'")
    for adopter in PROGRAMME["adopters"]:
        assert f"{adopter['name']}: " in text, adopter["name"]
        assert all(name in text for name in adopter["local_names"])
    for entry in PROGRAMME["glossary"]:
        assert entry["term"] in text

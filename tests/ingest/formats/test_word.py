"""Word files: structure by style, what the final version shows and nothing else."""

from pathlib import Path

from docx import Document

from tests.ingest.formats.made import add_xml, guidance, read_bytes, repacked, saved, shapes

BOX = "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>"


def test_sections_are_pages_with_their_heading_path(tmp_path: Path) -> None:
    parsed = read_bytes(tmp_path, "a.docx", saved(guidance()))
    assert (parsed.title, parsed.authors) == ("Guidance", ("Ann Lee", "Bo Day"))
    assert [page.label for page in parsed.pages] == ["Referrals", "Referrals › Thresholds"]
    assert [(a.title, a.first_page, a.last_page) for a in parsed.articles] == [("Referrals", 1, 2)]
    assert shapes(parsed.pages[1]) == [
        ("heading", "Thresholds"),
        ("paragraph", "A referral needs:"),
        ("list item", "1. consent"),
        ("list item", "2. a plan"),
        ("table row", "Council | 2021 | 2022"),
        ("table row", "Leeds | 683 | 700"),
        ("table row", "York | 1 | 2"),
    ]


def test_only_what_the_final_version_shows_is_read(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Shown.")
    paragraph.add_run(" Hidden.").font.hidden = True
    add_xml(paragraph, '<w:ins w:id="1" w:author="x"><w:r><w:t xml:space="preserve"> Added.</w:t></w:r></w:ins>')
    add_xml(paragraph, '<w:del w:id="2" w:author="x"><w:r><w:delText>Deleted.</w:delText></w:r></w:del>')
    document.add_comment(paragraph.runs[0], "A comment.", "x")
    document.sections[0].header.paragraphs[0].text = "Running head"
    assert read_bytes(tmp_path, "a.docx", saved(document)).pages[0].text == "Shown. Added."


def test_a_text_box_with_a_copy_for_old_programs_is_read_once(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Before.")
    add_xml(
        paragraph,
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing>{BOX}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
    )
    assert read_bytes(tmp_path, "a.docx", saved(document)).pages[0].text == "Before.\nIn the box."


def test_merged_cells_keep_the_columns_and_name_each_row_they_span(tmp_path: Path) -> None:
    document = guidance()
    table = document.tables[0]
    table.cell(2, 1).merge(table.cell(2, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    rows = shapes(read_bytes(tmp_path, "a.docx", saved(document)).pages[1])[-2:]
    assert rows == [("table row", "Leeds York | 683 | 700"), ("table row", "Leeds York | 1 2 |")]


def test_localised_style_ids_are_headings_by_their_names(tmp_path: Path) -> None:
    def german(data: bytes) -> bytes:
        return data.replace(b'"Heading1"', b'"berschrift1"').replace(b'"Heading2"', b'"berschrift2"')

    data = repacked(saved(guidance()), {"word/document.xml": german, "word/styles.xml": german})
    labels = [page.label for page in read_bytes(tmp_path, "a.docx", data).pages]
    assert labels == ["Referrals", "Referrals › Thresholds"]


def test_notes_stand_at_the_end_of_their_section_and_never_in_a_figure(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("One", 1)
    add_xml(document.add_paragraph("There were 683"), '<w:r><w:footnoteReference w:id="2"/></w:r>')
    document.add_heading("Two", 1)
    document.add_paragraph("More.")
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    note = f'<w:footnotes xmlns:w="{space}"><w:footnote w:id="2"><w:p><w:r><w:t>In March.</w:t></w:r></w:p>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    data = repacked(
        saved(document),
        {"word/_rels/document.xml.rels": lambda b: b.replace(b"</Relationships>", relation.encode())},
        **{"word/footnotes.xml": f"{note}</w:footnote></w:footnotes>".encode()},
    )
    pages = read_bytes(tmp_path, "a.docx", data).pages
    assert [page.text for page in pages] == ["One\nThere were 683\nNotes\nIn March.", "Two\nMore."]

"""A Word file of one section for each attack, and a presentation of one slide for each."""

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor
from pptx import Presentation
from pptx.dml.color import RGBColor as SlideColour
from pptx.util import Inches

if TYPE_CHECKING:
    from evals.attack_files import Attack

Name = Callable[["Attack"], str]


def build_word(attacks: Sequence["Attack"], name: Name) -> bytes:
    document = Document()
    document.add_heading("Guidance", 0)
    for attack in attacks:
        document.add_heading(name(attack), 1)
        _hide_in_word(document, document.add_paragraph(attack.says), attack)
    return _saved(document)


def _hide_in_word(document: Any, paragraph: Any, attack: "Attack") -> None:
    if attack.place == "header":
        document.sections[0].header.paragraphs[0].text = attack.hides
    elif attack.place == "deleted":
        run = f"<w:r><w:delText>{attack.hides}</w:delText></w:r>"
        paragraph._p.append(parse_xml(f'<w:del {nsdecls("w")} w:id="1" w:author="A">{run}</w:del>'))
    elif attack.place == "comment":
        document.add_comment(paragraph.runs, text=attack.hides, author="A")
    elif attack.place == "alt text":
        drawing = (
            f'<w:drawing {nsdecls("w", "wp")}><wp:inline><wp:docPr id="1" name="Picture" descr="{attack.hides}"/>'
            "</wp:inline></w:drawing>"
        )
        paragraph.add_run()._r.append(parse_xml(drawing))
    else:
        run = document.add_paragraph().add_run(attack.hides)
        if attack.place == "vanish":
            run.font.hidden = True
        elif attack.place == "white":
            run.font.color.rgb = RGBColor(255, 255, 255)
        elif attack.place == "tiny":
            run.font.size = Pt(1)


def build_slides(attacks: Sequence["Attack"], name: Name) -> bytes:
    show = Presentation()
    for attack in attacks:
        slide = show.slides.add_slide(show.slide_layouts[5])
        slide.shapes.title.text = name(attack)
        box = slide.shapes.add_textbox(Inches(1), Inches(2), Inches(7), Inches(1))
        box.text_frame.text = attack.says
        _hide_in_slide(show, slide, box, attack)
    return _saved(show)


def _hide_in_slide(show: Any, slide: Any, box: Any, attack: "Attack") -> None:
    if attack.place == "notes":
        slide.notes_slide.notes_text_frame.text = attack.hides
    elif attack.place == "alt text":
        box._element.nvSpPr.cNvPr.set("descr", attack.hides)
    else:
        if attack.place == "hidden slide":
            slide = show.slides.add_slide(show.slide_layouts[5])
            slide._element.set("show", "0")
        left = -9 if attack.place == "beside the slide" else 1
        run = slide.shapes.add_textbox(Inches(left), Inches(4), Inches(7), Inches(1)).text_frame.paragraphs[0].add_run()
        run.text = attack.hides
        if attack.place == "white":
            run.font.color.rgb = SlideColour.from_string("FFFFFF")  # type: ignore[no-untyped-call]


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()

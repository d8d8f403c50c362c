"""The Word file: what the brief says in order, in real styles; an office's template; the same bytes each time."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from sim.brief.docx import docx
from sim.brief.docx_office import NEEDED
from sim.brief.docx_styles import own_document
from sim.brief.model import Brief, Command, Heading, Items, Paragraph, Picture, Table
from sim.errors import OutputError
from sim.words import say
from tests.brief.reading import in_docx, said, squeezed
from tests.brief.rendered import as_docx
from tests.brief.sample import sample


def opened(content: bytes) -> Any:
    return Document(io.BytesIO(content))


@pytest.fixture
def document(sampled: Brief) -> Any:
    return opened(as_docx(sampled.lang))


def kinds(brief: Brief, kind: type) -> list[Any]:
    return [block for block in brief.blocks if isinstance(block, kind)]


def styled(document: Any, style: str) -> list[str]:
    return [
        "".join(text.text or "" for text in paragraph._p.iter(qn("w:t")))
        for paragraph in document.paragraphs
        if paragraph.style.name == style
    ]


def test_the_text_says_what_the_brief_says_and_nothing_else(sampled: Brief) -> None:
    assert in_docx(as_docx(sampled.lang)) == "".join(said(sampled))


def test_titles_headings_and_lists_are_real_styles(sampled: Brief, document: Any) -> None:
    assert styled(document, "Title") == [sampled.title]
    for level in (1, 2):
        wanted = [block.text for block in kinds(sampled, Heading) if block.level == level]
        assert styled(document, f"Heading {level}") == wanted
    items = kinds(sampled, Items)
    assert len(styled(document, "List Bullet")) == sum(len(block.items) for block in items if not block.ordered)
    assert len(styled(document, "List Number")) == sum(len(block.items) for block in items if block.ordered)


def test_captions_are_numbered_by_fields(sampled: Brief, document: Any) -> None:
    fields = document.element.body.findall(f".//{qn('w:fldSimple')}")
    counted = [(field.get(qn("w:instr")).split()[1], field.find(f".//{qn('w:t')}").text) for field in fields]
    assert counted == [("Table", "1"), ("Figure", "1"), ("Figure", "2"), ("Table", "2")]
    wanted = [squeezed(block.caption) for block in sampled.blocks if isinstance(block, Table | Picture)]
    found = map(squeezed, styled(document, "Caption"))
    assert [text.endswith(caption) for text, caption in zip(found, wanted, strict=True)] == [True] * 4


def test_each_ordered_list_begins_at_one(document: Any) -> None:
    numbers: dict[str, int] = {}
    for paragraph in document.paragraphs:
        if paragraph.style.name == "List Number":
            key = paragraph._p.pPr.numPr.numId.val
            numbers[key] = numbers.get(key, 0) + 1
    assert list(numbers.values()) == [2, 2]
    numbering = document.part.numbering_part.element
    for key in numbers:
        (num,) = [num for num in numbering.findall(qn("w:num")) if num.get(qn("w:numId")) == str(key)]
        assert num.find(f".//{qn('w:startOverride')}").get(qn("w:val")) == "1"


def test_pictures_carry_their_alternative_text_and_are_sharp(sampled: Brief, document: Any) -> None:
    shapes = list(document.inline_shapes)
    wanted = kinds(sampled, Picture)
    assert [shape._inline.docPr.get("descr") for shape in shapes] == [picture.alt for picture in wanted]
    assert len({shape._inline.docPr.get("id") for shape in shapes}) == len(wanted)
    section = document.sections[-1]
    room = section.page_width - section.left_margin - section.right_margin
    for shape in shapes:
        assert shape.width <= room
        (pixels,) = re.findall(r"cx=\"(\d+)\"", shape._inline.graphic.xml)[:1]
        assert int(pixels) == shape.width
    for image in {part.image for part in document.part.package.image_parts}:
        assert image.px_width / (room / 914400) >= 200


def test_tables_repeat_their_heads_and_say_so(sampled: Brief, document: Any) -> None:
    tables = kinds(sampled, Table)
    for table, block in zip(document.tables, tables, strict=True):
        rows = table._tbl.tr_lst
        assert rows[0].find(f".//{qn('w:tblHeader')}") is not None
        assert sum(row.find(f".//{qn('w:tblHeader')}") is not None for row in rows) == 1
        assert len(rows) == 1 + len(block.rows)
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")


def test_numbers_in_tables_stand_right(document: Any) -> None:
    table = document.tables[0]
    assert [cell.paragraphs[0].alignment for cell in table.rows[1].cells] == [0, *[2] * 5]


def test_every_style_names_its_chinese_font(document: Any) -> None:
    for style in document.styles.element.findall(qn("w:style")):
        for fonts in style.iter(qn("w:rFonts")):
            assert not [name for name in fonts.attrib if "Theme" in name or "theme" in name]
    used = {paragraph.style.name for paragraph in document.paragraphs} | {"Brief Small", "Footer"}
    assert len(used) > 8
    for name in used:
        fonts = document.styles[name].element.find(f".//{qn('w:rFonts')}")
        assert fonts.get(qn("w:eastAsia"))
        assert fonts.get(qn("w:ascii"))


def test_the_page_is_that_of_the_standard() -> None:
    section = opened(as_docx("zh")).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    found = section.top_margin, section.bottom_margin, section.left_margin, section.right_margin
    assert [round(length.mm) for length in found] == [37, 35, 28, 26]
    text = "".join(element.text or "" for element in section.footer._element.iter(qn("w:t")))
    assert text == "— 1 —"
    assert opened(as_docx("zh")).styles["Title"].font.size == Pt(22)


def test_it_says_its_title_language_and_date(sampled: Brief, document: Any) -> None:
    properties = document.core_properties
    assert properties.title == sampled.title
    assert properties.author == sampled.made_by
    assert properties.created.date().isoformat() == properties.modified.date().isoformat() == sampled.dated
    tag = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert tag.get(qn("w:eastAsia")) == "zh-CN"
    assert tag.get(qn("w:val")).startswith("en")


def test_the_annex_begins_on_a_new_page(sampled: Brief, document: Any) -> None:
    broken = [paragraph for paragraph in document.paragraphs if paragraph.paragraph_format.page_break_before]
    assert [paragraph.text for paragraph in broken] == [say("page.annex", sampled.lang)]


def test_a_command_keeps_its_lines(sampled: Brief, document: Any) -> None:
    (command,) = kinds(sampled, Command)
    (paragraph,) = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Brief Command"]
    assert paragraph.text == command.text


def test_every_part_is_well_formed_and_dated_alike(sampled: Brief) -> None:
    with zipfile.ZipFile(io.BytesIO(as_docx(sampled.lang))) as archive:
        assert archive.testzip() is None
        for info in archive.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            if info.filename.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(info))


def test_the_same_brief_is_the_same_file(sampled: Brief) -> None:
    assert docx(sampled) == as_docx(sampled.lang)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office's template: its own page, head and title style, and some text of its own."""
    document = Document()
    document.styles["Title"].font.size = Pt(33)
    document.styles["Normal"].font.name = "Georgia"
    section = document.sections[0]
    section.page_width, section.left_margin, section.right_margin = Mm(200), Mm(30), Mm(30)
    section.header.paragraphs[0].text = "南沙区人民政府办公室"
    document.add_paragraph("Text of the template", "Heading 1")
    document.add_table(2, 2)
    path = tmp_path / "office.docx"
    document.save(str(path))
    return path


def test_a_template_gives_page_styles_and_head_and_loses_its_text(sampled: Brief, office: Path) -> None:
    content = docx(sampled, office)
    document = opened(content)
    assert in_docx(content) == "".join(said(sampled))
    assert document.styles["Title"].font.size == Pt(33)
    assert round(document.sections[0].page_width.mm) == 200
    assert document.sections[0].header.paragraphs[0].text == "南沙区人民政府办公室"
    assert len(document.tables) == len(kinds(sampled, Table))
    assert {table.style.name for table in document.tables} == {"Table Grid"}
    assert all(shape.width <= Mm(140) for shape in document.inline_shapes)
    assert docx(sampled, office) == content


def test_a_template_without_a_page_is_set_on_a4(office: Path) -> None:
    document = Document(str(office))
    body = document.element.body
    body.remove(body.sectPr)
    document.save(str(office))
    section = opened(docx(sample("zh"), office)).sections[-1]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_a_longer_body_is_set_smaller(sampled: Brief) -> None:
    heading = next(n for n, block in enumerate(sampled.body) if isinstance(block, Heading))
    more = [block for block in sampled.body if isinstance(block, Paragraph) and block.role == "body"]
    longer = dataclasses.replace(sampled, body=(*sampled.body[:heading], *more * 12, *sampled.body[heading:]))
    sizes = [opened(content).styles["Brief Text"].font.size for content in (as_docx(sampled.lang), docx(longer))]
    assert sizes[0] > sizes[1] >= Pt(9)


def test_a_template_without_styles_is_refused_with_their_names(office: Path) -> None:
    document = Document(str(office))
    for name in ("Caption", "Table Grid"):
        document.styles[name].delete()
    document.save(str(office))
    with pytest.raises(OutputError) as caught:
        docx(sample("en"), office)
    (problem,) = caught.value.problems
    assert "Caption, Table Grid" in problem.what
    assert problem.where == str(office)
    assert "--office" in problem.remedy


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x05\x06" + bytes(18), b"\xd0\xcf\x11\xe0" + bytes(600)])
def test_a_template_that_is_no_word_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "office.docx"
    path.write_bytes(content)
    with pytest.raises(OutputError, match=r"not a Word document \(\.docx\)"):
        docx(sample("en"), path)


def test_an_archive_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "office.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "text")
    with pytest.raises(OutputError, match=r"not a Word document \(\.docx\)"):
        docx(sample("en"), path)


def test_a_word_template_file_is_refused_with_the_remedy(office: Path) -> None:
    main = b"wordprocessingml.document.main+xml"
    with zipfile.ZipFile(office) as old:
        files = {name: old.read(name) for name in old.namelist()}
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(main, b"wordprocessingml.template.main+xml")
    with zipfile.ZipFile(office, "w") as new:
        for name, content in files.items():
            new.writestr(name, content)
    with pytest.raises(OutputError, match=r"save it as “Word document \(\.docx\)”"):
        docx(sample("en"), office)


@pytest.mark.parametrize("place", ["missing.docx", "."])
def test_no_template_there_is_told(tmp_path: Path, place: str) -> None:
    with pytest.raises(OutputError, match="no such template"):
        docx(sample("en"), tmp_path / place)


def test_our_own_document_would_do_as_a_template(tmp_path: Path) -> None:
    document = own_document("zh", 9)
    assert {style.name for style in document.styles} >= set(NEEDED)

"""Parts of a Word file that its library has no calls for: caption fields, alt text, lists from 1, dateless bytes."""

from __future__ import annotations

import copy
import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file within the archive: the earliest that the format knows."""

DEFLATED = 6
LEFT, CENTRE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
RIGHT, JUSTIFIED = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY


def element(tag: str, **attributes: object) -> Any:
    """Return a new element such as w:jc, its attributes with the prefix of the tag."""
    made = OxmlElement(tag)
    prefix = tag.partition(":")[0]
    for name, value in attributes.items():
        made.set(qn(f"{prefix}:{name}"), str(value))
    return made


def caption(paragraph: Any, label: str, kind: str) -> None:
    """Begin a caption with its label; its number is a SEQ field, so that Word counts on when figures are added."""
    before, number, after = re.split(r"(\d+)", label, maxsplit=1)
    paragraph.add_run(before).bold = True
    field = element("w:fldSimple", instr=f" SEQ {kind} \\* ARABIC ")
    run = paragraph.add_run(number)
    run.bold = True
    field.append(run._r)
    paragraph._p.append(field)
    paragraph.add_run(after).bold = True


def describe(shape: Any, number: int, name: str, alt: str) -> None:
    """Give a picture its number in the document, its name and the text that is read instead of it."""
    properties = shape._inline.docPr
    properties.set("id", str(number))
    properties.set("name", name)
    properties.set("descr", alt)


def nothing_above(paragraph: Any) -> None:
    """Let a note stand close under its table."""
    paragraph.paragraph_format.space_before = Pt(2)


def restarted(document: Any, paragraphs: Sequence[Any]) -> None:
    """Number a list from 1 again: a list style alone counts on through the whole document."""
    style = document.styles["List Number"].element.find(f".//{qn('w:numId')}")
    if style is None:
        return
    numbering = document.part.numbering_part.element
    kinds = {num.get(qn("w:numId")): num for num in numbering.findall(qn("w:num"))}
    model = kinds.get(style.get(qn("w:val")))
    if model is None:
        return
    number = max(int(key) for key in kinds) + 1
    num = element("w:num", numId=number)
    num.append(copy.deepcopy(model.find(qn("w:abstractNumId"))))
    override = element("w:lvlOverride", ilvl=0)
    override.append(element("w:startOverride", val=1))
    num.append(override)
    list(kinds.values())[-1].addnext(num)
    for paragraph in paragraphs:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number


def fixed(content: bytes) -> bytes:
    """Return the archive with every file dated the same, so that equal briefs are equal bytes."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name), compresslevel=DEFLATED)
    return out.getvalue()

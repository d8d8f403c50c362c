"""An office's own Word template: its styles, its page, its header and footer; its text is taken out."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from sim.brief.docx_fonts import speak
from sim.brief.docx_styles import add_missing
from sim.brief.typeset import Sheet
from sim.errors import OutputError, Problem
from sim.words import Lang

NEEDED = ("Normal", "Title", "Heading 1", "Heading 2", "Caption", "List Bullet", "List Number", "Table Grid")
"""Styles that every Word knows under these names in any language; a file has those that were used once."""


def office_document(template: Path) -> Any:
    """Return the template without its text. Raises OutputError if it is no Word file or lacks a style of NEEDED."""
    document = _opened(template)
    missing = [name for name in NEEDED if name not in {style.name for style in document.styles}]
    if missing:
        what = f"the template lacks the styles {', '.join(missing)}"
        remedy = "in Word, give a line of the template each of these styles once and save it; or leave out --office"
        raise OutputError(Problem(what, str(template), remedy))
    _empty(document)
    return document


def adopt(document: Any, lang: Lang, size: float) -> None:
    """Add the styles that are the brief's own, for a text of this size [points], and say in which language it is."""
    add_missing(document, lang, size)
    speak(document, lang)


def sheet_of(document: Any) -> Sheet:
    """Return the page of a document."""
    section = document.sections[-1]
    lengths = {
        "width": section.page_width,
        "height": section.page_height,
        "top": section.top_margin,
        "bottom": section.bottom_margin,
        "left": section.left_margin,
        "right": section.right_margin,
    }
    return Sheet(**{name: abs(length.mm) for name, length in lengths.items()}, floats=False)


def _opened(template: Path) -> Any:
    from docx.opc.exceptions import PackageNotFoundError

    if not template.is_file():
        raise OutputError(Problem("no such template", str(template), "give --office the path of a .docx file"))
    try:
        return Document(str(template))
    except OSError as error:
        what = f"cannot read the template: {error.strerror or error}"
        raise OutputError(Problem(what, str(template), "give a file that you may read")) from error
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, SyntaxError) as error:
        remedy = "open it in Word, save it as “Word document (.docx)”, without a password, and give that file"
        raise OutputError(Problem("the template is not a Word document (.docx)", str(template), remedy)) from error


def _empty(document: Any) -> None:
    """Take out all text; the last section, with its page, header and footer, stays, on A4 if it names no page."""
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    body.get_or_add_sectPr()
    section, default = document.sections[-1], Sheet()
    for name in ("page_width", "page_height", "top_margin", "bottom_margin", "left_margin", "right_margin"):
        if getattr(section, name) is None:
            setattr(section, name, Mm(getattr(default, name.removeprefix("page_").removesuffix("_margin"))))

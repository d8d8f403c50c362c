"""An office's own Word template: its styles, its page, its header and footer; its text is taken out."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.oxml.ns import qn

from sim.brief.docx_fonts import speak
from sim.brief.docx_styles import add_missing
from sim.brief.model import Brief
from sim.errors import OutputError, Problem

NEEDED = ("Normal", "Title", "Heading 1", "Heading 2", "Caption", "List Bullet", "List Number", "Table Grid")
"""Styles that every Word knows under these names in any language; a file has those that were used once."""


def office_document(template: Path, brief: Brief) -> Any:
    """Return the template without its text. Raises OutputError if it is no Word file or lacks a style of NEEDED."""
    document = _opened(template)
    missing = [name for name in NEEDED if name not in {style.name for style in document.styles}]
    if missing:
        what = f"the template lacks the styles {', '.join(missing)}"
        remedy = "in Word, give a line of the template each of these styles once and save it; or leave out --office"
        raise OutputError(Problem(what, str(template), remedy))
    _empty(document)
    add_missing(document, brief.lang)
    speak(document, brief.lang)
    return document


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
    """Take out all text; the last section, with its page, header and footer, stays."""
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)

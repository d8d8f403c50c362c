"""Writing a brief: every file is made in memory, then put aside, then renamed, so that none stands half-written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, get_args

from sim.brief import characters
from sim.brief.model import Brief, Picture
from sim.brief.traced import COLUMNS, rows
from sim.errors import OutputError, Problem
from sim.words import Lang

Format = Literal["html", "pdf", "docx"]
FORMATS: tuple[Format, ...] = get_args(Format)


def write(
    briefs: Mapping[Lang, Brief], formats: Sequence[Format], folder: Path, template: Path | None = None
) -> list[Path]:
    """Write the briefs into a folder, with each picture and the table of all numbers beside them; return the paths.

    Raises OutputError if a text has a character that cannot be shown, if `template` cannot be used for the Word files,
    or if the folder cannot be written to; then no file is written.
    """
    for brief in briefs.values():
        characters.check(brief)
    files = {
        name: content
        for lang, brief in briefs.items()
        for name, content in (*_documents(brief, lang, formats, template), *_beside(brief, lang))
    }
    try:
        return _laid(files, folder)
    except OSError as error:
        what = f"cannot write {error.filename or folder}: {error.strerror or error}"
        remedy = "choose another folder with --out, or make room in this one"
        raise OutputError(Problem(what, str(folder), remedy)) from error


def _documents(
    brief: Brief, lang: Lang, formats: Sequence[Format], template: Path | None
) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the brief in each format; each loads its libraries only when it is asked for."""
    for kind in formats:
        if kind == "html":
            from sim.brief.html import html

            content = html(brief).encode("utf-8")
        elif kind == "pdf":
            from sim.brief.pdf import pdf

            content = pdf(brief)
        else:
            from sim.brief.docx import docx

            content = docx(brief, template)
        yield f"brief_{lang}.{kind}", content


def _beside(brief: Brief, lang: Lang) -> Iterator[tuple[str, bytes]]:
    """Yield what stands beside a brief: its pictures, and where each of its numbers comes from."""
    for block in brief.blocks:
        if isinstance(block, Picture):
            yield f"{block.key}_{lang}.svg", block.svg
            yield f"{block.key}_{lang}.png", block.png
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(brief))
    yield f"numbers_{lang}.csv", text.getvalue().encode("utf-8-sig")


def _laid(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write the files aside within the folder, then rename each to its place."""
    folder.mkdir(parents=True, exist_ok=True)
    blocked = [name for name in files if (folder / name).is_dir()]
    if blocked:
        raise IsADirectoryError(0, "there is a folder of that name", str(folder / blocked[0]))
    with TemporaryDirectory(prefix=".aside-", dir=folder) as aside:
        for name, content in files.items():
            (Path(aside) / name).write_bytes(content)
        return [(Path(aside) / name).replace(folder / name) for name in files]

"""`nansha brief`: stored results as a two-page policy brief with an annex, for the web, for print and for Word."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, get_args

import typer

from sim.cli.options import JsonOption
from sim.cli.run import RESULTS
from sim.cli.screen import Screen, shown_path
from sim.errors import Problem, RunError
from sim.words import LANGS, Lang

Words = Literal["en", "zh", "both"]
Format = Literal["html", "pdf", "docx"]
FORMATS: tuple[Format, ...] = get_args(Format)

FOLDER = "briefs"
RESULT = "Base, then reforms: scenario files, names or digests of what is stored. 先基准后改革：情景文件、名称或摘要。"
WORDS = "Language of the brief. 简报语言。"
FORMAT = "html, pdf, docx; several with commas. 格式，可用逗号并列。"
TITLE = "A title in place of the one that is made. 自定标题。"
OFFICE = "A Word file whose styles and page are used. 本单位的 Word 模板。"
STORE = "Folder in which the results are. 结果所在文件夹。"
OUT = "Folder of the brief. 简报输出文件夹。"
DATED = "Date of the brief, YYYY-MM-DD; today if not given. 日期，默认当天。"


def brief(
    results: Annotated[list[str], typer.Argument(metavar="RESULT...", help=RESULT)],
    words: Annotated[Words, typer.Option("--lang", envvar="NANSHA_LANG", help=WORDS)] = "en",
    formats: Annotated[str, typer.Option("--format", metavar="LIST", help=FORMAT)] = ",".join(FORMATS),
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help=TITLE)] = None,
    office: Annotated[Path | None, typer.Option("--office", metavar="FILE", help=OFFICE)] = None,
    dated: Annotated[str | None, typer.Option("--date", metavar="DATE", help=DATED)] = None,
    store: Annotated[Path, typer.Option("--results", metavar="DIR", help=STORE)] = RESULTS,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help=OUT)] = None,
    as_json: JsonOption = False,
) -> None:
    """Make the brief of what is stored; nothing is run."""
    langs: tuple[Lang, ...] = LANGS if words == "both" else (words,)
    screen = Screen("en" if words == "both" else words, as_json)
    with screen.reporting():
        kinds, day = _kinds(formats), _day(dated)

        from sim.brief.build import Options, build
        from sim.brief.write import write
        from sim.cli.pictures import folder_name
        from sim.experiment.recall import recall

        _known_template(office, kinds)
        typed = {"--lang": words, "--format": ",".join(kinds), "--title": title, "--office": office, "--date": day}
        typed |= {"--results": None if store == RESULTS else store, "--out": out}
        options = Options(day, _command(results, typed), title)
        recalled = recall(store, results)
        briefs = {lang: build(recalled, store, lang, options) for lang in langs}
        folder = out or store / FOLDER / folder_name(recalled)
        paths = write(briefs, kinds, folder, office)
        if as_json:
            files = [shown_path(path) for path in paths]
            screen.dump({"brief": shown_path(folder), "files": files, "digests": briefs[langs[0]].digests})
            return
        for path in (path for path in paths if path.stem.startswith("brief_")):
            screen.line(shown_path(path))
        screen.line(screen.say("brief.screen.beside", folder=shown_path(folder)))


def _kinds(formats: str) -> tuple[Format, ...]:
    """Return the formats asked for, each once. Raises RunError for one that there is not, or none."""
    from sim.scenario.nearest import with_nearest

    asked = [part.strip().lower() for part in formats.split(",") if part.strip()]
    unknown = [part for part in asked if part not in FORMATS]
    if unknown or not asked:
        what = with_nearest(f"there is no format {unknown[0]!r}", unknown[0], FORMATS) if unknown else "no format"
        raise RunError(Problem(what, f"--format {formats}", f"write --format {','.join(FORMATS)}, or some of them"))
    return tuple(kind for kind in FORMATS if kind in asked)


def _day(text: str | None) -> str:
    try:
        return (date.today() if text is None else date.fromisoformat(text)).isoformat()
    except ValueError:
        raise RunError(Problem(f"{text!r} is no date", "--date", "write it as 2026-01-31")) from None


def _known_template(office: Path | None, kinds: tuple[Format, ...]) -> None:
    if office is None:
        return
    if "docx" not in kinds:
        what = "a Word template is of no use without the format docx"
        raise RunError(Problem(what, f"--office {office}", "add docx to --format, or leave --office out"))
    if not office.is_file():
        raise RunError(Problem(f"there is no file {office}", "--office", "give the path of a .docx file"))


def _command(results: list[str], typed: Mapping[str, object]) -> str:
    """Return the command line that makes the brief again."""
    options = [text for name, value in typed.items() if value is not None for text in (name, str(value))]
    return shlex.join(["nansha", "brief", *results, *options])

"""`nansha chart`: single charts from what is stored, to be put into a text of one's own."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from sim.cli.options import JsonOption, LangOption
from sim.cli.run import RESULTS
from sim.cli.screen import Screen, shown_path
from sim.errors import OutputError, Problem

if TYPE_CHECKING:
    from sim.charts.material import Material
    from sim.charts.plates import Kind, Plate
    from sim.charts.save import Format

KINDS: tuple[Kind, ...] = (
    *("stages", "dwell", "effects", "waterfall", "tornado", "heatmap"),
    *("berths", "queue", "yard", "flows", "detection", "warmup"),
)
FORMATS: tuple[Format, ...] = ("svg", "png", "pdf")
Word = TypeVar("Word", bound=str)
ALONE = frozenset({"warmup"})
"""Figures of one result: of several they are drawn only where they are asked for."""

Names = Annotated[
    list[str],
    typer.Argument(
        metavar="RESULT...",
        help="Digests, scenario names or files, the base first; or a sweep. 摘要、情景名或文件（基准在前），或扫描名。",
    ),
]
FigureOption = Annotated[
    str | None,
    typer.Option(
        "--figure",
        metavar="NAME[,NAME]",
        help=f"{', '.join(KINDS)}; all that can be drawn if not given. 图的种类，默认绘制全部可绘图。",
    ),
]
FormatOption = Annotated[
    str, typer.Option("--format", metavar="NAME[,NAME]", help="svg, png, pdf; data as CSV always. 图片格式，另附 CSV。")
]
SizeOption = Annotated[
    Literal["brief", "slide", "a4"],
    typer.Option(
        "--size", help="A text column, a 16:9 slide, or the width of a page. 文本栏宽、16:9 幻灯片或 A4 页宽。"
    ),
]
ResultsOption = Annotated[
    Path, typer.Option("--results", metavar="DIR", help="Folder where the results are. 结果所在文件夹。")
]
ToOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Folder for the charts; within the results if not given. 图表文件夹。"),
]


def chart(
    names: Names,
    figure: FigureOption = None,
    formats: FormatOption = "svg,png",
    size: SizeOption = "a4",
    results: ResultsOption = RESULTS,
    out: ToOption = None,
    lang: LangOption = "en",
    as_json: JsonOption = False,
) -> None:
    """Draw stored results again: every figure that they can give, or those asked for."""
    screen = Screen(lang, as_json)
    with screen.reporting():
        from sim.charts.plates import save_all

        asked = () if figure is None else _listed(figure, KINDS, "--figure")
        kinds = _listed(formats, FORMATS, "--format")
        material = _material(results, names)
        drawn, absent = _plates(material, asked, names, screen)
        folder = out or results / "charts" / _folder_name(material)
        files = save_all(drawn, folder, lang, size, kinds)
        titles = [plate.title(lang) for plate in drawn]
        if as_json:
            charts = [
                {"figure": plate.stem, "title": title, "files": [path.name for path in paths]}
                for plate, title, paths in zip(drawn, titles, files, strict=True)
            ]
            screen.dump({"folder": shown_path(folder), "charts": charts, "left_out": absent})
            return
        for plate, title in zip(drawn, titles, strict=True):
            screen.line(screen.say("mark.colon").join((plate.stem, title)))
        screen.line(screen.say("chart.saved", path=shown_path(folder), formats=", ".join((*kinds, "csv"))))
        for kind, reason in absent.items():
            screen.line(screen.say("chart.left_out", kind=kind, reason=reason))


def _listed(text: str, known: Sequence[Word], option: str) -> tuple[Word, ...]:
    """Return the names in an option, each once. Raises OutputError with those that are none."""
    from sim.scenario.nearest import with_nearest

    names = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    wrong = [name for name in names if name not in known]
    if wrong or not names:
        remedy = f"choose of {', '.join(known)}"
        what = [with_nearest(f"there is no {name!r}", name, known) for name in wrong] or ["nothing is named"]
        raise OutputError(Problem(one, option, remedy) for one in what)
    return tuple(name for name in known if name in names)


def _material(root: Path, names: Sequence[str]) -> Material:
    """Return what the charts are made of: results, or the one sweep named."""
    from sim.charts.material import Material
    from sim.experiment.recall import recall
    from sim.experiment.sweep_recall import is_sweep, recall_sweep

    swept = [name for name in names if is_sweep(root, name)]
    if not swept:
        return Material(root, recall(root, names))
    if len(names) > 1:
        what = f"{swept[0]} is a sweep, and is drawn by itself"
        raise OutputError(Problem(what, str(root), f"name it alone: nansha chart {swept[0]}"))
    return Material(root, sweep=recall_sweep(root, swept[0]))


def _plates(
    material: Material, asked: Sequence[Kind], names: Sequence[str], screen: Screen
) -> tuple[list[Plate], dict[str, str]]:
    """Return what is drawn, and of what is not, why. Raises OutputError with every figure asked for that cannot be."""
    from sim.charts.plates import plates

    drawn: list[Plate] = []
    absent: dict[str, str] = {}
    for kind in asked or KINDS:
        found = [] if not asked and kind in ALONE and len(material.results) > 1 else plates(kind, material)
        drawn += found
        if not found:
            absent[kind] = screen.say(f"chart.absent.{_why(kind, material)}")
    if asked and absent:
        words = _words(material, names)
        where = " ".join(names)
        raise OutputError(
            Problem(f"{kind}: {reason}", where, screen.say(f"chart.remedy.{_why(kind, material)}", **words))
            for kind, reason in absent.items()
        )
    return drawn, absent


def _why(kind: str, material: Material) -> str:
    """Return why a figure cannot be drawn, as the catalogues call it."""
    if kind == "heatmap":
        return "empty_sweep" if material.sweep is not None else "heatmap"
    if material.sweep is not None:
        return "sweep"
    if kind == "waterfall" and len(material.results) == 1:
        return "waterfall_alone"
    return "boxes" if kind in ("queue", "yard", "flows") else kind


def _words(material: Material, names: Sequence[str]) -> dict[str, str]:
    """Return what the remedies name: base, last reform, days, and the folder of results."""
    last = material.results[-1].scenario if material.results else None
    files = [
        name if Path(name).suffix else f"{result.scenario.name}.yaml"
        for name, result in zip(names, material.results, strict=False)
    ]
    words = {
        "base": files[0] if files else "",
        "reform": files[-1] if files else "",
        "results": shown_path(material.root),
    }
    return words | {"days": str(last.horizon.days if last is not None else "")}


def _folder_name(material: Material) -> str:
    from sim.cli.pictures import folder_name

    if material.sweep is None:
        return folder_name(material.results)
    return f"{material.sweep.name}-{hashlib.sha256(material.sweep.base.digest.encode()).hexdigest()[:8]}"

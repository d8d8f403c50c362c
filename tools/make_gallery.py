"""Make docs/gallery/: every chart of the shipped scenarios and a whole brief in both languages, and the page of them.

    python tools/make_gallery.py [--results results/gallery] [--workers N] [--as-stored]

What is stored in the folder of results is not run again; from nothing it takes half an hour and more on two cores. With
--as-stored nothing is run, and charts whose results are not there are left out. The pictures are written with few
colours, so that a clone stays small.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image

from sim.charts.material import Material
from sim.charts.plates import Kind, Plate, plates, save_all
from sim.charts.sheet import Size
from sim.errors import OutputError
from sim.experiment.recall import recall
from sim.experiment.sweep_recall import is_sweep, recall_sweep
from sim.words import LANGS, Lang

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "gallery"
REFORMS = ("two_step", "inspection", "clearance_24h", "package_10")
PACKAGE = "faster_clearance"
"""What the brief is about, and what is shared among its policies."""

CLOCKS = ("arrival_to_release.mean", "arrival_to_gate_out.mean")
DATED = "2026-11-26"
COLOURS = 96


@dataclass(frozen=True)
class Shown:
    """A chart of the gallery: its file, the results and the figure, and what it shows, in English and Chinese.

    folder: of the results, within that of the gallery.
    """

    stem: str
    names: tuple[str, ...]
    figure: Kind
    en: str
    zh: str
    folder: str = ""
    size: Size = "a4"


ALL = ("baseline", *REFORMS)
CHARTS = (
    Shown(
        "stages",
        ALL,
        "stages",
        "Where the hours of imports go, and what becomes of them at each desk",
        "进口各环节用时，及其在各岗位的构成",
    ),
    Shown("stages_export", ALL, "stages", "The same of exports", "出口各环节用时"),
    Shown("dwell", ALL, "dwell", "Dwell with median and P90", "停留时间分布，标出中位数与 P90"),
    Shown(
        "effects",
        ALL,
        "effects",
        "What reforms bring and what they cost, with intervals",
        "各项改革的变化及其区间",
    ),
    Shown(
        "effects",
        ("baseline", "two_step"),
        "effects",
        "The same of one reform, for a text column",
        "单项改革的变化（文本栏宽）",
        size="brief",
    ),
    Shown("detection", ALL, "detection", "Clearance time against detection", "通关时间与查获率"),
    Shown(
        "queue",
        ("baseline", "clearance_24h"),
        "queue",
        "Queues at each desk over the week",
        "一周内各岗位的排队",
    ),
    Shown("yard", ("baseline", "package_10"), "yard", "The yard and its room", "堆场存箱与容量"),
    Shown(
        "berths",
        ("baseline",),
        "berths",
        "A week on the quay, on a slide",
        "一周靠泊图（幻灯片）",
        size="slide",
    ),
    Shown(
        "flows",
        ("baseline",),
        "flows",
        "Boxes from quay to gate, barge and rail, in and out",
        "箱流：码头、闸口、驳船与铁路",
    ),
    Shown("warm_up", ("baseline",), "warmup", "Whether the warm-up suffices", "预热期是否足够"),
    Shown(
        "waterfall_arrival_to_gate_out_import_all_mean",
        ("baseline", PACKAGE),
        "waterfall",
        "Which measure did it",
        "变化在各项政策间的分摊",
    ),
    Shown(
        "inspection_import_inspected_mean",
        ("inspection_scanners",),
        "heatmap",
        "A sweep over two levers",
        "两个参数的扫描",
    ),
    Shown(
        "tornado_arrival_to_gate_out_import_all_mean",
        ("baseline",),
        "tornado",
        "Which assumptions matter most",
        "影响最大的假定",
        folder="sensitivity",
    ),
)


def stored(results: Path, workers: int) -> None:
    """Run what the charts are made of, unless it is stored."""
    files = [f"scenarios/{name}.yaml" for name in (*ALL, PACKAGE)]
    how = ("--workers", str(workers), "--out", str(results))
    nansha("compare", *files, *how)
    metrics = [word for clock in CLOCKS for word in ("--metric", clock)]
    nansha("attribute", files[-1], "--base", files[0], *metrics, *how)
    nansha("sweep", "scenarios/sweeps/inspection_scanners.yaml", "--replications", "2", *how)
    apart = ("--days", "7", "--replications", "2", *how[:2], "--out", str(results / "sensitivity"))
    nansha("run", files[0], *apart)
    nansha("sensitivity", files[0], "--trajectories", "1", "--rows", "8", *apart)


def charts(results: Path, *, as_stored: bool) -> Iterator[str]:
    """Draw every chart in both languages; yield the lines of the page."""
    yield "## Charts 图表\n"
    for shown in CHARTS:
        found = plate_of(results, shown)
        if found is None:
            if not as_stored:
                raise SystemExit(f"{results} has nothing for {shown.stem}")
            print(f"left out: {shown.stem}", file=sys.stderr)
            continue
        size = () if shown.size == "a4" else ("--size", shown.size)
        yield f"### {shown.en} {shown.zh}\n"
        yield f"`nansha chart {' '.join((*shown.names, '--figure', shown.figure, *size))}`\n"
        for lang in reversed(LANGS):
            yield f"![{found.title(lang)}]({picture(results, shown, found, lang)})\n"


def plate_of(results: Path, shown: Shown) -> Plate | None:
    """Return a chart of the gallery; None if its results are not stored."""
    try:
        found = plates(shown.figure, material(results / shown.folder, shown.names))
    except OutputError as error:
        print(error, file=sys.stderr)
        return None
    return next((plate for plate in found if plate.stem == shown.stem), None)


@cache
def material(root: Path, names: tuple[str, ...]) -> Material:
    """Return what is stored under these names: results, or a sweep."""
    if is_sweep(root, names[0]):
        return Material(root, sweep=recall_sweep(root, names[0]))
    return Material(root, recall(root, names))


def picture(results: Path, shown: Shown, plate: Plate, lang: Lang) -> str:
    """Draw a chart into the gallery, with few colours; return the name of its file."""
    print(f"{shown.stem} {shown.size} {lang}", file=sys.stderr)
    aside = results / "drawn" / f"{shown.size}_{lang}"
    (path, _), *_ = save_all([plate], aside, lang, shown.size, ("png",))
    name = f"{shown.stem}{'' if shown.size == 'a4' else '_' + shown.size}_{lang}.png"
    with Image.open(path) as whole:
        small = whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(FOLDER / name, optimize=True)
    return name


def brief(results: Path, *, as_stored: bool) -> Iterator[str]:
    """Make the brief in both languages; yield the lines of the page, with its first two pages as pictures."""
    names = ("baseline", PACKAGE)
    try:
        recall(results, names)
    except OutputError:
        if not as_stored:
            raise
        print("left out: the brief", file=sys.stderr)
        return
    made = ("brief", *names, "--lang", "both", "--date", DATED)
    yield "## A brief 简报\n"
    yield f"`nansha {' '.join(made)}`\n"
    # the command stands in the brief: as it is typed at the root, whoever's machine this is
    place = results.relative_to(ROOT) if results.is_relative_to(ROOT) else results
    told = nansha(*made, "--format", "pdf", "--results", str(place), "--json")
    for lang in reversed(LANGS):
        name = f"brief_{lang}.pdf"
        (FOLDER / name).write_bytes((ROOT / json.loads(told)["brief"] / name).read_bytes())
        for page, picture_name in enumerate(pages(FOLDER / name)):
            yield f"[![{'Page' if lang == 'en' else '页'} {page + 1}]({picture_name})]({name})\n"


def pages(path: Path) -> list[str]:
    """Draw the two pages of a brief beside it; return the names of the files."""
    import pypdfium2

    document, names = pypdfium2.PdfDocument(path), []
    for number in range(2):
        name = f"{path.stem}_{number + 1}.png"
        whole = document[number].render(scale=1.25).to_pil().convert("RGB")
        whole.quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / name, optimize=True)
        names.append(name)
    document.close()
    return names


SECTIONS = (brief, charts)
"""Each makes its pictures in the gallery and yields its lines of the page, in this order."""


def nansha(*arguments: str) -> bytes:
    """Run the command line from the root of the repository and return what it prints; end here if it fails."""
    print("nansha", *arguments, file=sys.stderr)
    command = [sys.executable, "-m", "sim", *arguments]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout


def main(arguments: Sequence[str]) -> None:
    """Run, draw, and write the page."""
    parser = argparse.ArgumentParser(description="Make docs/gallery from stored results of the shipped scenarios.")
    parser.add_argument("--results", type=Path, default=ROOT / "results" / "gallery")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--as-stored", action="store_true")
    asked = parser.parse_args(arguments)
    results = asked.results.absolute()
    if not asked.as_stored:
        stored(results, asked.workers)
    FOLDER.mkdir(parents=True, exist_ok=True)
    head = [
        "# Gallery 图库\n",
        "<!-- Written by tools/make_gallery.py. Do not edit: run `make gallery`. -->\n",
        "Every picture is made from stored results of the shipped scenarios by one command, `make gallery`. To make",
        "your own, see [charts](../how-to/charts.md). 以下各图由 `make gallery` 一条命令从随附情景的已存结果绘制。\n",
    ]
    lines = [*head, *(line for section in SECTIONS for line in section(results, as_stored=asked.as_stored))]
    (FOLDER / "README.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])

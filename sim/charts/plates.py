"""Every figure by name, and which of them the data at hand can give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Literal, get_args

from sim.charts import (
    berths,
    detection,
    dwell,
    effects,
    flows,
    queues,
    stages,
    style,
    tornado,
    warmup,
    waterfall,
    yard,
)
from sim.charts.berth_table import berth_table
from sim.charts.detection_table import detection_table
from sim.charts.effect_table import effects_table
from sim.charts.flow_table import flow_table
from sim.charts.material import Material
from sim.charts.of_findings import tornado_table, waterfall_table
from sim.charts.of_results import dwell_table, stage_table, warm_up_table
from sim.charts.of_sweeps import figure_of, sweep_tables
from sim.charts.queue_table import queue_table
from sim.charts.save import Format, save
from sim.charts.sheet import Size
from sim.charts.table import ChartTable, Flow
from sim.charts.yard_table import yard_table
from sim.errors import OutputError, Problem
from sim.words import Lang

Kind = Literal[
    "stages",
    "dwell",
    "effects",
    "waterfall",
    "tornado",
    "heatmap",
    "berths",
    "queue",
    "yard",
    "flows",
    "detection",
    "warmup",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

FLOWS: Mapping[Flow, str] = {"import": "", "export": "_export"}
"""Flow -> what the names of its files end in."""


@dataclass(frozen=True)
class Plate:
    """One chart: the name of its files, the module that draws it, and its table."""

    stem: str
    module: ModuleType
    table: ChartTable

    def title(self, lang: Lang) -> str:
        """Return its finding as a sentence."""
        return str(self.module.title(self.table, lang))

    def save(self, folder: Path, lang: Lang, size: Size, formats: tuple[Format, ...]) -> tuple[Path, ...]:
        """Draw and save it; call inside `style.styled()`. Raises OutputError."""
        return save(self.module.draw(self.table, lang, size), self.table, folder / self.stem, formats)


def plates(kind: Kind, material: Material) -> list[Plate]:
    """Return the charts of one kind; none if the data at hand cannot give it. Raises OutputError or RunError."""
    return list(MAKERS[kind](material))


def _stages(material: Material) -> Iterator[Plate]:
    for flow, ending in FLOWS.items():
        table = stage_table(material.results, flow, material.judged) if material.results else None
        if table is not None:
            yield Plate(f"stages{ending}", stages, table)


def _dwell(material: Material) -> Iterator[Plate]:
    for flow, ending in FLOWS.items():
        table = dwell_table(material.results, flow) if material.results else None
        if table is not None:
            yield Plate(f"dwell{ending}", dwell, table)


def _effects(material: Material) -> Iterator[Plate]:
    if len(material.results) > 1:
        base, *reforms = material.results
        table = effects_table(base, reforms, material.judged)
        if table is not None:
            yield Plate("effects", effects, table)


def _waterfalls(material: Material) -> Iterator[Plate]:
    reforms = dict.fromkeys(change.reform.digest for change in material.changes)
    for change in material.changes:
        name = change.found.subject.name.replace(".", "_").replace(" ", "_")
        of = f"_{change.reform.name}" if len(reforms) > 1 else ""
        yield Plate(f"waterfall{of}_{name}", waterfall, waterfall_table(change.found, change.base, change.reform))


def _tornados(material: Material) -> Iterator[Plate]:
    scenarios = dict.fromkeys(scenario.digest for _, scenario in material.sensitivities)
    for found, scenario in material.sensitivities:
        of = f"_{scenario.name}" if len(scenarios) > 1 else ""
        name = found.subject.name.replace(".", "_").replace(" ", "_") + ("_effect" if found.effect else "")
        yield Plate(f"tornado{of}_{name}", tornado, tornado_table(found, scenario))


def _heatmaps(material: Material) -> Iterator[Plate]:
    if material.sweep is not None:
        for table in sweep_tables(material.sweep):
            yield Plate(table.number.path.replace(".", "_").replace(" ", "_"), figure_of(table), table)


def _detection(material: Material) -> Iterator[Plate]:
    table = detection_table(material.results, material.judged) if material.results else None
    if table is not None:
        yield Plate("detection", detection, table)


def _warm_up(material: Material) -> Iterator[Plate]:
    for result in material.results:
        table = warm_up_table(result)
        if table is not None:
            of = f"_{result.scenario.name}" if len(material.results) > 1 else ""
            yield Plate(f"warm_up{of}", warmup, table)


def _stored(
    stem: str, module: ModuleType, build: Callable[..., ChartTable | None]
) -> Callable[[Material], Iterator[Plate]]:
    """Return what makes a chart of the tables of replications."""

    def made(material: Material) -> Iterator[Plate]:
        table = build(material.root, material.results)
        if table is not None:
            yield Plate(stem, module, table)

    return made


MAKERS: Mapping[Kind, Callable[[Material], Iterator[Plate]]] = {
    "stages": _stages,
    "dwell": _dwell,
    "effects": _effects,
    "waterfall": _waterfalls,
    "tornado": _tornados,
    "heatmap": _heatmaps,
    "berths": _stored("berths", berths, berth_table),
    "queue": _stored("queue", queues, queue_table),
    "yard": _stored("yard", yard, yard_table),
    "flows": _stored("flows", flows, flow_table),
    "detection": _detection,
    "warmup": _warm_up,
}


def save_all(
    drawn: Sequence[Plate], folder: Path, lang: Lang, size: Size, formats: tuple[Format, ...]
) -> list[tuple[Path, ...]]:
    """Draw and save charts into a folder, and return the files of each; with an error none is there: OutputError."""
    new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with style.styled(), TemporaryDirectory(prefix=".aside-", dir=folder) as aside:
            files = [plate.save(Path(aside), lang, size, formats) for plate in drawn]
            return [tuple(path.replace(folder / path.name) for path in paths) for paths in files]
    except OSError as error:
        what = f"cannot write {folder}: {error.strerror or error}"
        raise OutputError(Problem(what, remedy="choose another folder with --out, or make room in this one")) from error
    finally:
        if new:
            with suppress(OSError):
                folder.rmdir()  # only if nothing has come into it

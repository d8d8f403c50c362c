"""Write docs/reference/ from the code, so that it cannot say anything else than the program does.

python tools/make_reference.py            write the pages
python tools/make_reference.py --check    fail if a page is not up to date
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingType
from datetime import date
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

import typer
from pydantic import BaseModel
from typer.testing import CliRunner

from sim import records
from sim.cli.app import app
from sim.kernel.distribution import Distribution
from sim.metrics import measure
from sim.models import simulate
from sim.policies import catalogue
from sim.policies.base import LeverInfo, Policy
from sim.port.port import Horizon, Port
from sim.port.units import Choice, Evidence, Measure, Quantity, Switch
from sim.scenario import load
from sim.scenario.attributes import attribute_docs
from sim.scenario.automatic import AUTO, PATH
from sim.scenario.editor import OF_AUTO
from sim.scenario.schema import ScenarioFile, TraceFiles
from sim.words import LANGS, say

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
NOTE = "<!-- Written by tools/make_reference.py from the code. Do not edit: run `make reference`. -->"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    lines = [list(heads), *(list(row) for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def doc_of(thing: type) -> str:
    """Return what a class says of itself, on one line."""
    return " ".join((thing.__doc__ or "").split()).replace(" ** ", r" \*\* ").replace(" * ", r" \* ")


# --- commands ---------------------------------------------------------------------------------------------------------

COMMANDS = """# Commands

`nansha` is installed with the package; `python -m sim` is the same.

| exit code | means |
|---|---|
| 0 | all that was asked was done |
| 1 | a fault of the program, or a run that its own checks found broken |
| 2 | something to mend in what was given: every problem is told with its place and remedy |
| 130 | interrupted with Ctrl-C; nothing half-written is left behind |

`NANSHA_LANG=zh` sets the language of every label; `NANSHA_TRACEBACK=1` shows where a fault of the program happened.
What is in the folder of results already, by its digest, is read from there and not run again."""


def commands_page() -> Iterator[str]:
    """Yield what each command says of itself."""
    group: Any = typer.main.get_command(app)
    yield COMMANDS
    yield f"```\n{_help()}\n```"
    for name in group.commands:
        yield f"## nansha {name}\n\n```\n{_help(name)}\n```"
        for part in getattr(group.commands[name], "commands", ()):
            yield f"### nansha {name} {part}\n\n```\n{_help(name, part)}\n```"


def _help(*command: str) -> str:
    runner = CliRunner(env={"COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1", "NANSHA_LANG": ""})
    return runner.invoke(app, [*command, "--help"], prog_name="nansha").output.rstrip()


# --- scenario files ---------------------------------------------------------------------------------------------------

SCENARIO = """# Scenario files

A scenario is a YAML file: a port, the policies in force, the days simulated, the number of replications and the seed.
`nansha check FILE` tells every mistake in it with its place and remedy, `nansha show FILE` prints every resolved value
with what it rests on, and `nansha schema` prints the JSON Schema for an editor."""

PORT = """## The port

The port is what `port:` names; `values:` changes parts of it in one scenario, `--set PATH=NUMBER` in one run. A `*`
stands for a name of your own choice: a terminal, a service, a vessel class.

A value is written `{value, low, high, unit, grade, source}`, with a `note` if there is something to say. `low` and
`high` are the range of uncertainty about `value`; an assumed value needs both. `grade` is `seen` (read in the source
named), `derived` (arithmetic on seen figures), `known` (background knowledge) or `assumed`; `source` names one or more
entries of `sources.yaml`. A value marked *drawn* may have a `distribution`; of all others only the value is read."""

DISTRIBUTIONS = """## Distributions

Written beside a drawn value, as in `distribution: {kind: lognormal, sigma: 0.9}`. What `value` is depends on the kind;
without a distribution the value is fixed."""

POLICIES = """## Policies

Under `policies:` each key is `off`, `plan` (every lever at its plan value) or a mapping of levers. A lever left out
changes nothing. What a policy does and rests on: `nansha policies KEY` and [the policies](../policies.md)."""


class Row(NamedTuple):
    """A line of the tables of scenario.md."""

    path: str
    value: str
    absent: str
    meaning: str


ROW_HEADS = ("path", "value", "", "meaning")
PLAIN = {str: "text", bool: "true or false", int: "whole number", float: "number", date: "date"}
RESTS_ON = tuple(Evidence.model_fields)


class Kind(NamedTuple):
    """The type of a field without Annotated and None, its annotations, and whether it may be None."""

    type: Any
    notes: tuple[Any, ...]
    optional: bool


def kind_of(annotation: Any, notes: Iterable[Any] = ()) -> Kind:
    """Return the kind of a field."""
    found, optional = tuple(notes), False
    while True:
        parts = get_args(annotation)
        if get_origin(annotation) is Annotated:
            annotation, found = parts[0], (*found, *parts[1:])
        elif get_origin(annotation) in (Union, UnionType) and NoneType in parts:
            annotation, optional = next(part for part in parts if part is not NoneType), True
        else:
            return Kind(annotation, found, optional)


def rows(path: str, kind: Kind, optional: bool, meaning: str) -> Iterator[Row]:
    """Yield a row for what stands at `path`, and for all below it."""
    absent = "optional" if optional or kind.optional else ""
    origin, parts = get_origin(kind.type), get_args(kind.type)
    if origin is MappingType:
        names = kind_of(parts[0]).type
        among = f"`*` is one of {', '.join(get_args(names))}." if get_origin(names) is Literal else ""
        first, *below = rows(f"{path}.*", kind_of(parts[1]), False, f"{meaning} {among}".strip())
        yield first._replace(absent=absent)
        yield from below
    elif origin in (Union, UnionType) and all(isinstance(part, type) for part in parts):
        for part in parts:
            yield from rows(path, kind_of(part), optional, meaning)
    elif isinstance(kind.type, type) and issubclass(kind.type, BaseModel) and "value" not in kind.type.model_fields:
        yield Row(path, "", absent, f"{meaning} {doc_of(kind.type)}".strip())
        yield from rows_of_fields(f"{path}.", kind.type)
    else:
        special = isinstance(kind.type, type) and issubclass(kind.type, Choice | Switch | Evidence)
        about = doc_of(kind.type) if special and kind.type not in (Quantity, Choice, Switch) else ""
        yield Row(path, value_of(kind), absent, f"{meaning} {about}".strip())


def rows_of_fields(prefix: str, model: type[BaseModel]) -> Iterator[Row]:
    """Yield the rows of every field of a class but what a value rests on."""
    docs = attribute_docs(model)
    for name, field in model.model_fields.items():
        if name not in RESTS_ON:
            kind = kind_of(field.annotation, field.metadata)
            meaning = docs.get(name) or field.description or ""
            yield from rows(prefix + (field.alias or name), kind, not field.is_required(), meaning)


def value_of(kind: Kind) -> str:
    """Return in words what may be written: unit and bounds, choices, or the plain type."""
    for note in kind.notes:
        if isinstance(note, Measure):
            return measured(note)
    if kind.type in (Choice, Switch):
        return {Choice: "name", Switch: "true or false"}[kind.type]
    if isinstance(kind.type, type) and issubclass(kind.type, Evidence):
        field = kind.type.model_fields["value"]
        return value_of(kind_of(field.annotation, field.metadata))
    if get_origin(kind.type) is Literal:
        return " or ".join(str(choice) for choice in get_args(kind.type))
    if get_origin(kind.type) is tuple:
        return "list"
    bounds = [f"{sign} {getattr(note, name)}" for note in kind.notes for name, sign in SIGNS if hasattr(note, name)]
    return ", ".join([PLAIN[kind.type], *bounds])


SIGNS = (("gt", ">"), ("ge", "≥"), ("le", "≤"))


def measured(measure: Measure) -> str:
    """Return unit and bounds of a number."""
    bounds = [f"{sign} {bound:g}" for name, sign in SIGNS if (bound := getattr(measure, name)) is not None]
    words = ["whole"] * measure.whole + ["*drawn*"] * measure.drawn
    return ", ".join([measure.unit, *bounds, *words])


def coded(found: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows with their paths set as code."""
    return (row._replace(path=f"`{row.path}`") for row in found)


def scenario_page() -> Iterator[str]:
    """Yield head, port, distributions and policies."""
    yield SCENARIO
    docs = attribute_docs(ScenarioFile)
    extends = Row("extends", "", "optional", "File or files that this one builds on, relative to it; this file wins.")
    own = (
        Row(name, "", "" if field.is_required() else "optional", docs[name])
        for name, field in ScenarioFile.model_fields.items()
    )
    yield table(("key", "", "", "meaning"), coded([extends, *own]))
    yield "What a file extends may supply any of these."
    horizon = (
        row._replace(value=f"{row.value}; or {AUTO}", meaning=OF_AUTO) if row.path == PATH else row
        for row in rows("horizon", kind_of(Horizon), False, "")
    )
    yield table(ROW_HEADS, coded(horizon))
    yield "What stands in the files of [recorded traffic](../how-to/traces.md) is told there."
    yield table(ROW_HEADS, coded(rows("traces", kind_of(TraceFiles), True, "")))
    yield PORT
    for name, field in Port.model_fields.items():
        if name not in ("zh", "en"):
            kind = kind_of(field.annotation, field.metadata)
            yield f"### {name}"
            yield table(ROW_HEADS, coded(rows(name, kind, not field.is_required(), "")))
    yield DISTRIBUTIONS
    yield table(("kind", "with", "meaning"), map(distribution_row, get_args(get_args(Distribution)[0])))
    yield POLICIES
    yield table(ROW_HEADS, coded(rows_of_fields("", Policy)))
    for key, policy in catalogue().items():
        yield f"### {key}\n\n{policy.zh} · {policy.en} · measure {policy.measure} of the action plan"
        levers = (lever_row(name, info) for name, info in policy.levers.items())
        yield table(("lever", "value", "plan", "中文", "meaning"), levers)


def distribution_row(kind: type[BaseModel]) -> tuple[str, ...]:
    """Return kind, shape parameters and meaning of a distribution."""
    (word,) = get_args(kind.model_fields["kind"].annotation)
    shape = ", ".join(f"`{name}`" for name in kind.model_fields if name != "kind")
    return f"`{word}`", shape, doc_of(kind)


def lever_row(name: str, info: LeverInfo) -> tuple[str, ...]:
    """Return a lever with its unit and bounds, its plan value with range and grade, and both names."""
    plan = info.plan
    value = str(plan.value).lower() if isinstance(plan.value, bool) else f"{plan.value:g}"
    span = "" if plan.low is None or plan.high is None else f" ({plan.low:g} to {plan.high:g})"
    unit = measured(info.measure) if info.measure else "true or false"
    return f"`{name}`", unit, f"{value}{span}, {plan.grade}", info.zh, info.en


# --- outputs ----------------------------------------------------------------------------------------------------------

OUTPUTS = """# Outputs

`nansha run` and `nansha compare` write below the folder `results` (or `--out DIR`):

```
results/<digest>/manifest.json             scenario text, seed, horizon, changes by policy, versions
results/<digest>/timing.json               wall seconds, SimPy events, boxes and calls of each replication
results/<digest>/<replication>/            events, calls, boxes, stations, metrics, dwell, inside (Parquet);
                                           rail and trains where the port has a rail; checks.json
results/charts/<scenarios>-<hash>/         stages, dwell, stages_export, dwell_export, each as .svg, .png and .csv;
                                           of a run alone also warm_up: how the port settles after the start
```

`inside` has the vessels and the boxes in the port at every full hour from the start of the run.

The digest is the sha-256 of all that shapes a replication, the code included. Same digest and replication: same bytes,
whatever the number of workers; only `timing.json` differs. Boxes are kept of replication 0, of all with `--keep-boxes`.
`checks.json` lists what the run's own checks found broken: boxes lost or made, milestones that run backwards, stations
whose flow or hours do not add up. An empty list is the rule; anything in it makes the command fail. `checked` says what
was looked at: the stations, how many boxes and calls, and the largest difference between the two counts of a station's
hours, as a share of them.

Times are hours since 00:00 of the first day of the horizon; empty means not yet, or not for this box. In the Parquet
files codes are written as the words that they stand for."""

TABLES = (
    ("events", "One row per event of a vessel call, of the weather or of a gate.", records.EVENT_FIELDS),
    ("calls", "One row per vessel or barge call.", records.CALL_FIELDS),
    ("boxes", "One row per box, discharged or booked, one column per milestone.", records.BOX_FIELDS),
    ("stations", "One row per desk or gate, over the whole run.", records.STATION_FIELDS),
    ("rail", "One row per box that left the port for the rail station.", records.RAIL_FIELDS),
    ("trains", "One row per train of the timetable.", records.TRAIN_FIELDS),
)
CODES = {"flow": records.Flow, "mode": records.Mode, "channel": records.Channel, "event": records.Event}

METRICS = """## metrics

One row per number of a replication: `digest`, `scenario`, `replication`, `metric`, `flow`, `group`, `statistic`,
`value`, `unit`. Discharged boxes count whose vessel or barge arrived in the measured days, booked ones that came to the
port in them, calls that arrived in them. `unfinished` counts those not through at the end of the run: they enter with
the time that they have waited, by Kaplan and Meier's estimate, the mean restricted to the longest time seen; a quantile
that the curve does not reach is left out. Stages are weighted alike in the mean; their quantiles are of those through,
as are all numbers of `filling`. Moves count in the measured days.

The two official clocks are kept apart. `arrival_to_release` is the overall clearance time 整体通关时间: from the
vessel's arrival, for exports from the box's arrival in the port. The port release time 口岸放行时间 is
`arrival_to_gate_out` for imports; `unloading`, `preparation`, `clearance` and `pick_up` add up to it, box by box. For
exports it is `arrival_to_departure`; `preparation`, `clearance`, `after_release` and `vessel_departure` add up to it.

Of each part, port, terminal and flow, `reconciliation` says what came, what left and what was in the port at both ends
of the measured days, each counted on its own; their `difference` is 0. `time_cost_low` and `time_cost_high` are two
bounds of what time is worth, not an interval of luck."""

DWELL = """## dwell

`metric`, `flow`, `from_h`, `to_h`, `boxes`: boxes by hours of both clocks of imports and exports, and of the stay of
other flows, in steps of two hours; the last row, without `to_h`, holds all above."""


def outputs_page() -> Iterator[str]:
    """Yield the folder, the tables of the run log, and the metrics."""
    yield OUTPUTS
    for name, about, fields in TABLES:
        yield f"## {name}\n\n{about}"
        yield table(("column", "type", "unit", "meaning"), map(column_row, fields))
    yield "## Words of the codes"
    yield table(("code", "word", "中文", "English"), code_rows())
    yield METRICS
    yield table(("metric", "中文", "English", "unit", "flow", "groups", "statistics"), metric_rows())
    yield DWELL


def column_row(field: records.Field) -> tuple[str, ...]:
    """Return a column as it stands in the Parquet file: codes are words there."""
    if field.unit != "code":
        return f"`{field.name}`", field.dtype, field.unit, field.meaning
    return f"`{field.name}`", "word", "", re.sub(r"names\['(\w+)'\]", r"key of the \1 in the port", field.meaning)


def code_rows() -> Iterator[tuple[str, ...]]:
    """Yield every word that stands for a code, with what it means in both languages."""
    for family, codes in CODES.items():
        for code in codes:
            if code >= 0:
                word = code.name.lower()
                yield codes.__name__, f"`{word}`", *(say(f"{family}.{word}", lang) for lang in LANGS)


def metric_rows() -> Iterator[tuple[str, ...]]:
    """Yield every metric that a few days of the baseline have, in order."""
    scenario = load(ROOT / "scenarios" / "baseline.yaml", days=7)
    log = simulate(scenario.timeline, scenario.horizon, scenario.seed, 0)
    kinds = {name: f"each {kind.replace('_', ' ')}" for kind, names in log.names.items() for name in names}
    found: dict[str, list[records.MetricRow]] = {}
    for row in measure(log):
        found.setdefault(row.metric, []).append(row)
    for metric, members in found.items():
        unit = next((row.unit for row in members if row.statistic not in NOT_IN_OWN_UNIT), members[0].unit)
        groups = (kinds.get(row.group, "each slot kind" if "." in row.group else row.group) for row in members)
        lists = (
            ", ".join(dict.fromkeys(values))
            for values in ((row.flow for row in members), groups, (row.statistic for row in members))
        )
        words = (say(f"metric.{metric}", lang) for lang in LANGS)
        yield f"`{metric}`", *words, unit, *lists


NOT_IN_OWN_UNIT = ("count", "unfinished", "within_24h", "within_48h")

PAGES = {"commands.md": commands_page, "scenario.md": scenario_page, "outputs.md": outputs_page}


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check name those that are not up to date."""
    pages = {FOLDER / name: "\n\n".join([NOTE, *page()]) + "\n" for name, page in PAGES.items()}
    if "--check" in arguments:
        stale = [path.name for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text]
        print(*(f"{name} is not up to date: run `make reference`" for name in stale), sep="\n", end="\n" * bool(stale))
        return 1 if stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

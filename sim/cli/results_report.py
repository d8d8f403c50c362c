"""What `nansha results` prints. Ten thousand lines come at once: they are set here, not by the tables of a run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.cli.screen import Screen, shown_path
from sim.cli.sweep_progress import size
from sim.words.numbers import figure, plus_minus

if TYPE_CHECKING:
    from sim.experiment import Summary
    from sim.experiment.figures import Figures
    from sim.experiment.stored import Stored
    from sim.experiment.sweep_book import Entry

MOST_TITLE = 60


def print_results(out: Path, items: Sequence[Stored], sweeps: Sequence[Entry], screen: Screen, *, every: bool) -> None:
    """Print a line for each scenario; the points of sweeps stand behind one line for all of them unless `every`."""
    if not items and not sweeps:
        screen.line(screen.say("results.none", path=shown_path(out)))
        return
    mine: dict[str, list[Stored]] = {entry.name: [] for entry in sweeps}
    chosen = []
    for item in items:
        owner = _owner(item)
        if owner in mine:
            mine[owner].append(item)
        if every or owner not in mine:
            chosen.append(item)
    heads = [screen.say(f"results.head.{name}") for name in ("digest", "made", "tables", "journal", "size", "title")]
    rows = [[*_cells(item), (item.zh if screen.lang == "zh" else item.en)[:MOST_TITLE]] for item in chosen]
    if rows:
        _print_lines([heads, *rows])
    for entry in sweeps:
        state = "begun" if entry.failed is None else "failed" if entry.failed else "done"
        words = {"name": entry.name, "points": f"{entry.points:,}", "failed": entry.failed or 0}
        words |= {
            "title": entry.zh if screen.lang == "zh" else entry.en,
            "size": size(sum(item.bytes for item in mine[entry.name])),
        }
        print(screen.say(f"results.sweep_{state}", replications=entry.replications, **words))
    total = {"count": f"{len(items):,}", "size": size(sum(item.bytes for item in items)), "path": shown_path(out)}
    print(screen.say("results.total", **total))


def print_result(out: Path, item: Stored, made: dict[str, Any], numbers: Iterable[Summary], screen: Screen) -> None:
    """Print how a result was made, and its numbers with their intervals."""
    screen.line(item.zh if screen.lang == "zh" else item.en, style="bold")
    horizon = made["horizon"]
    facts = {"digest": item.digest, "seed": made["seed"], "days": horizon["days"], "start": horizon["start"]}
    screen.line(screen.say("results.facts", **facts, code=item.code or "–"))
    counts = {"tables": item.tables, "journalled": item.journalled, "failed": item.failed}
    screen.line(screen.say("results.counts", **counts, size=size(item.bytes), made=item.made))
    policies = ", ".join(made["policies"]) or "–"
    screen.line(screen.say("results.policies", policies=policies))
    rows = [["metric.flow.group.statistic", "", "n", ""]]
    for number in numbers:
        name = ".".join((number.metric, number.flow, number.group, number.statistic))
        half = None if number.low is None or number.high is None else (number.high - number.low) / 2
        value = figure(number.mean, number.unit) if half is None else plus_minus(number.mean, half, number.unit)
        rows.append([name, value, str(number.n), "%" if number.unit == "share" else number.unit])
    print()
    _print_lines(rows)


def numbers(out: Path, item: Stored, figures: Sequence[Figures]) -> list[Summary]:
    """Return the numbers of a result over its replications: of the journal, or of the tables if it has none there."""
    from sim.experiment import Store, Summary
    from sim.experiment.observe import by_key
    from sim.experiment.pooled import pooled
    from sim.experiment.statistics import interval

    rows = [one.rows() for one in figures]
    if not rows:
        store = Store(out)
        runs = sorted(int(path.name) for path in (out / item.digest).iterdir() if path.name.isdigit())
        outcomes = [store.read(item.digest, number, boxes=False) for number in runs]
        rows = [outcome.metrics for outcome in outcomes if outcome is not None]
    values, found = by_key(rows), []
    of_all = pooled(values)
    for key, (unit, own) in values.items():
        mean = interval(list(of_all.get(key, own).values()))
        found.append(Summary(*key, unit, mean=mean.mean, low=mean.low, high=mean.high, n=mean.n))
    return found


def _cells(item: Stored) -> list[str]:
    journal = str(item.journalled) + (f" ({item.failed}!)" if item.failed else "")
    return [item.digest[:8], item.made[:16].replace("T", " "), str(item.tables), journal, size(item.bytes)]


def _owner(item: Stored) -> str:
    """Return the sweep of which a result is a point, as far as its name can tell: one named grid-17 is of grid."""
    stem, dash, number = item.name.rpartition("-")
    return stem if dash and number.isdigit() and item.tables == 0 else ""


def _print_lines(rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns; Chinese characters count as two wide."""
    columns = []
    for cells in zip(*rows, strict=True):
        wide = [_width(cell) for cell in cells]
        widest = max(wide)
        columns.append([cell + " " * (widest - width) for cell, width in zip(cells, wide, strict=True)])
    print("\n".join("  ".join(row).rstrip() for row in zip(*columns, strict=True)))


def _width(cell: str) -> int:
    if cell.isascii():
        return len(cell)
    from rich.cells import cell_len

    return cell_len(cell)

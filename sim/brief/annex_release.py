"""A Time Release Study of the simulated boxes, in the form of the WCO guide: a table for each flow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.brief.fill import filled, listed
from sim.brief.model import Number, Origin, Table, Text
from sim.brief.numbers import counted
from sim.brief.release_boxes import Line, lines, stored_replications
from sim.brief.study import Study
from sim.words import say
from sim.words.numbers import figure

COLUMNS = ("stage", "boxes", "mean_h", "median", "range", "percentiles", "working")


def release(study: Study) -> Iterator[Table]:
    """Yield a table for each flow, of the base and of the first reform. Raises OutputError if no boxes are stored."""
    for k, result in ((-1, study.base), (0, study.reforms[0])):
        digest = result.scenario.digest
        replications = stored_replications(study.root, digest, len(result.outcomes))
        found = lines(study.root, digest, replications, result.scenario.horizon.window)
        for flow, of_flow in found.items():
            if of_flow:
                yield _table(study, k, flow, [_Row(digest, flow, line, replications) for line in of_flow])


@dataclass(frozen=True)
class _Row:
    """A line of the table, and where its numbers come from."""

    digest: str
    flow: str
    line: Line
    replications: tuple[int, ...]

    def cells(self) -> Iterator[Text]:
        """Yield boxes, mean, median, range, percentiles and the mean of the working hours."""
        line = self.line
        yield (self._number("count", line.boxes, "boxes"),)
        yield (self._number("mean", line.mean),)
        yield (self._number("median", line.median),)
        yield (self._number("least", line.least), "–", self._number("most", line.most))
        yield (self._number("p10", line.p10), "–", self._number("p90", line.p90))
        yield (self._number("working mean", line.working),)

    def _number(self, part: str, value: float, unit: str = "h") -> Number:
        metric = f"boxes.{self.flow}.{self.line.group}.{self.line.stage}"
        return Number(
            figure(value, unit), value, unit, Origin("result", (self.digest,), metric, part, self.replications)
        )


def _table(study: Study, k: int, flow: str, rows: list[_Row]) -> Table:
    lang = study.lang
    mark = study.port_mark if k < 0 else study.mark(k)
    name = say("brief.release.base", lang) if k < 0 else study.name(k)
    which = listed([(counted(number, "replication"),) for number in rows[0].replications], lang)
    return Table(
        f"release_{flow}_{'base' if k < 0 else 'reform'}",
        f"{say(f'brief.table.release.{flow}', lang, scenario=name)}{mark}",
        tuple(say(f"brief.column.{column}", lang) for column in COLUMNS),
        tuple(((_head(study, row.line),), *row.cells()) for row in rows),
        (False, True, True, True, True, True, True),
        (0.33, 0.10, 0.09, 0.09, 0.15, 0.14, 0.10),
        (filled("brief.note.release", lang, replications=which),),
    )


def _head(study: Study, line: Line) -> str:
    group = say(f"brief.release.group.{line.group}", study.lang)
    return say("brief.release.row", study.lang, group=group, stage=say(f"metric.{line.stage}", study.lang))

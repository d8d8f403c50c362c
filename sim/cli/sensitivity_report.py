"""What `nansha sensitivity` prints: the leading values, shares of variance, and what turns the sign of an effect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.cli.asking import bounds
from sim.cli.pilot import pilot_before, pilot_record
from sim.cli.screen import Screen, shown_path
from sim.cli.tables import Grid
from sim.words.evidence import unit_words
from sim.words.names import subject_words, title_of
from sim.words.numbers import figure, unit_of

if TYPE_CHECKING:
    from sim.experiment.ends import End, Ends
    from sim.experiment.pilot import Pilot
    from sim.experiment.sensitivity import Plan, Sensitivity
    from sim.experiment.sobol import Index

MINUTE = 60.0


def print_plan(plan: Plan, workers: int, screen: Screen) -> None:
    """Print how much would be run, and how long it would take."""
    from sim.experiment.sensitivity import expected_seconds

    screening, ends, samples = plan.points
    seconds = expected_seconds(plan, workers)
    counts = {"values": len(plan.inputs), "runs": plan.runs, "workers": workers}
    if screen.as_json:
        points = {"screening": screening, "ends": ends, "samples": samples}
        screen.dump(counts | {"points": points, "expected_seconds": seconds})
        return
    screen.line(screen.say("sensitivity.plan", screening=screening, ends=ends, samples=samples, **counts))
    if plan.template.base.auto_warm_up:
        screen.line(pilot_before(screen))
    screen.line(screen.say("sensitivity.time", minutes=figure(seconds / MINUTE, "min"), workers=workers))


def finish(found: Sensitivity, out: Path, pilot: Pilot | None, screen: Screen) -> None:
    """Print what was found, and save the tornado."""
    from sim.cli.sensitivity_chart import save_tornado

    folder = save_tornado(found, out, screen.lang)
    if screen.as_json:
        screen.dump(record_of(found) | pilot_record(pilot) | {"results": shown_path(out), "charts": shown_path(folder)})
        return
    _Report(found, screen).print()
    screen.line()
    screen.line(screen.say("run.saved", path=shown_path(out)))
    screen.line(screen.say("run.charts", path=shown_path(folder)))


class _Report:
    """The report of one analysis."""

    def __init__(self, found: Sensitivity, screen: Screen) -> None:
        self._found, self._screen, self._lang = found, screen, screen.lang
        self._unit = found.subject.unit
        self._base = found.plan.template.base
        self._said = {"unit": unit_of(self._unit, self._lang, difference=found.plan.effect)}

    def print(self) -> None:
        """Print heading, tables and findings."""
        screen, found = self._screen, self._found
        words = {"subject": subject_words(found.subject, self._base, self._lang)}
        screen.line()
        screen.line(screen.say("sensitivity.heading", name=title_of(self._base, self._lang)), style="bold")
        screen.line(screen.say("sensitivity.effect" if found.plan.effect else "sensitivity.number", **words))
        screen.line(screen.say("sensitivity.facts", **self._facts()))
        screen.line()
        self._values()
        self._shares()
        for sentence in self._sentences():
            screen.line(sentence)

    def _facts(self) -> dict[str, object]:
        horizon, plan = self._base.horizon, self._found.plan
        run = {"days": horizon.days, "warm_up": horizon.warm_up_days, "seed": self._base.seed}
        size = {"trajectories": plan.size.trajectories, "values": len(self._found.inputs)}
        return {**run, **size, "digest": self._base.digest[:8], "points": self._found.tally.points}

    def _values(self) -> None:
        heads = [self._screen.say(f"sensitivity.{key}") for key in ("value", "grade", "range", "size", "spread")]
        heads += [self._screen.say(f"sensitivity.{key}") for key in ("at_low", "at_high")]
        title = self._screen.say("sensitivity.leading", count=len(self._found.leading), **self._said)
        table = Grid(title, heads, ("words", "name", "name", "number"))
        sizes = {item.path: k for k, item in enumerate(self._found.inputs)}
        for ends in self._found.leading:
            item, k = ends.item, sizes[ends.item.path]
            span = f"{item.low:g} – {item.value:g} – {item.high:g} {unit_words(item.unit, self._lang)}"
            screened = (self._found.screening.size[k], self._found.screening.spread[k])
            cells = [figure(float(number), self._unit) for number in screened]
            cells += [self._change(end) for end in (ends.low, ends.high)]
            table.add(item.path, self._screen.say(f"grade.{item.grade}"), span, *cells)
        self._screen.show(table)
        self._screen.line(self._screen.say("sensitivity.legend"))
        self._screen.line()

    def _change(self, end: End) -> str:
        if end.change is None:
            return self._screen.say("sensitivity.refused_end")
        return figure(end.change.mean, self._unit, sign=True)

    def _shares(self) -> None:
        indices = self._found.indices
        if indices is None:
            self._screen.line(self._screen.say("sensitivity.no_shares"))
            return
        heads = [self._screen.say("sensitivity.value")]
        for key in ("first", "total"):
            heads += [self._screen.say(f"sensitivity.{key}"), self._screen.say("table.interval")]
        table = Grid(self._screen.say("sensitivity.shares", rows=indices.rows), heads, ("words", "number"))
        names = [ends.item.path for ends in self._found.leading] + [self._screen.say("sensitivity.luck")]
        for k, name in enumerate(names):
            table.add(name, *self._index(indices.first, k), *self._index(indices.total, k))
        self._screen.show(table)

    def _index(self, index: Index, k: int) -> tuple[str, str]:
        low, high = figure(float(index.low[k]), "share"), figure(float(index.high[k]), "share")
        return figure(float(index.value[k]), "share"), self._screen.say("span.signed", low=low, high=high)

    def _sentences(self) -> Iterator[str]:
        found, say = self._found, self._screen.say
        draws = found.draws[np.isfinite(found.draws)]
        interval = bounds(found.number, self._unit, self._lang, sign=found.plan.effect)
        if draws.size:
            low, high = (figure(float(end), self._unit) for end in np.percentile(draws, [2.5, 97.5]))
            now = {"mean": figure(found.number.mean, self._unit), "interval": interval, "n": found.number.n}
            yield say("sensitivity.range_found", count=len(found.leading), low=low, high=high, **now, **self._said)
        yield from self._luck()
        rest = float(np.nansum(found.screening.size)) - sum(float(size) for size in self._sizes())
        whole = float(np.nansum(found.screening.size))
        count = len(found.inputs) - len(found.leading)
        if count and whole > 0:
            yield say("sensitivity.rest", count=count, share=figure(rest / whole, "share"))
        if found.plan.effect:
            yield from self._signs(draws)
        yield from self._lost()

    def _sizes(self) -> list[float]:
        places = {item.path: k for k, item in enumerate(self._found.inputs)}
        return [float(np.nan_to_num(self._found.screening.size[places[e.item.path]])) for e in self._found.leading]

    def _luck(self) -> Iterator[str]:
        indices = self._found.indices
        if indices is None:
            return
        luck = min(1.0, max(0.0, float(indices.total.value[-1])))
        n = self._found.plan.size.replications
        over = (1 - luck) / max(1 - luck + luck / n, 1e-12)
        low, high = (min(1.0, max(0.0, 1 - float(end[-1]))) for end in (indices.total.high, indices.total.low))
        shares = {"values": 1 - luck, "luck": luck, "over": over, "low": low, "high": high}
        yield self._screen.say("sensitivity.rests", n=n, **{key: figure(part, "share") for key, part in shares.items()})

    def _signs(self, draws: np.ndarray[Any, np.dtype[np.float64]]) -> Iterator[str]:
        turned = [(ends, turn) for ends in self._found.leading for turn in ends.turns]
        for ends, turn in turned:
            item = ends.item
            words = {"value": item.path, "at": f"{turn.value:.4g}", "unit": unit_words(item.unit, self._lang)}
            words |= {"now": f"{item.value:g}", "end": self._screen.say(f"sensitivity.end_{turn.end}")}
            yield self._screen.say("sensitivity.turns" if turn.shown else "sensitivity.turns_not_shown", **words)
        if not turned:
            yield self._screen.say("sensitivity.no_turn", count=len(self._found.leading))
        if draws.size:
            other = float(np.mean(draws * self._found.number.mean < 0))
            yield self._screen.say("sensitivity.together", share=figure(other, "share"))

    def _lost(self) -> Iterator[str]:
        tally = self._found.tally
        if not tally.lost:
            return
        counts = {kind: tally.lost[kind] for kind in ("refused", "failed", "nothing")}
        yield self._screen.say("sensitivity.lost", lost=sum(counts.values()), points=tally.points, **counts)
        for problem in tally.reasons.values():
            yield self._screen.say("sensitivity.reason", what=problem.what)


def record_of(found: Sensitivity) -> dict[str, Any]:
    """Return what was found as it stands in JSON."""
    base, screening, plan = found.plan.template.base, found.screening, found.plan
    record: dict[str, Any] = {
        "scenario": base.name,
        "digest": base.digest,
        "days": base.horizon.days,
        "seed": base.seed,
        "number": found.subject.name,
        "unit": found.subject.unit,
        "effect": plan.effect,
        "size": asdict(plan.size),
        "as_it_is": asdict(found.number),
        "screening": [
            {
                "value": item.path,
                "grade": item.grade,
                "mu": _known(mu),
                "mu_star": _known(size),
                "sigma": _known(spread),
            }
            for item, mu, size, spread in zip(
                found.inputs, screening.mean, screening.size, screening.spread, strict=True
            )
        ],
        "leading": [_leading(ends) for ends in found.leading],
        "points": found.tally.points,
        "lost": dict(found.tally.lost),
        "draws": [_known(number) for number in found.draws],
    }
    if found.indices is not None:
        names = [ends.item.path for ends in found.leading] + ["luck"]
        record["rows"] = found.indices.rows
        record["variance"] = found.indices.variance
        record["shares"] = [
            {"input": name, "first": _record(found.indices.first, k), "total": _record(found.indices.total, k)}
            for k, name in enumerate(names)
        ]
    return record


def _leading(ends: Ends) -> dict[str, Any]:
    return {**asdict(ends.item), "at_low": asdict(ends.low), "at_high": asdict(ends.high)} | {
        "turns": [asdict(turn) for turn in ends.turns]
    }


def _record(index: Index, k: int) -> dict[str, float | None]:
    return {"value": _known(index.value[k]), "low": _known(index.low[k]), "high": _known(index.high[k])}


def _known(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None

"""What `nansha capacity` prints: the answer with its interval, and the number at every point looked at."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sim.cli.asking import bounds, facts
from sim.cli.screen import Screen
from sim.cli.tables import Grid
from sim.words.names import subject_words, title_of
from sim.words.numbers import figure, unit_of

if TYPE_CHECKING:
    from sim.cli.capacity_range import Quantity
    from sim.experiment.capacity import Capacity, Point
    from sim.scenario import Scenario


def print_capacity(found: Capacity, quantity: Quantity, scenario: Scenario, screen: Screen) -> None:
    """Print the answer and what it rests on."""
    lang, goal = screen.lang, found.target
    unit = goal.subject.unit
    screen.line()
    screen.line(screen.say("capacity.title", name=title_of(scenario, lang)), style="bold")
    screen.line(facts(scenario, screen))
    bound = screen.say("capacity.at_most" if goal.at_most else "capacity.at_least")
    value = f"{figure(goal.value, unit)} {unit_of(unit, lang)}"
    screen.line(
        screen.say("capacity.target", subject=subject_words(goal.subject, scenario, lang), bound=bound, value=value)
    )
    screen.line()
    key = f"capacity.{'whole' if found.range.whole else 'factor'}.{'largest' if found.largest else 'smallest'}"
    told = {"what": _what(quantity, screen), "x": _x(found.x, found), "interval": _interval(found, screen)}
    screen.line(screen.say(key, now=_x(quantity.now, found), **told), style="bold")
    screen.line()
    _print_points(found, screen)
    limit = min((p for p in found.points if p.reason), key=lambda p: abs(p.x - found.x), default=None)
    if limit is not None:
        key = "limited" if _stops_there(found, limit) else "reason"
        screen.line(screen.say(f"capacity.{key}", x=_x(limit.x, found), reason=limit.reason))
    if not found.steady:
        screen.line(screen.say("capacity.unsteady"))
    screen.line(screen.say("capacity.note"))


def record_of(found: Capacity, quantity: Quantity, scenario: Scenario) -> dict[str, Any]:
    """Return the answer as it stands in JSON."""
    return {
        "scenario": scenario.name,
        "replications": scenario.replications,
        "seed": scenario.seed,
        "moved": quantity.path,
        "kind": "servers" if found.range.whole else "load",
        "now": quantity.now,
        "number": {"name": found.target.subject.name, "unit": found.target.subject.unit},
        "target": {"value": found.target.value, "at_most": found.target.at_most},
        "answer": "largest" if found.largest else "smallest",
        "x": found.x,
        "low": found.low,
        "high": found.high,
        "steady": found.steady,
        "points": [asdict(point) for point in found.points],
    }


def _print_points(found: Capacity, screen: Screen) -> None:
    lang, unit = screen.lang, found.target.subject.unit
    heads = [screen.say("capacity.number" if found.range.whole else "capacity.load")]
    heads += [
        screen.say("capacity.value", unit=unit_of(unit, lang)),
        screen.say("table.interval"),
        screen.say("capacity.met"),
    ]
    table = Grid(screen.say("capacity.points"), heads, ("number", "number", "number", "name"))
    for point in found.points:
        table.add(_x(point.x, found), *_cells(point, found, screen))
    screen.show(table)


def _stops_there(found: Capacity, limit: Point) -> bool:
    """Return whether the answer is where the port gives out, not where the target is missed."""
    between = sorted((found.x, limit.x))
    missed = [point for point in found.points if point.value is not None and found.target.excess(point.value) > 0]
    return not any(between[0] <= point.x <= between[1] for point in missed)


def _cells(point: Point, found: Capacity, screen: Screen) -> tuple[str, str, str]:
    unit = found.target.subject.unit
    if point.value is None:
        return "", "", screen.say("capacity.not_carried")
    met = found.target.excess(point.value) <= 0
    sure = (found.target.excess(point.value, "worst") <= 0) if met else (found.target.excess(point.value, "best") > 0)
    verdict = screen.say(f"capacity.{'yes' if met else 'no'}{'' if sure else '_unsure'}")
    return figure(point.value.mean, unit), bounds(point.value, unit, screen.lang, sign=False), verdict


def _what(quantity: Quantity, screen: Screen) -> str:
    return screen.say("capacity.traffic") if quantity.path == "traffic" else quantity.path


def _x(x: float, found: Capacity) -> str:
    return f"{x:.0f}" if found.range.whole else f"{x:.3f}"


def _interval(found: Capacity, screen: Screen) -> str:
    """Return the interval in words; an end beyond the range is told as that."""
    low = screen.say("capacity.below", x=_x(found.range.first, found)) if found.low is None else _x(found.low, found)
    high = screen.say("capacity.above", x=_x(found.range.last, found)) if found.high is None else _x(found.high, found)
    return screen.say("span.signed", low=low, high=high)

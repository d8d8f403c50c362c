"""The loading lists: when they are drawn up, in what order of things, and when trucks are let in or kept out."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import simpy

from sim.kernel.journal import Journal
from sim.models.lists import lists
from sim.records import Event
from tests.models.ports import always, whole_port_with
from tests.small_port import number

Diary = list[tuple[Any, ...]]


class Yard:
    """Says that the yard of the first terminal is too full at these hours, that of the others never."""

    def __init__(self, full: set[float], diary: Diary) -> None:
        self._full, self._diary = full, diary

    def stops_trucks(self, terminal: int, now: float) -> bool:
        return terminal == 0 and now in self._full

    def admit(self, terminal: int, rows: Any) -> None:
        self._diary.append(("admitted", terminal, rows.tolist()))


class Gate:
    """Lets in one truck an interval: the box of that number."""

    def __init__(self, terminal: int, table: dict[str, Any], diary: Diary) -> None:
        self._terminal, self._table, self._diary = terminal, table, diary

    def hold(self, until: float) -> None:
        self._diary.append(("held", self._terminal, until))

    def let_in(self, now: float, until: float) -> Any:
        self._diary.append(("let in", self._terminal, now, until))
        row = np.array([self._terminal])
        self._table["t_gate_in"][row] = until - 0.5
        return row


def world(interval: float, full: set[float], gates: int = 2) -> Any:
    """Return what lists() needs of the world, and a diary of what it does."""
    diary: Diary = []
    table = {"t_gate_in": np.full(gates, np.nan)}
    return SimpleNamespace(
        env=simpy.Environment(),
        timeline=always(whole_port_with(traffic__cargo__bookings__list_interval=number(interval, "h"))),
        boxes=SimpleNamespace(table=table),
        journal=Journal(),
        yard=Yard(full, diary),
        loading=SimpleNamespace(listed=-np.inf),
        landside=SimpleNamespace(
            gates=[Gate(k, table, diary) for k in range(gates)],
            advance=lambda now: diary.append(("advanced", now)),
            ready=SimpleNamespace(list=lambda now: diary.append(("listed", now))),
            delivered=lambda rows, came: diary.append(("delivered", rows.tolist(), came.tolist())),
        ),
        diary=diary,
    )


def run(place: Any, until: float) -> Any:
    place.env.process(lists(place))
    place.env.run(until=until)
    return place


def test_a_list_is_drawn_up_at_hour_0_and_every_interval_after_it() -> None:
    place = run(world(6, set()), 20.0)
    assert [hour for what, hour, *_ in place.diary if what == "listed"] == [0, 6, 12, 18]
    assert place.loading.listed == 18


def test_before_it_counts_the_port_is_carried_on_to_that_moment_and_then_the_trucks_come() -> None:
    place = run(world(6, set()), 7.0)
    second = place.diary[place.diary.index(("advanced", 6)) :]
    assert second == [
        ("advanced", 6),
        ("listed", 6),
        ("let in", 0, 6, 12),
        ("admitted", 0, [0]),
        ("delivered", [0], [11.5]),
        ("let in", 1, 6, 12),
        ("admitted", 1, [1]),
        ("delivered", [1], [11.5]),
    ]


def test_a_gate_is_stopped_for_an_interval_at_a_time_and_tells_of_it_once() -> None:
    place = run(world(6, {6.0, 12.0, 24.0}), 31.0)
    at_first = [entry for entry in place.diary if entry[0] in {"held", "let in"} and entry[1] == 0]
    assert at_first == [
        ("let in", 0, 0, 6),
        ("held", 0, 12),
        ("held", 0, 18),
        ("let in", 0, 18, 24),
        ("held", 0, 30),
        ("let in", 0, 30, 36),
    ]
    assert sum(entry[0] == "let in" and entry[1] == 1 for entry in place.diary) == 6
    events = place.journal.columns()
    stopped, resumed = int(Event.GATE_STOPPED), int(Event.GATE_RESUMED)
    assert events["t"].tolist() == [6, 18, 24, 30]
    assert events["kind"].tolist() == [stopped, resumed, stopped, resumed]
    assert events["value"].tolist() == [0, 0, 0, 0]
    assert events["call"].tolist() == [-1] * 4


def test_a_list_comes_before_everything_else_of_its_hour() -> None:
    place = world(5, set())
    seen: list[tuple[float, float]] = []

    def crane() -> Any:
        yield place.env.timeout(2.5)
        while True:
            seen.append((place.env.now, place.loading.listed))
            yield place.env.timeout(2.5)

    place.env.process(crane())  # before the lists, so that it would be first in a tie
    run(place, 21.0)
    assert seen == [(t, 5 * (t // 5)) for t in np.arange(2.5, 21, 2.5)]


def test_hours_of_the_lists_do_not_drift() -> None:
    place = run(world(7, set()), 7 * 300 + 1.0)
    assert [hour for what, hour, *_ in place.diary if what == "listed"] == [7.0 * k for k in range(301)]

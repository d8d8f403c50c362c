"""The run's check of its stations: of a sound run it finds nothing, and each fault put into one it names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.kernel import waiting_line
from sim.kernel.station import Station
from sim.metrics import self_check
from sim.records import Event, Mode, RunLog
from tests.behaviour.runs import busy, run
from tests.behaviour.whole import STRAINED, port_with, whole

SOUND = whole(STRAINED)
Column = NDArray[Any]


def changed(table: str, **columns: Column) -> RunLog:
    """Return the sound log with other columns in one table."""
    return replace(SOUND, **{table: {**getattr(SOUND, table), **columns}})


def moved(row: int | Column, **values: float) -> RunLog:
    """Return the sound log with other values of one box; hours are added, what is not a number is put in its place."""
    boxes = {name: SOUND.boxes[name].copy() for name in values}
    for name, value in values.items():
        boxes[name][row] = boxes[name][row] + value if np.isfinite(value) else value
    return changed("boxes", **boxes)


def found(log: RunLog, *names: str) -> list[str]:
    """Return what the check finds, of these stations only if there are names."""
    return [text for text in self_check(log)[0] if not names or text.startswith(names)]


def fetched(terminal: int = 0) -> Column:
    """Return the rows of boxes that trucks fetched at a terminal, in the order of their service."""
    boxes = SOUND.boxes
    rows = np.flatnonzero(np.isfinite(boxes["gate_service"]) & (boxes["by_in"] != Mode.ROAD))
    rows = rows[boxes["terminal"][rows] == terminal]
    return rows[np.argsort(boxes["t_gate_in"][rows])]


def waited(least: float = 0.2) -> int:
    """Return a box that waited for a lane, and at which the gate did not close meanwhile."""
    boxes, rows = SOUND.boxes, fetched()
    rows = rows[(boxes["gate_queued"][rows] > least) & (boxes["gate_closed"][rows] == 0)]
    return int(rows[rows.size // 2])


def test_a_sound_run_is_told_what_was_checked_and_how_nearly_it_holds() -> None:
    violations, checked = self_check(SOUND)
    assert violations == ()
    lines = SOUND.names["station"]
    assert checked.stations[: len(lines)] == lines
    for name in ("terminal t1", "anchorage t1", "berths t1 basin", "channel out nansha_iv", "rail station"):
        assert name in checked.stations
    assert (checked.boxes, checked.calls) == (SOUND.boxes["box"].size, SOUND.calls["call"].size)
    assert 0 < checked.difference < 1e-5


@pytest.mark.parametrize("at_close", ["pause", "finish"])
@pytest.mark.parametrize("rank", [3, 1])
def test_a_run_holds_whatever_becomes_of_work_at_closing_and_of_ranks(at_close: str, rank: int) -> None:
    places = ("customs.review.at_close", "customs.inspection.scan_at_close", "customs.inspection.examination_at_close")
    values = dict.fromkeys(places, at_close) | {
        "customs.review.officers": 1,
        "customs.inspection.bays": 1,
        "customs.risk.inspection_factor": 5,
        "customs.traders.aeo.priority": rank,
    }
    log = busy(values, 14)
    assert np.sum(log.boxes["review_queued"] > 1) > 20
    assert self_check(log)[0] == ()


def test_a_box_through_the_gate_before_it_came_is_found() -> None:
    row = int(fetched()[50])
    log = moved(row, t_gate_in=-5.0)
    stay = SOUND.boxes["t_gate_in"][row] - SOUND.boxes["t_truck"][row]
    assert stay < 4
    assert "gate t1: 1 boxes have another stay than closed, queued and service add up to " in found(log)[1]
    assert "(first at hour " in found(log)[1]
    assert found(log)[1].endswith("by up to 5 h)")
    assert found(log, "gate t1: the number there")


def test_a_box_released_without_the_examination_that_it_went_to_is_found() -> None:
    boxes = SOUND.boxes
    row = int(np.flatnonzero(np.isfinite(boxes["t_examined"]) & ~boxes["scan"] & np.isfinite(boxes["t_released"]))[0])
    parts = dict.fromkeys(("examine_closed", "examine_queued", "examine_service", "t_examined"), np.nan)
    wrong = found(moved(row, **parts), "examination")
    assert any("in are not" in text and "(1 too few)" in text for text in wrong)
    assert any("the table says 54 boxes served, the boxes say 53" in text for text in wrong)


def test_a_box_that_went_on_without_service_is_found() -> None:
    row = int(fetched()[50])
    wrong = found(moved(row, gate_closed=np.nan, gate_queued=np.nan, gate_service=np.nan), "gate t1")
    assert wrong[0].startswith("gate t1: 1 boxes went on without service (first at hour ")


def test_a_box_that_the_gate_forgot_is_found() -> None:
    """It is still in the port and waits, so nothing is lost; but others were served at once since then."""
    row = int(fetched()[20])
    gone = dict.fromkeys(("t_gate_in", "t_gate_out", "gate_closed", "gate_queued", "gate_service"), np.nan)
    log = moved(row, **gone)
    served = SOUND.stations["served"].copy()
    served[SOUND.names["station"].index("gate t1")] -= 1
    wrong = found(replace(log, stations={**log.stations, "served": served}), "gate t1")
    assert any("were served at once though 1 or more that came before never were" in text for text in wrong)


def test_a_server_too_many_at_work_is_found() -> None:
    """The box's own record agrees in all its parts: only together with the others can it be told."""
    row = waited()
    queued = float(SOUND.boxes["gate_queued"][row])
    wrong = found(moved(row, t_gate_in=-queued, gate_queued=-queued), "gate t1")
    assert any("services began with up to 1 more at work than servers (first at hour" in text for text in wrong)
    assert not any("another stay" in text for text in wrong)


def test_a_server_idle_while_a_box_waits_is_found() -> None:
    boxes, rows = SOUND.boxes, fetched()
    # the last truck of a day waits an hour that it did not, with every lane free
    ends = np.append(np.diff(boxes["t_gate_in"][rows]), np.inf)
    quiet = rows[(ends > 4) & (boxes["gate_closed"][rows] == 0) & (boxes["t_gate_in"][rows] % 24 < 19)]
    row = int(quiet[0])
    wrong = found(moved(row, t_gate_in=1.0, gate_queued=1.0, t_gate_out=1.0), "gate t1")
    assert any("1 boxes waited though a server was free when their wait ended" in text for text in wrong)


@pytest.mark.parametrize("station", ["review", "scanner", "examination", "gate t1", "drop-off t1"])
@pytest.mark.parametrize("part", ["closed", "queued", "service"])
def test_a_wrong_part_of_one_stay_is_found(station: str, part: str) -> None:
    prefix = {"scanner": "scan", "examination": "examine"}.get(station, station.split()[0].replace("drop-off", "gate"))
    boxes = SOUND.boxes
    done = np.isfinite(boxes[f"{prefix}_service"])
    if prefix == "gate":
        done &= (boxes["terminal"] == 0) & ((boxes["by_in"] == Mode.ROAD) == (station != "gate t1"))
    row = int(np.flatnonzero(done)[done.sum() // 2])
    log = moved(row, **{f"{prefix}_{part}": 0.4 if part == "service" else 0.02})
    assert found(log, f"{station}: "), part


def test_hours_closed_that_are_said_to_be_queued_are_found() -> None:
    """The stay is what it was; but the desk was not open for so long."""
    boxes = SOUND.boxes
    row = int(np.flatnonzero(boxes["review_closed"] > 10)[3])
    wrong = found(moved(row, review_closed=-2.0, review_queued=2.0), "review: ")
    said = "review: 1 boxes waited other hours than the line was open for before their service"
    assert wrong[0].startswith(said)
    assert wrong[0].endswith("by up to 2 h)")


def test_the_hours_of_two_boxes_that_were_swapped_are_found() -> None:
    one, other = (int(row) for row in fetched()[[40, 60]])
    column = SOUND.boxes["t_gate_in"].copy()
    column[[one, other]] = column[[other, one]]
    assert any("2 boxes have another stay" in text for text in found(changed("boxes", t_gate_in=column), "gate t1"))


@pytest.mark.parametrize(
    ("more", "said"), [(-1, "services began with up to"), (1, "boxes waited though a server was free")]
)
@pytest.mark.parametrize("station", ["review", "examination", "gate t1", "drop-off nansha_iv"])
def test_another_number_of_servers_than_planned_is_found(station: str, more: int, said: str) -> None:
    servers = SOUND.shifts["servers"].copy()
    servers[SOUND.shifts["station"] == SOUND.names["station"].index(station)] += more
    wrong = found(changed("shifts", servers=servers), f"{station}: ")
    assert any(said in text for text in wrong)
    assert any("h open for work, the boxes and the plan say" in text for text in wrong)


@pytest.mark.parametrize(("column", "more"), [("served", 1), ("work", 0.5), ("capacity", 1.0)])
def test_a_station_table_that_says_otherwise_is_found(column: str, more: float) -> None:
    other = SOUND.stations[column].copy()
    other[4] += more
    assert found(changed("stations", **{column: other}))[0].startswith("drop-off t1: the table says")


@pytest.mark.parametrize(
    ("kind", "stations"),
    [
        (Event.CALL_ARRIVED, ("anchorage t1",)),
        (Event.BERTH_ASSIGNED, ("anchorage t1", "berths t1", "channel in t1")),
        (Event.BERTHED, ("channel in t1",)),
        (Event.WORK_ENDED, ("cranes t1", "channel out t1")),
        (Event.UNBERTHED, ("berths t1",)),
        (Event.DEPARTED, ("channel out t1",)),
    ],
)
def test_an_event_lost_or_at_another_hour_is_found(kind: Event, stations: tuple[str, ...]) -> None:
    events, calls = SOUND.events, SOUND.calls
    mine = (events["kind"] == kind) & (calls["terminal"][events["call"]] == 0) & ~calls["barge"][events["call"]]
    row = int(np.flatnonzero(mine & (events["call"] >= 0))[3])
    lost = {name: np.delete(column, row) for name, column in events.items()}
    later = events["t"].copy()
    later[row] += 0.25
    for name in stations:
        assert any("in are not" in text for text in found(replace(SOUND, events=lost), f"{name}: ")), name
        assert any("the number there" in text for text in found(changed("events", t=later), f"{name}: ")), name


def test_two_vessels_in_one_place_and_one_beyond_the_quay_are_found() -> None:
    position = np.zeros_like(SOUND.calls["position"])
    wrong = found(changed("calls", position=position))
    assert wrong
    assert all("pairs of calls lie in one place at once (first at hour" in text for text in wrong)
    assert any("calls lie beyond the quay" in text for text in found(changed("calls", position=position + 490.0)))


def test_lots_of_other_boxes_than_those_moved_are_found() -> None:
    for kind, said in ((Event.LOT_DISCHARGED, "discharged"), (Event.LOT_LOADED, "loaded")):
        value = SOUND.events["value"].copy()
        value[np.flatnonzero(SOUND.events["kind"] == kind)[0]] += 1
        assert found(changed("events", value=value)) == [f"1 calls {said} other lots than boxes"]


def test_trains_that_count_other_boxes_or_carry_too_many_are_found() -> None:
    boxes = SOUND.trains["boxes"].copy()
    boxes[np.argmax(boxes)] += 1
    assert any("in are not" in text for text in found(changed("trains", boxes=boxes), "rail station: "))
    full = {name: column for name, column in SOUND.trains.items() if name == "teu"}
    wrong = found(changed("trains", teu=full["teu"] + 100))
    assert f"{full['teu'].size} trains carry more TEU than they have room for" in wrong


def test_a_box_that_is_out_and_never_came_is_missed_by_its_terminal() -> None:
    row = int(np.flatnonzero(np.isfinite(SOUND.boxes["t_loaded"]) & (SOUND.boxes["by_in"] == Mode.SEA))[0])
    terminal = SOUND.names["terminal"][SOUND.boxes["terminal"][row]]
    wrong = found(moved(row, t_discharged=np.nan), f"terminal {terminal}: ")
    assert any("in are not" in text for text in wrong)


class MoreServers(waiting_line.Servers):
    """One server that nobody planned."""

    def __init__(self, steps: Any) -> None:
        super().__init__(steps)
        self.free.insert(0, -np.inf)


class FewerServers(waiting_line.Servers):
    """One of the planned servers never comes."""

    def __init__(self, steps: Any) -> None:
        super().__init__([(t, max(1, count - 1)) for t, count in steps])


def open_late(served: Callable[..., Any]) -> Callable[..., Any]:
    """Return the settlement of a line that writes down twice the hours closed."""

    def wrong(self: Station, *args: Any) -> Any:
        settled = served(self, *args)
        return replace(settled, closed=settled.closed * 2)

    return wrong


def test_a_line_with_a_server_too_many_makes_a_run_that_finds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting_line, "Servers", MoreServers)
    wrong = found(run(port_with(STRAINED), 21))
    assert any(text.startswith("review: ") and "more at work than servers" in text for text in wrong)


def test_a_line_without_one_of_its_servers_makes_a_run_that_finds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting_line, "Servers", FewerServers)
    values = STRAINED | {"customs.review.officers": 2, "customs.inspection.bays": 2}
    wrong = found(run(port_with(values), 21))
    for station in ("review", "examination", "gate t1"):
        assert any(text.startswith(f"{station}: ") and "a server was free" in text for text in wrong), station


def test_a_line_with_a_wrong_calendar_makes_a_run_that_finds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Station, "_served", open_late(Station._served))
    wrong = found(run(port_with(STRAINED | {f"customs.traders.{name}.priority": 5 for name in RANKED}), 21))
    for station in ("review", "examination", "gate t1"):
        assert any(text.startswith(f"{station}: ") for text in wrong), station


RANKED = ("aeo", "ordinary", "discredited")

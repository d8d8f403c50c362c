"""Policies that send services to other terminals: for a whole run only, where they fit, and listed as changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from sim.errors import PolicyError
from sim.policies import catalogue
from sim.port.evidence import lookup, names, replaced
from sim.port.port import Horizon, Port
from sim.port.services import Quays
from sim.scenario.compose import Change, compose
from tests.small_port import whole_small_port

HORIZON = Horizon(start=date(2021, 3, 1), warm_up_days=7, days=28, cool_down_days=7)
CLOSED, OPEN = {"closed": True}, {"open": True}


def port_with(values: Mapping[str, float | str]) -> Port:
    """Return the small port with all flows, some values or names changed."""
    port = whole_small_port()
    for path, value in values.items():
        old = lookup(port, path)
        port = replaced(port, path, value if isinstance(old, str) else old.model_copy(update={"value": value}))
    return port


def refusal(key: str, levers: Mapping[str, Any], port: Port) -> str:
    """Return what is wrong, as a policy says that refuses a port."""
    with pytest.raises(PolicyError) as caught:
        catalogue()[key](**levers).apply(port)
    (problem,) = caught.value.problems
    assert problem.where == f"policies.{key}"
    assert problem.remedy
    return problem.what


@pytest.mark.parametrize(("key", "lever"), [("phase_iv", CLOSED), ("phase_v", OPEN)])
@pytest.mark.parametrize(
    "term", [{"from": "2021-03-15"}, {"until": "2021-03-15"}, {"from": "2021-03-15", "ramp_days": 30}]
)
def test_they_hold_for_a_whole_run_only(key: str, lever: dict[str, Any], term: dict[str, Any]) -> None:
    assert "holds for the whole run" in refusal(key, lever | term, whole_small_port())
    with pytest.raises(PolicyError, match="holds for the whole run"):
        compose(whole_small_port(), {key: catalogue()[key](**lever, **term)}, HORIZON)


def test_every_service_that_moves_is_listed_as_a_change() -> None:
    timeline, changes = compose(whole_small_port(), {"phase_iv": catalogue()["phase_iv"](**CLOSED)}, HORIZON)
    assert changes == tuple(
        Change("phase_iv", "5", f"traffic.services.{key}.terminal", "nansha_iv", "t1", "", 0.0)
        for key in ("east", "west", "river_c")
    )
    assert set(names(timeline.ports[0]).values()) == {"t1"}


def test_two_that_move_one_service_must_know_of_each_other() -> None:
    port = whole_small_port()
    closed, opened = catalogue()["phase_iv"](**CLOSED), catalogue()["phase_v"](**OPEN)
    with pytest.raises(PolicyError, match=r"both move traffic\.services\.east\.terminal"):
        compose(port, {"phase_iv": closed, "phase_v": opened}, HORIZON)
    opened = catalogue()["phase_v"](**OPEN, after=("phase_iv",))
    timeline, _ = compose(port, {"phase_iv": closed, "phase_v": opened}, HORIZON)
    assert set(names(timeline.ports[0]).values()) == {"t1", "nansha_v"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("terminals.t1.quay.length", 140),
        ("terminals.t1.quay.depth", 7),
        ("terminals.t1.cranes.count", 1),
    ],
)
def test_no_service_goes_where_its_vessels_do_not_fit(path: str, value: float) -> None:
    assert "no other terminal in use can take east of nansha_iv" in refusal(
        "phase_iv", CLOSED, port_with({path: value})
    )


def test_the_last_terminal_in_use_cannot_be_closed() -> None:
    port = port_with(dict.fromkeys(names(whole_small_port()), "nansha_iv"))
    assert "no other terminal in use can take" in refusal("phase_iv", CLOSED, port)


def test_closed_already_or_open_already_is_no_change() -> None:
    closed = catalogue()["phase_iv"](**CLOSED).apply(whole_small_port())
    opened = catalogue()["phase_v"](**OPEN).apply(whole_small_port())
    assert names(catalogue()["phase_iv"](**CLOSED).apply(closed)) == names(closed)
    assert names(catalogue()["phase_v"](**OPEN).apply(opened)) == names(opened)


def test_phase_v_asks_for_services_that_can_be_spared() -> None:
    alone = {"traffic.services.south.terminal": "nansha_iv", "traffic.services.west.terminal": "t1"}
    port = port_with({"terminals.nansha_v.quay.length": 100, **alone})
    assert "no service can be sent to nansha_v" in refusal("phase_v", OPEN, port)


def test_phase_v_comes_near_to_the_mean_of_all_quays_and_relieves_the_most_crowded() -> None:
    before = Quays(whole_small_port(), "sea")
    after = Quays(catalogue()["phase_v"](**OPEN).apply(whole_small_port()), "sea")
    mean = before.mean_crowding(("t1", "nansha_iv", "nansha_v"))
    assert before.crowding("nansha_v") == 0
    assert after.crowding("nansha_v") == pytest.approx(mean, rel=0.25)
    assert max(after.crowding(terminal) for terminal in ("t1", "nansha_iv")) < before.crowding("t1")
    assert after.mean_crowding(("t1", "nansha_iv", "nansha_v")) == pytest.approx(mean)

"""A port with exports, barges and rail that does not hold together, or cannot do what it is asked to: file and line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml

from sim.cli.loads import refuse_overload
from sim.errors import LoadError, Place, Problem
from tests.scenario.conftest import Project
from tests.small_port import whole_small_port_tree

HEAD = "extends: base.yaml\nport: ports/whole.yaml\n"
"""Lines 1 and 2 of every case, so that its own text begins at line 3."""

WHOLE = yaml.safe_dump(whole_small_port_tree(), allow_unicode=True, sort_keys=False)
MISSING = "describe it there"


def moved(path: str, value: object, more: str = "") -> str:
    """Return the text of a scenario that moves one value, on one line."""
    keys = path.split(".")
    leaf = f"{{value: {value}, {more}grade: known, source: knowledge}}"
    return "values: {" + ": {".join(keys) + f": {leaf}" + "}" * len(keys)


ENGINE = [
    f"{state}: {{value: 1, unit: kW, grade: known, source: knowledge}}"
    for state in ("berth", "anchor", "manoeuvre", "boiler")
]

FAULTS = {
    "service at a terminal that is not there": (
        "values: {traffic: {services: {river_a: {terminal: t9}}}}",
        (3, 41),
        "traffic.services.river_a.terminal: terminal 't9' is not in the port",
        "describe it",
    ),
    "barge line at a terminal without a basin": (
        "values: {terminals: {nansha_iv: {basin: null}}}",
        None,
        "traffic.services.river_c.berth: terminal 'nansha_iv' has no barge basin",
        "describe it",
    ),
    "kind of berth": (
        "values: {traffic: {services: {river_a: {berth: harbour}}}}",
        (3, 48),
        "traffic.services.river_a.berth: 'harbour' is not one of the choices",
        "sea, basin",
    ),
    "unknown vessel class": (
        "values: {traffic: {services: {river_a: {vessel_class: brage}}}}",
        (3, 41),
        "traffic.services.river_a.vessel_class: vessel class 'brage' is not described",
        "describe it",
    ),
    "engines of an unknown vessel class": (
        f"values: {{energy: {{engines: {{brage: {{{', '.join(ENGINE)}}}}}}}}}",
        (3, 29),
        "energy.engines.brage: vessel class 'brage' is not described",
        "describe it",
    ),
    "boxes by barge where no barge line calls": (
        "values: {traffic: {services: {river_c: {terminal: t1}}}}",
        None,
        "terminals.nansha_iv: boxes come or go by barge, and no barge line calls here",
        MISSING,
    ),
    "exports that nothing clears": (
        "values: {customs: {export: null}}",
        None,
        "traffic.cargo.bookings.flows.export: customs.export is missing: nothing says how exports are cleared",
        MISSING,
    ),
    "exports without an inspection rate": (
        "values: {customs: {traders: {aeo: {export_inspection_rate: null}}}}",
        None,
        "customs.traders.aeo: export_inspection_rate is missing, and exports are booked",
        MISSING,
    ),
    "boxes for Europe without trains": (
        "values: {rail: null}",
        None,
        "traffic.cargo.bookings.europe_share: the port has no rail",
        MISSING,
    ),
    "trains without boxes for Europe": (
        "values: {traffic: {cargo: {bookings: {europe_share: null}}}}",
        None,
        "rail: traffic.cargo.bookings.europe_share is missing: nothing says what goes to Europe",
        MISSING,
    ),
    "one-port boxes without a lead": (
        "values: {traffic: {cargo: {bookings: {one_port_lead: null}}}}",
        None,
        "traffic.cargo.bookings: one_port_share and one_port_lead go together",
        "",
    ),
    "imports that go on by sea": (
        moved("traffic.cargo.flows.import.connection_share", 0.1, "unit: share, "),
        (3, 45),
        "traffic.cargo.flows.import.connection_share: only transhipment goes on by sea",
        "",
    ),
    "more ways on than there are boxes": (
        moved("traffic.cargo.flows.transhipment.barge_share", 0.9),
        None,
        "traffic.cargo.flows.transhipment: barge_share and connection_share add up to 1.2, more than 1",
        "",
    ),
    "bookings with two remainders": (
        "values: {traffic: {cargo: {bookings: {flows: {export: {share: null}}}}}}",
        None,
        "traffic.cargo.bookings.flows: exactly one entry must have no share (it takes the rest), here 2",
        "",
    ),
    "imports that are booked": (
        moved("traffic.cargo.bookings.flows.import.barge_share", 0, "unit: share, "),
        (3, 47),
        "traffic.cargo.bookings.flows: unknown key 'import'",
        "export, transhipment, domestic, empty",
    ),
    "unknown calendar of transhipment": (
        moved("customs.transhipment.calendar", "office_6d"),
        (3, 35),
        "customs.transhipment.calendar: calendar 'office_6d' is not described",
        "describe it",
    ),
    "lists at odd times": (
        moved("traffic.cargo.bookings.list_interval", 1.5),
        (3, 62),
        "traffic.cargo.bookings.list_interval: value 1.5 must be a whole number of h",
        "bounds",
    ),
    "train without room": (
        moved("rail.capacity", 0),
        (3, 35),
        "rail.capacity: value 0 must be above 0 TEU",
        "bounds",
    ),
    "train whose room is taken out": (
        "values: {rail: {capacity: null}}",
        (3, 27),
        "rail.capacity: a mapping is needed here, not nothing",
        "value",
    ),
    "no train in any week": (
        moved("rail.trains_per_week", 0),
        (3, 42),
        "rail.trains_per_week: value 0 must be above 0 trains/week",
        "bounds",
    ),
    "departure of the first train": (
        moved("rail.first_train", "wed"),
        (3, 30),
        'rail.first_train: pro-forma time "wed" cannot be read: write it as "tue 08:00"',
        "",
    ),
    "shuttle by water": (
        moved("rail.shuttle_mode", "barge"),
        (3, 39),
        "rail.shuttle_mode.value: 'barge' is not one of the choices",
        "truck, rail",
    ),
    "barge whose capacity is taken out": (
        "values: {traffic: {vessel_classes: {barge: {capacity: null}}}}",
        (3, 55),
        "traffic.vessel_classes.barge.capacity: a mapping is needed here, not nothing",
        "value",
    ),
    "barge with less than no capacity": (
        moved("traffic.vessel_classes.barge.capacity", -1),
        (3, 63),
        "traffic.vessel_classes.barge.capacity: value -1 must be at least 0 TEU",
        "bounds",
    ),
}


@pytest.fixture
def whole(project: Project) -> Project:
    """Return a project with the port of all flows beside the small one."""
    project.write("ports/whole.yaml", WHOLE)
    return project


@pytest.mark.parametrize("case", FAULTS.values(), ids=FAULTS.keys())
def test_one_fault_is_one_message(
    case: tuple[str, tuple[int, int] | None, str, str],
    whole: Project,
    one_problem: Callable[..., tuple[str, tuple[int, int], str]],
) -> None:
    text, place, what, remedy = case
    found, where, advice = one_problem(HEAD + text)
    assert what in found
    assert where == (place or where)
    assert advice
    assert remedy in advice


def test_transhipment_that_nothing_releases_is_told_for_both_ways_in(whole: Project) -> None:
    found = whole.problems(HEAD + "values: {customs: {transhipment: null}}")
    assert [problem.what.partition(": ")[0] for problem in found] == [
        "traffic.cargo.flows.transhipment",
        "traffic.cargo.bookings.flows.transhipment",
    ]
    assert all("customs.transhipment is missing: nothing says how it is released" in p.what for p in found)


@pytest.mark.parametrize("key", ["vessel_classes.barge.capacity", "rail.capacity"])
def test_a_port_file_without_a_capacity(whole: Project, key: str) -> None:
    tree = whole_small_port_tree()
    node = tree["traffic"]["vessel_classes"]["barge"] if "barge" in key else tree["rail"]
    del node["capacity"]
    whole.write("ports/whole.yaml", yaml.safe_dump(tree))
    (problem,) = whole.problems(HEAD)
    assert f"{key.rpartition('.')[0]}: 'capacity' is missing" in problem.what
    assert problem.remedy == "add capacity: {value: ..., unit: TEU, grade: ..., source: ...}"


def refused(project: Project, text: str) -> tuple[Problem, ...]:
    """Return what `nansha check` finds in a scenario that holds together."""
    with pytest.raises(LoadError) as caught:
        refuse_overload([project.load("port: ports/whole.yaml\n" + text)])
    return caught.value.problems


CANNOT = {
    "a service that no terminal takes": (
        ("traffic.vessel_classes.feeder.loa", 600),
        "feeder is 600 m long and the quay of t1 has only 500 m",
        "no quay of t1, nansha_iv, nansha_v does",
    ),
    "a barge that cannot carry a box": (
        ("traffic.vessel_classes.barge.capacity", 0),
        "barge carries 0 TEU and a box has up to 2",
        "raise traffic.vessel_classes.barge.capacity",
    ),
    "barges too small for what comes by barge": (
        ("traffic.vessel_classes.barge.capacity", 30),
        "barges in t1 is asked for 201.2 TEU a week and can give 189.0: a load of 1.06",
        "raise traffic.vessel_classes.barge.capacity, or lower the demand",
    ),
    "too few trains": (
        ("rail.trains_per_week", 1),
        "trains is asked for 62.3 TEU a week and can give 60.0: a load of 1.04",
        "raise rail.trains_per_week",
    ),
    "calls without room for what is booked": (
        ("traffic.cargo.bookings.room", 0.8),
        "call room t1 is asked for 283.4 boxes a week",
        "raise traffic.cargo.bookings.room",
    ),
    "gates that an empty yard shuts": (
        ("terminals.t1.gate.stop_from", 0),
        "the gate of t1 lets no truck in",
        "raise terminals.t1.gate.stop_from",
    ),
    "a channel with too much headway": (
        ("channel.headway", 2000),
        "channel is asked for",
        "lower channel.headway, or lower the demand",
    ),
}


@pytest.mark.parametrize("case", CANNOT.values(), ids=CANNOT.keys())
def test_what_a_port_cannot_do_is_told_at_its_line(case: tuple[tuple[str, float], str, str], whole: Project) -> None:
    (path, value), what, remedy = case
    text = moved(path, value)
    (problem,) = [problem for problem in refused(whole, text) if what in problem.what]
    assert problem.what.startswith("case: ")
    assert remedy in problem.remedy
    assert isinstance(problem.where, Place)
    key = path.rpartition(".")[2]
    assert (problem.where.line, problem.where.column) == (3, text.index(f"{key}: {{value") + 1)


def test_a_cut_off_that_nobody_makes_is_told_at_the_leads(whole: Project) -> None:
    found = refused(whole, moved("traffic.cargo.bookings.cut_off", 900))
    assert all("all of them would miss it" in problem.what for problem in found)
    assert all("or lower traffic.cargo.bookings.cut_off" in problem.remedy for problem in found)
    assert [problem.remedy.split(",")[0].rpartition(".")[2] for problem in found] == [
        "road_lead",
        "barge_lead",
        "one_port_lead",
    ]


def test_boxes_that_no_loading_list_would_put_on_a_barge(whole: Project) -> None:
    found = whole.problems(HEAD + "values: {traffic: {cargo: {bookings: null}}, rail: null}")
    told = [problem.what for problem in found if "nothing is put on a barge" in problem.what]
    assert "traffic.cargo.flows.import.barge_share: traffic.cargo.bookings is missing" in told[0]
    assert all(problem.remedy for problem in found)

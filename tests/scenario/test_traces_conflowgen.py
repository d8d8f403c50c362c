"""The export of ConFlowGen: its files as they are, and what becomes of vessels and containers."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import yaml

from sim.metrics import conservation
from sim.models import simulate
from sim.port.traces import BoxTrace
from sim.records import Flow, Mode
from sim.scenario import Scenario, load
from tests.scenario.conftest import BASE, Project
from tests.scenario.trace_project import changed, lay, placed, traces_of
from tests.small_port import small_port_tree

VEHICLES = "id,vehicle_name,capacity_in_teu,inbound_container_volume,realized_arrival\n"
FILES = {
    "deep_sea_vessels": VEHICLES + "3,1,13000,20,2021-03-05 17:00:00\n",
    "feeders": VEHICLES + "4,1,700,10,2021-03-03 05:00:00\n5,2,700,10,2021-03-10 05:00:00\n",
    "barges": VEHICLES + "1,1,120,5,2021-03-02 08:00:00\n8,2,120,5,2021-06-02 08:00:00\n",
    "trains": VEHICLES + "7,1,90,5,2021-03-02 21:00:00\n",
    "trucks": "id,delivers_container,picks_up_container,"
    "realized_container_pickup_time,realized_container_delivery_time\n"
    "1,True,False,,2021-03-04 10:30:00.5\n2,False,True,2021-03-08 11:00:00,\n",
    "containers": "id,weight,length,storage_requirement,delivered_by,picked_up_by_initial,picked_up_by,"
    "delivered_by_vehicle,delivered_by_truck,picked_up_by_vehicle,picked_up_by_truck,emergency_pickup,"
    "destination_sequence_id,destination_name\n"
    "1,10,20,standard,feeder,truck,truck,4,,,2,False,,\n"
    "2,10,40,reefer,feeder,truck,barge,4,,1,,False,,\n"
    "3,10,45,empty,deep_sea_vessel,train,train,3,,7,,True,,\n"
    "4,10,40,empty,feeder,deep_sea_vessel,deep_sea_vessel,4,,3,,False,1,A\n"
    "5,10,-1,dangerous_goods,truck,feeder,feeder,,1,5,,False,1,B\n"
    "6,10,20,reefer,train,deep_sea_vessel,deep_sea_vessel,7,,3,,False,1,A\n"
    "7,10,40,empty,barge,deep_sea_vessel,deep_sea_vessel,1,,3,,False,1,A\n"
    "8,10,40,standard,train,truck,truck,7,,,2,False,,\n",
}
AT = "traces: {conflowgen: export, services: [east, west, river_c]}\n"


@pytest.fixture
def export(project: Project) -> Callable[..., Project]:
    """Return a function that writes an export into the project, some of its files in the place of those above."""

    def written(**files: str) -> Project:
        lay(project, {f"export/{name}.csv": text for name, text in (FILES | files).items()})
        return project

    return written


def boxes_of(scenario: Scenario) -> BoxTrace:
    boxes = traces_of(scenario).boxes
    assert boxes is not None
    return boxes


def test_vessels_become_calls_in_order_of_arrival(export: Callable[..., Project]) -> None:
    scenario = export().load(AT)
    traces, services = traces_of(scenario), list(scenario.port.traffic.services)
    assert traces.calls.t_arrived.tolist() == [32.0, 53.0, 113.0, 221.0, 2240.0]
    called = [services[code] for code in traces.calls.service]
    assert called == ["river_c", "east", "east", "east", "river_c"], "of equals the first"
    assert traces.calls.load.tolist() == [-1, 0, 3, 1, -1], "the containers that each takes"
    assert [services[code] for code in traces.services] == ["east", "west", "river_c"]
    assert {Path(file).name: rows for file, rows in traces.read.items()} == {
        f"{name}.csv": text.count("\n") - 1 for name, text in FILES.items()
    }
    assert traces.left_out == 1


def test_a_vessel_goes_to_the_service_whose_vessels_are_nearest_to_hers(export: Callable[..., Project]) -> None:
    project = export()
    large = "values: {traffic: {vessel_classes: {large: %s}, services: {west: {vessel_class: large}}}}\n"
    port = yaml.safe_load((project.root / "ports" / "small.yaml").read_text(encoding="utf-8"))
    capacity = {"value": 9000, "unit": "TEU", "grade": "known", "source": "knowledge"}
    vessel = port["traffic"]["vessel_classes"]["feeder"] | {"capacity": capacity}
    scenario = project.load(AT + large % json.dumps(vessel))
    services = list(scenario.port.traffic.services)
    called = [services[code] for code in traces_of(scenario).calls.service]
    assert called == ["river_c", "east", "west", "east", "river_c"]


def test_containers_become_boxes(export: Callable[..., Project]) -> None:
    scenario = export().load(AT)
    boxes, services = boxes_of(scenario), list(scenario.port.traffic.services)
    flows = [Flow(code).name.lower() for code in boxes.flow]
    assert flows == ["import", "import", "empty", "transhipment", "export", "export", "empty"]
    assert boxes.call.tolist() == [1, 1, 2, 1, -1, -1, 0]
    assert boxes.booked.tolist() == [-1, -1, -1, -1, 3, 2, 2]
    assert boxes.teu.tolist() == [1, 2, 2, 2, 2, 1, 2]
    assert boxes.reefer.tolist() == [0, 1, 0, 0, 0, 1, 0]
    assert boxes.by_in.tolist()[4:] == [Mode.ROAD, Mode.ROAD, Mode.BARGE]
    assert boxes.by_out.tolist() == [Mode.ROAD, Mode.BARGE, Mode.ROAD, *[Mode.SEA] * 4]
    assert [services[code] if code >= 0 else "" for code in boxes.onward] == ["", "river_c", "", "east", "", "", ""]
    assert np.isnan(boxes.planned[[0, 1, 2, 3, 6]]).all()
    assert boxes.planned[4:6].tolist() == [82.5 + 0.5 / 3600, 45.0], "the truck's delivery, and the train"
    assert set(boxes.goods) == set(boxes.trader) == {-1}


def test_it_runs(export: Callable[..., Project]) -> None:
    scenario = export().load(AT)
    log = simulate(scenario.timeline, scenario.horizon, 1, 0)
    assert conservation(log) == []


def test_empty_tables_as_pandas_writes_them(export: Callable[..., Project]) -> None:
    containers = "".join(FILES["containers"].splitlines(keepends=True)[k] for k in (0, 1, 4))
    scenario = export(containers=containers, barges='""\n', trains='""\n').load(AT)
    assert len(traces_of(scenario).calls) == 3
    assert len(boxes_of(scenario)) == 2


def test_all_services_of_a_port_of_one_terminal_are_stood_for(export: Callable[..., Project]) -> None:
    project = export()
    project.write("ports/small.yaml", yaml.safe_dump(small_port_tree(), allow_unicode=True, sort_keys=False))
    scenario = project.load("traces: {conflowgen: export}\n")
    traces = traces_of(scenario)
    assert traces.services == (0, 1)
    assert len(traces.calls) == 3, "a port without bookings has no barges"
    boxes = boxes_of(scenario)
    assert set(boxes.booked) == {-1}
    assert traces.calls.load.tolist() == [0, 3, 1], "what is loaded is a count"
    log = simulate(scenario.timeline, scenario.horizon, 1, 0)
    assert conservation(log) == []
    assert len(log.boxes["box"]) == 4


def test_several_terminals_are_too_many(export: Callable[..., Project]) -> None:
    (problem,) = export().problems(BASE + "traces: {conflowgen: export}\n")
    what = "ConFlowGen describes one terminal, and the services that it stands for call at t1, nansha_iv"
    assert problem.what == what
    assert placed(problem) == ("case.yaml", 7, 22)


WRONG = [
    ("containers", 2, "20", "53", "unknown length '53'", 6),
    ("containers", 2, "standard", "frozen", "unknown storage requirement 'frozen'", 9),
    ("containers", 2, "feeder", "ferry", "unknown vehicle 'ferry'", 18),
    ("containers", 2, ",4,,", ",9,,", "delivered_by_vehicle '9' is not one of the vessels and barges", 37),
    ("containers", 3, ",1,", ",9,", "picked_up_by_vehicle '9' is not one of the vessels and barges", 38),
    ("containers", 6, ",1,5", ",9,5", "delivered_by_truck '9' is not one of the trucks", 46),
    ("containers", 7, ",7,", ",9,", "delivered_by_vehicle '9' is not one of the trains", 54),
    ("feeders", 2, "2021-03-03 05:00:00", "", "realized_arrival is empty", 12),
    (
        "feeders",
        2,
        "2021-03-03",
        "2021-02-03",
        "realized_arrival '2021-02-03 05:00:00' is before the start of the run",
        12,
    ),
    ("feeders", 2, "700", "many", "capacity_in_teu 'many' is not a number", 5),
    ("barges", 3, "8", "1", "id '1' stands in an earlier row already", 1),
    ("trucks", 2, "2021-03-04 10:30:00.5", "early", "realized_container_delivery_time 'early' is not a time", 15),
]


@pytest.mark.parametrize(("name", "line", "old", "new", "what", "column"), WRONG)
def test_a_wrong_cell(
    export: Callable[..., Project], name: str, line: int, old: str, new: str, what: str, column: int
) -> None:
    (problem,) = export(**{name: changed(FILES[name], line, old, new)}).problems(BASE + AT)
    assert problem.what.startswith(what)
    assert placed(problem) == (f"{name}.csv", line, column)


def test_a_missing_column(export: Callable[..., Project]) -> None:
    renamed = FILES["containers"].replace("delivered_by_vehicle", "delivered_by_large_scheduled_vehicle", 1)
    problems = export(containers=renamed).problems(BASE + AT)
    assert any("delivered_by_vehicle" in problem.what + problem.remedy for problem in problems)
    assert {placed(problem) for problem in problems} == {("containers.csv", 1, 1)}


def test_a_folder_that_is_no_export(export: Callable[..., Project]) -> None:
    project = export()
    (project.root / "export" / "trucks.csv").unlink()
    (project.root / "export" / "barges.csv").unlink()
    (problem,) = project.problems(BASE + AT)
    assert problem.what.startswith("there is no barges.csv nor trucks.csv in ")
    assert placed(problem) == ("case.yaml", 7, 22)


def test_barges_without_a_line(export: Callable[..., Project]) -> None:
    (problem,) = export().problems(BASE + "traces: {conflowgen: export, services: [east, west]}\n")
    assert problem.what == "id '1': the traces stand for no barge line (and 1 more row)"
    assert placed(problem) == ("barges.csv", 2, 1)


def test_more_columns_of_its_own_are_not_known(export: Callable[..., Project]) -> None:
    (problem,) = export(trains=VEHICLES.replace("vehicle_name", "colour")).problems(BASE + AT)
    assert problem.what == "unknown column 'colour'"


def test_an_export_can_be_copied_with_the_scenario(export: Callable[..., Project]) -> None:
    project = export()
    digest = project.load(AT).digest
    shutil.copytree(project.root / "export", project.root / "elsewhere")
    path = project.write("case.yaml", BASE + AT.replace("export", "elsewhere"))
    assert load(path).digest == digest

"""Walking the port: every value by its path, and copies with one value moved."""

from __future__ import annotations

import pytest

from sim.port.calendar import Calendar
from sim.port.evidence import leaves, lookup, replaced
from sim.port.units import Quantity
from tests.models.ports import port_with
from tests.small_port import small_port


def test_every_value_is_found_under_its_path() -> None:
    found = leaves(small_port())
    assert isinstance(found["customs.review.officers"], Quantity)
    assert isinstance(found["calendars.office_5d"], Calendar)
    assert found["terminals.t1.gate.calendar"].value == "gate_day"
    assert "channel.tide.range" not in found
    assert "terminals.t1.zh" not in found
    assert all(leaf.sources for leaf in found.values())


def test_paths_lead_back_to_their_values() -> None:
    port = small_port()
    for path, leaf in leaves(port).items():
        assert lookup(port, path) is leaf


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("customs.reviews", "reviews"),
        ("terminals.t2.quay", "t2"),
        ("channel.tide.range", "range"),
        ("customs.review.officers.x", "x"),
    ],
)
def test_a_path_that_leads_nowhere_names_its_first_wrong_part(path: str, wrong: str) -> None:
    with pytest.raises(KeyError, match=wrong):
        lookup(small_port(), path)
    with pytest.raises(KeyError, match=wrong):
        replaced(small_port(), path, 1)


def test_a_copy_moves_one_value_and_shares_all_else() -> None:
    port = small_port()
    officers = port.customs.review.officers.model_copy(update={"value": 7.0})
    moved = replaced(port, "customs.review.officers", officers)
    assert moved.customs.review.officers.value == 7
    assert port.customs.review.officers.value == 3
    assert moved.terminals is port.terminals
    assert moved.customs.inspection is port.customs.inspection
    changed = {path for path, leaf in leaves(moved).items() if leaves(port)[path] != leaf}
    assert changed == {"customs.review.officers"}


def test_a_value_under_a_name_of_the_port_file_moves_alone() -> None:
    port = port_with()
    lanes = port.terminals["t1"].gate.lanes.model_copy(update={"value": 9.0})
    moved = replaced(port, "terminals.t1.gate.lanes", lanes)
    assert moved.terminals["t1"].gate.lanes.value == 9
    assert moved.terminals["t1"].quay is port.terminals["t1"].quay

"""The digest: equal for equal runs on every platform, different for everything that shapes one."""

from __future__ import annotations

from math import inf
from pathlib import Path

import pytest

from sim.port.evidence import leaves, replaced
from sim.port.port import Horizon, Port, PortTimeline
from sim.port.units import Choice, Quantity, Switch
from sim.scenario.digest import SHAPING, canonical, code_version, digest, source_hash
from sim.scenario.facts import shape
from tests.small_port import small_port

PORT = small_port()
HORIZON = Horizon.model_validate({"start": "2021-03-01", "warm_up_days": 7, "days": 28, "cool_down_days": 7})


def of(port: Port) -> str:
    """Return the digest of a run of one port."""
    return digest(PortTimeline((-inf,), (port,)), HORIZON, 1)


def test_it_is_a_sha_256_and_the_same_every_time() -> None:
    assert of(PORT) == of(small_port())
    assert len(of(PORT)) == 64


@pytest.mark.parametrize("path", leaves(PORT))
def test_every_value_counts_and_what_it_rests_on_does_not(path: str) -> None:
    leaf = leaves(PORT)[path]
    noted = leaf.model_copy(update={"grade": "seen", "source": "elsewhere", "note": "n"})
    if isinstance(leaf, Quantity):
        noted = noted.model_copy(update={"low": leaf.value - 1, "high": leaf.value + 1})
    assert of(replaced(PORT, path, noted)) == of(PORT)
    update = {"value": leaf.value + 1} if isinstance(leaf, Quantity) else {"value": "other"}
    if isinstance(leaf, Switch):
        update = {"value": not leaf.value}
    if not isinstance(leaf, Quantity | Choice | Switch) and not hasattr(leaf, "value"):
        name = "hours" if "hours" in type(leaf).model_fields else "closed"
        update = {name: {} if name == "hours" else ()}
    assert of(replaced(PORT, path, leaf.model_copy(update=update))) != of(PORT)


def test_names_do_not_count_but_spread_order_horizon_and_seed_do() -> None:
    assert of(PORT.model_copy(update={"zh": "别的", "en": "Other"})) == of(PORT)
    fixed = PORT.customs.pick_up.delay.model_copy(update={"distribution": None})
    assert of(replaced(PORT, "customs.pick_up.delay", fixed)) != of(PORT)
    turned = dict(reversed(PORT.customs.traders.items()))
    assert of(replaced(PORT, "customs.traders", turned)) != of(PORT)
    timeline = PortTimeline((-inf,), (PORT,))
    assert digest(timeline, HORIZON, 2) != of(PORT)
    assert digest(timeline, HORIZON.model_copy(update={"days": 29}), 1) != of(PORT)
    assert digest(PortTimeline((-inf, 24.0), (PORT, PORT)), HORIZON, 1) != of(PORT)


def test_the_hour_of_the_first_piece_does_not_count() -> None:
    assert digest(PortTimeline((0.0,), (PORT,)), HORIZON, 1) == of(PORT)


def test_canonical_text_is_plain_and_exact() -> None:
    assert canonical({"b": 0.1, "a": [1, "港"]}) == '{"b":0.1,"a":[1,"\\u6e2f"]}'
    assert "-Infinity" not in canonical(shape(PORT))


def test_code_counts_and_line_ends_do_not(tmp_path: Path) -> None:
    for name in SHAPING:
        path = tmp_path / (name if name.endswith(".py") else f"{name}/module.py")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x = 1\ny = 2\n")
    first = source_hash(tmp_path)
    (tmp_path / "kernel" / "module.py").write_bytes(b"x = 1\r\ny = 2\r\n")
    assert source_hash(tmp_path) == first
    (tmp_path / "charts.py").write_bytes(b"z = 1\n")
    assert source_hash(tmp_path) == first
    (tmp_path / "models" / "module.py").write_bytes(b"x = 1\ny = 3\n")
    assert source_hash(tmp_path) != first
    assert "+" in code_version()

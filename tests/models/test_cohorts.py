"""Which port a box belongs to, and which class a draw falls into."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.models.cohorts import Cohorts
from sim.port.port import PortTimeline
from sim.port.traffic import Goods
from tests.models.ports import always, port_with
from tests.small_port import share, small_port

PIECES = PortTimeline((0.0, 10.0, 20.0), tuple(port_with(customs__review__officers=k) for k in (1, 2, 3)))


def classes(*shares: float | None) -> dict[str, Goods]:
    given = ({} if s is None else {"share": share(s)} for s in shares)
    return {f"k{k}": Goods.model_validate({"reefer_share": share(0), **entry}) for k, entry in enumerate(given)}


def codes(u: Any, *shares: float | None) -> list[int]:
    draws = np.asarray(u, dtype=float)
    cohorts = Cohorts(always(small_port()), np.zeros(len(draws)))
    return cohorts.category(lambda _: classes(*shares), draws).tolist()


def test_a_box_belongs_to_the_port_in_force_when_its_vessel_arrives() -> None:
    times = np.array([-5.0, 0.0, 9.999, 10.0, 19.0, 20.0, 1e6])
    officers = Cohorts(PIECES, times).value(lambda p: p.customs.review.officers.value)
    assert officers.tolist() == [1, 1, 1, 2, 2, 3, 3]
    assert officers.tolist() == [PIECES.at(t).customs.review.officers.value for t in times]


def test_some_of_the_boxes_are_the_same_boxes() -> None:
    times = np.array([25.0, 5.0, 15.0])
    some = Cohorts(PIECES, times).at(np.array([2, 0]))
    assert some.value(lambda p: p.customs.review.officers.value).tolist() == [2, 3]


def test_a_class_begins_at_its_lower_edge_and_ends_before_its_upper_one() -> None:
    # k0 and k1 from below, k3 from above, k2 the rest
    u = [0.01, 0.1999, 0.2, 0.4999, 0.5, 0.8999, 0.9, 0.99]
    assert codes(u, 0.2, 0.3, None, 0.1) == [0, 0, 1, 1, 2, 2, 3, 3]


@pytest.mark.parametrize(("shares", "code"), [((0.0, None), 1), ((1.0, None), 0), ((None, 0.0), 0), ((None, 1.0), 1)])
def test_none_and_all(shares: tuple[float | None, ...], code: int) -> None:
    edges = [2.0**-54, 0.5, 1 - 2.0**-53]
    assert codes(edges, *shares) == [code] * 3


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=5), st.integers(0, 5), st.floats(0.0, 1.0))
def test_every_draw_has_one_class_and_shares_are_kept(raw: list[float], rest: int, scale: float) -> None:
    total = sum(raw) or 1.0
    shares: list[float | None] = [scale * s / total for s in raw]
    rest = min(rest, len(shares))
    shares.insert(rest, None)
    u = (np.arange(20_000) + 0.5) / 20_000
    counts = np.bincount(codes(u, *shares), minlength=len(shares)) / len(u)
    known = [s or 0.0 for s in shares]
    known[rest] = 1 - sum(known)
    assert counts == pytest.approx(known, abs=2e-4)


@settings(deadline=None)
@given(st.floats(0, 0.5), st.floats(0, 0.5))
def test_moving_the_share_next_to_the_rest_moves_boxes_between_these_two_only(one: float, other: float) -> None:
    u = (np.arange(2_000) + 0.5) / 2_000
    before, after = np.array(codes(u, 0.2, one, None, 0.3)), np.array(codes(u, 0.2, other, None, 0.3))
    moved = before != after
    assert set(before[moved]) | set(after[moved]) <= {1, 2}


def test_edges_add_up_as_they_are_met() -> None:
    thirds = [0.1] * 9
    edges = list(accumulate(thirds))
    assert codes(edges, *thirds, None) == list(range(1, 10))


def test_classes_and_quantiles_follow_the_timeline() -> None:
    ports = tuple(
        port_with(traffic__cargo__goods__food={"share": share(s), "reefer_share": share(r)})
        for s, r in ((0.9, 0.3), (0.1, 0.6))
    )
    cohorts = Cohorts(PortTimeline((0.0, 10.0), ports), np.array([1.0, 11.0, 1.0, 11.0]))
    goods = cohorts.category(lambda p: p.traffic.cargo.goods, np.array([0.5, 0.5, 0.05, 0.95]))
    assert goods.tolist() == [1, 0, 0, 1]
    reefer = cohorts.by_class(lambda p: [g.reefer_share.value for g in p.traffic.cargo.goods.values()], goods)
    assert reefer.tolist() == [0.3, 0.02, 0.02, 0.6]
    times = tuple(port_with(customs__tally=h) for h in (1.0, 2.0))
    cohorts = Cohorts(PortTimeline((0.0, 10.0), times), np.array([1.0, 11.0]))
    assert cohorts.quantile(lambda p: p.customs.tally, np.array([0.5, 0.5])).tolist() == [1, 2]


def test_nobody_is_no_trouble() -> None:
    nobody = Cohorts(PIECES, np.empty(0))
    assert nobody.value(lambda _: 1.0).shape == (0,)
    assert codes([], 0.5, None) == []

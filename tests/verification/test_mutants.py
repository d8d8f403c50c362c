"""Faults put into the kernel and the model on purpose: `nansha verify` must fail for each of them.

Each names the cases that are to notice it; the whole suite fails if one of its cases does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.kernel import waiting_line
from sim.kernel.clock import OpenHours, weekly_hours
from sim.kernel.distribution import Exponential, Floats, LognormalMean
from sim.kernel.draws import Draws
from sim.kernel.priority_station import PriorityStation
from sim.kernel.waiting_line import Servers, WaitingLine
from sim.models import haulage, openings, rail
from sim.models.quay import QuayLine
from sim.verify import Asked, Verdict, verify

Patch = pytest.MonkeyPatch
pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]


def never_closed(patch: Patch) -> None:
    """A wrong clock: officers go on after closing."""
    original = WaitingLine.__init__

    def init(self: WaitingLine, servers: Any, hours: OpenHours, *more: Any) -> None:
        original(self, servers, OpenHours.always(), *more)

    patch.setattr(WaitingLine, "__init__", init)


def an_hour_late(patch: Patch) -> None:
    """A wrong clock: every opening is an hour late."""

    def late(week: Any, *more: Any) -> OpenHours:
        return weekly_hours([[(a + 1 if b - a < 24 else a, b) for a, b in day] for day in week], *more)

    patch.setattr(openings, "weekly_hours", late)


def work_goes_on(patch: Patch) -> None:
    """A wrong clock: a file that is on the desk at closing is ended after hours."""
    original = WaitingLine.__init__

    def init(self: WaitingLine, servers: Any, hours: OpenHours, *_: Any) -> None:
        original(self, servers, hours, "finish")

    patch.setattr(WaitingLine, "__init__", init)


def minutes_for_hours(patch: Patch) -> None:
    """A wrong clock: a lane is some per cent slower than its minutes say."""
    original = haulage._at_gate

    def slow(*arguments: Any) -> Floats:
        return original(*arguments) * 1.03

    patch.setattr(haulage, "_at_gate", slow)


def one_server_more(patch: Patch) -> None:
    """An off-by-one: every desk has an officer more."""
    original = Servers.__init__

    def init(self: Servers, steps: Any) -> None:
        original(self, [(t, count + 1) for t, count in steps])

    patch.setattr(Servers, "__init__", init)


def one_server_fewer(patch: Patch) -> None:
    """An off-by-one: every desk of several officers has one less, which the lines at the lower load survive."""
    original = Servers.__init__

    def init(self: Servers, steps: Any) -> None:
        original(self, [(t, max(1, count - 1)) for t, count in steps])

    patch.setattr(Servers, "__init__", init)


def one_berth_more(patch: Patch) -> None:
    """An off-by-one: a vessel more than the quay has room for."""
    original = QuayLine.__init__

    def init(self: QuayLine, env: Any, length: float, gap: float) -> None:
        original(self, env, length + 100.0, gap)

    patch.setattr(QuayLine, "__init__", init)


def one_place_fewer(patch: Patch) -> None:
    """An off-by-one: the last place on a train stays empty."""
    original = rail.board

    def board(ready: Floats, teu: Any, carriers: Floats, capacity: Floats) -> Any:
        return original(ready, teu, carriers, capacity - 1)

    patch.setattr(rail, "board", board)


def last_of_a_lot_first(patch: Patch) -> None:
    """A lost tie rule: of those who come at one instant, the last in the table is served first."""

    class Reversed:
        def __getattr__(self, name: str) -> Any:
            return getattr(np, name)

        def lexsort(self, keys: tuple[Any, ...]) -> Any:
            return np.lexsort((-keys[0], *keys[1:]))

    patch.setattr(waiting_line, "np", Reversed())


def starts_before_arrivals(patch: Patch) -> None:
    """A lost tie rule: a free officer begins before all who come at that instant are looked at."""
    original = PriorityStation._begins

    def begins(self: PriorityStation, limit: float) -> Any:
        # those who come at an instant are spread over the next second, the last in the table first
        rows = list(self._coming)
        self._coming.clear()
        self._coming.extend((*row[:-1], row[-1] + 1e-9 * (k % 7)) for k, row in enumerate(rows))
        return original(self, limit)

    patch.setattr(PriorityStation, "_begins", begins)


def ranks_forgotten(patch: Patch) -> None:
    """A lost rule: the line with priorities serves whoever came first."""
    original = WaitingLine.feed

    def feed(self: WaitingLine, ids: Any, arrivals: Any, services: Any, _: Any = None) -> None:
        original(self, ids, arrivals, services)

    patch.setattr(WaitingLine, "feed", feed)


def small_draws(patch: Patch) -> None:
    """A biased draw: uniform draws are a little too small."""
    original = Draws.uniform

    def uniform(self: Draws, purpose: str, owner: str, n: int) -> Floats:
        return np.asarray(original(self, purpose, owner, n) ** 1.05)

    patch.setattr(Draws, "uniform", uniform)


def one_stream_for_all(patch: Patch) -> None:
    """A biased draw: every purpose reads the same draws, so that long gaps bring long work."""
    original = Draws.uniform

    def uniform(self: Draws, purpose: str, owner: str, n: int) -> Floats:
        return original(self, "", "", n)

    patch.setattr(Draws, "uniform", uniform)


def long_work(patch: Patch) -> None:
    """A biased draw: exponential times are 4 % too long."""
    original = Exponential.quantile

    def quantile(self: Exponential, value: float, u: Floats) -> Floats:
        return original(self, 1.04 * value, u)

    patch.setattr(Exponential, "quantile", quantile)


def median_for_mean(patch: Patch) -> None:
    """A biased draw: a lognormal takes its mean for its median."""

    def quantile(self: LognormalMean, value: float, u: Floats) -> Floats:
        from scipy.special import ndtri

        return np.asarray(value * np.exp(np.sqrt(np.log1p(self.cv**2)) * ndtri(u)))

    patch.setattr(LognormalMean, "quantile", quantile)


def printed_table(patch: Patch) -> None:
    """Not the model but the theory is wrong: the expected wait twice what it is, as in the handbook's misprint."""
    from sim.theory.phase_line import Waiting, erlang_line

    def misprinted(*line: Any) -> Waiting:
        right = erlang_line(*line)
        return Waiting(2 * right.wait, right.delayed, right.queue, right.load)

    patch.setattr("sim.verify.carriers.erlang_line", misprinted)


MUTANTS: dict[Callable[[Patch], None], tuple[str, ...]] = {
    never_closed: ("nine_hours",),
    an_hour_late: ("nine_hours",),
    work_goes_on: ("nine_hours",),
    minutes_for_hours: ("m_g_1",),
    one_server_more: ("m_m_3", "m_d_1", "m_g_1", "site", "m_m_2_5"),
    one_server_fewer: ("m_m_3",),
    one_berth_more: ("e2_e2_4", "m_e3_2"),
    one_place_fewer: ("train",),
    last_of_a_lot_first: ("lots_on_the_hour",),
    starts_before_arrivals: ("ranks_on_the_hour",),
    ranks_forgotten: ("two_ranks", "three_ranks", "ranks_on_the_hour"),
    small_draws: ("fork_join",),
    one_stream_for_all: ("m_m_3", "fork_join", "m_g_1"),
    long_work: ("fork_join", "m_m_3"),
    median_for_mean: ("m_g_1", "m_g_inf"),
    printed_table: ("e2_e2_4",),
}
FAINT = (one_place_fewer, small_draws)
"""A quick look is too coarse for these: its margins are twice as wide."""


def failing(cases: tuple[str, ...], *, quick: bool = True) -> set[str]:
    return {f.case for f in verify(Asked(cases, workers=1, quick=quick)) if f.verdict == Verdict.FAILS}


def test_without_a_mutant_every_case_holds() -> None:
    assert failing(()) == set()


@pytest.mark.parametrize("mutant", FAINT, ids=lambda mutant: mutant.__name__)
def test_without_a_mutant_the_cases_of_the_faint_ones_hold(mutant: Callable[[Patch], None]) -> None:
    assert failing(MUTANTS[mutant], quick=False) == set()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_mutant_is_found(mutant: Callable[[Patch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    mutant(monkeypatch)
    assert failing(MUTANTS[mutant], quick=mutant not in FAINT) == set(MUTANTS[mutant])

"""A port and its policies to a timeline of ports: in written order, without collisions, every change listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import inf

from pydantic import ValidationError

from sim.errors import Place, PolicyError, Problem
from sim.policies.base import Policy
from sim.port.port import Horizon, Port, PortTimeline
from sim.scenario.facts import words
from sim.scenario.ramp import Term, blended
from sim.scenario.workings import Workings

Where = Callable[[str], Place | str]
"""Place of a dotted path such as policies.two_step_declaration.from."""


@dataclass(frozen=True)
class Change:
    """One value that a policy moves, before and after, at full adoption; `from_hour` is 0 if it always holds."""

    policy: str
    measure: str
    path: str
    before: float | str
    after: float | str
    unit: str
    from_hour: float


def compose(
    port: Port,
    policies: Mapping[str, Policy],
    horizon: Horizon,
    where: Where = str,
    workings: Workings | None = None,
) -> tuple[PortTimeline, tuple[Change, ...]]:
    """Return which port holds when, and the changes by each policy. workings: shared with others of the same port.

    A policy without `from` holds from before the run. Raises PolicyError with every problem: policies that never
    act, that collide, or that leave a port which does not hold.
    """
    composer = _Composer(port, policies, horizon, where, workings or Workings())
    composer.check_terms()
    composer.raise_problems()
    timeline = composer.timeline()
    composer.raise_problems()
    return timeline, tuple(composer.changes())


class _Composer:
    def __init__(
        self, port: Port, policies: Mapping[str, Policy], horizon: Horizon, where: Where, workings: Workings
    ) -> None:
        self._port, self._policies, self._where, self._known = port, policies, where, workings
        self._end = horizon.total_hours
        self._terms = {key: Term.of(policy, horizon.start) for key, policy in policies.items()}
        self._problems: dict[Problem, None] = {}
        self._applied: dict[tuple[tuple[str, float], ...], Port] = {(): port}
        self._alone = {key: self._apply(key, port, tell=False) for key in policies}

    def raise_problems(self) -> None:
        """Raise what was found so far."""
        if self._problems:
            raise PolicyError(self._problems)

    def check_terms(self) -> None:
        """Find the policies that never act in this run, and ramps without a first day."""
        for key, term in self._terms.items():
            name = f"policies.{key}"
            if term.start >= self._end:
                what = f"{key} never acts: its first day is after the end of the run"
                self._wrong(what, f"{name}.from", "choose an earlier from:, a longer horizon, or off")
            if term.end <= 0:
                what = f"{key} never acts: its last day is before the start of the run"
                self._wrong(what, f"{name}.until", "choose a later until:, or off")
            if term.ramp and term.start == -inf:
                what = f"{key} has ramp_days but no from, the day on which adoption begins"
                self._wrong(what, f"{name}.ramp_days", "add from:, or leave ramp_days out")

    def timeline(self) -> PortTimeline:
        """Return which port holds when; pieces that would run alike are one."""
        knots = {knot for term in self._terms.values() for knot in term.knots()}
        hours = [0.0, *sorted(knot for knot in knots if 0 < knot < self._end)]
        pieces: list[tuple[float, Port]] = []
        for hour in hours:
            port = self._port_at(hour)
            if not pieces or not self._known.alike(port, pieces[-1][1]):
                pieces.append((hour if pieces else -inf, port))
        return PortTimeline(tuple(hour for hour, _ in pieces), tuple(port for _, port in pieces))

    def changes(self) -> Iterator[Change]:
        """Yield what each policy moves, looked at where it is furthest adopted within the run."""
        for key, term in self._terms.items():
            hours = [max(0.0, knot) for knot in term.knots() if knot < min(self._end, term.end)]
            hour = max(hours, key=lambda h, term=term: (term.adopted(h), -h))  # type: ignore[misc]
            before = self._port_at(hour, until=key)
            for path, (old, new) in self._known.moved(before, self._apply(key, before)).items():
                was, unit = words(old, new)
                now, new_unit = words(new, old)
                policy = self._policies[key]
                yield Change(key, policy.measure, path, was, now, new_unit or unit, max(0.0, term.start))

    def _port_at(self, hour: float, until: str | None = None) -> Port:
        """Return the port that the policies in force at an hour make of the first, those before `until` only."""
        port = self._port
        steps: tuple[tuple[str, float], ...] = ()
        for key, term in self._terms.items():
            if key == until:
                break
            share = term.adopted(hour)
            if share == 0:
                continue
            steps = (*steps, (key, share))
            if steps not in self._applied:
                self._check_collisions(steps, port)
                self._applied[steps] = self._step(key, share, port)
            port = self._applied[steps]
        return port

    def _step(self, key: str, share: float, port: Port) -> Port:
        full = self._apply(key, port)
        if self._known.alike(full, port):
            return port  # nothing that shapes the run
        return full if share == 1 else blended(port, full, share)

    def _apply(self, key: str, port: Port, tell: bool = True) -> Port:
        """Return the port under one more policy; `port` itself if that cannot be, and the problem is kept.

        Worked out once for each port that is met; what cannot be is worked out again, to be told.
        """
        return self._known.under(self._policies[key], port, lambda: self._applied_anew(key, port, tell))

    def _applied_anew(self, key: str, port: Port, tell: bool) -> Port | None:
        try:
            full = self._policies[key].apply(port)
            if full is not port:
                Port.model_validate_json(full.model_dump_json(), strict=True)
        except (PolicyError, ValidationError, KeyError) as error:
            for what, remedy in _reasons(key, error) if tell else ():
                self._wrong(what, f"policies.{key}", remedy)
            return None
        return full

    def _check_collisions(self, steps: tuple[tuple[str, float], ...], port: Port) -> None:
        """Find the values that the last of these policies and an earlier one both move."""
        key = steps[-1][0]
        moved = self._known.moved
        mine = {*moved(self._port, self._alone[key]), *moved(port, self._apply(key, port))}
        for earlier, _ in steps[:-1]:
            if earlier in self._policies[key].after:
                continue
            for path in sorted(mine & moved(self._port, self._alone[earlier]).keys()):
                what = f"{earlier} ({self._where(f'policies.{earlier}')}) and {key} both move {path}"
                remedy = f"write after: [{earlier}] under {key} if it builds on it, or switch one of them off"
                self._wrong(what, f"policies.{key}", remedy)

    def _wrong(self, what: str, path: str, remedy: str) -> None:
        self._problems[Problem(what, self._where(path), remedy)] = None


def _reasons(key: str, error: PolicyError | ValidationError | KeyError) -> Iterator[tuple[str, str]]:
    """Yield why a policy cannot be in force at a port, and the remedy."""
    if isinstance(error, PolicyError):
        yield from ((problem.what, problem.remedy) for problem in error.problems)
    elif isinstance(error, ValidationError):
        for detail in error.errors(include_url=False):
            path = ".".join(str(part) for part in detail["loc"])
            yield f"with {key} in force the port does not hold: {path}: {detail['msg']}", "choose other levers"
    else:
        missing = f"{key} moves {error.args[0]!r}, which this port does not have"
        yield missing, "describe it in the port, or leave the policy out"

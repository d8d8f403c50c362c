"""What attributions and sensitivities found, kept beside the results: charts and briefs are made of it later.

A file a finding in `<results>/findings/`, written aside and then renamed. It holds the digests of the scenarios that it
is about, so what another version of the program, or another scenario, has found is never taken for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sim.errors import OutputError, Problem
from sim.experiment.attribute import Attribution
from sim.experiment.ends import Ends
from sim.experiment.interrupts import deferred
from sim.experiment.sensitivity import Sensitivity
from sim.experiment.sobol import Indices
from sim.experiment.statistics import Interval
from sim.experiment.subject import Subject

FOLDER = "findings"
ATTRIBUTION, SENSITIVITY = "attribution", "sensitivity"


@dataclass(frozen=True)
class Share:
    """A share of the variance with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Found:
    """What a sensitivity found of a number, or with `effect` of its change by the policies of its scenario.

    leading: the values that move it most, the first by screening. size, spread: mu* and sigma of each. first, total:
    shares of the variance of each and, last, of luck; empty if the number never changed. screened: values in all.
    """

    subject: Subject
    effect: bool
    number: Interval
    leading: tuple[Ends, ...]
    size: tuple[float, ...]
    spread: tuple[float, ...]
    first: tuple[Share, ...]
    total: tuple[Share, ...]
    screened: int
    replications: int


def keep_attributions(root: Path, digests: tuple[str, str], found: Sequence[Attribution]) -> None:
    """Keep attributions of a change; digests: of base and reform. Raises OutputError."""
    for one in found:
        name = f"{one.subject.name} {one.total.n} {one.orders}"
        _keep(root, ATTRIBUTION, name, {"digests": digests, "found": _dumped(Attribution, one)})


def keep_sensitivity(root: Path, found: Sensitivity) -> None:
    """Keep what a sensitivity found. Raises OutputError."""
    plan = found.plan
    name = f"{found.subject.name} {plan.effect} {plan.size}"
    _keep(root, SENSITIVITY, name, {"digests": (plan.template.base.digest,), "found": _dumped(Found, found_of(found))})


def attributions(root: Path, base: str, reform: str) -> tuple[Attribution, ...]:
    """Return the attributions kept of a change between two digests, of most replications last."""
    found: list[Attribution] = [_made(Attribution, item) for item in _kept(root, ATTRIBUTION, (base, reform))]
    return tuple(sorted(found, key=lambda one: (one.subject.name, one.total.n)))


def sensitivities(root: Path, digest: str) -> tuple[Found, ...]:
    """Return what was kept of a scenario's sensitivities, of most replications last."""
    found: list[Found] = [_made(Found, item) for item in _kept(root, SENSITIVITY, (digest,))]
    return tuple(sorted(found, key=lambda one: (one.subject.name, one.effect, one.replications)))


def found_of(found: Sensitivity) -> Found:
    """Return what is kept of a sensitivity."""
    places = {item.path: k for k, item in enumerate(found.inputs)}
    rows = [places[ends.item.path] for ends in found.leading]
    first, total = _shares(found.indices)
    return Found(
        found.subject,
        found.plan.effect,
        found.number,
        found.leading,
        tuple(float(found.screening.size[row]) for row in rows),
        tuple(float(found.screening.spread[row]) for row in rows),
        first,
        total,
        len(found.inputs),
        found.plan.size.replications,
    )


def _shares(indices: Indices | None) -> tuple[tuple[Share, ...], tuple[Share, ...]]:
    if indices is None:
        return (), ()
    first, total = (
        tuple(Share(*(float(x) for x in row)) for row in zip(index.value, index.low, index.high, strict=True))
        for index in (indices.first, indices.total)
    )
    return first, total


def _keep(root: Path, kind: str, name: str, record: dict[str, Any]) -> None:
    key = hashlib.sha256(f"{record['digests']} {name}".encode()).hexdigest()[:16]
    folder = root / FOLDER
    try:
        with deferred():
            folder.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(prefix=".aside-", dir=folder) as aside:
                new = Path(aside) / "new"
                new.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
                new.replace(folder / f"{kind}-{key}.json")
    except OSError as error:
        remedy = "choose another folder with --out, or make room and check the rights of this one"
        raise OutputError(Problem(f"cannot write {folder}: {error.strerror or error}", remedy=remedy)) from error


def _kept(root: Path, kind: str, digests: tuple[str, ...]) -> Iterator[Any]:
    for path in sorted((root / FOLDER).glob(f"{kind}-*.json")):
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            if tuple(record["digests"]) == digests:
                yield record["found"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            remedy = "remove it, and run nansha attribute or nansha sensitivity again"
            raise OutputError(Problem(f"{path} cannot be read: {error}", remedy=remedy)) from error


def _dumped(kind: Any, value: object) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter[Any](kind).dump_python(value, mode="json")


def _made(kind: Any, record: Any) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter[Any](kind).validate_python(record)

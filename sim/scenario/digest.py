"""The name of a result: a hash over all that shapes one replication, the code included."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sim.port.port import Horizon, PortTimeline
from sim.scenario.facts import shape

PACKAGE = Path(__file__).resolve().parents[1]
SHAPING = ("kernel", "port", "models", "metrics", "records.py")
"""The code between a composed port and the numbers of a replication."""


def digest(timeline: PortTimeline, horizon: Horizon, seed: int) -> str:
    """Return the sha-256 of a run in hexadecimal. What values rest on and what things are called do not count."""
    content = {
        "code": code_version(),
        "horizon": shape(horizon),
        "seed": seed,
        "timeline": [
            [None if index == 0 else hour, shape(port)]
            for index, (hour, port) in enumerate(zip(timeline.hours, timeline.ports, strict=True))
        ],
    }
    if timeline.traces is not None:
        content["traces"] = timeline.traces.fingerprint
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def canonical(content: Any) -> str:
    """Return JSON that is the same on every platform: no spaces, ASCII, shortest exact numbers."""
    return json.dumps(content, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


@cache
def code_version() -> str:
    """Return the version of the package and a hash of the source that shapes results."""
    try:
        release = version("nansha-sim")
    except PackageNotFoundError:
        release = "uninstalled"
    return f"{release}+{source_hash(PACKAGE)}"


def source_hash(package: Path, parts: Sequence[str] = SHAPING) -> str:
    """Return a hash of the Python source of parts of a package, the same for every kind of line end."""
    total = hashlib.sha256()
    for name in parts:
        part = package / name
        files = [part] if part.is_file() else list(part.rglob("*.py"))
        for file in sorted(files, key=lambda file: file.relative_to(package).as_posix()):
            total.update(file.relative_to(package).as_posix().encode() + b"\0")
            total.update(file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return total.hexdigest()[:16]

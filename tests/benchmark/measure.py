"""What work costs: processor time, wall time and peak memory, each in a process of its own where memory counts."""

from __future__ import annotations

import gc
import multiprocessing
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypeVar

from tests.benchmark.bench import ONE_THREAD, hold_to_one_core

T = TypeVar("T")


@dataclass(frozen=True)
class Spent:
    """Processor time of user and system [s], and wall time [s]."""

    busy: float
    wall: float


def timed(work: Callable[[], T]) -> tuple[Spent, T]:
    """Do `work` in this process; garbage of what came before is not charged to it."""
    gc.collect()
    wall, busy = time.perf_counter(), time.process_time()
    result = work()
    return Spent(time.process_time() - busy, time.perf_counter() - wall), result


def command(arguments: list[str]) -> Spent:
    """Run `python -m sim ...` to its end; its time is all of it, from the start of the interpreter on.

    Where the system does not tell the processor time of a child (Windows), it is the wall time.
    """
    before, wall = _of_children(), time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "sim", *arguments], check=False, capture_output=True, text=True)
    spent = time.perf_counter() - wall
    if done.returncode:
        raise SystemExit(f"nansha {' '.join(arguments)} failed: {done.stderr.strip()}")
    after = _of_children()
    return Spent(spent if after is None or before is None else after - before, spent)


def in_child(work: Callable[..., T], *arguments: Any, one_core: bool = True) -> T:
    """Call `work` in a new process and return what it returns; on one core with one thread if asked for.

    The process is spawned: it holds nothing of this one, so that its memory is that of the work alone.
    """
    context = multiprocessing.get_context("spawn")
    kept = {name: os.environ.get(name) for name in ONE_THREAD}
    if one_core:
        # libraries read these when they are loaded: they must be set before the child begins
        os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    try:
        with ProcessPoolExecutor(1, mp_context=context, initializer=_ready, initargs=(one_core,)) as pool:
            return pool.submit(work, *arguments).result()
    finally:
        for name, value in kept.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def cores() -> int:
    """Return the cores that this process may use."""
    affinity: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def available_bytes() -> float | None:
    """Return the memory that could be had without swapping; None where the system does not tell."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((float(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), None)


def machine() -> str:
    """Return in a line what the figures were measured on."""
    return f"{_processor()}, {cores()} cores, {platform.system()}, Python {platform.python_version()}"


def load_average() -> float | None:
    """Return how many processes wanted to run in the last minute, on average; None where the system does not tell."""
    load: Callable[[], tuple[float, float, float]] | None = getattr(os, "getloadavg", None)
    return None if load is None else load()[0]


def versions(*packages: str) -> str:
    """Return the packages with their versions, in one line."""
    return ", ".join(f"{name} {version_of(name) or 'not installed'}" for name in packages)


def version_of(package: str) -> str | None:
    """Return the version of an installed package, None if there is none."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _ready(one_core: bool) -> None:
    if one_core:
        hold_to_one_core()


def _of_children() -> float | None:
    """Return the processor time [s] of all children that have ended."""
    times = os.times()
    return None if sys.platform == "win32" else times.children_user + times.children_system


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())

"""The runs of the small port, kept in memory or in a folder, so that a study that was stopped goes on where it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from tests.coverage import small_port
from tests.coverage.small_port import Groups

PIECE = 100
"""Replications in one file."""

SIDES = ("base", "reform")


class Kept:
    """Hours of every box of base and reform, replication by replication."""

    def __init__(self, seed: int, folder: Path | None = None) -> None:
        self._seed, self._folder = seed, folder
        self._pieces: dict[int, list[tuple[Groups, Groups]]] = {}

    def fill(self, replications: int, progress: Callable[[int, int], None] | None = None) -> None:
        """Run what is not there yet of so many replications."""
        for piece in range(-(-replications // PIECE)):
            self._pieces.setdefault(piece, self._read(piece) or self._made(piece))
            if progress:
                progress(min((piece + 1) * PIECE, replications), replications)

    def run(self, replication: int) -> tuple[Groups, Groups]:
        """Return the hours of base and reform; the replication must be there."""
        return self._pieces[replication // PIECE][replication % PIECE]

    def _made(self, piece: int) -> list[tuple[Groups, Groups]]:
        numbers = range(piece * PIECE, (piece + 1) * PIECE)
        ports = (small_port.BASE, small_port.REFORM)
        runs = [tuple(small_port.hours(port, self._seed, number) for port in ports) for number in numbers]
        made = [(base, reform) for base, reform in runs]
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
            aside = self._file(piece).with_suffix(".part.npz")
            np.savez_compressed(aside, **_columns(made))
            aside.replace(self._file(piece))
        return made

    def _read(self, piece: int) -> list[tuple[Groups, Groups]] | None:
        if not self._folder or not self._file(piece).is_file():
            return None
        with np.load(self._file(piece)) as columns:
            sides = [_split(columns, side) for side in SIDES]
        return list(zip(*sides, strict=True))

    def _file(self, piece: int) -> Path:
        return (self._folder or Path()) / f"small_port_{self._seed}_{piece:04d}.npz"


def _columns(runs: list[tuple[Groups, Groups]]) -> dict[str, small_port.Hours]:
    columns = {}
    for k, side in enumerate(SIDES):
        for group in small_port.GROUPS:
            hours = [run[k][group] for run in runs]
            columns[f"{side}.{group}"] = np.concatenate(hours)
            columns[f"{side}.{group}.boxes"] = np.array([len(of_run) for of_run in hours], dtype=np.float64)
    return columns


def _split(columns: np.lib.npyio.NpzFile, side: str) -> list[Groups]:
    of_group = {}
    for group in small_port.GROUPS:
        ends = np.cumsum(columns[f"{side}.{group}.boxes"].astype(np.int64))
        of_group[group] = np.split(columns[f"{side}.{group}"], ends[:-1])
    return [dict(zip(of_group, hours, strict=True)) for hours in zip(*of_group.values(), strict=True)]

"""Tables as Parquet files. Polars is imported late, as in sim.scenario: it is slow, and the workers go without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from io import RawIOBase
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast

import numpy as np

from sim.records import Channel, Column, Event, Flow, Mode

if TYPE_CHECKING:
    import polars

ENUMS: Mapping[str, type[IntEnum]] = {
    "flow": Flow,
    "channel": Channel,
    "kind": Event,
    "by_in": Mode,
    "by_out": Mode,
}


def write_log_table(path: Path, columns: Mapping[str, Column], names: Mapping[str, Sequence[str]]) -> None:
    """Write one table of a run log: codes become the names that they stand for, NaN and no code become null."""
    import polars as pl

    known = {key: [member.name.lower() for member in enum if member >= 0] for key, enum in ENUMS.items()} | dict(names)
    write_frame(
        path,
        pl.DataFrame(
            [
                _decoded(name, column, known[name]) if name in known else pl.Series(name, column, nan_to_null=True)
                for name, column in columns.items()
            ]
        ),
    )


def write_frame(path: Path, frame: polars.DataFrame) -> None:
    """Write `frame`, piece by piece; the same frame gives the same bytes. Raises OSError in the system's own words."""
    import polars as pl

    with path.open("wb") as file:
        through = _Through(file)
        try:
            frame.write_parquet(cast("IO[bytes]", through), compression="zstd", statistics=True)
        except pl.exceptions.PolarsError as error:
            raise through.refused or error from error


class _Through(RawIOBase):
    """A file as polars writes to it; it keeps the system's refusal, which polars would put into words of its own."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.refused: OSError | None = None

    def write(self, data: Any, /) -> int:
        """Write bytes and return how many."""
        try:
            return self._file.write(data)
        except OSError as error:
            self.refused = error
            raise


def read_rows(path: Path, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return the rows of a small Parquet file, each with the `columns` asked for."""
    import polars as pl

    try:
        return pl.read_parquet(path, columns=list(columns)).select(columns).rows()
    except pl.exceptions.PolarsError as error:
        raise OSError(f"{path.name} cannot be read: {error}") from error


def _decoded(name: str, codes: Column, words: Sequence[str]) -> polars.Series:
    import polars as pl

    places = pl.Series(np.where(codes < 0, 0, codes).astype(np.uint32))
    decoded = pl.Series(name, words, dtype=pl.Enum(words)).gather(places)
    return decoded.to_frame().select(pl.when(pl.Series(codes >= 0)).then(pl.col(name)).alias(name)).to_series()

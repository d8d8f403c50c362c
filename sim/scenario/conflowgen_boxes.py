"""The containers of a ConFlowGen export as boxes of a trace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.scenario.cells import Cells, Flags, Floats, Integers
from sim.scenario.sheet import Derived

CONTAINER = (
    (
        *("id", "length", "storage_requirement", "delivered_by", "picked_up_by"),
        *("delivered_by_vehicle", "delivered_by_truck", "picked_up_by_vehicle"),
    ),
    (
        *("weight", "picked_up_by_initial", "picked_up_by_truck", "emergency_pickup"),
        *("destination_sequence_id", "destination_name"),
    ),
)
"""Columns that are read, and those that are not."""
TEU = {"20": 1, "40": 2, "45": 2, "-1": 2}
"""Length [ft], -1 for any other -> TEU, which the port counts in ones and twos."""
STORED = {"standard": 0, "empty": 1, "reefer": 2, "dangerous_goods": 3}
EMPTY, REEFER = STORED["empty"], STORED["reefer"]
WAYS = {"deep_sea_vessel": 0, "feeder": 1, "barge": 2, "train": 3, "truck": 4}
LAST_SEA, BARGE, TRAIN, TRUCK = WAYS["feeder"], WAYS["barge"], WAYS["train"], WAYS["truck"]

Words = NDArray[np.object_]
NO_WORD = np.array(None, dtype=object)


@dataclass(frozen=True)
class Vehicles:
    """id -> service of the vessels and barges; hour of the trains; hour at which a truck brings its container."""

    services: Mapping[str, str]
    trains: Mapping[str, float]
    trucks: Mapping[str, float]


@dataclass(frozen=True)
class Containers:
    """The containers of an export; arrays of shape (containers,). brought_by, taken_by: modes; the rest names."""

    cells: Cells
    teu: Integers
    stored: Integers
    brought_by: Integers
    taken_by: Integers
    brings: Words
    takes: Words
    truck: Words

    @staticmethod
    def read(own: Cells, vehicles: Vehicles) -> Containers:
        """Return the containers of a sheet; tell what is wrong with it, and with vehicles that are not there."""
        for column in CONTAINER[0][:5]:
            own.full(column)
        read = Containers(
            cells=own,
            teu=own.codes("length", TEU, "length"),
            stored=own.codes("storage_requirement", STORED, "storage requirement"),
            brought_by=own.codes("delivered_by", WAYS, "vehicle"),
            taken_by=own.codes("picked_up_by", WAYS, "vehicle"),
            brings=_words(own, "delivered_by_vehicle"),
            takes=_words(own, "picked_up_by_vehicle"),
            truck=_words(own, "delivered_by_truck"),
        )
        read._check(vehicles)
        return read

    @property
    def from_sea(self) -> Flags:
        """Off a vessel."""
        return (self.brought_by >= 0) & (self.brought_by <= LAST_SEA)

    @property
    def to_sea(self) -> Flags:
        """Onto a vessel."""
        return (self.taken_by >= 0) & (self.taken_by <= LAST_SEA)

    @property
    def left_out(self) -> int:
        """How many meet no vessel: the port has no traffic from land to land."""
        return int(np.count_nonzero(~self.from_sea & ~self.to_sea))

    def loads(self) -> dict[str, int]:
        """Return vessel -> containers that it takes."""
        return dict(Counter(self.takes[self.to_sea].tolist()))

    def _check(self, vehicles: Vehicles) -> None:
        by_water = frozenset(vehicles.services)
        sea = self.from_sea | self.to_sea
        for column, words, mine, known, files in (
            ("delivered_by_vehicle", self.brings, sea & (self.brought_by <= BARGE), by_water, "the vessels and barges"),
            ("picked_up_by_vehicle", self.takes, sea & (self.taken_by <= BARGE), by_water, "the vessels and barges"),
            ("delivered_by_vehicle", self.brings, sea & (self.brought_by == TRAIN), vehicles.trains, "the trains"),
            ("delivered_by_truck", self.truck, sea & (self.brought_by == TRUCK), vehicles.trucks, "the trucks"),
        ):
            wrong = mine & ~_among(words, known)
            self.cells.tell(column, wrong, f"{{}} is not one of {files}", "give all files of one export")

    def boxes(self, vehicles: Vehicles, *, booked: bool) -> Derived:
        """Return the containers that meet a vessel, as a sheet of boxes.

        booked: the port has bookings. Where it has none, what vessels load is a count of theirs.
        """
        import polars as pl

        kept = np.flatnonzero(self.from_sea | (self.to_sea & booked))
        off, by_barge = self.from_sea, self.brought_by == BARGE
        moved = off & self.to_sea
        by_water = off & (self.taken_by <= BARGE) & booked
        out = np.select([self.to_sea, self.taken_by == BARGE], ["sea", "barge"], "road").astype(object)
        flow = np.select([moved, self.stored == EMPTY, off], ["transhipment", "empty", "import"], "export")
        by_in = np.where(by_barge, "barge", "road").astype(object)
        onto = _looked_up(self.takes, vehicles.services, None)
        columns = {
            "call": np.where(off | by_barge, self.brings, NO_WORD),
            "booked": np.where(off, NO_WORD, self.takes),
            "flow": flow.astype(object),
            "by_in": np.where(off, NO_WORD, by_in),
            "by_out": out if booked else np.full(len(out), None),
            "onward": np.where(by_water, onto, NO_WORD),
        }
        numbers = {
            "teu": self.teu,
            "reefer": ((self.stored == REEFER) & (flow != "empty")).astype(np.int64),
            "planned": self._planned(vehicles),
        }
        frame = pl.DataFrame(
            {name: pl.Series(words[kept].tolist(), dtype=pl.String) for name, words in columns.items()}
            | {name: pl.Series(column[kept]) for name, column in numbers.items()}
        )
        sheet = self.cells.sheet
        return Derived(
            frame=frame,
            path=sheet.path,
            shown=sheet.shown,
            sources=(sheet,),
            which=np.zeros(len(kept), dtype=np.int64),
            rows=kept,
            columns=NAMES,
        )

    def _planned(self, vehicles: Vehicles) -> Floats:
        """Return when booked containers that come by land are brought; a barge brings hers when she comes."""
        by_truck = np.array(_looked_up(self.truck, vehicles.trucks, np.nan).tolist(), dtype=np.float64)
        by_train = np.array(_looked_up(self.brings, vehicles.trains, np.nan).tolist(), dtype=np.float64)
        hours = np.select([self.brought_by == TRUCK, self.brought_by == TRAIN], [by_truck, by_train], np.nan)
        return np.where(self.from_sea, np.nan, hours)


NAMES = {
    "call": "delivered_by_vehicle",
    "booked": "picked_up_by_vehicle",
    "flow": "picked_up_by",
    "teu": "length",
    "reefer": "storage_requirement",
    "by_in": "delivered_by",
    "by_out": "picked_up_by",
    "onward": "picked_up_by_vehicle",
    "planned": "delivered_by_truck",
}
"""Column of a sheet of boxes -> column of the containers that it comes from."""


def _words(own: Cells, column: str) -> Words:
    return np.array(own.words(column).to_list(), dtype=object)


def _among(words: Words, known: Container[Any]) -> Flags:
    return np.array([word in known for word in words.tolist()], dtype=np.bool_)


def _looked_up(words: Words, table: Mapping[str, Any], default: Any) -> Words:
    return np.array([table.get(word, default) for word in words.tolist()], dtype=object)

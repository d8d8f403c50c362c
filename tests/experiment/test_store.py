"""The store: whole or not there, readable again, and the same bytes each time."""

from __future__ import annotations

import errno
import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from sim.errors import OutputError
from sim.experiment import Store, parquet
from sim.experiment.result import Outcome
from sim.records import Mode
from tests.experiment.scenarios import outcome, scenario

PLAN = scenario("base")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = Store(tmp_path / "results")
    found.prepare()
    return found


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Full(BytesIO):
    """A file on a disk without room."""

    def write(self, data: object, /) -> int:
        """Refuse, as the system does."""
        raise OSError(errno.ENOSPC, "No space left on device")


def test_what_was_written_is_read_back(store: Store) -> None:
    written = outcome()
    store.write(PLAN, 0, written)
    found = store.read(PLAN.digest, 0, boxes=True)
    assert found is not None
    assert found.metrics == written.metrics
    assert (found.violations, found.seconds, found.counts) == ((), 1.5, {"boxes": 2})
    assert [(h.metric, h.flow) for h in found.dwell] == [(h.metric, h.flow) for h in written.dwell]
    for ours, theirs in zip(found.dwell, written.dwell, strict=True):
        np.testing.assert_array_equal(ours.counts, theirs.counts)


def test_boxes_that_are_not_there_are_not_pretended(store: Store) -> None:
    store.write(PLAN, 1, replace(outcome(), tables={}))
    assert store.read(PLAN.digest, 1, boxes=False) is not None
    assert store.read(PLAN.digest, 1, boxes=True) is None
    assert store.read(PLAN.digest, 2, boxes=False) is None


def test_a_replication_without_its_manifest_is_not_taken(store: Store) -> None:
    store.write(PLAN, 0, outcome())
    (store.root / PLAN.digest / "manifest.json").unlink()
    assert store.read(PLAN.digest, 0, boxes=False) is None


def test_tables_carry_names_for_codes_and_nothing_for_not_yet(store: Store) -> None:
    store.write(PLAN, 0, outcome())
    boxes = pl.read_parquet(store.folder(PLAN.digest, 0) / "boxes.parquet")
    assert boxes["trader"].to_list() == ["ordinary", "ordinary"]
    assert boxes["flow"].to_list() == ["import", "import"]
    assert boxes["t_gate_out"].to_list() == [100.0, 100.0]
    assert boxes["t_truck"].null_count() == 2


def test_a_code_for_none_becomes_null(tmp_path: Path) -> None:
    codes = {"goods": np.array([1, -1, 0], dtype=np.int8)}
    parquet.write_log_table(tmp_path / "t.parquet", codes, {"goods": ("general", "food")})
    assert pl.read_parquet(tmp_path / "t.parquet")["goods"].to_list() == ["food", None, "general"]


def test_a_way_in_or_out_is_a_word(tmp_path: Path) -> None:
    codes = {"by_out": np.array([Mode.RAIL, Mode.NONE, Mode.SEA], dtype=np.int8)}
    parquet.write_log_table(tmp_path / "t.parquet", codes, {})
    assert pl.read_parquet(tmp_path / "t.parquet")["by_out"].to_list() == ["rail", None, "sea"]


def test_metrics_are_tidy_rows(store: Store) -> None:
    store.write(PLAN, 3, outcome({"pick_up": 60.0}))
    metrics = pl.read_parquet(store.folder(PLAN.digest, 3) / "metrics.parquet")
    assert metrics.row(0, named=True) == {
        "digest": PLAN.digest,
        "scenario": "base",
        "replication": 3,
        "metric": "pick_up",
        "flow": "import",
        "group": "all",
        "statistic": "mean",
        "value": 60.0,
        "unit": "h",
    }


def test_the_manifest_tells_what_the_result_rests_on(store: Store) -> None:
    store.write(PLAN, 0, outcome())
    manifest = json.loads((store.root / PLAN.digest / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["scenario"] == "base"
    assert manifest["zh"] == "基准"
    assert manifest["digest"] == PLAN.digest
    assert (manifest["seed"], manifest["horizon"]["days"]) == (1, 10)
    assert manifest["text"] == PLAN.text
    assert {"python", "numpy", "simpy", "nansha-sim"} <= manifest["versions"].keys()


def test_the_manifest_follows_what_the_scenario_says_of_itself(store: Store) -> None:
    store.write(PLAN, 0, outcome())
    store.describe(replace(PLAN, text="another source\n"))
    manifest = json.loads((store.root / PLAN.digest / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["text"] == "another source\n"
    assert [path.name for path in store.root.iterdir()] == [PLAN.digest]


def test_only_the_wall_time_differs_between_two_writes(tmp_path: Path) -> None:
    stores = Store(tmp_path / "a"), Store(tmp_path / "b")
    for number, one in enumerate(stores):
        one.prepare()
        one.write(PLAN, 0, replace(outcome(), seconds=float(number)))
    first, second = (everything(one.root) for one in stores)
    timing = str(Path(PLAN.digest, "timing.json"))
    assert first.pop(timing) != second.pop(timing)
    assert first == second


def test_writing_again_replaces_the_whole_folder(store: Store) -> None:
    store.write(PLAN, 0, outcome())
    store.write(PLAN, 0, replace(outcome({"pick_up": 1.0}), tables={}))
    names = {path.name for path in store.folder(PLAN.digest, 0).iterdir()}
    assert names == {"metrics.parquet", "dwell.parquet", "checks.json"}


def test_two_processes_may_store_the_same_replication(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.write(PLAN, 0, outcome())
    before = everything(store.root)
    monkeypatch.setattr(Path, "exists", lambda _: False)  # as if the other came first, but only just
    store.write(PLAN, 0, outcome())
    monkeypatch.undo()
    assert everything(store.root) == before
    assert [path.name for path in store.root.iterdir()] == [PLAN.digest]


def test_wall_times_of_all_replications_stay(store: Store) -> None:
    for number in (0, 1):
        store.write(PLAN, number, outcome())
    timing = json.loads((store.root / PLAN.digest / "timing.json").read_text(encoding="utf-8"))
    assert timing.keys() == {"0", "1"}


def test_a_full_disk_leaves_nothing_half_written(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.write(PLAN, 0, outcome())
    before = everything(store.root)
    with monkeypatch.context() as without_room:
        without_room.setattr(Path, "open", lambda *_, **__: Full())
        for written, number in ((PLAN, 0), (PLAN, 1), (scenario("other"), 0)):
            with pytest.raises(OutputError, match="No space left on device") as caught:
                store.write(written, number, outcome())
            assert "--out" in caught.value.problems[0].remedy
    assert everything(store.root) == before
    assert [path.name for path in store.root.iterdir()] == [PLAN.digest]


def test_a_folder_that_cannot_be_made_is_told_before_the_run(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder")
    with pytest.raises(OutputError, match="cannot write"):
        Store(file / "results").prepare()
    with pytest.raises(OutputError, match="cannot write"):
        Store(file).prepare()


def test_an_interrupt_while_writing_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(parquet, "write_frame", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.write(PLAN, 0, outcome())
    assert list(store.root.iterdir()) == []


def test_a_damaged_file_is_run_again_and_not_believed(store: Store) -> None:
    store.write(PLAN, 0, outcome())
    (store.folder(PLAN.digest, 0) / "metrics.parquet").write_bytes(b"PAR1 cut short")
    assert store.read(PLAN.digest, 0, boxes=False) is None


def test_the_outcome_of_a_stored_replication_holds_no_tables(store: Store) -> None:
    store.write(PLAN, 0, outcome())
    found = store.read(PLAN.digest, 0, boxes=True)
    assert isinstance(found, Outcome)
    assert found.tables == {}

"""What attributions and sensitivities found is kept, and comes back as it was, for its own scenarios only."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from sim.errors import OutputError
from sim.experiment.attribute import Attribution, Pair, Share
from sim.experiment.ends import End, Ends, Turn
from sim.experiment.findings import FOLDER, Found, attributions, keep_attributions, sensitivities
from sim.experiment.findings import Share as Part
from sim.experiment.inputs import Input
from sim.experiment.statistics import Interval
from sim.experiment.subject import Subject

SUBJECT = Subject("arrival_to_gate_out", "import", "all", "mean", "h")
ONE = Interval(1 / 3, 0.1, None, 1)


def attribution(n: int = 10, orders: int | None = None) -> Attribution:
    total = Interval(-2.5, -2.9, -2.1, n)
    share = Share("two_step_declaration", ONE, ONE, ONE, None)
    return Attribution(SUBJECT, ONE, ONE, total, (share,), (Pair("a", "b", ONE),), orders)


def test_attributions_come_back(tmp_path: Path) -> None:
    kept = [attribution(), attribution(20, 16)]
    keep_attributions(tmp_path, ("base", "reform"), kept[::-1])
    keep_attributions(tmp_path, ("base", "reform"), kept)
    assert attributions(tmp_path, "base", "reform") == tuple(kept)
    assert attributions(tmp_path, "base", "other") == ()
    assert [path.suffix for path in (tmp_path / FOLDER).iterdir()] == [".json"] * 2


def test_a_sensitivity_comes_back(tmp_path: Path) -> None:
    item = Input("customs.inspection.scanners", 2.0, 1.0, 4.0, "scanner", "assumed", True)
    ends = Ends(item, End(1.0, ONE, None), End(4.0, None, ONE), (Turn("low", 1.0, False),))
    parts = (Part(0.5, math.inf, 0.6), Part(0.1, 0.0, 0.2))
    found = Found(SUBJECT, True, ONE, (ends,), (0.5,), (0.1,), parts, (), 9, 10)
    from sim.experiment import findings

    findings._keep(tmp_path, findings.SENSITIVITY, "x", {"digests": ("d",), "found": findings._dumped(Found, found)})
    assert sensitivities(tmp_path, "d") == (found,)
    assert sensitivities(tmp_path, "e") == ()


def test_a_broken_file_is_told_with_its_place(tmp_path: Path) -> None:
    keep_attributions(tmp_path, ("base", "reform"), [attribution()])
    (file,) = (tmp_path / FOLDER).iterdir()
    file.write_text(file.read_text(encoding="utf-8")[:40], encoding="utf-8")
    with pytest.raises(OutputError, match=file.name):
        attributions(tmp_path, "base", "reform")


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("no folder", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot write"):
        keep_attributions(tmp_path, ("base", "reform"), [attribution()])

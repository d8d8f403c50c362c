"""The public names of `sim`: sorted, there, documented, and fetched only when used."""

from __future__ import annotations

import ast
import subprocess
import sys
from inspect import getdoc, isclass, isroutine
from pathlib import Path

import pytest

import sim

OFFERED = {"load", "run", "compare", "simulate", "measure"}


def test_all_is_sorted_and_holds_what_the_guides_use() -> None:
    assert sim.__all__ == sorted(set(sim.__all__))
    assert set(sim.__all__) >= OFFERED


@pytest.mark.parametrize("name", sim.__all__)
def test_every_name_is_there_and_documented(name: str) -> None:
    value = getattr(sim, name)
    assert isclass(value) or isroutine(value)
    assert getdoc(value)
    assert name in dir(sim)


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse(Path(str(sim.__file__)).read_text(encoding="utf-8"))
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {
        alias.name: node.module for node in guarded.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    homes = {name: f"sim.{room}" for name, room in sim._HOME.items()}
    assert seen == homes
    assert sorted(seen) == sim.__all__


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'sim' has no attribute 'nothing'"):
        _ = sim.nothing


def test_import_is_cheap() -> None:
    code = "import sim, sys; print(*sorted(m for m in sys.modules if m.startswith('sim.')), 'numpy' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["False"]

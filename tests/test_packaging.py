"""What is shipped: pinned without addresses, complete, typed, in small files, and free of anybody's machine."""

from __future__ import annotations

import re
import subprocess
import tomllib
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
MOST_LINES = 400
OF_A_MACHINE = re.compile(r"(?<![\w.])/(?:tmp|root|work|farm|home|Users|opt|mnt)/\w|\b[A-Za-z]:\\+(?:Users|Temp)\b")
BINARY = {".otf", ".png", ".parquet", ".woff2", ".pdf"}


def pyproject() -> dict:  # type: ignore[type-arg]
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins() -> list[Requirement]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line.strip() and not line.lstrip().startswith("#")]


@cache
def tracked() -> tuple[Path, ...]:
    """The files of the project: what git tracks; without git (a source archive) every file that is not hidden."""
    try:
        command = ["git", "-C", str(ROOT), "ls-files", "-z"]
        listed = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        files = [path for path in ROOT.rglob("*") if not any(p.startswith(".") for p in path.relative_to(ROOT).parts)]
    else:
        files = [ROOT / name for name in listed.split("\0") if name]
    found = tuple(sorted(path for path in files if path.is_file()))
    assert ROOT / "pyproject.toml" in found
    return found


def requirements() -> list[str]:
    project = pyproject()["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    return [*project["dependencies"], *extras]


def test_constraints_hold_no_address() -> None:
    assert not re.search(r"://|@ |--(?:index|extra-index|find-links)", (ROOT / "constraints.txt").read_text("utf-8"))


def test_every_pin_is_one_version() -> None:
    loose = [str(pin) for pin in pins() if [part.operator for part in pin.specifier] != ["=="]]
    assert loose == []


@pytest.mark.parametrize("line", requirements())
def test_every_dependency_is_pinned_within_its_bounds(line: str) -> None:
    wanted = Requirement(line)
    found = [pin for pin in pins() if canonicalize_name(pin.name) == canonicalize_name(wanted.name)]
    assert found, f"{wanted.name} is not in constraints.txt"
    for pin in found:
        (version,) = (part.version for part in pin.specifier)
        assert wanted.specifier.contains(version), f"{wanted} but constraints.txt has {version}"


def test_what_the_wheel_includes_is_there() -> None:
    wheel = pyproject()["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert all((ROOT / package / "__init__.py").is_file() for package in wheel["packages"])
    assert set(wheel["force-include"].values()) == {"sim/scenarios"}
    for source in wheel["force-include"]:
        assert any(file.is_relative_to(ROOT / source) for file in tracked()), f"{source} is not in the project"


def test_types_are_shipped() -> None:
    assert ROOT / "sim" / "py.typed" in tracked()


def test_licence_and_readme_are_there() -> None:
    project = pyproject()["project"]
    for name in (*project["license-files"], project["readme"]):
        assert (ROOT / name).read_text(encoding="utf-8").strip()


def test_the_command_points_at_a_function() -> None:
    for target in pyproject()["project"]["scripts"].values():
        module, function = target.split(":")
        assert callable(getattr(import_module(module), function))


def test_the_changelog_has_this_version() -> None:
    version = re.escape(pyproject()["project"]["version"])
    assert re.search(rf"^## \[{version}\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)


def test_no_python_file_is_long() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in tracked()
        if path.suffix == ".py"
    }
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_file_names_a_place_on_a_machine() -> None:
    assert OF_A_MACHINE.search("see " + "/ho" + "me/somebody")
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{number}: {line.strip()}"
        for path in tracked()
        if path.suffix not in BINARY
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if OF_A_MACHINE.search(line)
    ]
    assert found == []


def test_relative_links_of_the_documents_lead_somewhere() -> None:
    link = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)(?:#[^)]*)?\)")
    broken = [
        f"{path.relative_to(ROOT).as_posix()}: {target}"
        for path in tracked()
        if path.suffix == ".md"
        for target in link.findall(path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert broken == []

"""The small project with a reform of which some values are not certain."""

from __future__ import annotations

from pathlib import Path

from tests.cli.project import lay_project

UNSURE = """\
extends: baseline.yaml
title: {zh: 小港不确定, en: "Small port, unsure"}
horizon: {start: 2021-03-01, warm_up_days: 0, days: 7, cool_down_days: 3}
values:
  customs:
    preparation: {documents: {value: 24, low: 12, high: 48, grade: assumed, source: assumption}}
    review:
      officers: {value: 3, low: 1, high: 5, grade: assumed, source: assumption}
      manual_share: {value: 0.25, low: 0.1, high: 0.6, grade: assumed, source: assumption}
    inspection: {bays: {value: 2, low: 1, high: 4, grade: derived, source: assumption}}
policies: {two_step_declaration: plan}
"""


def lay_unsure(folder: Path) -> Path:
    """Write the project and return the file of the reform."""
    file = lay_project(folder) / "unsure.yaml"
    file.write_text(UNSURE, encoding="utf-8")
    return file

"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.words import Lang

LangOption = Annotated[Lang, typer.Option("--lang", envvar="NANSHA_LANG", help="Language of every label. 标签语言。")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines. 输出 JSON。")]

ScenarioFile = Annotated[Path, typer.Argument(metavar="SCENARIO", help="A scenario file. 情景文件。")]
ScenarioFiles = Annotated[list[Path], typer.Argument(metavar="SCENARIO...", help="Scenario files. 情景文件。")]
BaseFile = Annotated[Path, typer.Argument(metavar="BASE", help="The scenario to compare with. 基准情景。")]
ReformFiles = Annotated[list[Path], typer.Argument(metavar="REFORM...", help="The reforms. 改革情景。")]

SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Set one value, as in customs.inspection.scanners=3; may be repeated. 改动一个数值，可重复。",
    ),
]
DaysOption = Annotated[int | None, typer.Option("--days", min=1, help="Days measured. 统计天数。")]
ReplicationsOption = Annotated[int | None, typer.Option("--replications", min=1, help="Replications. 重复次数。")]
SeedOption = Annotated[int | None, typer.Option("--seed", min=0, help="Seed of all draws. 随机种子。")]
WorkersOption = Annotated[
    int | None, typer.Option("--workers", min=1, help="Processes; one per core if not given. 进程数，默认等于核数。")
]
OutOption = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder of the results. 结果文件夹。")]
KeepBoxesOption = Annotated[
    bool,
    typer.Option("--keep-boxes", help="Keep the boxes of all replications, not of the first only. 保留全部箱记录。"),
]
FullOption = Annotated[bool, typer.Option("--full", help="Print every table, not the first page only. 输出全部表格。")]
ClusterOption = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Dask scheduler, as tcp://host:8786, or local to start one; needs nansha-sim[cluster]. Dask 调度器地址。",
    ),
]

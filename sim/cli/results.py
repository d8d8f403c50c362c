"""`nansha results`: what is stored, how it was made, and how it is removed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.options import JsonOption, LangOption, OutOption
from sim.cli.run import RESULTS
from sim.cli.screen import Screen, shown_path
from sim.errors import OutputError, Problem

if TYPE_CHECKING:
    from sim.experiment.stored import Stored

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Digest = Annotated[
    str, typer.Argument(metavar="DIGEST", help="The first characters of a digest, or a sweep. 摘要前几位，或扫描名。")
]
AllOption = Annotated[bool, typer.Option("--all", help="List the points of sweeps too. 同时列出扫描的各点。")]
YesOption = Annotated[bool, typer.Option("--yes", help="Remove without asking. 不再询问，直接删除。")]
TextOption = Annotated[bool, typer.Option("--text", help="Print the scenario that made it. 输出其情景全文。")]


@app.command("ls", help="List what is stored, the latest last. 列出已存结果。")
def list_results(
    out: OutOption = RESULTS, every: AllOption = False, lang: LangOption = "en", as_json: JsonOption = False
) -> None:
    """Print a line for each scenario and sweep."""
    screen = Screen(lang, as_json)
    with screen.reporting():
        from dataclasses import asdict

        from sim.cli.results_report import print_results
        from sim.experiment import stored as store

        items, sweeps = store.stored(out), store.sweeps(out)
        if as_json:
            screen.dump({"results": [asdict(item) for item in items], "sweeps": [asdict(entry) for entry in sweeps]})
        else:
            print_results(out, items, sweeps, screen, every=every)


@app.command("show", help="The numbers of a result, and how it was made. 显示某一结果。")
def show_result(
    digest: Digest,
    text: TextOption = False,
    out: OutOption = RESULTS,
    lang: LangOption = "en",
    as_json: JsonOption = False,
) -> None:
    """Print one result."""
    screen = Screen(lang, as_json)
    with screen.reporting():
        from dataclasses import asdict

        from sim.cli.results_report import numbers, print_result
        from sim.experiment import stored as store

        item = store.found(store.stored(out), digest)
        made, figures = store.details(out, item)
        if text:
            print(made["text"], end="")
        elif as_json:
            record: dict[str, Any] = asdict(item) | made
            screen.dump(record | {"metrics": [asdict(number) for number in numbers(out, item, figures)]})
        else:
            print_result(out, item, made, numbers(out, item, figures), screen)


@app.command("rm", help="Remove a result or a sweep with its points. 删除某一结果或扫描。")
def remove_result(
    digest: Digest,
    yes: YesOption = False,
    out: OutOption = RESULTS,
    lang: LangOption = "en",
    as_json: JsonOption = False,
) -> None:
    """Say what is removed, ask, and remove it."""
    screen = Screen(lang, as_json)
    with screen.reporting():
        from sim.experiment import stored as store

        entry = next((entry for entry in store.sweeps(out) if entry.name == digest), None)
        item = None if entry is not None else store.found(store.stored(out), digest)
        if entry is not None:
            screen.warn(screen.say("results.sweep", name=entry.name, points=entry.points))
        elif item is not None:
            screen.warn(_described(item, screen))
        if not yes and not _sure(screen):
            raise OutputError(Problem("nothing was removed", remedy="answer y, or give --yes"))
        if entry is not None:
            removed = store.remove_sweep(out, entry)
            told = screen.say("results.removed_sweep", name=entry.name, points=removed)
        else:
            assert item is not None  # found() has raised otherwise
            store.remove(out, item)
            told = screen.say("results.removed", digest=item.digest[:8], path=shown_path(Path(out)))
        if as_json:
            screen.dump({"removed": entry.name if entry is not None else digest})
        else:
            screen.line(told)


def _sure(screen: Screen) -> bool:
    try:
        return typer.confirm(screen.say("results.sure"), err=True)
    except typer.Abort:  # nobody is there to answer
        return False


def _described(item: Stored, screen: Screen) -> str:
    title = item.zh if screen.lang == "zh" else item.en
    counts = {"tables": item.tables, "journalled": item.journalled}
    return screen.say("results.one", digest=item.digest[:8], title=title, **counts)

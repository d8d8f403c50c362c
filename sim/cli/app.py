"""The command `nansha` and its commands, one file each."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli import (
    attribute,
    brief,
    capacity,
    chart,
    check,
    compare,
    init,
    policies,
    results,
    run,
    schema,
    select,
    sensitivity,
    show,
    sweep,
    verify,
    waiting,
)

app = typer.Typer(
    name="nansha",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Simulate port and customs clearance at Guangzhou Nansha. 广州南沙港口通关仿真。",
)


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"nansha-sim {version('nansha-sim')}")
        raise typer.Exit


@app.callback()
def top(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version. 显示版本。")
    ] = False,
) -> None:
    """Take the options that stand before a command."""


app.command("check", help="Validate scenario files; nothing is run. 校验情景文件，不运行。")(check.check)
app.command("show", help="Show every value of a scenario with its evidence. 列出情景的全部数值及依据。")(show.show)
app.command("policies", help="Show the catalogue of policies. 政策目录。")(policies.policies)
app.command("schema", help="Print the JSON Schema of scenario files. 输出情景文件的 JSON Schema。")(schema.schema)
app.command("run", help="Run scenarios and print what comes out. 运行情景并输出结果。")(run.run)
app.command("compare", help="Compare reforms with a base scenario. 将改革情景与基准情景对比。")(compare.compare)
app.command("init", help="Lay the shipped scenario files into a folder. 将随附的情景文件写入文件夹。")(init.init)
app.command("waiting", help="Waits for a berth by theory: E2/E2/n and others. 理论待泊时间。")(waiting.waiting)
app.command("verify", help="Hold the model to queueing theory, with a table. 用排队论检验模型。")(verify.verify)
app.command("attribute", help="Which policy of a reform did it: Shapley shares. 各项政策对变化的分摊。")(
    attribute.attribute
)
app.command("sweep", help="Run a grid or a drawn set of points that survives. 参数扫描，可中断续跑。")(sweep.sweep)
app.command("select", help="The best package of a reform's policies, with a guarantee. 最优政策组合。")(select.select)
app.command("sensitivity", help="How much of an answer rests on assumptions. 结果对假定的敏感性。")(
    sensitivity.sensitivity
)
app.command("capacity", help="The largest load, or fewest servers, that meet a target. 满足目标的最大负荷。")(
    capacity.capacity
)
app.command("brief", help="A two-page policy brief of stored results: HTML, PDF, DOCX. 生成两页政策简报。")(brief.brief)
app.command("chart", help="Draw stored results as single charts. 将已存结果绘成单图。")(chart.chart)
app.add_typer(results.app, name="results", help="What is stored: ls, show, rm. 已存结果：列出、显示、删除。")

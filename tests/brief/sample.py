"""Briefs made by hand in both languages, with everything in them that a page may have to carry."""

from __future__ import annotations

import io
from functools import cache

from sim.brief.model import Block, Brief, Command, Heading, Items, Mark, Number, Origin, Paragraph, Picture, Table, Text
from sim.charts import style
from sim.words import Lang

BASE = "3f9a1c5e7b2d4860" * 4
REFORM = "b81d0e6f2a94c375" * 4
TEN = tuple(range(10))

MARKUP = {
    "en": "Two-step declaration & <b>what “measure 10”</b> does to *every* #strong[box] of $10 %$ `at` _Nansha_ \\",
    "zh": "提前申报与<b>两步申报</b>：第*十*项措施对 #strong[南沙] 口岸 $通关$ 时间的影响 & 甪直、堃、龘 `等` _名_ \\",
}


def value(text: str) -> float:
    """What a number's words mean."""
    return float(text.replace("−", "-").replace(",", ""))


def result(text: str, unit: str, part: str = "difference", mark: Mark = "†") -> Number:
    """A number measured in both runs."""
    origin = Origin("result", (BASE, REFORM), "arrival_to_release.import.all.mean", part, TEN)
    return Number(text, value(text), unit, origin, mark)


def given(text: str, unit: str) -> Number:
    """A number out of a source."""
    return Number(text, value(text), unit, Origin("input", (), "hummels-2013", "value"), "‡")


def counted(text: str) -> Number:
    """A number that the study has set."""
    return Number(text, value(text), "", Origin("count", (), "replications", "count"))


@cache
def picture(key: str, lang: Lang, caption: str, alt: str) -> Picture:
    """A bar chart drawn in the style of the charts."""
    names = ("Arrival to release", "Arrival to gate-out") if lang == "en" else ("抵港至放行", "抵港至提离")
    with style.styled():
        figure = style.canvas(6.6, 2.4)
        axes = figure.add_axes((0.22, 0.2, 0.72, 0.66))
        axes.barh([0, 1], [58.2, 110.0], color=style.PETROFF6[0])
        axes.set_yticks([0, 1], names)
        axes.set_xlabel("h")
        axes.set_title(caption.split(":")[0][:40], weight="bold", loc="left")
        files = [io.BytesIO(), io.BytesIO()]
        figure.savefig(files[0], format="svg", metadata={"Date": None, "Title": key})
        figure.savefig(files[1], format="png", dpi=200)
    return Picture(key, caption, alt, files[0].getvalue(), files[1].getvalue())


def effects(lang: Lang) -> Table:
    """The table of effects: five columns of numbers under a row head."""
    english = lang == "en"
    heads = ("", "Base, h", "Reform, h", "Change, h †", "95 % interval", "Change, %")
    names = ("Imports: arrival to release, mean", "Imports: arrival to release, P90", "Exports: within 48 h")
    if not english:
        heads = ("", "基准（小时）", "改革（小时）", "变化（小时）†", "95% 置信区间", "变化（%）")
        names = ("进口：抵港至放行，均值", "进口：抵港至放行，P90", "出口：48 小时内")
    values = (
        ("58.2", "46.5", "−11.7", "−12.2", "−11.2", "−20.1"),
        ("110.0", "94.8", "−15.2", "−15.7", "−14.6", "−13.8"),
        ("1,135.7", "1,131.0", "−4.7", "−4.8", "+0.02", "−0.4"),
    )
    to = " to " if english else " 至 "
    rows: list[tuple[Text, ...]] = []
    for name, (base, reform, change, low, high, share) in zip(names, values, strict=True):
        span: Text = (result(low, "h", "low", ""), to, result(high, "h", "high", ""))
        rest = [
            result(text, "h", part, "") for text, part in ((base, "base"), (reform, "reform"), (change, "difference"))
        ]
        rows.append(((name,), *((number,) for number in rest), span, (result(share, "share", mark=""),)))
    note = "Paired by replication on common draws." if english else "按重复配对，使用相同随机数。"
    caption = "What the reform changes" if english else "改革带来的变化"
    widths = (0.32, 0.12, 0.12, 0.13, 0.19, 0.12)
    return Table("effects", caption, heads, tuple(rows), (False, *[True] * 5), widths, ((note,),))


def long_table(lang: Lang) -> Table:
    """Sixty rows, so that it breaks over pages; texts in three columns."""
    english = lang == "en"
    name = "Value {} of the port, as it stands in the scenario" if english else "口岸参数第 {} 项，取自情景文件"
    heads = ("Value", "Base", "Source, with its title in full") if english else ("参数", "基准", "来源（全称）")
    source = (
        "Administrative Measures; customs.example, section" if english else "《海关总署公告》2019 年第 127 号，附件"
    )
    rows = tuple(
        (
            (name.format(n),),
            (Number(f"{n}.5", n + 0.5, "h", Origin("input", (), f"customs.value_{n}", "value")),),
            (source,),
        )
        for n in range(60)
    )
    caption = "Every value that was moved" if english else "全部变动参数"
    return Table("long", caption, heads, rows, (False, True, False), (0.45, 0.1, 0.45))


def filled(template: str, *numbers: Number) -> Text:
    """Running text with a number in the place of each {}."""
    plain = template.split("{}")
    pairs: list[Text] = list(zip(plain, (*numbers, ""), strict=True))
    return tuple(piece for pair in pairs for piece in pair if piece)


def lead(lang: Lang) -> Text:
    """The answer."""
    template = words(
        lang,
        "It takes {} h ({} to {}) off the time from a vessel’s arrival to the release of an import box, “shown”, "
        "at {} to {} % of value a day; for exports it’s not shown.",
        "进口箱自船舶抵港至放行的时间缩短 {} 小时（{} 至 {}），"
        "按每日货值的 {}% 至 {}% 折算——“效果明确”；出口未显示变化。",
    )
    ends = result("11.2", "h", "high", ""), result("12.2", "h", "low", "")
    return filled(template, result("11.7", "h"), *ends, given("0.6", "share"), given("2.1", "share"))


def paragraph(lang: Lang) -> Paragraph:
    """Some lines of running text with numbers."""
    template = words(
        lang,
        "Of {} replications of {} days each all agree. Boxes of authorised operators gain less, as they’re rarely "
        "opened; those that leave by barge wait for their barge all the same. P90 falls by {} h, and infringements "
        "missed rise by {} % points.",
        "全部 {} 次重复（每次 {} 天）结论一致。高级认证企业的货箱极少被开箱查验，受益较小；"
        "经驳船疏运的货箱仍须等候班期。"
        "P90 缩短 {} 小时，漏查率上升 {} 个百分点。",
    )
    effects = result("15.2", "h"), result("1.8", "share")
    return Paragraph(filled(template, counted("10"), counted("28"), *effects))


def words(lang: Lang, english: str, chinese: str) -> str:
    return english if lang == "en" else chinese


def body(lang: Lang) -> tuple[Block, ...]:
    """Two pages' worth."""
    alt = words(
        lang, "Two bars: 58.2 h to release, 110.0 h to gate-out.", "两根条形：至放行 58.2 小时，至提离 110.0 小时。"
    )
    return (
        Paragraph(lead(lang), "lead"),
        Heading(1, words(lang, "What changes", "变化情况")),
        paragraph(lang),
        effects(lang),
        picture("stages", lang, words(lang, "Hours to release & gate-out: base", "抵港至放行、提离：基准"), alt),
        Heading(1, words(lang, "For whom, and at what price", "对谁有利，代价几何")),
        Heading(2, words(lang, "Who gains", "受益方")),
        paragraph(lang),
        Items(tuple(paragraph(lang).text for _ in range(3))),
        picture("clocks", lang, words(lang, "Both official clocks <compared>", "两个官方时钟<对比>"), alt),
        Heading(1, words(lang, "What it rests on", "所依据的假设")),
        Items(
            (
                paragraph(lang).text,
                (words(lang, "Shares of advance declaration are assumed.", "提前申报比例为假设值。"),),
            ),
            ordered=True,
        ),
        Paragraph(
            (
                words(
                    lang, "† rests on assumed inputs. ‡ a price is assumed as well.", "†依据假设输入。‡价格亦为假设。"
                ),
            ),
            "note",
        ),
    )


def annex(lang: Lang) -> tuple[Block, ...]:
    """What follows: a long table, a second list, a command."""
    return (
        Heading(1, words(lang, "Sources and how to make this again", "来源与重现方法")),
        Heading(2, words(lang, "Every value", "全部参数")),
        long_table(lang),
        Heading(2, words(lang, "Steps", "步骤")),
        Items(
            ((words(lang, "Install the program.", "安装程序。"),), (words(lang, "Run the command.", "运行命令。"),)),
            ordered=True,
        ),
        Command(f'nansha brief {REFORM[:8]} --title "<b>{words(lang, "A title", "标题")}</b>" \\\n    --lang both'),
    )


@cache
def sample(lang: Lang) -> Brief:
    """A brief with a title full of markup."""
    subtitle = words(lang, "Baseline of 2020 against measure 10", "2020 年基准情景与第 10 项措施对比")
    return Brief(
        lang,
        MARKUP[lang],
        subtitle,
        "2026-11-26",
        "nansha-sim 0.1.0",
        body(lang),
        annex(lang),
        (BASE, REFORM),
    )

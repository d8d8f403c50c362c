"""How boxes come into the port and how they leave it: bands as broad as the boxes are many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, PathPatch, Rectangle
from matplotlib.path import Path as Outline

from sim.charts import style
from sim.charts.flow_table import FLOWS, WAYS, Band, FlowTable
from sim.charts.sheet import EDGE, PAGES, Body, Size, lay_out, legend_height
from sim.words import Lang, say
from sim.words.numbers import figure as number

PART_HIGH, ABOVE = 0.39, 0.34
"""Height of the drawing as a part of the page's width; inches for the heads above it."""

NODE, GAP = 0.012, 0.04
"""Width of a node, and height between two, as parts of the drawing."""

LABEL = 2.7
"""Height of a node's label in sizes of its letters."""

SIDES = ("way_in", "way_out")

LOOKS = {flow: (style.PETROFF6[place], style.HATCHES[place]) for place, flow in enumerate(FLOWS)}


def draw(table: FlowTable, lang: Lang, size: Size = "a4") -> Figure:
    """Return the figure; call inside `style.styled()`, and save there too."""
    page = PAGES[size]
    flows = [flow for flow in FLOWS if any(band.flow == flow for band in table.bands)]
    names = [say(f"heading.{flow}", lang) for flow in flows]
    above = legend_height(page, page.width, names) + ABOVE
    subtitle = say("chart.flows.subtitle", lang, scenario=table.label.short(lang))
    texts = (title(table, lang), subtitle, table.footing.text(table.digests, lang))
    ways = [_node(way, table, lang) for way in WAYS]
    room = max(style.text_width(style.canvas(4, 2), text, page.text) for text in ways) + 0.15
    sheet = lay_out(page, texts, (), right=room + EDGE, body=Body(above + 0.3, PART_HIGH * page.width))
    handles = [
        Patch(facecolor=LOOKS[flow][0], hatch=LOOKS[flow][1], edgecolor="white", label=name)
        for flow, name in zip(flows, names, strict=True)
    ]
    sheet.legend(handles, sheet.head)
    width = sheet.width - 2 * (room + EDGE)
    height = PART_HIGH * page.width * sheet.stretch
    axes = sheet.axes(room + EDGE, sheet.head + above, width, height)
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(1, 0)
    plan = _Plan.of(table, LABEL * page.text / 72 / height)
    _draw_bands(axes, table, plan)
    for x, side, head in ((0.0, "way_in", "in"), (1.0, "way_out", "out")):
        for way, (top, high) in plan.nodes[side].items():
            axes.add_patch(Rectangle((min(x, 1 - NODE), top), NODE, high, color=style.INK, linewidth=0))
            text = _node(way, table, lang, high / plan.scale)
            out = x > 0
            place = x + (0.012 if out else -0.012), top + high / 2
            axes.text(*place, text, ha="left" if out else "right", va="center", linespacing=1.2)
        at = "right" if head == "in" else "left"
        axes.text(x, -0.03, say(f"chart.flows.{head}", lang), ha=at, va="bottom", weight="bold")
    return sheet.figure


def title(table: FlowTable, lang: Lang) -> str:
    """Return the finding as a sentence: how many boxes a day, and by which ways they leave."""
    shares = [
        say(
            "chart.flows.share",
            lang,
            share=number(table.out(way) / table.total, "share"),
            way=say(f"chart.flows.{way}", lang),
        )
        for way in WAYS
        if table.out(way)
    ]
    return say(
        "chart.flows.found", lang, total=number(table.total, "boxes"), shares=say("mark.comma", lang).join(shares)
    )


def _node(way: str, table: FlowTable, lang: Lang, boxes: float | None = None) -> str:
    text = number(table.total if boxes is None else boxes, "boxes")
    return say("chart.flows.node", lang, way=say(f"chart.flows.{way}", lang), boxes=text)


@dataclass(frozen=True)
class _Plan:
    """Where everything lies, as parts of the drawing's height.

    scale: height of a box a day. nodes: side of the bands (way_in, way_out) -> way -> top and height of its node.
    """

    scale: float
    nodes: Mapping[str, Mapping[str, tuple[float, float]]]

    @staticmethod
    def of(table: FlowTable, label: float) -> _Plan:
        """Return the plan in which every node has room for a label of that height."""
        sums = {
            side: {way: sum(band.boxes for band in table.bands if getattr(band, side) == way) for way in WAYS}
            for side in SIDES
        }
        there = {side: {way: boxes for way, boxes in ways.items() if boxes} for side, ways in sums.items()}
        scale = min(_scale(list(ways.values()), label) for ways in there.values())
        return _Plan(scale, {side: _nodes(ways, scale, label) for side, ways in there.items()})

    def begins(self, table: FlowTable, side: str) -> dict[Band, float]:
        """Return where each band begins at its node: ordered by where it goes, so that few of them cross."""
        other = SIDES[1 - SIDES.index(side)]
        free, found = {way: top for way, (top, _) in self.nodes[side].items()}, {}
        for band in sorted(table.bands, key=lambda one: (WAYS.index(getattr(one, other)), FLOWS.index(one.flow))):
            found[band] = free[getattr(band, side)]
            free[getattr(band, side)] += band.boxes * self.scale
        return found


def _scale(boxes: list[float], label: float) -> float:
    """Return the height of a box a day with which all nodes, none with less room than a label, fill the height."""
    room, free, left = 1 - GAP * (len(boxes) - 1), sorted(boxes), sum(boxes)
    for place, count in enumerate(free):
        scale = max(0.0, room - label * place) / left
        if count * scale >= label:
            return scale
        left -= count
    return max(0.05, room - label * (len(free) - 1)) / free[-1]


def _nodes(ways: Mapping[str, float], scale: float, label: float) -> dict[str, tuple[float, float]]:
    top, found = 0.0, {}
    for way, boxes in ways.items():
        slot = max(boxes * scale, label)
        found[way] = (top + (slot - boxes * scale) / 2, boxes * scale)
        top += slot + GAP
    return found


def _draw_bands(axes: Axes, table: FlowTable, plan: _Plan) -> None:
    begins = [plan.begins(table, side) for side in SIDES]
    for band in table.bands:
        (left, right), high = (side[band] for side in begins), band.boxes * plan.scale
        first, last = NODE, 1 - NODE
        points = [
            (first, left),
            (0.5, left),
            (0.5, right),
            (last, right),
            (last, right + high),
            (0.5, right + high),
            (0.5, left + high),
            (first, left + high),
            (first, left),
        ]
        codes = [Outline.MOVETO, *[Outline.CURVE4] * 3, Outline.LINETO, *[Outline.CURVE4] * 3, Outline.CLOSEPOLY]
        colour, hatch = LOOKS[band.flow]
        look: style.Look = {"facecolor": colour, "hatch": hatch, "edgecolor": "white", "alpha": 0.82, "linewidth": 0.5}
        axes.add_patch(PathPatch(Outline(points, codes), **look))

"""Tables for the terminal: numbers to the right, words folded, names and numbers never broken or cut off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rich.table import Table

Kind = Literal["name", "words", "number"]
"""How a column is set: names stay whole, words may be folded, numbers stay whole and stand to the right."""


def grid(title: str, headings: Sequence[str], kinds: Sequence[Kind]) -> Table:
    """Return an empty table; the last of `kinds` holds for all columns that follow."""
    from rich.box import Box
    from rich.table import Table

    rule_below_heading = Box("    \n    \n -- \n    \n -- \n -- \n    \n    \n", ascii=True)
    table = Table(
        title=title or None,
        title_justify="left",
        title_style="bold",
        box=rule_below_heading,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    for place, heading in enumerate(headings):
        kind = kinds[min(place, len(kinds) - 1)]
        table.add_column(
            heading, justify="right" if kind == "number" else "left", overflow="fold", no_wrap=kind != "words"
        )
    return table

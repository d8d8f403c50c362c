"""How the self-check words what it finds: whose it is, how many, when first, and by how much."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.metrics.passage import Hours, Mask


def said(wrong: Mask, what: str, at: Hours, by: Hours | None = None) -> Iterator[str]:
    """Yield one sentence if any of `wrong` (n,) is true; `at`: hours (n,); `by`: sizes [h] (n,).

    what: the sentence with a place for the number, as in "gate t1: {} boxes were lost".
    """
    rows = np.flatnonzero(wrong)
    if not rows.size:
        return
    when = at[rows]
    first = f"first at hour {np.nanmin(when):.4g}" if np.isfinite(when).any() else "at no known hour"
    size = "" if by is None else f", by up to {np.nanmax(np.abs(by[rows])):.3g} h"
    yield f"{what.format(rows.size)} ({first}{size})"

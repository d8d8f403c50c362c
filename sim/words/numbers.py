"""Numbers as people read them: so many digits as the unit deserves, shares in percent, a real minus sign."""

from __future__ import annotations

import math

from sim.words import Lang, say

COUNTS = frozenset({"TEU", "boxes", "calls", "count"})
NOTHING = "–"


def figure(value: float, unit: str = "", *, sign: bool = False) -> str:
    """Return `value` without its unit: 58.2, 12,345, 3.4 % for a share; with `sign`, +0.3 or −3.1."""
    if not math.isfinite(value):
        return NOTHING
    scaled = 100 * value if unit == "share" else value
    text = f"{abs(scaled):,.{_digits(abs(scaled), unit)}f}"
    zero = not text.strip("0.,")
    before = "" if zero else "−" if scaled < 0 else "+" if sign else ""
    return f"{before}{text} %" if unit == "share" and not sign else f"{before}{text}"


def span(low: float, high: float, unit: str, lang: Lang) -> str:
    """Return an interval in brackets: (56.9–59.5), or "−3.6 to −2.6" in brackets where a sign is in it."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return NOTHING
    if low < 0 or unit == "share":
        ends = say("span.words", lang, low=figure(low, unit, sign=low < 0), high=figure(high, unit, sign=low < 0))
    else:
        ends = f"{figure(low, unit)}–{figure(high, unit)}"
    return say("span.brackets", lang, ends=ends)


def unit_of(unit: str, lang: Lang, *, difference: bool = False) -> str:
    """Return the words for a unit; a difference of shares is in percentage points, a share carries its own %."""
    if unit == "share":
        return say("unit.points", lang) if difference else ""
    return say(f"unit.{unit}", lang) if unit else ""


def _digits(size: float, unit: str) -> int:
    if unit in COUNTS and (size >= 10 or size == int(size)):
        return 0
    return 0 if size >= 1000 else 1 if size >= 1 or size == 0 else 2

"""Numbers as people read them: so many digits as the unit deserves, shares in percent, a real minus sign."""

from __future__ import annotations

import math

from sim.words import Lang, say

COUNTS = frozenset({"TEU", "TEU/year", "boxes", "calls", "trucks"})
NOTHING = "–"


def figure(value: float, unit: str = "", *, sign: bool = False) -> str:
    """Return `value` without its unit: 58.2 or 12,345, a share in percent; with `sign`, +0.3 or −3.1."""
    if not math.isfinite(value):
        return NOTHING
    scaled = 100 * value if unit == "share" else value
    return _signed(scaled, _digits(abs(scaled), unit), sign=sign)


def plus_minus(mean: float, half: float, unit: str) -> str:
    """Return a mean with half its interval, to the digits of the wider of both: 58.2 ±1.3."""
    if mean == half == 0:
        return "0"
    scale = 100 if unit == "share" else 1
    digits = min(_digits(abs(scale * mean), unit), _digits(scale * half, unit)) if half else _digits(scale * mean, unit)
    return f"{_signed(scale * mean, digits)} ±{scale * half:,.{digits}f}"


def span(low: float, high: float, unit: str, lang: Lang, *, sign: bool = False) -> str:
    """Return an interval in brackets: (56.9–59.5), or with signs (−3.6 to −2.6)."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return ""
    sign = sign or low < 0
    ends = {"low": figure(low, unit, sign=sign), "high": figure(high, unit, sign=sign)}
    return say("span.signed" if sign else "span.plain", lang, **ends)


def unit_of(unit: str, lang: Lang, *, difference: bool = False) -> str:
    """Return the words for a unit; a difference of shares is in percentage points."""
    return say("unit.points" if difference and unit == "share" else f"unit.{unit}", lang) if unit else ""


def _digits(size: float, unit: str) -> int:
    if unit in COUNTS and (size >= 10 or size == int(size)):
        return 0
    return 0 if size >= 1000 else 1 if size >= 1 or size == 0 else 2


def _signed(value: float, digits: int, *, sign: bool = False) -> str:
    if value == 0:
        return "0"
    text = f"{abs(value):,.{digits}f}"
    zero = not text.strip("0.,")
    return ("" if zero else "−" if value < 0 else "+" if sign else "") + text

"""What a plain YAML word means: the core schema of YAML 1.2, less what a reader could take for something else.

YAML 1.1, which most Python loaders still speak, reads NO as false, 18:00 as 1080, 0101 as 65 and 1e-3 as text.
"""

from __future__ import annotations

import math
import re

from sim.scenario.node import Scalar

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
TRUE = frozenset({"true", "True", "TRUE"})
FALSE = frozenset({"false", "False", "FALSE"})
MOST_DIGITS = 18

_WHOLE = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_LEADING_ZERO = re.compile(r"([-+]?)0+([0-9].*)")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


class Unclear(ValueError):
    """A word that could be read in two ways, or that no value of a port can be."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.remedy = remedy


def read_scalar(text: str) -> Scalar:
    """Return the value of an unquoted word. Raises Unclear if it must be written more clearly."""
    if text in NULLS:
        return None
    if text in TRUE or text in FALSE:
        return text in TRUE
    if _NOT_FINITE.fullmatch(text):
        raise Unclear(f"{text} is not a finite number", "write a finite number, or quote it if it is text")
    if _BASED.fullmatch(text):
        return _whole(text, 0)
    if _DECIMAL.fullmatch(text):
        return _number(text)
    return text


def _number(text: str) -> int | float:
    zero = _LEADING_ZERO.fullmatch(text)
    if zero is not None:
        rest = zero[2].lstrip("0")
        shorter = zero[1] + (rest if rest[:1].isdigit() else "0" + rest)
        raise Unclear(
            f"{text} begins with a zero, which some readers take for a number to the base of 8",
            f'write {shorter}, or "{text}" in quotes if it is text',
        )
    if _WHOLE.fullmatch(text):
        return _whole(text, 10)
    value = float(text)
    if not math.isfinite(value):
        raise Unclear(f"{text} is too large", "write a smaller number")
    return value


def _whole(text: str, base: int) -> int:
    if len(text.lstrip("+-")) > MOST_DIGITS:
        raise Unclear(f"{text[:40]} has more than {MOST_DIGITS} digits", "write a smaller number, or quote it")
    return int(text, base)

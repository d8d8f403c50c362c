"""Floor 6: the model held to queueing theory, case by case, with an interval and a margin stated beforehand."""

from __future__ import annotations

from sim.verify.case import Case, Finding, Verdict
from sim.verify.suite import CASES, Asked, verify

__all__ = ["CASES", "Asked", "Case", "Finding", "Verdict", "verify"]

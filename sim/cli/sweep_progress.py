"""How far a sweep is: points, rate, time left and failures."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sim.cli.progress import Meter
from sim.words import Lang, say

if TYPE_CHECKING:
    from sim.experiment.sweep import SweepProgress


class SweepMeter(Meter):
    """Counts points; the rate is that of points that were not stored before."""

    def __init__(self, lang: Lang) -> None:
        super().__init__(lang)
        self._begun, self._seen = time.monotonic(), (0, 0)

    def report(self, progress: SweepProgress) -> None:
        """Take note of progress and show it if it is time."""
        self._seen = progress.stored, progress.failed
        self(progress.done, progress.points)

    def _words(self) -> str:
        return say("sweep.progress", self._lang, rate=self._rate(), failed=self._seen[1])

    def _line(self) -> str:
        stored, failed = self._seen
        counts = {"done": self._done, "total": self._total, "stored": stored, "failed": failed}
        return say("sweep.progress_plain", self._lang, **counts, rate=self._rate(), left=self._left())

    def _pace(self) -> float:
        """Return points a second."""
        return (self._done - self._seen[0]) / max(1e-9, time.monotonic() - self._begun)

    def _rate(self) -> str:
        return f"{60 * self._pace():.3g}"

    def _left(self) -> str:
        pace = self._pace()
        return duration((self._total - self._done) / pace, self._lang) if pace > 0 else "–"


def duration(seconds: float, lang: Lang) -> str:
    """Return a time as people say it, to two units at most."""
    if seconds < 60:
        return say("duration.seconds", lang, seconds=f"{seconds:.0f}")
    minutes = round(seconds / 60)
    if minutes < 60:
        return say("duration.minutes", lang, minutes=minutes)
    hours = minutes // 60
    if hours < 48:
        return say("duration.hours", lang, hours=hours, minutes=minutes % 60)
    return say("duration.days", lang, days=hours // 24, hours=hours % 24)


def size(count: float) -> str:
    """Return bytes as people say them."""
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:.3g} {unit}"
        count /= 1000
    return f"{count:.3g} TB"

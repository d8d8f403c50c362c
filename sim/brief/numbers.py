"""Numbers of a brief: as they are printed, and where each comes from."""

from __future__ import annotations

from sim.brief.model import Mark, Number, Origin
from sim.brief.study import Study
from sim.experiment.compare import Effect
from sim.experiment.headlines import Name
from sim.port.units import Quantity
from sim.words import Lang, say
from sim.words.evidence import unit_words
from sim.words.numbers import figure


def metric_name(name: Name) -> str:
    """Return the name of a number of the results, as an origin has it: `metric.flow.group.statistic`."""
    return ".".join(name)


class Told:
    """The numbers of one effect: of base and reform, of their difference, and of its size without sign.

    marked: off in a table whose head has the mark for all of it.
    """

    def __init__(self, study: Study, k: int, effect: Effect, *, marked: bool = True) -> None:
        self._effect = effect
        self._base, self._reform = study.base.scenario.digest, study.reforms[k].scenario.digest
        self._mark: Mark = study.mark(k) if marked else ""
        self._port_mark: Mark = study.port_mark if marked else ""
        self._replications = replications_of(study, k, effect)

    def base(self) -> Number:
        """The mean of the base."""
        return self._number("base", self._effect.base, self._port_mark)

    def reform(self) -> Number:
        """The mean of the reform."""
        return self._number("reform", self._effect.reform, self._mark)

    def difference(self) -> Number:
        """The difference with its sign."""
        return self._number("difference", self._effect.difference, self._mark, sign=True)

    def low(self, *, sign: bool = True) -> Number:
        """The lower end of the interval of the difference."""
        return self._number("low", self._end(self._effect.low), "", sign=sign)

    def high(self, *, sign: bool = True) -> Number:
        """The upper end of the interval of the difference."""
        return self._number("high", self._end(self._effect.high), "", sign=sign)

    def size(self) -> Number:
        """The size of the difference."""
        return self._number("size", abs(self._effect.difference), self._mark)

    def size_ends(self) -> tuple[Number, Number]:
        """The ends of the interval of the size, the smaller first; of a difference that is shown."""
        ends = sorted(abs(self._end(end)) for end in (self._effect.low, self._effect.high))
        low, high = (self._number(part, end, "") for part, end in zip(("size_low", "size_high"), ends, strict=True))
        return low, high

    def relative(self, *, sign: bool = False) -> Number:
        """The difference as a part of the base, in per cent; without its sign unless asked for."""
        part = self._effect.difference / self._effect.base if self._effect.base else float("nan")
        value, name = (part, "relative") if sign else (abs(part), "relative_size")
        return self._number(name, value, "", "share", sign=sign)

    @staticmethod
    def _end(end: float | None) -> float:
        return float("nan") if end is None else end

    def _number(self, part: str, value: float, mark: Mark, unit: str = "", *, sign: bool = False) -> Number:
        effect = self._effect
        digests = {"base": (self._base,), "reform": (self._reform,)}.get(part, (self._base, self._reform))
        name = metric_name((effect.metric, effect.flow, effect.group, effect.statistic))
        unit = unit or effect.unit
        origin = Origin("result", digests, name, part, self._replications)
        return Number(figure(value, unit, sign=sign), value, unit, origin, mark)


def replications_of(study: Study, k: int, effect: Effect) -> tuple[int, ...]:
    """Return the numbers of the replications that an effect is over: those in which both sides have the number."""
    pairs = enumerate(zip(study.base.outcomes, study.reforms[k].outcomes, strict=False))
    every = tuple(number for number, _ in pairs)
    if len(every) == effect.n:
        return every
    key = effect.metric, effect.flow, effect.group, effect.statistic
    there = [
        set(next(iter(result.values(key.__eq__).values()), ("", {}))[1]) for result in (study.base, study.reforms[k])
    ]
    return tuple(sorted(there[0] & there[1]))


def counted(value: float, what: str, unit: str = "", *, digests: tuple[str, ...] = ()) -> Number:
    """Return a number that the study counts or sets: replications, days, a seed, values of a grade."""
    text = f"{value:,.0f}" if value == int(value) else f"{value:g}"
    return Number(text, value, unit, Origin("count", digests, what, "value"))


def plain(number: Number) -> Number:
    """Return a number without marks between its digits, as a seed or a year is written."""
    return Number(number.text.replace(",", ""), number.value, number.unit, number.origin, number.mark)


def given(value: float, unit: str, where: str, part: str = "value", *, mark: Mark = "") -> Number:
    """Return an input, or a fact from a source, as it was given; where: its dotted path, or the key of the source."""
    return Number(as_given(value, unit), value, unit, Origin("input", (), where, part), mark)


def input_unit(unit: str, lang: Lang) -> str:
    """Return the unit of an input as it is printed by `given`: shares are in per cent."""
    return say(f"brief.unit.{unit}", lang) if unit in ("share", "share/d") else unit_words(unit, lang)


def measured(value: float, unit: str, where: str, part: str = "value") -> Number:
    """Return a fact that was measured, to as many digits as results have."""
    return Number(figure(value, unit), value, unit, Origin("input", (), where, part))


def as_given(value: float, unit: str) -> str:
    """Return an input to as many digits as it was given with; a share in per cent."""
    scaled = round(100 * value, 10) if unit in ("share", "share/d") else value
    text = f"{scaled:,.10g}" if abs(scaled) < 1e10 else f"{scaled:,.0f}"
    return text.replace("-", "−")


def of_input(path: str, quantity: Quantity, *, part: str = "value", mark: Mark = "") -> Number:
    """Return a value of the port, or an end of its range (part `low`, `high`)."""
    return given(float(getattr(quantity, part)), quantity.unit, path, part, mark=mark)

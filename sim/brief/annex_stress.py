"""The STRESS-DES sheet of this study (Monks and others 2019, Journal of Simulation 13(1))."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from sim.brief.fill import filled, joined, listed
from sim.brief.model import Table, Text
from sim.brief.numbers import counted, plain
from sim.brief.study import Study
from sim.errors import OutputError, Problem
from sim.scenario.grades import grades
from sim.words import Lang, say
from sim.words.names import policy_words, title_of

ITEMS = (
    *("purpose", "outputs", "aims", "logic", "scenarios", "components"),
    *("data", "inputs", "assumptions", "start", "length", "estimation"),
    *("software", "sampling", "system", "access"),
)


def stress(study: Study) -> Table:
    """Return the sheet, filled in for this study."""
    lang = study.lang
    slots = _slots(study)
    rows = tuple(
        ((say(f"brief.stress.{item}.head", lang),), filled(f"brief.stress.{item}.text", lang, **slots))
        for item in ITEMS
    )
    heads = say("brief.column.item", lang), say("brief.column.study", lang)
    return Table("stress", say("brief.table.stress", lang), heads, rows, (False, False), (0.24, 0.76))


def _slots(study: Study) -> dict[str, Text]:
    scenario, lang = study.base.scenario, study.lang
    horizon, digests = scenario.horizon, study.digests
    counts = grades(scenario)
    days = {"warm_up": horizon.warm_up_days, "days": horizon.days, "cool_down": horizon.cool_down_days}
    return {
        "port": (scenario.port.zh if lang == "zh" else scenario.port.en,),
        "base": (title_of(scenario, lang),),
        "reforms": listed([(title_of(one.scenario, lang),) for one in study.reforms], lang),
        "policies": joined(_policies(study), say("brief.mark.semicolon", lang)),
        "start": (written(horizon.start, lang),),
        **{name: (counted(count, f"{name} days", "d", digests=digests),) for name, count in days.items()},
        "replications": (counted(len(study.replications), "replications", digests=digests),),
        "seed": (plain(counted(scenario.seed, "seed", digests=digests)),),
        "total": (counted(sum(counts.values()), "values", digests=digests[:1]),),
        **{grade: (counted(count, f"values {grade}", digests=digests[:1]),) for grade, count in counts.items()},
        "versions": (_versions(study),),
        "digests": joined(_digests(study), say("brief.mark.semicolon", lang)),
    }


def written(day: date, lang: Lang) -> str:
    """Return a date as the language writes it."""
    return say("page.date", lang, year=day.year, month=say(f"page.month_{day.month}", lang), day=day.day)


def _policies(study: Study) -> Iterator[Text]:
    lang = study.lang
    for k, reform in enumerate(study.reforms):
        keys = [(policy_words(key, lang),) for key in reform.scenario.policies]
        names = listed(keys, lang) if keys else (say("brief.stress.no_policies", lang),)
        alone = names == (study.name(k),)
        yield names if alone else filled("brief.stress.of", lang, name=study.name(k), what=names)


def _digests(study: Study) -> Iterator[Text]:
    for result in study.results:
        scenario = result.scenario
        yield filled("brief.stress.of", study.lang, name=title_of(scenario, study.lang), what=scenario.digest)


def _versions(study: Study) -> str:
    """Return the versions that the base was run with, from its manifest. Raises OutputError if it cannot be read."""
    path = study.root / study.base.scenario.digest / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        versions: dict[str, str] = manifest["versions"]
    except (OSError, ValueError, KeyError) as error:
        raise OutputError(Problem(f"{path} cannot be read: {error}", remedy="run it again with --fresh")) from error
    names = {"python": "Python"}
    each = (f"{names.get(name, name)} {version}" for name, version in versions.items())
    return say("brief.mark.item", study.lang).join(each)

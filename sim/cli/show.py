"""`nansha show`: every value of the resolved port with its evidence, and the policy that changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.cli.options import DaysOption, JsonOption, LangOption, ReplicationsOption, ScenarioFile, SeedOption, SetOption
from sim.cli.screen import Screen
from sim.cli.sets import parsed
from sim.cli.tables import Grid
from sim.words import Lang, say
from sim.words.numbers import NOTHING

if TYPE_CHECKING:
    from sim.port.units import Evidence
    from sim.scenario import Change, Scenario


def show(
    file: ScenarioFile,
    sets: SetOption = None,
    days: DaysOption = None,
    replications: ReplicationsOption = None,
    seed: SeedOption = None,
    lang: LangOption = "en",
    as_json: JsonOption = False,
) -> None:
    """Print the port as the run would see it, with all policies in force."""
    screen = Screen(lang, as_json)
    with screen.reporting():
        from sim.scenario import load

        scenario = load(file, sets=parsed(sets), days=days, replications=replications, seed=seed)
        if as_json:
            screen.dump(_record(scenario))
        else:
            _print(scenario, screen)


def _print(scenario: Scenario, screen: Screen) -> None:
    from sim.scenario.grades import values_of
    from sim.words.evidence import rests_on

    lang, horizon = screen.lang, scenario.horizon
    screen.line(scenario.zh if lang == "zh" else scenario.en, style="bold")
    facts = {"days": horizon.days, "warm_up": horizon.warm_up_days, "start": horizon.start, "seed": scenario.seed}
    key = "show.facts_auto" if scenario.auto_warm_up else "show.facts"
    screen.line(say(key, lang, replications=scenario.replications, **facts))
    names = [policy.zh if lang == "zh" else policy.en for policy in scenario.policies.values()]
    joined = say("mark.comma", lang).join(names)
    screen.line(say("show.policies", lang, names=joined) if names else say("show.no_policies", lang))
    heads = [say(f"table.{head}", lang) for head in ("path", "value", "range", "grade", "source")]
    table = Grid("", heads, ("name", "words", "name", "name", "words"))
    changes = _by_path(scenario)
    for section, values in _sections(values_of(scenario)).items():
        table.add(section, style="bold")
        for path, value in values.items():
            _add_row(table, path.removeprefix(f"{section}."), value, scenario, lang)
            for change in changes.get(path, ()):
                table.add(f"    {change.policy}", _change_words(change, lang), style="italic")
    screen.line()
    screen.show(table)
    screen.line(say("show.summary", lang, total=len(values_of(scenario))))
    screen.line(rests_on(scenario, lang))


def _add_row(table: Grid, path: str, value: Evidence, scenario: Scenario, lang: Lang) -> None:
    from sim.words.evidence import span_of, words_of

    titles = "; ".join(scenario.sources[key].title for key in value.sources)
    text = f"{titles} – {value.note}" if value.note else titles
    table.add(f"  {path}", words_of(value, lang), span_of(value) or NOTHING, say(f"grade.{value.grade}", lang), text)


def _sections(values: dict[str, Evidence]) -> dict[str, dict[str, Evidence]]:
    """Return the values under the first two parts of their path, which is how the port file is laid out."""
    sections: dict[str, dict[str, Evidence]] = {}
    for path, value in values.items():
        parts = path.split(".")
        sections.setdefault(".".join(parts[: min(2, len(parts) - 1)]), {})[path] = value
    return sections


def _by_path(scenario: Scenario) -> dict[str, list[Change]]:
    changes: dict[str, list[Change]] = {}
    for change in scenario.changes:
        changes.setdefault(change.path, []).append(change)
    return changes


def _change_words(change: Change, lang: Lang) -> str:
    start = say("show.from_hour", lang, hour=f"{change.from_hour:g}") if change.from_hour > 0 else ""
    return f"{change.before} -> {change.after} {start}".rstrip()


def _record(scenario: Scenario) -> dict[str, Any]:
    from dataclasses import asdict

    from sim.scenario.grades import grades, values_of

    changes = _by_path(scenario)
    return {
        "scenario": scenario.name,
        "zh": scenario.zh,
        "en": scenario.en,
        "digest": scenario.digest,
        "horizon": scenario.horizon.model_dump(mode="json"),
        "replications": scenario.replications,
        "seed": scenario.seed,
        "policies": {key: policy.model_dump(mode="json", by_alias=True) for key, policy in scenario.policies.items()},
        "grades": grades(scenario),
        "values": {
            path: value.model_dump(mode="json")
            | {"titles": [scenario.sources[key].title for key in value.sources]}
            | {"changes": [asdict(change) for change in changes.get(path, ())]}
            for path, value in values_of(scenario).items()
        },
    }

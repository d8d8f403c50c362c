"""`--set KEY=VALUE` as typed on the command line."""

from __future__ import annotations

from sim.errors import Problem, ScenarioError

REMEDY = "write it like --set customs.inspection.scanners=3"


def parsed(texts: list[str] | None) -> dict[str, str]:
    """Return path -> text of the value, the last one winning. Raises ScenarioError with every one that is not that."""
    pairs = [(text, *text.partition("=")) for text in texts or []]
    wrong = [text for text, key, _, value in pairs if not key.strip() or not value.strip()]
    if wrong:
        raise ScenarioError(Problem(f"--set {text} is not KEY=VALUE", remedy=REMEDY) for text in wrong)
    return {key.strip(): value.strip() for _, key, _, value in pairs}

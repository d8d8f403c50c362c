"""The nearest right word to a wrong one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

MOST_SHOWN = 12


def nearest_of(word: str, right: Iterable[str]) -> str | None:
    """Return the word of `right` that is most like `word`, None if none is alike; capitals and hyphens do not count."""
    folded = {_fold(option): option for option in right if option != word}
    found = get_close_matches(_fold(word), folded, n=1, cutoff=0.6)
    if not found and len(word) > 2:
        whole = f"_{_fold(word)}_"  # a name cut short
        found = sorted((option for option in folded if whole in f"_{option}_".replace(".", "_")), key=len)
    return folded[found[0]] if found else None


def with_nearest(what: str, word: str, right: Iterable[str]) -> str:
    """Return `what`, and the nearest right word if one is alike."""
    near = nearest_of(word, right)
    return f"{what}; nearest: {near!r}" if near else what


def choice_of(right: Iterable[str]) -> str:
    """Return the right words as a list for a remedy, cut short if there are many."""
    words = [str(word) for word in right]
    more = ", ..." if len(words) > MOST_SHOWN else ""
    return ", ".join(words[:MOST_SHOWN]) + more


def _fold(word: str) -> str:
    return word.casefold().replace("-", "_")

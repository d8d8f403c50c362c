"""The words of every label and message, in Chinese and English: one catalogue per language, the same keys in both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal, get_args

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)


def say(key: str, lang: Lang, **values: object) -> str:
    """Return the words for `key`, with {names} filled from `values`. Raises KeyError if there are none."""
    words = catalogue(lang)[key]
    return words.format_map(values) if values else words


def name_of(family: str, key: str, lang: Lang) -> str:
    """Return the words for a name that a scenario may invent (a group, a terminal), else the name itself."""
    return catalogue(lang).get(f"{family}.{key}", key.replace("_", " "))


@cache
def catalogue(lang: Lang) -> Mapping[str, str]:
    """Return dotted key -> words of one language."""
    import yaml

    text = resources.files(__name__).joinpath(f"{lang}.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the same in C, where PyYAML was built with it
    return MappingProxyType(dict(_flat(yaml.load(text, loader), "")))


def _flat(node: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, child in node.items():
        if isinstance(child, Mapping):
            yield from _flat(child, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(child)

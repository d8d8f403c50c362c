"""Sentences of the catalogue with numbers in their gaps, as running text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import Formatter

from sim.brief.model import Piece, Text
from sim.words import Lang, catalogue, say


def filled(key: str, lang: Lang, **slots: Piece | Text) -> Text:
    """Return the words for `key` with numbers, words or running text in their {gaps}. Raises KeyError for no words."""
    return _tidy(_pieces(catalogue(lang)[key], slots))


def joined(parts: Iterable[Text], separator: str) -> Text:
    """Return texts one after another, with the separator between them."""
    pieces: list[Piece] = []
    for number, part in enumerate(parts):
        pieces += [separator, *part] if number else part
    return _tidy(pieces)


def listed(parts: Iterable[Text], lang: Lang) -> Text:
    """Return texts as a list within a sentence: "a, b and c"."""
    each = list(parts)
    if len(each) < 2:
        return joined(each, "")
    return joined([joined(each[:-1], say("brief.mark.item", lang)), each[-1]], say("brief.mark.and", lang))


def sentences(parts: Iterable[Text], lang: Lang) -> Text:
    """Return sentences as one paragraph; Chinese has no space between them."""
    return joined((part for part in parts if part), "" if lang == "zh" else " ")


def _pieces(words: str, slots: dict[str, Piece | Text]) -> Iterator[Piece]:
    for plain, gap, _, _ in Formatter().parse(words):
        if plain:
            yield plain
        if gap is not None:
            slot = slots[gap]
            if isinstance(slot, tuple):
                yield from slot
            else:
                yield slot


def _tidy(pieces: Iterable[Piece]) -> Text:
    """Return the pieces with words that follow each other put together, and empty ones left out."""
    found: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and found and isinstance(found[-1], str):
            found[-1] += piece
        elif piece != "":
            found.append(piece)
    return tuple(found)

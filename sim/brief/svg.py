"""A chart's SVG made part of a web page: ids of its own, a name and a description, nothing that is not drawn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree

from sim.brief.model import Picture

SVG = "http://www.w3.org/2000/svg"
XLINK = "{http://www.w3.org/1999/xlink}href"
REFERENCE = re.compile(r"url\(#([^)]+)\)")

ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", XLINK[1:].partition("}")[0])


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG element as markup, its natural width [px of CSS], and the characters that it shows."""

    markup: str
    width: float
    characters: frozenset[str]


def drawing(picture: Picture, prefix: str) -> Drawing:
    """Return a picture ready to stand within a page in which no other id begins with `prefix`."""
    root = ElementTree.fromstring(picture.svg)
    for child in list(root):
        if child.tag in (f"{{{SVG}}}metadata", f"{{{SVG}}}title", f"{{{SVG}}}desc"):
            root.remove(child)
    _rename(root, prefix)
    width = _pixels(root.attrib.pop("width", ""))
    root.attrib.pop("height", None)
    named = (("title", picture.caption), ("desc", picture.alt))
    for place, (tag, words) in enumerate(named):
        element = ElementTree.Element(f"{{{SVG}}}{tag}", id=f"{prefix}-{tag}")
        element.text = words
        root.insert(place, element)
    root.set("preserveAspectRatio", "xMinYMin meet")
    root.set("role", "img")
    root.set("aria-labelledby", " ".join(f"{prefix}-{tag}" for tag, _ in named))
    shown = frozenset("".join("".join(element.itertext()) for element in root.iter(f"{{{SVG}}}text")))
    return Drawing(ElementTree.tostring(root, encoding="unicode"), width, shown)


def _rename(root: ElementTree.Element, prefix: str) -> None:
    """Put `prefix` before every id and every reference to one."""
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            if name == "id":
                element.set(name, f"{prefix}-{value}")
            elif name in ("href", XLINK) and value.startswith("#"):
                element.set(name, f"#{prefix}-{value[1:]}")
            elif "url(#" in value:
                element.set(name, REFERENCE.sub(rf"url(#{prefix}-\1)", value))


def _pixels(length: str) -> float:
    """Return a length of the SVG [pt, or px without a unit] in pixels of CSS; 0 if it has none."""
    found = re.fullmatch(r"([0-9.]+)(pt|px)?", length)
    if not found:
        return 0.0
    return float(found[1]) * (96 / 72 if found[2] == "pt" else 1)

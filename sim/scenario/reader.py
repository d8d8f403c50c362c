"""YAML text to nodes with places. Nothing is ever constructed: the parser's events are read one by one.

Refused, with their place: duplicate keys, tags that are not of the core schema, anchors, aliases and merge keys (a
small file could grow without bound), more than one document, and nesting without end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from sim.errors import Place, Problem
from sim.scenario.node import Node, Scalar
from sim.scenario.scalars import Unclear, read_scalar

MOST_BYTES = 5_000_000
DEEPEST = 40
WIDEST_LINE = 200
_CORE = "tag:yaml.org,2002:"
_QUICK: Any = getattr(yaml, "CSafeLoader", None)
"""libyaml's parser, six times as fast; where it was not built in, or refuses a text, PyYAML's own reads."""
_TYPES: dict[str, tuple[type, ...]] = {
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "null": (type(None),),
}


def read_file(path: Path, shown: str, problems: list[Problem]) -> Node | None:
    """Return the mapping in a file; what is wrong is added to `problems`. None if nothing could be read.

    `shown` is how messages name the file.
    """
    text = _text_of(path, shown, problems)
    if text is None:
        return None
    node, found = _read(text, shown)
    problems.extend(found)
    return _at_home(node, path) if node is not None else None


def read_value(text: str, option: str, problems: list[Problem]) -> Node | None:
    """Return the YAML value of an option of the command line; what is wrong is added to `problems`."""
    found: list[Problem] = []
    node = _document(text, option, found)
    problems.extend(replace(problem, where=option) for problem in found)
    return None if found else node


def _text_of(path: Path, shown: str, problems: list[Problem]) -> str | None:
    try:
        if not path.is_file():
            what = "this is a folder, not a file" if path.is_dir() else "this is not an ordinary file"
            problems.append(Problem(what, shown, "name a .yaml file"))
            return None
        if path.stat().st_size > MOST_BYTES:
            remedy = "a scenario is a few hundred lines: was another file meant?"
            problems.append(Problem(f"the file is larger than {MOST_BYTES // 1_000_000} MB", shown, remedy))
            return None
        raw = path.read_bytes()
    except OSError as error:
        problems.append(Problem(f"cannot be read: {error.strerror or error}", shown, "check the path and its rights"))
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        remedy = "save the file as UTF-8"
        problems.append(Problem("this is not UTF-8 text", Place(shown, line, column), remedy))
        return None


@lru_cache(maxsize=64)
def _read(text: str, shown: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Cached, since the scenarios of one comparison share their port and sources."""
    problems: list[Problem] = []
    node = _document(text, shown, problems)
    if node is None or problems:
        return node if node is not None and isinstance(node.value, dict) else None, tuple(problems)
    if node.value is None:
        problem = Problem("the file is empty", Place(shown, 1, 1), 'write "key: value" lines, or name another file')
        return None, (problem,)
    if not isinstance(node.value, dict):
        problem = Problem("the file must hold a mapping", node.place, 'begin with "key: value" lines')
        return None, (problem,)
    return node, ()


def _document(text: str, shown: str, problems: list[Problem]) -> Node | None:
    """Read quickly what is right; what is not is read again by the parser whose words for it are known."""
    if _QUICK is not None:
        found: list[Problem] = []
        node = _Reader(text, shown, found).document(_QUICK)
        if not found:
            return node
    return _Reader(text, shown, problems).document(yaml.SafeLoader)


def _at_home(node: Node, home: Path) -> Node:
    if isinstance(node.value, dict):
        return replace(node, home=home, value={key: _at_home(child, home) for key, child in node.value.items()})
    if isinstance(node.value, list):
        return replace(node, home=home, value=[_at_home(child, home) for child in node.value])
    return replace(node, home=home)


class _Reader:
    """One pass over the events of one text."""

    def __init__(self, text: str, shown: str, problems: list[Problem]) -> None:
        self._shown, self._problems = shown, problems
        self._lines = text.splitlines()
        self._text = text

    def document(self, loader: Any) -> Node | None:
        """Return the only document of the text, an empty node if there is none, None after a syntax error."""
        try:
            events = iter(yaml.parse(self._text, Loader=loader))
            node = Node(None, Place(self._shown, 1, 1))
            seen = 0
            for event in events:
                if isinstance(event, yaml.DocumentStartEvent):
                    seen += 1
                    if seen == 2:
                        remedy = 'keep one document in a file: remove this "---" and what follows'
                        self._wrong("a second document begins here", event.start_mark, remedy)
                        return None
                    node = self._node(next(events), events, 0)
            return node
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
        except yaml.reader.ReaderError as error:
            self._unprintable(error)
        except _TooDeep as error:
            self._wrong(f"more than {DEEPEST} levels are nested", error.mark, "a scenario needs about eight")
        return None

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        if depth > DEEPEST:
            raise _TooDeep(event.start_mark)
        place = self._place(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            self._wrong("aliases (*name) are not read", event.start_mark, "write the value out, or use extends:")
            return Node(None, place)
        if event.anchor:
            self._wrong("anchors (&name) are not read", event.start_mark, "remove it; to share values use extends:")
        if isinstance(event, yaml.ScalarEvent):
            return Node(self._scalar(event), place)
        kind = "map" if isinstance(event, yaml.MappingStartEvent) else "seq"
        self._check_tag(event, (kind,))
        value = self._mapping(events, depth) if kind == "map" else list(self._items(events, depth))
        return Node(value, place)

    def _items(self, events: Iterator[Any], depth: int) -> Iterator[Node]:
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            yield self._node(event, events, depth + 1)

    def _mapping(self, events: Iterator[Any], depth: int) -> dict[str, Node]:
        found: dict[str, Node] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._key(event, events, depth)
            child = self._node(next(events), events, depth + 1)
            if key is None:
                continue
            if key in found:
                first = found[key].key
                what = f"key {key!r} stands twice in this mapping, first at {first}"
                self._wrong(what, event.start_mark, "keep one of the two")
                continue
            found[key] = replace(child, key=self._place(event.start_mark))
        return found

    def _key(self, event: Any, events: Iterator[Any], depth: int) -> str | None:
        """Return a key as text, whatever a value of that look would be; None if it cannot be one."""
        if not isinstance(event, yaml.ScalarEvent):
            self._node(event, events, depth + 1)
            self._wrong("a key must be a single word or text", event.start_mark, 'write "key: value"')
            return None
        if event.anchor:
            self._wrong("anchors (&name) are not read", event.start_mark, "remove it; to share values use extends:")
        self._check_tag(event, ("str",))
        if event.value == "<<" and not event.style:
            self._wrong("merge keys (<<) are not read", event.start_mark, "use extends: to build on another file")
            return None
        if not event.value.strip():
            self._wrong("a key is missing before the colon", event.start_mark, 'write "key: value"')
            return None
        self._check_text(event)
        return str(event.value)

    def _scalar(self, event: Any) -> Scalar:
        self._check_text(event)
        self._check_tag(event, ("str", *_TYPES))
        tag = (event.tag or "").removeprefix(_CORE)
        if tag == "str" or (not tag and event.style) or tag == "!":
            return str(event.value)
        try:
            value = read_scalar(event.value)
        except Unclear as unclear:
            self._wrong(str(unclear), event.start_mark, unclear.remedy)
            return str(event.value)
        if tag in _TYPES and (type(value) not in _TYPES[tag]):
            self._wrong(f"{event.value!r} is not of the type !!{tag}", event.start_mark, "remove the tag")
        return value

    def _check_tag(self, event: Any, allowed: tuple[str, ...]) -> None:
        tag = event.tag
        if tag and tag != "!" and tag not in {_CORE + name for name in allowed}:
            shown = tag.replace(_CORE, "!!")
            self._wrong(f"the tag {shown} is not read", event.start_mark, "remove it: scenario files hold plain values")

    def _check_text(self, event: Any) -> None:
        if any("\ud800" <= character <= "\udfff" for character in event.value):
            self._wrong("half of a surrogate pair is no character", event.start_mark, "write the character itself")

    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        what, remedy = _in_plain_words(error)
        self._wrong(what, error.problem_mark or error.context_mark, remedy)

    def _unprintable(self, error: yaml.reader.ReaderError) -> None:
        before = self._text[: error.position]
        place = Place(self._shown, before.count("\n") + 1, len(before) - before.rfind("\n"))
        what = f"the character U+{ord(self._text[error.position]):04X} cannot stand in YAML"
        self._problems.append(Problem(what, place, "remove it"))

    def _wrong(self, what: str, mark: Any, remedy: str) -> None:
        self._problems.append(Problem(what, self._place(mark), remedy))

    def _place(self, mark: Any) -> Place:
        if mark is None:
            return Place(self._shown, 1, 1)
        line = self._lines[mark.line] if mark.line < len(self._lines) else ""
        return Place(self._shown, mark.line + 1, mark.column + 1, line[: max(WIDEST_LINE, mark.column + 1)])


class _TooDeep(Exception):
    def __init__(self, mark: Any) -> None:
        super().__init__()
        self.mark = mark


def _in_plain_words(error: yaml.MarkedYAMLError) -> tuple[str, str]:
    """Return what is wrong and the remedy for the usual slips; the parser's own words for the others."""
    problem = error.problem or "this is not YAML"
    if "'\\t'" in problem:
        return "a tab stands where YAML needs spaces", "indent with spaces"
    if "mapping values are not allowed" in problem:
        return "a key cannot stand here", "check the indentation, or quote the text if it holds a colon and a space"
    if "could not find expected ':'" in problem:
        return "a colon is missing after a key", 'write "key: value"'
    if "expected ',' or" in problem:
        return "a comma or a closing bracket is missing before this", "check the brackets { } [ ] and the commas"
    if "but found '<block mapping start>'" in problem or "expected <block end>" in problem:
        return "the indentation does not fit the lines above", "line the keys of one mapping up"
    if "found unexpected end of stream" in problem:
        return "the text ends inside a quoted text", "close the quotes"
    return f"this is not YAML: {problem}", "check indentation, colons, quotes and brackets"

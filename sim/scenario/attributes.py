"""Texts that stand under the fields of a class, read from its source when a schema is asked for.

pydantic can do this for each class as it is made, but that costs every start of the program a quarter of a second.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from itertools import pairwise

from pydantic import BaseModel


def attribute_docs(model: type[BaseModel]) -> dict[str, str]:
    """Return field -> the text under it, for the fields of `model` and its bases; none without the source."""
    docs: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        if issubclass(kind, BaseModel) and kind is not BaseModel:
            docs.update(_docs_of(kind))
    return docs


def _docs_of(kind: type) -> Iterator[tuple[str, str]]:
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(kind)))
    except (OSError, TypeError, SyntaxError):
        return
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    for field, text in pairwise(body):
        named = isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if named and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
            yield field.target.id, " ".join(str(text.value.value).split())  # type: ignore[attr-defined]


def subclasses(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield every class below `model`."""
    for kind in model.__subclasses__():
        yield kind
        yield from subclasses(kind)

"""Values in a file that YAML 1.1 and 1.2, or a form's own types, would read each in its own way.

What pmcli writes itself is quoted where readers differ; what a hand has written may not be: 12:30
is 750 to a YAML 1.1 reader, 0301 is 193 and no is false.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pmcli.form.field import FieldSpec
from pmcli.form.model import Form
from pmcli.form.types import FieldType
from pmcli.record.parsing import fast_node, field_name
from pmcli.record.plain_yaml import scalar

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


def unquoted(front: str, form: Form, path: str = "") -> list[str]:
    """The top-level keys of front matter with a value that not every reader gets alike.

    Raises BadRecord where it cannot be read at all. The history is pmcli's own and left out.
    """
    node = fast_node(front, path)
    found = []
    for key, value in node.value if node is not None else ():
        name = field_name(str(key.value))
        if name != "history" and not all(_alike(*leaf) for leaf in _leaves(value, name, form)):
            found.append(str(key.value))
    return found


def _leaves(node: Any, name: str, form: Form) -> Iterator[tuple[Any, FieldType | None]]:
    """The scalars of a value, each with the type that the form gives it."""
    spec = form.fields.get(name)
    yield from _typed_leaves(node, spec, form.value_type(name))


def _typed_leaves(
    node: Any, spec: FieldSpec | None, kind: FieldType | None
) -> Iterator[tuple[Any, FieldType | None]]:
    if node.id == "scalar":
        yield node, kind
    elif node.id == "sequence":
        for item in node.value:
            yield from _typed_leaves(item, spec, kind)
    else:
        columns = spec.columns if spec is not None else {}
        for key, cell in node.value:
            column = columns.get(str(key.value))
            yield from _typed_leaves(cell, column, column.kind if column is not None else None)


def _alike(node: Any, kind: FieldType | None) -> bool:
    """Whether every reader gets the same from a scalar."""
    text = str(node.value)
    if node.style or text in _NOTHING:
        return True
    if kind is not None and kind.bare is not None:
        return kind.bare.match(text) is not None
    return scalar(text) == text

"""Values of fields: what a clerk types, what a file holds, what a person reads.

What differs by type is the types' own (pmcli/form/types); here is what holds for all of them: lists
of values, values that are not filled, values whose field is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pmcli.form.field import FieldSpec
from pmcli.form.types import BadValue, Surroundings, of_value, shown_by
from pmcli.form.types.tables import is_span
from pmcli.form.types.words import choices_label
from pmcli.messages import Label, Sentence, listed

__all__ = [
    "BadValue",
    "Surroundings",
    "choices_label",
    "display",
    "is_span",
    "jsonable",
    "mask",
    "parse_input",
]


def parse_input(spec: FieldSpec, text: str, around: Surroundings) -> Any:
    """Turn what was typed for a field or column into its value.

    Raises BadValue for a malformed value; an empty text is None.
    """
    return spec.kind.read(spec, text, around)


def display(value: Any, spec: FieldSpec | None, language: str) -> str:
    """How a value reads on a page or in a table; times to the minute, money with two places."""
    if value is None:
        return ""
    if isinstance(value, list):
        if spec is not None and spec.kind.rows:
            return Sentence("rows_count", count=len(value)).text(language)
        return listed([display(item, spec, language) for item in value], language)
    kind = shown_by(spec.kind if spec is not None else None, value)
    return kind.show(value, spec, language)


def mask(value: Any, spec: FieldSpec) -> Any:
    """Hide personal data for lists: 刘先生 is 刘**, 13800000001 is 138****0001 (rules.md, 3.4)."""
    if value is None or spec.kind.rows:
        return value
    if isinstance(value, list):
        return [mask(item, spec) for item in value]
    return spec.kind.mask(str(value))


def jsonable(value: Any) -> Any:
    """A value as JSON has it: money, dates and times as text, money with two places."""
    if isinstance(value, Mapping):
        return {key: jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [jsonable(item) for item in value]
    if isinstance(value, Label):
        return value.text("zh")
    return of_value(value).json(value)

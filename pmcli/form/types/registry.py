"""The field types by name, and by the class of their values."""

from __future__ import annotations

from typing import Any, TypeVar

from pmcli.form.types.base import FieldType

TYPES: dict[str, FieldType] = {}
"""What a form may say behind `type:`, in the order of docs/forms.md."""
_BY_CLASS: dict[type, FieldType] = {}
_Class = TypeVar("_Class", bound=type[FieldType])


def register(kind: _Class) -> _Class:
    """Make a type one that forms may use; of several that hold one class the first is its own."""
    made = kind()
    TYPES[kind.name] = made
    _BY_CLASS.setdefault(kind.holds, made)
    return kind


def unregister(kind: type[FieldType]) -> None:
    """Take a type away again."""
    made = TYPES.pop(kind.name)
    if _BY_CLASS.get(kind.holds) is made:
        del _BY_CLASS[kind.holds]


def of_value(value: Any) -> FieldType:
    """The type that a value is known by without its field; text for what belongs to none."""
    own = _BY_CLASS.get(type(value))
    if own is not None:
        return own
    return next((_BY_CLASS[c] for c in type(value).__mro__ if c in _BY_CLASS), _BY_CLASS[str])


def shown_by(kind: FieldType | None, value: Any) -> FieldType:
    """The type that shows a value: its field's, or its own where it is of another class."""
    own = of_value(value)
    return kind if kind is not None and kind.holds is own.holds else own

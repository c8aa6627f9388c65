"""Identity numbers that stand in words: a whole one is more than an office needs to keep."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pmcli.form.field import FieldSpec
from pmcli.form.normal import plain
from pmcli.patterns import regex

_NEW = regex(
    r"(?<![0-9A-Za-z])([1-8]\d{5})[ -]?((?:18|19|20)\d{6})[ -]?(\d{3})[ -]?[\dXx](?![0-9A-Za-z])"
)
_OLD = regex(r"(?<!\d)([1-8]\d{5})[ -]?(\d{6})[ -]?(\d{3})(?!\d)")


def has_identity_number(text: str) -> bool:
    """Whether a whole identity number of a person stands in a text.

    By its look, not by its check digit, for one mistyped tells as much. Source: GB 11643-1999,
    18 digits of region, day of birth and order; GB 11643-1989, 15 digits.
    """
    text = plain(text)
    days = [found[2] for found in _NEW.finditer(text)]
    days += [f"19{found[2]}" for found in _OLD.finditer(text)]
    return any(map(_is_day, days))


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def holds_identity_number(spec: FieldSpec, value: Any) -> bool:
    """Whether a value of a field says one in free words, in any of its rows or items."""
    if isinstance(value, list):
        return any(holds_identity_number(spec, item) for item in value)
    if isinstance(value, Mapping):
        columns = (
            (spec.columns[name], cell) for name, cell in value.items() if name in spec.columns
        )
        return any(holds_identity_number(column, cell) for column, cell in columns)
    return spec.kind.any_words and isinstance(value, str) and has_identity_number(value)

"""The values in a file that a hand has changed, judged as if they had been typed."""

from __future__ import annotations

from typing import Any

from pmcli.form.field import FieldSpec
from pmcli.form.types import of_value
from pmcli.form.values import BadValue, Surroundings, parse_input
from pmcli.messages import Sentence
from pmcli.record.event import Row


def checked(spec: FieldSpec, value: Any, around: Surroundings) -> Any:
    """A value as the form writes it; raises BadValue or a Problem."""
    if spec.kind.rows:
        return [_checked_row(spec, row, around) for row in value]
    if spec.many:
        return [parse_input(spec, typed(item), around) for item in value]
    return parse_input(spec, typed(value), around)


def _checked_row(spec: FieldSpec, row: Row, around: Surroundings) -> Row:
    found = {
        name: parse_input(spec.columns[name], typed(cell), around)
        if name in spec.columns and cell is not None
        else cell
        for name, cell in row.items()
    }
    missing = [c.label for c in spec.columns.values() if c.required and found.get(c.name) is None]
    if missing:
        raise BadValue(Sentence("edit_row_lacks", field=spec.label, columns=missing))
    return {name: cell for name, cell in found.items() if cell is not None}


def typed(value: Any) -> str:
    """A value as a clerk would type it."""
    return of_value(value).typed(value)


def filled_by_pmcli(spec: FieldSpec, rows: Any) -> list[list[Any]]:
    """What pmcli itself has written into the rows of a field; empty for other fields."""
    names = [column.name for column in spec.columns.values() if column.auto]
    if not names:
        return []
    cells = [[row.get(name) for name in names] for row in rows or ()]
    return [row for row in cells if any(cell is not None for cell in row)]

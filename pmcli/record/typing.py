"""Text scalars of a record file given the types of its form."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

from pmcli.form.field import FieldSpec
from pmcli.form.model import Form
from pmcli.form.types import of_value


def typed_value(form: Form, name: str, raw: Any, zone: tzinfo) -> Any:
    """The value of a field, core field or stamp; raises ValueError or TypeError."""
    if name in form.fields:
        return _field(form.fields[name], raw, zone)
    return (form.value_type(name) or of_value("")).loaded(scalar_of(raw), zone)


def scalar_of(raw: Any) -> str:
    """A scalar of a file; raises TypeError for a list or a mapping."""
    if not isinstance(raw, str):
        raise TypeError(raw)
    return raw


def rows_of(raw: Any) -> list[dict[str, Any]]:
    """A list of rows of a file; raises TypeError for anything else."""
    if raw == "":
        return []
    if not isinstance(raw, list) or any(not isinstance(row, dict) for row in raw):
        raise TypeError(raw)
    return raw


def _field(spec: FieldSpec, raw: Any, zone: tzinfo) -> Any:
    if spec.kind.rows:
        rows = [
            {
                name: _field(spec.columns[name], cell, zone) if name in spec.columns else cell
                for name, cell in row.items()
            }
            for row in rows_of(raw)
        ]
        return rows or None
    if spec.many:
        items = raw if isinstance(raw, list) else [raw]
        values = [spec.kind.loaded(scalar_of(item), zone) for item in items]
        return [value for value in values if value is not None] or None
    return spec.kind.loaded(scalar_of(raw), zone)

"""One record made fit to be seen, value by value, for a reader of some kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any

from pmcli.dataclass import dataclass
from pmcli.disclosure.view import ShownValues, Told, View
from pmcli.form.field import FieldSpec
from pmcli.form.types.base import HIDDEN
from pmcli.form.values import mask
from pmcli.record.event import UNTOLD, Event, FieldChange
from pmcli.record.model import Record
from pmcli.record.replay import resolved

Mask = Callable[[str], str]


class Private(Enum):
    """What becomes of private fields and columns."""

    KEPT = "kept"
    MASKED = "masked"
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class Glance:
    """A record, what masks its free text, and what becomes of what it keeps private."""

    record: Record
    mask: Mask
    private: Private

    @property
    def view(self) -> View:
        """The record as it may be seen; its path is of its number, which may always be."""
        record = self.record
        return View(
            record.form,
            record.id,
            record.form.states[record.state],
            record.path,
            ShownValues(self._names(), self._value),
            _extra=lambda: self._loose(record.extra),
            _body=lambda: self.mask(record.body),
            _history=self._history,
        )

    def _names(self) -> list[str]:
        left_out = self.private is Private.LEFT_OUT
        form = self.record.form
        return [name for name in self.record.values if not (left_out and form.is_private(name))]

    def _value(self, name: str) -> Any:
        return self._shown(self.record.values[name], self.record.form.fields.get(name))

    def _shown(self, value: Any, spec: FieldSpec | None) -> Any:
        if spec is None or value is None:
            return value
        if spec.private:
            return value if self.private is Private.KEPT else _hidden(value, spec)
        if spec.kind.rows:
            return [self._row(row, spec) for row in value]
        if isinstance(value, list):
            return [self._shown(item, spec) for item in value]
        return self.mask(value) if spec.kind.free and isinstance(value, str) else value

    def _row(self, row: Mapping[str, Any], spec: FieldSpec) -> dict[str, Any]:
        left_out = self.private is Private.LEFT_OUT
        hidden = {c.name for c in spec.columns.values() if left_out and c.private}
        return {
            name: self._shown(cell, spec.columns.get(name))
            for name, cell in row.items()
            if name not in hidden
        }

    def _loose(self, value: Any) -> Any:
        """A value of which no form says what it is."""
        if isinstance(value, str):
            return self.mask(value)
        if isinstance(value, Mapping):
            return {self._loose(key): self._loose(item) for key, item in value.items()}
        return [self._loose(item) for item in value] if isinstance(value, list) else value

    def _history(self) -> Sequence[Told]:
        record = self.record
        changes = resolved(record.history, record.values)
        return [
            (self._event(event), self._changes(told))
            for event, told in zip(record.history, changes, strict=True)
        ]

    def _event(self, event: Event) -> Event:
        return replace(
            event,
            reason=self._loose(event.reason),
            note=self._loose(event.note),
            changes=self._changes(event.changes),
            more={column: self._column(cell) for column, cell in event.more.items()},
        )

    def _column(self, cell: Any) -> Any:
        """A column of a history row that is not this release's: values by field, or anything."""
        if not isinstance(cell, Mapping):
            return self._loose(cell)
        form, whole = self.record.form, self.private is Private.KEPT
        return {
            name: HIDDEN if form.is_private(name) and not whole else self._loose(item)
            for name, item in cell.items()
        }

    def _changes(self, changes: Mapping[str, FieldChange]) -> Mapping[str, FieldChange]:
        return {
            name: FieldChange(self._changed(name, change.old), self._changed(name, change.new))
            for name, change in changes.items()
        }

    def _changed(self, name: str, value: Any) -> Any:
        spec = self.record.form.fields.get(name)
        if value is UNTOLD:
            return value
        return self._loose(value) if spec is None else self._shown(value, spec)


def _hidden(value: Any, spec: FieldSpec) -> Any:
    """A private value where it is shown masked."""
    if spec.kind.rows:
        return [dict.fromkeys(row, HIDDEN) for row in value]
    return mask(value, spec)

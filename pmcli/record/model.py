"""One record: typed values, history and body, and the text they were read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Any

from pmcli.dataclass import dataclass
from pmcli.form.model import Form
from pmcli.messages import Label
from pmcli.record.event import Event, Row


@dataclass(frozen=True)
class Record:
    """A record as its form types it. `values` holds core fields, fields and stamps that are filled.

    The body field, where the form has one, stands in `values` too. `extra` are keys the form does
    not know, as text; they are kept as they stand.
    """

    form: Form
    values: Mapping[str, Any]
    history: Sequence[Event] = ()
    body: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    path: str = ""
    text: str = ""

    @property
    def id(self) -> str:
        """The record's number."""
        return str(self.values["id"])

    @property
    def state(self) -> str:
        """The record's state."""
        return str(self.values["state"])

    @property
    def state_label(self) -> Label:
        """The state's label."""
        return self.form.states[self.state].label

    @property
    def open(self) -> bool:
        """Whether the record is in a state that is not final."""
        return not self.form.states[self.state].final

    @property
    def changed_at(self) -> datetime | None:
        """When the record last changed its state."""
        for event in reversed(self.history):
            if event.to_state is not None and event.to_state != event.from_state:
                return event.at
        return self.values.get("created_at")

    def get(self, name: str) -> Any:
        """The value of a field, core field or stamp; None when it is not filled."""
        return self.values.get(name)

    @property
    def latest_at(self) -> datetime | None:
        """When the latest of its events happened, of whatever kind."""
        moments = (event.at for event in self.history if event.at is not None)
        return max(moments, default=self.values.get("created_at"))

    def named(self) -> Iterator[tuple[str, str]]:
        """The numbers of records and units in its link and unit fields, each with its field."""
        for name, value in self.values.items():
            kind = self.form.value_type(name)
            if kind is None:
                continue
            if kind.names_records:
                for number in value if isinstance(value, list) else [value]:
                    yield name, number
            elif kind.rows:
                columns = self.form.fields[name].columns.values()
                naming = [column.name for column in columns if column.kind.names_records]
                for row in value:
                    yield from ((name, row[column]) for column in naming if row.get(column))

    def links(self) -> set[str]:
        """Numbers of the records and units that this record names in link and unit fields."""
        return {number for _, number in self.named()}

    def replace(self, **changes: Any) -> Record:
        """A copy with some attributes changed."""
        from dataclasses import replace

        return replace(self, **changes)


def public_values(form: Form, values: Mapping[str, Any]) -> dict[str, Any]:
    """Some values of a form without what is private: whole fields, and columns of rows."""
    kept: dict[str, Any] = {}
    for name, value in values.items():
        if form.is_private(name):
            continue
        spec = form.fields.get(name)
        hidden = {c.name for c in spec.columns.values() if c.private} if spec is not None else None
        if hidden:
            value = [{c: cell for c, cell in row.items() if c not in hidden} for row in value]
        kept[name] = value
    return kept


class RecordView(Mapping[str, Any]):
    """A record as formulas see it: fields by name, plus `open`, `final`, `state_label`, `title`."""

    def __init__(self, record: Record | None) -> None:
        self.record = record

    def __getitem__(self, name: str) -> Any:
        record = self.record
        if record is None:
            return None
        if name == "open":
            return record.open
        if name == "final":
            return not record.open
        if name == "state_label":
            return record.state_label
        if name == "title" and name not in record.form.fields:
            return record.form.title
        if name == "history":
            return [event.row for event in record.history]
        return record.values.get(name)

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a name, or `default` when it is not filled."""
        value = self[name]
        return default if value is None else value

    def __iter__(self) -> Iterator[str]:
        return iter(self.record.values if self.record else ())

    def __len__(self) -> int:
        return len(self.record.values) if self.record else 0

    def __bool__(self) -> bool:
        return self.record is not None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RecordView) and self.record is other.record

    def __hash__(self) -> int:
        return id(self.record)

    def __str__(self) -> str:
        return self.record.id if self.record else ""


__all__ = ["Event", "Record", "RecordView", "Row", "public_values"]

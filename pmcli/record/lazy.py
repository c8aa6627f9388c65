"""Records typed only where they are looked at, from what an earlier, careful reading has kept.

A list of ten thousand records asks each for its state, its date and a few columns; typing the rest
would be most of the work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any, overload

from pmcli.form.model import Form
from pmcli.record.event import Event, event_from
from pmcli.record.model import Record
from pmcli.record.parsing import body_text, field_name
from pmcli.record.typing import typed_value

Kept = list[Any]
"""Text scalars by field name, history rows, unknown keys and body, as JSON can hold them."""


def kept(record: Record, tree: Mapping[str, Any]) -> Kept:
    """What to keep of a record that was just read from `tree`."""
    raw = {name: cell for key, cell in tree.items() if (name := field_name(key)) in record.values}
    return [raw, tree.get("history") or [], dict(record.extra), record.body]


def restored(data: Kept, form: Form, zone: tzinfo, path: str) -> Record:
    """The record that was kept; its text is not at hand."""
    raw, history, extra, body = data
    values = LazyValues(raw, body, form, zone)
    return Record(form, values, LazyHistory(history, form, zone), body, extra, path)


class LazyValues(Mapping[str, Any]):
    """The values of a record over its text scalars."""

    def __init__(self, raw: Mapping[str, Any], body: str, form: Form, zone: tzinfo) -> None:
        self._raw = raw
        self._form = form
        self._zone = zone
        self._typed: dict[str, Any] = {}
        if form.body_field is not None and body.strip():
            self._typed[form.body_field] = body_text(body)
            self._raw = {**raw, form.body_field: ""}

    def __getitem__(self, name: str) -> Any:
        if name in self._typed:
            return self._typed[name]
        value = typed_value(self._form, name, self._raw[name], self._zone)
        self._typed[name] = value
        return value

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a name, or `default` when it is not filled."""
        return self[name] if name in self._raw else default

    def __contains__(self, name: object) -> bool:
        return name in self._raw

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)


class LazyHistory(Sequence[Event]):
    """Events read from their rows at the first look."""

    def __init__(self, raw: Sequence[dict[str, Any]], form: Form, zone: tzinfo) -> None:
        self._raw = raw
        self._form = form
        self._zone = zone
        self._events: tuple[Event, ...] | None = None

    def _all(self) -> tuple[Event, ...]:
        if self._events is None:
            self._events = tuple(event_from(row, self._form, self._zone) for row in self._raw)
        return self._events

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Event]: ...
    def __getitem__(self, index: int | slice) -> Event | Sequence[Event]:
        return self._all()[index]

    def __len__(self) -> int:
        return len(self._raw)

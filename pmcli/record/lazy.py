"""Records typed only where they are looked at, from files that a careful reading has found plain.

A list of ten thousand records asks each for its state, its date and a few columns; scanning and
typing the rest would be most of the work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any, overload

from pmcli.form.model import Form
from pmcli.record.event import Event, event_from
from pmcli.record.model import Record
from pmcli.record.parsing import body_text, split
from pmcli.record.scanning import scan
from pmcli.record.typing import typed_value

_HISTORY = "history"


def is_plain(record: Record, tree: Mapping[str, Any] | None) -> bool:
    """Whether `lazily` gives this record, read with care from what `scan` has made of its front."""
    if tree is None:
        return False
    body = {record.form.body_field} if record.body.strip() else set()
    return {*record.values} - body == {*tree} - {_HISTORY, *record.extra} - body


def lazily(text: str, form: Form, zone: tzinfo, path: str) -> Record:
    """The record in a file's text, which `is_plain`; its text is not kept."""
    _, front, _, body = split(text, path)
    blocks = _blocks(front)
    history = LazyHistory(blocks.pop(_HISTORY, ""), form, zone)
    strange = [key for key in blocks if form.value_type(key) is None]
    extra = {key: _scanned(key, blocks.pop(key)) for key in strange}
    return Record(form, LazyValues(blocks, body, form, zone), history, body, extra, path)


def _blocks(front: str) -> dict[str, str]:
    """The lines of each key of a plain front."""
    blocks: dict[str, str] = {}
    key, begun, at = "", 0, 0
    while at < len(front):
        if not front.startswith("- ", at):
            if key:
                blocks[key] = front[begun:at]
            key, begun = front[at : front.index(":", at)], at
        at = front.index("\n", at) + 1
    blocks[key] = front[begun:]
    return blocks


def _scanned(key: str, block: str) -> Any:
    tree = scan(block)
    if tree is None:
        raise ValueError(key)
    return tree[key]


class LazyValues(Mapping[str, Any]):
    """The values of a record over the lines in which they stand."""

    def __init__(self, blocks: Mapping[str, str], body: str, form: Form, zone: tzinfo) -> None:
        self._blocks = blocks
        self._form = form
        self._zone = zone
        self._typed: dict[str, Any] = {}
        if form.body_field is not None and body.strip():
            self._typed[form.body_field] = body_text(body)
            self._blocks = {**blocks, form.body_field: ""}

    def __getitem__(self, name: str) -> Any:
        if name in self._typed:
            return self._typed[name]
        raw = _scanned(name, self._blocks[name])
        value = self._typed[name] = typed_value(self._form, name, raw, self._zone)
        return value

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a name, or `default` when it is not filled."""
        return self[name] if name in self._blocks else default

    def __contains__(self, name: object) -> bool:
        return name in self._blocks

    def __iter__(self) -> Iterator[str]:
        return iter(self._blocks)

    def __len__(self) -> int:
        return len(self._blocks)


class LazyHistory(Sequence[Event]):
    """Events read from their rows at the first look."""

    def __init__(self, block: str, form: Form, zone: tzinfo) -> None:
        self._block = block
        self._form = form
        self._zone = zone
        self._events: tuple[Event, ...] | None = None

    def _all(self) -> tuple[Event, ...]:
        if self._events is None:
            rows = _scanned(_HISTORY, self._block) if self._block else []
            self._events = tuple(event_from(row, self._form, self._zone) for row in rows)
        return self._events

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Event]: ...
    def __getitem__(self, index: int | slice) -> Event | Sequence[Event]:
        return self._all()[index]

    def __len__(self) -> int:
        return len(self._all())

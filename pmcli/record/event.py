"""What happened to a record: one frozen type, and the history row that is its written form.

A row of this release names its event in the column `event`: a fingerprint of the record's number
and of all else that the row says, so that a row changed afterwards no longer answers to the name
under which a commit proves it. Rows of the first release have no name; they are read as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import datetime, tzinfo
from enum import Enum, StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pmcli.dataclass import dataclass
from pmcli.form.field import FieldSpec
from pmcli.form.model import CORE_FIELDS, Form
from pmcli.form.types.times import MOMENT
from pmcli.record.plain_yaml import plain_text
from pmcli.record.typing import scalar_of, typed_value

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

Row = dict[str, Any]
NAME_LENGTH = 12
"""Hexadecimal digits of an event's name."""
MENDED = "check --fix"
"""The note by which the first release marked what `check --fix` had mended."""
_UNCHANGING = frozenset({"id", "form", "state", "created_at", "created_by"})
_COLUMNS = (
    "at", "typed_at", "by", "command", "from", "to", "reason", "note", "cause", "changed", "was",
    "now", "event",
)  # fmt: skip
"""Columns of a row, in file order."""


class Kind(StrEnum):
    """What kind of thing happened."""

    STEP = "step"
    EDIT = "edit"
    IMPORT = "import"
    LINK = "link"
    """Another record's step changed this one, or a list that follows other records grew."""
    UNDO = "undo"
    MEND = "mend"


COMMANDS = {
    Kind.EDIT: "edit",
    Kind.IMPORT: "import",
    Kind.LINK: "update",
    Kind.UNDO: "undo",
    Kind.MEND: "check --fix",
}
"""What stands in `command` for an event that is no step of the form."""
CALLED: Mapping[Kind, Key] = {
    Kind.EDIT: "history_edit",
    Kind.IMPORT: "history_import",
    Kind.LINK: "history_link",
    Kind.UNDO: "history_undo",
    Kind.MEND: "history_mend",
}
"""What an event that is no step of the form is called."""
_KINDS = {command: kind for kind, command in COMMANDS.items()}


class Untold(Enum):
    """The value that an event does not tell: a private one, or a long one that the file holds."""

    UNTOLD = "untold"

    def __repr__(self) -> str:
        return self.name


UNTOLD = Untold.UNTOLD


@dataclass(frozen=True)
class FieldChange:
    """A field's value before and after, typed, None for none; UNTOLD where it is not kept."""

    old: Any = UNTOLD
    new: Any = UNTOLD


@dataclass(frozen=True)
class Event:
    """One thing that happened to one record. Times are zoned; states are names."""

    kind: Kind
    command: str
    by: str
    at: datetime | None
    """When it happened."""
    typed_at: datetime | None = None
    """When it was typed, where that was later."""
    from_state: str | None = None
    to_state: str | None = None
    reason: str | None = None
    note: str | None = None
    cause: str | None = None
    """What it follows from: the number of a record, or of an undoing the event that it undoes."""
    changes: Mapping[str, FieldChange] = field(default_factory=dict)
    """Fields and keys of the office's own, save state and stamps."""
    name: str = ""
    """Empty for what the first release wrote."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """Columns of a row that are not this release's, as they stand."""

    @property
    def strange(self) -> list[str]:
        """Columns of its row that no release of pmcli wrote."""
        return [name for name in self.more if self.name or name not in ("changed", "was")]

    @property
    def is_step(self) -> bool:
        """Whether it is a step of the record's form; the one place where that is asked."""
        return self.kind is Kind.STEP

    @property
    def begins(self) -> bool:
        """Whether the record begins with it."""
        return self.kind is Kind.IMPORT or (self.is_step and self.command == "new")

    @property
    def row(self) -> Row:
        """The event as formulas and JSON see it, what is unfilled left out."""
        told: Row = {
            "at": self.at,
            "typed_at": self.typed_at,
            "by": self.by,
            "command": self.command,
            "from": self.from_state,
            "to": self.to_state,
            "reason": self.reason,
            "note": self.note,
            "cause": self.cause,
            "changed": list(self.changes),
            "was": {n: c.old for n, c in self.changes.items() if c.old not in (UNTOLD, None)},
            "now": {n: c.new for n, c in self.changes.items() if c.new not in (UNTOLD, None)},
            "event": self.name,
            **self.more,
        }
        return {name: value for name, value in told.items() if value not in (None, "", [], {})}

    @property
    def file_row(self) -> Row:
        """The event as its record's file has it."""
        row = self.row
        told = {*row.get("was", ()), *row.get("now", ())}
        if self.changes:
            row["changed"] = [name for name in row["changed"] if name not in told]
        ordered = {name: row[name] for name in _COLUMNS if row.get(name) not in (None, [], {})}
        return {**ordered, **{name: row[name] for name in row if name not in _COLUMNS}}

    def named(self, number: str) -> Event:
        """The event with its name, as it happened to the record of this number."""
        return replace(self, name=name_of(number, self.file_row))


def name_of(number: str, row: Mapping[str, Any]) -> str:
    """The name of the event that a row tells of a record: a fingerprint of both."""
    said = plain_text({name: cell for name, cell in row.items() if name != "event"})
    text = json.dumps([number, said], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:NAME_LENGTH]


def is_hidden(form: Form, name: str) -> bool:
    """Whether events keep no value of a field: it, or one of its columns, holds personal data."""
    spec = form.fields.get(name)
    return spec is not None and (spec.private or any(c.private for c in spec.columns.values()))


def is_told(form: Form, name: str) -> bool:
    """Whether events speak of a name: not of numbers, states and stamps, which rows tell."""
    return name not in _UNCHANGING and name not in form.stamp_names


def change_of(form: Form, name: str, old: Any, new: Any) -> FieldChange:
    """What an event keeps of a change: nothing of private values, of a long text the old one."""
    if is_hidden(form, name):
        return FieldChange()
    return FieldChange(old, UNTOLD if _is_long(form.fields.get(name)) else new)


def _is_long(spec: FieldSpec | None) -> bool:
    return spec is not None and spec.kind.long


def event_from(raw: Mapping[str, Any], form: Form, zone: tzinfo) -> Event:
    """Read a history row; raises ValueError or TypeError where a cell cannot be what it must be."""
    row = {name: cell for name, cell in raw.items() if cell != ""}
    command, note = _text(row, "command") or "", _text(row, "note")
    kind = _KINDS.get(command, Kind.STEP)
    if kind is Kind.LINK and note == MENDED:
        kind = Kind.MEND
    name, cause = _text(row, "event") or "", _text(row, "cause")
    if kind is Kind.LINK and not name:
        cause, note = note, None  # the first release noted the record that it followed
    known = {*_COLUMNS} if name else {*_COLUMNS} - {"changed", "was", "now"}
    return Event(
        kind=kind,
        command=command,
        by=_text(row, "by") or "",
        at=_moment(row, "at", zone),
        typed_at=_moment(row, "typed_at", zone),
        from_state=_text(row, "from"),
        to_state=_text(row, "to"),
        reason=_text(row, "reason"),
        note=note,
        cause=cause,
        changes=_changes(row, form, zone) if name else {},
        name=name,
        more={column: cell for column, cell in row.items() if column not in known},
    )


def _text(row: Mapping[str, Any], name: str) -> str | None:
    return scalar_of(row[name]) if name in row else None


def _moment(row: Mapping[str, Any], name: str, zone: tzinfo) -> datetime | None:
    moment: datetime | None = MOMENT.loaded(scalar_of(row.get(name, "")), zone)
    return moment


def _changes(row: Mapping[str, Any], form: Form, zone: tzinfo) -> dict[str, FieldChange]:
    was, now, listed = row.get("was", {}), row.get("now", {}), row.get("changed", [])
    if not isinstance(was, dict) or not isinstance(now, dict) or not isinstance(listed, list):
        raise TypeError(row)
    names = dict.fromkeys([*was, *now, *map(str, listed)])
    order = {name: place for place, name in enumerate((*CORE_FIELDS, *form.fields))}
    found: dict[str, FieldChange] = {}
    for name in sorted(names, key=lambda n: order.get(n, len(order))):
        if is_hidden(form, name):
            found[name] = FieldChange()
            continue
        new = UNTOLD if _is_long(form.fields.get(name)) else _typed(form, name, now, zone)
        found[name] = FieldChange(_typed(form, name, was, zone), new)
    return found


def _typed(form: Form, name: str, cells: Mapping[str, Any], zone: tzinfo) -> Any:
    """A value as its form types it now, or as it stands where the form has changed since."""
    if name not in cells:
        return None
    try:
        return typed_value(form, name, cells[name], zone)
    except (ValueError, TypeError):
        return cells[name]


def last_time(events: Iterable[Event]) -> datetime | None:
    """The latest time in some events; None for none."""
    return max((event.at for event in events if event.at is not None), default=None)

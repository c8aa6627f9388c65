"""Records in the course of being changed by one command."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field, replace
from datetime import date
from typing import Any

from pmcli.dataclass import dataclass
from pmcli.form.library import Library
from pmcli.form.model import CORE_FIELDS, Form
from pmcli.messages import Sentence
from pmcli.problems import Conflict
from pmcli.record.event import COMMANDS, Event, FieldChange, Kind, change_of, is_hidden, is_told
from pmcli.record.model import Record, RecordView
from pmcli.record.numbers import after
from pmcli.record.query import Group, Link, Query, links_of, tallied
from pmcli.workflow.act import Act
from pmcli.workflow.judging import answer
from pmcli.workflow.repository import Lookup


@dataclass
class _Entry:
    """An event in the making; `old` has the first value of each name that it has changed."""

    event: Event
    old: dict[str, Any]
    steps: bool
    """Whether it tells its states even where they do not change."""


@dataclass
class Draft:
    """A record with the changes of this command; `original` is None for a new one.

    Nothing changes without an event: what `put` changes belongs to the event that is appended next,
    and behind the last one to that.
    """

    form: Form
    values: dict[str, Any]
    original: Record | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    gone: bool = False
    """Whether the record leaves the working tree; its history stays in its place."""
    by_hand: bytes | None = None
    """The file as it must still stand, where a hand has changed it or a copy of it."""
    basis: Record | None = None
    """The text to be written upon, where it is not the original's."""
    _entries: list[_Entry] = field(default_factory=list)
    _pending: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The record's number."""
        return str(self.values["id"])

    @property
    def extra(self) -> dict[str, Any]:
        """Keys of the office's own, as they stand now."""
        if self.original is None:
            return {}
        if self.basis is not None:
            return dict(self.basis.extra)
        changed = {n: v for n, v in self.changes.items() if self.form.value_type(n) is None}
        held = {**self.original.extra, **changed}
        return {name: value for name, value in held.items() if value is not None}

    def put_own(self, name: str, value: Any) -> None:
        """Change a key of the office's own; None takes it out."""
        held = self.original.extra.get(name) if self.original is not None else None
        self._pending.setdefault(name, held)
        if self.basis is None:
            self.changes[name] = value

    def put(self, name: str, value: Any) -> None:
        """Change one value; None or an empty list clears it."""
        if value == [] or value == "":
            value = None
        held = self.values.get(name)
        if held == value:
            return
        self._pending.setdefault(name, held)
        self.changes[name] = value
        if value is None:
            self.values.pop(name, None)
        else:
            self.values[name] = value

    def append(
        self,
        kind: Kind,
        act: Act,
        *,
        command: str = "",
        was_in: str | None = None,
        reason: str | None = None,
        note: str | None = None,
        cause: str | None = None,
    ) -> None:
        """Append an event, with all that has changed since the last one; the only way to do so.

        A step names its command and the state it was taken in. All else is told no earlier than
        what is told already, so that a history stays in order.
        """
        at = act.at
        if kind is not Kind.STEP:
            told = [*(self.original.history if self.original else ()), *self._begun]
            at = max([at, *(e.at for e in told if e.at is not None)])
        event = Event(
            kind=kind,
            command=COMMANDS.get(kind, command),
            by=act.actor,
            at=at,
            typed_at=act.typed_at if act.typed_at != at else None,
            from_state=was_in,
            reason=reason,
            note=note,
            cause=cause,
        )
        tells = kind in (Kind.STEP, Kind.IMPORT, Kind.UNDO)
        self._entries.append(_Entry(event, self._pending, tells))
        self._pending = {}

    @property
    def file_changes(self) -> dict[str, Any]:
        """What is to be written into the text, by name; None takes a key out."""
        if self.basis is None:
            return self.changes
        names = {*self.values, *self.basis.values}
        held = self.basis.values
        return {n: self.values.get(n) for n in names if self.values.get(n) != held.get(n)}

    @property
    def _begun(self) -> list[Event]:
        return [entry.event for entry in self._entries]

    def close(self) -> None:
        """Give what was changed behind the last event to it; raises AssertionError without one."""
        if self._pending:
            assert self._entries, f"{self.id} was changed without an event"
            for name, old in self._pending.items():
                self._entries[-1].old.setdefault(name, old)
            self._pending = {}

    @property
    def told(self) -> bool:
        """Whether this command has appended an event."""
        return bool(self._entries)

    @property
    def events(self) -> list[Event]:
        """What has happened to the record by this command, each event with its name."""
        self.close()
        later: dict[str, Any] = {}
        found: list[Event] = []
        for entry in reversed(self._entries):
            state = later.get("state", self.values.get("state"))
            event = replace(entry.event, changes=self._changes(entry, later))
            if entry.steps:
                event = replace(event, to_state=None if self.gone else state)
            elif "state" in entry.old:
                event = replace(event, from_state=entry.old["state"], to_state=state)
            later.update(entry.old)
            found.append(event.named(self.id))
        return found[::-1]

    def _changes(self, entry: _Entry, later: Mapping[str, Any]) -> dict[str, FieldChange]:
        """What an event tells of fields: of a new record only what pmcli counts and fills in."""
        form, begins = self.form, entry.event.begins
        order = {name: place for place, name in enumerate((*CORE_FIELDS, *form.fields))}
        found: dict[str, FieldChange] = {}
        names = entry.old if not begins else [*self.values]
        for name in sorted(names, key=lambda n: order.get(n, len(order))):
            spec = form.fields.get(name)
            new = later[name] if name in later else self._now(name)
            if begins:
                counted = spec is not None and spec.auto and new is not None
                counted = counted and not is_hidden(form, name)
                if spec is not None and counted and spec.follows is None:
                    found[name] = change_of(form, name, None, new)
            elif is_told(form, name) and entry.old[name] != new:
                found[name] = change_of(form, name, entry.old[name], new)
        return found

    def _now(self, name: str) -> Any:
        return self.values.get(name) if self.form.value_type(name) else self.extra.get(name)

    @property
    def record(self) -> Record:
        """The record as it stands now."""
        history = (*(self.original.history if self.original else ()), *self._events_so_far())
        if self.original is not None:
            return self.original.replace(values=dict(self.values), history=history)
        return Record(self.form, dict(self.values), history)

    def _events_so_far(self) -> Sequence[Event]:
        if not self._entries:
            return ()
        return self.copy().events

    def copy(self) -> Draft:
        """A draft that may go another way from here."""
        entries = [_Entry(e.event, dict(e.old), e.steps) for e in self._entries]
        return Draft(
            self.form, dict(self.values), self.original, dict(self.changes), self.gone,
            self.by_hand, self.basis, entries, dict(self._pending),
        )  # fmt: skip

    @property
    def touched(self) -> bool:
        """Whether there is anything to write."""
        return self.original is None or bool(self.changes or self._entries)


class Work:
    """The office's records with the drafts of one command laid over them; itself a Lookup."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self.library: Library = lookup.library
        self.zone = lookup.zone
        self.drafts: dict[str, Draft] = {}
        self._taken: set[str] = set()
        self._latest: dict[tuple[str, date], str] = {}
        self.faults = lookup.faults
        self._before: dict[str, Draft | None] = {}
        self._stepping: set[str] = set()

    @contextmanager
    def stepping(self, number: str, other: str) -> Iterator[None]:
        """While a step on a record takes one on another; raises Conflict where that goes round."""
        if other in {*self._stepping, number}:
            raise Conflict(Sentence("take_goes_round", id=other))
        self._stepping.add(number)
        try:
            yield
        finally:
            self._stepping.discard(number)

    def open(self, number: str) -> Draft | None:
        """The draft of a record, begun if need be; None when there is no such record."""
        self._remember(number)
        if number not in self.drafts:
            record = self._lookup.by_id(number)
            if record is None:
                return None
            self.drafts[number] = Draft(record.form, dict(record.values), record)
        return self.drafts[number]

    def add(self, draft: Draft) -> None:
        """Take in the draft of a new record."""
        self._remember(draft.id)
        self.drafts[draft.id] = draft

    def mark(self) -> None:
        """Remember where the drafts stand, to come back to when what follows is refused."""
        self._before = {}

    def back(self) -> None:
        """Let go what was drafted since the mark."""
        for number, draft in self._before.items():
            if draft is None:
                self.drafts.pop(number, None)
            else:
                self.drafts[number] = draft

    def _remember(self, number: str) -> None:
        if number not in self._before:
            held = self.drafts.get(number)
            self._before[number] = held.copy() if held is not None else None

    def by_id(self, number: str) -> Record | None:
        """The record with this number, as it stands now."""
        if number in self.drafts:
            return self.drafts[number].record
        return self._lookup.by_id(number)

    def find(self, query: Query, act: Act | None = None) -> list[Record]:
        """The records that a query means, as they stand now; drafts are the last of their form."""
        stored = (r for r in self._lookup.find(query.by_record) if r.id not in self.drafts)
        names = self.library.names if query.forms is None else query.forms
        drafts = [d.record for d in self.drafts.values() if d.form.name in names]
        found = [*stored, *(record for record in drafts if query.admits(record))]
        found.sort(key=lambda record: names.index(record.form.name))
        return answer(found, query, act, self)

    def count(
        self, query: Query, group_by: Sequence[str] = (), act: Act | None = None
    ) -> Counter[Group]:
        """How many records a query means, as they stand now."""
        every = replace(query, sort=(), limit=None)
        return tallied(self.find(every, act), group_by, self.zone)

    def links(self, to: str) -> list[Link]:
        """Every field that names a number, as the records stand now."""
        return links_of(self.find(Query(links_to=to)), to)

    def numbers(self, prefix: str = "", forms: Iterable[str] | None = None) -> list[str]:
        """The numbers that begin with `prefix`, those of new records too."""
        wanted = None if forms is None else list(forms)
        stored = self._lookup.numbers(prefix, wanted)
        fresh = (
            draft.id
            for draft in self.drafts.values()
            if draft.original is None and (wanted is None or draft.form.name in wanted)
        )
        return [*stored, *(number for number in fresh if number.startswith(prefix))]

    def worklist(self, act: Act) -> Sequence[RecordView]:
        """All open work of the office, what presses most first."""
        from pmcli.workflow.worklist import worklist

        return worklist(act, self)

    def new_number(self, form: Form, day: date, taken: set[str] | None = None) -> str:
        """The next free number, not given twice within this command."""
        latest = self._latest.get((form.name, day))
        if latest is not None:
            number = after(latest)
        else:
            number = self._lookup.new_number(form, day, self._taken | (taken or set()))
        self._latest[form.name, day] = number
        self._taken.add(number)
        return number

    def resolve(self, part: str, forms: tuple[str, ...]) -> str:
        """The full number that a part means."""
        return self._lookup.resolve(part, forms)

    @property
    def touched(self) -> list[Draft]:
        """The drafts that have something to write."""
        return [draft for draft in self.drafts.values() if draft.touched]

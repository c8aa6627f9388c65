"""Records in the course of being changed by one command."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pmcli.form.library import Library
from pmcli.form.model import Form
from pmcli.record.model import Record, Row
from pmcli.workflow.act import Lookup


@dataclass
class Draft:
    """A record with the changes of this command; `original` is None for a new one."""

    form: Form
    values: dict[str, Any]
    original: Record | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The record's number."""
        return str(self.values["id"])

    def put(self, name: str, value: Any) -> None:
        """Change one value; None or an empty list clears it."""
        if value == [] or value == "":
            value = None
        if self.values.get(name) == value:
            return
        self.changes[name] = value
        if value is None:
            self.values.pop(name, None)
        else:
            self.values[name] = value

    @property
    def record(self) -> Record:
        """The record as it stands now."""
        history = (*(self.original.history if self.original else ()), *self.rows)
        if self.original is not None:
            return self.original.replace(values=dict(self.values), history=history)
        return Record(self.form, dict(self.values), history)

    @property
    def touched(self) -> bool:
        """Whether there is anything to write."""
        return self.original is None or bool(self.changes or self.rows)


class Work:
    """The office's records with the drafts of one command laid over them; itself a Lookup."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self.library: Library = lookup.library
        self.drafts: dict[str, Draft] = {}
        self._taken: set[str] = set()

    def open(self, number: str) -> Draft | None:
        """The draft of a record, begun if need be; None when there is no such record."""
        if number not in self.drafts:
            record = self._lookup.by_id(number)
            if record is None:
                return None
            self.drafts[number] = Draft(record.form, dict(record.values), record)
        return self.drafts[number]

    def add(self, draft: Draft) -> None:
        """Take in the draft of a new record."""
        self.drafts[draft.id] = draft

    def by_id(self, number: str) -> Record | None:
        """The record with this number, as it stands now."""
        if number in self.drafts:
            return self.drafts[number].record
        return self._lookup.by_id(number)

    def of_form(self, name: str) -> list[Record]:
        """All records of a form, as they stand now."""
        stored = (r for r in self._lookup.of_form(name) if r.id not in self.drafts)
        return [*stored, *(d.record for d in self.drafts.values() if d.form.name == name)]

    def naming(self, number: str) -> list[Record]:
        """Open work that names a number, as it stands now."""
        stored: Iterable[Record] = self._lookup.naming(number)
        fresh = (d.record for d in self.drafts.values() if d.form.open_work)
        return [
            *(r for r in stored if r.id not in self.drafts),
            *(r for r in fresh if r.open and number in r.links() and r.id != number),
        ]

    def new_number(self, form: Form, day: date, taken: set[str] | None = None) -> str:
        """The next free number, not given twice within this command."""
        number = self._lookup.new_number(form, day, self._taken | (taken or set()))
        self._taken.add(number)
        return number

    def resolve(self, part: str, forms: tuple[str, ...]) -> str:
        """The full number that a part means."""
        return self._lookup.resolve(part, forms)

    @property
    def touched(self) -> list[Draft]:
        """The drafts that have something to write."""
        return [draft for draft in self.drafts.values() if draft.touched]

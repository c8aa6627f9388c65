"""The office's records as the workflow asks for them; the store answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, tzinfo
from typing import Protocol

from pmcli.form.library import Library
from pmcli.form.model import Form
from pmcli.problems import Fault
from pmcli.record.model import Record, RecordView
from pmcli.record.query import Group, Link, Query
from pmcli.workflow.act import Act


class Repository(Protocol):
    """The office's records; the one who asks never sees files or all records of a form.

    Where something is decided, a question raises Unreadable when a record that might belong to the
    answer cannot be read; elsewhere such a record is left out and its file is told in `faults`.
    """

    library: Library
    zone: tzinfo
    faults: list[Fault]
    """The files that could not be read when they were asked for."""

    def by_id(self, number: str) -> Record | None:
        """The record with this exact number; raises Unreadable when it cannot be read."""

    def find(self, query: Query, act: Act | None = None) -> list[Record]:
        """The records that a query means; `act` is the moment at which deadlines are judged.

        Without an act a query has no `due` and no `where` and does not sort by `next_due`. Raises
        NotFound for a form that is not there, FormulaFails for a form's own `where`, and Usage for
        one that was typed.
        """

    def count(
        self, query: Query, group_by: Sequence[str] = (), act: Act | None = None
    ) -> Counter[Group]:
        """How many records a query means without its limit, by what they have in common.

        See `tallied` for the names that records are grouped by. Raises what `find` raises.
        """

    def links(self, to: str) -> list[Link]:
        """Every field of every other record that names a number."""

    def numbers(self, prefix: str = "", forms: Iterable[str] | None = None) -> list[str]:
        """The numbers that begin with `prefix`, of records that can be read or not."""

    def resolve(self, part: str, forms: tuple[str, ...]) -> str:
        """The full number that a part means; raises NotFound."""


class Lookup(Repository, Protocol):
    """The office's records as a step needs them, which also gives numbers."""

    def new_number(self, form: Form, day: date, taken: set[str]) -> str:
        """The next free number of a form for a day."""

    def worklist(self, act: Act) -> Sequence[RecordView]:
        """All open work of the office, what presses most first (pmcli/workflow/worklist.py)."""

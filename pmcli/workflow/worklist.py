"""Open work of the whole office in the order in which it presses."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

from pmcli.form.expressions import evaluate, render
from pmcli.form.values import display
from pmcli.record.model import Record, RecordView
from pmcli.record.query import Query
from pmcli.workflow.act import Act
from pmcli.workflow.clocks import Due, next_due
from pmcli.workflow.repository import Lookup
from pmcli.workflow.scope import Scope

BRIEF = 24
"""A record is named on another's list in so many characters."""


class OpenView(RecordView):
    """An open record that knows its deadline: `next_due`, `overdue`, `important`, `brief`."""

    def __init__(self, record: Record, act: Act, lookup: Lookup) -> None:
        super().__init__(record)
        self._held = record
        self._act = act
        self._lookup = lookup

    def __getitem__(self, name: str) -> Any:
        if name == "next_due":
            return self.due.at if self.due else None
        if name in ("overdue", "important", "brief"):
            return getattr(self, name)
        return super().__getitem__(name)

    @cached_property
    def due(self) -> Due | None:
        """The clock that falls due first."""
        return next_due(self._held, self._act, self._lookup)

    @property
    def overdue(self) -> bool:
        """Whether a clock has run out."""
        return self.due is not None and self.due.overdue(self._act.at)

    @cached_property
    def important(self) -> bool:
        """Whether the form says that it may not simply pass to the next shift."""
        rule = self._held.form.important
        return rule is not None and bool(evaluate(rule, self._scope()))

    @cached_property
    def brief(self) -> str:
        """The record in a few words: its form's `brief`, else title and the body's beginning."""
        record = self._held
        if record.form.brief is not None:
            words = render(record.form.brief, self._scope()).zh
        else:
            body = record.form.body_field
            words = f"{record.form.title.zh} {display(record.get(body or ''), None, 'zh')}"
        words = " ".join(words.split())
        return words if len(words) <= BRIEF else words[: BRIEF - 1] + "…"

    @property
    def rank(self) -> tuple[bool, bool, datetime | None, datetime | None, str]:
        """What presses more sorts first: overdue, important, due earlier, older."""
        created = self._held.get("created_at")
        latest = datetime.max.replace(tzinfo=self._act.zone)
        due = self.due.at if self.due else latest
        return not self.overdue, not self.important, due, created or latest, self._held.id

    def _scope(self) -> Scope:
        return Scope(self._held.form, self._held.values, self._act, self._lookup)


def worklist(act: Act, lookup: Lookup) -> list[OpenView]:
    """All open work of the office (procedures.md, part 0), what presses most first."""
    open_work = lookup.find(Query(work=True, open=True))
    views = [OpenView(record, act, lookup) for record in open_work]
    return sorted(views, key=lambda view: view.rank)

"""What a query asks of records that no record tells by itself: deadlines, gaps and formulas."""

from __future__ import annotations

from collections.abc import Iterable

from pmcli.dataclass import dataclass
from pmcli.form.expressions import compile_formula, evaluate
from pmcli.form.formula import Formula
from pmcli.messages import Shown, Speakable, as_it_stands
from pmcli.problems import Unmet, Unreadable, Usage, Want
from pmcli.record.model import Record
from pmcli.record.query import Query, in_order
from pmcli.workflow.act import Act
from pmcli.workflow.clocks import Due, next_due
from pmcli.workflow.conditions import lacking, plain_needs
from pmcli.workflow.repository import Lookup
from pmcli.workflow.scope import Scope

PRESSING = ("next_due", "created_at", "id")
"""The order in which open work presses: overdue and soonest due first, then the oldest."""


def answer(
    records: Iterable[Record], query: Query, act: Act | None, lookup: Lookup
) -> list[Record]:
    """What a query means among records that `query.admits`: judged, in order and limited.

    Raises Usage for a typed `where` that cannot be worked out, FormulaFails for a form's own.
    """
    return Judged(records, query, act, lookup).answer(query)


@dataclass(frozen=True)
class Line:
    """One record of a list with what was worked out about it."""

    record: Record
    due: Due | None
    overdue: bool
    missing: tuple[str, ...]


class Judged:
    """The records that a query means in no order; a deadline is worked out once for each."""

    def __init__(
        self, records: Iterable[Record], query: Query, act: Act | None, lookup: Lookup
    ) -> None:
        self._query = query
        self._given = act
        self._lookup = lookup
        self._dues: dict[tuple[str, str], Due | None] = {}
        self.records = [record for record in records if self._admits(record)]

    def answer(self, query: Query) -> list[Record]:
        """The records in the order of a query, and so many as it wants."""
        return in_order(self.records, query.sort, {"next_due": self._due_at})[: query.limit]

    def lines(self, query: Query) -> list[Line]:
        """The same, each with what was worked out about it."""
        return [
            Line(record, due, self._is_overdue(due), missing_fields(record))
            for record in self.answer(query)
            for due in (self._due(record),)
        ]

    def _is_overdue(self, due: Due | None) -> bool:
        return due is not None and due.overdue(self._act.at)

    @property
    def _act(self) -> Act:
        assert self._given is not None, "deadlines and formulas are judged by an act"
        return self._given

    def _admits(self, record: Record) -> bool:
        query = self._query
        if query.incomplete and not missing_fields(record):
            return False
        if query.due is not None and self._due_at(record) not in query.due:
            return False
        return query.where is None or self._meets(record, query.where)

    def _due(self, record: Record) -> Due | None:
        key = (record.path, record.id)
        if key not in self._dues:
            self._dues[key] = next_due(record, self._act, self._lookup)
        return self._dues[key]

    def _due_at(self, record: Record) -> object:
        due = self._due(record)
        return due.at if due is not None else None

    def _meets(self, record: Record, where: Formula) -> bool:
        due = self._due(record)
        scope = Scope(
            record.form,
            record.values,
            self._act,
            self._lookup,
            next_due=due.at if due else None,
            overdue=self._is_overdue(due),
            missing=missing_fields(record),
        )
        try:
            return bool(evaluate(where, scope))
        except Unreadable as problem:
            if where.file:
                raise
            if _speaks_of_unfilled(where, scope):
                return False
            raise Usage(
                *(
                    Unmet(Want.VALUE, _Masked(said, record), fields=("where",))
                    for said in problem.sentences
                )
            ) from None


@dataclass(frozen=True)
class _Masked:
    """Why a formula failed over a record, without what the record keeps private."""

    said: Speakable
    record: Record

    def text(self, language: str, shown: Shown = as_it_stands) -> str:
        """The wording in `zh` or `en`."""
        from pmcli.record.masking import secrets_of

        secrets = secrets_of([self.record])
        return self.said.text(language, lambda text: shown(secrets.masked(text)))


def _speaks_of_unfilled(where: Formula, scope: Scope) -> bool:
    """Whether a formula that failed named something this record lacks, as `seats > 3` may."""
    return any(scope.get(name) is None for name in compile_formula(where.source).names)


def missing_fields(record: Record) -> tuple[str, ...]:
    """The fields that `new` demands, always or in this record's case, and an imported one lacks.

    None once the record is final.
    """
    if not record.open:
        return ()
    form, step = record.form, record.form.new
    missing = [name for name in step.asks if record.get(name) is None]
    needs = plain_needs(step, form)
    if needs:
        scope = {name: record.get(name) for name in form.fields}
        for need in needs:
            missing += lacking(need, form, scope) or ()
    return tuple(dict.fromkeys(missing))

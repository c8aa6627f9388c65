"""Choosing and ordering records for a list. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pmcli.form.expressions import ExpressionError, compile_formula, evaluate
from pmcli.form.formulas import known_names
from pmcli.form.layouts import Column
from pmcli.form.model import CORE_FIELDS, Form, Formula
from pmcli.form.normal import called, folded
from pmcli.form.types import FieldType, Offers, shown_by
from pmcli.messages import Label, Sentence
from pmcli.problems import Unmet, Unreadable, Usage, Want
from pmcli.record.model import Record
from pmcli.workflow.act import Act, Lookup
from pmcli.workflow.clocks import Due, next_due
from pmcli.workflow.conditions import lacking, plain_needs
from pmcli.workflow.scope import Scope


@dataclass(frozen=True)
class Query:
    """What a list is asked for; dates are days in the office's zone, both ends included."""

    open: bool = False
    states: tuple[str, ...] = ()
    unit: str | None = None
    since: date | None = None
    until: date | None = None
    where: str | None = None
    sort: str | None = None
    incomplete: bool = False
    overdue: bool = False


WORKED_OUT = {
    "next_due": "column_next_due",
    "missing": "column_missing",
    "overdue": "column_overdue",
}
"""What a list can show that is no value of a record, with the sentence that heads it."""


def heading(form: Form, column: Column) -> Label:
    """What stands over a column."""
    if column.label is not None:
        return column.label
    if column.name in WORKED_OUT:
        said = Sentence(WORKED_OUT[column.name])
        return Label(said.text("zh"), said.text("en"))
    labels = [form.label_of(name) for name in column.fields]
    return Label(*("/".join(dict.fromkeys(x.text(lang) for x in labels)) for lang in ("zh", "en")))


def column_named(form: Form, text: str) -> Column | None:
    """The column that a text names, by its name or by what stands over it; None for none.

    The form's own columns come before its fields, names before labels. A label that several have
    names none of them.
    """
    single = [
        Column(name, (name,))
        for name in (*form.fields, *CORE_FIELDS, *sorted(form.stamp_names), *WORKED_OUT)
    ]
    wanted = folded(text).replace("-", "_")
    for columns in (form.list_columns, single):
        for column in columns:
            if wanted == column.name:
                return column
    for columns in (form.list_columns, single):
        found = [c for c in columns if called(text, [(c.name, heading(form, c))])]
        if len(found) == 1:
            return found[0]
    return None


@dataclass(frozen=True)
class Line:
    """One record of a list with what was worked out about it."""

    record: Record
    due: Due | None
    overdue: bool
    missing: tuple[str, ...]


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


def select(
    form: Form, records: Iterable[Record], query: Query, act: Act, lookup: Lookup
) -> list[Line]:
    """The records that a query names, overdue and soonest due first unless it says otherwise.

    `act.at` is the present moment. Raises Usage for an unknown state or field and a bad formula.
    """
    known = [(name, state.label) for name, state in form.states.items()]
    states = {state: called(state, known) for state in query.states}
    for state, meant in states.items():
        if meant is None:
            raise Usage.of(
                Want.VALUE,
                Sentence(
                    "want_one_of",
                    key="--state",
                    value=state,
                    allowed=[
                        Label(f"{s.name} {s.label.zh}", f"{s.name}") for s in form.states.values()
                    ],
                ),
                "state",
                near=form.states,
            )
    query = replace(query, states=tuple(name for name in states.values() if name))
    condition = _condition(form, query.where)
    lines: list[Line] = []
    for record in records:
        if not _passes(record, query, act):
            continue
        missing = missing_fields(record)
        if query.incomplete and not missing:
            continue
        due = next_due(record, act, lookup)
        overdue = due is not None and due.overdue(act.at)
        if query.overdue and not overdue:
            continue
        if condition is not None:
            scope = Scope(form, record.values, act, lookup)
            scope |= {"next_due": due.at if due else None, "overdue": overdue, "missing": missing}
            try:
                if not evaluate(condition, scope):
                    continue
            except Unreadable as problem:
                if _speaks_of_unfilled(condition, scope):
                    continue
                raise Usage(
                    *(Unmet(Want.VALUE, said, fields=("where",)) for said in problem.sentences)
                ) from None
        lines.append(Line(record, due, overdue, missing))
    return _sorted(form, lines, query.sort)


def _condition(form: Form, text: str | None) -> Formula | None:
    if text is None:
        return None
    try:
        names = compile_formula(text).names
    except ExpressionError as error:
        raise Usage.of(
            Want.VALUE, Sentence("formula_fails", source=text[:80], reason=error.reason), "where"
        ) from None
    for name in sorted(names - known_names(form)):
        raise Usage.of(Want.UNKNOWN, Sentence("unknown_name", where="--where", name=name), "where")
    return Formula(text)


def _speaks_of_unfilled(condition: Formula, scope: Scope) -> bool:
    """Whether a formula that failed named something this record lacks, as `seats > 3` may."""
    return any(scope.get(name) is None for name in compile_formula(condition.source).names)


def _passes(record: Record, query: Query, act: Act) -> bool:
    if query.open and not record.open:
        return False
    if query.states and record.state not in query.states:
        return False
    if query.unit is not None and query.unit != record.id:
        kinds = ((name, record.form.value_type(name)) for name in record.values)
        names = (name for name, kind in kinds if kind and kind.offers is Offers.UNITS)
        if all(record.get(name) != query.unit for name in names):
            return False
    if query.since is not None or query.until is not None:
        created = record.get("created_at")
        day = created.astimezone(act.zone).date() if created else None
        if day is None:
            return False
        if query.since is not None and day < query.since:
            return False
        if query.until is not None and day > query.until:
            return False
    return True


def _sorted(form: Form, lines: list[Line], sort: str | None) -> list[Line]:
    if sort is None:
        far = "9999"
        return sorted(
            lines,
            key=lambda line: (
                not line.overdue,
                line.due.at.isoformat() if line.due else far,
                str(_ordered(line.record.get("created_at"), None)),
                _natural(line.record.id),
            ),
        )
    descending, column = sort.startswith("-"), column_named(form, sort.lstrip("-"))
    name = column.fields[0] if column is not None and column.fields else ""
    if form.value_type(name) is None and name != "next_due":
        names = [*form.fields, *CORE_FIELDS, "next_due"]
        raise Usage.not_among("sort", sort.lstrip("-"), names)

    def value(line: Line) -> Any:
        if name == "next_due":
            return line.due.at if line.due else None
        return line.record.get(name)

    filled = [line for line in lines if value(line) is not None]
    empty = [line for line in lines if value(line) is None]
    kind = form.value_type(name)
    filled.sort(key=lambda line: _ordered(value(line), kind), reverse=descending)
    return filled + empty


def _ordered(value: Any, kind: FieldType | None) -> Any:
    """What a value is sorted by."""
    if isinstance(value, list):
        return tuple(_ordered(item, kind) for item in value)
    order = shown_by(kind, value).order(value)
    return _natural(order) if isinstance(order, str) else order


def _natural(text: str) -> tuple[tuple[int, int | str], ...]:
    """Sort key in which 3-2-501 comes before 12-1-101."""
    parts: list[tuple[int, int | str]] = []
    for part in text.replace("-", " ").replace(":", " ").split():
        parts.append((0, int(part)) if part.isascii() and part.isdigit() else (1, part))
    return tuple(parts)

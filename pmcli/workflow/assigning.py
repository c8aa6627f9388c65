"""What `set`, `values`, `fill` and `append` of a form give a field."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pmcli.form.expressions import evaluate
from pmcli.form.field import FieldSpec
from pmcli.form.formula import Formula, Value
from pmcli.form.model import Form, NewRows
from pmcli.form.types import BadValue
from pmcli.messages import Label, Sentence
from pmcli.problems import Fault, FormulaFails, Unmet, Usage, Want
from pmcli.record.event import Row
from pmcli.workflow.scope import Scope

MOST_MONEY = Decimal(10) ** 10
"""A computed amount must stay below this, as a typed one does (元)."""


def new_rows(spec: FieldSpec, written: Iterable[NewRows], scope: Scope) -> list[Row]:
    """The rows that a step writes into a rows field; cells that come to nothing are left out."""
    rows: list[Row] = []
    for new in written:
        if new.when is not None and not evaluate(new.when, scope):
            continue
        items = [None] if new.each is None else evaluate(new.each, scope) or ()
        for item in items:
            inner = scope | {"it": item} if new.each is not None else scope
            row = {name: _cell(spec.columns[name], v, inner) for name, v in new.row.items()}
            rows.append({name: value for name, value in row.items() if value is not None})
    return rows


def _cell(column: FieldSpec, value: Value, scope: Scope) -> Any:
    result = literal(value, scope)
    if isinstance(result, Label):
        result = result.zh
    if isinstance(result, str):
        return _loaded(column, result, value, scope)
    return _computed(column, result)


def _loaded(spec: FieldSpec, text: str, value: Value, scope: Scope) -> Any:
    """A text of a form or of a table of the office, as its type keeps it.

    Raises FormulaFails where a formula gave what cannot be such a value, Usage where it stands so.
    """
    try:
        return spec.kind.loaded(text, scope["at"].tzinfo)
    except ValueError:
        said = Sentence("not_of_type", field=spec.label, kind=spec.kind.label, value=text[:60])
    if isinstance(value, Formula):
        failed = Sentence("formula_fails", source=value.source, reason=said)
        raise FormulaFails(Fault(value.file, value.line, failed))
    raise Usage(Unmet(Want.VALUE, said, scope.form.name, (spec.name,)))


def _computed(spec: FieldSpec, result: Any, form: str = "") -> Any:
    """What a formula gave a field, as its type keeps it; raises Usage where it takes no such."""
    if result is None:
        return None
    try:
        if isinstance(result, list):
            return [spec.kind.computed(item, spec.label) for item in result]
        return spec.kind.computed(result, spec.label)
    except BadValue as bad:
        raise Usage(Unmet(Want.VALUE, bad.sentence, form, (spec.name,))) from None


def literal(value: Value, scope: Scope) -> Any:
    """What a formula comes to, or a literal as it stands."""
    return evaluate(value, scope) if isinstance(value, Formula) else value


def assigned(form: Form, name: str, value: Value, scope: Scope) -> Any:
    """What a formula or literal gives a field, in the field's own kind of list; raises Usage."""
    result = literal(value, scope)
    if isinstance(result, Label):
        result = result.zh
    spec = form.fields.get(name)
    if spec is not None and isinstance(value, str):
        result = _loaded(spec, value, value, scope)
    if isinstance(result, Decimal) and abs(result) >= MOST_MONEY:
        said = Sentence("amount_too_large", field=form.label_of(name))
        raise Usage(Unmet(Want.VALUE, said, form.name, (name,)))
    if spec is not None:
        result = _computed(spec, result, form.name)
    if spec is not None and spec.many and result is not None and not isinstance(result, list):
        return [result]
    return result


def gave(form: Form, name: str, value: Value, held: Any, scope: Scope) -> bool:
    """Whether a formula gives a field what stands there; no literal does, nor one that fails."""
    if not isinstance(value, Formula) or form.value_type(name) is None:
        return False
    try:
        return bool(assigned(form, name, value, scope) == held)
    except FormulaFails:
        return False

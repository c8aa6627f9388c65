"""Functions about how the record reads: its labels, its text template, its text's faults."""

from __future__ import annotations

from datetime import date
from typing import Any

from pmcli.form.field import FieldSpec
from pmcli.form.model import Form
from pmcli.form.values import display
from pmcli.messages import Label
from pmcli.record.model import RecordView
from pmcli.workflow.functions.binding import plain, seeing
from pmcli.workflow.sight import Sight


def _spec_of(form: Form, name: str) -> FieldSpec | None:
    """A field, or with `rows.column` a column of one."""
    outer, _, column = name.partition(".")
    spec = form.fields.get(outer)
    return spec.columns.get(column) if spec is not None and column else spec


@seeing
def label_of(scope: Sight, name: str, value: Any = None) -> Label:
    """How a field's value, or the one given, reads; a name that is no field reads as its label."""
    spec = _spec_of(scope.form, name)
    if spec is None:
        return scope.form.label_of(name)
    shown = scope.held.get(name, scope.get(name)) if value is None else value
    return Label(display(shown, spec, "zh"), display(shown, spec, "en"))


@seeing
def choices_of(scope: Sight, name: str) -> list[str]:
    """The keys of a choice field or column; empty for anything else."""
    spec = _spec_of(scope.form, name)
    return list(spec.choices) if spec is not None else []


@seeing
def lint(scope: Sight, text: str | None = None, genre: str | None = None) -> list[dict[str, Any]]:
    """What the writing guidelines find in the record's text, in a text of a genre, in a passage."""
    from pmcli.lint import Settings, check
    from pmcli.workflow.texts import inspected

    settings = scope.act.context.lint_settings() or Settings()
    if text is None and scope.form.lint:
        found = list(inspected(scope.form, scope, settings).findings)
    else:
        found = check(text or "", genre=genre, settings=settings, whole=genre is not None)
    return [{"code": f.code, "severity": f.severity, "message": f.message} for f in found]


@seeing
def from_template(scope: Sight, part: str, view: RecordView | None = None) -> Any:
    """What the record's text template gives, or what it gave for an earlier `view` of it."""
    if scope.form.templates is None:
        return None
    from pmcli.workflow.texts import drafted

    held = scope.held
    if view is not None:
        held = view.record.values if view.record is not None else {}
    found = drafted(scope.form, held, scope, scope.act, scope.lookup)
    return found.part(part) if found is not None else None


@plain
def span_of(first: date | None, last: date | None) -> str | None:
    """A span as it is kept, of two days or moments."""
    from pmcli.workflow import texts

    return texts.span_of(first, last)

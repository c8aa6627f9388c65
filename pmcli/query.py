"""What a list is asked for in the words of those who ask, and what it shows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pmcli.form.column import Column
from pmcli.form.expressions import compile_formula
from pmcli.form.formula import Formula
from pmcli.form.formulas import known_names
from pmcli.form.language import ExpressionError
from pmcli.form.model import CORE_FIELDS, Form
from pmcli.form.normal import called, folded
from pmcli.messages import Label, Sentence
from pmcli.problems import Usage, Want
from pmcli.workflow.judging import PRESSING

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

WORKED_OUT: Mapping[str, Key] = {
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


def states_called(form: Form, texts: Iterable[str]) -> tuple[str, ...]:
    """The states that some words mean, by name or label; raises Usage for a word of none."""
    known = [(name, state.label) for name, state in form.states.items()]
    found = []
    for text in texts:
        meant = called(text, known)
        if meant is None:
            allowed = [Label(f"{s.name} {s.label.zh}", f"{s.name}") for s in form.states.values()]
            said = Sentence("want_one_of", key="--state", value=text, allowed=allowed)
            raise Usage.of(Want.VALUE, said, "state", near=form.states)
        found.append(meant)
    return tuple(found)


def condition(form: Form, text: str) -> Formula:
    """A formula that was typed; raises Usage for what is none and for names of nothing."""
    try:
        names = compile_formula(text).names
    except ExpressionError as error:
        raise Usage.of(
            Want.VALUE, Sentence("formula_fails", source=text[:80], reason=error.reason), "where"
        ) from None
    for name in sorted(names - known_names(form)):
        raise Usage.of(Want.UNKNOWN, Sentence("unknown_name", where="--where", name=name), "where")
    return Formula(text)


def order(form: Form, text: str | None) -> tuple[str, ...]:
    """`Query.sort` for a field named by a word, with a dash before it or not; what presses first.

    Raises Usage for what a list is not sorted by.
    """
    if text is None:
        return PRESSING
    column = column_named(form, text.lstrip("-"))
    name = column.fields[0] if column is not None and column.fields else ""
    if form.value_type(name) is None and name != "next_due":
        names = [*form.fields, *CORE_FIELDS, "next_due"]
        raise Usage.not_among("sort", text.lstrip("-"), names)
    return (f"-{name}" if text.startswith("-") else name,)

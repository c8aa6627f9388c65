"""The formulas and sentence templates of a form, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pmcli.form.expressions import compile_formula, compile_template
from pmcli.form.formula import Formula, Template, Value
from pmcli.form.functions import FUNCTIONS
from pmcli.form.language import NAMES, ExpressionError
from pmcli.form.model import CORE_FIELDS, INPUT_NOTES, Creation, Form, Guard, Need, Transition
from pmcli.messages import Sentence
from pmcli.problems import Fault


def formulas_of(form: Form) -> Iterator[tuple[str, Formula | Template, tuple[str, ...]]]:
    """All formulas and templates of a form: where, the formula, extra names it may use."""
    item: Formula | Template | None
    for name, item in (*form.lets.items(), *form.lint.items()):
        yield name, item, ()
    rules = form.edit
    said = [("edit", rule.say) for rule in rules.fields.values()]
    for name, item in (("important", form.important), ("brief", form.brief), *said):
        if item is not None:
            yield name, item, ()
    for name, item in (("edit", rules.sealed), ("no_edit", form.no_edit)):
        if item is not None:
            yield name, item, ()
    for field in form.fields.values():
        if field.follows is not None and field.follows.when is not None:
            yield field.name, field.follows.when, ("*",)
    for variants in form.transitions.values():
        for step in variants:
            yield from _formulas_of_step(step)
    for clock in form.clocks.values():
        for point in (*clock.starts, *clock.until, clock.at, clock.when):
            if isinstance(point, Formula):
                yield clock.name, point, ()
    for column in form.list_columns:
        if column.formula is not None:
            yield column.name, column.formula, ()
    if form.proof is not None:
        yield "proof", form.proof.text, ()
    for layout in form.layouts.values():
        spoken = (layout.where, layout.dated, layout.mark, layout.seal)
        for item in (*spoken, layout.watermark, layout.foot):
            if item is not None:
                yield layout.name, item, ()
        for part in layout.parts:
            extra = ("*",) if layout.over else ()
            yield from ((layout.name, item, extra) for item in part.formulas())
            yield from ((layout.name, item, ("*",)) for item in part.formulas_of_records())
    if form.import_plan is not None:
        cells = tuple(cell.name for cell in form.import_plan.cells)
        for formula in (form.import_plan.skip, *(c.formula for c in form.import_plan.columns)):
            if formula is not None:
                yield "import", formula, cells


def _formulas_of_step(
    step: Transition,
) -> Iterator[tuple[str, Formula | Template, tuple[str, ...]]]:
    def values(mapping: Iterable[Value]) -> Iterator[Formula]:
        return (v for v in mapping if isinstance(v, Formula))

    rows: list[Need | Guard | Creation] = [*step.needs, *step.guards, *step.tells, *step.creates]
    for row in rows:
        for name in ("when", "holds", "none", "say", "see", "form"):
            item: Any = getattr(row, name, None)
            if isinstance(item, (Formula, Template)):
                yield step.command, item, ()
        if isinstance(row, Creation):
            for item in values(row.values.values()):
                yield step.command, item, ()
    for update in step.updates:
        for item in (update.when, update.record):
            if isinstance(item, Formula):
                yield step.command, item, ()
        for mapping in (update.set, update.add, update.remove, update.give):
            for item in values(mapping.values()):
                yield step.command, item, ()
    for item in values(step.set.values()):
        yield step.command, item, ()
    for written in (*step.fill.values(), *step.append.values()):
        for new in written:
            for item in (new.each, new.when, *values(new.row.values())):
                if item is not None:
                    yield step.command, item, ()
    if isinstance(step.to, Formula):
        yield step.command, step.to, ()


def known_names(form: Form) -> set[str]:
    """Every name that a formula over a record of this form may use."""
    own = set(form.fields) | set(form.lets) | set(CORE_FIELDS) | form.stamp_names | set(INPUT_NOTES)
    told = {"next_due", "missing", "open", "final", "state_label", "title"}
    return own | told | FUNCTIONS.keys() | NAMES


def check_formulas(form: Form) -> Iterator[Fault]:
    """Faults of a form's formulas: those that are none, and names that nothing has."""
    known = known_names(form)
    for where, item, extra in formulas_of(form):
        try:
            if isinstance(item, Formula):
                names = set(compile_formula(item.source).names)
            else:
                names = set(compile_template(item.label.zh).names)
                names |= compile_template(item.label.en).names
        except ExpressionError as error:
            source = item.source if isinstance(item, Formula) else item.label.en
            sentence = Sentence("formula_fails", source=source, reason=error.reason)
            yield Fault(item.file, item.line, sentence)
            continue
        if "*" in extra:
            continue
        for name in sorted(names - known - set(extra)):
            yield Fault(item.file, item.line, Sentence("unknown_name", where=where, name=name))

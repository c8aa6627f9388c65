"""What a form that reads well may still have wrong: small checks in a list, each yields faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date

from pmcli.form import durations
from pmcli.form.expressions import names_in
from pmcli.form.field import FieldSpec
from pmcli.form.formula import Formula
from pmcli.form.formulas import check_formulas
from pmcli.form.functions import FUNCTIONS
from pmcli.form.language import MAX_LETS, NAMES
from pmcli.form.model import CORE_FIELDS, INPUT_NOTES, Clock, Form, Transition
from pmcli.form.types import BadValue, Offers, Surroundings
from pmcli.messages import Sentence
from pmcli.problems import Fault
from pmcli.trade import ROLES
from pmcli.yaml_files.tree import Tree

RESERVED_FIELDS = (
    frozenset(CORE_FIELDS)
    | frozenset(FUNCTIONS)
    | NAMES
    | {"history", "by", "format", "reveal", "help", "office", *INPUT_NOTES}
)

Finding = tuple[tuple[str | int, ...], Sentence]
"""Where in the form, as a path of keys and indexes, and what is wrong there."""


def validate(form: Form, tree: Tree) -> list[Fault]:
    """Return every fault that the form shows by itself; other forms are not looked at."""
    found = [
        Fault(*tree.place(*path), sentence) for check in CHECKS for path, sentence in check(form)
    ]
    return found + list(check_formulas(form))


_ANYWHERE = Surroundings(
    UTC, date(2000, 1, 1), lambda name: name, lambda number: number, lambda number, _forms: number
)
"""An office of which nothing is known: whoever and whatever is named may be there."""


def _refused(field: FieldSpec, text: str) -> Sentence | None:
    """Why a type does not take a text in any office; None where it may."""
    try:
        field.kind.read(field, text, _ANYWHERE)
    except BadValue as bad:
        return bad.sentence
    return None


def _field_names(form: Form) -> Iterator[Finding]:
    for name in form.fields:
        if name in RESERVED_FIELDS or name in form.stamp_names:
            yield ("fields", name), Sentence("reserved_name", name=name)
    bodies = [f for f in form.fields.values() if f.body]
    if len(bodies) > 1:
        names = [f.name for f in bodies]
        yield ("fields", names[-1], "body"), Sentence("two_bodies", names=names)
    for field in bodies:
        if not field.kind.lines or field.many:
            yield ("fields", field.name, "type"), Sentence("body_not_longtext", name=field.name)
    for field in form.fields.values():
        path = ("fields", field.name)
        if field.default is not None and (refused := _refused(field, field.default)):
            yield (*path, "default"), refused
        for name in field.key:
            if name not in field.columns:
                yield (*path, "key"), Sentence("unknown_field", where=field.name, name=name)
    if form.templates is not None:
        for key in ("by", "values", "batch", "batch_row"):
            name = getattr(form.templates, key)
            if name and name not in form.fields:
                where = Sentence("unknown_field", where="templates", name=name)
                yield ("templates", key), where
    if form.proof is not None:
        if form.proof.field not in form.fields:
            sentence = Sentence("unknown_field", where="proof", name=form.proof.field)
            yield ("proof", "field"), sentence
        if form.proof.layout not in form.layouts:
            layouts = list(form.layouts)
            sentence = Sentence(
                "want_one_of", key="layout", value=form.proof.layout, allowed=layouts
            )
            yield ("proof", "layout"), sentence
    if len(form.lets) > MAX_LETS:
        yield ("let", list(form.lets)[MAX_LETS]), Sentence("lets_too_many", most=MAX_LETS)
        return
    for name, formula in form.lets.items():
        if name in form.fields or name in RESERVED_FIELDS or name in form.stamp_names:
            yield ("let", name), Sentence("reserved_name", name=name)
        elif name in names_in(formula.source, form.lets):
            yield ("let", name), Sentence("let_of_itself", name=name)
    if form.number_field is not None and form.number_field not in form.fields:
        yield ("number",), Sentence("unknown_field", where="number", name=form.number_field)


def _states(form: Form) -> Iterator[Finding]:
    if "new" not in form.transitions:
        yield ("transitions",), Sentence("no_new")
        return
    for path, step in _steps_of(form):
        for state in step.from_:
            if state not in form.states:
                sentence = Sentence("unknown_state", where=step.command, name=state)
                yield (*path, "from", state), sentence
            elif form.states[state].final:
                yield (
                    (*path, "from", state),
                    Sentence("leaves_final", where=step.command, name=state),
                )
            if form.variant(step.command, state) is not step:
                yield (*path, "from", state), Sentence("two_ways", where=step.command, name=state)
        if isinstance(step.to, str) and step.to != "same" and step.to not in form.states:
            yield (*path, "to"), Sentence("unknown_state", where=step.command, name=step.to)
    if not isinstance(form.new.to, str) or form.new.to == "same":
        yield ("transitions", "new", "to"), Sentence("new_wants_state")
        return
    reached = _reached(form, form.new.to)
    for name, state_ in form.states.items():
        if name not in reached:
            yield ("states", name), Sentence("unreachable_state", name=name)
        elif not state_.final and not form.legal_from(name):
            yield ("states", name), Sentence("dead_end", name=name)


def _reached(form: Form, first: str) -> set[str]:
    """The states that steps lead to; a step whose end is worked out leads to no new one."""
    reached: set[str] = set()
    frontier = [first]
    while frontier:
        state = frontier.pop()
        if state in reached or state not in form.states:
            continue
        reached.add(state)
        frontier += [s.to for s in form.legal_from(state) if isinstance(s.to, str)]
    return reached


def _steps_of(form: Form) -> Iterator[tuple[tuple[str | int, ...], Transition]]:
    for command, variants in form.transitions.items():
        for index, step in enumerate(variants):
            yield ("transitions", command, index), step


def _steps(form: Form) -> Iterator[Finding]:
    for path, step in _steps_of(form):
        for more, sentence in _step(form, step):
            yield (*path, *more), sentence


def _step(form: Form, step: Transition) -> Iterator[Finding]:
    def unknown(name: str, *path: str | int, where: str = step.command) -> Finding:
        return (*path, name), Sentence("unknown_field", where=where, name=name)

    inputs: list[tuple[str, tuple[str | int, ...]]] = []
    inputs += [(name, ("asks",)) for name in step.asks] + [(name, ("may",)) for name in step.may]
    for index, need in enumerate(step.needs):
        for key, names in (("give", need.give), ("any_of", need.any_of), ("one_of", need.one_of)):
            inputs += [(name, ("needs", index, key)) for name in names]
    for name, path in inputs:
        field = form.fields.get(name)
        if field is None and name not in INPUT_NOTES:
            yield unknown(name, *path)
        elif field is not None and field.auto:
            yield (*path, name), Sentence("auto_input", where=step.command, name=name)
    for name in step.set:
        if name not in form.fields:
            yield unknown(name, "set")
    for index, creation in enumerate(step.creates):
        if creation.keep is not None and creation.keep not in form.fields:
            yield unknown(creation.keep, "create", index, "keep")
    for index, update in enumerate(step.updates):
        if isinstance(update.record, str) and form.value_type(update.record) is None:
            yield unknown(update.record, "update", index, "in")
    for key, written in (("fill", step.fill), ("append", step.append)):
        for name, rows in written.items():
            if name not in form.fields:
                yield unknown(name, key)
                continue
            for column in (column for new in rows for column in new.row):
                if column not in form.fields[name].columns:
                    yield unknown(column, key, name, where=f"{step.command} {name}")
    for key, names in (("by", step.by), ("not_by", step.not_by)):
        for name in names:
            link = form.fields.get(name.partition(".")[0])
            if "." in name and link is not None and link.kind.offers is Offers.RECORDS:
                continue
            if form.value_type(name) is None and name not in ROLES:
                yield unknown(name, key)
    if step.headline is not None and form.value_type(step.headline) is None:
        yield unknown(step.headline, "headline")


def _clocks(form: Form) -> Iterator[Finding]:
    for clock in form.clocks.values():
        for more, sentence in _clock(form, clock):
            yield ("clocks", clock.name, *more), sentence
    for name, figure in form.figures.items():
        if not durations.is_figure(figure.value):
            sentence = Sentence("bad_duration", where=figure.key, value=figure.value)
            yield ("figures", name, "value"), sentence


def _clock(form: Form, clock: Clock) -> Iterator[Finding]:
    where = clock.name
    for key, points in (("from", clock.starts), ("until", clock.until)):
        for point in points:
            if isinstance(point, Formula) or form.value_type(point) is not None:
                continue
            if key == "from" or point not in form.transitions:
                yield (key, point), Sentence("unknown_field", where=where, name=point)
    if isinstance(clock.at, str) and form.value_type(clock.at) is None:
        yield ("at",), Sentence("unknown_field", where=where, name=clock.at)
    if clock.within is not None and not durations.is_duration(clock.within):
        yield ("within",), Sentence("bad_duration", where=where, value=clock.within)
    for state in clock.paused_in:
        if state not in form.states:
            yield ("paused_in", state), Sentence("unknown_state", where=where, name=state)
    if clock.overdue_first is not None and clock.overdue_first not in form.transitions:
        sentence = Sentence("unknown_command", where=where, name=clock.overdue_first)
        yield ("overdue_first",), sentence


def _shown(form: Form) -> Iterator[Finding]:
    for index, column in enumerate(form.list_columns):
        for name in column.fields:
            if form.value_type(name) is None and name not in ("next_due", "overdue", "history"):
                yield ("list", index), Sentence("unknown_field", where="list", name=name)
    for layout in form.layouts.values():
        path = ("prints", layout.name)
        for index, part in enumerate(layout.parts):
            for key, name in part.unknown(form):
                where = Sentence("unknown_field", where=layout.name, name=name)
                yield (*path, "parts", index, key, name), where
        if form.value_type(layout.dated_by) is None:
            sentence = Sentence("unknown_field", where=layout.name, name=layout.dated_by)
            yield (*path, "dated_by"), sentence


CHECKS: tuple[Callable[[Form], Iterator[Finding]], ...] = (
    _field_names,
    _states,
    _steps,
    _clocks,
    _shown,
)

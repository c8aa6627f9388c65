"""What the steps that a record has taken say of it with other values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pmcli.form.expressions import render
from pmcli.form.model import Form, Guard, Need, Transition
from pmcli.messages import Sentence
from pmcli.problems import FormulaFails, Unmet, Want
from pmcli.record.model import Record
from pmcli.workflow.act import Act
from pmcli.workflow.assigning import assigned, gave
from pmcli.workflow.conditions import distinct, lacking, unmet_guards
from pmcli.workflow.inputs import input_hint
from pmcli.workflow.repository import Lookup
from pmcli.workflow.retaken import Taken, retaken, taken
from pmcli.workflow.scope import Scope


def settled(
    original: Record,
    changed: Iterable[str],
    values: Mapping[str, Any],
    act: Act,
    lookup: Lookup,
) -> tuple[dict[str, Any], list[Unmet]]:
    """The values with those worked out from them, and what the form has against them."""
    values = dict(values)
    unmet = distinct(_emptied(original, values))
    if not unmet:
        steps = retaken(original)
        try:
            values |= _worked_out(original, steps, values, act, lookup)
            unmet = distinct(_conditions(original, steps, values, act, lookup))
        except FormulaFails as problem:
            names = tuple(changed)
            unmet = [Unmet(Want.WRONG, s, original.form.name, names) for s in problem.sentences]
    return values, unmet


def _emptied(original: Record, values: Mapping[str, Any]) -> Iterator[Unmet]:
    """What the steps taken so far asked for and is no longer there."""
    form = original.form
    told: set[str] = set()
    for _, step in taken(original):
        for name in step.asks:
            if original.get(name) is not None and values.get(name) is None and name not in told:
                told.add(name)
                said = Sentence("edit_taken_out", field=form.label_of(name), step=step.label)
                yield Unmet(Want.MISSING, said, form.name, (name,))


def _worked_out(
    original: Record,
    steps: Iterable[Taken],
    values: Mapping[str, Any],
    act: Act,
    lookup: Lookup,
) -> dict[str, Any]:
    """Fields that a step taken has worked out from others, as they come out now.

    Only where the formula still gives what stands there: what it gave once may have been of its
    moment, as a count is.
    """
    form = original.form
    found: dict[str, Any] = {}
    for once in steps:
        before = once.repeated(original.values, act, lookup)
        after = once.repeated({**values, **found}, act, lookup)
        for name, value in once.step.set.items():
            if gave(form, name, value, original.get(name), before):
                found[name] = assigned(form, name, value, after)
    return {name: value for name, value in found.items() if value != original.get(name)}


def _conditions(
    original: Record,
    steps: Sequence[Taken],
    values: Mapping[str, Any],
    act: Act,
    lookup: Lookup,
) -> Iterator[Unmet]:
    """Needs and guards of the steps taken that hold with the values on record and not with these.

    Guards are asked once all needs are met, as a step asks them.
    """
    form = original.form
    scopes = [
        (
            once.step,
            once.judged(original.values, act, lookup),
            once.judged(values, act, lookup),
        )
        for once in steps
    ]
    unmet = [
        _lacking(need, form, after)
        for step, before, after in scopes
        for need in step.needs
        if _held(lacking, need, form, before) and lacking(need, form, after) is not None
    ]
    yield from unmet
    for step, before, after in scopes if not unmet else ():
        for guard in (guard for guard in step.guards if not guard.only_warns):
            if _held(_refused, guard, form, step, before):
                yield from _refused(guard, form, step, after) or ()


def _held(ask: Callable[..., object], *arguments: Any) -> bool:
    """Whether nothing stood against something before; what could not be judged did not hold."""
    try:
        return ask(*arguments) is None
    except FormulaFails:
        return False


def _refused(guard: Guard, form: Form, step: Transition, scope: Scope) -> list[Unmet] | None:
    return unmet_guards([guard], scope, form, step)[0] or None


def _lacking(need: Need, form: Form, scope: Scope) -> Unmet:
    """A need that is not met, about the field to be filled first."""
    names = lacking(need, form, scope) or ()
    about = [n for n in (*names, *need.give, *need.any_of, *need.one_of) if n in form.fields]
    hints = [input_hint(form, name) for name in names]
    said = render(need.say, scope) if need.say else Sentence("edit_needs", fields=hints)
    return Unmet(Want.MISSING if names else Want.WRONG, said, form.name, tuple(about[:1]))

"""What the steps that a record has taken say of it with other values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from pmcli.form.expressions import render
from pmcli.form.model import Form, Formula, Need
from pmcli.messages import Sentence
from pmcli.problems import FormulaFails, Unmet, Want
from pmcli.record.model import Record
from pmcli.workflow.act import Act, Lookup
from pmcli.workflow.assigning import assigned
from pmcli.workflow.conditions import lacking, unmet_guards
from pmcli.workflow.inputs import input_hint
from pmcli.workflow.retaken import Taken, retaken, taken
from pmcli.workflow.scope import Scope

T = TypeVar("T")


def settled(
    original: Record,
    changed: Iterable[str],
    values: Mapping[str, Any],
    act: Act,
    lookup: Lookup,
) -> tuple[dict[str, Any], list[Unmet]]:
    """The values with those worked out from them, and what the form has against them."""
    values = dict(values)
    unmet = [*_emptied(original, values)]
    if not unmet:
        steps = retaken(original)
        try:
            values |= _worked_out(original, steps, values, act, lookup)
            unmet = [*_needs(original, steps, values, act, lookup)]
            unmet = unmet or [*_guards(original, steps, values, act, lookup)]
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
            if not isinstance(value, Formula) or form.value_type(name) is None:
                continue
            if _or_none(assigned, form, name, value, before) == original.get(name):
                found[name] = assigned(form, name, value, after)
    return {name: value for name, value in found.items() if value != original.get(name)}


def _or_none(run: Callable[..., T], *arguments: Any) -> T | None:
    """What something comes to, None where a formula fails over the values that are there."""
    try:
        return run(*arguments)
    except FormulaFails:
        return None


def _needs(
    original: Record,
    steps: Iterable[Taken],
    values: Mapping[str, Any],
    act: Act,
    lookup: Lookup,
) -> Iterator[Unmet]:
    """Needs of the steps taken that were met by the values on record and are not by the new ones.

    Those of them that speak of who gave something, or when, see the step as it was taken.
    """
    form = original.form
    told: set[str] = set()
    for once in steps:
        before = once.judged(original.values, act, lookup)
        after = once.judged(values, act, lookup)
        for need in once.step.needs:
            if _or_none(_is_met, need, form, before) is not True:
                continue
            names = lacking(need, form, after)
            if names is None:
                continue
            key = next(iter([*names, *need.give, *need.any_of, *need.one_of]), str(id(need)))
            if key in told:
                continue
            told.add(key)
            kind = Want.MISSING if names else Want.WRONG
            fields = (key,) if key in form.fields else ()
            if need.say is not None:
                yield Unmet(kind, render(need.say, after), form.name, fields)
            else:
                hints = [input_hint(form, name) for name in names]
                yield Unmet(kind, Sentence("edit_needs", fields=hints), form.name, fields)


def _is_met(need: Need, form: Form, scope: Scope) -> bool:
    return lacking(need, form, scope) is None


def _guards(
    original: Record,
    steps: Iterable[Taken],
    values: Mapping[str, Any],
    act: Act,
    lookup: Lookup,
) -> Iterator[Unmet]:
    """Guards of the steps taken that hold with the values on record and not with the new ones."""
    form = original.form
    told: set[tuple[str, str]] = set()
    for once in steps:
        before = once.judged(original.values, act, lookup)
        after = once.judged(values, act, lookup)
        for guard in (guard for guard in once.step.guards if not guard.only_warns):
            if _or_none(unmet_guards, [guard], before, form, once.step) != ([], []):
                continue
            for one in unmet_guards([guard], after, form, once.step)[0]:
                if (one.guard, one.text("en")) not in told:
                    told.add((one.guard, one.text("en")))
                    yield one

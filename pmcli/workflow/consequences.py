"""What a correction of one record means for open records that were worked out from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pmcli.form.expressions import evaluate
from pmcli.form.model import Creation, Form, Formula, Transition, Value
from pmcli.record.model import Record
from pmcli.workflow.act import Act, Lookup
from pmcli.workflow.assigning import assigned
from pmcli.workflow.draft import Draft, Work
from pmcli.workflow.retaken import retaken
from pmcli.workflow.scope import Scope


def consequences(
    original: Record, values: Mapping[str, Any], act: Act, lookup: Lookup
) -> Iterator[tuple[Record, dict[str, Any]]]:
    """Open records naming one that is corrected, with fields that come out otherwise by its values.

    What its steps gave to those that they made (`create`), and what their own steps took from it
    (`set`). Only fields that still hold what the formula gives with the old values: what was
    corrected since, or was of its moment, stays.
    """
    steps = retaken(original)
    former = _with(original, original.values, lookup)
    corrected = _with(original, values, lookup)
    for record in lookup.naming(original.id):
        found: dict[str, Any] = {}
        for once in steps if record.get("source") == original.id else ():
            before = once.repeated(original.values, act, former)
            after = once.repeated(values, act, corrected)
            for creation in once.step.creates:
                if _made(creation, record, before):
                    found |= _new(creation.values, record, before, after)
        for once in retaken(record):
            before = once.repeated(record.values, act, former)
            after = once.repeated(record.values, act, corrected)
            found |= _new(once.step.set, record, before, after)
        found = {name: value for name, value in found.items() if value != record.get(name)}
        if found:
            yield record, found


@dataclass(frozen=True)
class Turned:
    """A record that a step would make otherwise with the corrected values."""

    form: Form
    step: Transition
    left: Record | None = None
    """The open record that would not be made now; None for one that would be and is not there."""


def turned(
    original: Record, values: Mapping[str, Any], act: Act, lookup: Lookup
) -> Iterator[Turned]:
    """Records that the steps taken would make now and have not made, and those not made now."""
    former, corrected = _with(original, original.values, lookup), _with(original, values, lookup)
    children = [r for r in lookup.naming(original.id) if r.get("source") == original.id]
    seen: set[tuple[str, str]] = set()
    for once in retaken(original):
        before = once.repeated(original.values, act, former)
        after = once.repeated(values, act, corrected)
        for place, creation in enumerate(once.step.creates):
            was, now = _form_made(creation, before), _form_made(creation, after)
            key = (once.step.command, str(place))
            if was == now or key in seen:
                continue
            seen.add(key)
            for child in children:
                if was and _made(creation, child, before):
                    yield Turned(child.form, once.step, child)
            if now:
                yield Turned(lookup.library.get(now), once.step)


def _form_made(creation: Creation, scope: Scope) -> str:
    """The form of the record that an entry makes; empty where it makes none."""
    if creation.when is not None and not evaluate(creation.when, scope):
        return ""
    form = creation.form
    return str((evaluate(form, scope) if isinstance(form, Formula) else form) or "")


def _with(original: Record, values: Mapping[str, Any], lookup: Lookup) -> Lookup:
    """The office's records as they are with these values of one of them."""
    work = Work(lookup)
    draft = Draft(original.form, dict(original.values), original)
    for name in {*original.values, *values}:
        draft.put(name, values.get(name))
    work.add(draft)
    return work


def _made(creation: Creation, record: Record, scope: Scope) -> bool:
    """Whether a record is one that this `create` entry makes."""
    return _form_made(creation, scope) == record.form.name and all(
        assigned(record.form, field, creation.values[field], scope) == record.get(field)
        for field in creation.same
        if field in creation.values
    )


def _new(given: Mapping[str, Value], record: Record, before: Scope, after: Scope) -> dict[str, Any]:
    """The fields of a record that still hold what these formulas gave, as they come out now."""
    return {
        name: assigned(record.form, name, value, after)
        for name, value in given.items()
        if isinstance(value, Formula)
        and name in record.form.fields
        and record.get(name) is not None
        and assigned(record.form, name, value, before) == record.get(name)
    }

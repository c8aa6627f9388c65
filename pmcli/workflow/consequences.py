"""What a correction of one record means for open records that were worked out from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pmcli.dataclass import dataclass
from pmcli.form.expressions import evaluate
from pmcli.form.formula import Formula, Value
from pmcli.form.model import Creation, Form, Transition
from pmcli.problems import FormulaFails
from pmcli.record.model import Record
from pmcli.record.query import open_work_naming
from pmcli.workflow.act import Act
from pmcli.workflow.assigning import assigned, gave
from pmcli.workflow.draft import Draft, Work
from pmcli.workflow.repository import Lookup
from pmcli.workflow.retaken import retaken
from pmcli.workflow.scope import Scope


@dataclass(frozen=True)
class Follower:
    """An open record with fields that come out otherwise now."""

    record: Record
    values: Mapping[str, Any]
    failing: tuple[str, ...] = ()
    """Fields that cannot be worked out from the new values."""


@dataclass(frozen=True)
class Turned:
    """A record that a step would make otherwise with the corrected values."""

    form: Form
    step: Transition
    left: Record | None = None
    """The open record that would not be made now; None for one that would be and is not there."""


@dataclass(frozen=True)
class Consequences:
    """What follows from a correction in other records."""

    followers: tuple[Follower, ...] = ()
    turned: tuple[Turned, ...] = ()


@dataclass(frozen=True)
class _Step:
    """A step taken on a record: what its formulas saw, and what they would see now."""

    step: Transition
    before: Scope
    after: Scope


def consequences(
    original: Record, values: Mapping[str, Any], act: Act, lookup: Lookup
) -> Consequences:
    """What follows from a record's new values in open records that name it.

    That is what its steps gave to those that they made (`create`), and what the steps of these
    took from it (`set`). Only fields that still hold what the formula gives with the old values
    follow: what was corrected since, or was of its moment, stays.
    """
    former, corrected = (_with(original, held, lookup) for held in (original.values, values))
    steps = [
        _Step(
            once.step,
            once.repeated(original.values, act, former),
            once.repeated(values, act, corrected),
        )
        for once in retaken(original)
    ]
    near = lookup.find(open_work_naming(original.id))
    made = [record for record in near if record.get("source") == original.id]
    followers = []
    for record in near:
        gifts = [
            (creation.values, one)
            for one in steps
            for creation in (one.step.creates if record in made else ())
            if _made(creation, record, one.before)
        ]
        own = [
            (
                once.step.set,
                _Step(
                    once.step,
                    *(once.repeated(record.values, act, office) for office in (former, corrected)),
                ),
            )
            for once in retaken(record)
        ]
        follower = _follower(record, [*gifts, *own])
        if follower.values or follower.failing:
            followers.append(follower)
    return Consequences(tuple(followers), tuple(_turned(steps, made, lookup)))


def _with(original: Record, values: Mapping[str, Any], lookup: Lookup) -> Lookup:
    """The office's records as they are with these values of one of them."""
    work = Work(lookup)
    draft = Draft(original.form, dict(original.values), original)
    for name in {*original.values, *values}:
        draft.put(name, values.get(name))
    work.add(draft)
    return work


def _follower(record: Record, given: Iterable[tuple[Mapping[str, Value], _Step]]) -> Follower:
    """The fields that still hold what formulas gave, where these come to something else now."""
    found: dict[str, Any] = {}
    failing: list[str] = []
    for values, step in given:
        for name, value in values.items():
            held = record.get(name)
            if held is None or not gave(record.form, name, value, held, step.before):
                continue
            try:
                found[name] = assigned(record.form, name, value, step.after)
            except FormulaFails:
                failing.append(name)
    found = {name: value for name, value in found.items() if value != record.get(name)}
    return Follower(record, found, tuple(failing))


def _turned(steps: Iterable[_Step], made: Iterable[Record], lookup: Lookup) -> Iterator[Turned]:
    """What the steps would make now and have not made, and what they would not make now."""
    seen: set[int] = set()
    for one in steps:
        for creation in one.step.creates:
            was, now = _form_made(creation, one.before), _form_made(creation, one.after)
            if was == now or id(creation) in seen:
                continue
            seen.add(id(creation))
            for record in made:
                if was and _made(creation, record, one.before):
                    yield Turned(record.form, one.step, record)
            if now:
                yield Turned(lookup.library.get(now), one.step)


def _form_made(creation: Creation, scope: Scope) -> str:
    """The form of the record that an entry makes; empty where it makes none or cannot tell."""
    form = creation.form
    try:
        if creation.when is not None and not evaluate(creation.when, scope):
            return ""
        return str((evaluate(form, scope) if isinstance(form, Formula) else form) or "")
    except FormulaFails:
        return ""


def _made(creation: Creation, record: Record, scope: Scope) -> bool:
    """Whether a record is one that this `create` entry makes."""
    if _form_made(creation, scope) != record.form.name:
        return False
    ties = {name: creation.values[name] for name in creation.same if name in creation.values}
    try:
        return all(assigned(record.form, n, v, scope) == record.get(n) for n, v in ties.items())
    except FormulaFails:
        return False

"""Corrections: one judgement for `edit`, `save`, `undo` and whoever else asks.

A correction by-passes nothing that a step minds: the roles, persons and guards of the steps that
gave a value hold for whoever changes it, and what was worked out from it is worked out anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from pmcli.dataclass import dataclass
from pmcli.form.expressions import evaluate, render
from pmcli.form.model import CORE_FIELDS, Form, Transition
from pmcli.form.values import BadValue
from pmcli.messages import Label, Sentence
from pmcli.problems import Problem, Refusal, Refused, Unmet, Usage, Want
from pmcli.record.model import Record
from pmcli.record.replay import standing_events
from pmcli.workflow.act import Act
from pmcli.workflow.change import Change
from pmcli.workflow.conditions import distinct, kept_apart, next_steps, people
from pmcli.workflow.consequences import Turned
from pmcli.workflow.edited_values import checked, filled_by_pmcli
from pmcli.workflow.inputs import surroundings
from pmcli.workflow.repository import Lookup
from pmcli.workflow.retaken import taken
from pmcli.workflow.scope import Scope
from pmcli.workflow.standing import settled

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

LABEL = Label("手工修改", "edited by hand")
REASON = Label("--reason 原因", "--reason Reason")


@dataclass(frozen=True)
class Correction:
    """One record's correction: what was, what is wanted, and what stands against it."""

    original: Record
    values: Mapping[str, Any]
    """The values it is to have, as the form writes them, those worked out from others included."""
    changed: tuple[str, ...]
    """Fields and the office's own keys that the clerk changed, in file order."""
    own: Mapping[str, Any] = field(default_factory=dict)
    """Those of the office's own keys that changed; None for one taken out."""
    unmet: tuple[Unmet, ...] = ()
    basis: Record | None = None
    """The text that a hand has written, where there is one."""
    follows: str | None = None
    """The number of the record whose correction it follows from."""

    @property
    def fine(self) -> bool:
        """Whether it may be made."""
        return not self.unmet

    @property
    def unknown(self) -> list[str]:
        """Keys that the form does not know and that were not there before."""
        return [key for key in self.own if key not in self.original.extra]

    @property
    def worked_out(self) -> list[str]:
        """Fields that changed because others did."""
        return [
            name
            for name in self.original.form.fields
            if name not in self.changed and self.values.get(name) != self.original.get(name)
        ]


@dataclass
class Corrected(Change):
    """Corrections to be committed together, and records that say the same and were left."""

    corrections: list[Correction] = field(default_factory=list)
    alike: list[tuple[Record, tuple[str, ...]]] = field(default_factory=list)
    """Linked open records with the values that were corrected elsewhere, and in which fields."""
    outdated: list[tuple[Record, tuple[str, ...]]] = field(default_factory=list)
    """Records that hold what was worked out from the old values and may not be changed so."""
    turned: list[Turned] = field(default_factory=list)
    """Records that are wanted by the new values and not there, or there and not wanted any more."""


def judge(
    original: Record,
    wanted: Mapping[str, Any],
    act: Act,
    lookup: Lookup,
    reason: str | None,
    basis: Record | None = None,
) -> Correction:
    """Judge the values that a record is to have, or that a hand has written into its file.

    What pmcli writes stays: number, state, stamps, history and fields it fills itself. The body,
    the owner's words, changes only where a step that is legal now asks for it. Other fields may be
    corrected while the record is open, by those who may take the step that gave them; by the roles
    that the form names, supervisors where it names none, for a reason. Guards that held still hold.
    """
    form = original.form
    names = [*CORE_FIELDS, *form.fields, *sorted(form.stamp_names)]
    changed = [name for name in names if original.get(name) != wanted.get(name)]
    own = _own_keys(original, basis)
    values = dict(wanted)
    unmet: list[Unmet] = []
    if basis is not None and list(original.history) != list(basis.history):
        unmet.append(_fixed(form, "history", Sentence("edit_history")))
    around = surroundings(act, lookup)
    for name in changed:
        against = _against(name, original, wanted, act, lookup)
        if against is None and wanted.get(name) is not None and basis is not None:
            try:
                values[name] = checked(form.fields[name], wanted[name], around)
            except BadValue as bad:
                against = Unmet(Want.VALUE, bad.sentence, form.name, (name,))
            except Problem as problem:
                unmet += [Unmet(Want.VALUE, s, form.name, (name,)) for s in problem.sentences]
        if against is not None:
            unmet.append(against)
    if not unmet:
        unmet += may_correct(original, changed, act, lookup, reason)
        values, wrong = settled(original, changed, values, act, lookup)
        unmet += wrong
    return Correction(original, values, (*changed, *own), own, tuple(unmet), basis)


def derive(original: Record, given: Mapping[str, Any], act: Act, lookup: Lookup) -> Correction:
    """Judge values that were worked out for a record from another one and come out otherwise now.

    They are pmcli's, whoever corrects the other record, and stand when the form's `edit` says so.
    """
    form = original.form
    values = {n: v for n, v in {**original.values, **given}.items() if v is not None}
    unmet: list[Unmet] = []
    if _is_sealed(original, act, lookup):
        unmet.append(_wants_role(form, act, "edit_sealed", form.title))
    for name in given:
        if form.fields[name].body or _stands(name, original):
            unmet.append(_fixed(form, name, Sentence("edit_stands", field=form.label_of(name))))
    if not unmet:
        values, unmet = settled(original, given, values, act, lookup)
    return Correction(original, values, tuple(given), unmet=tuple(unmet))


def _own_keys(original: Record, basis: Record | None) -> dict[str, Any]:
    held = original.extra
    now = basis.extra if basis is not None else held
    keys = dict.fromkeys([*held, *now])
    return {key: now.get(key) for key in keys if held.get(key) != now.get(key)}


def _fixed(form: Form, name: str, sentence: Any) -> Unmet:
    return Unmet(Want.FIXED, sentence, form.name, (name,))


def _against(
    name: str, original: Record, wanted: Mapping[str, Any], act: Act, lookup: Lookup
) -> Unmet | None:
    """Why a name may not be changed in this record at all; None where it may."""
    form = original.form
    label = form.label_of(name)
    spec = form.fields.get(name)
    if spec is None or spec.auto or not spec.kept or name == form.number_field:
        return _fixed(form, name, Sentence("edit_of_pmcli", field=label, key=name))
    if spec.append_only:
        return _fixed(form, name, Sentence("edit_append_only", field=label))
    if not original.open:
        state = original.state_label
        return _fixed(form, name, Sentence("edit_final", field=label, state=state))
    if spec.body and not _asking_now(original, name):
        return _fixed(form, name, Sentence("edit_words", field=label))
    if filled_by_pmcli(spec, original.get(name)) != filled_by_pmcli(spec, wanted.get(name)):
        return _fixed(form, name, Sentence("edit_auto_columns", field=label))
    if _stands(name, original):
        say = form.edit.fields[name].say
        scope = Scope(form, original.values, act, lookup)
        said = render(say, scope) if say is not None else Sentence("edit_stands", field=label)
        return _fixed(form, name, said)
    if (maker := _maker(name, original, lookup)) is not None:
        return _fixed(form, name, Sentence("edit_made_so", field=label, id=maker))
    step = _set_by(original, name)
    if original.get(name) is None and not _gave(original, name) and not spec.body:
        step = step or next((s for s in _steps(form) if name in s.inputs), None)
    if step is None:
        return None
    command = Label(f"{step.command} {step.label.zh}", step.command)
    return _fixed(form, name, Sentence("edit_by_step", field=label, step=command))


def unchangeable(name: str, record: Record, act: Act, lookup: Lookup) -> Unmet | None:
    """Why a field may not be changed in this record, whatever its new value; None where it may."""
    return _against(name, record, record.values, act, lookup)


def _stands(name: str, record: Record) -> bool:
    """Whether the form says that a field of a record is not corrected any more."""
    rule = record.form.edit.fields.get(name)
    return rule is not None and (
        not rule.until or not _states_passed(record).isdisjoint(rule.until)
    )


def _maker(name: str, record: Record, lookup: Lookup) -> str | None:
    """The record whose step has made this one, if the field is what ties it to that one.

    That is a link to it, and the fields in which a record made again would be the same.
    """
    source = record.get("source")
    parent = lookup.by_id(source) if source else None
    for step in _steps(parent.form) if parent is not None else ():
        for creation in step.creates:
            if record.form.name in creation.forms and (
                name in creation.same or (name in creation.values and record.get(name) == source)
            ):
                return str(source)
    return None


def _set_by(record: Record, name: str) -> Transition | None:
    """The step that gave a field its present value by itself; None where a person gave it last."""
    steps = {id(event): step for event, step in taken(record)}
    for event in reversed(standing_events(record.history)):
        if name not in event.changes:
            continue
        step = steps.get(id(event))
        return step if step is not None and name in step.set and name not in step.inputs else None
    return None


def _asking_now(record: Record, name: str) -> list[Transition]:
    """The steps, legal now, that take a field which is the record's body."""
    if name != record.form.body_field:
        return []
    return [
        step
        for step in record.form.legal_from(record.state)
        if name in step.inputs and "system" not in step.roles
    ]


def _states_passed(record: Record) -> set[str]:
    """The states that the record has been in, by the steps that stand."""
    return {record.state, *(e.to_state for e in standing_events(record.history) if e.to_state)}


def _steps(form: Form) -> list[Transition]:
    return [step for variants in form.transitions.values() for step in variants]


def _gave(record: Record, name: str) -> list[Transition]:
    """The steps taken that take a field, each once."""
    steps = {id(step): step for _, step in taken(record) if name in step.inputs}
    return list(steps.values())


def may_correct(
    original: Record, changed: Iterable[str], act: Act, lookup: Lookup, reason: str | None
) -> Iterator[Unmet]:
    """What keeps this actor from correcting these fields, or from taking a correction back."""
    form, rules = original.form, original.form.edit
    scope = Scope(form, original.values, act, lookup)
    lead = any(act.staff.holds(act.actor, role) for role in rules.roles)
    apart = kept_apart(rules.not_by, form, scope, act)
    wants_reason = sealed = _is_sealed(original, act, lookup)
    told: list[Unmet] = []
    for name in changed:
        steps = _gave(original, name) or _asking_now(original, name)
        against = [people(step, form, scope, act) for step in steps]
        for step in steps:
            apart += kept_apart(step.not_by, form, scope, act)
        if against and all(against):
            told += [] if lead else against[0]
            wants_reason = True
        elif not steps and not lead:
            told.append(_wants_role(form, act, "edit_wants_role", form.label_of(name)))
    if sealed and not lead:
        told = [_wants_role(form, act, "edit_sealed", form.title)]
    if apart:
        told = apart
    yield from distinct(told)
    if changed and wants_reason and lead and not apart and not reason:
        sentence = Sentence("edit_wants_reason", field=REASON)
        yield Unmet(Want.REASON, sentence, form.name, ("reason",))


def _is_sealed(record: Record, act: Act, lookup: Lookup) -> bool:
    """Whether a record was signed, paid or put up, as the form says, and is corrected by few."""
    sealed = record.form.edit.sealed
    scope = Scope(record.form, record.values, act, lookup)
    return sealed is not None and bool(evaluate(sealed, scope))


def _wants_role(form: Form, act: Act, key: Key, what: Label) -> Unmet:
    roles = act.staff.label(form.edit.roles)
    return Unmet(Want.ROLE, Sentence(key, what=what, roles=roles, actor=act.actor), form.name)


def refusal_of(correction: Correction, act: Act, lookup: Lookup) -> Problem:
    """Why a correction is not made: 4 where something may not be changed so, else 2."""
    record = correction.original
    refused = {Want.FIXED, Want.ROLE, Want.PERSON, Want.GUARD, Want.STATE}
    if any(one.kind in refused for one in correction.unmet):
        steps = next_steps(record, act, lookup)
        return Refused(
            Refusal(record.id, record.state, record.state_label, correction.unmet, steps)
        )
    return Usage(*correction.unmet)


def check_editable(record: Record, act: Act, lookup: Lookup) -> None:
    """Raise Usage for a record of a form that is never edited."""
    if record.form.no_edit is None:
        return
    said = render(record.form.no_edit, Scope(record.form, record.values, act, lookup))
    raise Usage(Unmet(Want.FIXED, said, record.form.name))


def subject_of(correction: Correction) -> str:
    """The first line of the commit of one edit: which fields, never their values."""
    form = correction.original.form
    labels = "、".join(form.label_of(name).zh for name in correction.changed)
    what = f" → {labels}" if labels else ""
    return f"{form.name} {correction.original.id}: edit {LABEL.zh}{what}"

"""Making a record and taking a step: conditions are met, the record and those it touches change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pmcli.dataclass import dataclass
from pmcli.form.expressions import evaluate
from pmcli.form.formula import Formula
from pmcli.form.model import Creation, Form, Transition, Update
from pmcli.form.values import display
from pmcli.messages import Sentence, Speakable
from pmcli.problems import Conflict, NotFound, Refusal, Refused, Unmet, Usage, Want
from pmcli.record.event import Kind
from pmcli.record.masking import secrets_of
from pmcli.record.model import Record, RecordView, public_values
from pmcli.record.numbers import is_safe
from pmcli.workflow import conditions
from pmcli.workflow.act import Act
from pmcli.workflow.assigning import assigned, literal, new_rows
from pmcli.workflow.change import Change
from pmcli.workflow.draft import Draft, Work
from pmcli.workflow.erasing import still_named
from pmcli.workflow.following import follow
from pmcli.workflow.inputs import (
    Given,
    merged_rows,
    parse_given,
    refuse_unused,
    row_key,
    told_too_much,
)
from pmcli.workflow.repository import Lookup
from pmcli.workflow.scope import Scope


@dataclass
class Outcome(Change):
    """What a step comes to: the records it writes, its own first, and sentences for the clerk."""

    @property
    def main(self) -> Draft:
        """The record that the step was taken on, or that it made."""
        return self.drafts[0]


@dataclass(frozen=True)
class New:
    """Make a record of a form with what is given."""

    form: Form
    given: Given

    def plan(self, act: Act, lookup: Lookup) -> Outcome:
        """Raises Usage (2) or Refused (4); nothing outside is touched."""
        work = Work(lookup)
        warnings: list[Speakable] = []
        draft = draft_new(self.form, self.given, act, work, warnings)
        return _outcome(draft, self.form.new, act, work, warnings)


@dataclass(frozen=True)
class Take:
    """Take a step on the record that a number, or a part of one, means."""

    form: Form
    command: str
    number: str
    given: Given

    def plan(self, act: Act, lookup: Lookup) -> Outcome:
        """Raises NotFound (3), Usage (2) or Refused (4); nothing outside is touched."""
        work = Work(lookup)
        warnings: list[Speakable] = []
        record = find(self.form, self.number, lookup)
        draft, step = draft_step(self.form, self.command, record, self.given, act, work, warnings)
        return _outcome(draft, step, act, work, warnings)


def find(form: Form, part: str, lookup: Lookup) -> Record:
    """The record of a form that a part of a number means; a home's may be spelt 3栋2单元501.

    Raises NotFound, or Unreadable for a broken file.
    """
    from pmcli.form.units import normalise

    spelt = (normalise(part) or part) if form.number_field is not None else part
    record = lookup.by_id(lookup.resolve(spelt, (form.name,)))
    if record is None:
        raise NotFound(Sentence("no_record", part=part, forms=[form.title]))
    return record


def draft_new(
    form: Form,
    given: Given,
    act: Act,
    work: Work,
    warnings: list[Speakable],
    origin: Origin | None = None,
    values: Mapping[str, Any] | None = None,
) -> Draft:
    """Draft a new record among those of `work`; raises Usage or Refused, `work` is then spoilt.

    `values` are what a table's row gives it, typed already.
    """
    return _new(form, given, values or {}, act, work, warnings, origin or Origin())


def draft_step(
    form: Form,
    command: str,
    record: Record,
    given: Given,
    act: Act,
    work: Work,
    warnings: list[Speakable],
    origin: Origin | None = None,
    preset: Mapping[str, Any] | None = None,
) -> tuple[Draft, Transition]:
    """Draft a step on a record among the drafts of `work`.

    `preset` are values that another record's step, `origin`, gives it, typed already. Raises Usage
    or Refused; `work` is then spoilt.
    """
    draft = work.open(record.id)
    assert draft is not None
    form, stored = _drafting(form, record.values, act, work)
    draft.form = form
    step = form.variant(command, record.state)
    own = step or form.transitions[command][0]
    inputs = parse_given(form, [*own.inputs, *_notes(own)], given, act, work)
    inputs = {**inputs, **(preset or {})}
    if step is None:
        wrong = conditions.wrong_state(record, command)
        due = conditions.still_due(record, act, work)
        raise conditions.refuse(record, act, work, [wrong], command, notes=due)
    conditions.check_time(record, act)
    values = {**stored, **_with_inputs(form, record.values, inputs)}
    before = RecordView(record)
    scope = Scope(form, values, act, work, given=inputs, before=before, **_notes_given(inputs))
    early, late, mild = conditions.split_guards(step, scope)
    unmet = conditions.people(step, form, Scope(form, record.values, act, work), act)
    more, see = conditions.unmet_guards(early, scope, form, step)
    if unmet or more:
        retry = not unmet and conditions.may_retry(more, inputs)
        but = "" if retry else command
        raise conditions.refuse(record, act, work, [*unmet, *more], but, see)
    conditions.check_needs(step, form, inputs, scope)
    more, see = conditions.unmet_guards(late, scope, form, step)
    if more:
        but = "" if conditions.may_retry(more, inputs) else command
        raise conditions.refuse(record, act, work, more, but, see)
    warnings += conditions.unmet_guards(mild, scope, form, step)[0]
    if step.erases_private:
        warnings += still_named(record, work)
    _apply(draft, step, inputs, given, act, work, warnings, origin)
    draft.close()
    return draft, step


def settle(work: Work, act: Act) -> list[Draft]:
    """Bring the links up to date that pmcli keeps, and return all drafts there are to write."""
    for other, source in follow(work, act):
        touch(other, source, act)
    return work.touched


def _drafting(
    form: Form, values: Mapping[str, Any], act: Act, work: Work
) -> tuple[Form, dict[str, Any]]:
    """The form with the inputs of the record's text template, and the variables it keeps."""
    plan = form.templates
    key = values.get(plan.by) if plan is not None else None
    if plan is None or not key or key == plan.free:
        return form, {}
    from pmcli.form.templates import variables_of

    template = work.library.template(form, key)
    return work.library.drafted(form, key), variables_of(
        template, values.get(plan.values) or (), act.zone
    )


def _notes(step: Transition) -> list[str]:
    return [name for name in ("reason", "note") if name not in step.inputs]


def _notes_given(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {name: inputs.get(name) for name in ("reason", "note")}


def _with_inputs(
    form: Form, values: Mapping[str, Any], inputs: Mapping[str, Any]
) -> dict[str, Any]:
    """A record's values with what a step is given, what it only passes on included."""
    merged = dict(values)
    for name, value in inputs.items():
        if name in form.fields:
            merged[name] = merged_rows(form, name, values.get(name), value)
    return merged


@dataclass(frozen=True)
class Origin:
    """Where a step or a new record comes from: the clerk, another record's step, a table's row."""

    parent: str | None = None
    """The number of the record whose step takes or makes it."""
    kind: Kind = Kind.STEP
    note: str | None = None
    complete: bool = True
    """Whether it must have all that the form demands; what is taken in from a table may lack it."""


def _new(
    form: Form,
    given: Given,
    preset: Mapping[str, Any],
    act: Act,
    work: Work,
    warnings: list[Speakable],
    origin: Origin,
) -> Draft:
    """Make a draft of a new record; `preset` are values that a parent step or a table gives it.

    This is the only place that makes a record.
    """
    if form.templates is not None:
        named = [*given.get(form.templates.by, ()), preset.get(form.templates.by)]
        form = work.library.drafted(form, named[0])
    step = form.new
    inputs = parse_given(form, [*step.inputs, *_notes(step)], given, act, work)
    inputs = {**inputs, **preset}
    for name, spec in form.fields.items():
        if spec.default is not None and inputs.get(name) is None:
            (inputs[name],) = parse_given(form, [name], {name: [spec.default]}, act, work).values()
    values: dict[str, Any] = {
        name: value for name, value in _with_inputs(form, {}, inputs).items() if value is not None
    }
    values["form"] = form.name
    scope = Scope(form, values, act, work, given=inputs, **_notes_given(inputs))
    early, late, mild = conditions.split_guards(step, scope)

    def refuse_unmet(unmet: Sequence[Unmet], see: Sequence[str]) -> None:
        if unmet:
            raise Refused(Refusal("", "", form.title, tuple(unmet), (), tuple(see)))

    unmet = [] if origin.parent is not None else conditions.people(step, form, scope, act)
    more, see = conditions.unmet_guards(early, scope, form, step)
    refuse_unmet([*unmet, *more], see)
    conditions.check_needs(step, form, inputs, scope, origin.complete)
    if not origin.complete:
        late = conditions.knowable(late, form, [n for n in step.asks if inputs.get(n) is None])
    refuse_unmet(*conditions.unmet_guards(late, scope, form, step))
    warnings += conditions.unmet_guards(mild, scope, form, step)[0]
    number = _number(form, values, act, work)
    draft = Draft(form, {"id": number, "form": form.name, "state": ""})
    draft.values |= {"created_at": act.at, "created_by": act.actor, "keeper": act.actor}
    if origin.parent is not None:
        draft.values["source"] = origin.parent
    work.add(draft)
    _apply(draft, step, inputs, given, act, work, warnings, origin)
    draft.close()
    return draft


def _number(form: Form, values: Mapping[str, Any], act: Act, work: Work) -> str:
    if form.number_field is None:
        return work.new_number(form, act.today)
    number = str(values[form.number_field])
    taken = is_safe(number) and work.by_id(number) is not None
    if taken or not is_safe(number):
        said = Sentence("number_taken" if taken else "bad_number", value=number)
        raise Usage(Unmet(Want.VALUE, said, form.name, (form.number_field,)))
    return number


def _apply(
    draft: Draft,
    step: Transition,
    inputs: Mapping[str, Any],
    given: Given,
    act: Act,
    work: Work,
    warnings: list[Speakable],
    origin: Origin | None = None,
) -> None:
    form = draft.form
    origin = origin or Origin()
    before = dict(draft.values)
    view = RecordView(draft.record if step.command != "new" else None)
    merged = _with_inputs(form, before, inputs)
    passed = dict(_drafting(form, before, act, work)[1])
    for name in inputs:
        if name not in form.fields:
            continue
        if form.fields[name].kept:
            draft.put(name, merged[name])
        else:
            passed[name] = merged[name]
    if step.erases_private:
        left = public_values(form, draft.values)
        for name in form.fields:
            draft.put(name, left.get(name))

    def scope(**more: Any) -> Scope:
        notes = _notes_given(inputs)
        values = {**draft.values, **passed}
        return Scope(form, values, act, work, given=inputs, before=view, **notes, **more)

    for name, value in step.set.items():
        draft.put(name, assigned(form, name, value, scope()))
    for name, written in step.fill.items():
        draft.put(name, new_rows(form.fields[name], written, scope()))
    target = evaluate(step.to, scope()) if isinstance(step.to, Formula) else step.to
    state = before["state"] if target == "same" else str(target)
    if state not in form.states:
        raise Conflict(Sentence("no_such_state", state=state, form=form.name))
    draft.put("state", state)
    if step.command != "new":
        stem = step.command.replace("-", "_")
        draft.put(f"{stem}_at", act.at)
        draft.put(f"{stem}_by", act.actor)
    draft.append(
        origin.kind,
        act,
        command=step.command,
        was_in=before["state"] or None,
        reason=inputs.get("reason") if "reason" not in form.fields else None,
        note=origin.note or (inputs.get("note") if "note" not in form.fields else None),
        cause=origin.parent,
    )
    created = [
        made
        for creation in step.creates
        if (made := _make(draft, creation, given, scope(), act, work, warnings)) is not None
    ]
    refuse_unused(form, step, given, created, work)
    warnings += told_too_much(form, inputs)
    for name, written in step.append.items():
        spec, present = form.fields[name], list(draft.values.get(name) or [])
        known = {row_key(spec, row) for row in present} if spec.key else set()
        for row in new_rows(spec, written, scope(created=created)):
            if row_key(spec, row) not in known:
                present.append(row)
        draft.put(name, present)
    for update in step.updates:
        _update(update, draft, scope(created=created), act, work, warnings)
    told, _ = conditions.unmet_guards(step.tells, scope(created=created), form, step)
    warnings += told


def _make(
    parent: Draft,
    creation: Creation,
    given: Given,
    scope: Scope,
    act: Act,
    work: Work,
    warnings: list[Speakable],
) -> str | None:
    """Make or move the record of one `create` entry; None when it does not apply."""
    if creation.when is not None and not evaluate(creation.when, scope):
        return None
    name = evaluate(creation.form, scope) if isinstance(creation.form, Formula) else creation.form
    if not name:
        return None
    form = work.library.get(str(name))
    if form.templates is not None:
        text = creation.values.get(form.templates.by)
        form = work.library.drafted(form, literal(text, scope))
    preset = {
        field_name: result
        for field_name, value in creation.values.items()
        if field_name in form.fields
        and (result := assigned(form, field_name, value, scope)) is not None
    }
    held = _same(parent, creation, preset, work)
    if held is not None:
        for field_name, value in preset.items():
            held.put(field_name, value)
        if held.changes:
            touch(held, parent.id, act)
        return held.id
    offered = {n: t for n, t in given.items() if n not in creation.fixed}
    own = {n: v for n, v in preset.items() if n in creation.fixed or not offered.get(n)}
    child_given = {n: t for n, t in offered.items() if n in form.new.inputs}
    if creation.same:
        own, child_given = preset, {}
    made = _new(form, child_given, own, act, work, warnings, Origin(parent=parent.id))
    if creation.keep is not None and parent.form.fields[creation.keep].follows is None:
        keep_many = parent.form.fields[creation.keep].many
        present = parent.values.get(creation.keep) or []
        parent.put(creation.keep, [*present, made.id] if keep_many else made.id)
    return made.id


def _same(parent: Draft, creation: Creation, preset: Mapping[str, Any], work: Work) -> Draft | None:
    """The open record among those kept that agrees in the `same` fields."""
    if not creation.same or creation.keep is None:
        return None
    kept = parent.values.get(creation.keep) or []
    for number in kept if isinstance(kept, list) else [kept]:
        record = work.by_id(number)
        agrees = record is not None and all(
            record.get(name) == preset.get(name) for name in creation.same
        )
        if record is not None and record.open and agrees:
            return work.open(number)
    return None


def touch(draft: Draft, source: str, act: Act) -> None:
    """Note in a record's history that it changed because another one, `source`, did."""
    draft.append(Kind.LINK, act, cause=source)


def _update(
    update: Update,
    draft: Draft,
    scope: Scope,
    act: Act,
    work: Work,
    warnings: list[Speakable],
) -> None:
    if update.when is not None and not evaluate(update.when, scope):
        return
    if isinstance(update.record, Formula):
        target = evaluate(update.record, scope)
    else:
        target = draft.values.get(update.record)
    for number in target if isinstance(target, list) else [target] if target else []:
        other = work.open(str(number))
        if other is None:
            continue
        before = dict(other.changes)
        for name, value in update.set.items():
            other.put(name, assigned(other.form, name, value, scope))
        for name, value in update.add.items():
            present = list(other.values.get(name) or [])
            result = literal(value, scope)
            for item in result if isinstance(result, list) else [result]:
                if item and item not in present:
                    present.append(item)
            other.put(name, present)
        for name, value in update.remove.items():
            gone = literal(value, scope)
            present = [item for item in other.values.get(name) or [] if item != gone]
            other.put(name, present)
        if other is not draft and other.changes != before:
            touch(other, draft.id, act)
        if update.take:
            _take(update, draft, other, scope, act, work, warnings)


def _take(
    update: Update,
    draft: Draft,
    other: Draft,
    scope: Scope,
    act: Act,
    work: Work,
    warnings: list[Speakable],
) -> None:
    """Take a step on another record, under all that this step demands; raises Usage or Refused."""
    if other.form.name not in update.forms:
        raise Conflict(Sentence("take_of_other", id=other.id, command=update.take))
    given = {name: literal(value, scope) for name, value in update.give.items()}
    origin = Origin(parent=draft.id)
    with work.stepping(draft.id, other.id):
        try:
            draft_step(
                other.form, update.take, other.record, {}, act, work, warnings, origin, given
            )
        except Usage as usage:
            raise conditions.usage_of_other(other.id, usage.unmet) from None


def _outcome(
    draft: Draft, step: Transition, act: Act, work: Work, warnings: list[Speakable]
) -> Outcome:
    changed = settle(work, act)
    if not act.staff.named:
        warnings.append(Sentence("staff_unnamed"))
    form = draft.form
    state = form.states[draft.values["state"]].label
    headline = ""
    if step.headline is not None and not form.is_private(step.headline):
        spec = form.fields.get(step.headline)
        said = display(draft.values.get(step.headline), spec, "zh")
        headline = secrets_of([draft.record]).masked(said)
    subject = f"{form.name} {draft.id}: {step.command} {step.label.zh} → {headline or state.zh}"
    return Outcome([draft, *(d for d in changed if d is not draft)], subject, warnings)

"""What may be edited by hand: one judgement for `edit`, `save` and whoever else asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from pmcli.form.expressions import render
from pmcli.form.model import CORE_FIELDS, FieldSpec, Form, Transition
from pmcli.form.values import BadValue, Surroundings, display, parse_input
from pmcli.messages import Label, Sentence, Speakable
from pmcli.problems import Problem
from pmcli.record.model import Record, Row
from pmcli.workflow.act import Act, Lookup
from pmcli.workflow.conditions import lacking, plain_needs
from pmcli.workflow.draft import Draft, Work
from pmcli.workflow.engine import touch
from pmcli.workflow.following import follow
from pmcli.workflow.inputs import input_hint, surroundings
from pmcli.workflow.scope import Scope

COMMAND = "edit"
LABEL = Label("手工修改", "edited by hand")


@dataclass(frozen=True)
class Objection:
    """Why one key cannot stand as it was edited.

    `forbidden` tells what may not be changed at all from a value that only has to be right.
    """

    key: str
    sentence: Speakable
    forbidden: bool


@dataclass(frozen=True)
class Judgement:
    """What an edit comes to: the values to keep, what changed, and what stands against it."""

    original: Record
    edited: Record
    values: Mapping[str, Any]
    """The edited values as the form writes them: a choice by its key, a number in full."""
    changed: tuple[str, ...]
    """Fields and the office's own keys that differ, in file order."""
    unknown: tuple[str, ...]
    """Keys that the form does not know and that were not there before."""
    objections: tuple[Objection, ...]

    @property
    def fine(self) -> bool:
        """Whether the edit may be kept."""
        return not self.objections


def judge(original: Record, edited: Record, act: Act, lookup: Lookup) -> Judgement:
    """Judge a record edited by hand against what it was.

    What pmcli writes stays as it is: number, state, stamps, history and fields it fills itself.
    Other fields may be corrected while the record is open, and what a step has asked for may be
    corrected but not taken out. The body, the owner's words, changes only where a step that is
    legal now asks for it. Comments and keys of the office's own are free.
    """
    form = original.form
    names = [*CORE_FIELDS, *form.fields, *sorted(form.stamp_names)]
    changed = [name for name in names if original.get(name) != edited.get(name)]
    keys = dict.fromkeys([*original.extra, *edited.extra])
    own = [key for key in keys if original.extra.get(key) != edited.extra.get(key)]
    objections: list[Objection] = []
    if list(original.history) != list(edited.history):
        objections.append(Objection("history", Sentence("edit_history"), True))
    values = dict(edited.values)
    around = surroundings(act, lookup)
    for name in changed:
        forbidden = _forbidden(name, original, edited)
        if forbidden is not None:
            objections.append(Objection(name, forbidden, True))
            continue
        if edited.get(name) is None:
            continue
        try:
            values[name] = _checked(form.fields[name], edited.get(name), around)
        except BadValue as bad:
            objections.append(Objection(name, bad.sentence, False))
        except Problem as problem:
            objections += [Objection(name, s, False) for s in problem.sentences]
    objections += _taken_out(original, values, act, lookup)
    return Judgement(
        original,
        edited,
        values,
        (*changed, *own),
        tuple(key for key in own if key not in original.extra),
        tuple(objections),
    )


def _forbidden(name: str, original: Record, edited: Record) -> Sentence | None:
    """Why a name may not be changed in this record at all; None where it may."""
    form = original.form
    label = form.label_of(name)
    spec = form.fields.get(name)
    if spec is None or spec.auto or not spec.kept or name == form.number_field:
        return Sentence("edit_of_pmcli", field=label, key=name)
    if spec.append_only:
        return Sentence("edit_append_only", field=label)
    if not original.open:
        return Sentence("edit_final", field=label, state=original.state_label)
    asked = any(
        name in step.inputs
        for step in form.legal_from(original.state)
        if "system" not in step.roles
    )
    if spec.body and not asked:
        return Sentence("edit_words", field=label)
    if _filled(spec, original.get(name)) != _filled(spec, edited.get(name)):
        return Sentence("edit_auto_columns", field=label)
    return None


def _filled(spec: FieldSpec, rows: Any) -> list[list[Any]]:
    """What pmcli itself has written into the rows of a field."""
    names = [column.name for column in spec.columns.values() if column.auto]
    if not names:
        return []
    cells = [[row.get(name) for name in names] for row in rows or ()]
    return [row for row in cells if any(cell is not None for cell in row)]


def _checked(spec: FieldSpec, value: Any, around: Surroundings) -> Any:
    """A value of a file as if it had been typed; raises BadValue or a Problem."""
    if spec.type == "rows":
        return [_checked_row(spec, row, around) for row in value]
    if spec.many:
        return [parse_input(spec, _typed(item), around) for item in value]
    return parse_input(spec, _typed(value), around)


def _checked_row(spec: FieldSpec, row: Row, around: Surroundings) -> Row:
    checked = {
        name: parse_input(spec.columns[name], _typed(cell), around)
        if name in spec.columns and cell is not None
        else cell
        for name, cell in row.items()
    }
    missing = [c.label for c in spec.columns.values() if c.required and checked.get(c.name) is None]
    if missing:
        raise BadValue(Sentence("edit_row_lacks", field=spec.label, columns=missing))
    return {name: cell for name, cell in checked.items() if cell is not None}


def _typed(value: Any) -> str:
    """A value as a clerk would type it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    return str(value)


def _taken_out(
    original: Record, values: Mapping[str, Any], act: Act, lookup: Lookup
) -> Iterator[Objection]:
    """What the steps taken so far asked for and is no longer there or no longer fits."""
    form = original.form
    before = Scope(form, original.values, act, lookup)
    after = Scope(form, values, act, lookup)
    told: set[str] = set()
    for step in _taken(original):
        for name in step.asks:
            if original.get(name) is not None and values.get(name) is None and name not in told:
                told.add(name)
                sentence = Sentence("edit_taken_out", field=form.label_of(name), step=step.label)
                yield Objection(name, sentence, False)
        for need in plain_needs(step, form):
            names = lacking(need, form, after)
            if names is None or lacking(need, form, before) is not None:
                continue
            key = next(iter([*names, *need.give, *need.any_of, *need.one_of]), "")
            if key in told:
                continue
            told.add(key)
            if need.say is not None:
                yield Objection(key, render(need.say, after), False)
            else:
                hints = [input_hint(form, name) for name in names]
                yield Objection(key, Sentence("edit_needs", fields=hints), False)


def _taken(record: Record) -> Iterable[Transition]:
    """The steps in a record's history, each once."""
    found: dict[int, Transition] = {}
    for row in record.history:
        for step in record.form.transitions.get(str(row.get("command")), ()):
            if step.command == "new" or row.get("from") in step.from_:
                found[id(step)] = step
    return found.values()


def row_of(judgement: Judgement, act: Act, note: str | None = None) -> Row:
    """The history row of an edit; like a step's it repeats no private or long value."""
    form, original = judgement.original.form, judgement.original
    times = [row["at"] for row in original.history if row.get("at")]
    at = max([act.at, *times])
    return {
        "at": at,
        "typed_at": act.typed_at if act.typed_at != at else None,
        "by": act.actor,
        "command": COMMAND,
        "note": note,
        "changed": list(judgement.changed),
        "was": {
            name: display(original.get(name), form.fields[name], "zh")
            for name in judgement.changed
            if name in form.fields
            and original.get(name) is not None
            and not form.fields[name].private
            and form.fields[name].type not in ("rows", "longtext")
        },
    }


@dataclass(frozen=True)
class Edits:
    """Edits to be committed together: drafts to write and the commit's subject."""

    drafts: list[Draft]
    subject: str


def compose(
    judgements: Iterable[Judgement], act: Act, lookup: Lookup, note: str | None = None
) -> list[Draft]:
    """The drafts that edits come to, those of records whose lists follow them included."""
    work = Work(lookup)
    by_number = {judgement.original.id: judgement for judgement in judgements}
    for judgement in by_number.values():
        draft = Draft(judgement.original.form, dict(judgement.original.values), judgement.original)
        for name in {*judgement.values, *judgement.original.values}:
            draft.put(name, judgement.values.get(name))
        draft.rows.append(row_of(judgement, act, note))
        work.add(draft)
    for other, source in follow(work, act):
        touch(other, source, act)
    return [
        _on_text(draft, by_number[draft.id].edited) if draft.id in by_number else draft
        for draft in work.touched
    ]


def _on_text(draft: Draft, edited: Record) -> Draft:
    """A draft whose file is what the clerk wrote, not what it was before."""
    names = {*draft.values, *edited.values}
    changes = {n: draft.values.get(n) for n in names if draft.values.get(n) != edited.get(n)}
    return Draft(draft.form, draft.values, edited, changes, draft.rows)


def subject_of(form: Form, judgement: Judgement) -> str:
    """The first line of the commit of one edit: which fields, never their values."""
    labels = "、".join(form.label_of(name).zh for name in judgement.changed)
    what = f" → {labels}" if labels else ""
    return f"{form.name} {judgement.original.id}: {COMMAND} {LABEL.zh}{what}"

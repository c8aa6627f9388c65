"""A record corrected with a person: what is to change, the new values, all of it confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pmcli.cli import asking, output
from pmcli.cli.answering import ask_field
from pmcli.cli.picking import Entry, pick
from pmcli.cli.question import Room
from pmcli.form.model import FieldSpec
from pmcli.form.values import display
from pmcli.messages import Label, Sentence
from pmcli.problems import NotFound, Problem, Refused, Unreadable, Usage, Want
from pmcli.record.model import Record
from pmcli.workflow.correcting import Edit, editable
from pmcli.workflow.edited_values import typed
from pmcli.workflow.edits import Corrected
from pmcli.workflow.inputs import NOTES

_YES = {"", "y", "yes", "是", "好", "ok"}
_NO = {"n", "no", "否", "不"}


@dataclass(frozen=True)
class Held(Entry):
    """A field with what the record holds, for a person to choose it by."""

    held: str = ""

    @property
    def value(self) -> str:
        """What the record holds, as a person reads it."""
        return self.held


def corrected(command: Edit, record: Record, room: Room) -> Edit:
    """Ask what is to be corrected where nothing is given yet, then for consent.

    Nothing is written here. Raises the refusal where the person changes nothing more, and
    KeyboardInterrupt for Ctrl-C.
    """
    state = record.state_label
    title = Sentence("edit_title", id=record.id, form=record.form.title, state=state)
    asking.tell(title)
    alone = False
    while True:
        if not command.given:
            command = _with_values(command, record, room)
        try:
            change = command.plan(room.act, room.store.records)
        except (Usage, Refused) as problem:
            command = _mended(command, problem, record, room)
            continue
        if not change.drafts:
            return command
        if change.alike and not command.alike and not alone:
            alone = not _alike_too(change, room)
            command = replace(command, alike=not alone)
            continue
        if _confirmed(change, room):
            return command
        command, alone = replace(command, given={}, alike=False), False


def _entries(record: Record, room: Room) -> list[Held]:
    form = record.form
    found = []
    for name in editable(record):
        spec, value = form.fields[name], record.get(name)
        if value is None and not any(name in step.inputs for step in form.transitions["new"]):
            continue
        found.append(Held(form, name, _shown(value, spec, room.language)))
    return found


def _shown(value: object, spec: FieldSpec | None, language: str) -> str:
    if value is None:
        return Sentence("history_empty").text(language)
    return display(value, spec, language)


def _with_values(command: Edit, record: Record, room: Room) -> Edit:
    """Let fields be chosen from those of the record, and ask for each anew."""
    entries = _entries(record, room)
    while True:
        chosen = pick("edit_which", entries, room.language)
        if chosen:
            break
        asking.tell(Sentence("edit_pick_one"))
    given: dict[str, Sequence[str]] = dict(command.given)
    for entry in chosen:
        held = record.get(entry.name)
        texts = ask_field(entry.spec, room, False, _present(entry.spec, held), held)
        given[entry.name] = texts or [""]
    return replace(command, given=given)


def _present(spec: FieldSpec, held: object) -> list[str]:
    """What stands there to be retyped; of a list of choices nothing, for it is answered anew."""
    if held is None or spec.choices or spec.type == "rows" or spec.many:
        return []
    return [typed(held)]


def _mended(command: Edit, problem: Problem, record: Record, room: Room) -> Edit:
    """The command with a reason where only that is wanting, else with other values.

    Raises the problem where the person leaves it at that.
    """
    if isinstance(problem, (NotFound, Unreadable)):
        raise problem
    wants = [one.kind for one in problem.unmet]
    if wants == [Want.REASON]:
        for sentence in problem.sentences:
            asking.tell(sentence)
        texts = ask_field(NOTES["reason"], room, True)
        return replace(command, reason=texts[0])
    for line in output.problem_lines(problem, room.language):
        asking.tell(Label(line, line))
    entries = _entries(record, room)
    chosen = pick("edit_change", entries, room.language)
    if not chosen:
        raise problem
    kept = {name: texts for name, texts in command.given.items() if _again(name, problem)}
    given: dict[str, Sequence[str]] = dict(kept)
    for entry in chosen:
        held = record.get(entry.name)
        given[entry.name] = ask_field(
            entry.spec, room, False, _present(entry.spec, held), held
        ) or [""]
    return replace(command, given=given)


def _again(name: str, problem: Problem) -> bool:
    """Whether what was given for a field is not what the problem is about."""
    return all(name not in one.fields for one in problem.unmet)


def _alike_too(change: Corrected, room: Room) -> bool:
    """Whether linked open records that say the same are to be corrected with it."""
    for other, names in change.alike:
        labels: list[object] = [other.form.label_of(name) for name in names]
        asking.tell(Sentence("edit_also", id=other.id, title=other.form.title, fields=labels))
    while True:
        label = Sentence("edit_also_ask", count=len(change.alike)).text(room.language)
        word = asking.ask(label, Sentence("edit_yes_no").text(room.language)).strip().casefold()
        if word in _YES:
            return True
        if word in _NO:
            return False


def _confirmed(change: Corrected, room: Room) -> bool:
    """Show each field with its old and new value; False to begin anew."""
    for correction in change.corrections:
        record = correction.original
        for name in (*correction.changed, *correction.worked_out):
            spec = record.form.fields.get(name)
            old = _shown(record.get(name), spec, room.language)
            new = _shown(correction.values.get(name), spec, room.language)
            label = record.form.label_of(name)
            asking.tell(Sentence("edit_line", id=record.id, field=label, old=old, new=new))
    while True:
        question = Sentence("edit_confirm").text(room.language)
        word = asking.ask(
            question, Sentence("edit_yes_no").text(room.language), escape_ends=True
        )  # fmt: skip
        if word.strip().casefold() in _YES:
            return True
        if word.strip().casefold() in _NO:
            return False

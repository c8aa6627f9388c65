"""A record corrected with a person: what is to change, the new values, all of it confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pmcli.cli.guided import prompt
from pmcli.cli.guided.answers import ask_field
from pmcli.cli.guided.picking import Entry, NotListed, named, pick
from pmcli.cli.guided.question import Room
from pmcli.cli.guided.retyping import partly_filled, retype
from pmcli.cli.guided.summary import row_line
from pmcli.cli.line import output
from pmcli.cli.line.corrections import told_outdated
from pmcli.dataclass import dataclass
from pmcli.form.field import FieldSpec
from pmcli.form.values import display
from pmcli.messages import Label, Sentence
from pmcli.problems import Conflict, Problem, Refusal, Refused, Unmet, Usage, Want
from pmcli.record.model import Record
from pmcli.workflow.act import Act
from pmcli.workflow.conditions import next_steps
from pmcli.workflow.correcting import Edit, editable
from pmcli.workflow.edits import Corrected, unchangeable
from pmcli.workflow.inputs import NOTES, merged_rows, parse_given
from pmcli.workflow.repository import Lookup

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

_LISTED = 20
"""Columns that a value may take in a list of fields, so that two stand beside each other."""
Shown = Mapping[tuple[str, str], Any]
"""What a person has been shown as the old values, by the record's number and the field."""


@dataclass(frozen=True)
class Agreed:
    """A correction as a person has agreed to it: of these values and no others."""

    command: Edit
    shown: Shown

    def plan(self, act: Act, lookup: Lookup) -> Corrected:
        """As Edit; raises Conflict (5) where a value is no longer what was shown as the old one."""
        change = self.command.plan(act, lookup)
        if _old_values(change) != self.shown:
            raise Conflict(Sentence("edit_meanwhile", id=self.command.number))
        return change


@dataclass(frozen=True)
class Held(Entry):
    """An input with what stands there, for a person to choose it by."""

    held: str = ""

    @property
    def value(self) -> str:
        """What stands there, as a person reads it."""
        return self.held


class Dialogue:
    """The questions of one correction. Nothing is written in it."""

    def __init__(self, command: Edit, record: Record, room: Room) -> None:
        self.command = command
        self.record = record
        self.room = room
        self.alike_settled = command.alike

    def run(self) -> Agreed | None:
        """The course of the questions; None where nothing is to be changed.

        Raises LeftOff where the person stops at a refusal that was shown, KeyboardInterrupt for
        Ctrl-C.
        """
        self.tell_title()
        if not self.command.given:
            self.refuse_if_closed()
            prompt.tell(Sentence("ask_how"))
            if not self.change_some("edit_which"):
                return None
        while True:
            change = self.planned()
            if not change.drafts:
                return None
            if change.alike and not self.alike_settled:
                self.settle_alike(change)
            elif self.confirmed(change):
                return Agreed(self.command, _old_values(change))

    def tell_title(self) -> None:
        """Say which record is corrected."""
        record = self.record
        state = record.state_label
        prompt.tell(Sentence("edit_title", id=record.id, form=record.form.title, state=state))

    def refuse_if_closed(self) -> None:
        """Raise Refused for a record of which nothing is corrected any more."""
        record, room = self.record, self.room
        if record.open:
            return
        said = Sentence("edit_closed", state=record.state_label)
        unmet = (Unmet(Want.STATE, said, record.form.name),)
        steps = next_steps(record, room.act, room.store.records)
        raise Refused(Refusal(record.id, record.state, record.state_label, unmet, steps))

    def planned(self) -> Corrected:
        """What the correction comes to, once nothing stands against it."""
        while True:
            try:
                return self.command.plan(self.room.act, self.room.store.records)
            except (Usage, Refused) as problem:
                self.mend(problem)

    def mend(self, problem: Problem) -> None:
        """Ask for a reason where only that is wanting, else let values be changed."""
        if [one.kind for one in problem.unmet] == [Want.REASON]:
            for sentence in problem.sentences:
                prompt.tell(sentence)
            self.ask_reason()
            return
        for line in output.problem_lines(problem, self.room.language):
            prompt.tell(Label(line, line))
        if not self.change_some("edit_change"):
            raise prompt.LeftOff(problem)

    def change_some(self, key: Key) -> bool:
        """Let fields be chosen and retype them; False where none was."""
        while True:
            chosen = pick(key, self.entries(), self.room.language)
            if self.retype(chosen):
                return bool(chosen)

    def retype(self, chosen: Sequence[Entry]) -> bool:
        """Ask for inputs with what stands there; False, and why, where one cannot be changed."""
        fields = self.record.form.fields
        records = self.room.store.records
        against = (
            unchangeable(entry.name, self.record, self.room.act, records)
            for entry in chosen
            if entry.name in fields
        )
        fixed = [unmet for unmet in against if unmet is not None]
        if fixed:
            prompt.tell_wrong(fixed)
            return False
        for entry in chosen:
            if entry.name in fields:
                self.ask_value(entry)
            else:
                self.ask_reason()
        return True

    def ask_value(self, entry: Entry) -> None:
        """Ask for a field and note the answer."""
        texts = retype(entry.spec, self.room, self.standing(entry.name)) or [""]
        whole = self.command.whole
        if entry.spec.kind.rows and not partly_filled(entry.spec):
            whole |= {entry.name}
        given = {**self.command.given, entry.name: texts}
        self.command = replace(self.command, given=given, whole=whole)
        self.alike_settled = self.command.alike

    def ask_reason(self) -> None:
        """Ask for the reason, with the one given standing there."""
        before = [self.command.reason] if self.command.reason else []
        (text,) = ask_field(NOTES["reason"], self.room, True, before)
        self.command = replace(self.command, reason=text)

    def standing(self, name: str) -> Any:
        """What stands in a field: what was given for it if that can be read, else what is held."""
        form, held, given = self.record.form, self.record.get(name), self.command.given
        if name not in given:
            return held
        try:
            read = parse_given(form, [name], given, self.room.act, self.room.store.records)[name]
            return read if name in self.command.whole else merged_rows(form, name, held, read)
        except Usage:
            return held

    def entries(self) -> list[Held]:
        """The fields that a person may choose, with what stands in them, and a reason given."""
        record, room = self.record, self.room
        entered = {name for step in record.form.transitions["new"] for name in step.inputs}
        found = []
        for name in editable(record):
            value = self.standing(name)
            if value is not None or name in entered or name in self.command.given:
                whole = _held(value, record.form.fields[name], room.language)
                shown = output.shorten(whole, _LISTED)
                found.append(Held(record.form, name, shown))
        if self.command.reason:
            found.append(Held(record.form, "reason", self.command.reason))
        return found

    def settle_alike(self, change: Corrected) -> None:
        """Ask whether linked open records that say the same are to be corrected with it."""
        for other, names in change.alike:
            labels: list[object] = [other.form.label_of(name) for name in names]
            prompt.tell(Sentence("edit_also", id=other.id, title=other.form.title, fields=labels))
        question = self.room.say("edit_also_ask", count=len(change.alike))
        agreed = prompt.consent(question, self.room.say("edit_yes_no"))
        self.command = replace(self.command, alike=agreed)
        self.alike_settled = True

    def confirmed(self, change: Corrected) -> bool:
        """Show each field with its old and new value; False where something is changed instead."""
        for line in _lines(change, self.room.language):
            prompt.tell(line)
        for said in told_outdated(change):
            prompt.tell(said)
        while True:
            label = self.room.say("edit_confirm")
            answer = prompt.ask(label, self.room.say("edit_confirm_hint"))
            agreed = prompt.meant_as_consent(answer)
            if agreed:
                return True
            if agreed is False:
                self.change_some("edit_more")
                return False
            try:
                chosen = named(answer, self.entries(), self.room.language)
            except NotListed as bad:
                prompt.tell_wrong([bad.sentence])
                continue
            if self.retype(chosen):
                return False


def _old_values(change: Corrected) -> Shown:
    """What the fields that change held, by record and field."""
    return {
        (correction.original.id, name): correction.original.get(name)
        for correction in change.corrections
        for name in correction.changed
    }


def _lines(change: Corrected, language: str) -> list[Sentence]:
    """Each field with its old and its new value, those that follow from others included."""
    found = []
    for correction in change.corrections:
        record = correction.original
        for name in (*correction.changed, *correction.worked_out):
            spec = record.form.fields.get(name)
            old = _shown(record.get(name), spec, language)
            new = _shown(correction.values.get(name), spec, language)
            label = record.form.label_of(name)
            found.append(Sentence("edit_line", id=record.id, field=label, old=old, new=new))
    return found


def _shown(value: Any, spec: FieldSpec | None, language: str) -> str:
    """A value in full, rows with their cells."""
    if value is not None and spec is not None and spec.kind.rows:
        return " ".join(f"[{row_line(spec, row, language)}]" for row in value)
    return _held(value, spec, language)


def _held(value: Any, spec: FieldSpec | None, language: str) -> str:
    """A value on one line, rows as their number."""
    if value is None:
        return Sentence("history_empty").text(language)
    return " ".join(display(value, spec, language).split())

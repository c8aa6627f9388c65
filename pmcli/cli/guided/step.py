"""A step taken with a person: what is missing is asked for, then all of it is confirmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pmcli.cli.guided import prompt
from pmcli.cli.guided.answers import ask_field
from pmcli.cli.guided.missing import Step, Wanted, hopeless, in_order
from pmcli.cli.guided.picking import Entry, NotListed, named, pick
from pmcli.cli.guided.question import Room
from pmcli.cli.guided.summary import foreseen, summary
from pmcli.cli.line import output
from pmcli.form.model import Form, Transition
from pmcli.messages import Label, Sentence
from pmcli.problems import Problem, Refused, Usage
from pmcli.record.model import Record
from pmcli.workflow.change import Command
from pmcli.workflow.engine import Outcome
from pmcli.workflow.inputs import Given

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

Make = Callable[[Given], Command[Outcome]]
"""The step as a command, with what is given for it."""


def guided(
    form: Form,
    transition: Transition,
    record: Record | None,
    given: Given,
    make: Make,
    room: Room,
) -> Given:
    """Ask for what is missing, then for optional inputs once, then for a word of consent.

    Returns what the step is to be given. Raises Problem where no answer can help, LeftOff where the
    person stops at a refusal already shown, KeyboardInterrupt for Ctrl-C.
    """
    step = Step(form, transition, record, room.act, room.store.records)
    return Interview(step, given, make, room).run()


class Interview:
    """The questions of one step."""

    def __init__(self, step: Step, given: Given, make: Make, room: Room) -> None:
        self.step = step
        self.given: dict[str, Sequence[str]] = dict(given)
        self.make = make
        self.room = room
        self.asked: set[str] = set()
        self.headed: set[str] = set()

    def run(self) -> Given:
        """The course of the questions."""
        outcome = self.completed()
        self.offer_optional(outcome)
        while True:
            outcome = self.completed()
            if self.confirmed(outcome):
                return self.given

    def completed(self) -> Outcome:
        """Ask until the step could be taken."""
        while True:
            try:
                return self.make(self.given).plan(self.room.act, self.room.store.records)
            except (Usage, Refused) as problem:
                wanted = self.step.wanted(problem, self.given)
                if wanted:
                    self.ask_wanted(wanted[0])
                else:
                    self.mend(problem)

    def ask_wanted(self, wanted: Wanted) -> None:
        """Ask for an input that must be given, or which of several it shall be."""
        if wanted.why is not None:
            prompt.tell_wrong([wanted.why]) if wanted.again else prompt.tell(wanted.why)
        entries = [Entry(wanted.form, name) for name in in_order(wanted.form, wanted.names)]
        entry = entries[0]
        if len(entries) > 1:
            self.head(wanted.form)
            entry = pick("ask_which", entries, self.room.language, must=True)[0]
        self.ask(entry, must=True, typed=self.given.get(entry.name, ()))

    def ask(self, entry: Entry, must: bool, typed: Sequence[str] = ()) -> None:
        """Ask for one input and note the answer."""
        self.head(entry.form)
        record = self.step.record
        held = record.get(entry.name) if record is not None else None
        texts = ask_field(entry.spec, self.room, must, typed, held)
        self.asked.add(entry.name)
        if texts:
            self.given[entry.name] = texts
        else:
            self.given.pop(entry.name, None)

    def head(self, form: Form) -> None:
        """Say once what is being filled in."""
        if form.name in self.headed:
            return
        self.headed.add(form.name)
        if form is self.step.form:
            prompt.tell(self.title())
            prompt.tell(Sentence("ask_how"))
        else:
            prompt.tell(Sentence("ask_for_child", form=form.title))

    def title(self) -> Sentence:
        """The step and its record."""
        step, record = self.step, self.step.record
        label = step.transition.label
        if record is None:
            return Sentence("ask_title_new", form=step.form.title, step=label)
        state = record.state_label
        return Sentence(
            "ask_title", form=step.form.title, step=label, record=record.id, state=state
        )

    def mend(self, problem: Problem) -> None:
        """Show why the step cannot be taken so and let an answer be changed.

        Raises the problem where nothing was asked yet and nothing that may be given could help.
        """
        optional = self.optional(None)
        final = not optional or not isinstance(problem, Refused) or hopeless(problem)
        if final and not self.asked:
            raise problem
        for line in output.problem_lines(problem, self.room.language):
            prompt.tell(Label(line, line))
        entries = [entry for entry in self.entries() if entry.name in self.asked]
        entries += [entry for entry in optional if entry not in entries]
        if "reason" not in self.given:
            entries.append(Entry(self.step.form, "reason"))
        chosen = pick("ask_change", entries, self.room.language)
        if not chosen:
            raise prompt.LeftOff(problem)
        for entry in chosen:
            self.change(entry)

    def entries(self) -> list[Entry]:
        """What has been given so far, the step's own first, in the forms' order."""
        found = [Entry(self.step.form, name) for name in self.step.inputs if name in self.given]
        seen = {entry.name for entry in found}
        for child in self.step.children:
            names = in_order(child, child.new.inputs)
            found += [Entry(child, n) for n in names if n in self.given and n not in seen]
            seen |= set(names)
        return found

    def optional(self, outcome: Outcome | None) -> list[Entry]:
        """What may still be given: the step's own inputs, those of records it makes, a note."""
        step, transition = self.step, self.step.transition
        shut = {
            name
            for need in transition.needs
            if any(other in self.given for other in need.one_of)
            for name in need.one_of
        }
        names = in_order(step.form, transition.may)
        found = [Entry(step.form, n) for n in names if n not in self.given and n not in shut]
        if outcome is None:
            return found
        for draft in outcome.drafts:
            if draft is outcome.main or draft.original is not None:
                continue
            made = [c for c in transition.creates if draft.form.name in c.forms]
            if draft.form not in step.children or not made:
                continue
            preset = {name for c in made for name in (*c.values, *c.fixed)}
            found += [
                Entry(draft.form, name)
                for name in in_order(draft.form, draft.form.new.inputs)
                if name not in self.given
                and not (name in preset and draft.values.get(name) is not None)
            ]
        if "note" not in self.given and "note" not in transition.inputs:
            found.append(Entry(step.form, "note"))
        return found

    def offer_optional(self, outcome: Outcome) -> None:
        """Offer once what may be given besides."""
        if not self.asked:
            return
        entries = self.optional(outcome)
        if entries:
            for entry in pick("ask_optional", entries, self.room.language):
                self.ask(entry, must=False)

    def change(self, entry: Entry) -> None:
        """Ask for an input again with what was given standing there."""
        must = entry.name in self.step.transition.asks or (
            entry.form is not self.step.form and entry.name in entry.form.new.asks
        )
        self.ask(entry, must, self.given.get(entry.name, ()))

    def confirmed(self, outcome: Outcome) -> bool:
        """Show what is about to be done; False when something was changed instead."""
        entries = self.entries()
        language = self.room.language
        self.headed.add(self.step.form.name)
        prompt.tell(Label("", ""))
        prompt.tell(self.title())
        for line in summary(entries, self.given, self.room):
            output.tell(line)
        for sentence in foreseen(outcome):
            prompt.tell(sentence)
        label = Sentence("ask_confirm", step=self.step.transition.label).text(language)
        key: Key = "ask_confirm_hint" if entries else "ask_confirm_hint_bare"
        while True:
            typed = prompt.ask(label, Sentence(key).text(language))
            agreed = prompt.meant_as_consent(typed)
            if agreed:
                return True
            if agreed is False:
                if not entries:
                    raise KeyboardInterrupt
                chosen = pick("ask_change", entries, self.room.language)
            else:
                try:
                    chosen = named(typed, entries, language)
                except NotListed as bad:
                    prompt.tell_wrong([bad.sentence])
                    continue
            for entry in chosen:
                self.change(entry)
            return False

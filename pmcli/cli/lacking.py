"""Which inputs a step still wants, read from what the engine says when it is tried."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pmcli.form.model import Form, Need, Transition
from pmcli.messages import Label, Sentence, Speakable
from pmcli.problems import Problem, Usage
from pmcli.record.model import Record, RecordView
from pmcli.workflow.act import Act, Lookup
from pmcli.workflow.conditions import lacking, people, split_guards, unmet_guards
from pmcli.workflow.inputs import (
    NOTES,
    Given,
    child_forms,
    input_hint,
    merged_rows,
    parse_given,
)
from pmcli.workflow.scope import Scope

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Wanted:
    """An input that is missing, or several of which one is enough; `why` when the form says so."""

    form: Form
    names: tuple[str, ...]
    why: Speakable | None = None
    again: bool = False
    """Whether it was given, but not so that the form is content."""


@dataclass(frozen=True)
class Step:
    """A step about to be taken: on a record, or on none when it makes one."""

    form: Form
    transition: Transition
    record: Record | None
    act: Act
    lookup: Lookup

    @cached_property
    def children(self) -> list[Form]:
        """Forms of the records that the step may make and whose fields it takes."""
        loaded = (self.lookup.library.load(name)[0] for name in child_forms(self.transition))
        return [form for form in loaded if form is not None]

    @property
    def inputs(self) -> tuple[str, ...]:
        """The step's own inputs and notes, in the form's order."""
        return in_order(self.form, (*self.transition.inputs, *NOTES))

    @cached_property
    def _hints(self) -> Mapping[Label, Wanted]:
        """The engine's names for inputs, to the inputs; the step's own come first."""
        hints: dict[Label, Wanted] = {}
        sources = [(self.form, self.transition, self.inputs)]
        sources += [(child, child.new, child.new.inputs) for child in self.children]
        for form, transition, names in sources:
            for name in names:
                hints.setdefault(input_hint(form, name), Wanted(form, (name,)))
            for need in transition.needs:
                if need.any_of or need.one_of:
                    alternatives = need.any_of or need.one_of
                    options = _alternatives(form, alternatives)
                    hints.setdefault(options, Wanted(form, alternatives))
        return hints

    def wanted(self, problem: Problem, given: Given) -> list[Wanted]:
        """The inputs for want of which the step failed, in the forms' order.

        Empty when something else is the matter.
        """
        if not isinstance(problem, Usage):
            return []
        found: list[Wanted] = []
        for sentence in problem.sentences:
            wanted = self._wanted(sentence, given)
            if wanted is not None:
                found.append(wanted)
            elif isinstance(sentence, Sentence):
                return []
        forms = [self.form, *self.children]

        def place(wanted: Wanted) -> tuple[int, int]:
            return forms.index(wanted.form), min(_place(wanted.form, n) for n in wanted.names)

        return sorted(found, key=place)

    def _wanted(self, sentence: Speakable, given: Given) -> Wanted | None:
        if not isinstance(sentence, Sentence):
            return self._wanted_by_formula(sentence, given)
        if sentence.key == "give_something":
            return Wanted(self.form, self.transition.may)
        named = sentence.values.get("field" if sentence.key != "give_one" else "options")
        if sentence.key not in ("missing_input", "missing_because", "give_one"):
            return None
        wanted = self._hints.get(named) if isinstance(named, Label) else None
        why = sentence.values.get("why")
        if wanted is None or why is None:
            return wanted
        return Wanted(wanted.form, wanted.names, why)  # type: ignore[arg-type]

    def _wanted_by_formula(self, sentence: Speakable, given: Given) -> Wanted | None:
        """The first input that a need written as a formula lacks, else the one at fault in it."""
        scope = self.scope(given)
        for need in self.transition.needs:
            if need.holds is None or not _says(need, sentence, scope):
                continue
            lacks = [n for n in lacking(need, self.form, scope) or () if n in self.inputs]
            if lacks:
                return Wanted(self.form, (lacks[0],), sentence)
            words = set(_WORD.findall(need.holds.source))
            faulty = [name for name in self.inputs if name in words and name in given]
            if faulty:
                return Wanted(self.form, (faulty[0],), sentence, again=True)
        return None

    def scope(self, given: Given) -> Scope:
        """What the step's formulas see; raises Usage for a malformed input."""
        inputs = parse_given(self.form, self.inputs, given, self.act, self.lookup)
        held: Mapping[str, Any] = self.record.values if self.record is not None else {}
        values = dict(held)
        for name, value in inputs.items():
            if name in self.form.fields:
                values[name] = merged_rows(self.form.fields[name], held.get(name), value)
        more: dict[str, Any] = {"given": inputs}
        more |= {name: inputs[name] for name in NOTES if name in inputs}
        if self.record is not None:
            more["before"] = RecordView(self.record)
        return Scope(self.form, values, self.act, self.lookup, **more)

    def refused_whatever_is_given(self, given: Given) -> bool:
        """Whether state, role, person or a guard on what is known already forbids the step."""
        record, step = self.record, self.transition
        if record is not None and record.state not in step.from_:
            return True
        scope = self.scope(given)
        early, _, _ = split_guards(step, scope)
        known: Mapping[str, Any] = scope
        if record is not None:
            known = Scope(self.form, record.values, self.act, self.lookup)
        return bool(people(step, self.form, known, self.act) or unmet_guards(early, scope)[0])


def in_order(form: Form, names: Sequence[str]) -> tuple[str, ...]:
    """Inputs in the order of the form's fields, notes last, each once."""
    return tuple(sorted(dict.fromkeys(names), key=lambda name: _place(form, name)))


def _place(form: Form, name: str) -> int:
    order = (*form.fields, *NOTES)
    return order.index(name)


def _alternatives(form: Form, names: Sequence[str]) -> Label:
    """Alternatives as the engine lists them."""
    hints = [input_hint(form, name) for name in names]
    return Label(" 或 ".join(h.zh for h in hints), " or ".join(h.en for h in hints))


def _says(need: Need, sentence: Speakable, scope: Scope) -> bool:
    from pmcli.form.expressions import render

    return need.say is not None and render(need.say, scope) == sentence

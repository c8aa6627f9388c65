"""One step for many records: a letter drafted for each row of a table, or a whole batch approved.

All of it is one change: it is written as a whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field, replace
from hashlib import sha256
from typing import Any

from pmcli.dataclass import dataclass
from pmcli.form.model import Form
from pmcli.messages import Label, Sentence, Speakable
from pmcli.problems import Problem, Refused, Unmet, Usage, Want
from pmcli.record.model import Record
from pmcli.record.query import Query
from pmcli.workflow.act import Act
from pmcli.workflow.change import Change
from pmcli.workflow.draft import Work
from pmcli.workflow.engine import draft_new, draft_step, settle
from pmcli.workflow.inputs import Given, parse_given
from pmcli.workflow.repository import Lookup

Row = tuple[int, Given]
"""A row's number in its table, and what it gives."""
Watch = Callable[[Iterable[Any]], Iterable[Any]]
"""Passes items on, and may show how far they are."""


@dataclass
class Batch(Change):
    """What a step for many records comes to."""

    numbers: list[str] = field(default_factory=list)
    """The records, in the order of the rows."""
    new: list[str] = field(default_factory=list)
    """Those of them that this command made."""
    repeated: list[tuple[int, int]] = field(default_factory=list)
    """Rows that say again what an earlier one says: their number and that of the earlier one."""
    told: dict[str, list[Speakable]] = field(default_factory=dict)
    """What there is to say of a record."""


@dataclass(frozen=True)
class NewEach:
    """Draft a record from its text template for each row; a row that has its record keeps it.

    `form` is the form with the template's variables. Each record keeps a fingerprint of its row: a
    table that is given twice makes nothing twice, whatever has become of its records.
    """

    form: Form
    rows: Sequence[Row]
    name: str
    """The table's name."""
    watch: Watch = iter

    def plan(self, act: Act, lookup: Lookup) -> Batch:
        """Raises Usage with what is wrong in each row."""
        return _create_each(self.form, self.rows, self.name, act, lookup, self.watch)


@dataclass(frozen=True)
class TakeEach:
    """Take one step on each record of a batch that is where it can be taken."""

    form: Form
    command: str
    name: str
    """The name of the table from which they were drafted."""
    given: Given
    watch: Watch = iter

    def plan(self, act: Act, lookup: Lookup) -> Batch:
        """Raises Usage where there are none, or Usage or Refused where one of them is refused."""
        form, command = self.form, self.command
        records = [
            record
            for record in of_batch(form, self.name, lookup)
            if form.variant(command, record.state) is not None
        ]
        label: Label = form.transitions[command][0].label
        if not records:
            raise Usage.of(
                Want.UNKNOWN, Sentence("batch_none", name=self.name, step=label), "batch"
            )
        work = Work(lookup)
        batch = Batch(subject=f"{form.name}: {command} {label.zh} {len(records)} 份")
        for record in self.watch(records):
            warnings: list[Speakable] = []
            draft, _ = draft_step(form, command, record, self.given, act, work, warnings)
            batch.numbers.append(draft.id)
            batch.told[draft.id] = warnings
        batch.drafts = settle(work, act)
        return batch


def of_batch(form: Form, name: str, lookup: Lookup) -> list[Record]:
    """The records that were drafted from a table, in the order in which they were."""
    plan = form.templates
    assert plan is not None
    drafted = Query(forms=(form.name,), values={plan.batch: name}, sort=("created_at", "id"))
    return lookup.find(drafted)


def _create_each(
    form: Form, rows: Sequence[Row], name: str, act: Act, lookup: Lookup, watch: Watch
) -> Batch:
    plan = form.templates
    assert plan is not None
    work = Work(lookup)
    known = {
        record.get(plan.batch_row): record.id
        for record in lookup.find(Query(forms=(form.name,), filled=(plan.batch_row,)))
    }
    batch = Batch()
    wrong: list[Unmet] = []
    first: dict[str, int] = {}
    for number, given in watch(rows):
        try:
            said = _fingerprint(form, given, act, work)
            if said in first:
                batch.repeated.append((number, first[said]))
                continue
            first[said] = number
            if said not in known:
                warnings: list[Speakable] = []
                draft = draft_new(form, given, act, work, warnings)
                draft.values |= {plan.batch: name, plan.batch_row: said}
                known[said] = draft.id
                batch.new.append(draft.id)
                batch.told[draft.id] = warnings
        except (Usage, Refused) as problem:
            wrong += _in_row(number, problem)
            continue
        batch.numbers.append(known[said])
    if wrong:
        raise Usage(*wrong)
    batch.subject = f"{form.name}: new {form.new.label.zh} {len(batch.new)} 份 ← {name}"
    batch.drafts = settle(work, act) if batch.new else []
    return batch


def _fingerprint(form: Form, given: Given, act: Act, work: Work) -> str:
    """What tells a row from others: all that it gives, as values and not as it was typed."""
    values = parse_given(form, form.new.inputs, given, act, work)
    said = sorted((name, str(value)) for name, value in values.items() if value is not None)
    return sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _in_row(number: int, problem: Problem) -> list[Unmet]:
    return [
        replace(one, say=Sentence("batch_row", row=number, reason=one.say)) for one in problem.unmet
    ]

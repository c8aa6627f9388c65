"""The commands that correct a record: by values given, or by its text as a hand has left it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pmcli.form.model import Form
from pmcli.messages import Sentence
from pmcli.problems import Conflict, Refused, Unreadable
from pmcli.record.model import Record
from pmcli.record.parsing import BadRecord, decode, parse
from pmcli.record.writing import changed_text
from pmcli.workflow.act import Act, Lookup
from pmcli.workflow.conditions import usage_of_other
from pmcli.workflow.edits import (
    Corrected,
    Correction,
    check_editable,
    compose,
    judge,
    refusal_of,
)
from pmcli.workflow.engine import check_time, find
from pmcli.workflow.inputs import Given, merged_rows, parse_given


def editable(record: Record) -> list[str]:
    """The fields of a record that a hand may correct at all, in the form's order."""
    fields = record.form.fields.values()
    return [
        spec.name
        for spec in fields
        if not spec.auto
        and spec.kept
        and not spec.append_only
        and spec.name != record.form.number_field
    ]


@dataclass(frozen=True)
class Edit:
    """Correct fields of a record, with `alike` also those linked open records that say the same."""

    form: Form
    number: str
    given: Given
    reason: str | None = None
    note: str | None = None
    alike: bool = False
    whole: frozenset[str] = frozenset()
    """Fields whose rows are given all of them, to take the place of those held."""

    def plan(self, act: Act, lookup: Lookup) -> Corrected:
        """Raises NotFound (3), Usage (2) or Refused (4)."""
        record = find(self.form, self.number, lookup)
        check_editable(record, act, lookup)
        check_time(record, act)
        correction = self.judged(record, act, lookup)
        if not correction.changed:
            return Corrected(corrections=[correction])
        if not correction.fine:
            raise refusal_of(correction, act, lookup)
        others = list(saying_the_same(correction, lookup))
        more = [self._also(other, names, correction, act, lookup) for other, names in others]
        change = compose(
            [correction, *(more if self.alike else [])], act, lookup, self.reason, self.note
        )
        if not self.alike:
            change.alike = others
        return change

    def judged(self, record: Record, act: Act, lookup: Lookup) -> Correction:
        """What the values given come to for a record."""
        inputs = parse_given(self.form, editable(record), self.given, act, lookup)
        wanted = dict(record.values)
        for name, value in inputs.items():
            held = None if name in self.whole else record.get(name)
            wanted[name] = merged_rows(self.form, name, held, value)
        values = {name: value for name, value in wanted.items() if value is not None}
        return judge(record, values, act, lookup, self.reason)

    def _also(
        self,
        record: Record,
        names: tuple[str, ...],
        first: Correction,
        act: Act,
        lookup: Lookup,
    ) -> Correction:
        """The same correction of a linked record; raises what stands against it."""
        wanted = {**record.values, **{name: first.values.get(name) for name in names}}
        values = {name: value for name, value in wanted.items() if value is not None}
        correction = judge(record, values, act, lookup, self.reason)
        if self.alike and not correction.fine:
            problem = refusal_of(correction, act, lookup)
            if isinstance(problem, Refused):
                raise problem
            raise usage_of_other(record.id, correction.unmet)
        return correction


def saying_the_same(
    correction: Correction, lookup: Lookup
) -> Iterator[tuple[Record, tuple[str, ...]]]:
    """Open records linked with a corrected one that hold a value it had, and in which fields.

    Linked are those that it came from or names, those that name it, and so on from them.
    """
    original, form = correction.original, correction.original.form
    wrong = {
        name: original.get(name)
        for name in correction.changed
        if name in form.fields and original.get(name) is not None
    }
    for record in _linked(original, lookup) if wrong else ():
        names = tuple(
            name
            for name, value in wrong.items()
            if record.get(name) == value
            and name in editable(record)
            and record.form.fields[name].type == form.fields[name].type
            and not record.form.fields[name].body
        )
        if names:
            yield record, names


def _linked(first: Record, lookup: Lookup) -> list[Record]:
    """Open records reached from one by links of either direction, homes and people left out."""
    found: dict[str, Record] = {first.id: first}
    waiting = [first]
    while waiting:
        record = waiting.pop()
        numbers = record.links()
        near = [lookup.by_id(number) for number in sorted(numbers)]
        near += lookup.naming(record.id)
        for other in near:
            if other is None or other.id in found or other.form.archive or not other.open:
                continue
            found[other.id] = other
            waiting.append(other)
    return [record for record in found.values() if record is not first]


@dataclass(frozen=True)
class EditText:
    """Take a record's text as a clerk has left it in an editor; `base` is what it was before."""

    number: str
    base: bytes
    data: bytes
    reason: str | None = None
    note: str | None = None

    def plan(self, act: Act, lookup: Lookup) -> Corrected:
        """Raises Unreadable (1), Usage (2), Refused (4) or, changed meanwhile, Conflict (5)."""
        original = lookup.by_id(self.number)
        if original is None:
            raise Conflict(Sentence("edit_meanwhile", id=self.number))
        check_editable(original, act, lookup)
        original = read(self.base, original, act)
        try:
            correction = judged_text(original, self.data, act, lookup, self.reason)
        except BadRecord as bad:
            raise Unreadable(bad.fault) from None
        if not correction.fine:
            raise refusal_of(correction, act, lookup)
        change = compose(
            [correction], act, lookup, self.reason, self.note, {original.id: self.base}
        )
        change.alike = list(saying_the_same(correction, lookup))
        return change


def read(data: bytes, record: Record, act: Act) -> Record:
    """A version of a record's file; raises BadRecord."""
    return parse(decode(data, record.path), record.form, act.zone, record.path)


def judged_text(
    original: Record, data: bytes, act: Act, lookup: Lookup, reason: str | None
) -> Correction:
    """What a clerk's text of a record comes to; raises BadRecord where it cannot be read."""
    text = with_endings(decode(data, original.path).removeprefix("\ufeff"))
    edited = parse(text, original.form, act.zone, original.path)
    changed_text(edited, {"state": None}, ())  # must be written one key a line
    return judge(original, edited.values, act, lookup, reason, basis=edited)


def with_endings(text: str) -> str:
    """A record file's text with the line endings that pmcli writes."""
    text = text.replace("\r\n", "\n")
    return text if text.endswith("\n") else text + "\n"

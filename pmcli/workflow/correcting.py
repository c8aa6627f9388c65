"""The commands that correct a record: by values given, or by its text as a hand has left it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pmcli.dataclass import dataclass
from pmcli.form.model import Form
from pmcli.messages import Sentence, Speakable
from pmcli.problems import Conflict, Refused, Unreadable
from pmcli.record.event import Kind
from pmcli.record.model import Record
from pmcli.record.parsing import BadRecord, decode, parse
from pmcli.record.query import open_work_naming
from pmcli.record.writing import changed_text
from pmcli.workflow.act import Act
from pmcli.workflow.conditions import check_time, usage_of_other
from pmcli.workflow.consequences import Consequences, Follower, consequences
from pmcli.workflow.draft import Draft, Work
from pmcli.workflow.edits import (
    Corrected,
    Correction,
    check_editable,
    derive,
    judge,
    refusal_of,
    subject_of,
)
from pmcli.workflow.engine import find, settle
from pmcli.workflow.inputs import Given, merged_rows, parse_given, told_too_much
from pmcli.workflow.repository import Lookup


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
        effects = effects_of([correction], act, lookup)
        others = list(saying_the_same(correction, effects[record.id], lookup))
        more = [self._also(*other, correction, act, lookup) for other in others if self.alike]
        effects |= effects_of(more, act, lookup)
        change = compose([correction, *more], effects, act, lookup, self.reason, self.note)
        change.alike = [] if self.alike else [(other, tuple(same)) for other, same in others]
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
        same: Mapping[str, Any],
        first: Correction,
        act: Act,
        lookup: Lookup,
    ) -> Correction:
        """The same correction of a linked record; raises what stands against it."""
        wanted = {**record.values, **same}
        values = {name: value for name, value in wanted.items() if value is not None}
        correction = judge(record, values, act, lookup, self.reason)
        if not correction.fine:
            problem = refusal_of(correction, act, lookup)
            if isinstance(problem, Refused):
                raise problem
            raise usage_of_other(record.id, correction.unmet)
        return replace(correction, follows=first.original.id)


Effects = Mapping[str, Consequences]
"""What follows from corrections, by the number of the record that is corrected."""


def effects_of(
    corrections: Iterable[Correction], act: Act, lookup: Lookup
) -> dict[str, Consequences]:
    """What follows from corrections, each by itself."""
    return {
        one.original.id: consequences(one.original, one.values, act, lookup) for one in corrections
    }


def compose(
    corrections: Sequence[Correction],
    effects: Effects,
    act: Act,
    lookup: Lookup,
    reason: str | None = None,
    note: str | None = None,
    by_hand: Mapping[str, bytes] | None = None,
) -> Corrected:
    """What corrections come to, with what follows from them in records worked out from theirs.

    What would follow in a record where it stands is `outdated`. `by_hand` has the bytes of files
    that a hand has changed, by number.
    """
    made = {correction.original.id: correction for correction in corrections}
    outdated: list[tuple[Record, tuple[str, ...]]] = []
    for first in corrections:
        for follower in effects[first.original.id].followers:
            record, before = follower.record, made.get(follower.record.id)
            settled = {*_copied(follower, first), *(before.changed if before else ())}
            given = {n: v for n, v in follower.values.items() if n not in settled}
            failing = tuple(name for name in follower.failing if name not in settled)
            if not given and not failing:
                continue
            following = derive(record, {**_changes(before), **given}, act, lookup)
            if failing or not following.fine:
                outdated.append((record, (*given, *failing)))
            elif before is not None and before.follows is None:
                made[record.id] = replace(before, values=following.values)
            else:
                made[record.id] = replace(following, follows=first.original.id)
    work = Work(lookup)
    for correction in made.values():
        draft = _drafted(correction, (by_hand or {}).get(correction.original.id))
        draft.append(Kind.EDIT, act, reason=reason, note=note, cause=correction.follows)
        work.add(draft)
    return Corrected(
        settle(work, act),
        subject_of(corrections[0]) if corrections else "",
        warnings=_warnings(corrections, reason, note),
        corrections=list(made.values()),
        outdated=outdated,
        turned=[each for one in corrections for each in effects[one.original.id].turned],
    )


def _drafted(correction: Correction, by_hand: bytes | None) -> Draft:
    original = correction.original
    draft = Draft(original.form, dict(original.values), original)
    draft.basis, draft.by_hand = correction.basis, by_hand
    for name in {*correction.values, *original.values}:
        draft.put(name, correction.values.get(name))
    for name, value in correction.own.items():
        draft.put_own(name, value)
    return draft


def _warnings(
    corrections: Iterable[Correction], reason: str | None, note: str | None
) -> list[Speakable]:
    """What is told of the words that corrections give."""
    told: dict[str, Speakable] = {}
    for one in corrections:
        given = {"reason": reason, "note": note, **_changes(one)}
        for said in told_too_much(one.original.form, given):
            told.setdefault(said.text("en"), said)
    return list(told.values())


def _changes(correction: Correction | None) -> dict[str, Any]:
    return {n: correction.values.get(n) for n in correction.changed} if correction else {}


def _copied(follower: Follower, correction: Correction) -> set[str]:
    """Of the fields that would follow, those that a person may fill and that say the same."""
    record, original, values = follower.record, correction.original, correction.values
    return {
        name
        for name, value in follower.values.items()
        if name in editable(record)
        and any(
            record.get(name) == original.get(source) and value == values.get(source)
            for source in correction.changed
        )
    }


def saying_the_same(
    correction: Correction, effects: Consequences, lookup: Lookup
) -> Iterator[tuple[Record, dict[str, Any]]]:
    """Open records linked with a corrected one that hold a value it had: fields with the new value.

    Linked are those that it came from or names, those that name it, and so on from them. Fields are
    those of the same name, and those that took the value over under another one.
    """
    original, form = correction.original, correction.original.form
    wrong = {
        name: original.get(name)
        for name in correction.changed
        if name in form.fields and original.get(name) is not None
    }
    if not wrong:
        return
    taken_over = {
        follower.record.id: {name: follower.values[name] for name in _copied(follower, correction)}
        for follower in effects.followers
    }
    for record in _linked(original, lookup):
        same = {
            name: correction.values.get(name)
            for name, value in wrong.items()
            if record.get(name) == value
            and name in editable(record)
            and record.form.fields[name].type == form.fields[name].type
            and not record.form.fields[name].body
        }
        same |= taken_over.get(record.id, {})
        if same:
            yield record, same


def _linked(first: Record, lookup: Lookup) -> list[Record]:
    """Open records reached from one by links of either direction, homes and people left out.

    A table that lists records, as a handover lists what is open, ties none of them to another.
    """
    found: dict[str, Record] = {first.id: first}
    waiting = [first]
    while waiting:
        record = waiting.pop()
        near = [lookup.by_id(number) for number in sorted(_ties(record))]
        naming = lookup.find(open_work_naming(record.id))
        near += [other for other in naming if record.id in _ties(other)]
        for other in near:
            if other is None or other.id in found or other.form.archive or not other.open:
                continue
            found[other.id] = other
            waiting.append(other)
    return [record for record in found.values() if record is not first]


def _ties(record: Record) -> set[str]:
    """The records that a record names in fields of their own, not in the rows of a table."""
    fields = record.form.fields
    return {n for name, n in record.named() if name not in fields or not fields[name].kind.rows}


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
        by_hand = {original.id: self.base}
        effects = effects_of([correction], act, lookup)
        change = compose([correction], effects, act, lookup, self.reason, self.note, by_hand)
        others = saying_the_same(correction, effects[original.id], lookup)
        change.alike = [(record, tuple(same)) for record, same in others]
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

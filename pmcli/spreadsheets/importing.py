"""From the rows of a roster to drafts of records, and to a report of what became of every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import Any

from pmcli.dataclass import dataclass
from pmcli.form.import_plan import ImportPlan
from pmcli.form.model import Form
from pmcli.messages import Label, Sentence, Speakable
from pmcli.problems import Problem, Refusal, Refused, Unreadable
from pmcli.record.event import Kind
from pmcli.record.model import Record
from pmcli.record.query import Query
from pmcli.spreadsheets.headers import Table
from pmcli.spreadsheets.rows import Passed, Reading, RowReader
from pmcli.workflow.act import Act
from pmcli.workflow.change import Change
from pmcli.workflow.conditions import people
from pmcli.workflow.draft import Draft, Work
from pmcli.workflow.engine import Origin, draft_new, settle
from pmcli.workflow.judging import missing_fields
from pmcli.workflow.repository import Lookup

LABEL = Label("导入", "import")

Rows = Iterable[tuple[int, dict[str, str]]]
Watch = Callable[[Rows], Rows]
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Refusing:
    """A row that was not taken, and why."""

    row: int
    reason: Speakable


@dataclass(frozen=True)
class LeftOut:
    """A cell of a row that was taken without it, and why."""

    row: int
    field: str
    reason: Speakable


@dataclass(frozen=True)
class Differing:
    """A row whose record is on file, with other values in `fields` and none in `absent`."""

    row: int
    id: str
    fields: tuple[str, ...]
    absent: tuple[str, ...]


@dataclass
class Imported(Change):
    """What an import comes to."""

    form: Form = field(kw_only=True)
    file: str = field(kw_only=True)
    table: Table = field(kw_only=True)
    passed: Passed = field(kw_only=True)
    created: list[tuple[int, Draft]] = field(default_factory=list)
    unchanged: list[tuple[int, str]] = field(default_factory=list)
    differing: list[Differing] = field(default_factory=list)
    repeated: list[tuple[int, int]] = field(default_factory=list)
    """Rows that say again what an earlier one says: their number and that of the earlier one."""
    skipped: list[int] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    refused: list[Refusing] = field(default_factory=list)

    @property
    def missing(self) -> Mapping[str, int]:
        """What the new records still lack: field to number of records, most often first."""
        counts: Counter[str] = Counter()
        for _, draft in self.created:
            counts.update(missing_fields(draft.record))
        return dict(counts.most_common())


@dataclass(frozen=True)
class Import:
    """Make a record of each row of a roster whose record is not on file.

    `watch` passes the rows on and may show how far they are.
    """

    form: Form
    rows: ImportPlan
    file: str
    table: Table
    watch: Watch = iter

    def plan(self, act: Act, lookup: Lookup) -> Imported:
        """Raises Refused when the actor may not make such records, Unreadable for broken ones."""
        form = self.form
        unmet = people(form.new, form, {}, act)
        if unmet:
            raise Refused(Refusal("", "", form.title, tuple(unmet)))
        reader = RowReader(form, self.rows, self.table, act, lookup)
        result = Imported(form=form, file=self.file, table=self.table, passed=reader.passed)
        importer = _Importer(form, self.rows, result, act, lookup)
        for number, named in self.watch(reader.rows()):
            importer.take(reader.read(number, named))
        importer.finish()
        if lookup.faults:
            # A record that cannot be read may be the one a row is about.
            raise Unreadable(Sentence("import_unreadable"), *lookup.faults)
        return result


class _Importer:
    """Sorts readings into new records, known ones and refused ones."""

    def __init__(
        self, form: Form, plan: ImportPlan, result: Imported, act: Act, lookup: Lookup
    ) -> None:
        self.form, self.plan, self.result, self.act = form, plan, result, act
        self.work = Work(lookup)
        self.held: dict[Key, Record] = {}
        for record in lookup.find(Query(forms=(form.name,), filled=tuple(plan.key))):
            self.held.setdefault(tuple(record.get(name) for name in plan.key), record)
        self.seen: dict[Key, Reading] = {}

    def take(self, reading: Reading) -> None:
        """Take one row in."""
        result, row = self.result, reading.row
        if reading.skipped:
            result.skipped.append(row)
            return
        lacking = [name for name in self.plan.key if reading.values.get(name) is None]
        if lacking:
            reasons = [
                reading.left_out.get(name)
                or Sentence("import_lacks", field=self.form.label_of(name))
                for name in lacking
            ]
            result.refused.append(Refusing(row, _joined(reasons)))
            return
        key = tuple(reading.values[name] for name in self.plan.key)
        first = self.seen.get(key)
        if first is not None:
            self._again(reading, first)
            return
        self.seen[key] = reading

    def _again(self, reading: Reading, first: Reading) -> None:
        """A row with the key of an earlier one: it must say the same."""
        both = {n: v for n, v in reading.values.items() if n in first.values}
        names = _differing(both, first.values)
        if names:
            fields = [self.form.label_of(name) for name in names]
            reason = Sentence("import_duplicate", row=first.row, fields=fields)
            self.result.refused.append(Refusing(reading.row, reason))
            return
        self.result.repeated.append((reading.row, first.row))
        for name, value in reading.values.items():
            first.values.setdefault(name, value)

    def finish(self) -> None:
        """Make the records of the new rows, and bring the lists that follow them in line."""
        for key, reading in self.seen.items():
            if key in self.held:
                self._known(reading, self.held[key])
            else:
                self._make(reading)
        result = self.result
        result.refused.sort(key=lambda refusing: refusing.row)
        result.drafts = settle(self.work, self.act) if result.created else []
        count = len(result.created)
        result.subject = f"{self.form.name}: import {LABEL.zh} {count} 条 ← {result.file}"

    def _make(self, reading: Reading) -> None:
        """Make a row's record by the form's own `new`, or say what that has against it.

        A row that is refused leaves nothing: what it has begun is laid aside.
        """
        result = self.result
        origin = Origin(
            kind=Kind.IMPORT, note=f"{result.file}:{reading.row}", complete=False
        )  # fmt: skip
        self.work.mark()
        try:
            draft = draft_new(
                self.form, {}, self.act, self.work, result.warnings, origin, reading.values
            )
        except Problem as problem:
            self.work.back()
            result.refused.append(Refusing(reading.row, _joined(list(problem.sentences))))
            return
        result.created.append((reading.row, draft))
        result.left_out += [
            LeftOut(reading.row, name, reason) for name, reason in reading.left_out.items()
        ]

    def _known(self, reading: Reading, record: Record) -> None:
        """A row whose record is on file; it is left as it is."""
        names = _differing(reading.values, record.values)
        if names:
            absent = tuple(name for name in names if record.get(name) is None)
            other = tuple(name for name in names if name not in absent)
            self.result.differing.append(Differing(reading.row, record.id, other, absent))
        else:
            self.result.unchanged.append((reading.row, record.id))


def _differing(given: Mapping[str, Any], held: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name, value in given.items() if held.get(name) != value)


def _joined(reasons: list[Speakable]) -> Speakable:
    return Label("；".join(r.text("zh") for r in reasons), "; ".join(r.text("en") for r in reasons))

"""From the rows of a roster to drafts of records, and to a report of what became of every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pmcli.form.expressions import render
from pmcli.form.model import Form, ImportPlan
from pmcli.messages import Label, Sentence, Speakable
from pmcli.problems import Refusal, Refused
from pmcli.query import missing_fields
from pmcli.record.model import Record
from pmcli.record.numbers import after, is_safe
from pmcli.rosters.headers import Table
from pmcli.rosters.rows import Passed, Reading, RowReader
from pmcli.workflow.act import Act, Lookup
from pmcli.workflow.conditions import lacking, people, split_guards, unmet_guards
from pmcli.workflow.draft import Draft, Work
from pmcli.workflow.engine import touch
from pmcli.workflow.following import follow
from pmcli.workflow.inputs import parse_given
from pmcli.workflow.scope import Scope

COMMAND = "import"
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
class Imported:
    """What an import comes to. `drafts` and `subject` are what the store wants of it."""

    form: Form
    file: str
    table: Table
    passed: Passed
    drafts: list[Draft] = field(default_factory=list)
    created: list[tuple[int, Draft]] = field(default_factory=list)
    unchanged: list[tuple[int, str]] = field(default_factory=list)
    differing: list[Differing] = field(default_factory=list)
    repeated: list[tuple[int, int]] = field(default_factory=list)
    """Rows that say again what an earlier one says: their number and that of the earlier one."""
    skipped: list[int] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    refused: list[Refusing] = field(default_factory=list)

    @property
    def subject(self) -> str:
        """The commit's subject."""
        count = len(self.created)
        return f"{self.form.name}: {COMMAND} {LABEL.zh} {count} 条 ← {self.file}"

    @property
    def missing(self) -> Mapping[str, int]:
        """What the new records still lack: field to number of records, most often first."""
        counts: Counter[str] = Counter()
        for _, draft in self.created:
            counts.update(missing_fields(draft.record))
        return dict(counts.most_common())


def import_table(
    form: Form, plan: ImportPlan, file: str, table: Table, act: Act, lookup: Lookup, watch: Watch
) -> Imported:
    """Work out what a roster's rows come to; nothing outside is touched.

    `watch` passes the rows on and may show how far they are. Raises Refused when the actor may not
    make such records.
    """
    unmet = people(form.new, form, {}, act)
    if unmet:
        raise Refused(Refusal("", "", form.title, tuple(unmet)))
    reader = RowReader(form, plan, table, act, lookup)
    result = Imported(form, file, table, reader.passed)
    importer = _Importer(form, plan, result, act, lookup)
    for number, named in watch(reader.rows()):
        importer.take(reader.read(number, named))
    importer.finish()
    return result


class _Importer:
    """Sorts readings into new records, known ones and refused ones."""

    def __init__(
        self, form: Form, plan: ImportPlan, result: Imported, act: Act, lookup: Lookup
    ) -> None:
        self.form, self.plan, self.result, self.act = form, plan, result, act
        self.work = Work(lookup)
        self.held: dict[Key, Record] = {}
        for record in lookup.of_form(form.name):
            self.held.setdefault(tuple(record.get(name) for name in plan.key), record)
        self.numbers = {record.id for record in lookup.of_form(form.name)}
        self.seen: dict[Key, Reading] = {}
        self.last_number: str | None = None

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
        wrong = [] if key in self.held else self._wrong(reading)
        if wrong:
            result.refused.append(Refusing(row, _joined(wrong)))
        else:
            self.seen[key] = reading

    def _wrong(self, reading: Reading) -> list[Speakable]:
        """What the form has against a new record: its number, values that do not fit, guards."""
        form, step = self.form, self.form.new
        if form.number_field is not None:
            number = str(self._number(reading))
            if not is_safe(number):
                return [Sentence("bad_number", value=number[:40])]
            if number in self.numbers:
                return [Sentence("number_taken", value=number)]
        scope = Scope(form, reading.values, self.act, self.work)
        wrong: list[Speakable] = [
            render(need.say, scope) if need.say else Sentence("import_unfit", field=form.title)
            for need in step.needs
            if lacking(need, form, scope) == ()
        ]
        early, _, _ = split_guards(step, scope)
        return [*wrong, *unmet_guards(early, scope)[0]]

    def _number(self, reading: Reading) -> Any:
        return reading.values.get(self.form.number_field or "")

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
        """Make the drafts of the new records, and bring the lists that follow them in line."""
        for key, reading in self.seen.items():
            if key in self.held:
                self._known(reading, self.held[key])
            else:
                draft = self._draft(reading)
                self.work.add(draft)
                self.result.created.append((reading.row, draft))
                self.result.left_out += [
                    LeftOut(reading.row, name, reason) for name, reason in reading.left_out.items()
                ]
        for other, source in follow(self.work, self.act):
            touch(other, source, self.act)
        self.result.drafts = self.work.touched

    def _known(self, reading: Reading, record: Record) -> None:
        """A row whose record is on file; it is left as it is."""
        names = _differing(reading.values, record.values)
        if names:
            absent = tuple(name for name in names if record.get(name) is None)
            other = tuple(name for name in names if name not in absent)
            self.result.differing.append(Differing(reading.row, record.id, other, absent))
        else:
            self.result.unchanged.append((reading.row, record.id))

    def _draft(self, reading: Reading) -> Draft:
        form, act = self.form, self.act
        state = str(form.new.to)
        values: dict[str, Any] = {"id": self._new_id(reading), "form": form.name, "state": state}
        values |= {"created_at": act.at, "created_by": act.actor, "keeper": act.actor}
        values |= reading.values
        for name, spec in form.fields.items():
            if spec.default is not None and not spec.auto and values.get(name) is None:
                values |= parse_given(form, [name], {name: [spec.default]}, act, self.work)
        typed_at = act.typed_at if act.typed_at != act.at else None
        history = {
            "at": act.at,
            "typed_at": typed_at,
            "by": act.actor,
            "command": COMMAND,
            "to": state,
            "note": f"{self.result.file}:{reading.row}",
        }
        return Draft(form, values, rows=[history])

    def _new_id(self, reading: Reading) -> str:
        if self.form.number_field is not None:
            return str(self._number(reading))
        if self.last_number is None:
            self.last_number = self.work.new_number(self.form, self.act.today)
        else:
            self.last_number = after(self.last_number)
        return self.last_number


def _differing(given: Mapping[str, Any], held: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name, value in given.items() if held.get(name) != value)


def _joined(reasons: list[Speakable]) -> Speakable:
    return Label("；".join(r.text("zh") for r in reasons), "; ".join(r.text("en") for r in reasons))

"""One row of a roster worked out into values by the form's `import:` section. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from pmcli.dataclass import dataclass
from pmcli.form import units
from pmcli.form.expressions import compile_formula, evaluate
from pmcli.form.field import FieldSpec
from pmcli.form.import_plan import ImportColumn, ImportPlan
from pmcli.form.model import Form
from pmcli.form.types import Offers
from pmcli.form.values import BadValue, Surroundings, choices_label, parse_input
from pmcli.messages import Sentence, Speakable
from pmcli.problems import Problem
from pmcli.record.query import Query
from pmcli.spreadsheets import cells
from pmcli.spreadsheets.entries import Entries
from pmcli.spreadsheets.entries import Passed as Passed
from pmcli.spreadsheets.headers import Table
from pmcli.workflow.act import Act
from pmcli.workflow.inputs import surroundings
from pmcli.workflow.repository import Lookup
from pmcli.workflow.scope import Scope

if TYPE_CHECKING:
    from pmcli.messages.keys import Key


@dataclass
class Reading:
    """What a row says: its number in the file, the values by field, and what could not be taken."""

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    left_out: dict[str, Speakable] = field(default_factory=dict)
    skipped: bool = False


class RowReader:
    """Reads the rows of one table; `passed` counts those that hold no record."""

    def __init__(
        self, form: Form, plan: ImportPlan, table: Table, act: Act, lookup: Lookup
    ) -> None:
        self.form = form
        self.plan = plan
        self.table = table
        self._entries = Entries(plan, table)
        self.passed = self._entries.passed
        self._act = act
        self._lookup = lookup
        self._around: Surroundings = surroundings(act, lookup)
        self._units: set[str] | None = None
        self._skip_names = compile_formula(plan.skip.source).names if plan.skip else frozenset()

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows that may hold a record: row number in the file, and the text of each cell."""
        return ((entry.row, dict(entry.named)) for entry in self._entries)

    def read(self, row: int, named: Mapping[str, str]) -> Reading:
        """Work out the values of a row. Raises Unreadable for a formula of the form that fails."""
        reading = Reading(row)
        texts = {cell.name: named.get(cell.name) for cell in self.plan.cells}
        scope = Scope(self.form, {}, self._act, self._lookup, **texts)
        for column in self.table.columns:
            self._read_column(column, named, reading, scope)
            scope.tell(**{column.name: reading.values.get(column.name)})
        if self.plan.skip is not None and not self._skip_names & set(reading.left_out):
            reading.skipped = bool(evaluate(self.plan.skip, scope))
        return reading

    def _read_column(
        self, column: ImportColumn, named: Mapping[str, str], reading: Reading, scope: Scope
    ) -> None:
        spec = self.form.fields[column.name]
        text, reason = self._cell(column, named, spec)
        if reason is not None:
            reading.left_out[column.name] = reason
            return
        if column.formula is not None:
            scope.tell(cell=text or None)
            result = evaluate(column.formula, scope)
            text = "" if result is None else cells.text_of(result)
        if not text:
            return
        several = bool(column.rest) or spec.repeats
        pieces = cells.split(text) if several else [text]
        good: list[Any] = []
        for piece in pieces:
            try:
                value = self._value(column, spec, piece)
            except BadValue as bad:
                reading.left_out[column.name] = bad.sentence
                continue
            if value is not None and value not in good:
                good.append(value)
        self._put(column, spec, good, reading)

    def _cell(
        self, column: ImportColumn, named: Mapping[str, str], spec: FieldSpec
    ) -> tuple[str, Speakable | None]:
        """The text that stands for a field, or why there is none that could be trusted."""
        text = named.get(column.name, "")
        label = spec.label
        if column.unit:
            parts = number_parts(column, named)
            if not parts[-1]:
                return "", None
            number, reason = spelt_in(self.table, column, named)
            if number is None:
                shown = cells.shown(" ".join(part for part in parts if part))
                return "", Sentence(reason or "import_not_unit", field=label, value=shown)
            return number, None
        if cells.is_rounded(text):
            return "", Sentence("import_rounded", field=label)
        if text and column.last:
            tail = cells.last_of(text, column.last)
            return (tail, None) if tail else ("", Sentence("import_too_short", field=label))
        if text and column.number:
            number = cells.number_in(text)
            return (number, None) if number else ("", _unfit(spec, text, Sentence("kind_number")))
        text = column.words.get(text, text)
        return (cells.date_text(text) if spec.kind.holds is date else text), None

    def _value(self, column: ImportColumn, spec: FieldSpec, text: str) -> Any:
        """One value by the field's type; raises BadValue with a sentence that tells no secret."""
        if spec.kind.rows:
            inner = spec.columns[column.column or ""]
            inner = replace(inner, private=inner.private or spec.private)
            value = self._value(column, inner, text)
            return None if value is None else {inner.name: value}
        if spec.kind.offers is Offers.UNITS:
            return self._unit(spec, text)
        if not spec.kind.lines:
            text = cells.one_line(text)
        try:
            return parse_input(spec, text, self._around)
        except (BadValue, Problem):
            pass
        if spec.choices:
            choices = choices_label(spec)
            raise BadValue(
                Sentence(
                    "import_not_a_choice",
                    field=spec.label,
                    value=cells.shown(text),
                    choices=choices,
                )
            )
        raise BadValue(_unfit(spec, text, spec.kind.cell_label))

    def _unit(self, spec: FieldSpec, text: str) -> str:
        number = units.normalise(text)
        if number is None:
            raise BadValue(Sentence("import_not_unit", field=spec.label, value=cells.shown(text)))
        forms = self._lookup.library.unnumbered
        if self._units is None:
            on_file = self._lookup.count(Query(forms=tuple(forms)), ("id",))
            self._units = {number for (number,) in on_file}
        if number not in self._units:
            raise BadValue(Sentence("import_no_unit", number=number, forms=forms))
        return number

    def _put(
        self, column: ImportColumn, spec: FieldSpec, good: Sequence[Any], reading: Reading
    ) -> None:
        """Give a field its value, and the `rest` fields what more the cell holds."""
        if not good:
            return
        if spec.repeats:
            reading.values[column.name] = list(good)
            return
        places = [n for n in (column.name, *column.rest) if n not in reading.values]
        held = [reading.values.get(n) for n in (column.name, *column.rest)]
        new = [value for value in good if value not in held]
        reading.values.update(zip(places, new, strict=False))
        if len(new) > len(places):
            reading.left_out.setdefault(
                column.name, Sentence("import_too_many_values", field=spec.label, count=len(good))
            )


def number_parts(column: ImportColumn, named: Mapping[str, str]) -> list[str]:
    """The texts of a row that spell a unit number: of the field's own column, or of its cells."""
    text = named.get(column.name, "")
    return [text] if text else [named.get(name, "") for name in column.unit]


def spelt_in(
    table: Table, column: ImportColumn, named: Mapping[str, str]
) -> tuple[str | None, Key | None]:
    """The unit number of a row; or the key of the sentence that says why there is none."""
    partial = bool(column.unit) and table.given.get(column.unit[0]) == ""
    return cells.spelt(number_parts(column, named), whole=table.whole, partial=partial)


def _unfit(spec: FieldSpec, text: str, kind: Speakable | None) -> Sentence:
    """Why a cell was left out; a private value is not repeated."""
    if kind is None:
        return Sentence("import_unfit", field=spec.label)
    if spec.private:
        return Sentence("import_not_kind", field=spec.label, kind=kind)
    return Sentence("import_not_kind_value", field=spec.label, kind=kind, value=cells.shown(text))

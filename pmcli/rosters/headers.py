"""Which row of a sheet holds the headers, and which field or cell of the form each column feeds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pmcli.form.expressions import compile_formula
from pmcli.form.import_plan import ImportColumn, ImportPlan
from pmcli.form.model import Form
from pmcli.messages import Label, Sentence
from pmcli.problems import Usage
from pmcli.rosters.cells import one_line, shown, text_of
from pmcli.rosters.reading import Sheet

SEARCHED = 30
"""Headers are looked for in so many rows."""

_BRACKETS = re.compile(r"[(\[【〔{][^)\]】〕}]*[)\]】〕}]")
_MARKS = re.compile(r"[\s()\[\]【】〔〕{}*:：、,，.。/_\"'“”-]+")
Mapped = Sequence[tuple[str, str]]
"""`--map` as given: a header and the field or cell it feeds."""


@dataclass(frozen=True)
class Table:
    """A sheet with its headers found. `index` says in which column, from 0, a name stands."""

    sheet: Sheet
    header_row: int
    headers: Mapping[int, str]
    index: Mapping[str, int]
    columns: tuple[ImportColumn, ...]

    @property
    def unused(self) -> list[str | Label]:
        """The headers of the columns that feed nothing; a column without one by its letter."""
        used = set(self.index.values())
        filled = {i for row in self.sheet.rows for i, value in enumerate(row) if text_of(value)}
        return [
            self.headers.get(i) or Label(f"{_letter(i)} 列", f"column {_letter(i)}")
            for i in sorted(filled - used)
        ]

    def sources(self, column: ImportColumn) -> list[str]:
        """The headers of the columns that feed a field."""
        others = {other.name for other in self.columns} - {column.name}
        names = [n for n in names_feeding(column) if n in self.index and n not in others]
        return [self.headers[self.index[name]] for name in names]


def names_feeding(column: ImportColumn) -> list[str]:
    """The names of the cells that a field is worked out from, its own first."""
    spoken = sorted(compile_formula(column.formula.source).names) if column.formula else []
    return list(dict.fromkeys([column.name, *column.unit, *spoken]))


def header_keys(text: str) -> tuple[str, ...]:
    """How a header is compared: without blanks, brackets and marks; then without what they hold."""
    folded = unicodedata.normalize("NFKC", text).lower()
    whole, bare = _MARKS.sub("", folded), _MARKS.sub("", _BRACKETS.sub("", folded))
    return (whole,) if whole == bare or not bare else (whole, bare)


def find_table(form: Form, plan: ImportPlan, sheets: Sequence[Sheet], mapped: Mapped) -> Table:
    """The first sheet that has headers for the form's key.

    Raises Usage saying what was looked for and seen, or which header of `--map` is not there.
    """
    columns = _with_mapped(form, plan, mapped)
    best: Table | None = None
    for sheet in sheets:
        row = _header_row(sheet, columns, plan, mapped)
        if row is None:
            continue
        table = _table(sheet, row, columns, plan, mapped)
        if not _lacking(table, plan):
            _check_mapped(table, mapped)
            return table
        best = best or table
    if best is None:
        raise Usage(
            Sentence("import_no_header", wanted=_wanted(plan), seen=_seen(sheets), count=SEARCHED)
        )
    _check_mapped(best, mapped)
    lacking = _lacking(best, plan)
    cells = {cell.name: cell for cell in plan.cells}
    wanted = [
        header
        for column in lacking
        for name in names_feeding(column)
        for header in (column if name == column.name else cells.get(name, column)).headers
    ]
    raise Usage(
        Sentence(
            "import_no_key",
            fields=[form.label_of(column.name) for column in lacking],
            wanted=list(dict.fromkeys(wanted)),
            seen=list(best.headers.values()),
            row=best.header_row,
            field=lacking[0].name,
        )
    )


def _with_mapped(form: Form, plan: ImportPlan, mapped: Mapped) -> tuple[ImportColumn, ...]:
    """The plan's columns and one for each further field that `--map` names; raises Usage."""
    free = [
        spec.name
        for spec in form.fields.values()
        if not spec.auto and spec.type not in ("rows", "link")
    ]
    known = [*(cell.name for cell in plan.cells), *(column.name for column in plan.columns)]
    extra: list[ImportColumn] = []
    for _header, name in mapped:
        if name in known:
            continue
        if name not in free:
            fields = [
                Label(f"{n} {form.label_of(n).zh}", f"{n}") for n in dict.fromkeys([*free, *known])
            ]
            raise Usage(Sentence("import_map_field", name=name, form=form.title, fields=fields))
        known.append(name)
        extra.append(ImportColumn(name))
    return (*plan.columns, *extra)


def _names(columns: Iterable[ImportColumn], plan: ImportPlan, mapped: Mapped) -> dict[str, str]:
    """Header key to the name it feeds: `--map` first, then the form's own headers."""
    names: dict[str, str] = {}
    for header, name in mapped:
        names[header_keys(header)[0]] = name
    taken = set(names.values())
    for column in (*plan.cells, *columns):
        if column.name not in taken:
            for header in column.headers:
                names.setdefault(header_keys(header)[0], column.name)
    return names


def _fed(text: str, names: Mapping[str, str]) -> str | None:
    return next((names[key] for key in header_keys(text) if key in names), None)


def _header_row(
    sheet: Sheet, columns: tuple[ImportColumn, ...], plan: ImportPlan, mapped: Mapped
) -> int | None:
    """The row, from 1, with the most known headers: two at least, or all that it has."""
    names = _names(columns, plan, mapped)
    scores: list[tuple[int, int]] = []
    for number, row in enumerate(sheet.rows[:SEARCHED], start=1):
        texts = [text for value in row if (text := text_of(value))]
        found = len({name for text in texts if (name := _fed(text, names)) is not None})
        if found >= 2 or (found and found == len(texts)):
            scores.append((found, -number))
    return -max(scores)[1] if scores else None


def _table(
    sheet: Sheet,
    row: int,
    columns: tuple[ImportColumn, ...],
    plan: ImportPlan,
    mapped: Mapped,
) -> Table:
    names = _names(columns, plan, mapped)
    headers: dict[int, str] = {}
    index: dict[str, int] = {}
    for position, value in enumerate(sheet.rows[row - 1]):
        text = one_line(text_of(value))
        if text:
            headers[position] = shown(text)
            name = _fed(text, names)
            if name is not None:
                index.setdefault(name, position)
    return Table(sheet, row, headers, index, columns)


def _lacking(table: Table, plan: ImportPlan) -> list[ImportColumn]:
    """The key fields that no column of the sheet feeds."""
    return [
        column for column in table.columns if column.name in plan.key and not table.sources(column)
    ]


def _check_mapped(table: Table, mapped: Mapped) -> None:
    keys = {key for text in table.headers.values() for key in header_keys(text)}
    for header, _name in mapped:
        if header_keys(header)[0] not in keys:
            seen = list(table.headers.values())
            raise Usage(
                Sentence("import_map_header", header=header, row=table.header_row, seen=seen)
            )


def _wanted(plan: ImportPlan) -> list[str]:
    return [column.headers[0] for column in (*plan.cells, *plan.columns) if column.headers]


def _seen(sheets: Sequence[Sheet]) -> list[str]:
    """The texts of the first rows, for a clerk to see what was taken for no header."""
    rows: Iterable[Sequence[Any]] = (row for sheet in sheets for row in sheet.rows[:3])
    texts = [shown(text_of(value))[:20] for row in rows for value in row]
    return [text for text in dict.fromkeys(texts) if text][:12]


def _letter(index: int) -> str:
    """A column's letter as spreadsheets show it: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

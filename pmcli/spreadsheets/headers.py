"""Which row of a sheet holds the headers, and which field or cell of the form each column feeds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from pmcli.dataclass import dataclass
from pmcli.form.expressions import compile_formula
from pmcli.form.import_plan import ImportColumn, ImportPlan
from pmcli.form.model import Form
from pmcli.form.types import Offers
from pmcli.messages import Label, Sentence
from pmcli.patterns import regex
from pmcli.problems import Unmet, Usage, Want
from pmcli.spreadsheets.cells import one_line, shown, text_of
from pmcli.spreadsheets.reading import Sheet, in_sight

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

SEARCHED = 30
"""Headers are looked for in so many rows."""

_BRACKETS = regex(r"[(\[【〔{][^)\]】〕}]*[)\]】〕}]")
_MARKS = regex(r"[\s()\[\]【】〔〕{}*:：、,，.。/_\"'“”-]+")
_GROUP_LENGTH = 12
"""A text of the row above that stands for a merged header is no longer than this; titles are."""
Mapped = Sequence[tuple[str, str]]
"""`--map` as given: a header and the field or cell it feeds."""


@dataclass(frozen=True)
class Told:
    """What the clerk says of a roster's columns."""

    mapped: Mapped = ()
    ignored: Sequence[str] = ()
    """`--ignore`: headers of columns, or names of sheets, that are no part of what is filed."""
    given: Mapped = ()
    """`--set`: a field or cell, and its text for every row; empty for “there is none”."""


@dataclass(frozen=True)
class Table:
    """A sheet with its headers found. `index` says in which column, from 0, a name stands."""

    sheet: Sheet
    header_row: int
    headers: Mapping[int, str]
    index: Mapping[str, int]
    columns: tuple[ImportColumn, ...]
    rivals: Mapping[int, str] = field(default_factory=dict)
    """Columns, from 0, whose header would feed a name too that another column feeds."""
    ignored: frozenset[int] = frozenset()
    """Columns that the clerk has set aside."""
    settled: frozenset[str] = frozenset()
    """Names whose column the clerk has named."""
    given: Mapping[str, str] = field(default_factory=dict)
    """What holds for every row whose own cell is empty, by name."""
    said: tuple[Said, ...] = ()
    """What of `given` was not the clerk's word but stood in a name or a title."""
    whole: bool = False
    """Whether the last cell of a number repeats the building before it: 3栋, 3-501."""

    @property
    def unused(self) -> list[str | Label]:
        """The headers of the columns that feed nothing; a column without one by its letter."""
        return [self.header(i) for i in self.unused_positions]

    @property
    def unused_positions(self) -> list[int]:
        """Which columns, from 0, hold something and feed nothing."""
        used = set(self.index.values())
        filled = {i for row in self.sheet.rows for i, value in enumerate(row) if text_of(value)}
        return sorted(filled - used)

    def header(self, position: int) -> str | Label:
        """A column's header; its letter where it has none. `--map` and `--ignore` take either."""
        letter = _letter(position)
        return self.headers.get(position) or Label(f"{letter} 列", f"column {letter}")

    def sources(self, column: ImportColumn) -> list[str]:
        """The headers of the columns that feed a field."""
        positions = [self.index[name] for name in self.feeding(column)]
        return [self.headers.get(position, _letter(position)) for position in positions]

    def feeding(self, column: ImportColumn) -> list[str]:
        """The names of the cells with a column of their own that a field is worked out from."""
        others = {other.name for other in self.columns} - {column.name}
        return [n for n in names_feeding(column) if n in self.index and n not in others]


@dataclass(frozen=True)
class Said:
    """A part of a number that stands in a sheet's name, a title or a file's name."""

    part: Label
    text: str
    where: Key


def names_feeding(column: ImportColumn) -> list[str]:
    """The names of the cells that a field is worked out from, its own first."""
    spoken = sorted(compile_formula(column.formula.source).names) if column.formula else []
    return list(dict.fromkeys([column.name, *column.unit, *spoken]))


def header_keys(text: str) -> tuple[str, ...]:
    """How a header is compared: without blanks, brackets and marks; then without what they hold."""
    folded = unicodedata.normalize("NFKC", text).lower()
    whole, bare = _MARKS.sub("", folded), _MARKS.sub("", _BRACKETS.sub("", folded))
    return (whole,) if whole == bare or not bare else (whole, bare)


class Known:
    """The headers that a plan knows: those of `--map` before the form's own, whole before alike."""

    def __init__(self, form: Form, plan: ImportPlan, told: Told) -> None:
        self.form, self.plan = form, plan
        self.columns: tuple[ImportColumn, ...] = plan.columns
        self._words: dict[str, str] = {}
        for column in (*plan.cells, *plan.columns):
            for header in column.headers:
                self._words.setdefault(header_keys(header)[0], column.name)
        self.mapped = [(header, self.name(word)) for header, word in told.mapped]
        self.given = {self.name(word): text for word, text in told.given}
        self.ignored = told.ignored
        self._own = {header_keys(header)[0]: name for header, name in self.mapped}
        taken = set(self._own.values())
        self._words = {key: name for key, name in self._words.items() if name not in taken}
        self._alike = [
            (column.name, consisting_of(column.like, plan.dress))
            for column in (*plan.cells, *self.columns)
            if column.like and column.name not in taken
        ]

    def name(self, word: str) -> str:
        """The field or cell that a word of the clerk's means: its name, or a header of it.

        A field that the plan does not fill becomes one of `columns`; raises Usage for another word.
        """
        plan, form = self.plan, self.form
        fed = [*plan.cells, *(column for column in self.columns if not _is_derived(column))]
        known = [column.name for column in fed]
        if word in known:
            return word
        derived = {column.name for column in self.columns if _is_derived(column)}
        free = [
            spec.name
            for spec in form.fields.values()
            if not spec.auto
            and not spec.kind.rows
            and spec.kind.offers is not Offers.RECORDS
            and spec.name not in derived
        ]
        if word in free:
            self.columns = (*self.columns, ImportColumn(word))
            return word
        if (meant := self._words.get(header_keys(word)[0])) is not None:
            return meant
        fields = [
            Label(f"{n} {form.label_of(n).zh}", f"{n}") for n in dict.fromkeys([*free, *known])
        ]
        raise Usage.of(
            Want.UNKNOWN,
            Sentence("import_map_field", name=word, form=form.title, fields=fields),
            "map",
        )

    def fed(self, keys: tuple[str, ...]) -> tuple[str, int] | None:
        """The name that a header feeds, and how surely: 0 the clerk's word, 1 whole, 2 alike."""
        for rank, words in enumerate((self._own, self._words)):
            for key in keys:
                if key in words:
                    return words[key], rank
        for key in keys:
            for name, pattern in self._alike:
                if pattern.match(key):
                    return name, 2
        return None

    def names_in(self, row: Sequence[Any]) -> set[str]:
        """The names that the cells of a row would feed, were they headers."""
        texts = (text for value in row if (text := text_of(value)))
        return {fed[0] for text in texts if (fed := self.fed(header_keys(text))) is not None}

    def is_ignored(self, keys: tuple[str, ...]) -> bool:
        """Whether the clerk has set a column or sheet aside."""
        return any(header_keys(word)[0] in keys for word in self.ignored)


def _is_derived(column: ImportColumn) -> bool:
    """Whether a field is worked out of others alone, so that no column could feed it."""
    formula = column.formula
    return formula is not None and "cell" not in compile_formula(formula.source).names


def consisting_of(words: Iterable[str], dress: Iterable[str]) -> re.Pattern[str]:
    """A pattern for headers made of some words and what usually stands around them."""
    core, around = (
        "|".join(re.escape(header_keys(word)[0]) for word in sorted(group, key=len, reverse=True))
        for group in (words, dress)
    )
    dressed = f"(?:{around})*" if around else ""
    return re.compile(rf"{dressed}(?:{core})+{dressed}1?\Z")


def alike(form: Form, plan: ImportPlan, sheets: Sequence[Sheet], told: Told) -> list[Table]:
    """The sheets that have headers for the form's key."""
    known = Known(form, plan, told)
    seen = in_sight(sheets)
    tables = (table for sheet in seen if (table := _table(sheet, known)) is not None)
    return [table for table in tables if not _lacking(table, plan)]


def find_table(form: Form, plan: ImportPlan, sheets: Sequence[Sheet], told: Told) -> Table:
    """The first sheet that has headers for the form's key.

    Raises Usage saying what was looked for and seen, or which header of `--map` is not there.
    """
    known = Known(form, plan, told)
    seen = in_sight(sheets)
    hidden = [sheet.name for sheet in sheets if sheet not in seen]
    notes = [Sentence("import_hidden", sheets=hidden)] if hidden else []
    tables = [table for sheet in seen if (table := _table(sheet, known)) is not None]
    if not tables:
        texts = _seen(seen)
        said = Sentence("import_no_header", wanted=_wanted(plan), seen=texts, count=SEARCHED)
        raise Usage(Unmet(Want.VALUE, said, form.name, ("file",)), notes=notes)
    whole = [table for table in tables if not _lacking(table, plan)]
    table = (whole or tables)[0]
    _check_told(table, known, sheets)
    if whole:
        return table
    lacking = _lacking(table, plan)
    cells = {cell.name: cell for cell in plan.cells}
    wanted = [
        header
        for column in lacking
        for name in names_feeding(column)
        for header in (column if name == column.name else cells.get(name, column)).headers
    ]
    said = Sentence(
        "import_no_key",
        fields=[form.label_of(column.name) for column in lacking],
        wanted=list(dict.fromkeys(wanted)),
        seen=list(table.headers.values()),
        row=table.header_row,
        field=lacking[0].name,
    )
    fields = tuple(column.name for column in lacking)
    raise Usage(Unmet(Want.MISSING, said, form.name, fields), notes=notes)


def _header_row(sheet: Sheet, known: Known) -> int | None:
    """The row, from 1, with the most known headers: two at least, or all that it has."""
    scores: list[tuple[int, int]] = []
    for number, row in enumerate(sheet.rows[:SEARCHED], start=1):
        count = sum(1 for value in row if text_of(value))
        found = len(known.names_in(row))
        if found >= 2 or (found and found == count):
            scores.append((found, -number))
    return -max(scores)[1] if scores else None


def _table(sheet: Sheet, known: Known) -> Table | None:
    """The sheet with its headers; None where none is known."""
    row = _header_row(sheet, known)
    if row is None:
        return None
    headers = _headers(sheet, row)
    fed: dict[str, tuple[int, int]] = {}
    rivals: dict[int, str] = {}
    ignored = set()
    width = max(len(held) for held in sheet.rows)
    for position in range(width):
        keys = _column_keys(headers, position)
        if known.is_ignored(keys):
            ignored.add(position)
        elif (found := known.fed(keys)) is not None:
            name, rank = found
            if name in fed and fed[name][0] <= rank:
                rivals[position] = name
                continue
            if name in fed:
                rivals[fed[name][1]] = name
            fed[name] = (rank, position)
    return Table(
        sheet,
        row,
        headers,
        {name: position for name, (_rank, position) in fed.items()},
        known.columns,
        rivals,
        frozenset(ignored),
        frozenset(name for name, (rank, _position) in fed.items() if rank == 0),
        known.given,
    )


def _column_keys(headers: Mapping[int, str], position: int) -> tuple[str, ...]:
    """How a column is named: by its header, or by its letter where it has none."""
    if position in headers:
        return header_keys(headers[position])
    letter = _letter(position).lower()
    return (f"{letter}列", f"column{letter}", letter)


def _headers(sheet: Sheet, row: int) -> dict[int, str]:
    """The texts of the header row; of the one above where two rows are merged into one cell."""
    headers = {
        position: shown(text)
        for position, value in enumerate(sheet.rows[row - 1])
        if (text := one_line(text_of(value)))
    }
    above = sheet.rows[row - 2] if row > 1 else ()
    texts = {i: text for i, value in enumerate(above) if (text := one_line(text_of(value)))}
    if len(texts) > 1:
        for position, text in texts.items():
            if len(text) <= _GROUP_LENGTH:
                headers.setdefault(position, shown(text))
    return headers


def _lacking(table: Table, plan: ImportPlan) -> list[ImportColumn]:
    """The key fields that no column of the sheet feeds."""
    return [
        column
        for column in table.columns
        if column.name in plan.key
        and not table.feeding(column)
        and not any(table.given.get(name) for name in names_feeding(column))
    ]


def _check_told(table: Table, known: Known, sheets: Sequence[Sheet]) -> None:
    """Raises Usage where the clerk names a column that is not there."""
    width = max(len(row) for row in table.sheet.rows)
    keys = {key for i in range(width) for key in _column_keys(table.headers, i)}
    names = {header_keys(sheet.name)[0] for sheet in sheets}
    for header in (*(header for header, _name in known.mapped), *known.ignored):
        key = header_keys(header)[0]
        if key in keys or (header in known.ignored and key in names):
            continue
        seen = list(table.headers.values())
        raise Usage.of(
            Want.UNKNOWN,
            Sentence("import_map_header", header=header, row=table.header_row, seen=seen),
            "map",
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

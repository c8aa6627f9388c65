"""A form's `import:` as values: which columns of a roster fill which fields, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from pmcli.dataclass import dataclass
from pmcli.form.formula import Formula
from pmcli.messages import Label


@dataclass(frozen=True, eq=False)
class ImportColumn:
    """How a field, or a cell that only formulas speak of, is found in a roster and read.

    A cell is read in this order: `unit`, `last`, `number`, `words`, `formula`, the field's type.
    """

    name: str
    headers: tuple[str, ...] = ()
    formula: Formula | None = None
    """What the field is given; it sees `cell`, the plan's cells and the fields above it."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What a roster writes, to what the field holds."""
    unit: tuple[str, ...] = ()
    """Cells that together spell a unit number, where the field has no column of its own."""
    number: bool = False
    """The number in the cell, without its unit of measure: 102.5平 is 102.5."""
    last: int = 0
    """Only so many last letters and digits of the cell are ever looked at."""
    rest: tuple[str, ...] = ()
    """Fields that take the second and later values of a cell: 13800000000 / 0731-8000000."""
    column: str | None = None
    """Of a rows field: the column that each value of the cell fills."""
    down: bool = False
    """An empty cell repeats the one above it, as under a merged cell."""
    like: tuple[str, ...] = ()
    """Words a header consists of, beside the plan's `dress`, where it is not known whole."""
    marks: tuple[str, ...] = ()
    """Words in a header, or behind a number in a cell or title, that speak of this part."""
    empty: tuple[str, ...] = ()
    """What rosters write where there is nothing."""


@dataclass(frozen=True, eq=False)
class ImportPlan:
    """How rows of a roster become records of this form."""

    key: tuple[str, ...]
    """The fields that say which record a row is."""
    columns: tuple[ImportColumn, ...]
    """The fields that a roster fills, in the order in which they are worked out."""
    cells: tuple[ImportColumn, ...] = ()
    """Cells that are no fields, by the name under which formulas and `unit` know them."""
    skip: Formula | None = None
    skip_label: Label | None = None
    dress: tuple[str, ...] = ()
    """Words around the word in a header that says what the column holds: 所属, 编号."""
    unlike: tuple[str, ...] = ()
    """Words that hold a mark and mean something else: 座机 speaks of no 座."""
    unplaced: ImportColumn | None = None
    """`like` and `marks` of what an estate may number its homes by and the unit number cannot."""
    about: tuple[str, ...] = ()
    """Words in headers of columns that describe a home and are no part of its number: 面积."""
    beside: tuple[str, ...] = ()
    """Words in headers of columns that may differ between two rows of one home."""

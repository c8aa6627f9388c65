"""Pages and lists as values: what a form's `prints:` and `list:` say once they have been read."""

from __future__ import annotations

from dataclasses import dataclass

from pmcli.form.model import Formula, Template
from pmcli.messages import Label


@dataclass(frozen=True, eq=False)
class Column:
    """A column of a list: one or more fields (the first filled one shows), or a formula."""

    name: str
    fields: tuple[str, ...] = ()
    formula: Formula | None = None
    label: Label | None = None


@dataclass(frozen=True, eq=False)
class Part:
    """One part of a printed page; `kind` names it, `spec` holds what it shows."""

    kind: str
    title: Label | None = None
    fields: tuple[str, ...] = ()
    when: Formula | None = None
    columns: int = 2
    template: Template | None = None
    formula: Formula | None = None
    across: str | None = None
    labels: tuple[Label, ...] = ()
    rates: tuple[tuple[Label, Formula, Formula, str], ...] = ()
    list_columns: tuple[Column, ...] = ()
    blank_rows: int = 4
    show: tuple[str, ...] = ()
    """Of rows: the columns that stand on the page; all of them without it."""
    where: Formula | None = None
    """Of rows: which of them, each named `it`."""
    tight: bool = False
    """Of rows: one line for each, cut where it is too long; empty columns are left out."""
    blank_from: str | None = None
    """Of rows on a blank form: the choice field whose choices stand in the first column."""
    beneath: tuple[str, ...] = ()
    """Of rows: columns that stand, each with its label, beneath the first long text."""
    on_blank: bool = True
    """Whether the empty form has it."""
    style: str = "plain"
    """Of a paragraph: one of STYLES in pmcli/form/paper.py."""
    down: tuple[str, ...] = ()
    """Of a calendar: the columns that name its lines; `fields` are the rows field, day and mark."""


@dataclass(frozen=True, eq=False)
class Layout:
    """A printed page of a form; `over` makes it a page over many records of a month or a day."""

    name: str
    title: Label
    parts: tuple[Part, ...]
    paper: str = "A4"
    landscape: bool = False
    copies: tuple[Label, ...] = ()
    """Printed once for each, with these words on it: who keeps which copy."""
    document: str = ""
    over: str | None = None
    dated_by: str = "created_at"
    month_begins: int = 1
    where: Formula | None = None
    posted: bool = False
    """A page for a wall: private fields are left out."""
    large: bool = False
    plain: bool = False
    """Without the usual head: what stands on it is the whole text."""
    dated: Formula | None = None
    """The document's own date; else the day its record was made or its period ends."""
    mark: Formula | None = None
    """What a print is verified by: the record's number and a fingerprint of its text."""
    seal: Formula | None = None
    """Whether room is left for the stamp."""
    watermark: Template | None = None
    """Words across the page, where it is not yet what may be posted."""
    foot: Template | None = None
    """Of a plain page: what is filled in by hand in its last line, with / between."""
    state: tuple[str, ...] = ()

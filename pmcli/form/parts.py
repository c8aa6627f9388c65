"""The parts of a printed page, each a class: what a form says of it, and what it speaks of.

What a part becomes on paper is said in pmcli/documents/parts.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, Self

from pmcli.dataclass import dataclass
from pmcli.form.column import Column
from pmcli.form.formula import Formula, Template
from pmcli.form.part import PARTS, Named, Part, register
from pmcli.form.reading import Reader, label_from
from pmcli.messages import Label
from pmcli.problems import Fault
from pmcli.yaml_files.shape import FLAG, NAMES, NUMBER, TEXT, Keys, List, Shape, Word
from pmcli.yaml_files.tree import Tree

STYLES = ("plain", "number", "title", "opening", "letter", "signature", "validity", "small")
"""How a paragraph is set (pmcli/documents/page.py)."""


def read_part(tree: Tree, faults: list[Fault]) -> Part | None:
    """Read one part of a page; None where no key says what it is, which its shape has told."""
    reader = Reader(tree, faults)
    kind = next((kind for key, kind in PARTS.items() if key in (tree.keys or {})), None)
    if kind is None:
        return None
    return kind.from_tree(
        reader,
        title=reader.label("title"),
        when=reader.formula("when"),
        on_blank=reader.flag("blank", True),
    )


def _unknown(form: Named, key: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names of no fields."""
    return ((key, name) for name in names if form.value_type(name) is None)


def _no_columns(
    form: Named, fields: Iterable[str], key: str, names: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Names of no columns of the first of some rows fields."""
    columns = next((form.fields[name].columns for name in fields if name in form.fields), {})
    return ((key, name) for name in names if name not in columns)


@dataclass(frozen=True, eq=False, kw_only=True)
class OfFields(Part):
    """A part that shows some fields, those that its own key names."""

    fields: tuple[str, ...] = ()

    @classmethod
    def from_tree(cls, reader: Reader, **common: Any) -> Self:
        """Its own key."""
        return cls(fields=reader.names(cls.kind), **common)

    def unknown(self, form: Named) -> Iterator[tuple[str, str]]:
        """Names of no fields."""
        yield from _unknown(form, self.kind, self.fields)


@register
@dataclass(frozen=True, eq=False, kw_only=True)
class Fields(OfFields):
    """Fields in boxes, in some columns."""

    kind = "fields"
    keys: ClassVar[Mapping[str, Shape]] = {"columns": NUMBER}
    columns: int = 2

    @classmethod
    def from_tree(cls, reader: Reader, **common: Any) -> Self:
        """`fields`, `columns`."""
        return super().from_tree(reader, columns=reader.number("columns", 2), **common)


@register
@dataclass(frozen=True, eq=False, kw_only=True)
class Text(OfFields):
    """Fields with a box of their own."""

    kind = "text"


@register
@dataclass(frozen=True, eq=False, kw_only=True)
class Rows(OfFields):
    """The rows of rows fields, as tables."""

    kind = "rows"
    keys: ClassVar[Mapping[str, Shape]] = {
        "show": NAMES,
        "beneath": NAMES,
        "where": TEXT,
        "tight": FLAG,
        "blank_rows": NUMBER,
        "blank_from": TEXT,
    }
    show: tuple[str, ...] = ()
    """The columns that stand on the page; all of them without it."""
    beneath: tuple[str, ...] = ()
    """Columns that stand, each with its label, beneath the first long text."""
    where: Formula | None = None
    """Which of them, each named `it`."""
    tight: bool = False
    """One line for each, cut where it is too long; empty columns are left out."""
    blank_rows: int = 4
    blank_from: str | None = None
    """On a blank form: the choice field whose choices stand in the first column."""

    @classmethod
    def from_tree(cls, reader: Reader, **common: Any) -> Self:
        """`rows`, `show`, `beneath`, `where`, `tight`, `blank_rows`, `blank_from`."""
        return super().from_tree(
            reader,
            show=reader.names("show"),
            beneath=reader.names("beneath"),
            where=reader.formula("where"),
            tight=reader.flag("tight"),
            blank_rows=reader.number("blank_rows", 4),
            blank_from=reader.text("blank_from"),
            **common,
        )

    def formulas(self) -> Iterator[Formula | Template]:
        """`when` and `where`."""
        yield from super().formulas()
        if self.where is not None:
            yield self.where

    def unknown(self, form: Named) -> Iterator[tuple[str, str]]:
        """Names of no fields and of no columns."""
        yield from _no_columns(form, self.fields, "show", self.show)
        yield from _no_columns(form, self.fields, "beneath", self.beneath)
        yield from super().unknown(form)


@register
@dataclass(frozen=True, eq=False, kw_only=True)
class Steps(Part):
    """What has happened to the record: some steps, or all."""

    kind = "steps"
    keys: ClassVar[Mapping[str, Shape]] = {"blank_rows": NUMBER}
    steps: tuple[str, ...] = ()
    """None of them, or `all`, for all."""
    blank_rows: int = 4

    @classmethod
    def from_tree(cls, reader: Reader, **common: Any) -> Self:
        """`steps`, `blank_rows`."""
        steps = tuple(name for name in reader.names(cls.kind) if name != "all")
        return cls(steps=steps, blank_rows=reader.number("blank_rows", 4), **common)


@register
@dataclass(frozen=True, eq=False, kw_only=True)
class Paragraph(Part):
    """A sentence."""

    kind = "paragraph"
    value = TEXT
    keys: ClassVar[Mapping[str, Shape]] = {"style": Word(STYLES)}
    template: Template | None = None
    style: str = STYLES[0]

    @classmethod
    def from_tree(cls, reader: Reader, **common: Any) -> Self:
        """`paragraph`, `style`."""
        style = reader.word("style", STYLES, STYLES[0])
        return cls(template=reader.template(cls.kind), style=style, **common)

    def formulas(self) -> Iterator[Formula | Template]:
        """`when` and the sentence."""
        yield from super().formulas()
        if self.template is not None:
            yield self.template


@register
@dataclass(frozen=True, eq=False, kw_only=True)
class Signatures(Part):
    """Lines to sign on."""

    kind = "signatures"
    labels: tuple[Label, ...] = ()

    @classmethod
    def from_tree(cls, reader: Reader, **common: Any) -> Self:
        """`signatures`."""
        return cls(labels=tuple(label_from(name) for name in reader.names(cls.kind)), **common)


@dataclass(frozen=True, eq=False, kw_only=True)
class OfFormula(Part):
    """A part that shows what a formula comes to, the one that its own key says."""

    value = TEXT
    formula: Formula | None = None

    @classmethod
    def from_tree(cls, reader: Reader, **common: Any) -> Self:
        """Its own key."""
        return cls(formula=reader.formula(cls.kind), **common)

    def formulas(self) -> Iterator[Formula | Template]:
        """`when` and the formula."""
        yield from super().formulas()
        if self.formula is not None:
            yield self.formula


@register
@dataclass(frozen=True, eq=False, kw_only=True)
class Records(OfFormula):
    """Records as a table."""

    kind = "records"
    keys: ClassVar[Mapping[str, Shape]] = {"columns": NAMES}
    columns: tuple[Column, ...] = ()
    blank_rows: ClassVar[int] = 4

    @classmethod
    def from_tree(cls, reader: Reader, **common: Any) -> Self:
        """`records`, `columns`."""
        columns = tuple(Column(name, (name,)) for name in reader.names("columns"))
        return super().from_tree(reader, columns=columns, **common)


@register
@dataclass(frozen=True, eq=False, kw_only=True)
class Counts(OfFields):
    """For each of some fields, how many records have which value."""

    kind = "counts"
    keys: ClassVar[Mapping[str, Shape]] = {"across": TEXT}
    across: str | None = None

    @classmethod
    def from_tree(cls, reader: Reader, **common: Any) -> Self:
        """`counts`, `across`."""
        return super().from_tree(reader, across=reader.text("across"), **common)

    def unknown(self, form: Named) -> Iterator[tuple[str, str]]:
        """Names of no fields."""
        yield from super().unknown(form)
        yield from _unknown(form, "across", [self.across] if self.across else [])


UNITS = ("%", "‰")
"""How a rate is said."""
RATE = Keys("rate", {"label": TEXT, "top": TEXT, "bottom": TEXT, "unit": Word(UNITS)}, ("label",))


@dataclass(frozen=True, eq=False)
class Rate:
    """What a rate is called, its two numbers, and % or ‰."""

    label: Label
    top: Formula
    bottom: Formula
    unit: str


@register
@dataclass(frozen=True, eq=False, kw_only=True)
class Rates(Part):
    """Rates, each with the two numbers it comes from."""

    kind = "rates"
    value = List(RATE)
    rates: tuple[Rate, ...] = ()

    @classmethod
    def from_tree(cls, reader: Reader, **common: Any) -> Self:
        """`rates`, a list of `label`, `top`, `bottom`, `unit`."""
        return cls(rates=reader.sequence(cls.kind, lambda t: _rate(t, reader.faults)), **common)

    def formulas_of_records(self) -> Iterator[Formula]:
        """What is divided by what."""
        return (formula for rate in self.rates for formula in (rate.top, rate.bottom))


def _rate(tree: Tree, faults: list[Fault]) -> Rate:
    reader = Reader(tree, faults)
    none = Formula("none", tree.file, tree.line)
    return Rate(
        reader.label("label") or Label("", ""),
        reader.formula("top") or none,
        reader.formula("bottom") or none,
        reader.word("unit", UNITS, UNITS[0]),
    )


@register
@dataclass(frozen=True, eq=False, kw_only=True)
class Calendar(Part):
    """The rows of a field laid out by day, each with a mark."""

    kind = "calendar"
    value = TEXT
    keys: ClassVar[Mapping[str, Shape]] = {
        "day": TEXT,
        "mark": TEXT,
        "days": TEXT,
        "down": NAMES,
        "blank_rows": NUMBER,
    }
    required = ("day", "mark")
    rows: str = ""
    day: str = ""
    mark: str = ""
    days: Formula | None = None
    down: tuple[str, ...] = ()
    """The columns that name its lines."""
    blank_rows: int = 8

    @classmethod
    def from_tree(cls, reader: Reader, **common: Any) -> Self:
        """`calendar`, `day`, `mark`, `days`, `down`, `blank_rows`."""
        rows, day, mark = (reader.text(k) or "" for k in (cls.kind, "day", "mark"))
        return cls(
            rows=rows,
            day=day,
            mark=mark,
            days=reader.formula("days"),
            down=reader.names("down"),
            blank_rows=reader.number("blank_rows", 8),
            **common,
        )

    def formulas(self) -> Iterator[Formula | Template]:
        """`when` and `days`."""
        yield from super().formulas()
        if self.days is not None:
            yield self.days

    def unknown(self, form: Named) -> Iterator[tuple[str, str]]:
        """Names of no field and of no columns."""
        yield from _no_columns(form, [self.rows], "down", self.down)
        yield from _unknown(form, self.kind, [self.rows])


@register
@dataclass(frozen=True, eq=False, kw_only=True)
class Cards(OfFields):
    """A card for each row, with columns and the record's own fields."""

    kind = "cards"
    keys: ClassVar[Mapping[str, Shape]] = {"show": NAMES, "blank_rows": NUMBER}
    show: tuple[str, ...] = ()
    blank_rows: int = 4

    @classmethod
    def from_tree(cls, reader: Reader, **common: Any) -> Self:
        """`cards`, `show`, `blank_rows`."""
        more = {"show": reader.names("show"), "blank_rows": reader.number("blank_rows", 4)}
        return super().from_tree(reader, **more, **common)

    def unknown(self, form: Named) -> Iterator[tuple[str, str]]:
        """Names of no fields, and of neither columns nor fields."""
        odd = (name for _, name in _no_columns(form, self.fields, "show", self.show))
        yield from _unknown(form, "show", odd)
        yield from super().unknown(form)


@register
@dataclass(frozen=True, eq=False, kw_only=True)
class Prose(OfFormula):
    """A Markdown text."""

    kind = "prose"


@register
@dataclass(frozen=True, eq=False, kw_only=True)
class Attachments(OfFormula):
    """The list of what is attached that a Markdown text ends with."""

    kind = "attachments"

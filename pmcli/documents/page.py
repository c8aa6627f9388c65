"""A printed page as values: what stands on it, in which order, in the reader's language.

Text, HTML, PDF and DOCX are ways to write the same Page; none knows forms or records.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import ClassVar

from pmcli.dataclass import dataclass
from pmcli.form.theme import Dress

UNDATED = date(2000, 1, 1)
"""The date of a file whose page has none of its own: a file carries no clock."""


@dataclass(frozen=True)
class Cell:
    """A label with its value in a grid; `span` counts label-and-value pairs."""

    label: str
    value: str
    span: int = 1


@dataclass(frozen=True)
class Grid:
    """Ruled label-and-value pairs; the spans of each row add up to `columns`."""

    kind: ClassVar[str] = "grid"
    columns: int
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    card: bool = False
    """It stands by itself, whole, to be cut out."""


@dataclass(frozen=True)
class Box:
    """A long text in a ruled box at least `lines` lines high, so that a pen finds room."""

    kind: ClassVar[str] = "box"
    label: str
    text: str
    lines: int = 1


@dataclass(frozen=True)
class Heading:
    """The head of a table's column; figures stand to the right."""

    label: str
    figures: bool = False
    room: int = 0
    """How many columns of text a pen wants here, where the table is to be filled in."""


@dataclass(frozen=True)
class Table:
    """A ruled table; its headings are repeated on every page it reaches."""

    kind: ClassVar[str] = "table"
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    totals: bool = False
    """The last row sums up the others."""
    tight: bool = False
    """Each row takes one line; what is longer is cut."""
    to_fill: bool = False
    """Its empty columns wait for a pen."""


@dataclass(frozen=True)
class Calendar:
    """A table with a narrow column for each day; `heads` stand over the columns before them."""

    kind: ClassVar[str] = "calendar"
    heads: tuple[str, ...]
    days: tuple[tuple[str, str], ...]
    """Each day's number and weekday."""
    rows: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    """Each row's names, and its mark for each day."""
    title: str = ""
    legend: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A text without rules. What hangs on a wall has a style of its own.

    `number`: the document's number, 文号; `title`: large and centred; `opening`: the salutation,
    flush left; `letter`: each paragraph begins two characters in; `signature`: the organisation
    and, in the next line, the date; `validity`: until when it hangs; `small`: small, to the right.
    """

    kind: ClassVar[str] = "paragraph"
    text: str
    title: str = ""
    style: str = "plain"


@dataclass(frozen=True)
class Run:
    """A piece of a line: plain, `strong`, `em`, or the `head` of a numbered line."""

    text: str
    style: str = ""


@dataclass(frozen=True)
class Line:
    """A paragraph of a prose text.

    `level` is 1 to 4 for what begins with 一、（一）1.（1）and 0 for other text. `style` is `text`,
    `item` for a point without a number, `attachment` for the list of what is attached (its first
    line begins 附件：).
    """

    kind: ClassVar[str] = "line"
    runs: tuple[Run, ...]
    level: int = 0
    style: str = "text"

    @property
    def text(self) -> str:
        """The line without its styles."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class ProseTable:
    """A ruled table in a prose text; all rows have as many cells as there are headings."""

    kind: ClassVar[str] = "prose_table"
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[bool, ...]
    """Which columns stand to the right."""


@dataclass(frozen=True)
class Prose:
    """The body of what hangs on a wall or is delivered: paragraphs, numbered points, tables."""

    kind: ClassVar[str] = "prose"
    elements: tuple[Line | ProseTable, ...]


@dataclass(frozen=True)
class Signatures:
    """Who signs: each label with room for a name, and the words of a date to fill in."""

    kind: ClassVar[str] = "signatures"
    labels: tuple[str, ...]
    date: str


Block = Grid | Box | Table | Calendar | Paragraph | Prose | Signatures


@dataclass(frozen=True)
class Page:
    """One document; it may take several sheets, and each carries the same head and foot."""

    title: str
    office: str
    phone: str
    """The office's phone line, empty when it has none."""
    address: str
    """The office's address, empty when it has none."""
    control: str
    """Document number, version and revision."""
    number: str
    """The record's number, or the period that the page covers."""
    sheet: str
    """The sheet's number, with gaps `{page}` and `{pages}`."""
    paper: str
    """A4 (upright) or A5 (lying)."""
    language: str
    blocks: tuple[Block, ...]
    landscape: bool = False
    """A4 lying."""
    copies: tuple[str, ...] = ()
    """The page is printed once for each, with these words on it."""
    several: str = ""
    """How many copies there are, in words."""
    blank: bool = False
    """An empty form, with room for a pen."""
    large: bool = False
    """In large type, to be read from a step away."""
    plain: bool = False
    """Without a head: what stands on it is the whole text; its numbers stand at the foot."""
    dated: date | None = None
    """The document's own date, which a file carries in place of the time it was written."""
    mark: str = ""
    """The record's number and the short fingerprint of its text, to be verified by."""
    watermark: str = ""
    """Pale words across the page: it is a sample."""
    foot: tuple[str, ...] = ()
    """Of a plain page: labels of what is filled in by hand in its last line."""
    dress: Dress = field(default_factory=Dress)

"""A printed page as values: what stands on it, in which order, in the reader's language.

Text and HTML are two ways to write the same Page; neither knows forms or records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


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


@dataclass(frozen=True)
class Table:
    """A ruled table; its headings are repeated on every page it reaches."""

    kind: ClassVar[str] = "table"
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    totals: bool = False
    """The last row sums up the others."""


@dataclass(frozen=True)
class Paragraph:
    """A text without rules."""

    kind: ClassVar[str] = "paragraph"
    text: str
    title: str = ""


@dataclass(frozen=True)
class Signatures:
    """Who signs: each label with room for a name, and the words of a date to fill in."""

    kind: ClassVar[str] = "signatures"
    labels: tuple[str, ...]
    date: str


Block = Grid | Box | Table | Paragraph | Signatures


@dataclass(frozen=True)
class Page:
    """One document; it may take several sheets, and each carries the same head and foot."""

    title: str
    office: str
    phone: str
    """The office's phone line, empty when it has none."""
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

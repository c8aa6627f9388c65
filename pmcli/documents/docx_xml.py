"""The elements of WordprocessingML that pages are made of; texts go in as data, never as markup.

Lengths are millimetres or points where a name says so, else twips (a twentieth of a point).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.oxml.xmlchemy import BaseOxmlElement

from pmcli.dataclass import dataclass
from pmcli.documents.printable import printable
from pmcli.patterns import regex

Element = BaseOxmlElement
_SNAP = 40
"""Vertical rules of one table that are less than so far apart (twips) are one."""
_ASIAN = regex("[\u2e80-\U0003ffff]")
"""A text with such a character has its quotation marks and dashes in Chinese type, too."""
_BREAK = regex(r"([\n\t])")


def mm(length: float) -> int:
    """Millimetres in twips."""
    return round(length * 1440 / 25.4)


def pt(length: float) -> int:
    """Points in twips."""
    return round(length * 20)


def element(name: str, /, *children: Element, **attributes: object) -> Element:
    """An element of the main namespace; `from_` stands for an attribute that Python reserves."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key.rstrip('_')}"), str(value))
    for child in children:
        made.append(child)
    return made


def run(text: str, style: str = "") -> Element:
    """A text in a character style; a line end in it is a break of the line, not a paragraph."""
    made = element("r")
    properties = [element("rStyle", val=style)] if style else []
    if _ASIAN.search(text):
        properties.append(element("rFonts", hint="eastAsia"))
    if properties:
        made.append(element("rPr", *properties))
    for piece in _BREAK.split(printable(text)):
        if piece == "\n":
            made.append(element("br"))
        elif piece == "\t":
            made.append(element("tab"))
        elif piece:
            held = element("t")
            held.text = piece
            held.set(qn("xml:space"), "preserve")
            made.append(held)
    return made


def tab() -> Element:
    """A step to the next tab stop."""
    return element("r", element("tab"))


def field(instruction: str, result: str) -> Element:
    """What the word processor works out: `PAGE`, `NUMPAGES`, `SECTIONPAGES`."""
    return element("fldSimple", run(result), instr=f" {instruction} ")


def paragraph(style: str, *runs: Element, properties: Sequence[Element] = ()) -> Element:
    """A paragraph in a style; `properties` in the order of the schema."""
    return element("p", element("pPr", element("pStyle", val=style), *properties), *runs)


def gap(style: str = "Gap") -> Element:
    """A paragraph that only holds two tables apart."""
    return paragraph(style)


def keep_with_next(made: Element) -> None:
    """Have a paragraph, or all paragraphs of an element, stand on one sheet with what follows."""
    for one in made.iter(qn("w:pPr")):
        if one.find(qn("w:keepNext")) is None:
            style = one.find(qn("w:pStyle"))
            one.insert(0 if style is None else 1, element("keepNext"))


@dataclass(frozen=True)
class Piece:
    """A cell of a ruled row: its width in twips and its paragraphs.

    `open` cells have no rules above and below: they are the gap between two cards.
    """

    width: float
    paragraphs: tuple[Element, ...]
    shade: str = ""
    align: str = "center"
    open: bool = False


@dataclass(frozen=True)
class Row:
    """A ruled row. `height` in twips is its least height, or its height where it is `exact`."""

    pieces: tuple[Piece, ...]
    height: int = 0
    exact: bool = False
    splits: bool = False
    """Its text may go on overleaf."""
    heads: bool = False
    """It is repeated on every sheet where the rows before it are, too."""


def table(style: str, rows: Sequence[Row]) -> CT_Tbl:
    """A table of rows whose pieces may end anywhere; all rows are as wide as the first."""
    ends = [_ends(row) for row in rows]
    grid = _grid(ends)
    columns = [element("gridCol", w=right - left) for left, right in pairwise([0, *grid])]
    made = element(
        "tbl",
        element(
            "tblPr",
            element("tblStyle", val=style),
            element("tblW", w=grid[-1], type="dxa"),
            element("tblLayout", type="fixed"),
        ),
        element("tblGrid", *columns),
    )
    heads = True
    for row, row_ends in zip(rows, ends, strict=True):
        heads = heads and row.heads
        made.append(_row(row, [_nearest(end, grid) for end in row_ends], grid, heads))
    assert isinstance(made, CT_Tbl)
    return made


def _ends(row: Row) -> list[int]:
    return [round(end) for end in accumulate(piece.width for piece in row.pieces)]


def _grid(ends: Iterable[Sequence[int]]) -> list[int]:
    """Where vertical rules stand, those of one place once."""
    grid: list[int] = []
    for end in sorted({end for row in ends for end in row}):
        if not grid or end - grid[-1] >= _SNAP:
            grid.append(end)
    return grid


def _nearest(end: int, grid: Sequence[int]) -> int:
    """The number of the rule at which a piece ends."""
    return min(range(len(grid)), key=lambda i: abs(grid[i] - end))


def _row(row: Row, places: Sequence[int], grid: Sequence[int], heads: bool) -> Element:
    properties = element("trPr")
    if not row.splits:
        properties.append(element("cantSplit"))
    if row.height:
        rule = "exact" if row.exact else "atLeast"
        properties.append(element("trHeight", val=row.height, hRule=rule))
    if heads:
        properties.append(element("tblHeader"))
    made = element("tr", properties)
    before = -1
    for piece, place in zip(row.pieces, places, strict=True):
        left = grid[before] if before >= 0 else 0
        made.append(_cell(piece, place - before, grid[place] - left))
        before = place
    return made


def _cell(piece: Piece, span: int, width: int) -> Element:
    properties = element("tcPr", element("tcW", w=width, type="dxa"))
    if span > 1:
        properties.append(element("gridSpan", val=span))
    if piece.open:
        none = (element(side, val="nil") for side in ("top", "bottom"))
        properties.append(element("tcBorders", *none))
    if piece.shade:
        properties.append(element("shd", val="clear", color="auto", fill=piece.shade))
    properties.append(element("vAlign", val=piece.align))
    return element("tc", properties, *piece.paragraphs)

"""The ruled blocks of a page as tables of a DOCX, as wide as the text of their sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import groupby

from docx.oxml.table import CT_Tbl

from pmcli.dataclass import dataclass
from pmcli.documents.columns import columns_of, cut
from pmcli.documents.docx_package import RULED
from pmcli.documents.docx_styles import Shape
from pmcli.documents.docx_xml import (
    Element,
    Piece,
    Row,
    element,
    gap,
    keep_with_next,
    mm,
    paragraph,
    run,
    tab,
    table,
)
from pmcli.documents.html import row_height
from pmcli.documents.page import (
    Block,
    Box,
    Calendar,
    Grid,
    Page,
    Paragraph,
    Signatures,
    Table,
)  # fmt: skip
from pmcli.documents.widths import shares

LABEL, TITLE = "F4F4F4", "E9E9E9"
"""How labels and titles are shaded."""
_LINE, _TIGHT_ROW = 6.2, 5.4
"""The height of a line in a box and of a row of a tight table, in millimetres."""
_SIGNATURES_IN_A_ROW = 5
_NAME = 17
"""The width of a name in a calendar, in millimetres."""
_PADDING = 10
"""What a cell keeps free left and right of its text, in points."""
_CARD = 0.475
"""How much of the sheet's width a card takes."""
_LONG = 600
"""A text of so many characters may go on overleaf."""
_WHOLE = 7
"""A table of fewer rows stands on one sheet."""


@dataclass(frozen=True)
class Sheet:
    """A page and how wide its text is, in twips."""

    page: Page
    width: int
    row: int = field(init=False)
    """The height of a ruled row."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "row", mm(row_height(self.page)))

    @property
    def label(self) -> int:
        """The width of a grid's labels."""
        return mm(32 if self.page.large else 27 if self.page.paper == "A4" else 24)

    def columns(self, width: float) -> int:
        """How many columns of text a cell holds in a line."""
        page = self.page
        size = Shape.of(page.paper, page.large).text
        return int((width / 20 - _PADDING) / size * 2)


def form_head(sheet: Sheet, copy: str) -> Iterator[Element]:
    """The office, the title, and the line with the document's control and number."""
    page = sheet.page
    yield paragraph("FormOffice", run(page.office))
    yield paragraph("FormTitle", run(page.title))
    stops = element(
        "tabs",
        element("tab", val="center", pos=sheet.width // 2),
        element("tab", val="right", pos=sheet.width),
    )
    middle = [run(copy)] if copy else []
    runs = [run(page.control), tab(), *middle, tab(), run(page.number)]
    yield paragraph("FormNumbers", *runs, properties=[stops])


def blocks(sheet: Sheet, given: Sequence[Block]) -> list[Element]:
    """The elements of ruled blocks; the rows of one form after another make one table."""
    made: list[Element] = []
    for kind, group in groupby(given, _family):
        several = list(group)
        if kind == "form":
            if isinstance(several[0], Signatures):
                _keep_last(made)
            made += [_form(sheet, several), gap()]
        elif kind == "card":
            made += _cards(sheet, [one for one in several if isinstance(one, Grid)])
        else:
            for one in several:
                made += _single(sheet, one)
    return made


def _family(block: Block) -> str:
    if isinstance(block, Grid) and block.card:
        return "card"
    whole = isinstance(block, Table) and len(block.rows) < _WHOLE
    return "form" if whole or isinstance(block, (Grid, Box, Signatures)) else "other"


def _keep_last(made: Sequence[Element]) -> None:
    """Keep what was made last on one sheet with what follows: of a table, its last row."""
    for before in made[-2:]:
        keep_with_next(before.tr_lst[-1] if isinstance(before, CT_Tbl) else before)


def _single(sheet: Sheet, block: Block) -> Iterator[Element]:
    match block:
        case Table():
            yield table(RULED, _rows(sheet, block))
            yield gap()
        case Calendar():
            yield _calendar(sheet, block)
            yield paragraph("Legend", run(block.legend)) if block.legend else gap()
        case Paragraph():
            yield from _paragraph(sheet, block)


def _paragraph(sheet: Sheet, block: Paragraph) -> Iterator[Element]:
    style = "FormTextLarge" if sheet.page.large else "FormText"
    if block.title:
        yield paragraph("FormHeading", run(block.title))
        style = "FormTextOn"
    yield paragraph(style, run(block.text))


def cell(width: float, text: str, style: str = "Cell", shade: str = "") -> Piece:
    """A cell with a text in it."""
    return Piece(width, (paragraph(style, run(text)),), shade)


def _titled(sheet: Sheet, title: str) -> list[Row]:
    if not title:
        return []
    return [Row((cell(sheet.width, title, "CellTitle", TITLE),), mm(_LINE), heads=True)]


def _form(sheet: Sheet, several: Sequence[Block]) -> Element:
    rows: list[Row] = []
    keeping: set[int] = set()
    for block in several:
        first = len(rows)
        match block:
            case Grid():
                rows += _grid(sheet, block, sheet.width)
            case Box():
                rows.append(_box(sheet, block))
            case Table():
                rows += _rows(sheet, block)
                keeping |= set(range(first, len(rows) - 1))
            case Signatures():
                rows += _signatures(sheet, block)
                keeping |= set(range(first - 1, len(rows) - 1))
    made = table(RULED, rows)
    for index in keeping - {-1}:
        keep_with_next(made.tr_lst[index])
    return made


def _grid(sheet: Sheet, grid: Grid, width: float) -> Iterator[Row]:
    if grid.title:
        yield Row((cell(width, grid.title, "CellTitle", TITLE),), mm(_LINE))
    pair = width / max(grid.columns, 1)
    for row in grid.rows:
        pieces: list[Piece] = []
        for one in row:
            pieces.append(cell(sheet.label, one.label, "CellLabel", LABEL))
            width = pair * one.span - sheet.label
            value = _ticked(one.value, sheet.columns(width)) if sheet.page.blank else one.value
            pieces.append(cell(width, value))
        yield Row(tuple(pieces), sheet.row)


def _ticked(text: str, columns: int) -> str:
    """A line of boxes to tick in lines that part no box from its word."""
    lines = [""]
    for choice in re.split("(?=□)", text):
        if lines[-1] and columns_of((lines[-1] + choice).replace("□", "　").rstrip()) > columns:
            lines.append("")
        lines[-1] += choice
    return "\n".join(lines)


def _box(sheet: Sheet, box: Box) -> Row:
    pieces = (
        cell(sheet.label, box.label, "CellLabel", LABEL),
        cell(sheet.width - sheet.label, box.text),
    )
    return Row(pieces, mm(_LINE * box.lines), splits=len(box.text) > _LONG)


def _signatures(sheet: Sheet, block: Signatures) -> Iterator[Row]:
    count = len(block.labels)
    rows = -(-count // _SIGNATURES_IN_A_ROW)
    size = -(-count // max(rows, 1))
    for first in range(0, count, size or 1):
        labels = block.labels[first : first + size]
        yield Row(
            tuple(
                Piece(
                    sheet.width / len(labels),
                    (
                        paragraph("SignLabel", run(label)),
                        paragraph("SignLine"),
                        paragraph("SignDate", run(block.date)),
                    ),
                    align="top",
                )
                for label in labels
            )
        )


def _cards(sheet: Sheet, cards: Sequence[Grid]) -> Iterator[Element]:
    """Cards to be cut out, two side by side."""
    width = sheet.width * _CARD
    between = sheet.width - 2 * width
    waiting = list(cards)
    while waiting:
        left = waiting.pop(0)
        right = waiting.pop(0) if waiting and len(waiting[0].rows) == len(left.rows) else None
        rows = list(_grid(sheet, left, width))
        if right is not None:
            rows = [
                Row(
                    (*a.pieces, Piece(between, (paragraph("Cell"),), open=True), *b.pieces),
                    a.height,
                )
                for a, b in zip(rows, _grid(sheet, right, width), strict=True)
            ]
        made = table(RULED, rows)
        for row in made.tr_lst[:-1]:
            keep_with_next(row)
        yield gap("WideGap")
        yield made
    yield gap("Seam")


def _rows(sheet: Sheet, block: Table) -> list[Row]:
    found = shares(block, sheet.page)
    widths = [sheet.width * share / 100 for _, share in found]
    tight = block.tight
    head = "CellTightHead" if tight else "CellHead"
    rows = _titled(sheet, block.title)
    heads = (cell(w, h.label, head, LABEL) for w, h in zip(widths, block.headings, strict=True))
    rows.append(Row(tuple(heads), mm(_LINE), heads=True))
    height = mm(_TIGHT_ROW) if tight and not sheet.page.blank else sheet.row
    last = len(block.rows) - 1
    for index, texts in enumerate(block.rows):
        total = block.totals and index == last
        pieces = (
            cell(
                width,
                cut(text, columns) if tight else text,
                _style(heading.figures, tight, total),
            )
            for text, heading, (columns, _), width in zip(
                texts, block.headings, found, widths, strict=True
            )
        )
        rows.append(Row(tuple(pieces), height))
    return rows


def _style(figures: bool, tight: bool, total: bool) -> str:
    return f"Cell{'Tight' if tight else 'Total' if total else ''}{'Figure' if figures else ''}"


def _calendar(sheet: Sheet, block: Calendar) -> Element:
    names, days = len(block.heads), max(len(block.days), 1)
    day = (sheet.width - mm(_NAME) * names) / days
    rows = _titled(sheet, block.title)
    tops = [cell(mm(_NAME), head, "CalendarHead", LABEL) for head in block.heads]
    tops += [cell(day, "\n".join(filter(None, one)), "CalendarHead", LABEL) for one in block.days]
    rows.append(Row(tuple(tops), heads=True))
    shade = "" if sheet.page.blank else LABEL
    for row_names, marks in block.rows:
        pieces = [cell(mm(_NAME), name, "CalendarMark", shade) for name in row_names]
        pieces += [cell(day, mark, "CalendarMark") for mark in marks]
        rows.append(Row(tuple(pieces), sheet.row))
    return table(RULED, rows)

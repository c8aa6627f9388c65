"""The ruled blocks of a Page as text: grids, boxes, tables, calendars and signatures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from pmcli.dataclass import dataclass
from pmcli.documents.columns import columns_of, cut, placed, wrap
from pmcli.documents.page import Box, Calendar, Cell, Grid, Page, Signatures, Table
from pmcli.documents.text_sheets import PIECE, WIDTH, Group, Strip
from pmcli.documents.widths import widths

SIGNATURES_IN_A_ROW = 3
DAYS_IN_A_ROW = 16
_DAY = 3
"""What a day of a calendar takes: a character and a rule."""
_LABEL = (8, 16)
_ROOMY = 2
"""A grid of more columns gives way where its cells do not fit."""


@dataclass(frozen=True)
class Slot:
    """A cell of a ruled row: where it ends, what it says, and to which side."""

    end: int
    text: str
    align: str = "left"


def label_width(page: Page) -> int:
    """How wide the labels of grids and boxes are, the same all down the page."""
    labels, most = [""], 1
    for block in page.blocks:
        if isinstance(block, Grid):
            labels += [cell.label for row in block.rows for cell in row]
            most = max(most, min(block.columns, _ROOMY))
        elif isinstance(block, Box):
            labels.append(block.label)
    low, high = _LABEL
    high = min(high, (WIDTH - 1) // most - 16)
    return max(low, min(high, max(columns_of(label) for label in labels)))


def _row(slots: Sequence[Slot], height: int = 1) -> Strip:
    """A ruled row whose slots lie side by side over the whole width."""
    starts = [0, *(slot.end for slot in slots)]
    widths = [slot.end - start - 3 for slot, start in zip(slots, starts, strict=False)]
    cells = [wrap(slot.text, width) for slot, width in zip(slots, widths, strict=True)]
    height = max(height, *(len(cell) for cell in cells))
    lines = []
    for i in range(height):
        texts = [
            placed(cell[i] if i < len(cell) else "", width, slot.align)
            for cell, width, slot in zip(cells, widths, slots, strict=True)
        ]
        lines.append("│ " + " │ ".join(texts) + " │")
    return Strip(tuple(lines), tuple(starts))


def _titled(title: str) -> tuple[Strip, ...]:
    return (_row([Slot(WIDTH - 1, title, "centre")]),) if title else ()


def grid_groups(grid: Grid, label: int) -> Iterable[Group]:
    """A grid, with fewer columns where its cells do not fit; a card stays whole."""
    title = _titled(grid.title)
    if grid.card:
        yield Group((Strip(("",)),))
        yield Group((*title, *(_grid_row(row, grid.columns, label) for row in grid.rows)))
        return
    while grid.columns > 1 and not _fits(grid, label):
        grid = _narrower(grid)
    for row in grid.rows:
        yield Group((*title, _grid_row(row, grid.columns, label)))
        title = ()


def _grid_row(row: Sequence[Cell], columns: int, label: int) -> Strip:
    slots: list[Slot] = []
    start, done = 0, 0
    for cell in row:
        done += cell.span
        end = done * (WIDTH - 1) // columns
        slots += [Slot(start + label + 3, cell.label), Slot(end, cell.value)]
        start = end
    return _row(slots)


def _fits(grid: Grid, label: int) -> bool:
    """Whether short values of a grid stay on one line."""
    room = (WIDTH - 1) // grid.columns - label - 6
    cells = [cell for row in grid.rows for cell in row if cell.span == 1]
    return grid.columns <= _ROOMY or all(
        columns_of(cell.label) <= label and columns_of(cell.value) <= room for cell in cells
    )


def _narrower(grid: Grid) -> Grid:
    """The same cells with one column less."""
    columns = grid.columns - 1
    rows: list[list[Cell]] = [[]]
    for cell in (cell for row in grid.rows for cell in row):
        span = columns if cell.span == grid.columns else min(cell.span, columns)
        if sum(held.span for held in rows[-1]) + span > columns:
            rows.append([])
        rows[-1].append(replace(cell, span=span))
    filled = [
        (*row[:-1], replace(row[-1], span=columns - sum(c.span for c in row[:-1])))
        for row in rows
        if row
    ]
    return Grid(columns, tuple(filled), grid.title)


def box_groups(box: Box, label: int) -> Iterable[Group]:
    """A box, in pieces that a sheet may part."""
    strip = _row([Slot(label + 3, box.label), Slot(WIDTH - 1, box.text)], box.lines)
    lines = strip.lines
    pieces = [lines[i : i + PIECE] for i in range(0, len(lines), PIECE)]
    for i, piece in enumerate(pieces):
        yield Group((Strip(piece, strip.cuts, i > 0),))


def table_groups(table: Table, _label: int) -> Iterable[Group]:
    """A table, whose head stands above its rows on each sheet."""
    title = _titled(table.title)
    ends = _ends(table)
    aligns = ["right" if heading.figures else "left" for heading in table.headings]
    if table.tight:
        starts = [0, *ends]
        widths = [end - start - 3 for end, start in zip(ends, starts, strict=False)]
        cut_rows = tuple(
            tuple(cut(text, width) for text, width in zip(row, widths, strict=True))
            for row in table.rows
        )
        table = replace(table, rows=cut_rows)
    head = _row([Slot(e, h.label, "centre") for e, h in zip(ends, table.headings, strict=True)])
    strips = [
        _row([Slot(e, t, a) for e, t, a in zip(ends, row, aligns, strict=True)])
        for row in table.rows
    ]
    dense = all(len(strip.lines) == 1 for strip in strips) and all(map(any, table.rows))
    for i, strip in enumerate(strips):
        if i == 0:
            yield Group((*title, head, strip))
            continue
        joined = dense and not (table.totals and i == len(strips) - 1)
        yield Group((Strip(strip.lines, strip.cuts, joined),), (head,))


def _ends(table: Table) -> list[int]:
    """Where a table's columns end."""
    found = widths(table, WIDTH - 1 - 3 * len(table.headings))
    ends, end = [], 0
    for width in found:
        end += width + 3
        ends.append(end)
    return [*ends[:-1], WIDTH - 1]


def calendar_groups(calendar: Calendar, _label: int) -> Iterable[Group]:
    """A month in two halves, for no line printer is as wide as a month."""
    names = len(calendar.heads)
    room = WIDTH - 1 - _DAY * DAYS_IN_A_ROW
    name_ends = [(i + 1) * room // max(names, 1) for i in range(names)]
    title = _titled(calendar.title)
    for start in range(0, len(calendar.days), DAYS_IN_A_ROW):
        days = calendar.days[start : start + DAYS_IN_A_ROW]
        ends = [room + _DAY * (i + 1) for i in range(len(days))]
        ends = [*ends[:-1], WIDTH - 1] if len(days) == DAYS_IN_A_ROW else [*ends, WIDTH - 1]
        tops = ["\n".join(filter(None, day)) for day in days]
        head = _days_row(name_ends, ends, calendar.heads, tops)
        for i, (row_names, marks) in enumerate(calendar.rows):
            held = marks[start : start + DAYS_IN_A_ROW]
            strip = _days_row(name_ends, ends, row_names, held)
            strip = replace(strip, joined=i > 0 and any(row_names))
            first = (*title, head, strip) if i == 0 else (strip,)
            yield Group(first, () if i == 0 else (head,))
        title = ()
    if calendar.legend:
        yield Group((Strip((calendar.legend,)),), follows=True)


def _days_row(
    name_ends: Sequence[int], ends: Sequence[int], names: Sequence[str], marks: Sequence[str]
) -> Strip:
    """A row of a calendar: names with room about them, and marks as narrow as they are."""
    starts = [0, *name_ends, *ends]
    texts = [f" {name}" for name in names] + [*marks, *[""] * (len(ends) - len(marks))]
    room = [end - start - 1 for start, end in pairwise(starts)]
    cells = [wrap(text, width) for text, width in zip(texts, room, strict=True)]
    aligns = ["left"] * len(names) + ["centre"] * len(ends)
    lines = []
    for i in range(max(map(len, cells))):
        texts = [
            placed(cell[i] if i < len(cell) else "", width, align)
            for cell, width, align in zip(cells, room, aligns, strict=True)
        ]
        lines.append("│" + "│".join(texts) + "│")
    return Strip(tuple(lines), tuple(starts))


def signature_groups(signatures: Signatures, _label: int) -> Iterable[Group]:
    """Room to sign in, side by side."""
    labels = signatures.labels
    strips = []
    rows = -(-len(labels) // SIGNATURES_IN_A_ROW)
    size = -(-len(labels) // max(rows, 1))
    for first in range(0, len(labels), size or 1):
        row = labels[first : first + size]
        ends = [(i + 1) * (WIDTH - 1) // len(row) for i in range(len(row))]
        texts = [f"{label}\n\n________________\n{signatures.date}" for label in row]
        strips.append(_row([Slot(e, t) for e, t in zip(ends, texts, strict=True)]))
    yield Group(tuple(strips), follows=True)

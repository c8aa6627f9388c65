"""A Page as plain text: ruled with box-drawing characters, 78 columns, Chinese text aligned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pmcli.documents.columns import columns_of, placed, words, wrap
from pmcli.documents.page import Box, Grid, Page, Paragraph, Signatures, Table

WIDTH = 78
LINES = {"A4": 60, "A5": 40}
"""Lines of a sheet, head and foot included."""
SIGNATURES_IN_A_ROW = 3
MOST_SPACED = 12
"""A Chinese title of at most so many characters is set wide."""
_LABEL = (8, 16)
_PIECE = 4
_WHOLE, _NAME = 16, 8
"""Words of up to so many columns, and names of up to so many, are not torn in a table."""
_CROSSINGS = {
    (True, True): "┼", (True, False): "┴", (False, True): "┬", (False, False): "─",
}  # fmt: skip


@dataclass(frozen=True)
class Strip:
    """Lines that stay together. Ruled ones have vertical rules at `cuts`, plain ones have none."""

    lines: tuple[str, ...]
    cuts: tuple[int, ...] = ()
    joined: bool = False
    """No rule divides it from the strip above."""


@dataclass(frozen=True)
class Group:
    """Strips that one sheet holds together; `head` stands above them where they begin a sheet."""

    strips: tuple[Strip, ...]
    head: tuple[Strip, ...] = ()
    follows: bool = False
    """It keeps with the group before it."""


@dataclass(frozen=True)
class Slot:
    """A cell of a ruled row: where it ends, what it says, and to which side."""

    end: int
    text: str
    align: str = "left"


def text_page(page: Page) -> str:
    """Return the page as text; where it takes several sheets a form feed stands between them."""
    groups: list[Group] = []
    label = _label_width(page)
    for block in page.blocks:
        writer: Callable[[Any, int], Iterable[Group]] = _WRITERS[block.kind]
        for group in writer(block, label):
            if group.follows and groups:
                last = groups.pop()
                group = Group(last.strips + group.strips, last.head, last.follows)
            groups.append(group)
    head = _head(page)
    sheets = _sheets(groups, LINES[page.paper] - len(head) - 1)
    texts = []
    for number, lines in enumerate(sheets, start=1):
        if number < len(sheets):
            lines = [*lines, *[""] * (LINES[page.paper] - len(head) - 1 - len(lines))]
        foot = _sides(page.phone, page.sheet.format(page=number, pages=len(sheets)))
        texts.append("\n".join(line.rstrip() for line in [*head, *lines, *foot]) + "\n")
    return "\f".join(texts)


def _head(page: Page) -> list[str]:
    spaced = page.language == "zh" and len(page.title) <= MOST_SPACED
    title = " ".join(page.title) if spaced else page.title
    lines = [line for text in (page.office, title) for line in wrap(text, WIDTH)]
    centred = [placed(line, WIDTH, "centre") for line in lines]
    return [*centred, "", *_sides(page.control, page.number)]


def _sides(left: str, right: str) -> list[str]:
    """One line with a text at either end, or two where they do not fit."""
    gap = WIDTH - columns_of(left) - columns_of(right)
    if gap < 2:
        return [left, placed(right, WIDTH, "right")]
    return [left + " " * gap + right]


def _sheets(groups: Sequence[Group], room: int) -> list[list[str]]:
    """The groups as lines, sheet by sheet."""
    sheets: list[list[str]] = []
    held: list[Strip] = []
    waiting = list(reversed(groups))
    while waiting:
        group = waiting.pop()
        strips = group.strips if held else _opening(group)
        if len(ruled([*held, *strips])) <= room:
            held += strips
        elif held:
            sheets.append(ruled(held))
            held = []
            waiting.append(group)
        else:
            waiting += reversed(_torn(group))
    return [*sheets, ruled(held)]


def _opening(group: Group) -> tuple[Strip, ...]:
    """A group as it begins a sheet: its head above, and a rule between the two."""
    first, *others = group.strips
    return (*group.head, replace(first, joined=False), *others)


def _torn(group: Group) -> list[Group]:
    """A group that no sheet can hold, in pieces."""
    if len(group.strips) > 1:
        return [Group((strip,), group.head) for strip in group.strips]
    strip, head = group.strips[0], group.head
    if len(strip.lines) == 1:
        return [Group(group.strips)]
    lines = strip.lines
    return [Group((Strip((line,), strip.cuts, i > 0),), head) for i, line in enumerate(lines)]


def ruled(strips: Sequence[Strip]) -> list[str]:
    """Strips as lines, with the rules between them."""
    lines: list[str] = []
    above: tuple[int, ...] = ()
    for strip in strips:
        if not (strip.joined and above == strip.cuts and lines) and (above or strip.cuts):
            lines.append(_rule(above, strip.cuts))
        lines += strip.lines
        above = strip.cuts
    return [*lines, _rule(above, ())] if above else lines


@cache
def _rule(above: tuple[int, ...], below: tuple[int, ...]) -> str:
    """A horizontal rule between rows whose vertical rules stand at these columns."""
    marks = [_CROSSINGS[column in above, column in below] for column in range(WIDTH)]
    marks[0] = "├" if above and below else "┌" if below else "└"
    marks[-1] = "┤" if above and below else "┐" if below else "┘"
    return "".join(marks)


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


def _label_width(page: Page) -> int:
    """How wide the labels of grids and boxes are, the same all down the page."""
    labels, most = [""], 1
    for block in page.blocks:
        if isinstance(block, Grid):
            labels += [cell.label for row in block.rows for cell in row]
            most = max(most, block.columns)
        elif isinstance(block, Box):
            labels.append(block.label)
    low, high = _LABEL
    high = min(high, (WIDTH - 1) // most - 16)
    return max(low, min(high, max(columns_of(label) for label in labels)))


def _titled(title: str) -> tuple[Strip, ...]:
    return (_row([Slot(WIDTH - 1, title, "centre")]),) if title else ()


def _grid(grid: Grid, label: int) -> Iterable[Group]:
    title = _titled(grid.title)
    for row in grid.rows:
        slots: list[Slot] = []
        start, done = 0, 0
        for cell in row:
            done += cell.span
            end = done * (WIDTH - 1) // grid.columns
            slots += [Slot(start + label + 3, cell.label), Slot(end, cell.value)]
            start = end
        yield Group((*title, _row(slots)))
        title = ()


def _box(box: Box, label: int) -> Iterable[Group]:
    strip = _row([Slot(label + 3, box.label), Slot(WIDTH - 1, box.text)], box.lines)
    lines = strip.lines
    pieces = [lines[i : i + _PIECE] for i in range(0, len(lines), _PIECE)]
    for i, piece in enumerate(pieces):
        yield Group((Strip(piece, strip.cuts, i > 0),))


def _table(table: Table, _label: int) -> Iterable[Group]:
    title = _titled(table.title)
    ends = _ends(table)
    aligns = ["right" if heading.figures else "left" for heading in table.headings]
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
    """Where a table's columns end.

    Each column is as wide as its longest text. Where the page is too narrow the longer texts give
    way; numbers, dates and short names stay whole as long as they can.
    """
    texts = [[heading.label, *(row[i] for row in table.rows)]
             for i, heading in enumerate(table.headings)]  # fmt: skip
    widths = [max(columns_of(line) for t in column for line in t.split("\n")) for column in texts]
    room = WIDTH - 1 - 3 * len(widths)
    if sum(widths) > room:
        least = [min(wide, _least(column)) for wide, column in zip(widths, texts, strict=True)]
        while sum(least) > room and max(least) > 2:
            least[least.index(max(least))] -= 1
        spare = [wide - low for wide, low in zip(widths, least, strict=True)]
        free = max(room - sum(least), 0)
        widths = [low + free * more // sum(spare) for low, more in zip(least, spare, strict=True)]
    for i in range(max(room - sum(widths), 0)):
        widths[i % len(widths)] += 1
    ends, end = [], 0
    for width in widths:
        end += width + 3
        ends.append(end)
    return [*ends[:-1], WIDTH - 1]


def _least(column: Sequence[str]) -> int:
    """The width below which a column's words would be torn."""
    longest = max((columns_of(word) for text in column for word in words(text)), default=0)
    names = max((columns_of(text) for text in column[1:]), default=0)
    return max(4, min(longest, _WHOLE), min(names, _NAME))


def _paragraph(paragraph: Paragraph, _label: int) -> Iterable[Group]:
    lines = wrap(paragraph.text, WIDTH)
    if paragraph.title:
        lines = [paragraph.title, *lines]
    pieces = [lines[i : i + _PIECE] for i in range(0, len(lines), _PIECE)]
    for piece in pieces:
        yield Group((Strip(tuple(piece)),))


def _signatures(signatures: Signatures, _label: int) -> Iterable[Group]:
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


_WRITERS: dict[str, Callable[[Any, int], Iterable[Group]]] = {
    "grid": _grid,
    "box": _box,
    "table": _table,
    "paragraph": _paragraph,
    "signatures": _signatures,
}

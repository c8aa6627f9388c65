"""A Page as plain text: ruled with box-drawing characters, 78 columns, Chinese text aligned."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

from pmcli.documents.columns import columns_of, cut, placed, wrap
from pmcli.documents.page import (
    Box,
    Calendar,
    Cell,
    Grid,
    Heading,
    Line,
    Page,
    Paragraph,
    Prose,
    ProseTable,
    Signatures,
    Table,
)
from pmcli.documents.titles import title_lines
from pmcli.documents.widths import widths
from pmcli.messages import Sentence

WIDTH = 78
LINES = {"A4": 60, "A5": 40}
"""Lines of a sheet, head and foot included."""
SIGNATURES_IN_A_ROW = 3
DAYS_IN_A_ROW = 16
_DAY = 3
"""What a day of a calendar takes: a character and a rule."""
MOST_SPACED = 12
"""A Chinese title of at most so many characters is set wide."""
_LABEL = (8, 16)
_PIECE = 4
_ROOMY = 2
"""A grid of more columns gives way where its cells do not fit."""
_INDENT, _FREE = "　　", 4
"""Before a letter's paragraph, and after its signature."""
_ATTACHED = re.compile(r"附件\s*\d{0,2}\s*[:：]\s*")
_COUNTED = re.compile(r"\d{1,2}[.．、]\s*")
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
        for group in _written(block, page, label):
            if group.follows and groups:
                last = groups.pop()
                group = Group(last.strips + group.strips, last.head, last.follows)
            groups.append(group)
    head, again, foot, pen = _head(page), _head_again(page), _foot(page), _pen_line(page)
    copies = page.copies or ("",)
    longest = max((_sheet(page, copy, 88, 88) for copy in copies), key=columns_of)
    room = LINES[page.paper] - len(pen) - len(_sides(foot, longest)) - 1
    sheets = _sheets(groups, room - len(head), room - len(again))
    texts = []
    for copy in copies:
        for number, lines in enumerate(sheets, start=1):
            top = head if number == 1 else again
            if number < len(sheets) or copy or page.plain:
                lines = [*lines, *[""] * (room - len(top) - len(lines))]
            bottom = _sides(foot, _sheet(page, copy, number, len(sheets)))
            to_fill = pen if number == len(sheets) else [""] * len(pen)
            whole = [*top, *lines, "", *to_fill, *bottom]
            texts.append("\n".join(line.rstrip() for line in whole) + "\n")
    return "\f".join(texts)


def _sheet(page: Page, copy: str, number: int, of: int) -> str:
    sheet = page.sheet.format(page=number, pages=of)
    return f"{copy}　{sheet}" if copy else sheet


def _written(block: Any, page: Page, label: int) -> Iterable[Group]:
    theme = page.dress.theme
    if isinstance(block, Paragraph) and block.style == "title":
        block = replace(block, text="\n".join(title_lines(block.text, theme)))
    if isinstance(block, Paragraph) and block.style == "number":
        return _number(block, theme)
    writer: Callable[[Any, int], Iterable[Group]] = _WRITERS[block.kind]
    return writer(block, label)


def _pen_line(page: Page) -> list[str]:
    """What the last line of a plain page leaves for a pen."""
    if not page.foot:
        return []
    each = WIDTH // len(page.foot)
    line = "".join(placed(f"{label}：", each, "left") for label in page.foot)
    return ["─" * WIDTH, *wrap(line, WIDTH)]


def _foot(page: Page) -> str:
    if page.plain:
        return f"{page.control}　{page.mark or page.number}"
    return f"{page.office}　{page.phone}" if page.phone else page.office


def _head_again(page: Page) -> list[str]:
    """The head of the second sheet and those after it."""
    if page.plain:
        return _sample(page)
    return [*_sample(page), *_sides(page.title, f"{page.control}　{page.number}"), ""]


def _sample(page: Page) -> list[str]:
    """The words that lie across a sheet that is a sample."""
    if not page.watermark:
        return []
    words = Sentence("paper_watermark", words=page.watermark).text(page.language)
    return [placed(words, WIDTH, "centre"), ""]


def _letterhead(page: Page) -> list[str]:
    if not page.dress.letterhead:
        return []
    centred = [placed(line, WIDTH, "centre") for line in wrap(page.office, WIDTH)]
    return [*centred, *_reach(page), "─" * WIDTH, ""]


def _reach(page: Page) -> list[str]:
    """Where the office is found."""
    said = "　".join(filter(None, (page.address, page.phone)))
    return [placed(line, WIDTH, "centre") for line in wrap(said, WIDTH)] if said else []


def _head(page: Page) -> list[str]:
    if page.plain:
        return [*_sample(page), *_letterhead(page)]
    spaced = page.language == "zh" and len(page.title) <= MOST_SPACED
    title = " ".join(page.title) if spaced else page.title
    lines = [line for text in (page.office, title) for line in wrap(text, WIDTH)]
    centred = [placed(line, WIDTH, "centre") for line in lines]
    return [*_sample(page), *centred, "", *_sides(page.control, page.number)]


def _sides(left: str, right: str) -> list[str]:
    """One line with a text at either end, or two where they do not fit."""
    gap = WIDTH - columns_of(left) - columns_of(right)
    if gap < 2:
        return [left, placed(right, WIDTH, "right")]
    return [left + " " * gap + right]


def _sheets(groups: Sequence[Group], first: int, others: int) -> list[list[str]]:
    """The groups as lines, sheet by sheet; the first sheet has less room than the others."""
    sheets: list[list[str]] = []
    held: list[Strip] = []
    waiting = list(reversed(groups))
    while waiting:
        group = waiting.pop()
        strips = group.strips if held else _opening(group)
        room = others if sheets else first
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
            most = max(most, min(block.columns, _ROOMY))
        elif isinstance(block, Box):
            labels.append(block.label)
    low, high = _LABEL
    high = min(high, (WIDTH - 1) // most - 16)
    return max(low, min(high, max(columns_of(label) for label in labels)))


def _titled(title: str) -> tuple[Strip, ...]:
    return (_row([Slot(WIDTH - 1, title, "centre")]),) if title else ()


def _grid(grid: Grid, label: int) -> Iterable[Group]:
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


def _calendar(calendar: Calendar, _label: int) -> Iterable[Group]:
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


def _ends(table: Table) -> list[int]:
    """Where a table's columns end."""
    found = widths(table, WIDTH - 1 - 3 * len(table.headings))
    ends, end = [], 0
    for width in found:
        end += width + 3
        ends.append(end)
    return [*ends[:-1], WIDTH - 1]


def _number(paragraph: Paragraph, theme: str) -> Iterable[Group]:
    """A document's number: to the right, in official style in the middle."""
    align = "centre" if theme == "gbt9704" else "right"
    lines = [placed(line, WIDTH, align) for line in wrap(paragraph.text, WIDTH)]
    yield Group((Strip((*lines, "")),))


def _paragraph(paragraph: Paragraph, _label: int) -> Iterable[Group]:
    style, text = paragraph.style, paragraph.text
    if style == "letter":
        text = "\n".join(_INDENT + line.lstrip() for line in text.split("\n") if line.strip())
    lines = wrap(text, WIDTH)
    if paragraph.title:
        lines = [paragraph.title, *lines]
    align = {"plain": "left", "opening": "left", "letter": "left", "title": "centre"}
    edge = " " * _FREE if style == "signature" else ""
    lines = [placed(line + edge, WIDTH, align.get(style, "right")) for line in lines]
    if style == "title":
        lines.append("")
    if style in ("signature", "validity"):
        lines.insert(0, "")
    follows = style in ("signature", "validity")
    if follows:
        yield Group((Strip(tuple(lines)),), follows=True)
        return
    yield from _pieces(lines)


def _pieces(lines: Sequence[str]) -> Iterable[Group]:
    """Lines of which a sheet may take some and leave others to the next."""
    for i in range(0, len(lines), _PIECE):
        yield Group((Strip(tuple(lines[i : i + _PIECE])),))


def _prose(prose: Prose, label: int) -> Iterable[Group]:
    before: Line | ProseTable | None = None
    for element in prose.elements:
        if isinstance(element, ProseTable):
            yield from _prose_table(element, label)
        else:
            yield from _pieces(_line(element, before))
        before = element


def _prose_table(table: ProseTable, label: int) -> Iterable[Group]:
    heads = zip(table.headings, table.figures, strict=True)
    headings = tuple(Heading(text, figures) for text, figures in heads)
    return _table(Table(headings, table.rows), label)


def _line(line: Line, before: Line | ProseTable | None) -> list[str]:
    """A paragraph of a prose text as lines, the list of attachments set off by an empty one."""
    if line.style == "item":
        bullet, *rest = line.runs
        return _hanging(_INDENT + bullet.text, "".join(run.text for run in rest))
    if line.style != "attachment":
        return wrap(_INDENT + line.text, WIDTH)
    word = _ATTACHED.match(line.text)
    mark = word.group().strip() if word else "　" * 3
    text = line.text[word.end() :] if word else line.text
    number = _COUNTED.match(text)
    count = number.group() if number else ""
    lines = _hanging(_INDENT + mark + count, text[len(count) :])
    goes_on = isinstance(before, Line) and before.style == "attachment"
    return lines if goes_on else ["", *lines]


def _hanging(head: str, text: str) -> list[str]:
    """A text whose lines all begin where its head ends."""
    room = columns_of(head)
    first, *others = wrap(text, WIDTH - room)
    return [head + first, *(" " * room + line for line in others)]


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
    "calendar": _calendar,
    "paragraph": _paragraph,
    "prose": _prose,
    "signatures": _signatures,
}

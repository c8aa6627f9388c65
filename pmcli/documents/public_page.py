"""What a page may say of persons: the one place where public pages lose what is private.

Every printer writes the Page that it is given; a public one has been through here. Private fields
are never put on it; here their values go from the free text too, and with them what the office has
on file of others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from pmcli.documents.page import (
    Block,
    Box,
    Calendar,
    Grid,
    Line,
    Page,
    Paragraph,
    Prose,
    ProseTable,
    Run,
    Signatures,
    Table,
)
from pmcli.record.masking import Secrets

Mask = Callable[[str], str]


def public(page: Page, known: Secrets) -> Page:
    """The page as everybody may read it; `known` is all that it may have to hide."""
    texts: list[str] = []

    def seen(text: str) -> str:
        texts.append(text)
        return text

    _walked(page, seen)
    secrets = known.met_in(texts)
    strict = not page.plain
    return _walked(page, lambda text: secrets.masked(text, strict, strangers=strict))


def _walked(page: Page, mask: Mask) -> Page:
    """A page with everything that comes from records passed through `mask`."""
    return replace(page, blocks=tuple(_BLOCKS[block.kind](block, mask) for block in page.blocks))


def _grid(grid: Grid, mask: Mask) -> Block:
    rows = (tuple(replace(cell, value=mask(cell.value)) for cell in row) for row in grid.rows)
    return replace(grid, rows=tuple(rows))


def _box(box: Box, mask: Mask) -> Block:
    return replace(box, text=mask(box.text))


def _table(table: Table, mask: Mask) -> Block:
    return replace(table, rows=_rows(table.rows, mask))


def _calendar(calendar: Calendar, mask: Mask) -> Block:
    rows = tuple((tuple(map(mask, names)), marks) for names, marks in calendar.rows)
    return replace(calendar, rows=rows, legend=mask(calendar.legend))


def _paragraph(paragraph: Paragraph, mask: Mask) -> Block:
    return replace(paragraph, text=mask(paragraph.text))


def _prose(prose: Prose, mask: Mask) -> Block:
    return Prose(tuple(_element(element, mask) for element in prose.elements))


def _element(element: Line | ProseTable, mask: Mask) -> Line | ProseTable:
    if isinstance(element, ProseTable):
        headings = tuple(map(mask, element.headings))
        return replace(element, headings=headings, rows=_rows(element.rows, mask))
    whole = mask(element.text)
    if whole == element.text:
        return element
    runs = tuple(replace(run, text=mask(run.text)) for run in element.runs)
    # A name of which part is in bold loses its bold.
    if "".join(run.text for run in runs) != whole:
        runs = (Run(whole),)
    return replace(element, runs=runs)


def _signatures(signatures: Signatures, _mask: Mask) -> Block:
    return signatures


def _rows(rows: Iterable[Sequence[str]], mask: Mask) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(mask, row)) for row in rows)


_BLOCKS: dict[str, Callable[[Any, Mask], Block]] = {
    "grid": _grid,
    "box": _box,
    "table": _table,
    "calendar": _calendar,
    "paragraph": _paragraph,
    "prose": _prose,
    "signatures": _signatures,
}

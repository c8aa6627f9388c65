"""Pages as a message for a chat group: plain lines to paste, without rules, indents or marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pmcli.documents.page import (
    Box,
    Calendar,
    Grid,
    Page,
    Paragraph,
    Prose,
    ProseTable,
    Signatures,
    Table,
)
from pmcli.documents.printable import printable
from pmcli.messages import Label, Sentence, listed

BETWEEN = "——" * 6
"""The line between two pages."""
_SEMICOLON = Label("；", "; ")


def wechat(pages: Sequence[Page]) -> str:
    """Return pages as one message: a title in brackets, then a line for each paragraph.

    A ruled form gives a line `label：value` for each value, and nothing of what is for a pen.
    """
    return f"\n\n{BETWEEN}\n".join("\n".join(_lines(page)) for page in pages) + "\n"


def _lines(page: Page) -> list[str]:
    said = list(_letter(page) if page.plain else _form(page))
    if page.watermark:
        said.insert(0, _bracketed(page.watermark, page))
    lines = (" ".join(printable(line).split()) for text in said for line in text.split("\n"))
    return [line for line in lines if line]


def _letter(page: Page) -> Iterable[str]:
    """The title, the document's number, and the rest as it stands on paper."""
    titles = [b for b in page.blocks if isinstance(b, Paragraph) and b.style == "title"]
    for title in titles:
        yield _bracketed(" ".join(title.text.split()), page)
    for block in page.blocks:
        if block not in titles:
            yield from _said(block, page)


def _form(page: Page) -> Iterable[str]:
    yield _bracketed(page.title, page)
    yield page.number
    for block in page.blocks:
        yield from _said(block, page)
    yield page.office
    yield page.phone


def _said(block: Any, page: Page) -> Iterable[str]:
    """The lines of a block; one that has nothing to say but its title says nothing."""
    lines = [line for line in _WRITERS[block.kind](block, page) if line.strip()]
    title = getattr(block, "title", "")
    return [_headed(title, page), *lines] if title and lines else lines


def _paragraph(paragraph: Paragraph, _page: Page) -> Iterable[str]:
    yield paragraph.text


def _prose(prose: Prose, page: Page) -> Iterable[str]:
    for element in prose.elements:
        if isinstance(element, ProseTable):
            yield from _rows(element.headings, element.rows, page)
        else:
            yield element.text


def _grid(grid: Grid, page: Page) -> Iterable[str]:
    for row in grid.rows:
        for cell in row:
            if cell.value.strip():
                yield _pair(cell.label, cell.value, page)


def _box(box: Box, page: Page) -> Iterable[str]:
    if box.text.strip():
        yield _pair(box.label, box.text, page)


def _table(table: Table, page: Page) -> Iterable[str]:
    yield from _rows([heading.label for heading in table.headings], table.rows, page)


def _rows(heads: Sequence[str], rows: Iterable[Sequence[str]], page: Page) -> Iterable[str]:
    """A line for each row: its first cell, and what the others say of it."""
    for row in rows:
        first, *others = (" ".join(cell.split()) for cell in row)
        named = [(head, cell) for head, cell in zip(heads[1:], others, strict=True) if cell]
        said = [cell if len(heads) == 2 else f"{head} {cell}" for head, cell in named]
        rest = _SEMICOLON.text(page.language).join(said)
        yield _pair(first, rest, page) if first and rest else first or rest


def _calendar(calendar: Calendar, page: Page) -> Iterable[str]:
    """For each row the days that have a mark."""
    for names, marks in calendar.rows:
        days = zip(calendar.days, marks, strict=False)
        held = [f"{number} {mark}" for (number, _week), mark in days if mark]
        if held:
            yield _pair(" ".join(filter(None, names)), listed(held, page.language), page)
    yield calendar.legend


def _signatures(_signatures: Signatures, _page: Page) -> Iterable[str]:
    return ()


def _pair(label: str, value: str, page: Page) -> str:
    label = label.rstrip("：: ")
    return Sentence("paper_pair", label=label, value=value).text(page.language)


def _headed(title: str, page: Page) -> str:
    return Sentence("paper_pair", label=title.rstrip("：: "), value="").text(page.language)


def _bracketed(words: str, page: Page) -> str:
    return Sentence("paper_watermark", words=words).text(page.language)


_WRITERS: dict[str, Callable[[Any, Page], Iterable[str]]] = {
    "grid": _grid,
    "box": _box,
    "table": _table,
    "calendar": _calendar,
    "paragraph": _paragraph,
    "prose": _prose,
    "signatures": _signatures,
}

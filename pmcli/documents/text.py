"""A Page as plain text: ruled with box-drawing characters, 78 columns, Chinese text aligned."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from pmcli.documents.columns import columns_of, placed, wrap
from pmcli.documents.page import Page, Paragraph
from pmcli.documents.text_letter import number_groups, paragraph_groups, prose_groups
from pmcli.documents.text_ruled import (
    box_groups,
    calendar_groups,
    grid_groups,
    label_width,
    signature_groups,
    table_groups,
)
from pmcli.documents.text_sheets import WIDTH, Group, part_sheets
from pmcli.documents.titles import title_lines
from pmcli.messages import Sentence

LINES = {"A4": 60, "A5": 40}
"""Lines of a sheet, head and foot included."""
MOST_SPACED = 12
"""A Chinese title of at most so many characters is set wide."""


def text_page(page: Page) -> str:
    """Return the page as text; where it takes several sheets a form feed stands between them."""
    groups: list[Group] = []
    label = label_width(page)
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
    sheets = part_sheets(groups, room - len(head), room - len(again))
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
        return number_groups(block, theme)
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


_WRITERS: dict[str, Callable[[Any, int], Iterable[Group]]] = {
    "grid": grid_groups,
    "box": box_groups,
    "table": table_groups,
    "calendar": calendar_groups,
    "paragraph": paragraph_groups,
    "prose": prose_groups,
    "signatures": signature_groups,
}

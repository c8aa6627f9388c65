"""Printed text read back: sheets, and whether their rules meet."""

from __future__ import annotations

from pmcli.documents.columns import columns_of
from pmcli.documents.page import Page
from pmcli.documents.text import LINES
from pmcli.documents.text_sheets import WIDTH

RULES = "─│┌┐└┘├┤┬┴┼"


def sheets_of(text: str) -> list[list[str]]:
    """The lines of each sheet."""
    return [sheet.rstrip("\n").split("\n") for sheet in text.split("\f")]


def well_ruled(text: str, most: int = LINES["A4"]) -> list[list[str]]:
    """Every line fits, every ruled line spans the page, rules meet, no sheet is too long."""
    sheets = sheets_of(text)
    for sheet in sheets:
        assert len(sheet) <= most
        assert all(columns_of(line) <= WIDTH for line in sheet), sheet
        grid = [spread(line) for line in sheet]
        for y, line in enumerate(sheet):
            if line[:1] in RULES and line:
                assert columns_of(line) == WIDTH, line
                for x, char in enumerate(grid[y]):
                    below = grid[y + 1][x] if x < len(grid[y + 1]) else " "
                    assert (char in "│┌┐├┤┬┼") == (below in "│└┘├┤┴┼"), (line, sheet[y + 1])
    return sheets


def spread(line: str) -> str:
    """A line with a wide character taking two places."""
    return "".join(char + " " * (columns_of(char) - 1) for char in line if columns_of(char))


def paragraph_page(*blocks: object, paper: str = "A4") -> Page:
    """A page of an office with these blocks."""
    return Page("标题", "办公室", "电话 1", "翠湖路 1 号", "版本 A 修改 0", "编号 X",
                "第 {page} 页 共 {pages} 页", paper, "zh", tuple(blocks))  # type: ignore[arg-type]  # fmt: skip

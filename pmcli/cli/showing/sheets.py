"""Rows as files that a spreadsheet program opens."""

from __future__ import annotations

from collections.abc import Sequence


def csv(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows with commas between their cells, without the last line's end."""
    import csv
    import io

    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([headers, *rows])
    return buffer.getvalue().removesuffix("\n")


def xlsx(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook in which every cell is text."""
    import io

    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for y, cells in enumerate([headers, *rows], start=1):
        for x, text in enumerate(cells, start=1):
            cell = sheet.cell(row=y, column=x)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
            cell.data_type = "s"
    sheet.freeze_panes = "A2"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()

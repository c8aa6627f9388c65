"""A spreadsheet is read whole or not at all: no row, column or sheet is lost without a word."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk

from pmcli.problems import Usage
from pmcli.spreadsheets import reading
from pmcli.spreadsheets.reading import read_sheets

HEAD = ["房号", "楼栋", "单元", "室", "用途", "建筑面积", "交付日期"]


def homes(count: int) -> list[list[Any]]:
    return [[f"3-2-{601 + i}", "3", "2", str(601 + i), "住宅", 80, "2024-06-30"]
            for i in range(count)]  # fmt: skip


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[Any]]], hidden: str = "") -> Path:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        if title == hidden:
            sheet.sheet_state = "hidden"
    book.save(path)
    return path


def rewritten(path: Path, change: Callable[[str], str]) -> Path:
    """The workbook with the text of its first sheet changed, as other programs would write it."""
    data = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                changed = change(content.decode())
                assert changed != content.decode()
                content = changed.encode()
            new.writestr(name, content)
    return path


@pytest.mark.parametrize("said", ["A1:G3", "A1", "A1:C6", "B2:C3", "G6", "A1:G60000", None])
def test_what_the_file_says_of_its_size_is_not_believed(
    desk: Desk, tmp_path: Path, said: str | None
) -> None:
    path = workbook(tmp_path / "r.xlsx", {"表": [HEAD, *homes(5)]})
    mark = f'<dimension ref="{said}"/>' if said else ""
    rewritten(path, lambda text: re.sub(r"<dimension [^>]*/>", mark, text))
    out = desk.do(["import", "unit", str(path), "--format", "json"]).json
    assert out["counts"]["new"] == 5
    assert out["columns"]["delivered_on"] == ["交付日期"]


def test_rows_behind_thousands_of_blank_ones_are_read(desk: Desk, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    first, last = homes(2)
    sheet.append(HEAD)
    sheet.append(first)
    for position, value in enumerate(last, start=1):
        sheet.cell(9_000, position, value)
    book.save(tmp_path / "gap.xlsx")
    lines = ",".join(HEAD) + "\n" + ",".join(map(str, first)) + "\n" * 6_000
    (tmp_path / "gap.csv").write_text(lines + ",".join(map(str, last)) + "\n", "utf-8")
    for name, row in (("gap.xlsx", 9_000), ("gap.csv", 6_002)):
        out = desk.do(["import", "unit", str(tmp_path / name), "--dry-run", "--format", "json"])
        assert [r["row"] for r in out.json["records"]] == [2, row]


def test_more_than_is_read_is_refused_and_not_cut_off(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = [HEAD, *homes(2), [""] * 230 + ["x"]]
    path = workbook(tmp_path / "w.xlsx", {"表": wide})
    assert "第 4 行超过 200 列" in desk.refused(["import", "unit", str(path)], 2).err
    monkeypatch.setattr(reading, "MAX_ROWS", 3)
    path = workbook(tmp_path / "l.xlsx", {"表": [HEAD, *homes(3)]})
    assert "行数太多" in desk.refused(["import", "unit", str(path)], 2).err
    path = workbook(tmp_path / "f.xlsx", {"表": [HEAD, homes(1)[0], *[[]] * 40, homes(2)[1]]})
    assert desk.do(["import", "unit", str(path), "--format", "json"]).json["counts"]["new"] == 2


@pytest.mark.parametrize("cell", ['"3-2-601', '"3-2-601"室', '3-2-601,住宅\n"商"铺'])
def test_a_quotation_mark_without_its_other_half_swallows_no_rows(
    desk: Desk, tmp_path: Path, cell: str
) -> None:
    path = tmp_path / "q.csv"
    path.write_text(f"房号,用途\n3-2-600,住宅\n{cell},住宅\n3-2-602,住宅\n3-2-603,住宅\n", "utf-8")
    assert re.search(r"第 [34] 行起引号不成对", desk.refused(["import", "unit", str(path)], 2).err)


def test_quotation_marks_that_are_right_are_read(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text('房号,备注\n3-2-601,"甲""乙"", 丙"\n3-2-602,他说"好"\n', "utf-8")
    (sheet,) = read_sheets(path)
    assert [list(row) for row in sheet.rows[1:]] == [
        ["3-2-601", '甲"乙", 丙'], ["3-2-602", '他说"好"'],
    ]  # fmt: skip


def test_a_hidden_sheet_is_read_only_where_it_is_named(desk: Desk, tmp_path: Path) -> None:
    old = [["房号", "面积"], ["9-9-901", 90]]
    sheets = {"旧表": old, "新表": [["房号", "面积"], ["1-1-101", 90]]}
    path = workbook(tmp_path / "h.xlsx", sheets, hidden="旧表")
    out = desk.do(["import", "unit", str(path), "--dry-run", "--format", "json"]).json
    assert (out["sheet"], out["other_sheets"]) == ("新表", ["旧表"])
    line = ["import", "unit", str(path), "--dry-run", "--format", "json", "--sheet", "旧表"]
    assert desk.do(line).json["records"][0]["id"] == "9-9-901"
    only = {"旧表": old, "说明": [["见旧表"]]}
    path = workbook(tmp_path / "o.xlsx", only, hidden="旧表")
    err = desk.refused(["import", "unit", str(path)], 2).err
    assert "旧表" in err


def test_a_workbook_that_ends_early_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", {"表": [HEAD, *homes(5)]})
    rewritten(path, lambda text: text[: len(text) * 2 // 3])
    with pytest.raises(Usage):
        read_sheets(path)

"""Rosters as offices keep them, written as files, and the reports of their import."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from conftest import Desk

REGISTRATION = [
    "序号", "楼栋", "单元", "房号", "建筑面积(㎡)",
    "业主姓名", "联系电话", "身份证号", "入住日期", "备注",
]  # fmt: skip
SIMPLE = ["房产", "姓名", "身份", "电话", "车牌", "面积", "收楼时间"]


def identity(tail: str) -> str:
    """An invented identity number, in a region that does not exist."""
    return "990101" + "19800101" + tail


def write_xlsx(path: Path, rows: Sequence[Sequence[Any]], title: str = "业主信息") -> Path:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def write_csv(path: Path, rows: Sequence[Sequence[Any]], encoding: str = "gbk") -> Path:
    with path.open("w", newline="", encoding=encoding) as stream:
        csv.writer(stream).writerows(rows)
    return path


def record(desk: Desk, form: str, **wanted: Any) -> dict[str, Any]:
    """The one record of a form with these values."""
    listed = desk.do(f"{form} list --format json --reveal").json["records"]
    (found,) = (r for r in listed if all(r.get(k) == v for k, v in wanted.items()))
    return dict(found)


def report(desk: Desk, line: list[str], code: int = 0) -> dict[str, Any]:
    result = desk([*line, "--format", "json"])
    assert result.code == code, result.out + result.err
    return dict(result.json)

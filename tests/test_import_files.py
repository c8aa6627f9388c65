"""Files of many kinds as rosters: encodings, headers, sheets, and what is none."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk
from roster_files import identity, record, report, write_csv, write_xlsx

from pmcli.spreadsheets import cells


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_in_any_encoding(desk: Desk, tmp_path: Path, encoding: str) -> None:
    rows = [["楼栋", "单元", "房号", "姓名", "电话"], ["1", "1", "101", "甲一", "1.3800000001E10"]]
    path = write_csv(tmp_path / "名册 2026.csv", rows, encoding)
    desk.do(["import", "unit", str(path)])
    desk.do(["import", "resident", str(path)])
    assert record(desk, "resident", unit="1-1-101")["phone"] == "13800000001"


def test_other_headers_are_mapped(desk: Desk, tmp_path: Path) -> None:
    rows = [["坐落 (全)", "套内", "朝向"], ["5栋1单元301", "88.0", "南"]]
    path = write_csv(tmp_path / "m.csv", rows)
    refused = desk.refused(["import", "unit", str(path)], 2)
    assert "坐落 (全)" in refused.err
    assert "房产" in refused.err
    line = ["import", "unit", str(path), "--map", "坐落（全）=number", "--map", "套内=floor_area"]
    out = report(desk, [*line, "--map", "朝向=layout"])
    assert out["columns"] == {"number": ["坐落 (全)"], "floor_area": ["套内"], "layout": ["朝向"]}
    assert desk.show("5-1-301")["layout"] == "南"
    assert "没有表头“面积”" in desk.refused([*line, "--map", "面积=layout"], 2).err
    assert "floor_area" in desk.refused([*line, "--map", "朝向=view"], 2).err
    assert "表头=字段" in desk.refused([*line, "--map", "朝向"], 2).err


def test_merged_cells_are_filled_down(desk: Desk, tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "merged.xlsx",
        [
            ["楼栋", "单元", "房号", "面积"],
            ["1栋", "1单元", 101, 90],
            [None, None, 102, 90],
            [None, "2单元", 101, 90],
            ["2栋", None, 101, 90],
            [None, None, None, 90],
            ["楼栋", "单元", "房号", "面积"],
            [None, None, 102, 90],
        ],
    )
    out = report(desk, ["import", "unit", str(path)], code=1)
    assert [r["id"] for r in out["records"]] == ["1-1-101", "1-1-102", "1-2-101", "2-101", "2-102"]
    assert [r["row"] for r in out["refused"]] == [6]
    assert out["counts"]["header"] == 1


def test_sheets_are_chosen_and_named(desk: Desk, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = write_xlsx(tmp_path / "two.xlsx", [["说明"], ["先看第二张"]], title="说明")
    book = load_workbook(path)
    for title, room in (("一期", "1-1-101"), ("二期", "2-1-101")):
        sheet = book.create_sheet(title)
        sheet.append(["房号", "面积"])
        sheet.append([room, 90])
    book.save(path)
    out = report(desk, ["import", "unit", str(path)])
    assert out["sheet"] == "一期"
    assert out["other_sheets"] == ["说明", "二期"]
    assert report(desk, ["import", "unit", str(path), "--sheet", "二期"])["counts"]["new"] == 1
    assert "一期" in desk.refused(["import", "unit", str(path), "--sheet", "三期"], 2).err


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("absent.xlsx", None, "没有文件"),
        ("empty.csv", b"", "是空的"),
        ("blank.csv", b"\n\n,,\n", "是空的"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls"),
        ("broken.xlsx", b"PK\x03\x04 this is no archive", "已损坏"),
        ("page.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff", "不是 xlsx 或 csv"),
        ("other.csv", "名称,数量\n扫帚,3\n".encode(), "找不到表头"),
        ("nokey.csv", "姓名,电话\n甲一,13800000001\n".encode(), "找不到表头"),
    ],
)
def test_files_that_are_no_roster(
    desk: Desk, tmp_path: Path, name: str, data: bytes | None, words: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    assert words in desk.refused(["import", "unit", str(path)], 2).err


def test_an_archive_that_is_no_workbook(desk: Desk, tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "已损坏" in desk.refused(["import", "unit", str(path)], 2).err


def test_no_column_for_the_unit(desk: Desk, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "n.csv", [["姓名", "电话"], ["甲一", "13800000001"]])
    err = desk.refused(["import", "resident", str(path)], 2).err
    assert "没有房号" in err
    assert "--map 表头=unit" in err


def test_a_form_of_the_office_s_own(desk: Desk, tmp_path: Path) -> None:
    """The section is general: another form, with words, a formula and a many-valued cell."""
    (desk.root / "forms").mkdir(exist_ok=True)
    (desk.root / "forms" / "bicycle.yaml").write_text(BICYCLE, "utf-8")
    path = write_csv(
        tmp_path / "b.csv",
        [
            ["牌号", "车主", "颜色", "房", "价", "登记"],
            ["007", "甲一", "红", "3-2-501", "35元", "2026/3/1"],
            ["008", "乙二", "彩", "", "便宜", "44620"],
            ["009", "", "红", "", "", ""],
        ],
    )
    out = report(desk, ["import", "bicycle", str(path)])
    first, second = (desk.do(f"bicycle show {r['id']} --format json").json for r in out["records"])
    assert (first["plate"], first["colour"], first["price"]) == ("007", "red", "35.00")
    assert first["tags"] == ["007", "甲一"]
    assert second["registered_on"] == "2022-02-28"
    assert [(r["row"], r["field"]) for r in out["left_out"]] == [(3, "colour"), (3, "price")]
    assert out["skipped"] == [4]


def test_faults_of_the_section_are_named_with_their_line(desk: Desk) -> None:
    (desk.root / "forms").mkdir(exist_ok=True)
    text = BICYCLE.replace("key: plate", "key: number").replace("price: [价]", "prise: [价]")
    (desk.root / "forms" / "bicycle.yaml").write_text(text, "utf-8")
    err = desk("bicycle list").err
    assert "bicycle.yaml:20: import：没有字段 number" in err
    assert "bicycle.yaml:28: import：没有字段 prise" in err
    text = BICYCLE.replace("skip: not owner", "skip: not oner")
    (desk.root / "forms" / "bicycle.yaml").write_text(text, "utf-8")
    assert "bicycle.yaml:23: import：公式里没有 oner" in desk("bicycle list").err


BICYCLE = """\
form: bicycle
title: 自行车 | Bicycle
prefix: ZC
archive: true
fields:
  plate: {label: 牌号 | Plate, type: text}
  colour: {label: 颜色 | Colour, type: choice, choices: {red: 红色 | red}}
  price: {label: 价 | Price, type: money}
  registered_on: {label: 登记日 | Registered on, type: date}
  tags: {label: 标签 | Tags, type: text+}
states:
  kept: 在册 | kept
  gone: {label: 注销 | gone, final: true}
transitions:
  new:
    {label: 登记 | Register, to: kept, role: reception, asks: [plate],
     may: [colour, price, registered_on, tags]}
  drop: {label: 注销 | Drop, from: kept, to: gone, role: reception}
import:
  key: plate
  cells:
    owner: [车主]
  skip: not owner
  skip_label: 无主 | nobody's
  columns:
    plate: [牌号]
    colour: {headers: [颜色], words: {红: red}}
    price: [价]
    registered_on: [登记]
    tags: {value: plate ~ '/' ~ owner}
"""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (13800000001, "13800000001"), (1.3800000001e10, "13800000001"), (102.5, "102.5"),
        (55104.96999999972, "55104.97"), (" 甲一 ", "甲一"), (None, ""), (True, "yes"),
        (datetime(2021, 8, 17), "2021-08-17"), ("#N/A", ""), ("1.3800000001E10", "13800000001"),
        ("1.38E+10", "1.38E+10"), (990101198001010011, "9.90101E+17"),
        (identity("001X"), "…001X"), ("0301", "0301"),
    ],
)  # fmt: skip
def test_cells_as_text(value: Any, text: str) -> None:
    assert cells.text_of(value) == text


@pytest.mark.parametrize(
    ("parts", "number"),
    [
        (["3-2-501"], "3-2-501"), (["3栋2单元501"], "3-2-501"), (["3#2-501室"], "3-2-501"),
        (["3栋", "2单元", "501"], "3-2-501"), (["3", "", "501"], "3-501"),
        (["3栋", "2单元", "3-2-501"], "3-2-501"), (["３栋", "２单元", "５０１室"], "3-2-501"),
        (["3栋", "", "2-501"], "3-2-501"), (["后门"], None), ([], None),
    ],
)  # fmt: skip
def test_unit_numbers_from_cells(parts: list[str], number: str | None) -> None:
    assert cells.unit_number(parts) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("102.5平", "102.5"), ("143.0平", "143"), ("143", "143"), ("约 89.20㎡", "89.2"),
        ("89m2", "89"), ("1,024.5 平方米", "1024.5"), ("89+12", None), ("待测", None),
    ],
)  # fmt: skip
def test_numbers_without_their_unit(text: str, number: str | None) -> None:
    assert cells.number_in(text) == number


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("13800000001 / 0731-80000002", ["13800000001", "0731-80000002"]),
        ("13800000001、13800000002", ["13800000001", "13800000002"]),
        ("13800000001 13800000002", ["13800000001", "13800000002"]),
        ("138 0000 0001", ["138 0000 0001"]), ("1/1", ["1"]), ("", []),
    ],
)  # fmt: skip
def test_several_values_in_a_cell(text: str, pieces: list[str]) -> None:
    assert cells.split(text) == pieces

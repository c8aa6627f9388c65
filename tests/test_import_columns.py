"""Whatever the columns of a roster are called, no home is filed under another's number.

A roster is filed right, or it is refused with a sentence that names the column and the remedy.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PEOPLE = ["王甲", "李乙", "赵丙", "钱丁", "孙戊", "周己", "吴庚", "郑辛"]


def table(path: Path, rows: Sequence[Sequence[Any]]) -> str:
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(rows)
    return str(path)


def book(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> str:
    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return str(path)


def filed(desk: Desk, path: str, *more: str) -> list[str]:
    """Numbers of the homes that an import of units would make."""
    out = desk.do(["import", "unit", path, "--dry-run", "--format", "json", *more]).json
    return [record["id"] for record in out["records"]]


def three(building: str, entrance: str = "单元", room: str = "房号") -> list[list[Any]]:
    """The same room in three buildings."""
    rows: list[list[Any]] = [[building, entrance, room, "建筑面积", "业主姓名", "联系电话"]]
    return rows + [
        [f"{n}栋", "1单元", 101, 89.5, name, f"1380013800{n}"]
        for n, name in enumerate(PEOPLE[:3], start=1)
    ]


KNOWN_BUILDINGS = (
    "所属楼栋 楼栋编号 楼栋名称 楼宇 楼宇名称 楼幢 栋座 幢座 座栋 栋数 楼 大楼 所在楼栋 "
    "楼栋号 "
    "楼号 栋号 幢号 座号 所在幢 所属楼宇 房屋所在楼栋 楼栋* 楼栋(必填) 所属楼栋名称 楼栋代码 号楼"
).split()
KNOWN_ENTRANCES = "单元编号 单元名称 所属单元 单元门 门 梯号 所在单元 单元号 房屋单元".split()
KNOWN_ROOMS = (
    "房间编号 房屋号 室编号 户 房屋名称 房间名称 房产名称 商铺号 铺位号 房间号 室号 房号 门牌号"
).split()


@pytest.mark.parametrize("header", KNOWN_BUILDINGS)
def test_words_for_the_building(desk: Desk, tmp_path: Path, header: str) -> None:
    path = table(tmp_path / "r.csv", three(header))
    assert filed(desk, path) == ["1-1-101", "2-1-101", "3-1-101"]


@pytest.mark.parametrize("header", KNOWN_ENTRANCES)
def test_words_for_the_entrance(desk: Desk, tmp_path: Path, header: str) -> None:
    rows = [["楼栋", header, "房号"], ["5栋", "1", "101"], ["5栋", "2", "101"]]
    assert filed(desk, table(tmp_path / "r.csv", rows)) == ["5-1-101", "5-2-101"]


@pytest.mark.parametrize("header", KNOWN_ROOMS)
def test_words_for_the_room(desk: Desk, tmp_path: Path, header: str) -> None:
    path = table(tmp_path / "r.csv", three("楼栋", "单元", header))
    assert filed(desk, path) == ["1-1-101", "2-1-101", "3-1-101"]


@pytest.mark.parametrize(
    "name",
    "业主姓名 房主 房主姓名 客户名称 住户名称 业主名 产权人名称 购房人 买受人 使用人".split(),
)
@pytest.mark.parametrize("phone", "房主电话 业主手机 业主手机号 移动电话 联系手机 电话1".split())
def test_words_for_the_person(desk: Desk, tmp_path: Path, name: str, phone: str) -> None:
    rows = [["房号", name, phone], ["3-2-501", "王甲", "13800138001"]]
    path = table(tmp_path / "r.csv", rows)
    desk.do(["import", "resident", path])
    (person,) = desk.do("resident list --format json --reveal").json["records"]
    assert (person["name"], person["phone"]) == ("王甲", "13800138001")


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("楼栋类型编码", "123"), ("几栋几座", ["1栋", "2栋", "3栋"]), ("楼宇代号2", "123"),
        ("归属", ["1栋", "2栋", "3栋"]), ("位置", ["A座", "B座", "C座"]),
        ("坐落", ["1幢", "2幢", "3幢"]),
        ("位置", ["翠湖花园1栋", "翠湖花园2栋", "翠湖花园3栋"]), ("归属", ["1#楼", "2#楼", "3#楼"]),
        ("分区", ["一期", "二期", "三期"]), ("期数", "123"), ("归属", ["一期", "二期", "二期"]),
        ("区域", "甲乙丙"), ("组团", ["荷园", "桂园", "竹园"]), ("苑", "甲乙丙"),
        ("位置", ["A区", "B区", "C区"]),
        ("归属", "甲乙丙"), ("归属", "123"), ("Tower", "123"), ("", ["1栋", "2栋", "3栋"]),
        ("", "123"),
        ("地块", ["东", "西", "南"]), ("小区名称", ["翠湖花园", "翠湖雅苑", "翠湖天地"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["unit", "resident"])
def test_a_column_that_may_be_part_of_the_number(
    desk: Desk, tmp_path: Path, form: str, header: str, values: Sequence[str]
) -> None:
    """Three buildings' homes, told apart by a column that nobody knows beside the known ones."""
    desk.do(
        "unit new --number 1-1-101 --building 1 --entrance 1 --room 101 --use residential"
        " --floor-area 89"
    )
    rows = [["楼栋", "单元", "房号", header, "业主姓名", "联系电话"]]
    rows += [
        ["1栋", "1单元", "101", value, name, f"1380013800{n}"]
        for n, (value, name) in enumerate(zip(values, PEOPLE, strict=False))
    ]
    path = table(tmp_path / "r.csv", rows)
    err = desk.refused(["import", form, path], 2).err
    column = header or "D 列"
    assert f"“{column}”" in err
    assert f"--ignore {column}" in err
    assert desk.do(["import", form, path, "--dry-run", "--ignore", column])


@pytest.mark.parametrize("header", ["归属", "位置", ""])
def test_the_building_is_named_by_the_clerk(desk: Desk, tmp_path: Path, header: str) -> None:
    rows = three(header)
    path = table(tmp_path / "r.csv", rows)
    desk.refused(["import", "unit", path], 2)
    column = header or "A 列"
    for name in ("block", "楼栋", "building"):
        assert filed(desk, path, "--map", f"{column}={name}") == ["1-1-101", "2-1-101", "3-1-101"]


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("楼栋编号", ["1", "2", "3"]), ("楼栋全称", ["翠湖花园1栋", "翠湖花园2栋", "翠湖花园3栋"]),
        ("房屋名称", ["1栋1单元101", "2栋1单元101", "3栋1单元101"]),
        ("坐落", ["翠湖花园1栋1单元101室", "翠湖花园2栋1单元101室", "翠湖花园3栋1单元101室"]),
        ("房间号", ["101", "101", "101"]), ("单元全名", ["1栋1单元", "2栋1单元", "3栋1单元"]),
        ("总楼层", ["18", "18", "18"]), ("座机", ["0731-88880001", "", ""]),
        ("工作单元", ["甲", "乙", "丙"]),
        ("楼栋长", ["甲", "乙", "丙"]), ("联系地址", ["芙蓉路3栋", "五一路8栋2单元", ""]),
        ("户型", ["A", "B", "C"]),
    ],
)  # fmt: skip
def test_a_column_that_adds_nothing_to_the_number(
    desk: Desk, tmp_path: Path, header: str, values: list[str]
) -> None:
    rows = three("楼栋")
    rows = [[*row, more] for row, more in zip(rows, [header, *values], strict=True)]
    assert filed(desk, table(tmp_path / "r.csv", rows)) == ["1-1-101", "2-1-101", "3-1-101"]


@pytest.mark.parametrize("entrance", ["单元", ""])
def test_what_rosters_usually_hold_is_no_doubt(desk: Desk, tmp_path: Path, entrance: str) -> None:
    others = {
        "序号": "1", "小区名称": "翠湖花园", "楼层": "5", "总楼层": "18", "户型": "三室两厅",
        "套内面积": "71.2",
        "公摊面积": "18", "业主姓名": "王甲", "性别": "男", "身份证号码": "1234",
        "联系电话": "13800138001",
        "家庭人口": "3", "车牌号": "湘A00001", "车位号": "B区023", "入住日期": "2024-05-01",
        "物业费单价": "2.2",
        "房屋用途": "住宅", "房屋状态": "1", "装修情况": "精装", "备注": "3栋门口的犬是他家的",
        "工作单位": "二中",
        "水表号": "3", "通讯地址": "芙蓉路3栋2单元101", "产权比例": "50",
    }  # fmt: skip
    key = ["楼栋", *([entrance] if entrance else []), "房号"]
    homes = [["1栋", *(["2单元"] if entrance else []), room] for room in ("101", "102")]
    rows = [[*key, *others], *([*home, *others.values()] for home in homes)]
    path = table(tmp_path / "r.csv", rows)
    numbers = ["1-2-101", "1-2-102"] if entrance else ["1-101", "1-102"]
    assert filed(desk, path) == numbers
    desk.do(["import", "unit", path])
    assert desk.do(["import", "resident", path, "--format", "json"]).json["counts"]["new"] == 2


@pytest.mark.parametrize(
    ("header", "values"), [("入口", "12"), ("楼梯", ["1门", "2门"]), ("", "12"), ("Tower", "AB")]
)
def test_a_part_that_is_lacking_may_be_in_any_short_column(
    desk: Desk, tmp_path: Path, header: str, values: Sequence[str]
) -> None:
    """No two homes collide, but each would lack its entrance."""
    rows = [["楼栋", header, "房号"], ["3栋", values[0], "101"], ["3栋", values[1], "102"]]
    path = table(tmp_path / "r.csv", rows)
    column = header or "B 列"
    assert f"“{column}”" in desk.refused(["import", "unit", path], 2).err
    assert filed(desk, path, "--map", f"{column}=单元")[0] == f"3-{values[0][0]}-101"
    assert filed(desk, path, "--ignore", column) == ["3-101", "3-102"]


def test_a_cell_that_says_it_is_another_part(desk: Desk, tmp_path: Path) -> None:
    rows = [["楼栋", "单元", "房号"], ["2单元", "3栋", "101"], ["3栋", "2单元", "102"]]
    out = desk(["import", "unit", table(tmp_path / "r.csv", rows), "--format", "json"])
    assert [r["id"] for r in out.json["records"]] == ["3-2-102"]
    assert "不一致" in out.json["refused"][0]["reason"]


def test_a_title_and_a_column_that_contradict_one_another(desk: Desk, tmp_path: Path) -> None:
    rows = [["楼", "房号"], ["1", "101"], ["2", "101"]]
    path = book(tmp_path / "r.xlsx", {"5栋": rows})
    err = desk.refused(["import", "unit", path], 2).err
    assert "“5栋”" in err
    assert filed(desk, path, "--map", "楼=楼栋") == ["1-101", "2-101"]


def test_two_columns_for_the_room_must_agree(desk: Desk, tmp_path: Path) -> None:
    rows = [
        ["房屋编号", "楼栋", "单元", "房号"],
        ["FW01", "1", "1", "101"],
        ["FW02", "1", "1", "102"],
    ]
    path = table(tmp_path / "r.csv", rows)
    err = desk.refused(["import", "unit", path], 2).err
    assert "“房号”" in err
    assert "“房屋编号”" in err
    assert filed(desk, path, "--map", "房号=flat") == ["1-1-101", "1-1-102"]
    assert filed(desk, path, "--ignore", "房屋编号") == ["1-1-101", "1-1-102"]


def test_co_owners_of_one_home_are_no_doubt(desk: Desk, tmp_path: Path) -> None:
    rows = [
        ["序号", "楼栋", "单元", "房号", "业主姓名", "性别", "联系电话", "身份", "备注", "证号"],
        ["1", "1", "1", "101", "王甲", "男", "13800138001", "业主", "", "甲1"],
        ["2", "1", "1", "101", "李乙", "女", "13800138002", "共有人", "同住", "甲2"],
    ]
    path = table(tmp_path / "r.csv", rows)
    desk.do(["import", "unit", path])
    assert desk.do(["import", "resident", path, "--format", "json"]).json["counts"]["new"] == 2


@pytest.mark.parametrize("form", ["unit", "resident"])
def test_an_entrance_without_a_building_is_no_number(desk: Desk, tmp_path: Path, form: str) -> None:
    rows = [["单元", "室号", "业主姓名"], ["1单元", "101", "王甲"], ["2单元", "101", "李乙"]]
    path = table(tmp_path / "r.csv", rows)
    err = desk.refused(["import", form, path], 2).err
    assert "没有楼栋" in err
    assert "--set 楼栋=2" in err
    assert filed(desk, path, "--set", "楼栋=2") == ["2-1-101", "2-2-101"]
    assert filed(desk, path, "--set", "building=2") == ["2-1-101", "2-2-101"]
    assert filed(desk, path, "--set", "楼栋=") == ["1-101", "2-101"]
    assert "楼栋=2" in desk.refused(["import", form, path, "--set", "楼栋"], 2).err


def test_a_row_without_its_building_is_refused(desk: Desk, tmp_path: Path) -> None:
    rows = [["楼栋", "单元", "房号"], ["-", "1单元", "101"], ["2栋", "1单元", "101"],
            ["3栋", "1单元", "2-1-101"], ["4栋", "2单元", "2-301"],
            ["4栋", "3单元", "4-3-301"]]  # fmt: skip
    path = table(tmp_path / "r.csv", rows)
    out = desk(["import", "unit", path, "--format", "json"])
    assert out.code == 1
    assert [r["id"] for r in out.json["records"]] == ["2-1-101", "4-2-301", "4-3-301"]
    assert "没有楼栋" in out.json["refused"][0]["reason"]
    assert "不一致" in out.json["refused"][1]["reason"]


SHEET = [["单元", "室号", "业主姓名"], ["1单元", "101", "王甲"], ["1单元", "102", "李乙"]]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("2栋", "2"), ("二栋", "2"), ("2号楼", "2"), ("十二幢", "12"), ("A座", "A"), ("2#", "2"),
        ("翠湖花园2栋业主", "2"),
        ("2 栋", "2"), ("第2栋", "2"), ("东2栋", None), ("1-2栋", None), ("1栋和2栋", None),
        ("1、2栋", None),
        ("共2栋", None), ("二期2栋", None), ("2", None), ("A1-2栋", None), ("Sheet1", None),
        ("2栋3栋", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["sheet", "title", "file"])
def test_the_building_of_a_name_or_title(
    desk: Desk, tmp_path: Path, place: str, name: str, number: str | None
) -> None:
    sheet = name if place == "sheet" else "表"
    rows = [[name], *SHEET] if place == "title" else SHEET
    path = book(tmp_path / f"{name if place == 'file' else 'x'}.xlsx", {sheet: rows})
    if number is None:
        assert "--set 楼栋=2" in desk.refused(["import", "unit", path], 2).err
        return
    assert filed(desk, path) == [f"{number}-1-101", f"{number}-1-102"]
    said = desk.do(["import", "unit", path, "--dry-run"]).out
    assert "楼栋 ← " in said
    # what the clerk says stands before what a title says
    assert filed(desk, path, "--set", "楼栋=7") == ["7-1-101", "7-1-102"]


def test_a_sheet_for_each_building(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", {f"{n}栋": SHEET for n in (1, 2, 3)})
    for n in (1, 2, 3):
        desk.do(["import", "unit", path, "--sheet", f"{n}栋"])
        out = desk.do(["import", "resident", path, "--sheet", f"{n}栋", "--format", "json"])
        assert out.json["counts"]["new"] == 2
        assert out.json["set"] == {"block": f"{n}栋"}
    homes = [r["unit"] for r in desk.do("resident list --format json").json["records"]]
    assert sorted(homes) == sorted(f"{n}-1-10{i}" for n in (1, 2, 3) for i in (1, 2))


def test_sheets_that_do_not_say_their_building(desk: Desk, tmp_path: Path) -> None:
    rows = [["房号", "面积"], ["1-101", "89"], ["1-102", "89"]]
    path = book(tmp_path / "r.xlsx", {"甲": rows, "乙": rows})
    for more in ([], ["--sheet", "乙"]):
        err = desk.refused(["import", "unit", path, *more], 2).err
        assert "甲、乙" in err or "乙、甲" in err
    assert filed(desk, path, "--sheet", "乙", "--set", "楼栋=2") == ["2-1-101", "2-1-102"]
    assert filed(desk, path, "--set", "楼栋=") == ["1-101", "1-102"]


def test_sheets_of_two_phases_that_number_alike(desk: Desk, tmp_path: Path) -> None:
    rows = [["楼栋", "单元", "室号"], ["1栋", "1单元", "101"]]
    path = book(tmp_path / "r.xlsx", {"一期": rows, "二期": rows})
    err = desk.refused(["import", "unit", path, "--sheet", "二期"], 2).err
    assert "一期" in err
    assert filed(desk, path, "--ignore", "一期") == ["1-1-101"]


def test_titles_that_contradict_one_another(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "3栋.xlsx", {"2栋": SHEET})
    err = desk.refused(["import", "unit", path], 2).err
    assert "2栋、3栋" in err


def test_titles_within_a_sheet(desk: Desk, tmp_path: Path) -> None:
    rows = [
        ["序号", "单元", "室号"],
        ["2栋"],
        ["1", "1单元", "101"],
        ["三栋", "", ""],
        ["2", "1单元", "101"],
    ]
    path = table(tmp_path / "r.csv", rows)
    assert filed(desk, path) == ["2-1-101", "3-1-101"]
    rows = [["楼栋", "单元", "室号"], ["2栋"], ["", "1单元", "101"], ["3栋"], ["", "1单元", "101"]]
    assert filed(desk, table(tmp_path / "r.csv", rows)) == ["2-1-101", "3-1-101"]


def test_two_rows_of_headers(desk: Desk, tmp_path: Path) -> None:
    rows = [["某小区业主登记表"], ["楼栋", "房屋信息", "", "业主信息", ""],
            ["", "单元", "房号", "业主姓名", "联系电话"],
            ["1", "1", "101", "王甲", "13800138001"],
            ["2", "1", "101", "李乙", "13800138002"]]  # fmt: skip
    assert filed(desk, table(tmp_path / "r.csv", rows)) == ["1-1-101", "2-1-101"]


def test_headers_again_in_another_order(desk: Desk, tmp_path: Path) -> None:
    rows = [
        ["楼栋", "单元", "房号"],
        ["1", "2", "101"],
        ["单元", "楼栋", "房号"],
        ["1", "2", "101"],
    ]
    assert "第 3 行" in desk.refused(["import", "unit", table(tmp_path / "r.csv", rows)], 2).err
    rows = [
        ["楼栋", "单元", "房号"],
        ["1", "2", "101"],
        ["楼栋", "单元", "房号"],
        ["2", "1", "101"],
    ]
    assert filed(desk, table(tmp_path / "r.csv", rows)) == ["1-2-101", "2-1-101"]


def test_two_tables_side_by_side(desk: Desk, tmp_path: Path) -> None:
    rows = [["楼栋", "单元", "房号"] * 2, ["1", "1", "101", "2", "1", "101"]]
    desk.refused(["import", "unit", table(tmp_path / "r.csv", rows)], 2)


def test_a_room_that_begins_with_the_building(desk: Desk, tmp_path: Path) -> None:
    rows = [["楼栋", "房号"], ["1栋", "1-101"], ["2栋", "2-101"]]
    assert filed(desk, table(tmp_path / "r.csv", rows)) == ["1-101", "2-101"]
    rows = [["楼栋", "房号"], ["1栋", "1-101"], ["2栋", "1-101"]]
    assert filed(desk, table(tmp_path / "r.csv", rows)) == ["1-1-101", "2-1-101"]
    rows = [["楼栋", "房号"], ["1栋", "1栋101"], ["2栋", "2单元101"]]
    assert filed(desk, table(tmp_path / "r.csv", rows)) == ["1-101", "2-2-101"]
    path = table(tmp_path / "r.csv", [["楼栋", "房号"], ["1栋", "1-101"], ["1栋", "1-102"]])
    assert "看不出" in desk.refused(["import", "unit", path], 2).err
    assert filed(desk, path, "--set", "楼栋=1") == ["1-1-101", "1-1-102"]
    assert filed(desk, path, "--set", "楼栋=", "--ignore", "楼栋") == ["1-101", "1-102"]


@pytest.mark.parametrize(
    ("building", "entrance", "room", "number"),
    [
        ("三栋", "二单元", "五零四", "3-2-504"), ("3号楼", "二单元", "502", "3-2-502"),
        ("十二栋", "一单元", "101室", "12-1-101"), ("二十一幢", "", "302", "21-302"),
        ("3栋", "2单元", "2-502", "3-2-502"), ("3栋", "/", "501", "3-501"),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(
    desk: Desk, tmp_path: Path, building: str, entrance: str, room: str, number: str
) -> None:
    rows = [["楼栋", "单元", "房号"], [building, entrance, room]]
    assert filed(desk, table(tmp_path / "r.csv", rows)) == [number]


def test_a_date_is_no_number(desk: Desk, tmp_path: Path) -> None:
    from datetime import datetime

    rows: list[list[Any]] = [["房号"], [datetime(2001, 1, 2)], ["2001/1/2"], ["3-Feb"], ["1月2日"]]
    path = book(tmp_path / "r.xlsx", {"表": [*rows, ["3-2-601"]]})
    out = desk(["import", "unit", path, "--format", "json"])
    assert out.code == 1
    assert [r["id"] for r in out.json["records"]] == ["3-2-601"]
    assert len(out.json["refused"]) == 4
    assert all("日期" in r["reason"] for r in out.json["refused"])


def test_what_stands_where_a_name_should_is_no_person(desk: Desk, tmp_path: Path) -> None:
    names = ["空置", "无", "/", "业主", " - ", "—", "未售", "王　甲", "王甲"]
    rows = [["房号", "业主姓名"], *(["3-2-501", name] for name in names)]
    out = desk.do(["import", "resident", table(tmp_path / "r.csv", rows), "--format", "json"]).json
    assert (out["counts"]["new"], out["counts"]["skipped"]) == (1, 7)
    assert out["counts"]["repeated"] == 1
    (person,) = desk.do("resident list --format json --reveal").json["records"]
    assert person["name"] == "王甲"


HOMES = [(b, e, r) for b in "123" for e in "12" for r in ("101", "102")]
HEADERS = {
    "building": ["楼栋", "所属楼栋", "归属", "楼宇号", "坐落", "几栋", "Tower", "", "分区",
    "座位图", "单元"],
    "entrance": ["单元", "单元编号", "门洞", "入口", "", "梯", "楼梯", "单元楼"],
    "room": ["房号", "室号", "房间编号", "门牌", "户号", "号", "房屋", "楼房"],
}  # fmt: skip
SPELT = {
    "building": ["{}", "{}栋", "{}号楼", "{}座", "{}#", "翠湖{}栋", "北{}"],
    "entrance": ["{}", "{}单元", "{}门", "第{}单元"],
    "room": ["{}", "{}室", "{b}-{}", "{e}-{}", "{b}栋{e}单元{}", "{b}-{e}-{}"],
}


@st.composite
def rosters(draw: st.DrawFn) -> tuple[list[list[str]], list[tuple[str, ...]]]:
    """A roster of distinct homes in any columns and spellings, some lost or out of order."""
    homes = draw(st.lists(st.sampled_from(HOMES), min_size=2, max_size=12, unique=True))
    names = draw(st.permutations([n for n in SPELT if n == "room" or draw(st.booleans())]))
    headers = [draw(st.sampled_from(HEADERS[name])) for name in names]
    spelt = [draw(st.sampled_from(SPELT[name])) for name in names]
    rows = [["业主姓名", *headers, "联系电话"]]
    for i, (b, e, r) in enumerate(homes):
        parts = {"building": b, "entrance": e, "room": r}
        cells = [form.format(parts[n], b=b, e=e) for n, form in zip(names, spelt, strict=True)]
        rows.append([PEOPLE[i % 8], *cells, f"13800138{i:03}"])
    return rows, homes


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rosters())
def test_no_home_gets_the_number_of_another(
    desk: Desk, tmp_path: Path, roster: tuple[list[list[str]], list[tuple[str, ...]]]
) -> None:
    rows, homes = roster
    path = table(tmp_path / "r.csv", rows)
    result = desk(["import", "unit", path, "--dry-run", "--format", "json"])
    assert result.code in (0, 1, 2), result.err
    if result.code == 2:
        return
    made = {record["row"]: record["id"] for record in result.json["records"]}
    for again in result.json["repeated"]:
        made[again["row"]] = made[again["first"]]
    by_number: dict[str, set[tuple[str, ...]]] = {}
    for row, number in made.items():
        by_number.setdefault(number, set()).add(homes[row - 2])
    told_apart = {tuple(cells[1:-1]) for cells in rows[1:]}
    if len(told_apart) == len(homes):
        assert all(len(held) == 1 for held in by_number.values()), by_number


def test_a_list_that_begins_again_is_of_another_entrance(desk: Desk, tmp_path: Path) -> None:
    rows = [["楼栋", "房号", "业主姓名"], *(["1", room, name] for room, name in
            zip(["101", "102", "101", "102"], PEOPLE, strict=False))]  # fmt: skip
    path = table(tmp_path / "r.csv", rows)
    assert "第 2 行和第 4 行" in desk.refused(["import", "unit", path], 2).err
    assert filed(desk, path, "--set", "单元=") == ["1-101", "1-102"]
    # co-owners stand one below the other; a row that says the same again adds nobody
    path = table(tmp_path / "s.csv", [rows[0], rows[1], ["1", "101", "李乙"], rows[2], rows[1]])
    assert filed(desk, path) == ["1-101", "1-102"]

"""Rosters as offices keep them become records, in one commit or none."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from datetime import datetime as day
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk
from roster_files import REGISTRATION, SIMPLE, identity, record, report, write_csv, write_xlsx

SHARED = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture
def registration(tmp_path: Path) -> Path:
    """A merged title, headers on row 2, phones as numbers, a blank row, a vacant unit, a total."""
    rows: list[Sequence[Any]] = [["某小区业主信息登记表（2026年10月）"], REGISTRATION]
    rows += [
        [1, "1栋", "1单元", 101, 102.5, "甲一", 13800000001, identity("1666"), day(2021, 8, 17)],
        [2, "1栋", "1单元", 102, 143, "乙二", 1.3800000002e10, identity("082X"), day(2021, 6, 18),
         "养犬1只"],
        [],
        [3, "1栋", "1单元", 201, 89.2, None, None, identity("2765"), day(2021, 8, 21), None],
        [4, "1栋", "2单元", 101, 68.35, "丙三", "138-0000-0003", None, None, None],
        ["合计", None, None, None, 403.05],
    ]  # fmt: skip
    path = write_xlsx(tmp_path / "owners-registration.xlsx", rows)
    from openpyxl import load_workbook

    book = load_workbook(path)
    book.worksheets[0].merge_cells("A1:J1")
    book.save(path)
    return path


@pytest.fixture
def simple(tmp_path: Path) -> Path:
    """The room in three spellings, two numbers in a cell, dates in three spellings."""
    return write_xlsx(
        tmp_path / "owners-simple.xlsx",
        [
            SIMPLE,
            ["1-1-101", "甲一", "业主", "13800000001", None, "102.5平", "2021.08.17"],
            ["1栋1单元102", "乙二", "租户", "138-0000-0002 / 0731-80000002", "湘A00001", "143.0平",
             "2021年6月18日"],
            ["1#1-201室", "丙三", "空置", "13800000003", "湘A00002、湘A00003", "89.2平",
             "2019-11-24"],
        ],
    )  # fmt: skip


def test_a_registration_becomes_units_then_residents(desk: Desk, registration: Path) -> None:
    before = desk.commits
    units = report(desk, ["import", "unit", str(registration)])
    assert units["counts"] == {
        "new": 4, "unchanged": 0, "differing": 0, "repeated": 0, "skipped": 0, "refused": 0,
        "total": 1, "header": 0, "blank": 1,
    }  # fmt: skip
    assert units["header_row"] == 2
    assert units["missing"] == {"use": 4}
    unit = desk.show("1-1-102")
    assert (unit["building"], unit["entrance"], unit["room"]) == ("1", "1", "102")
    assert unit["floor_area"] == "143"
    assert unit["history"][0]["command"] == "import"

    people = report(desk, ["import", "resident", str(registration)])
    assert people["counts"]["new"] == 3
    assert people["counts"]["skipped"] == 1
    assert people["counts"]["total"] == 1
    assert [r["row"] for r in people["records"]] == [3, 4, 7]
    second = record(desk, "resident", unit="1-1-102")
    assert second["name"] == "乙二"
    assert second["role"] == "owner"
    assert second["phone"] == "13800000002"
    assert second["id_tail"] == "082X"
    assert second["since"] == "2021-06-18"
    assert second["incomplete"] == ["consent_on", "care_consent"]
    assert record(desk, "resident", unit="1-2-101")["phone"] == "13800000003"
    assert desk.show("1-1-102")["owners"] == [second["id"]]

    assert desk.commits == before + 2
    subjects = desk.git("log", "-2", "--format=%s").splitlines()
    assert subjects == [
        "resident: import 导入 3 条 ← owners-registration.xlsx",
        "unit: import 导入 4 条 ← owners-registration.xlsx",
    ]
    desk.clean()


def test_importing_again_changes_nothing(desk: Desk, registration: Path) -> None:
    for form in ("unit", "resident"):
        desk.do(["import", form, str(registration)])
        head = desk.head
        again = desk.do(["import", form, str(registration)])
        assert "没有要新建的" in again.out
        assert desk.head == head
    assert report(desk, ["import", "resident", str(registration)])["counts"]["unchanged"] == 3
    desk.clean()


def test_a_simple_list_in_three_spellings(desk: Desk, simple: Path) -> None:
    desk.do(["import", "unit", str(simple)])
    assert desk.show("1-1-201")["delivered_on"] == "2019-11-24"
    assert desk.show("1-1-102")["floor_area"] == "143"
    people = report(desk, ["import", "resident", str(simple)])
    assert people["unused"] == ["面积", "收楼时间"]
    tenant = record(desk, "resident", unit="1-1-102")
    assert (tenant["role"], tenant["phone"]) == ("tenant", "13800000002")
    assert tenant["phone2"] == "0731-80000002"
    owner = record(desk, "resident", unit="1-1-201")
    assert owner["role"] == "owner"
    assert [row["plate"] for row in owner["vehicles"]] == ["湘A00002", "湘A00003"]
    assert desk.show("1-1-102")["occupants"] == [tenant["id"]]


def test_rows_are_refused_and_the_others_kept(desk: Desk, tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "r.csv",
        [
            ["房号", "姓名", "身份", "电话"],
            ["3-2-501", "甲一", "业主", "13800000001"],
            ["9-9-901", "乙二", "业主", "13800000002"],
            ["", "丙三", "业主", "13800000003"],
            ["后门", "丁四", "业主", "13800000004"],
            ["3栋2单元501", "甲一", "业主", "13900000009"],
            ["3-2-501", "甲一", "", ""],
        ],
    )
    out = report(desk, ["import", "resident", str(path)], code=1)
    assert [r["row"] for r in out["refused"]] == [3, 4, 5, 6]
    reasons = [r["reason"] for r in out["refused"]]
    assert "pmcli import unit" in reasons[0]
    assert reasons[1] == "没有房号"
    assert "后门" in reasons[2]
    assert reasons[3] == "与第 2 行是同一个，但联系电话不同"
    assert out["repeated"] == [{"row": 7, "first": 2}]
    assert out["counts"]["new"] == 1
    text = desk(["import", "resident", str(path)])
    assert text.code == 1
    assert "第 3 行：房号 9-9-901 不在房产档案中" in text.out
    desk.clean()


def test_what_cannot_be_used_is_left_out_and_said(desk: Desk, tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "r.csv",
        [
            ["房号", "姓名", "身份", "电话", "身份证号", "入住日期", "备注"],
            ["3-2-501", "甲一", "远亲", "1.38E+10", "9.90101E+17", "去年",
             f"证件 {identity('0011')}"],
            ["3-2-501", "乙二", "业主", "空号/13800000002", "12", "20210817", ""],
        ],
    )  # fmt: skip
    out = report(desk, ["import", "resident", str(path)])
    assert {(r["row"], r["field"]) for r in out["left_out"]} == {
        (2, "role"), (2, "phone"), (2, "id_tail"), (2, "since"), (3, "phone"), (3, "id_tail"),
    }  # fmt: skip
    first = record(desk, "resident", name="甲一")
    assert first["incomplete"] == ["role", "phone", "consent_on", "since", "care_consent"]
    assert first["care"] == "证件 …0011"
    second = record(desk, "resident", name="乙二")
    assert (second["phone"], second["since"]) == ("13800000002", "2021-08-17")


def test_the_whole_identity_number_is_nowhere(desk: Desk, registration: Path) -> None:
    said = ""
    for form in ("unit", "resident"):
        for more in (["--dry-run"], ["--dry-run", "--format", "json"], [], ["--format", "json"]):
            result = desk(["import", form, str(registration), *more])
            said += result.out + result.err
    said += desk.git("log", "-p")
    wrong = desk(["import", "resident", str(registration), "--map", "身份证号=unit"])
    assert wrong.code == 1
    said += wrong.out + wrong.err
    assert "19800101" not in said
    assert "1666" in desk.git("log", "-p")


def test_what_is_on_file_stands(desk: Desk, simple: Path, tmp_path: Path) -> None:
    desk.do(["import", "unit", str(simple)])
    desk.do(["import", "resident", str(simple)])
    head = desk.head
    path = write_csv(
        tmp_path / "later.csv",
        [
            ["房产", "姓名", "身份", "电话", "备注"],
            ["1-1-101", "甲一", "业主", "13899999999", "行动不便"],
        ],
    )
    out = report(desk, ["import", "resident", str(path)])
    (row,) = out["differing"]
    assert (row["row"], row["fields"], row["absent"]) == (2, ["phone"], ["care"])
    text = desk.do(["import", "resident", str(path)]).out
    assert "联系电话不同；档案里没有特别关照" in text
    assert "13899999999" not in text
    assert "行动不便" not in text
    assert desk.head == head


def test_a_dry_run_writes_nothing(desk: Desk, registration: Path) -> None:
    head = desk.head
    out = desk.do(["import", "unit", str(registration), "--dry-run"]).out
    assert "将新建 4 条" in out
    assert desk.head == head
    desk.clean()


def test_forms_without_the_section_and_roles(desk: Desk, registration: Path) -> None:
    assert "unit" in desk.refused(["import", "repair", str(registration)], 2).err
    desk.refused(["import", "nothing", str(registration)], 3)
    assert "接待" in desk.refused(["import", "unit", str(registration), "--by", "李强"], 4).err


def test_an_unreadable_record_stops_the_import(desk: Desk, registration: Path) -> None:
    desk.do(["import", "unit", str(registration)])
    broken = next(desk.root.glob("records/unit/*/*/1-1-101.md"))
    broken.write_bytes("---\nid: 坏".encode("gbk"))
    result = desk(["import", "resident", str(registration)])
    assert result.code == 1
    assert "1-1-101.md" in result.err
    assert not (desk.root / "records" / "resident").exists()


def test_a_value_the_form_refuses(desk: Desk, tmp_path: Path) -> None:
    office = desk.root / "office.yaml"
    office.write_text(office.read_text("utf-8") + 'unit_pattern: "[0-9]+-[0-9]-[0-9]+"\n', "utf-8")
    desk.git("commit", "-qam", "pattern")
    path = write_csv(tmp_path / "p.csv", [["房号"], ["1-1-101"], ["A-1-101"]])
    out = report(desk, ["import", "unit", str(path)], code=1)
    assert out["refused"][0]["row"] == 3
    assert "格式" in out["refused"][0]["reason"]


def test_hundreds_of_records_are_one_short_commit(desk: Desk, tmp_path: Path) -> None:
    rooms = [f"{i // 100 + 1}-{i // 50 % 2 + 1}-{i % 50 + 101}" for i in range(300)]
    rows = [[room, 90, f"住户{i}"] for i, room in enumerate(rooms)]
    path = write_csv(tmp_path / "many.csv", [["房号", "面积", "业主姓名"], *rows])
    desk.do(["import", "unit", str(path)])
    desk.do(["import", "resident", str(path)])
    body = desk.git("log", "-1", "--format=%b").split("\n")
    assert body[:4] == [
        "Records: 300", "Transition: resident import", "Records: 300", "Transition: unit update",
    ]  # fmt: skip
    numbers = [r["id"] for r in desk.do("resident list --format json").json["records"]]
    assert "YZ-260305-A100" in numbers
    assert len(set(numbers)) == 300
    text = desk.do("resident list --incomplete --limit 3").out
    assert all(len(line.encode("gbk", "replace")) <= 80 for line in text.splitlines())
    desk.clean()


def test_an_interrupted_import_leaves_nothing(
    desk: Desk, tmp_path: Path, pmcli_process: list[str]
) -> None:
    rows = [[f"{i // 100 + 1}-1-{i % 100 + 101}", 90] for i in range(3000)]
    path = write_csv(tmp_path / "big.csv", [["房号", "面积"], *rows])
    before = set(desk.root.rglob("*.md"))
    head = desk.head
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    process = subprocess.Popen(
        [*pmcli_process, "import", "unit", str(path)],
        cwd=desk.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    while process.poll() is None and len(set(desk.root.rglob("*.md"))) <= len(before):
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    written = set(desk.root.rglob("*.md")) - before
    assert (process.returncode, len(written), desk.head == head) in [
        (130, 0, True), (0, 3000, False), (130, 3000, False),
    ]  # fmt: skip
    desk.clean()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the fictional rosters are not beside the checkout")
@pytest.mark.parametrize(
    ("name", "units", "people"),
    [
        ("owners-registration.xlsx", 528, 482), ("owners-simple.xlsx", 240, 240),
        ("owners-gbk.csv", 300, 300),
    ],
)  # fmt: skip
def test_the_shared_rosters(desk: Desk, name: str, units: int, people: int) -> None:
    path = str(SHARED / name)
    for form, count in (("unit", units), ("resident", people)):
        out = report(desk, ["import", form, path])
        held = out["counts"]["unchanged"] + out["counts"]["differing"]
        assert out["counts"]["new"] + held == count
        assert out["left_out"] == []
        head = desk.head
        assert report(desk, ["import", form, path])["commit"] is None
        assert desk.head == head
    assert len(desk.do("resident list --format json").json["records"]) == people
    desk.clean()

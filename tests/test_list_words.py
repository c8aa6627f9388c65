"""A list takes the words that the screen shows, and no question that it has not understood."""

from __future__ import annotations

import pytest
from conftest import Desk
from scenes import bring

from pmcli.form.model import CORE_FIELDS
from pmcli.query import WORKED_OUT, column_named, heading
from pmcli.store.office import load_library

SHIPPED = load_library(None)


@pytest.mark.parametrize("name", SHIPPED.names)
def test_every_heading_of_a_list_names_its_column(name: str) -> None:
    form = SHIPPED.get(name)
    for column in form.list_columns:
        words = [heading(form, column).zh, heading(form, column).en]
        for text in (column.name, *(w for w in words if w.lower() not in form.fields)):
            assert column_named(form, text) == column, text
            assert column_named(form, f" {text.upper()}\u200b") == column


@pytest.mark.parametrize("name", SHIPPED.names)
def test_every_field_goes_by_its_name_and_by_a_label_that_is_its_own(name: str) -> None:
    form = SHIPPED.get(name)
    names = (*form.fields, *CORE_FIELDS, *form.stamp_names, *WORKED_OUT)
    for each in names:
        found = column_named(form, each)
        assert found is not None and each in (found.name, *found.fields)
        dashed = column_named(form, each.replace("_", "-"))
        assert dashed is not None and dashed.name == found.name
    assert column_named(form, "没有这一项") is None


def test_states_columns_and_order_by_the_words_on_the_screen(desk: Desk) -> None:
    bring(desk, "repair", "received")
    later = bring(desk, "repair", "dispatched")
    by_words = [
        "--state",
        "已派单",
        "--columns",
        "编号、房号/报修位置，维修人员",
        "--sort",
        "-登记时间",
    ]
    by_names = ["--state", "dispatched", "--columns", "id,unit,worker", "--sort", "-created_at"]
    shown = desk.do(["repair", "list", *by_words]).out
    assert shown == desk.do(["repair", "list", *by_names]).out
    assert later in shown and "李强" in shown


@pytest.mark.parametrize(
    ("option", "typed"), [("--state", "已派工"), ("--columns", "编号,谁"), ("--sort", "最早")]
)
def test_a_word_that_is_none_is_said(desk: Desk, option: str, typed: str) -> None:
    told = desk.refused(["repair", "list", option, typed, "--format", "json"], 2)
    (unmet,) = told.json["error"]["unmet"]
    assert unmet["fields"] == [option.lstrip("-")]
    assert unmet["alternatives"]


@pytest.mark.parametrize("typed", ["3-2-0501", "3栋2单元0501", "9-9-999", "没有", ""])
def test_a_home_that_is_not_on_file_is_said_and_is_no_empty_answer(desk: Desk, typed: str) -> None:
    for form in ("visit", "repair", "unit", "resident"):
        told = desk.refused([form, "list", "--unit", typed], 2)
        assert "不在房产档案中" in told.err


@pytest.mark.parametrize("typed", ["3-2-501", "3栋2单元501", "３＃２－５０１室"])
def test_a_home_on_file_is_found_however_it_is_spelt(desk: Desk, typed: str) -> None:
    number = bring(desk, "repair", "received")
    listed = desk.do(["repair", "list", "--unit", typed, "--format", "json"]).json
    assert [one["id"] for one in listed["records"]] == [number]


def numbers(desk: Desk, *options: str) -> list[str]:
    listed = desk.do(["repair", "list", *options, "--format", "json"]).json
    assert listed["total"] == len(listed["records"])
    return [one["id"] for one in listed["records"]]


def test_words_in_what_was_written_find_a_record(desk: Desk) -> None:
    number = bring(desk, "repair", "received")
    for text in ("角阀", "漏水 厨房", "３-2-501", number.lower(), "厨房 张敏"):
        assert numbers(desk, "--text", text) == [number], text
    for text in ("刘先生", "13800000001", "角阀 没有", "plumbing"):
        assert numbers(desk, "--text", text) == [], text
    assert numbers(desk, "--text", "刘先生 1380000", "--reveal") == [number]


def test_what_somebody_has_now_and_once_had(desk: Desk) -> None:
    first, second = bring(desk, "repair", "received"), bring(desk, "repair", "received")
    path = desk.root / desk.show(second)["path"]
    path.write_text(path.read_text("utf-8").replace("keeper: 张敏", "keeper: 何平"), "utf-8")
    assert numbers(desk, "--keeper", " 张敏 ") == [first]
    assert numbers(desk, "--keeper", "何平") == [second], "one who has left the staff"
    assert numbers(desk, "--keeper", "李强") == []
    told = desk.refused(["repair", "list", "--keeper", "无此人"], 2)
    assert "无此人" in told.err


def test_what_has_changed_since_a_day(desk: Desk) -> None:
    first, second = bring(desk, "repair", "received"), bring(desk, "repair", "received")
    desk.clock("2026-03-06 09:00")
    assert numbers(desk, "--changed-since", "2026-03-06") == []
    desk.do(f"repair edit {second} --place 卫生间")
    assert numbers(desk, "--changed-since", "2026-03-06") == [second]
    assert set(numbers(desk, "--changed-since", "2026-03-05")) == {first, second}
    told = desk.refused(["repair", "list", "--changed-since", "哪天"], 2)
    assert "--changed-since" in told.err


def test_a_limit_is_no_part_of_how_many_there_are(desk: Desk) -> None:
    for _ in range(3):
        bring(desk, "repair", "received")
    for options in ([], ["--where", "area == 'private'"], ["--overdue"]):
        desk.clock("2026-03-20 09:00")
        line = ["repair", "list", *options, "--limit", "2", "--format", "json"]
        listed = desk.do(line).json
        assert (listed["total"], len(listed["records"])) == (3, 2)
        assert "3" in desk.do(["repair", "list", *options, "--limit", "2"]).out

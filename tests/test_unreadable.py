"""A record that cannot be read is never treated as one that is not there."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Desk
from scenes import bring, file_of, new_unit

REPAIR = "repair new --area private --unit 3-2-501 --phone 13800000001 --place 厨房 --kind plumbing"
REPAIR += " --reporter 刘先生 --request 漏水"


def twice(path: Path) -> None:
    """A slip of the keyboard: a key stands twice."""
    path.write_text(path.read_text("utf-8").replace("created_at:", "form: x\ncreated_at:"), "utf-8")


def torn(path: Path) -> None:
    """Only the file's beginning is there."""
    path.write_bytes(path.read_bytes()[:40])


def folder(path: Path) -> None:
    """The system refuses to read it."""
    path.unlink()
    path.mkdir()


def nowhere(path: Path) -> None:
    """A link whose end is not there, as on a share that is away."""
    path.unlink()
    path.symlink_to("/nowhere/at/all.md")


WAYS = [twice, torn, folder, nowhere]
Way = Callable[[Path], None]
ways = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)


def refused(desk: Desk, line: str | list[str], path: Path) -> None:
    """Refused with the file's name, and nothing written."""
    told = desk.refused(line, 1)
    assert path.relative_to(desk.root).as_posix() in told.err
    assert told.out == ""


@ways
def test_open_work_that_cannot_be_read_counts_as_open(desk: Desk, way: Way) -> None:
    path = file_of(desk, desk.do(REPAIR).id)
    retire = "unit retire 3-2-501 --reason 合并 --by 陈立"
    desk.refused(retire, 4)
    way(path)
    refused(desk, retire, path)


@ways
def test_erasing_waits_for_work_that_cannot_be_read(desk: Desk, way: Way) -> None:
    number = bring(desk, "resident", "left")
    path = file_of(desk, desk.do(REPAIR).id)
    way(path)
    refused(
        desk, f"resident erase {number} --erase-basis request --reason 本人要求 --by 陈立", path
    )
    assert desk.show(number)["name"]


@ways
def test_a_handover_leaves_no_open_record_out(desk: Desk, way: Way) -> None:
    duty = bring(desk, "duty", "opened")
    path = file_of(desk, desk.do(REPAIR).id)
    line = shlex.split(f"handover new --outgoing 张敏 --duty {duty}")
    way(path)
    refused(desk, line, path)


@ways
def test_an_owner_that_cannot_be_read_stays_an_owner(desk: Desk, way: Way) -> None:
    number = bring(desk, "resident", "active")
    unit = file_of(desk, "3-2-501").read_bytes()
    path = file_of(desk, number)
    way(path)
    head = desk.head
    for line in ("check", "check --fix"):
        found = desk(f"{line} --format json")
        assert found.code == 1
        assert {f["file"] for f in found.json["findings"]} == {
            path.relative_to(desk.root).as_posix()
        }
    assert (desk.root / "records/unit").is_dir() and file_of(desk, "3-2-501").read_bytes() == unit
    assert desk.head == head


def test_a_deleted_owner_stays_an_owner_and_comes_back(desk: Desk) -> None:
    number = bring(desk, "resident", "active")
    path = file_of(desk, number)
    path.unlink()
    head = desk.head
    desk("check --fix")
    assert desk.show("3-2-501")["owners"] == [number]
    assert path.is_file() and desk.head == head
    desk.clean()


@ways
def test_what_names_an_unreadable_record_is_not_blamed(desk: Desk, way: Way) -> None:
    bring(desk, "repair", "received")
    path = file_of(desk, "3-2-501")
    way(path)
    found = desk("check --format json").json["findings"]
    assert {f["file"] for f in found} == {path.relative_to(desk.root).as_posix()}


@ways
def test_a_record_that_names_what_made_it_unreadable(desk: Desk, way: Way) -> None:
    """undo, and every other step, on the broken record itself and on one that needs it."""
    number = desk.do(REPAIR).id
    path = file_of(desk, number)
    way(path)
    for line in (f"repair dispatch {number} --worker 李强", f"repair show {number}"):
        told = desk(line)
        assert told.code == 1 and path.name in told.err


@ways
def test_other_steps_and_lists_go_on(desk: Desk, way: Way) -> None:
    first, second = desk.do(REPAIR).id, desk.do(REPAIR).id
    way(file_of(desk, first))
    desk.do(f"repair dispatch {second} --worker 李强")
    desk.do("visit new --category other --channel phone --visitor 刘 --content 问路")
    third = desk.do(REPAIR).id
    assert third != first
    listed = desk("repair list")
    assert listed.code == 1 and second in listed.out and third in listed.out
    assert first in listed.err


@ways
def test_an_import_is_not_judged_by_absence(desk: Desk, tmp_path: Path, way: Way) -> None:
    unit = new_unit(desk)
    path = file_of(desk, unit)
    way(path)
    table = tmp_path / "homes.csv"
    table.write_text(
        "房号,楼栋,单元,室,用途,建筑面积,交付日期\n4-1-101,4,1,101,住宅,80,2024-06-30\n", "utf-8"
    )
    refused(desk, f"import unit '{table}'", path)


def test_one_broken_file_can_be_saved_beside_another(desk: Desk) -> None:
    first, second = desk.do(REPAIR).id, desk.do(REPAIR).id
    one, two = file_of(desk, first), file_of(desk, second)
    whole = one.read_text("utf-8")
    twice(one)
    twice(two)
    one.write_text(whole.replace("厨房", "卫生间"), "utf-8")
    saved = desk("save")
    assert saved.code == 1 and first in saved.out
    assert "卫生间" in desk.git("show", f"HEAD:{one.relative_to(desk.root).as_posix()}")
    assert two.relative_to(desk.root).as_posix() in saved.out + saved.err

"""The numbered examples of procedures.md, resident 业主/住户档案."""

from __future__ import annotations

from conftest import Desk
from scenes import bring, one_commit, refuse

NEW = (
    "resident new --name 刘先生 --role owner --unit 3-2-501 --phone 13800000001 --since 2024-08-01"
)


def test_resident_1(desk: Desk) -> None:
    refusal = refuse(desk, NEW, 2)
    assert refusal.messages == ["缺少 --consent-on 个人信息告知签收日"]


def test_resident_2(desk: Desk) -> None:
    with one_commit(desk):
        yz1 = desk.do(f"{NEW} --consent-on 2024-08-01").id
    assert desk.show(yz1)["state"] == "active"
    unit = desk.show("3-2-501")
    assert unit["owners"] == [yz1]
    assert "occupants" not in unit


def test_resident_3(desk: Desk) -> None:
    yz1 = bring(desk, "resident", "active")
    refusal = refuse(desk, f"resident amend {yz1} --care 行动不便 --reason 业主告知", 2)
    (message,) = refusal.messages
    assert "--care-consent yes" in message


def test_resident_4(desk: Desk) -> None:
    bring(desk, "resident", "active")
    listed = desk.do("resident list")
    assert "138****0001" in listed.out
    assert "刘**" in listed.out
    for form in ("csv", "json"):
        hidden = desk.do(f"resident list --format {form}").out
        assert "13800000001" not in hidden
        assert "刘先生" not in hidden
    assert "13800000001" in desk.do("resident list --reveal").out


def test_resident_5(desk: Desk) -> None:
    yz1 = bring(desk, "resident", "active")
    refusal = refuse(desk, f"resident erase {yz1} --erase-basis expired --by 陈立")
    assert refusal.text.startswith(f"{yz1} 现为 在住 active")
    assert set(refusal.next) == {"leave", "amend"}
    for step in ("leave 迁出", "amend 变更"):
        assert step in refusal.text


def test_resident_6(desk: Desk) -> None:
    yz1 = bring(desk, "resident", "active")
    with one_commit(desk):
        desk.do(f"resident leave {yz1} --until 2026-06-30")
    shown = desk.show(yz1)
    assert (shown["state"], shown["erase_due"]) == ("left", "2029-06-30")
    assert "owners" not in desk.show("3-2-501")

"""The numbered examples of procedures.md, unit 房产档案."""

from __future__ import annotations

from conftest import STAFF, Desk
from scenes import bring, one_commit, refuse


def test_unit_1(desk: Desk) -> None:
    # an office that has no unit yet: the fixture's has this very one
    fresh = desk.root.parent / "新 office"
    staff = [text for name, role in STAFF.items() for text in ("--staff", f"{name}:{role}")]
    desk.do(["init", str(fresh), "--name", "新办公室", *staff])
    desk.root = fresh
    desk.git("config", "user.name", "张敏")
    desk.git("config", "user.email", "desk@example.invalid")
    with one_commit(desk):
        made = desk.do(
            "unit new --number 3-2-501 --building 3 --entrance 2 --room 501 --use residential "
            "--floor-area 89.56 --completion-date 2024-06-30"
        )
    assert made.id == "3-2-501"
    shown = desk.show("3-2-501")
    assert shown["state"] == "registered"
    assert (shown["floor_area"], shown["completion_date"]) == ("89.56", "2024-06-30")


def test_unit_2(desk: Desk) -> None:
    refusal = refuse(
        desk,
        "unit new --number 3-2-0501 --building 3 --entrance 2 --room 501 --use residential "
        "--floor-area 89.56",
        2,
    )
    (message,) = refusal.messages
    assert "（0501，501）" in message
    assert "不一致" in message


def test_unit_3(desk: Desk) -> None:
    refusal = refuse(desk, "unit deliver 3-2-501 --delivered-on 2024-08-01")
    assert refusal.messages == ["没有在册业主"]
    assert refusal.next == ["amend"]
    assert "amend 变更" in refusal.text
    assert refusal.see == ["resident new --role owner --unit 3-2-501"]


def test_unit_4(desk: Desk) -> None:
    bring(desk, "resident", "active")
    desk.do("unit deliver 3-2-501 --delivered-on 2024-08-01")
    refusal = refuse(desk, "unit let 3-2-501 --let-told-on 2026-02-20")
    assert refusal.messages == ["没有在住租户"]
    assert refusal.see == ["resident new --role tenant --unit 3-2-501"]


def test_unit_5(desk: Desk) -> None:
    # ZX1 of the example is a renovation, which comes later: another open repair stands in for it
    yz1 = bring(desk, "resident", "active")
    bx1, bx2 = bring(desk, "repair", "received"), bring(desk, "repair", "working")
    refusal = refuse(desk, "unit retire 3-2-501 --reason 合并 --by 陈立")
    assert refusal.state == "registered"
    assert sorted(refusal.messages) == sorted([
        f"维修(服务)任务单 {bx1} 尚未办结",
        f"维修(服务)任务单 {bx2} 尚未办结",
        f"住户 {yz1} 仍在册",
    ])  # fmt: skip
    assert refusal.see == [f"resident leave {yz1}"]

"""The numbered examples of procedures.md, violation 违章."""

from __future__ import annotations

from conftest import Desk
from scenes import bring, one_commit, refuse

FIRE_LANE = (
    "violation new --kind fire_lane --place 2栋北侧 --description 堆放建材堵塞通道 "
    "--danger yes --by 赵军"
)


def test_violation_1(desk: Desk) -> None:
    with one_commit(desk):
        wz2 = desk.do(FIRE_LANE).id
    shown = desk.show(wz2)
    assert (shown["state"], shown["created_by"], shown["danger"]) == ("found", "赵军", True)


def test_violation_2(desk: Desk) -> None:
    wz1 = bring(desk, "violation", "found")
    refusal = refuse(
        desk,
        f"violation notify {wz1} --demand 停止封闭并恢复原状 --until 2026-03-12 "
        "--served-method signed --served-to 何女士",
    )
    assert refusal.says("已劝阻")
    assert refusal.next == ["advise"]
    assert "advise 劝阻" in refusal.text


def test_violation_3(desk: Desk) -> None:
    wz1 = bring(desk, "violation", "advised")
    refusal = refuse(
        desk,
        f"violation notify {wz1} --demand 逾期停水停电并罚款500元 --until 2026-03-12 "
        "--served-method posted",
    )
    assert refusal.says("N202", "N203")
    assert desk.show(wz1)["state"] == "advised"


def test_violation_4(desk: Desk) -> None:
    wz1 = bring(desk, "violation", "notified")
    desk.clock("2026-03-10 09:00")
    line = f"violation report {wz1} --authority urban --by 王芳"
    refusal = refuse(desk, line)
    assert refusal.messages == ["整改期限 2026-03-12 未到；请等期满，或写明 --reason"]
    assert refusal.next == ["notify", "fix"]
    assert "fix 整改" in refusal.text and "notify 书面整改" in refusal.text
    desk.clock("2026-03-13 09:00")
    desk.do(line)


def test_violation_5(desk: Desk) -> None:
    wz2 = desk.do(FIRE_LANE).id
    with one_commit(desk):
        desk.do(f"violation report {wz2} --authority fire --by 王芳")
    assert desk.show(wz2)["state"] == "reported"


def test_violation_6(desk: Desk) -> None:
    wz1 = bring(desk, "violation", "fixed")
    refusal = refuse(desk, f"violation close {wz1} --by 赵军")
    assert refusal.says("赵军")
    assert refusal.next == ["close"]
    assert refusal.roles == {"close": ["reception"]}
    desk.do(f"violation close {wz1}")


def test_who_mended_does_not_confirm(desk: Desk) -> None:
    wz = bring(desk, "violation", "notified")
    desk.do(f"violation fix {wz} --fix-note 已恢复")
    assert refuse(desk, f"violation close {wz}").says("张敏")
    desk.do(f"violation close {wz} --by 林悦")


def test_a_find_without_danger_is_advised_first(desk: Desk) -> None:
    wz = bring(desk, "violation", "found")
    refusal = refuse(desk, f"violation report {wz} --authority urban --by 王芳")
    assert refusal.messages == ["没有即时危险，须先劝阻 advise"]


def test_clocks_of_a_violation(desk: Desk) -> None:
    rubbish = desk.do(
        "violation new --kind waste --place 3栋门前 --description 装修垃圾过夜 --by 赵军"
    ).id
    clocks = {c["clock"]: c["due"] for c in desk.show(rubbish)["clocks"]}
    assert clocks == {
        "advise": "2026-03-05T23:59:59+08:00",
        "waste": "2026-03-05T23:59:59+08:00",
    }
    wz = bring(desk, "violation", "notified")
    assert {c["clock"]: c["due"] for c in desk.show(wz)["clocks"]} == {
        "fix": "2026-03-12T23:59:59+08:00"
    }
    desk.clock("2026-03-13 08:00")
    assert {c["clock"] for c in desk.show(wz)["clocks"]} == {"fix", "report"}

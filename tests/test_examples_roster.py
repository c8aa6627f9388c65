"""The numbered examples of procedures.md, roster 值班安排表."""

from __future__ import annotations

import pytest
from conftest import Desk
from scenes import one_commit, refuse

ON_CALL = (
    "--on-call post=area_manager,staff=郑经理,phone=13800000011 "
    "--on-call post=manager,staff=陈立,phone=13800000012 "
    "--on-call post=security_lead,staff=赵军,phone=13800000013"
)
REPAIR_LEAD = "--on-call post=repair_lead,staff=李强,phone=13800000014"


def shifts(days: str, staff: str = "张敏", start: str = "8:00", end: str = "20:30") -> str:
    return f"--shifts date={days},shift=day,start={start},end={end},post=desk,staff={staff}"


@pytest.fixture
def pb1(desk: Desk) -> str:
    return desk.do("roster new --month 2026-04 --by 王芳").id


def publish(desk: Desk, pb1: str) -> None:
    desk.do(
        f"roster fill {pb1} {shifts('2026-04-01~2026-04-30')} {ON_CALL} {REPAIR_LEAD} --by 王芳"
    )
    desk.do(f"roster submit {pb1} --by 王芳")
    desk.do(f"roster publish {pb1} --by 陈立")


def test_roster_1(desk: Desk) -> None:
    with one_commit(desk):
        pb1 = desk.do("roster new --month 2026-04 --by 王芳").id
    assert desk.show(pb1)["state"] == "draft"
    again = refuse(desk, "roster new --month 2026年4月 --by 王芳")
    assert again.messages == [f"2026-04 已有值班表 {pb1}"]


def test_roster_2(desk: Desk, pb1: str) -> None:
    desk.do(
        f"roster fill {pb1} {shifts('2026-04-01~2026-04-04')} {shifts('2026-04-06~2026-04-30')} "
        f"{shifts('2026-04-05', end='17:00')} {ON_CALL} --by 王芳"
    )
    refusal = refuse(desk, f"roster submit {pb1} --by 王芳")
    assert refusal.messages == [
        "前台 8:00–20:30（节假日按其值班时间）尚未排满：2026-04-05",
        "待命联系人缺维修中心主管 repair_lead（须有电话）",
    ]
    assert refusal.next == ["fill"]
    assert "fill 填写" in refusal.text
    # the holiday's own hours are enough for that day
    desk.do(
        f"roster fill {pb1} --holiday-hours date=2026-04-05,start=9:00,end=17:00 {REPAIR_LEAD} "
        "--by 王芳"
    )
    desk.do(f"roster submit {pb1} --by 王芳")


def test_roster_3(desk: Desk, pb1: str) -> None:
    desk.do(
        f"roster fill {pb1} {shifts('2026-04-01~2026-04-30')} {ON_CALL} {REPAIR_LEAD} --by 王芳"
    )
    desk.do(f"roster submit {pb1} --by 王芳")
    refusal = refuse(desk, f"roster publish {pb1} --by 王芳")
    assert refusal.messages == ["王芳 没有所需岗位：项目经理"]
    assert sorted(refusal.next) == ["publish", "return"]
    assert refusal.roles == {"publish": ["manager"], "return": ["manager"]}


def test_roster_4(desk: Desk, pb1: str) -> None:
    publish(desk, pb1)
    swap = "--swap-date 2026-04-08 --swap-out 张敏 --swap-in 林悦 --reason 病假"
    refusal = refuse(desk, f"roster amend {pb1} {swap}")
    assert refusal.messages == ["张敏 没有所需岗位：项目经理"]
    assert refusal.next == ["amend"]
    assert refusal.roles == {"amend": ["manager"]}
    assert "amend 批准调班" in refusal.text


def test_roster_5(desk: Desk, pb1: str) -> None:
    publish(desk, pb1)
    swap = "--swap-date 2026-04-08 --swap-out 张敏 --swap-in 林悦 --reason 病假"
    with one_commit(desk):
        desk.do(f"roster amend {pb1} {swap} --by 陈立")
    shown = desk.show(pb1)
    assert shown["state"] == "published"
    assert shown["amendments"] == [
        {"date": "2026-04-08", "out": "张敏", "in": "林悦", "by": "陈立", "reason": "病假"}
    ]
    who = {row["date"]: row["staff"] for row in shown["shifts"]}
    assert (who["2026-04-07"], who["2026-04-08"]) == ("张敏", "林悦")
    assert not {"swap_date", "swap_out", "swap_in"} & shown.keys()


def test_what_a_roster_refuses(desk: Desk, pb1: str) -> None:
    outside = refuse(desk, f"roster fill {pb1} {shifts('2026-05-01')} --by 王芳")
    assert outside.messages == ["2026-05-01 不在 2026-04"]
    twice = refuse(
        desk,
        f"roster fill {pb1} {shifts('2026-04-01')} --by 王芳 "
        "--shifts date=2026-04-01,shift=night,start=20:00,end=8:00,post=desk,staff=张敏",
    )
    assert twice.messages == ["张敏 在 2026-04-01 20:00 与自己的另一班重叠"]
    night = refuse(
        desk,
        f"roster fill {pb1} --by 王芳 "
        "--shifts date=2026-04-01,shift=night,start=20:30,end=8:30,post=desk,staff=张敏 "
        "--shifts date=2026-04-02,shift=day,start=8:00,end=20:30,post=desk,staff=张敏",
    )
    assert night.messages == ["张敏 在 2026-04-02 08:00 与自己的另一班重叠"]
    for bad, told in (
        ("date=2026-04-01,shift=day,start=25:00,end=20:30,post=desk,staff=张敏", "不是时刻"),
        ("date=2026-04-09~2026-04-01,shift=day,start=8:00,end=9:00,post=desk,staff=张敏", "起止"),
        ("date=2026-04-01,shift=day,start=8:00,end=9:00,post=desk,staff=周吉", "不在人员名单"),
        ("date=2026-04-01,shift=day,post=desk,staff=张敏", "start= 上班"),
    ):
        assert told in refuse(desk, f"roster fill {pb1} --shifts {bad} --by 王芳", 2).text
    assert "不是月份" in refuse(desk, "roster new --month 2026-13 --by 王芳", 2).text


def test_a_swap_wants_a_shift_and_a_free_substitute(desk: Desk, pb1: str) -> None:
    desk.do(
        f"roster fill {pb1} {shifts('2026-04-01~2026-04-30')} {ON_CALL} {REPAIR_LEAD} "
        f"{shifts('2026-04-08', '林悦', '18:00', '22:00')} --by 王芳"
    )
    desk.do(f"roster submit {pb1} --by 王芳")
    desk.do(f"roster publish {pb1} --by 陈立")
    swap = f"roster amend {pb1} --reason 病假 --by 陈立"
    busy = refuse(desk, f"{swap} --swap-date 2026-04-08 --swap-out 张敏 --swap-in 林悦")
    assert busy.messages == ["林悦 在 2026-04-08 18:00 已有班"]
    idle = refuse(desk, f"{swap} --swap-date 2026-04-09 --swap-out 林悦 --swap-in 张敏")
    assert "林悦 在 2026-04-09 没有班" in idle.messages
    past = refuse(desk, f"{swap} --swap-date 2026-03-01 --swap-out 张敏 --swap-in 林悦")
    assert "调班日期 2026-03-01 已过" in past.messages


def test_a_roster_is_archived_when_its_month_is_over(desk: Desk, pb1: str) -> None:
    publish(desk, pb1)
    assert refuse(desk, f"roster archive {pb1} --by 王芳").messages == ["2026-04 尚未过完"]
    desk.clock("2026-05-01 08:00")
    desk.do(f"roster archive {pb1} --by 王芳")


def test_a_roster_falls_due_on_the_last_day_of_the_month_before(desk: Desk, pb1: str) -> None:
    (clock,) = desk.show(pb1)["clocks"]
    assert (clock["clock"], clock["due"]) == ("publish", "2026-03-31T23:59:59+08:00")
    desk.clock("2026-04-02 08:00")
    desk.do(
        f"roster fill {pb1} {shifts('2026-04-01~2026-04-30')} {ON_CALL} {REPAIR_LEAD} --by 王芳"
    )
    desk.do(f"roster submit {pb1} --by 王芳")
    assert "已经开始" in desk.do(f"roster publish {pb1} --by 陈立").err

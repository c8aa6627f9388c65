"""The numbered examples of procedures.md, duty 值班记录."""

from __future__ import annotations

import pytest
from conftest import Desk
from scenes import bring, one_commit, refuse


@pytest.fixture
def pb1(desk: Desk) -> str:
    """The published roster of March, with 张敏 at the desk every day."""
    return bring(desk, "roster", "published")


@pytest.fixture
def zb1(desk: Desk, pb1: str) -> str:
    return desk.do("duty new --date 2026-03-05 --shift day --on-duty 张敏").id


def test_duty_1(desk: Desk, pb1: str) -> None:
    with one_commit(desk):
        zb1 = desk.do("duty new --date 2026-03-05 --shift day --on-duty 张敏").id
    shown = desk.show(zb1)
    assert (shown["state"], shown["roster"]) == ("opened", pb1)
    assert shown["ends_at"] == "2026-03-05T20:30:00+08:00"


def test_duty_2(desk: Desk, zb1: str) -> None:
    with one_commit(desk):
        done = desk.do(f"duty add {zb1} --kind inquiry --content 询问装修时间")
    assert "记为第 1 条" in done.err
    (entry,) = desk.show(zb1)["entries"]
    assert entry == {
        "seq": 1, "at": "2026-03-05T09:00:00+08:00", "by": "张敏", "kind": "inquiry",
        "content": "询问装修时间",
    }  # fmt: skip


def test_duty_3(desk: Desk, zb1: str) -> None:
    desk.do(f"duty add {zb1} --kind inquiry --content 询问装修时间")
    refusal = refuse(desk, f"duty add {zb1} --kind correction --content 应为5-1-302 --corrects 7")
    assert refusal.messages == ["没有第 7 条记录（目前共 1 条）"]
    assert refusal.next == ["add", "close"]
    assert "add 记事、close 交班" in refusal.text
    desk.do(f"duty add {zb1} --kind correction --content 应为5-1-302 --corrects 1")
    assert desk.show(zb1)["entries"][1]["corrects"] == 1


def test_duty_4(desk: Desk, zb1: str) -> None:
    told = desk.refused(f"duty edit {zb1}", 2).err
    assert "值班记录只增不改，没有 edit" in told
    assert "add --kind correction --corrects" in told
    assert "下一步：add 记事、close 交班" in told


def test_duty_5(desk: Desk, zb1: str) -> None:
    bx = desk.do(
        "repair new --area public --place 屋面 --kind leak --reporter 赵军 --request 顶楼渗水"
    ).id
    hf5 = desk.do(f"revisit new --target {bx} --round rain").id
    other = desk.do(f"revisit new --target {bx} --round first --due-at 2026-03-20").id
    desk.do(f"duty add {zb1} --kind inquiry --content 询问装修时间")
    with one_commit(desk):
        desk.do(f"duty add {zb1} --kind rain --content 18时大雨")
    assert [entry["seq"] for entry in desk.show(zb1)["entries"]] == [1, 2]
    assert desk.show(hf5)["due_at"].startswith("2026-03-06")
    assert desk.show(other)["due_at"].startswith("2026-03-20")
    # only the first rain dates a revisit
    desk.clock("2026-03-05 20:00")
    desk.do(f"duty add {zb1} --kind rain --content 又下")
    assert desk.show(hf5)["due_at"] == "2026-03-06T09:00:00+08:00"


def test_duty_6(desk: Desk, zb1: str) -> None:
    jj1 = desk.do(f"handover new --outgoing 张敏 --duty {zb1}").id
    desk.do(f"handover offer {jj1} --incoming 林悦 --tidy yes")
    refusal = refuse(desk, f"duty close {zb1}")
    assert refusal.messages == [f"交接单 {jj1} 现为待接班，尚未交接；由 林悦 办理"]
    assert refusal.next == ["add"]
    assert refusal.see == [f"handover accept {jj1} --by 林悦"]


def test_only_the_one_on_duty_writes(desk: Desk, zb1: str) -> None:
    refusal = refuse(desk, f"duty add {zb1} --kind other --content 代记 --by 林悦")
    assert "张敏" in refusal.messages[0] and "林悦" in refusal.messages[0]


def test_who_is_not_on_the_roster_says_why(desk: Desk, pb1: str) -> None:
    line = "duty new --date 2026-03-06 --shift day --on-duty 林悦"
    refusal = refuse(desk, line)
    assert "没有 林悦；请写明原因 --reason" in refusal.text
    number = desk.do(f"{line} --reason 张敏病假").id
    assert desk.show(number)["history"][0]["reason"] == "张敏病假"
    again = refuse(desk, "duty new --date 2026-03-06 --shift day --on-duty 张敏")
    assert again.messages == [f"2026-03-06 白班已有值班记录 {number}"]


def test_an_entry_keeps_nothing_of_the_one_before(desk: Desk, zb1: str) -> None:
    desk.do(f"duty add {zb1} --kind inquiry --content 询问 --unit 3-2-501")
    desk.do(f"duty add {zb1} --kind other --content 巡楼")
    first, second = desk.show(zb1)["entries"]
    assert first["unit"] == "3-2-501"
    assert "unit" not in second
    text = next(desk.root.glob(f"records/duty/*/*/{zb1}.md")).read_text("utf-8")
    assert "\nkind:" not in text and "\ncontent" not in text


def test_a_message_waits_thirty_minutes_for_the_entry_that_it_was_passed(
    desk: Desk, zb1: str
) -> None:
    desk.do(f"duty add {zb1} --kind message --content 请转告王芳回电")
    clocks = {c["clock"]: c["due"] for c in desk.show(zb1)["clocks"]}
    assert clocks["relay"] == "2026-03-05T09:30:00+08:00"
    desk.do(f"duty add {zb1} --kind other --content 已转告 --corrects 1")
    assert "relay" not in {c["clock"] for c in desk.show(zb1)["clocks"]}


def test_the_log_is_kept_one_year(desk: Desk, zb1: str) -> None:
    clocks = {c["clock"]: c["due"] for c in desk.show(zb1)["clocks"]}
    assert clocks["handover"] == "2026-03-05T20:15:00+08:00"
    refusal = refuse(desk, f"duty close {zb1}")
    assert refusal.see == [f"handover new --outgoing 张敏 --duty {zb1}"]
    desk.do(f"duty close {zb1} --no-successor-reason 夜间无人值班")
    assert desk.show(zb1)["keep_until"] == "2027-03-05"

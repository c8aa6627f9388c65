"""The numbered examples of procedures.md, patrol 巡查."""

from __future__ import annotations

import pytest
from conftest import Desk
from scenes import bring, one_commit, refuse

POINTS = (
    "ground_green", "facade_signs", "notice_board", "vehicles", "shared_facilities",
    "renovation_units", "other",
)  # fmt: skip


@pytest.fixture
def xc1(desk: Desk) -> str:
    return desk.do("patrol new --date 2026-03-05 --block A区 --route estate").id


def test_patrol_1(desk: Desk) -> None:
    with one_commit(desk):
        xc1 = desk.do("patrol new --date 2026-03-05 --block A区 --route estate").id
    shown = desk.show(xc1)
    assert (shown["state"], shown["inspector"]) == ("opened", "张敏")
    second = refuse(desk, "patrol new --date 2026-03-05 --block B区 --route estate")
    assert second.says(f"张敏 的巡查 {xc1} 尚未完成", "void")
    desk.do("patrol new --date 2026-03-05 --block B区 --route estate --by 赵军")


def test_patrol_2(desk: Desk, xc1: str) -> None:
    with one_commit(desk):
        (bx4,) = desk.do(
            f"patrol check {xc1} --point shared_facilities --finding abnormal --problem defect "
            "--kind drains --place 3栋前 --detail 雨水沟堵塞"
        ).made
    (line,) = desk.show(xc1)["lines"]
    assert (line["point"], line["finding"], line["child"]) == ("shared_facilities", "abnormal", bx4)
    repair = desk.show(bx4)
    assert (repair["state"], repair["area"], repair["reporter"]) == ("received", "public", "张敏")
    assert (repair["request"], repair["place"], repair["source"]) == ("雨水沟堵塞", "3栋前", xc1)


def test_patrol_3(desk: Desk, xc1: str) -> None:
    refusal = refuse(
        desk,
        f"patrol check {xc1} --point renovation_units --finding abnormal --unit 3-2-501",
        2,
    )
    assert refusal.says("--place", "--detail", "--problem", "--link-to")
    kindless = refuse(
        desk,
        f"patrol check {xc1} --point vehicles --finding abnormal --problem violation "
        "--place 车库 --detail 占道",
        2,
    )
    assert kindless.says("--kind 违章类别")


def test_patrol_4(desk: Desk, xc1: str) -> None:
    zx1 = bring(desk, "renovation", "working")
    with one_commit(desk):
        (wz1,) = desk.do(
            f"patrol check {xc1} --point renovation_units --finding abnormal --problem violation "
            "--kind balcony --unit 3-2-501 --place 阳台 --detail 封闭阳台施工"
        ).made
    violation = desk.show(wz1)
    assert (violation["state"], violation["renovation"]) == ("found", zx1)
    assert (violation["description"], violation["source"]) == ("封闭阳台施工", xc1)
    assert desk.show(zx1)["violations"] == [wz1]


def test_patrol_5(desk: Desk, xc1: str) -> None:
    for point in ("shared_facilities", "renovation_units"):
        desk.do(f"patrol check {xc1} --point {point} --finding normal")
    refusal = refuse(desk, f"patrol close {xc1}")
    assert refusal.messages == [
        "7 项中已查 2 项；还缺 ground_green、facade_signs、notice_board、vehicles、other"
    ]
    assert refusal.next == ["check"]
    for point in set(POINTS) - {"shared_facilities", "renovation_units"}:
        desk.do(f"patrol check {xc1} --point {point} --finding normal")
    desk.do(f"patrol close {xc1}")


def test_an_abnormal_line_may_name_an_open_record(desk: Desk, xc1: str) -> None:
    bx = bring(desk, "repair", "received")
    more = "--finding abnormal --place 3栋前 --detail 雨水沟堵塞"
    done = desk.do(f"patrol check {xc1} --point shared_facilities {more} --link-to {bx}")
    assert done.made == []
    assert desk.show(xc1)["lines"][0]["child"] == bx
    desk.do(f"repair void {bx} --reason 重复 --by 王芳")
    closed = refuse(desk, f"patrol check {xc1} --point other {more} --link-to {bx}")
    assert closed.messages == [f"{bx} 已是作废，不能挂接"]
    both = f"--link-to {bring(desk, 'repair', 'received')} --problem defect --kind drains"
    refuse(desk, f"patrol check {xc1} --point other {more} {both}", 2)


def test_only_the_inspector_checks(desk: Desk, xc1: str) -> None:
    refusal = refuse(desk, f"patrol check {xc1} --point other --finding normal --by 林悦")
    assert "张敏" in refusal.messages[0]


def test_a_point_may_have_several_lines_and_counts_once(desk: Desk, xc1: str) -> None:
    for place in ("3栋前", "5栋后"):
        desk.do(
            f"patrol check {xc1} --point shared_facilities --finding abnormal --problem defect "
            f"--kind drains --place {place} --detail 雨水沟堵塞"
        )
    assert len(desk.show(xc1)["lines"]) == 2
    assert desk.do("patrol list --format csv").out.splitlines()[1].split(",")[4:6] == ["1", "2"]


def test_an_expired_notice_is_pointed_out_at_the_board(desk: Desk, xc1: str) -> None:
    tz = bring(desk, "notice", "posted")
    assert tz not in desk.do(f"patrol check {xc1} --point notice_board --finding normal").err
    desk.clock("2026-04-01 09:00")
    later = desk.do("patrol new --date 2026-04-01 --block A区 --route estate --by 赵军").id
    told = desk.do(f"patrol check {later} --point notice_board --finding normal --by 赵军").err
    assert tz in told and "应撤除" in told
    linked = desk.do(
        f"patrol check {later} --point notice_board --finding abnormal --place 3栋大堂 "
        f"--detail 过期未撤 --link-to {tz} --by 赵军"
    )
    assert "应撤除" not in linked.err


def test_a_home_being_fitted_out_is_visited_daily(desk: Desk, xc1: str) -> None:
    zx = bring(desk, "renovation", "working")
    assert "patrol" in {c["clock"] for c in desk.show(zx)["clocks"]}
    for point in POINTS:
        unit = "--unit 3-2-501" if point == "renovation_units" else ""
        desk.do(f"patrol check {xc1} --point {point} --finding normal {unit}")
    assert "patrol" not in {c["clock"] for c in desk.show(zx)["clocks"]}
    assert "没有巡查" not in desk.do(f"patrol close {xc1}").err
    desk.clock("2026-03-06 09:00")
    assert "patrol" in {c["clock"] for c in desk.show(zx)["clocks"]}
    second = desk.do("patrol new --date 2026-03-06 --block A区 --route estate").id
    for point in POINTS:
        desk.do(f"patrol check {second} --point {point} --finding normal")
    assert "3-2-501" in desk.do(f"patrol close {second}").err


def test_a_round_left_unfinished_is_voided_and_counts_no_more(desk: Desk, xc1: str) -> None:
    (bx1,) = desk.do(
        f"patrol check {xc1} --point vehicles --finding abnormal --problem defect "
        "--kind other --place 车库 --detail 道闸不落"
    ).made
    assert refuse(desk, f"patrol void {xc1} --reason 下雨").says("客服主管")
    desk.do(f"patrol void {xc1} --reason 下雨 --by 王芳")
    assert desk.show(bx1)["state"] == "received"
    again = desk.do("patrol new --date 2026-03-05 --block A区 --route estate").id
    printed = desk.do("patrol print --layout daily --date 2026-03-05 --format txt").out
    assert again in printed
    assert xc1 not in printed

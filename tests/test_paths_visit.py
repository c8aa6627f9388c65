"""Visits and revisits by the ways a desk goes; other scenes are in test_paths.py."""

from __future__ import annotations

import pytest
from conftest import Desk
from scenes import bring, new_unit, one_commit, refuse, states

# visit


@pytest.mark.parametrize(
    ("category", "more", "form"),
    [
        ("aftersales", "--item heating", "rework"),
        ("repair", "--kind leak --area private --place 阳台", "repair"),
        ("complaint", "--against office --cause fee --apologised yes", "complaint"),
    ],
)
def test_visit_makes_the_record_of_its_category(
    desk: Desk, category: str, more: str, form: str
) -> None:
    visit = desk.do(
        f"visit new --category {category} --channel wechat --visitor 刘先生 --phone 13800000001 "
        "--unit 3-2-501 --content 请处理"
    ).id
    lacking = refuse(desk, f"visit refer {visit}", 2)
    assert more.split()[0] in " ".join(lacking.messages)
    (child,) = desk.do(f"visit refer {visit} {more}").made
    shown = desk.show(child)
    assert (shown["form"], shown["source"], shown["request"]) == (form, visit, "请处理")


def test_visit_of_another_category_names_the_form(desk: Desk) -> None:
    visit = desk.do(
        "visit new --category service --channel phone --visitor 刘先生 --phone 13800000001 "
        "--unit 3-2-501 --content 水管漏"
    ).id
    assert refuse(desk, f"visit refer {visit}").says("--child-form")
    (child,) = desk.do(
        f"visit refer {visit} --child-form repair --kind plumbing --area private --place 厨房"
    ).made
    assert desk.show(child)["form"] == "repair"
    # the owner's words are copied, never rewritten
    again = f"visit refer {visit} --child-form repair --kind plumbing --area private --place 厨房"
    assert "--request" in refuse(desk, f"{again} --request 别的话", 2).text
    assert desk.show(desk.do(again).made[0])["request"] == "水管漏"


def test_visit_attaches_a_record_that_is_there(desk: Desk) -> None:
    new_unit(desk, "3-2-502")
    burst = bring(desk, "visit", "referred")
    (repair,) = desk.show(burst)["children"]
    call = (
        "visit new --category repair --channel phone --visitor 邻居 --unit 3-2-502 --content 停水了"
    )
    second = desk.do(call).id
    with one_commit(desk):
        done = desk.do(f"visit refer {second} --link-to {repair}")
    assert done.made == []
    assert desk.show(second)["children"] == [repair]
    assert desk.show(repair)["source"] == burst
    assert refuse(desk, f"visit refer {second} --link-to {repair}").says("已经挂接")
    complaint = bring(desk, "complaint", "received")
    assert refuse(desk, f"visit refer {second} --link-to {complaint}").says("与接待类别不符")
    desk.do(f"repair void {repair} --reason 误报 --by 王芳")
    third = desk.do(call).id
    assert refuse(desk, f"visit refer {third} --link-to {repair}").says("已办结")


def test_visit_attached_first_becomes_the_source(desk: Desk) -> None:
    repair = bring(desk, "repair", "received")
    visit = bring(desk, "visit", "received")
    desk.do(f"visit refer {visit} --link-to {repair}")
    assert desk.show(repair)["source"] == visit


def test_visit_of_repair_is_not_answered_before_it_is_referred(desk: Desk) -> None:
    visit = bring(desk, "visit", "received")
    refusal = refuse(desk, f"visit reply {visit} --reply 好的 --reply-method phone")
    assert refusal.says("报修须先转办 refer")
    assert refusal.next == ["refer"]


def test_visit_of_praise_and_of_suggestion(desk: Desk) -> None:
    new = "visit new --channel walk-in --visitor 丁女士 --content 很好"
    praise = desk.do(f"{new} --category praise").id
    reply = f"visit reply {praise} --reply 谢谢 --reply-method desk"
    assert refuse(desk, reply, 2).says("--verified")
    desk.do(f"{reply} --verified confirmed")
    desk.do(f"visit close {praise}")
    suggestion = desk.do(f"{new} --category suggestion").id
    reply = f"visit reply {suggestion} --reply 已呈报 --reply-method desk"
    assert refuse(desk, reply, 2).says("--passed-to")
    assert refuse(desk, f"{reply} --passed-to 王芳").messages == ["建议须呈报项目经理，王芳 不是"]
    desk.do(f"{reply} --passed-to 陈立")
    desk.do(f"visit close {suggestion}")
    assert states(desk, suggestion) == ["received", "answered", "closed"]


# revisit


def test_revisit_unsatisfied_after_the_end_opens_a_new_record(desk: Desk) -> None:
    repair = bring(desk, "repair", "closed")
    revisit = desk.do(f"revisit new --target {repair} --round second --due-at 2026-03-12").id
    assert desk.show(repair)["revisits"][-1] == revisit
    with one_commit(desk):
        done = desk.do(f"revisit do {revisit} --method phone --result unsatisfied --opinion 又漏了")
    (opened,) = done.made
    shown = desk.show(opened)
    assert (shown["form"], shown["state"], shown["request"]) == ("repair", "received", "又漏了")
    assert shown["source"] == revisit
    assert (shown["unit"], shown["place"]) == ("3-2-501", "厨房")
    assert desk.show(revisit)["opened"] == opened
    assert desk.show(repair)["state"] == "closed"


def test_revisit_at_the_door_wants_a_signature(desk: Desk) -> None:
    revisit = bring(desk, "revisit", "planned")
    do = f"revisit do {revisit} --method visit --result satisfied"
    assert refuse(desk, do, 2).says("--signed-by", "--no-sign-reason")
    desk.do(f"{do} --no-sign-reason 不便签字")


def test_revisit_of_a_complaint_is_not_made_by_the_person_complained_of(desk: Desk) -> None:
    complaint = desk.do(
        "complaint new --complainant 王女士 --channel phone --against reception --cause fee "
        "--request 收费不清 --apologised yes --against-staff 林悦"
    ).id
    revisit = desk.do(f"revisit new --target {complaint} --round first --due-at 2026-03-06").id
    do = f"revisit do {revisit} --method phone --result satisfied"
    assert refuse(desk, f"{do} --by 林悦").says("林悦 是", "被投诉人")
    desk.do(do)


def test_revisit_skipped_for_each_reason(desk: Desk) -> None:
    repair = bring(desk, "repair", "received")
    new = f"revisit new --target {repair} --due-at 2026-03-12 --round"
    first, second = desk.do(f"{new} first").id, desk.do(f"{new} second").id
    twice = refuse(desk, f"{new} first")
    assert twice.says(first)
    skip = "--reason 无人接听 --by 王芳"
    alive = refuse(desk, f"revisit skip {first} --skip-reason target_void {skip}")
    assert alive.messages == [f"{repair} 没有作废"]
    desk.do(f"repair void {repair} --reason 误报 --by 王芳")
    desk.do(f"revisit skip {first} --skip-reason target_void {skip}")
    two = " ".join(f"--attempts at=2026-03-0{d},by=张敏,way=电话" for d in (3, 4))
    few = refuse(desk, f"revisit skip {second} --skip-reason unreachable {skip} {two}", 2)
    assert few.says("现有 2 条")
    three = f"{two} --attempts at=2026-03-05,by=张敏,way=电话"
    desk.do(f"revisit skip {second} --skip-reason unreachable {skip} {three}")
    assert len(desk.show(second)["attempts"]) == 3

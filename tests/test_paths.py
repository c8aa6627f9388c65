"""The shipped procedures walked by the paths that matter, detours included."""

from __future__ import annotations

import pytest
from conftest import Desk
from scenes import bring, one_commit, refuse, states

NEW_REPAIR = (
    "repair new --area private --unit 3-2-501 --phone 13800000001 --place 厨房 --kind plumbing "
    "--reporter 刘先生 --request 角阀漏水"
)


# repair


def test_repair_free_of_charge(desk: Desk) -> None:
    number = desk.do(NEW_REPAIR).id
    desk.do(f"repair dispatch {number} --worker 李强 --helpers 吴刚")
    desk.do(f"repair arrive {number} --findings 角阀锈蚀 --by 吴刚")
    desk.do(f"repair start {number} --by 李强")
    too_much = refuse(desk, f"repair finish {number} --work-done 换阀 --amount 35 --by 李强")
    assert too_much.says("无偿维修的结算金额须为 0")
    desk.do(f"repair finish {number} --work-done 换阀 --amount 0 --by 李强")
    both = "--signed-by 刘先生 --no-sign-reason 不在家"
    assert refuse(desk, f"repair sign {number} {both}", 2).says("只能给一个")
    desk.do(f"repair sign {number} --signed-by 刘先生")
    nothing = refuse(desk, f"repair collect {number} --collected-amount 0 --receipt-no 免收")
    assert nothing.says("本单无需收费")
    (revisit,) = desk.show(number)["revisits"]
    desk.do(f"revisit do {revisit} --method phone --result neutral")
    desk.do(f"repair close {number}")
    assert states(desk, number) == [
        "received", "dispatched", "arrived", "working", "finished", "signed", "closed",
    ]  # fmt: skip


def test_repair_begun_without_consent_is_only_for_the_urgent(desk: Desk) -> None:
    number = desk.do(NEW_REPAIR).id
    desk.do(f"repair dispatch {number} --worker 李强")
    wanted = refuse(desk, f"repair arrive {number} --urgency urgent --by 李强", 2)
    assert wanted.says("--urgent-class")
    desk.do(f"repair arrive {number} --urgency urgent --urgent-class falling --by 李强")
    desk.do(f"repair quote {number} --quote-items item=玻璃,qty=2,unit_price=80 --by 李强")
    assert desk.show(number)["quoted_amount"] == "160.00"
    assert refuse(desk, f"repair start {number} --by 李强").says("--no-agree-reason")
    desk.do(f"repair start {number} --no-agree-reason 玻璃将坠 --by 李强")
    finish = f"repair finish {number} --work-done 换玻璃 --amount 160 --by 李强"
    assert refuse(desk, finish, 2).says("--materials")
    made = desk.do(f"{finish} --materials item=玻璃,qty=2,unit_price=80").made
    rounds = {desk.show(n)["round"]: desk.show(n)["due_at"] for n in made}
    assert rounds == {"first": "2026-03-06T09:00:00+08:00", "second": "2026-03-12T09:00:00+08:00"}
    desk.do(f"repair sign {number} --signed-by 刘先生")
    desk.do(f"repair collect {number} --collected-amount 160 --receipt-no SJ1")
    # the second round binds only once it is due
    first, second = made
    desk.do(f"revisit do {first} --method phone --result satisfied")
    desk.clock("2026-03-12 09:01")
    assert refuse(desk, f"repair close {number}").see == [f"revisit do {second}"]
    desk.do(f"revisit skip {second} --skip-reason declined --reason 不必再访 --by 王芳")
    desk.do(f"repair close {number}")


def test_repair_over_the_accepted_quote_is_quoted_again(desk: Desk) -> None:
    number = bring(desk, "repair", "working")
    over = refuse(desk, f"repair finish {number} --work-done 换管 --amount 40 --by 李强")
    assert over.says("结算 40.00 元 超过认可的报价 35.00 元", "quote")
    assert "quote" in over.next
    desk.do(f"repair quote {number} --quote-items item=换管,qty=1,unit_price=40 --by 李强")
    assert desk.show(number).get("agreed_by") is None
    assert refuse(desk, f"repair start {number} --by 李强").says("业主尚未认可报价 40.00 元")
    desk.do(f"repair agree {number} --agreed-by 刘先生 --agree-method wechat")
    desk.do(f"repair start {number} --by 李强")
    desk.do(f"repair finish {number} --work-done 换管 --amount 40 --by 李强")


def test_repair_bounced_and_dispatched_anew(desk: Desk) -> None:
    number = bring(desk, "repair", "dispatched")
    assert refuse(desk, f"repair bounce {number} --reason 忙 --by 吴刚").says("吴刚")
    desk.do(f"repair bounce {number} --reason 属电工 --by 李强")
    shown = desk.show(number)
    assert (shown["state"], shown["bounced_count"]) == ("received", 1)
    assert "worker" not in shown
    assert refuse(desk, f"repair dispatch {number} --worker 赵军").messages == ["赵军 没有维修岗位"]
    desk.do(f"repair dispatch {number} --worker 吴刚")
    assert refuse(desk, f"repair arrive {number} --by 李强").says("只有", "不是 李强")
    desk.do(f"repair arrive {number} --by 吴刚")


def test_repair_reassigned_keeps_the_agreement(desk: Desk) -> None:
    number = bring(desk, "repair", "agreed")
    same = refuse(desk, f"repair reassign {number} --worker 李强 --reason 换人")
    assert same.messages == ["本单已派给 李强"]
    desk.do(f"repair reassign {number} --worker 吴刚 --reason 李强请假")
    shown = desk.show(number)
    assert (shown["state"], shown["worker"], shown["agreed_by"]) == ("dispatched", "吴刚", "刘先生")
    desk.do(f"repair arrive {number} --by 吴刚")
    desk.do(f"repair start {number} --by 吴刚")
    desk.do(f"repair finish {number} --work-done 换阀 --amount 35 --by 吴刚")


@pytest.mark.parametrize("state", ["dispatched", "arrived", "quoted", "agreed", "working"])
def test_repair_resumes_where_it_was_held(desk: Desk, state: str) -> None:
    number = bring(desk, "repair", state)
    other = refuse(desk, f"repair hold {number} --hold-reason other", 2)
    assert other.says("--reason")
    desk.do(f"repair hold {number} --hold-reason outside --resume-on 2026-03-09")
    held = desk.show(number)
    assert (held["state"], held["held_from"]) == ("held", state)
    assert {s["command"] for s in held["next"]} == {"resume"}
    desk.do(f"repair resume {number}")
    assert desk.show(number)["state"] == state


def test_repair_redone_moves_the_rounds_still_planned(desk: Desk) -> None:
    number = bring(desk, "repair", "signed")
    (first,) = desk.show(number)["revisits"]
    desk.do(f"repair collect {number} --collected-amount 35 --receipt-no SJ0012")
    desk.clock("2026-03-06 09:00")
    desk.do(f"repair redo {number} --reason 仍漏")
    kept = desk.show(number)
    assert (kept["receipt_no"], kept["collected_amount"]) == ("SJ0012", "35.00")
    money = refuse(desk, f"repair void {number} --reason 不修了 --by 王芳")
    assert money.messages == ["已收费（收据 SJ0012），不能作废"]
    desk.do(f"repair arrive {number} --by 李强")
    desk.do(f"repair start {number} --by 李强")
    with one_commit(desk):
        again = desk.do(f"repair finish {number} --work-done 换垫片 --amount 35 --by 李强")
    assert again.made == []
    assert desk.show(number)["revisits"] == [first]
    assert desk.show(first)["due_at"] == "2026-03-13T09:00:00+08:00"
    desk.do(f"repair sign {number} --signed-by 刘先生")
    desk.do(f"revisit do {first} --method phone --result unsatisfied --opinion 还漏")
    late = refuse(desk, f"repair close {number}")
    assert late.messages == ["最近一次回访不满意，须返工 redo"]
    desk.do(f"repair redo {number} --reason 回访不满意")
    desk.do(f"repair arrive {number} --by 李强")
    desk.do(f"repair start {number} --by 李强")
    (second,) = desk.do(f"repair finish {number} --work-done 换管 --amount 35 --by 李强").made
    desk.do(f"repair sign {number} --signed-by 刘先生")
    assert refuse(desk, f"repair close {number}").see == [f"revisit do {second}"]
    desk.do(f"revisit do {second} --method phone --result satisfied")
    desk.do(f"repair close {number}")
    shown = desk.show(number)
    assert (shown["reopened_count"], shown["revisits"]) == (2, [first, second])


def test_repair_less_than_the_amount_wants_the_manager(desk: Desk) -> None:
    number = bring(desk, "repair", "signed")
    collect = f"repair collect {number} --receipt-no SJ1"
    assert refuse(desk, f"{collect} --collected-amount 36").says("36.00 元 与结算 35.00 元 不符")
    less = f"{collect} --collected-amount 20 --waive-reason 老住户"
    assert refuse(desk, less).says("少收须由项目经理办理")
    assert refuse(desk, f"{collect} --collected-amount 20 --by 陈立").says("--waive-reason")
    desk.do(f"{less} --by 陈立")
    twice = refuse(desk, f"{collect} --collected-amount 35")
    assert twice.messages == ["已收费，收据号 SJ1"]


# complaint


def test_complaint_reopened_answered_and_closed(desk: Desk) -> None:
    number = bring(desk, "complaint", "resolved")
    (first,) = desk.show(number)["revisits"]
    answered = desk.show(number)["first_answer_at"]
    quiet = refuse(desk, f"complaint reopen {number} --reason 想重办")
    assert quiet.says("最近一次回访并非不满意")
    assert quiet.see == [f"revisit do {first} --result unsatisfied"]
    desk.clock("2026-03-05 15:00")
    desk.do(f"revisit do {first} --method phone --result unsatisfied --opinion 没有道歉")
    desk.do(f"complaint reopen {number} --reason 业主仍不满意")
    desk.do(f"complaint answer {number} --answer 已再次道歉 --answer-method visit --by 王芳")
    (second,) = desk.do(
        f"complaint resolve {number} --action 调岗 --result 接受 --dept-apology-by 王芳 --by 王芳"
    ).made
    assert desk.show(number)["first_answer_at"] == answered
    desk.do(f"complaint judge {number} --valid yes --judge-reason 监控属实 --by 王芳")
    assert refuse(desk, f"complaint close {number}").see == [f"revisit do {second}"]
    desk.do(f"revisit do {second} --method phone --result satisfied")
    late = refuse(desk, f"complaint reopen {number} --reason 又来电")
    assert late.see == [f"revisit new --target {number} --round second"]
    desk.do(f"complaint close {number}")
    assert states(desk, number) == [
        "received", "assigned", "answered", "resolved", "assigned", "answered", "resolved",
        "resolved", "closed",
    ]  # fmt: skip


def test_complaint_is_answered_by_its_handler_or_a_supervisor(desk: Desk) -> None:
    number = bring(desk, "complaint", "received")
    desk.do(f"complaint assign {number} --handler 李强")
    answer = f"complaint answer {number} --answer 已了解 --answer-method phone"
    alone = refuse(desk, answer)
    assert alone.messages == ["只有 责任人 李强、客服主管 可以办理，不是 张敏"]
    for who in ("李强", "王芳", "陈立"):
        desk.do(f"{answer} --by {who}")


def test_complaint_is_not_judged_by_the_person_complained_of(desk: Desk) -> None:
    number = desk.do(
        "complaint new --complainant 王女士 --channel phone --against reception --cause attitude "
        "--request 主管态度差 --apologised yes --against-staff 王芳"
    ).id
    desk.do(f"complaint assign {number} --handler 陈立")
    judge = f"complaint judge {number} --valid no --judge-reason 录音不符"
    assert refuse(desk, f"{judge} --by 王芳").messages == ["王芳 是本单的被投诉人，须由他人办理"]
    desk.do(f"{judge} --by 陈立")


@pytest.mark.parametrize(
    ("cause", "wanted"),
    [
        ("internal_outage", ["--root-cause", "--responsible"]),
        ("late_repair", ["--root-cause", "--responsible"]),
        ("municipal", ["--authority-contact"]),
        ("attitude", ["--dept-apology-by"]),
        ("quality", ["--dept-apology-by"]),
        ("fee", []),
    ],
)
def test_complaint_wants_what_its_cause_wants(desk: Desk, cause: str, wanted: list[str]) -> None:
    number = desk.do(
        f"complaint new --complainant 王女士 --channel letter --against office --cause {cause} "
        "--request 请处理 --apologised yes"
    ).id
    desk.do(f"complaint assign {number} --handler 王芳")
    desk.do(f"complaint answer {number} --answer 在查 --answer-method letter --by 王芳")
    resolve = f"complaint resolve {number} --action 已办 --result 已答 --by 王芳"
    if wanted:
        refusal = refuse(desk, resolve, 2)
        assert [m.split()[1] for m in refusal.messages] == wanted
    values = {"--dept-apology-by": "王芳"}
    desk.do(resolve + "".join(f" {option} {values.get(option, '已查明')}" for option in wanted))


def test_complaint_escalates_to_a_manager_only(desk: Desk) -> None:
    number = bring(desk, "complaint", "received")
    refusal = refuse(desk, f"complaint escalate {number} --escalated-to 王芳 --reason 超时")
    assert refusal.messages == ["王芳 不是项目经理"]
    desk.do(f"complaint escalate {number} --escalated-to 陈立 --reason 超时 --by 赵军")
    assert desk.show(number)["escalated_to"] == "陈立"


# rework


def test_rework_pressed_redone_and_closed(desk: Desk) -> None:
    number = bring(desk, "rework", "returned")
    desk.do(f"rework send {number} --sent-to 孙工 --send-method email")
    past = refuse(desk, f"rework accept {number} --due-on 2026-03-04")
    assert past.messages == ["约定完成日 2026-03-04 已过"]
    desk.do(f"rework accept {number} --due-on 2026-03-10 --contractor 某建筑公司")
    for day, answer in (("2026-03-07", "明天来"), ("2026-03-09", "后天来")):
        desk.clock(f"{day} 10:00")
        desk.do(f"rework urge {number} --urge-answer {answer}")
    assert [row["answer"] for row in desk.show(number)["urges"]] == ["明天来", "后天来"]
    made = desk.do(f"rework finish {number} --finding 重做防水").made
    assert [desk.show(n)["round"] for n in made] == ["first", "rain"]
    desk.do(f"rework redo {number} --reason 仍渗 --due-on 2026-03-20")
    desk.do(f"rework finish {number} --finding 再做防水")
    desk.do(f"rework confirm {number} --no-sign-reason 在外地")
    desk.do(f"rework redo {number} --reason 还渗 --due-on 2026-03-20")
    desk.do(f"rework finish {number} --finding 三做防水 --by 李强")
    desk.do(f"rework confirm {number} --signed-by 刘先生")
    shown = desk.show(number)
    assert (shown["reopened_count"], shown["contractor"]) == (2, "某建筑公司")
    assert shown["revisits"] == made
    refusal = refuse(desk, f"rework close {number}")
    assert refusal.see == [f"revisit do {made[0]}"]
    assert refusal.next == ["redo"]
    desk.do(f"revisit do {made[0]} --method phone --result satisfied")
    desk.do(f"rework close {number}")


def test_rework_converted_stands_beside_its_repair_in_the_visit(desk: Desk) -> None:
    visit = desk.do(
        "visit new --category aftersales --channel phone --visitor 刘先生 --phone 13800000001 "
        "--unit 3-2-501 --content 阳台渗水"
    ).id
    (rework,) = desk.do(f"visit refer {visit} --item waterproof").made
    desk.do(f"rework send {rework} --sent-to 孙工 --send-method hand")
    desk.do(f"rework bounce {rework} --reason 已过保")
    with one_commit(desk):
        (repair,) = desk.do(f"rework convert {rework} --kind leak --area private --place 阳台").made
    assert desk.show(rework)["converted_to"] == repair
    assert desk.show(repair)["source"] == rework
    assert desk.show(repair)["request"] == "阳台渗水"
    assert desk.show(visit)["children"] == [rework, repair]

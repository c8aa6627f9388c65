"""The shipped procedures walked by the paths that matter, detours included."""

from __future__ import annotations

import pytest
from conftest import Desk
from scenes import bring, new_unit, one_commit, refuse

NEW_REPAIR = (
    "repair new --area private --unit 3-2-501 --phone 13800000001 --place 厨房 --kind plumbing "
    "--reporter 刘先生 --request 角阀漏水"
)


def states(desk: Desk, number: str) -> list[str]:
    """The states a record went through."""
    return [row["to"] for row in desk.show(number)["history"] if row.get("to")]


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
    assert quiet.messages == ["最近一次回访并非不满意"]
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


# unit, resident


def test_unit_through_owners_and_tenants(desk: Desk) -> None:
    number = bring(desk, "unit", "delivered")
    (owner,) = desk.show(number)["owners"]
    refuse(desk, f"unit let {number} --let-told-on 2026-03-01")
    tenant = desk.do(
        f"resident new --name 丁先生 --role tenant --unit {number} --phone 13800000004 "
        "--since 2026-02-01 --consent-on 2026-02-01"
    ).id
    desk.do(f"unit let {number} --let-told-on 2026-03-01")
    assert desk.show(number)["occupants"] == [tenant]
    refusal = refuse(desk, f"unit vacate {number}")
    assert refusal.messages == [f"租户 {tenant} 仍在住"]
    assert refusal.see == [f"resident leave {tenant}"]
    desk.do(f"resident leave {tenant} --until 2026-03-04")
    assert "occupants" not in desk.show(number)
    desk.do(f"unit vacate {number}")
    desk.do(f"unit occupy {number}")
    desk.do(f"resident leave {owner} --until 2026-03-04")
    desk.do(f"unit retire {number} --reason 合并 --by 陈立")
    gone = refuse(
        desk,
        f"resident new --name 何女士 --role owner --unit {number} --phone 13800000003 "
        "--since 2026-03-01 --consent-on 2026-03-01",
    )
    assert gone.messages == [f"房产 {number} 已注销"]


def test_unit_is_used_once_and_its_number_never_changes(desk: Desk) -> None:
    again = (
        "unit new --number 3-2-501 --building 3 --entrance 2 --room 501 --use shop --floor-area 1"
    )
    assert refuse(desk, again, 2).says("3-2-501")
    assert desk.refused("unit amend 3-2-501 --number 3-2-502 --reason 改号", 2)
    refuse(desk, "unit amend 3-2-501 --room 502 --reason 改室", 2)
    refuse(desk, "unit amend 3-2-501 --reason 无", 2)


def test_unit_without_completion_date_is_not_delivered(desk: Desk) -> None:
    desk.do(
        "unit new --number 3-2-503 --building 3 --entrance 2 --room 503 --use shop --floor-area 40"
    )
    refusal = refuse(desk, "unit deliver 3-2-503 --delivered-on 2026-03-05")
    assert refusal.says("没有竣工验收日", "没有在册业主")


def test_resident_moves_to_another_unit(desk: Desk) -> None:
    new_unit(desk, "3-2-502")
    resident = bring(desk, "resident", "active")
    with one_commit(desk):
        desk.do(f"resident amend {resident} --unit 3-2-502 --reason 换房")
    assert "owners" not in desk.show("3-2-501")
    assert desk.show("3-2-502")["owners"] == [resident]
    desk.do(f"resident amend {resident} --role family --reason 过户")
    shown = desk.show("3-2-502")
    assert shown["occupants"] == [resident]
    assert "owners" not in shown


def test_resident_erased_leaves_no_personal_data_on_file(desk: Desk) -> None:
    number = desk.do(
        "resident new --name 刘先生 --role owner --unit 3-2-501 --phone 13800000001 "
        "--since 2024-08-01 --consent-on 2024-08-01 --id-tail 123X --vehicles plate=湘A00000 "
        "--care 行动不便 --care-consent yes"
    ).id
    desk.do(f"resident amend {number} --phone 13800000002 --reason 换号")
    visit = bring(desk, "visit", "received")
    desk.do(f"resident leave {number} --until 2026-03-01")
    early = refuse(desk, f"resident erase {number} --erase-basis expired --by 陈立")
    assert early.messages == ["应删除日 2029-03-01 未到"]
    assert refuse(desk, f"resident erase {number} --erase-basis request --by 陈立", 2).says(
        "--reason"
    )
    desk.do(f"resident erase {number} --erase-basis request --reason 本人要求 --by 陈立")
    text = (desk.root / desk.show(number)["path"]).read_text("utf-8")
    for word in ("刘先生", "13800000001", "13800000002", "123X", "湘A00000", "行动不便"):
        assert word not in text
    shown = desk.show(number)
    assert (shown["state"], shown["role"], shown["unit"]) == ("erased", "owner", "3-2-501")
    assert shown["erase_due"] == "2029-03-01"
    assert desk.show(visit)["state"] == "received"


def test_resident_keeps_four_characters_of_the_id_number(desk: Desk) -> None:
    number = bring(desk, "resident", "active")
    refusal = refuse(desk, f"resident amend {number} --id-tail 430100199001011234 --reason 补录", 2)
    assert refusal.messages == ["证件号只记后四位"]

"""Deadlines: each shipped clock starts, falls due at its moment and stops."""

from __future__ import annotations

import pytest
from conftest import Desk
from scenes import bring, refuse

NEW_REPAIR = (
    "repair new --area private --unit 3-2-501 --phone 13800000001 --place 厨房 --kind plumbing "
    "--reporter 刘先生 --request 角阀漏水"
)
NEW_COMPLAINT = (
    "complaint new --complainant 王女士 --channel phone --against office --cause fee "
    "--request 收费不清 --apologised yes"
)


def clocks(desk: Desk, number: str) -> dict[str, str]:
    """The running clocks of a record: name to the moment, in the office's zone."""
    return {
        c["clock"]: c["due"].removesuffix("+08:00").replace("T", " ")
        for c in desk.show(number)["clocks"]
    }


def overdue(desk: Desk, number: str) -> set[str]:
    return {c["clock"] for c in desk.show(number)["clocks"] if c["overdue"]}


def visit(desk: Desk, category: str, more: str = "") -> str:
    return desk.do(
        f"visit new --category {category} --channel phone --visitor 刘先生 --phone 13800000001 "
        f"--unit 3-2-501 --content 请处理 {more}"
    ).id


# visit


@pytest.mark.parametrize("category", ["aftersales", "repair", "complaint"])
def test_visit_refer(desk: Desk, category: str) -> None:
    number = visit(desk, category)
    assert clocks(desk, number)["refer"] == "2026-03-05 23:59:59"
    desk.clock("2026-03-06 00:00")
    assert overdue(desk, number) == {"refer"}
    more = {
        "aftersales": "--item other",
        "repair": "--kind other --area private --place 厅",
        "complaint": "--against office --cause other --apologised yes",
    }
    desk.do(f"visit refer {number} {more[category]}")
    assert "refer" not in clocks(desk, number)


def test_visit_refer_is_not_for_what_the_desk_settles(desk: Desk) -> None:
    assert set(clocks(desk, visit(desk, "praise"))) == {"reply"}


def test_visit_reply(desk: Desk) -> None:
    number = visit(desk, "other")
    assert clocks(desk, number) == {"reply": "2026-03-06 09:00:00"}
    desk.clock("2026-03-06 09:00")
    assert overdue(desk, number) == set()
    desk.clock("2026-03-06 09:01")
    assert overdue(desk, number) == {"reply"}
    desk.do(f"visit reply {number} --reply 已告知 --reply-method desk")
    assert clocks(desk, number) == {}


def test_visit_reply_at_the_promised_time(desk: Desk) -> None:
    number = visit(desk, "other", '--promised-at "2026-03-05 16:00"')
    assert clocks(desk, number) == {"reply": "2026-03-05 16:00:00"}


# repair


def test_repair_dispatch(desk: Desk) -> None:
    number = bring(desk, "repair", "received")
    assert clocks(desk, number)["dispatch"] == "2026-03-05 09:30:00"
    desk.clock("2026-03-05 09:31")
    assert overdue(desk, number) == {"dispatch"}
    desk.do(f"repair dispatch {number} --worker 李强")
    assert "dispatch" not in clocks(desk, number)


def test_repair_urgent_arrive_and_finish(desk: Desk) -> None:
    number = desk.do(f"{NEW_REPAIR} --urgency urgent --urgent-class falling").id
    assert clocks(desk, number) == {
        "dispatch": "2026-03-05 09:30:00",
        "urgent_arrive": "2026-03-05 09:30:00",
        "urgent_finish": "2026-03-05 23:59:59",
        "finish": "2026-03-08 09:00:00",
    }
    desk.do(f"repair dispatch {number} --worker 李强")
    desk.do(f"repair arrive {number} --by 李强")
    assert set(clocks(desk, number)) == {"urgent_finish", "finish"}
    desk.do(f"repair start {number} --by 李强")
    desk.do(f"repair finish {number} --work-done 加固 --amount 0 --by 李强")
    assert clocks(desk, number) == {}


def test_repair_normal_arrive(desk: Desk) -> None:
    number = bring(desk, "repair", "received")
    assert clocks(desk, number)["normal_arrive"] == "2026-03-05 23:59:59"
    desk.do(f'repair dispatch {number} --worker 李强 --appointment "2026-03-06 14:00"')
    assert clocks(desk, number)["normal_arrive"] == "2026-03-06 14:00:00"
    desk.do(f"repair arrive {number} --by 李强")
    assert "normal_arrive" not in clocks(desk, number)


def test_repair_finish_pauses_while_held(desk: Desk) -> None:
    number = bring(desk, "repair", "working")
    assert clocks(desk, number)["finish"] == "2026-03-08 09:00:00"
    desk.clock("2026-03-06 09:00")
    desk.do(f"repair hold {number} --hold-reason parts")
    desk.clock("2026-03-07 15:00")
    # held: what is left stays the same, the moment moves on with the time
    assert clocks(desk, number)["finish"] == "2026-03-09 15:00:00"
    desk.clock("2026-03-20 09:00")
    assert overdue(desk, number) == set()
    desk.do(f"repair resume {number}")
    assert clocks(desk, number)["finish"] == "2026-03-22 09:00:00"
    desk.do(f"repair hold {number} --hold-reason owner")
    desk.clock("2026-03-21 09:00")
    desk.do(f"repair resume {number}")
    assert clocks(desk, number)["finish"] == "2026-03-23 09:00:00"
    desk.clock("2026-03-23 09:01")
    assert overdue(desk, number) == {"finish"}


def test_repair_finish_counts_what_really_happened(desk: Desk) -> None:
    desk.clock("2026-03-05 12:00")
    number = desk.do(f"{NEW_REPAIR} --at 10:00").id
    assert clocks(desk, number)["dispatch"] == "2026-03-05 10:30:00"
    assert overdue(desk, number) == {"dispatch"}


def test_repair_rectify(desk: Desk) -> None:
    number = bring(desk, "repair", "signed")
    (revisit,) = desk.show(number)["revisits"]
    assert "rectify" not in clocks(desk, number)
    desk.clock("2026-03-06 10:00")
    desk.do(f"revisit do {revisit} --method phone --result unsatisfied --opinion 还漏")
    assert clocks(desk, number) == {"rectify": "2026-03-07 10:00:00"}
    desk.clock("2026-03-07 10:01")
    assert desk.show(number)["next"][0]["command"] == "redo"
    desk.do(f"repair redo {number} --reason 回访仍漏")
    assert "rectify" not in clocks(desk, number)


# complaint


def test_complaint_assign(desk: Desk) -> None:
    number = bring(desk, "complaint", "received")
    assert clocks(desk, number)["assign"] == "2026-03-05 09:30:00"
    desk.clock("2026-03-05 09:31")
    assert overdue(desk, number) == {"assign"}
    desk.do(f"complaint assign {number} --handler 王芳")
    assert "assign" not in clocks(desk, number)


def test_complaint_answer_overdue_proposes_to_escalate(desk: Desk) -> None:
    number = bring(desk, "complaint", "assigned")
    assert clocks(desk, number)["answer"] == "2026-03-06 09:00:00"
    steps = [s["command"] for s in desk.show(number)["next"]]
    assert steps[0] != "escalate"
    desk.clock("2026-03-06 09:01")
    assert overdue(desk, number) == {"answer", "resolve"}
    shown = [s["command"] for s in desk.show(number)["next"]]
    assert shown == ["escalate", *(s for s in steps if s != "escalate")]
    refusal = refuse(desk, f"complaint close {number}")
    assert refusal.next[0] == "escalate"
    assert "下一步：escalate 升级上报" in refusal.text
    desk.do(f"complaint answer {number} --answer 致歉 --answer-method phone --by 王芳")
    assert "answer" not in clocks(desk, number)
    # a second answer does not move the first
    desk.clock("2026-03-06 12:00")
    desk.do(f"complaint answer {number} --answer 再次致歉 --answer-method phone --by 王芳")
    assert desk.show(number)["first_answer_at"] == "2026-03-06T09:01:00+08:00"


@pytest.mark.parametrize(
    ("grade", "clock", "due"),
    [
        ("minor", "resolve", "2026-03-06 09:00:00"),
        ("major", "resolve_major", "2026-03-08 09:00:00"),
        ("critical", "resolve_critical", "2026-03-15 09:00:00"),
    ],
)
def test_complaint_resolve(desk: Desk, grade: str, clock: str, due: str) -> None:
    number = desk.do(f"{NEW_COMPLAINT} --grade {grade}").id
    running = clocks(desk, number)
    assert running[clock] == due
    assert len([name for name in running if name.startswith("resolve")]) == 1
    desk.do(f"complaint assign {number} --handler 王芳")
    desk.do(f"complaint answer {number} --answer 已查 --answer-method phone --by 王芳")
    desk.do(f"complaint resolve {number} --action 退费 --result 接受 --by 王芳")
    assert set(clocks(desk, number)) == {"revisit"}


def test_complaint_resolve_follows_the_grade(desk: Desk) -> None:
    number = desk.do(NEW_COMPLAINT).id
    desk.do(f"complaint assign {number} --handler 王芳 --grade critical")
    assert clocks(desk, number)["resolve_critical"] == "2026-03-15 09:00:00"
    assert "resolve" not in clocks(desk, number)


def test_complaint_revisit(desk: Desk) -> None:
    number = bring(desk, "complaint", "resolved")
    (revisit,) = desk.show(number)["revisits"]
    assert clocks(desk, number) == {"revisit": "2026-03-08 09:00:00"}
    assert clocks(desk, revisit) == {"due": "2026-03-08 09:00:00"}
    desk.do(f"revisit do {revisit} --method phone --result satisfied")
    assert clocks(desk, number) == {}


def test_complaint_rectify(desk: Desk) -> None:
    number = bring(desk, "complaint", "resolved")
    (revisit,) = desk.show(number)["revisits"]
    desk.clock("2026-03-06 10:00")
    desk.do(f"revisit do {revisit} --method phone --result unsatisfied --opinion 没有道歉")
    assert clocks(desk, number) == {"rectify": "2026-03-07 10:00:00"}
    desk.clock("2026-03-07 10:01")
    assert desk.show(number)["next"][0]["command"] == "reopen"
    desk.do(f"complaint reopen {number} --reason 业主仍不满意")
    assert "rectify" not in clocks(desk, number)


# revisit


def test_revisit_due(desk: Desk) -> None:
    number = bring(desk, "revisit", "planned")
    assert clocks(desk, number) == {"due": "2026-03-12 00:00:00"}
    desk.clock("2026-03-12 00:01")
    assert overdue(desk, number) == {"due"}
    desk.do(f"revisit do {number} --method phone --result satisfied")
    assert clocks(desk, number) == {}


def test_revisit_after_rain_has_no_date(desk: Desk) -> None:
    repair = bring(desk, "repair", "received")
    number = desk.do(f"revisit new --target {repair} --round rain").id
    assert clocks(desk, number) == {}


@pytest.mark.parametrize(
    ("kind", "more", "due"),
    [
        ("plumbing", "", "2026-03-12 09:00:00"),
        ("leak", "", "2026-03-08 09:00:00"),
        ("safety", "", "2026-03-07 09:00:00"),
        ("leak", "--urgency urgent --urgent-class falling", "2026-03-06 09:00:00"),
    ],
)
def test_revisit_is_due_at_the_shortest_figure(desk: Desk, kind: str, more: str, due: str) -> None:
    number = desk.do(f"{NEW_REPAIR.replace('plumbing', kind)} {more}").id
    desk.do(f"repair dispatch {number} --worker 李强")
    desk.do(f"repair arrive {number} --by 李强")
    desk.do(f"repair start {number} --by 李强")
    made = desk.do(f"repair finish {number} --work-done 修好 --amount 0 --by 李强").made
    assert clocks(desk, made[0]) == {"due": due}


# rework


def test_rework_send_due_and_urge(desk: Desk) -> None:
    number = bring(desk, "rework", "drafted")
    assert clocks(desk, number) == {"send": "2026-03-05 23:59:59"}
    desk.do(f"rework send {number} --sent-to 孙工 --send-method hand")
    assert clocks(desk, number) == {}
    desk.clock("2026-03-06 09:00")
    desk.do(f"rework accept {number} --due-on 2026-03-20")
    assert clocks(desk, number) == {"urge": "2026-03-09 09:00:00", "due": "2026-03-20 23:59:59"}
    desk.clock("2026-03-08 09:00")
    desk.do(f"rework urge {number} --urge-answer 排队中")
    assert clocks(desk, number)["urge"] == "2026-03-11 09:00:00"
    desk.clock("2026-03-21 00:00")
    assert overdue(desk, number) == {"urge", "due"}
    desk.do(f"rework finish {number} --finding 修好")
    assert clocks(desk, number) == {}


# resident


def test_resident_confirm(desk: Desk) -> None:
    number = bring(desk, "resident", "active")
    assert clocks(desk, number) == {"confirm": "2027-03-05 09:00:00"}
    desk.clock("2026-06-01 10:00")
    desk.do(f"resident amend {number} --phone2 13800000009 --reason 核对")
    assert clocks(desk, number) == {"confirm": "2027-06-01 10:00:00"}


def test_resident_erase(desk: Desk) -> None:
    number = bring(desk, "resident", "left")
    assert clocks(desk, number) == {"erase": "2029-03-01 23:59:59"}
    desk.clock("2029-03-02 00:00")
    assert overdue(desk, number) == {"erase"}
    desk.do(f"resident erase {number} --erase-basis expired --by 陈立")
    assert clocks(desk, number) == {}


# lists and figures


def test_overdue_comes_first_in_a_list(desk: Desk) -> None:
    quiet = bring(desk, "repair", "dispatched")
    desk.clock("2026-03-05 10:00")
    late = bring(desk, "repair", "received")
    urgent = desk.do(f"{NEW_REPAIR} --urgency urgent --urgent-class falling").id
    desk.do(f"repair dispatch {urgent} --worker 李强")
    desk.clock("2026-03-05 10:45")
    listed = desk.do("repair list --format json").json["records"]
    assert [(r["id"], r["overdue"]) for r in listed] == [
        (late, True),
        (urgent, True),
        (quiet, False),
    ]
    assert [r["clock"] for r in listed] == ["dispatch", "urgent_arrive", "normal_arrive"]
    assert "逾期10:30 派单" in desk.do("repair list").out
    assert "逾期 2 条" in desk.do("repair list").err
    # earlier the same morning nothing was late
    desk.clock("2026-03-05 10:20")
    assert not any(r["overdue"] for r in desk.do("repair list --format json").json["records"])


def test_the_office_overrides_a_figure(desk: Desk) -> None:
    config = desk.root / "office.yaml"
    with config.open("a", encoding="utf-8", newline="\n") as file:
        file.write(
            "figures:\n"
            "  repair.dispatch: {value: 20m, source: 服务合同第8条}\n"
            "  complaint.answer: 2h\n"
            "  revisit.other: 5d\n"
        )
    desk.git("commit", "--quiet", "-m", "figures", "office.yaml")
    repair = bring(desk, "repair", "finished")
    assert clocks(desk, desk.show(repair)["revisits"][0]) == {"due": "2026-03-10 09:00:00"}
    assert clocks(desk, desk.do(NEW_REPAIR).id)["dispatch"] == "2026-03-05 09:20:00"
    assert clocks(desk, desk.do(NEW_COMPLAINT).id)["answer"] == "2026-03-05 11:00:00"


def test_a_final_record_has_no_clock(desk: Desk) -> None:
    number = bring(desk, "repair", "void")
    desk.clock("2026-05-05 09:00")
    assert clocks(desk, number) == {}
    assert desk.do("repair list --format json").json["records"][0]["overdue"] is False

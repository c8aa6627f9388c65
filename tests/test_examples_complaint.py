"""The numbered examples of procedures.md, complaint 投诉."""

from __future__ import annotations

from conftest import Desk
from scenes import bring, new_unit, one_commit, refuse

NEW = (
    "complaint new --complainant 王女士 --channel phone --unit 5-1-302 --against security "
    "--cause attitude --request 门岗态度生硬"
)


def test_complaint_1(desk: Desk) -> None:
    new_unit(desk, "5-1-302")
    refusal = refuse(desk, f"{NEW} --apologised no")
    assert refusal.messages == ["请先代表部门致歉，再记 --apologised yes"]


def test_complaint_2(desk: Desk) -> None:
    new_unit(desk, "5-1-302")
    with one_commit(desk):
        ts1 = desk.do(f"{NEW} --apologised yes --against-staff 赵军 --by 赵军").id
    shown = desk.show(ts1)
    assert shown["state"] == "received"
    assert shown["created_by"] == shown["against_staff"] == "赵军"
    assert (shown["apologised"], shown["grade"]) == (True, "minor")


def test_complaint_3(desk: Desk) -> None:
    ts1 = bring(desk, "complaint", "received")
    refusal = refuse(desk, f"complaint assign {ts1} --handler 赵军")
    assert refusal.messages == ["责任人不能是被投诉人 赵军"]


def test_complaint_4(desk: Desk) -> None:
    ts1 = bring(desk, "complaint", "assigned")
    refusal = refuse(desk, f"complaint resolve {ts1} --action 培训 --result 已致歉 --by 王芳")
    assert refusal.state == "assigned"
    assert refusal.says("已答复")
    assert refusal.next == ["answer", "escalate", "judge"]
    assert "answer 答复、escalate 升级上报、judge 判定" in refusal.text


def test_complaint_5(desk: Desk) -> None:
    ts1 = bring(desk, "complaint", "assigned")
    assert "answer" in {c["clock"] for c in desk.show(ts1)["clocks"]}
    desk.clock("2026-03-05 10:30")
    with one_commit(desk):
        desk.do(f"complaint answer {ts1} --answer 已了解情况 --answer-method phone --by 王芳")
    shown = desk.show(ts1)
    assert shown["state"] == "answered"
    assert shown["first_answer_at"] == "2026-03-05T10:30:00+08:00"
    assert "answer" not in {c["clock"] for c in shown["clocks"]}


def test_complaint_6(desk: Desk) -> None:
    ts1 = bring(desk, "complaint", "answered")
    refusal = refuse(
        desk, f"complaint resolve {ts1} --action 岗位培训 --result 当面道歉 --by 王芳", 2
    )
    (message,) = refusal.messages
    assert "--dept-apology-by" in message
    assert "态度" in message


def test_complaint_7(desk: Desk) -> None:
    ts1 = bring(desk, "complaint", "resolved")
    (hf3,) = desk.show(ts1)["revisits"]
    desk.do(f"revisit do {hf3} --method phone --result unsatisfied --opinion 没有道歉")
    refusal = refuse(desk, f"complaint close {ts1}")
    assert refusal.state == "resolved"
    assert refusal.messages == ["尚未判定是否有效（judge）", "最近一次回访业主不满意"]
    assert refusal.next == ["reopen"]
    assert "reopen 重开" in refusal.text


def test_complaint_8(desk: Desk) -> None:
    ts1 = bring(desk, "complaint", "resolved")
    (hf3,) = desk.show(ts1)["revisits"]
    desk.do(f"revisit do {hf3} --method phone --result unsatisfied --opinion 没有道歉")
    with one_commit(desk):
        desk.do(f"complaint reopen {ts1} --reason 业主仍不满意")
    shown = desk.show(ts1)
    assert (shown["state"], shown["handler"], shown["reopened_count"]) == ("assigned", "王芳", 1)

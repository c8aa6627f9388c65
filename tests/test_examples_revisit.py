"""The numbered examples of procedures.md, revisit 回访."""

from __future__ import annotations

from conftest import Desk
from scenes import one_commit, refuse


def leak(desk: Desk, finish: bool = True) -> str:
    """A leak that 李强 works on, free of charge; finished or about to be."""
    bx3 = desk.do(
        "repair new --area private --unit 3-2-501 --phone 13800000001 --place 阳台 --kind leak "
        "--reporter 刘先生 --request 阳台渗水"
    ).id
    desk.do(f"repair dispatch {bx3} --worker 李强 --helpers 吴刚")
    desk.do(f"repair arrive {bx3} --by 李强")
    desk.do(f"repair start {bx3} --by 李强")
    if finish:
        desk.do(f"repair finish {bx3} --work-done 更换软管 --amount 0 --by 李强")
    return bx3


def test_revisit_1(desk: Desk) -> None:
    bx3 = leak(desk, finish=False)
    with one_commit(desk):
        finished = desk.do(f"repair finish {bx3} --work-done 更换软管 --amount 0 --by 李强")
    hf4, hf5 = finished.made
    shown = desk.show(bx3)
    assert shown["state"] == "finished"
    assert shown["revisits"] == [hf4, hf5]
    first, rain = desk.show(hf4), desk.show(hf5)
    assert (first["round"], first["state"]) == ("first", "planned")
    assert first["due_at"] == "2026-03-08T09:00:00+08:00"
    assert (rain["round"], rain["state"]) == ("rain", "planned")
    assert rain.get("due_at") is None
    for planned in (first, rain):
        assert planned["target"] == planned["source"] == bx3
        assert (planned["unit"], planned["contact"]) == ("3-2-501", "刘先生")


def test_revisit_2(desk: Desk) -> None:
    bx3 = leak(desk)
    hf4 = desk.show(bx3)["revisits"][0]
    for who, part in (("李强", "维修人员"), ("吴刚", "协助人员")):
        refusal = refuse(desk, f"revisit do {hf4} --method phone --result satisfied --by {who}")
        assert refusal.state == "planned"
        assert refusal.messages == [f"{who} 是 {bx3} 的{part}，须由他人办理"]
    desk.do(f"repair edit {bx3} --worker 吴刚 --helpers 赵军 --by 王芳 --reason 派单记错")
    finished = refuse(desk, f"revisit do {hf4} --method phone --result satisfied --by 李强")
    assert finished.messages == [f"李强 是 {bx3} 的完工人，须由他人办理"]


def test_revisit_3(desk: Desk) -> None:
    hf4 = desk.show(leak(desk))["revisits"][0]
    refusal = refuse(desk, f"revisit do {hf4} --method phone --result unsatisfied", 2)
    (message,) = refusal.messages
    assert "--opinion" in message
    assert "不满意" in message


def test_revisit_4(desk: Desk) -> None:
    bx3 = leak(desk)
    hf4 = desk.show(bx3)["revisits"][0]
    desk.clock("2026-03-08 10:00")
    with one_commit(desk):
        done = desk.do(f"revisit do {hf4} --method phone --result unsatisfied --opinion 仍有渗水")
    assert done.made == []
    shown = desk.show(hf4)
    assert (shown["state"], shown["opinion"]) == ("done", "仍有渗水")
    clocks = {c["clock"]: c["due"] for c in desk.show(bx3)["clocks"]}
    assert clocks["rectify"] == "2026-03-09T10:00:00+08:00"
    desk.do(f"repair sign {bx3} --signed-by 刘先生")
    refusal = refuse(desk, f"repair close {bx3}")
    assert refusal.says("不满意", "返工 redo")
    assert refusal.next[0] == "redo" or "redo" in refusal.next


def test_revisit_5(desk: Desk) -> None:
    hf6 = desk.show(leak(desk))["revisits"][0]
    refusal = refuse(
        desk, f"revisit skip {hf6} --skip-reason unreachable --reason 无人接听 --by 王芳", 2
    )
    (message,) = refusal.messages
    assert "--attempts" in message
    assert "三条以上" in message
    assert "现有 0 条" in message


def test_revisit_6(desk: Desk) -> None:
    bx3 = leak(desk)
    hf4 = desk.show(bx3)["revisits"][0]
    desk.do(f"revisit do {hf4} --method phone --result satisfied")
    refusal = refuse(desk, f"revisit new --target {bx3} --round first", 2)
    assert refusal.messages == ["缺少 --due-at 应回访时间"]

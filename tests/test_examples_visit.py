"""The numbered examples of procedures.md, visit 业主接待记录."""

from __future__ import annotations

from conftest import Desk
from scenes import bring, one_commit, refuse


def test_visit_1(desk: Desk) -> None:
    with one_commit(desk):
        made = desk.do(
            "visit new --category repair --channel phone --visitor 刘先生 --phone 13800000001 "
            "--unit 3-2-501 --content 厨房水管漏水"
        )
    shown = desk.show(made.id)
    assert made.id.startswith("JD-260305-A")
    assert shown["state"] == "received"
    assert shown["receiver"] == shown["keeper"] == shown["created_by"] == "张敏"
    assert shown["content"] == "厨房水管漏水"
    assert shown["unit"] == "3-2-501"
    assert [row["command"] for row in shown["history"]] == ["new"]


def test_visit_2(desk: Desk) -> None:
    jd1 = bring(desk, "visit", "received")
    with one_commit(desk):
        referred = desk.do(f"visit refer {jd1} --kind plumbing --area private --place 厨房")
    (bx1,) = referred.made
    visit, repair = desk.show(jd1), desk.show(bx1)
    assert visit["state"] == "referred"
    assert bx1.startswith("BX-")
    assert repair["state"] == "received"
    assert visit["children"] == [bx1]
    assert repair["source"] == jd1
    assert (repair["kind"], repair["area"], repair["place"]) == ("plumbing", "private", "厨房")
    assert (repair["unit"], repair["phone"]) == (visit["unit"], visit["phone"])
    assert repair["reporter"] == visit["visitor"]
    assert repair["request"] == visit["content"]
    touched = desk.git("show", "--name-only", "--format=", "HEAD").split()
    assert sorted(touched) == sorted([visit["path"], repair["path"]])


def test_visit_3(desk: Desk) -> None:
    refusal = refuse(
        desk, "visit new --category repair --channel phone --visitor 某先生 --content 路灯不亮", 2
    )
    assert refusal.messages == ["请给出 --unit 房号 或 --place 具体位置"]


def test_visit_4(desk: Desk) -> None:
    jd2 = desk.do(
        "visit new --category praise --channel phone --visitor 某先生 --content 感谢保洁"
    ).id
    refusal = refuse(desk, f"visit refer {jd2}")
    assert refusal.says("表扬没有对应的单种")
    assert refusal.says("reply", "--verified")
    assert refusal.next == ["reply"]
    assert "reply 答复" in refusal.text


def test_visit_5(desk: Desk) -> None:
    jd1 = bring(desk, "visit", "referred")
    refusal = refuse(desk, f"visit close {jd1}")
    assert refusal.state == "referred"
    assert refusal.says("已答复")
    assert refusal.next == ["refer", "reply"]
    assert "refer 转办、reply 答复" in refusal.text


def test_visit_6(desk: Desk) -> None:
    jd1 = bring(desk, "visit", "referred")
    (bx1,) = desk.show(jd1)["children"]
    desk.do(f"repair dispatch {bx1} --worker 李强")
    with one_commit(desk):
        desk.do(f"visit reply {jd1} --reply 维修已派单 --reply-method phone")
    shown = desk.show(jd1)
    assert (shown["state"], shown["reply"]) == ("answered", "维修已派单")
    refusal = refuse(desk, f"visit close {jd1}")
    assert refusal.messages == [f"{bx1} 现为 已派单 dispatched，尚未办结"]
    assert set(refusal.next) == {"reply", "refer"}


def test_visit_7(desk: Desk) -> None:
    jd1 = bring(desk, "visit", "answered")
    (bx1,) = desk.show(jd1)["children"]
    for line in (
        f"repair dispatch {bx1} --worker 李强",
        f"repair arrive {bx1} --by 李强",
        f"repair start {bx1} --by 李强",
        f"repair finish {bx1} --work-done 更换软管 --amount 0 --by 李强",
        f"repair sign {bx1} --signed-by 刘先生",
        "revisit do {} --method phone --result satisfied",
        f"repair close {bx1}",
    ):
        desk.do(line.format(*desk.show(bx1).get("revisits", [])))
    with one_commit(desk):
        closed = desk.do(f"visit close {jd1}")
    assert "已注销" in closed.out
    assert desk.show(jd1)["state"] == "closed"

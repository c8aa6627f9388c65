"""The numbered examples of procedures.md, rework 物业返修联系单."""

from __future__ import annotations

from conftest import Desk
from scenes import bring, one_commit, refuse


def test_rework_1(desk: Desk) -> None:
    with one_commit(desk):
        fx1 = desk.do(
            "rework new --unit 3-2-501 --item waterproof --reporter 刘先生 --request 卫生间外墙渗水"
        ).id
    shown = desk.show(fx1)
    assert (shown["state"], shown["warranty_until"]) == ("drafted", "2029-06-30")


def test_rework_2(desk: Desk) -> None:
    fx1 = bring(desk, "rework", "drafted")
    refusal = refuse(desk, f"rework accept {fx1} --due-on 2026-03-20")
    assert refusal.state == "drafted"
    assert refusal.says("已送售后")
    assert refusal.next == ["send"]
    assert "send 送达" in refusal.text


def test_rework_3(desk: Desk) -> None:
    fx1 = bring(desk, "rework", "drafted")
    assert [c["clock"] for c in desk.show(fx1)["clocks"]] == ["send"]
    with one_commit(desk):
        desk.do(f"rework send {fx1} --sent-to 孙工 --send-method hand")
    shown = desk.show(fx1)
    assert (shown["state"], shown["clocks"]) == ("sent", [])


def test_rework_4(desk: Desk) -> None:
    fx1 = bring(desk, "rework", "finished")
    refusal = refuse(desk, f"rework confirm {fx1}", 2)
    assert refusal.messages == ["请给出 --signed-by 业主签名 或 --no-sign-reason 未签字原因"]


def test_rework_5(desk: Desk) -> None:
    fx1 = bring(desk, "rework", "confirmed")
    hf1 = desk.show(fx1)["revisits"][0]
    refusal = refuse(desk, f"rework close {fx1}")
    assert refusal.messages == [f"回访 {hf1}（应于 2026-03-08 09:00）尚未完成"]
    assert refusal.next == ["redo"]
    assert "redo 返工" in refusal.text
    assert refusal.see == [f"revisit do {hf1}"]


def test_rework_6(desk: Desk) -> None:
    jd3 = desk.do(
        "visit new --category aftersales --channel phone --visitor 刘先生 --phone 13800000001 "
        "--unit 3-2-501 --content 阳台渗水"
    ).id
    (fx2,) = desk.do(f"visit refer {jd3} --item waterproof").made
    desk.do(f"rework send {fx2} --sent-to 孙工 --send-method hand")
    desk.do(f"rework bounce {fx2} --reason 已过保")
    with one_commit(desk):
        (bx2,) = desk.do(f"rework convert {fx2} --kind leak --area private --place 阳台").made
    assert desk.show(fx2)["state"] == "converted"
    assert desk.show(fx2)["converted_to"] == bx2
    assert (desk.show(bx2)["state"], desk.show(bx2)["source"]) == ("received", fx2)
    assert desk.show(jd3)["children"] == [fx2, bx2]

"""The numbered examples of procedures.md, repair 维修(服务)任务单."""

from __future__ import annotations

from conftest import Desk
from scenes import bring, one_commit, refuse

URGENT = (
    "repair new --area private --unit 3-2-501 --phone 13800000001 --place 厨房 --kind plumbing "
    "--reporter 刘先生 --request 水管爆裂 --urgency urgent"
)


def test_repair_1(desk: Desk) -> None:
    refusal = refuse(desk, URGENT, 2)
    (message,) = refusal.messages
    assert "--urgent-class" in message
    for choice in ("supply_structure", "floor_railing", "falling", "other_danger"):
        assert choice in message


def test_repair_2(desk: Desk) -> None:
    bx1 = bring(desk, "repair", "received")
    with one_commit(desk):
        desk.do(f"repair dispatch {bx1} --worker 李强")
    shown = desk.show(bx1)
    assert (shown["state"], shown["worker"]) == ("dispatched", "李强")
    refusal = refuse(
        desk, f"repair quote {bx1} --quote-items item=换角阀,qty=1,unit_price=35 --by 李强"
    )
    assert refusal.state == "dispatched"
    assert refusal.says("已到场")
    assert refusal.next == ["arrive", "bounce", "hold"]
    assert "arrive 到场、bounce 退单、hold 挂起" in refusal.text


def test_repair_3(desk: Desk) -> None:
    bx2 = bring(desk, "repair", "quoted")
    shown = desk.show(bx2)
    assert (shown["urgency"], shown["charge_type"]) == ("normal", "paid")
    refusal = refuse(desk, f"repair start {bx2} --by 李强")
    assert refusal.says("业主尚未认可报价 35.00 元")
    assert set(refusal.next) == {"agree", "quote", "hold"}
    for step in ("agree 业主认可", "quote 报价", "hold 挂起"):
        assert step in refusal.text


def test_repair_4(desk: Desk) -> None:
    bx1 = desk.do(f"{URGENT} --urgent-class supply_structure --charge-type paid").id
    desk.do(f"repair dispatch {bx1} --worker 李强")
    desk.do(f"repair arrive {bx1} --by 李强")
    with one_commit(desk):
        desk.do(f"repair start {bx1} --no-agree-reason 爆管淹水先行抢修 --by 李强")
    shown = desk.show(bx1)
    assert (shown["state"], shown["no_agree_reason"]) == ("working", "爆管淹水先行抢修")


def test_repair_5(desk: Desk) -> None:
    bx2 = bring(desk, "repair", "finished")
    refusal = refuse(desk, f"repair close {bx2}")
    assert refusal.state == "finished"
    assert refusal.says("已签认")
    assert refusal.next == ["sign"]
    assert "sign 业主签认" in refusal.text
    # the step that is named says itself what it wants
    wanted = refuse(desk, f"repair sign {bx2}", 2)
    assert wanted.says("--signed-by", "--no-sign-reason")


def test_repair_6(desk: Desk) -> None:
    bx2 = bring(desk, "repair", "signed")
    refusal = refuse(
        desk, f"repair collect {bx2} --collected-amount 35 --receipt-no SJ0012 --by 李强"
    )
    assert refusal.says("李强 有维修岗位，须由他人办理")
    assert refusal.roles["collect"] == ["reception", "finance"]
    assert "collect 收费（接待、财务）" in refusal.text
    for other in ("张敏", "周洁"):
        assert "collect" in {s["command"] for s in desk.show(bx2)["next"]}, other


def test_repair_7(desk: Desk) -> None:
    bx2 = bring(desk, "repair", "signed")
    (hf2,) = desk.show(bx2)["revisits"]
    refusal = refuse(desk, f"repair close {bx2}")
    assert refusal.messages == [
        "35.00 元 尚无收据",
        f"回访 {hf2}（应于 2026-03-12 09:00）尚未完成",
    ]
    assert refusal.next == ["collect", "redo"]
    assert "collect 收费、redo 返工" in refusal.text
    assert refusal.see == [f"revisit do {hf2}"]


def test_repair_8(desk: Desk) -> None:
    bx2 = bring(desk, "repair", "signed")
    with one_commit(desk):
        desk.do(f"repair redo {bx2} --reason 回访仍漏")
    shown = desk.show(bx2)
    assert (shown["state"], shown["worker"], shown["reopened_count"]) == ("dispatched", "李强", 1)
    assert shown.get("signed_by") is None
    assert shown["history"][-1]["reason"] == "回访仍漏"
    notice = "".join(desk.do(f"repair print {bx2} --layout rectify").out.split())
    for word in ("整改通知单", bx2, "回访仍漏", "李强", "签发人", "维修人员"):
        assert word in notice

"""The numbered examples of procedures.md, renovation 装修许可."""

from __future__ import annotations

import pytest
from conftest import Desk
from scenes import bring, one_commit, refuse

ALWAYS = ["产权或合法证明", "申请人身份证明", "装修方案图纸", "施工单位执照资质",
          "施工人员身份及工种证件"]  # fmt: skip

NEW = (
    "renovation new --unit 3-2-501 --applicant 何女士 --applicant-role tenant "
    "--phone 13800000003 --contractor 某装饰公司 --scope 厨卫翻新 --works waterproof "
    "--start-on 2026-03-16 --end-on 2026-05-15"
)
PERMIT = (
    "--agreement-on 2026-03-12 --told-signed yes --fire-pledge yes --neighbours-told yes "
    "--deposit 2000 --fees item=清运费,amount=300,receipt_no=SJ0031 "
    "--passes pass_no=001,name=何工,trade=水电"
)


def receive(desk: Desk, zx: str, *docs: str) -> None:
    rows = " ".join(f"--documents doc={doc},received_on=2026-03-05" for doc in docs)
    desk.do(f"renovation record-doc {zx} {rows}")


@pytest.fixture
def zx1(desk: Desk) -> str:
    return desk.do(NEW).id


def test_renovation_1(desk: Desk) -> None:
    with one_commit(desk):
        zx1 = desk.do(NEW).id
    shown = desk.show(zx1)
    assert shown["state"] == "applied"
    docs = [row["doc"] for row in shown["documents"]]
    assert docs == [*ALWAYS, "业主书面同意", "防水方案与闭水试验"]
    assert all(row["required"] for row in shown["documents"])


def test_renovation_2(desk: Desk, zx1: str) -> None:
    receive(desk, zx1, *ALWAYS)
    refusal = refuse(desk, f"renovation approve {zx1} --by 王芳")
    assert refusal.messages[0] == "尚未收到：业主书面同意、防水方案与闭水试验"
    assert refusal.next == ["record-doc", "supplement", "reject", "withdraw"]
    assert "record-doc 收件、supplement 要求补件、reject 驳回、withdraw 撤销" in refusal.text


def test_renovation_3(desk: Desk, zx1: str) -> None:
    desk.do(f"renovation supplement {zx1} --supplement-need 业主书面同意")
    desk.do(f"renovation resubmit {zx1} --owner-consent yes")
    receive(desk, zx1, *ALWAYS, "业主书面同意", "防水方案与闭水试验")
    desk.do(f"renovation approve {zx1} --by 王芳")
    desk.clock("2026-03-12 10:00")
    refusal = refuse(desk, f"renovation permit {zx1} {PERMIT}", 2)
    assert refusal.messages == ["缺少 --deposit-receipt 押金收据号"]
    with one_commit(desk):
        (tz,) = desk.do(f"renovation permit {zx1} {PERMIT} --deposit-receipt SJ0030").made
    assert desk.show(zx1)["permit_no"] == "装许〔2026〕260305-A01"
    notice = desk.show(tz)
    assert (notice["state"], notice["genre"], notice["subject"]) == ("draft", "公示", zx1)
    assert "3-2-501" in notice["title"]
    for word in ("2026年3月16日", "2026年5月15日", "8:00–12:00", "0731-88886666"):
        assert word in notice["body"]
    assert "何女士" not in notice["title"] + notice["body"]


def test_renovation_4(desk: Desk) -> None:
    zx1 = bring(desk, "renovation", "permitted")
    refusal = refuse(desk, f"renovation start {zx1} --permit-posted yes --extinguishers 1")
    assert refusal.messages == ["灭火器 1 个，至少须 2 个"]
    assert "start" in refusal.next


def test_renovation_5(desk: Desk) -> None:
    zx1 = bring(desk, "renovation", "working")
    wz1 = bring(desk, "violation", "notified")
    assert desk.show(zx1)["violations"] == [wz1]
    refusal = refuse(desk, f"renovation request-acceptance {zx1}")
    assert refusal.messages == [f"违章 {wz1} 现为已书面整改，尚未整改"]
    assert refusal.next == ["record"]
    assert refusal.see == [f"violation fix {wz1}"]
    desk.do(f"violation fix {wz1} --fix-note 已恢复")
    desk.do(f"renovation request-acceptance {zx1}")


def test_renovation_6(desk: Desk) -> None:
    zx1 = bring(desk, "renovation", "accepting")
    desk.clock("2026-05-20 10:00")
    desk.do(f"renovation accept {zx1} --acceptance item=防水,pass=yes --by 王芳")
    refusal = refuse(
        desk,
        f"renovation refund {zx1} --refund-receipt TK009 --refund-signed-by 何女士 --by 周洁",
    )
    assert refusal.says("2026-06-19", "复验")
    assert refusal.next == ["recheck", "fail"] or sorted(refusal.next) == ["fail", "recheck"]
    assert refusal.roles == {"recheck": ["supervisor"], "fail": ["supervisor"]}
    assert "recheck 复验" in refusal.text and "fail 验收不合格" in refusal.text


def test_renovation_7(desk: Desk) -> None:
    zx1 = bring(desk, "renovation", "accepted")
    desk.clock("2026-04-10 10:00")
    line = f"renovation recheck {zx1} --recheck-result pass_deduct --by 王芳 --deductions "
    deduction = "item=电梯轿厢划损,amount=150,from=company"
    bare = refuse(desk, line + deduction, 2)
    assert "evidence= 证据" in bare.text
    held = refuse(desk, f"{line}{deduction},evidence=照片3张")
    assert held.messages == ["出入证 001 尚未退回"]
    desk.do(f"{line}{deduction},evidence=照片3张 --passes pass_no=001,returned_on=2026-04-10")
    shown = desk.show(zx1)
    assert (shown["state"], shown["refund_amount"]) == ("refundable", "1870.00")
    assert shown["passes"][0]["name"] == "何工"
    desk.do(f"renovation refund {zx1} --refund-receipt TK009 --refund-signed-by 何女士 --by 周洁")


@pytest.mark.parametrize(
    ("role", "works", "more"),
    [
        ("owner", "none", []),
        ("proxy", "none", ["业主书面同意"]),
        ("owner", "structure", ["原设计或同等资质单位方案"]),
        ("owner", "load", ["原设计或同等资质单位方案"]),
        ("owner", "facade", ["规划批准"]),
        ("owner", "opening", ["规划批准"]),
        ("owner", "balcony", ["规划批准"]),
        ("owner", "gas", ["燃气单位批准"]),
        ("owner", "heating", ["供暖单位批准"]),
        ("owner", "wet_room", ["防水方案与闭水试验"]),
    ],
)
def test_the_papers_follow_the_works(desk: Desk, role: str, works: str, more: list[str]) -> None:
    line = NEW.replace("tenant", role).replace("waterproof", works)
    shown = desk.show(desk.do(line).id)
    assert [row["doc"] for row in shown["documents"]] == [*ALWAYS, *more]


def test_resubmitting_adds_the_papers_that_new_works_need(desk: Desk, zx1: str) -> None:
    receive(desk, zx1, "申请人身份证明")
    desk.do(f"renovation supplement {zx1} --supplement-need 图纸")
    desk.do(f"renovation resubmit {zx1} --works gas --works waterproof")
    rows = {row["doc"]: row for row in desk.show(zx1)["documents"]}
    assert "燃气单位批准" in rows and len(rows) == 8
    assert rows["申请人身份证明"]["received_on"] == "2026-03-05"


def test_what_an_application_refuses(desk: Desk, zx1: str) -> None:
    other = NEW.replace("3-2-501", "3-2-502")
    desk.do(
        "unit new --number 3-2-502 --building 3 --entrance 2 --room 502 --use residential "
        "--floor-area 89.56"
    )
    assert f"已有装修单 {zx1}" in refuse(desk, NEW).text
    long = refuse(desk, other.replace("2026-05-15", "2026-06-17"))
    assert long.messages == ["工期至多三个月，即不晚于 2026-06-16"]
    desk.do(other.replace("2026-05-15", "2026-06-16"))
    refuse(desk, other.replace("2026-05-15", "2026-03-16"))
    desk.do("renovation withdraw ZX-260305-A02 --reason 改期")
    both = refuse(desk, other.replace("--works waterproof", "--works none --works gas"), 2)
    assert "以上均无" in both.text
    unlisted = refuse(
        desk, f"renovation record-doc {zx1} --documents doc=图,received_on=2026-03-05"
    )
    assert unlisted.messages == ["清单里没有“图”"]


def test_grave_works_are_approved_by_the_manager(desk: Desk) -> None:
    zx = desk.do(NEW.replace("tenant", "owner").replace("waterproof", "structure")).id
    receive(desk, zx, *ALWAYS, "原设计或同等资质单位方案")
    refusal = refuse(desk, f"renovation approve {zx} --by 王芳")
    assert refusal.messages == ["涉及承重结构的，由项目经理批准"]
    desk.do(f"renovation approve {zx} --by 陈立")


def test_a_permit_given_back_refunds_what_was_taken(desk: Desk) -> None:
    zx = bring(desk, "renovation", "permitted")
    held = refuse(desk, f"renovation withdraw {zx} --reason 改期")
    assert held.messages == ["出入证 001 尚未退回"]
    desk.do(f"renovation withdraw {zx} --reason 改期 --passes pass_no=001,lost=yes")
    shown = desk.show(zx)
    assert (shown["state"], shown["refund_amount"]) == ("refundable", "2020.00")


def test_deductions_stay_below_the_deposits(desk: Desk) -> None:
    zx = bring(desk, "renovation", "accepted")
    desk.clock("2026-04-10 10:00")
    line = (
        f"renovation recheck {zx} --passes pass_no=001,returned_on=2026-04-10 --by 王芳 "
        "--deductions item=墙面,amount={},from=owner,evidence=照片"
    )
    more = refuse(desk, line.format(2020.01) + " --recheck-result pass_deduct")
    assert "超过押金合计 2020.00 元" in more.text
    plain = refuse(desk, line.format(10) + " --recheck-result pass")
    assert "pass_deduct" in plain.text
    desk.do(line.format(2020) + " --recheck-result pass_deduct")
    assert desk.show(zx)["refund_amount"] == "0.00"


def test_an_early_recheck_is_the_managers(desk: Desk) -> None:
    zx = bring(desk, "renovation", "accepted")
    line = (
        f"renovation recheck {zx} --recheck-result pass "
        "--passes pass_no=001,returned_on=2026-03-05 --reason 业主搬家"
    )
    assert "2026-04-04" in refuse(desk, f"{line} --by 王芳").text
    desk.do(f"{line} --by 陈立")


def test_work_is_never_stopped_by_cutting_supplies(desk: Desk) -> None:
    zx = bring(desk, "renovation", "working")
    refuse(desk, f"renovation suspend {zx} --reason 逾期不交违约金，即停水停电 --by 王芳")
    desk.do(f"renovation suspend {zx} --reason 未报动火，消除隐患后复工 --by 王芳")


def test_rows_are_recorded_and_completed(desk: Desk) -> None:
    zx = bring(desk, "renovation", "working")
    refuse(desk, f"renovation record {zx}", 2)
    desk.do(f'renovation record {zx} --shaft-access "at=2026-03-05 8:30,by=赵军"')
    desk.do(f"renovation record {zx} --waste-hauls told_at=8:40,hauler=清运队")
    desk.do(f'renovation record {zx} --shaft-access "at=2026-03-05 8:30,by=赵军,shut_at=8:50"')
    shown = desk.show(zx)
    (door,) = shown["shaft_access"]
    assert door["shut_at"] == "2026-03-05T08:50:00+08:00"
    assert len(shown["waste_hauls"]) == 1


def test_the_door_sheet_names_nobody(desk: Desk) -> None:
    zx = bring(desk, "renovation", "permitted")
    page = desk.do(f"renovation print {zx} --layout permit").out
    assert "何" not in page and "13800000003" not in page
    assert "装许〔2026〕260305-A01" in page

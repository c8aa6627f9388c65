"""Homes and their people by the ways a desk goes; other scenes are in test_paths.py."""

from __future__ import annotations

from conftest import Desk
from scenes import bring, new_unit, one_commit, refuse


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

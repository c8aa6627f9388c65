"""A visit referred wrongly is put right in one command: one record goes, another comes."""

from __future__ import annotations

import pytest
from conftest import Desk
from scenes import bring, one_commit, refuse

from pmcli.store.office import load_library

AS_COMPLAINT = (
    "--category complaint --against repair --cause late_repair --apologised yes "
    "--reason 是投诉 --by 王芳"
)


def referred(desk: Desk, more: str = "--kind plumbing --area private --place 厨房") -> str:
    """A second visit about the same leak, referred as it came."""
    number = desk.do(
        "visit new --category repair --channel phone --visitor 刘太太 --phone 13800000001 "
        "--unit 3-2-501 --content 厨房漏水"
    ).id
    desk.do(f"visit refer {number} {more}")
    return number


def child(desk: Desk, visit: str) -> str:
    return str(desk.show(visit)["children"][-1])


@pytest.mark.parametrize("state", ["referred", "answered"])
def test_the_wrong_record_is_voided_and_the_right_one_made(desk: Desk, state: str) -> None:
    visit = bring(desk, "visit", state)
    wrong = child(desk, visit)
    desk.do(f"repair dispatch {wrong} --worker 李强")
    with one_commit(desk):
        (right,) = desk.do(f"visit redirect {visit} {AS_COMPLAINT}").made
    shown = desk.show(visit)
    assert (shown["state"], shown["category"]) == ("referred", "complaint")
    assert shown["children"] == [wrong, right]
    assert (desk.show(right)["form"], desk.show(right)["source"]) == ("complaint", visit)
    void = desk.show(wrong)
    assert void["state"] == "void"
    assert (void["history"][-1]["reason"], void["history"][-1]["cause"]) == ("是投诉", visit)
    assert f"是投诉；{visit}" in desk.do(f"history {wrong}").out
    desk.do("check")


def test_a_duplicate_is_attached_to_the_first_record(desk: Desk) -> None:
    first = child(desk, bring(desk, "visit", "referred"))
    again = referred(desk)
    double = child(desk, again)
    with one_commit(desk):
        desk.do(f"visit redirect {again} --link-to {first} --reason 重复登记 --by 王芳")
    assert desk.show(double)["state"] == "void"
    assert desk.show(again)["children"] == [double, first]
    assert desk.show(first)["state"] == "received"
    desk.do("check")


def test_it_is_taken_back_as_one(desk: Desk) -> None:
    visit = bring(desk, "visit", "referred")
    wrong = child(desk, visit)
    before = (desk.show(visit)["children"], desk.show(wrong)["state"])
    desk.do(f"visit redirect {visit} {AS_COMPLAINT}")
    with one_commit(desk):
        desk.do(f"undo {visit} --reason 弄错了 --by 王芳")
    assert (desk.show(visit)["children"], desk.show(wrong)["state"]) == before
    desk.do("check")


def test_who_may_not_void_the_child_may_not_redirect(desk: Desk) -> None:
    visit = bring(desk, "visit", "referred")
    assert refuse(desk, f"visit redirect {visit} --category complaint --reason 错").says("客服主管")
    desk.do(f"visit redirect {visit} {AS_COMPLAINT}")
    complaint = child(desk, visit)
    back = "--category repair --kind plumbing --area private --place 厨房 --reason 是报修"
    told = desk.refused(f"visit redirect {visit} {back} --by 王芳", 4)
    assert complaint in told.err
    assert "王芳 没有所需岗位：项目经理" in told.err
    desk.do(f"visit redirect {visit} {back} --by 陈立")
    assert desk.show(complaint)["state"] == "void"


def test_work_that_was_begun_is_not_voided(desk: Desk) -> None:
    visit = bring(desk, "visit", "referred")
    repair = child(desk, visit)
    for line in ("dispatch {} --worker 李强", "arrive {} --by 李强", "start {} --by 李强"):
        desk.do(f"repair {line.format(repair)}")
    told = desk.refused(f"visit redirect {visit} {AS_COMPLAINT}", 4)
    assert f"{repair} 现为 施工中 working" in told.err
    assert "作废 void 只能在" in told.err


def test_a_time_before_the_childs_last_step_names_the_child(desk: Desk) -> None:
    visit = bring(desk, "visit", "referred")
    repair = child(desk, visit)
    desk.clock("2026-03-05 10:00")
    desk.do(f"repair dispatch {repair} --worker 李强")
    told = desk.refused(f"visit redirect {visit} {AS_COMPLAINT} --at 9:30", 2)
    assert told.err.startswith(f"{repair}：")


def test_what_was_only_attached_is_let_go_and_stays(desk: Desk) -> None:
    alone = bring(desk, "repair", "received")
    other = child(desk, bring(desk, "visit", "referred"))
    visit = referred(desk, f"--link-to {alone}")
    assert desk.show(alone)["source"] == visit
    with one_commit(desk):
        desk.do(f"visit redirect {visit} --link-to {other} --reason 挂错了单 --by 王芳")
    assert desk.show(visit)["children"] == [other]
    held = desk.show(alone)
    assert (held["state"], held.get("source")) == ("received", None)
    desk.do("check")


def test_a_record_on_which_another_visit_hangs_is_not_voided_first(desk: Desk) -> None:
    first = child(desk, bring(desk, "visit", "referred"))
    again = referred(desk)
    third = referred(desk, f"--link-to {child(desk, again)}")
    told = desk.refused(f"visit redirect {again} --link-to {first} --reason 重复 --by 王芳", 4)
    assert f"{third} 也挂接了" in told.err
    assert f"pmcli visit redirect {third}" in told.err
    desk.do(f"visit redirect {third} --link-to {first} --reason 重复 --by 王芳")
    desk.do(f"visit redirect {again} --link-to {first} --reason 重复 --by 王芳")


def test_of_several_the_wrong_one_is_named(desk: Desk) -> None:
    visit = bring(desk, "visit", "referred")
    repair = child(desk, visit)
    desk.do(
        f"visit refer {visit} --child-form complaint --against repair --cause late_repair "
        "--apologised yes"
    )
    complaint = child(desk, visit)
    redirect = (
        f"visit redirect {visit} --child-form rework --item waterproof --reason 保修期内 --by 王芳"
    )
    told = desk.refused(redirect, 4)
    assert "--wrong" in told.err
    assert repair in told.err
    desk.refused(f"{redirect} --wrong {bring(desk, 'repair', 'received')}", 4)
    desk.do(f"{redirect} --wrong {repair}")
    assert desk.show(complaint)["state"] == "received"
    assert desk.show(repair)["state"] == "void"
    desk.refused(f"{redirect} --wrong {repair}", 4)


def test_what_is_of_no_record_goes_back_to_the_start(desk: Desk) -> None:
    visit = bring(desk, "visit", "referred")
    desk.do(f"visit redirect {visit} --category suggestion --reason 只是建议 --by 王芳")
    assert desk.show(visit)["state"] == "received"
    told = desk.refused(f"visit redirect {visit} --category complaint --reason 错 --by 王芳", 4)
    assert "转办" in told.err


def test_what_instead_must_be_said_and_be_something_else(desk: Desk) -> None:
    visit = bring(desk, "visit", "referred")
    repair = child(desk, visit)
    assert "--link-to" in desk.refused(f"visit redirect {visit} --reason 错 --by 王芳", 2).err
    same = desk.refused(f"visit redirect {visit} --category repair --reason 错 --by 王芳", 4)
    assert f"pmcli repair edit {repair}" in same.err
    desk.do(f"repair void {repair} --reason 错 --by 王芳")
    none_open = desk.refused(f"visit redirect {visit} {AS_COMPLAINT}", 4)
    assert f"pmcli visit refer {visit}" in none_open.err


KITE = """\
form: kite
title: 风筝单 | Kite
prefix: FZ
fields:
  of: {label: 单据 | Record, type: link, to: [kite, repair]}
states:
  up: 已起飞 | up
  down: {label: 已落地 | down, final: true}
transitions:
  new: {label: 放飞 | Fly, to: up, role: any, may: [of]}
  pass:
    label: 传 | Pass
    from: up
    to: same
    update:
    - {in: of, take: STEP, give: {GIVEN: =reason}, forms: [kite]}
  void:
    label: 作废 | Void
    from: up
    to: down
    asks: [reason]
"""


def kites(desk: Desk, step: str, given: str = "reason") -> None:
    (desk.root / "forms").mkdir(exist_ok=True)
    text = KITE.replace("STEP", step).replace("GIVEN", given)
    (desk.root / "forms" / "kite.yaml").write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("step", "given", "line", "said"),
    [
        ("burn", "reason", 16, "没有步骤 burn"),
        ("new", "reason", 16, "没有步骤 new"),
        ("void", "colour", 16, "没有字段 colour"),
    ],
)
def test_a_step_that_is_not_there_is_told_with_its_line(
    desk: Desk, step: str, given: str, line: int, said: str
) -> None:
    kites(desk, step, given)
    (fault,) = load_library(desk.root).all()[1]
    assert (fault.file, fault.line) == ("forms/kite.yaml", line)
    assert said in fault.text("zh")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [(", forms: [kite]}", ", forms: [dragon]}", "dragon"), ("in: of", "in: =of", "forms")],
)
def test_a_step_is_taken_on_forms_that_are_there(desk: Desk, old: str, new: str, said: str) -> None:
    text = KITE.replace("STEP", "void").replace("GIVEN", "reason").replace(old, new)
    text = text.replace(", forms: [kite]}", "}") if said == "forms" else text
    (desk.root / "forms").mkdir(exist_ok=True)
    (desk.root / "forms" / "kite.yaml").write_text(text, "utf-8")
    faults = load_library(desk.root).all()[1]
    assert said in faults[0].text("zh")
    assert faults[0].line == 16


def test_a_step_is_taken_on_no_other_form(desk: Desk) -> None:
    repair = bring(desk, "repair", "received")
    kites(desk, "void")
    desk.do("save")
    kite = desk.do(f"kite new --of {repair}").id
    told = desk.refused(f"kite pass {kite} --reason 试 --by 王芳", 5)
    assert repair in told.err


def test_steps_do_not_go_round(desk: Desk) -> None:
    kites(desk, "pass")
    desk.do("save")
    first = desk.do("kite new").id
    second = desk.do(f"kite new --of {first}").id
    desk.do(f"kite edit {first} --of {second} --reason 试 --by 王芳")
    desk.refused(f"kite pass {second} --reason 试", 5)

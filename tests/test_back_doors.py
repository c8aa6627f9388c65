"""What a step forbids is not to be had by a correction, by a hand in the file or by undo."""

from __future__ import annotations

import pytest
from conftest import Desk
from scenes import bring, change, file_of, one_commit, refuse

# undo of a correction


@pytest.mark.parametrize(
    ("form", "state", "given"),
    [
        ("repair", "signed", "--amount 30"),
        ("renovation", "permitted", "--deposit 1000"),
        ("notice", "approved", "--valid-until 2026-03-30"),
    ],
)
def test_a_correction_of_what_is_sealed_is_taken_back_by_the_supervisor(
    desk: Desk, form: str, state: str, given: str
) -> None:
    number = bring(desk, form, state)
    desk.do(f"{form} edit {number} {given} --by 王芳 --reason 录错")
    for who in ("赵军", "李强", "张敏"):
        told = refuse(desk, f"undo {number} --reason 不对 --by {who}")
        assert told.says("只能由客服主管更正")
    with one_commit(desk):
        desk.do(f"undo {number} --reason 没有录错 --by 王芳")
    desk.do("check")


def test_a_correction_is_taken_back_by_those_who_might_make_it(desk: Desk) -> None:
    number = bring(desk, "repair", "dispatched")
    desk.do(f"repair edit {number} --worker 吴刚")
    assert refuse(desk, f"undo {number} --reason 不对 --by 赵军")
    desk.do(f"undo {number} --reason 不对 --by 林悦")
    assert desk.show(number)["worker"] == "李强"


@pytest.mark.parametrize("line", ["edit {} --cause fee", "assign {} --handler 王芳"])
def test_the_accused_takes_nothing_back(desk: Desk, line: str) -> None:
    number = bring(desk, "complaint", "received")
    desk.do(f"complaint {line.format(number)}")
    assert refuse(desk, f"undo {number} --reason 不对 --by 赵军").says("被投诉人")
    desk.do(f"undo {number} --reason 不对")


def test_a_complaint_is_not_taken_back_by_whom_it_is_against(desk: Desk) -> None:
    number = desk.do(
        "complaint new --complainant 何女士 --channel phone --unit 3-2-501 --phone 13800000003 "
        "--against office --against-staff 王芳 --cause attitude --apologised yes --request 态度差 "
        "--by 王芳"
    ).id
    assert refuse(desk, f"undo {number} --reason 登记重了 --by 王芳").says("被投诉人")


def test_nor_voided(desk: Desk) -> None:
    number = desk.do(
        "complaint new --complainant 何女士 --channel phone --unit 3-2-501 --phone 13800000003 "
        "--against office --against-staff 陈立 --cause attitude --apologised yes --request 态度差"
    ).id
    assert refuse(desk, f"complaint void {number} --reason 重复 --by 陈立").says("被投诉人")


# what ties a record to the one that made it


@pytest.mark.parametrize("given", ["--round second", "--round rain", "--target {other}"])
def test_a_revisit_stays_with_its_repair(desk: Desk, given: str) -> None:
    number, other = bring(desk, "repair", "signed"), bring(desk, "repair", "signed")
    (revisit,) = desk.show(number)["revisits"]
    given = given.format(other=other)
    told = refuse(desk, f"revisit edit {revisit} {given} --by 王芳 --reason 改一改")
    assert told.says(f"是从 {number} 开出本单时定的")
    change(file_of(desk, revisit), "round: first", "round: second")
    assert "开出本单时定的" in desk("save --by 王芳 --reason 改一改").out
    desk.git("checkout", "--", "records")
    desk.do(f"revisit edit {revisit} --due-at '2026-03-09 10:00'")


def test_a_revisit_planned_by_hand_may_have_its_round_corrected(desk: Desk) -> None:
    number = bring(desk, "repair", "signed")
    revisit = desk.do(
        f"revisit new --target {number} --round second --due-at '2026-03-09 10:00'"
    ).id
    desk.do(f"revisit edit {revisit} --round rain")


# what a step gave by itself


def test_a_quote_makes_the_work_paid_until_a_step_says_otherwise(desk: Desk) -> None:
    number = bring(desk, "repair", "quoted")
    for who in ("吴刚", "赵军", "王芳"):
        told = refuse(desk, f"repair edit {number} --charge-type free --by {who} --reason 免费")
        assert told.says("由 quote 报价 登记")
    change(file_of(desk, number), "charge_type: paid", "charge_type: free")
    assert "由 quote 报价 登记" in desk("save --by 王芳 --reason 免费").out


def test_a_worker_taken_out_by_a_step_comes_back_by_a_step(desk: Desk) -> None:
    number = bring(desk, "repair", "dispatched")
    desk.do(f"repair bounce {number} --reason 非本专业 --by 李强")
    assert refuse(desk, f"repair edit {number} --worker 吴刚").says("由 bounce 退单 登记")
    desk.do(f"repair dispatch {number} --worker 吴刚")
    desk.do(f"repair edit {number} --worker 李强")


def test_a_signature_that_a_redo_took_out_is_not_written_in_again(desk: Desk) -> None:
    number = bring(desk, "repair", "signed")
    desk.do(f"repair redo {number} --reason 又漏了")
    told = refuse(desk, f"repair edit {number} --signed-by 刘先生 --by 王芳 --reason 补签")
    assert told.says("由 redo 返工 登记")


# what was approved or passed on


@pytest.mark.parametrize("given", ["--title 关于雨天出行的温馨提示", "--issue-on 2026-03-06"])
def test_an_approved_text_stands(desk: Desk, given: str) -> None:
    number = bring(desk, "notice", "approved")
    stamp = desk.show(number)["text_hash"]
    told = refuse(desk, f"notice edit {number} {given} --by 王芳 --reason 改一改")
    assert told.says("须作废 void 后重新拟稿")
    assert desk.show(number)["text_hash"] == stamp


def test_an_approved_plan_is_corrected_by_the_supervisor(desk: Desk) -> None:
    number = bring(desk, "renovation", "approved")
    assert refuse(desk, f"renovation edit {number} --contractor 另一公司").says(
        "只能由客服主管更正"
    )


def test_a_category_that_was_referred_is_redirected(desk: Desk) -> None:
    number = bring(desk, "visit", "referred")
    told = refuse(desk, f"visit edit {number} --category complaint")
    assert told.says("改办 redirect")
    received = bring(desk, "visit", "received")
    desk.do(f"visit edit {received} --category complaint")


# what the form compares


CLEARED = [
    ("violation", "notified", "until", "--by 王芳"),
    ("repair", "finished", "amount", "--by 王芳 --reason 录错"),
    ("renovation", "working", "start-on", "--by 王芳 --reason 录错"),
    ("renovation", "working", "end-on", "--by 王芳 --reason 录错"),
    ("renovation", "working", "agreement-on", "--by 王芳 --reason 录错"),
    ("renovation", "working", "extinguishers", "--by 王芳 --reason 录错"),
]


@pytest.mark.parametrize(("form", "state", "option", "more"), CLEARED)
def test_what_is_compared_may_not_be_emptied(
    desk: Desk, form: str, state: str, option: str, more: str
) -> None:
    number = bring(desk, form, state)
    told = desk.refused(f"{form} edit {number} --{option} '' {more} --format json", 2)
    assert option.replace("-", "_") in told.json["error"]["unmet"][0]["fields"]


def test_and_hides_no_other_file_from_save(desk: Desk) -> None:
    good, number = bring(desk, "repair", "received"), bring(desk, "violation", "notified")
    until = desk.show(number)["until"]
    change(file_of(desk, number), f'until: "{until}"\n', "")
    change(file_of(desk, good), "place: 厨房", "place: 阳台")
    done = desk("save")
    assert done.code == 1
    assert f"{number}.md" in done.out
    assert desk.show(good)["place"] == "阳台"


FORM = """\
extends: repair
transitions:
  dispatch:
    guard:
    - if: appointment > created_at or not helpers
      say: 约定的时间已过 | the time agreed is past
"""


def test_a_condition_that_cannot_be_judged_any_more_is_a_refusal(desk: Desk) -> None:
    (desk.root / "forms").mkdir()
    (desk.root / "forms" / "repair.yaml").write_text(FORM, "utf-8")
    desk.do("save")
    number = bring(desk, "repair", "received")
    desk.do(f"repair dispatch {number} --worker 李强 --appointment '2026-03-05 15:00'")
    told = desk.refused(f"repair edit {number} --appointment '' --format json", 2)
    assert told.json["error"]["unmet"][0]["fields"] == ["appointment"]
    desk.clean()


@pytest.mark.parametrize("given", ["--building 9", "--room 777"])
def test_a_need_that_calls_functions_holds_for_a_correction(desk: Desk, given: str) -> None:
    told = desk.refused(f"unit edit 3-2-501 {given} --by 王芳 --reason 写错 --format json", 2)
    assert told.json["error"]["unmet"]


# what is said


def test_what_was_given_for_a_record_that_is_not_made_is_said(desk: Desk) -> None:
    number = bring(desk, "visit", "referred")
    told = desk.refused(
        f"visit redirect {number} --category suggestion --item waterproof --reason 因 --by 王芳 "
        "--format json",
        2,
    )
    assert told.json["error"]["unmet"][0]["fields"] == ["item"]


def test_a_redirect_that_says_nothing_is_told_what_it_may_say(desk: Desk) -> None:
    number = bring(desk, "visit", "referred")
    told = desk.refused(f"visit redirect {number} --reason 因 --by 王芳 --format json", 2)
    (unmet,) = told.json["error"]["unmet"]
    assert (unmet["kind"], {*unmet["alternatives"]}) == ("one_of", {"child_form", "link_to"})


def test_the_owners_words_are_not_offered_for_correction(desk: Desk) -> None:
    number = bring(desk, "repair", "received")
    told = desk.refused(f"repair edit {number} --format json", 2)
    (unmet,) = told.json["error"]["unmet"]
    assert "place" in unmet["alternatives"]
    assert "request" not in unmet["alternatives"]

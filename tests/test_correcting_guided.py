"""A record corrected at a terminal: its fields with what they hold, chosen, retyped, confirmed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from conftest import Desk
from logbook import VALUES, logbook
from scenes import bring, one_commit
from terminal import CTRL_C, CTRL_D, ERASE, ESCAPE, Open

from pmcli.store.office import load_library

WHICH, MORE, CHANGE, SO = "更正哪一项", "再改哪一项", "改哪一项", "就这样更正"

TYPED = {
    "choice": "2", "flag": "否", "money": "8元", "integer": "4", "unit": "3#2-501",
    "phone": "138 0000 0002",
}  # fmt: skip
"""As a person answers, where that is not how an option is given."""
FURTHER = {"rows": ("1", "门", "4.50", ""), "texts": ("乙", ""), "moneys": ("2.25", "")}
"""Several answers, where there are several questions."""
LABELS = {
    "rows": ("明细：改哪一行", "1. 项目", "金额", "明细：改哪一行"),
    "texts": ("多项", "多项"),
    "moneys": ("多笔", "多笔"),
}


def title_of(desk: Desk, kind: str) -> str:
    """The label of the field of a type."""
    return load_library(desk.root).get("logbook").label_of(f"a_{kind}").zh


def questions(desk: Desk, kind: str) -> list[tuple[str, str]]:
    """What is asked for a field of a type, and how a person answers to put another value there."""
    answers = FURTHER.get(kind, (TYPED.get(kind, VALUES[kind][1]),))
    return list(zip(LABELS.get(kind, (title_of(desk, kind),)), answers, strict=True))


def test_a_value_of_every_type_is_retyped(desk: Desk, at: Open) -> None:
    number = logbook(desk)
    before = desk.show(number)
    clerk = at(f"logbook edit {number}")
    clerk.answer(WHICH, "、".join(title_of(desk, kind) for kind in VALUES))
    for kind in VALUES:
        for label, answer in questions(desk, kind):
            clerk.answer(label, answer)
    with one_commit(desk):
        clerk.answer(SO)
        clerk.ends()
    held = desk.show(number)
    desk.do(f"undo {number} --reason 照选项再改一遍")
    options = [word for kind in VALUES for word in (f"--a-{kind}", VALUES[kind][1])]
    desk.do(["logbook", "edit", number, *options])
    by_option = desk.show(number)
    for kind, (first, second) in VALUES.items():
        name = f"a_{kind}"
        assert held[name] == by_option[name]
        assert (held[name] != before[name]) == (first != second)


def test_enter_leaves_what_stands_there_in_every_type(desk: Desk, at: Open) -> None:
    number = logbook(desk)
    clerk = at(f"logbook edit {number}")
    clerk.answer(WHICH, "、".join(title_of(desk, kind) for kind in VALUES))
    for kind in VALUES:
        several = kind in ("texts", "moneys")
        for label in LABELS.get(kind, (title_of(desk, kind),))[-2 if several else -1 :]:
            clerk.answer(label)
    assert "没有改动" in clerk.ends()
    clerk.untouched()


class TestCourse:
    def test_fields_are_shown_with_what_they_hold_in_either_language(
        self, desk: Desk, at: Open
    ) -> None:
        number = bring(desk, "repair", "dispatched")
        chinese = at(f"repair edit {number}")
        chinese.asks(WHICH)
        chinese.sees("报修位置", "厨房", "维修人员  李强", "联系电话  13800000001")
        assert "quote_items" not in chinese.text and "history" not in chinese.text
        chinese.type("\r")
        assert "没有改动" in chinese.ends()
        english = at(f"repair edit {number}", PMCLI_LANG="en")
        english.asks("Which one")
        english.sees("Place", "Worker", "Phone")
        english.answer("Which one", "Place")
        english.answer("Place", "阳台")
        english.sees(f"{number}  Place: 厨房 → 阳台")
        english.answer("Correct it so", "yes")
        assert "changed Place" in english.ends()
        assert desk.show(number)["place"] == "阳台"

    def test_several_are_chosen_at_once_and_go_in_one_commit(self, desk: Desk, at: Open) -> None:
        number = bring(desk, "repair", "dispatched")
        clerk = at(f"repair edit {number}")
        with one_commit(desk):
            clerk.answer(WHICH, "维修人员、报修位置")
            clerk.answer("维修人员", "ljq")
            clerk.asks("维修人员", after="不在人员名单上")
            clerk.correct("维修人员", "wg")
            clerk.answer("报修位置", "主卧")
            clerk.sees("维修人员：李强 → 吴刚", "报修位置：厨房 → 主卧")
            clerk.answer(SO)
            clerk.ends()
        held = desk.show(number)
        assert (held["worker"], held["place"]) == ("吴刚", "主卧")
        desk.clean()

    def test_a_wrong_answer_is_told_and_mended(self, desk: Desk, at: Open) -> None:
        number = bring(desk, "repair", "dispatched")
        clerk = at(f"repair edit {number}")
        clerk.wrong(WHICH, "99", "表中没有“99”")
        clerk.answer(WHICH, "联系电话")
        clerk.wrong("联系电话", "12a", "联系电话 应为电话号码")
        clerk.correct("联系电话", "13800000002")
        clerk.answer(SO)
        clerk.ends()
        assert desk.show(number)["phone"] == "13800000002"

    def test_no_keeps_what_was_typed_and_asks_what_else(self, desk: Desk, at: Open) -> None:
        number = bring(desk, "repair", "dispatched")
        clerk = at(f"repair edit {number}")
        clerk.answer(WHICH, "报修位置")
        clerk.answer("报修位置", "阳台")
        clerk.answer(SO, "n")
        clerk.asks(MORE)
        clerk.sees("报修位置  阳台")
        clerk.answer(MORE, "维修人员")
        clerk.answer("维修人员", "吴刚")
        clerk.sees("报修位置：厨房 → 阳台", "维修人员：李强 → 吴刚")
        clerk.answer(SO, "报修位置")
        clerk.asks("报修位置")
        clerk.sees("› 阳台")
        clerk.answer("报修位置", "南阳台")
        clerk.answer(SO)
        clerk.ends()
        held = desk.show(number)
        assert (held["place"], held["worker"]) == ("南阳台", "吴刚")

    @pytest.mark.parametrize("key", [ERASE, "\x7f", "\x1b[3~"])
    def test_what_may_be_empty_is_emptied(self, desk: Desk, at: Open, key: str) -> None:
        number = desk.do(
            "visit new --category other --channel phone --visitor 何女士 --phone 13800000003 "
            "--content 打听时间"
        ).id
        clerk = at(f"visit edit {number}")
        clerk.answer(WHICH, "联系电话")
        clerk.answer("联系电话", key)
        clerk.sees("联系电话：13800000003 → （空）")
        clerk.answer(SO)
        clerk.ends()
        assert desk.show(number).get("phone") is None

    def test_what_was_given_is_only_confirmed(self, desk: Desk, at: Open) -> None:
        number = bring(desk, "repair", "dispatched")
        clerk = at(f"repair edit {number} --place 阳台")
        clerk.sees("报修位置：厨房 → 阳台")
        clerk.answer(SO, "是")
        clerk.ends()
        assert desk.show(number)["place"] == "阳台"

    def test_a_long_text_is_mended_in_the_persons_editor(
        self, desk: Desk, at: Open, tmp_path: Path
    ) -> None:
        script = tmp_path / "编辑.py"
        script.write_text(
            "import sys, pathlib\n"
            "path = pathlib.Path(sys.argv[1])\n"
            "text = path.read_text('utf-8')\n"
            "assert text.startswith('更换角阀\\n'), text\n"
            "path.write_text(text.replace('更换角阀', '更换角阀\\n\\n清理现场', 1), 'utf-8')\n",
            "utf-8",
        )
        number = bring(desk, "repair", "finished")
        editor = f"'{sys.executable}' '{script}'"
        clerk = at(f"repair edit {number} --by 王芳 --reason 漏记", EDITOR=editor)
        clerk.answer(WHICH, "处理情况")
        clerk.answer("处理情况", ERASE)
        clerk.sees("处理情况：更换角阀 → 更换角阀 清理现场")
        clerk.answer(SO, "n")
        clerk.asks(MORE)
        clerk.sees("16 处理情况  更换角阀 清理现场")
        clerk.answer(MORE)
        clerk.answer(SO)
        clerk.ends()
        assert desk.show(number)["work_done"] == "更换角阀\n\n清理现场"
        assert list(clerk.scratch.iterdir()) == []

    def test_rows_are_added_and_taken_out(self, desk: Desk, at: Open) -> None:
        number = bring(desk, "repair", "quoted")
        clerk = at(f"repair edit {number} --by 李强")
        clerk.answer(WHICH, "报价明细")
        clerk.answer("报价明细：改哪一行", "2")
        for label, typed in (("2. 项目", "软管"), ("数量", "2"), ("单价", "10"), ("价目依据", "")):
            clerk.answer(label, typed)
        clerk.sees("2 项目 软管")
        clerk.answer("报价明细：改哪一行")
        clerk.sees("报价金额(元)：35.00 → 55.00")
        clerk.answer(SO, "报价明细")
        clerk.answer("报价明细：改哪一行", "1")
        clerk.correct("1. 项目", "")
        clerk.sees("1 项目 软管")
        clerk.answer("报价明细：改哪一行")
        clerk.sees("报价金额(元)：35.00 → 20.00")
        clerk.answer(SO)
        clerk.ends()
        held = desk.show(number)
        assert [row["item"] for row in held["quote_items"]] == ["软管"]
        assert held["quoted_amount"] == "20.00"

    def test_a_long_list_stands_above_its_question_on_a_small_screen(
        self, desk: Desk, at: Open
    ) -> None:
        number = bring(desk, "repair", "signed")
        clerk = at(f"repair edit {number} --by 王芳", rows=14)
        clerk.asks(WHICH)
        clerk.answer(WHICH, "报修位置")
        clerk.answer("报修位置", "阳台")
        clerk.answer("原因", "位置写错")
        clerk.answer(SO)
        clerk.ends()
        assert desk.show(number)["place"] == "阳台"


class TestLinked:
    @pytest.mark.parametrize(("answer", "unit"), [("", "3-2-502"), ("n", "3-2-501")])
    def test_the_others_are_corrected_when_the_clerk_says_so(
        self, desk: Desk, at: Open, answer: str, unit: str
    ) -> None:
        desk.do(
            "unit new --number 3-2-502 --building 3 --entrance 2 --room 502 --use residential "
            "--floor-area 89"
        )
        visit = bring(desk, "visit", "referred")
        (repair,) = desk.show(visit)["children"]
        clerk = at(f"visit edit {visit}")
        with one_commit(desk):
            clerk.answer(WHICH, "房号")
            clerk.answer("房号", "3-2-502")
            clerk.sees(f"{repair}（维修(服务)任务单）里也写着原来的 房号")
            clerk.answer("这 1 张一并更正", answer)
            clerk.answer(SO)
            clerk.ends()
        assert (desk.show(visit)["unit"], desk.show(repair)["unit"]) == ("3-2-502", unit)


class TestRefusals:
    def test_who_may_not_is_told_and_may_leave_it(self, desk: Desk, at: Open) -> None:
        number = bring(desk, "repair", "signed")
        clerk = at(f"repair edit {number}")
        clerk.answer(WHICH, "报修位置")
        clerk.answer("报修位置", "阳台")
        clerk.sees("只能由客服主管更正")
        clerk.answer(CHANGE)
        assert "未写入任何内容。" in clerk.ends(4)
        clerk.untouched()

    def test_a_reason_is_asked_where_one_is_due(self, desk: Desk, at: Open) -> None:
        number = bring(desk, "repair", "signed")
        clerk = at(f"repair edit {number} --by 王芳")
        clerk.answer(WHICH, "业主签名")
        clerk.answer("业主签名", "刘夫人")
        clerk.sees("请写明更正的原因")
        clerk.answer("原因", "签名认错")
        clerk.answer(SO)
        clerk.ends()
        row = desk.show(number)["history"][-1]
        assert (row["by"], row["reason"]) == ("王芳", "签名认错")

    def test_a_value_that_stands_is_not_even_asked(self, desk: Desk, at: Open) -> None:
        number = bring(desk, "repair", "agreed")
        clerk = at(f"repair edit {number} --by 王芳")
        clerk.wrong(WHICH, "报价明细", "业主已认可报价")
        clerk.type("\r")
        assert "没有改动" in clerk.ends()
        clerk.untouched()

    def test_a_guard_is_told_and_another_answer_given(self, desk: Desk, at: Open) -> None:
        number = bring(desk, "repair", "dispatched")
        clerk = at(f"repair edit {number} --worker 赵军")
        clerk.sees("赵军 没有维修岗位")
        clerk.answer(CHANGE, "维修人员")
        clerk.asks("维修人员")
        clerk.sees("› 赵军")
        clerk.answer("维修人员", "吴刚")
        clerk.answer(SO)
        clerk.ends()
        assert desk.show(number)["worker"] == "吴刚"

    def test_a_closed_record_is_refused_before_any_question(self, desk: Desk, at: Open) -> None:
        number = bring(desk, "repair", "closed")
        clerk = at(f"repair edit {number}")
        text = clerk.ends(4)
        assert "已销单" in text and "内容不能再改" in text
        clerk.untouched()

    def test_what_another_desk_changed_meanwhile_is_not_agreed_to(
        self, desk: Desk, at: Open
    ) -> None:
        number = bring(desk, "repair", "dispatched")
        clerk = at(f"repair edit {number}")
        clerk.answer(WHICH, "报修位置")
        clerk.answer("报修位置", "阳台")
        clerk.asks(SO)
        desk.do(f"repair edit {number} --place 主卧")
        clerk.type("\r")
        assert "被别人改过" in clerk.ends(5)
        assert desk.show(number)["place"] == "主卧"

    def test_another_record_may_be_written_meanwhile(self, desk: Desk, at: Open) -> None:
        number = bring(desk, "repair", "dispatched")
        clerk = at(f"repair edit {number}")
        clerk.answer(WHICH, "报修位置")
        clerk.answer("报修位置", "阳台")
        clerk.asks(SO)
        desk.do("visit new --category other --channel phone --visitor 何女士 --content 打听")
        clerk.type("\r")
        clerk.ends()
        assert desk.show(number)["place"] == "阳台"


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D, ESCAPE])
@pytest.mark.parametrize("question", [WHICH, "报修位置", SO])
def test_it_can_be_left_at_any_question(desk: Desk, at: Open, question: str, key: str) -> None:
    number = bring(desk, "repair", "dispatched")
    clerk = at(f"repair edit {number}")
    for label, typed in ((WHICH, "报修位置"), ("报修位置", "阳台")):
        clerk.asks(label)
        if label == question:
            break
        clerk.type(typed + "\r")
    clerk.asks(question)
    clerk.interrupted(key)


@pytest.mark.parametrize("setting", ["PMCLI_ASK=no", "json"])
def test_nobody_is_asked_where_nobody_answers(desk: Desk, at: Open, setting: str) -> None:
    number = bring(desk, "repair", "dispatched")
    if setting == "json":
        clerk = at(f"repair edit {number} --format json")
    else:
        clerk = at(f"repair edit {number}", PMCLI_ASK="no")
    assert "哪一项" in clerk.ends(2)
    clerk.untouched()

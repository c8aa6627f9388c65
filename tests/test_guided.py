"""Guided input: a person at a terminal is asked for what is missing and confirms it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from conftest import Desk
from scenes import bring
from terminal import CTRL_C, CTRL_D, ERASE, ESCAPE, TAB, Open, Terminal


def fill_repair(terminal: Terminal) -> None:
    terminal.answer("区域", "hn")
    terminal.answer("报修位置", "厨房")
    terminal.answer("维修类别", "1")
    terminal.answer("报修人", "刘先生")
    terminal.answer("报修内容", "角阀漏水")
    terminal.answer("房号", "3栋2单元501")
    terminal.answer("联系电话", "138 0000 0001")
    terminal.answer("还可以填")
    terminal.asks("确认受理")


class TestVisit:
    def test_a_wrong_answer_is_corrected_and_the_record_written(self, desk: Desk, at: Open) -> None:
        clerk = at("visit new")
        clerk.wrong("接待类别", "8", "表中没有“8”")
        clerk.answer("接待类别", "bx")
        clerk.answer("来访方式", "电话")
        clerk.asks("来访方式", after="“电话”")
        clerk.answer("来访方式", "phone")
        clerk.answer("来访人", "刘先生")
        clerk.answer("反映内容", "厨房水管漏水")
        clerk.answer("给出哪一项", "1")
        clerk.wrong("房号", "9-9-999", "房号“9-9-999”不在房产档案中")
        clerk.correct("房号", "3#2-501室")
        clerk.answer("还可以填", "lxdh")
        clerk.wrong("联系电话", "12a", "联系电话 应为电话号码")
        clerk.correct("联系电话", "13800000001")
        clerk.asks("确认登记")
        clerk.sees("接待类别  报修", "房号      3-2-501", "可考虑转售后")
        clerk.answer("确认登记")
        number = clerk.ends().split("JD-")[1].split()[0]
        held = desk.show(f"JD-{number}")
        assert (held["category"], held["unit"], held["phone"]) == (
            "repair",
            "3-2-501",
            "13800000001",
        )
        assert held["channel"] == "phone"
        desk.clean()

    def test_ctrl_c_in_the_middle_leaves_nothing(self, at: Open) -> None:
        clerk = at("visit new --category repair")
        clerk.answer("来访方式", "2")
        clerk.asks("来访人")
        clerk.interrupted()

    def test_a_referral_asks_for_what_the_other_record_wants(self, desk: Desk, at: Open) -> None:
        visit = bring(desk, "visit", "received")
        clerk = at(f"visit refer {visit}")
        clerk.sees("还要登记一张维修(服务)任务单")
        clerk.answer("区域", "2")
        clerk.answer("报修位置", "厨房")
        clerk.answer("维修类别", "给排水")
        clerk.answer("还可以填")
        clerk.sees("同时生成：维修(服务)任务单")
        clerk.answer("确认转办", "y")
        clerk.ends()
        (child,) = desk.show(visit)["children"]
        assert desk.show(child)["kind"] == "plumbing"


class TestRepair:
    def test_questions_come_in_the_forms_order_and_follow_the_answers(
        self, desk: Desk, at: Open
    ) -> None:
        clerk = at("repair new")
        fill_repair(clerk)
        clerk.sees("1 区域      户内", "5 报修内容  角阀漏水", "7 联系电话  13800000001")
        clerk.type("\r")
        clerk.ends()
        held = desk.show("BX-260305-A01")
        assert (held["kind"], held["unit"], held["phone"]) == ("plumbing", "3-2-501", "13800000001")
        assert held["request"] == "角阀漏水"
        desk.clean()

    def test_what_was_given_is_not_asked_again_and_urgent_wants_its_class(
        self, desk: Desk, at: Open
    ) -> None:
        clerk = at("repair new --area public --place 大堂 --kind electrical --urgency urgent")
        clerk.answer("报修人", "保安")
        clerk.answer("报修内容", "灯不亮")
        clerk.sees("急修须写明类别")
        clerk.answer("急修类别", "4")
        clerk.answer("还可以填")
        clerk.answer("确认受理")
        clerk.ends()
        assert desk.show("BX-260305-A01")["urgent_class"] == "other_danger"

    def test_an_answer_is_corrected_from_the_summary(self, desk: Desk, at: Open) -> None:
        clerk = at("repair new")
        fill_repair(clerk)
        clerk.type("2\r")
        clerk.asks("报修位置")
        clerk.sees("› 厨房")
        clerk.correct("报修位置", "阳台")
        clerk.sees("报修位置  阳台")
        clerk.answer("确认受理", "n")
        clerk.answer("改哪一项", "3")
        clerk.correct("维修类别", "门窗")
        clerk.sees("维修类别  门窗玻璃")
        clerk.answer("确认受理")
        clerk.ends()
        held = desk.show("BX-260305-A01")
        assert (held["place"], held["kind"]) == ("阳台", "door_window")

    @pytest.mark.parametrize("key", [CTRL_C, CTRL_D, ESCAPE])
    def test_nothing_is_written_before_the_word_of_consent(self, at: Open, key: str) -> None:
        clerk = at("repair new")
        fill_repair(clerk)
        clerk.interrupted(key)

    def test_another_may_write_while_a_person_is_asked(self, desk: Desk, at: Open) -> None:
        clerk = at("repair new")
        fill_repair(clerk)
        desk.do("visit new --category other --channel phone --visitor 何女士 --content 打听时间")
        clerk.type("\r")
        clerk.ends()
        desk.clean()
        assert desk.show("BX-260305-A01")["state"] == "received"

    def test_staff_are_completed_by_initials_and_a_refusal_may_be_mended(
        self, desk: Desk, at: Open
    ) -> None:
        number = bring(desk, "repair", "received")
        clerk = at(f"repair dispatch {number}")
        clerk.asks("维修人员")
        clerk.type("zm")
        clerk.sees("张敏", "接待")
        clerk.type("\r")
        clerk.sees("张敏 没有维修岗位")
        clerk.answer("改哪一项", "1")
        clerk.asks("维修人员")
        clerk.type(ERASE + "lq")
        clerk.sees("李强")
        clerk.type(TAB)
        clerk.sees("› 李强")
        clerk.type("\r")
        clerk.answer("还可以填")
        clerk.answer("确认派单")
        clerk.ends()
        assert desk.show(number)["worker"] == "李强"

    def test_a_refusal_may_be_left_at_that(self, desk: Desk, at: Open) -> None:
        number = bring(desk, "repair", "received")
        clerk = at(f"repair dispatch {number}")
        clerk.answer("维修人员", "张敏")
        clerk.answer("改哪一项")
        assert "张敏 没有维修岗位" in clerk.ends(4)
        clerk.untouched()

    def test_a_step_that_cannot_be_taken_is_refused_before_any_question(
        self, desk: Desk, at: Open
    ) -> None:
        number = bring(desk, "repair", "received")
        text = at(f"repair quote {number} --by 李强").ends(4)
        assert "只能在" in text and "? " not in text
        text = at(f"repair void {number}").ends(4)
        assert "客服主管" in text and "? " not in text

    def test_rows_are_asked_for_column_by_column(self, desk: Desk, at: Open) -> None:
        number = bring(desk, "repair", "arrived")
        clerk = at(f"repair quote {number} --by 李强")
        clerk.answer("1. 项目", "换角阀, 含生料带")
        clerk.wrong("数量", "两", "数量 应为整数")
        clerk.correct("数量", "2")
        clerk.answer("单价(元)", "35")
        clerk.answer("价目依据", "")
        clerk.answer("2. 项目", "上门")
        clerk.answer("数量", "1")
        clerk.answer("单价(元)", "10")
        clerk.answer("价目依据", "价目表3")
        clerk.answer("3. 项目", "")
        clerk.answer("还可以填")
        clerk.sees("项目 换角阀, 含生料带  数量 2")
        clerk.answer("确认报价")
        clerk.ends()
        held = desk.show(number)
        assert held["quoted_amount"] == "80.00"
        assert held["quote_items"][0]["item"] == "换角阀, 含生料带"

    def test_a_long_text_is_written_in_the_persons_editor(
        self, desk: Desk, at: Open, tmp_path: Path
    ) -> None:
        script = tmp_path / "编辑 器.py"
        script.write_text(
            "import sys, pathlib\n"
            "path = pathlib.Path(sys.argv[1])\n"
            "template = path.read_text('utf-8')\n"
            "assert '报修内容' in template\n"
            "path.write_text('角阀漏水\\n\\n已关总阀\\n' + template, 'utf-8')\n",
            "utf-8",
        )
        given = "--area public --place 大堂 --kind leak --reporter 保安"
        clerk = at(f"repair new {given}", EDITOR=f"'{sys.executable}' '{script}'")
        clerk.answer("报修内容", "")
        clerk.sees("已关总阀")
        clerk.answer("还可以填")
        clerk.answer("确认受理")
        clerk.ends()
        assert desk.show("BX-260305-A01")["request"] == "角阀漏水\n\n已关总阀"
        assert list(clerk.scratch.iterdir()) == []

    def test_ctrl_c_while_the_editor_is_open(self, desk: Desk, at: Open, tmp_path: Path) -> None:
        script = tmp_path / "slow.py"
        script.write_text(
            "import contextlib, time\n"
            "with contextlib.suppress(KeyboardInterrupt):\n"
            "    print('EDITING', flush=True)\n"
            "    time.sleep(600)\n",
            "utf-8",
        )
        given = "--area public --place 大堂 --kind leak --reporter 保安"
        clerk = at(f"repair new {given}", VISUAL=f"'{sys.executable}' '{script}'")
        clerk.answer("报修内容", "")
        clerk.sees("EDITING")
        clerk.interrupted()

    def test_without_an_editor_a_long_text_is_written_line_by_line(
        self, desk: Desk, at: Open
    ) -> None:
        given = "--area public --place 大堂 --kind leak --reporter 保安"
        for more in ({}, {"VISUAL": "no-such-editor-anywhere"}):
            clerk = at(f"repair new {given}", **more)
            clerk.answer("报修内容", "")
            clerk.sees("空行结束")
            clerk.answer("报修内容", "角阀漏水")
            clerk.sees("  角阀漏水")
            clerk.answer("报修内容", "已关总阀")
            clerk.sees("  已关总阀")
            clerk.answer("报修内容", "")
            clerk.answer("还可以填")
            clerk.answer("确认受理")
            clerk.ends()
        assert desk.show("BX-260305-A02")["request"] == "角阀漏水\n已关总阀"

    def test_optional_inputs_are_offered_once_and_picked_by_number(
        self, desk: Desk, at: Open
    ) -> None:
        number = bring(desk, "repair", "received")
        clerk = at(f"repair dispatch {number}")
        clerk.answer("维修人员", "李强")
        clerk.answer("还可以填", "1，2 备注")
        clerk.wrong("约定上门时间", "25:00", "约定上门时间 应为时间")
        clerk.correct("约定上门时间", "明天 9:30")
        clerk.answer("协助人员", "wg")
        clerk.sees("协助人员            吴刚")
        clerk.answer("协助人员", "")
        clerk.answer("备注", "带梯子")
        clerk.answer("确认派单")
        clerk.ends()
        held = desk.show(number)
        assert held["appointment"].startswith("2026-03-06T09:30")
        assert held["helpers"] == ["吴刚"]
        assert held["history"][-1]["note"] == "带梯子"


class TestRenovation:
    def test_an_application_with_wrong_days_and_two_works(self, desk: Desk, at: Open) -> None:
        clerk = at("renovation new --unit 3-2-501 --applicant 何女士")
        clerk.answer("申请人身份", "zh")
        clerk.wrong("联系电话", "一三八", "联系电话 应为电话号码")
        clerk.correct("联系电话", "13800000003")
        clerk.answer("施工单位", "某装饰公司")
        clerk.answer("装修内容", "厨卫翻新")
        clerk.wrong("涉及事项", "7 11", "表中没有“11”")
        clerk.answer("涉及事项", "7，以上均无")
        clerk.asks("涉及事项", after="“以上均无”就不能再选其他")
        clerk.correct("涉及事项", "7 wet_room")
        clerk.wrong("开工日", "3月32日", "开工日 应为日期")
        clerk.correct("开工日", "2026-03-16")
        clerk.answer("完工日", "2026.3.1")
        clerk.sees("完工日 2026-03-01 须晚于开工日 2026-03-16")
        clerk.answer("改哪一项", "完工日")
        clerk.correct("完工日", "2026年5月15日")
        clerk.answer("还可以填", "1")
        clerk.wrong("业主书面同意", "maybe", "业主书面同意 应为")
        clerk.correct("业主书面同意", "y")
        clerk.sees("涉及事项      防水层、厨卫移位", "业主书面同意  是")
        clerk.answer("确认申请")
        number = "ZX-" + clerk.ends().split("ZX-")[1].split()[0]
        held = desk.show(number)
        assert held["works"] == ["waterproof", "wet_room"]
        assert (held["applicant_role"], held["owner_consent"]) == ("tenant", True)
        assert held["end_on"] == "2026-05-15"
        desk.clean()

    def test_ctrl_c_among_the_rows_of_a_permit(self, desk: Desk, at: Open) -> None:
        number = bring(desk, "renovation", "approved")
        clerk = at(f"renovation permit {number} --neighbours-told yes --deposit 2000")
        clerk.answer("管理服务协议签订日")
        clerk.answer("禁止行为告知书已签", "是")
        clerk.answer("防火责任书已签", "y")
        clerk.answer("1. 项目", "清运费")
        clerk.wrong("金额(元)", "三百", "金额(元) 应为金额")
        clerk.correct("金额(元)", "300")
        clerk.answer("收据号", "SJ0031")
        clerk.asks("2. 项目")
        clerk.interrupted()

    def test_papers_on_the_list_are_gone_through(self, desk: Desk, at: Open) -> None:
        number = bring(desk, "renovation", "applied")
        clerk = at(f"renovation record-doc {number}")
        clerk.sees("资料 产权或合法证明")
        clerk.wrong("收到日期", "昨日", "收到日期 应为日期")
        clerk.correct("收到日期", "今天")
        for _ in range(3):
            clerk.asks("收到日期", after="资料")
            clerk.type("\r")
        clerk.sees("施工人员身份及工种证件")
        clerk.answer("收到日期", "今天")
        clerk.answer("还可以填")
        clerk.answer("确认收件")
        clerk.ends()
        papers = {row["doc"]: row.get("received_on") for row in desk.show(number)["documents"]}
        assert papers["产权或合法证明"] == papers["施工人员身份及工种证件"] == "2026-03-05"
        assert papers["装修方案图纸"] is None


class TestHandover:
    def test_drawn_up_signed_off_and_taken_over(self, desk: Desk, at: Open) -> None:
        duty = bring(desk, "duty", "opened")
        clerk = at("handover")
        clerk.wrong("交班人", "某某", "“某某”不在人员名单上")
        clerk.correct("交班人", "zm")
        clerk.asks("本班值班记录")
        clerk.type("白班")
        clerk.sees(duty)
        clerk.type("\r")
        clerk.answer("还可以填")
        clerk.answer("确认生成")
        number = "JJ-" + clerk.ends().split("JJ-")[1].split()[0]
        assert desk.show(number)["duty"] == duty

        clerk = at(f"handover offer {number}")
        clerk.answer("接班人", "张敏")
        clerk.sees("接班人不能是交班人本人")
        clerk.answer("改哪一项", "接班人")
        clerk.correct("接班人", "ly")
        clerk.answer("公物桌面整理", "y")
        clerk.answer("还可以填")
        clerk.answer("确认交班签名")
        clerk.ends()
        assert desk.show(number)["incoming"] == "林悦"

        clerk = at(f"handover accept {number} --by 林悦")
        self.count(clerk, "对讲机", "3", "")
        self.count(clerk, "灭火器", "2", "")
        self.count(clerk, "水瓶", "2", "")
        self.count(clerk, "对讲机", "", "一台送修", after="与应有数不符")
        self.count(clerk, "灭火器", "", "", after="一台送修")
        self.count(clerk, "水瓶", "", "", after="一台送修")
        clerk.wrong("接班到岗时间", "八点", "接班到岗时间 应为时间")
        clerk.correct("接班到岗时间", "8:55")
        clerk.answer("已阅上班记录", "y")
        clerk.answer("区域无异常", "n")
        clerk.answer("异常说明", "大堂灯不亮")
        clerk.answer("还可以填")
        clerk.sees("公物 对讲机  实点 3  说明 一台送修")
        clerk.answer("确认接班签名")
        clerk.ends()
        held = desk.show(number)
        assert held["state"] == "accepted"
        assert held["equipment"][0] | {"expected": 4} == {
            "item": "对讲机", "expected": 4, "counted": 3, "note": "一台送修",
        }  # fmt: skip
        desk.clean()

    def count(self, clerk: Terminal, item: str, counted: str, note: str, after: str = "") -> None:
        """Answer for one row; what stands there already is kept for an empty answer."""
        clerk.sees(after or item)
        clerk.until(lambda text: f"公物 {item}" in text[text.rfind(after) if after else 0 :], item)
        clerk.asks("实点", after=f"公物 {item}")
        clerk.type(counted + "\r")
        clerk.asks("说明", after=f"公物 {item}")
        clerk.type(note + "\r")

    def test_ctrl_c_while_counting(self, desk: Desk, at: Open) -> None:
        number = bring(desk, "handover", "offered")
        clerk = at(f"handover accept {number} --by 林悦")
        clerk.asks("实点")
        clerk.type("四\r")
        clerk.sees("实点 应为整数")
        clerk.correct("实点", "4")
        clerk.asks("说明")
        clerk.interrupted()

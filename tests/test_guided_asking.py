"""What a command asks first and last: which record, one of several inputs, and nobody at all."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from conftest import Desk
from scenes import bring, new_unit
from terminal import ERASE, TOP, Open


class TestInputsOfWhichOneIsEnough:
    def test_one_of_two(self, desk: Desk, at: Open) -> None:
        number = bring(desk, "repair", "finished")
        clerk = at(f"repair sign {number} --by 李强")
        clerk.wrong("给出哪一项", "1 2", "请选一项")
        clerk.answer("给出哪一项", "yzqm")
        clerk.answer("业主签名", "刘先生")
        clerk.asks("还可以填")
        assert "未签字原因" not in clerk.text.rpartition("还可以填")[2]
        clerk.answer("还可以填")
        clerk.answer("确认业主签认")
        clerk.ends()
        assert desk.show(number)["signed_by"] == "刘先生"

    def test_at_least_something(self, desk: Desk, at: Open) -> None:
        number = bring(desk, "renovation", "working")
        clerk = at(f"renovation record {number}")
        clerk.answer("给出哪一项", "水井门开启")
        clerk.answer("1. 开启时间", "8:30")
        clerk.wrong("经办", "zj", "赵军  秩序、周洁  财务")
        clerk.correct("经办", "赵")
        clerk.answer("锁闭时间")
        clerk.answer("2. 开启时间")
        clerk.answer("还可以填")
        clerk.answer("确认过程登记")
        clerk.ends()
        (row,) = desk.show(number)["shaft_access"]
        assert row["by"] == "赵军"


class TestAskingForTheRecord:
    def test_a_step_without_a_number_asks_which(self, desk: Desk, at: Open) -> None:
        first = bring(desk, "repair", "received")
        clerk = at("repair dispatch --worker 李强")
        clerk.asks("哪一张维修(服务)任务单")
        clerk.type("a0")
        clerk.sees(first)
        clerk.type("1\r")
        clerk.ends()
        assert desk.show(first)["state"] == "dispatched"

    def test_no_record_is_waiting_for_the_step(self, at: Open) -> None:
        assert "没有可办理“派单”" in at("repair dispatch").ends(3)

    def test_the_form_alone_offers_the_steps_that_are_legal(self, desk: Desk, at: Open) -> None:
        number = bring(desk, "repair", "received")
        clerk = at("repair")
        clerk.sees("未办结 1 张", "1 受理 new", f"2 {number}")
        clerk.wrong("新登记", "BX-000", "没有编号为“BX-000”的")
        clerk.correct("新登记", number[-3:].lower())
        clerk.asks(number)
        clerk.sees("派单 dispatch", "查看 show", "打印 print")
        assert "报价 quote" not in clerk.text
        clerk.answer(number, "派单")
        clerk.answer("维修人员", "吴刚")
        clerk.answer("还可以填")
        clerk.answer("确认派单")
        clerk.ends()
        assert desk.show(number)["worker"] == "吴刚"

    def test_the_form_alone_begins_a_new_record_where_there_is_none(self, at: Open) -> None:
        clerk = at("repair")
        clerk.asks("区域")
        clerk.interrupted()

    def test_a_step_chosen_from_the_list_is_confirmed_even_if_it_wants_nothing(
        self, desk: Desk, at: Open
    ) -> None:
        number = bring(desk, "visit", "answered")
        child = desk.show(number)["children"][0]
        desk.do(f"repair void {child} --reason 重复 --by 王芳")
        clerk = at("visit")
        clerk.answer("新登记", "2")
        clerk.answer(number, "zx")
        clerk.answer("确认注销")
        clerk.ends()
        assert desk.show(number)["state"] == "closed"

    def test_units_are_found_by_number_and_by_the_residents_name(
        self, desk: Desk, at: Open
    ) -> None:
        new_unit(desk, "5-1-302")
        desk.do(
            "resident new --name 何晓 --role owner --unit 5-1-302 --phone 13800000003 "
            "--since 2024-08-01 --consent-on 2024-08-01"
        )
        clerk = at(
            "repair new --area private --place 厨房 --kind leak --reporter 何晓 --request 漏水 "
            "--phone 13800000003"
        )
        clerk.asks("房号")
        clerk.type("5栋1")
        clerk.sees("5-1-302")
        clerk.type(ERASE + "hx")
        clerk.sees("何**")
        clerk.type("\r")
        clerk.answer("还可以填")
        clerk.sees("5-1-302")
        clerk.answer("确认受理")
        clerk.ends()
        assert desk.show("BX-260305-A01")["unit"] == "5-1-302"


class TestWhenNobodyIsAsked:
    def test_nothing_missing_nothing_asked(self, desk: Desk, at: Open) -> None:
        number = bring(desk, "repair", "received")
        text = at(f"repair dispatch {number} --worker 李强").ends()
        assert "? " not in text
        assert desk.show(number)["state"] == "dispatched"

    @pytest.mark.parametrize(
        ("line", "more"),
        [
            ("repair new --area public", {"PMCLI_ASK": "no"}),
            ("repair new --area public", {"TERM": "dumb"}),
            ("repair new --area public --format json", {}),
        ],
    )
    def test_what_is_missing_is_listed(self, at: Open, line: str, more: dict[str, str]) -> None:
        terminal = at(line, **more)
        text = terminal.ends(2)
        assert "缺少 --place 报修位置" in text
        assert "? " not in text
        terminal.untouched()

    def test_without_a_terminal_a_form_alone_shows_its_help(self, desk: Desk) -> None:
        assert "dispatch" in desk.do("repair").out
        assert "缺少 --place" in desk.refused("repair new --area public", 2).err

    def test_a_malformed_option_is_refused_as_ever(self, at: Open) -> None:
        terminal = at("repair new --area public --kind x")
        assert "--kind" in terminal.ends(2)
        terminal.untouched()


def test_everything_fits_a_terminal_of_24_lines(desk: Desk, at: Open) -> None:
    clerk = at("renovation new --unit 3-2-501 --applicant 何女士 --phone 13800000003", rows=24)
    clerk.answer("申请人身份", "1")
    clerk.answer("施工单位", "某装饰公司")
    clerk.answer("装修内容", "厨卫翻新，" * 40)
    clerk.answer("涉及事项", "none")
    clerk.answer("开工日", "2026-03-16")
    clerk.answer("完工日", "2026-05-15")
    clerk.answer("还可以填")
    clerk.sees("确认申请")
    clerk.interrupted()


def test_what_asks_is_loaded_only_for_a_question() -> None:
    code = (
        "import sys, pmcli.cli.commands.new, pmcli.cli.program.form_group\n"
        "print([m for m in ('questionary', 'prompt_toolkit', 'pypinyin') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(TOP)},
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_english_and_no_colour(desk: Desk, at: Open) -> None:
    clerk = at("repair new", PMCLI_LANG="en", NO_COLOR="1")
    clerk.answer("Area", "pub")
    clerk.answer("Place", "lobby")
    clerk.wrong("Kind", "s", "“s” may be:")
    clerk.answer("Kind", "saf")
    clerk.answer("Reporter", "Mr Liu")
    clerk.answer("Request", "Broken lamp")
    clerk.answer("Also")
    clerk.answer("Take")
    clerk.ends()
    assert desk.show("BX-260305-A01")["kind"] == "safety"

"""A notice drafted with a person at a terminal: the variables one by one, each with an example."""

from __future__ import annotations

from conftest import Desk
from terminal import Open

from pmcli.form.text_template import SUFFIX


def test_variables_are_asked_one_by_one_and_times_out_of_order_can_be_changed(
    desk: Desk, at: Open
) -> None:
    clerk = at("notice new water-outage")
    clerk.sees("（例：更换主阀门）")
    clerk.answer("停水原因", "更换主阀门")
    clerk.answer("停水时间", "2026-03-07 17:00")
    clerk.answer("恢复时间", "2026-03-07 09:00")
    clerk.answer("停水范围", "3号楼")
    clerk.answer("停水范围")
    clerk.answer("提示事项", "请提前储水")
    clerk.answer("提示事项")
    clerk.sees("--end 恢复时间", "应晚于 --start 停水时间")
    clerk.answer("改哪一项", "恢复时间")
    clerk.correct("恢复时间", "2026-03-07 19:00")
    clerk.answer("还可以填")
    clerk.asks("确认拟稿")
    clerk.answer("确认拟稿")
    number = clerk.ends().split("TZ-")[1].split()[0]
    held = desk.show(f"TZ-{number}")
    assert "2026年3月7日17:00至19:00" in held["body"]
    assert held["valid_until"] == "2026-03-08"
    desk.clean()


def test_a_span_is_asked_with_an_example_and_corrected(desk: Desk, at: Open) -> None:
    clerk = at("notice new exam-quiet --event 高考 --quiet-hours 12:00至14:00")
    clerk.wrong("起止日期", "六月", "收到“六月”")
    clerk.correct("起止日期", "2026-06-06至6月9日")
    clerk.answer("还可以填")
    clerk.answer("确认拟稿")
    number = clerk.ends().split("TZ-")[1].split()[0]
    assert "2026年6月6日至6月9日" in desk.show(f"TZ-{number}")["body"]


def test_a_faulty_template_is_not_offered_and_hides_no_other(desk: Desk, at: Open) -> None:
    folder = desk.root / "templates" / "notices"
    folder.mkdir(parents=True)
    (folder / f"bad{SUFFIX}").write_text("---\nlabel: 坏\ntitle: 坏\n---\n{% if %}\n", "utf-8")
    desk.git("add", "-A")
    desk.git("commit", "-qm", "template")
    clerk = at("notice new", rows=80)
    clerk.asks("模板")
    clerk.sees("templates/notices/bad.md.j2:5", "计划停水 water-outage")
    clerk.answer("模板", "pets")
    clerk.answer("建议", "出门遛犬请牵好绳")
    clerk.answer("建议")
    clerk.answer("还可以填")
    clerk.answer("确认拟稿")
    clerk.ends()

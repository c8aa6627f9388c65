"""Pages to print: letters, notices, all blocks of a form, and layouts with a record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from conftest import Desk
from layout_scenes import LIBRARY, ready

from pmcli.documents.building import period_page, record_page
from pmcli.documents.page import (
    Block,
    Box,
    Calendar,
    Cell,
    Grid,
    Heading,
    Page,
    Paragraph,
    Signatures,
    Table,
)
from pmcli.documents.period import Period, of_month
from pmcli.documents.prose import prose
from pmcli.documents.subject import Setting
from pmcli.form.theme import Dress
from pmcli.store.unit_of_work import Store

HOSTILE = (
    "<w:p/>", "]]>", "&amp; &#60;", "{{ 1 }} {% x %}", "一\u202e二\u2066三", "\x00\x0b\x1f",
    "🏠👨‍👩‍👧", "#*_@$`~", "长" * 2000, "x" * 2000, "\ud800半", "\ufffe\uffff", "　",
    "第二行\n第三行\t格",
)  # fmt: skip
BODY = """因更换主阀门，需暂时停水。

一、停水时间：3月7日9:00至17:00
（一）范围
1.南门
（1）2单元，**请储水**，*谢谢*。
- 关好龙头

| 项目 | 金额 |
| --- | --- |
| 水费 | 12.00 |

感谢您的支持！

附件：1.停水范围图
2.临时取水点"""


def letter(
    *blocks: Block, theme: str = "house", seal: bool = False, letterhead: bool = False, **more: Any
) -> Page:
    told: dict[str, Any] = {
        "title": "张贴件", "office": "翠湖花园物业服务中心", "phone": "电话 0731-88886666",
        "address": "翠湖路1号", "control": "版本 A 修改 0", "number": "编号 TZ-1",
        "sheet": "第 {page} 页 共 {pages} 页", "paper": "A4", "language": "zh", "plain": True,
        "dated": date(2026, 3, 5), "mark": "TZ-1 0123abcd", "foot": ("拟稿", "审批", "张贴位置"),
    }  # fmt: skip
    dress = Dress(theme=theme, seal=seal, letterhead=letterhead)
    return Page(**{**told, "blocks": blocks, "dress": dress, **more})


def notice(**more: Any) -> Page:
    signed = "翠湖花园物业服务中心\n2026年3月5日"
    return letter(
        Paragraph("客服〔2026〕1号", style="number"),
        Paragraph("关于3号楼停水的通知", style="title"),
        Paragraph("各位业主：", style="opening"),
        prose(BODY),
        Paragraph("联系电话：0731-88886666", style="letter"),
        Paragraph(signed, style="signature"),
        Paragraph("有效期至2026年3月8日", style="validity"),
        **more,
    )


def ruled(*blocks: Block, **more: Any) -> Page:
    return replace(letter(*blocks), **{"plain": False, "title": "维修任务单", "mark": "", **more})


def every_block(text: str = "字") -> tuple[Block, ...]:
    """All kinds of ruled blocks, each with a text of its own."""
    return (
        Grid(2, ((Cell("栏一", text), Cell("栏二", text)), (Cell("栏三", text, 2),)), "标题"),
        Box("说明", text, 3),
        Box("长", text * 700),
        Table((Heading("单号"), Heading("金额", True)), ((text, "1.00"),) * 9, text, totals=True),
        Table((Heading("甲"), Heading("乙")), (("一", "二"),), tight=True),
        Calendar(("岗位", "姓名"), (("1", "日"), ("2", "")), (((text, text), (text, "夜")),), "月",
                 text),
        Paragraph(text, "标题"),
        Grid(1, ((Cell("证号", text),),), "出入证", card=True),
        Grid(1, ((Cell("证号", text),),), "出入证", card=True),
        Signatures(("经办人", "负责人", "业主"), "______ 年 __ 月 __ 日"),
    )  # fmt: skip


def pages_of(desk: Desk, form: str, name: str, language: str) -> Page:
    """A layout with a record that shows it."""
    number = ready(desk, form, name)
    return filled(desk, form, name, number, language)


def setting_of(store: Store, language: str) -> Setting:
    return Setting(store.office, store.present(), store.records, language)


def filled(desk: Desk, form: str, name: str, number: str, language: str = "zh") -> Page:
    store = Store(desk.root)
    layout, setting = LIBRARY.get(form).layouts[name], setting_of(store, language)
    if layout.over is None:
        record = store.records.by_id(number)
        assert record is not None
        return record_page(layout, record, setting)
    days = Period(date(2026, 3, 5), date(2026, 3, 5))
    if layout.over == "month":
        days = of_month(2026, 3, layout.month_begins)
    return period_page(LIBRARY.get(form), layout, days, setting)

"""Every layout of every form, filled and blank, in text and in HTML, in both languages."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from conftest import Desk
from layout_scenes import LAYOUTS, LIBRARY, STATES, ready
from ruled_text import paragraph_page, sheets_of, well_ruled
from scenes import bring

from pmcli.documents.building import blank_page
from pmcli.documents.columns import columns_of
from pmcli.documents.html import html
from pmcli.documents.page import Calendar, Cell, Grid, Heading, Paragraph, Signatures, Table
from pmcli.documents.subject import Setting
from pmcli.documents.text import LINES, text_page
from pmcli.documents.text_sheets import WIDTH
from pmcli.documents.widths import widths
from pmcli.form import parts as forms
from pmcli.form.layouts import Layout
from pmcli.form.model import Form
from pmcli.store.office import built_in_folder
from pmcli.store.unit_of_work import Store

DOCUMENTS = {
    "complaint": "JYHT-KF-10", "patrol": "JYHT-KF-25", "renovation": "JYHT-KF-08",
    "repair": "JYHT-KF-24", "violation": "JYHT-KF-26", "visit": "JYHT-KF-22",
    "revisit": "JYHT-KF-11", "unit": "JYHT-KF-07", "resident": "JYHT-KF-07",
}  # fmt: skip
TITLES = {
    ("visit", "record"): "业主接待记录表", ("rework", "slip"): "物业返修联系单",
    ("rework", "urge"): "催办函", ("repair", "order"): "维修(服务)任务单",
    ("repair", "rectify"): "整改通知单", ("complaint", "monthly"): "投诉情况月汇总表",
    ("revisit", "record"): "回访记录", ("duty", "log"): "服务中心值班记录",
    ("handover", "record"): "服务中心交接班记录表", ("patrol", "round"): "每日巡视记录",
    ("renovation", "application"): "装修申请表", ("renovation", "permit"): "施工许可证",
    ("renovation", "pass"): "出入证", ("renovation", "acceptance"): "装修验收表",
    ("renovation", "refund"): "退款单", ("violation", "notice"): "违章整改通知书",
    ("violation", "report"): "违章情况报告", ("notice", "register"): "张贴登记",
    ("unit", "card"): "房产档案卡", ("resident", "registration"): "业主(住户)登记表",
}  # fmt: skip
PRIVATE = re.compile("刘先生|何女士|何工|王女士|丁先生|孙工|138000000\\d\\d")
"""The people of scenes.py, and their telephones."""
LEFTOVERS = re.compile(r"\{\{|\}\}|\{%|%\}|\bNone\b|Undefined")
VOID = {"meta", "col", "br"}


class WellFormed(HTMLParser):
    """Fails where a tag is closed that is not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, (tag, self.getpos())


def sound_html(html: str) -> None:
    """Well formed, in one file, with page x of y and no template text left."""
    reader = WellFormed()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    assert not re.search(r"https?:|src=|url\(|@import|<link|<script", html)
    assert "counter(page)" in html and "counter(pages)" in html
    body = html[html.index("<body>") :]
    assert not LEFTOVERS.search(body), LEFTOVERS.search(body)
    assert body.count("<tr") == body.count("</tr>")


def sound_text(text: str, layout: Layout, language: str) -> None:
    """Ruled, inside 78 columns and the sheet's lines, each sheet numbered in its copy."""
    sheets = well_ruled(text, LINES[layout.paper])
    each = len(sheets) // max(len(layout.copies), 1)
    for index, sheet in enumerate(sheets):
        page = index % each + 1
        of = f"第 {page} 页 共 {each} 页" if language == "zh" else f"Page {page} of {each}"
        assert sheet[-1].endswith(of)
    assert not LEFTOVERS.search(text), LEFTOVERS.search(text)


def controlled(text: str, form: Form, language: str) -> None:
    """Version, revision and, where the manual has one, the document's number."""
    document = DOCUMENTS.get(form.name)
    version = "版本 A 修改 0" if language == "zh" else "Version A Revision 0"
    assert version in text
    assert (document in text) if document else ("JYHT" not in text)


def printed(desk: Desk, form: str, layout: str, number: str, options: str = "") -> tuple[str, str]:
    """A layout as text and as HTML."""
    over = LIBRARY.get(form).layouts[layout].over
    month = desk.show(number)["created_at"][:7]
    what = {None: number, "month": f"--month {month}", "day": f"--date {month}-05"}[over]
    line = f"{form} print {what} --layout {layout} {options}"
    return desk.do(line).out, desk.do(f"{line} --format html").out


def test_every_form_has_a_layout_and_every_title_stands_as_the_manuals_have_it() -> None:
    assert {form for form, _layout in LAYOUTS} == set(STATES)
    for (form, layout), title in TITLES.items():
        assert title in LIBRARY.get(form).layouts[layout].title.zh
    first = {form: next(iter(LIBRARY.get(form).layouts)) for form in STATES}
    for form, layout in first.items():
        assert (form, layout) in TITLES or layout in ("record", "grid", "notice", "wall")


@pytest.mark.parametrize(("form", "layout"), LAYOUTS)
def test_a_filled_page(form: str, layout: str, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shape = LIBRARY.get(form).layouts[layout]
    number = ready(desk, form, layout)
    for language in ("zh", "en"):
        monkeypatch.setenv("PMCLI_LANG", language)
        text, html = printed(desk, form, layout, number)
        sound_text(text, shape, language)
        sound_html(html)
        controlled(text, LIBRARY.get(form), language)
        assert shape.over is not None or (number in text and number in html)
        squeezed = re.sub(r"[\s│]", "", text)
        for part in shape.parts:
            for label in (
                part.labels if isinstance(part, forms.Signatures) and part.when is None else ()
            ):
                assert re.sub(r"\s", "", label.text(language)) in squeezed
                assert label.text(language) in html
    monkeypatch.setenv("PMCLI_LANG", "zh")
    if shape.posted:
        assert not PRIVATE.search(text) and not PRIVATE.search(html)
    for shown in printed(desk, form, layout, number, "--public"):
        assert not PRIVATE.search(shown), PRIVATE.search(shown)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_empty_form(language: str, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PMCLI_LANG", language)
    store = Store(desk.root)
    setting = Setting(store.office, store.present(), store.records, language)
    for form, name in LAYOUTS:
        shape = LIBRARY.get(form).layouts[name]
        page = blank_page(LIBRARY.get(form), shape, setting)
        text = text_page(page)
        sound_text(text, shape, language)
        sound_html(html([page], None, built_in_folder("templates")))
        controlled(text, LIBRARY.get(form), language)


def test_the_door_sheet_names_nobody(desk: Desk) -> None:
    number = bring(desk, "renovation", "permitted")
    for shown in printed(desk, "renovation", "permit", number):
        assert "装许〔2026〕" in shown and "3-2-501" in shown
        assert not PRIVATE.search(shown)


def test_the_roster_has_a_column_for_each_day_and_the_wall_copy_no_phones(desk: Desk) -> None:
    number = bring(desk, "roster", "published")
    text, html = printed(desk, "roster", "grid", number)
    days = [cell.strip() for line in text.split("\n") for cell in line.split("│")]
    assert all(str(day) in days for day in range(1, 32))
    assert html.count("<td>白</td>") == 31
    assert "A4 landscape" in html
    assert "13800000011" in text and text.index("13800000011") > text.index("白")
    for shown in printed(desk, "roster", "wall", number):
        assert "1380000" not in shown and "郑经理" in shown and "编制" in shown


def test_entries_are_numbered_and_say_which_one_they_correct(desk: Desk) -> None:
    number = bring(desk, "duty", "opened")
    desk.do(f"duty add {number} --kind fault --content 道闸抬杆后不落 --unit 3-2-501")
    desk.do(f"duty add {number} --kind correction --content 应为南门道闸 --corrects 1")
    text, html = printed(desk, "duty", "log", number)
    assert re.search(r"│ +1 │ 2026-03-05 09:00 +│ 设备故障 +│ 道闸抬杆后不落", text)
    assert re.search(r"│ +2 │ .*│ 更正 +│ 应为南门道闸", text)
    for words in ("房号 3-2-501", "更正 1"):
        assert words in text and words in html
    assert "有权调动各部门当班人员" in text


def test_the_manager_signs_a_handover_where_leave_was_given(desk: Desk) -> None:
    number = bring(desk, "handover", "drafted")
    plain = desk.do(f"handover print {number}").out
    assert "项目经理（准予带交）" not in plain
    desk.do(f"handover offer {number} --incoming 林悦 --tidy yes --leave-ok-by 陈立")
    leave = desk.do(f"handover print {number}").out
    assert "项目经理（准予带交）" in leave
    assert leave.count("接班人 ") == plain.count("接班人 ")
    blank = desk.do("handover print --layout blank").out
    assert blank.count("项目经理（准予带交）") == 1


def test_seven_points_stand_on_the_empty_round_and_children_on_the_filled_one(desk: Desk) -> None:
    blank = desk.do("patrol print --layout blank").out
    points = LIBRARY.get("patrol").fields["point"].choices.values()
    assert len(points) == 7
    assert all(label.zh in blank for label in points)
    number = bring(desk, "patrol", "opened")
    made = desk.do(
        f"patrol check {number} --point shared_facilities --finding abnormal --problem defect "
        "--kind drains --place 3栋前 --detail 雨水沟堵塞"
    ).made
    text = desk.do(f"patrol print {number}").out
    assert made[0] in text and "处置 报修" in text and "雨水沟堵塞" in text


def test_every_worker_has_a_pass_of_his_own(desk: Desk) -> None:
    number = bring(desk, "renovation", "permitted")
    desk.do(f"renovation start {number} --permit-posted yes --extinguishers 2")
    desk.do(f"renovation record {number} --passes pass_no=002,name=丁先生,trade=油漆")
    text, html = printed(desk, "renovation", "pass", number)
    assert html.count('class="grid card"') == 2
    for who in ("何工", "丁先生"):
        assert text.count(who) == 2
    cards = text[text.index("发证人") :]
    assert cards.count("3-2-501") == cards.count("某装饰公司") == 2


def test_a_refund_itemises_what_is_taken_off(desk: Desk) -> None:
    number = bring(desk, "renovation", "accepted")
    desk.do(
        ["renovation", "recheck", number, "--recheck-result", "pass_deduct", "--reason", "提前",
         "--deductions", "item=墙面刮花,amount=180,evidence=照片 2 张,from=owner",
         "--passes", "pass_no=001,returned_on=2026-03-05", "--by", "陈立"]
    )  # fmt: skip
    text, html = printed(desk, "renovation", "refund", number)
    for words in ("墙面刮花", "180.00", "照片 2 张", "出入证押金 20.00 元", "扣款 180.00 元"):
        assert words in text and words in html
    assert "1840.00" in text


def test_a_slip_in_two_copies(desk: Desk) -> None:
    number = bring(desk, "rework", "accepted")
    text, html = printed(desk, "rework", "slip", number)
    sheets = sheets_of(text)
    assert len(sheets) == 2
    assert "物业留存" in sheets[0][-1] and "售后留存" in sheets[1][-1]
    assert sheets[0][:-1] == sheets[1][:-1]
    assert html.count("<h1>") == 2 and html.count(' next"') == 1


def test_a_notice_on_the_wall_is_set_as_a_letter(desk: Desk) -> None:
    number = bring(desk, "notice", "posted")
    text, html = printed(desk, "notice", "wall", number)
    lines = text.split("\n")
    title = next(line for line in lines if "关于文明养犬的温馨提示" in line)
    assert len(title) - len(title.lstrip()) == (WIDTH - columns_of(title.strip())) // 2
    assert "尊敬的业主：" in lines
    assert any(line.startswith("　　近期园区") for line in lines)
    signed = next(i for i, line in enumerate(lines) if line.endswith("翠湖花园物业服务中心"))
    assert lines[signed].startswith(" " * 20) and lines[signed + 1].endswith("2026年3月5日")
    assert "有效期至2026年3月31日" in text and "客服〔2026〕1号" in text
    assert "<h1>" not in html and 'class="title-line"' in html and 'class="letter"' in html


def test_what_a_layout_misspells_is_named(desk: Desk) -> None:
    forms = desk.root / "forms"
    forms.mkdir(exist_ok=True)
    (forms / "repair.yaml").write_text(
        "form: repair\nextends: repair\nprints:\n  wall:\n    title: 公示 | Posted\n    parts:\n"
        "    - {rows: materials, beneath: [nonsense]}\n",
        "utf-8",
    )
    (forms / "visit.yaml").write_text(
        "form: visit\nextends: visit\nprints:\n  wall:\n    title: 公示 | Posted\n    parts:\n"
        "    - {paragraph: 字, style: huge}\n",
        "utf-8",
    )
    found = desk("forms check")
    assert found.code == 1
    for words in ("forms/repair.yaml:7", "nonsense", "forms/visit.yaml:7", "huge", "signature"):
        assert words in found.out + found.err


@pytest.mark.parametrize("count", [1, 20, 44, 45, 46, 60, 200])
def test_long_tables_repeat_their_heads_and_lose_no_row(count: int) -> None:
    rows = tuple((f"BX-{i:03}", "配电箱冒烟", "是") for i in range(count))
    table = Table((Heading("单号"), Heading("事项"), Heading("重要")), rows, "未完事项")
    signatures = Signatures(("交班人", "接班人"), "______ 年 __ 月 __ 日")
    sheets = well_ruled(text_page(paragraph_page(table, signatures)))
    for sheet in sheets:
        body = "\n".join(sheet)
        assert "单号" in body and "事项" in body and "BX-" in body
    whole = "\n".join("\n".join(sheet) for sheet in sheets)
    assert [f"BX-{i:03}" for i in range(count)] == re.findall(r"BX-\d{3}", whole)
    assert "交班人" in "\n".join(sheets[-1])
    assert all(len(sheet) == LINES["A4"] for sheet in sheets[:-1])


@pytest.mark.parametrize("days", [28, 29, 30, 31])
def test_a_month_is_two_halves_in_text(days: int) -> None:
    rows = ((("前台", "张敏"), ("白",) * days), (("秩序", "欧阳文秀"), ("夜白",) * days))
    month = tuple((str(day), "一") for day in range(1, days + 1))
    page = paragraph_page(Calendar(("岗位", "值班人"), month, rows, "班次", "白 白班"))
    (sheet,) = well_ruled(text_page(page))
    text = "\n".join(sheet)
    assert text.count("岗位") == text.count("张敏") == 2
    assert text.count("夜") == days
    assert text.count("白") == 2 * days + 2


def test_a_grid_gives_up_a_column_where_its_cells_do_not_fit() -> None:
    def lines(value: str) -> list[str]:
        row = tuple(Cell(label, value) for label in ("登记时间", "交班时间", "接班时间"))
        return text_page(paragraph_page(Grid(3, (row,)))).split("\n")

    assert sum("时间" in line for line in lines("张敏")) == 1
    wide = [line for line in lines("2026-03-05 20:10") if "时间" in line]
    assert len(wide) == 2 and wide[0].count("2026-03-05 20:10") == 2


def test_short_values_stay_whole_where_a_long_one_can_give_way() -> None:
    heads = tuple(map(Heading, ("序号", "时间", "内容", "记录人")))
    table = Table(heads, (("1", "2026-03-05 08:00", "区域经理来电" * 20, "张敏"),))
    found = widths(table, 60)
    assert sum(found) == 60
    assert found[1] >= 16 and found[3] >= 6 and found[2] > found[1]


def test_an_empty_table_has_room_for_its_kind_of_value() -> None:
    heads = (Heading("时间", room=16), Heading("内容", room=32), Heading("是", room=0))
    found = widths(Table(heads, (("", "", ""),) * 3, to_fill=True), 60)
    assert found[1] > found[0] > found[2]


def test_a_choice_to_tick_is_not_torn() -> None:
    ticks = "　".join(f"□违规封闭阳台{n}" for n in range(9))
    text = text_page(paragraph_page(Grid(1, ((Cell("类别", ticks),),)), Paragraph(ticks)))
    for n in range(9):
        assert text.count(f"□违规封闭阳台{n}") == 2

"""Printed pages: what stands on them, in text and in HTML, for people and for walls."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import Desk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruled_text import paragraph_page, well_ruled
from scenes import bring, new_unit

from pmcli.documents import period
from pmcli.documents.columns import wrap
from pmcli.documents.html import css_text
from pmcli.documents.page import Box, Calendar, Cell, Grid, Heading, Paragraph, Signatures, Table
from pmcli.documents.tally import rate
from pmcli.documents.text import LINES, text_page
from pmcli.form import parts as forms
from pmcli.form.parts import STYLES
from pmcli.store.office import load_library

BUILT_IN = load_library(None)
SINGLE = [
    (form, layout.name)
    for form in BUILT_IN.names
    for layout in BUILT_IN.get(form).layouts.values()
    if layout.over is None and layout.where is None
]
OVER = [
    (form, layout.name)
    for form in BUILT_IN.names
    for layout in BUILT_IN.get(form).layouts.values()
    if layout.over is not None
]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", BUILT_IN.names)
def test_blank_form_needs_no_number(
    form: str, language: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PMCLI_LANG", language)
    layout = next(one for one in BUILT_IN.get(form).layouts.values() if not one.plain)
    text = desk.do(f"{form} print --layout blank").out
    well_ruled(text, LINES[layout.paper])
    squeezed = text.replace(" ", "")
    assert layout.title.text(language).replace(" ", "") in squeezed
    assert ("版本A修改0" if language == "zh" else "VersionARevision0") in squeezed
    for part in layout.parts:
        for label in part.labels if isinstance(part, forms.Signatures) else ():
            assert wrap(label.text(language), 20)[0] in text
    page = desk.do(f"{form} print --layout blank --format html").out
    assert layout.title.text(language) in page


def test_blank_form_offers_choices_to_tick_and_dates_to_fill(desk: Desk) -> None:
    text = desk.do("repair print --layout blank").out
    assert "□一般" in text and "□急修" in text
    assert re.search(r"年\s+月\s+日\s+：", text)
    assert "□是" in desk.do("complaint print --layout blank").out
    english = Desk(desk.root, desk._patch)
    desk._patch.setenv("PMCLI_LANG", "en")
    assert "□urgent" in english.do("repair print --layout blank").out


@pytest.mark.parametrize(("form", "layout"), SINGLE)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_layout_prints_what_every_record_must_show(
    form: str, layout: str, language: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = "planned" if form == "revisit" else next(iter(BUILT_IN.get(form).states))
    number = bring(desk, form, state)
    monkeypatch.setenv("PMCLI_LANG", language)
    paper = BUILT_IN.get(form).layouts[layout].paper
    text = desk.do(f"{form} print {number} --layout {layout}").out
    page = desk.do(f"{form} print {number} --layout {layout} --format html").out
    title = BUILT_IN.get(form).layouts[layout].title.text(language)
    sheets = well_ruled(text, LINES[paper])
    for i, sheet in enumerate(sheets, start=1):
        assert number in "\n".join(sheet[:5])
        assert "翠湖花园物业服务中心" in "\n".join(sheet)
        assert "0731-88886666" in sheet[-1]
        each = len(sheets) // max(len(BUILT_IN.get(form).layouts[layout].copies), 1)
        at = (i - 1) % each + 1
        of = f"第 {at} 页 共 {each} 页" if language == "zh" else f"Page {at} of {each}"
        assert sheet[-1].endswith(of)
    for part in (title, number, "翠湖花园物业服务中心", "counter(page)", "counter(pages)"):
        assert part in page
    assert "0731-88886666" in page or "0731\\00002d88886666" in page
    assert f"size: {paper}" in page


def test_repair_order_from_call_to_receipt(desk: Desk) -> None:
    number = desk.do(
        "repair new --area private --unit 3-2-501 --phone 13800000001 --place 厨房 "
        "--kind plumbing --reporter 刘先生 --request 角阀漏水"
    ).id
    desk.clock("2026-03-05 09:20")
    desk.do(f"repair dispatch {number} --worker 李强")
    desk.clock("2026-03-06 11:21")
    desk.do(f"repair arrive {number} --by 李强")
    desk.clock("2026-03-06 13:26")
    desk.do(f"repair quote {number} --quote-items item=换角阀,qty=2,unit_price=35 --by 李强")
    text = desk.do(f"repair print {number}").out
    well_ruled(text)
    assert "JYHT-KF-24　版本 A 修改 0" in text
    rows = [re.split(r"\s*│\s*", line.strip("│ ")) for line in text.split("\n")]
    assert ["维修类别", "给排水"] in [row[2:4] for row in rows]
    assert ["报修人", "刘先生", "联系电话", "13800000001"] in rows
    assert ["换角阀", "2", "35.00"] in [row[:3] for row in rows]
    assert ["派单", "张敏", "2026-03-05 09:20", "20 分钟"] in rows
    assert ["到场", "李强", "2026-03-06 11:21", "1 天 2 小时"] in rows
    assert ["报价", "李强", "2026-03-06 13:26", "2 小时 5 分钟"] in rows
    assert ["收费性质", "有偿", "报价金额(元)", "70.00"] in rows
    for label in ("维修人员", "业主（认可报价）", "业主（验收签认）", "收款人", "财务"):
        assert label in text[text.index("办理经过") :]


def test_a_part_stands_only_where_its_condition_holds(desk: Desk) -> None:
    free = bring(desk, "repair", "void")
    paid = bring(desk, "repair", "closed")
    assert "报价明细" not in desk.do(f"repair print {free}").out
    assert "报价明细" in desk.do(f"repair print {paid}").out


def test_visit_shows_request_referral_and_answer(desk: Desk) -> None:
    number = bring(desk, "visit", "answered")
    child = desk.show(number)["children"][0]
    text = desk.do(f"visit print {number}").out
    for part in ("厨房水管漏水", child, "已受理", "维修已派单", "接待人", "责任部门", "客服主管"):
        assert part in text
    assert "业主接待记录表" in text.replace(" ", "")


def test_rectification_notice_only_after_a_redo(desk: Desk) -> None:
    number = bring(desk, "repair", "signed")
    refusal = desk.refused(f"repair print {number} --layout rectify", 4)
    assert "整改通知单" in refusal.err
    assert refusal.out == ""
    desk.do(["repair", "redo", number, "--reason", "接口仍滴水"])
    text = desk.do(f"repair print {number} --layout rectify").out.replace("\n", "")
    assert "接口仍滴水" in text
    assert "李强：" in text
    assert "签发人" in text


def test_public_print_leaves_personal_data_out(desk: Desk) -> None:
    desk.do(
        "repair new --area private --unit 3-2-501 --phone 13800000001 --place 厨房 "
        "--kind plumbing --reporter 刘先生 --request 角阀漏水"
    )
    number = "BX-260305-A01"
    for shown in ("txt", "html"):
        full = desk.do(f"repair print {number} --format {shown}").out
        public = desk.do(f"repair print {number} --format {shown} --public").out
        assert "刘先生" in full and "13800000001" in full and "联系电话" in full
        assert "刘先生" not in public and "13800000001" not in public
        assert "联系电话" not in public
        assert "角阀漏水" in public
    bring(desk, "resident", "active")
    card = desk.do("unit print 3-2-501 --public").out
    assert "13800000001" not in card and "3-2-501" in card
    assert "13800000001" in desk.do("unit print 3-2-501").out


def test_posted_layout_leaves_personal_data_out(desk: Desk) -> None:
    forms = desk.root / "forms"
    forms.mkdir(exist_ok=True)
    (forms / "visit.yaml").write_text(
        "form: visit\nextends: visit\nprints:\n  wall:\n    title: 公示 | Posted\n"
        "    posted: true\n"
        "    parts:\n    - fields: [visitor, phone, category]\n"
        "    - paragraph: 来访人 {{ visitor }} | By {{ visitor }}\n",
        "utf-8",
    )
    number = bring(desk, "visit", "received")
    text = desk.do(f"visit print {number} --layout wall").out
    assert "刘先生" not in text and "13800000001" not in text
    assert "报修" in text


def test_resident_registration_carries_the_privacy_notice(desk: Desk) -> None:
    number = bring(desk, "resident", "active")
    text = desk.do(f"resident print {number}").out
    for part in ("个人信息告知书", "单独同意", "删除", "刘先生", "13800000001"):
        assert part in text
    assert text.index("个人信息告知书") < text.index("建档人")


def test_unit_history_lists_every_record_by_date_closed_ones_too(desk: Desk) -> None:
    desk.clock("2026-03-04 10:00")
    early = bring(desk, "complaint", "void")
    desk.clock("2026-03-05 10:00")
    visit = bring(desk, "visit", "referred")
    child = desk.show(visit)["children"][0]
    person = bring(desk, "resident", "active")
    new_unit(desk)
    text = desk.do("unit print 3-2-501 --layout history").out
    assert text.index(early) < text.index(visit)
    assert child in text
    assert person not in text
    assert "门岗态度生硬" in text.replace("\n", "")
    other = desk.do("unit print 5-1-302 --layout history").out
    assert early not in other and "无" in other


def test_monthly_summary_runs_from_the_25th_and_shows_both_numbers(desk: Desk) -> None:
    desk.clock("2026-02-24 09:00")
    before = bring(desk, "complaint", "closed")
    desk.clock("2026-02-25 09:00")
    first = bring(desk, "complaint", "closed")
    desk.clock("2026-03-24 22:00")
    last = bring(desk, "complaint", "closed")
    desk.clock("2026-03-25 00:00")
    after = bring(desk, "complaint", "closed")
    new_unit(desk)
    text = desk.do("complaint print --layout monthly --month 2026-03").out
    well_ruled(text)
    assert "期间 2026-02-25 至 2026-03-24" in text
    assert first in text and last in text
    assert before not in text and after not in text
    rows = [re.split(r"\s*│\s*", line.strip("│ ")) for line in text.split("\n")]
    assert ["秩序", "2", *["0"] * 7, "2"] in rows
    assert ["合计", "2", *["0"] * 7, "2"] in rows
    assert ["有效投诉占比（有效 ÷ 已结案）", "2", "2", "100.0%"] in rows
    assert ["有效投诉率（有效 ÷ 户数）", "2", "2", "1000.00‰"] in rows
    assert desk.do("complaint print --layout monthly --date 2026-03-24").out == text
    empty = desk.do("complaint print --layout monthly --month 2025-01").out
    assert ["有效投诉占比（有效 ÷ 已结案）", "0", "0", "—"] in [
        re.split(r"\s*│\s*", line.strip("│ ")) for line in empty.split("\n")
    ]
    page = desk.do("complaint print --layout monthly --month 2026-03 --format html").out
    assert first in page and before not in page


def test_register_of_a_month(desk: Desk) -> None:
    done = bring(desk, "revisit", "done")
    text = desk.do("revisit print --layout register --month 2026-03").out
    assert done in text and "满意" in text and "100.0%" in text
    assert done not in desk.do("revisit print --layout register --month 2026-04").out


def test_an_unreadable_record_is_named_and_the_page_says_findings(desk: Desk) -> None:
    number = bring(desk, "complaint", "closed")
    path = desk.root / desk.show(number)["path"]
    path.write_text("---\nbroken", "utf-8")
    result = desk("complaint print --layout monthly --month 2026-03")
    assert result.code == 1
    assert number in result.err
    assert "投 诉 情 况 月 汇 总 表" in result.out


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("repair print BX-260305-A01 --layout nonsense", 2),
        ("repair print BX-260305-A01 --format nonsense", 2),
        ("repair print", 2),
        ("repair print BX-260305-A01 --month 2026-03", 2),
        ("complaint print --layout monthly", 2),
        ("complaint print --layout monthly --month 2026-13", 2),
        ("complaint print --layout monthly --date someday", 2),
        ("complaint print --layout monthly --month 2026-03 --date 2026-03-01", 2),
        ("complaint print TS-260305-A01 --layout monthly --month 2026-03", 2),
        ("repair print BX-260305-A99", 3),
    ],
)
def test_what_cannot_be_printed_is_refused(line: str, code: int, desk: Desk) -> None:
    bring(desk, "repair", "received")
    bring(desk, "complaint", "received")
    refused = desk.refused(line, code)
    assert refused.out == "" and refused.err


@pytest.mark.parametrize("shown", ["txt", "html"])
def test_reruns_are_the_same_to_the_byte(shown: str, desk: Desk, tmp_path: Path) -> None:
    number = bring(desk, "repair", "closed")
    first = desk.do(f"repair print {number} --format {shown}").out
    desk.clock("2027-09-09 23:59")
    target = tmp_path / "out" / f"paper.{shown}"
    target.parent.mkdir()
    result = desk.do(["repair", "print", number, "--format", shown, "-o", str(target)])
    assert result.out == ""
    assert target.read_bytes() == first.encode()
    assert "2027" not in first
    desk.clean()


def test_html_takes_no_markup_from_values_and_nothing_from_elsewhere(desk: Desk) -> None:
    words = '<script>alert(1)</script> & "引号" </style>'
    number = desk.do(
        ["repair", "new", "--area", "public", "--place", "<b>大堂</b>", "--kind", "other",
         "--reporter", "保安", "--request", words]
    ).id  # fmt: skip
    page = desk.do(f"repair print {number} --format html").out
    assert "<script" not in page and "<b>大堂" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;引号&#34;" in page
    assert page.count("</style>") == 1
    assert not re.search(r"https?:|src=|url\(|@import|<link", page)
    assert "break-inside: avoid" in page and "table-header-group" in page


def test_css_strings_cannot_be_left() -> None:
    hostile = 'a"b\\</style>中\n'
    assert css_text(hostile) == '"a\\000022b\\00005c\\00003c\\00002fstyle\\00003e中\\00000a"'


def test_an_office_changes_the_template(desk: Desk) -> None:
    number = bring(desk, "repair", "received")
    folder = desk.root / "templates"
    folder.mkdir()
    template = folder / "print.html.j2"
    template.write_text(
        '{% extends "builtin/print.html.j2" %}\n{% block head %}<h1>本处 {{ page.title }}</h1>'
        "{% endblock %}\n",
        "utf-8",
    )
    page = desk.do(f"repair print {number} --format html").out
    assert "<h1>本处 维修(服务)任务单</h1>" in page
    assert "角阀漏水" in page and "counter(pages)" in page
    template.write_text("{{ page.title }}\n{{ page.nonsense }}\n", "utf-8")
    broken = desk(f"repair print {number} --format html")
    assert broken.code == 1
    assert "templates/print.html.j2:2" in broken.err
    template.write_text("{{ ''.__class__.__mro__ }}", "utf-8")
    assert desk(f"repair print {number} --format html").code == 1
    template.write_text("{% if %}", "utf-8")
    assert "templates/print.html.j2:1" in desk(f"repair print {number} --format html").err


def test_a_long_page_takes_several_sheets(desk: Desk) -> None:
    words = "\n".join(f"第 {i} 行：走廊的灯一直不亮，请尽快修理。" for i in range(150))
    number = desk.do(
        ["repair", "new", "--area", "public", "--place", "走廊", "--kind", "electrical",
         "--reporter", "保安", "--request", words]
    ).id  # fmt: skip
    text = desk.do(f"repair print {number}").out
    sheets = well_ruled(text)
    assert len(sheets) > 3
    assert all(len(sheet) == LINES["A4"] for sheet in sheets[:-1])
    for i in range(150):
        assert f"第 {i} 行" in text
    assert all(number in "".join(sheet[:5]) for sheet in sheets)


def test_table_heads_are_repeated_and_rows_stay_whole() -> None:
    rows = tuple((f"甲{i}", f"第一行{i}\n第二行{i}") for i in range(60))
    table = Table((Heading("名称"), Heading("内容")), rows, "清单")
    sheets = well_ruled(text_page(paragraph_page(table)))
    assert len(sheets) > 1
    for sheet in sheets:
        body = "\n".join(sheet)
        assert "名称" in body and "内容" in body
        for i in range(60):
            assert (f"第一行{i} " in body) == (f"第二行{i} " in body)
    assert sum("清单" in "\n".join(sheet) for sheet in sheets) == 1


@pytest.mark.parametrize("rows", range(15, 30))
def test_signatures_keep_with_what_precedes(rows: int) -> None:
    grid = Grid(1, tuple((Cell("项", f"值{i}"),) for i in range(rows)))
    signatures = Signatures(("甲", "乙"), "__ 年 __ 月 __ 日")
    sheets = well_ruled(text_page(paragraph_page(grid, signatures)))
    last = "\n".join(sheets[-1])
    assert "甲" in last and f"值{rows - 1} " in last
    assert last.count("年") == 2


def test_a5_is_shorter() -> None:
    page = paragraph_page(Paragraph("\n".join("字" for _ in range(50))), paper="A5")
    assert [len(sheet) <= 40 for sheet in well_ruled(text_page(page), 40)] == [True, True]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=90), min_size=1, max_size=6))
def test_any_text_stays_inside_its_rules(texts: list[str]) -> None:
    blocks = (
        Grid(3, (tuple(Cell(texts[0][:9], texts[-1]) for _ in range(3)),)),
        Grid(2, ((Cell(texts[0], texts[-1]), Cell("标", texts[0])), (Cell("宽", texts[-1], 2),))),
        Box(texts[0][:30], texts[-1], 2),
        Table(tuple(Heading(t) for t in texts), (tuple(texts), tuple(reversed(texts)))),
        Calendar((texts[0], "人"), (("1", texts[0]),) * 28, (((texts[0], ""), (texts[-1],) * 28),)),
        *(Paragraph(texts[0], style=style) for style in STYLES),
        Signatures(tuple(texts), "日期"),
    )
    well_ruled(text_page(paragraph_page(*blocks)))


def test_lines_break_where_chinese_allows() -> None:
    assert wrap("他说：“好”。请看", 8) == ["他说：", "“好”。请", "看"]
    assert wrap("甲乙丙，丁", 6) == ["甲乙", "丙，丁"]
    assert wrap("BX-260305-A01 ok", 10) == ["BX-260305-", "A01 ok"]
    assert wrap("a\x1b[31mb\u2028c\td", 20) == ["a[31mb c d"]


def test_months_that_begin_on_the_25th() -> None:
    march = period.of_month(2026, 3, 25)
    assert (march.begins, march.ends) == (date(2026, 2, 25), date(2026, 3, 24))
    january = period.of_month(2026, 1, 25)
    assert january.begins == date(2025, 12, 25)
    assert period.of_month(2024, 2).ends == date(2024, 2, 29)
    assert period.parse_month("2026年3月") == period.parse_month("2026-03") == (2026, 3)
    for text in ("2026-13", "2026", "03-2026", "2026-00"):
        with pytest.raises(ValueError):
            period.parse_month(text)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 31))
def test_every_day_is_in_exactly_one_month(day: date, begins: int) -> None:
    home = period.containing(day, begins)
    assert day in home
    following = period.containing(date.fromordinal(home.ends.toordinal() + 1), begins)
    assert following.begins.toordinal() == home.ends.toordinal() + 1


def test_rates() -> None:
    assert rate(Decimal(1), Decimal(3), "%") == "33.3%"
    assert rate(Decimal(1), Decimal(850), "‰") == "1.18‰"
    assert rate(Decimal(3), Decimal(0), "%") == "—"

"""Notices and letters as text, HTML and chat messages; their titles, signatures and codes."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from conftest import Desk
from hypothesis import given, settings
from hypothesis import strategies as st
from ruled_text import well_ruled
from scenes import bring

from pmcli.documents.code import matrix, outline
from pmcli.documents.columns import columns_of
from pmcli.documents.html import html as html_file
from pmcli.documents.html import signature
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
from pmcli.documents.prose import prose
from pmcli.documents.text import LINES, text_page
from pmcli.documents.text_sheets import WIDTH
from pmcli.documents.titles import title_lines
from pmcli.documents.wechat import wechat
from pmcli.form.theme import THEMES, Dress
from pmcli.store.office import built_in_folder

BODY = """因更换主阀门，需暂时停水。

一、停水时间：2026年3月7日9:00至17:00

1. 带证件：

- 身份证或者其他能够说明您住在本小区的证明，例如租赁合同、收房凭证、水电费账单等等材料

| 项目 | 单价（元） | 说明 |
|---|--:|---|
| 月卡 | 30.00 | 不限次数 |
| 日卡 | 2.00 |  |

附件：1.停水范围示意图和各楼栋临时取水点平面图以及送水车辆行驶路线图（第三次修订稿）

2.登记表"""
TITLE = "关于开展夏季小区绿化带灌溉设备和喷淋管线集中检修养护工作的通知"
SIGNED = "翠湖花园物业服务中心\n2026年3月5日"


def letter(*more: Block, title: str = TITLE, body: str = BODY, **values: Any) -> Page:
    """A notice for the wall."""
    page = Page(
        "张贴件", "翠湖花园物业服务中心", "电话 0731-88886666", "翠湖路 1 号", "版本 A 修改 0",
        "编号 TZ-260305-A01", "第 {page} 页 共 {pages} 页", "A4", "zh",
        (
            Paragraph("客服〔2026〕1号", style="number"),
            Paragraph(title, style="title"),
            Paragraph("各位业主：", style="opening"),
            prose(body),
            Paragraph("联系电话：0731-88886666", style="letter"),
            *more,
            Paragraph(SIGNED, style="signature"),
            Paragraph("有效期至2026年3月31日", style="validity"),
        ),
        plain=True, mark="TZ-260305-A01 0123456789ab",
        foot=("拟稿", "审批", "张贴位置", "撤除日期"),
    )  # fmt: skip
    return replace(page, **values)


def html_of(*pages: Page) -> str:
    return html_file(pages, None, built_in_folder("templates"))


class Tags(HTMLParser):
    """The tags of a body and the text in it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(f"{tag} {dict(attrs).get('class') or ''}")

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def body_of(html: str) -> Tags:
    reader = Tags()
    reader.feed(html[html.index("<body>") :])
    reader.close()
    return reader


# Text


def test_a_letter_in_text() -> None:
    (lines,) = well_ruled(text_page(letter()))
    assert len(lines) == LINES["A4"]
    assert lines[0].startswith(" " * 60) and lines[0].endswith("客服〔2026〕1号")
    assert columns_of(lines[0]) == WIDTH
    assert [line.strip() for line in lines[2:4]] == list(title_lines(TITLE, "house"))
    assert all(line.startswith(" " * 15) for line in lines[2:4])
    assert lines[4:6] == ["", "各位业主："]
    assert lines[6] == "　　因更换主阀门，需暂时停水。"
    assert "　　1.带证件：" in lines
    item = next(i for i, line in enumerate(lines) if line.startswith("　　• 身份证"))
    assert lines[item + 1].startswith("      ") and lines[item + 1][6] != " "
    assert lines[item + 2][0] == "┌" and lines[item + 3].count("│") == 4
    attached = next(i for i, line in enumerate(lines) if line.startswith("　　附件：1."))
    assert lines[attached - 1] == ""
    assert re.match(r" {12}\S", lines[attached + 1])
    assert lines[attached + 2] == "　　　　　2.登记表"
    signed = next(i for i, line in enumerate(lines) if line.endswith("物业服务中心"))
    assert columns_of(lines[signed]) == columns_of(lines[signed + 1]) == WIDTH - 4
    assert lines[signed - 1] == "" and lines[signed + 1].strip() == "2026年3月5日"
    assert columns_of(lines[signed + 3]) == WIDTH and "有效期至" in lines[signed + 3]


def test_the_foot_of_a_letter_in_text() -> None:
    (lines,) = well_ruled(text_page(letter()))
    assert lines[-3] == "─" * WIDTH
    assert re.fullmatch("拟稿： +审批： +张贴位置： +撤除日期：", lines[-2])
    assert lines[-1].startswith("版本 A 修改 0　TZ-260305-A01 0123456789ab ")
    assert lines[-1].endswith("第 1 页 共 1 页")
    plain = text_page(letter(foot=(), mark=""))
    assert "编号 TZ-260305-A01" in plain.split("\n")[-2] and "拟稿" not in plain


def test_the_pen_line_stands_on_the_last_sheet_alone() -> None:
    text = text_page(letter(body="请提前储水。\n" * 80))
    first, second = well_ruled(text)
    assert "拟稿" not in "\n".join(first) and "拟稿" in second[-2]
    assert len(first) == len(second) == LINES["A4"]
    assert text.count("请提前储水。") == 80
    assert "物业服务中心" in "\n".join(second) and "联系电话" in "\n".join(second)


def test_the_official_style_in_text() -> None:
    (lines,) = well_ruled(text_page(letter(dress=Dress("gbt9704", letterhead=True))))
    middle = (WIDTH - columns_of("翠湖花园物业服务中心")) // 2
    assert lines[0] == " " * middle + "翠湖花园物业服务中心"
    assert lines[1].strip() == "翠湖路 1 号　电话 0731-88886666"
    assert lines[2] == "─" * WIDTH
    assert lines[4].startswith(" " * 30) and lines[4].strip() == "客服〔2026〕1号"


def test_a_sample_says_so_on_every_sheet() -> None:
    sheets = well_ruled(text_page(letter(body="请储水。\n" * 80, watermark="样稿")))
    assert [sheet[0].strip() for sheet in sheets] == ["【样稿】"] * 2


# HTML


@pytest.mark.parametrize("theme", THEMES)
def test_a_letter_in_html(theme: str) -> None:
    page = letter(dress=Dress(theme, letterhead=True), watermark="样稿")
    html = html_of(page)
    assert not re.search(r"https?:|src=|url\(|@import|<link|<script", html)
    found = body_of(html)
    said = "".join("".join(found.said).split())
    for block in page.blocks:
        if isinstance(block, Paragraph):
            assert "".join(block.text.split()) in said
    for word in (
        "一、停水时间：",
        "月卡",
        "30.00",
        "2.登记表",
        "翠湖路1号",
        "样稿",
        "拟稿",
        "0123456789ab",
    ):
        assert word in said
    for tag in ("svg ", "table prose", "div letter level-1", "div letter item", "div number",
                "div letterhead", "div validity", "div watermark"):  # fmt: skip
        assert found.tags.count(tag) == 1, tag
    assert found.tags.count("div letter attachment first") == 1
    assert found.tags.count("div letter attachment") == 1
    assert found.tags.count("br ") == 1


def test_the_measures_of_both_themes() -> None:
    official, house = html_of(letter(dress=Dress("gbt9704"))), html_of(letter())
    for measure in ("37mm 26mm 28mm 28mm", "16pt/28.95pt", "22pt/1.45", '"— " counter(page) " —"'):
        assert measure in official
    for measure in ("25.4mm 20mm", "14pt/26pt", "counter(pages)"):
        assert measure in house
    assert "FangSong" in official and "SimSun" in house


def test_the_code_in_html_is_the_mark() -> None:
    page = letter()
    squares = matrix(page.mark)
    html = html_of(page)
    assert f'd="{outline(squares)}"' in html
    assert f'viewBox="0 0 {len(squares)} {len(squares)}"' in html
    without = html_of(letter(dress=Dress(code=False)))
    assert "<svg" not in without and "<span>0123456789ab</span>" in without
    assert "<svg" not in html_of(letter(mark=""))


def test_several_letters_in_one_file() -> None:
    pages = [letter(number=f"编号 {n}", mark=f"TZ-{n} ff", watermark="样稿") for n in range(3)]
    html = html_of(*pages)
    assert body_of(html).tags.count("section page-1 plain ends") == 1
    assert html.count(" next") == 2
    assert "counter(page)" not in html
    for n in range(1, 4):
        assert f"@page page-{n} " in html and f"page: page-{n};" in html
    assert html.count("<svg") == 3 and "<title>张贴件 编号 0</title>" in html
    official = html_of(*(replace(page, dress=Dress("gbt9704")) for page in pages))
    assert "@page page-3:left" in official and "counter(page)" not in official


def test_an_english_letter_is_set_as_english_letters_are() -> None:
    values = {
        "title": "Notice of a water stop",
        "body": "Dear all, the water is off.",
        "language": "en",
    }
    assert '"Times New Roman"' in html_of(letter(**values))
    assert '"Times New Roman"' not in html_of(letter(**{**values, "body": "今天停水。"}))
    assert '"Times New Roman"' not in html_of(letter(**{**values, "language": "zh"}))


@pytest.mark.parametrize(
    ("dress", "names", "day", "free"),
    [
        (Dress(), "翠湖花园物业服务中心", "right", 2),
        (Dress(seal=True), "翠湖花园物业服务中心", "right", 2),
        (Dress("gbt9704"), "翠湖花园物业服务中心", "within", 2),
        (Dress("gbt9704"), "物业处", "beyond", 2),
        (Dress("gbt9704", seal=True), "物业处", "centre", 4),
        (Dress("gbt9704", seal=True), "翠湖花园物业服务中心", "centre", 2),
        (Dress("gbt9704", seal=True), "某某市翠湖花园物业服务有限责任公司第一分公司", "centre", 0),
        (Dress("gbt9704"), "", "right", 2),
    ],
)
def test_where_the_date_stands(dress: Dress, names: str, day: str, free: float) -> None:
    found = signature(f"{names}\n2026年3月5日", letter(dress=dress))
    assert found.date == "2026年3月5日"
    assert found.names == ((names,) if names else ())
    assert found.day == day
    assert found.free == pytest.approx(free, abs=0.01)


def test_an_office_changes_a_letter(desk: Desk) -> None:
    number = bring(desk, "notice", "posted")
    folder = desk.root / "templates"
    folder.mkdir()
    (folder / "print.html.j2").write_text(
        '{% extends "builtin/print.html.j2" %}\n'
        "{% block style %}{{ super() }}\n.title-line { color: #00f; }{% endblock %}\n"
        "{% block head %}<h1>本处 {{ page.office }}</h1>{% endblock %}\n"
        "{% block foot %}<p>{{ page.mark }}</p>{% endblock %}\n",
        "utf-8",
    )
    page = desk.do(f"notice print {number} --format html").out
    assert "color: #00f" in page and "<h1>本处 翠湖花园物业服务中心</h1>" in page
    assert "<svg" not in page and "牵好绳" in page and f"<p>{number} " in page


VALUES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@settings(max_examples=25, derandomize=True, deadline=None)
@given(VALUES, st.sampled_from(THEMES))
def test_no_value_changes_the_structure_of_a_letter(value: str, theme: str) -> None:
    def tags(said: str) -> list[str]:
        page = letter(body=BODY, dress=Dress(theme, letterhead=True), office=said, watermark=said)
        blocks = [
            replace(block, text=said)
            if getattr(block, "style", "") in ("opening", "number")
            else block
            for block in page.blocks
        ]
        found = body_of(html_of(replace(page, blocks=tuple(blocks), foot=(said,) * 3, number=said)))
        return [tag for tag in found.tags if tag != "span n"]

    assert tags(value) == tags("字")


@settings(deadline=None)
@given(VALUES)
def test_any_text_stays_inside_a_letter(value: str) -> None:
    page = letter(
        title=value, body=value, office=value, watermark="样", dress=Dress(letterhead=True)
    )
    well_ruled(text_page(page))
    for line in wechat([page]).split("\n"):
        assert line == line.strip()


# Chat


def test_a_letter_for_a_chat_group() -> None:
    said = wechat([letter()])
    assert said.split("\n") == [
        f"【{TITLE}】",
        "客服〔2026〕1号",
        "各位业主：",
        "因更换主阀门，需暂时停水。",
        "一、停水时间：2026年3月7日9:00至17:00",
        "1.带证件：",
        "• 身份证或者其他能够说明您住在本小区的证明，例如租赁合同、收房凭证、水电费账单等等材料",
        "月卡：单价（元） 30.00；说明 不限次数",
        "日卡：单价（元） 2.00",
        "附件：1.停水范围示意图和各楼栋临时取水点平面图以及送水车辆行驶路线图（第三次修订稿）",
        "2.登记表",
        "联系电话：0731-88886666",
        "翠湖花园物业服务中心",
        "2026年3月5日",
        "有效期至2026年3月31日",
        "",
    ]


def test_a_chat_message_has_no_marks_and_no_furniture() -> None:
    said = wechat([letter(body="**请勿**触摸\n\n|项目|元|\n|-|-|\n|水|2.80|", watermark="样稿")])
    assert said.startswith("【样稿】\n【")
    assert "请勿触摸\n水：2.80\n" in said
    for furniture in ("*", "|", "─", "　", "第 1 页", "版本", "拟稿", "0123456789ab", "翠湖路"):
        assert furniture not in said


def test_several_chat_messages() -> None:
    one, two = (letter(title=title) for title in ("关于停水的通知", "关于停电的通知"))
    assert wechat([one, two]) == f"{wechat([one])}\n{'——' * 6}\n{wechat([two])}"


def test_a_form_for_a_chat_group() -> None:
    blocks = (
        Grid(
            2, ((Cell("单号", "BX-1"), Cell("电话", "")), (Cell("地点：", "厨房", 2),)), "基本情况"
        ),
        Box("事项", "角阀漏水\n\n请尽快"),
        Box("备注", ""),
        Table((Heading("材料"), Heading("数量")), (("角阀", "2"), ("", ""), ("胶带", "")), "用料"),
        Table((Heading("项目"),), (("",),), "空表"),
        Calendar(
            ("岗位", "值班人"), (("1", "日"), ("2", "一")),
            ((("前台", "张敏"), ("白", "")),), "", "白 白班",
        ),
        Paragraph("请核对。", "说明"),
        Signatures(("经办人",), "____"),
    )  # fmt: skip
    page = letter(plain=False, title="x")
    said = wechat([replace(page, title="维修任务单", blocks=blocks)])
    assert said.split("\n") == [
        "【维修任务单】", "编号 TZ-260305-A01", "基本情况：", "单号：BX-1", "地点：厨房",
        "事项：角阀漏水", "请尽快", "用料：", "角阀：2", "胶带", "前台 张敏：1 白", "白 白班",
        "说明：", "请核对。", "翠湖花园物业服务中心", "电话 0731-88886666", "",
    ]  # fmt: skip


def test_a_notice_from_the_desk_to_the_chat_group(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = bring(desk, "notice", "draft")
    draft = desk.do(f"notice print {number} --format wechat").out
    assert draft.startswith("【样稿】\n【关于文明养犬的温馨提示】\n尊敬的业主：\n")
    desk.do(f"notice submit {number}")
    desk.do(f"notice approve {number} --by 陈立")
    assert "样稿" not in desk.do(f"notice print {number} --format wechat").out
    monkeypatch.setenv("PMCLI_LANG", "en")
    form = desk.do(f"notice print {number} --layout copy --format wechat").out
    assert form.startswith("[ Office copy ]\n") and "关于文明养犬的温馨提示" in form


# Titles and codes


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于停水的通知", 1),
        (TITLE, 2),
        ("关于2026年春节期间小区安全保卫和车辆停放管理有关事项的通知", 2),
        ("关于转发《市住建局关于进一步加强住宅小区电动自行车停放充电安全管理工作的通知》的通知", 3),
        ("Notice of an interruption of the water supply in buildings 3 and 4", 2),
    ],
)  # fmt: skip
def test_a_long_title_is_a_trapezium_or_a_diamond(title: str, lines: int, theme: str) -> None:
    found = title_lines(title, theme)
    assert len(found) == lines
    assert "".join(found).replace(" ", "") == title.replace(" ", "")
    assert all(not line.startswith(("的", "，", "》", "、")) for line in found)
    lengths = [columns_of(line) for line in found]
    assert max(lengths) <= 42 and (lines == 1 or max(lengths) - min(lengths) <= 16)
    if lines == 3:
        assert lengths[1] >= min(lengths[0], lengths[2])


def test_a_title_keeps_its_own_lines() -> None:
    assert title_lines("翠湖花园\n关于停水的通知", "house") == ("翠湖花园", "关于停水的通知")


@settings(deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf"]), max_size=150),
    st.sampled_from(THEMES),
)
def test_no_title_loses_a_letter(title: str, theme: str) -> None:
    found = title_lines(title, theme)
    assert all(columns_of(line) <= 42 for line in found)
    assert re.sub(r"\s", "", "".join(found)) == re.sub(r"\s", "", title)


@pytest.mark.parametrize("text", ["TZ-260305-A01 0123456789ab", "通知", "x" * 500])
def test_a_code_is_square_and_its_outline_covers_what_is_dark(text: str) -> None:
    squares = matrix(text)
    side = len(squares)
    assert side >= 21 and (side - 21) % 4 == 0
    assert all(len(row) == side for row in squares)
    for row in squares[:7]:  # the corners by which a reader finds the code
        assert row[:7] == row[-7:]
    assert squares == matrix(text)
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", outline(squares))
    dark = {
        (int(x) + i, int(y)) for x, y, wide, back in runs for i in range(int(wide)) if wide == back
    }
    assert dark == {(x, y) for y, row in enumerate(squares) for x, one in enumerate(row) if one}


@pytest.mark.parametrize("text", ["", "字" * 3000])
def test_what_no_code_holds_is_an_error(text: str) -> None:
    with pytest.raises(ValueError):
        matrix(text)


def test_what_goes_into_a_chat_group_has_no_personal_data(desk: Desk) -> None:
    number = bring(desk, "visit", "received")
    assert "13800000001" in desk.do(f"visit print {number}").out
    said = desk.do(f"visit print {number} --format wechat").out
    assert number in said and "13800000001" not in said

"""Pages as DOCX: styles, the measures of the themes, and what a word processor reads."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import segno
from conftest import Desk
from docx import Document
from docx.oxml.ns import qn
from docx_reading import body_of, opened, paragraphs, said_in, shape, squeezed
from hypothesis import given, settings
from hypothesis import strategies as st
from layout_scenes import LAYOUTS, LIBRARY, ready
from sample_pages import HOSTILE, every_block, filled, letter, notice, ruled, setting_of

from pmcli.documents.building import blank_page
from pmcli.documents.docx import docx
from pmcli.documents.page import Box, Cell, Grid, Heading, Page, Paragraph, Signatures, Table
from pmcli.documents.printable import printable
from pmcli.form.theme import THEMES, Dress
from pmcli.store.unit_of_work import Store


def sound(page: Page) -> None:
    """It opens, says all that the page says, and each of its tables is as wide as its sheet."""
    made = opened(page)
    cards = any(isinstance(block, Grid) and block.card for block in page.blocks)
    tight = any(isinstance(block, Table) and block.tight for block in page.blocks)
    if cards or tight:
        assert Counter(said_in(made)) - Counter("…") <= Counter(body_of(page))
    else:
        assert said_in(made) == body_of(page)
    used = {one.style.style_id for one in made.paragraphs}
    assert "Normal" not in used
    section = made.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for table in made.tables:
        columns = [column.width for column in table.columns]
        assert cards or abs(sum(columns) - room) < 2000
        for row in table.rows:
            assert row._tr.trPr.find(qn("w:cantSplit")) is not None or len(said_in(made)) > 600
    assert len(made.sections) == max(len(page.copies), 1)
    assert not made.inline_shapes


@pytest.mark.parametrize(("form", "layout"), LAYOUTS)
def test_every_layout_filled(form: str, layout: str, desk: Desk) -> None:
    number = ready(desk, form, layout)
    for language in ("zh", "en"):
        sound(filled(desk, form, layout, number, language))


@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.slow)])
def test_every_layout_blank(language: str, desk: Desk) -> None:
    store = Store(desk.root)
    for form, name in LAYOUTS:
        shape_ = LIBRARY.get(form).layouts[name]
        sound(blank_page(LIBRARY.get(form), shape_, setting_of(store, language)))


def points(length: Any) -> float:
    return float(round(length.pt, 2))


@pytest.mark.parametrize(
    ("theme", "size", "pitch", "margins", "faces"),
    [
        ("house", 14, 26, (25.4, 20, 25.4, 20), ("SimHei", "SimSun", "SimHei")),
        ("gbt9704", 16, 28.95, (37, 26, 35, 28), ("方正小标宋简体", "仿宋_GB2312", "SimHei")),
    ],
)
def test_a_notice_has_the_measures_of_its_theme(
    theme: str, size: float, pitch: float, margins: tuple[float, ...], faces: tuple[str, ...]
) -> None:
    made = opened(notice(theme=theme))
    section = made.sections[0]
    found = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(one.mm, 1) for one in found] == list(margins)
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    styles = made.styles
    title, body = styles["Title"], styles["公文正文"]
    assert points(title.font.size) == 22
    assert points(body.font.size) == size
    assert points(body.paragraph_format.line_spacing) == pitch
    assert body.paragraph_format.line_spacing_rule == 4
    indent = body.element.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"
    assert indent.get(qn("w:firstLine")) == str(size * 40)
    names = ("Title", "公文正文", "一级标题")
    for name, face in zip(names, faces, strict=True):
        assert styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) == face
    if theme == "gbt9704":
        kai = styles["二级标题 字符"].element.rPr.rFonts.get(qn("w:eastAsia"))
        assert kai == "楷体_GB2312"
        assert points(styles["文号"].font.size) == 16


@pytest.mark.parametrize("theme", THEMES)
def test_each_part_of_a_notice_has_a_style_of_its_own(theme: str) -> None:
    made = opened(notice(theme=theme))
    assert [pair for pair in paragraphs(made) if pair[1]] == [
        ("文号", "客服〔2026〕1号"),
        ("Title", "关于3号楼停水的通知"),
        ("Salutation", "各位业主："),
        ("公文正文", "因更换主阀门，需暂时停水。"),
        ("公文正文", "一、停水时间：3月7日9:00至17:00"),
        ("二级标题", "（一）范围"),
        ("三级标题", "1.南门"),
        ("公文正文", "（1）2单元，请储水，谢谢。"),
        ("列项", "• 关好龙头"),
        ("公文正文", "感谢您的支持！"),
        ("附件", "附件：1.\t停水范围图"),
        ("附件（续）", "2.\t临时取水点"),
        ("公文正文", "联系电话：0731-88886666"),
        ("落款", "翠湖花园物业服务中心"),
        ("成文日期", "2026年3月5日"),
    ]
    runs = [run for one in made.paragraphs for run in one.runs if run.text]
    styled = {
        run.text: run.style.name for run in runs if run.style.name != "Default Paragraph Font"
    }
    assert styled["一、停水时间："] == "一级标题 字符"
    assert styled["请储水"] == "Strong" and styled["谢谢"] == "Emphasis"
    for run in runs:
        assert run.bold is None and run.font.size is None and run.font.name is None
    (table,) = made.tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [cell.paragraphs[0].style.name for cell in table.rows[1].cells] == [
        "公文表格文字", "公文表格数字",
    ]  # fmt: skip
    (contact,) = (one for one in made.paragraphs if one.text.startswith("联系电话"))
    assert contact.paragraph_format.keep_with_next
    assert made.styles["落款"].paragraph_format.keep_with_next


def indents(made: Any, style: str) -> dict[str, float]:
    """The indents of the paragraph of a style, in points; those of the style where it has none."""
    (one,) = (one for one in made.paragraphs if one.style.name == style)
    own = one._p.pPr.find(qn("w:ind"))
    ind = own if own is not None else one.style.element.pPr.find(qn("w:ind"))
    return {side: int(ind.get(qn(f"w:{side}"), 0)) / 20 for side in ("left", "right")}


@pytest.mark.parametrize(
    ("org", "day", "org_characters", "day_characters"),
    [
        ("翠湖花园物业服务中心", "2026年3月5日", 10, 6),
        ("物业部", "2026年12月25日", 3, 7),
        ("某某市翠湖花园住宅小区物业服务中心客户服务部", "2026年3月5日", 22, 6),
    ],
)
def test_the_signature_of_an_official_text(
    org: str, day: str, org_characters: int, day_characters: int
) -> None:
    signed = Paragraph(f"{org}\n{day}", style="signature")
    made = opened(letter(signed, theme="gbt9704"))
    room = 156 * 72 / 25.4
    left, later = indents(made, "落款")["left"], indents(made, "成文日期")["left"]
    assert later - left == pytest.approx(32, abs=0.1)
    if day_characters <= org_characters:
        assert room - left - 16 * org_characters == pytest.approx(32, abs=0.1)
    else:
        assert room - later - 16 * day_characters == pytest.approx(32, abs=0.1)
    sealed = opened(letter(signed, theme="gbt9704", seal=True))
    above, below = (
        indents(sealed, "落款（用印）")["right"],
        indents(sealed, "成文日期（用印）")["right"],
    )
    assert below >= 64 and (below == 64 or above == 0)
    middle = above + 8 * org_characters, below + 8 * day_characters
    assert middle[0] == pytest.approx(middle[1], abs=0.1)
    house = opened(letter(signed, seal=True))
    assert (
        indents(house, "落款（用印）")
        == indents(house, "成文日期（用印）")
        == {"left": 0, "right": 28}
    )


def test_numbers_of_sheets_are_fields() -> None:
    made = opened(notice(theme="gbt9704"))
    section = made.sections[0]
    assert made.settings.odd_and_even_pages_header_footer
    for foot, align, style in (
        (section.footer, "right", "页码（单页）"), (section.even_page_footer, None, "页码（双页）"),
    ):  # fmt: skip
        first = foot.paragraphs[0]
        assert first.style.name == style
        assert squeezed("".join(t.text for t in first._p.iter(qn("w:t")))) == "—1—"
        assert [f.get(qn("w:instr")).strip() for f in first._p.iter(qn("w:fldSimple"))] == ["PAGE"]
        jc = first.style.element.pPr.find(qn("w:jc"))
        assert (jc.get(qn("w:val")) if jc is not None else None) == align
    single, several = opened(ruled(*every_block())), opened(ruled(*every_block()), notice())
    for made, total in ((single, "NUMPAGES"), (several, "SECTIONPAGES")):
        fields = made.sections[0].first_page_footer._element.iter(qn("w:fldSimple"))
        assert [one.get(qn("w:instr")).strip() for one in fields] == ["PAGE", total]


def test_each_page_and_each_copy_is_a_section_that_counts_from_one() -> None:
    slip = ruled(*every_block(), copies=("物业留存", "售后留存"), several="一式 2 份")
    made = opened(slip, notice(), ruled(Paragraph("字"), paper="A5"))
    assert len(made.sections) == 4
    starts = [one._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for one in made.sections]
    assert starts == ["1"] * 4
    assert [round(one.page_width.mm) for one in made.sections] == [210] * 4
    assert [round(one.page_height.mm) for one in made.sections] == [297, 297, 297, 148]
    numbers = [text for style, text in paragraphs(made) if style == "表单编号"]
    assert [text.split("\t")[1] for text in numbers] == ["物业留存", "售后留存", ""]
    assert "一式 2 份" in made.sections[1].first_page_footer.paragraphs[0].text


def test_a_form_has_its_head_again_on_its_second_sheet() -> None:
    made = opened(ruled(*every_block(), landscape=True))
    section = made.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    again = section.header.paragraphs[0].text
    assert "维修任务单" in again and "版本 A 修改 0" in again and "编号 TZ-1" in again
    foot = section.first_page_footer.paragraphs[0].text
    assert "翠湖花园物业服务中心" in foot and "电话 0731-88886666" in foot


def test_a_long_table_repeats_its_heads_and_tears_no_row() -> None:
    rows = tuple((f"BX-{i:03}", "配电箱冒烟") for i in range(80))
    made = opened(ruled(Table((Heading("单号"), Heading("事项")), rows, "未完事项")))
    (table,) = made.tables
    repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert repeated == [True, True, *[False] * 80]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert table.autofit is False


def test_labels_are_shaded_and_blocks_of_a_form_are_one_table() -> None:
    grid = Grid(2, ((Cell("房号", "3-2-501"), Cell("类别", "给排水")),), "基本情况")
    made = opened(ruled(grid, Box("内容", "漏水"), Signatures(("维修人员", "业主"), "年 月 日")))
    (table,) = made.tables
    fills = [[shd.get(qn("w:fill")) for shd in row._tr.iter(qn("w:shd"))] for row in table.rows]
    assert fills == [["E9E9E9"], ["F4F4F4", "F4F4F4"], ["F4F4F4"], []]
    names = [[p.style.name for c in row.cells for p in c.paragraphs] for row in table.rows[1:2]]
    assert names[0][0] == "表格栏目" and names[0][-1] == "表格文字"


def test_a_sample_says_so_and_a_code_carries_the_mark() -> None:
    page = notice(watermark="样稿", letterhead=True)
    made = opened(page)
    head = made.sections[0].header._element
    (words,) = (node.get("string") for node in head.iter("{urn:schemas-microsoft-com:vml}textpath")
                if node.get("string"))  # fmt: skip
    assert words == "样稿"
    assert [text for style, text in paragraphs(made) if style.startswith("信头")] == [
        "翠湖花园物业服务中心", "翠湖路1号　电话 0731-88886666",
    ]  # fmt: skip
    foot = made.sections[0].footer
    pictures = [part for part in foot.part.related_parts.values() if part.partname.endswith("png")]
    held = io.BytesIO()
    code = segno.make("TZ-1 0123abcd", error="m", micro=False, mask=2)
    code.save(held, kind="png", scale=8, border=0)
    assert [part.blob for part in pictures] == [held.getvalue()]
    (described,) = foot._element.iter(qn("wp:docPr"))
    assert described.get("descr") == "TZ-1 0123abcd"
    said = squeezed("".join(node.text or "" for node in foot._element.iter(qn("w:t"))))
    assert said == "有效期至2026年3月8日拟稿审批张贴位置TZ-10123abcd"
    plain = opened(replace(page, dress=Dress(code=False)))
    assert not list(plain.sections[0].footer._element.iter(qn("wp:docPr")))


def test_a_file_has_no_clock() -> None:
    page = notice(theme="gbt9704", watermark="样稿")
    data = docx([page, ruled(*every_block())]).data
    assert isinstance(data, bytes)
    assert docx([page, ruled(*every_block())]).data == data
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        assert {entry.date_time for entry in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = held.namelist()
    assert not any("customXml" in name or "thumbnail" in name for name in names)
    told = Document(io.BytesIO(data)).core_properties
    assert (told.title, told.author) == ("张贴件 编号 TZ-1", "翠湖花园物业服务中心")
    assert told.created is not None and told.created.date() == date(2026, 3, 5)
    assert told.modified == told.created and told.language == "zh-CN"
    undated = opened(replace(page, dated=None)).core_properties
    assert undated.created is not None and undated.created.date() == date(2000, 1, 1)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_value_is_text(text: str) -> None:
    plain = opened(ruled(*every_block("字")))
    made = opened(ruled(*every_block(text)))
    assert shape(made) == shape(plain)
    said = squeezed(printable(text))
    assert said_in(made).count(said) >= 6 if said else said_in(made)


def changed(page: Page, text: str) -> Page:
    """A page with a text in all its one-line values."""
    return replace(page, office=text, phone=text, address=text, control=text, number=text,
                   mark=text[:300], watermark=text, foot=(text, text))  # fmt: skip


@settings(max_examples=20, derandomize=True, deadline=None)
@given(text=st.text(st.characters(exclude_categories=()), min_size=1, max_size=60))
def test_no_value_changes_a_document(text: str) -> None:
    reference = shape(opened(changed(ruled(*every_block("字")), "字")))
    assert shape(opened(changed(ruled(*every_block(text)), text))) == reference
    for theme in THEMES:
        line = text.replace("\n", " ").strip() or "字"
        page = changed(notice(theme=theme, letterhead=True), line)
        blocks = tuple(
            replace(block, text=f"{line}\n{line}" if block.style == "signature" else line)
            if isinstance(block, Paragraph) else block
            for block in page.blocks
        )  # fmt: skip
        standard = changed(notice(theme=theme, letterhead=True), "字")
        assert shape(opened(replace(page, blocks=blocks))) == shape(opened(standard))

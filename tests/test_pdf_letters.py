"""Notices and letters as PDF: the measures of writing.md §4, whole texts, embedded type."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pdf_reading import MM, fonts_of, place, reader, squeezed, words
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from pmcli.documents.page import Block, Page, Paragraph
from pmcli.documents.pdf import pdf
from pmcli.documents.printable import printable
from pmcli.documents.prose import prose
from pmcli.documents.titles import ROOM, title_lines
from pmcli.form.theme import THEMES, Dress

LINES = {"house": 26, "gbt9704": 22}
CHARACTERS = {"house": 34, "gbt9704": 28}
LEFT = {"house": 20, "gbt9704": 28}
TOP = {"house": 25.4, "gbt9704": 37}


def letter(*blocks: Block, theme: str = "house", **more: Any) -> Page:
    page = Page(
        title="张贴件", office="翠湖花园物业服务中心", phone="电话 0731-88886666", address="",
        control="", number="编号 TZ-260305-A01", sheet="第 {page} 页 共 {pages} 页", paper="A4",
        language="zh", blocks=blocks, plain=True, dated=date(2026, 3, 5), dress=Dress(theme),
        mark="TZ-260305-A01 3f2a9c10bd21", foot=("拟稿", "审批", "张贴位置", "撤除日期"),
    )  # fmt: skip
    return replace(page, **more)


@pytest.mark.parametrize("theme", THEMES)
def test_a_sheet_holds_as_many_lines_as_the_theme_says(theme: str) -> None:
    lines = LINES[theme]
    full = prose("\n\n".join(f"第{i}行" for i in range(lines)))
    over = prose("\n\n".join(f"第{i}行" for i in range(lines + 2)))
    assert len(reader(letter(full, theme=theme)).pages) == 1
    assert len(reader(letter(over, theme=theme)).pages) == 2


@pytest.mark.parametrize("theme", THEMES)
def test_a_line_holds_as_many_characters_as_the_theme_says(theme: str) -> None:
    count = CHARACTERS[theme]
    document = reader(letter(Paragraph("字" * count + "末" * 3, style="opening"), theme=theme))
    starts = {round(y, 1) for text, size, _, y in words(document) if "字" in text or "末" in text
              if size > 10}  # fmt: skip
    assert len(starts) == 2, "the first line is full, the rest stands in a second one"
    whole = reader(letter(Paragraph("字" * count, style="opening"), theme=theme))
    assert len({round(y, 1) for t, _, _, y in words(whole) if "字" in t}) == 1


@pytest.mark.parametrize(
    ("theme", "size", "pitch"), [("house", 14, 26), ("gbt9704", 16, 225 * MM / 22)]
)
def test_type_size_pitch_margin_and_indent(theme: str, size: float, pitch: float) -> None:
    document = reader(
        letter(Paragraph("各位业主：", style="opening"), prose("甲段\n\n乙段"), theme=theme)
    )
    opening, first, second = (place(document, t) for t in ("各位", "甲段", "乙段"))
    assert opening[0] == pytest.approx(size, abs=0.1)
    assert opening[1] == pytest.approx(LEFT[theme], abs=0.6)
    assert opening[2] == pytest.approx(TOP[theme] + 0.88 * size / MM, abs=0.6)
    assert first[1] - opening[1] == pytest.approx(2 * size / MM, abs=0.3)
    assert (second[2] - first[2]) * MM == pytest.approx(pitch, abs=0.2)


def test_the_title_is_of_size_2_and_breaks_at_words() -> None:
    title = "关于翠湖花园一期二期更换供水主阀门期间暂停生活用水及临时取水安排有关事项的通知"
    for theme in THEMES:
        lines = title_lines(title, theme)
        assert "".join(lines) == title
        assert len(lines) == 2
        for word in ("暂停", "阀门", "期间", "临时", "取水", "有关", "事项", "通知"):
            assert any(word in line for line in lines), word
        document = reader(letter(Paragraph(title, style="title"), theme=theme))
        assert place(document, lines[0])[0] == pytest.approx(22, abs=0.1)
        assert squeezed(document).startswith(title)


def test_numbered_points_have_their_faces() -> None:
    text = "一、停水时间：九时\n\n（一）范围\n\n1. 三号楼\n\n（1）顶层"
    document = reader(letter(prose(text), theme="gbt9704"))
    fonts: dict[str, str] = {}

    def visit(text: str, _cm: Any, _tm: Any, font: Any, _size: float) -> None:
        for piece in ("一、停水时间：", "九时", "（一）", "1.", "（1）"):
            if text.strip().startswith(piece):
                fonts[piece] = str(font["/BaseFont"])

    document.pages[0].extract_text(visitor_text=visit)
    assert fonts["一、停水时间："] != fonts["九时"], "the head of a point is set in 黑体"


@pytest.mark.parametrize("date_text", ["2026年3月5日", "二〇二六年十二月二十五日"])
def test_the_signature_of_the_standard(date_text: str) -> None:
    office = "翠湖物业服务中心"
    signature = Paragraph(f"{office}\n{date_text}", style="signature")
    document = reader(letter(prose("正文"), signature, theme="gbt9704"))
    org, day = place(document, office), place(document, date_text[:4])
    em = 16 / MM
    assert day[1] - org[1] == pytest.approx(2 * em, abs=0.5)
    assert day[2] - org[2] == pytest.approx(225 / 22, abs=0.1)


def test_the_signature_with_a_seal() -> None:
    signature = Paragraph("翠湖花园物业服务中心\n2026年3月5日", style="signature")
    page = letter(prose("正文"), signature, theme="gbt9704")
    bare, sealed = reader(page), reader(replace(page, dress=Dress("gbt9704", seal=True)))
    assert place(sealed, "2026")[1] < place(bare, "2026")[1]
    assert place(sealed, "翠湖")[2] > place(bare, "翠湖")[2], "room is left for the stamp"


def test_a_house_signature_has_two_characters_free() -> None:
    signature = Paragraph("翠湖花园物业服务中心\n2026年3月5日", style="signature")
    document = reader(letter(prose("正文"), signature))
    size, x, _ = place(document, "翠湖")
    assert 210 - 20 - (x + 10 * size / MM) == pytest.approx(2 * size / MM, abs=0.3)


def test_page_numbers_of_the_standard_stand_outside() -> None:
    page = letter(prose("\n\n".join(["行"] * 60)), theme="gbt9704")
    document = reader(page)
    places = []
    for sheet in range(len(document.pages)):
        found = [x for text, _, x, _ in words(document, sheet) if text.startswith("—")]
        places += [min(found)]
    assert len(places) == len(document.pages) >= 3
    assert places[0] > 150 and places[1] < 60 and places[2] > 150


def test_each_page_counts_its_own_sheets() -> None:
    long, short = letter(prose("\n\n".join(["行"] * 30))), letter(prose("短"))
    document = reader(long, short)
    said = [page.extract_text() for page in document.pages]
    assert ["第 1 页 共 2 页" in text for text in said] == [True, False, False]
    assert "第 2 页 共 2 页" in said[1]
    assert "页" not in said[2], "a single sheet needs no number"


def test_the_last_paragraph_goes_on_with_the_signature() -> None:
    signature = Paragraph("翠湖花园物业服务中心\n2026年3月5日", style="signature")
    for count in range(20, 28):
        page = letter(prose("\n\n".join(f"第{i}行" for i in range(count))), signature)
        document = reader(page)
        last = document.pages[-1].extract_text()
        assert f"第{count - 1}行" in last and "2026年3月5日" in last, count


@pytest.mark.parametrize("theme", THEMES)
def test_letterhead_code_validity_and_foot(theme: str) -> None:
    page = letter(prose("正文"), Paragraph("有效期至2026年3月9日", style="validity"), theme=theme)
    plain = squeezed(reader(page))
    for text in ("有效期至2026年3月9日", "拟稿", "撤除日期", "3f2a9c10bd21"):
        assert text in plain
    assert page.office not in plain
    headed = squeezed(reader(replace(page, dress=Dress(theme, letterhead=True))))
    assert headed.startswith(page.office) and "0731-88886666" in headed
    without = pdf([replace(page, dress=Dress(theme, code=False))]).data
    assert len(without) < len(pdf([page]).data)


def test_a_sample_says_so_and_what_is_approved_does_not() -> None:
    page = letter(prose("正文"))
    assert "样" in squeezed(reader(replace(page, watermark="样稿")))
    assert "样" not in squeezed(reader(page))


def test_tables_and_attachments_are_whole() -> None:
    text = "公示如下：\n\n| 项目 | 金额 |\n|---|---|\n| 广告 | 12.50元 |\n\n附件：1. 图\n2. 名单"
    said = squeezed(reader(letter(prose(text))))
    assert "项目金额广告12.50元附件：1.图2.名单" in said


def test_type_is_embedded_in_subsets() -> None:
    page = letter(Paragraph("通知", style="title"), prose("一、**正文**"))
    held = fonts_of(reader(page))
    assert held
    for name, embedded in held:
        assert embedded
        assert name[7] == "+" and name[1:7].isupper(), name


def test_the_same_page_gives_the_same_bytes() -> None:
    page = letter(Paragraph("通知", style="title"), prose("正文"))
    assert pdf([page]).data == pdf([page]).data


def test_a_character_that_no_font_has_is_named() -> None:
    made = pdf([letter(prose("王\U0003fffd正\U0001f9ff文"))])
    assert made.data
    assert len(made.warnings) <= 1
    strange = pdf([letter(prose("名字有\U00031350字"))])
    (warning,) = strange.warnings
    assert "U+31350" in warning.text("zh") and "\U00031350" in warning.text("en")


def structure(document: PdfReader) -> Counter[str]:
    """How often each kind of element stands in a tagged file."""
    counted: Counter[str] = Counter()
    waiting: list[Any] = [document.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        item = waiting.pop()
        held = item.get_object() if hasattr(item, "get_object") else item
        if isinstance(held, ArrayObject):
            waiting += list(held)
        elif isinstance(held, DictionaryObject):
            if "/S" in held:
                counted[str(held["/S"])] += 1
            if "/K" in held:
                waiting.append(held["/K"])
    return counted


TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60) | st.sampled_from(
    ["#sys.inputs", "*粗*", "_斜_", "@ref", "$x$", "<b>x</b>", "{{ 7*7 }}", "`code`", "\\u{1f}",
     "//注", "/* */", "#let x = 1", "字" * 2000, "w" * 2000, "\u202e反\u202c", "a\0b", "- 点",
     "👩‍👧‍👦", "= 标题", "+ 项", "'\"", "~", "--", "]", "[", "#", "\\"]
)  # fmt: skip


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXT)
def test_no_value_changes_the_structure_or_stops_the_printer(value: str) -> None:
    def page(said: str) -> Page:
        line = said.replace("\n", " ").replace("\r", " ").replace("\x0b", " ").replace("\x0c", " ")
        words = "".join(line.splitlines()) or "x"
        held = prose("正文").elements[0]
        run = replace(held.runs[0], text=words)
        lines = (replace(held, runs=(run,)), replace(held, runs=(run,), level=1))
        return letter(
            Paragraph(words, style="opening"),
            replace(prose(""), elements=lines),
            Paragraph(f"{words[:20]}\n2026年3月5日", style="signature"),
            office=words[:30], mark=f"TZ {words[:20]}", dress=Dress(code=False),
        )  # fmt: skip

    assume(printable("".join(value.split())))
    wanted = structure(reader(page("字")))
    found = structure(reader(page(value)))
    assert found["/P"] == wanted["/P"]
    assert found["/Table"] == wanted["/Table"] == 0


def test_text_without_shape_is_left_out() -> None:
    assert printable("a\0b\u202ec\u200bd\ud800e\tf\n") == "abcde f\n"
    assert printable("👩‍👧") == "👩‍👧"
    assert printable("\U00031350\ue000") == "\U00031350\ue000", "a font may have it"


def test_room_of_titles_is_the_text_area() -> None:
    for theme, columns in ROOM.items():
        width = {"house": 170, "gbt9704": 156}[theme]
        assert columns / 2 * 22 / MM <= width < (columns / 2 + 1) * 22 / MM

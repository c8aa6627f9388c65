"""Markdown as the paragraphs, points and tables of an official text."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmcli.documents.page import Line, Prose, ProseTable, Run
from pmcli.documents.prose import prose


def lines_of(text: str) -> list[Line]:
    elements = prose(text).elements
    assert all(isinstance(element, Line) for element in elements)
    return [element for element in elements if isinstance(element, Line)]


def texts_of(text: str) -> list[str]:
    return [line.text for line in lines_of(text)]


def only(text: str) -> Line:
    (line,) = lines_of(text)
    return line


@pytest.mark.parametrize("text", ["", " ", "\n\n", "　　", "---", "&nbsp;"])
def test_nothing_said_is_no_paragraph(text: str) -> None:
    assert prose(text) == Prose(())


def test_a_new_line_is_a_new_paragraph_and_an_empty_one_is_none() -> None:
    assert texts_of("因检修停水。\n请提前储水。\n\n谢谢。") == [
        "因检修停水。",
        "请提前储水。",
        "谢谢。",
    ]
    assert texts_of("第一行  \n第二行\\\n第三行") == ["第一行", "第二行", "第三行"]


def test_the_indent_of_a_paragraph_is_no_code_and_no_part_of_its_text() -> None:
    assert texts_of("　　因检修停水。\n    请储水。\n\n\t谢谢。　") == [
        "因检修停水。", "请储水。", "谢谢。",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("一、停水时间", 1), ("十二、其他", 1), ("（一）范围", 2), ("(二)范围", 2), ("1.停水", 3),
        ("1. 停水", 3), ("1、停水", 3), ("2）停水", 3), ("2) 停水", 3), ("12．停水", 3),
        ("①停水", 3), ("（1）停水", 4), ("(3)停水", 4), ("停水", 0), ("3.5元一吨", 0),
        ("1.8:00停水", 0), ("2026年3月5日", 0), ("2026. 3月5日起", 0), ("10:00停水", 0),
        ("一号楼停水", 0),
        ("二〇二六年", 0), ("十二月、一月都停", 0), ("（节假日除外）", 0), ("1栋、2栋", 0),
    ],
)  # fmt: skip
def test_what_a_point_begins_with_is_its_level(text: str, level: int) -> None:
    line = only(text)
    assert (line.level, line.style) == (level, "text")
    assert "".join(line.text.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("一、停水时间：3月5日", "一、停水时间："),
        ("一、停水时间:3月5日", "一、停水时间:"),
        ("一、停水时间", "一、停水时间"),
        ("（一）请提前储水，关好龙头。", "（一）"),
        ("1、8:00停水，17:00恢复。", "1、"),
        ("2.请各位业主在收到本通知之后的三天以内，办好这件事：带证", "2."),
        ("**一、停水时间：**3月5日", "一、停水时间："),
    ],
)
def test_the_head_of_a_point(text: str, head: str) -> None:
    line = only(text)
    assert line.runs[0] == Run(head, "head")
    assert line.text == text.replace("*", "")


def test_the_numbers_of_lists_stay_as_they_were_typed() -> None:
    assert texts_of("3. 甲\n4. 乙\n\n7) 丙\n8) 丁") == ["3.甲", "4.乙", "7)丙", "8)丁"]
    assert texts_of("1.停水\n2.停电") == ["1.停水", "2.停电"]
    assert texts_of("1. 甲\n1. 乙")[0] == "1.甲"


def test_a_number_does_not_run_into_the_figure_or_word_behind_it() -> None:
    assert texts_of("1. 5月1日停水\n2. Wi-Fi检修") == ["1. 5月1日停水", "2. Wi-Fi检修"]


def test_points_without_numbers() -> None:
    lines = lines_of("- 身份证\n- **合同**原件\n  说明一句\n\n* 照片")
    assert [line.style for line in lines] == ["item", "item", "text", "item"]
    assert [line.text for line in lines] == ["• 身份证", "• 合同原件", "说明一句", "• 照片"]
    assert lines[1].runs == (Run("• "), Run("合同", "strong"), Run("原件"))


def test_lists_in_lists() -> None:
    lines = lines_of("1. 带证件：\n   - 身份证\n   - 合同\n2. 交费\n   1. 现金\n")
    assert [line.text for line in lines] == ["1.带证件：", "• 身份证", "• 合同", "2.交费", "1.现金"]
    assert [line.level for line in lines] == [3, 0, 0, 3, 3]


def test_headings_are_heads() -> None:
    (first, second) = lines_of("## 停水*范围*\n\n3号楼")
    assert first.runs == (Run("停水范围", "head"),) and first.level == 1
    assert second.level == 0
    assert only("# 一、时间").runs == (Run("一、时间", "head"),)


def test_the_list_of_attachments() -> None:
    lines = lines_of("请查收。\n\n附件：1.平面图\n2.登记**表**\n\n特此通知。\n3.不是附件")
    assert [line.style for line in lines] == ["text", "attachment", "attachment", "text", "text"]
    assert [line.level for line in lines] == [0, 0, 0, 0, 3]
    assert lines[2].runs == (Run("2.登记表"),)
    listed = lines_of("附件：\n\n1. 平面图\n2. 登记表")
    assert [line.style for line in listed] == ["attachment"] * 3
    assert [line.style for line in lines_of("附件1：图\n附件2：表")] == ["attachment"] * 2


@pytest.mark.parametrize("text", ["附件下载请扫码。", "附件1所列房号请注意", "附件齐全：请核对"])
def test_a_sentence_about_attachments_is_a_sentence(text: str) -> None:
    assert only(text) == Line((Run(text),))


def test_a_table() -> None:
    (table,) = prose(
        "|项目|单价（元）|说明|\n|---|---|--:|\n|**月卡**|30.00|a\\|b|\n|日卡|2|"
    ).elements
    assert isinstance(table, ProseTable)
    assert table.headings == ("项目", "单价（元）", "说明")
    assert table.rows == (("月卡", "30.00", "a|b"), ("日卡", "2", ""))
    assert table.figures == (False, True, True)
    (before, _table, after) = prose("见下表\n\n|a|\n|-|\n\n谢谢").elements
    assert isinstance(before, Line) and isinstance(after, Line)


def test_a_bar_in_a_line_is_no_table() -> None:
    assert texts_of("3号楼|4号楼") == ["3号楼|4号楼"]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("**请勿**触摸", (Run("请勿", "strong"), Run("触摸"))),
        ("请*牵好*绳", (Run("请"), Run("牵好", "em"), Run("绳"))),
        ("请**务必（重要）**带证", (Run("请"), Run("务必（重要）", "strong"), Run("带证"))),
        ("见**“须知”**第二条", (Run("见"), Run("“须知”", "strong"), Run("第二条"))),
        (
            "[站点](https://example.com/a)看",
            (Run("站点"), Run("（https://example.com/a）"), Run("看")),
        ),
        ("<https://example.com>", (Run("https://example.com"),)),
        ("3 * 4 * 5", (Run("3 * 4 * 5"),)),
        ("a_b_c", (Run("a_b_c"),)),
        ("<b>粗</b> & &amp;", (Run("<b>粗</b> & &"),)),
        (r"\*\*不粗\*\* \# \[x\]", (Run("**不粗** # [x]"),)),
        ("`*原样*`", (Run("*原样*"),)),
        ("{{ x }} $y$ #z @w", (Run("{{ x }} $y$ #z @w"),)),
        ("![平面图](a.png)", (Run("平面图"),)),
    ],
)
def test_marks_within_a_line(text: str, runs: tuple[Run, ...]) -> None:
    assert only(text).runs == runs


def test_fences_and_quotations_are_paragraphs() -> None:
    assert texts_of("```\n1 * 2\n\n  **x**\n```") == ["1 * 2", "**x**"]
    assert texts_of("> 业主大会决定\n> 同意") == ["业主大会决定", "同意"]
    assert texts_of("~~~\n未合上") == ["未合上"]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
MARKDOWN = st.text(
    st.sampled_from("\n\n  　*_`[](){}<>#|-+=~&\\!.:：1一、（）\t附件ab12字。"), max_size=80
)


def escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in string.punctuation else char for char in text)


def words_of(found: Prose) -> str:
    """All that stands there, without white space."""
    assert all(isinstance(element, Line) for element in found.elements)
    return "".join("".join(e.text.split()) for e in found.elements if isinstance(e, Line))


@settings(derandomize=True, deadline=None)
@given(TEXT)
def test_text_without_marks_comes_out_whole(text: str) -> None:
    assert words_of(prose(escaped(text))) == "".join(text.replace("\0", "\ufffd").split())


@settings(derandomize=True, deadline=None)
@given(st.lists(TEXT.map(lambda text: " ".join(text.split())), max_size=4))
def test_each_line_is_a_paragraph_of_its_own(lines: list[str]) -> None:
    said = [line.replace("\0", "\ufffd") for line in lines if line]
    assert [line.text for line in prose(escaped("\n".join(lines))).elements] == said  # type: ignore[union-attr]


@settings(derandomize=True, deadline=None)
@given(st.one_of(st.text(), MARKDOWN))
def test_no_text_is_too_much_for_it(text: str) -> None:
    for element in prose(text).elements:
        if isinstance(element, ProseTable):
            wide = len(element.headings)
            assert len(element.figures) == wide
            assert all(len(row) == wide for row in element.rows)
        else:
            assert element.text.strip() and "\n" not in element.text
            assert element.level in range(5)
            assert element.style in ("text", "item", "attachment")

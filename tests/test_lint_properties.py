"""What holds for every text: no crash, one answer, places inside the text, mends that are safe."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pmcli.lint
from pmcli.lint import Settings, check, fixed, inspect
from pmcli.lint.document import read_document
from pmcli.lint.lines import LINE_LONGEST, PARAGRAPH_LONGEST
from pmcli.lint.rules import RULES

WORDS = [
    "关于",
    "通知",
    "温馨提示",
    "各位业主",
    ":",
    "：",
    ",",
    "，",
    ".",
    "。",
    "!",
    "！",
    "(",
    ")",
    "（",
    "）",
    "欠费",
    "停水",
    "罚款",
    "50元",
    "5月8日",
    "2026年05月01日",
    "8:00",
    "至",
    "\n",
    "\n\n",
    "　　",
    " ",
    "\t",
    "１２",
    "Ａ",
    '"',
    "'",
    "“",
    "”",
    "《",
    "》",
    "、",
    "**",
    "#",
    "---",
    "|",
    "张平",
    "3-2-501",
    "豫A·88K21",
    "13800000000",
    "××",
    "__",
    "必须",
    "保证",
    "你们",
    "https://a.cn/?b=1,2",
    "a.pdf",
    "1.",
    "一、",
    "（一）",
    "物业服务中心",
    "法",
    "第3条",
    "…",
    "——",
    "😀",
    "\u200b",
    "\u2028",
    "\x00",
]
NOTICES = st.lists(st.sampled_from(WORDS), max_size=60).map("".join)
TEXTS = st.one_of(st.text(max_size=200), NOTICES)
GENRES = st.sampled_from([None, "通知", "温馨提示", "启事", "通告", "公示", "函", "其他"])


@settings(max_examples=150, deadline=None)
@given(TEXTS, GENRES, st.booleans())
def test_findings_are_the_same_each_time_and_lie_in_the_text(
    text: str, genre: str | None, whole: bool
) -> None:
    found = check(text, genre=genre, whole=whole)
    assert found == check(text, genre=genre, whole=whole)
    starts = read_document(text).starts
    for finding in found:
        assert 1 <= finding.line <= len(starts)
        start = starts[finding.line - 1]
        assert 1 <= finding.column <= len(text) - start + 1
        assert finding.message.text("zh") and finding.message.text("en")
    assert len({(finding.line, finding.code) for finding in found}) == len(found)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_a_mended_text_stays_as_it_is(text: str) -> None:
    once = fixed(text)
    assert fixed(once) == once


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_mending_touches_marks_digits_and_letters_only(text: str) -> None:
    def words(of: str) -> str:
        narrow = unicodedata.normalize("NFKC", of)
        return re.sub(r"[\W_0]", "", narrow)

    assert words(fixed(text)) == words(text)
    assert len(fixed(text).splitlines()) == len(text.splitlines())


DIRTY = """关于清洗外墙的通知
各位业主:请关窗,收衣.谢谢!!
时间：２026年05月01日(周五)8:00,地点:广场(东门)
参加"邻里节"，学习《甲》、《乙》。，电话:0451-82000099
网址https://a.cn/?b=1,c.d 附件a,b.pdf 比例1:500，3.5元，7×24小时，《甲》（试行）、《乙》
"""


def test_mending_removes_what_it_claims_and_nothing_else() -> None:
    clean = fixed(DIRTY)
    assert clean.splitlines()[1:4] == [
        "各位业主：请关窗，收衣。谢谢！",
        "时间：2026年5月1日（周五）8:00，地点：广场（东门）",
        "参加“邻里节”，学习《甲》《乙》。电话：0451-82000099",
    ]
    assert clean.splitlines()[4] == DIRTY.splitlines()[4]
    left = {finding.code for finding in check(clean)}
    assert not left & {"N401", "N402", "N403", "N407", "N408", "N206", "N108"}


def test_mending_leaves_front_matter_and_ignored_rules_alone() -> None:
    front = "---\ntitle: 甲,乙\nlint: {ignore: [N402]}\n---\n"
    assert fixed(front + '参加"邻里节",谢谢') == front + '参加"邻里节"，谢谢'
    assert fixed("甲,乙", Settings(ignore=frozenset({"N401"}))) == "甲,乙"


def _notices() -> list[str]:
    texts = [path.read_text("utf-8") for path in Path(__file__).parent.glob("lint_notices/*.txt")]
    return [block.partition("\n")[2] for text in texts for block in text.split("=== ")[1:]]


def test_mending_a_notice_brings_no_new_finding() -> None:
    mended = {"N401", "N402", "N403", "N407", "N408"}
    for text in _notices():
        clean = fixed(text)
        found = {finding.code for finding in check(clean)}
        assert fixed(clean) == clean
        assert found <= {finding.code for finding in check(text)}
        assert not found & mended


def test_an_escaped_mark_reads_as_the_mark_itself() -> None:
    assert check("手机138\\*\\*\\*\\*5678", whole=False) == []
    assert [f.code for f in check("联系人：\\_\\_\\_", whole=False)] == ["N110"]
    assert [f.code for f in check("各位业主\\:请关窗", whole=False)] == ["N401"]
    assert fixed("各位业主\\:请关窗") == "各位业主：请关窗"


def test_line_ends_stay() -> None:
    assert fixed("甲,乙\r\n丙,丁") == "甲，乙\r\n丙，丁"


AWKWARD = [
    "水",
    "1",
    "X",
    "*",
    "（",
    " ",
    "\n",
    "，",
    "水,,",
    ",",
    "。",
    "“",
    '"水',
    "《",
    "#",
    "-",
    "|",
    "\t",
    "5月8日",
    "8:00至",
    "欠费停水",
    "张平3-2-501欠费",
    "罚款50元",
    "保证",
    "不",
    "由",
    "_",
    "停水\n",
    "1.\n",
    "一、甲\n",
    "业主：\n",
    "13812345678 ",
    "http://a",
    "a@",
    "[",
    "[a](",
    "。，",
    "a",
    "Ａ",
    "2026年  月  日",
    "---\n",
]


def _calls(text: str) -> int:
    """How many calls of Python functions checking and mending a text takes."""
    count = 0

    def note(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        check("关于停水的通知\n各位业主：\n" + text, genre="温馨提示")
        fixed(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("unit", AWKWARD)
def test_work_grows_with_the_length_and_no_faster(unit: str) -> None:
    small, large = ((unit * size)[:size] for size in (1_000, 8_000))
    assert _calls(large) <= 12 * _calls(small) + 10_000


def test_no_piece_is_longer_than_rules_can_take() -> None:
    document = read_document("关于停水的通知\n" + "水" * 20_000 + "\n" + ("水" * 50 + "\n") * 400)
    assert max(len(line.text) for line in document.lines) <= LINE_LONGEST
    assert max(map(len, (p.text for p in document.paragraphs))) <= PARAGRAPH_LONGEST + LINE_LONGEST
    assert max(len(sentence.text) for sentence in document.sentences) <= 330


def _patterns() -> Iterator[tuple[str, str]]:
    for module in walk_packages(pmcli.lint.__path__, "pmcli.lint."):
        for name, value in vars(import_module(module.name)).items():
            if isinstance(value, re.Pattern):
                yield f"{module.name}.{name}", value.pattern


def _nested(tree: Any, inside: bool = False) -> bool:
    """Whether an endless repeat stands inside another one."""
    from re import _constants, _parser  # type: ignore[attr-defined]

    for op, argument in tree:
        if op in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
            endless = argument[1] is _constants.MAXREPEAT
            if (endless and inside) or _nested(argument[2], inside or endless):
                return True
            continue
        parts = argument if isinstance(argument, (list, tuple)) else [argument]
        for part in parts:
            if isinstance(part, _parser.SubPattern) and _nested(part, inside):
                return True
            if isinstance(part, list) and any(
                isinstance(one, _parser.SubPattern) and _nested(one, inside) for one in part
            ):
                return True
    return False


@pytest.mark.parametrize(("name", "pattern"), list(_patterns()))
def test_no_pattern_repeats_an_endless_repeat(name: str, pattern: str) -> None:
    from re import _parser  # type: ignore[attr-defined]

    assert not _nested(_parser.parse(pattern)), name


def test_the_search_finds_a_nested_repeat() -> None:
    from re import _parser  # type: ignore[attr-defined]

    assert _nested(_parser.parse(r"(?:a+|b)*c"))
    assert not _nested(_parser.parse(r"(?:a{0,9}|b)*c"))


def test_lint_touches_no_file_and_names_its_rules_once() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    folder = Path(pmcli.lint.__file__).parent
    for path in folder.rglob("*.py"):
        source = path.read_text("utf-8")
        assert not re.search(
            r"^\s*(?:import|from) (?:os|pathlib|subprocess|typer|io)\b", source, re.M
        )
        assert "open(" not in source and "print(" not in source


def test_an_empty_text_is_no_crash() -> None:
    assert {finding.code for finding in inspect("").findings} >= {"N101", "N106", "N107"}

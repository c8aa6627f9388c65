"""A value typed for a template reads as typed: it never becomes Markdown or template code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pmcli.form.field import FieldSpec
from pmcli.form.literal import marked, settled, visible
from pmcli.form.templates import read_template
from pmcli.form.text_rendering import _pair, render
from pmcli.form.text_template import SUFFIX, TextTemplate

FOLDER = Path(__file__).parent.parent / "templates" / "notices"
READER = MarkdownIt("commonmark").enable("table")
OFFICE = {"name": "翠湖花园物业服务中心", "phone": "0731-88886666"}


def template(key: str) -> TextTemplate:
    path = FOLDER / f"{key}{SUFFIX}"
    found, faults = read_template(key, (path.name, path.read_text("utf-8")))
    assert faults == []
    assert found is not None
    return found


TEMPLATES = {
    key: template(key) for key in sorted(p.name.removesuffix(SUFFIX) for p in FOLDER.iterdir())
}
SIGNS = (
    "# ", "## a #", "* ", "- ", "+ ", "1. ", "9) ", "> ", "---", "***", "___", "===", "~~~",
    "```", "`x`", "*a*", "_a_", "**b**", "[a](b)", "[a]: /u", "![i](s)", "<b>", "</b>",
    "<!-- x -->", "<u@x.cn>", "<https://x.cn>", "&amp;", "&#42;", "\\", "\\\\", "\\|", "|",
    "| - |", "$x$", "@x", "#x", "{{ 7*6 }}", "{% raw %}", "{# c #}", "~~d~~", "    code",
    "\tcode", "\n", "\n\n", "\r\n", "\u2028", "\x0b", "\u202e", "\u200b", "\ufeff", "\u2066",
    "\ufdd0", "\ufdd1", "\ufdd2", "\x00", "😀👩‍👩‍👧", "שלום", "!", "[", "]", "(", ")", ":",
    ".", "1", "一、", "长" * 60,
)  # fmt: skip
VALUES = st.lists(st.one_of(st.sampled_from(SIGNS), st.text(max_size=6)), max_size=7).map("".join)


def structure(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """The blocks of a text, and what its lines hold beside plain words."""
    return [
        (
            token.type,
            token.tag,
            tuple(
                child.type
                for child in token.children or ()
                if child.type not in ("text", "softbreak")
            ),
        )
        for token in READER.parse(text)
    ]


def words(text: str) -> str:
    """What a reader sees of a text, white space made even."""
    parts: list[str] = []
    for token in READER.parse(text):
        parts += ["".join(child.content or " " for child in token.children or ()), " "]
    return " ".join("".join(parts).split())


def value_of(spec: FieldSpec, text: str) -> Any:
    """A value of a variable's type: `text` where it is one, something fitting where it is not."""
    moment = datetime(2026, 3, 7, 9, tzinfo=UTC)
    fixed: dict[str, Any] = {
        "date": date(2026, 3, 10), "datetime": moment, "span": "2026-03-28..2026-04-06",
        "flag": True, "integer": 12, "money": Decimal("35.00"), "phone": "0731-88886666",
        "choice": next(iter(spec.choices), ""),
    }  # fmt: skip
    value = fixed.get(spec.type, text)
    return [value, value] if spec.many else value


def rendered(found: TextTemplate, text: str) -> tuple[str, str]:
    values = {name: value_of(spec, text) for name, spec in found.variables.items()}
    return render(found, {**values, "office": OFFICE, "issue_on": date(2026, 3, 5)})


def pieces(found: TextTemplate, text: str) -> Iterator[str]:
    """What must be read in the text: the value, or what a table takes apart of it."""
    bare = text.strip().strip("。；")
    tables = "pair" in found.body
    for part in _pair(bare) if tables else (bare,):
        yield " ".join(visible(part).split())


@pytest.mark.parametrize("key", TEMPLATES)
@settings(max_examples=10, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=VALUES)
@example(text="1. # *a* [b](c) | `d` <e> &amp; _f_ \\")
@example(text="| a | b |\n|---|---|")
@example(text="a\n\n# b\n\n    c")
def test_a_value_never_changes_the_structure_of_a_text(key: str, text: str) -> None:
    found = TEMPLATES[key]
    assume(all(pieces(found, text)))
    title, body = rendered(found, text)
    _, innocent = rendered(found, "甲乙")
    assert structure(body) == structure(innocent)
    read = words(body)
    for piece in pieces(found, text):
        assert piece in read or piece in title
    assert "\n" not in title and "\ufdd0" not in title + body and "\x00" not in body


LAYOUTS = (
    "{v}", "- {v}", "1. {v}", "> {v}", "# {v}", "# {v} #", "一、{v}", "甲{v}乙",
    "| a | b |\n|---|---|\n| {v} | 丙 |", "| a |\n|---|\n|{v}|", "甲\n{v}\n乙", "[{v}](u)",
    "**{v}**", "1{v}", "{v}. 甲", "{v}) 甲", "{v}(u)", "![甲]{v}", "&{v}", "{v}#42;", "-{v}",
    "#{v}", "{v}{v}", "{v} {v}", "`甲` {v}", "{v}\n\n---\n\n甲", "[甲]{v}",
)  # fmt: skip
"""Places of a text in which a value may come to stand."""


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=30, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=VALUES)
@example(text="1")
@example(text="\\")
@example(text="#")
@example(text="](x)")
def test_a_value_reads_as_typed_wherever_it_stands(layout: str, text: str) -> None:
    seen = " ".join(visible(text).split())
    assume(seen)
    body = settled(layout.replace("{v}", marked(text)))
    innocent = settled(layout.replace("{v}", marked("甲")))
    assert structure(body) == structure(innocent), body
    assert seen in words(body), body


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("8:00-20:30", "8:00-20:30"),
        ("3.5元/㎡", "3.5元/㎡"),
        ("10~20℃", "10~20℃"),
        ("Wi-Fi 与 A_B 区", "Wi-Fi 与 A_B 区"),
        ("[2026]7号", "[2026]7号"),
        ("50% 以上 & 其他", "50% 以上 & 其他"),
        ("C# 教室", "C# 教室"),
        ("a < b", "a < b"),
        ("3 * 5", "3 * 5"),
        ("3*5", "3\\*5"),
        ("-5度", "-5度"),
        ("- 5度", "\\- 5度"),
        ("#3号楼", "\\#3号楼"),
        ("1.5小时", "1.5小时"),
        ("1. 先", "1\\. 先"),
    ],
)
def test_a_backslash_stands_only_where_a_sign_could_be_meant(typed: str, written: str) -> None:
    assert settled(marked(typed)) == written


def test_a_long_text_keeps_its_paragraphs_and_nothing_else_does() -> None:
    source = (
        "---\nlabel: 甲\ntitle: 甲\nvariables:\n  note_text: {label: 乙, type: longtext}\n"
        "  line: {label: 丙, type: text}\n---\n{{ note_text }}\n\n"
        "一、{{ note_text }}\n\n{{ line }}\n"
    )
    found, faults = read_template("own", ("own.md.j2", source))
    assert faults == [] and found is not None
    _, body = render(found, {"note_text": "# 一\n\n- 二\n三", "line": "四\n# 五"})
    assert body == "\\# 一\n\n\\- 二\n\n三\n\n一、# 一 - 二 三\n\n四 # 五"


def test_a_title_is_plain_text_in_one_line() -> None:
    title, _ = rendered(template("event-invitation"), "*春* \n# [节](x)\u202e")
    assert title == "关于举办*春* # [节](x)的通知"

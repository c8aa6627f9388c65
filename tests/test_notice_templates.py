"""Every text template of writing.md §3: what it asks for, and that its own lint finds nothing."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk
from markdown_it import MarkdownIt
from notice_samples import CASES, MORE, SAMPLES, draft

from pmcli.form.templates import read_template
from pmcli.form.text_template import SUFFIX, TextTemplate
from pmcli.lint import check

FOLDER = Path(__file__).parent.parent / "templates" / "notices"
LINES, WIDTH, TIP = 26, 34, 300
"""The page of the house theme, and the most a 温馨提示 says (writing.md §4, N502)."""


def template(key: str) -> TextTemplate:
    path = FOLDER / f"{key}{SUFFIX}"
    found, faults = read_template(key, (path.name, path.read_text("utf-8")))
    assert faults == []
    assert found is not None
    return found


def full_text(record: Any) -> str:
    """The sheet as it hangs: title, salutation, text, phone, office, date."""
    year, month, day = map(int, record["issue_on"].split("-"))
    parts = [
        record["title"],
        *([record["addressee"]] if record.get("addressee") else []),
        record["body"],
        f"联系电话：{record['contact_phone']}",
        record["issuer"],
        f"{year}年{month}月{day}日",
    ]
    return "\n".join(parts)


def printed_lines(text: str) -> int:
    return 1 + sum(-(-(len(line) + 2) // WIDTH) for line in text.splitlines() if line)


def test_the_templates_are_those_of_the_writing_guide() -> None:
    assert {path.name.removesuffix(SUFFIX) for path in FOLDER.iterdir()} == set(SAMPLES)


@pytest.mark.parametrize("key", SAMPLES)
def test_a_template_loads_and_presets_its_genre(key: str) -> None:
    found = template(key)
    genre = SAMPLES[key].genre
    assert found.presets["genre"] == genre
    assert ("addressee" in found.presets) == (genre in ("通知", "温馨提示", "函"))
    assert found.presets.get("addressee", "：").endswith("：")
    for spec in found.variables.values():
        assert spec.label.zh != spec.label.en
        assert spec.help is None or spec.help.zh != spec.help.en


@pytest.mark.parametrize("key", SAMPLES)
def test_the_samples_give_every_variable(key: str) -> None:
    found, sample = template(key), SAMPLES[key]
    given = {word for word in shlex.split(sample.needs) if word.startswith("--")}
    assert given == {found.variables[name].option for name in found.required}
    given |= {word for word in shlex.split(sample.may) if word.startswith("--")}
    given |= {word for word in shlex.split(MORE.get(key, "")) if word.startswith("--")}
    assert {spec.option for spec in found.variables.values()} <= given


@pytest.mark.parametrize(("key", "options"), CASES)
def test_a_text_passes_its_own_lint_and_fits_its_page(desk: Desk, key: str, options: str) -> None:
    said, record = draft(desk, key, options)
    text = full_text(record)
    assert [line for line in said.splitlines() if line.startswith("N")] == [], text
    genre = SAMPLES[key].genre
    assert record["genre"] == genre
    until = record.get("valid_until", "")
    for kind in (None, key):
        found = check(text, genre=genre, kind=kind, valid_until=until)
        assert found == [], text
    body = record["body"]
    assert len(record["title"]) <= 22
    assert printed_lines(text) <= LINES
    if SAMPLES[key].genre == "温馨提示":
        assert sum(not char.isspace() for char in body) <= TIP
    assert "\n\n\n" not in body
    assert "None" not in body
    assert "3-2-5012" not in body
    assert [line for line in body.splitlines() if line != line.strip()] == []
    for doubled in ("。。", "；。", "；；", "，，", "、、"):
        assert doubled not in body


@pytest.mark.parametrize("key", SAMPLES)
def test_what_is_missing_is_named_with_its_label(desk: Desk, key: str) -> None:
    refused = desk.refused(["notice", "new", key, "--format", "json"], 2)
    messages, found = refused.json["error"]["messages"], template(key)
    assert len(messages) == len(found.required)
    for message, name in zip(messages, found.required, strict=True):
        spec = found.variables[name]
        assert message.startswith(f"缺少 {spec.option} {spec.label.zh}")


@pytest.mark.parametrize("key", SAMPLES)
def test_what_is_typed_stays_as_typed(desk: Desk, key: str) -> None:
    variables = {spec.option: spec for spec in template(key).variables.values()}
    words = shlex.split(f"{SAMPLES[key].needs} {SAMPLES[key].may}")
    typed = []
    for at in range(0, len(words), 2):
        spec = variables.get(words[at])
        if spec is not None and spec.type == "text":
            words[at + 1] = f"# {at} {{{{ 7*6 }}}} {{% raw %}} *乙* {{# 丙 #}} _丁_"
            typed.append(words[at + 1])
    record = desk.show(desk.do(["notice", "new", key, *words]).id)
    tokens = MarkdownIt("commonmark").enable("table").parse(record["body"])
    read = "".join(child.content for token in tokens for child in token.children or ())
    assert typed
    for words_typed in typed:
        assert words_typed in record["title"] + read


def test_more_points_than_numerals_are_still_numbered(desk: Desk) -> None:
    advice = " ".join(f"--advice 第{count}条建议" for count in range(1, 13))
    _, record = draft(desk, "pets", advice)
    assert "十、第10条建议；\n" in record["body"]
    assert "12、第12条建议。\n" in record["body"]


def test_a_text_follows_when_a_value_changes(desk: Desk) -> None:
    _, record = draft(desk, "office-hours", SAMPLES["office-hours"].needs)
    desk.do(["notice", "revise", record["id"], "--hours", "每日9:00至18:00"])
    again = desk.show(record["id"])["body"]
    assert "每日9:00至18:00" in again
    assert "2026年3月10日" in again


def test_no_letter_about_fees_threatens() -> None:
    for key in ("fee-reminder", "fee-overdue", "fee-demand", "fee-final"):
        body = template(key).body
        for word in ("停水", "停电", "门禁", "电梯", "车位", "滞纳金", "罚", "后果"):
            assert word not in body

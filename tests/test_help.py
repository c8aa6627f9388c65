"""Help: every page of every command, in both languages, at 80 columns."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperGroup
from wcwidth import wcswidth

from pmcli.cli.line.session import Session, begin
from pmcli.cli.program.app import run
from pmcli.cli.program.root import root
from pmcli.store.office import load_library

TOP = Path(__file__).parent.parent
LANGUAGES = ("zh", "en")
ENGLISH = re.compile(
    r"Usage|\bOptions?\b|Commands?\b|Arguments?\b|\[OPTIONS\]|\bARGS\b|Show this|and exit|"
    r"[\[(]required|\b(?:TEXT|NAME|TIME|DATE|FILE|DIR|CHOICE|NUMBER|UNIT|PHONE|AMOUNT|ROW|FORM|LETTER)\b"
)
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
NAMES_IN_EXAMPLES = re.compile("张敏|周洁")


def pages(language: str) -> dict[str, str]:
    """The help of every command of the program and of every form, by command path."""
    session = begin(Session())
    session.language = language
    program = root(run)
    context = program.make_context("pmcli", [], resilient_parsing=True)
    return dict(_walk(context))


def _walk(context: Any) -> Iterator[tuple[str, str]]:
    yield context.command_path, context.get_help()
    if isinstance(context.command, TyperGroup):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            yield from _walk(command.make_context(name, [], context, resilient_parsing=True))


@pytest.fixture(scope="module")
def every_page(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("nowhere"))
        patch.delenv("PMCLI_OFFICE", raising=False)
        patch.setenv("COLUMNS", "80")
        return {language: pages(language) for language in LANGUAGES}


def test_the_walk_reaches_forms_steps_and_commands(every_page):
    found = every_page["zh"]
    assert {"pmcli", "pmcli repair", "pmcli repair new", "pmcli forms check"} <= set(found)
    assert len(found) > 100
    assert set(found) == set(every_page["en"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_is_wider_than_80_columns(every_page, language):
    wide = [
        (path, line)
        for path, page in every_page[language].items()
        for line in page.splitlines()
        if wcswidth(line) > 80
    ]
    assert wide == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_ends_in_spaces_and_no_page_has_two_empty_lines(every_page, language):
    for path, page in every_page[language].items():
        assert "\n\n\n" not in page, path
        assert not re.search(r" $", page, re.MULTILINE), path


def test_chinese_help_has_no_english_words_of_the_parser(every_page):
    found = {p: ENGLISH.findall(page) for p, page in every_page["zh"].items()}
    assert {p: words for p, words in found.items() if words} == {}


def test_english_help_has_no_chinese_but_for_data(every_page):
    library = load_library(None)
    specs = [spec for name in library.names for spec in library.get(name).fields.values()]
    choices = {key for s in specs for part in (s, *s.columns.values()) for key in part.choices}
    data = sorted((c for c in choices if CHINESE.search(c)), key=len, reverse=True)
    known = re.compile("|".join([*map(re.escape, data), NAMES_IN_EXAMPLES.pattern]))
    found = {p: CHINESE.findall(known.sub("", page)) for p, page in every_page["en"].items()}
    assert {p: words for p, words in found.items() if words} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_is_explained(every_page, language):
    bare = [
        (path, line)
        for path, page in every_page[language].items()
        for line in page.splitlines()
        if re.fullmatch(r"  -{1,2}[\w-]+( \S+)?", line) and wcswidth(line) < 26
    ]
    assert bare == []


def test_explanations_stand_in_one_column(every_page):
    page = every_page["zh"]["pmcli repair new"]
    starts = {
        wcswidth(match[1])
        for line in page.splitlines()
        if (match := re.match(r"(  -.*? {2,})\S", line))
    }
    assert len(starts) == 1


def test_a_step_shows_what_is_required_first_then_the_rest_then_what_all_share(desk):
    page = desk.do("repair new --help").out
    headings = [line for line in page.splitlines() if line.endswith("：") and line[0] != " "]
    assert headings == ["必填：", "可选：", "通用："]
    required, optional, shared = re.split(r"\n(?:可选|通用)：\n", page.split("必填：\n")[1])
    assert re.findall(r"^  (--[\w-]+)", required, re.MULTILINE) == [
        "--area", "--place", "--kind", "--reporter", "--request"
    ]  # fmt: skip
    assert "--urgency" in optional
    assert re.findall(r"--[\w-]+", shared) == ["--by", "--at", "--format", "--help"]
    assert "plumbing 给排水" in required


def test_a_step_says_from_where_to_where_and_by_whom(desk):
    page = desk.do("repair dispatch --help").out
    assert page.startswith("用法：pmcli repair dispatch 编号 --worker 姓名 [选项]…\n")
    assert "状态  已受理 → 已派单" in page
    assert "办理  接待" in page
    assert "限本单的维修人员、协助人员" in desk.do("repair arrive --help").out


def test_options_of_a_record_made_along_the_way_stand_under_its_title(desk):
    page = desk.do("visit refer --help").out
    assert "可选，开立维修(服务)任务单时：\n  --area 择一" in page


def test_a_form_lists_its_steps_in_order_with_the_states_they_start_from(desk):
    page = desk.do("repair --help").out
    steps = page.split("步骤，以及从哪些状态办理：\n")[1].split("\n\n")[0].splitlines()
    assert [line.split()[0] for line in steps[:4]] == ["new", "dispatch", "arrive", "quote"]
    assert re.search(r"^  dispatch +派单 +← 已受理$", page, re.MULTILINE)
    assert "查看与打印：\n  list " in page


def test_the_program_lists_forms_by_title_and_commands_by_purpose(desk):
    page = desk.do("--help").out
    daily, office = page.split("办公室事务（命令）：")
    assert re.search(r"^  repair +维修\(服务\)任务单$", daily, re.MULTILINE)
    assert re.search(r"^  check +检查", office, re.MULTILINE)


def test_help_follows_the_language(desk, monkeypatch):
    monkeypatch.setenv("PMCLI_LANG", "en")
    page = desk.do("repair dispatch --help").out
    assert page.startswith("Usage: pmcli repair dispatch ID --worker NAME [option]…\n")
    assert "Required:" in page and "show this help" in page


@pytest.mark.parametrize("line", ["", "--office ."])
def test_without_a_command_help_is_shown(desk, line):
    assert desk.do(line).out == desk.do("--help").out


@pytest.mark.parametrize("columns", ["20", "60", "200"])
def test_help_fits_other_terminals(desk, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    for line in ("--help", "repair --help", "repair new --help"):
        limit = max(min(int(columns), 80), 50)
        assert max(map(wcswidth, desk.do(line).out.splitlines())) <= limit


MISTAKES = [
    "repair new --urgency", "repair --nosuch", "repair new --nosuch", "repair new -x",
    "repair show", "repair show a b", "repair list --open=1", "--office", "init", "init d",
    "nosuch", "repair nosuch", "forms nosuch", "import unit", "repair show x --format",
    "--show-completion tcsh", "--install-completion tcsh",
]  # fmt: skip


@pytest.mark.parametrize("line", MISTAKES)
def test_mistakes_on_the_command_line_are_explained_in_one_language(desk, monkeypatch, line):
    chinese = desk.refused(line, 2).err
    assert CHINESE.search(chinese)
    assert not ENGLISH.search(chinese), chinese
    monkeypatch.setenv("PMCLI_LANG", "en")
    assert not CHINESE.search(desk.refused(line, 2).err)


def test_help_and_completion_cost_nothing_until_they_are_asked_for(desk):
    script = (
        "import sys; from pmcli.cli.program.app import run; run(sys.argv[1:]); "
        "print(*[n for n in ('help', 'completion', 'line.meaning', 'manual', 'guided.question') "
        "if 'pmcli.cli.' + n in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "unit", "show", "3-2-501"],
        cwd=desk.root, env={**os.environ, "PYTHONPATH": str(TOP)},
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert "3-2-501" in done.stdout
    assert done.stderr.strip() == ""


def test_the_program_starts_without_the_language_of_forms():
    script = (
        "import sys; from pmcli.cli.program.app import run; run(['--version']); "
        "print([n for n in sys.modules if n.startswith(('pmcli.form', 'pmcli.record'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": str(TOP)},
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("closed", ["", ">&-", "| true"])
def test_the_version_is_told_before_anything_is_loaded(closed):
    line = f"{shlex.quote(sys.executable)} -X importtime -m pmcli --version {closed}"
    done = subprocess.run(
        ["sh", "-c", line], env={**os.environ, "PYTHONPATH": str(TOP)},
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0 and "Traceback" not in done.stderr
    if not closed:
        loaded = {row.rpartition("|")[2].strip() for row in done.stderr.splitlines()}
        assert done.stdout.startswith("pmcli ")
        assert {name for name in loaded if name.startswith("pmcli")} == {"pmcli"}
        assert not {"typer", "yaml", "json", "dataclasses"} & loaded

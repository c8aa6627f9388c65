"""`pmcli lint`: files, standard input, records; what it prints and how it ends."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from pmcli.cli.program import root as app
from pmcli.lint.rules import BY_CODE

GOOD = """关于更换阀门的通知
各位业主：
　　因管道老化，我处将于5月20日更换阀门，请您留意。不便之处，敬请谅解。
　　电话：0451-82000099
柳荫里物业服务中心
2026年5月8日
"""
WARNED = GOOD.replace("不便之处，敬请谅解。", "")
WRONG = GOOD.replace("请您留意", "乱动阀门的罚款50元")


@pytest.fixture(autouse=True)
def lint_is_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.COMMANDS, "lint", "pmcli.cli.commands.lint")


@pytest.fixture
def folder(desk, tmp_path: Path) -> Path:
    """A folder outside any office, in which commands are typed."""
    outside = tmp_path / "outside"
    outside.mkdir()
    desk.root = outside
    return outside


def put(folder: Path, text: str, name: str = "notice.md") -> str:
    (folder / name).write_text(text, "utf-8")
    return name


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (GOOD, [], 0),
        (GOOD, ["--strict"], 0),
        (WARNED, [], 0),
        (WARNED, ["--strict"], 1),
        (WARNED, ["--strict", "--ignore", "n105"], 0),
        (WRONG, [], 1),
        (WRONG, ["--ignore", "N203"], 0),
    ],
)
def test_it_fails_for_errors_and_strictly_for_warnings(desk, folder, text, options, code) -> None:
    assert desk(["lint", put(folder, text), *options]).code == code


def test_a_finding_is_a_line_with_file_line_code_message_and_source(desk, folder) -> None:
    result = desk(["lint", put(folder, WRONG)])
    line = result.out.splitlines()[0]
    assert line.startswith("notice.md:3: N203 错误 ") and line.endswith("[行政处罚法 17]")
    assert "1" in result.err


def test_it_speaks_english(desk, folder, monkeypatch) -> None:
    monkeypatch.setenv("PMCLI_LANG", "en")
    assert "N203 error An office cannot fine" in desk(["lint", put(folder, WRONG)]).out


def test_json_and_sarif(desk, folder) -> None:
    name = put(folder, WRONG)
    listed = desk(["lint", name, "--format", "json"]).json
    assert listed["schema"] == 1
    finding = listed["findings"][0]
    assert (finding["file"], finding["line"], finding["code"]) == (name, 3, "N203")
    assert set(finding) >= {"file", "line", "code", "severity", "message", "source"}
    sarif = json.loads(desk(["lint", name, "--format", "sarif"]).out)
    assert sarif["version"] == "2.1.0"
    result = sarif["runs"][0]["results"][0]
    assert result["ruleId"] == "N203"
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 3


def test_a_suppressed_finding_is_counted(desk, folder) -> None:
    name = put(folder, "---\nlint: {ignore: [N203]}\n---\n" + WRONG)
    result = desk(["lint", name])
    assert result.code == 0 and "N203" not in result.out
    assert desk(["lint", name, "--format", "json"]).json["suppressed"] == 1


def test_unknown_codes_and_missing_files_are_errors_of_use(desk, folder) -> None:
    name = put(folder, "---\nlint: {ignore: [N999]}\n---\n" + GOOD)
    assert desk(["lint", name]).code == 2
    good = put(folder, GOOD, "good.md")
    assert desk(["lint", good, "--ignore", "N999"]).code == 2
    assert desk(["lint"]).code == 2
    assert desk(["lint", "none.md"]).code == 3
    (folder / "gbk.md").write_bytes(GOOD.encode("gbk"))
    assert desk(["lint", "gbk.md"]).code == 2


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_every_rule_is_explained(desk, folder, code: str) -> None:
    told = desk.do(["lint", "--explain", code.lower()]).out
    assert code in told and len(told.splitlines()) == 2
    assert desk.do(["lint", "--explain", code, "--format", "json"]).json["code"] == code


def test_standard_input(desk, folder, monkeypatch) -> None:
    class Typed:
        buffer = io.BytesIO(WRONG.encode("utf-8"))

    monkeypatch.setattr(sys, "stdin", Typed)
    assert desk(["lint", "-"]).out.startswith("-:3: N203")


def test_fix_mends_the_file_once(desk, folder) -> None:
    dirty = GOOD.replace("：\n", ":\n").replace("2026年5月8日", "2026年05月08日")
    name = put(folder, dirty)
    assert "3" in desk.do(["lint", name, "--fix"]).err
    assert (folder / name).read_text("utf-8") == GOOD
    assert "0" in desk.do(["lint", name, "--fix"]).err


def test_the_office_of_the_file_sets_names_numbers_and_limits(desk, folder) -> None:
    office = "name: 柳荫里\nphone: 0451-82000099\nphones: ['13900000012']\nlint: {title_max: 5}\n"
    (folder / "office.yaml").write_text(office, "utf-8")
    (folder / "notices").mkdir()
    text = GOOD.replace("柳荫里物业服务中心", "柳荫里").replace("0451-82000099", "13900000034")
    put(folder / "notices", text)
    found = desk(["lint", "notices/notice.md", "--format", "json"]).json["findings"]
    assert {finding["code"] for finding in found} == {"N102", "N301"}


@pytest.mark.parametrize(
    "line", ["lint: {title_max: many}", "lint: {theme: other}", "lint: {ignore: [N999]}"]
)
def test_a_wrong_limit_is_told_with_its_line(desk, folder, line: str) -> None:
    (folder / "office.yaml").write_text(f"name: 柳荫里\n{line}\n", "utf-8")
    result = desk(["lint", put(folder, GOOD)])
    assert result.code == 1
    assert "office.yaml:2" in result.err


def test_a_record_is_checked_by_its_number_in_an_office(desk) -> None:
    result = desk(["lint", "3-2-501"])
    assert result.code == 2 and "3-2-501" in result.err
    assert desk(["lint", "ZZ-000000-A00"]).code == 3


def test_fix_prints_what_came_from_standard_input(desk, folder, monkeypatch) -> None:
    class Typed:
        buffer = io.BytesIO(GOOD.replace("：\n", ":\n").encode("utf-8"))

    monkeypatch.setattr(sys, "stdin", Typed)
    assert desk.do(["lint", "-", "--fix"]).out == GOOD

"""The documents say what is so: the worked example, the catalogue, README's commands."""

from __future__ import annotations

import re
import shlex
import string
from pathlib import Path

import pytest
from declared import mappings
from ruamel.yaml import YAML

from pmcli.form.functions import FUNCTIONS
from pmcli.form.language import FILTERS, NAMES
from pmcli.form.part import PARTS
from pmcli.form.types import TYPES
from pmcli.messages import CATALOGUE
from pmcli.record import event
from pmcli.record.event import name_of

TOP = Path(__file__).parent.parent
GUIDE = (TOP / "docs" / "forms.md").read_text("utf-8")


def _lesson() -> str:
    start = GUIDE.index("## Ten minutes")
    return GUIDE[start : GUIDE.index("\n## ", start + 5)]


def test_the_worked_example_of_the_guide_works(desk):
    blocks = re.findall(r"```yaml\n(.*?)```", _lesson(), re.DOTALL)
    assert len(blocks) == 5
    folder = desk.root / "forms"
    folder.mkdir()
    (folder / "umbrella.yaml").write_text("\n".join(blocks), "utf-8")
    commands = re.search(r"```console\n(.*?)```", _lesson(), re.DOTALL)
    assert commands is not None
    for line in commands[1].splitlines():
        typed, _, remark = line.removeprefix("$ pmcli ").partition("#")
        result = desk(typed.strip())
        assert result.code == (4 if "refused" in remark else 0), (line, result)
        if "refused" in remark:
            assert "遗失不能归还" in result.err
    assert "已归还" in desk.do("umbrella show a01").out


def test_the_changed_form_of_the_guide_works(desk):
    block = re.search(r"```yaml\n(form: repair\nextends.*?)```", GUIDE, re.DOTALL)
    assert block is not None
    (desk.root / "forms").mkdir()
    (desk.root / "forms" / "repair.yaml").write_text(block[1], "utf-8")
    desk.do("forms check")
    shown = desk.do("forms show repair --format json").json
    assert shown["title"] == "报修单"
    assert "floor" in shown["fields"]
    assert "rectify" not in shown["clocks"]
    assert "dispatch" in shown["clocks"]


@pytest.mark.parametrize("word", sorted([*FUNCTIONS, *TYPES, *PARTS, *FILTERS]))
def test_the_guide_names_every_word_of_the_language(word):
    assert re.search(rf"`[^`]*\b{word}\b[^`]*`", GUIDE), word


@pytest.mark.parametrize("name", sorted(NAMES - {"it", "cell", "created", "overdue", "this_id"}))
def test_the_guide_names_every_name(name):
    assert f"`{name}`" in GUIDE


def test_every_key_of_an_office_s_files_is_explained():
    keys = {key for shape in mappings() for key in shape.keys}
    assert len(keys) > 150
    assert [key for key in sorted(keys) if not re.search(rf"\b{key}\b", GUIDE)] == []


def test_every_sentence_has_both_wordings_with_the_same_gaps():
    for key, wordings in CATALOGUE.items():
        assert len(wordings) == 2 and all(wordings), key
        gaps = [{name for _, name, _, _ in string.Formatter().parse(w) if name} for w in wordings]
        assert gaps[0] == gaps[1], key
        assert not re.search(
            r"[\u4e00-\u9fff]", wordings[1].replace("张敏", "").replace("周洁", "")
        ), key


def test_the_readme_has_one_command_for_the_demonstration_and_one_for_the_tests():
    readme = (TOP / "README.md").read_text("utf-8")
    commands = re.findall(r"^python3 -m venv .*$", readme, re.MULTILINE)
    assert len(commands) == 2
    assert commands[0].endswith("pmcli demo")
    assert "[test]" in commands[1] and "pytest" in commands[1]
    for command in commands:
        shlex.split(command)


def test_the_readme_s_record_and_the_columns_of_a_history_are_real():
    readme = (TOP / "README.md").read_text("utf-8")
    front = readme.split("```markdown\n---\n", 1)[1].split("\n---\n", 1)[0]
    record = YAML(typ="safe", pure=True).load(front.replace("\n...\n", "\n"))
    assert len(record["history"]) == 2
    for row in record["history"]:
        assert row["event"] == name_of(record["id"], row)
    said = (TOP / "docs" / "records.md").read_text("utf-8")
    rows = re.findall(r"^\| (`.*?) \|", said.split("## History", 1)[1], re.MULTILINE)
    assert re.findall(r"`(\w+)`", " ".join(rows)) == list(event._COLUMNS)
    assert "first twelve" in said and event.NAME_LENGTH == 12


def test_ci_runs_the_readme_s_tests_then_the_slow_ones_then_lint_and_types():
    lines = (TOP / ".ci" / "run").read_text("utf-8").splitlines()
    steps = ("bash -c", "pytest -n auto -m slow", "ruff check", "mypy", "lint-imports")
    places = [next(i for i, line in enumerate(lines) if step in line) for step in steps]
    assert places == sorted(places)
    assert "README.md" in "".join(lines[: places[0]])
    assert lines[places[1]].startswith("timeout --kill-after=1m 30m ")


def test_no_top_level_entry_outside_the_design():
    import subprocess

    listed = subprocess.run(
        ["git", "ls-files"], cwd=TOP, capture_output=True, text=True, check=False
    ).stdout
    top = {line.split("/")[0] for line in listed.splitlines()}
    allowed = {"pyproject.toml", "pmcli", "records", "templates", "forms", "tests", "README.md",
               "LICENSE", "CHANGELOG.md", "docs", "office.yaml"}  # fmt: skip
    assert {name for name in top if not name.startswith(".")} <= allowed


def test_the_house_is_drawn_as_it_stands():
    drawn = (TOP / "docs/architecture.md").read_text("utf-8")
    folders = {p.parent for p in (TOP / "pmcli").rglob("*.py")} - {TOP / "pmcli"}
    inner = {"lint/rules", "workflow/functions"}
    rooms = {p.relative_to(TOP / "pmcli").as_posix() for p in folders} - inner - {"cli"}
    files = {p.name for p in (TOP / "pmcli").glob("*.py")} - {"__init__.py", "__main__.py"}
    table = set(re.findall(r"^\| `([^`]+?)/?` \|", drawn, re.MULTILINE))
    assert {row for row in table if row in files or not row.endswith(".py")} == rooms | files
    named = re.findall(r"`([a-z_/]+\.py)`", drawn)
    everywhere = [p.as_posix() for p in (TOP / "pmcli").rglob("*.py")]
    everywhere += [p.as_posix() for p in (TOP / "tests").glob("*.py")]
    assert [n for n in named if not any(p.endswith(f"/{n}") for p in everywhere)] == []
    assert all(path.name in drawn for path in folders)
    assert len(drawn.splitlines()) < 120

"""A command line taken apart without typer gives what typer makes of it, or is left to typer."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from conftest import Desk
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scenes import bring
from typer.exceptions import TyperException

from pmcli.cli.commands import check, desk, history, import_, init, lint, save, undo
from pmcli.cli.line.options import Argument, CommandSpec, Flag, Option
from pmcli.cli.line.quick import values_of
from pmcli.cli.line.session import Session, begin
from pmcli.cli.line.typed import typed
from pmcli.cli.program.form_commands import form_command, standard
from pmcli.problems import Problem
from pmcli.store.office import load_library

begin(Session())
LIBRARY = load_library(None)
COMMANDS: list[CommandSpec] = [
    *(module.command("x") for module in (check, desk, history, import_, init, lint, save, undo))
]
for _form in map(LIBRARY.get, LIBRARY.names):
    for _step in [*_form.transitions, *standard(_form), "new"]:
        _found = form_command(_form, _step, "zh", False)
        assert _found is not None
        COMMANDS.append(_found)
texts = st.sampled_from(
    [
        "x",
        "",
        "-",
        "--",
        "-x",
        "3-2-501",
        "２０２６年3月5日",
        "a=b",
        "--by",
        "张敏",
        "json",
        "-o",
        "--help",
    ]
)


@st.composite
def lines(draw: st.DrawFn) -> tuple[CommandSpec, list[str]]:
    """A command and words that it may be given."""
    command = draw(st.sampled_from(COMMANDS))
    params = command.params
    words: list[str] = []
    for _ in range(draw(st.integers(0, 5))):
        param = draw(st.sampled_from([*params, None]) if params else st.none())
        text = draw(texts)
        match param:
            case Option():
                name = draw(st.sampled_from(param.names))
                words += draw(st.sampled_from([[name, text], [f"{name}={text}"], [name]]))
            case Flag():
                words += draw(st.sampled_from([[param.word], [f"{param.word}={text}"]]))
            case Argument() | None:
                words.append(text)
    return command, words


def by_typer(command: CommandSpec, words: list[str]) -> dict[str, Any] | None:
    """What typer makes of them; None for what it refuses or answers itself."""
    try:
        return dict(typed(command).make_context("x", list(words)).params)
    except (TyperException, Problem):
        return None


def named(name: str) -> CommandSpec:
    """A command of the form of repairs."""
    found = form_command(LIBRARY.get("repair"), name, "zh", False)
    assert found is not None
    return found


@settings(max_examples=500, deadline=None)
@given(lines())
@example((named("list"), ["--limit", "2", "--limit", "3"]))
@example((named("list"), ["-o", "-x"]))
@example((named("list"), ["-o=x"]))
@example((named("list"), ["--open=x"]))
@example((named("list"), ["--state", "closed", "--state=已销单"]))
@example((named("show"), []))
@example((named("show"), ["a", "b"]))
@example((named("show"), ["--", "a"]))
@example((init.command("init"), ["x"]))
@example((init.command("init"), ["x", "--name", "y"]))
@example((lint.command("lint"), ["a", "b"]))
def test_what_is_taken_apart_is_what_typer_gives(line: tuple[CommandSpec, list[str]]) -> None:
    command, words = line
    if "--help" in words or "-h" in words:
        return
    values = values_of(command, words)
    if values is not None:
        assert values == by_typer(command, words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("list", []),
        ("list", ["--open", "--limit", "5", "--state", "closed", "--unit=3-2-501"]),
        ("list", ["-o", "x.csv", "--columns", "id"]),
        ("show", ["BX-260301-A01", "--reveal"]),
        ("dispatch", ["BX-260301-A01", "--worker", "刘强", "--by", "张敏", "--note", ""]),
        ("new", ["--unit", "3-2-501", "--request", "漏水"]),
        ("print", ["a", "b", "--public"]),
    ],
)
def test_what_is_typed_as_it_should_be_is_taken_apart(name: str, words: list[str]) -> None:
    values = values_of(named(name), words)
    assert values is not None
    assert values == by_typer(named(name), words)


@pytest.mark.parametrize("words", [["--help"], ["a", "-h"], ["a", "--nix"], ["a", "--reveal=1"]])
def test_what_has_to_be_explained_is_left_to_typer(words: list[str]) -> None:
    assert values_of(named("show"), words) is None


HEAVY = {
    "typer", "rich", "jinja2", "yaml", "ruamel", "typst", "openpyxl", "questionary", "tabulate",
    "wcwidth", "prompt_toolkit", "frontmatter", "markdown_it", "pypinyin", "email",
}  # fmt: skip
LINES = {
    "--version": ["pmcli"],
    "repair list": [],
    "repair list --open --limit 3": [],
    "repair show {repair}": [],
    "visit new --category other --channel phone --visitor 刘先生 --content 打听": [],
    "repair dispatch {repair} --worker 李强": [],
}


READ_BACK = {"frontmatter", "ruamel", "yaml"}
"""What reads a changed file as other programs do, before it is committed."""


@pytest.mark.parametrize("line", LINES)
def test_a_command_loads_only_what_it_needs(desk: Desk, line: str) -> None:
    program = (
        "import sys\n"
        "from pmcli.__main__ import main\n"
        "try:\n    main()\nfinally:\n"
        "    print(*sys.modules, file=open('../modules', 'w'))\n"
    )
    for _ in range(2):  # the first one reads the forms
        words = line.format(repair=bring(desk, "repair", "received")).split()
        done = subprocess.run(
            [sys.executable, "-c", program, *words], cwd=desk.root, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    modules = (desk.root.parent / "modules").read_text().split()
    allowed = READ_BACK if "dispatch" in line else set()
    assert {name.split(".")[0] for name in modules} & HEAVY <= allowed
    if line == "--version":
        assert [name for name in modules if name.startswith("pmcli")] == ["pmcli", "pmcli.__main__"]

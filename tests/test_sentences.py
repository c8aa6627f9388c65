"""Sentences and their keys: each that the code says is there, with its gaps, and each is said."""

from __future__ import annotations

import ast
import importlib.util
import re
import string
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from declared import mappings
from typer.core import TyperGroup

from pmcli.cli import manual
from pmcli.cli.commands import lint, schemas
from pmcli.cli.help import page
from pmcli.cli.line.session import Session, begin
from pmcli.cli.program.app import run
from pmcli.cli.program.root import Root, root
from pmcli.documents import fonts, pdf
from pmcli.form.types import TYPES
from pmcli.lint.kinds import KINDS
from pmcli.lint.model import Severity
from pmcli.lint.persons import PrivateNumber
from pmcli.lint.rules import BY_CODE, privacy
from pmcli.messages import CATALOGUE, known, write_keys
from pmcli.problems import ExitCode, Want
from pmcli.record.event import CALLED, Kind
from pmcli.store import checks, save

TOP = Path(__file__).parents[1]
CATALOGUE_FOLDER = TOP / "pmcli" / "messages"
SOURCES = {path: ast.parse(path.read_text("utf-8")) for path in (TOP / "pmcli").rglob("*.py")}
SAYERS = {"Sentence", "say", "_both"}
"""What takes a key and the values for its gaps by name."""


def gaps_of(key: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(CATALOGUE[key][0]) if name}


# --- the type of all keys


def test_the_type_of_all_keys_is_up_to_date() -> None:
    written = write_keys.WRITTEN.read_text("utf-8")
    assert written == write_keys.module_of(CATALOGUE), "run python -m pmcli.messages.write_keys"


def test_no_module_needs_the_type_of_all_keys_to_run() -> None:
    loading = (
        "import importlib, pkgutil, sys, pmcli\n"
        "for found in pkgutil.walk_packages(pmcli.__path__, 'pmcli.'):\n"
        "    if found.name != 'pmcli.messages.keys' and not found.name.endswith('__main__'):\n"
        "        importlib.import_module(found.name)\n"
        "assert len([name for name in sys.modules if name.startswith('pmcli.')]) > 200\n"
        "sys.exit('pmcli.messages.keys' in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", loading], cwd=TOP, check=True)


PLANTED = """
from __future__ import annotations

from typing import TYPE_CHECKING

from pmcli.messages import Sentence, known

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

TABLE: dict[str, Key] = {"at": "history_at"}
MISSPELT: dict[str, Key] = {"at": "history_ad"}  # wrong

def say(key: Key, name: str) -> list[Sentence]:
    found = known("history_", name)
    maybe: Key | None = "history_at" if name else None
    other: Key = "history_at" if name else "history_buy"  # wrong
    if found is not None:
        Sentence(found)
    Sentence(maybe)  # wrong
    Sentence(name)  # wrong
    Sentence(f"history_{name}")  # wrong
    Sentence("history_" + name)  # wrong
    Sentence(TABLE[name])
    Sentence("histroy_at")  # wrong
    Sentence("history_at" if name else "history_bye")  # wrong
    Sentence(other)
    fitting = [Sentence(one) for one in ("history_at", "history_by")]
    return [*fitting, *(Sentence(one) for one in ("history_at", "history_bi"))]  # wrong

say("history_at", "")
say("history_act", "")  # wrong
"""


@pytest.mark.skipif(importlib.util.find_spec("mypy") is None, reason="mypy is not installed")
def test_a_key_that_there_is_not_is_a_mistake_of_type(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(PLANTED, "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--cache-dir", tmp_path / "c",
         planted],
        cwd=TOP, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    found = {int(line) for line in re.findall(r"planted\.py:(\d+): error", run.stdout)}
    lines = PLANTED.splitlines()
    assert found == {n for n, line in enumerate(lines, 1) if "# wrong" in line}, run.stdout
    assert f"Found {len(found)} errors in 1 file" in run.stdout


def _named(node: ast.AST) -> str:
    function = node.func if isinstance(node, ast.Call) else node
    return getattr(function, "id", None) or getattr(function, "attr", "")


def test_one_place_turns_a_text_into_a_key() -> None:
    casts = [
        path.relative_to(TOP).as_posix()
        for path, tree in SOURCES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _named(node) == "cast"
        if "Key" in ast.unparse(node.args[0])
    ]
    assert casts == ["pmcli/messages/__init__.py"]
    hushed = [
        line
        for path in SOURCES
        for line in path.read_text("utf-8").splitlines()
        if "type: ignore" in line
        and re.search(r"Sentence\(|\bKey\b|\bsay\(|arg-type|ignore$", line)
    ]
    assert hushed == []


# --- the gaps


def unfilled(tree: ast.AST) -> Iterator[str]:
    """Calls whose names are not the gaps of what they say, with the line.

    Where it is one sentence or another, all gaps of each are given, and nothing that none has.
    """
    for scope in [tree, *(n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))]:
        assigned = _assigned(scope)
        for node in _within(scope):
            if not isinstance(node, ast.Call) or _named(node) not in SAYERS or not node.args:
                continue
            keys = _keys(node.args[0], assigned)
            if not keys or any(word.arg is None for word in node.keywords):
                continue
            given = {str(word.arg) for word in node.keywords}
            wanted = [gaps_of(key) for key in keys]
            if any(gaps - given for gaps in wanted) or given - set().union(*wanted):
                yield f"{node.lineno}: {ast.unparse(node)}"


def _within(scope: ast.AST) -> Iterator[ast.AST]:
    """What stands in a function or module, but not in the functions inside."""
    for child in ast.iter_child_nodes(scope):
        yield child
        if not isinstance(child, ast.FunctionDef):
            yield from _within(child)


def _assigned(scope: ast.AST) -> dict[str, set[str]]:
    """The keys that a name of a function may stand for."""
    found: dict[str, set[str]] = {}
    for node in _within(scope):
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name) and (keys := _keys(node.value, {})):
                    found.setdefault(target.id, set()).update(keys)
    return found


def _keys(node: ast.AST, assigned: dict[str, set[str]]) -> set[str]:
    """The keys that an expression may be; none where that cannot be read off."""
    if isinstance(node, ast.Constant):
        return {node.value} & set(CATALOGUE)
    if isinstance(node, ast.IfExp):
        return _keys(node.body, assigned) | _keys(node.orelse, assigned)
    return assigned.get(node.id, set()) if isinstance(node, ast.Name) else set()


def test_every_sentence_is_given_its_gaps_and_nothing_else() -> None:
    found = {
        path.relative_to(TOP).as_posix(): list(unfilled(tree)) for path, tree in SOURCES.items()
    }
    assert {path: calls for path, calls in found.items() if calls} == {}


@pytest.mark.parametrize(
    ("call", "fits"),
    [
        ('Sentence("no_variable", option=1, options=2)', True),
        ('Sentence("no_variable", option=1)', False),
        ('Sentence("no_variable", option=1, options=2, more=3)', False),
        ('Sentence("no_variable", **gaps)', True),
        ('room.say("no_variable", option=1)', False),
        ('Sentence("no_option_near" if near else "no_option", option=1, near=2)', True),
        ('Sentence("no_option_near" if near else "no_option", option=1)', False),
        ('Sentence("no_option_near" if near else "no_option", option=1, near=2, far=3)', False),
        ('key: Key = "no_option_near" if near else "no_option"\n  Sentence(key, option=1)', False),
        ('key: Key = "no_option"\n  Sentence(key, option=1)', True),
    ],
)
def test_a_gap_that_is_not_filled_is_seen(call: str, fits: bool) -> None:
    assert gaps_of("no_variable") == {"option", "options"}
    assert (gaps_of("no_option_near"), gaps_of("no_option")) == ({"option", "near"}, {"option"})
    planted = ast.parse(f"def f(near):\n  {call}")
    assert (list(unfilled(planted)) == []) == fits


# --- families of sentences


def shape_keys() -> Iterator[str]:
    """What a key of an office's files may be explained under."""
    for shape in mappings():
        yield from shape.keys
        yield from (f"{shape.name}_{key}" for key in shape.keys)


@pytest.fixture(scope="module")
def asked_for_help(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """What all pages of help ask for, by family."""
    asked: dict[str, set[str]] = {}

    def noting(prefix: str, name: str) -> Any:
        asked.setdefault(prefix, set()).add(name)
        return known(prefix, name)

    def walk(context: Any) -> None:
        context.get_help()
        if isinstance(context.command, TyperGroup):
            for name in context.command.list_commands(context):
                command = context.command.get_command(context, name)
                walk(command.make_context(name, [], context, resilient_parsing=True))

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("nowhere"))
        patch.delenv("PMCLI_OFFICE", raising=False)
        patch.setattr(page, "known", noting)
        begin(Session()).language = "zh"
        walk(root(run).make_context("pmcli", [], resilient_parsing=True))
    return asked


def type_words() -> set[str]:
    """What stands for a value of a field's type."""
    words = [word for kind in TYPES.values() for word in re.findall("[A-Z]+", kind.metavar)]
    return {word.lower() for word in words}


AS_TYPED = {"pdf", "yyyy", "mm"}
"""What is no word, and the same in both languages."""
MEMBERS: dict[str, Callable[[dict[str, set[str]]], Iterable[str]]] = {
    "lint_explain_": lambda asked: BY_CODE,
    "lint_field_": lambda asked: {name for kind in KINDS.values() for name in kind.fields},
    "help_": lambda asked: Root.own_commands,
    "metavar_": lambda asked: (asked["metavar_"] | type_words()) - AS_TYPED,
    "help_argument_": lambda asked: asked["help_argument_"],
}
"""Families that grow with the program, each member of which has a sentence."""
PARTLY: dict[str, Callable[[dict[str, set[str]]], Iterable[str]]] = {
    "metavar_of_": lambda asked: asked["metavar_of_"],
    "schema_key_": lambda asked: shape_keys(),
}
"""Families in which a member may be told by a word that others have too: `metavar_`, or, what
test_schemas.py proves, the key's name in all mappings."""


def test_every_open_family_is_looked_at_here() -> None:
    prefixes = {
        ast.literal_eval(node.args[0])
        for tree in SOURCES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _named(node) == "known" and len(node.args) == 2
    }
    assert prefixes == {*MEMBERS, *PARTLY}


@pytest.mark.parametrize("prefix", MEMBERS)
def test_every_member_of_a_family_has_its_sentence(
    prefix: str, asked_for_help: dict[str, set[str]]
) -> None:
    members = list(MEMBERS[prefix](asked_for_help))
    assert len(members) > 3
    assert [name for name in members if known(prefix, name) is None] == []


def test_what_is_no_member_has_none() -> None:
    assert known("lint_explain_", "N999") is None
    assert known("history_", "at") == "history_at"


@pytest.mark.parametrize(
    ("table", "members"),
    [
        (CALLED, set(Kind) - {Kind.STEP}),
        (manual._EXITS, set(ExitCode)),
        (manual._UNMET, set(Want)),
        (checks._UNCOMMITTED, set(get_args(checks.Change))),
        (save._LEFT, set(get_args(checks.Change)) - {"changed"}),
        (pdf._FACES, set(fonts.CHAINS)),
        (privacy._NUMBERS, set(get_args(PrivateNumber))),
        (lint._SEVERITIES, set(get_args(Severity))),
        (schemas._TITLES, set(schemas.SHAPES)),
    ],
)
def test_every_table_of_keys_is_whole(table: dict[Any, str], members: set[Any]) -> None:
    assert set(table) == members


def test_no_sentence_is_left_over(asked_for_help: dict[str, set[str]]) -> None:
    said = {
        node.value
        for path, tree in SOURCES.items()
        if path.parent != CATALOGUE_FOLDER
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    said |= {
        prefix + name
        for prefix, members in (MEMBERS | PARTLY).items()
        for name in members(asked_for_help)
    }
    assert [key for key in CATALOGUE if key not in said] == []

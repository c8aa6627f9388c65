"""The engine knows no procedure: no shipped form is named in pmcli's code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from declared import mappings

import pmcli
from pmcli.cli.program.form_commands import STANDARD
from pmcli.cli.program.root import COMMANDS
from pmcli.command_names import RESERVED_COMMANDS, TOP_COMMANDS
from pmcli.form.functions import FUNCTIONS
from pmcli.form.language import FILTERS
from pmcli.form.types import TYPES
from pmcli.messages import CATALOGUE
from pmcli.store.office import load_library
from pmcli.trade import ROLES

LIBRARY = load_library(None)
NAMES = set(LIBRARY.names)
PREFIXES = set(LIBRARY.prefixes)
CODE = sorted(Path(pmcli.__file__).parent.rglob("*.py"))

WORDS_OF_THE_FORM_LANGUAGE = {"unit", "repair"}
"""`unit` is a type of field (and the option and keys that go with it), `repair` a role of staff."""

ROLE_ONLY = {"repair": {"trade.py"}}
"""Where a role that is also a form's name may be written: beside the other roles."""


def strings(tree: ast.AST) -> list[ast.Constant]:
    """The text constants of some code, without its docstrings."""
    nodes = list(ast.walk(tree))
    prose = {id(n.value) for n in nodes if isinstance(n, ast.Expr)}
    return [
        n
        for n in nodes
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in prose
    ]


def named(code: str, file: str) -> list[str]:
    """Where some code names a shipped form: as a value, by its prefix, or in a command line."""
    command = re.compile(rf"pmcli ({'|'.join(NAMES)})\b|\b({'|'.join(PREFIXES)})-")
    found = []
    for constant in strings(ast.parse(code)):
        text = constant.value
        language = text in WORDS_OF_THE_FORM_LANGUAGE and file in ROLE_ONLY.get(text, {file})
        if (text in NAMES | PREFIXES and not language) or command.search(text):
            found.append(f"{file}:{constant.lineno}: {text!r}")
    return found


def test_no_shipped_form_is_named_in_the_code() -> None:
    root = Path(pmcli.__file__).parent
    assert len(CODE) > 40
    found = [
        place
        for path in CODE
        for place in named(path.read_text("utf-8"), path.relative_to(root).as_posix())
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "if form.name == 'visit': pass",
        "if form.name in ('complaint', 'boat'): pass",
        "library.get('revisit')",
        "if form.name == 'repair': pass",
        "match form:\n    case 'resident': pass",
        "prefix = 'BX'",
        "say('pmcli unit new')",
        "say(f'pmcli visit {command}')",
        "number.startswith('HF-')",
    ],
)
def test_the_search_finds_a_name(code: str) -> None:
    assert named(code, "cli/example.py")


def test_words_of_the_form_language_are_only_those() -> None:
    assert {w for w in WORDS_OF_THE_FORM_LANGUAGE if w in TYPES or w in ROLES} == (
        WORDS_OF_THE_FORM_LANGUAGE
    )
    assert NAMES & (set(TYPES) | set(ROLES)) == WORDS_OF_THE_FORM_LANGUAGE


def test_no_unit_or_repair_is_a_form_where_a_form_is_asked_for() -> None:
    """`unit` and `repair` may be compared with a type or a role, never with a form's name."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Compare):
                texts = {n.value for n in strings(node)} & WORDS_OF_THE_FORM_LANGUAGE
                source = ast.unparse(node)
                about_forms = re.search(
                    r"\bform(_name)?(\.name)?\b(?!\.value_type|\.fields)", source
                )
                assert not (texts and about_forms), f"{path}: {source}"
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
                ("library.get", "library.load")
            ):
                assert not [a for a in node.args if isinstance(a, ast.Constant)], (
                    f"{path}: {ast.unparse(node)}"
                )


def test_no_sentence_names_the_command_of_a_form() -> None:
    for key, texts in CATALOGUE.items():
        for text in texts:
            assert not re.search(rf"pmcli ({'|'.join(NAMES)})\b", text), key


def of_the_program(code: str) -> list[str]:
    """Where some code names a role of the trade, or a command of the program."""
    kept = {*TOP_COMMANDS, *RESERVED_COMMANDS} - WORDS_OF_FORM_FILES
    return [
        c.value
        for c in strings(ast.parse(code))
        if c.value in ROLES or c.value in kept or re.search(r"\bpmcli [a-z]", c.value)
    ]


WORDS_OF_FORM_FILES = {
    *(key for shape in mappings() for key in shape.keys), *FUNCTIONS, *FILTERS, "history",
}  # fmt: skip
"""Keys, functions and filters of the form language, and the key of a record's history."""


@pytest.mark.parametrize("room", ["form", "workflow"])
def test_no_role_and_no_command_of_the_program_is_named_in_the_engine(room: str) -> None:
    folder = Path(pmcli.__file__).parent / room
    found = {path.name: of_the_program(path.read_text("utf-8")) for path in folder.rglob("*.py")}
    assert len(found) > 20
    assert {name: where for name, where in found.items() if where} == {}


@pytest.mark.parametrize(
    "code", ["staff.holds(actor, 'supervisor')", "if name == 'undo': pass", "say('pmcli check')"]
)
def test_and_the_search_finds_one(code: str) -> None:
    assert of_the_program(code)


def test_the_names_kept_for_the_program_are_those_of_its_commands_and_of_some_to_come() -> None:
    assert set(COMMANDS) <= TOP_COMMANDS
    assert set(STANDARD) <= RESERVED_COMMANDS

"""The engine knows no procedure: no shipped form is named in pmcli's code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import pmcli
from pmcli.form.model import ROLES
from pmcli.form.types import TYPES
from pmcli.messages import CATALOGUE
from pmcli.store.office import load_library

LIBRARY = load_library(None)
NAMES = set(LIBRARY.names)
PREFIXES = set(LIBRARY.prefixes)
CODE = sorted(Path(pmcli.__file__).parent.rglob("*.py"))

WORDS_OF_THE_FORM_LANGUAGE = {"unit", "repair"}
"""`unit` is a type of field (and the option and keys that go with it), `repair` a role of staff."""

ROLE_ONLY = {"repair": {"form/model.py"}}
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

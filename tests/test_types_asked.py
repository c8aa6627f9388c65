"""What differs by type is said by the types: nothing else of pmcli asks for one by its name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import pmcli
from pmcli.form.types import TYPES

ROOT = Path(pmcli.__file__).parent
CODE = sorted(p for p in ROOT.rglob("*.py") if not p.is_relative_to(ROOT / "form/types"))
LEAST = 2
"""So many names of types in one table make it one of types."""

OTHER_WORDS = {
    "cli/completion/values.py": "options of commands, by their names",
    "cli/commands/list.py": "a column, by its name",
    "cli/commands/print.py": "a page goes over a month or a day",
    "lint/rules/fields.py": "what a notice must have",
    "store/office_shape.py": "keys of office.yaml",
    "workflow/texts.py": "what a form's `lint:` says",
}
"""The only places where such words mean something else: what they are there."""


def _names(node: ast.AST) -> set[str]:
    """The names of types among the text constants of an expression that is no call."""
    if isinstance(node, ast.Constant):
        return {node.value} & set(TYPES) if isinstance(node.value, str) else set()
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return {name for item in node.elts for name in _names(item)}
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return {name for item in node.args for name in _names(item)}
    return set()


def _tables(node: ast.AST) -> Iterator[set[str]]:
    if isinstance(node, ast.Dict):
        yield {name for key in node.keys if key is not None for name in _names(key)}
    elif isinstance(node, (ast.Set, ast.Tuple, ast.List)):
        constants = [item.value for item in node.elts if isinstance(item, ast.Constant)]
        if constants and all(word in TYPES for word in constants):
            yield set(constants)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        words = node.value.split()
        if words and all(word in TYPES for word in words):
            yield set(words)


def asked(code: str) -> list[str]:
    """Where some code compares with names of types, or keeps a table of them."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Compare):
            if any(_names(side) for side in (node.left, *node.comparators)):
                found.append(ast.unparse(node))
        elif isinstance(node, ast.MatchValue) and _names(node.value):
            found.append(f"case {ast.unparse(node)}")
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("TYPES"):
            if _names(node.slice):
                found.append(ast.unparse(node))
        elif any(len(table) >= LEAST for table in _tables(node)):
            found.append(ast.unparse(node)[:80])
    return found


def test_no_module_asks_for_a_type_by_its_name() -> None:
    assert len(CODE) > 200
    found = {p.relative_to(ROOT).as_posix(): asked(p.read_text("utf-8")) for p in CODE}
    places = {name: where for name, where in found.items() if where}
    assert {name: where for name, where in places.items() if name not in OTHER_WORDS} == {}
    assert {name: len(where) for name, where in places.items()} == dict.fromkeys(OTHER_WORDS, 1)


@pytest.mark.parametrize(
    "code",
    [
        "spec.type == 'money'",
        "spec.type in ('text', 'person')",
        "'rows' != kind",
        "spec.type in frozenset({'date'})",
        "match spec.type:\n    case 'phone': pass",
        "_HINTS = {'date': 1, 'span': 2}",
        "_FREE = ('text', 'longtext')",
        "_KINDS = frozenset('date phone money'.split())",
        "TYPES['money']",
    ],
)
def test_the_search_finds_one(code: str) -> None:
    assert asked(code)


@pytest.mark.parametrize(
    "code",
    ["spec.kind.rows", "option('--date', 'DATE', 'date')", "{'id': ('text', 1)}", "x == 'title'"],
)
def test_and_nothing_else(code: str) -> None:
    assert not asked(code)

"""How the source is divided: short modules, tests that stand alone, and what they share typed."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

TOP = Path(__file__).parents[1]
LONGEST = 500
"""Lines of a module."""
MODULES = [path for folder in ("pmcli", "tests") for path in sorted((TOP / folder).rglob("*.py"))]
TESTS = sorted((TOP / "tests").glob("test_*.py"))
SHARED = [path for path in MODULES if path.parts[len(TOP.parts)] == "tests" and path not in TESTS]


def imported(source: str) -> set[str]:
    """The first names of the modules that a source imports, wherever it does."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module or "", *(name.name for name in node.names)}
    return {part for name in names for part in name.split(".")}


def test_no_module_is_longer_than_one_sitting() -> None:
    lengths = {str(p.relative_to(TOP)): len(p.read_text("utf-8").splitlines()) for p in MODULES}
    assert len(lengths) > 200
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST} == {}


@pytest.mark.parametrize(
    "source",
    ["import test_paper", "from test_paper import SINGLE", "from tests import test_paper",
     "from tests.test_paper import SINGLE", "def f() -> None:\n    import test_paper"],
)  # fmt: skip
def test_an_import_of_a_test_module_is_seen(source: str) -> None:
    assert "test_paper" in imported(source)


def test_no_module_imports_a_test_module() -> None:
    names = {path.stem for path in TESTS}
    found = {path.name: imported(path.read_text("utf-8")) & names for path in MODULES}
    assert {name: tests for name, tests in found.items() if tests} == {}


def test_what_tests_share_is_typed_as_strictly_as_the_program() -> None:
    with (TOP / "pyproject.toml").open("rb") as file:
        settings: dict[str, Any] = tomllib.load(file)["tool"]["mypy"]
    loose = {key for override in settings.pop("overrides") for key in override if key != "module"}
    assert loose == {"ignore_missing_imports"}
    left_out = settings.pop("exclude")
    assert settings == {"strict": True, "files": ["pmcli", "tests"], "mypy_path": "tests"}
    assert len(SHARED) > 15
    for path in MODULES:
        place = path.relative_to(TOP).as_posix()
        assert any(re.search(p, place) for p in left_out) == (path in TESTS), place
        lines = path.read_text("utf-8").splitlines() if path not in TESTS else []
        assert not [line for line in lines if line.startswith("# mypy:")], place

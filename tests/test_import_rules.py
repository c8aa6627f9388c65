"""The import rules bite: what writes pages and tables is given views and pages, never a record."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

TOP = Path(__file__).parents[1]
PAGES = "What writes pages knows no record, not even through others"
SHOWN = "What is shown of records is made from views of them"
MAKERS = {"building", "listing", "parts", "public_page", "subject", "tally"}
"""Modules of documents that make a page from records."""


def contracts() -> dict[str, dict[str, Any]]:
    with (TOP / "pyproject.toml").open("rb") as file:
        found = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return {contract["name"]: contract for contract in found}


def test_every_module_of_documents_makes_pages_or_writes_them() -> None:
    modules = {path.stem for path in (TOP / "pmcli/documents").glob("*.py")} - {"__init__"}
    named = contracts()[PAGES]["source_modules"]
    writers = {name.rpartition(".")[2] for name in named if name.startswith("pmcli.documents.")}
    assert modules - writers == MAKERS


def judged(folder: Path, module: str, line: str) -> str:
    """What import-linter says of a copy of the source in which a module has one more line."""
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(TOP / name, folder)
    shutil.copytree(TOP / "pmcli", folder / "pmcli", ignore=shutil.ignore_patterns("__pycache__"))
    path = folder / Path(*module.split(".")).with_suffix(".py")
    path.write_text(path.read_text("utf-8") + line, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()",
         "--no-cache"],
        cwd=folder, capture_output=True, text=True, env={"PYTHONPATH": str(folder), "PATH": ""},
    )  # fmt: skip
    return done.stdout + done.stderr


INSIDE = "\n\ndef _read() -> object:\n    from {0} import {1}\n    return {1}\n"


@pytest.mark.parametrize(
    "module, line, rule",
    [
        ("pmcli.documents.html", INSIDE.format("pmcli.record.model", "Record"), PAGES),
        ("pmcli.documents.text", INSIDE.format("pmcli.documents.subject", "Subject"), PAGES),
        ("pmcli.cli.showing.rows", INSIDE.format("pmcli.record.model", "Record"), SHOWN),
        ("pmcli.cli.showing.page", INSIDE.format("pmcli.disclosure.border", "Disclosure"), SHOWN),
        ("pmcli.disclosure.as_json", INSIDE.format("pmcli.record.lazy", "lazily"), SHOWN),
    ],
)
def test_a_record_in_a_writer_breaks_a_rule(
    tmp_path: Path, module: str, line: str, rule: str
) -> None:
    assert f"{rule} BROKEN" in judged(tmp_path, module, line)


def test_the_rules_hold_as_they_stand(tmp_path: Path) -> None:
    said = judged(tmp_path, "pmcli.documents.html", "")
    assert "0 broken" in said and f"{PAGES} KEPT" in said and f"{SHOWN} KEPT" in said

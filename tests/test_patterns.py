"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys
from typing import Any

import pytest

import pmcli
from pmcli.patterns import _Later, regex


def within(held: Any) -> list[_Later]:
    """The patterns in a value of a module."""
    if isinstance(held, _Later):
        return [held]
    if isinstance(held, dict):
        return [found for value in held.values() for found in within(value)]
    if isinstance(held, (list, tuple, set, frozenset)):
        return [found for value in held for found in within(value)]
    return []


def test_each_pattern_of_the_program_is_one() -> None:
    found = 0
    for module in pkgutil.walk_packages(pmcli.__path__, "pmcli."):
        if module.name == "pmcli.__main__":
            continue
        for held in vars(importlib.import_module(module.name)).values():
            for one in within(held):
                re.compile(one._source, one._flags)
                found += 1
    assert found > 300


def test_it_is_what_re_compiles() -> None:
    late, now = regex("(?P<a>x)|y", re.IGNORECASE), re.compile("(?P<a>x)|y", re.IGNORECASE)
    assert (late.pattern, late.flags, late.groupindex) == (now.pattern, now.flags, now.groupindex)
    match = late.fullmatch("X")
    assert match is not None and match["a"] == "X"
    assert late.sub("z", "XY") == "zz"


def test_it_is_compiled_once_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    real = re.compile

    def spied(source: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(source)
        return real(source, flags)

    monkeypatch.setattr(re, "compile", spied)
    late = regex("never seen before 17")
    assert compiled == []
    for _ in range(3):
        late.search("x")
    assert compiled == ["never seen before 17"]
    with pytest.raises(re.error):
        regex("(").search("x")


def test_a_list_compiles_few_of_them() -> None:
    program = (
        "import re, sys; real = re.compile; seen = []\n"
        "re.compile = lambda *a, **k: seen.append(a) or real(*a, **k)\n"
        "import pmcli.cli.commands.list, pmcli.store.unit_of_work, pmcli.record.masking\n"
        "files = [sys.modules[n].__file__ for n in sys.modules if n.startswith('pmcli')]\n"
        "print(len(files), sum('[' in str(a) for a in seen))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    files, patterns = map(int, done.stdout.split())
    assert files > 50
    assert patterns < 25

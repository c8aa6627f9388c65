"""Commands that must fail, change nothing and say why."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from conftest import Desk, Result

VISIT = ["visit", "new", "--category", "other", "--channel", "phone", "--visitor", "刘先生"]
WORDS = ["--content", "打听"]
REPAIR = [
    "repair", "new", "--area", "public", "--place", "大堂", "--kind", "plumbing",
    "--reporter", "刘先生", "--request", "漏水",
]  # fmt: skip


def tree(root: Path) -> dict[str, bytes]:
    """Every file of the office outside .git."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(root).parts
    }


def fails(desk: Desk, line: str | list[str], code: int, *says: str) -> Result:
    """A command that must fail with this code, say these things, and change nothing at all."""
    before, index = tree(desk.root), desk.git("ls-files", "-s")
    started = time.monotonic()
    result = desk.refused(line, code)
    assert time.monotonic() - started < 10
    assert tree(desk.root) == before
    assert desk.git("ls-files", "-s") == index
    assert "Traceback" not in result.err
    assert result.err.strip()
    for word in says:
        assert word in result.err, result.err
    for char in result.err + result.out:
        assert char.isprintable() or char in "\n\t\u3000\udcff\u202e", repr(char)
    return result


def process(desk: Desk, arguments: list[str], **more: Any) -> subprocess.CompletedProcess[str]:
    """The program as a process of its own."""
    environment = {**os.environ, **more.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-m", "pmcli", *arguments],
        cwd=more.pop("cwd", desk.root), env=environment, capture_output=True, text=True,
        encoding="utf-8", timeout=60, check=False, **more,
    )  # fmt: skip

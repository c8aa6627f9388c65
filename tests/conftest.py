"""A desk to test at: a real office in a real git repository, and commands as they are typed."""

from __future__ import annotations

import io
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pmcli.cli.program.app import run

STAFF = {
    "张敏": "reception", "林悦": "reception", "王芳": "supervisor", "陈立": "manager",
    "李强": "repair", "吴刚": "repair", "赵军": "security", "周洁": "finance",
}  # fmt: skip
"""The staff of procedures.md's examples; all personal data is invented."""


@dataclass(frozen=True)
class Result:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def id(self) -> str:
        """The number of the record that was written."""
        return self.out.split()[0]

    @property
    def made(self) -> list[str]:
        """Numbers of the other records that were made."""
        return [line.split()[1] for line in self.out.splitlines() if line.startswith("  + ")]


class Desk:
    """Types commands in an office; without --by the actor is git's user.name, 张敏."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self._patch = monkeypatch
        self.clock("2026-03-05 09:00")

    def clock(self, now: str) -> None:
        """Set the time at which the next commands are typed."""
        self._patch.setenv("PMCLI_NOW", now)

    def __call__(self, line: str | list[str]) -> Result:
        """Type a command (without `pmcli`) and return what it came to."""
        arguments = shlex.split(line) if isinstance(line, str) else line
        out, err = io.StringIO(), io.StringIO()
        before = Path.cwd()
        os.chdir(self.root)
        try:
            with redirect_stdout(out), redirect_stderr(err):
                code = run(arguments)
        finally:
            os.chdir(before)
        return Result(code, out.getvalue(), err.getvalue())

    def do(self, line: str | list[str]) -> Result:
        """Type a command that must succeed."""
        result = self(line)
        assert result.code == 0, f"{line}\n{result.out}\n{result.err}"
        return result

    def refused(self, line: str | list[str], code: int = 4) -> Result:
        """Type a command that must be refused with this code and leave no trace."""
        head, status = self.head, self.git("status", "--porcelain")
        result = self(line)
        assert result.code == code, f"{line}\n{result.code}\n{result.out}\n{result.err}"
        assert self.head == head
        assert self.git("status", "--porcelain") == status
        return result

    def git(self, *arguments: str) -> str:
        """Run git in the office and return what it printed."""
        done = subprocess.run(
            ["git", "-c", "core.quotePath=false", *arguments],
            cwd=self.root, capture_output=True, text=True, encoding="utf-8", check=True,
        )  # fmt: skip
        return done.stdout

    @property
    def head(self) -> str:
        return self.git("rev-parse", "HEAD").strip()

    @property
    def commits(self) -> int:
        return int(self.git("rev-list", "--count", "HEAD"))

    def show(self, number: str) -> Any:
        """A record as JSON, with all that it says."""
        from pmcli.store.office import load_library

        prefixes = load_library(self.root).prefixes
        form = prefixes.get(number.partition("-")[0], "unit")
        return self.do(f"{form} show {number} --reveal --format json").json

    def clean(self) -> None:
        """Working tree, index and HEAD agree, and git finds nothing wrong."""
        assert self.git("status", "--porcelain") == ""
        subprocess.run(["git", "fsck", "--strict"], cwd=self.root, check=True, capture_output=True)


def pytest_xdist_auto_num_workers() -> int:
    """Two workers a core: much of a test is waiting for git, the disk or a terminal."""
    return 2 * (os.cpu_count() or 1)


@pytest.fixture(autouse=True)
def quiet_surroundings(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Nothing of the machine's own settings reaches a test."""
    _quiet(monkeypatch, tmp_path_factory.mktemp("home"))


def _quiet(patch: pytest.MonkeyPatch, home: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("GIT_", "PMCLI_")):
            patch.delenv(name)
    patch.setenv("HOME", str(home))
    patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    patch.setenv("COLUMNS", "80")


def open_office(desk: Desk, name: str) -> None:
    """An office with the staff of procedures.md and unit 3-2-501, completed 2024-06-30."""
    root = desk.root / "office"
    office = ["--name", name, "--phone", "0731-88886666"]
    staff = [text for who, role in STAFF.items() for text in ("--staff", f"{who}:{role}")]
    desk.do(["init", str(root), *office, *staff])
    desk.root = root
    desk.git("config", "user.name", "张敏")
    desk.git("config", "user.email", "desk@example.invalid")
    desk.do(
        "unit new --number 3-2-501 --building 3 --entrance 2 --room 501 --use residential "
        "--floor-area 89.56 --completion-date 2024-06-30"
    )


@pytest.fixture(scope="session")
def ready_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office made once: the staff of procedures.md and unit 3-2-501, completed 2024-06-30."""
    folder = tmp_path_factory.mktemp("ready")
    with pytest.MonkeyPatch.context() as patch:
        _quiet(patch, tmp_path_factory.mktemp("home"))
        made = Desk(folder, patch)
        made.clock("2026-03-05 08:00")
        open_office(made, "翠湖花园物业服务中心")
        root = made.root
        shutil.rmtree(root / ".git" / "hooks", ignore_errors=True)
        return root


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ready_office: Path) -> Desk:
    """A copy of the ready office, in a folder with a space and Chinese in its name."""
    root = tmp_path / "翠湖 office"
    shutil.copytree(ready_office, root)
    return Desk(root, monkeypatch)


@pytest.fixture
def visit(desk: Desk) -> str:
    """A visit of somebody who asks something, received."""
    return desk.do("visit new --category other --channel phone --visitor 刘先生 --content 打听").id


@pytest.fixture
def pmcli_process() -> list[str]:
    """The program as a process of its own."""
    return [sys.executable, "-m", "pmcli"]


@pytest.fixture
def at(desk: Desk) -> Iterator[Callable[..., Any]]:
    """Type a command at a terminal."""
    from terminal import ROWS, Terminal

    opened: list[Terminal] = []

    def typed(line: str, rows: int = ROWS, **more: str) -> Terminal:
        opened.append(Terminal(desk, line, rows, **more))
        return opened[-1]

    yield typed
    for terminal in opened:
        terminal.close()


@pytest.fixture(scope="module")
def settled() -> Iterator[None]:
    """Let the index trust files that were changed a moment ago."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pmcli.store.index.FRESH_NS", -(10**18))
        yield

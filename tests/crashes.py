"""pmcli in processes of its own that die, are interrupted or meet a full disk."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from conftest import Desk

DRIVER = '''
"""Run pmcli and die at the N-th system call that matters: `driver.py N before|after command...`"""
import os, pathlib, subprocess, sys
import pmcli.cli.program.app
import pmcli.store.unit_of_work

number, when = int(sys.argv[1]), sys.argv[2]
signal_number = int(os.environ.get("CRASH_SIGNAL", "0"))
seen = 0

def fatal(owner, name, ours=lambda arguments: True):
    real = getattr(owner, name)
    def call(*arguments, **options):
        global seen
        if not ours(arguments):
            return real(*arguments, **options)
        seen += 1
        mine = seen == number
        if mine and when == "before":
            die()
        try:
            return real(*arguments, **options)
        finally:
            if mine:
                die()
    setattr(owner, name, call)

def die():
    if signal_number:
        os.kill(os.getpid(), signal_number)
    else:
        os._exit(137)

def writes(arguments):
    return len(arguments) > 1 and isinstance(arguments[1], int) and arguments[1] & os.O_WRONLY

fatal(os, "open", writes)
fatal(os, "fsync")
fatal(os, "replace")
fatal(os, "unlink")
fatal(pathlib.Path, "replace")
fatal(pathlib.Path, "unlink")
fatal(pathlib.Path, "mkdir")
fatal(subprocess, "run", lambda arguments: "git" in arguments[0][0])
code = pmcli.cli.program.app.run(sys.argv[3:])
sys.stdout.flush()
os._exit(99 if number > seen else code)
'''
"""Exit code 99: the command went through before its N-th call."""
UNHARMED = 99


class Done(NamedTuple):
    """What a process came to."""

    code: int
    out: str
    err: str


def driver(folder: Path) -> Path:
    """Write the driver and return its path."""
    path = folder / "driver.py"
    path.write_text(DRIVER, "utf-8")
    return path


def environment(**more: str) -> dict[str, str]:
    """The test's surroundings, with this source tree first."""
    source = str(Path(__file__).parent.parent)
    return {**os.environ, "PYTHONPATH": source, "PYTHONUTF8": "1", **more}


def start(
    desk: Desk, line: str, *, code: list[str] | None = None, **more: str
) -> subprocess.Popen[str]:
    """Start a command as a process of its own."""
    command = [*(code or [sys.executable, "-m", "pmcli"]), *shlex.split(line)]
    return subprocess.Popen(
        command, cwd=desk.root, env=environment(**more), text=True, encoding="utf-8",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip


def type_in(desk: Desk, line: str, *, code: list[str] | None = None, **more: str) -> Done:
    """Run a command as a process of its own; return exit code, output and messages."""
    with start(desk, line, code=code, **more) as process:
        out, err = process.communicate(timeout=120)
    assert "Traceback" not in err, err
    return Done(process.returncode, out, err)


def die_at(desk: Desk, path: Path, number: int, when: str, line: str, **more: str) -> Done:
    """Run a command that dies before or after its N-th call."""
    return type_in(desk, line, code=[sys.executable, str(path), str(number), when], **more)


def leftovers(desk: Desk) -> list[str]:
    """Temporary files, a journal, lock files of git: what no command may leave behind."""
    names = (".pmcli-", "journal", "message")
    return [
        str(path.relative_to(desk.root))
        for path in desk.root.rglob("*")
        if path.name.startswith(names) or path.suffix == ".lock"
    ]


def whole(desk: Desk, writing: bool = True) -> None:
    """Nothing half-written and, after a writing command, nothing left behind."""
    # Outside the working tree a temporary file may wait for the next writing command.
    left = [name for name in leftovers(desk) if writing or not name.startswith(".git/pmcli/.pmcli")]
    assert left == [], left
    desk.clean()
    listed = desk.git("ls-files", "records").splitlines()
    assert sorted(listed) == sorted(contents(desk))


def contents(desk: Desk) -> dict[str, bytes]:
    """The record files in the working tree."""
    files = (desk.root / "records").rglob("*.md")
    return {str(path.relative_to(desk.root)): path.read_bytes() for path in files}

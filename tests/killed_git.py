"""pmcli killed while its git is at work, in an office that has written something before."""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path

from conftest import Desk
from crashes import start

NEW = "visit new --category other --channel phone --visitor 刘先生 --content 打听营业时间"
REFER = "visit refer a01 --kind plumbing --area private --place 厨房"


def journal(desk: Desk) -> Path:
    return desk.root / ".git" / "pmcli" / "journal.json"


def die_in_git(desk: Desk, tmp_path: Path, line: str) -> None:
    """Die, git included, with all files written and nothing committed."""
    with start(desk, line, PATH=slow_git(tmp_path, "fast-import", 30)) as process:
        wait_for(tmp_path / "slow")
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)
    assert journal(desk).exists()


def slow_git(folder: Path, command: str, seconds: float) -> str:
    """A PATH whose git takes its time before one of its commands, whatever it is asked by then."""
    real = shutil.which("git")
    wrapper = folder / "bin" / "git"
    wrapper.parent.mkdir()
    wrapper.write_text(
        f'#!/bin/sh\ncase " $* " in *" {command} "*) touch "{folder}/slow"\n'
        f"sleep {seconds};; esac\n"
        f'exec {real} "$@"\n'
    )
    wrapper.chmod(0o755)
    return f"{wrapper.parent}{os.pathsep}{os.environ['PATH']}"


def wait_for(path: Path) -> None:
    """Wait until a file is there."""
    until = time.monotonic() + 60
    while not path.exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert path.exists()


def hook(desk: Desk, name: str, script: str) -> Path:
    path = desk.root / ".git/hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path

"""Killed and interrupted at any point: the next command finds the whole thing or nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Desk
from crashes import UNHARMED, contents, die_at, driver, leftovers, start, type_in, whole
from killed_git import NEW, REFER, die_in_git, journal, slow_git, wait_for
from scenes import bring

LATER = "repair new --area public --place 大堂 --kind electrical --reporter 保安 --request 灯不亮"
LATER_FORM = "records/repair/"

Anew = Callable[[], None]


@pytest.fixture
def anew(desk: Desk, tmp_path: Path) -> Anew:
    """Put the office back as it was at the first call."""
    kept = tmp_path / "kept"

    def again() -> None:
        if not kept.exists():
            shutil.copytree(desk.root, kept)
        shutil.rmtree(desk.root)
        shutil.copytree(kept, desk.root)

    return again


def sweep(desk: Desk, anew: Anew, tmp_path: Path, line: str, first: int, step: int) -> None:
    """Die at every `step`-th point; the next command finds all of it or nothing."""
    path = driver(tmp_path)
    before = contents(desk)
    number, complete = first, None
    outcomes = set()
    while True:
        # Alternately just before and just after the call, and read or write next.
        for when in ("before", "after") if step == 1 else (("before", "after")[number % 2],):
            anew()
            died = die_at(desk, path, number, when, line)
            assert died.code in (137, UNHARMED)
            read = desk.do("visit list")
            whole(desk, writing=False)
            found = contents(desk)
            if found != before:
                assert complete is None or found == complete
                complete = found
            elif died.out:
                pytest.fail(f"acknowledged and lost: {died.out}")
            assert ("JD-" in read.out) == any("/visit/" in name for name in found)
            outcomes.add(found == complete)
            if step == 1 or number % 4 == 0:
                anew()
                die_at(desk, path, number, when, line)
                desk.do(LATER)
                whole(desk)
                assert set(found) <= set(contents(desk))
            if died.code == UNHARMED:
                assert found == complete
                assert outcomes == {True, False}
                return
        number += step


@pytest.mark.slow
@pytest.mark.parametrize("hooks", [False, True], ids=["plain", "hooks"])
@pytest.mark.parametrize("line", [NEW, REFER], ids=["new", "refer"])
def test_killed_at_every_point(
    desk: Desk, anew: Anew, tmp_path: Path, line: str, hooks: bool
) -> None:
    prepare(desk, line, hooks)
    sweep(desk, anew, tmp_path, line, 1, 1)


@pytest.mark.parametrize("hooks", [False, True], ids=["plain", "hooks"])
@pytest.mark.parametrize("line", [NEW, REFER], ids=["new", "refer"])
def test_killed_at_some_points(
    desk: Desk, anew: Anew, tmp_path: Path, line: str, hooks: bool
) -> None:
    prepare(desk, line, hooks)
    sweep(desk, anew, tmp_path, line, 2, 5)


def prepare(desk: Desk, line: str, hooks: bool) -> None:
    """Bring the office to where a line can be typed."""
    if line == REFER:
        bring(desk, "visit", "received")
    if hooks:
        hook = desk.root / ".git" / "hooks" / "pre-commit"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\nexit 0\n")
        hook.chmod(0o755)


def make_roster(folder: Path) -> str:
    """A roster long enough that the disk is synced as a whole, and its import."""
    rows = "".join(f"4-1-{n},4,1,{n},住宅,80,2024-06-30\n" for n in range(101, 156))
    path = folder / "units.csv"
    path.write_text("房号,楼栋,单元,室,用途,建筑面积,交付日期\n" + rows, "utf-8")
    return f"import unit '{path}'"


@pytest.mark.parametrize("number", [30, 70, 112])
def test_killed_in_an_import(desk: Desk, tmp_path: Path, number: int) -> None:
    line = make_roster(tmp_path)
    before = len(contents(desk))
    died = die_at(desk, driver(tmp_path), number, "after", line)
    assert died.code == 137
    found = desk.do("unit list --format json").json["total"]
    assert found in (before, before + 55)
    whole(desk, writing=False)
    desk.do(line)
    whole(desk)
    assert len(contents(desk)) == before + 55


def test_recovery_leaves_what_somebody_edited(desk: Desk, tmp_path: Path) -> None:
    number = bring(desk, "visit", "received")
    visit = desk.root / desk.show(number)["path"]
    old = visit.read_bytes()
    die_in_git(desk, tmp_path, REFER)
    (repair,) = (desk.root / "records/repair").rglob("*.md") or [None]
    with repair.open("ab") as stream:
        stream.write("手工补记\n".encode())
    edited = repair.read_bytes()
    desk("visit list")
    assert repair.read_bytes() == edited
    assert visit.read_bytes() == old
    assert not journal(desk).exists()
    assert desk.git("status", "--porcelain", "-uall").split() == [
        "??", str(repair.relative_to(desk.root))
    ]  # fmt: skip


@pytest.mark.parametrize("how", ["edited", "deleted", "staged"])
def test_recovery_leaves_an_edit_of_a_changed_record(desk: Desk, tmp_path: Path, how: str) -> None:
    number = bring(desk, "visit", "received")
    visit = desk.root / desk.show(number)["path"]
    die_in_git(desk, tmp_path, REFER)
    if how == "deleted":
        visit.unlink()
    else:
        visit.write_bytes(visit.read_bytes() + "手工补记\n".encode())
        if how == "staged":
            desk.git("add", "--", str(visit.relative_to(desk.root)))
    staged = f"{visit.relative_to(desk.root)}\n" if how == "staged" else ""
    present = visit.read_bytes() if how != "deleted" else None
    desk("visit list")
    assert (visit.read_bytes() if visit.exists() else None) == present
    assert desk.git("diff", "--cached", "--name-only") == staged
    assert not list((desk.root / "records").rglob("BX-*.md"))
    assert not journal(desk).exists()


@pytest.mark.parametrize("garbage", ["", "{", "[]", '{"files": 3}', '{"files": {"a": 1}}'])
def test_a_damaged_journal_is_kept_and_told(desk: Desk, garbage: str) -> None:
    journal(desk).parent.mkdir(exist_ok=True)
    journal(desk).write_text(garbage)
    told = desk("visit list")
    assert (told.code, told.out) == (6, "")
    (kept,) = journal(desk).parent.glob("journal-damaged*")
    assert str(kept) in told.err and kept.read_text() == garbage
    assert kept.name in desk("check").out
    desk.do("visit list")
    desk.do(NEW)
    kept.unlink()
    whole(desk)
    desk.do("check")


@pytest.mark.parametrize("command", ["update-index", "fast-import", "update-ref"])
def test_a_git_that_outlives_its_pmcli_is_waited_for(
    desk: Desk, tmp_path: Path, command: str
) -> None:
    with start(desk, NEW, PATH=slow_git(tmp_path, command, 2)) as process:
        wait_for(tmp_path / "slow")
        process.kill()
        # Not `communicate`: git holds the pipes open and must still be at work.
        found = type_in(desk, "visit list --format json")
        assert found.code == 0, found.err
    desk.do(LATER)
    whole(desk)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted_at_some_points(
    desk: Desk, anew: Anew, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    bring(desk, "visit", "received")
    path, before, point = driver(tmp_path), contents(desk), 4
    codes = set()
    while True:
        anew()
        ended = die_at(desk, path, point, "before", REFER, CRASH_SIGNAL=str(int(number)))
        codes.add(ended.code)
        if ended.code == UNHARMED:
            break
        assert ended.code in (0, code, -number), ended.err
        if ended.code == -number:
            desk.do("visit list")
        assert (contents(desk) != before) == (ended.code == 0)
        assert ("BX-" in ended.out) == (ended.code == 0)
        whole(desk, writing=False)
        point += 7
    assert code in codes


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_while_git_is_at_work(
    desk: Desk, tmp_path: Path, number: signal.Signals
) -> None:
    with start(desk, NEW, PATH=slow_git(tmp_path, "fast-import", 1)) as process:
        wait_for(tmp_path / "slow")
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert out.startswith("JD-")
    assert leftovers(desk) == []
    whole(desk)


def test_ctrl_c_at_a_terminal_reaches_git_as_well(desk: Desk, tmp_path: Path) -> None:
    before = contents(desk)
    process = start(desk, NEW, PATH=slow_git(tmp_path, "fast-import", 5))
    with process:
        wait_for(tmp_path / "slow")
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert contents(desk) == before
    whole(desk)


def test_an_interruption_is_said(desk: Desk, tmp_path: Path) -> None:
    ended = die_at(desk, driver(tmp_path), 12, "before", NEW, CRASH_SIGNAL=str(int(signal.SIGINT)))
    assert ended.code == 130
    assert "已中断" in ended.err


def test_several_at_once(desk: Desk) -> None:
    commits = desk.commits
    running = [start(desk, NEW) for _ in range(6)]
    ended = [(process.communicate(timeout=120), process.returncode) for process in running]
    assert [code for _, code in ended] == [0] * 6, ended
    assert len({out.split()[0] for (out, _), _ in ended}) == 6
    assert desk.commits == commits + 6
    assert desk.git("rev-list", "--merges", "HEAD") == ""
    whole(desk)


def test_a_held_lock(desk: Desk) -> None:
    made = desk.do(NEW).id
    hold = (
        "import sys, filelock; lock = filelock.FileLock('.git/pmcli/lock'); lock.acquire();"
        "print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold], cwd=desk.root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout and holder.stdout.readline() == b"held\n"
        before = contents(desk)
        refused = type_in(desk, NEW, PMCLI_LOCK_WAIT="0")
        assert refused.code == 5
        assert "另一条 pmcli 命令正在写入" in refused.err
        assert contents(desk) == before
        assert made in type_in(desk, "visit list", PMCLI_LOCK_WAIT="0").out
        holder.communicate(b"")
    desk.do(NEW)
    whole(desk)

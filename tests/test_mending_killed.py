"""check --fix, killed or failing at any point: all of it or nothing, and nothing else touched."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import Desk
from crashes import UNHARMED, die_at, driver, leftovers
from killed_git import hook
from scenes import bring

OTHER = ".pmcli-notes.md"
"""A file of the user's own."""


def damage(desk: Desk, commit: bool) -> None:
    """Two deleted records, a temporary file, a file of the user's; with `commit` CRLF as well."""
    bring(desk, "visit", "received")
    gone = [desk.show(bring(desk, "repair", "received"))["path"] for _ in range(2)]
    if commit:
        path = desk.root / desk.show(bring(desk, "visit", "received"))["path"]
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        desk.git("commit", "-qam", "手工提交")
    for path in gone:
        (desk.root / path).unlink()
    folder = (desk.root / gone[0]).parent
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".pmcli-0123456789ab").write_text("半", "utf-8")
    (folder / OTHER).write_text("我的", "utf-8")


def files(desk: Desk) -> dict[str, bytes]:
    found = (p for p in (desk.root / "records").rglob("*") if p.is_file())
    return {p.relative_to(desk.root).as_posix(): p.read_bytes() for p in found}


def sweep(desk: Desk, tmp_path: Path, commit: bool, first: int, step: int) -> None:
    damage(desk, commit)
    kept, path = tmp_path / "kept", driver(tmp_path)
    shutil.copytree(desk.root, kept)
    before, outcomes, whole = files(desk), set(), None
    number = first
    while True:
        shutil.rmtree(desk.root)
        shutil.copytree(kept, desk.root)
        died = die_at(desk, path, number, ("before", "after")[number % 2], "check --fix")
        desk("visit list")
        found = files(desk)
        if found != before:
            assert whole is None or found == whole
            whole = found
        elif died.out:
            pytest.fail(f"said and not done: {died.out}")
        outcomes.add(found == before)
        # Outside the working tree a temporary file may wait for the next writing command.
        allowed = (OTHER, "0123456789ab", ".git/pmcli/.pmcli-")
        assert [name for name in leftovers(desk) if not any(a in name for a in allowed)] == []
        assert any(name.endswith(OTHER) for name in found)
        if died.code in (UNHARMED, 1):
            break
        number += step
    assert outcomes == {True, False} and whole is not None
    assert not any("0123456789ab" in name for name in whole)
    assert sum("/repair/" in name and name.endswith("A01.md") for name in whole) == 1
    status = desk.git("status", "--porcelain", "-uall").splitlines()
    assert len(status) == 1 and status[0].startswith("?? ") and status[0].endswith(OTHER)


@pytest.mark.parametrize("commit", [False, True], ids=["placed", "committed"])
def test_killed_at_some_points(desk: Desk, tmp_path: Path, commit: bool) -> None:
    sweep(desk, tmp_path, commit, 3, 6)


@pytest.mark.slow
@pytest.mark.parametrize("commit", [False, True], ids=["placed", "committed"])
def test_killed_at_every_point(desk: Desk, tmp_path: Path, commit: bool) -> None:
    sweep(desk, tmp_path, commit, 1, 1)


@pytest.mark.parametrize("hooks", [False, True], ids=["plain", "hooks"])
@pytest.mark.parametrize("commit", [False, True], ids=["placed", "committed"])
def test_everything_at_once(desk: Desk, commit: bool, hooks: bool) -> None:
    damage(desk, commit)
    if hooks:
        hook(desk, "pre-commit", "exit 0")
    head = desk.head
    done = desk("check --fix")
    assert done.out.count("已找回") == 2 and done.out.count("已清除") == 1
    assert (desk.head == head) != commit
    assert OTHER in done.out


def test_nothing_is_said_when_nothing_was_done(desk: Desk) -> None:
    damage(desk, True)
    hook(desk, "pre-commit", "exit 1")
    before = files(desk)
    done = desk("check --fix")
    assert (done.code, done.out) == (6, "")
    assert files(desk) == before


def test_a_file_in_git_is_no_leftover(desk: Desk) -> None:
    path = desk.root / desk.show(bring(desk, "repair", "received"))["path"]
    own = path.with_name(".pmcli-0123456789ab")
    own.write_text("我的", "utf-8")
    desk.git("add", "-A")
    desk.git("commit", "-qm", "我的")
    own.write_text("改", "utf-8")
    desk("check --fix")
    assert own.read_text("utf-8") == "改"

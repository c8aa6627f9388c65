"""git's lock files: a killed command's own go, somebody else's are never touched."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from conftest import Desk
from crashes import contents, die_at, driver, start, type_in, whole
from killed_git import NEW, REFER, die_in_git, hook, journal, slow_git, wait_for
from scenes import bring as bring_to

INDEX, HEAD, BRANCH = "index.lock", "HEAD.lock", "refs/heads/main.lock"
BLOCKING = (INDEX, HEAD, BRANCH)


def lock_of(desk: Desk, name: str) -> Path:
    return desk.root / ".git" / name


def killed(desk: Desk, tmp_path: Path, command: str) -> None:
    """Kill a command, git included, when it has just asked git for something."""
    with start(desk, NEW, PATH=slow_git(tmp_path, command, 30)) as process:
        wait_for(tmp_path / "slow")
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)
    assert journal(desk).exists()


@pytest.mark.parametrize("name", [*BLOCKING, "packed-refs.lock"])
@pytest.mark.parametrize("command", ["update-index", "fast-import"])
def test_a_lock_of_somebody_else_stays(desk: Desk, tmp_path: Path, command: str, name: str) -> None:
    """Made after the kill: newer than the journal, which proves nothing."""
    before = contents(desk)
    killed(desk, tmp_path, command)
    lock = lock_of(desk, name)
    lock.unlink(missing_ok=True)
    lock.write_text("")
    listed = type_in(desk, "visit list", PMCLI_LOCK_WAIT="0.3")
    # While the index is held, what of the killed command it has cannot be taken out of it.
    waits = command == "fast-import" and name == INDEX
    assert (listed.code, "JD-" in listed.out) == (5 if waits else 0, False)
    assert lock.exists()
    done = type_in(desk, NEW, PMCLI_LOCK_WAIT="0.3")
    assert lock.exists()
    if name in BLOCKING:
        assert done.code == 5
        assert str(lock) in done.err and "占用" in done.err
        assert waits or contents(desk) == before
    lock.unlink()
    desk.do(NEW)
    whole(desk)


@pytest.mark.parametrize("hooks", [False, True], ids=["plain", "hooks"])
@pytest.mark.parametrize("name", BLOCKING)
def test_a_held_lock_of_git_is_a_conflict(desk: Desk, name: str, hooks: bool) -> None:
    if hooks:
        hook(desk, "pre-commit", "exit 0")
    before, head = contents(desk), desk.head
    lock = lock_of(desk, name)
    lock.write_text("")
    done = type_in(desk, NEW, PMCLI_LOCK_WAIT="0")
    assert (done.code, done.out) == (5, "")
    assert str(lock) in done.err and "File exists" not in done.err
    assert lock.exists() and not journal(desk).exists()
    assert (contents(desk), desk.head) == (before, head)
    lock.unlink()
    assert desk.git("status", "--porcelain") == ""
    desk.do(NEW)
    whole(desk)


def test_a_lock_that_goes_is_waited_for(desk: Desk) -> None:
    lock = lock_of(desk, BRANCH)
    lock.write_text("")
    with start(desk, NEW) as process:
        time.sleep(1.5)
        lock.unlink()
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    whole(desk)


def killed_after_writing(desk: Desk, tmp_path: Path) -> None:
    """Kill a command that has written its files and asked git for nothing yet."""
    for number in range(10, 40):
        die_at(desk, driver(tmp_path), number, "after", NEW)
        if "JD-" in desk.git("status", "--porcelain", "-uall"):
            return
    pytest.fail("it never wrote anything")


@pytest.mark.parametrize("command", ["write", "fast-import"])
def test_a_colleagues_open_commit_is_left_alone(desk: Desk, tmp_path: Path, command: str) -> None:
    if command == "write":
        killed_after_writing(desk, tmp_path)
    else:
        killed(desk, tmp_path, command)
    editor = tmp_path / "editor"
    editor.write_text(
        f'#!/bin/sh\ntouch "{tmp_path}/open"\n'
        f'while [ ! -e "{tmp_path}/enough" ]; do sleep 0.1; done\necho mine >"$1"\n'
    )
    editor.chmod(0o755)
    with (desk.root / "office.yaml").open("a", encoding="utf-8") as stream:
        stream.write("# 我的\n")
    with subprocess.Popen(
        ["git", "commit", "-q", "-a"], cwd=desk.root,
        env={**os.environ, "GIT_EDITOR": str(editor)},
    ) as colleague:  # fmt: skip
        wait_for(tmp_path / "open")
        type_in(desk, "visit list", PMCLI_LOCK_WAIT="0.3")
        assert lock_of(desk, INDEX).exists()
        assert type_in(desk, NEW, PMCLI_LOCK_WAIT="0.3").code == 5
        (tmp_path / "enough").touch()
        assert colleague.wait(60) == 0
    assert desk.git("log", "-1", "--format=%s") == "mine\n"
    desk.do("visit list")
    whole(desk)


def test_a_live_git_keeps_its_branch_though_ours_died_about_to_take_it(
    desk: Desk, tmp_path: Path
) -> None:
    killed(desk, tmp_path, "update-ref")
    with subprocess.Popen(
        ["git", "update-ref", "--stdin"], cwd=desk.root, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdin and other.stdout
        head = desk.head
        other.stdin.write(f"start\nupdate refs/heads/main {head} {head}\nprepare\n")
        other.stdin.flush()
        assert [other.stdout.readline() for _ in range(2)] == ["start: ok\n", "prepare: ok\n"]
        type_in(desk, "visit list", PMCLI_LOCK_WAIT="0.3")
        assert lock_of(desk, HEAD).exists() and lock_of(desk, BRANCH).exists()
        assert type_in(desk, NEW, PMCLI_LOCK_WAIT="0.3").code == 5
        assert lock_of(desk, HEAD).exists() and lock_of(desk, BRANCH).exists()
        other.stdin.write("abort\n")
        other.communicate()
    desk.do(NEW)
    whole(desk)


def test_the_index_lock_of_a_killed_command_goes(desk: Desk, tmp_path: Path) -> None:
    killed(desk, tmp_path, "update-index")
    assert lock_of(desk, INDEX).exists()
    desk.do("visit list")
    assert not lock_of(desk, INDEX).exists()
    whole(desk, writing=False)
    desk.do(NEW)
    whole(desk)


def test_the_index_lock_of_a_killed_command_goes_where_files_have_one_name(
    desk: Desk, tmp_path: Path
) -> None:
    """On disks without hard links the lock says by its words whose it is."""
    killed(desk, tmp_path, "update-index")
    lock = lock_of(desk, INDEX)
    said = lock.read_bytes()
    lock.unlink()
    lock.write_bytes(said)
    desk.do("visit list")
    assert not lock.exists()
    desk.do(NEW)
    whole(desk)


@pytest.mark.parametrize("said", ["", "commit"])
def test_the_branch_locks_of_a_killed_command_go(desk: Desk, tmp_path: Path, said: str) -> None:
    killed(desk, tmp_path, "update-ref")
    moving = (desk.root / ".git/pmcli/moving").read_text("utf-8").split()
    assert moving[0] == "refs/heads/main" and len(moving[1]) == 40
    lock_of(desk, HEAD).write_text("")
    lock_of(desk, BRANCH).write_text(f"{moving[1]}\n" if said else "")
    desk.do("visit list")
    assert not lock_of(desk, HEAD).exists() and not lock_of(desk, BRANCH).exists()
    desk.do(NEW)
    whole(desk)


def test_a_branch_lock_with_another_commit_is_not_ours(desk: Desk, tmp_path: Path) -> None:
    killed(desk, tmp_path, "update-ref")
    lock_of(desk, BRANCH).write_text(f"{desk.head}\n")
    desk.do("visit list")
    assert lock_of(desk, BRANCH).exists()
    lock_of(desk, BRANCH).unlink()
    desk.do(NEW)
    whole(desk)


def test_locks_of_a_git_killed_with_hooks_go(desk: Desk, tmp_path: Path) -> None:
    """Really git's own: it is killed while it holds HEAD, the branch and its index for a commit."""
    held = f'[ "$1" = prepared ] && touch "{tmp_path}/held" && sleep 30\nexit 0'
    path = hook(desk, "reference-transaction", held)
    with start(desk, NEW) as process:
        wait_for(tmp_path / "held")
        locks = {lock.name for lock in (desk.root / ".git").rglob("*.lock")}
        assert {"HEAD.lock", "main.lock"} <= locks
        assert "index.lock" not in {lock.name for lock in (desk.root / ".git").glob("*.lock")}
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)
    path.unlink()
    desk.do("visit list")
    whole(desk, writing=False)
    desk.do(NEW)
    whole(desk)


def test_git_alone_killed_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    held = f'[ "$1" = prepared ] && echo $PPID >"{tmp_path}/pid" && sleep 2\nexit 0'
    path = hook(desk, "reference-transaction", held)
    before = contents(desk)
    with start(desk, NEW) as process:
        wait_for(tmp_path / "pid")
        time.sleep(0.3)
        os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (6, ""), err
    path.unlink()
    assert contents(desk) == before
    whole(desk)


def test_no_reference_but_the_branch_is_ever_locked(desk: Desk) -> None:
    """Locks on packed or other references would outlive a kill and stop git itself for ever."""
    for name in ("packed-refs.lock", "refs/pmcli/pending.lock", "objects/maintenance.lock"):
        lock = desk.root / ".git" / name
        lock.parent.mkdir(exist_ok=True)
        lock.write_text("")
    desk.do(NEW)
    assert not lock_of(desk, "refs/pmcli/pending.lock").exists()
    assert desk.git("for-each-ref", "--format=%(refname)") == "refs/heads/main\n"


def test_an_old_lock_is_found(desk: Desk) -> None:
    lock = lock_of(desk, "packed-refs.lock")
    lock.write_text("")
    desk.do("check")
    os.utime(lock, (time.time() - 7200, time.time() - 7200))
    found = desk("check")
    assert found.code == 1
    assert ".git/packed-refs.lock" in found.out and "120 分钟" in found.out
    assert lock.exists()


@pytest.mark.parametrize("name", ["journal.json"])
def test_a_journal_that_is_unreadable_for_a_moment_stays(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    bring_to(desk, "visit", "received")
    before = contents(desk)
    die_in_git(desk, tmp_path, REFER)
    path = journal(desk).with_name(name)
    aside = tmp_path / "aside"
    path.rename(aside)
    path.mkdir()  # cannot be read, by root neither
    for line in ("visit list", "check", NEW, "save", "undo --reason 试"):
        told = desk(line)
        assert (told.code, told.out) == (6, ""), line
        assert "journal.json" in told.err
    path.rmdir()
    aside.rename(path)
    desk.do("visit list")
    assert contents(desk) == before
    whole(desk, writing=False)


ALTERING = {
    "left out": "git rm -q --cached -- $(git diff --cached --name-only | grep repair)",
    "changed": 'f=$(git diff --cached --name-only | grep repair); echo x >>"$f"; git add "$f"',
}


@pytest.mark.parametrize("how", ALTERING)
def test_success_is_said_only_of_what_the_commit_holds(desk: Desk, how: str) -> None:
    bring_to(desk, "visit", "received")
    before, head = contents(desk), desk.head
    path = hook(desk, "pre-commit", ALTERING[how])
    told = desk(REFER)
    assert (told.code, told.out) == (6, "")
    assert "钩子" in told.err and "BX-" in told.err
    path.unlink()
    assert (contents(desk), desk.head) == (before, head)
    whole(desk)
    desk.do(REFER)


def test_a_hook_may_change_the_message(desk: Desk) -> None:
    hook(desk, "commit-msg", 'echo "[office]" >>"$1"')
    desk.do(NEW)
    assert "[office]" in desk.git("log", "-1", "--format=%B")
    whole(desk)


@pytest.mark.parametrize("refusing", [True, False])
def test_a_branch_without_commits(desk: Desk, refusing: bool) -> None:
    desk.git("checkout", "-q", "--orphan", "fresh")
    desk.git("rm", "-rq", "--cached", ".")
    for lines in ("records", ".gitattributes"):
        subprocess.run(["rm", "-rf", lines], cwd=desk.root, check=True)
    if refusing:
        path = hook(desk, "pre-commit", "exit 1")
        assert desk(NEW).code == 6
        path.unlink()
        assert not list(desk.root.glob("records/**/*.md")) and not journal(desk).exists()
    for line in ("visit list", "forms", "visit new --help", "visit list --as-of 2026-03-01"):
        desk.do(line)
    assert "Traceback" not in desk("check").err
    assert desk("undo --reason 试").code in (3, 4)
    number = desk.do(NEW).id
    assert desk.git("log", "-1", "--format=%an") == "张敏\n"
    desk.do(f"history {number}")


def test_a_branch_without_commits_after_a_kill(desk: Desk, tmp_path: Path) -> None:
    desk.git("checkout", "-q", "--orphan", "fresh")
    desk.git("rm", "-rq", "--cached", ".")
    killed(desk, tmp_path, "update-ref")
    desk.do("visit list")
    assert not journal(desk).exists()
    desk.do(NEW)


@pytest.mark.parametrize("how", ["lost", "damaged"])
def test_a_lost_object_of_the_newest_commit_is_found(desk: Desk, how: str) -> None:
    number = bring_to(desk, "repair", "received")
    path = desk.show(number)["path"]
    spoil(desk, f"HEAD:{path}", how)
    found = desk("check")
    assert found.code == 1 and path in found.out and "Traceback" not in found.err
    (desk.root / path).unlink()
    fixed = desk("check --fix")
    assert fixed.code in (1, 6) and "已找回" not in fixed.out
    assert not (desk.root / path).exists()


@pytest.mark.parametrize("how", ["lost", "damaged"])
@pytest.mark.parametrize("line", ["check", "check --fix", "undo {} --reason 试", "history {}"])
def test_a_lost_object_is_said(desk: Desk, how: str, line: str) -> None:
    number = bring_to(desk, "duty", "closed")
    spoil(desk, f"HEAD~1:{desk.show(number)['path']}", how)
    told = desk(line.format(number))
    assert told.code in (0, 1, 6) and "Traceback" not in told.err
    if not line.startswith("history"):
        assert told.code != 0
    assert desk.git("status", "--porcelain") == ""


def spoil(desk: Desk, revision: str, how: str) -> None:
    name = desk.git("rev-parse", revision).strip()
    path = desk.root / ".git/objects" / name[:2] / name[2:]
    data = path.read_bytes()
    path.unlink()
    if how == "damaged":
        path.write_bytes(data[:20] + bytes([data[20] ^ 255]) + data[21:])

"""Repositories in every shape and state a user may have them in, caches and disks that fail."""

from __future__ import annotations

import shlex
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Desk
from crashes import environment, whole
from scenes import bring

pytestmark = pytest.mark.usefixtures("settled")

PMCLI = f"{shlex.quote(sys.executable)} -m pmcli"
NEW = "visit new --category other --channel phone --visitor 刘先生 --content 打听营业时间"
REFER = "visit refer a01 --kind plumbing --area private --place 厨房"


def hook(desk: Desk, text: str, folder: Path | None = None) -> Path:
    """Set a pre-commit hook."""
    path = (folder or desk.root / ".git" / "hooks") / "pre-commit"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    "entry", ["MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply"]
)
def test_in_the_middle_of_something(desk: Desk, entry: str) -> None:
    path = desk.root / ".git" / entry
    if entry.startswith("rebase"):
        path.mkdir()
    else:
        path.write_text(desk.head + "\n")
    said = desk.refused(NEW, 5).err
    assert "当中" in said
    desk.do("visit list")
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    desk.do(NEW)
    whole(desk)


def test_a_real_merge_conflict(desk: Desk) -> None:
    number = desk.do(NEW).id
    path = desk.root / desk.show(number)["path"]
    desk.git("switch", "-q", "-c", "other")
    path.write_bytes(path.read_bytes() + b"other\n")
    desk.git("commit", "-qam", "other")
    desk.git("switch", "-q", "main")
    path.write_bytes(path.read_bytes() + b"ours\n")
    desk.git("commit", "-qam", "ours")
    with pytest.raises(subprocess.CalledProcessError):
        desk.git("merge", "other")
    desk.refused(NEW, 5)
    desk.git("merge", "--abort")
    desk.do(NEW)
    whole(desk)


def test_off_a_branch(desk: Desk) -> None:
    desk.git("switch", "-q", "--detach")
    assert "git switch main" in desk.refused(NEW, 5).err
    desk.git("switch", "-q", "main")
    desk.do(NEW)


@pytest.mark.parametrize("hooks", [False, True])
def test_what_the_user_has_staged_stays(desk: Desk, hooks: bool) -> None:
    if hooks:
        hook(desk, "exit 0")
    bring(desk, "visit", "received")
    (desk.root / "通知.txt").write_text("新\n", "utf-8")
    with (desk.root / "office.yaml").open("a", encoding="utf-8") as stream:
        stream.write("# 改动\n")
    desk.git("add", "通知.txt", "office.yaml")
    (desk.root / "草稿.txt").write_text("未跟踪\n", "utf-8")
    staged, status = desk.git("diff", "--cached"), desk.git("status", "--porcelain")
    for line in (NEW, REFER):
        desk.do(line)
        assert desk.git("diff", "--cached") == staged
        assert desk.git("status", "--porcelain") == status
        names = desk.git("show", "--name-only", "--format=", "HEAD").split()
        assert names and all(name.startswith("records/") for name in names)


def test_hooks_run(desk: Desk) -> None:
    hook(desk, 'echo ran >> "$(git rev-parse --git-dir)/ran"')
    desk.do(NEW)
    assert (desk.root / ".git" / "ran").read_text() == "ran\n"
    whole(desk)


@pytest.mark.parametrize("where", ["relative", "absolute", "home"])
def test_hooks_elsewhere(desk: Desk, tmp_path: Path, where: str) -> None:
    home = Path(environment()["HOME"])
    folder = {"relative": desk.root / "hooks", "absolute": tmp_path / "h", "home": home / "h"}
    hook(desk, 'echo ran >> "$(git rev-parse --git-dir)/ran"', folder[where])
    named = {"relative": "hooks", "absolute": str(tmp_path / "h"), "home": "~/h"}
    desk.git("config", "core.hooksPath", named[where])
    desk.do(NEW)
    assert (desk.root / ".git" / "ran").read_text() == "ran\n"


@pytest.mark.parametrize("line", [NEW, REFER])
def test_a_hook_that_refuses(desk: Desk, line: str) -> None:
    bring(desk, "visit", "received")
    made = hook(desk, "echo 不许提交 >&2; exit 1")
    assert "不许提交" in desk.refused(line, 6).err
    assert desk.git("diff", "--cached") == ""
    made.unlink()
    desk.do(line)
    whole(desk)


def test_signing_that_fails(desk: Desk) -> None:
    desk.git("config", "commit.gpgsign", "true")
    desk.git("config", "gpg.program", "false")
    desk.refused(NEW, 6)
    desk.git("config", "commit.gpgsign", "false")
    desk.do(NEW)
    whole(desk)


def test_a_worktree(desk: Desk, tmp_path: Path) -> None:
    bring(desk, "visit", "received")
    desk.git("worktree", "add", "-q", "-b", "second", str(tmp_path / "二号"))
    desk.root = tmp_path / "二号"
    desk.do(REFER)
    desk.do(NEW)
    whole(desk)


@pytest.mark.parametrize("config", ["core.autocrlf true", "index.version 4", "core.fileMode false"])
def test_configurations(desk: Desk, config: str) -> None:
    desk.git("config", *config.split())
    bring(desk, "visit", "referred")
    whole(desk)


def test_sha256(desk: Desk) -> None:
    shutil.rmtree(desk.root / ".git")
    desk.git("init", "-q", "-b", "main", "--object-format=sha256")
    desk.git("config", "user.name", "张敏")
    desk.git("config", "user.email", "desk@example.invalid")
    desk.git("add", ".")
    desk.git("commit", "-qm", "anew")
    made = hook(desk, "exit 1")
    desk.refused(NEW, 6)
    made.unlink()
    bring(desk, "visit", "referred")
    assert len(desk.head) == 64
    whole(desk)


def test_a_record_edited_by_hand(desk: Desk) -> None:
    number = bring(desk, "visit", "received")
    path = desk.root / desk.show(number)["path"]
    path.write_bytes(path.read_bytes() + "手工补记\n".encode())
    edited = path.read_bytes()
    assert "pmcli save" in desk.refused(REFER, 5).err
    desk.do(NEW)
    assert path.read_bytes() == edited


def test_plain_git_between_commands(desk: Desk) -> None:
    bring(desk, "visit", "received")
    (desk.root / "说明.txt").write_text("x\n", "utf-8")
    desk.git("add", ".")
    desk.git("commit", "-qm", "by hand")
    desk.do(REFER)
    desk.git("gc", "-q", "--prune=now")
    desk.do(NEW)
    desk.git("repack", "-adq")
    number = desk.do(NEW).id
    said = desk.git("log", "-1", "--format=%(trailers:key=Record,valueonly)").split()
    assert said == [number]
    whole(desk)


def listing(desk: Desk) -> str:
    lines = ("visit list --open --format json", "visit list --keeper 张敏", "visit list")
    return "".join(desk.do(line).out for line in lines)


@pytest.mark.parametrize(
    "damage", ["garbage", "deleted", "old", "names", "state", "keeper", "folder"]
)
def test_the_cache_may_be_anything(desk: Desk, damage: str) -> None:
    bring(desk, "visit", "answered")
    shutil.rmtree(desk.root / ".git" / "pmcli", ignore_errors=True)
    fresh = listing(desk)
    cache = desk.root / ".git" / "pmcli" / "index.sqlite3"
    assert listing(desk) == fresh
    assert cache.exists()
    if damage in ("old", "names", "state", "keeper"):
        with sqlite3.connect(cache) as database:
            database.execute({
                "old": "pragma user_version = 1",
                "names": "update record set names = '{'",
                "state": "update record set state = 'closed'",
                "keeper": "update record set keeper = 7, plain = 'x'",
            }[damage])  # fmt: skip
        database.close()
    elif damage == "garbage":
        cache.write_bytes(b"garbage" * 1000)
    else:
        cache.unlink()
        if damage == "folder":
            cache.mkdir()
    assert listing(desk) == fresh
    assert listing(desk) == fresh
    desk.do(NEW)


def test_a_same_sized_edit_is_noticed(desk: Desk) -> None:
    number = bring(desk, "visit", "received")
    path = desk.root / desk.show(number)["path"]
    listing(desk)
    path.write_bytes(path.read_bytes().replace("刘先生".encode(), "王先生".encode()))
    assert desk.show(number)["visitor"] == "王先生"


def confined(desk: Desk, script: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script in a mount namespace of its own; skip where there are none."""
    unshare = ["unshare", "-rm"]
    if not shutil.which("unshare") or subprocess.run([*unshare, "true"], check=False).returncode:
        pytest.skip("no mount namespaces here")
    return subprocess.run(
        [*unshare, "sh", "-c", script], cwd=desk.root, env=environment(), check=False,
        capture_output=True, text=True, encoding="utf-8", timeout=120,
    )  # fmt: skip


def test_a_disk_that_cannot_be_written(desk: Desk) -> None:
    made = desk.do(NEW).id
    root = 'mount --bind . . && mount -o remount,ro,bind . && cd "$PWD" &&'
    read = confined(desk, f"{root} {PMCLI} visit list")
    assert read.returncode == 0, read.stderr
    assert made in read.stdout
    wrote = confined(desk, f"{root} {PMCLI} {NEW}")
    assert wrote.returncode == 6, wrote.stderr
    assert "Traceback" not in wrote.stderr and wrote.stderr
    whole(desk)


@pytest.mark.parametrize("line", [NEW, REFER])
def test_a_full_disk(desk: Desk, tmp_path: Path, line: str) -> None:
    bring(desk, "visit", "received")
    small = tmp_path / "small"
    small.mkdir()
    done = confined(desk, f"""
        set -e
        mount -t tmpfs -o size=8m none {small}
        cp -a . {small}/office && cd {small}/office
        git config --global --add safe.directory '*'
        for left in 0 4 8 12 16 24 32; do
            rm -f {small}/filler
            dd if=/dev/zero of={small}/filler bs=1k count=16k 2>/dev/null || true
            truncate -s -${{left}}k {small}/filler
            head=$(git rev-parse HEAD)
            code=0; {PMCLI} {line} || code=$?
            test $code = 6 || {{ test $code = 0; break; }}
            refused=yes
            rm {small}/filler
            {PMCLI} visit list >/dev/null
            test "$(git status --porcelain)" = "" || {{ git status --porcelain; exit 41; }}
            test "$(git rev-parse HEAD)" = "$head"
        done
        test "$refused" = yes
        rm -f {small}/filler
        {PMCLI} {NEW}
        git fsck --strict
        test "$(git status --porcelain)" = ""
    """)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr

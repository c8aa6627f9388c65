"""save takes what a commit can hold and every desk can write, and says of all else that it is left.

"Saved" is a promise: what it is said of is in the newest commit, byte for byte.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Desk
from scenes import bring, one_commit

SECRET = "不是这个办公室的\n"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder outside the office, with a file."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "secret").write_text(SECRET, "utf-8")
    return folder


def a_repository(path: Path, _: Path) -> None:
    path.mkdir(parents=True)
    for line in ("init -q", "config user.name x", "config user.email x@x.invalid"):
        subprocess.run(["git", *line.split()], cwd=path, check=True)
    (path / "f").write_text("x")
    for line in ("add f", "commit -qm x"):
        subprocess.run(["git", *line.split()], cwd=path, check=True)


def an_empty_repository(path: Path, _: Path) -> None:
    subprocess.run(["git", "init", "-q", str(path)], check=True)
    (path / "f").write_text("x")


def a_link(path: Path, elsewhere: Path) -> None:
    path.symlink_to(elsewhere / "secret")


def a_link_to_a_folder(path: Path, elsewhere: Path) -> None:
    path.symlink_to(elsewhere)


def a_link_to_nothing(path: Path, _: Path) -> None:
    path.symlink_to("nowhere")


def named(name: bytes) -> Callable[[Path, Path], None]:
    def make(path: Path, _: Path) -> None:
        file = os.path.join(os.fsencode(path.parent), name)  # noqa: PTH118 - Path has no bytes
        with open(file, "wb") as stream:  # noqa: PTH123
            stream.write(b"x\n")

    return make


STRANGE: dict[str, tuple[Callable[[Path, Path], None], str]] = {
    "repository": (a_repository, "另一个 git 仓库"),
    "repository without a commit": (an_empty_repository, "另一个 git 仓库"),
    "link": (a_link, "链接"),
    "link to a folder": (a_link_to_a_folder, "链接"),
    "link to nothing": (a_link_to_nothing, "链接"),
    "not UTF-8": (named(b"\xff.txt"), "别的电脑写不出"),
    "GBK": (named("水费.txt".encode("gbk")), "别的电脑写不出"),
    "two lines": (named(b"a\nb: saved.txt"), "别的电脑写不出"),
    "drive": (named(b"c:x.txt"), "别的电脑写不出"),
    "quoted": (named(b'a"b.txt'), "别的电脑写不出"),
    "blank at its end": (named(b"a "), "别的电脑写不出"),
}


def held(desk: Desk, path: str) -> bool:
    return bool(desk.git("ls-tree", "-r", "--name-only", "HEAD", "--", path).strip())


@pytest.mark.parametrize("folder", ["templates", "templates/notices", "forms"])
@pytest.mark.parametrize("what", STRANGE)
def test_it_is_left_and_the_others_are_saved(
    desk: Desk, elsewhere: Path, what: str, folder: str
) -> None:
    make, words = STRANGE[what]
    (desk.root / folder).mkdir(parents=True, exist_ok=True)
    make(desk.root / folder / "odd", elsewhere)
    office = desk.root / "office.yaml"
    office.write_text(office.read_text("utf-8") + "# 注\n", "utf-8")
    before = desk.commits
    done = desk("save")
    assert desk.commits == before + 1
    assert done.code == 1 and words in done.out, done.out + done.err
    assert "office.yaml：已保存" in done.out
    assert not any("已保存" in line for line in done.out.splitlines() if "odd" in line)
    assert desk.git("show", "--name-only", "--format=", "HEAD").split() == ["office.yaml"]
    assert SECRET not in desk.git("log", "-p")
    # It stands in the way of nothing, and what is said of it is one line.
    desk.do("visit list")
    bring(desk, "visit", "received")
    again = desk("save --format json")
    assert again.code == 1 and len(again.json["left"]) == 1 and again.json["files"] == []
    assert len(desk("check").out.splitlines()) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_what_cannot_be_read_is_left(desk: Desk) -> None:
    (desk.root / "templates").mkdir()
    file = desk.root / "templates/a.txt"
    file.write_text("x", "utf-8")
    file.chmod(0)
    done = desk("save")
    assert done.code == 1 and "无法读取" in done.out


def test_a_record_behind_a_link_is_left(desk: Desk, elsewhere: Path) -> None:
    number = bring(desk, "visit", "received")
    path = desk.root / desk.show(number)["path"]
    text = path.read_text("utf-8")
    (elsewhere / "r.md").write_text(text.replace("刘先生", "王先生"), "utf-8")
    path.unlink()
    path.symlink_to(elsewhere / "r.md")
    head = desk.head
    done = desk("save")
    assert done.code == 1 and "链接" in done.out and desk.head == head
    assert path.is_symlink()


def file_become_folder(desk: Desk) -> Path:
    """A saved file in whose place an empty folder stands."""
    place = desk.root / "templates/a.txt"
    place.parent.mkdir()
    place.write_text("x", "utf-8")
    desk.do("save")
    place.unlink()
    place.mkdir()
    return place


def test_a_file_may_become_a_folder_and_a_folder_a_file(desk: Desk) -> None:
    place = file_become_folder(desk)
    (place / "b.txt").write_text("y", "utf-8")
    with one_commit(desk):
        desk.do("save")
    assert held(desk, "templates/a.txt/b.txt")
    desk.clean()
    (place / "b.txt").unlink()
    place.rmdir()
    place.write_text("z", "utf-8")
    with one_commit(desk):
        desk.do("save")
    assert desk.git("show", "HEAD:templates/a.txt") == "z"
    desk.clean()


def test_a_file_that_git_does_not_hold_may_stand_in_place_of_another(desk: Desk) -> None:
    place = file_become_folder(desk)
    (place / ".gitignore").write_text("*\n", "utf-8")
    with one_commit(desk):
        assert "templates/a.txt：已保存" in desk.do("save").out
    assert not held(desk, "templates/a.txt") and place.is_dir()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_in_place_of_a_file_is_left_and_not_read(desk: Desk) -> None:
    place = file_become_folder(desk)
    place.rmdir()
    os.mkfifo(place)
    head = desk.head
    done = desk("save")
    assert done.code == 1 and "templates/a.txt" in done.out and desk.head == head


def test_whether_a_file_may_be_executed_is_no_change(desk: Desk) -> None:
    number = bring(desk, "visit", "received")
    path = desk.root / desk.show(number)["path"]
    for file in (path, desk.root / "office.yaml"):
        file.chmod(0o755)
    assert desk.do("save").out == "没有需要保存的改动。\n"
    desk.do("check")
    (desk.root / "office.yaml").write_text(
        (desk.root / "office.yaml").read_text("utf-8") + "# 注\n", "utf-8"
    )
    (desk.root / "templates").mkdir()
    new = desk.root / "templates/a.txt"
    new.write_text("x", "utf-8")
    new.chmod(0o755)
    desk.do("save")
    assert desk.do("save").out == "没有需要保存的改动。\n"
    assert "100755" not in desk.git("ls-tree", "-r", "HEAD") + desk.git("ls-files", "-s")
    desk.do("check")

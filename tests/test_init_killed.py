"""init, killed at any point: the same init again makes the office, and nothing is wedged."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest
from conftest import Desk
from crashes import UNHARMED, die_at, driver, start, type_in
from killed_git import slow_git, wait_for

INIT = "init office --name 新办公室 --staff 王芳:supervisor"
NEW = "visit new --category other --channel phone --visitor 刘先生 --content 打听营业时间"
NEW += " --by 王芳"


@pytest.fixture
def place(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A folder in no office, where offices can be made."""
    folder = tmp_path / "places"
    folder.mkdir()
    return Desk(folder, monkeypatch)


def is_whole(place: Desk) -> None:
    """The office has one commit with its two files, and work goes on in it."""
    office = Desk(place.root / "office", place._patch)
    assert office.commits == 1
    assert office.git("ls-files").split() == [".gitattributes", "office.yaml"]
    office.clean()
    folder = office.root / ".git"
    assert not [*folder.rglob("*.lock"), *folder.rglob("journal*"), *folder.rglob("init.json")]
    assert office.git("config", "user.name") == "王芳\n"
    assert office.do("desk").out.strip()
    office.do("check")
    assert (office.root / ".gitattributes").read_bytes() == b"records/** -text\n"


def sweep(place: Desk, tmp_path: Path, first: int, step: int) -> None:
    path, number = driver(tmp_path), first
    while True:
        shutil.rmtree(place.root / "office", ignore_errors=True)
        died = die_at(place, path, number, ("before", "after")[number % 2], INIT)
        assert died.code in (137, UNHARMED), died.err
        if died.code == UNHARMED:
            break
        if (place.root / "office/office.yaml").exists():
            for line in ("visit list", NEW, "check"):
                told = place(["--office", "office", *line.split()])
                assert told.code in (0, 5), told.err
                if told.code:
                    assert "pmcli init" in told.err
                if line == NEW:
                    break
        office = Desk(place.root / "office", place._patch)
        if not (office.root / ".git/HEAD").exists() or not list(office.root.glob("records")):
            place.do(INIT)
            is_whole(place)
        number += step
    is_whole(place)


def test_killed_at_some_points(place: Desk, tmp_path: Path) -> None:
    sweep(place, tmp_path, 2, 5)


@pytest.mark.slow
def test_killed_at_every_point(place: Desk, tmp_path: Path) -> None:
    sweep(place, tmp_path, 1, 1)


@pytest.mark.parametrize("command", ["init", "config", "update-index", "fast-import", "update-ref"])
def test_killed_in_git(place: Desk, tmp_path: Path, command: str) -> None:
    with start(place, INIT, PATH=slow_git(tmp_path, command, 30)) as running:
        wait_for(tmp_path / "slow")
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate(timeout=60)
    office = place.root / "office"
    if command not in ("init", "config"):
        for line in (NEW, "visit list", "check"):
            told = place(["--office", "office", *line.split()])
            assert told.code == 5 and "pmcli init" in told.err
    # What git itself may leave when it is killed in the middle.
    for name in ("HEAD.lock", "config.lock", "refs/heads/main.lock"):
        lock = office / ".git" / name
        if lock.parent.is_dir():
            lock.write_text("")
    place.do(INIT)
    is_whole(place)


def test_another_office_may_be_made_of_the_remains(place: Desk, tmp_path: Path) -> None:
    die_in_git(place, tmp_path)
    place.do(INIT.replace("新办公室", "另一个"))
    is_whole(place)
    assert "另一个" in (place.root / "office/office.yaml").read_text("utf-8")


def die_in_git(place: Desk, tmp_path: Path) -> None:
    with start(place, INIT, PATH=slow_git(tmp_path, "update-ref", 30)) as running:
        wait_for(tmp_path / "slow")
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate(timeout=60)


def test_what_is_not_of_the_init_is_never_removed(place: Desk, tmp_path: Path) -> None:
    die_in_git(place, tmp_path)
    mine = place.root / "office/mine.txt"
    mine.write_text("我的", "utf-8")
    told = place(INIT)
    assert told.code == 5 and "mine.txt" in told.err
    assert mine.read_text("utf-8") == "我的" and (place.root / "office/.git/HEAD").exists()
    mine.unlink()
    yaml = place.root / "office/office.yaml"
    yaml.write_text("name: 我的\n", "utf-8")
    told = place(INIT)
    assert told.code == 5 and "office.yaml" in told.err
    assert yaml.read_text("utf-8") == "name: 我的\n"


@pytest.mark.parametrize("made", [".git", ".git/pmcli"])
def test_killed_between_the_first_folders(place: Desk, made: str) -> None:
    (place.root / "office" / made).mkdir(parents=True)
    place.do(INIT)
    is_whole(place)


def test_a_repository_of_somebody_else_is_left(place: Desk) -> None:
    (place.root / "office").mkdir()
    office = Desk(place.root / "office", place._patch)
    office.git("init", "-q")
    assert place(INIT).code == 5
    assert (office.root / ".git/HEAD").exists()


def test_a_whole_office_is_not_made_again(place: Desk) -> None:
    place.do(INIT)
    assert place(INIT).code == 5
    is_whole(place)


def test_a_failed_init_leaves_nothing(place: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "bin/git"
    bad.parent.mkdir()
    bad.write_text(
        '#!/bin/sh\ncase " $* " in *" fast-import "*) exit 1;; esac\n'
        f'exec {shutil.which("git")} "$@"\n'
    )
    bad.chmod(0o755)
    done = type_in(place, INIT, PATH=f"{bad.parent}{os.pathsep}{os.environ['PATH']}")
    assert done.code == 6, done.err
    assert not (place.root / "office").exists()
    (place.root / "office").mkdir()
    assert type_in(place, INIT, PATH=f"{bad.parent}{os.pathsep}{os.environ['PATH']}").code == 6
    assert list((place.root / "office").iterdir()) == []
    assert type_in(place, "init office --name x").code == 0

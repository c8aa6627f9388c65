"""What loose objects come to: a pack now and then, nothing lost, never against the user's word."""

from __future__ import annotations

import subprocess

import pytest
from conftest import Desk

NEW = "visit new --category other --channel phone --visitor 刘先生 --content 打听营业时间"


def loose(desk: Desk) -> int:
    return int(desk.git("count-objects").split()[0])


def strew(desk: Desk, count: int = 700) -> list[str]:
    """Loose objects that nothing names, as many as count; their names."""
    made = []
    for start in range(0, count, 350):
        files = [desk.root / ".git" / f"strewn-{n}" for n in range(start, start + 350)]
        for file in files:
            file.write_text(file.name, "utf-8")
        names = "\n".join(map(str, files))
        done = subprocess.run(
            ["git", "hash-object", "-w", "--stdin-paths"], cwd=desk.root, input=names,
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        made += done.stdout.split()
        for file in files:
            file.unlink()
    return made


@pytest.mark.parametrize(
    ("limit", "packed"), [("256", True), ("0", False), ("-1", False), (None, False), ("2k", False)]
)
def test_many_loose_objects_are_packed_unless_git_is_told_otherwise(
    desk: Desk, limit: str | None, packed: bool
) -> None:
    if limit is not None:
        desk.git("config", "gc.auto", limit)
    strewn = strew(desk)
    before, number = loose(desk), desk.do(NEW).id
    assert (loose(desk) < before) is packed
    desk.git("fsck", "--full", "--strict")
    assert number in desk.do("visit list").out and desk.do("check").code == 0
    desk.git("cat-file", "-e", desk.git("rev-parse", "HEAD~1").strip())
    for name in strewn[:3]:
        desk.git("cat-file", "-e", name)
    assert "A02" in desk.do(NEW).id


def test_git_that_cannot_pack_keeps_the_record(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from pmcli.store import packing

    desk.git("config", "gc.auto", "256")
    strew(desk)
    before = loose(desk)
    monkeypatch.setattr(packing, "_PACKING", ("repack", "--no-such-option"))
    number = desk.do(NEW).id
    assert loose(desk) > before and desk.show(number)["visitor"] == "刘先生"


def test_git_before_the_geometric_kind_packs_too(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pmcli.store.git import Git

    desk.git("config", "gc.auto", "256")
    strew(desk)
    before, run = loose(desk), Git.run

    def older(self, *arguments, **more):  # type: ignore[no-untyped-def]
        words = [word.replace("--geometric=2", "--no-such-option") for word in arguments]
        return run(self, *words, **more)

    monkeypatch.setattr(Git, "run", older)
    desk.do(NEW)
    assert loose(desk) < before

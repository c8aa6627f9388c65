"""Broken files, a broken form, no git, no name, no office: each is said, and the rest goes on."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import Desk
from mistyped import refuse, repair
from scenes import bring

ROOT = Path(__file__).parent.parent


def process(
    desk: Desk, words: Sequence[str | bytes], **changed: str
) -> subprocess.CompletedProcess[str]:
    """Run the program as a process of its own."""
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), **changed}
    return subprocess.run(
        [sys.executable, "-m", "pmcli", *words], cwd=desk.root, env=surroundings,
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


BROKEN = {
    "BX-260305-A90.md": (b"---\nid: [\n---\n", 3),
    "BX-260305-A91.md": ("---\nid: BX-260305-A91\nreporter: 刘\n---\n".encode("gbk"), 3),
    "BX-260305-A92.md": (b"---\nid: BX-260305-A92\n\0\n---\n", 3),
    "BX-260305-A93.md": (b"", 1),
    "BX-260305-A94.md": (b"---\nid: BX-260305-A94\nform: repair\nstate: nowhere\n---\n", 4),
    "x y.md": (b"hello", 1),
}


def test_broken_records_are_named_and_the_others_served(desk: Desk) -> None:
    number = bring(desk, "repair", "dispatched")
    folder = desk.root / "records/repair/2026/03"
    for name, (data, _) in BROKEN.items():
        (folder / name).write_bytes(data)
    shown = desk("repair list --format json")
    assert shown.code == 1
    assert [record["id"] for record in shown.json["records"]] == [number]
    for name, (_, line) in BROKEN.items():
        place = f"records/repair/2026/03/{name}:{line}: "
        assert any(text.startswith(place) for text in shown.json["errors"]), place
        assert place in shown.err
    assert "Traceback" not in desk("check").err
    desk.do(f"repair show {number}")
    desk.do(f"repair arrive {number} --by 李强")
    new = desk.do(repair()).id
    desk.do(f"repair dispatch {new} --worker 李强")
    refuse(desk, "repair show BX-260305-A91", 1, "A91.md:3", "GBK")
    refuse(desk, "repair void BX-260305-A92 --reason x --by 王芳", 1, "A92.md:3", "NUL")
    desk.do("unit show 3-2-501")


def test_a_broken_form_stops_its_own_commands_only(desk: Desk) -> None:
    number, unit = bring(desk, "repair", "received"), "unit list"
    (desk.root / "forms").mkdir()
    (desk.root / "forms/repair.yaml").write_text("form: repair\ntitle: [\n", "utf-8")
    for line in ("repair list", f"repair show {number}", "repair new --help", "forms show repair"):
        refuse(desk, line, 1, "forms/repair.yaml:3")
    assert "forms/repair.yaml:3" in desk("forms").err
    assert desk("forms").code == 1
    helped = desk.do("--help").out
    assert "visit" in helped and "forms" in helped
    desk.do(unit)
    desk.do("visit new --category other --channel phone --visitor 刘 --content 问路")
    refuse(desk, f"history {number}", 1, "forms/repair.yaml:3")
    refuse(desk, "history 260305-A77", 3, "没有编号为", "forms/repair.yaml:3")


OFFICES: list[tuple[bytes, bytes, str]] = [
    (b"language: zh", b"language: [", "office.yaml:"),
    (b"language: zh", b"language: fr", "office.yaml:8"),
    (b"language: zh", b"language: zh\ncolour: red", "不认识的键 colour"),
    (b"repair]", b"plumber]", "没有岗位“plumber”"),
    (b"Asia/Shanghai", b"../../etc/passwd", "没有时区"),
    ("翠湖".encode(), "翠湖".encode("gbk"), "不是 UTF-8"),
    (b"language: zh", b"language: zh\nname: twice", "键 name 出现两次"),
]


@pytest.mark.parametrize(("old", "new", "says"), OFFICES)
def test_a_broken_office(desk: Desk, old: bytes, new: bytes, says: str) -> None:
    path = desk.root / "office.yaml"
    path.write_bytes(path.read_bytes().replace(old, new))
    for line in ("repair list", "check", "unit show 3-2-501", " ".join(map(shlex.quote, repair()))):
        refuse(desk, line, 1, "office.yaml", says)
    path.write_bytes(b"")
    refuse(desk, "repair list", 1, "office.yaml")
    desk.do("--help")


def test_no_git(desk: Desk) -> None:
    for line in (["repair", "list"], repair(), ["init", "there", "--name", "新办公室"]):
        done = process(desk, line, PATH="/nonexistent")
        assert done.returncode == 6
        assert "找不到 git" in done.stderr and "Traceback" not in done.stderr
    assert not (desk.root / "there").exists()
    assert process(desk, ["forms"], PATH="/nonexistent").returncode == 0


def test_no_name(desk: Desk) -> None:
    desk.git("config", "--unset", "user.name")
    refuse(desk, repair(), 2, "--by", "user.name")
    desk.do([*repair(), "--by", "张敏"])
    desk.clean()


def test_no_repository(desk: Desk) -> None:
    (desk.root / ".git").rename(desk.root.parent / "away")
    for line in ("repair list", "check", "desk B"):
        result = desk(line)
        assert result.code == 6 and "不是 git 仓库" in result.err
    desk.do("--help")
    desk.do("forms")


def test_outside_an_office(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    office = desk.root
    desk.root = office.parent
    for line in ("repair list", "check", "history x", "desk", "repair show a", "forms eject unit"):
        result = desk(line)
        assert result.code == 3 and "不是办公室目录" in result.err
    desk.do("forms")
    desk.root = office
    monkeypatch.setenv("PMCLI_OFFICE", "/nope")
    refuse(desk, "repair list", 3, "/nope")
    monkeypatch.delenv("PMCLI_OFFICE")
    refuse(desk, "--office /nope repair list", 3, "/nope")


def test_a_clock_that_is_no_time(desk: Desk) -> None:
    desk.clock("garbage")
    refuse(desk, "repair list", 2, "PMCLI_NOW")
    refuse(desk, repair(), 2, "PMCLI_NOW")


def test_output_closed_early(desk: Desk) -> None:
    for _ in range(3):
        desk.do(repair(request="漏水\n" * 2_000))
    program = f"{shlex.quote(sys.executable)} -m pmcli"
    for line in ("repair list --format json", "repair show a01", "--help"):
        done = subprocess.run(
            ["bash", "-c", f"{program} {line} | head -1"], cwd=desk.root, capture_output=True,
            text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr and "BrokenPipe" not in done.stderr
        assert done.stdout.count("\n") == 1


def test_words_that_are_not_utf8(desk: Desk) -> None:
    words = [*repair(), "--note", b"\xff\xfe"]
    done = process(desk, words)
    assert done.returncode == 2 and "--note" in done.stderr
    desk.clean()


@pytest.mark.skipif(
    not str(ROOT).isascii(),
    reason="without a locale Python reads no path file of an editable checkout in such a folder",
)
def test_a_platform_that_knows_ascii_only(desk: Desk) -> None:
    desk.do(repair())
    done = process(desk, ["repair", "list"], LC_ALL="C", PYTHONIOENCODING="ascii")
    assert done.returncode == 0 and "已受理" in done.stdout


INITS: list[tuple[list[str], int]] = [
    (["full", "--name", "x"], 5),
    (["file", "--name", "x"], 5),
    (["file/x", "--name", "x"], 6),
    (["", "--name", "x"], 2),
    (["n\n", "--name", "x"], 2),
    (["n\0", "--name", "x"], 2),
    (["n"], 2),
    (["n", "--name", "a\nb"], 2),
    (["n", "--name", " "], 2),
    (["n", "--name", "\udcff"], 2),
    (["n", "--name", "x" * 201], 2),
    (["n", "--name", "x", "--name", "y"], 2),
    (["n", "--name", "x", "extra"], 2),
    (["n", "--name", "x", "--phone", "a\nb"], 2),
    (["n", "--name", "x", "--staff", "张敏"], 2),
    (["n", "--name", "x", "--staff", "张敏:boss"], 2),
    (["n", "--name", "x", "--staff", ":repair"], 2),
    (["n", "--name", "x", "--desk", "5"], 2),
    (["n", "--name", "x", "--desk", "AB"], 2),
    (["n", "--name", "x", "--language", "fr"], 2),
]


@pytest.mark.parametrize(("words", "code"), INITS)
def test_init_leaves_nothing_behind(desk: Desk, words: list[str], code: int) -> None:
    desk.root = desk.root.parent / "elsewhere"
    (desk.root / "full").mkdir(parents=True)
    (desk.root / "full/x").write_text("x")
    (desk.root / "file").write_text("x")
    result = desk(["init", *words])
    assert result.code == code and result.err.strip()
    assert "Traceback" not in result.err
    assert sorted(path.name for path in desk.root.rglob("*")) == ["file", "full", "x"]


def test_demo_into_a_folder_in_use(desk: Desk) -> None:
    refuse(desk, "demo records", 5, "records")
    refuse(desk, "demo office.yaml", 5, "office.yaml")


def test_an_office_named_like_markup(desk: Desk) -> None:
    desk.root = desk.root.parent
    for place, name in (("花 园 甲", "{{ 7*7 }}"), ("b", ": #'\"{}"), ("c", "---")):
        desk.do(["init", place, "--name", name, "--staff", "{{x}}:repair"])
        page = desk.do(["--office", place, "repair", "print", "--layout", "blank"]).out
        assert name in page

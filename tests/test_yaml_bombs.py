"""YAML made to stand for too much ends at once, in a sentence with file and line.

The judge is a process of its own with a limit on its memory and a time that only a hang exceeds.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Desk

from pmcli.lint.frontmatter import read_front_matter
from pmcli.messages import CATALOGUE

TOP = Path(__file__).parent.parent
ONLY_A_HANG = 120
"""Seconds."""
MEMORY = 3_000_000_000
"""Bytes of addresses; a bomb wants more than any machine has."""


def judged(desk: Desk, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command by itself; it must end, without a traceback."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PMCLI_")}
    environment |= {"PYTHONPATH": str(TOP), "PMCLI_LANG": "en", "PMCLI_NOW": "2026-03-05 09:00"}
    done = subprocess.run(
        [sys.executable, "-m", "pmcli", *command], cwd=desk.root, env=environment,
        capture_output=True, text=True, timeout=ONLY_A_HANG,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done


def refused(desk: Desk, place: str, *command: str) -> str:
    """A command must end in a fault at a place."""
    done = judged(desk, *command)
    assert done.returncode == 1, (done.returncode, done.stdout, done.stderr)
    assert place in done.stdout + done.stderr, done.stdout + done.stderr
    return done.stdout + done.stderr


def template(desk: Desk, head: str) -> None:
    """Put a notice template with this front matter into the office."""
    folder = desk.root / "templates/notices"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "odd.md.j2").write_text(f"---\n{head}---\nx\n", "utf-8")


LAUGHS = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 9)
)
YAML = {
    "lists": (LAUGHS, 5),
    "mappings": (
        "a0: &a0 {x: 1, y: 2}\n"
        + "".join(f"a{i}: &a{i} {{x: *a{i - 1}, y: *a{i - 1}}}\n" for i in range(1, 40)),
        14,
    ),
    "keys": ("a0: &a0 [x]\n" + "? *a0\n: y\n", 1),
    "in itself": ("a: &a [*a]\n", 1),
    "in itself below": ("a: &a\n  b: {c: *a}\n", 1),
    "deep flow": ("a: " + "[" * 5000 + "]" * 5000 + "\n", 1),
    "deep mappings": ("a: " + "{a: " * 3000 + "}" * 3000 + "\n", 1),
    "deep blocks": ("- " * 3000 + "x\n", 1),
    "deep by aliases": (
        "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 300)),
        51,
    ),
    "long": ("a: [" + "x," * 300_000 + "]\n", 0),
}


@pytest.mark.parametrize("name", YAML)
def test_yaml_of_a_form_stops_nothing_else(desk: Desk, name: str) -> None:
    text, line = YAML[name]
    (desk.root / "forms").mkdir()
    (desk.root / "forms/visit.yaml").write_text(text, "utf-8")
    place = f"forms/visit.yaml:{line}: " if line else "forms/visit.yaml: "
    assert refused(desk, place, "forms", "check")
    refused(desk, place, "visit", "list")
    assert judged(desk, "repair", "list").returncode == 0


@pytest.mark.parametrize("name", ["lists", "in itself", "deep mappings"])
def test_yaml_of_the_office_is_told_by_every_command(desk: Desk, name: str) -> None:
    text, line = YAML[name]
    path = desk.root / "office.yaml"
    before = path.read_text("utf-8")
    path.write_text(before + text, "utf-8")
    place = f"office.yaml:{before.count(chr(10)) + line}: "
    for command in ("visit list", "check"):
        refused(desk, place, *command.split())


@pytest.mark.parametrize("name", ["lists", "in itself", "deep flow"])
def test_yaml_of_a_template_stops_no_other_template(desk: Desk, name: str) -> None:
    text, line = YAML[name]
    template(desk, text)
    refused(desk, f"templates/notices/odd.md.j2:{line + 1}: ", "forms", "check")
    refused(desk, "templates/notices/odd.md.j2", "notice", "new", "odd")
    assert judged(desk, "visit", "list").returncode == 0
    assert judged(desk, "notice", "list").returncode == 0


def test_aliases_that_come_to_little_are_welcome(desk: Desk) -> None:
    path = desk.root / "office.yaml"
    text = "figures: {visit.reply: &same {value: 20m}, visit.refer: *same}\n"
    path.write_text(path.read_text("utf-8") + text, "utf-8")
    assert "office.yaml" not in judged(desk, "forms", "check").stderr
    assert judged(desk, "visit", "list").returncode == 0


@pytest.mark.parametrize("name", YAML)
def test_front_matter_of_a_text_is_told_or_read(name: str) -> None:
    front = read_front_matter(f"---\ngenre: 通知\n{YAML[name][0]}---\n关于测试\n")
    assert front.faults or front.genre == "通知"


def test_front_matter_says_what_it_says() -> None:
    for word, so in (("yes", True), ("true", True), ("是", True), ("no", False), ("~", False)):
        head = f"---\nemergency: {word}\nvalid_until: 2026-03-05\nlint: {{ignore: [l01]}}\n---\n"
        front = read_front_matter(head)
        assert (front.emergency, front.valid_until, front.ignore) == (so, "2026-03-05", ("L01",))


@pytest.mark.parametrize("name", YAML)
def test_a_pasted_text_is_told_with_its_line(desk: Desk, name: str, tmp_path: Path) -> None:
    text, line = YAML[name]
    (tmp_path / "pasted.md").write_text(f"---\ngenre: 通知\n{text}---\n关于测试\n", "utf-8")
    done = judged(desk, "lint", str(tmp_path / "pasted.md"))
    assert done.returncode == 2
    place = f"pasted.md:{line + 2}: " if line else "pasted.md: "
    assert place in done.stderr, done.stderr


ODD = {  # what stands in the file, the line that is told, the sentence's key
    "tag": (b"a: x\nb: !!python/object/apply:os.system [echo]\n", 2, "yaml_tag"),
    "own tag": (b"a: !secret x\n", 1, "yaml_tag"),
    "typed text": (b"a: !!int '3'\n", 1, "yaml_tag"),
    "merge": (b"a: &a {x: y}\nb:\n  <<: *a\n", 3, "yaml_merge"),
    "merge of many": (b"<<: [{x: y}, {x: z}]\n", 1, "yaml_merge"),
    "NUL": (b"a: x\nb: \x00\n", 2, "nul_in_file"),
    "control": (b"a: x\nb: \x07\n", 2, "unseen_character"),
    "delete": (b"a: \x7f\n", 1, "unseen_character"),
    "no character": ("a: x\n\nb: \ufffe\n".encode(), 3, "unseen_character"),
    "GBK": ("a: x\nb: 说明\n".encode("gbk"), 2, "not_utf8"),
    "UTF-16": ("a: x\nb: y\n".encode("utf-16"), 1, "not_utf8"),
    "twice": (b"a: x\nb: y\na: z\n", 3, "duplicate_key"),
    "key of no text": (b"[x]: y\n", 1, "key_no_text"),
    "two documents": (b"a: x\n---\nb: y\n", 2, "yaml_broken"),
    "unknown anchor": (b"a: *b\n", 1, "yaml_broken"),
}
SAID = {
    name: re.escape(CATALOGUE[key][0].partition("{")[0] or "键")
    for name, (_, _, key) in ODD.items()
}


def files(desk: Desk, data: bytes) -> dict[str, tuple[Path, bytes, int, list[str]]]:
    """Where such YAML may stand: the file, its content, lines before, the commands that tell."""
    office = (desk.root / "office.yaml").read_bytes()
    fence = b"---\n"
    return {
        "office.yaml": (
            desk.root / "office.yaml",
            data if data[:2] == b"\xff\xfe" else office + data,
            0 if data[:2] == b"\xff\xfe" else office.count(b"\n"),
            ["check", "visit list", "forms check"],
        ),
        "forms/visit.yaml": (
            desk.root / "forms/visit.yaml",
            data,
            0,
            ["forms check", "check", "visit list"],
        ),
        "templates/notices/odd.md.j2": (
            desk.root / "templates/notices/odd.md.j2",
            data if data[:2] == b"\xff\xfe" else fence + data + fence + b"x\n",
            0 if data[:2] == b"\xff\xfe" else 1,
            ["forms check", "notice new odd"],
        ),
    }


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("file", ["office.yaml", "forms/visit.yaml", "templates/notices/odd.md.j2"])
def test_odd_yaml_is_told_with_file_and_line(desk: Desk, file: str, name: str) -> None:
    data, line, _ = ODD[name]
    if name == "two documents" and file.startswith("templates"):
        return  # there the fence ends the front matter
    path, content, before, commands = files(desk, data)[file]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    for command in commands:
        told = desk(command)
        assert told.code == 1, (command, told)
        assert re.search(
            rf"{re.escape(file)}:{before + line}: .*{SAID[name]}", told.out + told.err
        ), told


@pytest.mark.parametrize("name", [n for n in ODD if n not in ("UTF-16", "GBK", "two documents")])
def test_odd_yaml_of_a_pasted_text_is_told_with_its_line(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    data, line, _ = ODD[name]
    (tmp_path / "pasted.md").write_bytes(b"---\n" + data + "---\n关于测试\n".encode())
    told = desk(["lint", str(tmp_path / "pasted.md")])
    assert told.code == 2
    assert re.search(rf"pasted\.md:{line + 1}: .*{SAID[name]}", told.err), told


def test_a_file_longer_than_any_is_not_read_whole(desk: Desk) -> None:
    path = desk.root / "forms/visit.yaml"
    path.parent.mkdir()
    with path.open("wb") as file:
        file.truncate(40_000_000_000)  # a hole: nothing is on the disk
    assert "forms/visit.yaml: 文件太长" in desk("forms check").err


def test_a_huge_text_is_a_text_or_too_long(desk: Desk) -> None:
    path = desk.root / "office.yaml"
    before = path.read_text("utf-8")
    path.write_text(f"{before}aliases: [{'甲' * 300_000}]\n", "utf-8")
    desk.do("visit list")
    path.write_text(f"{before}aliases: [{'甲' * 600_000}]\n", "utf-8")
    assert "office.yaml: 文件太长" in desk("visit list").err


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_mark_and_windows_lines_are_welcome_everywhere(
    desk: Desk, mark: str, ending: str, tmp_path: Path
) -> None:
    def put(path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((mark + text).replace("\n", ending).encode("utf-8"))

    put(
        desk.root / "office.yaml",
        (desk.root / "office.yaml").read_text("utf-8") + "lint: {tip_max: 9}\n",
    )
    put(desk.root / "forms/visit.yaml", "form: visit\nextends: visit\ntitle: 来访 | Visit\n")
    put(
        desk.root / "templates/notices/odd.md.j2",
        "---\nlabel: 房 | Room\ntitle: 关于房间的通知\npresets: {genre: 通知}\n"
        "variables:\n  room: {label: 房 | Room, type: text, default: 0301}\n---\n房 {{ room }}\n",
    )
    desk.do("forms check")
    assert desk.show(desk.do("notice new odd").id)["body"].count("0301")
    put(tmp_path / "pasted.md", "---\nlint: {ignore: [N999]}\n---\n关于测试\n")
    assert "N999" in desk(["lint", str(tmp_path / "pasted.md")]).err

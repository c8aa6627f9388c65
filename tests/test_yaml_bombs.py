"""YAML made to stand for too much ends at once, in a sentence with file and line.

The judge is a process of its own with a limit on its memory and a time that only a hang exceeds.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Desk

from pmcli.lint.frontmatter import read_front_matter

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
    text = "figures: {visit.answer: &same {value: 20m}, visit.forward: *same}\n"
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

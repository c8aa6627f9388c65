"""What a command has changed in a record is read by others' libraries too before it stands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Desk

from pmcli.record import parsing
from pmcli.record.careful import careful_read, reads_alike
from pmcli.record.parsing import BadRecord, split
from pmcli.yaml_files.fences import NoFence, Parts
from pmcli.yaml_files.fences import split as taken_apart

NEW = (
    "repair new --unit 3-2-501 --area private --kind plumbing --reporter 刘先生 "
    "--phone 13800000001 --place 厨房 --request 漏水"
)


def test_a_reader_that_errs_is_found_out_before_anything_is_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = desk.do(NEW).id
    path = desk.root / desk.show(number)["path"]
    before, head = path.read_bytes(), desk.head
    scan = parsing.scan
    monkeypatch.setattr(parsing, "scan", lambda front: {**(scan(front) or {}), "place": "卧室"})
    refused = desk.refused(f"repair dispatch {number} --worker 李强", 6)
    assert "BX-" in refused.err
    assert (path.read_bytes(), desk.head) == (before, head)
    monkeypatch.undo()
    desk.do(f"repair dispatch {number} --worker 李强")


def test_a_whole_file_is_read_through_python_frontmatter(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    import frontmatter

    number = desk.do(NEW).id
    asked: list[str] = []
    parse = frontmatter.parse

    def noting(text: str, *arguments: object, **named: object) -> object:
        asked.append(text)
        return parse(text, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(frontmatter, "parse", noting)
    desk.do(f"repair dispatch {number} --worker 李强")
    path = desk.root / desk.show(number)["path"]
    assert asked == [path.read_text("utf-8")]


@pytest.mark.parametrize(
    "front",
    ["id: 1\nroom: 0301\nat: 9:30\nagreed: no\n", "id: \"1\"\nrows:\n- {a: b, c: [d, e]}\n",
     "id: 1\nsaid: |\n  一行\n\n  二行\nempty:\n"],
)  # fmt: skip
@pytest.mark.parametrize("body", ["", "正文\n", "\n\n正文\n---\n还有\n\n"])
@pytest.mark.parametrize("opening", ["---\n", "\ufeff---  \n"])
def test_both_readings_are_one(front: str, body: str, opening: str) -> None:
    text = f"{opening}{front}---\n{body}"
    assert reads_alike(text, "x.md")
    values, read = careful_read(text)
    assert values["id"] == "1" and read == body.strip()
    assert values.get("room") in (None, "0301") and values.get("agreed") in (None, "no")


def test_a_file_without_a_fence_is_told_with_its_line() -> None:
    for text, line in (("id: 1\n", 1), ("---\nid: 1\n", 3)):
        with pytest.raises(BadRecord) as caught:
            reads_alike(text, "x.md")
        assert (caught.value.fault.file, caught.value.fault.line) == ("x.md", line)
        with pytest.raises(NoFence):
            taken_apart(text)


@pytest.mark.parametrize(
    "text", ["---\na: b\n---\n", "\ufeff---\t\r\na: b\r\n---\r\nx\r\n---\n", "---\n---"]
)
def test_taking_apart_loses_no_byte(text: str) -> None:
    parts = taken_apart(text)
    assert "".join(parts) == text
    assert isinstance(split(text), Parts)
    assert text.splitlines()[parts.body_line - 2].rstrip() == "---"


@pytest.mark.parametrize("line", ["visit list", "repair list", "forms check", "--help"])
def test_everyday_commands_do_without_the_careful_libraries(desk: Desk, line: str) -> None:
    desk.do(NEW)
    program = (
        "import sys\nfrom pmcli.cli.program.app import run\nrun(sys.argv[1:])\n"
        "print([m for m in ('frontmatter', 'ruamel.yaml') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *line.split()], cwd=desk.root, capture_output=True,
        text=True, check=True,
        env={"PYTHONPATH": str(Path(__file__).parents[1]), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"

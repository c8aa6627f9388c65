"""A transcript as steps, and a player that types them: tests/transcripts/<nn>-<topic>.<zh|en>.txt.

A transcript is read from the top, in a fresh office (the fixture `desk`; Chinese for `.zh.txt`,
English for `.en.txt`), at 80 columns:

    # clock 2026-03-05 09:00             the time at which what follows is typed
    # file records/….md: old → new       a hand changes a file of the office, outside pmcli
    # editor: old → new                  what the next command's editor changes
    # at hand: roster.csv                a file of this folder lies in the office
    # any other remark
    $ cd ..                              as typed
    $ pmcli repair close a01             as typed; below it, all that was printed, both streams
    # exit 4                             how it ended, where that was not 0

A blank line stands between two steps. Commits are named `········` in `history`: their names hang
on every byte of the office. After a change that is meant, write the printed parts anew and read
the difference:

    WRITE_TRANSCRIPTS=1 python -m pytest tests/test_transcripts.py
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from conftest import Desk

from pmcli.cli.program.app import run

FOLDER = Path(__file__).parent / "transcripts"
WRITING = bool(os.environ.get("WRITE_TRANSCRIPTS"))


@dataclass(frozen=True)
class Step:
    """A line that was typed, the remarks before it, what was printed, and the exit code."""

    remarks: tuple[str, ...]
    typed: str
    printed: tuple[str, ...]
    code: int = 0


def read(text: str) -> list[Step]:
    """The steps of a transcript; remarks after the last step are a step without a command."""
    steps: list[Step] = []
    remarks: list[str] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            steps.append(Step(tuple(remarks), line, ()))
            remarks = []
        elif line.startswith("# exit ") and not remarks:
            steps[-1] = replace(steps[-1], code=int(line.removeprefix("# exit ")))
        elif line.startswith("# ") or remarks or not steps:
            remarks.append(line)
        else:
            steps[-1] = replace(steps[-1], printed=(*steps[-1].printed, line))
    if remarks:
        steps.append(Step(tuple(remarks), "", ()))
    return [replace(step, printed=_stripped(step.printed)) for step in steps]


def written(steps: list[Step]) -> str:
    """A transcript as it stands in its file."""
    blocks = []
    for step in steps:
        remarks = [line for line in step.remarks if line]
        lines = [*remarks, *([step.typed] if step.typed else []), *step.printed]
        blocks.append("\n".join(lines + [f"# exit {step.code}"] * bool(step.code)))
    return "\n\n".join(blocks) + "\n"


def _stripped(lines: tuple[str, ...]) -> tuple[str, ...]:
    while lines and not lines[-1]:
        lines = lines[:-1]
    return lines


class Player:
    """Types the steps of a transcript at a desk."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk, self.patch = desk, monkeypatch
        self.folder = desk.root

    def play(self, step: Step) -> Step:
        """The step as it comes out now."""
        for line in step.remarks:
            self._heed(line)
        words = shlex.split(step.typed.removeprefix("$ "))
        if not words:
            return step
        if words[0] == "cd":
            self.folder = (self.folder / words[1]).resolve()
            return replace(step, printed=(), code=0)
        assert words[0] == "pmcli", step.typed
        shown = io.StringIO()
        self.patch.chdir(self.folder)
        with redirect_stdout(shown), redirect_stderr(shown):
            code = run(words[1:])
        self.patch.delenv("VISUAL", raising=False)
        text = shown.getvalue()
        if words[1] == "history":
            text = re.sub(r"\b[0-9a-f]{8}\b", "·" * 8, text)
        lines = tuple(line.rstrip() for line in text.splitlines())
        return replace(step, printed=_stripped(lines), code=code)

    def _heed(self, line: str) -> None:
        if line.startswith("# clock "):
            self.desk.clock(line.removeprefix("# clock "))
        elif found := re.match(r"# file (.+?): (.+) → (.+)", line):
            _change(self.folder / found[1], found[2], found[3])
        elif found := re.match(r"# editor: (.+) → (.+)", line):
            script = self.desk.root.parent / "editor.py"
            script.write_text(EDITOR.format(old=found[1], new=found[2]), "utf-8")
            self.patch.setenv("VISUAL", f'"{sys.executable}" "{script}"')
        elif line.startswith("# at hand: "):
            shutil.copy(FOLDER / line.removeprefix("# at hand: "), self.folder)


EDITOR = """\
import pathlib, sys
page = pathlib.Path(sys.argv[-1])
page.write_text(page.read_text("utf-8").replace({old!r}, {new!r}, 1), "utf-8", newline="\\n")
"""


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new, 1), "utf-8", newline="\n")

"""A person at a terminal: a command typed in a pseudo-terminal, and the screen as it is seen."""

from __future__ import annotations

import os
import re
import shlex
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk

pexpect = pytest.importorskip("pexpect")
pyte = pytest.importorskip("pyte")
if not hasattr(pexpect, "spawn"):
    pytest.skip("there are no pseudo-terminals here", allow_module_level=True)

PATIENCE = 60
"""Seconds after which a question is not coming any more."""
ROWS, COLUMNS = 60, 80
CTRL_C, CTRL_D, ESCAPE, TAB, ERASE = "\x03", "\x04", "\x1b", "\t", "\x15"
TOP = Path(__file__).parents[1]


class Terminal:
    """`pmcli LINE` typed at a desk; `close` ends what is still running."""

    def __init__(self, desk: Desk, line: str, rows: int = ROWS, **more: str) -> None:
        self.desk = desk
        self.head = desk.head
        self.scratch = desk.root.parent / "tmp"
        self.scratch.mkdir(exist_ok=True)
        environment: dict[str, Any] = {
            **os.environ,
            "PYTHONPATH": str(TOP),
            "PYTHONUTF8": "1",
            "TERM": "xterm",
            "TMPDIR": str(self.scratch),
            "PROMPT_TOOLKIT_NO_CPR": "1",
            **more,
        }
        for name in ("EDITOR", "VISUAL"):
            if name not in more:
                environment.pop(name, None)
        self._screen = pyte.Screen(COLUMNS, rows)
        self._stream = pyte.Stream(self._screen)
        self.code: int | None = None
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "pmcli", *shlex.split(line)],
            cwd=str(desk.root),
            env=environment,
            encoding="utf-8",
            dimensions=(rows, COLUMNS),
        )

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display).strip()

    def until(self, seen: Callable[[str], bool], what: str) -> None:
        """Watch the screen until something is seen."""
        end = time.monotonic() + PATIENCE
        while not seen(self.text):
            if time.monotonic() > end:
                pytest.fail(f"never seen: {what}\n{self.text}")
            try:
                self._stream.feed(self.child.read_nonblocking(4096, timeout=1))
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                if not seen(self.text):
                    pytest.fail(f"ended without: {what}\n{self.text}")

    def sees(self, *words: str) -> None:
        """Wait until all of some words stand on the screen."""
        self.until(lambda text: all(word in text for word in words), " ".join(words))

    def asks(self, label: str, after: str = "") -> None:
        """Wait for a question, below some words if these are given."""

        def asked(text: str) -> bool:
            below = text.rpartition(after)[2] if after else text
            return after in text and re.search(rf"^\? {re.escape(label)}", below, re.M) is not None

        self.until(asked, f"{after} ? {label}")

    def type(self, keys: str) -> None:
        """Press keys."""
        self.child.send(keys)

    def answer(self, label: str, typed: str = "") -> None:
        """Wait for a question and answer it."""
        self.asks(label)
        self.type(typed + "\r")

    def wrong(self, label: str, typed: str, sentence: str) -> None:
        """Give an answer that is not taken: the sentence appears and the question comes again."""
        self.answer(label, typed)
        self.asks(label, after=sentence)

    def correct(self, label: str, typed: str) -> None:
        """Answer a question in whose place something stands already."""
        self.answer(label, ERASE + typed)

    def ends(self, code: int = 0) -> str:
        """Wait for the command's end; returns what then stands on the screen."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                self._stream.feed(self.child.read_nonblocking(4096, timeout=1))
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                break
        else:
            pytest.fail(f"never ended\n{self.text}")
        self.child.close()
        assert self.child.exitstatus == code, self.text
        return self.text

    def interrupted(self, key: str = CTRL_C) -> None:
        """Press Ctrl-C: one friendly sentence, 130, and nothing is left behind."""
        self.type(key)
        text = self.ends(130)
        assert text.endswith("已中断，未写入任何内容。")
        assert "Traceback" not in text
        self.untouched()

    def untouched(self) -> None:
        """HEAD stands where it stood, the tree is clean, no scratch file is left, all may write."""
        assert self.desk.head == self.head
        self.desk.clean()
        assert list(self.scratch.iterdir()) == []
        self.desk.do(
            "repair new --area public --place 大堂 --kind leak --reporter 保安 --request 漏水"
        )

    def close(self) -> None:
        """End what is still running."""
        self.child.close(force=True)


Open = Callable[..., Terminal]

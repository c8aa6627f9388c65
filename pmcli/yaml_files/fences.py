"""A text with YAML between --- lines at its top, taken apart without losing a byte."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pmcli.patterns import regex

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

OPENING = regex(r"---[ \t]*\r?\n")
CLOSING = regex(r"^---[ \t]*\r?(?:\n|\Z)", re.MULTILINE)
_MARK = "\ufeff"
FIRST_LINE = 2
"""The line on which the YAML begins."""


class NoFence(Exception):
    """A text without one of its --- lines: the line, from 1, and the key of the sentence."""

    def __init__(self, line: int, key: Key) -> None:
        super().__init__(line, key)
        self.line = line
        self.key = key


class Parts(NamedTuple):
    """Opening fence, YAML, closing fence, what follows; one behind another they are the text."""

    opening: str
    front: str
    closing: str
    body: str

    @property
    def body_line(self) -> int:
        """The line, from 1, on which the body begins."""
        return self.front.count("\n") + 3


def split(text: str) -> Parts:
    """Take a text apart; a byte order mark belongs to the opening fence. Raises NoFence."""
    opening = OPENING.match(text, len(_MARK) if text.startswith(_MARK) else 0)
    if opening is None:
        raise NoFence(1, "no_front_matter")
    closing = CLOSING.search(text, opening.end())
    if closing is None:
        raise NoFence(text.count("\n") + 1, "front_matter_open")
    return Parts(
        text[: opening.end()],
        text[opening.end() : closing.start()],
        text[closing.start() : closing.end()],
        text[closing.end() :],
    )

"""The texts of YAML files, before anything is made of them."""

from __future__ import annotations

from pathlib import Path

from pmcli.messages import Sentence
from pmcli.yaml_files.regular import read_regular

MAX_LENGTH = 500_000
"""The longest text, in characters."""
MAX_BYTES = 4 * MAX_LENGTH
"""The longest file; UTF-8 takes up to four bytes for a character."""


class BadYaml(Exception):
    """A text that is no YAML, or too much of it: the line, from 1 (0 unknown), and why."""

    def __init__(self, line: int, sentence: Sentence) -> None:
        super().__init__(line, sentence)
        self.line = line
        self.sentence = sentence


def read_text(path: Path) -> str:
    """The text of a file, without a byte order mark; raises BadYaml, OSError."""
    data = read_regular(path, MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise BadYaml(0, Sentence("file_too_long", most=MAX_LENGTH))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadYaml(line, Sentence("not_utf8")) from None

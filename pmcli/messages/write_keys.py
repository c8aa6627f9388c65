"""Writes `keys.py`: the names of all sentences as one type, from the catalogue.

`python -m pmcli.messages.write_keys` after a sentence was added, renamed or taken away.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pmcli.messages import CATALOGUE

WRITTEN = Path(__file__).with_name("keys.py")
"""The module that is written."""

_WIDTH = 100

_HEAD = '''"""The names of all sentences, as a type; written by `python -m pmcli.messages.write_keys`."""

from __future__ import annotations

from typing import Literal, TypeAlias

# fmt: off
Key: TypeAlias = Literal[
'''


def module_of(keys: Iterable[str]) -> str:
    """The text of the module that names these keys, several a line, in the order of the alphabet."""
    lines, line = [], ""
    for key in sorted(keys):
        word = f' "{key}",'
        if len(line) + len(word) > _WIDTH - 3:
            lines.append(line)
            line = ""
        line += word
    return _HEAD + "".join(f"   {line}\n" for line in [*lines, line]) + "]\n"


if __name__ == "__main__":
    WRITTEN.write_text(module_of(CATALOGUE), "utf-8", newline="\n")

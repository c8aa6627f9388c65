"""The table of functions in docs/forms.md, written from pmcli.form.functions.

python -m pmcli.cli.guide docs/forms.md
"""

from __future__ import annotations

import sys
from itertools import takewhile
from pathlib import Path

from pmcli.form.functions import FUNCTIONS, Function

HEAD = ("| function | gives | for instance |", "|---|---|---|")


def table() -> list[str]:
    """The lines of the table: how each function is written, what it gives, calls of it."""
    return [*HEAD, *map(_row, FUNCTIONS.values())]


def _row(function: Function) -> str:
    examples = " · ".join(f"`{text}`" for text in function.examples)
    return f"| `{function.call}` | {function.gives.text('en')} | {examples} |"


def rewritten(guide: str) -> str:
    """The guide with its table as the registry is now; raises ValueError where it has none."""
    lines = guide.split("\n")
    start = lines.index(HEAD[0])
    length = sum(1 for _ in takewhile(lambda line: line.startswith("|"), lines[start:]))
    return "\n".join([*lines[:start], *table(), *lines[start + length :]])


def main() -> None:
    """Rewrite the table in the file named on the command line."""
    path = Path(sys.argv[1])
    path.write_text(rewritten(path.read_text("utf-8")), "utf-8", newline="\n")


if __name__ == "__main__":
    main()

"""Front matter in the plain shape that pmcli itself writes, scanned without a YAML parser.

Anything of another shape is left to the parser, so what is scanned is what the parser would read;
a property test holds the two against each other.
"""

from __future__ import annotations

import re
from typing import Any

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_WORD = rf"[A-Za-z{_HAN}][A-Za-z0-9{_HAN}_./+()（），。、；！？《》-]*"
_PLAIN = (
    rf"(?:{_WORD}(?: [A-Za-z0-9{_HAN}_./+()（），。、；！？《》-]+)*|-?[0-9]+(?:-[0-9A-Za-z]+)*)"
)
_QUOTED = r'"[^"\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]*"'
_SCALAR = rf"(?:{_PLAIN}|{_QUOTED})"
_LINE = re.compile(rf"([a-z][a-z0-9_]{{0,63}}):(?: ({_SCALAR}|\[.*\]))?")
_ROW = re.compile(r"- \{(.+)\}")
_CELL = re.compile(rf"([a-z_]{{1,64}}): ({_SCALAR}|\[[^\[\]{{}}\"']*\])(?:, |\Z)")
_ITEM = re.compile(rf"({_SCALAR})(?:, |\Z)")
_NULLS = frozenset({"null", "Null", "NULL"})


def scan(front: str) -> dict[str, Any] | None:
    """The scalars of front matter as the YAML parser gives them; None where it must be asked."""
    tree: dict[str, Any] = {}
    rows: list[dict[str, Any]] | None = None
    for line in front.split("\n"):
        if line.startswith("- "):
            row = _row(line)
            if rows is None or row is None:
                return None
            rows.append(row)
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            if line == "" and front.endswith("\n"):
                continue
            return None
        if rows == []:
            return None
        key, written = match.groups()
        if key in tree:
            return None
        if written is None:
            rows = tree[key] = []
            continue
        rows = None
        value = _items(written[1:-1]) if written[0] == "[" else _scalar(written)
        if value is None:
            return None
        tree[key] = value
    return None if rows == [] or not tree else tree


def _row(line: str) -> dict[str, Any] | None:
    match = _ROW.fullmatch(line)
    if match is None:
        return None
    inner, at = match[1], 0
    row: dict[str, Any] = {}
    while at < len(inner):
        cell = _CELL.match(inner, at)
        if cell is None or cell[1] in row:
            return None
        value = _items(cell[2][1:-1]) if cell[2][0] == "[" else _scalar(cell[2])
        if value is None:
            return None
        row[cell[1]] = value
        at = cell.end()
    return row


def _items(inner: str) -> list[str] | None:
    found: list[str] = []
    at = 0
    while at < len(inner):
        item = _ITEM.match(inner, at)
        if item is None:
            return None
        found.append(_scalar(item[1]))
        at = item.end()
    return found


def _scalar(written: str) -> str:
    if written[0] == '"':
        return written[1:-1]
    return "" if written in _NULLS else written

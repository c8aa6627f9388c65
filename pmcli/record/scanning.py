"""Front matter in the plain shape that pmcli itself writes, scanned without a YAML parser.

Anything of another shape is left to the parser, so what is scanned is what the parser would read;
a property test holds the two against each other.
"""

from __future__ import annotations

from typing import Any

from pmcli.patterns import regex

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_WORD = rf"[A-Za-z{_HAN}][A-Za-z0-9{_HAN}_./+()（），。、；！？《》-]*"
_PLAIN = (
    rf"(?:{_WORD}(?: [A-Za-z0-9{_HAN}_./+()（），。、；！？《》-]+)*|-?[0-9]+(?:-[0-9A-Za-z]+)*)"
)
_QUOTED = r'"[^"\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]*"'
_SCALAR = rf"(?:{_PLAIN}|{_QUOTED})"
_LINE = regex(rf"([a-z][a-z0-9_]{{0,63}}):(?: ({_SCALAR}|\[.*\]))?")
_ROW = regex(r"- \{(.+)\}")
_KEY = regex(rf"({_WORD}): ")
_ATOM = regex(_SCALAR)
_ITEM = regex(rf"({_SCALAR})(?:, |\Z)")
_DEEPEST = 4
"""Lists and mappings within a row, one in another."""
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
    found = _cells(match[1] + "}", 0, 0)
    return found[0] if found is not None and found[1] == len(match[1]) + 1 else None


def _cells(text: str, at: int, depth: int) -> tuple[dict[str, Any], int] | None:
    """The cells of a flow mapping from behind its brace, and where it ends; None if unsure."""
    cells: dict[str, Any] = {}
    while True:
        key = _KEY.match(text, at)
        value = _flow(text, key.end(), depth) if key is not None and key[1] not in cells else None
        if key is None or value is None or key[1] in _NULLS:
            return None
        cells[key[1]], at = value
        if text.startswith("}", at):
            return cells, at + 1
        if not text.startswith(", ", at):
            return None
        at += 2


def _flow(text: str, at: int, depth: int) -> tuple[Any, int] | None:
    """A scalar, list or mapping in flow style at a place, and where it ends; None if unsure."""
    if text[at : at + 1] in ("{", "["):
        inner = _cells if text[at] == "{" else _list
        return inner(text, at + 1, depth + 1) if depth < _DEEPEST else None
    atom = _ATOM.match(text, at)
    if atom is None or text[atom.end() : atom.end() + 1] not in (",", "]", "}"):
        return None
    if text[atom.end()] == "," and not text.startswith(", ", atom.end()):
        return None
    return _scalar(atom[0]), atom.end()


def _list(text: str, at: int, depth: int) -> tuple[list[Any], int] | None:
    items: list[Any] = []
    while not text.startswith("]", at):
        item = _flow(text, at, depth)
        if item is None:
            return None
        items.append(item[0])
        at = item[1]
        if text.startswith("]", at):
            break
        if not text.startswith(", ", at):
            return None
        at += 2
    return items, at + 1


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

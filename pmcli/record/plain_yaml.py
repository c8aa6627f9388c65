"""Values written so that every YAML reader, 1.1 or 1.2, gets the same ones back.

A scalar stands plain only where both versions read it as the same text; all else is quoted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pmcli.form.types import of_value
from pmcli.patterns import regex

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_PLAIN = regex(
    rf"[A-Za-z{_HAN}][A-Za-z0-9{_HAN}_./+()（），。、；！？《》-]*"
    rf"(?: [A-Za-z0-9{_HAN}_./+()（），。、；！？《》-]+)*\Z"
)
_UNIT_LIKE = regex(r"[0-9]{1,3}(?:-[0-9]{1,5}[A-Za-z]?){1,2}\Z")
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"])
_ESCAPED = regex("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_LITERAL_LINE = regex(
    r"[^\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]*\Z"
)


def scalar(value: Any) -> str:
    """Write one scalar so that every YAML reader gets the same value."""
    kind = of_value(value)
    text = kind.dump(value)
    if kind.bare is not None:
        return text
    if _PLAIN.match(text) and text.lower() not in _WORDS:
        return text
    if _UNIT_LIKE.match(text):
        return text
    return _quoted(text)


def plain_text(value: Any) -> Any:
    """A value as the text that stands in a file, in lists and mappings too; empty cells left out.

    What is written and read back is the same.
    """
    if isinstance(value, Mapping):
        cells = {str(name): plain_text(cell) for name, cell in value.items()}
        return {name: cell for name, cell in cells.items() if cell not in ("", [], {})}
    if isinstance(value, (list, tuple)):
        return [plain_text(item) for item in value]
    if value is None:
        return ""
    return of_value(value).dump(value)


def _quoted(text: str) -> str:
    return _ESCAPED.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(text, ensure_ascii=False))


def flow(value: Any) -> str:
    """Write a scalar, list or row on one line."""
    if isinstance(value, Mapping):
        cells = (f"{scalar(k)}: {flow(v)}" for k, v in value.items() if v is not None)
        return "{" + ", ".join(cells) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return scalar(value)


def entry(key: str, value: Any, blocks: bool = True) -> str:
    """Write `key: value` as the lines it takes, ending in a newline; rows stand one a line.

    A text of several lines stands as a block where that keeps it whole, unless `blocks` is false.
    """
    if isinstance(value, (list, tuple)) and any(isinstance(item, Mapping) for item in value):
        return f"{key}:\n" + "".join(f"- {flow(item)}\n" for item in value)
    if isinstance(value, str) and "\n" in value and blocks and _literal(value):
        lines = value.removesuffix("\n").split("\n")
        keep = "" if value.endswith("\n") else "-"
        return f"{key}: |{keep}\n" + "".join(f"  {line}\n" if line else "\n" for line in lines)
    return f"{key}: {flow(value)}\n"


def _literal(text: str) -> bool:
    body = text.removesuffix("\n")
    lines = body.split("\n")
    return (
        all(_LITERAL_LINE.match(line) and line == line.rstrip() for line in lines)
        and not lines[0][:1].isspace()
        and lines[0] != ""
        and lines[-1] != ""
    )

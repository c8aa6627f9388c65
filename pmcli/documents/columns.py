"""Texts in columns of equal width, where a Chinese character takes two."""

from __future__ import annotations

from functools import cache

from pmcli.patterns import regex

_OPENING, _CLOSING = "（《“‘「『【〔□", "，。、；：？！）》”’」』】〕…"
_WORD = regex(rf"\s|□\w+|[{_OPENING}]*(?:[!-~\u00a1-\u1fff]+|.)[{_CLOSING}]*")


_PLAIN = regex(r"[ -~…“”‘’·—一-鿿　-〩！-｠]*\Z")
_WIDE = regex(r"[一-鿿　-〩！-｠]")
"""Characters that take two columns, of those of which most texts consist; wcwidth knows all."""


def columns_of(text: str) -> int:
    """How many columns a text takes on a line printer, which is the sum of its characters."""
    if _PLAIN.match(text):
        return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))
    return sum(map(column_of, text))


def terminal_columns(text: str) -> int:
    """How many columns a text takes on a terminal, which joins some characters to one."""
    if _PLAIN.match(text):
        return columns_of(text)
    from wcwidth import wcswidth

    whole = wcswidth(text)
    return whole if whole >= 0 else columns_of(text)


@cache
def column_of(char: str) -> int:
    """How many columns a character takes by itself."""
    if _PLAIN.match(char):
        return 2 if _WIDE.match(char) else 1
    from wcwidth import wcwidth

    return max(wcwidth(char), 0)


def wrap(text: str, columns: int) -> list[str]:
    """Break a text into lines; words stay whole and no line begins with a closing mark.

    What has no shape of its own (control and format characters) is left out.
    """
    lines: list[str] = []
    for paragraph in map(_visible, text.split("\n")):
        line, used = "", 0
        for token in words(paragraph):
            size = columns_of(token)
            if used + size > columns and line:
                lines.append(line.rstrip())
                line, used = "", 0
                if token.isspace():
                    continue
            for char in token if used + size > columns else ():
                if used + column_of(char) > columns:
                    lines.append(line)
                    line, used = "", 0
                line, used = line + char, used + column_of(char)
                token, size = "", 0
            line, used = line + token, used + size
        lines.append(line.rstrip() if line.strip() else "")
    return lines


def _visible(line: str) -> str:
    shown = (c if c.isprintable() or c == "\u3000" else " " if c.isspace() else "" for c in line)
    return "".join(shown)


def words(text: str) -> list[str]:
    """A text in the pieces between which a line may break; spaces are pieces of their own."""
    return _WORD.findall(text)


def cut(text: str, columns: int) -> str:
    """A text on one line of some columns, with … where something had to go."""
    text = " ".join(text.split())
    if columns_of(text) <= columns:
        return text
    while text and columns_of(text) + 1 > columns:
        text = text[:-1]
    return text + "…"


def placed(text: str, columns: int, align: str) -> str:
    """A text filled with spaces to some columns: `left`, `centre` or `right`."""
    free = max(columns - columns_of(text), 0)
    left = {"left": 0, "centre": free // 2, "right": free}[align]
    return " " * left + text + " " * (free - left)

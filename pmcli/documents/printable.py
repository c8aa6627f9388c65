"""Which characters of a text go on paper."""

from __future__ import annotations

import unicodedata

from pmcli.patterns import regex

_USUAL = regex(r"[ -~\n\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e‘’“”…—·×]*")
_KEPT = frozenset("\n\u200d\ufe0e\ufe0f")
"""Line ends, and what joins or chooses the pictures before it."""


def printable(text: str) -> str:
    """A text without control characters, marks of direction and halves of surrogates."""
    return text if _USUAL.fullmatch(text) else "".join(map(_shown, text))


def _shown(char: str) -> str:
    """A character as it goes to the typesetter: itself, a blank or nothing."""
    if char in _KEPT:
        return char
    if char == "\t":
        return " "
    nobody = ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF
    return "" if nobody or unicodedata.category(char) in ("Cc", "Cf", "Cs") else char

"""The formats in which pages and lists are written, and which of them a file's name speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pmcli.messages import Sentence
from pmcli.problems import Usage, Want

FORMATS = ("txt", "html", "pdf", "docx", "wechat")
BINARY = frozenset({"pdf", "docx"})
OTHERS = frozenset("csv doc docx html json odt pdf rtf wps xls xlsx xml".split())
"""Endings of formats that somebody would open with a program of their own."""


def ending(target: str | None, default: str, formats: Sequence[str] = FORMATS) -> str:
    """The format that a file's name speaks of; `default` for a name without an ending, and of txt.

    Raises Usage for an ending that speaks of another format.
    """
    suffix = Path(target or "").suffix.removeprefix(".").lower()
    meant = {"htm": "html"}.get(suffix, suffix)
    if meant in formats:
        return meant
    if meant in OTHERS:
        raise Usage.of(
            Want.VALUE,
            Sentence("ending_unknown", file=str(target), formats=list(formats)),
            "output",
            near=formats,
        )
    return default

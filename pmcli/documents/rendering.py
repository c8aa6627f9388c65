"""Pages in the format that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pmcli.documents.page import Page
from pmcli.documents.printed import Printed
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


def rendered(pages: Sequence[Page], shown: str, own: Path | None, built_in: Path) -> Printed:
    """Return pages as one document in the format `shown`, one of FORMATS.

    `own` and `built_in` are the folders of HTML templates. Raises Unreadable with the line of an
    HTML template that fails, SystemFailure where nothing can be set in type.
    """
    match shown:
        case "pdf":
            from pmcli.documents.pdf import pdf

            return pdf(pages)
        case "docx":
            from pmcli.documents.docx import docx

            return docx(pages)
        case "html":
            from pmcli.documents.html import html

            return Printed(html(pages, own, built_in))
        case "wechat":
            from pmcli.documents.wechat import wechat

            return Printed(wechat(pages))
        case _:
            from pmcli.documents.text import text_page

            return Printed("\f".join(text_page(page) for page in pages))

"""Pages in the format that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pmcli.documents.page import Page
from pmcli.documents.printed import Printed


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

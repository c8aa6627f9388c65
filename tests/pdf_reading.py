"""A PDF read back: its words and where they stand, its fonts."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader

from pmcli.documents.page import Page
from pmcli.documents.pdf import pdf

MM = 72 / 25.4


def reader(*pages: Page) -> PdfReader:
    """The PDF of some pages, read back."""
    data = pdf(pages).data
    assert isinstance(data, bytes)
    return PdfReader(io.BytesIO(data))


def words(document: PdfReader, sheet: int = 0) -> list[tuple[str, float, float, float]]:
    """Each piece of text of a sheet with its size and where it begins, in mm from left and top."""
    found: list[tuple[str, float, float, float]] = []

    def visit(text: str, cm: Any, tm: Any, _font: Any, size: float) -> None:
        if text.strip():
            x = tm[4] * cm[0] + cm[4]
            y = tm[5] * cm[3] + cm[5]
            height = abs(size * tm[3] * cm[3])
            found.append((text.strip(), height, x / MM, 297 - y / MM))

    document.pages[sheet].extract_text(visitor_text=visit)
    return found


def place(document: PdfReader, text: str) -> tuple[float, float, float]:
    """Size in points, left edge and base line in mm, of the piece that begins with a text."""
    return next((size, x, y) for found, size, x, y in words(document) if found.startswith(text))


def squeezed(document: PdfReader) -> str:
    """All words of a PDF without the space between them."""
    return "".join("".join(page.extract_text() for page in document.pages).split())


def fonts_of(document: PdfReader) -> list[tuple[str, bool]]:
    """Each font's name and whether it is embedded."""
    found = []
    for page in document.pages:
        resources: Any = page["/Resources"].get_object()
        for font in resources.get("/Font", {}).values():
            below = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = below["/FontDescriptor"].get_object()
            files = [k for k in descriptor if k.startswith("/FontFile")]
            found.append((str(descriptor["/FontName"]), bool(files)))
    return found

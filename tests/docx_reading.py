"""A DOCX read back: what it says, its shape, and what its page says."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from pmcli.documents.docx import docx
from pmcli.documents.page import (
    Box,
    Calendar,
    Grid,
    Heading,
    Page,
    Paragraph,
    Prose,
    ProseTable,
    Signatures,
    Table,
)
from pmcli.documents.printable import printable
from pmcli.documents.titles import title_lines


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def opened(page: Page, *more: Page) -> Any:
    data = docx([page, *more]).data
    assert isinstance(data, bytes)
    return Document(io.BytesIO(data))


def texts(value: object, page: Page) -> Iterator[str]:
    """What blocks say, in the order in which a word processor reads them."""
    match value:
        case Grid():
            yield value.title
            for cell in (cell for row in value.rows for cell in row):
                yield from (cell.label, cell.value)
        case Box():
            yield from (value.label, value.text)
        case Table() | ProseTable():
            heads = value.headings
            yield getattr(value, "title", "")
            yield from (head.label if isinstance(head, Heading) else head for head in heads)
            for row in value.rows:
                yield from row
        case Calendar():
            yield value.title
            yield from value.heads
            for day in value.days:
                yield from day
            for names, marks in value.rows:
                yield from (*names, *marks)
            yield value.legend
        case Paragraph():
            if value.style == "title":
                yield from title_lines(value.text, page.dress.theme)
            elif value.style != "validity":
                yield from (value.title, value.text)
        case Prose():
            for one in value.elements:
                yield from texts(one, page) if isinstance(one, ProseTable) else (one.text,)
        case Signatures():
            for label in value.labels:
                yield from (label, value.date)


def body_of(page: Page) -> str:
    """The text between head and foot of a page, all its copies, without space."""
    said = [text for block in page.blocks for text in texts(block, page)]
    whole = ""
    for copy in page.copies or ("",):
        head = [page.office, page.title, page.control, copy, page.number]
        if page.plain:
            lines = (page.office, page.address, page.phone)
            head = list(lines) if page.dress.letterhead else []
        whole += "".join([*head, *said])
    return squeezed(printable(whole))


def paragraphs(made: Any) -> list[tuple[str, str]]:
    """Each paragraph outside tables: its style's name and its text."""
    return [(one.style.name, one.text) for one in made.paragraphs]


def said_in(made: Any) -> str:
    """The text of a document's body, in order, without space."""
    return squeezed("".join(node.text or "" for node in made.element.body.iter(qn("w:t"))))


def shape(made: Any) -> Counter[str]:
    """How many paragraphs, tables, rows and cells there are."""
    names = ("p", "tbl", "tr", "tc", "sectPr")
    return Counter(
        {name: sum(1 for _ in made.element.body.iter(qn(f"w:{name}"))) for name in names}
    )

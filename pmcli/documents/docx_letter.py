"""Plain pages as paragraphs of a DOCX: notices and letters, with the measures of writing.md, §4."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from docx.oxml.text.paragraph import CT_P

from pmcli.documents.columns import columns_of
from pmcli.documents.docx_package import RULED
from pmcli.documents.docx_styles import LEVELS, Measures
from pmcli.documents.docx_xml import (
    Element,
    Piece,
    Row,
    element,
    gap,
    keep_with_next,
    mm,
    paragraph,
    pt,
    run,
    tab,
    table,
)
from pmcli.documents.page import Block, Heading, Line, Page, Paragraph, Prose, ProseTable, Table
from pmcli.documents.titles import title_lines
from pmcli.documents.widths import widths
from pmcli.patterns import regex

_COLUMNS = 88
"""How many columns of text a table of a letter shares out."""
_SHADE = "F4F4F4"
_ATTACHED = regex(r"(附件\s*[:：]?)?\s*(\d{1,2}[.．、])?\s*(.*)\Z", re.DOTALL)
_SEALED = 4
"""How many characters stay free right of a date that a stamp will cover."""
_FREE, _SHIFT = 2, 2
"""How many characters stay free right of a signature, and how much later the date begins."""


def letterhead(page: Page) -> Iterator[Element]:
    """The office's name, address and phone above a rule."""
    yield paragraph("Letterhead", run(page.office))
    contact = "　".join(filter(None, (page.address, page.phone)))
    yield paragraph("LetterheadContact", run(contact))


def said(block: Block, measures: Measures, seal: bool) -> Iterator[Element]:
    """A text without rules; until when it is valid stands at the foot. `seal`: room is left."""
    if isinstance(block, Prose):
        yield from _prose(block, measures)
    elif isinstance(block, Paragraph):
        yield from _paragraph(block, measures, seal)


def _paragraph(block: Paragraph, measures: Measures, seal: bool) -> Iterator[Element]:
    match block.style:
        case "title":
            yield paragraph("Title", run("\n".join(title_lines(block.text, measures.theme))))
        case "number":
            yield paragraph("DocumentNumber", run(block.text))
        case "opening":
            yield paragraph("Salutation", run(block.text))
        case "letter":
            for line in filter(None, map(str.strip, block.text.split("\n"))):
                yield paragraph("Body", run(line))
        case "signature":
            yield from _signature(block.text.split("\n"), seal, measures)
        case "small":
            yield paragraph("Small", run(block.text))
        case "plain":
            if block.title:
                yield paragraph("Level1", run(block.title))
            yield paragraph("Salutation", run(block.text))


def _prose(block: Prose, measures: Measures) -> Iterator[Element]:
    """The body of a text."""
    attached = False
    for one in block.elements:
        if isinstance(one, ProseTable):
            yield from (gap(), _prose_table(one, measures), gap())
        elif one.style == "attachment":
            yield _attachment(one, attached)
            attached = True
        else:
            yield _line(one)


def _line(line: Line) -> Element:
    """A line in the style of its level where it is a head, else with its head in that style."""
    level = LEVELS[line.level - 1] if line.level else ""
    if level and all(one.style == "head" for one in line.runs):
        return paragraph(level, run(line.text))
    styles = {"head": f"{level}Char" if level else "Strong", "strong": "Strong", "em": "Emphasis"}
    runs = [run(one.text, styles.get(one.style, "")) for one in line.runs]
    return paragraph("Item" if line.style == "item" else "Body", *runs)


def _attachment(line: Line, goes_on: bool) -> Element:
    """附件：1.… with the next line of a name under its first character."""
    found = _ATTACHED.match(line.text)
    word, number, name = found.groups("") if found else ("", "", line.text)
    if goes_on:
        return paragraph("AttachmentNext", run(number), tab(), run(name))
    if number:
        return paragraph("Attachment", run(word + number), tab(), run(name))
    return paragraph("AttachmentUnnumbered", run(word + name))


def _prose_table(block: ProseTable, measures: Measures) -> Element:
    heads = tuple(map(Heading, block.headings, block.figures))
    shares = widths(Table(heads, block.rows), _COLUMNS)
    room = mm(measures.room)
    columns = [room * share / sum(shares) for share in shares]
    rows = [_row(columns, block.headings, ["LetterTableHead"] * len(columns), _SHADE)]
    styles = ["LetterTableFigure" if figure else "LetterTable" for figure in block.figures]
    rows += [_row(columns, texts, styles) for texts in block.rows]
    return table(RULED, rows)


def _row(
    columns: Sequence[float], texts: Sequence[str], styles: Sequence[str], shade: str = ""
) -> Row:
    pieces = (
        Piece(width, (paragraph(style, run(text)),), shade)
        for width, text, style in zip(columns, texts, styles, strict=True)
    )
    return Row(tuple(pieces), mm(8), heads=bool(shade))


def _signature(lines: Sequence[str], seal: bool, measures: Measures) -> Iterator[Element]:
    """The organisation and, in the last line, the date.

    House: both end two characters before the margin. GB/T 9704: the date begins two characters
    right of the organisation; where a stamp will cover it, it ends four characters before the
    margin and the organisation stands centred above it.
    """
    *issuers, date = lines if len(lines) > 1 else (*lines, "")
    sealed = "Sealed" if seal else ""
    left, right = _places(issuers, date, seal, measures)
    for number, issuer in enumerate(issuers):
        closer = [element("spacing", before=0)] if number else []
        yield paragraph(f"Issuer{sealed}", run(issuer), properties=[*closer, *left])
    if date:
        yield paragraph(f"IssueDate{sealed}", run(date), properties=right)


def _places(
    issuers: Sequence[str], date: str, seal: bool, measures: Measures
) -> tuple[list[Element], list[Element]]:
    """The indents of the organisation and of the date, where they are not those of their styles."""
    if not measures.official:
        return [], []
    across = measures.room / 25.4 * 72 / measures.size
    wide = max(columns_of(issuer) for issuer in issuers) / 2
    long = columns_of(date) / 2
    if seal:
        right = max(_SEALED, (wide - long) / 2)
        above = max(right + (long - wide) / 2, 0)
        return _indent(measures, right=above), _indent(measures, right=right)
    begins = across - _FREE - (wide if long <= wide else long + _SHIFT)
    begins = max(begins, 0)
    return _indent(measures, left=begins), _indent(measures, left=begins + _SHIFT)


def _indent(measures: Measures, **characters: float) -> list[Element]:
    return [element("ind", **{side: pt(n * measures.size) for side, n in characters.items()})]


def keep_signed(elements: Sequence[Element]) -> None:
    """Keep the signature with what stands last before it."""
    for before, one in pairwise(elements):
        if isinstance(one, CT_P) and one.style in ("Issuer", "IssuerSealed"):
            keep_with_next(before)

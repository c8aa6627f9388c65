"""Pages as DOCX: named styles, real tables and fields, to be opened and edited in a word processor.

Each page, and each of its copies, is a section of its own that counts its own sheets.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm

from pmcli.documents import docx_letter as letter
from pmcli.documents import docx_ruled as ruled
from pmcli.documents.docx_edges import Edges, foot_edge
from pmcli.documents.docx_package import as_bytes, describe, document
from pmcli.documents.docx_styles import (
    THEMES,
    Measures,
    Shape,
    Style,
    letter_styles,
    ruled_styles,
)
from pmcli.documents.docx_xml import Element, element, mm, pt
from pmcli.documents.page import Block, Page, Paragraph, Prose
from pmcli.documents.printed import Printed
from pmcli.documents.text import MOST_SPACED

_MARGINS = {"A4": (13, 16, 14, 20), "A5": (11, 12, 13, 15)}
"""Top, right, bottom and left of a ruled form, in millimetres."""
_SIZES = {"A4": (210, 297), "A5": (210, 148)}
_EDGE = 6
"""How far head and foot of a form stand from the edge of the sheet, in millimetres."""


def docx(pages: Sequence[Page]) -> Printed:
    """Return pages as one DOCX.

    All plain pages have the theme of the first, all ruled ones the size of type of the first.
    """
    letters = [page for page in pages if page.plain]
    forms = [page for page in pages if not page.plain]
    dressed = (letters or pages)[0]
    measures = THEMES[dressed.dress.theme]
    styles = _styles(dressed, (forms or pages)[0], measures)
    return Printed(_Writer(pages, measures, styles).written())


def _styles(dressed: Page, form: Page, measures: Measures) -> list[Style]:
    normal = Style("Normal", "Normal", "song", 10.5)
    if dressed.plain:
        normal = Style("Normal", "Normal", measures.body, measures.size)
    chinese = form.language == "zh"
    spaced = chinese and len(form.title) <= MOST_SPACED
    shape = Shape.of(form.paper, form.large)
    return [normal, *letter_styles(measures), *ruled_styles(shape, spaced, chinese)]


class _Writer:
    """One document while its pages are written into it."""

    def __init__(self, pages: Sequence[Page], measures: Measures, styles: Sequence[Style]) -> None:
        self._pages, self._measures = pages, measures
        sides = measures.official and any(page.plain for page in pages)
        several = sum(len(page.copies) or 1 for page in pages) > 1
        self._made = document(styles, pages[0].language, sides)
        total = "SECTIONPAGES" if several else "NUMPAGES"
        self._edges = Edges(self._made, measures, total, sides)

    def written(self) -> bytes:
        first = self._pages[0]
        for index, page in enumerate(self._pages):
            for number, copy in enumerate(page.copies or ("",)):
                section = self._begun(page, first=not index and not number)
                if not number:
                    self._edges.put(section, page, self._width(page))
                self._put(self._body(page, copy))
        marks = " ".join(page.mark.strip() for page in self._pages if page.mark)
        describe(self._made, f"{first.title} {first.number}", first.office, marks, first.dated)
        return as_bytes(self._made)

    def _put(self, elements: Sequence[Element]) -> None:
        last = self._made.element.body[-1]
        for one in elements:
            last.addprevious(one)

    def _begun(self, page: Page, *, first: bool) -> Section:
        """A new section with the page's paper and margins."""
        if first:
            section = self._made.sections[0]
        else:
            section = self._made.add_section(WD_SECTION.NEW_PAGE)
            self._made.element.body[-2].pPr.insert(0, element("pStyle", val="Seam"))
        wide, high = _size(page)
        section.page_width, section.page_height = Mm(wide), Mm(high)
        section.orientation = WD_ORIENT.LANDSCAPE if wide > high else WD_ORIENT.PORTRAIT
        top, right, bottom, left = self._margins(page)
        section.top_margin, section.right_margin = Mm(top), Mm(right)
        section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
        section.header_distance = section.footer_distance = Mm(_EDGE)
        if page.plain:
            section.footer_distance = Mm(foot_edge(page, self._measures))
        section.different_first_page_header_footer = not page.plain
        _count_from_one(section)
        if page.plain and self._measures.official:
            _set_on_grid(section, self._measures)
        return section

    def _margins(self, page: Page) -> tuple[float, float, float, float]:
        measures = self._measures
        if page.plain:
            return measures.top, measures.right, measures.bottom, measures.left
        return _MARGINS[page.paper]

    def _width(self, page: Page) -> int:
        """How wide the text of a page is, in twips."""
        _, right, _, left = self._margins(page)
        return mm(_size(page)[0] - right - left)

    def _body(self, page: Page, copy: str) -> list[Element]:
        sheet = ruled.Sheet(page, self._width(page))
        made: list[Element] = []
        if not page.plain:
            made += ruled.form_head(sheet, copy)
        elif page.dress.letterhead:
            made += letter.letterhead(page)
        for said, group in groupby(page.blocks, lambda block: _is_said(block, page)):
            if said:
                for block in group:
                    made += letter.said(block, self._measures, page.dress.seal)
            else:
                made += ruled.blocks(sheet, list(group))
        letter.keep_signed(made)
        return made


def _is_said(block: Block, page: Page) -> bool:
    """Whether a block is text without rules, in the style of a notice."""
    if isinstance(block, Paragraph):
        return page.plain or block.style != "plain"
    return isinstance(block, Prose)


def _size(page: Page) -> tuple[float, float]:
    """How wide and how high a page is, in millimetres."""
    wide, high = _SIZES[page.paper]
    return (high, wide) if page.landscape else (wide, high)


def _count_from_one(section: Section) -> None:
    properties = section._sectPr
    for name in ("w:pgNumType", "w:docGrid"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    columns = properties.find(qn("w:cols"))
    assert columns is not None
    columns.addprevious(element("pgNumType", start=1))


def _set_on_grid(section: Section, measures: Measures) -> None:
    """22 lines on a sheet (GB/T 9704-2012, 5.2.3); the 28 characters of a line are of its style."""
    section._sectPr.append(element("docGrid", type="lines", linePitch=pt(measures.pitch)))

"""Two lying A5 slips on an upright A4 sheet, with a line between them to cut along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter
    from pypdf.generic import IndirectObject

_WIDTH, _HEIGHT = 595.2756, 841.8898
"""An A4 sheet, in points."""
_HALF = _HEIGHT / 2
_SLACK = 2.0
_CUT = f"q 0.4 w 0.45 G [2.5 2.5] 0 d 0 {_HALF:.4f} m {_WIDTH} {_HALF:.4f} l S Q"


def two_up(data: bytes) -> bytes:
    """Return a PDF without tags with its slips two by two on A4 sheets; other pages stay.

    Slips that follow one another fill the halves in their order, the upper one first; a slip that
    stands alone is printed in both.
    """
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=BytesIO(data))
    writer.pdf_header = "%PDF-1.7"
    pages = list(writer.pages)
    for alone, group in groupby(pages, _is_slip):
        if not alone:
            continue
        for sheet in _sheets(list(group)):
            _impose(writer, sheet)
    for index in reversed([i for i, page in enumerate(writer.pages) if _is_slip(page)]):
        writer.remove_page(index)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def _is_slip(page: PageObject) -> bool:
    """Whether a page is a lying A5."""
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    return abs(width - _WIDTH) < _SLACK and abs(height - _HALF) < _SLACK


def _sheets(slips: Sequence[PageObject]) -> Iterator[Sequence[PageObject]]:
    if len(slips) == 1:
        yield (slips[0], slips[0])
        return
    for first in range(0, len(slips), 2):
        yield slips[first : first + 2]


def _impose(writer: PdfWriter, slips: Sequence[PageObject]) -> None:
    """Make the first slip's page the sheet that holds them all."""
    from pypdf.generic import (
        DecodedStreamObject,
        DictionaryObject,
        NameObject,
        RectangleObject,
    )

    forms = DictionaryObject({NameObject(f"/S{i}"): _form(slip) for i, slip in enumerate(slips)})
    placed = (f"q 1 0 0 1 0 {_HALF * (1 - i):.4f} cm {name} Do Q" for i, name in enumerate(forms))
    drawing = DecodedStreamObject()
    drawing.set_data("\n".join([*placed, _CUT]).encode("ascii"))
    sheet = slips[0]
    sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): forms})
    sheet[NameObject("/Contents")] = writer._add_object(drawing)
    sheet[NameObject("/MediaBox")] = RectangleObject((0, 0, _WIDTH, _HEIGHT))


def _form(page: PageObject) -> IndirectObject:
    """A page's drawing (typst writes one stream for each), fit to be placed on others."""
    from pypdf.generic import FloatObject, NameObject, RectangleObject, StreamObject

    form = page["/Contents"].get_object()
    assert isinstance(form, StreamObject) and form.indirect_reference is not None
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = RectangleObject((0, 0, FloatObject(_WIDTH), FloatObject(_HALF)))
    form[NameObject("/Resources")] = page["/Resources"]
    return form.indirect_reference

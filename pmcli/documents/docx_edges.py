"""What stands above, below and behind the text of every sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docx.document import Document
from docx.enum.section import WD_HEADER_FOOTER
from docx.opc.constants import CONTENT_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.shape import CT_Inline
from docx.parts.hdrftr import FooterPart, HeaderPart
from docx.parts.image import ImagePart
from docx.parts.story import StoryPart
from docx.section import Section
from docx.shared import Mm

from pmcli.documents.code import png
from pmcli.documents.columns import columns_of
from pmcli.documents.docx_package import OPEN
from pmcli.documents.docx_styles import VALIDITY, Measures
from pmcli.documents.docx_xml import (
    Element,
    Piece,
    Row,
    element,
    field,
    mm,
    paragraph,
    run,
    tab,
    table,
)
from pmcli.documents.page import Page, Paragraph, Prose
from pmcli.documents.printable import printable

_CODE = 13
"""The side of the QR code in millimetres."""
_BELOW = 7
"""How far the number of a sheet stands below the text, in millimetres (GB/T 9704-2012, 7.5)."""
_NUMBER, _FILING, _MARK = 14, 19, 12
"""How high a sheet's number, the line for the pen, and the line of the mark are, in points."""
_EDGE = 6.5
"""How far head and foot stand from the edge of a sheet, in millimetres."""
_PALE = "#dcdcdc"
_WATERMARK = """
<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
     xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
  <w:pict>
    <v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
        path="m@7,l@8,m@5,21600l@6,21600e">
      <v:formulas>
        <v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>
        <v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>
        <v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>
        <v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/>
        <v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/>
      </v:formulas>
      <v:path textpathok="t" o:connecttype="custom"
          o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>
      <v:textpath on="t" fitshape="t"/>
    </v:shapetype>
    <v:shape id="PowerPlusWaterMarkObject" type="#_x0000_t136" stroked="f">
      <v:textpath/>
    </v:shape>
  </w:pict>
</w:r>
"""


def watermark(words: str) -> Element:
    """Pale words across the sheet, as word processors write them."""
    made = parse_xml(_WATERMARK)
    words = printable(words)
    columns = max(columns_of(words), 1)
    high = min(120.0, 720 / columns)
    wide = high * columns * 0.6
    shape = made.find(f".//{_vml('shape')}")
    assert shape is not None
    shape.set(
        "style",
        f"position:absolute;margin-left:0;margin-top:0;width:{wide:.0f}pt;height:{high:.0f}pt;"
        "rotation:328;z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        "mso-position-vertical-relative:margin",
    )
    shape.set("fillcolor", _PALE)
    held = shape[0]
    held.set("style", 'font-family:"SimHei";font-size:1pt')
    held.set("string", words)
    return paragraph("header", made)


def _vml(name: str) -> str:
    return f"{{urn:schemas-microsoft-com:vml}}{name}"


def watermarked(page: Page) -> Iterator[Element]:
    """The page's watermark, if it has one."""
    if page.watermark.strip():
        yield watermark(page.watermark.strip())


def head(page: Page, width: int) -> Iterator[Element]:
    """The head of a sheet: of a form from its second sheet on."""
    yield from watermarked(page)
    if not page.plain:
        yield _both(width, [run(page.title)], [run(f"{page.control}　{page.number}")])


def foot(page: Page, width: int, total: str) -> Iterator[Element]:
    """The foot of a form: the office, the sheet's number, and how many copies there are."""
    office = "　".join(filter(None, (page.office, page.phone)))
    several = [run(f"　{page.several}")] if page.several else []
    yield _both(width, [run(office)], [*_sheet(page, total), *several])


def letter_foot(
    page: Page, measures: Measures, total: str, code: Element | None, left: bool
) -> Iterator[Element]:
    """The foot of a plain page: until when it hangs, a rule, room for a pen, its mark and code.

    In GB/T 9704 the number of the sheet stands above, to the left on sheets that are turned over.
    """
    if measures.official:
        number = (run("— "), field("PAGE", "1"), run(" —"))
        yield paragraph("PageNumberEven" if left else "PageNumberOdd", *number)
    room = mm(measures.room)
    side = mm(_CODE + 3) if code is not None else 0
    cell = Piece(
        room - side, tuple(_foot_lines(page, measures, room - side, total)), align="bottom"
    )
    pieces = [cell]
    if code is not None:
        pieces.append(Piece(side, (paragraph("Code", code),), align="bottom"))
    yield table(OPEN, [Row(tuple(pieces))])
    yield paragraph("Seam")


def _foot_lines(page: Page, measures: Measures, width: int, total: str) -> Iterator[Element]:
    validity = [
        run(b.text) for b in page.blocks if isinstance(b, Paragraph) and b.style == "validity"
    ]
    yield paragraph("Validity", *validity)
    if page.foot:
        yield _labels(page.foot, width)
    sheet = [] if measures.official or _sheets(page, measures) == 1 else _sheet(page, total)
    marked = [run(page.mark.strip() or page.number), *([tab(), *sheet] if sheet else [])]
    stops = element("tabs", element("tab", val="right", pos=width))
    yield paragraph("Mark", *marked, properties=[stops])


def foot_edge(page: Page, measures: Measures) -> float:
    """How far the foot of a plain page stands from the edge of the sheet, in millimetres."""
    high = (VALIDITY + (_FILING if page.foot else 0) + _MARK) * 25.4 / 72
    if measures.official:
        number = _NUMBER * 25.4 / 72
        return max(measures.bottom - _BELOW + number / 2 - number - high, _EDGE)
    return _EDGE


def _sheets(page: Page, measures: Measures) -> int:
    """About how many sheets a plain page takes."""
    across = int(measures.room * 72 / 25.4 / measures.size)
    down = int((297 - measures.top - measures.bottom) * 72 / 25.4 / measures.pitch)
    lines = 4
    for block in page.blocks:
        if isinstance(block, Prose):
            texts = [getattr(one, "text", "") for one in block.elements]
        else:
            texts = block.text.split("\n") if isinstance(block, Paragraph) else []
        lines += sum(-(-(columns_of(text) // 2 + 2) // across) for text in texts)
    return -(-lines // down)


def _labels(labels: Sequence[str], width: int) -> Element:
    """Labels with a line for the pen after each."""
    each = width / len(labels)
    runs: list[Element] = []
    stops: list[Element] = []
    for index, label in enumerate(labels):
        end = round(each * (index + 1))
        stops.append(element("tab", val="left", leader="underscore", pos=end - mm(3)))
        if index < len(labels) - 1:
            stops.append(element("tab", val="left", pos=end))
        runs += [*([tab()] if index else []), run(label), tab()]
    return paragraph("Filing", *runs, properties=[element("tabs", *stops)])


def _sheet(page: Page, total: str) -> list[Element]:
    """The sheet's number and how many there are, as the word processor counts them."""
    before, _, rest = page.sheet.partition("{page}")
    between, _, after = rest.partition("{pages}")
    return [run(before), field("PAGE", "1"), run(between), field(total, "1"), run(after)]


def _both(width: int, left: list[Element], right: list[Element]) -> Element:
    """A line with a text at either end."""
    stops = element("tabs", element("tab", val="right", pos=width))
    return paragraph("footer", *left, tab(), *right, properties=[stops])


class Edges:
    """The heads and feet of a file's sections, each a part of the file.

    `total` is the field that says how many sheets there are; `sides`: right and left sheets differ.
    """

    def __init__(self, made: Document, measures: Measures, total: str, sides: bool) -> None:
        self._made, self._measures, self._total, self._sides = made, measures, total, sides
        self._parts = 0
        self._pictures: dict[str, ImagePart] = {}
        self._last: tuple[bool, str] | None = None

    def put(self, section: Section, page: Page, width: int) -> None:
        """Write what stands above and below the text of a page, `width` twips wide."""
        places = [WD_HEADER_FOOTER.PRIMARY]
        places += [] if page.plain else [WD_HEADER_FOOTER.FIRST_PAGE]
        places += [WD_HEADER_FOOTER.EVEN_PAGE] if self._sides else []
        above = (page.plain, page.watermark)
        for place in places if above != self._last or not page.plain else ():
            first = place is WD_HEADER_FOOTER.FIRST_PAGE
            part = self._part(HeaderPart, "header", section, place)
            _fill(part, watermarked(page) if first else head(page, width))
        self._last = above
        for place in places:
            part = self._part(FooterPart, "footer", section, place)
            if page.plain:
                left = place is WD_HEADER_FOOTER.EVEN_PAGE
                code = self._code(page, part)
                _fill(part, letter_foot(page, self._measures, self._total, code, left))
            else:
                _fill(part, foot(page, width, self._total))

    def _part(
        self,
        kind: type[HeaderPart | FooterPart],
        name: str,
        section: Section,
        place: WD_HEADER_FOOTER,
    ) -> StoryPart:
        """A new part for a place of a section.

        python-docx looks through all parts for each new one, which takes minutes for a batch.
        """
        self._parts += 1
        root = OxmlElement("w:hdr" if name == "header" else "w:ftr")
        kept = CONTENT_TYPE.WML_HEADER if name == "header" else CONTENT_TYPE.WML_FOOTER
        uri = PackURI(f"/word/{name}{self._parts}.xml")
        package = self._made.part.package
        part = kind(uri, kept, root, package)
        properties = section._sectPr
        if name == "header":
            properties.add_headerReference(place, self._made.part.relate_to(part, RT.HEADER))
        else:
            properties.add_footerReference(place, self._made.part.relate_to(part, RT.FOOTER))
        return part

    def _code(self, page: Page, part: StoryPart) -> Element | None:
        """The QR code of a page's mark as a picture of a part."""
        mark = printable(page.mark).strip()
        if not mark or not page.dress.code:
            return None
        if mark not in self._pictures:
            uri = PackURI(f"/word/media/code{len(self._pictures) + 1}.png")
            self._pictures[mark] = ImagePart(uri, CONTENT_TYPE.PNG, png(mark))
        key = part.relate_to(self._pictures[mark], RT.IMAGE)
        made = CT_Inline.new_pic_inline(1, key, "code.png", Mm(_CODE), Mm(_CODE))
        made.docPr.set("descr", mark)
        return element("r", element("drawing", made))


def _fill(part: StoryPart, elements: Iterable[Element]) -> None:
    for one in [*elements] or [paragraph("Seam")]:
        part.element.append(one)

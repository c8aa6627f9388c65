"""The named styles of a DOCX, and the type they are set in (writing.md, §4).

Styles that every word processor has keep its own names (Normal, Title, Salutation, header, footer,
Strong, Emphasis), which it shows in its user's language; the others have
the names that offices use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pmcli.dataclass import dataclass
from pmcli.documents.fonts import CHAINS

ROMAN = "Times New Roman"
FACES: Mapping[str, str] = {face: chain[0] for face, chain in CHAINS.items()}
"""The families that stand first in the office's chains."""
INSTEAD: Mapping[str, str] = {
    "title": "华文中宋", "fangsong": "仿宋", "kai": "楷体", "hei": "黑体", "song": "宋体",
}  # fmt: skip
"""What a word processor takes where it lacks the family: it comes with most of them."""
VALIDITY = 16
"""How high the line is that says until when a notice hangs, in points."""
LEVELS = ("Level1", "Level2", "Level3", "Level4")


@dataclass(frozen=True)
class Measures:
    """How a theme sets a plain page: margins in millimetres, type in points."""

    theme: str
    top: float
    right: float
    bottom: float
    left: float
    size: float
    pitch: float
    body: str
    title: str
    levels: tuple[str, str, str, str]
    """The faces of the four levels' heads."""
    number: tuple[float, str]
    """The size of the document's number, and to which side it stands."""
    spaced: float = 0
    """What is added between two characters of the body."""
    official: bool = False

    @property
    def room(self) -> float:
        """The width of the text in millimetres."""
        return 210 - self.left - self.right


THEMES: Mapping[str, Measures] = {
    "house": Measures(
        "house", 25.4, 20, 25.4, 20, 14, 26, "song", "hei", ("hei", "song", "song", "song"),
        (12, "right"),
    ),
    "gbt9704": Measures(
        "gbt9704", 37, 26, 35, 28, 16, 28.95, "fangsong", "title",
        ("hei", "kai", "fangsong", "fangsong"), (16, "center"), -0.25, True,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """How large a ruled form is written, in points."""

    text: float
    office: float
    title: float

    @classmethod
    def of(cls, paper: str, large: bool) -> Shape:
        """The sizes for a paper."""
        if large:
            return cls(12.5, 13, 24)
        return cls(10, 11, 18) if paper == "A4" else cls(9.5, 11, 15)


@dataclass(frozen=True)
class Style:
    """A paragraph style, or a character style; lengths in points, indents in characters."""

    id: str
    name: str
    face: str = ""
    size: float = 0
    based: str = "Normal"
    pitch: float = 0
    """The exact distance of lines; 0 as in the style it is based on."""
    before: float = 0
    after: float = 0
    align: str = ""
    left: float = 0
    right: float = 0
    first: float = 0
    """How far the first line begins right of the others, or left of them where it is negative."""
    spaced: float = 0
    """What is added between two characters."""
    rule: float = 0
    """A rule beneath it, so thick."""
    outline: int | None = None
    keeps: bool = False
    """It stands on one sheet with what follows."""
    next: str = ""
    linked: str = ""
    character: bool = False
    own: bool = False
    """Its Latin letters and figures are of its face, too; those of 黑体 always are."""


def letter_styles(measures: Measures) -> Iterator[Style]:
    """The styles of plain pages."""
    size, pitch = measures.size, measures.pitch
    number_size, side = measures.number
    body = Style("Body", "公文正文", measures.body, size, pitch=pitch, first=2, align="both",
                 spaced=measures.spaced)  # fmt: skip
    yield body
    yield Style("DocumentNumber", "文号", measures.body, number_size, pitch=pitch, align=side)
    yield Style(
        "Title", "Title", measures.title, 22, pitch=34, align="center", next="Salutation",
        before=pitch if measures.official else 8, after=pitch if measures.official else 14,
        keeps=True,
    )  # fmt: skip
    yield Style("Salutation", "Salutation", measures.body, size, pitch=pitch, next="Body")
    names = ("一级标题", "二级标题", "三级标题", "四级标题")
    for level, (id_, name, face) in enumerate(zip(LEVELS, names, measures.levels, strict=True)):
        head = Style(id_, name, face, size, "Body", keeps=True, outline=level, next="Body", first=2)
        yield replace(head, linked=f"{id_}Char")
        yield Style(f"{id_}Char", f"{name} 字符", face, character=True, linked=id_)
    yield replace(body, id="Item", name="列项", based="Body")
    yield Style("Attachment", "附件", size=size, based="Body", before=pitch, left=6, first=-4)
    yield Style(
        "AttachmentUnnumbered",
        "附件（单件）",
        size=size,
        based="Body",
        before=pitch,
        left=5,
        first=-3,
    )
    yield Style("AttachmentNext", "附件（续）", size=size, based="Body", left=6, first=-1)
    side, free = ("left", 0) if measures.official else ("right", 2)
    issuer = Style("Issuer", "落款", measures.body, size, pitch=pitch, before=pitch, align=side,
                   right=free, keeps=True, next="IssueDate")  # fmt: skip
    dated = replace(issuer, id="IssueDate", name="成文日期", before=0, keeps=False, next="")
    above = pitch if measures.official else 2 * pitch
    sealed = replace(issuer, align="right", before=above, next="IssueDateSealed")
    yield from (issuer, dated, replace(sealed, id="IssuerSealed", name="落款（用印）"))
    yield replace(dated, id="IssueDateSealed", name="成文日期（用印）", align="right")
    yield Style("Small", "小注", "song", 10.5, pitch=18, align="right")
    yield Style("Validity", "有效期", "song", 10.5, pitch=VALIDITY, align="right", rule=0.5)
    yield Style("Filing", "张贴栏", "song", 9, pitch=19)
    yield Style("Mark", "校验码", "song", 7.5, pitch=12)
    yield Style("Code", "二维码", align="right")
    yield Style("PageNumberOdd", "页码（单页）", "song", 14, pitch=14, align="right", right=1)
    yield Style("PageNumberEven", "页码（双页）", "song", 14, pitch=14, left=1)
    yield Style("LetterTable", "公文表格文字", measures.body, size - 2, pitch=(size - 2) * 1.4)
    yield Style("LetterTableHead", "公文表头", "hei", size - 2, "LetterTable", align="center")
    yield Style("LetterTableFigure", "公文表格数字", based="LetterTable", align="right")
    yield Style("Letterhead", "信头", "title", 18, pitch=28, spaced=2.2, align="center")
    yield Style("LetterheadContact", "信头联系方式", "song", 9, pitch=15, align="right", rule=1.25,
                after=pitch if measures.official else 14)  # fmt: skip
    yield Style("Strong", "Strong", "hei", character=True)
    yield Style("Emphasis", "Emphasis", "kai", character=True)


def ruled_styles(shape: Shape, spaced: bool, chinese: bool) -> Iterator[Style]:
    """The styles of forms; `spaced` titles are set wide. Figures of Chinese forms are Chinese."""
    for style in _ruled(shape, spaced):
        yield replace(style, own=chinese)


def _ruled(shape: Shape, spaced: bool) -> Iterator[Style]:
    text = shape.text
    yield Style("FormOffice", "表单单位", "hei", shape.office, pitch=shape.office * 1.4,
                align="center", keeps=True)  # fmt: skip
    yield Style("FormTitle", "表单标题", "hei", shape.title, pitch=shape.title * 1.3, before=2,
                after=5, align="center", spaced=0.12 * shape.title if spaced else 0, outline=0,
                keeps=True)  # fmt: skip
    yield Style("FormNumbers", "表单编号", "song", 9.5, pitch=13, after=3, keeps=True)
    yield Style("Cell", "表格文字", "song", text, pitch=text * 1.35)
    yield Style("CellLabel", "表格栏目", based="Cell", align="center")
    yield Style("CellTitle", "表格标题", "hei", text, "CellLabel", keeps=True)
    yield Style("CellHead", "表头", based="CellLabel", keeps=True)
    yield Style("CellFigure", "表格数字", based="Cell", align="right")
    yield Style("CellTotal", "表格合计", "hei", text, "Cell")
    yield Style("CellTotalFigure", "表格合计数字", "hei", text, "CellFigure")
    yield Style("CellTight", "密排表格文字", "song", 9, pitch=11.5)
    yield Style("CellTightFigure", "密排表格数字", based="CellTight", align="right")
    yield Style("CellTightHead", "密排表头", based="CellTight", align="center", keeps=True)
    yield Style("CalendarMark", "班次", "song", text, pitch=text * 1.2, align="center")
    yield Style("CalendarHead", "日期栏", based="CalendarMark", keeps=True)
    yield Style("Legend", "表注", "song", 9, pitch=13, before=3, after=5)
    yield Style("SignLabel", "签名栏目", based="Cell", keeps=True)
    yield Style("SignLine", "签名线", "song", 5, pitch=pt_of_mm(6.5), rule=0.5, keeps=True)
    yield Style("SignDate", "签名日期", "song", 8, pitch=12, align="right")
    yield Style("FormHeading", "段落标题", "hei", text, pitch=text * 1.7, before=6, keeps=True)
    yield Style("FormText", "表单段落", "song", text, pitch=text * 1.7, before=6, after=6,
                align="both")  # fmt: skip
    yield Style(
        "FormTextOn", "表单段落（接标题）", "song", text, "FormText", pitch=text * 1.7, after=6
    )
    yield Style("FormTextLarge", "表单段落（大字）", "song", text, "FormText", pitch=text * 1.55,
                before=6, after=6)  # fmt: skip
    for id_, name, high in (("Gap", "间隔", 6), ("WideGap", "宽间隔", 14), ("Seam", "接缝", 1)):
        yield Style(id_, name, size=1, pitch=high)
    yield Style("header", "header", "song", 9, pitch=12)
    yield Style("footer", "footer", "song", 9, pitch=12)


def pt_of_mm(length: float) -> float:
    """Millimetres in points."""
    return length * 72 / 25.4

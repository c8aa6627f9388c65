"""The file about the pages: styles, fonts, settings, properties, and bytes without a clock."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from docx import Document as new_document
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn

from pmcli.documents.docx_styles import FACES, INSTEAD, ROMAN, Style
from pmcli.documents.docx_xml import Element, element, mm, pt
from pmcli.documents.page import UNDATED
from pmcli.documents.printable import printable

RULED, OPEN = "FormTable", "PlainTable"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_NEEDLESS = ("customXml", "stylesWithEffects", "webSettings", "numbering", "fontTable")
_UNTRUE = ("thumbnail", "extended-properties")
_FONTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
_MODE = "http://schemas.microsoft.com/office/word"


def document(styles: Sequence[Style], language: str, sides: bool) -> Document:
    """An empty document with these styles and no others, in the language of its pages.

    The first style is that of a text without a style. `sides`: right and left sheets differ.
    """
    made = new_document()
    rels = made.part.rels
    for key in [key for key, rel in rels.items() if rel.reltype.endswith(_NEEDLESS)]:
        del rels[key]
    package = made.part.package
    for key in [key for key, rel in package.rels.items() if rel.reltype.endswith(_UNTRUE)]:
        del package.rels[key]
    body = made.element.body
    for child in list(body)[:-1]:
        body.remove(child)
    root = made.styles.element
    for child in list(root):
        root.remove(child)
    root.append(_defaults(styles[0]))
    for style in styles:
        root.append(_style(style, style is styles[0]))
    for child in _others():
        root.append(child)
    _settings(made.settings.element, sides)
    fonts = Part(PackURI("/word/fontTable.xml"), _FONTS, serialize_part_xml(_fonts()), package)
    made.part.relate_to(fonts, RT.FONT_TABLE)
    made.core_properties.language = "zh-CN" if language == "zh" else "en"
    return made


def describe(made: Document, title: str, author: str, mark: str, day: date | None) -> None:
    """Write what the file says of itself; its times are those of the document's own day."""
    told, moment = made.core_properties, datetime.combine(day or UNDATED, datetime.min.time())
    told.title, told.author, told.last_modified_by = (
        printable(text)[:255] for text in (title, author, author)
    )
    told.keywords, told.comments, told.revision = printable(mark)[:255], "", 1
    told.created = told.modified = moment


def as_bytes(made: Document) -> bytes:
    """The file; the same document gives the same bytes."""
    held, out = io.BytesIO(), io.BytesIO()
    made.save(held)
    with zipfile.ZipFile(held) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _defaults(normal: Style) -> Element:
    """What holds where no style says otherwise: Chinese, without space about Latin letters."""
    language = element("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    return element(
        "docDefaults",
        element("rPrDefault", element("rPr", *_type(normal), language)),
        element("pPrDefault", element("pPr", *_asian())),
    )


def _asian() -> Iterator[Element]:
    """No space about Latin letters and figures, and lines where their own pitch has them."""
    yield element("autoSpaceDE", val=0)
    yield element("autoSpaceDN", val=0)
    yield element("snapToGrid", val=0)


def _style(style: Style, default: bool) -> Element:
    kind = "character" if style.character else "paragraph"
    made = element("style", type=kind, styleId=style.id)
    if default:
        made.set(qn("w:default"), "1")
    elif not style.name.isascii():
        made.set(qn("w:customStyle"), "1")
    made.append(element("name", val=style.name))
    if not default and not style.character:
        made.append(element("basedOn", val=style.based))
    if style.next:
        made.append(element("next", val=style.next))
    if style.linked:
        made.append(element("link", val=style.linked))
    made.append(element("qFormat"))
    if not style.character:
        made.append(element("pPr", *(_asian() if default else ()), *_layout(style)))
    made.append(element("rPr", *_type(style)))
    return made


def _layout(style: Style) -> Iterator[Element]:
    if style.keeps:
        yield element("keepNext")
        yield element("keepLines")
    if style.rule:
        line = element("bottom", val="single", sz=round(style.rule * 8), space=1, color="auto")
        yield element("pBdr", line)
    spacing = {"before": pt(style.before), "after": pt(style.after)}
    if style.pitch:
        yield element("spacing", **spacing, line=pt(style.pitch), lineRule="exact")
    elif style.before or style.after:
        yield element("spacing", **spacing)
    if style.left or style.right or style.first:
        yield indents(style.size, style.left, style.right, style.first)
    if style.align:
        yield element("jc", val=style.align)
    if style.outline is not None:
        yield element("outlineLvl", val=style.outline)


def indents(size: float, left: float, right: float, first: float) -> Element:
    """Indents in characters, and in twips for a reader that knows no characters."""
    made = element("ind")
    hanging = "firstLine" if first >= 0 else "hanging"
    for name, count in (("left", left), ("right", right), (hanging, abs(first))):
        if count or name == hanging:
            made.set(qn(f"w:{name}Chars"), str(round(100 * count)))
            made.set(qn(f"w:{name}"), str(pt(count * size)))
    return made


def _type(style: Style) -> Iterator[Element]:
    if style.face:
        name = FACES[style.face]
        roman = name if style.own or style.face == "hei" else ROMAN
        yield element("rFonts", ascii=roman, hAnsi=roman, eastAsia=name, cs=roman)
    if style.spaced:
        yield element("spacing", val=pt(style.spaced))
    if style.size:
        yield element("sz", val=round(style.size * 2))
        yield element("szCs", val=round(style.size * 2))


def _others() -> Iterator[Element]:
    """The styles of tables, ruled and without rules, and of what has no style."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    rules = element(
        "tblBorders", *(element(s, val="single", sz=4, space=0, color="000000") for s in sides)
    )
    letters = element("style", type="character", styleId="DefaultParagraphFont", default="1")
    letters.append(element("name", val="Default Paragraph Font"))
    yield letters
    normal = element("style", type="table", styleId="TableNormal", default="1")
    normal.append(element("name", val="Normal Table"))
    normal.append(element("tblPr", element("tblInd", w=0, type="dxa")))
    yield normal
    for id_, name, borders, inset in (
        (RULED, "表单表格", [rules], (mm(0.7), mm(1.5))),
        (OPEN, "无线表格", [], (0, 0)),
    ):
        margins = element(
            "tblCellMar",
            *(
                element(side, w=inset[i % 2], type="dxa")
                for i, side in enumerate(("top", "left", "bottom", "right"))
            ),
        )
        made = element("style", type="table", styleId=id_, customStyle="1")
        made.append(element("name", val=name))
        made.append(element("basedOn", val="TableNormal"))
        made.append(element("tblPr", *borders, margins))
        yield made


def _settings(root: Element, sides: bool) -> None:
    for child in list(root):
        root.remove(child)
    root.append(element("defaultTabStop", val=420))
    if sides:
        root.append(element("evenAndOddHeaders"))
    root.append(element("characterSpacingControl", val="compressPunctuation"))
    mode = element("compatSetting", name="compatibilityMode", uri=_MODE, val=15)
    root.append(element("compat", element("doNotExpandShiftReturn"), element("useFELayout"), mode))
    root.append(element("themeFontLang", val="en-US", eastAsia="zh-CN"))


def _fonts() -> Element:
    """The families of the styles, and what stands for one that a machine lacks."""
    made = element("fonts")
    for face, name in FACES.items():
        font = element("font", name=name)
        font.append(element("altName", val=INSTEAD[face]))
        font.append(element("charset", val="86"))
        font.append(element("family", val="auto"))
        font.append(element("pitch", val="variable"))
        made.append(font)
    roman = element("font", element("charset", val="00"), element("family", val="roman"))
    roman.set(qn("w:name"), ROMAN)
    roman.append(element("pitch", val="variable"))
    made.append(roman)
    return made

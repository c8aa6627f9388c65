"""Pages as PDF, set by typst.

Everything that a page says is given to the typesetter as data (one JSON text), never as markup. The
files are PDF/A-2b with subsets of their fonts and without the time of their making: the same pages
give the same bytes on the same machine.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmcli.documents.fonts import Faces, faces
from pmcli.documents.page import UNDATED, Page, Paragraph, Table
from pmcli.documents.printable import printable
from pmcli.documents.printed import Printed
from pmcli.documents.titles import title_lines
from pmcli.documents.widths import shares
from pmcli.messages import Sentence
from pmcli.patterns import regex
from pmcli.problems import SystemFailure

if TYPE_CHECKING:
    import typst

    from pmcli.messages.keys import Key

_SOURCES = Path(__file__).parent / "typst"
_MISSING = regex(r"the text `\"(.+?)\"` could not be displayed")
_ARCHIVE = "a-2b"
_MOST_NAMED = 12


def pdf(pages: Sequence[Page]) -> Printed:
    """Return pages as one PDF, each beginning on a sheet of its own and counting its own sheets.

    Characters that no installed font has are named in a warning; such a file is no archive file.
    Raises SystemFailure where there is no Chinese type at all, or the typesetter fails.
    """
    held = faces()
    if not held.held:
        raise SystemFailure(Sentence("no_chinese_type"))
    import typst

    compiler = typst.Compiler(
        input=str(_SOURCES / "main.typ"),
        root=str(_SOURCES),
        font_paths=held.fonts,
        sys_inputs={"document": json.dumps(_document(pages, held), ensure_ascii=False)},
    )
    slips = any(page.paper == "A5" for page in pages)
    warnings = _stood_for(held)
    try:
        return Printed(_bytes(compiler, _ARCHIVE, slips), warnings)
    except typst.TypstError as error:
        missing = _missing(error)
    try:
        made = _bytes(compiler, None, slips)
    except typst.TypstError as error:
        raise SystemFailure(Sentence("typesetting_fails", reason=error.message)) from None
    if not missing:
        return Printed(made, warnings)
    named = "、".join(f"{char}（U+{ord(char[0]):04X}）" for char in missing[:_MOST_NAMED])
    lacking = Sentence("characters_missing", characters=named)
    return Printed(made, (*warnings, lacking))


_FACES: Mapping[str, Key] = {
    "title": "face_title",
    "fangsong": "face_fangsong",
    "kai": "face_kai",
    "hei": "face_hei",
    "song": "face_song",
}


def _stood_for(held: Faces) -> tuple[Sentence, ...]:
    """What there is to say where no font of a face's chain is installed."""
    if not held.lacking:
        return ()
    return (Sentence("face_missing", faces=[Sentence(_FACES[face]) for face in held.lacking]),)


def _bytes(compiler: typst.Compiler, standard: Any, slips: bool) -> bytes:
    """The file; one with slips has no tags, for they are moved onto sheets."""
    made = compiler.compile(format="pdf", pdf_standards=standard or [], pdf_tags=not slips)
    assert isinstance(made, bytes)
    if not slips:
        return made
    from pmcli.documents.imposing import two_up

    return two_up(made)


def _missing(error: typst.TypstError) -> list[str]:
    """The characters that an archive file may not have, for no font shows them."""
    found = _MISSING.findall(f"{error.message}\n{error.diagnostic}")
    return list(dict.fromkeys(map(_unquoted, found)))


def _unquoted(text: str) -> str:
    return re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda m: chr(int(m[1], 16)), text)


def _document(pages: Sequence[Page], held: Faces) -> dict[str, Any]:
    first = pages[0]
    day = first.dated or UNDATED
    return {
        "title": printable(f"{first.title} {first.number}"),
        "author": printable(first.office),
        "keywords": [printable(page.mark) for page in pages if page.mark],
        "date": [day.year, day.month, day.day],
        "faces": {name: dataclasses.asdict(face) for name, face in held.held.items()},
        "pages": [_page(page) for page in pages],
    }


def _page(page: Page) -> dict[str, Any]:
    drawn = page.plain and page.mark and page.dress.code
    return {
        **_value(dataclasses.replace(page, blocks=())),
        "blocks": [_block(block, page) for block in page.blocks],
        "code": _code(page.mark) if drawn else "",
    }


def _code(text: str) -> str:
    """A text's QR code as SVG."""
    from pmcli.documents.code import matrix, outline

    squares = matrix(text)
    size = len(squares)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<path d="{outline(squares)}"/></svg>'
    )


def _block(block: Any, page: Page) -> dict[str, Any]:
    """A block as typst reads it: its kind, and for a table how wide its columns are."""
    value: dict[str, Any] = {**_value(block), "kind": block.kind}
    if isinstance(block, Table):
        value["widths"] = [share for _width, share in shares(block, page)]
    elif isinstance(block, Paragraph) and block.style == "title":
        value["lines"] = title_lines(value["text"], page.dress.theme)
    return value


def _value(value: Any) -> Any:
    """A value of the page model as JSON, its texts without what has no shape."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = (field.name for field in dataclasses.fields(value))
        held = {name: _value(getattr(value, name)) for name in names}
        return {**held, "kind": value.kind} if hasattr(value, "kind") else held
    if isinstance(value, (list, tuple)):
        return [_value(item) for item in value]
    if isinstance(value, str):
        return printable(value)
    return value.isoformat() if isinstance(value, (date, datetime)) else value

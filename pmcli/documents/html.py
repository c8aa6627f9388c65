"""Pages as one self-contained HTML file, through the template print.html.j2."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pmcli.dataclass import dataclass
from pmcli.documents.code import matrix, outline
from pmcli.documents.columns import columns_of, wrap
from pmcli.documents.fonts import CHAINS
from pmcli.documents.page import (
    Box,
    Calendar,
    Grid,
    Line,
    Page,
    Paragraph,
    Prose,
    Signatures,
    Table,
)
from pmcli.documents.printable import printable
from pmcli.documents.titles import title_lines
from pmcli.documents.widths import columns_beside, shares
from pmcli.messages import Sentence
from pmcli.patterns import regex
from pmcli.problems import Fault, Unreadable

if TYPE_CHECKING:
    from pmcli.form.jinja_bounds import BoundedEnvironment

_ROW, _LARGE_ROW = 6.2, 9.5
_PEN_ROW, _OVERLEAF_ROW = 8.5, 7.5
"""Rows, in millimetres: the highest for a pen, and one of a form that goes on overleaf."""
_HEAD, _SIGNATURES = 24.0, 18.0
TEMPLATE = "print.html.j2"
BUILT_IN = "builtin"
"""An office's template may say `{% extends "builtin/print.html.j2" %}` and change its blocks."""


_HAN = regex(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_ATTACHED = regex(r"附件\s*\d{0,2}\s*[:：]")
_NUMBER = regex(r"\d[\d:：.,/-]{0,18}(?<=\d)[年月日号栋层元时点%]?|\d[年月日号栋层元时点%]?")
"""A date, a time, a unit or a phone's number, with what it counts."""


def html(pages: Sequence[Page], own: Path | None, built_in: Path) -> str:
    """Return pages as one HTML file; the template in `own`, where there is one, takes precedence.

    Its style is that of the first page. Raises Unreadable with the template's line when it fails.
    """
    from pmcli.form.bounds import WORK, metered
    from pmcli.form.jinja_faults import FAILURES, line_of, reason_of

    environment = _environment([own, built_in] if own else [built_in], built_in)
    try:
        with metered(WORK + _WORK_PER_PAGE * len(pages)):
            return environment.get_template(TEMPLATE).render(page=pages[0], pages=pages)
    except FAILURES as error:
        shown, file = _place(error, own, built_in)
        sentence = Sentence("template_fails", reason=reason_of(error))
        raise Unreadable(Fault(shown, line_of(error, file), sentence)) from None


_WORK_PER_PAGE = 200_000
"""What a page may take to be laid out, beside what any print may (pmcli.form.bounds)."""


def _environment(folders: Sequence[Path], built_in: Path) -> BoundedEnvironment:
    """A sandbox, for a template arrives with the office's folder and is nobody's program."""
    from jinja2 import ChoiceLoader, PrefixLoader, StrictUndefined

    from pmcli.documents.template_files import TemplateFiles
    from pmcli.form.jinja_bounds import BoundedEnvironment

    own: dict[str, Callable[..., object]] = {
        "css": css_text,
        "css_sheet": css_sheet,
        "widths": shares,
        "columns": columns_of,
        "row_height": row_height,
        "title_lines": title_lines,
        "signature": signature,
        "attached": attached,
        "latin": in_latin,
        "unbroken": unbroken,
        "code": code,
    }
    environment = BoundedEnvironment(
        own,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
        loader=ChoiceLoader(
            [TemplateFiles(folders), PrefixLoader({BUILT_IN: TemplateFiles([built_in])})]
        ),
    )
    environment.globals["faces"] = {face: css_families(face) for face in CHAINS}
    return environment


def _shown(value: object) -> object:
    """What a template writes, its texts without what has no shape."""
    from pmcli.form.bounds import spend, weigh

    weigh(value)
    if not isinstance(value, str):
        return value
    spend(len(value))
    return printable(value) if type(value) is str else value


@dataclass(frozen=True)
class Signature:
    """Who signs and when; `free` is how much stays free to the right, in characters.

    `day` says how the date stands: `right`, `centre` (below the middle of the names), `within`
    (two characters right of the names' beginning) or `beyond` (so, and longer than they are).
    """

    names: tuple[str, ...]
    date: str
    day: str
    free: float


def signature(text: str, page: Page) -> Signature:
    """How the lines of a signature stand (GB/T 9704-2012, 7.3.5; in the house style, plainly)."""
    *names, date = [line.strip() for line in text.split("\n") if line.strip()] or [""]
    wide = max((columns_of(name) / 2 for name in names), default=0.0)
    long = columns_of(date) / 2
    held = tuple(names)
    if page.dress.theme != "gbt9704" or not names:
        return Signature(held, date, "right", 2)
    if page.dress.seal:
        return Signature(held, date, "centre", max(0.0, 4 - max(0.0, wide - long) / 2))
    return Signature(held, date, "beyond" if long > wide else "within", 2)


def attached(line: Line) -> tuple[str, str]:
    """A line of a list of attachments: the word before the list, where it stands, and the rest."""
    found = _ATTACHED.match(line.text)
    end = found.end() if found else 0
    return line.text[:end], line.text[end:].strip()


def in_latin(page: Page) -> bool:
    """Whether title and text of a plain page have no Chinese character."""
    said: list[str] = []
    for block in page.blocks:
        if isinstance(block, Paragraph) and block.style == "title":
            said.append(block.text)
        elif isinstance(block, Prose):
            said += [element.text for element in block.elements if isinstance(element, Line)]
    return not _HAN.search("".join(said))


def unbroken(text: str) -> str:
    """A text whose numbers no line end tears."""
    from markupsafe import Markup, escape

    text = printable(text)
    pieces, end = Markup(), 0
    for found in _NUMBER.finditer(text):
        pieces += escape(text[end : found.start()])
        pieces += Markup('<span class="n">{}</span>').format(found.group())
        end = found.end()
    return pieces + escape(text[end:])


def code(page: Page) -> tuple[int, str]:
    """The QR code of a page's mark: how many squares it has on a side, and its SVG path."""
    squares = matrix(page.mark)
    return len(squares), outline(squares)


def row_height(page: Page) -> float:
    """How high a ruled row is, in millimetres: on an empty form as high as its sheet allows."""
    if not page.blank:
        return _LARGE_ROW if page.large else _ROW
    rows, taken = 0, _HEAD
    for block in page.blocks:
        match block:
            case Grid():
                rows += len(block.rows)
            case Table():
                rows += len(block.rows)
                taken += _ROW * (2 if block.title else 1)
            case Calendar():
                rows += len(block.rows)
                taken += _ROW * 2
            case Box():
                taken += _ROW * block.lines
            case Paragraph():
                lines = wrap(block.text, columns_beside(page))
                taken += _ROW * (len(lines) + 1 + bool(block.title))
            case Signatures():
                taken += _SIGNATURES
    room = {"A5": 120}.get(page.paper, 178 if page.landscape else 262)
    height = (room - taken) / max(rows, 1)
    return round(min(height, _PEN_ROW), 1) if height >= _ROW else _OVERLEAF_ROW


def css_text(text: str) -> str:
    """A text as a CSS string that no character of it can end."""
    from markupsafe import Markup

    escaped = (char if char.isalnum() else f"\\{ord(char):06x}" for char in printable(text))
    return Markup('"' + "".join(escaped) + '"')


def css_families(face: str) -> str:
    """The families of one of the faces of CHAINS as CSS, best first."""
    from markupsafe import Markup

    return Markup(", ".join(f'"{family}"' for family in CHAINS[face]))


def css_sheet(pattern: str) -> str:
    """`第 {page} 页 共 {pages} 页` as CSS content with the browser's own counters."""
    from markupsafe import Markup

    before, _, rest = pattern.partition("{page}")
    between, _, after = rest.partition("{pages}")
    first, middle, last = css_text(before), css_text(between), css_text(after)
    return Markup(f"{first} counter(page) {middle} counter(pages) {last}")


def _place(error: BaseException, own: Path | None, built_in: Path) -> tuple[str, str]:
    """The file of a template in which an error arose: as it is shown, and as Python names it."""
    from pmcli.form.jinja_faults import places_of

    folders = [(own, "templates"), (built_in, "<pmcli>/templates")]
    for file, _ in reversed(places_of(error)):
        for folder, shown in folders:
            if folder is not None and Path(file).is_relative_to(folder):
                return f"{shown}/{Path(file).relative_to(folder).as_posix()}", file
    return f"templates/{TEMPLATE}", ""

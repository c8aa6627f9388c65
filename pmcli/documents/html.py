"""A Page as one self-contained HTML file, through the template print.html.j2."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pmcli.documents.columns import columns_of, wrap
from pmcli.documents.page import Box, Calendar, Grid, Page, Paragraph, Signatures, Table
from pmcli.documents.widths import widths
from pmcli.messages import Sentence
from pmcli.problems import Fault, Unreadable

if TYPE_CHECKING:
    from jinja2 import Environment

_GAP = 3
"""What the padding of a cell takes, in columns of text."""
_ROW, _LARGE_ROW = 6.2, 9.5
_PEN_ROW, _OVERLEAF_ROW = 8.5, 7.5
"""Rows, in millimetres: the highest for a pen, and one of a form that goes on overleaf."""
_HEAD, _SIGNATURES = 24.0, 18.0
TEMPLATE = "print.html.j2"
BUILT_IN = "builtin"
"""An office's template may say `{% extends "builtin/print.html.j2" %}` and change its blocks."""


def html_page(page: Page, own: Path | None, built_in: Path) -> str:
    """Return the page as HTML; the template in `own`, where there is one, takes precedence.

    Raises Unreadable with the template's line when it fails.
    """
    from jinja2 import TemplateSyntaxError
    from jinja2.exceptions import TemplateError

    environment = _environment([own, built_in] if own else [built_in], built_in)
    try:
        return environment.get_template(TEMPLATE).render(page=page)
    except TemplateSyntaxError as error:
        raise _faulty(error.lineno, error.message or str(error)) from None
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise _faulty(_line(error), str(error)) from None


def _environment(folders: Sequence[Path], built_in: Path) -> Environment:
    """A sandbox, for a template arrives with the office's folder and is nobody's program."""
    from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        loader=ChoiceLoader(
            [FileSystemLoader(folders), PrefixLoader({BUILT_IN: FileSystemLoader(built_in)})]
        ),
    )
    environment.filters["css"] = css_text
    environment.filters["css_sheet"] = css_sheet
    environment.filters["widths"] = html_widths
    environment.filters["columns"] = columns_of
    environment.filters["row_height"] = row_height
    return environment


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
                lines = wrap(block.text, _room(page))
                taken += _ROW * (len(lines) + 1 + bool(block.title))
            case Signatures():
                taken += _SIGNATURES
    room = {"A5": 120}.get(page.paper, 178 if page.landscape else 262)
    height = (room - taken) / max(rows, 1)
    return round(min(height, _PEN_ROW), 1) if height >= _ROW else _OVERLEAF_ROW


def html_widths(table: Table, page: Page) -> list[tuple[int, float]]:
    """For each column of a table: the columns of text that fit, and its share in percent."""
    room = _room(page)
    found = widths(table, room - _GAP * len(table.headings))
    return [(width, round(100 * (width + _GAP) / room, 2)) for width in found]


def _room(page: Page) -> int:
    """How many columns of text stand side by side on a sheet."""
    room = {"A5": 108}.get(page.paper, 146 if page.landscape else 96)
    return room * 4 // 5 if page.large else room


def css_text(text: str) -> str:
    """A text as a CSS string that no character of it can end."""
    from markupsafe import Markup

    escaped = (char if char.isalnum() else f"\\{ord(char):06x}" for char in text)
    return Markup('"' + "".join(escaped) + '"')


def css_sheet(pattern: str) -> str:
    """`第 {page} 页 共 {pages} 页` as CSS content with the browser's own counters."""
    from markupsafe import Markup

    before, _, rest = pattern.partition("{page}")
    between, _, after = rest.partition("{pages}")
    first, middle, last = css_text(before), css_text(between), css_text(after)
    return Markup(f"{first} counter(page) {middle} counter(pages) {last}")


def _line(error: BaseException) -> int:
    """The template's line where an error arose, 0 when it is not known."""
    trace, line = error.__traceback__, 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(TEMPLATE):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _faulty(line: int, reason: str) -> Unreadable:
    sentence = Sentence("template_fails", reason=reason)
    return Unreadable(Fault(f"templates/{TEMPLATE}", line, sentence))

"""A Page as one self-contained HTML file, through the template print.html.j2."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pmcli.documents.page import Page
from pmcli.messages import Sentence
from pmcli.problems import Fault, Unreadable

if TYPE_CHECKING:
    from jinja2 import Environment

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
    return environment


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

"""Why a formula or template fails: what may be raised, and the sentence and place told of it."""

from __future__ import annotations

from jinja2 import TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import TemplateError

from pmcli.form import bounds
from pmcli.form.bounds import NotAllowed
from pmcli.messages import Sentence

FAILURES = (*bounds.FAILURES, TemplateError, OSError, SyntaxError)
"""What a formula or template that is at fault may raise; a Problem of ours is none of them.

NameError: Jinja works out constant parts beforehand and writes an infinity as the name `inf`.
SyntaxError: Python refuses what Jinja lets pass, as a keyword that is given twice.
"""


class Misspelt(TemplateSyntaxError):
    """A template that Jinja would take and Python, or a reader, would not."""

    def __init__(self, sentence: Sentence, line: int, name: str | None, file: str | None) -> None:
        super().__init__(sentence.text("en"), line, name, file)
        self.sentence = sentence


def reason_of(error: BaseException) -> str | Sentence:
    """Why a formula or template failed, in a sentence of ours or as Jinja words it."""
    said = str(error)
    if isinstance(error, (NotAllowed, Misspelt)):
        return error.sentence
    if isinstance(error, (RecursionError, MemoryError, IndentationError)) or "nested" in said:
        return Sentence("jinja_too_deep")
    if isinstance(error, TemplateNotFound):
        return Sentence("jinja_no_file", name=error.name or "")
    if isinstance(error, TemplateSyntaxError):
        said = error.message or ""
    elif isinstance(error, SyntaxError):
        said = error.msg
    return said[:300]


def places_of(error: BaseException) -> list[tuple[str, int]]:
    """The files and lines that an error went through, the one where it arose last."""
    places = []
    trace = error.__traceback__
    while trace is not None:
        places.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    if isinstance(error, TemplateSyntaxError):
        places.append((error.filename or "", error.lineno))
    return places


def line_of(error: BaseException, filename: str) -> int:
    """The line of a template at which an error arose, 0 when it is not known."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    return next((line for file, line in reversed(places_of(error)) if file == filename), 0)

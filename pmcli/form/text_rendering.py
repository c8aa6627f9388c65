"""What a text template says: its title and text, with values put in as they were typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pmcli.form import durations, literal, spans
from pmcli.form.bounds import TooMuch, metered, spend, weigh
from pmcli.form.field import FieldSpec
from pmcli.form.jinja_bounds import BoundedEnvironment
from pmcli.form.jinja_faults import FAILURES, line_of, reason_of
from pmcli.form.rows import date_words
from pmcli.form.text_template import COMMON
from pmcli.form.types import of_value
from pmcli.messages import Sentence
from pmcli.patterns import regex
from pmcli.problems import Fault, Unreadable

if TYPE_CHECKING:
    from jinja2 import Template as JinjaTemplate

    from pmcli.form.text_template import TextTemplate

_MAX_TEXT = 100_000
"""The longest text, in characters, marks counted."""
SHOWN = "<text>"


@lru_cache(maxsize=1)
def environment_of_texts() -> BoundedEnvironment:
    """The sandbox of text templates."""
    from jinja2 import StrictUndefined

    own: dict[str, Callable[..., Any]] = {
        "date": date_words,
        "clock": lambda moment: f"{moment.hour}:{moment.minute:02d}",
        "to": _to,
        "plus": _plus,
        "pair": _pair,
    }
    environment = BoundedEnvironment(
        own,
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_marked,
    )
    environment.globals.clear()
    return environment


@lru_cache(maxsize=256)
def compiled(source: str) -> JinjaTemplate:
    """A title or text ready to render; raises one of FAILURES for what is none."""
    environment = environment_of_texts()
    with metered():
        code = environment.compile(source, filename=SHOWN)
        return environment.template_class.from_code(environment, code, {})


def _to(first: date, last: date | None) -> str:
    """`start | to(end)`: from one day or moment to another, what they share said once."""
    return spans.span_words(first, last) if last is not None else spans.words(first)


def _plus(day: date, length: str) -> date:
    """`issue_on | plus('30d')`: a day some time later."""
    return durations.add(day, length, _no_calendar)


def _no_calendar(_day: date, _count: int) -> date:
    raise ValueError("wd")


_AMOUNT = regex(r"(.*?)[\s：:=，,]*([0-9][0-9,]*(?:\.[0-9]+)?)\s*元?[。；;]?\Z", re.DOTALL)


_LONGEST_PAIR = 500
"""The pattern tries each place of a text against each other."""


def _pair(text: str) -> tuple[str, str]:
    """`'电梯广告 36000.00元' | pair`: what, and how much, which is empty without a number."""
    found = _AMOUNT.match(text.strip()) if len(text) <= _LONGEST_PAIR else None
    return (found[1], found[2]) if found else (text, "")


class _Paragraphs(str):
    """A value of a longtext variable, which may come in paragraphs."""


def _marked(value: Any) -> str:
    """A value of a template between marks, for the text to be settled when it is complete."""
    weigh(value)
    written = _written(value)
    spend(_CHARACTER * len(written))
    return literal.marked(written, paragraphs=isinstance(value, _Paragraphs))


_CHARACTER = 4
"""What looking at a character of a value is charged."""


def _written(value: Any) -> str:
    """How a value reads in an official text (writing.md, §2)."""
    if value is None:
        return ""
    if isinstance(value, spans.Span):
        return spans.span_words(value.first, value.last)
    if isinstance(value, (list, tuple)):
        return "、".join(_written(item) for item in value)
    return of_value(value).written(value)


def render(template: TextTemplate, values: Mapping[str, Any]) -> tuple[str, str]:
    """Return the title, one line of plain text, and the text, Markdown in which every value reads
    as it was typed; raises Unreadable with the template's line when it fails.
    """
    scope = {name: values.get(name) for name in COMMON}
    for name, spec in template.variables.items():
        scope[name] = _of_type(spec, values.get(name))
    texts = []
    for source in (template.title, template.body):
        try:
            with metered():
                texts.append(compiled(source).render(scope))
            if len(texts[-1]) > _MAX_TEXT:
                raise TooMuch
        except FAILURES as error:
            within = line_of(error, SHOWN) if source is template.body else 0
            sentence = Sentence("template_fails", reason=reason_of(error))
            line = template.line + max(within, 1) - 1
            raise Unreadable(Fault(template.path, line, sentence)) from None
    return literal.unmarked(texts[0]), literal.settled(texts[1])


def _of_type(spec: FieldSpec, value: Any) -> Any:
    if isinstance(value, list):
        return [_of_type(spec, item) for item in value]
    if value is None or not isinstance(value, str):
        return value
    return _Paragraphs(value) if spec.kind.lines else spec.kind.opened(value)

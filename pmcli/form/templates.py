"""Text templates of a form: front matter that declares variables, and a text in Jinja.

A template is data of the office, not a program: it is rendered in a sandbox, and what a clerk typed
for a variable is put in as text, never read as Jinja.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pmcli.form.loading import read_field
from pmcli.form.model import FieldSpec, Form, Transition
from pmcli.form.reading import Reader
from pmcli.form.rows import date_words
from pmcli.form.source import Tree, read_tree
from pmcli.form.values import from_file, jsonable
from pmcli.messages import Label, Sentence
from pmcli.problems import Fault, Unreadable

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

SUFFIX = ".md.j2"
_FENCE = "---\n"


@dataclass(frozen=True, eq=False)
class TextTemplate:
    """A template that has been read: what it asks for, what it presets, and its text."""

    key: str
    label: Label
    variables: Mapping[str, FieldSpec]
    presets: Mapping[str, str]
    """Fields of the form that it fills: genre, addressee …"""
    title: str
    body: str
    path: str
    line: int
    """The line of the file on which the text begins."""

    @property
    def required(self) -> tuple[str, ...]:
        """The variables that must be given."""
        return tuple(spec.name for spec in self.variables.values() if spec.required)


def read_template(key: str, source: tuple[str, str]) -> tuple[TextTemplate | None, list[Fault]]:
    """Read a template file, `source` being the name to show and the text; None with its faults."""
    shown, text = source
    opening, front, body = _split(text)
    if not opening:
        return None, [Fault(shown, 1, Sentence("no_front_matter"))]
    tree, faults = read_tree(front, shown)
    if tree is None:
        return None, faults
    faults = [replace(fault, line=fault.line + 1) for fault in faults]
    found: list[Fault] = []
    reader = Reader(_moved(tree, 1), found)
    template = TextTemplate(
        key=key,
        label=reader.label("label", required=True) or Label(key, key),
        variables=reader.mapping("variables", lambda n, t: read_field(n, t, found)),
        presets=reader.mapping("presets", lambda _n, t: t.text),
        title=reader.text("title", required=True) or "",
        body=body.strip("\n") + "\n",
        path=shown,
        line=front.count("\n") + 3 + len(body) - len(body.lstrip("\n")),
    )
    reader.finish()
    faults += found
    if not faults:
        faults += _faults_of(template)
    return (None if faults else template), faults


def _split(text: str) -> tuple[bool, str, str]:
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    if not text.startswith(_FENCE):
        return False, "", text
    front, fence, body = text[len(_FENCE) :].partition("\n" + _FENCE)
    return bool(fence), front + "\n", body


def _moved(tree: Tree, by: int) -> Tree:
    """The tree with its lines counted from the file's beginning."""
    return Tree(
        tree.file,
        tree.line + by,
        tree.text,
        None if tree.items is None else [_moved(item, by) for item in tree.items],
        None if tree.keys is None else {k: _moved(v, by) for k, v in tree.keys.items()},
        {key: line + by for key, line in tree.key_lines.items()},
    )


def _faults_of(template: TextTemplate) -> Iterator[Fault]:
    from jinja2 import TemplateSyntaxError, meta

    known = {*template.variables, *COMMON}
    for name in template.variables.keys() & RESERVED:
        yield Fault(template.path, 1, Sentence("reserved_name", name=name))
    for source, line in ((template.title, 1), (template.body, template.line)):
        try:
            tree = _environment().parse(source)
        except TemplateSyntaxError as error:
            at = line + error.lineno - 1
            yield Fault(template.path, at, Sentence("template_fails", reason=error.message or ""))
            continue
        for name in sorted(meta.find_undeclared_variables(tree) - known):
            sentence = Sentence("unknown_name", where=template.key, name=name)
            yield Fault(template.path, line, sentence)


RESERVED = frozenset({"by", "at", "format", "help", "office", "note", "id"})
"""Names of options that a variable cannot have."""

COMMON = ("office", "issue_on", "contact_phone", "emergency")
"""Names that every template sees beside its variables: the office's data, the draft's own."""


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_written,
    )
    environment.filters["date"] = date_words
    environment.filters["clock"] = lambda moment: f"{moment.hour}:{moment.minute:02d}"
    environment.globals.clear()
    return environment


def _written(value: Any) -> str:
    """How a value reads in an official text (writing.md, §2)."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{date_words(value)}{value.hour}:{value.minute:02d}"
    if isinstance(value, date):
        return date_words(value) or ""
    if isinstance(value, Decimal):
        return f"{value:.2f}元"
    if isinstance(value, (list, tuple)):
        return "、".join(_written(item) for item in value)
    return str(value)


def render(template: TextTemplate, values: Mapping[str, Any]) -> tuple[str, str]:
    """Return title and text; raises Unreadable with the template's line when it fails."""
    from jinja2.exceptions import TemplateError

    scope = {name: values.get(name) for name in (*template.variables, *COMMON)}
    texts = []
    for source in (template.title, template.body):
        try:
            texts.append(_environment().from_string(source).render(scope))
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
            sentence = Sentence("template_fails", reason=str(error))
            raise Unreadable(Fault(template.path, template.line, sentence)) from None
    return texts[0].strip(), texts[1].strip("\n")


def specialised(form: Form, template: TextTemplate) -> Form:
    """The form with the template's variables as inputs of the steps that draft the text."""
    plan = form.templates
    assert plan is not None
    taken = set(form.fields)
    variables = {n: replace(s, kept=False) for n, s in template.variables.items() if n not in taken}
    required = tuple(name for name in template.required if name in variables)
    optional = tuple(name for name in variables if name not in required)

    def widened(step: Transition) -> Transition:
        if step.command == "new":
            return replace(step, asks=step.asks + required, may=step.may + optional)
        return replace(step, may=step.may + required + optional)

    transitions = {
        command: tuple(widened(step) if command in plan.steps else step for step in variants)
        for command, variants in form.transitions.items()
    }
    return replace(form, fields={**form.fields, **variables}, transitions=transitions)


def kept_rows(template: TextTemplate, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The variables as rows of name and value, for the record; a list takes a row for each item."""
    rows = []
    for name in template.variables:
        value = values.get(name)
        for item in value if isinstance(value, list) else [] if value is None else [value]:
            text = jsonable(item)
            written = str(text).lower() if isinstance(item, bool) else str(text)
            rows.append({"name": name, "value": written})
    return rows


def variables_of(
    template: TextTemplate, rows: Sequence[Mapping[str, Any]], zone: tzinfo
) -> dict[str, Any]:
    """The variables that a record's rows hold; what no longer suits its type is left out."""
    found: dict[str, Any] = {}
    for row in rows:
        spec = template.variables.get(str(row.get("name")))
        if spec is None or row.get("value") is None:
            continue
        try:
            value = from_file(spec.type, str(row["value"]), zone)
        except ValueError:
            continue
        found[spec.name] = [*found.get(spec.name, []), value] if spec.many else value
    return found

"""Text templates of a form: front matter that declares variables, and a text in Jinja.

A template is data of the office, not a program: it is rendered in a sandbox, and what a clerk typed
for a variable is put in as text, never read as Jinja and never as Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo
from itertools import combinations
from typing import TYPE_CHECKING, Any

from pmcli.form import durations
from pmcli.form.days import parse_span
from pmcli.form.field import FieldSpec
from pmcli.form.formula import Formula, Template
from pmcli.form.loading import read_field
from pmcli.form.model import INPUT_NOTES, Form, Need, Transition
from pmcli.form.reading import Reader
from pmcli.form.shapes import TEMPLATE
from pmcli.form.text_template import COMMON, RESERVED, Lead, TextTemplate, Validity
from pmcli.form.types import of_value
from pmcli.messages import Label, Sentence
from pmcli.problems import Fault
from pmcli.yaml_files.fences import FIRST_LINE, NoFence, split
from pmcli.yaml_files.reading import read_tree
from pmcli.yaml_files.shape import faults_of
from pmcli.yaml_files.tree import Tree

if TYPE_CHECKING:
    from pmcli.messages.keys import Key


def read_template(
    key: str, source: tuple[str, str], form: Form | None = None
) -> tuple[TextTemplate | None, list[Fault]]:
    """Read a template file, `source` being the name to show and the text; None with its faults.

    With `form`, what it says of the form's fields and figures is checked too.
    """
    shown, text = source
    try:
        parts = split(text.replace("\r\n", "\n"))
    except NoFence as missing:
        return None, [Fault(shown, missing.line, Sentence(missing.key))]
    body = parts.body
    tree, faults = read_tree(parts.front, shown, FIRST_LINE)
    if tree is None:
        return None, faults
    found = faults_of(tree, TEMPLATE)
    reader = Reader(tree, found)
    template = TextTemplate(
        key=key,
        label=reader.label("label") or Label(key, key),
        audience=reader.label("audience"),
        leads=reader.sequence("lead", lambda t: _lead(t, found)),
        validity=_validity(reader.take("valid"), found),
        order=_order(reader.take("order")),
        variables=reader.mapping("variables", lambda n, t: read_field(n, t, found)),
        presets=reader.mapping("presets", lambda _n, t: t.text),
        title=reader.text("title") or "",
        body=body.strip("\n") + "\n",
        path=shown,
        line=parts.body_line + len(body) - len(body.lstrip("\n")),
    )
    faults += found
    if not faults:
        faults += (Fault(*tree.place(*path), say) for path, say in _metadata(template, form))
        faults += _faults_of(template, tree)
    return (None if faults else template), faults


def _lead(tree: Tree, faults: list[Fault]) -> Lead:
    reader = Reader(tree, faults)
    return Lead(
        before=reader.names("before"),
        at_least=reader.text("at_least") or "",
        source=reader.text("source") or "",
        when=reader.formula("when"),
    )


def _validity(tree: Tree | None, faults: list[Fault]) -> Validity | None:
    if tree is None:
        return None
    reader = Reader(tree, faults)
    validity = Validity(
        until=reader.names("until"),
        plus=reader.text("plus") or "",
        lasting=reader.text("for") or "",
    )
    if not (validity.until or validity.lasting):
        reader.fault(None, Sentence("valid_wants"))
    return validity


def _order(tree: Tree | None) -> tuple[tuple[str, ...], ...]:
    """One list of names, or several."""
    if tree is None:
        return ()
    several = any(item.items is not None for item in tree.items or ())
    chains = tree.items or [] if several else [tree]
    return tuple(tuple(item.text or "" for item in chain.items or ()) for chain in chains)


Finding = tuple[tuple[str | int, ...], Sentence]


def _metadata(template: TextTemplate, form: Form | None) -> Iterator[Finding]:
    """What the front matter says that cannot be: names that are none, durations that are none."""
    variables = template.variables
    for name in variables:
        if name in RESERVED or (form is not None and name in form.fields):
            yield ("variables", name), Sentence("reserved_name", name=name)
    for name in template.presets:
        if form is not None and name not in form.fields:
            yield ("presets", name), Sentence("unknown_field", where="presets", name=name)
    for index, lead in enumerate(template.leads):
        path = ("lead",) if len(template.leads) == 1 else ("lead", index)
        yield from _in_time(lead.before, template, (*path, "before"))
        figure = form is None or lead.at_least in form.figures
        if not figure and not durations.is_duration(lead.at_least):
            sentence = Sentence("bad_duration", where="lead", value=lead.at_least)
            yield (*path, "at_least"), sentence
        if lead.when is not None:
            yield from _case(lead.when, template, (*path, "when"))
    validity = template.validity or Validity()
    yield from _in_time(validity.until, template, ("valid", "until"))
    plus = variables.get(validity.plus)
    counts = plus is not None and plus.kind.holds is int and not plus.many
    if validity.plus and not (counts or durations.is_duration(validity.plus)):
        yield ("valid", "plus"), Sentence("bad_duration", where="valid", value=validity.plus)
    if validity.lasting and not durations.is_duration(validity.lasting):
        yield ("valid", "for"), Sentence("bad_duration", where="valid", value=validity.lasting)
    for chain in template.order:
        yield from _in_time(chain, template, ("order",), also=("issue_on",))


def _in_time(
    names: Sequence[str],
    template: TextTemplate,
    path: tuple[str | int, ...],
    also: tuple[str, ...] = (),
) -> Iterator[Finding]:
    """Names that are no variables of days or times."""
    for name in names:
        spec = template.variables.get(name)
        if name not in also and (spec is None or spec.many or not spec.kind.in_time):
            yield (*path, name), Sentence("no_time_variable", where=str(path[0]), name=name)


def _case(
    formula: Formula, template: TextTemplate, path: tuple[str | int, ...]
) -> Iterator[Finding]:
    from pmcli.form.expressions import compile_formula
    from pmcli.form.functions import FUNCTIONS
    from pmcli.form.language import NAMES, ExpressionError

    try:
        names = compile_formula(formula.source).names
    except ExpressionError as error:
        yield path, Sentence("formula_fails", source=formula.source, reason=error.reason)
        return
    for name in sorted(names - {*template.variables, *COMMON, *FUNCTIONS, *NAMES}):
        yield path, Sentence("unknown_name", where="lead", name=name)


def _faults_of(template: TextTemplate, tree: Tree) -> Iterator[Fault]:
    from jinja2 import meta

    from pmcli.form.bounds import MAX_SOURCE, metered
    from pmcli.form.jinja_faults import FAILURES, line_of, reason_of
    from pmcli.form.text_rendering import SHOWN, compiled, environment_of_texts

    known = {*template.variables, *COMMON}
    title_line = tree.place("title")[1]
    for source, line in ((template.title, title_line), (template.body, template.line)):
        if len(source) > MAX_SOURCE:
            yield Fault(template.path, line, Sentence("file_too_long", most=MAX_SOURCE))
            continue
        try:
            with metered():
                names = meta.find_undeclared_variables(environment_of_texts().parse(source))
            compiled(source)
        except FAILURES as error:
            at = line + max(line_of(error, SHOWN), 1) - 1
            yield Fault(template.path, at, Sentence("template_fails", reason=reason_of(error)))
            continue
        for name in sorted(names - known):
            used = re.search(rf"\{{[{{%][^}}]*\b{re.escape(name)}\b", source)
            at = line + source.count("\n", 0, used.end()) if used else line
            sentence = Sentence("unknown_name", where=template.key, name=name)
            yield Fault(template.path, at, sentence)


def in_time(value: Any) -> tuple[date, date] | None:
    """The first and the last day or moment of a date, a datetime or a span as it is kept."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        span = parse_span(value)
        return span.first, span.last
    return value, value


def specialised(form: Form, template: TextTemplate) -> Form:
    """The form with the template's variables as inputs of the steps that draft the text."""
    plan = form.templates
    assert plan is not None
    taken = set(form.fields)
    variables = {n: replace(s, kept=False) for n, s in template.variables.items() if n not in taken}
    if not variables:
        return form  # it has them already
    required = tuple(name for name in template.required if name in variables)
    optional = tuple(name for name in variables if name not in required)
    needs = tuple(_needs(form, template))

    def widened(step: Transition) -> Transition:
        step = replace(step, needs=step.needs + needs)
        if step.command == "new":
            return replace(step, asks=step.asks + required, may=step.may + optional)
        # an older record may lack one; a note of the step has the same name as none on record
        kept = Need(give=tuple(name for name in required if name not in INPUT_NOTES))
        return replace(step, may=step.may + required + optional, needs=(kept, *step.needs))

    transitions = {
        command: tuple(widened(step) if command in plan.steps else step for step in variants)
        for command, variants in form.transitions.items()
    }
    return replace(form, fields={**form.fields, **variables}, transitions=transitions)


def _needs(form: Form, template: TextTemplate) -> Iterator[Need]:
    """That the template's times follow one another in its order, as conditions of a step."""
    for chain in template.order:
        for earlier, later in combinations(chain, 2):
            issued = "issue_on" in (earlier, later)
            specs = {**form.fields, **template.variables}
            first, second = specs[earlier], specs[later]
            moments = first.kind.holds is second.kind.holds is datetime
            key: Key = "order_after" if moments else "order_not_before"
            texts = [
                Sentence(
                    key,
                    later=_gap(second, language),
                    earlier=_gap(first, language),
                ).text(language)
                for language in ("zh", "en")
            ]
            yield Need(
                when=Formula("not emergency", template.path, 1) if issued else None,
                order=(earlier, later),
                say=Template(Label(*texts), template.path, 1),
            )


def _gap(spec: FieldSpec, language: str) -> str:
    """An option with its label and a gap for its value, in a sentence of the form language."""
    label = spec.label.text(language).replace("{", "").replace("}", "")
    value = (
        "{{ issue_on or today }}"
        if spec.name == "issue_on"
        else f"{{{{ label_of('{spec.name}') }}}}"
    )
    return Label(f"{spec.option} {label}（{value}）", f"{spec.option} {label} ({value})").text(
        language
    )


def kept_rows(template: TextTemplate, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The variables as rows of name and value, for the record; a list takes a row for each item."""
    rows = []
    for name in template.variables:
        value = values.get(name)
        for item in value if isinstance(value, list) else [] if value is None else [value]:
            rows.append({"name": name, "value": of_value(item).dump(item)})
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
            value = spec.kind.loaded(str(row["value"]), zone)
        except ValueError:
            continue
        found[spec.name] = [*found.get(spec.name, []), value] if spec.many else value
    return found

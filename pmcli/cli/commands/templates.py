"""`pmcli <form> templates`: which text templates there are, and what one of them asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from pmcli.cli.line import output
from pmcli.cli.line.options import Argument, CommandSpec, check_format, format_option, leaf, option
from pmcli.cli.line.report import tell_all
from pmcli.cli.line.session import current
from pmcli.documents.columns import terminal_columns
from pmcli.form.field import FieldSpec
from pmcli.form.formula import Formula
from pmcli.form.model import Form
from pmcli.form.text_template import Lead, TextTemplate
from pmcli.form.types.times import EXAMPLE_DAY
from pmcli.messages import Label, Sentence
from pmcli.patterns import regex
from pmcli.problems import ExitCode, Usage, Want
from pmcli.workflow.act import figure
from pmcli.workflow.texts import figure_key

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

FORMATS = ("table", "json")
"""The day on which the examples of a template would be typed; they are moved to the present."""
_SAFE = regex(r"[^\s\"'$`\\|&;<>()*?#~!{}\[\]]+")


def templates_command(form: Form, language: str) -> CommandSpec:
    """`pmcli <form> templates`, with a filter for each choice that templates preset."""
    filters = [
        option(
            spec.option,
            Sentence("help_templates_by", field=spec.label).text(language),
            "CHOICE",
            "choice",
        )
        for spec in _sorts(form)
    ]
    return leaf(
        "templates",
        Sentence("help_templates").text(language),
        lambda template, format, **wanted: _run(form, template, format, wanted),
        [
            Argument(
                "template", "[TEMPLATE]", required=False,
                help=Sentence("help_argument_template").text(language),
            ),
            *filters,
            format_option(language, FORMATS),
        ],
    )  # fmt: skip


def _sorts(form: Form) -> list[FieldSpec]:
    """The choice fields that a new record takes from its template: templates go by them."""
    taken = [
        name
        for name, value in form.new.set.items()
        if isinstance(value, Formula) and f"from_template('{name}')" in value.source
    ]
    return [form.fields[name] for name in taken if form.fields[name].choices]


def _run(form: Form, key: str | None, format: str | None, wanted: dict[str, str | None]) -> int:
    shown = check_format(format, FORMATS)
    if key is not None:
        return _one(form, key, shown)
    library, language = current().library, current().language
    found, faults = library.all_templates(form)
    for name, value in wanted.items():
        if value is not None:
            chosen = _chosen(form.fields[name], value)
            found = [template for template in found if template.presets.get(name) == chosen]
    if shown == "json":
        output.out_json(
            {
                "form": form.name,
                "templates": [_json(form, template, language) for template in found],
                "errors": [fault.text(language) for fault in faults],
            }
        )
    else:
        output.out(_table(form, found, language))
    if not faults:
        return int(ExitCode.DONE)
    if shown != "json":
        output.tell(Sentence("templates_faults", count=len(faults)).text(language))
        tell_all(faults)
    return int(ExitCode.FINDINGS)


def _chosen(spec: FieldSpec, text: str) -> str:
    for key, label in spec.choices.items():
        if text in (key, label.zh, label.en):
            return key
    raise Usage.of(
        Want.VALUE,
        Sentence("want_one_of", key=spec.option, value=text[:40], allowed=list(spec.choices)),
        spec.name,
        near=list(spec.choices),
    )


def _table(form: Form, found: Sequence[TextTemplate], language: str) -> str:
    sorts = _sorts(form)
    before: tuple[Key, ...] = ("column_key", "column_label")
    after: tuple[Key, ...] = ("column_audience", "column_lead", "column_valid", "column_variables")
    heads = [Sentence(key).text(language) for key in before]
    heads += [spec.label.text(language) for spec in sorts]
    heads += [Sentence(key).text(language) for key in after]
    rows = [
        [
            template.key,
            template.label.text(language),
            *(_preset(template, spec, language) for spec in sorts),
            template.audience.text(language) if template.audience else "—",
            "/".join(dict.fromkeys(_length(form, template, x) for x in template.leads)) or "—",
            _valid(template),
            _count(template),
        ]
        for template in found
    ]
    return output.table(heads, rows, output.width(), whole=frozenset({1}))


def _preset(template: TextTemplate, spec: FieldSpec, language: str) -> str:
    value = template.presets.get(spec.name)
    label = spec.choices.get(value or "")
    return label.text(language) if label else "—"


def _count(template: TextTemplate) -> str:
    """How many variables must and how many may be given: 5+1."""
    must = len(template.required)
    return f"{must}+{len(template.variables) - must}"


def _valid(template: TextTemplate) -> str:
    """Until when, in the names of variables: end+1d, 30d."""
    validity = template.validity
    if validity is None:
        return "—"
    until = "/".join(validity.until)
    return f"{until}+{validity.plus}" if until and validity.plus else until or validity.lasting


def _length(form: Form, template: TextTemplate, lead: Lead) -> str:
    """A notice time as the office has it."""
    session = current()
    key = figure_key(form, template, lead)
    if session.root is None:
        known = form.figures.get(key.partition(".")[2])
        return known.value if known else lead.at_least
    return figure(key, session.store.context, session.library) or lead.at_least


def _one(form: Form, key: str, shown: str) -> int:
    """Tell everything of one template."""
    library, language = current().library, current().language
    template = library.template(form, key)
    if shown == "json":
        output.out_json({"form": form.name, **_json(form, template, language)})
        return int(ExitCode.DONE)
    columns = output.width() or 80
    kinds = [_preset(template, spec, language) for spec in _sorts(form)]
    head = "  ".join([key, template.label.text(language), *kinds])
    lines = [head, "═" * min(columns, 72)]
    for name, words in _facts(form, template, language):
        said = f"{Sentence(name).text(language)}{Label('：', ': ').text(language)}{words}"
        lines += output.wrap(said, columns)
    keys: tuple[Key, ...] = ("column_option", "column_label", "column_type", "column_marks")
    heads = [Sentence(name).text(language) for name in keys]
    rows = [
        [
            spec.option + (" *" if spec.required else ""),
            spec.label.text(language),
            spec.type + ("+" if spec.many else ""),
            _explained(spec, language),
        ]
        for spec in template.variables.values()
    ]
    lines += ["", _heading(Sentence("templates_variables").text(language))]
    lines += output.table(heads, rows, columns, wrap_last=True).split("\n")
    lines += ["", _heading(Sentence("templates_example").text(language))]
    lines += _broken(_example(form, template), columns)
    output.out("\n".join(lines))
    return int(ExitCode.DONE)


def _heading(words: str) -> str:
    return f"■ {words}"


def _explained(spec: FieldSpec, language: str) -> str:
    choices = [f"{key} {label.text(language)}" for key, label in spec.choices.items()]
    helps = [spec.help.text(language)] if spec.help else []
    return Label("；", "; ").text(language).join([*choices, *helps])


def _facts(form: Form, template: TextTemplate, language: str) -> list[tuple[Key, str]]:
    facts: list[tuple[Key, str]] = []
    if template.audience is not None:
        facts.append(("column_audience", template.audience.text(language)))
    for lead in template.leads:
        known = form.figures.get(lead.at_least)
        said = Sentence(
            "templates_lead_one",
            before=_labels(template, lead.before),
            length=_length(form, template, lead),
            source=lead.source or (known.source if known else "—"),
            figure=figure_key(form, template, lead),
        )
        words = said.text(language)
        if lead.when is not None:
            words = Sentence("templates_lead_case", words=said, case=lead.when.source).text(
                language
            )
        facts.append(("templates_lead", words))
    if template.validity is not None:
        facts.append(("templates_valid", _validity(template).text(language)))
    facts.append(("templates_file", template.path))
    return facts


def _labels(template: TextTemplate, names: Sequence[str]) -> Label:
    labels = [template.variables[name].label for name in names]
    return Label("或".join(x.zh for x in labels), " or ".join(x.en for x in labels))


def _validity(template: TextTemplate) -> Sentence:
    validity = template.validity
    assert validity is not None
    lasting = Sentence("templates_for", length=validity.lasting)
    if not validity.until:
        return lasting
    until: Label | Sentence = _labels(template, validity.until)
    if validity.plus:
        spec = template.variables.get(validity.plus)
        plus = Sentence("templates_days_of", label=spec.label) if spec else validity.plus
        until = Sentence("templates_until_plus", until=until, plus=plus)
    if not validity.lasting:
        return Sentence("templates_until", until=until)
    return Sentence("templates_or_for", until=until, lasting=lasting)


def _json(form: Form, template: TextTemplate, language: str) -> dict[str, Any]:
    validity = template.validity
    return {
        "key": template.key,
        "label": template.label.text(language),
        "audience": template.audience.text(language) if template.audience else None,
        "presets": dict(template.presets),
        "lead": [
            {
                "before": list(lead.before),
                "at_least": _length(form, template, lead),
                "figure": figure_key(form, template, lead),
                "source": lead.source or None,
                "when": lead.when.source if lead.when else None,
            }
            for lead in template.leads
        ],
        "valid": None
        if validity is None
        else {
            "until": list(validity.until),
            "plus": validity.plus or None,
            "for": validity.lasting or None,
        },
        "order": [list(chain) for chain in template.order],
        "variables": [
            {
                "name": spec.name,
                "option": spec.option,
                "type": spec.type + ("+" if spec.many else ""),
                "required": spec.required,
                "label": spec.label.text(language),
                "help": spec.help.text(language) if spec.help else None,
                "example": _values(spec, _shift()) if spec.example else None,
                "choices": {k: v.text(language) for k, v in spec.choices.items()},
            }
            for spec in template.variables.values()
        ],
        "path": template.path,
        "command": " ".join(_example(form, template)),
    }


def _shift() -> timedelta:
    """How far the examples lie from the present."""
    session = current()
    today = session.store.present().today if session.root is not None else date.today()
    return today - EXAMPLE_DAY


def _example(form: Form, template: TextTemplate) -> list[str]:
    """A command that drafts a text, with all that must be given; one piece for each option."""
    assert form.templates is not None
    by = form.fields[form.templates.by]
    named = template.key if by.argument else f"{by.option} {template.key}"
    pieces = [f"pmcli {form.name} new {named}"]
    shift = _shift()
    for name in template.required:
        spec = template.variables[name]
        pieces += [f"{spec.option} {_quoted(value)}" for value in _values(spec, shift)]
    return pieces


def _quoted(text: str) -> str:
    return text if _SAFE.fullmatch(text) else "'" + text.replace("'", "'\\''") + "'"


def _values(spec: FieldSpec, shift: timedelta) -> list[str]:
    """What might be typed for a variable: its example, days moved to the present."""
    text = spec.example.zh if spec.example else spec.kind.example(spec)
    texts = re.split("[；;]", text) if spec.many else [text]
    return [_moved(spec, part.strip(), shift) for part in texts]


def _moved(spec: FieldSpec, text: str, shift: timedelta) -> str:
    zone = current().store.office.zone if current().root is not None else None
    try:
        return spec.kind.moved(text, shift, zone)
    except (ValueError, OverflowError):
        return text


def _broken(pieces: Sequence[str], columns: int) -> list[str]:
    """A command in lines that fit, each but the last ending in a backslash."""
    lines = [pieces[0]]
    for piece in pieces[1:]:
        if terminal_columns(lines[-1]) + terminal_columns(piece) + 3 <= columns:
            lines[-1] += f" {piece}"
        else:
            lines[-1] += " \\"
            lines.append(f"  {piece}")
    return lines

"""The options that give a step its fields, and what was given with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pmcli.cli.line.options import Option
from pmcli.cli.line.session import current
from pmcli.form.field import FieldSpec
from pmcli.form.model import Form, Transition
from pmcli.form.values import choices_label
from pmcli.messages import Label, Sentence
from pmcli.problems import Usage, Want
from pmcli.workflow.inputs import NOTES, child_forms, child_inputs, spec_of


def step_options(form: Form, step: Transition, language: str) -> list[Option]:
    """The options of a step: its own fields, then those of the records it makes, then notes."""
    names: dict[str, Option] = {}
    for name in step.inputs:
        spec = spec_of(form, name)
        names.setdefault(name, field_option(spec, name in step.asks, language))
    for child in child_forms(step):
        child_form, _ = current().library.load(child)
        if child_form is None:
            continue
        for name in child_inputs(step, child_form):
            spec = spec_of(child_form, name)
            names.setdefault(name, field_option(spec, False, language, child_form))
    for name, spec in NOTES.items():
        names.setdefault(name, field_option(spec, False, language))
    return list(names.values())


def field_option(spec: FieldSpec, required: bool, language: str, of: Form | None = None) -> Option:
    """The option that gives a field; `of` is the form of a record that the step makes besides."""
    words = spec.label.text(language)
    if of is not None:
        words = Label(f"{words}（{of.title.zh}）", f"{words} ({of.title.en})").text(language)
    if spec.choices:
        words += Label("：", ": ").text(language) + choices_label(spec).text(language)
    elif spec.kind.rows:
        columns = ",".join(f"{c.name}=" for c in spec.columns.values())
        words += Label("：", ": ").text(language) + columns
    if spec.help is not None:
        words += Label("。", ". ").text(language) + spec.help.text(language)
    if required:
        words += Sentence("required_mark").text(language)
    return Option((spec.option,), spec.name, words, spec.kind.metavar, tuple)


def twice(spec: FieldSpec) -> Usage:
    """The error of an option that takes one value and was given several."""
    return Usage.of(Want.ONLY_ONE, Sentence("given_twice", option=spec.option), spec.name)


def given_of(specs: Sequence[FieldSpec], parameters: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """What options have given for some fields; raises Usage for one value given twice."""
    given: dict[str, tuple[str, ...]] = {}
    for spec in specs:
        texts = tuple(parameters.get(spec.name) or ())
        if len(texts) > 1 and not spec.repeats:
            raise twice(spec)
        if texts:
            given[spec.name] = texts
    return given


def given_to(
    form: Form, step: Transition, parameters: dict[str, Any]
) -> dict[str, tuple[str, ...]]:
    """What options have given to a step and the records it makes; raises Usage as `given_of`."""
    given: dict[str, tuple[str, ...]] = {}
    for name, texts in parameters.items():
        if not texts:
            continue
        spec = form.fields.get(name) or NOTES.get(name)
        own = name in step.inputs or name in NOTES
        if own and spec is not None and not spec.repeats and len(texts) > 1:
            raise twice(spec)
        given[name] = tuple(texts)
    return given

"""`pmcli <form> new`: a record made, or one for each row of a table."""

from __future__ import annotations

from typing import Any

from pmcli.cli.commands.step import Acting, step_leaf, taken
from pmcli.cli.line.fields import given_to, twice
from pmcli.cli.line.options import (
    BY_POSITION,
    Argument,
    CommandSpec,
    Option,
    check_format,
    option,
    output_option,
)
from pmcli.cli.line.session import current
from pmcli.form.model import Form
from pmcli.messages import Sentence
from pmcli.problems import Usage, Want
from pmcli.workflow.engine import New


def new_command(form: Form, language: str, confirm: bool) -> CommandSpec:
    """`pmcli <form> new`; `confirm` where a person has come to it by choosing."""
    step = form.new

    def run(
        by: str | None,
        at: str | None,
        format: str | None,
        for_each: str | None = None,
        output: str | None = None,
        **parameters: Any,
    ) -> int:
        shown = check_format(format, ("table", "json"))
        store = current().store
        _take_positions(form, parameters)
        given = given_to(form, step, parameters)
        if for_each is not None:
            from pmcli.cli.commands.batch import new_for_each

            return new_for_each(form, for_each, given, store.act(by, at), shown, output)
        if output is not None:
            raise Usage.of(Want.MISSING, Sentence("output_wants_for_each"), "for-each")

        acting = Acting(by, at, shown, confirm)
        return taken(form, "new", None, given, lambda given: New(form, given), acting)

    return step_leaf("new", step, form, language, run, _positions(form), _batch_options(form))


def _batch_options(form: Form) -> list[Option]:
    """The options of `new` that draft from a table."""
    language = current().language
    if form.templates is None or not form.templates.batch:
        return []
    return [
        option("--for-each", Sentence("help_for_each").text(language), "FILE"),
        output_option(language),
    ]


def _positions(form: Form) -> list[Argument]:
    """The inputs that `new` takes by position as well."""
    return [
        Argument(
            name + BY_POSITION,
            f"[{name.upper()}]",
            required=False,
            help=form.fields[name].label.text(current().language),
        )
        for name in form.new.inputs
        if name in form.fields and form.fields[name].argument
    ]


def _take_positions(form: Form, parameters: dict[str, Any]) -> None:
    """Give what stood by position to its option; raises Usage when both were given."""
    for name in form.new.inputs:
        text = parameters.pop(name + BY_POSITION, None)
        if text is not None:
            if parameters.get(name):
                raise twice(form.fields[name])
            parameters[name] = (text,)

"""The commands of one form: new, its transitions, list, show, print, all derived from the form."""

from __future__ import annotations

import importlib

from pmcli.cli.line.options import CommandSpec
from pmcli.form.model import Form

STANDARD = {
    "list": "pmcli.cli.commands.list",
    "show": "pmcli.cli.commands.show",
    "print": "pmcli.cli.commands.print",
    "edit": "pmcli.cli.commands.edit",
}
"""Commands of every form, each with the module whose `<name>_command` builds it."""


def form_command(form: Form, name: str, language: str, chosen: bool) -> CommandSpec | None:
    """A command of a form, None when it has none of this name; `chosen` by a person who was
    asked.
    """
    if name == "new":
        from pmcli.cli.commands.new import new_command

        return new_command(form, language, chosen)
    if name in form.transitions:
        from pmcli.cli.commands.step import step_command

        return step_command(form, name, language, chosen)
    modules = standard(form)
    if name in modules:
        module = importlib.import_module(modules[name])
        command: CommandSpec = getattr(module, f"{name}_command")(form, language)
        return command
    return None


def standard(form: Form) -> dict[str, str]:
    """The commands of a form beside its steps, each with its module."""
    own = {"verify": "pmcli.cli.commands.verify"} if form.proof is not None else {}
    drafting = {"templates": "pmcli.cli.commands.templates"} if form.templates is not None else {}
    return {**STANDARD, **drafting, **own}

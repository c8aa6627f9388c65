"""The commands of one form as a group of typer's."""

from __future__ import annotations

from typing import Any

from pmcli.cli.guided.prompt import somebody_there
from pmcli.cli.line.session import current
from pmcli.cli.line.typed import HELP_NAMES, Group, typed
from pmcli.cli.program.form_commands import form_command, standard
from pmcli.form.model import Form
from pmcli.messages import Sentence
from pmcli.problems import Usage, Want


def form_group(name: str) -> Group:
    """The command group of a form; raises Unreadable when the form has faults."""
    form = current().library.get(name)
    language = current().language
    return FormGroup(form, language)


class FormGroup(Group):
    """`pmcli <form> …`: each command is built when it is called for."""

    def __init__(self, form: Form, language: str) -> None:
        about = form.about.text(language) if form.about else ""
        super().__init__(
            name=form.name,
            help=f"{form.title.text(language)}\n\n{about}".strip(),
            short_help=form.title.text(language),
            no_args_is_help=not somebody_there(),
            rich_markup_mode=None,
            context_settings=HELP_NAMES,
        )
        self.form = form
        self.language = language
        self.chosen = False

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the command line; a person who gave nothing is offered what there is to do."""
        if not args and not ctx.resilient_parsing and somebody_there():
            from pmcli.cli.guided.start import what_to_do

            args = what_to_do(self.form, self.language)
            self.chosen = True
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: Any) -> list[str]:
        """`new` and the transitions in the form's order, then list, show, print."""
        del ctx
        names = [c for c, v in self.form.transitions.items() if v[0].roles != ("system",)]
        return [*names, *standard(self.form)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Build one command; None when the form has none of this name."""
        del ctx
        found = form_command(self.form, cmd_name, self.language, self.chosen)
        return typed(found) if found is not None else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command or say which there are."""
        if self.form.templates is not None:
            from pmcli.cli.program import drafting

            if ctx.resilient_parsing:
                self.form = drafting.known(self.form, args[0], args[1:])
            else:
                self.form, words = drafting.drafted(self.form, args[0], args[1:])
                args = [args[0], *words]
        command = self.get_command(ctx, args[0])
        if command is None:
            commands = self.list_commands(ctx)
            raise Usage.of(
                Want.UNKNOWN,
                Sentence("no_step", form=self.form.title, name=args[0], commands=commands),
                near=commands,
            )
        return args[0], command, args[1:]

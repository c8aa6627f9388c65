"""The program as typer runs it, and what is wrong with a command line."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from typer import Abort
from typer.core import TyperOption
from typer.exceptions import TyperException

from pmcli import VERSION
from pmcli.cli.line import output
from pmcli.cli.line.options import CommandSpec
from pmcli.cli.line.report import language_now
from pmcli.cli.line.session import Session, begin, current
from pmcli.cli.line.typed import HELP_NAMES, Group, House, typed
from pmcli.cli.line.typer_parts import (
    BadOptionUsage,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
)
from pmcli.messages import Sentence
from pmcli.patterns import regex
from pmcli.problems import ExitCode, Usage, Want

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

_EXTRA = regex(r"unexpected extra arguments?(?:\(s\))? \((.*)\)\Z", re.DOTALL)
"""How typer words it that there were too many arguments."""

COMMANDS: dict[str, str] = {
    "init": "pmcli.cli.commands.init",
    "desk": "pmcli.cli.commands.desk",
    "demo": "pmcli.cli.commands.demo",
    "history": "pmcli.cli.commands.history",
    "check": "pmcli.cli.commands.check",
    "lint": "pmcli.cli.commands.lint",
    "save": "pmcli.cli.commands.save",
    "undo": "pmcli.cli.commands.undo",
    "import": "pmcli.cli.commands.import_",
    "forms": "pmcli.cli.commands.forms",
}
"""Commands that are no forms, each with the module whose `command(name)` builds it."""


INSTALL, SHOW = "--install-completion", "--show-completion"


class Root(Group):
    """Commands by name, forms by name; each is built only when it is called for."""

    own_commands = tuple(COMMANDS)
    """Names of the commands that are no forms."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the program's own options; those of completion may stand without a shell's name."""
        if args and args[-1] in (INSTALL, SHOW):
            args = [*args, ""]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: Any) -> list[str]:
        """Names of the commands, then of the forms; help goes without a form that has faults."""
        _begin(ctx)
        return [*COMMANDS, *current().library.titles]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Build one command; None when there is none of this name."""
        _begin(ctx)
        if cmd_name in COMMANDS:
            found = importlib.import_module(COMMANDS[cmd_name]).command(cmd_name)
            return typed(found) if isinstance(found, CommandSpec) else found
        from pmcli.cli.program.form_group import form_group

        return form_group(cmd_name) if cmd_name in current().library else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command or say which there are."""
        name = args[0]
        command = self.get_command(ctx, name)
        if command is None:
            raise Usage.of(
                Want.UNKNOWN,
                Sentence(
                    "no_command", name=name, commands=list(COMMANDS), forms=current().library.names
                ),
                near=[*COMMANDS, *current().library.names],
            )
        return name, command, args[1:]


class _Rooms(House):
    """The house as it is built; its rooms are opened only when entered."""

    def __init__(self, run: Callable[[list[str]], int]) -> None:
        self._run = run

    def run(self, arguments: list[str]) -> int:
        """Run a command line of its own; return its exit code."""
        return self._run(arguments)

    def command_page(self, context: Any) -> str:
        """The help page of a command that runs."""
        from pmcli.cli.help import page

        return page.command_page(context)

    def group_page(self, context: Any) -> str:
        """The help page of a command that has commands."""
        from pmcli.cli.help import page

        return page.group_page(context)

    def option_items(self, context: Any, incomplete: str) -> list[Any]:
        """The options that may still be given to a command."""
        from pmcli.cli.completion import values

        return values.option_items(context, incomplete)

    def command_items(self, context: Any, incomplete: str) -> list[Any]:
        """The commands of a group."""
        from pmcli.cli.completion import values

        return values.command_items(context, incomplete)


def _begin(ctx: Any) -> None:
    office = ctx.params.get("office") if ctx is not None else None
    if office and current().given_office != office:
        begin(Session(office))


def _version(ctx: Any, _param: Any, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        output.out(VERSION)
        ctx.exit()


def _install_completion(ctx: Any, _param: Any, shell: str | None) -> None:
    if shell is None or ctx.resilient_parsing:
        return
    from pmcli.cli.completion.scripts import install

    language = current().language
    name, path = install(shell)
    output.tell(Sentence("completion_installed", shell=name, path=str(path)).text(language))
    if path.suffix == ".ps1":
        output.tell(Sentence("completion_policy").text(language))
    ctx.exit()


def _show_completion(ctx: Any, _param: Any, shell: str | None) -> None:
    if shell is None or ctx.resilient_parsing:
        return
    from pmcli.cli.completion.scripts import script

    output.out(script(shell).rstrip("\n"))
    ctx.exit()


def root(run: Callable[[list[str]], int]) -> Root:
    """The root command of the program that runs command lines so."""
    language = current().language
    completion: tuple[tuple[str, Any, Key], ...] = (
        (INSTALL, _install_completion, "help_install_completion"),
        (SHOW, _show_completion, "help_show_completion"),
    )
    return Root(
        name="pmcli",
        help=Sentence("help_root").text(language),
        no_args_is_help=True,
        rich_markup_mode=None,
        context_settings={**HELP_NAMES, "obj": _Rooms(run)},
        params=[
            TyperOption(
                param_decls=["--office"],
                type=str,
                metavar="DIR",
                help=Sentence("help_office").text(language),
                is_eager=True,
            ),
            TyperOption(
                param_decls=["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_version,
                help=Sentence("help_version").text(language),
            ),
            *(
                TyperOption(
                    param_decls=[name],
                    type=str,
                    metavar="SHELL",
                    is_eager=True,
                    expose_value=False,
                    callback=callback,
                    help=Sentence(key).text(language),
                )
                for name, callback, key in completion
            ),
        ],
    )


def run_typed(arguments: list[str], as_json: bool, run: Callable[[list[str]], int]) -> Any:
    """Run a command line by typer; what is wrong with it is told. Raises KeyboardInterrupt."""
    try:
        return root(run).main(arguments, prog_name="pmcli", standalone_mode=False)
    except TyperException as error:
        return _report_usage(error, as_json)
    except Abort:
        raise KeyboardInterrupt from None


def _report_usage(error: Exception, as_json: bool) -> int:
    language = language_now()
    context = getattr(error, "ctx", None)
    kind, fields, others = Want.VALUE, "", []
    if isinstance(error, NoArgsIsHelpError):
        output.out(context.get_help() if context else str(error))
        return int(ExitCode.DONE)
    if isinstance(error, NoSuchOption):
        name, near = error.option_name, sorted(error.possibilities or [])
        sentence = Sentence("no_option_near" if near else "no_option", option=name, near=near)
        if options := _variables(context):
            sentence = Sentence("no_variable", option=name, options=options)
        kind, fields, others = Want.UNKNOWN, name, [o.lstrip("-") for o in options or near]
    elif isinstance(error, BadOptionUsage):
        takes_none = "does not take" in error.message
        sentence = Sentence(
            "option_takes_no_value" if takes_none else "option_wants_value",
            option=error.option_name,
        )
        kind, fields = Want.VALUE if takes_none else Want.MISSING, error.option_name
    elif isinstance(error, MissingParameter):
        from pmcli.cli.help.page import head

        sentence = Sentence("missing_argument", name=head(error.param) if error.param else "")
        kind, fields = Want.MISSING, (error.param.name if error.param else None) or ""
    else:
        words = getattr(error, "format_message", lambda: str(error))()
        extra = _EXTRA.search(words)
        sentence = Sentence("usage_wrong", words=words)
        if extra is not None:
            sentence = Sentence("too_many_arguments", words=extra[1])
        fields = "arguments"
    if as_json:
        about = [fields.lstrip("-")] if fields else []
        problem = Usage.of(kind, sentence, *about, near=others)
        output.out_json(output.problem_json(problem, language))
    output.tell(sentence.text(language))
    if context is not None:
        output.tell(Sentence("try_help", command=context.command_path).text(language))
    return int(ExitCode.USAGE)


def _variables(context: Any) -> list[str]:
    """The options that a text template has of its own, for a step that drafts from it."""
    from pmcli.cli.line.meaning import form_of, steps_of

    form = form_of(context)
    if form is None or form.templates is None:
        return []
    plain = current().library.get(form.name).fields
    asked = dict.fromkeys(name for step in steps_of(context) for name in step.inputs)
    return [form.fields[n].option for n in asked if n in form.fields and n not in plain]

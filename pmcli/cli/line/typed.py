"""Commands as typer runs them: help, completion, and what is wrong with a command line."""

from __future__ import annotations

from typing import Any, Protocol

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from pmcli.cli.line.options import Argument, CommandSpec, Flag, Option
from pmcli.cli.line.typer_parts import NoArgsIsHelpError, names_a_command

HELP_NAMES = {"help_option_names": ["--help", "-h"]}


class House(Protocol):
    """The program as its commands see it: each context carries it as `obj`.

    So a command has a help page and is completed though no room of the house knows those above it.
    """

    def run(self, arguments: list[str]) -> int:
        """Run a command line of its own; return its exit code."""

    def command_page(self, context: Any) -> str:
        """The help page of a command that runs."""

    def group_page(self, context: Any) -> str:
        """The help page of a command that has commands."""

    def option_items(self, context: Any, incomplete: str) -> list[Any]:
        """The options that may still be given to a command."""

    def command_items(self, context: Any, incomplete: str) -> list[Any]:
        """The commands of a group."""


class Leaf(TyperCommand):
    """A command that runs."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page in the session's language."""
        formatter.write(ctx.obj.command_page(ctx))

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """The options that may still be given, those that must be given first."""
        items: list[Any] = ctx.obj.option_items(ctx, incomplete)
        return items


class Group(TyperGroup):
    """A command that has commands."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page in the session's language."""
        formatter.write(ctx.obj.group_page(ctx))

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """The commands, with what each of them does; options once a dash is typed."""
        items: list[Any] = ctx.obj.command_items(ctx, incomplete)
        return items

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the group's own options; show its help when no command follows them."""
        rest = super().parse_args(ctx, args)
        if self.no_args_is_help and not names_a_command(ctx) and not ctx.resilient_parsing:
            raise NoArgsIsHelpError(ctx)
        return rest


def typed(command: CommandSpec) -> Leaf:
    """A command for typer; its help is plain text."""
    return Leaf(
        name=command.name,
        help=command.help,
        callback=command.run,
        params=[_parameter(param) for param in command.params],
        rich_markup_mode=None,
        context_settings=HELP_NAMES,
    )


def typed_option(option: Option) -> TyperOption:
    """An option for typer, which hands over all that was given of it."""
    return TyperOption(
        param_decls=[*option.names, option.name],
        type=str,
        metavar=option.metavar,
        help=option.help,
        multiple=True,
        required=option.required,
        callback=lambda _ctx, _param, values: option.read(tuple(values or ())),
    )


def _parameter(param: Option | Flag | Argument) -> Any:
    match param:
        case Option():
            return typed_option(param)
        case Flag():
            decls = [param.word, param.name]
            return TyperOption(param_decls=decls, is_flag=True, default=False, help=param.help)
        case Argument():
            return typed_argument(param)


def typed_argument(argument: Argument) -> TyperArgument:
    """An argument for typer."""
    return TyperArgument(
        param_decls=[argument.name],
        type=str,
        required=argument.required,
        metavar=argument.metavar,
        nargs=-1 if argument.many else 1,
        help=argument.help,
    )

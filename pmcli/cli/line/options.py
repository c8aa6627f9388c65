"""The options and arguments that commands share, and the one way to build a command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from pmcli.cli.line.typer_parts import NoArgsIsHelpError, names_a_command
from pmcli.messages import Sentence
from pmcli.problems import Usage, Want

BY_POSITION = "_by_position"
"""Ends the name of an argument that gives by position what an option gives too."""
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


def leaf(name: str, help_text: str, run: Callable[..., int], params: Sequence[Any]) -> Leaf:
    """A command that runs; its help is plain text."""
    return Leaf(
        name=name,
        help=help_text,
        callback=run,
        params=list(params),
        rich_markup_mode=None,
        context_settings=HELP_NAMES,
    )


def option(
    name: str, help_text: str, metavar: str | None = None, kind: str = "", **more: Any
) -> TyperOption:
    """An option; unless it says `multiple` it may be given once only.

    What is given is brought to the normal form of a `kind`, a type of fields; without one it stays
    as it is typed.
    """
    many = bool(more.pop("multiple", False))
    return TyperOption(
        param_decls=[name],
        type=str,
        metavar=metavar,
        help=help_text,
        multiple=True,
        callback=_reader(kind, many),
        **more,
    )


def _reader(kind: str, many: bool = False) -> Callable[..., Any]:
    """What makes of an option as often as it is given its value, of several that may be a tuple."""

    def read(_ctx: Any, param: Any, values: Sequence[str] | None) -> Any:
        texts = tuple(values or ())
        if kind and texts:
            from pmcli.form.normal import normal
            from pmcli.form.types import TYPES

            texts = tuple(normal(text, TYPES[kind].way) for text in texts)
        if many:
            return texts
        if len(texts) > 1:
            raise Usage.of(
                Want.ONLY_ONE, Sentence("given_twice", option=param.opts[-1]), str(param.name)
            )
        return texts[0] if texts else None

    return read


def output_option(language: str) -> TyperOption:
    """`-o`."""
    return TyperOption(
        param_decls=["-o", "--output"],
        type=str,
        metavar="FILE",
        help=Sentence("help_output").text(language),
        multiple=True,
        callback=_reader(""),
    )


def by_option(language: str) -> TyperOption:
    """`--by`."""
    return option("--by", Sentence("help_by").text(language), "NAME", "staff")


def flag(name: str, help_text: str) -> TyperOption:
    """A switch."""
    return TyperOption(param_decls=[name], is_flag=True, default=False, help=help_text)


def acting_options(language: str) -> list[Any]:
    """Options of every command that writes."""
    return [
        by_option(language),
        option("--at", Sentence("help_at").text(language), "TIME", "datetime"),
        format_option(language, ("table", "json")),
    ]


def format_option(language: str, formats: Sequence[str]) -> TyperOption:
    """`--format`."""
    return option("--format", Sentence("help_format").text(language), "|".join(formats), "choice")


def check_format(given: str | None, formats: Sequence[str]) -> str:
    """Return the format, the first one when none was given; raises Usage."""
    if given is None:
        return formats[0]
    if given not in formats:
        raise Usage.not_among("format", given, list(formats))
    return given


def id_argument(required: bool = True) -> TyperArgument:
    """The record's number."""
    return TyperArgument(param_decls=["id"], type=str, required=required, metavar="ID")

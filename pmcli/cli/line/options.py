"""The options and arguments that commands share, and the one way to describe a command.

A description is no command of any library: what is typed as it should be is taken apart by
pmcli.cli.line.quick, everything else goes to typer (pmcli.cli.line.typed).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pmcli.dataclass import dataclass
from pmcli.messages import Sentence
from pmcli.problems import Usage, Want

BY_POSITION = "_by_position"
"""Ends the name of an argument that gives by position what an option gives too."""


@dataclass(frozen=True, eq=False)
class Option:
    """What is given by a name and a text."""

    names: tuple[str, ...]
    """As they are typed: `-o`, `--output`."""
    name: str
    """The parameter of the command's function that it gives."""
    help: str
    metavar: str | None
    read: Callable[[Sequence[str]], Any]
    """What it comes to, given as often as it was; raises Usage."""
    required: bool = False


@dataclass(frozen=True, eq=False)
class Flag:
    """A switch."""

    word: str
    name: str
    help: str


@dataclass(frozen=True, eq=False)
class Argument:
    """What is given by its place; of `many` as many as there are."""

    name: str
    metavar: str
    required: bool = True
    many: bool = False
    help: str | None = None


@dataclass(frozen=True, eq=False)
class CommandSpec:
    """A command that runs: its function is given each parameter by name."""

    name: str
    help: str
    run: Callable[..., int]
    params: Sequence[Option | Flag | Argument]


def leaf(
    name: str,
    help_text: str,
    run: Callable[..., int],
    params: Sequence[Option | Flag | Argument],
) -> CommandSpec:
    """A command that runs; its help is plain text."""
    return CommandSpec(name, help_text, run, params)


def option(
    name: str, help_text: str, metavar: str | None = None, kind: str = "", **more: Any
) -> Option:
    """An option; unless it says `multiple` it may be given once only.

    What is given is brought to the normal form of a `kind`, a type of fields; without one it stays
    as it is typed.
    """
    return _option((name,), help_text, metavar, kind, **more)


def _option(
    names: tuple[str, ...],
    help_text: str,
    metavar: str | None,
    kind: str = "",
    multiple: bool = False,
    required: bool = False,
) -> Option:
    name = names[-1].lstrip("-").replace("-", "_")

    def read(texts: Sequence[str]) -> Any:
        if kind and texts:
            from pmcli.form.normal import normal
            from pmcli.form.types import TYPES

            texts = tuple(normal(text, TYPES[kind].way) for text in texts)
        if multiple:
            return tuple(texts)
        if len(texts) > 1:
            raise Usage.of(Want.ONLY_ONE, Sentence("given_twice", option=names[-1]), name)
        return texts[0] if texts else None

    return Option(names, name, help_text, metavar, read, required)


def output_option(language: str) -> Option:
    """`-o`."""
    return _option(("-o", "--output"), Sentence("help_output").text(language), "FILE")


def by_option(language: str) -> Option:
    """`--by`."""
    return option("--by", Sentence("help_by").text(language), "NAME", "staff")


def flag(word: str, help_text: str) -> Flag:
    """A switch."""
    return Flag(word, word.lstrip("-").replace("-", "_"), help_text)


def acting_options(language: str) -> list[Option]:
    """Options of every command that writes."""
    return [
        by_option(language),
        option("--at", Sentence("help_at").text(language), "TIME", "datetime"),
        format_option(language, ("table", "json")),
    ]


def format_option(language: str, formats: Sequence[str]) -> Option:
    """`--format`."""
    return option("--format", Sentence("help_format").text(language), "|".join(formats), "choice")


def check_format(given: str | None, formats: Sequence[str]) -> str:
    """Return the format, the first one when none was given; raises Usage."""
    if given is None:
        return formats[0]
    if given not in formats:
        raise Usage.not_among("format", given, list(formats))
    return given


def id_argument(required: bool = True) -> Argument:
    """The record's number."""
    return Argument("id", "ID", required)

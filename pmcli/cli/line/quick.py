"""Command lines taken apart without a library: those that are typed as they should be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pmcli.cli.line.options import Argument, CommandSpec, Flag, Option
from pmcli.problems import Problem


def values_of(command: CommandSpec, words: Sequence[str]) -> dict[str, Any] | None:
    """What words give to the parameters of a command; None where typer has to look at them.

    Typer looks at what asks for help, at what is unknown, missing, too much or given in a way that
    is not obvious; it is the one to say what is wrong.
    """
    options = {word: param for param in command.params for word in _words(param)}
    given: dict[str, list[str]] = {}
    flags: set[str] = set()
    places: list[str] = []
    rest = iter(words)
    for word in rest:
        if not word.startswith("-") or word == "-":
            places.append(word)
            continue
        name, equals, text = word.partition("=")
        param = options.get(name)
        if isinstance(param, Flag) and not equals:
            flags.add(param.name)
            continue
        if not isinstance(param, Option) or (equals and not name.startswith("--")):
            return None
        value = text if equals else next(rest, None)
        if value is None:
            return None
        given.setdefault(param.name, []).append(value)
    placed = _placed([p for p in command.params if isinstance(p, Argument)], places)
    if placed is None:
        return None
    for param in command.params:
        if isinstance(param, Option):
            if param.required and param.name not in given:
                return None
            try:
                placed[param.name] = param.read(tuple(given.get(param.name, ())))
            except Problem:
                return None
        elif isinstance(param, Flag):
            placed[param.name] = param.name in flags
    return placed


def _words(param: Option | Flag | Argument) -> tuple[str, ...]:
    if isinstance(param, Option):
        return param.names
    return (param.word,) if isinstance(param, Flag) else ()


def _placed(arguments: Sequence[Argument], places: Sequence[str]) -> dict[str, Any] | None:
    """What stands by its place; None where something is missing or too much."""
    left = list(places)
    found: dict[str, Any] = {}
    for argument in arguments:
        if argument.many:
            found[argument.name], left = tuple(left), []
        else:
            found[argument.name] = left.pop(0) if left else None
        if argument.required and not found[argument.name]:
            return None
    return None if left else found

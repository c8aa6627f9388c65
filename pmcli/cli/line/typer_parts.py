"""The parts of typer that have no public name; nothing else in pmcli knows them.

Typer carries its own copy of Click and gives names to little of it: what went wrong on a command
line, what completion resolves and the word that a group leaves for its command are not among them.
"""

from __future__ import annotations

from typing import Any

from typer._click.core import Parameter, ParameterSource
from typer._click.exceptions import (
    BadOptionUsage,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
)
from typer._click.shell_completion import CompletionItem
from typer._click.shell_completion import _resolve_context as resolve_context
from typer._click.shell_completion import _resolve_incomplete as resolve_incomplete

__all__ = [
    "BadOptionUsage",
    "CompletionItem",
    "MissingParameter",
    "NoArgsIsHelpError",
    "NoSuchOption",
    "Parameter",
    "ParameterSource",
    "names_a_command",
    "resolve_context",
    "resolve_incomplete",
]


def names_a_command(context: Any) -> bool:
    """Whether a command follows the options of a group."""
    return bool(context._protected_args)

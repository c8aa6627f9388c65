"""What the language of formulas has: bounds, names, filters, tests; and a formula compiled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from pmcli.dataclass import dataclass
from pmcli.messages import Label, Sentence, listed

MAX_LENGTH = 1_000
MAX_NODES = 200
MAX_LETS = 200
LETS = "_lets"
"""Under this name a scope holds the form's named formulas."""

NAMES = frozenset("actor at today now it cell created this_id given before overdue".split())
"""Names that pmcli itself gives to formulas beside the fields."""

FILTERS = frozenset(
    "selectattr rejectattr map select reject first last length count sum sort unique join list "
    "min max default round abs int string lower upper trim".split()
)
TESTS = frozenset(
    "defined undefined none eq ne lt le gt ge equalto in true false string number sameas "
    "even odd".split()
)


@dataclass(frozen=True)
class ExpressionError(Exception):
    """A formula that is not one; `reason` says why, in a sentence or in English as Jinja does."""

    reason: str | Sentence


@dataclass(frozen=True)
class Call:
    """A call in a formula: the function, and what it gives those parameters that are told alone.

    `names` are the parameters given a mere name, `literals` those given a value as it stands.
    """

    function: str
    names: Mapping[str, str]
    literals: Mapping[str, Any]


@dataclass(frozen=True)
class Compiled:
    """A formula or template ready to run: the names it uses, the functions it calls.

    `run` wants a value for each of the names, and raises ExpressionError when they do not suit it.
    """

    names: frozenset[str]
    calls: tuple[Call, ...]
    run: Callable[[Mapping[str, Any]], Any]
    tree: tuple[Any, ...] | None = None
    """What runs it without Jinja (pmcli.form.running); None where Jinja has to."""


@dataclass(frozen=True)
class Kept:
    """What is kept of a formula or template, so that Jinja need not read it again."""

    names: frozenset[str]
    calls: tuple[Call, ...]
    tree: tuple[Any, ...] | None


def spoken(value: Any, language: str) -> str:
    """How a value reads inside a sentence: labels by language, lists joined, nothing empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return Sentence("yes" if value else "no").text(language)
    if isinstance(value, (Label, Sentence)):
        return value.text(language)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, (list, tuple)):
        return listed([spoken(item, language) for item in value], language)
    return str(value)

"""What each function of the form language does, by its name in pmcli.form.functions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from pmcli.dataclass import dataclass
from pmcli.form.functions import FUNCTIONS
from pmcli.workflow.sight import Sight

Run = TypeVar("Run", bound=Callable[..., Any])


@dataclass(frozen=True)
class Implementation:
    """What a function does; one that `sees` is given the scope that it is called in first."""

    run: Callable[..., Any]
    sees: bool

    def bound(self, scope: Sight) -> Callable[..., Any]:
        """The function as a formula over this scope calls it."""
        return partial(self.run, scope) if self.sees else self.run


IMPLEMENTED: dict[str, Implementation] = {}
"""What the functions do, by name."""


def seeing(run: Run) -> Run:
    """Take what stands below for the function of its name; it is given the scope first."""
    _take(run.__name__, Implementation(run, sees=True))
    return run


def plain(run: Run) -> Run:
    """Take what stands below for the function of its name; it is given its arguments alone."""
    return named(run.__name__, run)


def named(name: str, run: Run) -> Run:
    """Take something that exists for the function of this name, given its arguments alone."""
    _take(name, Implementation(run, sees=False))
    return run


def _take(name: str, implementation: Implementation) -> None:
    if name not in FUNCTIONS or name in IMPLEMENTED:
        raise LookupError(f"{name}: not declared in pmcli.form.functions, or implemented twice")
    IMPLEMENTED[name] = implementation


def check_complete() -> None:
    """Raise LookupError naming the functions that are declared and do nothing."""
    missing = [name for name in FUNCTIONS if name not in IMPLEMENTED]
    if missing:
        raise LookupError(f"declared in pmcli.form.functions, not implemented: {missing}")

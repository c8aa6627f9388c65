"""Checks official writing: `check` reads a notice and returns what to mend in it.

The rules are loaded when a text is checked: who only wants to know a surname need not wait for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pmcli.lint.checking import Report, check, inspect
    from pmcli.lint.fixing import fixed
    from pmcli.lint.model import Finding, Settings

_HOMES = {
    "Finding": "model",
    "Report": "checking",
    "Settings": "model",
    "check": "checking",
    "fixed": "fixing",
    "inspect": "checking",
}

__all__ = ["Finding", "Report", "Settings", "check", "fixed", "inspect"]


def __getattr__(name: str) -> Any:
    """What the package offers, from the module where it stands."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"pmcli.lint.{_HOMES[name]}"), name)

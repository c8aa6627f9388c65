"""Formulas and sentences as a form writes them, each with its place."""

from __future__ import annotations

from pmcli.dataclass import dataclass
from pmcli.messages import Label


@dataclass(frozen=True, eq=False)
class Formula:
    """An expression of the form language and the place it was written."""

    source: str
    file: str = ""
    line: int = 0


@dataclass(frozen=True, eq=False)
class Template:
    """A sentence with `{{ formula }}` gaps, in both languages, and its place."""

    label: Label
    file: str = ""
    line: int = 0


Value = Formula | str | None
"""What `set`, `values` and `add` give a field: a formula, a literal, or nothing (clears it)."""

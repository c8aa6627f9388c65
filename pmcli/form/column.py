"""A column of a list as a value."""

from __future__ import annotations

from pmcli.dataclass import dataclass
from pmcli.form.formula import Formula
from pmcli.messages import Label


@dataclass(frozen=True, eq=False)
class Column:
    """A column of a list: one or more fields (the first filled one shows), or a formula."""

    name: str
    fields: tuple[str, ...] = ()
    formula: Formula | None = None
    label: Label | None = None

"""What a form says of corrections, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from pmcli.dataclass import dataclass
from pmcli.trade import CORRECTS

if TYPE_CHECKING:
    from pmcli.form.formula import Formula, Template


@dataclass(frozen=True, eq=False)
class FieldRule:
    """Until when a field may be corrected."""

    until: tuple[str, ...] = ()
    """States; once the record has been in one of them, the field stands. None: from the first."""
    say: Template | None = None
    """What is to be done instead."""


@dataclass(frozen=True, eq=False)
class EditRules:
    """Who may correct a record of a form, and until when, beside what holds for every form."""

    sealed: Formula | None = None
    """From then on only `roles` correct it, with a reason: it was signed, paid or put up."""
    roles: tuple[str, ...] = (CORRECTS,)
    """Who corrects what is sealed, and what those who gave it do not correct themselves."""
    not_by: tuple[str, ...] = ()
    """Persons on the record, or roles, that correct nothing in it."""
    fields: Mapping[str, FieldRule] = field(default_factory=dict)

"""Functions that work out something from what they are given and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from pmcli.form import rows, units
from pmcli.messages import Label
from pmcli.workflow.functions.binding import named, plain


@plain
def rows_of(views: Iterable[Mapping[str, Any]] | None, name: str) -> list[Any]:
    """The rows of a field of several records, in one list."""
    return [row for view in views or () for row in view.get(name) or ()]


@plain
def sum_of(listed: Iterable[Mapping[str, Any]] | None, *columns: str) -> Decimal:
    """The sum of the products of some columns of rows, to the cent; what is empty counts as 0."""
    total = Decimal(0)
    for row in listed or ():
        product = Decimal(1)
        for column in columns:
            product *= Decimal(row.get(column) or 0)
        total += product
    return total.quantize(Decimal("0.01"))


@plain
def fingerprint(text: Any) -> str:
    """Twelve hexadecimal digits by which a text is known again."""
    return sha256(str(text or "").encode()).hexdigest()[:12]


@plain
def month_of(day: date | None) -> str | None:
    """The month of a day, 2026-04."""
    return f"{day:%Y-%m}" if day else None


@plain
def day(moment: datetime | date | None) -> date | None:
    """The date of a moment; a date is its own."""
    return moment.date() if isinstance(moment, datetime) else moment


@plain
def unit_number(*parts: str | None) -> str | None:
    """A unit's number from building, entrance and room; none when all are empty."""
    return units.join(*(*parts, None, None)[:3]) or None


@plain
def last_of(text: Any, count: int) -> str | None:
    """The last characters of a text."""
    return str(text)[-count:] if text else None


@plain
def yuan(amount: Decimal | None) -> Label:
    """An amount as it is said, 35.00 元; nothing is 0.00."""
    return Label(f"{amount or 0:.2f} 元", f"{amount or 0:.2f} yuan")


named("date_words", rows.date_words)
named("days_of", rows.days_of)
named("rows_changed", rows.changed)
named("rows_differing", rows.differing)
named("rows_overlapping", rows.overlapping)
named("days_uncovered", rows.uncovered)
named("unit_part", units.part_of)
named("clean", units.bare_part)

"""The days that a register or a monthly table covers."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from pmcli.dataclass import dataclass
from pmcli.form.rows import month_text


@dataclass(frozen=True)
class Period:
    """Some days, both ends included, in the office's zone."""

    begins: date
    ends: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.begins <= day <= self.ends


def parse_month(text: str) -> tuple[int, int]:
    """Read 2026-03 or 2026年3月 as year and month; raises ValueError."""
    year, month = month_text(text).split("-")
    return int(year), int(month)


def of_month(year: int, month: int, begins: int = 1) -> Period:
    """A month's days. One that begins on the 25th runs from the month before to this one's 24th.

    Where a month is too short for that day, its last day takes the place.
    """
    if begins == 1:
        return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    start = _day_of(*_before(year, month), begins)
    return Period(start, _day_of(year, month, begins) - timedelta(days=1))


def containing(day: date, begins: int = 1) -> Period:
    """The month that a day belongs to when months begin on a given day."""
    period = of_month(day.year, day.month, begins)
    if day in period:
        return period
    after = date(day.year, day.month, 1) + timedelta(days=31)
    return of_month(after.year, after.month, begins)


def _before(year: int, month: int) -> tuple[int, int]:
    return (year, month - 1) if month > 1 else (year - 1, 12)


def _day_of(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))

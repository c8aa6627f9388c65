"""Durations as clerks write them: `30m`, `24h`, `7d`, `5wd`, `3mo`, `3y` and `same_day`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from pmcli.dataclass import dataclass
from pmcli.patterns import regex

_PATTERN = regex(r"(\d{1,5}(?=m\Z|h|wd|d)|\d{1,4}(?=mo)|\d{1,3}(?=y))(m|h|wd|d|mo|y)\Z", re.ASCII)
SAME_DAY = "same_day"

AddWorkingDays = Callable[[date, int], date]


@dataclass(frozen=True)
class Duration:
    """A count of one unit: m minutes, h hours, d days, wd working days, mo months, y years."""

    count: int
    unit: str


def is_duration(text: str) -> bool:
    """Whether a text is a duration or `same_day`."""
    return text == SAME_DAY or _PATTERN.match(text) is not None


def is_figure(text: str) -> bool:
    """Whether a text may be a figure of the office: a duration, a number, a time of day."""
    return is_duration(text) or bool(re.fullmatch(r"\d+(?:\.\d+)?|\d{1,2}:\d{2}", text, re.ASCII))


def parse(text: str) -> Duration:
    """Read a duration; raises ValueError for anything else."""
    match = _PATTERN.match(text)
    if match is None:
        raise ValueError(text)
    return Duration(int(match[1]), match[2])


def end_of_day(moment: datetime) -> datetime:
    """The last second of the day of `moment`, in its zone."""
    return moment.replace(hour=23, minute=59, second=59, microsecond=0)


def add(start: datetime | date, text: str, working_days: AddWorkingDays) -> datetime | date:
    """Return `start` plus a duration; a date stays a date, working days keep the clock time.

    Months and years keep the day of the month, or take the month's last day where it is shorter.
    """
    if isinstance(start, datetime):
        if text == SAME_DAY:
            return end_of_day(start)
        amount = parse(text)
        if amount.unit == "m":
            return start + timedelta(minutes=amount.count)
        if amount.unit == "h":
            return start + timedelta(hours=amount.count)
        day = _add_days(start.date(), amount, working_days)
        return datetime.combine(day, start.timetz())
    if text == SAME_DAY:
        return start
    amount = parse(text)
    if amount.unit in ("m", "h"):
        minutes = amount.count * (60 if amount.unit == "h" else 1)
        return (datetime.combine(start, time()) + timedelta(minutes=minutes)).date()
    return _add_days(start, amount, working_days)


def subtract(start: datetime | date, text: str) -> datetime | date:
    """Return `start` less a duration; raises ValueError for working days and `same_day`."""
    amount = parse(text)
    if amount.unit == "wd":
        raise ValueError(text)
    less = Duration(-amount.count, amount.unit)
    if isinstance(start, datetime):
        if amount.unit in ("m", "h"):
            minutes = amount.count * (60 if amount.unit == "h" else 1)
            return start - timedelta(minutes=minutes)
        return datetime.combine(_add_days(start.date(), less, _no_calendar), start.timetz())
    return _add_days(start, less, _no_calendar)


def _no_calendar(start: date, count: int) -> date:
    raise ValueError(count)


def _add_days(start: date, amount: Duration, working_days: AddWorkingDays) -> date:
    if amount.unit == "d":
        return start + timedelta(days=amount.count)
    if amount.unit == "wd":
        return working_days(start, amount.count)
    months = start.month - 1 + amount.count * (12 if amount.unit == "y" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    import calendar

    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))

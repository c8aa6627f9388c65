"""Rows of a rows field compared and changed: shifts that overlap, hours nobody covers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from pmcli.patterns import regex

Row = Mapping[str, Any]
_TIME = regex(r"(\d{1,2})[:：](\d{2})\Z", re.ASCII)
_MONTH = regex(r"(\d{4})(?:-|\.|/|年)(\d{1,2})月?\Z", re.ASCII)
_DAY = 24 * 60


def minutes(text: str) -> int:
    """Minutes since midnight of a clock time, 24:00 included; raises ValueError."""
    match = _TIME.match(text.strip())
    if match is None or int(match[2]) > 59 or int(match[1]) * 60 + int(match[2]) > _DAY:
        raise ValueError(text)
    return int(match[1]) * 60 + int(match[2])


def clock_time(text: str) -> str:
    """A clock time as it is kept: 08:00; raises ValueError."""
    total = minutes(text)
    return f"{total // 60:02d}:{total % 60:02d}"


def month_text(text: str) -> str:
    """A month as it is kept: 2026-04; raises ValueError."""
    match = _MONTH.match(text.strip())
    if match is None or not 1 <= int(match[2]) <= 12 or not 1900 <= int(match[1]) < 2200:
        raise ValueError(text)
    return f"{match[1]}-{int(match[2]):02d}"


def days_of(month: str | None) -> list[date]:
    """All days of a month written 2026-04; none for anything else."""
    try:
        year, number = map(int, month_text(month or "").split("-"))
    except ValueError:
        return []
    import calendar

    count = calendar.monthrange(year, number)[1]
    return [date(year, number, day) for day in range(1, count + 1)]


def date_words(day: date | None) -> str | None:
    """A day as official texts write it: 2026年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日" if day else None


def moment(day: date | None, clock: str | None, zone: tzinfo) -> datetime | None:
    """A day's clock time as a moment in `zone`; 24:00 is the next day's midnight."""
    if day is None or not clock:
        return None
    total = minutes(clock)
    start = datetime.combine(day + timedelta(days=total // _DAY), time(), tzinfo=zone)
    return start.replace(hour=total % _DAY // 60, minute=total % 60)


def _span(row: Row, day: str, begins: str, ends: str) -> tuple[int, int] | None:
    """A row's time as minutes since the first day; one that ends earlier ends the next day."""
    if not (row.get(day) and row.get(begins) and row.get(ends)):
        return None
    start = row[day].toordinal() * _DAY + minutes(row[begins])
    end = row[day].toordinal() * _DAY + minutes(row[ends])
    return start, end if end > start else end + _DAY


def overlapping(
    rows: Iterable[Row] | None, who: str, day: str, begins: str, ends: str
) -> list[dict[str, Any]]:
    """The rows that overlap an earlier one of the same person, in order of time."""
    spans = ((row, _span(row, day, begins, ends)) for row in rows or ())
    timed = [(row.get(who), span, row) for row, span in spans if span is not None]
    timed.sort(key=lambda entry: (str(entry[0]), entry[1]))
    found: list[dict[str, Any]] = []
    busy: dict[Any, int] = {}
    for person, (start, end), row in timed:
        if start < busy.get(person, 0):
            found.append(dict(row))
        busy[person] = max(busy.get(person, 0), end)
    return sorted(found, key=lambda row: (row[day], minutes(row[begins])))


def uncovered(
    days: Sequence[date],
    rows: Iterable[Row] | None,
    names: Sequence[str],
    hours: Sequence[str],
    exceptions: Iterable[Row] | None = None,
) -> list[date]:
    """The days on which rows leave a gap within the wanted hours.

    `names` are the columns of day, beginning and end; `hours` the wanted beginning and end of a
    day. `exceptions` are rows with the same columns whose hours go before those of their day.
    """
    day, begins, ends = names
    wanted = {row[day]: (row.get(begins), row.get(ends)) for row in exceptions or ()}
    spans = sorted(span for row in rows or () if (span := _span(row, day, begins, ends)))
    found = []
    for one in days:
        opens, closes = wanted.get(one) or hours
        asked = _span({day: one, begins: opens, ends: closes}, day, begins, ends)
        if asked is None:
            continue
        reached, end = asked
        for start, stop in spans:
            if start <= reached < stop:
                reached = stop
        if reached < end:
            found.append(one)
    return found


def changed(rows: Iterable[Row] | None, where: Row, to: Row) -> list[dict[str, Any]]:
    """The rows, those that agree with `where` changed by `to`."""
    return [
        {**row, **to} if all(row.get(key) == value for key, value in where.items()) else dict(row)
        for row in rows or ()
    ]


def differing(rows: Iterable[Row] | None, first: str, second: str) -> list[dict[str, Any]]:
    """The rows whose two columns are both filled and differ."""
    return [
        dict(row)
        for row in rows or ()
        if row.get(first) is not None and row.get(second) is not None and row[first] != row[second]
    ]

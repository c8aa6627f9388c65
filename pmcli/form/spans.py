"""Spans of days or of moments: kept as 2026-03-28..2026-04-06, also with times of day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time

from pmcli.dataclass import dataclass
from pmcli.form.rows import date_words
from pmcli.patterns import regex

_BETWEEN = regex(r"\s*(?:\.{2,}|…+|[~～〜至到–—]+|\s-+\s)\s*")
_DAY_OF_YEAR = regex(r"(\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_CLOCK = regex(r"(\d{1,2})[:：](\d{2})", re.ASCII)
_MOMENT = regex(r"(.*?[\d日])(?:T|\s+|(?<=日))(\d{1,2}[:：]\d{2})")


@dataclass(frozen=True)
class Span:
    """From `first` to `last`, both days or both moments; moments are the office's, without zone."""

    first: date
    last: date

    def __str__(self) -> str:
        """As it is kept."""
        return f"{_iso(self.first)}..{_iso(self.last)}"


class EndsBeforeItBegins(ValueError):
    """A span whose end lies before its beginning."""


def read_span(text: str, day: Callable[[str], date]) -> Span:
    """Read two days or moments; of the second, what is as in the first may be left out.

    `day` reads a day and raises ValueError, as this does.
    """
    pieces = _BETWEEN.split(text.strip())
    if len(pieces) != 2:
        raise ValueError(text)
    first = _point(pieces[0], day)
    last = _point(_completed(pieces[1], first), day)
    if isinstance(first, datetime) != isinstance(last, datetime):
        raise ValueError(text)
    if last < first or (last == first and isinstance(last, datetime)):
        raise EndsBeforeItBegins(text)
    return Span(first, last)


def _completed(text: str, first: date) -> str:
    """The second half of a span with the day or the year of the first half."""
    if _CLOCK.fullmatch(text):
        return f"{first:%Y-%m-%d} {text}"
    head, gap, clock = text.partition(" ")
    if found := _DAY_OF_YEAR.fullmatch(head):
        return f"{first.year:04d}-{found[1]}-{found[2]}{gap}{clock}"
    return text


def _point(text: str, day: Callable[[str], date]) -> date:
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        return day(text)
    clock = _CLOCK.fullmatch(found[2])
    assert clock is not None
    return datetime.combine(day(found[1]), time(int(clock[1]), int(clock[2])))


def _iso(point: date) -> str:
    if isinstance(point, datetime):
        return point.isoformat(sep=" ", timespec="minutes")
    return point.isoformat()


def words(point: date) -> str:
    """A day or a moment as official texts write it: 2026年3月5日, 2026年3月5日9:00."""
    clock = f"{point.hour}:{point.minute:02d}" if isinstance(point, datetime) else ""
    return f"{date_words(point)}{clock}"


def span_words(first: date, last: date) -> str:
    """From one day or moment to another: what the second has in common is not said again."""
    begins, ends = words(first), words(last)
    if begins == ends:
        return begins
    same_day = (first.year, first.month, first.day) == (last.year, last.month, last.day)
    if same_day and isinstance(last, datetime):
        ends = f"{last.hour}:{last.minute:02d}"
    elif first.year == last.year:
        ends = ends.partition("年")[2]
    return f"{begins}至{ends}"

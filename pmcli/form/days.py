"""Days, moments and spans of them, as they are typed and kept."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo

from pmcli.form import spans
from pmcli.patterns import regex

YEARS, YEARS_ON_FILE = range(1900, 2200), range(1900, 6000)
"""Years that a date typed, and one computed, may lie in; any duration can be added to them."""
_DATE = regex(r"(\d{4})(?:-|\.|/|年)(\d{1,2})(?:-|\.|/|月)(\d{1,2})日?\Z", re.ASCII)
_TIME = regex(r"(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?\Z", re.ASCII)


def parse_date(text: str, years: range = YEARS) -> date:
    """Read 2026-03-05, 2026.3.5, 2026/3/5 or 2026年3月5日; raises ValueError."""
    match = _DATE.match(text.strip())
    if match is None or int(match[1]) not in years:
        raise ValueError(text)
    return date(int(match[1]), int(match[2]), int(match[3]))


def parse_datetime(text: str, zone: tzinfo, today: date) -> datetime:
    """Read ISO 8601, `2026-03-05 9:30`, a date (midnight) or `9:30` (today); raises ValueError.

    A time without an offset is in `zone`; the result always carries a zone.
    """
    # A time that the zone's clocks skip in spring is the one that they show instead.
    return _moment(text.strip(), zone, today).astimezone(UTC).astimezone(zone)


def _moment(text: str, zone: tzinfo, today: date) -> datetime:
    if match := _TIME.match(text):
        return datetime.combine(today, _clock_time(match), tzinfo=zone)
    day, _, clock = text.replace("T", " ").partition(" ")
    if not clock.strip():
        return datetime.combine(parse_date(day), time(), tzinfo=zone)
    if match := _TIME.match(clock.strip()):
        return datetime.combine(parse_date(day), _clock_time(match), tzinfo=zone)
    moment = iso_moment(text, YEARS)
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment


def iso_moment(text: str, years: range) -> datetime:
    """Read ISO 8601; raises ValueError, of another year too."""
    moment = datetime.fromisoformat(text)
    if moment.year not in years:
        raise ValueError(text)
    return moment


def _clock_time(match: re.Match[str]) -> time:
    return time(int(match[1]), int(match[2]), int(match[3] or 0))


def parse_span(text: str, years: range = YEARS) -> spans.Span:
    """Read 2026-03-28..2026-04-06 as it is typed or kept; raises ValueError."""
    return spans.read_span(text, lambda day: parse_date(day, years))

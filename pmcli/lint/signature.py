"""What the signature block says: the date, and the year that dates without one belong to."""

from __future__ import annotations

import re
from datetime import date

from pmcli.lint import dates
from pmcli.lint.dates import Day
from pmcli.lint.document import Document
from pmcli.lint.lines import Line
from pmcli.lint.words import BLANK_DATE, DATE_LINE
from pmcli.patterns import regex

_NOT_SIGNED = regex(r"[（，；]?(?:有效|张?贴|公示|截止|认领|撤除|至)")

_PHONE_AFTER = regex(r"[，；（]?(?:[^，；\d]{0,4}(?:电话|热线)|[☎☏✆]|TEL|Tel).*\Z")


def signature_day(document: Document) -> tuple[Line, Day] | None:
    """The line of the signature block that is a date, and the date."""
    for line in reversed(document.signature):
        text = _NOT_SIGNED.split(line.text)[0].rstrip("，；（")
        for part in (text, _PHONE_AFTER.sub("", text)):
            days = dates.days_in(part) or dates.days_in(_spelt(part))
            if days and DATE_LINE.search(part):
                return line, days[-1]
    return None


def _spelt(text: str) -> str:
    return re.sub(r"(\d{1,2}月\d{1,2})\Z", r"\1日", text)


def signed_on(document: Document) -> date | None:
    """The day of the signature; None when it is missing, has no year or does not exist."""
    signed = signature_day(document)
    if signed is None or signed[1].year is None:
        return None
    year = signed[1].year
    return signed[1].on(year if year > 99 else 2000 + year) if year > 99 else _short(signed[1])


def _short(day: Day) -> date | None:
    try:
        return date(2000 + (day.year or 0), day.month, day.day)
    except ValueError:
        return None


def blank_date(document: Document) -> bool:
    """Whether a date stands in the signature block that nobody has filled in."""
    return any(
        BLANK_DATE.search(line.text) and not dates.days_in(line.text) for line in document.signature
    )


def body_year(document: Document) -> int:
    """The year of dates without one: the signature's, else the first one in the text, else 0."""
    signed = signed_on(document)
    if signed:
        return signed.year
    for line in document.lines:
        for day in dates.days_in(line.text):
            if day.year and day.year > 99:
                return day.year
    return 0

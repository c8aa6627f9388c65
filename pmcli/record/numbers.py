"""Record numbers: prefix, day, desk letter and the day's counter, as in BX-260305-A01."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pmcli.form.normal import folded
from pmcli.patterns import regex

_NUMBER = regex(r"([A-Z]{2,3})-(\d{6})-([A-Z])(\d{2,})\Z")
_SAFE = regex(r"[0-9A-Za-z][0-9A-Za-z-]{0,63}\Z")
DESKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def next_number(prefix: str, day: date, desk: str, taken: Iterable[str]) -> str:
    """The next free number of a form, day and desk; `taken` are numbers already given."""
    stem = f"{prefix}-{day:%y%m%d}-{desk}"
    last = 0
    for number in taken:
        if number.startswith(stem) and number[len(stem) :].isdigit():
            last = max(last, int(number[len(stem) :]))
    return f"{stem}{last + 1:02d}"


def after(number: str) -> str:
    """The number that follows one of the same form, day and desk."""
    match = _NUMBER.match(number)
    assert match is not None, number
    prefix, day, desk, count = match.groups()
    return f"{prefix}-{day}-{desk}{int(count) + 1:02d}"


def is_safe(text: str) -> bool:
    """Whether a text can be a record's number and so a file's name."""
    return _SAFE.match(text) is not None


def day_of(number: str) -> date | None:
    """The day in a record's number; None for numbers of another shape."""
    match = _NUMBER.match(number)
    if match is None:
        return None
    try:
        return date(2000 + int(match[2][:2]), int(match[2][2:4]), int(match[2][4:]))
    except ValueError:
        return None


def matching(part: str, numbers: Iterable[str]) -> list[str]:
    """The numbers that a part means: the whole number, else its last segments, else any part.

    `a07` means BX-261121-A07 and not BX-261121-A070; several answers mean it is ambiguous.
    """
    wanted = folded(part).upper()
    if not wanted:
        return []
    known = sorted(set(numbers))
    upper = {number: number.upper() for number in known}
    tests = (
        lambda n: n == wanted,
        lambda n: n.endswith("-" + wanted),
        lambda n: wanted in n,
    )
    for test in tests:
        found = [number for number in known if test(upper[number])]
        if found:
            return found
    return []

"""What stands in a cell of a roster, as text; and the ways in which people write things there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from pmcli.form import units

_EXACT_DIGITS = 15
"""Spreadsheet programs keep no more digits of a number; what stands behind them is invented."""
_SCIENTIFIC = re.compile(r"(\d)(?:\.(\d+))?[eE]\+?(\d{1,2})\Z", re.ASCII)
_WHOLE_FRACTION = 7
"""Programs that shorten a number to fit its cell leave five decimals; with more it is whole."""
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+\d+\Z", re.ASCII)
_ERRORS = frozenset(["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"])
_NUMBER = re.compile(r"[^\d.,-]{0,8}(\d{1,9}(?:\.\d{1,6})?)\s*(?:[mM]2|[^\d.,-]{0,8})\Z", re.ASCII)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))", re.ASCII)
_IDENTITY = re.compile(
    r"(?<!\d)\d{6}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(\d{3}[\dXx])(?!\d)",
    re.ASCII,
)
_LONG_NUMBER = re.compile(r"[\dXx.+-]{7,}")
_BETWEEN = re.compile(r"\s*[/／、,，;；|\n]\s*|(?<=\d{7})\s+(?=[\d-]{7})")
_COMPACT_DATE = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)\Z", re.ASCII)
_SERIAL_DATE = re.compile(r"[2-7]\d{4}(?:\.0+)?\Z", re.ASCII)
_SERIAL_BEGINS = date(1899, 12, 30)


def text_of(value: Any) -> str:
    """A cell's value as text: whole numbers without a point, dates as 2026-03-05.

    A number with more digits than a spreadsheet keeps is written as 4.30105E+17: see `is_rounded`.
    Of an identity number only the last four characters are left, wherever it stands.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return _number_text(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    text = unicodedata.normalize("NFC", str(value)).strip().strip("\u200b\ufeff")
    if text in _ERRORS:
        return ""
    match = _SCIENTIFIC.match(text)
    return _unfolded(text, match) if match else _IDENTITY.sub(r"…\1", text)


def _number_text(value: float) -> str:
    if value != value or abs(value) >= 10**_EXACT_DIGITS:
        return f"{value:.5E}"
    if value == int(value):
        return str(int(value))
    return f"{value:.6f}".rstrip("0")


def _unfolded(text: str, match: re.Match[str]) -> str:
    """1.5501815908E10 is 15501815908; what has been shortened stays as it is."""
    exponent, fraction = int(match[3]), match[2] or ""
    if exponent < _EXACT_DIGITS and _WHOLE_FRACTION <= len(fraction) <= exponent:
        return str(int(Decimal(text)))
    return f"{match[1]}.{fraction or 0}E+{match[3]}"


def is_rounded(text: str) -> bool:
    """Whether a text is a number that a program has shortened, so that digits are lost."""
    return _ROUNDED.match(text) is not None


def one_line(text: str) -> str:
    """A text with its line breaks and runs of blanks as single blanks."""
    return " ".join(text.split())


def shown(text: str) -> str:
    """A text as a message may show it: short, and without what might be somebody's number."""
    return _LONG_NUMBER.sub("…", one_line(text))[:40]


def split(text: str) -> list[str]:
    """The values of a cell that holds several: 13800000000 / 0731-8000000."""
    return list(dict.fromkeys(piece for piece in _BETWEEN.split(text.strip()) if piece))


def number_in(text: str) -> str | None:
    """The one number of a cell without its unit: 102.5平 is 102.5, 143.0 is 143; None for none."""
    match = _NUMBER.match(_THOUSANDS.sub("", unicodedata.normalize("NFKC", text).strip()))
    if match is None:
        return None
    whole, _, fraction = match[1].partition(".")
    fraction = fraction.rstrip("0")
    return f"{int(whole)}.{fraction}" if fraction else str(int(whole))


def last_of(text: str, count: int) -> str | None:
    """The last letters and digits of a cell; None when it has fewer."""
    bare = "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())
    return bare[-count:].upper() if len(bare) >= count else None


def unit_number(parts: Iterable[str]) -> str | None:
    """The unit number that some cells spell: the last alone if it is whole, else all together."""
    filled = [part for part in parts if part]
    if not filled:
        return None
    whole = units.normalise(filled[-1])
    if whole is not None and (len(filled) == 1 or whole.count("-") == 2):
        return whole
    return units.normalise("-".join(filled))


def date_text(text: str) -> str:
    """A date in spellings that only rosters use, as 2026-03-05; other texts as they are.

    Takes 20260305, a time behind the date, and the day number that spreadsheets count from 1900.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if match := _COMPACT_DATE.match(text):
        return "-".join(match.groups())
    if _SERIAL_DATE.match(text):
        return (_SERIAL_BEGINS + timedelta(days=int(float(text)))).isoformat()
    head = re.split(r"[ T](?=\d{1,2}:)", text, maxsplit=1)[0]
    return "".join(head.split())

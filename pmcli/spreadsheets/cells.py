"""What stands in a cell of a roster, as text; and the ways in which people write things there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pmcli.form import units
from pmcli.form.normal import Way, normal
from pmcli.patterns import regex

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

_EXACT_DIGITS = 15
"""Spreadsheet programs keep no more digits of a number; what stands behind them is invented."""
_SCIENTIFIC = regex(r"(\d)(?:\.(\d+))?[eE]\+?(\d{1,2})\Z", re.ASCII)
_WHOLE_FRACTION = 7
"""Programs that shorten a number to fit its cell leave five decimals; with more it is whole."""
_ROUNDED = regex(r"\d(?:\.\d+)?E\+\d+\Z", re.ASCII)
_ERRORS = frozenset(["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"])
_NUMBER = regex(r"[^\d.,-]{0,8}(\d{1,9}(?:\.\d{1,6})?)\s*(?:[mM]2|[^\d.,-]{0,8})\Z", re.ASCII)
_THOUSANDS = regex(r"(?<=\d),(?=\d{3}(?!\d))", re.ASCII)
_IDENTITY = regex(
    r"(?<!\d)\d{6}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(\d{3}[\dXx])(?!\d)",
    re.ASCII,
)
_LONG_NUMBER = regex(r"[\dXx.+-]{7,}")
_BETWEEN = regex(r"\s*[/／、,，;；|\n]\s*|(?<=\d{7})\s+(?=[\d-]{7})")
_COMPACT_DATE = regex(r"((?:19|20)\d\d)(\d\d)(\d\d)\Z", re.ASCII)
_SERIAL_DATE = regex(r"[2-7]\d{4}(?:\.0+)?\Z", re.ASCII)
_SERIAL_BEGINS = date(1899, 12, 30)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = regex(
    rf"(?:(?:19|20)\d\d[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?(?:[ T]\d.*)?"
    rf"|\d{{1,4}}[-/ ](?:{_MONTHS})[a-z]*(?:[-/ ]\d{{1,4}})?|(?:{_MONTHS})[a-z]*[-/ ]\d{{1,4}}"
    r"|\d{1,2}月\d{1,2}日|(?:19|20)\d\d年\d{1,2}月)\Z",
    re.ASCII | re.IGNORECASE,
)
NUMERALS = "零〇一二三四五六七八九十百"
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}
_NUMERALS_ALONE = regex(rf"[{NUMERALS}]+(?=\s*(?:号楼|栋|幢|座|楼|单元|室|号|期|区|[-#])|\Z)")
_BUILDING = regex(r"[0-9A-Za-z]+\s*(?:号楼|栋|幢|座|楼|#)")
_ORDINAL = regex(r"第\s*(?=\d)")
_DOOR = regex(r"(?<=\w)\s*(?:门洞|门|梯口|梯)\Z")
_BUILDING_MARK, _ENTRANCE_MARK = regex("号楼|栋|幢|座"), regex("单元")
_ENTRANCE = regex(r"[0-9A-Za-z]+\s*单元")


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
    text = normal(str(value), Way.FREE).strip()
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


def western(text: str) -> str:
    """A text with the Chinese numerals before 栋, 单元 and the like, or alone, as digits."""
    text = unicodedata.normalize("NFKC", text).strip()
    return _ORDINAL.sub("", _NUMERALS_ALONE.sub(lambda match: _counted(match[0]), text))


def _counted(numeral: str) -> str:
    """二十一 is 21, 五零四 is 504."""
    if not any(char in "十百" for char in numeral):
        return "".join(str(_DIGITS[char]) for char in numeral)
    total, digit = 0, 0
    for char in numeral:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[char]
    return str(total + digit)


def unit_number(parts: Iterable[str], whole: bool = False) -> str | None:
    """The unit number that some cells spell, see `spelt`; None when they spell none."""
    return spelt(list(parts), whole=whole)[0]


def spelt(
    parts: Sequence[str], whole: bool = False, partial: bool = False
) -> tuple[str | None, Key | None]:
    """The unit number that some cells spell, building first and room last; or why they do not.

    The last cell may hold the whole, or all but the building; what the others say must agree with
    it. `whole` says that a last cell of two parts begins with the building, `partial` that homes
    have no building. The reason is the key of a sentence, None where they just are no number.
    """
    if not parts or not parts[-1]:
        return None, None
    if any(is_date(part) for part in parts):
        return None, "import_number_is_date"
    texts = [western(part) for part in parts]
    if _is_other(texts[:-1][:1], _ENTRANCE_MARK, _BUILDING_MARK) or _is_other(
        texts[1:-1], _BUILDING_MARK, _ENTRANCE_MARK
    ):
        return None, "import_parts_disagree"
    last, building = texts[-1], texts[0] if len(texts) > 1 else ""
    between = [_DOOR.sub("", text) for text in texts[1:-1] if tokens_of(text)]
    held = (units.normalise(last) or "").split("-")
    if len(held) == 2 and between and held[0] in tokens_of(between[-1]):
        # The entrance stands before the room as well: 2单元, 2-501.
        last, held = held[1], [""]
    if len(held) == 2 and (whole or _BUILDING.match(last)):
        held = [held[0], *between, held[1]]
        return _agreed(held, building, ())
    if len(held) == 3:
        return _agreed(held, building, between)
    if tokens_of(building):
        return units.normalise("-".join([building, *between, last])), None
    if (between or _ENTRANCE.match(last)) and not partial:
        return None, "import_no_building_here"
    return units.normalise("-".join([*between, last])), None


def _is_other(texts: Iterable[str], mark: re.Pattern[str], own: re.Pattern[str]) -> bool:
    """Whether a cell says that it is another part than its column: 2单元 for a building."""
    return any(mark.search(text) and not own.search(text) for text in texts)


def _agreed(
    held: Sequence[str], building: str, between: Sequence[str]
) -> tuple[str | None, Key | None]:
    """A number that one cell holds, if the others say nothing else."""
    bare = [part.lstrip("0") for part in held]
    first = [token.lstrip("0") for token in tokens_of(building)]
    others = [token.lstrip("0") for text in between for token in tokens_of(text)]
    if bare[: len(first)] != first or (others and others != bare[1:-1]):
        return None, "import_parts_disagree"
    return units.normalise("-".join(held)), None


def tokens_of(text: str) -> list[str]:
    """The parts of a number that a cell holds: 3栋2单元 is 3 and 2; a mere mark is none."""
    return [token for token in units.spelt_so_far(text).split("-") if token]


def is_date(text: str) -> bool:
    """Whether a text is a date, which a spreadsheet makes of 1-1-2 or 3-2, and no number."""
    return _DATE.match(text.strip()) is not None


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

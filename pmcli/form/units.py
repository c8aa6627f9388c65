"""Unit numbers 房号 in the spellings that offices use, brought to `building-entrance-room`."""

from __future__ import annotations

import re
import warnings

from pmcli.form.normal import plain
from pmcli.patterns import regex

_SEPARATOR = regex(r"\s*(?:号楼|单元|栋|幢|座|楼|[-#/_])\s*")
_ROOM_END = regex(r"\s*(?:号房|室|房|号)\s*\Z")
_PART = regex(r"[0-9A-Za-z]{1,8}\Z")
DEFAULT_PATTERN = r"[0-9A-Za-z]+(-[0-9A-Za-z]+){1,2}"

_LONGEST_PATTERN = 500


def is_pattern(text: str) -> bool:
    """Whether an office's own pattern of unit numbers is a regular expression that Python takes."""
    if len(text) > _LONGEST_PATTERN:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(text)
    except (re.error, ArithmeticError, ValueError, RuntimeError, MemoryError):
        return False
    return True


def normalise(text: str) -> str | None:
    """Bring 3栋2单元501, 3#2-501室 and 3-2-501 to `3-2-501`; None when it is no unit number."""
    bare = _ROOM_END.sub("", plain(text))
    parts = [part for part in _SEPARATOR.split(bare) if part]
    if not 2 <= len(parts) <= 3 or not all(_PART.match(part) for part in parts):
        return None
    return "-".join(part.upper() for part in parts)


def spelt_so_far(text: str) -> str:
    """The beginning of a unit's number as it is filed: 3栋2单元5 is 3-2-5, 3 2 5 too."""
    bare = _ROOM_END.sub("", plain(text))
    return re.sub(r"\s+", "-", _SEPARATOR.sub("-", bare)).upper()


def bare_part(text: str) -> str:
    """Strip 栋, 单元, 室 and the like from one part of a unit number: 3栋 is 3."""
    bare = _ROOM_END.sub("", plain(str(text)))
    return "".join(_SEPARATOR.split(bare)).upper()


def join(building: str | None, entrance: str | None, room: str | None) -> str:
    """Join the parts that are filled to a unit number."""
    return "-".join(bare_part(part) for part in (building, entrance, room) if part)


def part_of(number: str | None, name: str) -> str | None:
    """The `building`, `entrance` or `room` of a unit number; None where it has none."""
    parts = (number or "").split("-")
    if len(parts) == 3:
        return dict(zip(("building", "entrance", "room"), parts, strict=True)).get(name)
    if len(parts) == 2:
        return dict(zip(("building", "room"), parts, strict=True)).get(name)
    return None

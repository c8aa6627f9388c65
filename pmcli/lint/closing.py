"""The end of a notice: its signature block, and the slip below for the reader to hand back."""

from __future__ import annotations

import re

from pmcli.lint.lines import Line
from pmcli.lint.words import BLANK_DATE, DATE_LINE, ORGANISATION, SIGNATURE_LABEL
from pmcli.patterns import regex

SIGNATURE_LONGEST = 30
_SLIP_HEAD = regex(
    r"[^一-龥]*[^，。：]{0,12}(?:回执|送达回证|签收[单联栏])(?:（[^（）]*）)?[^一-龥]*"
)
_SIGNED_FOR = regex(r"[^，。；：]{0,10}(?:签收|签[字名章]|收件)[^，。；：]{0,8}：")
_GAP = regex(r"[ \t]*\u3000[ \t\u3000]*|[ \t]{2,}")
_WORKER = regex(r"(?:施工|装修|承[包建]|维保|清洗|作业|检测|供[水电气热])单位")


def part_signature(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The body's lines and those of the signature block."""
    lines = _columns_split(_tail_split(lines))
    first = len(lines)
    while first and _short(lines[first - 1]):
        first -= 1
    while first < len(lines) and not _signs(lines[first].text):
        first += 1
    return lines[:first], lines[first:]


def part_slip(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines of the notice, and those of the slip that the reader fills in."""
    for index, line in enumerate(lines):
        if index and _SLIP_HEAD.fullmatch(line.text):
            return lines[:index], lines[index:]
    last = len(lines)
    while last > 1 and _SIGNED_FOR.match(lines[last - 1].text):
        last -= 1
    return lines[:last], lines[last:]


def _columns_split(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Part what stands side by side in the last lines: office and date, date and validity."""
    parted: list[Line] = []
    for index, line in enumerate(lines):
        pieces = _columns(line) if index >= len(lines) - 6 else []
        parted += pieces if len(pieces) > 1 else [line]
    return tuple(parted)


def _columns(line: Line) -> list[Line]:
    """The columns of a line, when each of them is a part of a signature block."""
    raw, start = line.typed.text, 0
    if line.marker or line.table:
        return []
    columns: list[Line] = []
    for end, after in [*(gap.span() for gap in _GAP.finditer(raw)), (len(raw), len(raw))]:
        places = set(line.typed.places[start:end])
        kept = [at for at, place in enumerate(line.read.places) if place in places]
        if kept:
            read = line.read.part(kept[0], kept[-1] + 1)
            if not _signs(read.text):
                return []
            typed = line.typed.part(start, end)
            columns.append(Line(line.number, typed, read, line.blank_before and not columns))
        start = after
    return columns


def _tail_split(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Part a signature from the sentence that it was typed after, in the last lines."""
    for index in range(len(lines) - 1, max(len(lines) - 4, -1), -1):
        line = lines[index]
        cut = max(line.text.rfind("。"), line.text.rfind("！")) + 1
        if not 0 < cut < len(line.text):
            continue
        tail = line.read.part(cut, len(line.text))
        if len(tail.text) <= SIGNATURE_LONGEST and (
            ORGANISATION.fullmatch(
                re.sub(r"[\d一二三四五六七八九〇十年月日.\-/]+\Z", "", tail.text)
            )
            or DATE_LINE.search(tail.text)
        ):
            head = Line(line.number, line.typed, line.read.part(0, cut), True)
            after = Line(line.number, tail, tail)
            return (*lines[:index], head, after, *lines[index + 1 :])
    return lines


def _short(line: Line) -> bool:
    text = line.text
    return (
        len(text) <= SIGNATURE_LONGEST
        and not line.marker
        and not line.table
        and not text.endswith(("。", "！", "？", "；", "，", "、", "："))
    )


def _dated(text: str) -> bool:
    """Whether a line is a date, alone or after the name of the office."""
    found = DATE_LINE.search(text)
    if found is None:
        return False
    before = text[: found.start()].rstrip("，")
    return re.search(r"[，；、]|\d[日号]", before) is None


def _signs(text: str) -> bool:
    """Whether a line belongs to a signature block by what it says."""
    label, colon, _ = text.partition("：")
    if colon:
        return SIGNATURE_LABEL.search(label) is not None and not _WORKER.search(label)
    return (
        _dated(text)
        or BLANK_DATE.search(text) is not None
        or ORGANISATION.search(text) is not None
        or re.fullmatch(r".{0,12}(?:物业|物业部|物业宣|客服部?|前台|本公司|本中心|启|宣)", text)
        is not None
        or re.fullmatch(r"(?:本公司|我司|本处|物业|客服|管家|前台).{0,6}", text) is not None
        or SIGNATURE_LABEL.match(text) is not None
    )

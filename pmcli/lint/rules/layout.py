"""N404 to N406, N501, N502: one way of writing times, numbering, length."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from pmcli.lint import dates
from pmcli.lint.document import Document
from pmcli.lint.lines import Line
from pmcli.lint.model import Hit, Settings, genres
from pmcli.lint.passages import Passage, unquoted
from pmcli.lint.rule import Rule
from pmcli.lint.signature import signature_day
from pmcli.messages import Sentence
from pmcli.patterns import regex

_COLON_TIME = regex(r"(?<!\d)(?<!:)([01]?\d|2[0-4]):[0-5]\d(?!:?\d)(?!（?(?:万|米|比))")
_WORD_TIME = regex(
    r"(?<![\d.第有以几])(?:[01]?\d|2[0-4])[时点](?![间段内建子评分工上](?!\d)|以[内下上]|之|多|小|要|意"
    r"|建|内容|注|名|措)(?:[0-5]?\d分?|半|整)?|(?:上午|下午|晚上|中午"
    r"|早上)[一二三四五六七八九十]{1,2}[时点](?:半|整)?"
)
_HALF = regex(r"(?:上午|早上|凌晨|下午|傍晚|晚上|晚间|晚|中午)(?:的)?(\d{1,2})(?::[0-5]\d|[时点])")
_FESTIVAL = regex(
    r"农历|正月|腊月|冬月|初[一二三四五六七八九十]|除夕|五一(?!月\d)|十一(?=长假|黄金周|假期"
    r"|国庆)|[一二]二[·]?[一九]|三八|六一|七一|八一|九九|大年"
)
_LAW = regex(r"第[一二三四五六七八九十百千零\d]{1,9}[条款项章]")


def mixed_styles(document: Document, settings: Settings) -> Iterator[Hit]:
    """N404: one document writes times or dates in two ways."""
    signed = signature_day(document)
    clock = ""
    date_style = ""
    afternoon_12: tuple[Line, int] | None = None
    afternoon_24: tuple[Line, int] | None = None
    for line in document.lines:
        text = _LAW.sub(lambda m: "□" * len(m[0]), unquoted(line.text))
        times = [(m.start(), "9:00") for m in _COLON_TIME.finditer(text)]
        times += [(m.start(), "9时") for m in _WORD_TIME.finditer(text)]
        for at, style in sorted(times):
            if clock and style != clock:
                yield Hit(line.read.at(at), Sentence("lint_mixed_clock", first=clock, second=style))
            clock = clock or style
        for moment in dates.moments_in(text):
            half = re.search(r"下午|晚|傍晚", moment.half)
            hour = re.search(r"(\d{1,2})(?::\d{2}|[时点])[^:]{0,4}\Z", text[: moment.end])
            if moment.minutes is None or hour is None:
                continue
            if half and 1 <= int(hour[1]) <= 11:
                afternoon_12 = afternoon_12 or (line, moment.start)
            elif int(hour[1]) >= 13:
                afternoon_24 = afternoon_24 or (line, moment.start)
        for day in dates.days_in(text):
            if signed and line is signed[0]:
                continue
            if _FESTIVAL.search(text[max(0, day.start - 4) : day.end]):
                continue
            style = {"plain": "5月1日", "chinese": "五月一日"}.get(day.style, "5/1")
            if date_style and style != date_style:
                place = line.read.at(day.start)
                yield Hit(place, Sentence("lint_mixed_dates", first=date_style, second=style))
            date_style = date_style or style
    if afternoon_12 and afternoon_24:
        line, at = max(afternoon_12, afternoon_24, key=lambda hit: hit[0].read.at(hit[1]))
        yield Hit(line.read.at(at), Sentence("lint_mixed_halves"))


_WHEN = r"\d{1,2}:\d\d|\d{4}年|\d{1,2}月\d{1,2}[日号]"
"""A day or time that stands at once after a number of a list (1、1月1日至3日)."""
_NUMBERED = regex(
    r"(?:(?P<a>[一二三四五六七八九十]{1,3})(?P<am>[、.．，])"
    r"(?![一二三四五六七八九十]{1,3}(?:号|栋|幢|座|单元|期|区|层|楼|季度|年级))"
    r"|[（(](?P<b>[一二三四五六七八九十]{1,3})[）)](?P<bm>[、.．]?)"
    rf"|(?P<c>\d{{1,2}})(?P<cm>[.．、)），])(?:(?!\d)|(?={_WHEN}))|[（(](?P<d>\d{{1,2}})[）)](?P<dm>[、.．]?)"
    r"|(?P<e>[①-⑳])(?P<em>))"
)
_LEVELS = "abcde"


_INNER = regex(
    r"(?:(?<=[；;。：，）])|(?<=[一-龥][:,)]))(?:[①-⑳]|（\d{1,2}）|\d{1,2}、(?!\d))"
    r"|(?<=[；;：:])\d{1,2}[.．](?!\d)"
)
"""A number that goes on in the same line."""
_UNSURE = regex(r"(?P<c>\d{1,2})(?P<cm>[、.．])(?=\d)")
"""A number of a list or of a building (1、3号楼): the lines around it tell."""


def _marker_at(document: Document, index: int, first: int) -> re.Match[str] | None:
    """The number of a list that a line of the body begins with."""
    raw = document.body[index].raw
    sure, found = _NUMBERED.match(raw, first), _UNSURE.match(raw, first)
    if sure is not None or found is None:
        return sure
    number, mark = int(found["c"]), found["cm"]
    around = ((index - 1, number - 1), (index + 1, number + 1))
    listed = any(
        0 <= at < len(document.body)
        and document.body[at].raw.lstrip("# >*\u3000\t").startswith(f"{beside}{mark}")
        for at, beside in around
    )
    return found if listed else None


def _markers(document: Document) -> Iterator[tuple[Passage, int, int, str, bool]]:
    """The numbers of lists: place, level from 0, number, mark as typed, whether a list may begin."""
    for index, line in enumerate(document.body):
        before = document.body[index - 1] if index else None
        opens = before is not None and not before.marker and _introduces(before)
        lead = re.match(r"[\s#>*]*", line.raw)
        first = lead.end() if lead else 0
        found = _marker_at(document, index, first)
        if found:
            yield (line.typed.part(first, found.end()), *_numbered(found), opens)
        for inner in _INNER.finditer(line.raw, found.end() if found else first):
            number = _NUMBERED.match(line.raw, inner.start())
            if number:
                opens = line.raw[inner.start() - 1] in "：:"
                yield (line.typed.part(inner.start(), number.end()), *_numbered(number), opens)


def _numbered(found: re.Match[str]) -> tuple[int, int, str]:
    """Level, number and mark of a marker."""
    level = next(i for i, name in enumerate(_LEVELS) if found.groupdict().get(name))
    text = found[_LEVELS[level]]
    if level in (0, 1):
        number = dates.chinese_number(text)
    elif level == 4:
        number = ord(text) - ord("①") + 1
    else:
        number = int(text)
    return level, number, found[0].replace(text, "1", 1)


def numbering(document: Document, settings: Settings) -> Iterator[Hit]:
    """N405: numbers that skip or repeat, levels upside down, two marks for one level."""
    last: dict[int, int] = {}
    marks: dict[int, str] = {}
    opened: list[int] = []
    for marker, level, number, mark, opens in _markers(document):
        place = marker.at(0)
        if level not in opened and opened and level < opened[0]:
            yield Hit(place, Sentence("lint_level"))
        for deeper in [one for one in last if one > level]:
            del last[deeper]
        if level not in opened:
            opened.append(level)
        expected = last.get(level, 0) + 1
        restarted = number == 1 and level in last and opens
        if number != expected and not restarted:
            yield Hit(place, Sentence("lint_numbering", number=number, expected=expected))
        last[level] = number
        if marks.setdefault(level, mark) != mark:
            yield Hit(place, Sentence("lint_two_marks"))


def _introduces(line: Line) -> bool:
    """Whether a line may stand before a new list."""
    return line.text.endswith("：") or len(line.text) <= 24


_OFFICIAL_MARK = regex(
    r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d{1,2}[.．]|（\d{1,2}）"
)


def marker_marks(document: Document, settings: Settings) -> Iterator[Hit]:
    """N406: markers other than 一、 （一） 1. （1） under the theme of official documents."""
    if settings.theme != "gbt9704":
        return
    for marker, level, _, _, _ in _markers(document):
        if level == 4 or not _OFFICIAL_MARK.fullmatch(marker.text):
            yield Hit(marker.at(0), Sentence("lint_marker"))


_PAGES = {"house": (26, 34), "gbt9704": (22, 28)}


def too_long(document: Document, settings: Settings) -> Iterator[Hit]:
    """N501: more than one printed page; a letter may take two."""
    lines, width = _PAGES.get(settings.theme, _PAGES["house"])
    if document.genre == "函":
        lines *= 2
    parts = [len(p.text) for p in document.paragraphs]
    parts += [len(line.text) for line in document.signature]
    if document.salutation:
        parts.append(len(document.salutation.text))
    printed = 2 + sum(math.ceil((length + 2) / width) for length in parts)
    if printed > lines:
        yield Hit(document.start, Sentence("lint_too_long", printed=printed, limit=lines))


def tip_long(document: Document, settings: Settings) -> Iterator[Hit]:
    """N502: a 温馨提示 that says too much."""
    length = sum(len(re.sub(r"\s", "", line.text)) for line in document.body)
    if length > settings.tip_max:
        yield Hit(document.start, Sentence("lint_tip_long", length=length, limit=settings.tip_max))


RULES = (
    Rule("N404", "warning", "GB/T 15835", mixed_styles, passage=True),
    Rule("N405", "warning", "GB/T 9704 7.3.3", numbering, passage=True),
    Rule("N406", "warning", "GB/T 9704 7.3.3", marker_marks, passage=True),
    Rule("N501", "warning", "惯例", too_long),
    Rule("N502", "warning", "惯例", tip_long, genres("温馨提示")),
)

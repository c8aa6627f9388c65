"""Dates, weekdays and times of day as notices write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from pmcli.dataclass import dataclass
from pmcli.patterns import regex

_CN = "〇○零一二三四五六七八九十O0"
_DIGIT = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "O": 0, "0": 0}
_DATE = regex(
    r"(?<![\d.\-/〔])(?:"
    r"(?:(?P<y>\d{4}|\d{2}|今|本|明)年)?(?P<m>\d{1,2})月(?:份)?(?P<d>\d{1,2})(?:[日号]"
    r"|(?=[\-~至到上下晚早凌周星（(]))"
    r"|(?P<y2>(?:19|20)\d\d)(?P<sep>[.\-/])(?P<m2>\d{1,2})(?P=sep)(?P<d2>\d{1,2})(?![\d.\-/号])"
    rf"|(?:(?P<cy>[{_CN}]{{4}})年)?(?P<cm>[一二三四五六七八九十]{{1,2}})月(?P<cd>[一二三四五六"
    rf"七八九十]{{1,3}})[日号]"
    r"|(?P<m3>\d{1,2})/(?P<d3>\d{1,2})(?=[（(\s日前起至到和与及、\-~，。上下]|[开完进动竣截]|\Z"
    r"|(?<=/1[3-9]|/2\d|/3[01])(?![的以左])[一-龥]))"
)
_NEXT_DAY = regex(
    r"(?:（(?:本|下)?(?:星期|周).）)?(?P<mark>[至到\-~、，和及与]{1,2})(?P<d>\d{1,2})[日号](?!楼|栋|线|车|门|房|院|店|库)"
)
WEEKDAY = r"(?:星期|周|礼拜)([一二三四五六日天])"
_WEEKDAYS = regex(
    rf"(?P<open>[（，]?)(?:本|下|即"
    rf"|农历[^，（）]{{0,8}}，)?{WEEKDAY}(?:(?P<mark>[至到\-~、，和及])(?:本|下)?(?:星期|周"
    rf"|礼拜)?([一二三四五六日天])(?![天个]))?"
)


@dataclass(frozen=True)
class Day:
    """A date in a text: where it stands and what it says; `year` None when it says none."""

    start: int
    end: int
    year: int | None
    month: int
    day: int
    style: str
    """`plain` 5月1日, `chinese` 五月一日, or the separator of 2026.5.1, 5/1."""
    follows: str = ""
    """The mark that ties it to the date before it (5月1日至3日): 至, 、, empty for none."""

    def on(self, year: int) -> date | None:
        """The day in its own year, else in `year`; None when there is no such day."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None

    @property
    def exists(self) -> bool:
        """Whether there is such a day; 29 February without a year passes."""
        return self.on(2024) is not None


def days_in(text: str) -> list[Day]:
    """Every date of a text, in order; the second of 5月1日至3日 takes the first one's month."""
    return list(_days(text)) if any(char.isdigit() or char == "月" for char in text) else []


@lru_cache(maxsize=1024)
def _days(text: str) -> tuple[Day, ...]:
    found: list[Day] = []
    for match in _DATE.finditer(text):
        day = _day(match)
        if day is None:
            continue
        found.append(replace(day, follows=_tie(text, found[-1] if found else None, day)))
        last = day
        while more := _NEXT_DAY.match(text, last.end):
            last = Day(
                more.start("d"), more.end(), day.year, day.month, int(more["d"]), "plain",
                more["mark"],
            )  # fmt: skip
            found.append(last)
    return tuple(found)


def _tie(text: str, before: Day | None, day: Day) -> str:
    if before is None:
        return ""
    between = re.sub(r"（[^（）]*）|(?:星期|周).", "", text[before.end : day.start])
    return between if re.fullmatch(r"[至到\-~、和及与]{1,2}", between) else ""


def _day(match: re.Match[str]) -> Day | None:
    start, end = match.span()
    if match["m"]:
        year = match["y"]
        number = int(year) if year and year.isdigit() else None
        return Day(start, end, number, int(match["m"]), int(match["d"]), "plain")
    if match["y2"]:
        return Day(start, end, int(match["y2"]), int(match["m2"]), int(match["d2"]), match["sep"])
    if match["cm"]:
        year = None
        if match["cy"]:
            digits = [_DIGIT.get(c) for c in match["cy"]]
            if None in digits:
                return None
            year = int("".join(map(str, digits)))
        return Day(
            start, end, year, chinese_number(match["cm"]), chinese_number(match["cd"]), "chinese"
        )
    month, day = int(match["m3"]), int(match["d3"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Day(start, end, None, month, day, "/")


def chinese_number(text: str) -> int:
    """一 to 九十九 as a number."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGIT.get(text[-1:], 0)
    return (_DIGIT.get(tens, 1) if tens else 1) * 10 + (_DIGIT.get(ones, 0) if ones else 0)


def weekdays_in(text: str) -> Iterator[tuple[Day, int, int]]:
    """Dates with a weekday: the date, the weekday given (0 is Monday), where it stands."""
    days = days_in(text)
    for index, day in enumerate(days):
        found = _WEEKDAYS.match(text, day.end)
        if not found or (found["mark"] and not found["open"]):
            continue
        first, second = found[2], found[4]
        if second is None:
            yield day, _weekday(first), found.start()
        elif day.follows:
            yield day, _weekday(second), found.start()
            yield days[index - 1], _weekday(first), found.start()
    before = re.compile(rf"(?<!每)(?:本|下)?{WEEKDAY}（(?=\d{{1,2}}月|\d{{4}}年)")
    starts = {day.start: day for day in days}
    for found in before.finditer(text):
        if found.end() in starts:
            yield starts[found.end()], _weekday(found[1]), found.start()


def _weekday(char: str) -> int:
    return "一二三四五六日".find(char) if char != "天" else 6


@dataclass(frozen=True)
class Moment:
    """A date, a time of day or both; minutes from midnight."""

    start: int
    end: int
    day: Day | None
    minutes: int | None
    half: str = ""
    """上午, 下午, 晚 … as written."""
    next_day: bool = False


_HALF = r"凌晨|清晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚间|夜间|晚|夜|当晚|当日|当天"
_TIME = regex(
    rf"(?P<half>(?:{_HALF})*)(?:(?P<h>\d{{1,2}})(?::(?P<m>\d{{2}})(?::\d{{2}})?|[时点](?!内|间"
    rf"|之|多|左)(?:(?P<m2>\d{{1,2}})分?|(?P<h2>半)|整|许)?))"
)
_BETWEEN = regex(r"(?:（[^（）]{0,12}）|(?:星期|周)[一二三四五六日天]|[，的每日天]|全天){0,3}")
_JOIN = regex(r"(?:左右|许)?(?:至|到|-{1,2}|~)(?P<next>(?:次日|翌日|第二天|隔日|隔天|次晨)?)")


def moments_in(text: str) -> list[Moment]:
    """Every date with the time that follows it, and every time alone."""
    days = {day.start: day for day in days_in(text)}
    times = {match.start(): match for match in _TIME.finditer(text)}
    taken: set[int] = set()
    found: list[Moment] = []
    for start, day in days.items():
        between = _BETWEEN.match(text, day.end)
        at = between.end() if between else day.end
        match = times.get(at) or times.get(day.end)
        if match is None:
            found.append(Moment(start, day.end, day, None))
            continue
        taken.add(match.start())
        found.append(Moment(start, match.end(), day, _minutes(match), match["half"]))
    for start, match in times.items():
        inside = any(day.start <= start < day.end for day in days.values())
        if start not in taken and not inside:
            found.append(Moment(start, match.end(), None, _minutes(match), match["half"]))
    return sorted(found, key=lambda moment: moment.start)


def _minutes(match: re.Match[str]) -> int:
    hour = int(match["h"])
    minute = int(match["m"] or match["m2"] or (30 if match["h2"] else 0))
    return _with_half(hour, match["half"]) * 60 + minute


def _with_half(hour: int, half: str) -> int:
    if re.search(r"下午|傍晚|晚|夜", half) and hour < 12 and not (hour < 6 and "夜" in half):
        return hour + 12
    if "中午" in half and hour < 4:
        return hour + 12
    return hour


def spans_in(text: str) -> Iterator[tuple[Moment, Moment, bool]]:
    """Pairs of moments joined by 至 or a dash; the third says that the end is on the next day."""
    for first, second in pairwise(moments_in(text)):
        join = _JOIN.match(text, first.end)
        if not join:
            between = _BETWEEN.match(text, first.end)
            join = _JOIN.match(text, between.end()) if between else None
        if join and join.end() == second.start:
            late = bool(join["next"])
            if second.minutes is not None and not second.half and second.day is None:
                second = _inherited(first, second)
            yield first, second, late


def _inherited(first: Moment, second: Moment) -> Moment:
    """下午2点至5点: the second time is in the afternoon as well."""
    minutes = second.minutes or 0
    if re.search(r"下午|晚|傍晚|中午", first.half) and minutes < 12 * 60:
        later = minutes + 12 * 60
        if first.minutes is not None and later > first.minutes and minutes <= first.minutes:
            return replace(second, minutes=later)
    return second


def contradicts(first: Moment, second: Moment, next_day: bool, year: int) -> bool:
    """Whether a period ends before, or when, it begins."""
    if first.day and second.day:
        begin, end = first.day.on(year), second.day.on(second.day.year or first.day.year or year)
        if begin is None or end is None:
            return False
        if end < begin and second.day.year is None and begin.month - end.month >= 6:
            return False  # over the turn of the year
        if begin != end:
            return end < begin
        if first.minutes is None or second.minutes is None:
            return False
        return second.minutes <= first.minutes
    if second.day or next_day or first.minutes is None or second.minutes is None:
        return False
    if second.minutes > first.minutes:
        return False
    overnight = first.minutes >= 17 * 60 and second.minutes <= 10 * 60
    return not overnight or (
        first.day is not None and re.search(r"凌晨|清晨|早", second.half) is None
    )


def days_between(first: date, second: date) -> int:
    """Calendar days from the first day to the second one."""
    return (second - first) // timedelta(days=1)

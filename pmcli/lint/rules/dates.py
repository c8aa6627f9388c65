"""N108, N113, N116, N117: dates that are malformed, too late, or contradict one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from pmcli.lint import dates
from pmcli.lint.dates import Day, Moment
from pmcli.lint.document import Document
from pmcli.lint.kinds import KINDS, OUTAGES, Kind
from pmcli.lint.model import Hit, Settings
from pmcli.lint.passages import Passage
from pmcli.lint.rule import Rule
from pmcli.lint.signature import body_year, signature_day, signed_on
from pmcli.messages import Sentence
from pmcli.patterns import regex

_PADDED = regex(r"(?<!\d)(?:\d{2,4}年)?(?:0\d月\d{1,2}[日号]?|\d{1,2}月0\d{1,2}[日号])")
_SHORT_YEAR = regex(r"(?<![\d.])(\d{2})年\d{1,2}月\d{1,2}[日号]")
_BAD_ZERO = regex(
    r"(?=[〇○零一二三四五六七八九O0]{4}年[一二三四五六七八九十]{1,2}月)[二一][一二三四五六七八"
    r"九〇○零O0]{3}年"
)
_SERIAL = regex(r"编号|版本|序号|单号|型号|户号|文号|版号|V\d")


def malformed(document: Document, settings: Settings) -> Iterator[Hit]:
    """N108: a date that is not written as 2026年5月1日, or that does not exist."""
    year = body_year(document)
    for line in document.lines:
        yield from _malformed_in(document, line.read, year)
    yield from _signed_badly(document)


def _malformed_in(document: Document, read: Passage, known: int) -> Iterator[Hit]:
    text = read.text
    for found in _PADDED.finditer(text):
        yield Hit(read.at(found.start()), Sentence("lint_date_padded", date=found[0]))
    for found in _SHORT_YEAR.finditer(text):
        yield Hit(read.at(found.start()), Sentence("lint_date_short_year", date=found[0]))
    for found in _BAD_ZERO.finditer(text):
        place = read.at(found.start())
        typed = document.source[place : read.at(found.end() - 1) + 1]
        if re.search(r"[○0OＯ０零◯]", typed):
            yield Hit(place, Sentence("lint_date_zero", date=typed))
    for day in dates.days_in(text):
        label = text[max(0, day.start - 8) : day.start]
        year = known or 2024
        if day.year is not None:
            year = day.year if day.year > 99 else 2000 + day.year
        real = replace(day, year=None).on(year)
        if real is None and not _SERIAL.search(label) and day.style != "/":
            words = f"{day.month}月{day.day}日"
            yield Hit(read.at(day.start), Sentence("lint_date_unreal", date=words))


def _signed_badly(document: Document) -> Iterator[Hit]:
    signed = signature_day(document)
    if signed is None:
        return
    line, day = signed
    place = line.read.at(day.start)
    words = line.text[day.start : day.end]
    if day.year is None:
        yield Hit(place, Sentence("lint_date_no_year", date=words))
    elif day.style not in ("plain", "chinese"):
        yield Hit(place, Sentence("lint_date_dotted", date=words))


_SUPPLIER = regex(r"供电(?:公司|局|部门|所)|国网|电力公司")


def too_late(document: Document, settings: Settings) -> Iterator[Hit]:
    """N113: less notice than the matter needs."""
    kind = KINDS.get(document.kind or "")
    signed = signed_on(document)
    if kind is None or signed is None or document.emergency or kind.weather:
        return
    planned = kind.supplier_lead if _SUPPLIER.search(document.body_text) else kind.lead
    lead = settings.leads.get(kind.key, planned)
    if lead <= 0:
        return
    start = _first_start(document, signed, kind)
    if start is None:
        return
    begins, place = start
    left = dates.days_between(signed, begins)
    if left < 0:
        yield Hit(place, Sentence("lint_after_start", lead=lead))
    elif left < lead:
        yield Hit(place, Sentence("lint_lead", lead=lead, left=left))


_DEADLINE = regex(r"(?:（[^（）]{0,10}）)?(?:之?前|以前|截止|止)")
_WHEN_LABEL = regex(
    r"(?:时间|日期|时段|期间|时限|日程|施工期|工期|期限)[^：，。]{0,4}：[^，。]{0,6}\Z"
)
_WHEN_WORD = regex(
    r"(?:于|自|从|定在|在|计划|拟|将|定|安排|预计|改|期限为|时间为|时间是|起始|改[为到至在]|(?:推迟|延期|延后|延迟|顺延|提前|调整|变更)[到至为]|的)(?:本周|下周|本月)?\Z"
    r"|：\Z|\A\Z"
)
_PAST = regex(
    r"[接据按]|根据|文|通知要求|发现|接到|收到|上次|去年|此前|原定|曾|通过|召开的|已于|反映|《"
    r"|成立|发布|竣工|施行|实施的"
)
_TOLD = regex(r"\A[^：]{0,6}[接据按][^：]{0,24}(?:通知|来函|消息|告知|公告)：")
"""Who told the office, before what they told it (接供电局通知：6月16日…)."""
_CLOCK_NEXT = regex(r"(?:（[^（）]{0,8}）)?(?:[上下]午|早|晚|凌晨|中午|夜间|全天|\d{1,2}[:时点])")
_MOVED = regex(r"(?=改[为到至在]|推迟|延期|延后|顺延|提前|调整|变更)")
"""Where the old date ends and the new one begins."""
_RELATIVE = regex(r"今[天日晚]|本日|明[天日]|后天")
_AT_ONCE = regex(r"即[时刻日]起|现在起")


def _first_start(document: Document, signed: date, kind: Kind) -> tuple[date, int] | None:
    labelled: list[tuple[date, int]] = []
    named: list[tuple[date, int]] = []
    for paragraph in document.body:
        text = paragraph.text
        for day in dates.days_in(text):
            real = _dated(day, signed)
            if real is None or day.follows:
                continue
            if kind.deadline_only and not _DEADLINE.match(text, day.end):
                continue
            before = _MOVED.split(re.split(r"[，。；！？]", text[: day.start])[-1])[-1]
            after = text[day.end : day.end + 14]
            if _PAST.search(_TOLD.sub("", before)) and not _WHEN_LABEL.search(text[: day.start]):
                continue
            if re.match(r"[^，。；]{0,12}(?:有效|张贴|公示|竣工|检测报告|保管)", after):
                continue
            if re.search(r"有效期|张贴|公示期|签发|落款|出账|账单|计费|所属|欠|所欠", before):
                continue
            entry = (real, paragraph.read.at(day.start))
            if _WHEN_LABEL.search(text[: day.start]):
                labelled.append(entry)
            elif kind.deadline_only or _WHEN_WORD.search(before) or _CLOCK_NEXT.match(after):
                named.append(entry)
    if labelled or named:
        return min(labelled or named)
    for clause in document.body_clauses:
        found = _RELATIVE.search(clause.text)
        if found and not _PAST.search(clause.text[: found.start()]):
            ahead = {"今": 0, "本": 0, "明": 1, "后": 2}[found[0][0]]
            return signed + timedelta(days=ahead), clause.at(found.start())
        now = _AT_ONCE.search(clause.text) if kind.key in OUTAGES else None
        if now:
            return signed, clause.at(now.start())
    return None


def _dated(day: Day, signed: date) -> date | None:
    real = day.on(signed.year)
    if real and day.year is None and dates.days_between(signed, real) < -180:
        return day.on(signed.year + 1) if day.exists else None
    return real


def wrong_weekday(document: Document, settings: Settings) -> Iterator[Hit]:
    """N116: a weekday that does not fit its date."""
    year = body_year(document)
    for line in document.lines:
        for day, weekday, at in dates.weekdays_in(line.text):
            known = day.year or year
            real = day.on(known) if known and known > 99 else None
            if real is None or real.weekday() == weekday:
                continue
            if day.year is None and _rolled(day, real, weekday, document):
                continue
            words = f"{real.year}年{real.month}月{real.day}日"
            right = "星期" + "一二三四五六日"[real.weekday()]
            yield Hit(line.read.at(at), Sentence("lint_weekday", date=words, right=right))


def _rolled(day: Day, real: date, weekday: int, document: Document) -> bool:
    """A date without a year that belongs to the year after the signature's."""
    later = day.on(real.year + 1)
    if later is None or later.weekday() != weekday:
        return False
    signed = signed_on(document)
    if signed is not None:
        return dates.days_between(signed, real) < -60
    known = [d for line in document.lines for d in dates.days_in(line.text)]
    return any(d.start != day.start and d.month >= 10 and day.month <= 3 for d in known)


_MATTERS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (matter, regex(words))
    for matter, words in (
        ("报名", r"报名"),
        ("办理", r"办[理完结妥齐好]"),
        ("缴费", r"[缴交](?:费|纳|清|齐|完)"),
        ("领取", r"领取|领[完走]|取[走回]"),
        ("投票", r"投票|表决|投出"),
        ("登记", r"登记"),
        ("认领", r"认领"),
        ("预约", r"预约"),
        ("申报", r"申报"),
        ("反馈", r"反馈"),
        ("公示", r"公示"),
        ("征集", r"征集|征求|征询"),
        ("申请", r"申请"),
    )
)
"""What a period and a deadline may both be set for."""


def contradicting(document: Document, settings: Settings) -> Iterator[Hit]:
    """N117: a period that ends before it begins, a deadline before its period."""
    year = body_year(document) or 2024
    periods: dict[str, date] = {}
    deadlines: list[tuple[str, date, int]] = []
    signed = (line.read for line in document.signature)
    title = (document.title,) if document.title else ()
    for paragraph in (*title, *document.paragraphs, *signed):
        text = paragraph.text
        for first, second, next_day in dates.spans_in(text):
            if dates.contradicts(first, second, next_day, year):
                words = text[first.start : second.end]
                yield Hit(paragraph.at(first.start), Sentence("lint_times", words=words))
            elif first.day and second.day and (begin := first.day.on(year)):
                for matter in _matters(_around(text, first.start, second.end)):
                    periods.setdefault(matter, begin)
        for day in dates.days_in(text):
            real = day.on(year)
            if real and not day.follows and _DEADLINE.match(text, day.end):
                near = text[max(0, day.start - 14) : day.end + 14]
                deadlines += [(m, real, paragraph.at(day.start)) for m in _matters(near)]
    for first, second, words, place in _labelled(document):
        if dates.contradicts(first, second, False, year):
            yield Hit(place, Sentence("lint_times", words=words))
    for matter, real, place in deadlines:
        if matter in periods and real < periods[matter]:
            words = f"{real.month}月{real.day}日"
            yield Hit(place, Sentence("lint_deadline_early", date=words))


_BEGINS = regex(r"(?:开始|起始|停[水电气暖运梯用])(?:时间|日期)?(?:为|是|：)\Z|\A起(?:始)?：\Z")
_STOPS = regex(
    r"(?:结束|截止|终止|恢复|来[水电])[^，。；：\d]{0,4}(?:时间|日期)?(?:为|是|：)\Z|\A止：\Z"
)


def _labelled(document: Document) -> Iterator[tuple[Moment, Moment, str, int]]:
    """A beginning and the end that follows it, each after its own label; the end and its place."""
    begin: Moment | None = None
    for paragraph in document.paragraphs:
        for moment in dates.moments_in(paragraph.text):
            label = re.split(r"[，。；\s]", paragraph.text[: moment.start])[-1]
            if moment.day and _BEGINS.search(label):
                begin = moment
            elif begin and moment.day and _STOPS.search(label):
                words = paragraph.text[moment.start : moment.end]
                yield begin, moment, words, paragraph.at(moment.start)
                begin = None


def _around(text: str, start: int, end: int) -> str:
    """What stands just before a period, and after it up to the next date or the full stop."""
    after = re.split(r"[。；！]", text[end : end + 30])[0]
    later = dates.days_in(after)
    return text[max(0, start - 14) : start] + "，" + (after[: later[0].start] if later else after)


def _matters(text: str) -> list[str]:
    return [matter for matter, words in _MATTERS if words.search(text)]


RULES = (
    Rule("N108", "warning", "GB/T 9704 7.3.5.4；GB/T 15835", malformed, passage=True),
    Rule("N113", "warning", "城市供水条例 22；电力供应与使用条例 28；惯例", too_late),
    Rule("N116", "error", "惯例", wrong_weekday, passage=True),
    Rule("N117", "error", "惯例", contradicting, passage=True),
)

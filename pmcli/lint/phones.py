"""Telephone numbers: whose they are, by what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmcli.dataclass import dataclass
from pmcli.patterns import regex

_NUMBER = regex(
    r"(?<![\d.\-A-Za-z/])(?:(?P<mobile>(?:\+?86[\- ]?)?1[ \-]?[3-9](?:[ \-.]?\d){9})"
    r"|(?P<free>[48]00[\- ]?\d{3,4}[\- ]?\d{3,4})"
    r"|(?P<land>[（]?0\d{2,3}[）\- ]{0,2}[2-9]\d{2,3}[\- ]?\d{4}(?:[\-转]\d{1,5})?)"
    r"|(?P<parted>[2-9]\d{2,3}[\- ]\d{4}(?:[\-转]\d{1,5})?)"
    r"|(?P<local>[2-9]\d{6,7}(?:[\-转]\d{1,5})?)"
    r"|(?P<short>\d{3,6}))(?![\d.]*\d)(?![年月日号元:栋幢室单个平米度％%层楼人张件户])"
)
_LABEL = regex(
    r"电话|热线|专线|手机|座机|致电|来电|拨打|拨|联系|分机|内线|咨询|报修|值班|[Tt][Ee][Ll]"
    r"|短号|[☎☏✆📞📱]"
)
_DESK = regex(
    r"物业|客服|前台|管家|服务[中台处]|总台|[部室岗台]\Z|工程|保安|监控|[打找问询呼](?:我们|一下)?\Z"
)
"""Who answers, or what one does with a number: enough beside a number that looks like one."""
_NO_NUMBER = regex(r"编号|[户单订证卡票]号|账户|合同")
_YEARS = regex(r"(?:19|20[0-4])\d[\- ]")
_OTHERS = regex(
    r"供电|国网|电网|电力|供水公司|自来水|水务|水司|燃气(?!表)|热力|供热公司|气象|急救|火警"
    r"|匪警|报警|派出所|市民|政务|社区医院|医院|消防|街道|城管"
)
_PUBLIC = frozenset(
    "110 119 120 122 12345 12315 95598 12318 12319 12329 12369 12350 96119 10000 10010 10086 12"
    "348 114".split()
)
_CUT = regex(r"[，。；！？、\n]")


@dataclass(frozen=True)
class Number:
    """A telephone number in a text."""

    start: int
    end: int
    text: str
    mobile: bool
    clause: str
    """What stands before it in its clause."""
    dialable: bool
    """Whether it reaches the office, not an authority or a supplier."""


def numbers_in(text: str) -> Iterator[Number]:
    """The telephone numbers of a line; short ones count when a word says what they are."""
    for found in _NUMBER.finditer(text):
        clause = _CUT.split(text[max(0, found.start() - 30) : found.start()])[-1]
        digits = re.sub(r"\D", "", found[0])
        labelled = _LABEL.search(clause) is not None
        if found["short"] and (not labelled or len(digits) < 4):
            continue
        if (found["local"] or found["parted"]) and not labelled and not _looks_so(found, clause):
            continue
        public = digits in _PUBLIC or (_OTHERS.search(clause) is not None and "物业" not in clause)
        yield Number(
            found.start(), found.end(), found[0], bool(found["mobile"]), clause, not public
        )


def _looks_so(found: re.Match[str], clause: str) -> bool:
    """Whether a number that no word calls a telephone is one by its form and its neighbours."""
    text, start = found.string, found.start()
    if _NO_NUMBER.search(clause):
        return False
    if "：" in clause or _DESK.search(clause) or _LABEL.search(text[max(0, start - 24) : start]):
        return True
    return found["parted"] is not None and not _YEARS.match(found[0])

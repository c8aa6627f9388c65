"""Persons in a text: names, rooms, identity and bank numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal

from pmcli.dataclass import dataclass
from pmcli.lint.surnames import COMMON, DOUBLE, RARE, WORDLIKE, WORDS
from pmcli.patterns import regex

_DOUBLE = "|".join(DOUBLE)
_ANY = COMMON + RARE
_NOT_SECOND = (
    "的了是在和与及或将把被请于为因向从到对按未已不无等该其本各至需可能会应须还也都就而且但并"
    "让给由使用以之者们上下内外前后去日年时分号栋室楼户层单幢座欠拖缴逾"
)
_NOT_THIRD = (
    "的了是在与及或将把被请于为因向从到对按未已不无等该其本各至需可能会应须还也都就而且但并"
    "让给由使用以之者们上下内外前后去日年时分号栋室楼户层单幢座家欠先女小同住业拖逾漏租说称拿领获"
    "报投委反"
)
NAME = (
    rf"(?:(?:{_DOUBLE})[一-龥]{{1,2}}"
    rf"|[{_ANY}](?![{_NOT_SECOND}])[一-龥](?:(?![{_NOT_THIRD}])[一-龥])?)"
)
_WORDLIKE_NAME = rf"[{WORDLIKE}](?![{_NOT_SECOND}])[一-龥](?:(?![{_NOT_THIRD}])[一-龥])?"
_TITLE = r"先生|女士|小姐|太太|老师|阿姨|大爷|大妈|大叔|大娘|大伯|大姐|大哥|伯伯|奶奶|爷爷|叔叔|小朋友|同学|宝宝|婆婆|老太|老先生"
_AFTER = (
    r"(?=$|[一两][户家人位]|[，。；：！？、（）“”\-~/\s\d*]|先生|女士|小朋友|同学|家|的|等|同志|老师|业主|住户"
    r"|欠|未|拖|逾"
    r"|漏|室内|房[号间屋]|户号|门牌|反映|投诉|报|因|于|在|拥|与|和|将|把|已|尚|私|擅|违|乱|饲"
    r"|养|领|电|手|联|累|共"
    r"|截|应|所|名|本|户|停|装|长|经|仍|至|身|住|获|中[奖签选]|拾|丢|请|拒|不|还|入选|报名|施工"
    r"|备案|申请|办理|登记)"
)
_HONOURED = regex(
    rf"(?:(?:{_DOUBLE})|[{_ANY}])(?:(?![{_NOT_SECOND}])[一-龥]){{0,2}}(?:{_TITLE})"
    rf"|(?<![一-龥])[{WORDLIKE}](?:{_TITLE})"
    rf"|(?<=[室号房户的主客])[{WORDLIKE}](?:{_TITLE})"
)
_LABEL = (
    r"(?:业主|户主|房主|住户|姓名|租户|租客|当事人|失主|联系人|本人|家长|产权人|车主|乘客|户名"
    r"|被告|债务人|收件人|收货人|寄件人|中奖者|获奖者|申请人|报修人|投诉人|欠费人)(?![单册称])(?:姓名)?"
)
_LABELLED = regex(rf"{_LABEL}(?:为|是|系|叫|：|，|、)?(?P<n>{NAME}){_AFTER}")
_LABELLED_WORDLIKE = regex(
    rf"(?:{_LABEL}(?:为|是|系|叫|：)|姓名[，：]?)(?P<n>{_WORDLIKE_NAME})(?=$|[，。；：（\d]"
    rf"|先生|女士)"
)
_TITLED_WORDLIKE = regex(
    rf"(?:(?<![一-龥])|(?<=党员)|(?<=邻居)|(?<=志愿者)|(?<=业主)|(?<=住户)|(?<=居民)|(?<=老人)"
    rf"|(?<=室)|(?<=的))"
    rf"(?P<n>{_WORDLIKE_NAME})(?=同志|先生|女士|小朋友|同学)"
)
_FREE = regex(
    rf"(?:(?<=[，。；：！？、（）“”.\-~\s\d室号房栋户主楼]|[的对是家])|(?<=[只还就]差)|(?<=[仅只]剩)|^)(?P<n>{NAME}){_AFTER}"
)
_STAFF = regex(
    r"(?:负责人|管家|工程师|经办人?|监理|客服|维修(?:工|员)?|物业|经理|主任|班长|队长|值班|施工"
    r"|师傅|保安|秩序|社区|民警|网格员|楼长|楼栋长|前台|接待|联系人)[^，。；]{0,3}\Z"
)
_N = r"[\dA-Za-z一二三四五六七八九十甲乙丙]{1,3}"
_DOOR = r"(?:\d{3,4}(?!年|元|\d|米|平|人|户(?![主名业])|份|万(?=[元多余，。])|度|[.:])|[一二三四五六七八九][一二三四五六七八九十零〇]{2,3})"
ROOM = regex(
    rf"{_N}(?:号楼|[栋幢座#]|号(?=\d))[，的\-]?(?:{_N}单元)?[，的]?(?:{_N}[层楼])?[，的]?"
    rf"(?:{_DOOR}(?:室|号|房|户)?|(?<=[层楼])[东西南北中左右](?:户|室|边户)"
    rf"|(?<=单元)[东西南北中左右]户)"
    rf"|{_N}单元[，的]?(?:{_N}[层楼])?(?:{_DOOR}室?|(?<=[层楼])[东西南北中左右]户)"
    r"|(?<![\d\-:.转A-Za-z])(?:[A-Z]\d{0,2}"
    r"|\d{1,3})-(?:[\dA-Za-z]{1,2}-)?\d{3,4}(?![\-\d:年月元米])"
    r"|(?<![\d\-.:转第])(?!20\d\d)\d{3,4}(?=、\d{3,4}(?![\d年月元路米号]))"
    r"|(?<![\d\-.])\d{3,4}(?:室|房(?!间|屋))|(?:户号|房号|室号|门牌)[：，]?\d{3,6}(?!\d)"
)


@dataclass(frozen=True)
class Person:
    """A person named in a text."""

    start: int
    end: int
    name: str
    staff: bool
    """Whether the words before say that it is somebody at work."""


def persons_in(text: str) -> list[Person]:
    """The persons a text names in full, or by surname and title; masked names are none."""
    found: dict[int, Person] = {}
    for match in _HONOURED.finditer(text):
        if not _common_word(match[0]) and match[0][1:2] not in "位名各诸":
            _keep(found, text, match.start(), match.end())
    for pattern in (_LABELLED, _LABELLED_WORDLIKE, _TITLED_WORDLIKE, _FREE):
        for match in pattern.finditer(text):
            name = match["n"]
            told = match.start("n") and match[0][: match.start("n") - match.start()].endswith("：")
            word = name in WORDS if told else _common_word(name)
            if not word and text[match.end() : match.end() + 1] != "*":
                _keep(found, text, match.start("n"), match.end("n"))
    return sorted(found.values(), key=lambda person: person.start)


def _common_word(name: str) -> bool:
    return name[:2] in WORDS or name[-2:] in (
        "通知",
        "提示",
        "公司",
        "中心",
        "小区",
        "花园",
        "物业",
        "社区",
    )


def _keep(found: dict[int, Person], text: str, start: int, end: int) -> None:
    staff = _STAFF.search(text[max(0, start - 8) : start]) is not None
    found.setdefault(start, Person(start, end, text[start:end], staff))


def rooms_in(text: str) -> Iterator[re.Match[str]]:
    """Rooms such as 3栋2单元501室, 3-2-501, 501室."""
    return ROOM.finditer(text)


_HELD_BY = regex(
    rf"(?:户名|开户人|收款人|账户名称?|持卡人)[：为是]?{NAME}(?=$|[，。；（\s\d]|账|帐|卡)"
)
_DIGITS = regex(r"(?<![\dA-Za-z])\d(?:[ \-]?\d){13,18}(?:[ \-]?[\dXx])?(?![\dA-Za-z])")


PrivateNumber = Literal["identity", "card"]
"""An identity number, or one of a bank card."""


def private_numbers_in(text: str) -> Iterator[tuple[int, PrivateNumber]]:
    """Where identity and bank card numbers stand, and which of the two: `identity` or `card`."""
    for found in _DIGITS.finditer(text):
        digits = re.sub(r"[ \-]", "", found[0]).upper()
        label = re.split(r"[，。；\n]", text[max(0, found.start() - 20) : found.start()])[-1]
        if re.search(
            r"订单|电表|水表|气表|表号|户号|编号|单号|条码|信用代码|序列|设备|快递|运单|流水"
            r"|发票|合同|备案|许可证|资质|登记号",
            label,
        ):
            continue
        identity = re.search(
            r"身份证|证件号|证号", text[max(0, found.start() - 24) : found.start()]
        )
        if is_identity_number(digits) or (identity and len(digits) in (15, 18)):
            yield found.start(), "identity"
        elif (
            16 <= len(digits) <= 19
            and digits.isdigit()
            and re.search(
                r"存入|打[到入]|汇[至入到]|转[到至入账]|卡号|银行|账[号户]|帐[号户]|户名|转账"
                r"|收款|卡",
                text[max(0, found.start() - 30) : found.start()],
            )
            and (
                _HELD_BY.search(text)
                or not re.search(r"公司|对公|服务中心|单位|业主大会|维修资金", text)
            )
        ):
            yield found.start(), "card"


def is_identity_number(digits: str) -> bool:
    """Whether digits read as an identity number: a region, a day of birth; the checksum may fail."""
    if len(digits) == 18 and digits[:17].isdigit():
        return _birth(digits[6:14]) and "11" <= digits[:2] <= "91"
    if len(digits) == 15 and digits.isdigit():
        return _birth("19" + digits[6:12]) and "11" <= digits[:2] <= "91"
    return False


def _birth(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= day.year <= 2035

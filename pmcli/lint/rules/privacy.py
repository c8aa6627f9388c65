"""N301 to N307: what a posted sheet must not tell about a person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmcli.lint.document import Document
from pmcli.lint.model import GENRES, Hit, Rule, Settings
from pmcli.lint.passages import Passage, sentences, unquoted
from pmcli.lint.persons import persons_in, plates_in, private_numbers_in, rooms_in
from pmcli.lint.phones import Number, numbers_in
from pmcli.messages import Sentence

_FUNCTION = re.compile(
    r"热线|值班|报修|客服|服务(?:电话|手机|专线)|咨询(?:电话|手机)|投诉|前台|监控|消控|办公"
    r"|管家(?:电话|手机|热线|专线)|24小时|应急(?:电话|抢修|手机)|抢修|物业(?:电话|手机|服务)"
    r"|联系电话|监督|救援|秩序|保安(?:电话|室)|门岗|服务中心|工程部|维修电话|电话"
)
_ONE = re.compile(
    r"(?:小|老"
    r"|阿)?[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董程曹袁邓许傅沈曾彭吕苏卢蒋"
    r"蔡贾丁魏薛叶余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔崔康毛邱秦江史顾侯邵孟龙万段雷钱"
    r"汤尹黎](?:先生|女士|小姐|师傅|工|经理|主任|老师|阿姨|队长|班长|姐|哥|总|管家|主管)"
    r"|小[王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗](?![一-龥])"
    r"|小[王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗](?=电话|手机|微信|处|姐|哥)|本人|业主电话|失主"
    r"|车主|业主本人|个人|私人"
)


def private_phone(document: Document, settings: Settings) -> Iterator[Hit]:
    """N301: a mobile number that is not the office's own."""
    own = {re.sub(r"\D", "", phone) for phone in settings.phones}
    for line in document.lines:
        for number in numbers_in(line.text):
            digits = re.sub(r"\D", "", number.text)[-11:]
            if number.mobile and digits not in own and not _for_work(line.text, number, settings):
                yield Hit(line.read.at(number.start), Sentence("lint_private_phone"))


def _for_work(text: str, number: Number, settings: Settings) -> bool:
    if settings.phones_complete:
        return False
    clause = re.split(r"[，。；！？]", text[: number.start])[-1]
    after = re.split(r"[，。；！？]", text[number.end :])[0]
    near = clause + after
    if _ONE.search(near) or persons_in(clause) or persons_in(after):
        return False
    return _FUNCTION.search(clause) is not None and not re.fullmatch(
        r"(?:本人)?(?:手机|电话)：?", clause
    )


def identity_number(document: Document, settings: Settings) -> Iterator[Hit]:
    """N302: an identity or bank card number."""
    for line in document.lines:
        for start, which in private_numbers_in(line.text):
            yield Hit(line.read.at(start), Sentence(f"lint_number_{which}"))


def plate(document: Document, settings: Settings) -> Iterator[Hit]:
    """N303: a whole number plate."""
    for line in document.lines:
        for found in plates_in(line.text):
            masked = found[0][:2] + "·" + found["n"][:2] + "***"
            yield Hit(line.read.at(found.start()), Sentence("lint_plate", masked=masked))


def _stretches(document: Document) -> Iterator[Passage]:
    """Rows and sentences, the stretches in which two facts are taken together."""
    for paragraph in (*document.paragraphs, *(line.read for line in document.signature)):
        yield from sentences(paragraph)
    if document.salutation:
        yield document.salutation.read
    if document.title:
        yield document.title


def name_and_room(document: Document, settings: Settings) -> Iterator[Hit]:
    """N304: a person's name together with the room."""
    for part in _stretches(document):
        text = part.text
        rooms = list(rooms_in(text))
        if not rooms:
            continue
        for person in persons_in(text):
            near = any(abs(room.start() - person.end) < 40 for room in rooms)
            if near and not person.staff and not _shop(text, person.end):
                yield Hit(
                    part.at(person.start), Sentence("lint_name_room", name=_masked(person.name))
                )
                break


def _shop(text: str, end: int) -> bool:
    return (
        re.match(
            r"[^，。；]{0,4}(?:店|餐|公司|超市|诊所|工作室|馆|面馆|烘焙|理发|药房|记)", text[end:]
        )
        is not None
    )


def _masked(name: str) -> str:
    return name[0] + "**"


_OWING = re.compile(
    r"欠|拖|逾期|(?:未|没)[^，。；]{0,6}(?:缴|交(?!流|通)|付|结清)|不(?:缴|交费|付)|应[补缴交]"
    r"|催[缴交]|滞纳"
)
_NOT_OWING = re.compile(r"无欠|不欠|已[结缴交付]清|无欠费|未欠")
_LIST = re.compile(r"欠费|欠缴|拖欠|未缴|未交|催缴|欠款|欠物业")
_SUM = re.compile(r"\d[\d,.]*(?:元|块|个?月)|\d+\.\d{2}|，\d{2,6}(?:，|$)")


def _owing(document: Document) -> Iterator[Passage]:
    """The rows and sentences that are about a sum owed."""
    listed = False
    for part in _stretches(document):
        text = part.text
        if _NOT_OWING.search(text):
            continue
        if _OWING.search(text) or (listed and _SUM.search(text)):
            yield part
        heads = _OWING.search(text) and re.search(r"以下|下列|名单|明细|如下|一览|公布|：\Z", text)
        listed = (
            (listed and bool(_SUM.search(text) or len(text) < 40))
            or _LIST.search(text) is not None
            or bool(heads)
        )


def named_arrears(document: Document, settings: Settings) -> Iterator[Hit]:
    """N305: what a named person owes."""
    for part, at, name in _debtors(document):
        yield Hit(part.at(at), Sentence("lint_named_arrears", name=_masked(name)))


def _debtors(document: Document) -> Iterator[tuple[Passage, int, str]]:
    for part in _owing(document):
        for person in persons_in(part.text):
            if not person.staff:
                yield part, person.start, person.name
                break


def arrears_list(document: Document, settings: Settings) -> Iterator[Hit]:
    """N307: rooms with what they owe."""
    if settings.arrears_posting:
        return
    named = {part.places[:1] for part, _, _ in _debtors(document)}
    for part in _owing(document):
        room = next(rooms_in(part.text), None)
        if room and part.places[:1] not in named and _specific(part.text, room):
            yield Hit(part.at(room.start()), Sentence("lint_arrears_list"))


def _specific(text: str, room: re.Match[str]) -> bool:
    """Whether the room owes, and is not the place to pay at."""
    after = text[room.end() :]
    before = text[: room.start()]
    if re.search(r"(?:到|前往|至|在|地址|地点)[^，。；]{0,8}\Z", before):
        return False
    return (
        _OWING.search(after) is not None
        or _OWING.search(before) is not None
        or _SUM.search(after) is not None
    )


_PAY = r"转账?|汇款?|付款?|支付|打款?|缴[费纳]?|交[费纳]?|存入?|扫|充值|收款|收取|加"
_PERSONAL = re.compile(
    r"(?:个人|私人|本人|出纳|会计|收费员|(?:[一-龥]{1,3}(?:经理|主任|管家|队长|师傅|会计|出纳"
    r"|先生|女士|主管|姐|哥))|管家|经理|主任|员工|工作人员|保安"
    r"|客服小[一-龥])(?:[一-龥]{0,6}?)(?:的)?(?:微信|支付宝|银行卡|收款码|二维码|付款码"
    r"|账[户号]|帐[户号]|银行账|卡[号上里中]|(?<!刷)卡(?=[，。]|$)|赞赏码|红包|名下)"
)
_HOLDER = re.compile(
    r"(?:户名|开户名|收款人|账户名|账户名称|开户人|持卡人|收款户名)(?:为|是"
    r"|：)?(?P<name>[一-龥*]{2,4})(?=$|[，。；（\s\d]|卡号|账|帐|开户|银行)"
)
_WECHAT_PAY = re.compile(
    rf"(?:{_PAY})[^，。；！？]{{0,14}}(?:微信(?:号|转账|账号)?|支付宝(?:账号"
    rf"|转账)?)(?:号)?(?:：|为|是)?[A-Za-z0-9_\-]{{5,}}|(?:微信|支付宝)(?:号"
    rf"|账号)?：?[A-Za-z0-9_\-]{{5,}}[^。；]{{0,12}}(?:转账|付款|缴费|交费)"
    rf"|(?:加|添加)[^，。；]{{0,10}}微信[^。；]{{0,16}}(?:转|付|缴|交)"
)
_PRIVATELY = re.compile(
    rf"(?:{_PAY})[^，。；！？]{{0,10}}(?:给|到|至|入|交给)[^，。；！？]{{0,4}}(?:管家|保安"
    rf"|收费员|出纳|保洁|[一-龥](?:经理|主任|管家|师傅|姐|哥|会计))(?:本人|手[中里上]|即可"
    rf"|处理)?(?=[，。；！？]|$|本人|手|即可)"
)
_WARNED = re.compile(
    r"(?:请勿|不要|切勿|勿|谨防|严禁|禁止|不得|不会|从不|绝不|不允许|不接受|不收取?|拒绝|不通过"
    r"|不以|警惕|防止|避免|不向|任何(?:个人|人)|没有|未委托|不能|冒充|假冒)[^。；！？]{0,20}\Z"
)
_FIRM = re.compile(
    r"公司(?:账|对公|收款|二维码|微信|公众号|支付宝)|对公|公众号|小程序|企业微信|生活缴费"
)


def private_account(document: Document, settings: Settings) -> Iterator[Hit]:
    """N306: money to a private account."""
    for sentence in document.sentences:
        text = unquoted(sentence.text)
        for found in _PERSONAL.finditer(text):
            around = text[max(0, found.start() - 16) : found.end() + 16]
            if (
                re.search(_PAY, around)
                and not _WARNED.search(text[: found.start()])
                and not _FIRM.search(found[0])
                and not re.search(r"您(?:的)?个人|业主个人|退[还回款至到]|退费|返还", around)
            ):
                yield Hit(sentence.at(found.start()), Sentence("lint_private_account"))
        for pattern in (_WECHAT_PAY, _PRIVATELY):
            for found in pattern.finditer(text):
                if not _WARNED.search(text[: found.start()]) and not _FIRM.search(text):
                    yield Hit(sentence.at(found.start()), Sentence("lint_private_account"))
        for found in _HOLDER.finditer(text):
            if persons_in("户主" + found["name"]) or "*" in found["name"]:
                yield Hit(sentence.at(found.start()), Sentence("lint_private_account"))


_POSTED = frozenset(GENRES) - {"函"}
RULES = (
    Rule("N301", "error", "个人信息保护法 25；S1、S2 4.12", private_phone, passage=True),
    Rule("N302", "error", "个人信息保护法 25、28", identity_number, passage=True),
    Rule("N303", "error", "个人信息保护法 25", plate, passage=True),
    Rule(
        "N304", "error", "个人信息保护法 25；民法典 1032–1034", name_and_room, _POSTED, passage=True
    ),
    Rule("N305", "error", "个人信息保护法 25", named_arrears, _POSTED, passage=True),
    Rule("N306", "error", "S2 6", private_account, passage=True),
    Rule("N307", "warning", "个人信息保护法 6、25", arrears_list, _POSTED, passage=True),
)

"""N301 to N307: what a posted sheet must not tell about a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pmcli.lint.document import Document
from pmcli.lint.model import GENRES, Hit, Settings
from pmcli.lint.passages import Passage, sentences, unquoted
from pmcli.lint.persons import PrivateNumber, persons_in, private_numbers_in, rooms_in
from pmcli.lint.phones import Number, numbers_in
from pmcli.lint.plates import plates_in
from pmcli.lint.rule import Rule
from pmcli.lint.surnames import COMMON, RARE
from pmcli.messages import Sentence
from pmcli.patterns import regex

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

_FUNCTION = regex(
    r"热线|值班|报修|客服|服务(?:电话|手机|专线)|咨询|投诉|前台|监控|消控|办公|24小时|应急|抢修"
    r"|管家(?:电话|手机|热线|专线)|物业(?:电话|手机|服务|值守|办|中心|处|管理)|监督|救援|秩序"
    r"|保安(?:电话|室|亭|岗)|门岗|岗亭|服务中心|管理处|工程部|维修(?:电话|手机|部|班)|巡逻|巡查"
)
_ONE = regex(
    rf"[小老阿]?[{COMMON}{RARE}](?:先生|女士|小姐|师傅|工|经理|主任|老师|阿姨|队长|班长|姐|哥|总"
    rf"|管家|主管|会计|站长|所长|医生|大夫|书记|警官|律师)|[小老阿][{COMMON}](?=$|[^一-龥]|电话"
    rf"|手机|微信|处|姐|哥)"
    r"|本人|业主电话|失主|车主|个人|私人"
    r"|(?:师傅|阿姨|老板|房东|邻居|水电工|[电木瓦锁油]工|中介)的?(?:电话|手机|微信|号码)"
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


_NUMBERS: Mapping[PrivateNumber, Key] = {
    "identity": "lint_number_identity",
    "card": "lint_number_card",
}


def identity_number(document: Document, settings: Settings) -> Iterator[Hit]:
    """N302: an identity or bank card number."""
    for line in document.lines:
        for start, which in private_numbers_in(line.text):
            yield Hit(line.read.at(start), Sentence(_NUMBERS[which]))


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


_OWING = regex(
    r"欠(?!妥|佳|安|缺|考虑)|拖(?!把|车|鞋|拉|运|地|离|走|延|线)|滞[缴交纳]|逾期|挂账"
    r"|(?:未|没)[^，。；]{0,6}(?:缴|交(?!流|通|接|付使)|付|结清|给(?=$|[，。；）])|到账|入账)"
    r"|不(?:缴|交费|付)|(?:应[补缴交]|补[交缴])|催[缴交]|还差"
)
_NOT_OWING = regex(
    r"[无不未]欠|(?:无需|不用|不必|无须)[^，。]{0,4}[补缴交]|已[结缴交付]清|已[缴交]纳?|不拖"
)
_LIST = regex(r"欠费|欠缴|拖欠|未缴|未交|催缴|欠款|欠物业|滞缴|没交|没缴|欠交|补[交缴]")
_SUM = regex(
    r"(?:\d[\d,.]*|[一二两三四五六七八九十百千万半]+)(?:多|余|几)?(?:元|块|个?月|年|个?季度)"
    r"|\d+\.\d{2}|，\d{2,6}(?:，|$)"
)


_ABOVE = regex(r"(?:以上|上述|上列)[^。；]{0,12}(?:[未没][缴交付]|欠|逾期)")


def _owing(document: Document) -> Iterator[Passage]:
    """The rows and sentences that are about a sum owed."""
    listed = False
    before: list[Passage] = []
    for part in _stretches(document):
        text = part.text
        if _NOT_OWING.search(text):
            before = []
            continue
        if _OWING.search(text) or (listed and (_SUM.search(text) or _only_rooms(text))):
            yield part
        if _ABOVE.search(text):
            yield from before
        before = [*before, part] if _SUM.search(text) or _only_rooms(text) else []
        heads = _OWING.search(text) and re.search(r"以下|下列|名单|明细|如下|一览|公布|：\Z", text)
        listed = (
            (listed and bool(_SUM.search(text) or len(text) < 40))
            or _LIST.search(text) is not None
            or bool(heads)
        )


def _only_rooms(text: str) -> bool:
    return next(rooms_in(text), None) is not None and not re.search(r"[一-龥]{4}", text)


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
        or _only_rooms(text)
    )


_SEND = (
    r"(?:转(?![告达发接弯运移让载换椅交为租送]|登记)|汇(?![总报演集])|打(?:款|钱|到|进|入|给)"
    r"|付|缴|交(?![通流警接])"
    r"|存[入到进]|充值|红包|收款|收取|扫)"
)
_DUE = regex(r"费|款|钱|元|块|押金|保证金|定金|租金|转[账到给入至]|汇|付|缴|户名|账户名|红包|扫")
_MONEY = regex(r"费|款|钱|元|押金|转[账到给]|付|缴|红包")
_WORKER = (
    r"(?:(?:[一-龥]{0,2}(?:经理|主任|管家|队长|班长|会计|出纳|主管|师傅|先生|女士|老师|阿姨"
    r"|收费员))"
    r"|收费人员|项目负责人|负责人|保安|保洁|员工|工作人员|管理员|热心业主|群主|志愿者|团长|楼长|店长|财务人员"
    r"|[小老阿][一-龥]|[一-龥][工哥姐总]|个人|私人|本人|我(?![们处司中公国市区]))"
)
_CHANNEL = (
    r"(?:微信|支付宝|银行卡|收款码|付款码|二维码|收钱码|账[户号]|帐[户号]|卡[号上里中]"
    r"|(?<!刷)卡(?=[，。；）]|$)"
    r"|存折|赞赏码|红包|名下|手机号?|余额宝|云闪付|储蓄)"
)
_PERSONAL = regex(
    rf"{_WORKER}[^，。；！？：可会协帮教助操讲办]{{0,6}}?(?:[一-龥]{{2,4}}(?:银行|信用社"
    rf"|储蓄)的?)?{_CHANNEL}"
)
_BANKED = regex(
    rf"{_WORKER}[一-龥]{{0,4}}(?:工行|农行|建行|中行|交行|邮政|[一-龥]{{2}}银行)[一-龥]{{0,6}}"
)
_OWN_MEANS = regex(
    r"(?:携带|持|提供|您的?|业主的?|住户的?|凭|绑定|出示|登记|填写|使用|用|通过|从|由)(?:其"
    r"|自己的?)?\Z"
)
_HOLDER = regex(
    r"(?:户名(?![单册])|开户名|收款人|收款账[户号]|账户名|账户名称|开户人|持卡人|收款户名)(?:为|是"
    r"|：)?(?P<name>[一-龥*]{2,4})(?=$|[，。；（\s\d]|卡号|账|帐|开户|银行|[一-龥]{2}银行"
    r"|[工农建中交]行)"
)
_TO_SOMEBODY = regex(
    rf"(?:转账?|汇款?|打款?|打钱|发?红包|微信|支付宝)[^，。；！？]{{0,10}}?"
    rf"(?:给|到|至|入)[^，。；！？]{{0,6}}?{_WORKER}"
    r"(?:本人|手[中里上]|那[里儿]?|这[里儿]?|处|名下|号上)?(?:就行|即可|就好|处理|代[缴交付办]"
    r"|就可以"
    r"|都行|即[为视]|后|备注)?(?=[，。；！？）]|$|即[为视]|后|备注|报名)"
    r"|(?:扫|加|转|付|打)[^，。；]{0,3}[他她其]的?(?:个人|本人)?的?(?:微信|支付宝|二维|收款|账|卡)[^，。；]{0,4}(?:付|转|缴|交|支)"
    r"|(?:微信|支付宝|红包|直接|钱|款)[^，。；]{0,4}(?:转|发|打给|付)我(?![们处司中公国])"
    rf"|(?:付|缴|交)[^，。；！？]{{0,8}}(?:给|到|至)[^，。；！？]{{0,4}}(?:管家|保安|收费员|出纳"
    r"|保洁|[一-龥](?:经理|主任|管家|师傅|姐|哥|会计))(?:本人|手[中里上]|即可"
    r"|处理)?(?=[，。；！？]|$)"
)
_ACCOUNT = regex(
    r"转账?[^，。；！？]{0,6}1[3-9]\d{9}(?=.{0,6}(?:微信|支付宝))|"
    rf"(?:微信|支付宝)[^，。；！？]{{0,8}}?(?:转|汇|打|付|缴|交)?(?:账|款|费)?(?:到|至|给"
    rf"|：)?(?:1[3-9]\d{{9}})"
    rf"|{_SEND}[^，。；！？]{{0,14}}(?:微信|支付宝)(?:号|账号|帐号)?(?:：|为"
    rf"|是)?[A-Za-z0-9_\-]{{5,}}"
    r"|(?:微信|支付宝)(?:号|账号)?：?[A-Za-z0-9_\-]{5,}[^。；]{0,12}(?:转账|付款|缴费|交费|收款)"
    r"|(?:加|添加)[^，。；]{0,10}微信[^。；]{0,16}?(?:转账|转款|转钱|付款|付费|缴[费纳款]"
    r"|交[费款钱纳]|发?红包|打款)"
)
_WARNED = regex(
    r"(?:请勿|不要|切勿|勿|谨防|严禁|禁止|不得|不会(?=向|要求|以|通过|收|让|派|委托)|从不|绝不"
    r"|不允许|不接受|不收取?|拒绝|不通过"
    r"|不以|警惕|防止|避免|不向|任何(?:个人|人)|没有|未委托|不能|冒充|假冒|不用|不使用|不存在"
    r"|如有人|若有人"
    r"|自称)[^。；！？]{0,24}\Z"
)
_WARNING = regex(
    r"不法分子|提高警惕|有人以|以我[公司处们]{1,2}名义|的名义|冒充|假冒|请勿(?:相信|轻信|转|扫)|不要(?:相信|轻信)|谨防|诈骗|骗子|骗局|上当|勿信|均属|报警|举报"
)
_FIRM = regex(
    r"公司(?:账|对公|收款|二维码|微信|公众号|支付宝)|对公|公众号|小程序|企业微信|生活缴费"
    r"|公司的?账"
)


def private_account(document: Document, settings: Settings) -> Iterator[Hit]:
    """N306: money to a private account."""
    for sentence in document.sentences:
        text = unquoted(sentence.text)
        if _WARNING.search(text) or not _DUE.search(text):
            continue
        at = _private_payee(text)
        if at is not None:
            yield Hit(sentence.at(at), Sentence("lint_private_account"))


def _private_payee(text: str) -> int | None:
    """Where a text says that money goes to a person, by account or from hand to hand."""
    for found in (*_PERSONAL.finditer(text), *_BANKED.finditer(text)):
        clause, start = _clause(text, found.start())
        before = text[max(start, found.start() - 16) : found.start()]
        if (
            (not re.search(r"微信|二维码", found[0]) or _MONEY.search(text))
            and re.search(_SEND, before + found[0] + text[found.end() : found.end() + 10])
            and not _spared(text, found)
            and not _OWN_MEANS.search(before)
            and not re.search(r"退[还回款至到]|退费|返还|进群|入群|截图|凭证|发票|开票", clause)
        ):
            return found.start()
    for pattern in (_TO_SOMEBODY, _ACCOUNT):
        for found in pattern.finditer(text):
            if not _spared(text, found):
                return found.start()
    for found in _HOLDER.finditer(text):
        if persons_in("户主：" + found["name"]) or "*" in found["name"]:
            return found.start()
    return None


def _clause(text: str, index: int) -> tuple[str, int]:
    start = max(text.rfind(mark, 0, index) for mark in "，。；！？") + 1
    return re.split(r"[，。；！？]", text[start:])[0], start


def _spared(text: str, found: re.Match[str]) -> bool:
    clause, _ = _clause(text, found.start())
    if re.search(r"不得|严禁|禁止|不准|不许|不能", found[0]):
        return True
    if re.search(r"截图|凭证|发票|回单", clause):
        return True
    warned = _WARNED.search(text[: found.start()])
    if warned and not re.search(r"请(?![勿不拒])", warned[0]):
        return True
    return _FIRM.search(clause) is not None


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

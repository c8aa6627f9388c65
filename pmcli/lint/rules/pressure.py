"""N202 to N204: pressing payment by cutting services, fines, charges for late payment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmcli.lint.document import Document
from pmcli.lint.model import Hit, Settings
from pmcli.lint.passages import Passage, unquoted
from pmcli.lint.rule import Rule
from pmcli.lint.rules.cutting import PROPERTY_FEE, cut_off
from pmcli.messages import Sentence
from pmcli.patterns import regex

_SUM = (
    r"(?:人民币|RMB|￥|¥)?(?:\d[\d,.]*|[一二两三四五六七八九十百千万壹贰叁伍拾佰仟]+)(?:元"
    r"|块钱?|圆)"
)
_FINE = regex(
    r"罚款|罚金|罚没|罚[交缴]|罚(?:你|您|其|他|以|取|人民币)?(?=[^，。]{0,4}(?:元|块))"
    r"|罚(?=[一二两三四五六七八九十百千\d]{1,6}(?:[，。；！]|$|/))|罚(?=\d+/次)"
    r"|[一1首]次(?:\d{2,4}|[一二三五]十|[一二三五]百)(?=[，、元。！])(?=.*[两二2]次)|认罚|计罚"
    r"|(?:逮[着到]|发现)?[一1每][回次](?:[一二两三五]百|[一二三五]十)(?=[，。！])|罚(?=种|扫"
    r"|站)|交罚|罚单|处罚(?:人民币)?(?=\d)"
    r"|(?<![我本各此])处以?(?:人民币)?[\d一二两三五百千][\d.,一二两三四五六七八九十百千至到\-~元以上下]*元"
    r"|(?<![我本各此])处以[^，。]{0,10}(?:处罚|罚款)"
    r"|[扣][除押罚留减下]?[^，。；！？]{0,8}(?:押金|保证金)|(?:押金"
    r"|保证金)[^，。；！？]{0,6}(?:不予?退|不退还|没收|扣[除罚留]|充公|予以扣)"
    r"|(?:押金|保证金)[^。；]{0,14}(?:概不退|不退(?!还)|不予退)|没收[^，。]{0,6}(?:押金|保证金)"
    r"|经济处罚|经济制裁|重罚|予以罚|有偿清理并处|(?:从"
    r"|在)[^，。；！？]{0,12}(?:预存|押金|保证金|账户|余额)[^，。；！？]{0,8}(?:划|扣|抵)"
)
_PUNISHING = regex(
    r"惩戒|惩罚|以示警|以儆效尤|警示费|占位费|违停费|占道费|违规费|教训|惩处|长记性|违规金|处罚金"
    r"|作为警告|超时占用费|以儆|警诫|儆戒|管束费|整改金|违约清洁|教育[费金]|管教费|违[规约]押金"
    r"|绿化补偿费|认捐|自愿捐"
)
_BREACH = regex(
    r"违者|违反|违规|违停|违章|违建|乱[停扔贴堆倒丢放搭拉泼]|不听劝|发现[一1]次|每发现|再犯"
    r"|随地|逆行|进楼|上楼|逮[着到]|占用(?!公共区域举办)|不牵绳|不拴|擅自|私[自拉搭]|未清理"
    r"|不清理|抛物|逾期未?不?"
    r"|不按规定|随意|屡劝|拒不|超时施工|不配合|占[道位]|遛狗不|违约|的主人|便溺|大小便|不捡"
    r"|(?:查|抓|逮|捉|碰|撞)[到着见]?[一1每][回次个]|迟到的?|缺席的?|未捡|随手扔|者，|者每|被[^，。]{0,4}发现|首次|第[一二三]次|谁[^，。]{1,6}谁|翻倍"
)
_PRICE = regex(
    r"场地费|充电(?:服务)?费|充电收费|参赛|报名费|会费|工本费|押金|门票|清运费|服务费|租赁|借用"
    r"|购买|办理费|奖金|奖励|补贴|优惠"
)
_TAKE = regex(
    r"捐|收取?|加收|扣|缴[纳交]?|交[纳付]?|支付|需付|征收|赔[付偿]?|付[费款]|计收|补[缴交]|罚|掏"
    r"|出|发(?=[^，。]{0,8}红包)|划[走扣转]|抵扣"
)
_COST = regex(
    r"维修|修复|实际|赔偿|恢复原状|按价|市价|成本|损坏|损失|工本|补办|挂失|停车(?:费|收费)"
    r"|收费标准|违约金|滞纳金|利息|临停|保洁服务|租|垃圾清运费|起步"
)
_AUTHORITY = regex(
    r"公安|消防(?:救援)?(?:机构|部门|大队|支队|队|机关)|消防救援|城管|城市管理|执法|行政机关"
    r"|主管部门|市场监管|环保|生态环境|住建|住房|交警|交管|交通管理(?!费)|有权机关"
    r"|政府|刑事|判处|运营[商公方]|有关部门|相关部门|职能部门|派出所|街道办|法院|司法|国家机关"
    r"|监管部门|烟草|卫健"
    r"|农业农村|综合行政"
)
_LAW = regex(
    r"《[^《》]{0,40}(?:法|条例)》|《[^《》]{0,40}(?:省|市|国|国家|城市|建筑|公共|民用"
    r"|住宅)[^《》]{0,40}(?:规定|办法|规则)》|[法例]第[\d一二三四五六七八九十百千零]{1,9}条"
    r"|依法(?:可|将|应|予|处|给|被|会)"
)
_OFFICE = regex(
    r"我[处司们]|我公司|我中心|本[处司公中]|物业(?!费|服务费|管理条例|服务合同|管理条)|服务中心"
    r"|管理处|保安|秩序(?:队|员|维护)|客服"
)
_NO_FINE = regex(
    r"(?:不会|无权|不得|不能|没有|并非|不是|取消|严禁|禁止|杜绝|不再|不予|不|非|免除?|以免|避免|免得"
    r"|免遭|谨防|防止|虚假|冒充|诈骗|名义|从未|不存在|(?:如有|若有|遇)[^，。]{0,12}向[您业][^，。]{0,4})"
    r"[^，。；！？者的]{0,8}\Z|(?:名义|没有任何)[^，。；！？]{0,4}\Z|乱\Z"
)


def fine(document: Document, settings: Settings) -> Iterator[Hit]:
    """N203: the office punishes with money."""
    for sentence in document.sentences:
        quoted = unquoted(sentence.text)
        at = _fine_at(quoted)
        if at is None:
            at = _coined_fee(sentence.text)
        if at is None:
            continue
        if not _lawful(sentence.text, quoted, at):
            yield Hit(sentence.at(at), Sentence("lint_fine"))


def _fine_at(text: str) -> int | None:
    for found in _FINE.finditer(text):
        before = text[max(0, found.start() - 12) : found.start()]
        if _NO_FINE.search(before) or re.match(
            r"[制权]|的?(?:行为|谣|说法|传言|电话|短信)|球|站|单诈骗", text[found.end() :]
        ):
            continue
        if re.match(r"[^，。；]{0,4}(?:工程款|合同款|承包费|外包|绩效|考核)", text[found.end() :]):
            continue  # what a contractor loses under the office's own contract
        if "金" in found[0] and _COST.search(text) and "罚" not in text and "没收" not in text:
            continue  # the proven cost of a repair, taken from a deposit
        return found.start()
    agreed = _PENALTY_SUM.search(text)
    if agreed and re.search(r"[一每首][次人辆]", text) and not _CONTRACT.search(text):
        return agreed.start()
    punishing = _PUNISHING.search(text)
    sums = re.search(rf"{_SUM}|[\d一二两三五十]倍", text)
    if punishing and (sums or "费" in punishing[0]) and _TAKE.search(text):
        return punishing.start()
    breach = _BREACH.search(text)
    if breach and not _COST.search(text) and not _PRICE.search(text):
        for money in re.finditer(_SUM, text):
            if re.search(r"扣[减除]?[^，。；]{0,4}(?:工程款|合同款|承包费|服务费|绩效)", text):
                break
            clause = re.split(r"[，。；：]", text[: money.start()])[-1]
            if money.start() > breach.start() and (
                _TAKE.search(clause)
                or re.search(r"收取|缴纳|上交|罚|红包", text[money.end() :])
                or re.search(r"每次|一次|每[辆袋处件人户]", clause)
            ):
                return money.start()
    return None


_PENALTY_SUM = regex(rf"违约金[^，。；]{{0,4}}{_SUM}|{_SUM}[^，。；]{{0,4}}违约金")
_CONTRACT = regex(r"合同|协议|约定|逾期|欠|租|[业管]费|未[缴交付]")
_COINED = regex(
    rf"(?:的|者|户|人)，[^。；]{{0,10}}(?:收|交|缴|付|出|掏)[^，。；]{{0,6}}?(?P<sum>{_SUM})[^，。；]{{0,4}}“[^”]{{1,10}}[费金款钱]”"
)


def _coined_fee(text: str) -> int | None:
    """Where a sum for a breach bears a made-up name in quotation marks."""
    coined = _COINED.search(text)
    return coined.start("sum") if coined else None


def _lawful(text: str, quoted: str, at: int) -> bool:
    """Whether an authority or the law does the fining, and not the office."""
    before, after = text[:at], text[at:]
    authority = None
    for found in _AUTHORITY.finditer(before):
        authority = found
    law = None
    for found in _LAW.finditer(before):
        law = found
    if authority or law:
        last = max(found.end() for found in (authority, law) if found)
        if not _OFFICE.search(before, last):
            return True
    if re.search(rf"^[^，。；]{{0,14}}(?:由|归)[^，。；]{{0,10}}(?:{_AUTHORITY.pattern})", after):
        return True
    return bool(_LAW.search(after[:40]) and not _OFFICE.search(before) and authority)


_LATE_FEE = regex(r"滞纳金|滞纳费|罚息")
_PERCENT = r"(?:(万|千|百)分之([零一二两三四五六七八九十百点\d.]+)|(\d+(?:\.\d+)?)([%‰‱]))"
_RATE = regex(
    r"(?:每个?[日天]|每[逾拖晚迟延超][^，。；！？]{0,4}?[日天]|(?:逾期|过期|拖|晚|迟|超"
    r"|延)[^，。；！？]{0,4}?[一1每][日天]"
    rf"|[按以][日天]|(?<!\d)日)[^；。！？]{{0,24}}?{_PERCENT}(?!/?年|每年|的?年)"
)
_RATE_BEFORE = regex(
    rf"{_PERCENT}(?:/|每|一)[日天]|{_PERCENT}[^，。；]{{0,8}}(?:按[日天]|逐[日天]|日息|[天日]数)"
)
_NOT_LATE_FEE = regex(r"(?:不|无|免[收除缴交]?|减免|取消|没有|停止|禁止)[^，。；！？]{0,6}\Z")
_LEST = regex(r"(?:以免|避免|免得|以防|不然|否则|不交|未交|不缴)[^，。；]{0,8}\Z")
_TAX = regex(r"税|社保|社会保险|供电|供水|自来水|燃气公司|热力")
_DIGITS = {d: n for n, d in enumerate("零一二三四五六七八九")} | {"两": 2}
_PARTS = {"百": 100, "千": 1000, "万": 10000, "%": 100, "‰": 1000, "‱": 10000}
_OWED = regex(
    r"违约|滞纳|逾期|欠|加收|利息|计收|罚|未[缴交付]|[拖迟晚]|超过|过期|延误|延期|延付|补偿金"
    r"|催|加付"
)


def late_fee(document: Document, settings: Settings) -> Iterator[Hit]:
    """N204: 滞纳金, or a daily rate that a court would cut."""
    for sentence in document.sentences:
        text = unquoted(sentence.text)
        for found in _LATE_FEE.finditer(text):
            if _explained(text, found) or _named_in_title(document, sentence):
                continue
            if (
                _NOT_LATE_FEE.search(text[: found.start()])
                and not _LEST.search(text[: found.start()])
            ) or _TAX.search(text):
                continue
            yield Hit(sentence.at(found.start()), Sentence("lint_late_fee"))
        if re.search(r"没有[^，。]{0,4}(?:收费|费用|说法)|不收", text):
            continue
        if _TAX.search(text) and not PROPERTY_FEE.search(text):
            continue
        owed = _OWED.search(text)
        for found in (*_RATE.finditer(text), *_RATE_BEFORE.finditer(text)):
            rate = _rate([group for group in found.groups() if group])
            if rate > settings.late_rate_max + 1e-9 and owed:
                limit = f"{settings.late_rate_max:.2%}"
                yield Hit(
                    sentence.at(found.start()),
                    Sentence("lint_late_rate", rate=f"{rate:.2%}", limit=limit),
                )


_ASKED = regex(
    r"(?:是否|会不会|要不要|需不需要|有没有|能不能|可否|什么是|何为|何谓|问|咨询|关于|所谓|误称|俗称)"
    r"[^，。；！？]{0,16}\Z"
)
_DEFINED = regex(
    r"(?:一词|这[一个]|的?(?:说法|概念|叫法|称呼|性质|由来)|(?:和|与|跟|同)[^，。；]{0,6}违约金)?"
    r"(?:，)?(?:是(?![按以每从自多由])|指|属于|属(?!于业)|不是|并非|怎么|如何|多少|吗|的?区别|[和与]违约金)"
)


def _explained(text: str, found: re.Match[str]) -> bool:
    """Whether the word is asked about or explained and no such charge is announced."""
    return bool(_ASKED.search(text[: found.start()]) or _DEFINED.match(text, found.end()))


def _named_in_title(document: Document, sentence: Passage) -> bool:
    title = document.title
    if title is None or sentence.at(0) != title.at(0):
        return False
    return re.search(r"收|缴|交|支付|追", title.text) is None


def _rate(parts: list[str]) -> float:
    if parts[0] in _PARTS:
        return _number(parts[1]) / _PARTS[parts[0]]
    return float(parts[0]) / _PARTS[parts[1]]


def _number(text: str) -> float:
    if text.replace(".", "", 1).isdigit():
        return float(text)
    whole, _, fraction = text.partition("点")
    tail = "".join(str(_DIGITS.get(char, 0)) for char in fraction)
    if whole.startswith("十"):
        value = 10 + _DIGITS.get(whole[1:2], 0)
    else:
        value = _DIGITS.get(whole[:1], 0) * (10 if whole[1:2] == "十" else 1)
    return float(f"{value}.{tail or 0}")


RULES = (
    Rule("N202", "error", "民法典 944(3)", cut_off, passage=True),
    Rule("N203", "error", "行政处罚法 17", fine, passage=True),
    Rule("N204", "warning", "民法典 585", late_fee, passage=True),
)

"""N202 to N204: pressing payment by cutting services, fines, charges for late payment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmcli.lint.document import Document
from pmcli.lint.model import Hit, Rule, Settings
from pmcli.lint.passages import Passage, unquoted
from pmcli.messages import Sentence

_MONEY_DUE = (
    r"欠[费款缴交账]|拖欠|积欠|[所尚仍]欠|欠物业|有欠|欠付|欠了|(?:未|没有?|不|拒|迟迟不|不肯"
    r"|不愿|不及时|不按时|不按期"
    r"|未按[时期规约]定?|未能?及时|未如期|未足额|未主动|尚未|仍未|还未|仍不|再不|还不|拒不"
    r"|逾期不|逾期未|到期未"
    r"|到期不|超期未|超期不|长期不|长期未|一直未|不配合|拒绝)"
    r"[^，。；！？]{0,8}?(?:缴|交(?![通付流接界换代往汇错警管])|付(?!诸)|结清|清缴|支付|补齐"
    r"|还款|清偿|履行缴|打款|入账|到账)"
    r"|缴费不|交费不|费用?[未不没][到结交缴付]|账单未|催[缴交收]|无视催|赖账|不还|欠\d"
)
MONEY_DUE = re.compile(_MONEY_DUE)
"""Words for a sum that is owed and not paid."""

_LATE = re.compile(r"逾期|过期|超期|届时|到期|限期|违者|否则|仍[不未]|拒不|再不")
_BREACH_OF_TERM = re.compile(r"逾期|过期|超期|违者|否则|仍[不未]|拒不|再不")
_CLEARED = re.compile(
    r"(?:缴清|结清|交清|付清|还清|补缴|补交|补齐|清缴|缴[费纳]|交[费纳齐]|缴完|交完|付[费款]"
    r"|先[缴交付]|清偿|清欠|补上|到位|到账|入账|补足|交齐|缴齐|补完|交上|缴上|交够|缴够|结了"
    r"|清了|交了|缴了)"
    r"[^。！？]{0,12}?(?:后|之?前提|方可|才[能可会予给有]?|方能|再(?:行|给|予|来|安排|办|受理"
    r"|派)?|自然|自动|就[给可能会])"
)
_PROPERTY_FEE = re.compile(
    r"物业(?:服务)?费|管理费|服务费|公摊|欠费|拖欠|欠缴|欠交|催[缴交]|欠款|费用"
)

_CUT = (
    r"(?:[停断限切锁掐关]|拉)[掉了止用供]{0,2}(?:您?[家户]?的?)?[水电气暖热闸梯卡]"
    r"|停止?供[水电气暖热应]|断供|限供|停限|停、?断"
    r"|[水电气暖热闸阀](?:源|表|阀|闸)?[^，。；！？]{0,6}?(?:停[掉用供止]?(?![车产留业工顿])"
    r"|切断|断[掉开供]|拆[除走]|关[停闭掉断]|掐断|锁[死定闭])"
    r"|关(?:闭|停|掉)?[水电气]?(?:阀|总闸|闸门)|拉闸|封(?:停|闭)?[水电气]|剪[断线]|限时供"
    r"|限量供|分时供|低压供"
)
_OBJECT = (
    r"水|电(?!话|子|动|瓶|询|脑|影|视)|燃?气(?!候|象|温)|暖|热(?!线|心|情)|供[水电应气热]|电梯"
    r"|梯控|门禁|门卡|卡|道闸|车闸|抬杆|起杆|车位|车辆|停车"
    r"|进出|出入|通行|放行|出门[条证]|搬[出家离运]|维修|报修|保修|上门|装修|施工证|许可|手续"
    r"|服务|权限|通道|刷脸|人脸"
    r"|二维码|开门|入园|入户|授权|月保|车牌|白名单|快递|保洁|垃圾清运|代收|证明|过户|业务"
)
_LOSS_VERB = (
    r"停[止用掉办供发缓]|暂停|中止|终止|中断|切断|断开|限制|限[停用行时]|禁用|禁止|锁定"
    r"|锁[死住闭]|注销|冻结|失效|作废|取消|收回|屏蔽|拉黑"
    r"|拒绝|不予|不再|不提供|不办理?|不给|不准|不让|不许|不得|不受理|不安排|不派|不接|不享受"
    r"|享受不到|享受不了|暂缓|缓办|推迟|延后|延缓"
    r"|拆除|不抬杆|不放行|不起杆|消磁|降低|降级|减少|受限|受到?影响|影响|无法|不能|无权|不可"
    r"|停掉|清除|删除|关[闭停]"
    r"|打不开|刷不[开了]|进不[来去了]|用不[了成]|没法|[派办修接开过用领]不[出了成到进]|停下"
    r"|不(?:了|成)|自动失"
    r"|将?失去|予以停|移出|剔除|降[为至到]|调低|拉[下掉]|撤[销走掉]|别想|休想|甭想"
    r"|剥夺|用不上|开不了"
)
_LOSS = re.compile(
    rf"{_CUT}|(?:{_LOSS_VERB})[^，。；！？]{{0,14}}?(?:{_OBJECT})"
    rf"|(?:{_OBJECT})[^，。；！？]{{0,14}}?(?:{_LOSS_VERB})"
    r"|不抬杆|不放行|不开杆|不予?起杆|消磁|停卡|锁卡|锁梯|停梯|黑名单|不管[你您]|[停断]服"
)
_UTILITY = re.compile(_CUT)
_HARMLESS_CUT = re.compile(
    r"(?:停水|停电|停气|停暖|停梯|断电|断水|停止供.)(?:期间|时间?|之?前|之?后|时段|通知"
    r"|当[日天]|原因|范围|影响|检修|公告|信息|计划|消息|事宜|区域)"
    r"|电费|水费|气费|暖气?费|水电费|燃气费|取暖费|热费|停车费|维修(?:资金|基金|费)|服务费"
    r"|车位费|卡费"
)
_NOT_CUT = re.compile(
    r"(?:不会|不得|不以|不能以|不应|绝不|从不|决不|从未|禁止|无权|不可以?|严禁|不采取|不因|不将"
    r"|并非|不允许|不准|不宜"
    r"|不再以|不用|不采用|不通过|反对|杜绝|不是要|没有权)[^，；]{0,18}\Z"
)
_FORBIDDEN = re.compile(r"不得|禁止|不能|无权|不可|不准|不许|不再")
_OTHERS_CUT = re.compile(
    r"(?:供电|供水|电力|自来水|燃气|热力|供热|供暖)(?:公司|局|部门|所|企业|集团|单位|厂|方)"
    r"|国网|预付费|预存|余额|充值|购电|卡表|自动断电|自来水公司"
)
_RENTAL = re.compile(
    r"租[期赁金约]|月租|包月|续[费租期]|租用|会员|年费|套餐|临停|停车费|车位费|场地费|届满"
)
_OTHER_MONEY = re.compile(
    r"工本费|押金|保证金|租金|停车费|成本费|报名费|场地费|定金|会费|票款|充值|清运费|材料费"
    r"|配件|维修费用|手续费|购卡"
)
_BACK = re.compile(
    r"上述|以上|该|其|届时|此类|相关|这些|对应|所涉|此|将|我[处司们]|系统|一律|也|仍|还"
)
_TIE = re.compile(
    r"不影响|不受影响|不受此|照常|如常|(?:保持|保障|维持|确保|一切|恢复)正常|正常(?:供应|运行"
    r"|开放|进行|提供)|恢复|继续(?:提供|供应|享受|使用)|重新开通"
)
_PERMIT = re.compile(
    r"办理|通行|放行|进出|出入|维修|派[单工]|门禁|门卡|电梯|装修|搬[家离出]|开通|供[水电]"
    r"|用[水电]|购[水电]|使用|受理|领|打开|水阀|换卡|发卡|换发|激活|恢复|服务|进场|出门[条证]"
)


def cut_off(document: Document, settings: Settings) -> Iterator[Hit]:
    """N202: a service cut or limited to press payment."""
    about_money = _PROPERTY_FEE.search(document.text) is not None
    earlier = False
    fee_text = _fee_text(document)
    for sentence in document.sentences:
        text = unquoted(sentence.text)
        due = MONEY_DUE.search(text)
        late = _LATE.search(text)
        at = _loss(text, due.start() if due else (late.start() if late else 0))
        strong = due is not None and not _only_title(document, sentence)
        if at is None and (strong or about_money or earlier):
            at = _only_after_payment(text)
            if at is not None and _excused(text, at, due is not None):
                at = None
            elif at is not None:
                yield Hit(sentence.at(at), Sentence("lint_cut_off"))
                at = None
        if at is not None and not _excused(text, at, due is not None):
            term = _BREACH_OF_TERM.search(text)
            weak = term is not None and _UTILITY.search(text, term.end()) is not None
            tied = late is not None and about_money and fee_text
            back = earlier and _BACK.search(text) is not None
            if strong or weak or tied or back:
                yield Hit(sentence.at(at), Sentence("lint_cut_off"))
        if not _only_title(document, sentence):
            earlier = due is not None or (earlier and not text.endswith("\n") and back_near(text))


def back_near(text: str) -> bool:
    """Whether what was owed is still the subject after this sentence."""
    return re.search(r"请|缴|交|费|届时|仍", text) is not None


def _fee_text(document: Document) -> bool:
    return (
        MONEY_DUE.search(document.text) is not None
        or re.search(
            r"(?:缴|交)[^，。]{0,8}(?:物业|管理|服务)(?:服务)?费|(?:物业|管理"
            r"|服务)(?:服务)?费[^，。]{0,12}(?:缴|交)",
            document.text,
        )
        is not None
    )


def _only_title(document: Document, sentence: Passage) -> bool:
    return document.title is not None and sentence.at(0) == document.title.at(0)


def _loss(text: str, start: int) -> int | None:
    """Where a text speaks of a service being cut, none of it denied or a mere time."""
    for found in _LOSS.finditer(text):
        harmless = _HARMLESS_CUT.match(text, found.start())
        if harmless and harmless.end() >= found.end():
            continue
        if _HARMLESS_CUT.fullmatch(found[0]) or _TIE.search(found[0]):
            continue
        if _TIE.search(text[max(0, found.start() - 6) : found.end() + 6]):
            continue
        if found.start() < start and MONEY_DUE.search(found[0]):
            continue
        if _forbids(text, found):
            continue
        return found.start()
    return None


def _forbids(text: str, found: re.Match[str]) -> bool:
    """Whether what looks like a loss is a ban on causing one: 不得采取停止供水的方式."""
    if _FORBIDDEN.match(found[0]) and _UTILITY.search(found[0], 2):
        return True
    return re.match(r"采取|以|通过|因|借|用", text[found.end() :]) is not None and bool(
        re.search(r"(?:不得|不能|不可|不会|无权|禁止|不准|不许)\Z", found[0])
    )


def _only_after_payment(text: str) -> int | None:
    found = _CLEARED.search(text)
    if found and _PERMIT.search(text, found.end()):
        return found.start()
    return None


def _excused(text: str, at: int, due: bool) -> bool:
    """Whether a loss is denied, another's doing, or the end of something rented or bought."""
    clause = max(text.rfind(mark, 0, at) for mark in "，。；！？：") + 1
    if _NOT_CUT.search(text[clause:at]) or _NOT_CUT.search(text[max(0, at - 12) : at]):
        return True
    fee = re.search(r"物业(?:服务)?费|管理费|服务费", text)
    if _OTHERS_CUT.search(text) and not fee:
        return True
    if _RENTAL.search(text) and not fee and not _UTILITY.search(text):
        return True
    return bool(_OTHER_MONEY.search(text) and not fee and not re.search(r"欠", text))


_SUM = (
    r"(?:人民币|RMB|￥|¥)?(?:\d[\d,.]*|[一二两三四五六七八九十百千万壹贰叁伍拾佰仟]+)(?:元"
    r"|块钱?|圆)"
)
_FINE = re.compile(
    r"罚款|罚金|罚没|罚[交缴]|罚(?:你|您|其|他|以|取|人民币)?(?=[^，。]{0,4}(?:元|块))"
    r"|处罚(?:人民币)?(?=\d)|处以?(?:人民币)?\d[\d.,]*元"
    r"|[扣][除押罚留减下]?[^，。；！？]{0,8}(?:押金|保证金)|(?:押金"
    r"|保证金)[^，。；！？]{0,6}(?:不予?退|不退还|没收|扣[除罚留]|充公|予以扣)"
    r"|没收[^，。]{0,6}(?:押金|保证金)|经济处罚|经济制裁|重罚|予以罚|有偿清理并处|(?:从"
    r"|在)[^，。；！？]{0,12}(?:预存|押金|保证金|账户|余额)[^，。；！？]{0,8}(?:划|扣|抵)"
)
_PUNISHING = re.compile(
    r"惩戒|惩罚|以儆效尤|警示费|占位费|违停费|占道费|违规费|教训|惩处|长记性|违规金|处罚金"
    r"|作为警告|超时占用费"
)
_BREACH = re.compile(
    r"违者|违反|违规|违停|违章|违建|乱[停扔贴堆倒丢放搭拉泼]|不听劝|发现[一1]次|每发现|再犯"
    r"|每次|随地|占用|不牵绳|不拴|擅自|私[自拉搭]|未清理|不清理|抛物|逾期未?不?"
    r"|不按规定|随意|屡劝|拒不|超时施工|不配合|占[道位]|遛狗|违约"
)
_TAKE = re.compile(
    r"收取?|加收|扣|缴[纳交]?|交[纳付]?|支付|需付|征收|赔[付偿]?|付[费款]|计收|补[缴交]|罚|掏"
    r"|出|划[走扣转]|抵扣"
)
_COST = re.compile(
    r"维修|修复|实际|赔偿|恢复原状|按价|市价|成本|损坏|损失|工本|补办|挂失|停车(?:费|收费)"
    r"|收费标准|违约金|滞纳金|利息|临停|保洁服务|租|垃圾清运费|起步"
)
_AUTHORITY = re.compile(
    r"公安|消防(?:救援)?(?:机构|部门|大队|支队|队|机关)|消防救援|城管|城市管理|执法|行政机关"
    r"|主管部门|市场监管|环保|生态环境|住建|住房|交警|交管|交通管理|有权机关"
    r"|政府|有关部门|相关部门|职能部门|派出所|街道办|法院|司法|国家机关|监管部门|烟草|卫健"
    r"|农业农村|综合行政"
)
_LAW = re.compile(
    r"《[^《》]{0,40}(?:法|条例)》|《[^《》]{0,40}(?:省|市|国|国家|城市|建筑|公共|民用"
    r"|住宅)[^《》]{0,40}(?:规定|办法|规则)》|[法例]第[\d一二三四五六七八九十百千零]{1,9}条"
    r"|依法(?:可|将|应|予|处|给|被|会)"
)
_OFFICE = re.compile(
    r"我[处司们]|我公司|我中心|本[处司公中]|物业(?!费|服务费|管理条例|服务合同|管理条)|服务中心"
    r"|管理处|保安|秩序(?:队|员|维护)|客服"
)
_NO_FINE = re.compile(
    r"(?:不会|无权|不得|不能|没有|并非|不是|取消|严禁|禁止|杜绝|不再|不予|不|非|免除?|以免|避免"
    r"|免得|免遭|谨防|防止|虚假|冒充|诈骗)"
    r"[^，。；！？]{0,8}\Z"
)


def fine(document: Document, settings: Settings) -> Iterator[Hit]:
    """N203: the office punishes with money."""
    for sentence in document.sentences:
        quoted = unquoted(sentence.text)
        at = _fine_at(quoted)
        if at is None:
            continue
        if not _lawful(sentence.text, quoted, at):
            yield Hit(sentence.at(at), Sentence("lint_fine"))


def _fine_at(text: str) -> int | None:
    for found in _FINE.finditer(text):
        before = text[max(0, found.start() - 12) : found.start()]
        if _NO_FINE.search(before) or text[found.end() : found.end() + 1] in ("制",):
            continue
        if "金" in found[0] and _COST.search(text) and "罚" not in text and "没收" not in text:
            continue  # the proven cost of a repair, taken from a deposit
        return found.start()
    punishing = _PUNISHING.search(text)
    sums = re.search(_SUM, text)
    if punishing and (sums or "费" in punishing[0]) and _TAKE.search(text):
        return punishing.start()
    breach = _BREACH.search(text)
    if breach and not _COST.search(text):
        for money in re.finditer(_SUM, text):
            clause = re.split(r"[，。；：]", text[: money.start()])[-1]
            if money.start() > breach.start() and (
                _TAKE.search(clause) or re.search(r"每次|一次|每[辆袋处件人户]", clause)
            ):
                return money.start()
    return None


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


_LATE_FEE = re.compile(r"滞纳金|滞纳费|罚息")
_RATE = re.compile(
    r"(?:每[日天]|按[日天]|日)[^，。；！？]{0,24}?(?:(万|千"
    r"|百)分之([一二三四五六七八九十百\d.]+)|(\d+(?:\.\d+)?)([%‰‱]))"
)
_NOT_LATE_FEE = re.compile(r"(?:不|无|免|取消|没有|停止|禁止)[^，。；！？]{0,6}\Z")
_TAX = re.compile(r"税|社保|社会保险|供电|供水|自来水|燃气公司|热力")
_DIGITS = {d: n for n, d in enumerate("零一二三四五六七八九")}


def late_fee(document: Document, settings: Settings) -> Iterator[Hit]:
    """N204: 滞纳金, or a daily rate that a court would cut."""
    for sentence in document.sentences:
        text = unquoted(sentence.text)
        for found in _LATE_FEE.finditer(text):
            if _NOT_LATE_FEE.search(text[: found.start()]) or _TAX.search(text):
                continue
            yield Hit(sentence.at(found.start()), Sentence("lint_late_fee"))
        for found in _RATE.finditer(text):
            rate = _rate(found)
            owed = re.search(r"违约|滞纳|逾期|欠|加收|利息|计收|罚|未[缴交付]", text)
            if rate > settings.late_rate_max + 1e-9 and owed:
                limit = f"{settings.late_rate_max:.2%}"
                yield Hit(
                    sentence.at(found.start()),
                    Sentence("lint_late_rate", rate=f"{rate:.2%}", limit=limit),
                )


def _rate(found: re.Match[str]) -> float:
    if found[1]:
        return _number(found[2]) / {"百": 100, "千": 1000, "万": 10000}[found[1]]
    return float(found[3]) / {"%": 100, "‰": 1000, "‱": 10000}[found[4]]


def _number(text: str) -> float:
    if text.replace(".", "", 1).isdigit():
        return float(text)
    if text.startswith("十"):
        return 10 + _DIGITS.get(text[1:2], 0)
    return float(_DIGITS.get(text[:1], 0)) * (10 if text[1:2] == "十" else 1)


RULES = (
    Rule("N202", "error", "民法典 944(3)", cut_off, passage=True),
    Rule("N203", "error", "行政处罚法 17", fine, passage=True),
    Rule("N204", "warning", "民法典 585", late_fee, passage=True),
)

"""N202: a service cut or limited to press payment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmcli.lint.document import Document
from pmcli.lint.model import Hit, Settings
from pmcli.lint.passages import Passage, unquoted
from pmcli.messages import Sentence
from pmcli.patterns import regex

_MONEY_DUE = (
    r"欠[费款缴交账]|拖欠|积欠|[所尚仍]欠|欠物业|有欠|欠付|欠了|(?:未|没有?|不|拒|迟迟不|不肯"
    r"|不愿|不及时|不按时|不按期"
    r"|未按[时期规约]定?|未能?及时|未如期|未足额|未主动|尚未|仍未|还未|仍不|再不|还不|拒不"
    r"|逾期不|逾期未|到期未"
    r"|到期不|超期未|超期不|长期不|长期未|一直未|不配合|拒绝)"
    r"[^，。；！？]{0,8}?(?:缴|交(?![房楼工底通付流接界换代往汇错警]|管(?:部|局|所|中心))"
    r"|付(?!诸)|结清|清缴|支付|补齐"
    r"|还款|清偿|履行缴|打款|入账|到账)"
    r"|缴费不|交费不|逾期[^，。；！？]{0,3}[缴交付]|[迟晚]交|费[^，。；！？]{0,8}(?:已|均|仍"
    r"|都)?(?:逾期|超期|拖)|费用?[未不没][到结交缴付]|(?:钱|款|费)[^，。；]{0,3}[不没未](?:到位"
    r"|到账|给|来)|忘[记了]?[^，。；]{0,3}[缴交付](?![接流通])|陈欠|旧欠|挂账|欠着|赊欠"
    r"|(?:收费|收缴|缴费|缴交)率[^，。；]{0,6}(?:不足|达不到|不到|低于|仅|过低|偏低|太低)"
    r"|[没未]续[上费]|[费款钱]没[交给到付结]|账单未"
    r"|催[缴交收]|无视催|赖账|不还|欠[\d一二两三四五六七八九十半]"
)
MONEY_DUE = regex(_MONEY_DUE)
"""Words for a sum that is owed and not paid."""

_LATE = regex(
    r"逾期|过期|超期|届时|到期|限期|违者|否则|不然|仍[不未]|拒不|再不|拖延|还没[办来交缴付]"
    r"|[未没]办的|尚未办|过了[^，。]{0,8}[还仍]"
    r"|过了(?:这个月|本月|月底|期限|\d{1,2}[日号])"
)
_BREACH_OF_TERM = regex(r"逾期|过期|超期|违者|否则|仍[不未]|拒不|再不")
_CLEARED = regex(
    r"(?<![未没不])(?:缴清|结清|交清|付清|还清|补[缴交费款]|补齐|清缴|缴[费纳]|交[费纳齐]|缴完"
    r"|交完|付[费款]"
    r"|先[缴交付]|清偿|清欠|补上|到位|到账|入账|补足|交齐|缴齐|补完|交上|缴上|交够|缴够|结了"
    r"|清了|交了|缴了)"
    r"[^。！？]{0,12}?(?:后|之?前提|方可|才[能可会予给有]?|方能|再(?:行|给|予|来|安排|办|受理"
    r"|派)?|自然|自动|就[给可能会])"
)
_FIRST_PAY = regex(
    r"(?:搬[出离家运]|办理|装修|过户|出入|放行|换卡|维修|报修|进场|入场)[^。！？]{0,14}(?:须|需"
    r"|应|得|要|请)[^，。；]{0,3}先"
    r"[^，。；]{0,4}(?:结清|缴清|交清|付清|补齐|补交|补缴|缴纳|清缴|还清)"
)
PROPERTY_FEE = regex(r"物业(?:服务)?费|管理费|服务费|公摊|欠费|拖欠|欠缴|欠交|催[缴交]|欠款|费用")

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
    r"停[止用掉办供发缓]|无力|暂停|中止|终止|中断|切断|断开|限制|限[停用行时]|禁用|禁止|锁定"
    r"|锁[死住闭]|注销|冻结|失效|作废|取消|收回|屏蔽|拉黑"
    r"|拒绝|不予|不再|不提供|不办理?|不给|不准|不让|不许|不得|不受理|不安排|不派|不接|不享受"
    r"|享受不到|享受不了|暂缓|缓办|推迟|延后|延缓"
    r"|拆除|不抬杆|不放行|不起杆|消磁|降低|降级|减少|受限|受到?影响|影响|无法|不能|无权|不可"
    r"|停掉|清除|删除|关[闭停]"
    r"|打不开|刷不[开了]|进不[来去了]|用不[了成]|没法|[派办修接开过用领]不[出了成到进]|停下"
    r"|不(?:了|成)|自动失"
    r"|将?失去|予以停|移出|剔除|降[为至到]|调低|拉[下掉]|撤[销走掉]|别想|休想|甭想"
    r"|剥夺|用不上|开不了|一律不[开办放给]|不再?(?:开具|开放|打扫|清运|维护|响应|发放|收取|接收"
    r"|处理|服务)"
    r"|免谈|另行安排|靠后|排在最后|往后(?:排|放)|优先级"
)
_LOSS = regex(
    rf"{_CUT}|(?:{_LOSS_VERB})[^，。；！？]{{0,14}}?(?:{_OBJECT})"
    rf"|(?:{_OBJECT})[^，。；！？]{{0,14}}?(?:{_LOSS_VERB})"
    r"|不抬杆|不放行|不开杆|不予?起杆|消磁|停卡|锁卡|锁梯|停梯|黑名单|不管[你您]|[停断]服|免谈"
    r"|(?:禁止|不准|不许|不得|不能|无法|谢绝|拒绝|不让|不予)[^，。；]{0,6}"
    r"(?:驶入|入内|入场|进[入场]|进小区|停放|乘坐|乘梯)"
    r"|转(?:为|成|作)临(?:时车|停)|按(?:外来|临时|临停|社会)车辆?[^，。；]{0,6}(?:收费|计费|管理|对待)"
    r"|(?:走|爬)楼梯|(?:本次|均|恕)不安排|暂不(?:安排|更换|办|受理|提供|发放|开通|派)"
    r"|视情况(?:延后|安排|处理)|酌情(?:延后|处理|安排)|(?:延后|暂缓|推后)(?:安排|处理|办理|受理|上门)"
    r"|停发[^，。]{0,4}[条证卡]|看运气|排到什么时候|往后排"
)
_UTILITY = regex(_CUT)
_HARMLESS_CUT = regex(
    r"(?:停水|停电|停气|停暖|停梯|断电|断水|停止供.)(?:期间|时间?|之?前|之?后|时段|通知"
    r"|当[日天]|原因|范围|影响|检修|公告|信息|计划|消息|事宜|区域)"
    r"|电费|水费|气费|暖气?费|水电费|燃气费|取暖费|热费|停车费|维修(?:资金|基金|费)|服务费"
    r"|车位费|卡费"
)
_NOT_CUT = regex(
    r"(?:不会|不得|不以|不能以|不应|绝不|从不|决不|从未|禁止|无权|不可以?|严禁|不采取|不因|不将"
    r"|并非|不允许|不准|不宜"
    r"|不再以|不用|不采用|不通过|反对|杜绝|不是要|没有权)[^，；]{0,18}\Z"
)
_FORBIDDEN = regex(r"不得|禁止|不能|无权|不可|不准|不许|不再")
_OTHERS_CUT = regex(
    r"(?:供电|供水|电力|自来水|燃气|热力|供热|供暖)(?:公司|局|部门|所|企业|集团|单位|厂|方)"
    r"|国网|自来水公司|启动充电|扫码付费|宽带|话费|固话|运营商|电信|移动公司|联通"
)
_PREPAID = regex(r"预付费|预存|余额|充值|购[电气水]|卡表|自动断电")
_RENTAL = regex(
    r"租[期赁金约]|月租|包月|续[费租期]|租用|会员|(?<!往)(?<!历)(?<!当)(?<!去)年费|套餐|临停"
    r"|停车费|车位费|场地费|届满"
)
_OTHER_MONEY = regex(
    r"工本费|押金|维修(?:资金|基金)|房款|首付|保证金|租金|停车费|成本费|报名费|场地费|定金|会费"
    r"|票款|清运费|材料费"
    r"|配件|维修费用|手续费|购卡"
)
_RUMOUR = regex(r"谣|误传|不实|传言|讹传|传闻|的说法|误解|担心|放心")
_LEST = regex(
    r"(?:以免|为了?不|避免|免得|以防|为避免|防止)[^，。；]{0,4}影响[^，。；]{0,10}(?:使用"
    r"|用[水电气热]|通行|出行|乘|出入|进出|刷|开门|服务|生活|居住)"
    r"|(?:以免|避免|免得|以防)[^，。；]{0,8}(?:出入|进出|通行|用[水电气]|使用|出行|乘梯|停车"
    r"|生活)[^，。；]{0,6}(?:不便|麻烦|困扰)"
)
_CLAUSE = regex(r"[^，。；！？：~]+")
_KIND = regex(
    r"请(?!勿[使享进]|不要[使享进])|(?<!不)可(?!能|就)|欢迎|感谢|谢|诉讼|起诉|仲裁|违约金|沟通"
    r"|走访|联系|提醒|协商|分期|发票|送达|因|由于|升级|检修"
    r"|维护|故障|线上|缴费|交费|支付|付款|窗口|不会(?=因|以|停|断|影响|限|收)|若|如(?!果?仍)"
    r"|理解|谅解|统计|公示"
)
_LIMIT = regex(
    r"停|断|限|无力|禁|锁|封|关[掉闭停小]|拒|不(?!采取|因|以|便|同|少|仅|论|管|断|过|妨)|无法|无权|没法|暂|缓"
    r"|隔日|隔天|轮流|缩短|失效|注销|冻结|剔|移[除出]|取消"
    r"|收回|[减降]|只(?:开|到|停|保留|剩|能|提供|供|有)|仅(?:保留|供|限|能|有|提供)|受到?影响"
    r"|影响"
    r"|采取[^，]{0,6}(?:措施|手段|办法)|延[后迟]"
    r"|撤|除名|拉黑|靠后|[中终]止|屏蔽|清出|甭|休想|别想|难以|没[有]?(?:了|办法)|作废|勿|下调"
    r"|踢|别(?![墅人的名])"
)
_SERVICE = regex(
    r"水|电(?!话|子|询|脑|影|视|动)|燃?气(?!候|象|温|氛)|暖|空调|供应|电?梯|门|卡|闸|杆"
    r"|车(?!间)|进出|出入|通行|放行|出门|搬"
    r"|报修|维修|修理|师傅|上门|装修|施工|许可|手续|证明|过户|服务|权限|系统|白名单|刷脸|人脸"
    r"|识别|认[不出得识]|机|二维码|入园|快递"
    r"|保洁|清运|打扫|垃圾|代[收办]|业务|盖章|会所|泳池|健身|班车|钥匙|网络|宽带|游泳|健身|棋牌"
    r"|图书|装机|诉求|受理|负责|放行|享受"
)
_BACK = regex(
    r"贵户|您户|直至|上述|以上|该|其|届时|此类|相关|这些|对应|所涉|此|将|我[处司们]|系统|一律|也|仍|还"
)
_TIE = regex(
    r"不影响|不受影响|不受此|照常|如常|(?:保持|保障|维持|确保|一切|恢复)正常|正常(?:供应|运行"
    r"|开放|进行|提供)|恢复|(?<!无法)(?<!不能)(?<!不再)(?<!难以)(?<!停止)继续(?:提供|供应|享受"
    r"|使用)|重新开通"
)
_PERMIT = regex(
    r"办理|通行|放行|进出|出入|维修|派[单工]|门禁|门卡|电梯|装修|搬[家离出]|开通|供[水电]"
    r"|用[水电]|购[水电]|使用|受理|领|录入|更新|登记|授权|打开|水阀|换卡|发卡|换发|激活|恢复|刷|卡|服务|进场|游泳"
    r"|健身|来|出门[条证]"
)


_FEE = r"(?:物业(?:服务)?费|管理费|各项费用|水电费)"
_PROOF = regex(
    rf"{_FEE}[^，。；]{{0,6}}(?:缴|交|付)[费纳清款]{{0,2}}的?(?:情况|记录|状态|凭证|凭据|发票|收据|证明)"
    rf"|(?:与|和|同|随|跟){_FEE}[^，。；]{{0,8}}(?:一致|同步|绑定|挂钩|对应)"
    rf"|(?:缴|交|付)[费纳清款]{{0,2}}(?:情况|记录|状态)[^，。；]{{0,6}}(?:挂钩|绑定|联动|关联)"
)
_ONLY_PAYERS = regex(
    r"(?:只|仅|限)[^，。；]{0,8}(?:缴|交|付|结)[清纳齐费]{0,2}[^，。；]{0,10}(?:业主|住户|用户|家庭|车主|商户|房屋)"
    r"[^，。；]{0,6}(?:开放|使用|提供|办理|享受|服务|放行|通行|出入|进出|乘坐|开通)"
)
_REFUSED = regex(r"不予|无法|不能|暂不|不得|拒|不[给办发开让]|停用|失效|冻结|受限|限制")
_ONLY_THEN = regex(
    r"方[可能]|才[能可]|一致|同步|挂钩|绑定|联动|关联|前提|(?:凭|持|出示)[^，。；]{0,20}[办领开]"
)
_PAID_UP = regex(
    rf"{_FEE}[^，。；？]{{0,8}}(?<![未没不])(?:结清|缴清|交清|付清|无拖?欠|不拖?欠)(?=；|，|。|\Z)"
)
_PAID_OR_ELSE = regex(
    rf"{_FEE}[^，。；]{{0,4}}(?<![未没不])(?:缴|交|付|结)[^。；]{{0,14}}(?:否则|不然)"
    r"[^，。；]{0,6}(?:无法|不予|不能|暂不|不[给办发])"
)
_CONDITIONS = regex(r"条件[：为是如]|具备|[须需]满足|前提|缺一不可")
_GATED = regex(r"搬|放行|装修|门禁|电梯卡|车位|月卡|过户|出门[条证]|报修|换卡")
_QUESTION = regex(r"(?:会不会|是否|是不是|能不能|可不可以|要不要|吗)[^。；]{0,40}？\Z|吗？\Z")


def cut_off(document: Document, settings: Settings) -> Iterator[Hit]:
    """N202: a service cut or limited to press payment."""
    about_money = PROPERTY_FEE.search(document.text) is not None
    earlier = False
    fee_text = _fee_text(document)
    parking = _PARKING.search(document.text) is not None and not _ANY_FEE.search(document.text)
    for sentence in document.sentences:
        text = unquoted(sentence.text)
        due = MONEY_DUE.search(text)
        late = None if _LATE_OTHERWISE.search(text) else _LATE.search(text)
        titled = _only_title(document, sentence)
        owed = due is not None and not titled
        tied = about_money and fee_text and late is not None
        back = earlier and _BACK.search(text) is not None
        at = None if _RUMOUR.search(text) else _loss(text, due.start() if due else 0)
        if at is not None and (
            _excused(text, at, parking=parking) or not (owed or tied or back or _weak(text))
        ):
            at = None
        lest = _LEST.search(text) or _lest_cut(text)
        if lest and _excused(text, lest.start()):
            lest = None
        if at is None and lest and about_money and re.search(r"[缴交付]|结清", text):
            at = lest.start()
        if at is None and (owed or tied or back) and not _RUMOUR.search(text):
            condition = due or late
            at = _consequence(text, condition.end() if condition else 0)
            if at is not None and _excused(text, at, parking=parking):
                at = None
        if at is None and (owed or about_money or earlier) and not _RUMOUR.search(text):
            at = _only_after_payment(sentence.text if owed else text, owed or earlier)
        if at is None:
            at = _proof_asked(text, document)
        payers = _ONLY_PAYERS.search(text)
        if at is None and payers:
            at = payers.start()
        if at is not None and (_QUESTION.search(text) or _RENEWED.search(text)):
            at = None
        if at is not None:
            yield Hit(sentence.at(at), Sentence("lint_cut_off"))
        if not titled:
            earlier = due is not None or (earlier and not text.endswith("\n") and back_near(text))


_LATE_OTHERWISE = regex(
    r"(?:逾期|过期|到期)[未不没](?:年[检审]|登记|激活|更?换|领取?|录入|认[证领]|报名|备案|预约|到场)"
)
_RENEWED = regex(r"(?:车位|月卡|停车|月租|年卡)[^。；]{0,24}到期[^。；]{0,40}续[缴费交租办签]")
"""What ends with its rental, unless it is renewed."""
_PARKING = regex(r"临停|临时停车|停车收费|扫码(?:缴费|付费|支付)|离场前|出场前")
_ANY_FEE = regex(r"物业(?:服务)?费|管理费|拖欠|欠费")


def _proof_asked(text: str, document: Document) -> int | None:
    """Where having paid the fee is a condition of a service: 核验物业费缴纳情况，…无法续期."""
    proof = _PROOF.search(text)
    unrelated = proof and re.match(r"[^，。；]{0,4}(?:无关|不挂钩|没有?关系)", text[proof.end() :])
    if (
        proof
        and not unrelated
        and (_REFUSED.search(text) or _ONLY_THEN.search(text))
        and _PERMIT.search(text)
    ):
        given = re.search(
            r"发票|退|礼|奖|赠|优惠|票", text[: proof.start()][-6:] + text[proof.end() :]
        )
        return None if given else proof.start()
    required = _PAID_OR_ELSE.search(text)
    if required:
        return required.start()
    listed = _PAID_UP.search(text)
    if listed and _CONDITIONS.search(document.text) and _GATED.search(document.text):
        return listed.start()
    return None


def _lest_cut(text: str) -> re.Match[str] | None:
    """以免, and after it a service that is lost."""
    found = re.search(r"以免|避免|免得|以防", text)
    cut = _LOSS.search(text, found.end()) if found else None
    if found and cut and cut.start() - found.end() < 14 and not _TIE.search(cut[0]):
        return None if "业务" in cut[0] else found
    return None


def _weak(text: str) -> bool:
    term = _BREACH_OF_TERM.search(text)
    return term is not None and _UTILITY.search(text, term.end()) is not None


def _consequence(text: str, start: int) -> int | None:
    """Where, after who has not paid, a clause takes something away from them, in any words."""
    for found in _CLAUSE.finditer(text, start):
        clause = found[0]
        if _KIND.search(clause) or _TIE.search(clause):
            continue
        limit = _LIMIT.search(clause)
        if limit and _SERVICE.search(clause) and not _excused(text, found.start() + limit.start()):
            return found.start()
    return None


def back_near(text: str) -> bool:
    """Whether what was owed is still the subject after this sentence."""
    return re.search(r"请|缴|交|费|届时|仍", text) is not None


def _fee_text(document: Document) -> bool:
    return (
        MONEY_DUE.search(document.text) is not None
        or PROPERTY_FEE.search(document.title_text) is not None
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


def _only_after_payment(text: str, owed: bool) -> int | None:
    first = _FIRST_PAY.search(text) if owed else None
    if first:
        return first.start()
    for found in _CLEARED.finditer(text):
        plain = (
            found[0].endswith("后")
            and not re.match(r"[^，。；]{0,14}(?:恢复|解[锁除冻]|激活|重新)", text[found.end() :])
            and re.match(r"[缴交付]费|[缴交]纳", found[0])
        )
        if plain and not owed:
            continue
        permit = _PERMIT.search(text, found.end() - 1)
        bought = re.search(r"无需|不必|不用|照常|发票|收据", text[found.start() :])
        if permit and not bought and not _excused(text, found.start()):
            return found.start()
    return None


def _unless_renewed(text: str) -> str:
    """The text without the renewal of a gate or lift card, which nobody rents."""
    return re.sub(
        r"(?:门禁|电梯|梯控|出入)卡?的?续[费租期]|续[费租期][^，。；]{0,4}(?:门禁|电梯)", "", text
    )


def _excused(text: str, at: int, *, parking: bool = False) -> bool:
    """Whether a loss is denied, another's doing, or the end of something rented or bought."""
    if parking and not _UTILITY.search(text):
        return True
    clause = max(text.rfind(mark, 0, at) for mark in "，。；！？：") + 1
    if _NOT_CUT.search(text[clause:at]) or _NOT_CUT.search(text[max(0, at - 12) : at]):
        return True
    fee = re.search(r"物业(?:服务)?费|物业(?:收费|账单)|管理费|服务费", text)
    metered = "余额" in text and not re.search(r"我[们处司]|物业|[本我]中心|管理处", text)
    if _PREPAID.search(text) and not fee and (metered or not MONEY_DUE.search(text)):
        return True
    if _OTHERS_CUT.search(text) and not fee:
        return True
    if _RENTAL.search(_unless_renewed(text)) and not fee and not _UTILITY.search(text):
        return True
    return bool(
        _OTHER_MONEY.search(text)
        and not fee
        and not re.search(r"欠|出门[条证]|门禁|电梯|[用供停断][水电]|抬杆|放行", text)
    )

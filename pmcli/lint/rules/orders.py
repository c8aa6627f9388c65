"""N201: orders and threats in a 温馨提示."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmcli.lint.document import Document
from pmcli.lint.model import Hit, Settings, genres
from pmcli.lint.passages import unquoted
from pmcli.lint.rule import Rule
from pmcli.lint.rules.pressure import RULES as PRESSURE
from pmcli.messages import Sentence
from pmcli.patterns import regex

_ORDER = regex(
    r"严禁|禁止(?![^，。；]{0,4}(?:标[志识牌]|警示|区域?|路段))|(?<![认批])不准(?![确时点])"
    r"|不许|不允许"
    r"|(?<!舍)(?<!恨)(?<!记)(?<!怪)(?<!由)(?<!了)(?<!顾)(?<!巴)(?<!见)不得(?![不已了])|不可以"
    r"|绝不容|决不容|零容忍"
    r"|(?<!非)必须(?!品|[^，。]{0,3}(?:外出|出门))|必需要|务须|(?<![无毋何])须(?:立即|在|于)"
    r"|一律|违者|勒令|责令|限令"
    r"|强令|只准|(?<!有效)(?<!保质)(?<![使])限期(?![限满内])"
    r"|限(?:于|在|您|你|各|其)?[^，。；]{0,6}?(?:\d{1,2}|[一二两三四五六七八九十]{1,3})(?:日|天"
    r"|小时|个工作日)(?:之?内|前)"
    r"|限[^，。；]{0,6}(?:今[日天]|明[日天]|本周|当[日天])[^，。；]{0,2}[内前]"
    r"|限时(?=[清搬移拆整])|统统|通通|任何人[^，。；]{0,6}不能|(?<!自称)(?<!冒充)(?:我[处司们]|物业|现)要求"
    r"|下不为例"
    r"|限(?:于|在)[^，。；]{0,10}(?:之?前|以前)"
    r"|不予容忍|严加|不容许|一经发现"
)
_AT_ONCE = regex(
    r"(?:立即|马上|立刻|即刻|速即?|迅速|尽速)[^，。；]{0,6}?(?:清理|整改|搬离|搬走|搬出|停止"
    r"|移走|移除|拆除|清走|清除|挪走|挪开|纠正|改正|恢复)"
)
ON_READER = regex(
    r"(?:后果|责任(?![险人区])|风险|损失|费用)[^，。；！？]{0,6}?(?:自负|自担|自行?承担"
    r"|自行负责|自理)"
    r"|责任自负|(?:业主|住户|车主|本人|个人|家长|参加者)[^，。；]{0,3}(?:自负|自担)|自负(?:其责"
    r"|后果|责任)|由(?:您|你|其|本人|责任人|当事人|业主"
    r"|住户)[^，。；]{0,6}(?:承担|负责)[^，。；]{0,12}(?:后果|责任)"
    r"|(?:事故|意外|伤害|伤亡)[^。；]{0,8}由[^，。；]{0,8}(?:本人|自己|家长|业主|参与者|参加者"
    r"|车主|监护人|当事人|使用[人者])[^，。；]{0,3}(?:承担|负责)"
    r"|(?:后果|责任(?![险人区])|损失)[^，。；]{0,4}由"
    r"(?![^，。；]{0,6}(?:施工|物业|我[们处司]|本[处司公中]|公司|开发|厂|供|维保|保险"
    r"|政府))[^，。；]{0,10}(?:承担|负责)"
    r"|自[行愿]?承担[^，。；]{0,8}(?:后果|责任|损失|风险)|自食其果|咎由自取"
)
_BREACH = regex(
    r"不文明|不听|不改|不配合|不服|不理|不自觉|不遵守|不执行"
    r"|不[清搬拴挪移牵整按守予交停收拆戴撤]|[未没][清搬拴挪移牵整按经办登拆收撤]"
    r"|违|(?<![混零凌杂忙慌错])乱(?!糟|码)|脏乱差|拒|屡|谁[^，。；]{0,10}就"
    r"|仍(?![可能将需请保然]|在[施进])|再(?:接到|收到|看[到见]|[遇碰]到|次?[有犯被让违乱停扔堆倒吵推]|次?出现|次?发[现生]|不|三|度"
    r"|[^，。]{0,2}[在把往])|继续|否则|不然|逾期|过期|过了"
    r"|私[自拉搭]|擅自|飞线|占[用着道]|堵|抛[物掷扔]|随意|随地|查实|核实|一经"
    r"|被[^，。]{0,4}[拍抓查现]|线外|还(?:把|在|往|要|不|乱|停|堆|扔|抽|没搬|没清)|的，保安"
    r"|凡[^，。；]{1,10}的，|不清|者(?=[，将一会我物]|，)|扰民|影响他人|超过[^，。；]{0,6}[不还仍未]|不合格|不达标|超[速高]|[抽吸]烟的|过夜"
    r"|依旧|依然|照[旧样]|执意|执迷|硬要|非要|谁家?(?:再|敢|还)|下一次|以后我们"
    r"|(?:查|抓|逮|拍)到[^，。；]{1,8}的，|发现(?:一次|有人|仍|者|违|乱|后|即|[^，。；]{1,8}的，)|[多屡]次(?:提醒|劝|警告)|最后一次|第[二三]次|整改"
    r"|劝阻|下次"
)
_BLUNT = regex(
    r"勿谓言之不预|(?:别|莫|休|勿|不要)怪(?:我|物业|本|他|谁|无情)|不客气|不讲情面|不留情面"
    r"|已经?掌握[^，。；]{0,8}(?:录像|视频|证据|监控|名单)|主动承认|免得[^，。；]{0,8}后悔"
    r"|脸上[^，。；]{0,6}(?:不好看|无光|挂不住)|等(?:到)?我们动手|走着瞧|等着瞧"
    r"|严惩|绝不(?:姑息|手软|留情|轻饶|纵容)|决不(?:姑息|手软|留情)|吃不了兜着走|撕破脸"
    r"|新账旧账|不是[^，。]{0,6}这么简单|[您你]懂的|看着办|掂量|好自为之|悔之|丑话|可就不"
    r"|等着(?!看好)[^，。；！]{1,10}吧|等着(?:警察|民警|交警|城管)|不服的|心里(?:清楚|有数|明白)|留面子|监控已经?调取|已经?调取监控|(?:可别|别等"
    r"|别[逼让]我们|不要逼)|自讨|报案处理|取缔|有[您你]好看"
)
_AUTHORITY = (
    r"(?:交警|城管|派出所|公安|警察|警方|民警|执法|消防(?:队|大队|救援|部门|局)|街道|居委|社区"
    r"|主管部门|有关部门|相关部门|房东"
    r"|(?:[您其他她]的?|所在|本人)单位|学校|家长|领导|法院|媒体|记者"
    r"|电视台|报社|网警)"
)
_PENALTY = regex(
    r"(?:违反|拒绝|拒不|不[按听改服]|不配合|不遵守|不执行|(?<![混零凌杂忙慌错])乱(?!糟|码)|擅自"
    r"|私[自拉搭]|占用|屡|多次|仍[不未有在]"
    r"|再[不有犯三]|继续|逾期[未不仍]|到期[未不]|一经"
    r"|被[^，。]{0,4}[拍抓查现])[^。；！？]{0,24}?(?:者|的|户|人|主|辆|话|，)，?"
    r"(?P<then>[^。；！？]{2,60})"
)
_DECREED = regex(
    r"(?:我[们处司]|咱们|物业|管理处|服务中心|本[处司中])[^，]{0,6}(?:将|会|就|只能|只好|必)"
    r"|将被|由[^，]{2,10}(?:处理|上门|处置)|取消|予以|一律|记录在案|按[^，]{2,12}(?:处理|论处)"
)
_WITH_AUTHORITY = regex(
    rf"(?:我[们处司]|咱们|物业|管理处|服务中心|本[处司中])(?![^，。；]{{0,20}}(?:宣传|讲|培训"
    rf"|演练|慰问|检查|指导|沟通|学习|体验|合作|组织|开展|举办|协助|帮|支援|必要时|求助|陪同))"
    rf"[^，。；]{{0,14}}{_AUTHORITY}"
)
_SHOWN = regex(
    r"(?:视频|录像|照片|画面|截图|名单|房号|车牌|姓名|名字|门牌)[^。；]{0,20}(?:放映|播|贴|发"
    r"|公布|公开|展[示出览]|投放|上墙|交给|示众|登|曝|亮相|出镜|露脸)"
)
_KINDLY = regex(
    r"提醒|协助|帮|劝|联系您|致电|登门|解释|清扫|代为|保管|移至|引导|疏导|安排|修|补|送|清洗"
    r"|消毒|巡查|加强|增加|更新|公布结果|答复"
    r"|容易|可能|导致|造成|引发|引起|影响|堵塞|滑|摔|漏|伤|请|建议|感谢|理解|谅解"
)
_HARM = regex(
    r"上报|举报|曝光|公开(?!透明|课|招|征)|通报|公示|公布|张贴|示众|点名|红黑榜|黑榜|黑名单"
    r"|(?:滚动|循环)[播公展放]"
    r"|(?:大堂|电梯[口间]|公告栏|宣传栏|业主群|大屏|电视|门口|公众号)[^，。；]{0,8}"
    r"(?:展[出览示]|亮相|见面|露脸|出镜|上镜|走红|当主角|陈列)"
    r"|在[^，。；]{0,8}群[里中内]?[^，。；]{0,4}(?:晒|公布|点名|通报|□)"
    r"|(?:写|记|列|登|印|放|传|贴|挂|发|晒|亮)[在到进上]{1,2}[^，。；]{0,6}"
    r"(?:黑板|板报|家门|门上|墙上|公告栏|宣传栏|群里|大屏|屏幕|门口|大堂|朋友圈|网上)"
    rf"|送[^，。；]{{0,4}}{_AUTHORITY}|{_AUTHORITY}[^，。；]{{0,6}}(?:登门|上门|找[您上])"
    r"|挂(?:到|在|出|上)[^，。；]{0,8}(?:栏|堂|群|墙|门口)|晒(?:到|出|在)|上墙"
    r"|[发传贴播](?:到|在|至|布|进|给)[^，。；]{0,10}(?:群|朋友圈|公告栏|大屏|网上|抖音|媒体"
    r"|电梯|单位)"
    r"|报(?:警|城管|公安|交警|街道|社区)|移交|移送|提请|交由"
    rf"|(?:请|联系|通知|协调|联合|会同|邀请|找|叫|通报|反映|告知|投诉|打|拨|建议|要求|报送?"
    rf"|报告|报请|报备|转)(?:给|到|至)?[^，。；！？]{{0,4}}{_AUTHORITY}"
    rf"|向[^，。；]{{0,8}}{_AUTHORITY}[^，。；]{{0,4}}(?:反映|报告|举报|投诉|汇报|报案|求助)"
    r"|(?:依法|严肃|从严|强制|严格|坚决|必将)[^，。；]{0,4}(?:处理|处置|追究|查处|追责|惩|清理"
    r"|执行|拆除|打击)|追究[^，。；]{0,10}责任|追责|[列记计纳][入进为][^，。；]{0,8}(?:名单|档案"
    r"|记录)|诚信档案|信用(?:记录|档案|扣分)"
    r"|采取[^，。；]{0,8}(?:措施|手段|行动)|好看|走法律程序|法律途径|法律手段|诉诸|法庭|法院"
    r"|解除[^，。]{0,4}(?:租约|合同)"
    r"|拘留|扣[留押车]|暂扣|拖[离走]|贴条|锁车|清走|没收|对簿公堂|起诉|照片|叫停|停工|收回|清退"
    r"|驱离|拉[电总掉]{0,2}闸|断电|切断"
    r"|取消[^，。；]{0,8}(?:资格|权限|许可|使用|优惠|待遇)|处分|处罚|惩[处罚戒]|限制|禁入|吊销|停用|约谈"
    r"|上门(?:找|讨|评理)"
    r"|不再(?:允许|受理|提供|接待|欢迎)|请出|请其离|请[^，。]{0,3}离[开场]|赶出|带走"
    r"|停止(?:受理|提供|服务)|上门警告|记过|物业处[置理]|取证"
    r"|检讨|清出|除名|名册|扣分|保留[^，。]{0,10}权利"
)
_OFFICE_ACTS = regex(
    r"我[们处司]|我中心|我公司|本[处司中公]|物业|管理处|服务中心|将|会(?!所|议|员)|就(?!是|近"
    r"|餐|诊|业)|必(?!要)|别怪"
    r"|一律|予以|只好|只能|只得|不得不|有权|保留|届时|统一|先[记拍贴]|再[请报找]|直接|立即|马上|全部|[^，。]{0,6}公开"
)
_LATER = regex(r"届时|到时|之后|过期|逾期|否则|不然|那时|这种|此类|此等|对此|再")
_RESCUE = regex(
    r"(?:如|若|一旦|万一|遇|发现|闻到|发生|出现)[^，。；！？]{0,20}(?:火|(?<![抽吸香])烟(?![头蒂民花])|燃气|煤气|异味|泄漏"
    r"|漏|险|可疑|异常|危险|受伤|被困|触电|积水|断线|隐患|不适|爆|雷|台风|情况|困难|陌生|故障"
    r"|推销|盗|骗)|119"
    r"|110|120|险情|被困"
)
_IN_DANGER = regex(
    r"(?:火灾|火情|火警|起火|着火|失火|(?:燃气|煤气|液化气)[^，。；]{0,4}泄漏|地震|触电|(?:电梯)?被困)"
    r"[^，。；！？]{0,8}(?:时|后|，|的)"
    r"|(?:发生|遇到?|闻到|发现|一旦)[^，。；！？]{0,8}(?:火|泄漏|地震|触电|被困|异味)"
)
"""A case in which an order is advice that saves lives."""
_ASKED = regex(r"(?:请|欢迎|可|建议|敬请|望|劳烦|麻烦)[^，。；！？]{0,14}\Z")
_CITED = regex(
    r"《[^《》]{1,50}》[^，。；！？]{0,6}第[\d一二三四五六七八九十百千零]{1,9}条"
    r"|(?:[根依][据照]|按照?)[^，。；《》]{0,12}[法典例]第[\d一二三四五六七八九十百千零]{1,9}条"
    r"|《[^《》]{1,50}(?:法|条例|规定|办法|细则)》[^，。；！？《]{0,6}(?:规定|明确|要求)"
)
_BY_LAW = regex(r"(?:依法|民法典|法律规定|条规定|□)[^，。；]{0,12}\Z")
_BY_AUTHORITY = regex(
    r"由[^，。；]{0,12}(?:机关|部门|机构|大队|交警|城管|派出所|政府)[^，。；]{0,6}\Z"
)
_DRIVEN = regex(
    r"(?:我[们处司]|物业|管理处|服务中心)[^，。；]{0,4}(?:只|将|会|就|不得不|要|必)|只好|只能"
    r"|不得不"
)
_ANNOUNCED = regex(
    r"公开曝光|通报批评|拉黑|曝光|(?:列入|拉[入进])[^，。；]{0,6}名单|扣分|贴条"
    r"|追究[^，。；]{0,10}责任|(?:依法|严肃|从严)处理"
)
_DENIED = regex(r"(?:不是|并非|无需|不必|没有|不会|不再)[^，。；]{0,4}\Z")


def orders(document: Document, settings: Settings) -> Iterator[Hit]:
    """N201: an order or a threat in a 温馨提示."""
    elsewhere = {hit.offset for rule in PRESSURE for hit in rule.check(document, settings)}
    text = ""
    cited = False
    for sentence in document.sentences:
        before, text = text, unquoted(sentence.text)
        goes_on = cited and before.endswith("；")
        cited = goes_on or _CITED.search(sentence.text) is not None
        if cited:
            continue
        reported = any(place in elsewhere for place in sentence.places)
        for found in _ORDER.finditer(text):
            so_far = text[: found.start()]
            if (
                _DENIED.search(so_far)
                or _BY_AUTHORITY.search(so_far)
                or (reported and found[0] == "违者")
                or _IN_DANGER.search(so_far)
            ):
                continue
            yield Hit(sentence.at(found.start()), Sentence("lint_order", word=found[0]))
        for found in _AT_ONCE.finditer(text):
            if not _RESCUE.search(text):
                yield Hit(sentence.at(found.start()), Sentence("lint_order", word=found[0]))
        for found in ON_READER.finditer(text):
            if not _BY_LAW.search(text[: found.start()]):
                yield Hit(sentence.at(found.start()), Sentence("lint_threat", word=found[0]))
        if not reported:
            at = sanction(text, before)
            if at is not None:
                yield Hit(sentence.at(at[0]), Sentence("lint_threat", word=at[1]))


def sanction(text: str, earlier: str = "") -> tuple[int, str] | None:
    """Where the office announces a sanction for what the reader may do, and its words.

    What the sanction is for may stand in the `earlier` sentence: …请清理。届时…
    """
    for found in _BLUNT.finditer(text):
        if not _DENIED.search(text[: found.start()]):
            return found.start(), found[0]
    if _RESCUE.search(text):
        return None
    condition = earlier if _LATER.search(text) else ""
    for found in _HARM.finditer(text):
        before = text[: found.start()]
        clause = re.split(r"[，。；！？：]", before)[-1]
        breach = _BREACH.search(condition + before)
        after_breach = (condition + before)[breach.end() :] if breach else ""
        acts = (
            _OFFICE_ACTS.search(clause)
            or _OFFICE_ACTS.search(after_breach)
            or _ANNOUNCED.match(text, found.start())
        )
        if _DENIED.search(before) or (_ASKED.search(clause) and not _DRIVEN.search(clause)):
            continue
        if acts and breach:
            return found.start(), found[0]
    honoured = re.search(r"征集|评选|获奖|入选|优秀", text)
    shown = _SHOWN.search(text) if _BREACH.search(text) else None
    for telling in (_WITH_AUTHORITY.search(text), shown):
        if telling and not honoured and not _DENIED.search(text[: telling.start()]):
            return telling.start(), telling[0]
    told = _PENALTY.search(text)
    if told and _DECREED.search(told["then"]) and not _KINDLY.search(told["then"]):
        return told.start("then"), told["then"].rstrip("，")
    return None


RULES = (Rule("N201", "error", "S1；温馨提示写作惯例", orders, genres("温馨提示"), passage=True),)

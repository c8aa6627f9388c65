"""N207 to N209: promises beyond the contract, disclaimers, seizure of residents' things."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmcli.lint.document import Document
from pmcli.lint.model import Hit, Settings
from pmcli.lint.passages import unquoted
from pmcli.lint.rule import Rule
from pmcli.lint.rules.orders import ON_READER
from pmcli.messages import Sentence
from pmcli.patterns import regex

_PROMISE = regex(
    r"(?<!为)(?<!为了)(?<!以)(?<!请)(?<!来)(?<!切实)保证(?!不了|金|人|书|期"
    r"|质量)(?=[^，。；]{2})|(?<!服务)承诺(?!书|制|期|函|事项|您)|绝(?:对)?不(?!会?(?:因|以"
    r"|采取|通过|用))(?:会|再|让|出|发生|停|坏|断|涨|拖|推|耽误|出现"
    r"|影响|漏)|绝对(?!值|禁|不能|不要|不可|不得)|决不(?:会|再|让)|永远(?=[^，。；]{0,6}(?:为您"
    r"|服务|不会|不再|不涨|免费|保持|让您|优惠|负责|是您最))"
    r"|永不|百分之?百|100%|百分百|随叫随到|万无一失|(?:一定|必定|必)(?:会|能|将|在|按|让|做到"
    r"|修|解决|完成|恢复)|包[您你]|包(?:修好|满意|治)|肯定(?:会|能|修|好|到|完|解决|恢复|没|不)|零投诉|零事故|零失误|终身(?:免费|保修|维护)"
    r"|无条件|任何时候都|有求必应|立等可取|保准|打包票|(?<!提供)担保(?!人|书|物|金|合同|公司)"
    r"|拍胸脯|军令状|(?:投诉|问题"
    r"|故障)[^，。；]{0,4}清零|确保(?=[^，。；]{0,20}(?:分钟|小时|天|日"
    r"|[点时])[^，。；]{0,6}(?:内|前|到|修|完|恢复|解决))"
    r"|郑重(?:保证|承诺)|向[^，。；]{0,8}(?:保证|承诺)(?!书|金)|绝无(?!仅有)|必(?:到|修|达|返"
    r"|赔)(?!之)|兜底|[百千万]个放心|(?:百分|百)放心|[修干做学]不[好会][^，。；]{0,4}(?:不[要收][^，。]{0,3}[钱费]|退)|无死角(?=[^，。]{0,6}保障)"
    r"|免收[^，。]{0,6}费|终身负责|包[用换修退赔](?!合同)|百分之一百|坏了[^，。]{0,3}(?:免费|换"
    r"|赔)|(?:我[们处司]|物业|管家|师傅|保安|工程部)[^，。；]{0,6}一定(?!要|程度|尽|努力|认真"
    r"|的|会尽|影响|范围)|当[天日]必须|敢保证|敢担保|以人格|军令|零容忍漏|再也不会|从此不再"
    r"|不会再(?:有|发生|出现|停|漏|坏)"
    r"|保管(?=一尘|[让叫][您你]|[您你]满意|没问题|修好|不[会再])|[哪但凡][^，。；]{2,14}，扣[^，。；]{1,12}工资"
    r"|一辈子[^，。；]{0,3}[管负保修]|[管包]修(?!理)|负责到底|终身质保|质保终身|(?:丢|坏|漏|少|迟|晚)[一1][^，。]{0,3}[赔免]|给您办[妥好成]"
    r"|全天候待命|半点差错|分毫不差|赔偿一切|一切损失由(?:我|本|物业)|全额赔偿|包赔"
    r"|不满意[^，。]{0,4}退|十足把握|打(?:保票|包票)"
    r"|决不食言|说到做到|立下|百无一失|高枕无忧"
)
_PURPOSE = regex(
    r"(?:为了?|以便|从而|旨在|用于|目的是|以(?![后来上下前])|(?<![未以将后历])来|力求|尽量|努力"
    r"|争取)[^，。；！？]{0,12}\Z"
)
_ASKING = regex(
    r"(?:请|务必|须|需|应|要求|应当|由|希望|建议|您|业主|住户|施工(?:方|单位|人员|队)|厂家"
    r"|供应商|开发商|维保单位|供电公司|装修|签订"
    r"|签署|监护人|车主)[^，。；！？]{0,12}\Z"
)
_DECEIT = regex(
    r"骗|(?:请勿|不要|切勿|勿|谨慎|别)(?:相信|轻信|听信)|谨防|冒充|假冒|不法分子|上当|传销|非法集资"
)
_AGREED = regex(
    r"(?:合同|协议|标准)》?[^，。；！？]{0,8}(?:约定|规定|载明|条款?)[^，。；]{0,4}[：，]"
)
_SECRECY = regex(
    r"(?:绝不|决不|绝对不|不会|严格保密)[^，。；]{0,8}(?:泄露|外泄|透露|外传|第三方|其他用途|作他用|公开)"
)
_STRANGER = regex(
    r"(?:任何(?:人|单位|机构|个人|商家|公司)|凡是?(?![^，。；]{0,6}我)|有人|对方|陌生人|中介|推销|商家"
    r"|所谓|声称|自称|号称|谁)[^，。；！？]{0,14}\Z"
)
_OUTSIDER = regex(
    r"(?:运营|承包|经营|供应|施工|建设|开发|出租|承租|中标|维保)(?:方|商|单位|公司)"
    r"[^，。；！？]{0,6}(?:承诺|保证)"
)
_SMOOTH = regex(r"保证[^，。；]{0,8}(?:畅通|通行|有序|整洁|质量|进度|安全|正常)")
_WHOLE = ("100%", "百分百", "百分之百")
_FACT = regex(r"(?:合格率|完好率|达到?|实现|为|率)\D{0,4}\Z")
_DENIED = regex(r"(?:不能|无法|不|难以|未|没有)[^，。；]{0,2}\Z")


def promise(document: Document, settings: Settings) -> Iterator[Hit]:
    """N207: a promise that binds the office beyond its contract."""
    for sentence in document.body_sentences:
        text = unquoted(sentence.text)
        if _DECEIT.search(text) or _AGREED.search(sentence.text) or _SECRECY.search(text):
            continue
        for found in _PROMISE.finditer(text):
            clause = re.split(r"[，。；！？：]", text[: found.start()])[-1]
            if (
                _PURPOSE.search(clause)
                or _OUTSIDER.search(text[: found.end()])
                or _STRANGER.search(clause)
                or (
                    _SMOOTH.match(text, found.start())
                    and not re.search(r"我[们处司]|物业|本[处中公]", clause)
                )
                or (
                    _ASKING.search(clause)
                    and found[0] not in _WHOLE
                    and not re.search(r"我[们处司]|我中心|本[处中公]", clause)
                )
                or _DENIED.search(clause)
                or (found[0] == "说到做到" and re.search(r"[不再仍][^，。；]{0,8}的，我们就", text))
                or (found[0] in _WHOLE and not _promised_rate(text, found))
            ):
                continue
            yield Hit(sentence.at(found.start()), Sentence("lint_promise", word=found[0]))


def _promised_rate(text: str, found: re.Match[str]) -> bool:
    """100% as a promise (100%修好) and not as a fact or a material."""
    before = text[: found.start()]
    after = text[found.end() : found.end() + 10]
    if _FACT.search(before) and not re.search(r"将|会|做到|保证|一定", before[-14:]):
        return False
    return (
        re.search(
            r"满[意足]|接通|秒|[无没]|修|解决|完成|到位|恢复|处理|安全|做到|响应|回复|有效|放心|不|杜绝",
            after + before[-8:],
        )
        is not None
    )


_DISCLAIMER = regex(
    r"不负[^，。；]{0,10}责(?!任[感心])|(?:以|由)[^，。；]{0,10}(?:物业|公司|中心|我[处司]"
    r"|本处)[^，。；]{0,4}解释为准|不管(?=[，。；！]|$|了)|概不(?:负责|承担|退换|受理|赔偿"
    r"|补办)|(?:不承担|不负|恕不承担"
    r"|不予承担)[^，。；]{0,8}(?:任何|一切|相关|赔偿|法律|保管)?[^，。；]{0,4}责任|不予?(?:赔偿"
    r"|负责|赔付)(?!的)|不(?:赔|管)(?=[，。；！]|$|了)|自己负责|拒绝赔偿"
    r"|(?:与|跟|和)(?:我[处司们]|我中心|我公司|本[处公中小物]|物业|管理[方处]|停车场|活动"
    r"|组织[方者]|经营[方者]|保安|服务中心|主办[方单]|公司)"
    r"[^，。；]{0,8}(?:无[关涉干]|没有?关系|不相干)"
    r"|解释权(?![^，。；]{0,6}(?:作者|业主|归.{0,4}法院))|最终解释|无涉|不接受异议|不得异议"
    r"|物业[^，。；]{0,6}不(?:负责|担责|承担)|恕不(?:负责|赔偿|退)|免责|免[除于][^，。；]{0,8}(?:赔偿|责任|赔付)|不担责|拥有最终"
    r"|(?:别|不要|莫|勿)(?:来)?(?:找|赖|向)(?:我们|物业|我[处司]|前台|保安)|一概不(?:管|理|问|认|赔"
    r"|负责)|不予理睬|不予理赔"
)
_CONDUCT = regex(r"任?[、的地，]?[^，。；]{0,12}(?:行为|行径|做法|态度|言论|作风)")
_APART = regex(r"(?:与|跟|和).*(?:无[关涉干]|没有?关系|不相干)")
_LOST = regex(
    r"问题|损|后果|责任|丢|事故|纠纷|意外|伤|盗|窃|刮|擦|失|坏|剐|蹭|纷争|争议|产生|引起|发生"
)
_LAW_SAYS = regex(
    r"依法|《[^《》]{1,40}(?:法|条例|典)》|法律规定|第[\d一二三四五六七八九十百千零]{1,9}条"
)
_NOT_US = regex(r"(?:不能|不可|不得|并非|不是|无)[^，。；]{0,4}\Z")


def disclaimer(document: Document, settings: Settings) -> Iterator[Hit]:
    """N208: a blanket disclaimer or the last word."""
    for sentence in document.sentences:
        text = unquoted(sentence.text)
        lawful = _LAW_SAYS.search(sentence.text)
        for found in _DISCLAIMER.finditer(text):
            if _APART.search(found[0]) and not _LOST.search(text):
                continue
            if found[0].startswith("不负") and _CONDUCT.match(text, found.end()):
                continue
            if not lawful and not _NOT_US.search(text[: found.start()]):
                yield Hit(sentence.at(found.start()), Sentence("lint_disclaimer", words=found[0]))
        if document.genre == "温馨提示" or lawful:
            continue
        for found in ON_READER.finditer(text):
            if "保险" in text[: found.start()]:
                continue
            if not re.search(r"费用|法律责任|运费|交通|餐费", found[0]):
                yield Hit(sentence.at(found.start()), Sentence("lint_disclaimer", words=found[0]))


_THING = (
    r"(?:物品|杂物|堆物|堆放物|车辆|车|电动车|自行车|单车|花盆|鞋柜|家具|物|东西|设施|花草|菜"
    r"|棚|伞|广告|纸箱|电瓶|电池|地锁|宠物|盆栽|支架|笼|桩|衣物|被子|玩具|快递|失物|婴儿车"
    r"|遗留物|插座|充电器|排插|信件)"
)
_DISPOSE = regex(
    r"(?:(?<!不)按(?!规定|分类|照|时|类|要求)|视|作|当|当作|视同|认定|归)(?:为|作|同"
    r"|成)?[^，。；！？]{0,7}(?:无主|没人要|报废"
    r"|没有?主人|无人要|废弃|遗弃|废旧"
    r"|垃圾|弃置|放弃(?![^，。；]{0,8}(?:名额|资格|机会|参加|报名|评选|优惠|本次|此次))|废品"
    r"|废铁|破烂|僵尸)[^，。；！？]{0,10}(?:处[理置]|清[理走运除]|对待|)?"
    r"|(?<!垃圾)(?<!业主)(?<!住户)(?<!您)(?:一律|统一|强行|强制|全部|直接|雇人|[派叫请找]人"
    r"|统统|通通|看见一次|见一次|发现即|组织(?:人员|保洁)?|安排(?:人员|师傅|保洁)|有权|就|予以"
    r"|自行|集中|代为|将|由(?:保洁|物业|我[处司]"
    r"|本[处公司]|工作人员|保安|秩序)[^，。；！？]{0,8}|我[处司们]|物业|一并|一起"
    r"|进行)(?:将)?[^，。；！？]{0,8}?(?:清[走掉出除]|清运|收走|抱走|带走|拔[掉除走]|拆[掉走]"
    r"|搬走|抬走|移除|进垃圾|送[^，。；]{0,4}(?:废品|回收站)|扔[到进]|拖[至到移]|破拆|拉去|扔[掉了]"
    r"|丢[掉弃]|销毁|没收|变卖|拆除"
    r"|报废|处置|处理掉|搬走|拖[走离]|剪[断掉]|铲除|强拆|捐[出掉]|清理出)"
    r"|(?<!押金)(?<!保证金)没收(?![^，。；]{0,4}(?:押金|保证金|违法))|[予将被会]?(?:上(?:地|车|轮|车轮|轮胎)?锁|锁车"
    r"|锁住|加锁|锁定车|锁轮"
    r"|贴锁)|(?:轮|车)[^，。]{0,4}被锁|(?<!需要)(?<!呼叫)(?<!联系)拖车(?!服务|公司|救援|绳|电话"
    r"|费)|拖[走离](?=[^，。]{0,4}(?:车|处|，|。|！|$))"
    r"|扣[留押](?:[^，。；！？]{0,6}(?:车|物|证|工具))?|暂扣|收缴(?=[^，。；]{0,8}(?:车|物|鞋"
    r"|电池|花|证))|当(?:作|成)?(?:垃圾|废[品铁旧纸])|扔进垃圾|(?:卖|扔|丢|运"
    r"|拉|拆|撬|砸)[掉走](?![您你])|[卖送]给[^，。；]{0,6}(?:废品|收购|回收站|收破烂|收废)"
    r"|卖废品|扣[在下](?=[^，。]{0,4}(?:门岗|保安|物业|前台|我|，|。))|强制(?:清理|拆除|移除"
    r"|清除)|清理出小区|代为处置|充公"
    r"|(?:自行|擅自|直接|全权|酌情)[^，。；！？]{0,6}处[理置](?=[^，。；]{0,6}(?:物|车|东西))"
)
_SOFT = regex(
    r"(?:我[们处司]|物业|本处|保洁)[^，。；]{0,6}(?:(?:自行|直接|统一)处[理置]|(?<!乱)扔)|"
    r"见[^，。；]{1,4}就[剪锁拖拆扔清收拔]"
    r"|(?:见|到|现)一[个辆件处户双盆根]，?就?[收拖锁拆扔清抬拔剪搬]一?[个辆件处户双盆根走掉]"
    r"|(?:送|分|转赠)给[^，。；]{0,10}(?:邻居|业主|住户|别人|需要的人)|清场|恕不保[留管]|不[予再]保[留管]|"
    r"强拆|(?<!押金)(?<!保证金)没收|不再?归还|当废|"
    r"(?:清|扔|丢|倒|端|处理|拆|拔|铲|收|抱|带|拉|运|搬|抬|拖|剪|砸|撬|卖"
    r"|移)[走掉除断](?!.{0,2}通知)"
    r"|运离|切割|收缴(?![^，。]{0,3}[费率款])|(?:给|把)[^，。]{0,4}锁(?:上|住|了)|充作|收归"
    r"|归公|归(?!全体|[^，。；]{0,6}业主)[^，。；]{1,8}(?:支配|所有|处[理置])"
    r"|(?:由|交|卖|送)[^，。；]{0,8}(?:回收|废品|收购)[^，。；]{0,8}(?:收购|回收|收走|处[理置]|[拉运]走)"
    r"|所得(?:款项|收入|费用)|破拆|[拉送]去[^，。]{0,6}[站厂]|撤掉"
)
_BAD = regex(
    r"乱(?!糟)|私[装自拉搭接设]|擅自|占用|逾期|到期[^，。]{0,4}[不未]|限后|期后|一经|违规|无主"
    r"|没挂牌|无牌|无人认领|没人认领|没人来|收不回|超过[^，。]{0,8}没|没有贴|未贴|[没未]拆"
    r"|见[^，。；]{1,4}就|[见到现]一[个辆件处户双盆根]|[未没][取领拿办换登挂][^，。；]{0,6}[的者]|还在的|过夜|仍[留在放未]|剩下|没有[^，。；]{1,6}的|恕不另行|不认领|不[^，。]{1,3}走|放在消|限期后|不(?:拆|搬|清|移|挪)[走的]"
)
_STORED = regex(
    r"(?<![无没]人)(?<!不予)(?<!不再)(?<!概不)(?<!恕不)"
    r"(?:保管|暂存|存放|寄存|领回|认领|领取|取回|储[物藏]|归还|代管|找回|招领)"
)
_KEPT = regex(r"(?:保管|暂存|存放|寄存)[^，。；]{0,8}(?:[日天周]|个?月)")
_BY_AUTHORITY = regex(
    r"(?:公安|交警|交管|城管|执法|消防(?:救援)?(?:部门|机构|大队)|主管部门|街道|法院|行政|政府|[一-龥]{2}部门"
    r"|有关部门|相关部门|快递公司|快递员|单车公司|单车企业)[^，。；！？]{0,14}(?:依法|处|清|拖"
    r"|拆|没|扣|强|予|来"
    r"|进)|法院|依法由"
)
_OWN_WASTE = regex(
    r"建筑垃圾|生活垃圾|装修垃圾|落叶|积水|淤泥|大件垃圾|污泥|积雪|枯枝|杂草|垃圾(?:清运|分类)"
    r"|化粪池|小广告|违规广告|蚊虫|虫害|枯树|危树|枝|管道|井|废弃油|旧(?:设备|管|泵|灯|桶|电梯)"
    r"|原有|破损"
)
_NO_SEIZURE = regex(
    r"(?:我们不|不会|不得|不能|无权|不予|禁止|严禁|请勿|请不要|不要|切勿|防止|以免|避免|谨防"
    r"|(?:我[们处司]|物业|从)不"
    r"|限[^，。；]{0,10}|(?<![就们会])请(?:您)?(?:自行|尽快|及时|将|把|在|于|立即)?)[^，。；！？]{0,12}\Z"
)


def seizure(document: Document, settings: Settings) -> Iterator[Hit]:
    """N209: residents' things thrown away, taken or locked."""
    sentences = document.body_sentences
    for index, sentence in enumerate(sentences):
        text = unquoted(sentence.text)
        soft = _SOFT.finditer(text) if _BAD.search(text) else ()
        for found in (*_DISPOSE.finditer(text), *soft):
            clause = re.split(r"[，。；！？：]", text[: found.start()])[-1]
            earlier = sentences[index - 1].text if index else ""
            later = "".join(s.text for s in sentences[index + 1 : index + 3])
            near = text[found.start() - len(clause) :] + later
            if (
                _NO_SEIZURE.search(clause)
                or re.search(r"[未没不]\Z", clause)
                or re.search(r"不会|不得|系统|名单|车牌|权限|数据|微信群", found[0] + clause)
                or re.search(r"交[还回]|退回|退还|不(?:需要|要|用)的", text)
                or (
                    (_STORED.search(near) or _KEPT.search(text))
                    and not re.search(
                        r"无主|废|垃圾|销毁|扔|卖|强拆|没收|变卖|废品|锁|报废|放弃", found[0]
                    )
                )
                or _BY_AUTHORITY.search(text)
                or (_OWN_WASTE.match(text, found.end()) and not re.search("逾期|未", clause))
                or re.match(
                    r"[^，。；]{0,4}(?:险情|故障|问题|隐患|积水|情况|警情)", text[found.end() :]
                )
                or (re.search("险情|警情|火情|故障|漏水", clause + text[: found.start()][-14:]))
                or (
                    _OWN_WASTE.search(text)
                    and not re.search(r"[您你]|业主|住户|[逾到过]期|仍", text)
                )
                or (_GIFT.search(earlier + text) and not _BAD.search(text))
                or not _somebodys(text, found)
            ):
                continue
            yield Hit(sentence.at(found.start()), Sentence("lint_seizure", words=found[0]))


_GIFT = regex(r"捐(?:给|赠|出|献)|慈善|公益|义卖")
_HARD = regex(r"没收|锁|拖|扣|收缴|无主|废弃|遗弃|废品|废铁|变卖|卖|销毁|扔|丢|垃圾|充公|放弃")


def _somebodys(text: str, found: re.Match[str]) -> bool:
    """Whether it is about things of residents."""
    if (
        re.search(
            r"防火门|防盗|锁好|门锁|车锁|锁具|锁定|天台|机房|设备间|门[^，。；]{0,8}上锁", text
        )
        and "锁" in found[0]
    ):
        return False
    if re.search(r"扣(?:除|费|分|款|好|紧)", text[found.start() : found.start() + 3]):
        return False
    if _HARD.search(found[0]):
        return True
    breach = re.search(
        r"逾期|仍|还[没未停在]|未|不[清移搬整挪拆拔]|到期|违规|私自|占用|届时|之后|过了", text
    )
    gift = re.search(
        r"捐|收集|回收|公益|征集|不要的|预约|旧(?:衣|锁|卡|灯|设备|管|泵|沙发|座椅|桶|电梯|设施"
        r"|电池|书)",
        text,
    )
    return (
        breach is not None
        or _BAD.search(text) is not None
        or (gift is None and re.search(_THING, text) is not None)
    )


RULES = (
    Rule("N207", "warning", "民法典 938(2)", promise, passage=True),
    Rule("N208", "warning", "消费者权益保护法 26；民法典 497、506", disclaimer, passage=True),
    Rule("N209", "warning", "民法典 267、1177", seizure, passage=True),
)

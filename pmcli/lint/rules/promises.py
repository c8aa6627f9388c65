"""N207 to N209: promises beyond the contract, disclaimers, seizure of residents' things."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmcli.lint.document import Document
from pmcli.lint.model import Hit, Rule, Settings
from pmcli.lint.passages import unquoted
from pmcli.lint.rules.tone import ON_READER
from pmcli.messages import Sentence

_PROMISE = re.compile(
    r"(?<!为)(?<!为了)(?<!以)(?<!请)(?<!来)(?<!切实)保证(?!金|人|书|期|安全|您的安全|质量|正常"
    r"|小区)(?=[^，。；]{2})|(?<!服务)承诺(?!书|制|期|函|事项|您)|绝(?:对)?不(?:会|再|让|出现"
    r"|影响|漏)|绝对(?!值|禁|不能|不要|不可|不得)|决不(?:会|再|让)|永远(?!不要|怀|铭|牢|相|是)"
    r"|永不|百分之?百|100%|百分百|随叫随到|万无一失|(?:一定|必定|必)(?:会|能|将|在|按|让|做到"
    r"|修|解决|完成|恢复)|包您|包(?:修好|满意|治)|零投诉|零事故|零失误|终身(?:免费|保修|维护)"
    r"|无条件|任何时候都|有求必应|立等可取|保准|打包票|(?<!提供)担保(?!人|书|物|金|合同|公司)"
    r"|拍胸脯|军令状|(?:投诉|问题"
    r"|故障)[^，。；]{0,4}清零|确保(?=[^，。；]{0,20}(?:分钟|小时|天|日"
    r"|[点时])[^，。；]{0,6}(?:内|前|到|修|完|恢复|解决))"
)
_PURPOSE = re.compile(
    r"(?:为了?|以便|从而|旨在|用于|目的是|以|来|力求|尽量|努力|争取)[^，。；！？]{0,12}\Z"
)
_ASKING = re.compile(
    r"(?:请|务必|须|需|应|要求|应当|由|希望|建议|您|业主|住户|施工(?:方|单位|人员)|装修|签订"
    r"|签署|监护人|车主)[^，。；！？]{0,12}\Z"
)
_FACT = re.compile(r"(?:合格率|完好率|达到?|实现|为|率)\D{0,4}\Z")
_DENIED = re.compile(r"(?:不能|无法|不|难以|未|没有)[^，。；]{0,2}\Z")


def promise(document: Document, settings: Settings) -> Iterator[Hit]:
    """N207: a promise that binds the office beyond its contract."""
    for sentence in document.body_sentences:
        text = unquoted(sentence.text)
        for found in _PROMISE.finditer(text):
            clause = re.split(r"[，。；！？：]", text[: found.start()])[-1]
            if (
                _PURPOSE.search(clause)
                or (
                    _ASKING.search(clause)
                    and not re.search(r"我[们处司]|我中心|本[处中公]", clause)
                )
                or _DENIED.search(clause)
                or (found[0] in ("100%", "百分百", "百分之百") and not _promised_rate(text, found))
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
            r"满意|修|解决|完成|到位|恢复|处理|安全|做到|响应|回复|有效|放心|不|杜绝",
            after + before[-8:],
        )
        is not None
    )


_DISCLAIMER = re.compile(
    r"概不(?:负责|承担|退换|受理|赔偿|补办)|(?:不承担|不负|恕不承担"
    r"|不予承担)[^，。；]{0,8}(?:任何|一切|相关|赔偿|法律|保管)?[^，。；]{0,4}责任|不予?(?:赔偿"
    r"|负责|赔付)(?!的)|不(?:赔|管)(?=[，。；！]|$|了)|自己负责|拒绝赔偿"
    r"|(?:与|跟|和)(?:我[处司们]|我中心|我公司|本[处公中]|物业|管理处|服务中心|主办方)"
    r"[^，。；]{0,8}(?:无[关涉干]|没有?关系)"
    r"|解释权(?:归|属|由|为)于?[^，。；]{0,6}(?:我|本|物业|中心|公司|管理处|主办)|最终解释"
    r"|物业[^，。；]{0,6}不(?:负责|担责|承担)|恕不(?:负责|赔偿|退)|免责|不担责|拥有最终"
)
_LAW_SAYS = re.compile(
    r"依法|《[^《》]{1,40}(?:法|条例|典)》|法律规定|第[\d一二三四五六七八九十百千零]{1,9}条"
)
_NOT_US = re.compile(r"(?:不能|不可|不得|并非|不是|无)[^，。；]{0,4}\Z")


def disclaimer(document: Document, settings: Settings) -> Iterator[Hit]:
    """N208: a blanket disclaimer or the last word."""
    for sentence in document.sentences:
        text = unquoted(sentence.text)
        lawful = _LAW_SAYS.search(sentence.text)
        for found in _DISCLAIMER.finditer(text):
            if not lawful and not _NOT_US.search(text[: found.start()]):
                yield Hit(sentence.at(found.start()), Sentence("lint_disclaimer", words=found[0]))
        if document.genre == "温馨提示" or lawful:
            continue
        for found in ON_READER.finditer(text):
            if not re.search(r"费用|法律责任|运费|交通|餐费", found[0]):
                yield Hit(sentence.at(found.start()), Sentence("lint_disclaimer", words=found[0]))


_THING = (
    r"(?:物品|杂物|堆物|堆放物|车辆|车|电动车|自行车|单车|花盆|鞋柜|家具|物|东西|设施|花草|菜"
    r"|棚|伞|广告|纸箱|婴儿车|遗留物)"
)
_DISPOSE = re.compile(
    r"(?:按|视|作|当|当作|视同|认定|归)(?:为|作|同|成)?[^，。；！？]{0,4}(?:无主|没人要"
    r"|没有?主人|无人要|废弃|遗弃|废旧"
    r"|垃圾|弃置|放弃|废品|僵尸)[^，。；！？]{0,10}(?:处[理置]|清[理走运除]|对待|)?"
    r"|(?<!垃圾)(?:一律|统一|强行|强制|全部|直接|予以|自行|集中|代为|将|由(?:保洁|物业|我[处司]"
    r"|本[处公司]|工作人员|保安|秩序)[^，。；！？]{0,8}|我[处司们]|物业|一并"
    r"|进行)(?:将)?[^，。；！？]{0,8}?(?:清[走掉出]|清运|扔[掉了]|丢[掉弃]|销毁|没收|变卖|拆除"
    r"|报废|处置|处理掉|搬走|拖[走离]|剪[断掉]|铲除|强拆|清理出)"
    r"|没收(?![^，。；]{0,4}(?:押金|保证金|违法))|[予将被会]?(?:上锁|锁车|锁住|加锁|锁定车|锁轮"
    r"|贴锁)|拖车(?!服务|公司|救援|绳|电话|费)|拖[走离](?=[^，。]{0,4}(?:车|处|，|。|！|$))"
    r"|扣[留押](?:[^，。；！？]{0,6}(?:车|物|证|工具))?|暂扣|收缴(?=[^，。；]{0,8}(?:车|物|鞋"
    r"|电池|花|证))|当(?:作|成)?(?:垃圾|废[品铁旧纸])|扔进垃圾|(?:卖|扔|丢|运"
    r"|拉)[掉走](?![您你])|强制(?:清理|拆除|移除|清除)|清理出小区|代为处置|充公"
    r"|(?:自行|擅自|直接|全权|酌情)[^，。；！？]{0,6}处[理置](?=[^，。；]{0,6}(?:物|车|东西))"
)
_STORED = re.compile(r"保管|暂存|存放|寄存|领回|认领|领取|取回|储[物藏]|仓库|归还|代管|找回|招领")
_BY_AUTHORITY = re.compile(
    r"(?:公安|交警|交管|城管|执法|消防(?:救援)?(?:部门|机构|大队)|主管部门|街道|法院|行政|政府"
    r"|有关部门|相关部门)[^，。；！？]{0,14}(?:依法|处|清|拖|拆|没|扣|强|予|来|进)|法院|依法由"
)
_OWN_WASTE = re.compile(
    r"建筑垃圾|生活垃圾|装修垃圾|落叶|积水|淤泥|大件垃圾|污泥|积雪|枯枝|杂草|垃圾(?:清运|分类)"
    r"|化粪池|小广告|违规广告|蚊虫|虫害|枯树|危树|枝|管道|井|废弃油|旧(?:设备|管|泵|灯|桶|电梯)"
    r"|原有|破损"
)
_NO_SEIZURE = re.compile(
    r"(?:不会|不得|不能|无权|不予|禁止|严禁|请勿|请不要|不要|切勿|防止|以免|避免|谨防|不"
    r"|请(?:您)?(?:自行|尽快|及时|将|把|在|于|立即)?)[^，。；！？]{0,12}\Z"
)


def seizure(document: Document, settings: Settings) -> Iterator[Hit]:
    """N209: residents' things thrown away, taken or locked."""
    sentences = document.body_sentences
    for index, sentence in enumerate(sentences):
        text = unquoted(sentence.text)
        for found in _DISPOSE.finditer(text):
            clause = re.split(r"[，。；！？：]", text[: found.start()])[-1]
            near = "".join(s.text for s in sentences[index : index + 2])
            if (
                _NO_SEIZURE.search(clause)
                or (
                    _STORED.search(near)
                    and not re.search(
                        r"无主|废弃|垃圾|销毁|扔|没收|变卖|废品|锁|报废|放弃", found[0]
                    )
                )
                or _BY_AUTHORITY.search(text)
                or (_OWN_WASTE.search(text) and not re.search(r"[您你]|业主|住户|逾期|仍", text))
                or not _somebodys(text, found, document)
            ):
                continue
            yield Hit(sentence.at(found.start()), Sentence("lint_seizure", words=found[0]))


_HARD = re.compile(r"没收|锁|拖|扣|收缴|无主|废弃|遗弃|废品|废铁|变卖|卖|销毁|扔|丢|垃圾|充公|放弃")


def _somebodys(text: str, found: re.Match[str], document: Document) -> bool:
    """Whether it is about things of residents."""
    if re.search(r"防火门|防盗|锁好|门锁|车锁|锁具|锁定", text) and "锁" in found[0]:
        return False
    if re.search(r"扣(?:除|费|分|款|好|紧)", text[found.start() : found.start() + 3]):
        return False
    if _HARD.search(found[0]):
        return True
    breach = re.search(
        r"逾期|仍|还[没未停在]|未|不[清移搬整挪]|违规|私自|占用|届时|之后|过了", text
    )
    gift = re.search(r"捐|收集|回收|公益|征集|旧衣", text)
    return breach is not None or (gift is None and re.search(_THING, text) is not None)


RULES = (
    Rule("N207", "warning", "民法典 938(2)", promise, passage=True),
    Rule("N208", "warning", "消费者权益保护法 26；民法典 497、506", disclaimer, passage=True),
    Rule("N209", "warning", "民法典 267、1177", seizure, passage=True),
)

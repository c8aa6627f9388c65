"""N201, N205, N206, N210: orders, insults, stacked marks, how the reader is addressed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmcli.lint.document import Document
from pmcli.lint.model import Hit, Rule, Settings, genres
from pmcli.lint.passages import unquoted
from pmcli.lint.rules.pressure import RULES as PRESSURE
from pmcli.messages import Sentence

_ORDER = re.compile(
    r"严禁|禁止(?![^，。；]{0,4}(?:标[志识牌]|警示|区域?|路段))|(?<![认批])不准(?![确时点])"
    r"|不许|不允许"
    r"|(?<!舍)(?<!恨)(?<!记)(?<!怪)(?<!由)(?<!了)(?<!顾)(?<!巴)(?<!见)不得(?![不已了])|不可以"
    r"|绝不容|决不容|零容忍"
    r"|(?<!非)必须(?!品)|必需要|务须|(?<![无毋何])须(?:立即|在|于)|一律|违者|勒令|责令|限令"
    r"|强令|只准|(?<!有效)(?<!保质)(?<![使])限期(?![限满内])"
    r"|限(?:于|在|您|你|各|其)?[^，。；]{0,6}?\d{1,2}(?:日|天|小时|个工作日)(?:之?内|前)"
    r"|限(?:于|在)[^，。；]{0,10}(?:之?前|以前)"
    r"|不予容忍|严加|不容许|一经发现"
)
_AT_ONCE = re.compile(
    r"(?:立即|马上|立刻|即刻|速即?|迅速|尽速)[^，。；]{0,6}?(?:清理|整改|搬离|搬走|搬出|停止"
    r"|移走|移除|拆除|清走|清除|挪走|挪开|纠正|改正|恢复)"
)
ON_READER = re.compile(
    r"(?:后果|责任|风险|损失|费用)[^，。；！？]{0,6}?(?:自负|自担|自行?承担|自行负责|自理)"
    r"|责任自负|自负(?:其责|后果|责任)|由(?:您|你|其|本人|责任人|当事人|业主"
    r"|住户)[^，。；]{0,6}(?:承担|负责)[^，。；]{0,6}(?:后果|责任)"
    r"|(?:后果|责任|损失)[^，。；]{0,4}由[^，。；]{0,10}(?:承担|负责)"
    r"|自[行愿]?承担[^，。；]{0,8}(?:后果|责任|损失|风险)|自食其果|咎由自取"
)
_BREACH = re.compile(
    r"不|未|违|乱|拒|屡|仍|再|否则|逾期|私[自拉搭]|擅自|飞线|占用|堵塞|抛物|抛掷|随意|随地|发现"
    r"|影响他人"
)
_SANCTION = re.compile(
    r"(?:上报|举报|曝光|公示|通报|公布|张贴|报送|移交|移送|报警|报告|报请|提请"
    r"|交由)[^，。；！？]{0,16}|"
    r"(?:依法|严肃|从严|强制|严格|坚决|必将)[^，。；]{0,4}(?:处理|处置|追究|查处|追责|惩|清理"
    r"|执行|拆除|打击)|追究[^，。；]{0,10}责任|追责|列入[^，。；]{0,6}名单|黑名单|诚信档案"
    r"|信用(?:记录|档案|扣分)"
    r"|采取[^，。；]{0,8}(?:措施|手段|行动)|不客气|勿谓言之不预|不讲情面|好看|走法律程序"
    r"|法律途径|拘留|扣[留押车]|暂扣|拖[离走]|锁车|清走|没收|对簿公堂|起诉|通知您?(?:的)?单位"
    r"|点名|照片|叫停|停工|收回|清退|驱离|取消[^，。；]{0,8}(?:资格|权限|许可|使用)|处分|处罚"
    r"|惩[处罚戒]|限制|禁入|吊销|停用|约谈|上门找"
)
_SPEAKER = re.compile(
    r"我[们处司]|我中心|我公司|本[处司中公]|物业|管理处|服务中心|将|会|就|必|可|别怪|休怪|勿怪"
    r"|一律|予以|只好|只能|有权|保留"
)
_RESCUE = re.compile(
    r"(?:如|若|一旦|万一|遇|发现|闻到|发生|出现)[^，。；！？]{0,20}(?:火|烟|燃气|煤气|异味|泄漏"
    r"|漏|险|可疑|异常|危险|受伤|被困|触电|积水|断线|隐患|不适|爆|雷|台风|情况|困难|陌生)|119"
    r"|110|120|险情|被困"
)
_ASKED = re.compile(r"(?:请|欢迎|可|建议|敬请|望|劳烦|麻烦)[^，。；！？]{0,14}\Z")
_CITED = re.compile(r"《[^《》]{1,50}》[^，。；！？]{0,6}第[\d一二三四五六七八九十百千零]{1,9}条")
_DENIED = re.compile(r"(?:不是|并非|无需|不必|没有|不会|不再)[^，。；]{0,4}\Z")


def orders(document: Document, settings: Settings) -> Iterator[Hit]:
    """N201: an order or a threat in a 温馨提示."""
    elsewhere = {hit.offset for rule in PRESSURE for hit in rule.check(document, settings)}
    for sentence in document.sentences:
        text = unquoted(sentence.text)
        if _CITED.search(sentence.text):
            continue
        reported = any(place in elsewhere for place in sentence.places)
        for found in _ORDER.finditer(text):
            if _DENIED.search(text[: found.start()]) or (reported and found[0] == "违者"):
                continue
            key = "lint_order"
            yield Hit(sentence.at(found.start()), Sentence(key, word=found[0]))
        for found in _AT_ONCE.finditer(text):
            if not _RESCUE.search(text):
                yield Hit(sentence.at(found.start()), Sentence("lint_order", word=found[0]))
        for found in ON_READER.finditer(text):
            if not re.search(r"(?:法|依法|民法典)[^，。；]{0,12}\Z", text[: found.start()]):
                yield Hit(sentence.at(found.start()), Sentence("lint_threat", word=found[0]))
        if not reported:
            at = sanction(text)
            if at is not None:
                yield Hit(sentence.at(at[0]), Sentence("lint_threat", word=at[1]))


def sanction(text: str) -> tuple[int, str] | None:
    """Where the office announces a sanction for what the reader may do, and its words."""
    for found in _SANCTION.finditer(text):
        before = text[: found.start()]
        clause = re.split(r"[，。；！？：]", before)[-1]
        if _ASKED.search(clause) or _DENIED.search(before) or _RESCUE.search(text):
            continue
        speaker = _SPEAKER.search(clause) or _SPEAKER.match(found[0]) or "不客气" in found[0]
        if speaker and _BREACH.search(before):
            return found.start(), found[0]
    return None


_INSULT = re.compile(
    r"(?:素质|素养|道德|品德|修养|教养)[^，。；！？高提]{0,6}(?:低|差|劣|败坏|堪忧|沦丧|有待"
    r"|不高|缺失|缺乏)|(?:没|无|缺|缺乏|毫无|没有|缺少|丧失)[^，。；！？]{0,3}(?:公德|素质|教养"
    r"|道德|良心|修养|廉耻|责任心|家教)|[不没]讲[^，。；！？]{0,4}(?:公德|道德|文明|素质|卫生"
    r"|信用|诚信|道理)|低素质|不道德|缺德"
    r"|自私|可耻|无耻|无赖|老赖|赖[皮账]|恶意(?:拖欠|欠费|欠缴|占用|破坏|拖延)|屡教不改"
    r"|屡劝不[改听]|害群之马|不知羞耻|不要脸|恬不知耻|蛮横|无理取闹|胡搅蛮缠|刁民|刁难|愚昧"
    r"|愚蠢|弱智|没文化|没脑子|野蛮|丑陋|卑劣|恶劣(?!天气|气候|环境|影响)|令人(?:不齿|发指|作呕"
    r"|厌恶|唾弃|愤慨|鄙视)|嘴脸|厚颜|不自觉|麻木不仁|装聋作哑|视而不见|置若罔闻|我行我素"
    r"|唯利是图|占便宜|丢人|脸皮"
    r"|只[顾图][^。！？]{0,12}(?:自己|个人|自家|一己)[^。！？]{0,16}(?:不[管顾考理]"
    r"|置[^。！？]{0,6}不顾|，)|不顾(?:他人|别人|邻居|大家)|良心|不配(?:住|做|当|为)"
)
_PRAISE = re.compile(
    r"(?:提[高升]|增强|提倡|弘扬|展现|彰显|高|优质|良好|做文明)[^，。；！？]{0,8}\Z"
)


def insult(document: Document, settings: Settings) -> Iterator[Hit]:
    """N205: blaming or insulting words."""
    for sentence in document.sentences:
        text = _TITLES.sub(lambda m: "□" * len(m[0]), sentence.text)
        for found in _INSULT.finditer(text):
            before = text[: found.start()]
            if _PRAISE.search(before) or re.search(
                r"(?:不是|并非|无意|没有|绝无|杜绝|避免|不要|请勿)[^，。；]{0,6}\Z", before
            ):
                continue
            yield Hit(sentence.at(found.start()), Sentence("lint_insult", word=found[0]))


_TITLES = re.compile(r"《[^《》]{0,80}》")
_GREETED = re.compile(
    r"(?:[您你]们?好|大家好|各位好|早上好|下午好|晚上好|新年好|节日快乐|新年快乐)！"
)


def exclamations(document: Document, settings: Settings) -> Iterator[Hit]:
    """N206: too many exclamation marks, or marks stacked."""
    count = 0
    for line in document.lines:
        text = _GREETED.sub(lambda m: "□" * len(m[0]), line.text)
        stacked = re.search(r"[！？!?]{2,}", text)
        if stacked and stacked[0] not in ("？！", "！？"):
            yield Hit(line.read.at(stacked.start()), Sentence("lint_stacked", marks=stacked[0]))
        for found in re.finditer("！", text):
            count += 1
            if count == settings.exclamations_max + 1:
                limit = settings.exclamations_max
                yield Hit(line.read.at(found.start()), Sentence("lint_exclaiming", limit=limit))


_YOU = re.compile(r"[你您]们|你(?!我|追|来我|争|好我|死|中有|情我|方唱)")
_SONG = re.compile(r"和你在一起|与你同行|有你|因你|为你|等你|谢谢你|爱你|遇见你|陪你|你我|邀你")


def familiar_you(document: Document, settings: Settings) -> Iterator[Hit]:
    """N210: the reader addressed as 你."""
    for line in document.lines:
        text = unquoted(line.text)
        for found in _YOU.finditer(text):
            if (
                document.title
                and line.read.at(found.start()) in document.title.places
                and _SONG.search(text)
            ):
                continue
            word = found[0]
            yield Hit(line.read.at(found.start()), Sentence("lint_familiar", word=word))


RULES = (
    Rule("N201", "error", "S1；温馨提示写作惯例", orders, genres("温馨提示"), passage=True),
    Rule("N205", "error", "S1、S2；民法典 1024", insult, passage=True),
    Rule("N206", "warning", "GB/T 15834 4.3.3；惯例", exclamations, passage=True),
    Rule("N210", "warning", "S2", familiar_you, passage=True),
)

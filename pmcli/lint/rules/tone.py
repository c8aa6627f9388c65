"""N205, N206, N210: insults, stacked marks, how the reader is addressed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmcli.lint.document import Document
from pmcli.lint.model import Hit, Settings
from pmcli.lint.passages import unquoted
from pmcli.lint.rule import Rule
from pmcli.messages import Sentence
from pmcli.patterns import regex

_INSULTS = (
    # what somebody lacks
    r"(?:素质|素养|道德|品德|修养|教养|觉悟)[^，。；！？高提]{0,6}(?:低|差|劣|败坏|堪忧|沦丧"
    r"|有待|不高|缺失|缺乏)",
    r"(?:没|无|缺|缺乏|毫无|没有|缺少|丧失)[^，。；！？]{0,3}(?:公德|素质|教养|道德|良心|修养"
    r"|廉耻|责任心|家教)",
    r"(?:没|无|缺乏?|丧失|突破|毫无)[^，。；]{0,8}(?:底线|良知|人性)",
    r"(?:底线|良知|常识|教养|公德|羞耻心)[^，。；]{0,3}(?:都|也)(?:没|不|缺|无)",
    r"[不没]讲[^，。；！？]{0,4}(?:公德|道德|文明|素质|卫生|信用|诚信|道理)",
    r"没(?:文化|脑子|规矩|良心)|不懂(?:事|规矩|礼貌)|缺[大了]?德|缺心眼|低素质|不道德|[失无]德"
    r"|丧良心|欠(?:教育|管教|揍|收拾)",
    # how somebody behaves
    r"(?:性质|行为|态度|行径|手段|作风|情节)[^，。；]{0,4}恶劣|恶劣的?(?:行为|行径|态度|作风)",
    r"(?:人品|品行|品质|德行|心术|用心|居心)[^，。；]{0,4}(?:恶|坏|差|劣|不正|险|低)",
    r"自私|可耻|无耻|厚颜|卑劣|丑陋|丑恶|野蛮(?!施工|装卸|生长|操作|搬运)|蛮横|蛮不讲理"
    r"|刁[蛮钻民难]|霸占|跋扈|嚣张|猥琐"
    r"|肮脏|龌龊|下作|下三滥|愚昧|愚蠢|贪小便宜|占[^，。；]{0,8}便宜|蹭吃|寄生|损人利己|唯利是图|丧尽天良"
    r"|伤天害理|吃相|胡闹|撒泼|撒野",
    r"恶意(?:拖欠|欠费|欠缴|占用|破坏|拖延)|屡教不改|屡劝不改|不自觉|麻木不仁|装聋作哑|装傻"
    r"|装(?:看不见|没看见|聋)|视而不见"
    r"|置若罔闻|我行我素|无理取闹|胡搅蛮缠|不可理喻|无法无天|目无|肆无忌惮|胆大妄为|为所欲为"
    r"|唯我独尊|横行霸道|懒得|死活|耍赖|赖着",
    r"只[顾图][^。！？]{0,12}(?:自己|个人|自家|一己)[^。！？]{0,16}(?:不[管顾考理]"
    r"|置[^。！？]{0,6}不顾|，)",
    r"不顾(?:他人|别人|邻居|大家)|想怎么[^，。]{1,4}就怎么|不知(?:羞耻|好歹)|不识(?:抬举|相)"
    r"|做人[^，。；]{0,6}(?:底线|良心|道理|本分)|[您你自]己?家里?[^，。；]{0,4}(?:这样|这么|如此)[^，。；]{1,8}吗"
    r"|(?:教育|家教)[^，。；]{0,4}(?:失败|缺失|缺位)|缺乏?(?:管教|教育|教养)|颠倒黑白|谋取?私利"
    r"|(?<!谨防)(?<!切勿)(?:别有用心|居心叵测|煽风点火|挑拨离间|搬弄是非|唯恐天下|无事生非|指手画脚"
    r"|吃里扒外|恩将仇报|忘恩负义|打着[^，。；]{1,8}(?:旗号|幌子))"
    r"|不像话|恶习|劣迹|歪理|自作聪明",
    # what somebody is called
    r"跳梁小丑|人品(?![端好优可过高])|罪魁祸首|巨婴|吸血鬼|寄生虫|白吃白|刺头|冷血"
    r"|无赖|老赖|赖[皮账]|死皮|厚着脸|害群之马|害人|坑人|祸害|败类|人渣|老鼠屎|鼠辈|流氓|无良"
    r"|黑心|贪心|狼心|毒瘤|恶邻|奇葩|泼妇"
    r"|混账|混蛋|王八|畜生|禽兽|白眼狼|搅屎|恶霸|土匪|神经病|变态|弱智|(?:连"
    r"|比)狗[^，。]{0,2}(?:不如|还)|不是人|什么东西|(?:就是|当)大爷",
    # what is thought of it
    r"耻辱|没皮没脸|令人(?:不齿|发指|作呕|厌恶|唾弃|愤慨|鄙视|恶心|咋舌)|真恶心|鄙视|鄙夷|不齿"
    r"|寒心|嘴脸"
    r"|不要脸|对得起[^，。；]{1,14}吗|脸都不|脸皮|恬不知耻|羞耻|羞愧|汗颜|丢脸|丢人|丢尽"
    r"|良心|脊梁|遭殃|积点德|眼睛长|没长(?:耳朵|眼)|瞎了|睁眼瞎|智商|德性|不配(?:住|做|当|为)"
    r"|狗改不了",
)
_INSULT = regex("|".join(_INSULTS))
_SELF = regex(
    r"(?:我[们处司]|本中心|员工|服务|管理|自身)[^，。；！？]{0,8}\Z"
    r"|(?:员工|工作人员|我[们处司]的?服务|我中心)(?:(?!业主|住户|车主|[您你人户])[^。；！？]){0,30}\Z"
)
_NOT_SO = regex(
    r"(?:不是|并非|无意|(?<!有)没有|绝无|杜绝|避免|不要|请勿|告别|远离|摒弃|拒绝|抵制|不做|莫做|勿做"
    r"|少一[分些点]|不属于)[^，。；]{0,6}\Z"
)
_NOT_OURS = regex(
    r"[^，。；！？]{0,8}(?:不是(?!第|一[次天两])|绝非|并非|不属于|不存在|说不|无关(?!紧)|远离|没有市场|光荣)"
)
_PRAISE = regex(r"(?:提[高升]|增强|提倡|弘扬|展现|彰显|高|优质|良好|做文明)[^，。；！？]{0,8}\Z")


def insult(document: Document, settings: Settings) -> Iterator[Hit]:
    """N205: blaming or insulting words."""
    for sentence in document.sentences:
        text = _TITLES.sub(lambda m: "□" * len(m[0]), sentence.text)
        for found in _INSULT.finditer(text):
            before = text[: found.start()]
            if (
                _PRAISE.search(before)
                or _SELF.search(before)
                or _NOT_SO.search(before)
                or _NOT_OURS.match(text, found.end())
            ):
                continue
            yield Hit(sentence.at(found.start()), Sentence("lint_insult", word=found[0]))


_TITLES = regex(r"《[^《》]{0,80}》")
_GREETED = regex(r"(?:[您你]们?好|大家好|各位好|早上好|下午好|晚上好|新年好|节日快乐|新年快乐)！")


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


_YOU = regex(
    r"[你您]们|(?<!迷)你(?!我(?![们处司中公])|追|来我|争|死|中有|情我|方唱"
    r"|[^，。；！？你]{1,3}[，、]?我(?![们处司中公家])"
    r"|[^，。；！？]{1,3}你)"
)
_EACH_OTHER = regex(
    r"你(?![们的])([一-龥]{1,2})我?([一-龥]{0,8})[、，]?我\1你?|我([一-龥]{1,2})你[一-龥]{0,2}[、，]?你\3我"
)
_SONG = regex(r"和你在一起|与你同行|有你|因你|为你|等你|谢谢你|爱你|遇见你|陪你|你我|邀你")


def familiar_you(document: Document, settings: Settings) -> Iterator[Hit]:
    """N210: the reader addressed as 你."""
    for line in document.lines:
        text = _EACH_OTHER.sub(lambda m: "□" * len(m[0]), unquoted(line.text))
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
    Rule("N205", "error", "S1、S2；民法典 1024", insult, passage=True),
    Rule("N206", "warning", "GB/T 15834 4.3.3；惯例", exclamations, passage=True),
    Rule("N210", "warning", "S2", familiar_you, passage=True),
)

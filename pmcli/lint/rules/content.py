"""N101 to N107, N109 to N111, N114, N115, N118: the parts of a notice and their form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from pmcli.lint import dates
from pmcli.lint.dates import Day
from pmcli.lint.document import Document
from pmcli.lint.genres import genre_word
from pmcli.lint.model import Hit, Settings, genres
from pmcli.lint.passages import Passage, unquoted
from pmcli.lint.phones import numbers_in
from pmcli.lint.rule import Rule
from pmcli.lint.signature import blank_date, signature_day, signed_on
from pmcli.lint.words import ORGANISATION
from pmcli.messages import Sentence
from pmcli.patterns import regex

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

_TIP, _NOTICE, _LETTER = "温馨提示", "通知", "函"


def title_missing(document: Document, settings: Settings) -> Iterator[Hit]:
    """N101: no title, or one that names no genre."""
    if document.title is None:
        yield Hit(document.start, Sentence("lint_no_title"))
    elif document.genre is None:
        yield Hit(document.title.at(0), Sentence("lint_title_no_genre"))


def title_long(document: Document, settings: Settings) -> Iterator[Hit]:
    """N102: a title that does not fit on one line."""
    if document.title is None:
        return
    length = len(re.sub(r"\s", "", document.title.text))
    if length > settings.title_max:
        place = document.title.at(0)
        yield Hit(place, Sentence("lint_title_long", length=length, limit=settings.title_max))


def salutation(document: Document, settings: Settings) -> Iterator[Hit]:
    """N103: no salutation, or none that a colon closes."""
    if document.salutation is None:
        place = document.body[0].read.at(0) if document.body else document.end
        yield Hit(place, Sentence("lint_no_salutation"))
    elif not document.salutation_closed:
        yield Hit(document.salutation.read.at(0), Sentence("lint_salutation_open"))


_CAUSE = regex(
    r"预报|预警|将[于在][^，。]{0,14}(?:截止|到期|届满|来临)|(?<!原)因(?!此|而|材|故请)|由于|鉴于|(?:根据|依据|依照|遵照)(?!以下|下列|如下)|为了|便于|以便|以免|随着|值此|适逢|恰逢|考虑到"
    r"|接(?:到)?[^，。]{0,24}(?:通知|函|告知|要求|来电|消息|反映|计划)"
    r"|(?:供电|供水|自来水|燃气|热力|市政|水厂|水司|水务|电力|通信|运营商|交警|城管|街道|社区|居委会?|政府|园区|广电|市特检)[^，。]{0,36}"
    r"(?:计划|检修|施工|改造|抢修|通知|要求|安排|部署|[冲清]洗|切换|碰头|试压|调试|维[修护]|更换|割接|检测|检验)"
    r"|(?:有|部分|不少|多[位名]|许多|个别)[^，。]{0,6}(?:业主|住户|居民|家长|车主|用户|商户|租户)"
    r"[^，。]{0,6}(?:建议|提议|提出|要求|希望|询问|反映|投诉)"
    r"|应[^，。]{0,20}(?:要求|请求|邀请|建议|提议|倡议|号召|呼吁|反映|需[要求])|受[^，。]{0,16}(?:影响|委托|限制|制约)"
    r"|(?:^|[，。；！：、\n])(?:现|兹)?(?:按(?!时|期|以下|下列|如下|顺序)|为(?!期|您服务|止|准)"
    r"|经(?!研究|公司|讨论|决定|理|办|过)|逢|据|结合|响应|本着|针对|基于|出于|配合[^，。！]{2,20}，)"
)
"""What gives a cause wherever it stands."""
_FACT = regex(
    r"将至|来临|临近|在即|之际|即将(?:到来|来临|开始|到期|结束)|入[春夏秋冬汛]|立[春夏秋冬]"
    r"|近[期日来段年]|近几|连[日续]|日前|最近|目前|现阶段|眼下|频[发繁]|高发|增[多加]|多[发次]"
    r"|天气|气温|气象|预报|预警|台风|暴雨|高温|寒潮|降雨|雷雨|冷空气|季节|换季|[雨汛]季|[^时]节(?!约|能|省)|假期"
    r"|到来|发生|发现|反映|反馈|投诉|出现|以来|进入|正值|时值|影响|截至|尚未|缘由|故障|损坏"
    r"|老化|破损|存在|有助|需要|已|届满|到期|隐患|不便|收到|接到|检查|巡查|巡视|丢失|遗失|困难|难题"
    r"|越来越|突发|爆裂?|破裂|断裂|堵塞|渗漏|漏水|损毁|坍塌|塌陷|每年|又到|正是|年关|岁末|新春|高考"
    r"|中考|开学|经常|常有|时有|屡|不[足够畅稳清良]|紧张|严重|陈旧|超[过出标]|年久|失[修灵效]|异味"
    r"|积水|脱落|开裂|松动|磨损|锈|污[渍染损垢]|脏|模糊|拥[堵挤]|较[大多高低差重旧]|偏[高低少大]|过[高低多大长旧]|短缺|报废|完工|竣工|上升|下降|至今|[春夏秋冬]季|上[周月]|昨[天日晚]|前[天几]|[又再]有|曾|仍有|个别|部分(?:业主|住户)|欠|未[缴交付清]|逾期"
    r"|[^为除]了(?:起来)?$|开始了|雨[天夜雪]|[下降]雨|[下降]雪|结冰|雾|霾|燥|天[寒冷热]|酷暑|炎热|炎炎|严寒|寒冷|路滑"
)
"""What makes a clause a fact that explains the measure."""
_MEASURE = regex(
    r"请|勿|务必|须|(?<!即)将(?!至|近|满|到期|来临)|拟|定于|定在|如下|感谢|谢谢|谅解|见谅|支持|配合"
    r"|欢迎|期待|不要|应[当该]?|注意|记得|切[莫勿]|建议|提示|自(?:\d|即|今|本|下)|起$|进行|开展|实施|通知各|兹|安排|举[办行]|提醒"
    r"|^[如若]"
)
"""What makes a clause an announcement or a request."""
_ACT = regex(
    r"\d|决定|研究|安排|以下|接下来|[停封闭]|暂|取消|更[换改新]|调整|开[始放展通启]|启用|施[行工]|执行|收[取费]|缴|交|办理|领取"
    r"|清[洗理运]|检[修测]|维[修护保]|消杀|投放|举行|召开|组织|登记|恢复|改|通知|公示|告知|通告|[一二三四五六七八九十]月"
    r"|本|我[处们司]|我中心"
)
"""What the office does, which is no reason for doing it."""
_SHORTEST_FACT = 4
_GREETING = regex(r"[^，。！]{0,8}(?:[您你们家主友]|邻居|住户|[上下中]午|早上|新[年春])好[！。，]")


def no_cause(document: Document, settings: Settings) -> Iterator[Hit]:
    """N104: the first paragraph does not say why."""
    opening: list[Passage] = []
    length = 0
    for paragraph in document.paragraphs:
        text = _GREETING.sub("", paragraph.text, count=1) if not length else paragraph.text
        if len(text) >= 4:
            opening.append(paragraph)
        length += len(text)
        if length >= 16:
            break
    if not opening:
        return
    if document.genre == _TIP and _states(document.body_clauses):
        return
    labelled = re.search(r"(?:原因|事由|起因|缘由)[^，。]{0,3}：", document.body_text)
    if not labelled and not any(_explains(unquoted(part.text)) for part in opening):
        yield Hit(opening[0].at(0), Sentence("lint_no_cause"))


def _explains(text: str) -> bool:
    """Whether a paragraph gives a cause, or a fact apart from what it announces and asks."""
    if _CAUSE.search(text):
        return True
    parts = re.split(r"[，。；！？：\n]", _GREETING.sub("", text, count=1))
    told = [part for part in parts if not (_MEASURE.search(part) or _COURTESY.search(part))]
    opening = next((part for part in parts if part), "")
    return any(_FACT.search(part) for part in told) or (
        opening in told and len(opening) >= _SHORTEST_FACT and not _ACT.search(opening)
    )


def _states(clauses: Sequence[Passage]) -> bool:
    """Whether a tip begins with a fact: a clause that asks for nothing and announces nothing."""
    first = next((c.text for c in clauses if not _GREETING.fullmatch(c.text)), "")
    return len(first) >= 8 and not _MEASURE.search(first)


_COURTESY = regex(
    r"感谢|谢谢|致谢|谢意|多谢|鸣谢|感激|谅解|见谅|体谅|原谅|包涵|海涵|抱歉|歉意|道歉|致歉"
    r"|对不起|添[^，。]{0,4}麻烦|祝|(?<![自志意情心])愿(?![意者景望])|此致|敬礼|顺颂|不便之处"
    r"|敬请(?:理解|支持|体谅)"
    r"|理解[与和、及][^，。]{0,4}(?:支持|配合)|担待|打扰|关照|不周|(?:支持|配合)[与和、及][^，。]{0,4}(?:理解|支持"
    r"|配合)|[请望盼][^，。]{0,10}(?:理解|谅)|期待|恭[迎喜贺]|恭候|静候|光临|劳驾"
    r"|有劳|麻烦(?:各位|大家|您)了|费心|辛苦|拜托|感恩|承蒙|多蒙|叨扰|请[^，。]{0,4}指正"
)
_THANKED = regex(r"感谢信|庆祝|祝酒")


def no_courtesy(document: Document, settings: Settings) -> Iterator[Hit]:
    """N105: no thanks, apology or good wish at the end."""
    last = [paragraph.text for paragraph in document.paragraphs[-3:]]
    last += [line.text for line in document.signature]
    text = _THANKED.sub("", "\n".join(last))
    if document.paragraphs and not _COURTESY.search(text):
        yield Hit(document.paragraphs[-1].at(0), Sentence("lint_no_courtesy"))


_BARE = regex(
    r"[一-龥]{1,6}的(?:物业|管家|客服)|"
    r"(?:本|我|该)(?:公司|司|处|中心|物业|小区)[^：]{0,6}|物业(?:部|宣|处|客服|管理)?[启宣]?"
    r"|(?:客服|管家|前台|物业)(?:部|中心)?(?:小|老)?[一-龥]{0,2}|(?:小区|社区)物业[部宣启]?"
    r"|(?:物业|客服|工程|秩序|保洁)部[启宣]?"
)


def no_organisation(document: Document, settings: Settings) -> Iterator[Hit]:
    """N106: the signature block names no organisation."""
    for line in document.signature:
        text = re.sub(r"（[^（）]*）|\[[^\]]*\]", "", line.text)
        head, colon, tail = text.partition("：")
        if colon:
            if re.search(r"落款|单位|发布|主办|发文|通知人|签发|物业", head) is None:
                continue
            text = tail
        text = re.split(r"[，]", re.sub(_DATE_TAIL, "", text))[0]
        if any(name and name in line.text for name in settings.names):
            return
        if not text or _BARE.fullmatch(text):
            continue
        if ORGANISATION.search(text) or re.search(
            r"(?<!本)(?<!我)(?<!该)(?:中心|公司|处|会|社区|所|站|办公室|物业[^，。]{2,12}项目)\Z",
            text,
        ):
            return
    yield Hit(document.end, Sentence("lint_no_organisation"))


_DATE_TAIL = (
    r"(?:日期：?)?[\d〇○零一二三四五六七八九十]{1,4}[年.\-/].*\Z|\d{1,2}月\d{1,2}.*\Z|[启宣]\Z"
)


def no_date(document: Document, settings: Settings) -> Iterator[Hit]:
    """N107: the signature block has no date."""
    if signature_day(document) is None and not blank_date(document):
        yield Hit(document.end, Sentence("lint_no_date"))


def no_phone(document: Document, settings: Settings) -> Iterator[Hit]:
    """N109: no number that a reader can dial."""
    if any(number.dialable for line in document.lines for number in numbers_in(line.text)):
        return
    if any(phone and phone in document.source for phone in settings.phones):
        return
    if re.search(r"(?:电话|热线|手机)[^：]{0,4}：?[Xx×_*]{3,}", document.text):
        return
    yield Hit(document.end, Sentence("lint_no_phone"))


_PLACEHOLDER = regex(
    r"(?<![A-Za-z\d*])(?:20|19)[xX×＊]{2}(?=年)"
    r"|(?<![A-Za-z\d*×])(?:[Xx×✕╳ＸｘΧ]\s?){2,}(?![A-Za-z\d*×])"
    r"|(?<![A-Za-z\dＸ×])[Xx×ＸｘΧ〇○](?=月|日(?!常)|时(?!间)|栋|号楼|单元|路|处|元|楼|室|点"
    r"|年)"
    r"|某某+|某(?=[栋幢路日月])|_{2,}|(?<=[年月])\s?[_＿]\s?(?=[月日])|＿{2,}|﹍{2,}|\{\{.*?\}\}|\{[一-龥]{2,10}\}"
    r"|\$\{[^}]{1,20}\}|<[一-龥]{2,10}>"
    r"|[\[【［](?:请?(?:填写|填入|输入|插入|此处|待[填定补])[^\]】］]{0,20}"
    r"|[^\]】［\]]{0,10}(?:名称|姓名|日期|时间|地点|电话|号码|金额|房号|单位|楼栋号?|[楼栋]号|单元号?|门牌号?|事由"
    r"|原因|年份|内容|填))[\]】］](?!\()"
    r"|[（(](?:此处|这里)[^（）()]{0,3}[填输插写][^（）()]{0,20}[）)]|[（(][ \t\u3000]*[）)]|【[ \t\u3000]*】|\[[ \t\u3000]{2,}\]"
    r"|(?:\d{4}|[ \t\u3000]{1,6})年[ \t\u3000]{0,8}月[ \t\u3000]{0,8}日"
    r"|\d{4}年(?:[ \t\u3000]*\d{1,2}[ \t\u3000]*月[ \t\u3000]{0,8}日|[ \t\u3000]+月)"
    r"|(?<![\d年])[ \t\u3000]{1,8}月[ \t\u3000]{1,8}日|(?<=[年月])[ \t\u3000]{2,8}(?=[月日])"
    r"|(?<=[：:])[ \t\u3000]{2,}(?=[元点时栋])|TODO|待定待补|待填|（待补充?）"
)
_NO_PLACEHOLDER = regex(
    r"\d\s*[×xX*]\s*\d|[Xx]{1,3}[LlSs]\b|[〔\[【][12]\d{3}[〕\]】]|\[[xX ]\]\s"
    r"|!?\[[^\]\n]{0,60}\]\([^)\n]{0,200}\)|https?://[!-~]+|[\d\w][*＊]+[\d\w]*"
)


_FOR_THE_READER = regex(
    r"签[名字收章]|捺印|回执|填表|(?:[一-龥]{1,8}[（(][ \t\u3000]*[）)][^（(]{0,6}){2}[^（(]{0,12}(?:[（(]|$)"
)
"""A line with gaps that the reader fills: a signature, boxes to tick."""


def placeholder(document: Document, settings: Settings) -> Iterator[Hit]:
    """N110: a gap of a template that nobody has filled."""
    for line in document.lines:
        raw = line.raw
        if line in document.slip or _FOR_THE_READER.search(raw):
            continue
        kept = [found.span() for found in _NO_PLACEHOLDER.finditer(raw)]
        if re.match(r"\s*[-*+]\s\[[xX ]\]", raw):
            continue
        for found in _PLACEHOLDER.finditer(raw):
            if any(start <= found.start() < end for start, end in kept):
                continue
            if _is_label_bracket(found[0], raw, found.end()):
                continue
            if found[0].strip() in ("月", "日") and not found[0][:1].isspace():
                continue
            yield Hit(
                line.typed.at(found.start()),
                Sentence("lint_placeholder", words=found[0].strip() or found[0]),
            )
            break


def _is_label_bracket(words: str, raw: str, end: int) -> bool:
    """【停水时间】5月8日: brackets that frame a label whose value follows."""
    if not words.startswith(("【", "[", "［")) or re.search(r"填|输入|插入|此处|^.\s*.$", words):
        return False
    inner = words[1:-1].strip()
    before, after = raw[: end - len(words)], raw[end:].strip(" \t\u3000：:")
    begins = not re.search(r"[一-龥\w，：:】\]］]\s*\Z", before)
    return bool(inner) and begins and bool(after) and after[0] not in "【[［"


_ASSEMBLY = regex(
    r"业主委员会|业委会|业主大会|居委会|居民委员会|政府|街道|公安|消防|局|法院|筹备组|物管会"
    r"|物业管理委员会"
)


def wrong_genre_word(document: Document, settings: Settings) -> Iterator[Hit]:
    """N111: a word for the genre that a company does not use."""
    if document.title is None:
        return
    title = document.title
    word = genre_word(title.text)
    at = title.at(title.text.rfind(word)) if word else title.at(0)
    if word == "启示":
        yield Hit(at, Sentence("lint_genre_qishi"))
    elif word in ("告示", "布告"):
        yield Hit(at, Sentence("lint_genre_gaoshi", word=word))
    elif word == "公告":
        signers = "\n".join(line.text for line in document.signature)
        quoted = re.search(r"转发|》|”", title.text)
        if not quoted and not (_ASSEMBLY.search(signers) or _ASSEMBLY.search(title.text)):
            yield Hit(at, Sentence("lint_genre_gonggao"))


_COLOUR = regex(
    r"(?:[深浅暗亮大粉天墨酒米乳]?(?:红|黑|白|蓝|绿|黄|紫|灰|棕|褐|橙|粉|咖啡|咖|银|金|米|驼"
    r"|藏青|玫瑰金|杏|青))色|黑白|[红黑白蓝绿黄紫灰粉棕](?:的|底|皮|框|壳|边|钱包|雨伞|外套|手机|书包"
    r"|背包|挎包|手提|围巾|帽|布)|(?<![颜特角出景各天夜货本物脸起])色(?![彩差样号])|彩色|透明|花色|迷彩"
)
_DETAILS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("colour", _COLOUR),
    (
        "brand",
        regex(
            r"品牌(?:为|是|：)|型号|尺码|\d码|\d英?寸|(?:大众|本田|别克|福特|吉利|长安|特斯拉|日产|现代|哈弗|奇瑞|丰田|宝骏|五菱)(?:牌|轿?车|汽车|钥匙)|标志|[Ll][Oo][Gg][Oo]|奔驰|宝马|奥迪|丰田|比亚迪|[“”][^“”]{1,12}[“”]牌|[一-龥A-Za-z]{2,8}牌(?![照子位])"
            r"|(?:苹果|小米|荣耀)(?:牌|手[机表环]|平板|电脑|耳机|充电|笔记本|\d)|华为|三星|索尼|卡西欧|天堂伞|耐克|阿迪|安踏|李宁|得力|联想|戴尔|浪琴"
            r"|天梭|欧米茄|[Ii][Pp]hone|AirPods|OPPO|oppo|vivo|VIVO|Nike|NIKE|Adidas|MK|Coach"
            r"|COACH|LV|Gucci|GUCCI|Huawei|HUAWEI|Apple"
        ),
    ),
    (
        "material",
        regex(
            r"[金银玉铜](?:项链|戒指|手镯|镯子|耳[环钉坠]|手链|首饰|饰品|牌)|真皮|皮质|牛皮|皮革|皮制|帆布|布质|布制|金属|塑料|尼龙|木质|木制|不锈钢|玉质|翡翠"
            r"|银质|纯金|黄金|铂金|羊毛|纯棉|毛绒|毛线|硅胶|钛|K金|珍珠|玉"),
    ),
    (
        "pattern",
        regex(
            r"花纹|图案|格子|格纹|条纹|碎花|印有|印着|刻有|刻着|绣|挂有|挂着|挂件|系有|系着"
            r"|贴有|贴着|吊坠|卡通|字样|裂纹|划痕|破损|缺口|磨损|补丁|钥匙扣|钥匙圈|外壳|保护套"
            r"|手机壳|屏保|壁纸|拉链|流苏|标签"),
    ),
    (
        "money",
        regex(
            r"(?:现金|人民币|钱)[^，。；若]{0,6}?(?:\d"
            r"|[一二两三四五六七八九十百千]{1,4}[元百千余多])|\d[\d,.]*(?:余|多)?(?:元|块)(?!/)"
            r"|[一二两三四五六七八九十]+[百千][^，。]{0,4}元|面值"
        ),
    ),
    (
        "cards",
        regex(
            r"钥匙[^，。；]{0,6}(?:共|计|上有)[^，。；]{0,2}[二两三四五六七八九十\d]+[把枚]"
            r"|(?:内有|内装|含|装有|上有|附有)[^，。；]{0,8}钥匙[^，。；、]{0,2}(?:[二两三四五六七八九十]|[2-9])[把枚]"
            r"|(?:卡|证件?|票)[^，。；、]{0,2}(?:[二两三四五六七八九十]|[2-9]"
            r"|\d{2})\s?[张把枚本个]|(?:[二两三四五六七八九十]"
            r"|[2-9])\s?[张把枚](?:[^，。；、]{0,6}(?:卡|证))|(?:农业|工商|建设|招商|中国"
            r"|交通|邮储|浦发|中信|光大|民生|平安)银行"
        ),
    ),
    (
        "name",
        regex(
            r"姓名(?:为|是|：)?[一-龥]{2,4}|名(?:为|叫)[一-龥]{2,4}|署名|写有|户名"
            r"|持[证卡]人(?:为|是|：|叫)?[一-龥*]{2,4}|失主(?:姓名)?(?:为|是|叫)[一-龥]{2,4}"
            r"|姓[一-龥](?:的|$|，|。)|[系为属][^，。]{1,16}所有|(?:持有|车主|机主|失主)人?(?:是|为|：)?[一-龥]某"
        ),
    ),
    (
        "number",
        regex(
            r"(?:卡|证|证件|身份证|车牌|学生证|编|序列|手机|机身)号码?(?:为|是|：|尾号"
            r"|后四位)+[\dA-Za-z*]|[尾末](?:号|[三四五六3-6]位)[^，。；]{0,3}\d|尾号(?:为|是|：)?\d|序列号|IMEI|编号(?:为|是|：)?[\dA-Za-z]"
            r"|\d{15,}"
        ),
    ),
    (
        "spot",
        regex(
            r"(?:长椅|座椅|椅子|石凳|凳子?|滑梯|秋千|健身器材|台阶|垃圾桶|花坛|沙发|柜台|桌子?"
            r"|窗台|信箱|快递柜|草丛|树下|石桌)(?:的)?(?:上|下|底下|旁边?|边上?|侧|缝|里|中|前)"
            r"|\d+号车位|第[一二三四五六七八九十\d]+(?:排|级|个|张|层)|\d+层|\d+单元\d+"
        ),
    ),
)  # fmt: skip
_CLAIM = regex(r"认领|领取|携带|出示|前来|请失主|说[出明]|描述|核对|联系|凭|保管至|逾期|移交")


def found_details(document: Document, settings: Settings) -> Iterator[Hit]:
    """N114: a found-item notice that tells what the claimant should describe."""
    if document.kind != "found-item":
        return
    parts = [(p.text, p) for p in (*document.body_clauses,)]
    if document.title:
        parts.insert(0, (document.title.text, document.title))
    for text, part in parts:
        if _CLAIM.search(text) and not re.search(r"拾|捡|内有|内装", text):
            continue
        for name, pattern in _DETAILS:
            found = pattern.search(text)
            if found and not (name == "spot" and re.search(r"[到往至].{0,14}领", text)):
                yield Hit(part.at(found.start()), Sentence("lint_found_detail", words=found[0]))
                break


_END_LABEL = regex(
    r"(?:有效期?|张?贴|公示|招领|认领|报名|截止|保管|展示|期限|持续|为期|展期)[^，。；\n]{0,10}?"
    r"(?:(?:\d+|[一二三四五六七八九十半两]+)个?(?:天|日|工作日|周|星期|月)"
    r"|(?:至|到)(?:\d|[本下今明]|年[底末]|月[底末]|[一二三四五六七八九十]))"
    r"|(?:有效|张?贴|公示|期限?)[^，。；\n]{0,18}?(?:-|~)(?:(?:19|20)\d\d[年./-]|\d{1,2}[月.])"
    r"|(?:有效|张?贴)期?[^，。；\n]{0,12}(?:全年|年内|[本当下][天日周月季年]|[一二三半]年|[春夏秋冬汛]季)"
    r"|撤除|揭下|到期(?:自动)?撤|至[^，。；\n]{0,12}(?:为止|结束|止|解除|开学)"
)
_PAST_MATTER = regex(r"拾|捡|丢|遗[失落]|走失|发现|印发|发布|施行|发生")


def open_ended(document: Document, settings: Settings) -> Iterator[Hit]:
    """N115: nothing says when the sheet may come down."""
    if document.front.valid_until or _END_LABEL.search(document.text):
        return
    signed = signed_on(document)
    if any(
        _ends(day, line.text, signed) for line in document.body for day in dates.days_in(line.text)
    ):
        return
    if _lasts_by_itself(document):
        return
    yield Hit(document.end, Sentence("lint_open_ended"))


_UP_TO = regex(r"(?:（[^（）]{0,10}）)?(?:[^，。；]{0,6}(?:之?前|以前|截止|止|为止))")


def _told_of(day: Day, text: str) -> str:
    """What a date's sentence says after it, up to the next date."""
    rest = re.split(r"[。；！？\n]", text[day.end :])[0]
    later = dates.days_in(rest)
    return rest[: later[0].start] if later else rest


def _ends(day: Day, text: str, signed: date | None) -> bool:
    """Whether a date in the text can be the end of the matter."""
    if re.match(r"起|开(?!放|会)", text[day.end : day.end + 2]):
        return False
    if not _UP_TO.match(text, day.end) and _PAST_MATTER.search(_told_of(day, text)):
        return False
    real = day.on(signed.year if signed else 2024)
    if signed is None or real is None:
        return True
    return real >= signed or real.month < signed.month - 6


def _lasts_by_itself(document: Document) -> bool:
    return _NEAR_END.search(document.body_text) is not None


_NEAR_END = regex(
    r"(?:今[天日晚夜]|明[天日晚]|后天|本周|周[六日末])[^。]{0,20}(?:至|到|前|结束|恢复|完成)"
    r"|预计[^，。；\d]{0,4}\d{1,2}日"
    r"|\d{1,2}[日号][^，。；\d]{0,6}(?:至|到|-|~)\d{1,2}[日号](?!楼|栋|线|车|门|房)"
    r"|(?:至|到)(?:(?:本|次|下|\d{1,2})?月|[本今次明]?年|季)[底末]|月[底末](?:之?前|以前|止|有效)"
)
"""An end that is told by a day without its month, or by a word."""


_CLOSING = regex(
    r"(?:特此|专此|谨此)(通知|通告|公告|公示|函告|函达|函复|告示|布告|启事|启示|提示|提醒)"
)
_OWN_CLOSING = {
    "通知": ("通知",),
    "通告": ("通告",),
    "公示": ("公示",),
    "函": ("函告", "函达", "函复"),
    "启事": ("启事",),
    "温馨提示": ("提示", "提醒"),
}


def wrong_closing(document: Document, settings: Settings) -> Iterator[Hit]:
    """N118: the closing formula of another genre."""
    own = _OWN_CLOSING.get(document.genre or "")
    if own is None:
        return
    word = genre_word(document.title_text)
    for line in (*document.body, *document.signature):
        for found in _CLOSING.finditer(line.text):
            if found[1] in own or found[1] in word:
                continue
            right = "" if document.genre in ("温馨提示", "启事") else f"特此{own[0]}"
            key: Key = "lint_closing" if right else "lint_closing_none"
            values = {"words": found[0], "right": right} if right else {"words": found[0]}
            yield Hit(line.read.at(found.start()), Sentence(key, **values))


RULES = (
    Rule("N101", "error", "党政机关公文处理工作条例 9(6)", title_missing),
    Rule("N102", "warning", "GB/T 9704 7.3.1；惯例", title_long),
    Rule("N103", "warning", "S2；GB/T 9704 7.3.2", salutation, genres(_NOTICE, _TIP, _LETTER)),
    Rule("N104", "warning", "S2 4.7d", no_cause, genres(_NOTICE, _TIP, _LETTER, "通告")),
    Rule("N105", "warning", "S2 §2 1.5", no_courtesy, genres(_NOTICE, _TIP, _LETTER)),
    Rule("N106", "error", "GB/T 9704 7.3.5；S2", no_organisation),
    Rule("N107", "error", "GB/T 9704 7.3.5", no_date),
    Rule(
        "N109",
        "warning",
        "通知写作惯例",
        no_phone,
        genres(_NOTICE, _TIP, _LETTER, "启事", "公示", "其他"),
    ),
    Rule("N110", "error", "惯例", placeholder, passage=True),
    Rule("N111", "warning", "党政机关公文处理工作条例 8", wrong_genre_word),
    Rule("N114", "error", "民法典 314–316；惯例", found_details),
    Rule("N115", "warning", "S3 每日巡查", open_ended, genres(_TIP, "启事", "通告", "公示")),
    Rule("N118", "warning", "党政机关公文处理工作条例 8", wrong_closing),
)

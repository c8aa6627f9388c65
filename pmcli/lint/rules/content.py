"""N101 to N107, N109 to N111, N114, N115, N118: the parts of a notice and their form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pmcli.lint import dates
from pmcli.lint.document import Document, genre_of, genre_word
from pmcli.lint.model import Hit, Rule, Settings, genres
from pmcli.lint.passages import Passage, unquoted
from pmcli.lint.phones import numbers_in
from pmcli.lint.signature import blank_date, signature_day, signed_on
from pmcli.lint.words import ORGANISATION
from pmcli.messages import Sentence

_TIP, _NOTICE, _LETTER = "温馨提示", "通知", "函"


def title_missing(document: Document, settings: Settings) -> Iterator[Hit]:
    """N101: no title, or one that names no genre."""
    if document.title is None:
        yield Hit(document.start, Sentence("lint_no_title"))
    elif genre_of(document.title.text) is None:
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


_CAUSE = re.compile(
    r"(?<!原)因(?!此|而|材)|由于|鉴于|根据|依据|依照|遵照|(?:^|[，。；！：、\n])(?:现)?(?:按|为"
    r"|应|经|受|值|逢|据|接)(?!期|准|您服务|止)|为了|[以]?便于|以便|以免|接[^，。]{0,24}(?:通知"
    r"|函|告知|要求|来电|消息)"
    r"|应[^，。]{0,14}(?:要求|请求)|随着|将至|来临|临近|在即|之际|即将(?:到来|来临|开始|到期"
    r"|结束)|入[春夏秋冬汛]|立[春夏秋冬]|近[期日来段年]|近几|连[日续]|日前|最近|目前|现阶段"
    r"|眼下|频发|高发|增多|多发"
    r"|(?:天气|气温|气象|预报|预警|台风|暴雨|高温|寒潮|降雨|雷雨|冷空气)|季节?|期间"
    r"|[^时]节(?!约|能|省)|假期|到来|发生|发现|反映|反馈|投诉|建议|出现|以来|进入|正值|时值"
    r"|适逢|恰逢|影响|考虑到|结合|响应|配合|本着|针对|截至|截止|尚未|原因|起因|缘由|故障|损坏"
    r"|老化|破损|存在|有助|需要|已满|届满|到期|隐患|不便[^，。]{0,6}难|收到|接到|检查|巡查|巡视"
    r"|计划|要求|丢失|遗失|施工|容易|困难|难题|越来越|突发|爆裂?|破裂|断裂|堵塞|渗漏|漏水|损毁"
    r"|坍塌|塌陷|每年|又到|正是|年关|岁末|新春|高考|中考|开学"
)
_GREETING = re.compile(r"[^，。！]{0,8}好[！。，]")


def no_cause(document: Document, settings: Settings) -> Iterator[Hit]:
    """N104: the first paragraph does not say why."""
    first = ""
    place = None
    for paragraph in document.paragraphs:
        text = _GREETING.sub("", paragraph.text, count=1) if len(first) == 0 else paragraph.text
        if place is None and len(text) >= 4:
            place = paragraph.at(0)
        first += text + "\n"
        if len(first) >= 16:
            break
    if place is None:
        return
    if document.genre == _TIP and _states(document.body_sentences):
        return
    labelled = re.search(r"(?:原因|事由|起因)[^，。]{0,3}：", document.body_text)
    if not labelled and not _CAUSE.search(unquoted(first)):
        yield Hit(place, Sentence("lint_no_cause"))


_ASKS = re.compile(
    r"请|建议|勿|不要|应|须|务必|将于|拟于|定于|自\d|起，|现将|兹|如下|注意|提醒|提示"
)


def _states(sentences: Sequence[Passage]) -> bool:
    """Whether a tip begins with a fact: a sentence that asks for nothing and announces nothing."""
    first = next((s.text for s in sentences if not _GREETING.fullmatch(s.text)), "")
    return len(first) >= 10 and not _ASKS.search(first)


_COURTESY = re.compile(
    r"感谢|谢谢|致谢|谢意|多谢|鸣谢|感激|谅解|见谅|体谅|原谅|包涵|海涵|抱歉|歉意|道歉|致歉"
    r"|对不起|添[^，。]{0,4}麻烦|祝|(?<![自志意情心])愿(?![意者景望])|此致|敬礼|顺颂|不便之处"
    r"|敬请(?:理解|支持|体谅)"
    r"|理解[与和、及][^，。]{0,4}(?:支持|配合)|(?:支持|配合)[与和、及][^，。]{0,4}(?:理解|支持"
    r"|配合)|敬请[^，。]{0,6}理解|望[^，。]{0,6}(?:理解|谅)|期待[您大各]|恭候|静候|光临|劳驾"
    r"|有劳|费心"
)
_THANKED = re.compile(r"感谢信|庆祝|祝酒")


def no_courtesy(document: Document, settings: Settings) -> Iterator[Hit]:
    """N105: no thanks, apology or good wish at the end."""
    last = [paragraph.text for paragraph in document.paragraphs[-3:]]
    last += [line.text for line in document.signature]
    text = _THANKED.sub("", "\n".join(last))
    if document.paragraphs and not _COURTESY.search(text):
        yield Hit(document.paragraphs[-1].at(0), Sentence("lint_no_courtesy"))


_BARE = re.compile(
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
            r"(?<!本)(?<!我)(?<!该)(?:中心|公司|处|会|社区|所|站)\Z", text
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


_PLACEHOLDER = re.compile(
    r"(?<![A-Za-z\d*])(?:20|19)[xX×＊]{2}(?=年)"
    r"|(?<![A-Za-z\d*×])(?:[Xx×✕╳ＸｘΧ]\s?){2,}(?![A-Za-z\d*×])"
    r"|(?<![A-Za-z\dＸ×])[Xx×ＸｘΧ〇○](?=月|日(?!常)|时(?!间)|栋|号楼|单元|路|处|元|楼|室|点"
    r"|年)"
    r"|某某+|某(?=[栋幢路日月])|_{2,}|＿{2,}|﹍{2,}|\{\{.*?\}\}|\{[一-龥]{2,10}\}"
    r"|\$\{[^}]{1,20}\}|<[一-龥]{2,10}>"
    r"|[\[【［](?:请?(?:填写|填入|输入|插入|此处|待[填定补])[^\]】］]{0,20}"
    r"|[^\]】［\]]{0,10}(?:名称|姓名|日期|时间|地点|电话|号码|金额|房号|单位|楼栋|楼号|事由"
    r"|原因|年份|内容|填))[\]】］](?!\()"
    r"|[（(][ \t\u3000]*[）)]|【[ \t\u3000]*】|\[[ \t\u3000]{2,}\]"
    r"|(?:\d{4}|[ \t\u3000]{1,6})年[ \t\u3000]{0,8}月[ \t\u3000]{0,8}日"
    r"|\d{4}年(?:[ \t\u3000]*\d{1,2}[ \t\u3000]*月[ \t\u3000]{0,8}日|[ \t\u3000]+月"
    r"|[ \t\u3000]*\d{1,2}[ \t\u3000]*月[ \t\u3000]*$)"
    r"|(?<![\d年])[ \t\u3000]{1,8}月[ \t\u3000]{1,8}日|(?<=[年月])[ \t\u3000]{2,8}(?=[月日])"
    r"|(?<=[：:])[ \t\u3000]{2,}(?=[元点时栋])|TODO|待定待补|待填|（待补充?）"
)
_NO_PLACEHOLDER = re.compile(
    r"\d\s*[×xX*]\s*\d|[Xx]{1,3}[LlSs]\b|[〔\[【][12]\d{3}[〕\]】]|\[[xX ]\]\s"
    r"|!?\[[^\]\n]{0,60}\]\([^)\n]{0,200}\)|https?://[!-~]+|[\d\w][*＊]+[\d\w]*"
)


def placeholder(document: Document, settings: Settings) -> Iterator[Hit]:
    """N110: a gap of a template that nobody has filled."""
    for line in document.lines:
        raw = line.raw
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
                line.start + found.start(),
                Sentence("lint_placeholder", words=found[0].strip() or found[0]),
            )
            break


def _is_label_bracket(words: str, raw: str, end: int) -> bool:
    """【停水时间】5月8日: brackets that frame a label whose value follows."""
    if not words.startswith(("【", "[", "［")) or re.search(r"填|输入|插入|此处|^.\s*.$", words):
        return False
    inner = words[1:-1].strip()
    return bool(inner) and bool(raw[end:].strip(" \t\u3000：:"))


_ASSEMBLY = re.compile(
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


_COLOUR = re.compile(
    r"(?:[深浅暗亮大粉天墨酒米乳]?(?:红|黑|白|蓝|绿|黄|紫|灰|棕|褐|橙|粉|咖啡|咖|银|金|米|驼"
    r"|藏青|玫瑰金|杏|青))色|黑白|[红黑白蓝绿黄紫灰粉棕](?:的|底|皮|钱包|雨伞|外套|手机|书包"
    r"|背包|挎包|手提|围巾|帽|布)|彩色|透明|花色|迷彩"
)
_DETAILS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("colour", _COLOUR),
    (
        "brand",
        re.compile(
            r"品牌(?:为|是|：)|型号|[“”][^“”]{1,12}[“”]牌|[一-龥A-Za-z]{2,8}牌(?![照子位])|苹果"
            r"|华为|小米|荣耀|三星|索尼|卡西欧|天堂伞|耐克|阿迪|安踏|李宁|得力|联想|戴尔|浪琴"
            r"|天梭|欧米茄|[Ii][Pp]hone|AirPods|OPPO|oppo|vivo|VIVO|Nike|NIKE|Adidas|MK|Coach"
            r"|COACH|LV|Gucci|GUCCI|Huawei|HUAWEI|Apple"
        ),
    ),
    (
        "material",
        re.compile(
            r"真皮|皮质|牛皮|皮革|皮制|帆布|布质|布制|金属|塑料|尼龙|木质|木制|不锈钢|玉质|翡翠"
            r"|银质|纯金|黄金|铂金|羊毛|纯棉|毛绒|毛线|硅胶|钛|K金|珍珠|玉"),
    ),
    (
        "pattern",
        re.compile(
            r"花纹|图案|格子|格纹|条纹|碎花|印有|印着|刻有|刻着|绣|挂有|挂着|挂件|系有|系着"
            r"|贴有|贴着|吊坠|卡通|字样|裂纹|划痕|破损|缺口|磨损|补丁|钥匙扣|钥匙圈|外壳|保护套"
            r"|手机壳|屏保|壁纸|拉链|流苏|标签"),
    ),
    (
        "money",
        re.compile(
            r"(?:现金|人民币|钱)[^，。；若]{0,6}?(?:\d"
            r"|[一二两三四五六七八九十百千]{1,4}[元百千余多])|\d[\d,.]*(?:余|多)?(?:元|块)(?!/)"
            r"|[一二两三四五六七八九十]+[百千][^，。]{0,4}元|面值"
        ),
    ),
    (
        "cards",
        re.compile(
            r"(?:卡|证件?|钥匙|票)[^，。；、]{0,2}(?:[二两三四五六七八九十]|[2-9]"
            r"|\d{2})\s?[张把枚本个]|(?:[二两三四五六七八九十]"
            r"|[2-9])\s?[张把枚](?:[^，。；、]{0,6}(?:卡|证|钥匙))|(?:农业|工商|建设|招商|中国"
            r"|交通|邮储|浦发|中信|光大|民生|平安)银行"
        ),
    ),
    (
        "name",
        re.compile(
            r"姓名(?:为|是|：)?[一-龥]{2,4}|名(?:为|叫)[一-龥]{2,4}|署名|写有|户名"
            r"|持[证卡]人(?:为|是|：|叫)?[一-龥*]{2,4}|失主(?:姓名)?(?:为|是|叫)[一-龥]{2,4}"
            r"|姓[一-龥](?:的|$|，|。)"
        ),
    ),
    (
        "number",
        re.compile(
            r"(?:卡|证|证件|身份证|车牌|学生证|编|序列|手机|机身)号码?(?:为|是|：|尾号"
            r"|后四位)+[\dA-Za-z*]|尾号(?:为|是|：)?\d|序列号|IMEI|编号(?:为|是|：)?[\dA-Za-z]"
            r"|\d{15,}"
        ),
    ),
    (
        "spot",
        re.compile(
            r"(?:长椅|座椅|椅子|石凳|凳子?|滑梯|秋千|健身器材|台阶|垃圾桶|花坛|沙发|柜台|桌子?"
            r"|窗台|信箱|快递柜|草丛|树下|石桌)(?:的)?(?:上|下|底下|旁边?|边上?|侧|缝|里|中|前)"
            r"|\d+号车位|第[一二三四五六七八九十\d]+(?:排|级|个|张|层)|\d+层|\d+单元\d+"
        ),
    ),
)  # fmt: skip
_CLAIM = re.compile(r"认领|领取|携带|出示|前来|请失主|说[出明]|描述|核对|联系|凭|保管至|逾期|移交")


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


_END_LABEL = re.compile(
    r"(?:有效期?|张贴|公示|招领|认领|报名|截止|保管|展示|期限|持续"
    r"|为期)[^，。；]{0,10}?(?:(?:\d+|[一二三四五六七八九十]+)个?(?:天|日|工作日|周|月)|至|到)"
    r"|撤除|揭下|到期(?:自动)?撤|至[^，。；]{0,12}(?:为止|结束|止|解除|开学)"
)


def open_ended(document: Document, settings: Settings) -> Iterator[Hit]:
    """N115: nothing says when the sheet may come down."""
    if document.front.valid_until or _END_LABEL.search(document.text):
        return
    signed = signed_on(document)
    year = signed.year if signed else 2024
    for line in document.body:
        for day in dates.days_in(line.text):
            after = line.text[day.end : day.end + 2]
            if after[:1] in "起开" and after:
                continue
            real = day.on(year)
            if (
                signed is None
                or (real and real >= signed)
                or (real and real.month < signed.month - 6)
            ):
                return
    if _lasts_by_itself(document):
        return
    yield Hit(document.end, Sentence("lint_open_ended"))


def _lasts_by_itself(document: Document) -> bool:
    return (
        re.search(
            r"(?:今[天日晚]|明[天日晚]|后天|本周|周[六日末])[^。]{0,20}(?:至|到|前|结束)",
            document.body_text,
        )
        is not None
    )


_CLOSING = re.compile(
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
            key = "lint_closing" if right else "lint_closing_none"
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

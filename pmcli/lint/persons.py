"""Persons in a text: names, rooms, number plates, identity and bank numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_COMMON_SURNAME = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾"
    "丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "庞樊殷施陶洪翟安颜倪"
    "严牛温季俞章鲁葛伍韦申尤毕聂焦向柳邢岳齐梅莫庄辛祝左涂谷祁舒耿牟肖詹关苗凌纪靳盛童欧甄项曲"
    "成裴席卫屈鲍霍翁甘景包柏宁柯阮桂柴华冉吉饶戚古米池滕宫苟简娄符穆连晏郁蒙喻窦迟卓艾蓝仇单房"
)
_DOUBLE = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|南宫"
_GIVEN_STOP = (
    "的了是在和与及或将把被请于为因向从到对按未已不有无等该其本各至需可能会应须还也都就而且但并"
    "让给由使用以之者们中上下内外前后来去日月年时分元号栋室楼户层单幢座"
)
NAME = (
    rf"(?:(?:{_DOUBLE})[一-龥]{{1,2}}"
    rf"|[{_COMMON_SURNAME}](?![{_GIVEN_STOP}])[一-龥](?:(?![{_GIVEN_STOP}家欠先女小同住户业拖逾"
    rf"漏租说称拿领获报投委反未])[一-龥])?)"
)
_NOT_NAMES = frozenset(
    "高空 高层 高温 高峰 高压 高度 高考 高速 安全 安装 安排 安静 安心 方便 方案 方式 方法 方向 "
    "温馨 温度 平安 和平 成功 成立 严重 严格 万元 时间 马上 马桶 马路 石材 金额"
    " 花园 广场 包括 包含 包裹 应急 白天 白色 黄色 黄金 房间 房屋 房号 房产 路灯 路面 计划 计算"
    " 单元 单位 施工 施救 任何 任意 张贴 解除 关于 关闭 关好 关心 关注 谢谢 余额 简单 车位 车辆"
    " 车库 全部 全体 全家 项目 宣传 顾客 周边 周围 周末 周一 周二 周三 周四 周五 周六 周日 夏季"
    " 夏天 林木 常见 常用 常年 水管 水电 水费 明显 明天 明日 华丽 文明 文件 文化 古典 池水 连续"
    " 连接 连日"
    " 钟点 钱款 钱包 雷雨 雷电 江边 田间 向阳 贺卡 米色 费用 毛坯 康复 康乐 汤水 章程 童车 童装"
    " 武装 于是 程序 陈列 陈旧 龙头 季度 景观 齐全 成员 成人 项链 左右 左侧 连带 何时 何种 何处"
    " 许可 许多 白蚁 金属 金色 高低 温水 严禁 易燃 易爆 易拉 常温 平台 平时 平米 包装 安居 康养"
    " 盛大 卫生 石凳 华为 欠费 管道 管家 管理 曾经 谷歌 程度 尤其 申请 申报 项下 顾虑 符合 关爱"
    " 马达 万一 万户 高新 方形"
    " 文字 文娱 文艺 史上 牛奶 牛皮 杜绝 向上 阳台 阳光 余下 沈阳 蓝色 纪念 纪律 游泳 童话 房租"
    " 房主 房东 单据 单独 单价 单号 张数 左边 左转 高价 高于 罗列 温暖 严肃 左门 曲线 于今 游客"
    " 祝福 祝您 祝愿 谈话 魏都 钱物 戴好 戴口 夏令 金融 石板 石油 石化 汪洋 欧洲 欧元 吴江 唐山"
    " 康健 宁静 宁波 古树 米饭 艾草 冉冉 乐园".split()
)
_TITLE = r"先生|女士|小姐|太太|老师|阿姨|大爷|大妈|大叔|奶奶|爷爷|叔叔"
_AFTER = (
    r"(?=$|[，。；：！？、（）“”\-~/\s\d*]|先生|女士|家|的|等|同志|老师|业主|住户|欠|未|拖|逾"
    r"|漏|室内|反映|投诉|报|因|于|在|拥|与|和|将|把|已|尚|私|擅|违|乱|饲|养|领|电|手|联|累|共"
    r"|截|应|所|名|本|户|停|装|长|经|仍|至|身|住|获|中奖|拾|丢|请|拒|不)"
)
_HONOURED = re.compile(
    rf"(?:(?:{_DOUBLE})|[{_COMMON_SURNAME}])(?:(?![{_GIVEN_STOP}])[一-龥]){{0,2}}(?:{_TITLE})"
)
_LABELLED = re.compile(
    rf"(?:业主|户主|房主|住户|姓名|租户|租客|当事人|失主|联系人|本人|家长|产权人|车主|乘客"
    rf"|中奖者|获奖者)(?:姓名)?(?:为|是|系|：|，)?(?P<n>{NAME}){_AFTER}"
)
_FREE = re.compile(
    rf"(?:(?<=[，。；：！？、（）“”.\-~\s\d室号房栋户主楼]|[的对是家])|^)(?P<n>{NAME}){_AFTER}"
)
_STAFF = re.compile(
    r"(?:负责人|管家|工程师|经办人?|监理|客服|维修(?:工|员)?|物业|经理|主任|班长|队长|值班|施工"
    r"|师傅|保安|秩序|社区|民警|网格员|楼长|楼栋长|前台|接待|联系人)[^，。；]{0,3}\Z"
)
ROOM = re.compile(
    r"(?:[\dA-Za-z一二三四五六七八九十]{1,3}(?:号楼|[栋幢座#]"
    r"|号(?=\d))[，]?(?:[\d一二三四五六七八九十甲乙]{1,3}单元)?[，]?(?:[\d一二三四五六七八九十"
    r"]{1,3}[层楼])?[，]?\d{3,4}(?!年|元|\d|米|平)(?:室|号|房|户)?"
    r"|(?<![\d\-:.转])\d{1,3}-(?:[\dA-Za-z]{1,2}-)?\d{3,4}(?![\-\d:年月元米])"
    r"|(?<![\d\-.])\d{3,4}(?:室|房(?!间|屋))|\d{1,2}单元\d{3,4}室?)"
)


@dataclass(frozen=True)
class Person:
    """A person named in a text."""

    start: int
    end: int
    name: str
    staff: bool
    """Whether the words before say that it is somebody at work."""


def persons_in(text: str) -> list[Person]:
    """The persons a text names in full, or by surname and title; masked names are none."""
    found: dict[int, Person] = {}
    for match in _HONOURED.finditer(text):
        if not _common_word(match[0]) and match[0][1:2] not in "位名各诸":
            _keep(found, text, match.start(), match.end())
    for pattern in (_LABELLED, _FREE):
        for match in pattern.finditer(text):
            name = match["n"]
            if not _common_word(name) and text[match.end() : match.end() + 1] != "*":
                _keep(found, text, match.start("n"), match.end("n"))
    return sorted(found.values(), key=lambda person: person.start)


def _common_word(name: str) -> bool:
    return name[:2] in _NOT_NAMES or name[-2:] in (
        "通知",
        "提示",
        "公司",
        "中心",
        "小区",
        "花园",
        "物业",
        "社区",
    )


def _keep(found: dict[int, Person], text: str, start: int, end: int) -> None:
    staff = _STAFF.search(text[max(0, start - 8) : start]) is not None
    found.setdefault(start, Person(start, end, text[start:end], staff))


def rooms_in(text: str) -> Iterator[re.Match[str]]:
    """Rooms such as 3栋2单元501室, 3-2-501, 501室."""
    return ROOM.finditer(text)


PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Za-hj-np-z][·•.∙"
    r"・﹒ \-]?(?P<n>[A-Za-z0-9*]{5,6})(?![A-Za-z0-9])(?!座)"
)


def plates_in(text: str) -> Iterator[re.Match[str]]:
    """Number plates of which fewer than two characters are masked."""
    for found in PLATE.finditer(text):
        if found["n"].count("*") < 2 and re.search(r"\d", found["n"]):
            yield found


_DIGITS = re.compile(r"(?<![\dA-Za-z])\d(?:[ \-]?\d){13,18}(?:[ \-]?[\dXx])?(?![\dA-Za-z])")


def private_numbers_in(text: str) -> Iterator[tuple[int, str]]:
    """Where identity and bank card numbers stand, and which of the two: `identity` or `card`."""
    for found in _DIGITS.finditer(text):
        digits = re.sub(r"[ \-]", "", found[0]).upper()
        label = re.split(r"[，。；\n]", text[max(0, found.start() - 20) : found.start()])[-1]
        if re.search(
            r"订单|电表|水表|气表|表号|户号|编号|单号|条码|信用代码|序列|设备|快递|运单|流水"
            r"|发票|合同|备案|许可证|资质|登记号",
            label,
        ):
            continue
        identity = re.search(
            r"身份证|证件号|证号", text[max(0, found.start() - 24) : found.start()]
        )
        if is_identity_number(digits) or (identity and len(digits) in (15, 18)):
            yield found.start(), "identity"
        elif (
            16 <= len(digits) <= 19
            and digits.isdigit()
            and re.search(
                r"卡号|银行|账[号户]|帐[号户]|户名|转账|收款|卡",
                text[max(0, found.start() - 30) : found.start()],
            )
            and not re.search(r"公司|对公|服务中心|单位|业主大会|维修资金", text)
        ):
            yield found.start(), "card"


def is_identity_number(digits: str) -> bool:
    """Whether digits read as an identity number: a region, a day of birth; the checksum may fail."""
    if len(digits) == 18 and digits[:17].isdigit():
        return _birth(digits[6:14]) and "11" <= digits[:2] <= "91"
    if len(digits) == 15 and digits.isdigit():
        return _birth("19" + digits[6:12]) and "11" <= digits[:2] <= "91"
    return False


def _birth(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= day.year <= 2035

"""Types of notices: how a text shows its type, what it must say, how many days ahead it is signed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pmcli.dataclass import dataclass
from pmcli.patterns import regex

_NO_SERVICE = r"(?![^，。；]{0,4}(?:值[班守]|服务|热线|电话|专线|报修|受理|客服|响应|在岗|有人))"
"""After an hour count: not one that tells how long the desk can be reached."""
_CLOCK = (
    r"\d{1,2}:\d{2}|\d{1,2}[时点](?!间)|[零一二两三四五六七八九十]{1,3}[时点](?:半|整|至|到|-)"
    r"|(?:[上下中]午|早[上晨]?|凌晨|清晨|傍晚|晚上?|夜[里间])[零一二两三四五六七八九十]{1,3}[时点]|全天"
    rf"|整天|24小时{_NO_SERVICE}"
)
_DAY = (
    r"[\dXx×]{1,2}月[\dXx×]{1,2}|[一二三四五六七八九十]月[一二三四五六七八九十]{1,3}[日号]"
    r"|\d{4}[./-]\d|\d{1,2}[./]\d{1,2}(?=日|[（(至\-~起前])"
    r"|今[天日晚]|明[天日晚]|后天|本周|下周|周[一二三四五六日末]|星期|\d{1,2}[日号](?!楼|栋|线)"
)
_UNTIL = (
    r"(?:至|到|-|~)[^，。；\n\d栋楼]{0,8}(?:\d{1,2}(?:[:时点月日号])|[一二三四五六七八九十]{1,3}[点时]"
    r"|晚上|下午|中午|凌晨|夜间|次日|午夜|月底|另行通知)|预计|大约|争取|力争|止|(?<!能)(?<!到)(?<!将)"
    r"(?:恢复(?!正?常?[^，。；]{0,8}[后时]，?)|结束|完成|完毕|完工|修好|修复)(?!后)|恢复时间|\d个(?:半|多)?(?:小时|钟头|月|工作日|星期|周)"
    rf"|\d(?:小时{_NO_SERVICE}|分钟)|[半两一]个?小时"
    r"|[半一]天|历时|持续|为期|全天|整天|(?:修复|抢修|维修|检修|完工|来水|来电|送电|恢复)时间"
)
_SCOPE = (
    r"[\dA-Za-z一二三四五六七八九十、\-~至和#]{1,12}(?:号?[楼栋幢]|栋|幢|座|单元|区(?!号)|期"
    r"|号楼|号门|层|户)|全(?:小区|体|区|园|部|楼|栋|幢|层|院|户)|整[栋楼幢个座]|每户|各户|大厦|公寓|园区|本[楼栋座]|片区|整个小区|各(?:楼|栋|单元)|范围|区域"
    r"|[本我]小区|小区(?:全|内|各|将|实施|计划|需|进行|所有|东|西|南|北|公共)|商铺|会所|地下"
    r"|车库|\d+号?(?:电梯|客梯|梯)|[东西南北中]区|高层|多层|低区|高区|公区|所有(?:业主|住户|楼)"
)
_REQUEST = (
    r"(?<!敬)(?:请|建议|提醒|劳烦|烦请)(?!问)(?![^，。；！？]{0,6}(?:[谅体]|理解|见谅|[包海]涵|支持|知悉"
    r"|周知|悉知|转告|放心))(?![^，。；！？]{0,8}(?:拨打|致电|咨询|联系|来电))(?!予以(?:配合"
    r"|理解|支持))(?!(?:您|大家|各位)?(?:积极|予以|给予)?配合)"
)
_CARE = (
    rf"{_REQUEST}|储[备存]?[用生活]*水|蓄水|备[足好]?[用]?水|接水|存水"
    rf"|关[闭好上紧掉][^，。；]{{0,8}}(?:龙头|阀|电器|电源|开关|门窗|窗)|拔[掉下]|走楼梯|步行"
    rf"|楼梯|改乘|绕行|换乘|另一[台部]|"
    r"错峰|做好[^，。；]{0,10}(?:准备|安排)|切断电源|放[掉空]|避免|切?勿|不要|注意|清理|挪|移[到至入]"
    r"|收[好回起]|记得|务必|[拧关][紧严牢]|检查|加固|远离|减少|取水|取用|接取"
)
_PHONE = (
    r"\d{3,4}[\-） ]\d{7,8}|\d{7,8}|[48]00[\- ]?\d{3}|1[3-9]\d{9}|(?:电话|热线|专线"
    r"|分机)[^，。；]{0,8}\d{4,}"
)
_PLACE = (
    r"(?<![关由对属至位])[在到于](?!\d{1,2}[月日点时:.]|\d{4}年|[今明本下后]|[^，。；\n]{0,10}(?:期间|之际|时[，候]|前[，])|此|即|是)"
    r"[一-龥A-Za-z\d]{2,16}|"
    r"地点|位置|于[^，。；]{0,14}(?:处|室|厅|广场|中心|大堂|花园|门口|楼下|架空层|会所)"
    r"|在[^，。；]{0,16}(?:处|室|厅|广场|中心|大堂|花园|门口|楼下|架空层|会所|前台|小区|园区)"
    r"|广场|大堂|会所|架空层|活动室|会议室|花园|服务中心(?:门口|前|一楼)|前台|操场|门口|现场"
    r"|消控室|\d号?[楼栋座]|集合点|疏散"
)
_JOIN = (
    r"报名|预约|登记|签到|无需|无须|免费参加|自由参加|自愿参加|先到先得|到场[即就可]|自行前往|直接[到去来前]|现场[排领]|现场参加|直接参加|扫码|诚邀|恭请|邀请您"
    r"|参与方式|参加方式"
    r"|凭[^，。]{0,8}(?:入场|参加)|接龙|欢迎[^，。；]{0,12}(?:参加|参与|前来|到场)|参加人员"
    r"|听到|有序撤离|疏散|集合|请(?:您|各位|大家)?[^，。；]{0,14}(?:参加|参与|到场)"
)
_WHO = (
    r"业主|住户|居民|儿童|老人|长者|小朋友|家庭|全体|各位|志愿者|女士|员工|商户|租户|青少年"
    r"|\d+(?:[\-~至]\d+)?岁|参加人员|对象|限\d+[人户组]"
)


@dataclass(frozen=True)
class Kind:
    """A type of notice: its key, days of notice, and what it must contain (name to pattern)."""

    key: str
    lead: int
    fields: Mapping[str, re.Pattern[str]]
    counts: Mapping[str, int]
    """Fields that must occur more than once, and how often."""

    @property
    def supplier_lead(self) -> int:
        """Its days of notice when the power supplier plans it (电力供应与使用条例 28)."""
        return 7 if self.key == "power-outage" else self.lead

    @property
    def deadline_only(self) -> bool:
        """Whether its days of notice run to the reader's deadline and to no other date."""
        return self.key.startswith("fee-") or self.key in ("corridor-clearance", "patrol-removal")

    @property
    def weather(self) -> bool:
        """Whether it passes on what the weather will be."""
        return self.key == "weather"


def _kind(key: str, lead: int, counts: Mapping[str, int] | None = None, /, **fields: str) -> Kind:
    return Kind(key, lead, {n: regex(p) for n, p in fields.items()}, counts or {})


_OUTAGE = {"start": _CLOCK, "end": _UNTIL, "scope": _SCOPE, "advice": _CARE}
_SPRAY = {
    "day": _DAY,
    "hours": _CLOCK + r"|上午|下午|夜间|晚间|晚上|清晨",
    "area": _SCOPE
    + (
        r"|绿化|楼道|公共|井|垃圾|花园|草坪|园区|树|地库|轿厢|大堂|电梯|门厅|通道|扶手|按键|泳池|室内|外围"
    ),
    "precaution": (
        r"关[闭好]?[^，。；]{0,6}窗|门窗|窗[^，。；]{0,4}关|宠|绕|避开|晾晒|衣物|被褥|食物|食品|儿童|孩子|小孩|宠物|犬|猫"
        r"|远离|触摸|接触|洗手|采摘|绕行|误食|口罩"
    ),
}
_FEE_LETTER = {
    "room": (
        r"(?:栋|幢|座|号楼?|单元|#)[^，。；\d]{0,3}(?:\d{1,2}(?:单元|门|-|层|楼)[^，。；\d]{0,3})?"
        r"(?:\d{3,4}|\d{1,2}[A-Z]|[东西南北中]+户)"
        r"|(?<![\d:])\d{1,2}-(?:\d{1,2}-)?\d{3,4}(?!\d)|\d[室房]|商铺?\d|\d号?(?:商铺|铺)"
        r"|房号"
    ),
    "period": (
        r"\d+年\d+月[^，。；]{0,12}(?:至|到|-|~)|\d+月(?:份)?(?:至|到|-|~)|\d{4}年(?:度|全年"
        r"|上半年|下半年)|第[一二三四1-4]季度|\d+个月|[一二三四]季度|\d{1,2}月份?(?:的)?(?:物业"
        r"|账单|费)|\d{4}年[^，。；\d月]{0,6}费|期间|年度|月至"
        r"|[采供取]暖[季期]|\d{4}(?:-|~|至|/)\d{4}"
    ),
    "amount": r"\d[\d,.]*(?:元|块|圆)|￥|¥|人民币",
    "basis": r"合同|协议|约定|规约|收费标准|元/(?:月|平|㎡|m)|每平方米|每月每|民法典|条例|单价",
    "ways": (
        r"缴费方式|支付方式|付款方式|转账|对公|汇款|微信|支付宝|刷卡|现金|前台|公众号|小程序"
        r"|APP|App|app|扫码|二维码|银行|账[户号]|服务中心(?:办公室|前台)?(?:缴|交|办理)|收费处"
        r"|财务[室部处科]"
    ),
    "phone": _PHONE,
}
_DEADLINE = (
    r"(?:日|号|内|天|月底|月末)(?:（[^（）]*）)?(?:之)?(?:前|内)|截止|期限|之前|日内|\d+(?:日"
    r"|天|个工作日)(?:之)?内|以前|月底前"
)

KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        _kind("water-outage", 1, **_OUTAGE),
        _kind("water-outage-emergency", 0, **_OUTAGE),
        _kind("power-outage", 2, **_OUTAGE),
        _kind("gas-outage", 1, **_OUTAGE),
        _kind("heat-outage", 1, **_OUTAGE),
        _kind("outage-restored", 0),
        _kind("elevator-maintenance", 1, **_OUTAGE),
        _kind("water-tank-cleaning", 2, **_OUTAGE),
        _kind("pest-control", 2, **_SPRAY),
        _kind("garden-spraying", 2, **_SPRAY),
        _kind("common-area-works", 3),
        _kind("road-works", 3, day=_DAY, hours=_CLOCK + "|上午|下午|夜间|全天|晚间", area=_SCOPE + r"|路|道|出入口|大门|广场",
              move_to=(
                  r"绕行|改走|改由|改从|换到|从[^，。；]{1,12}(?:门|口|道|路)"
                  r"|停[放到至在][^，。；]{0,14}|移[至到]|临时停车|其他(?:车位|出入口)|走"
              )),
        _kind("heating-test", 5),
        _kind("garage-cleaning", 3, day=_DAY, hours=_CLOCK + "|上午|下午|夜间|全天|晚间", area=_SCOPE + r"|[车地]库|车场|停车场",
              move_to=(
                  r"(?:停[放到至在]|移[至到]|挪[至到]|驶[离出至到]|开[至到])[^，。；]{0,20}"
                  r"|地面(?:停|车位|临)|临时(?:停车|车位)|其他(?:车位|区域)|临停|绕行|改走"
                  r"|停[^，。；]{0,6}[区层库位]|从[^，。；]{1,12}(?:进|出|驶|走|通行)|走[东西南北]"
              )),
        _kind("fee-reminder", 7, period=_FEE_LETTER["period"] + (
            r"|(?:第?[一二三四1-4]|本|上|下)个?季度|上半年|下半年|全年|本年|\d+月份|本月|上月|当月|年度"
        ), due=_DEADLINE + r"|止|(?:[收缴交]费|缴纳|收[取缴])(?:时间|日期|期限?)[^，。；]{0,30}(?:至|到|-|~)", ways=_FEE_LETTER["ways"]),
        _kind("fee-overdue", 0, **_FEE_LETTER),
        _kind("fee-demand", 15, **_FEE_LETTER, deadline=_DEADLINE),
        _kind("fee-final", 15, **_FEE_LETTER, deadline=_DEADLINE),
        _kind("event-invitation", 3, day=_DAY, hours=_CLOCK, place=_PLACE, who=_WHO, join=_JOIN),
        _kind("event-change", 1),
        _kind("renovation-posting", 1, room=_FEE_LETTER["room"],
              period=rf"(?:{_DAY})[^，。；]{{0,10}}(?:至|到|-|~)|工期|施工期",
              daily_hours=_CLOCK, contractor=(
                  r"公司|施工单位|装修单位|施工方|装饰|承建|工程队|施工队"
              ), phone=_PHONE),
        _kind("exam-quiet", 3),
        _kind("found-item", 0, item=(
            r"[一二两三四五六七八九十\d若][串把个只件部台张本条副双枚顶块辆干枝支瓶袋包箱架]"
            r"|现金|人民币|\d元|若干|钥匙|手机|钱包|雨伞|证件?|衣|耳机|手表|包|卡"
        ),
              place=(
                  r"[在于][^，。；]{1,20}|(?:地点|位置)|附近|处"
              ), day=_DAY + r"|近日|日前|昨[天日]",
              claim_at=(
                  r"(?:到|前往|来|至|赴|在|与|找|向)(?!\d{1,2}[月日])[一-龥A-Za-z\d]{2,14}"
                  r"|(?:到|前往|来|至|赴)[^，。；]{0,20}(?:领|认|处|中心|前台|岗|室)|(?:认领"
                  r"|领取)(?:地点|处)|(?:在|于)[^，。；]{0,14}(?:认领|领取)|前台|服务中心"
                  r"|保安室|岗亭|监控室|门岗"
              ),
              bring=r"携带|出示|凭|持|带|描述|说[出明]|特征|证明|核对|提供|核实|身份证"),
        _kind("lost-item", 0, item=r"丢失|遗失|走失|不慎|遗落|掉|落下|找|未归|走丢|离家|失联", place=(
            r"[在于从][^，。；]{1,20}|地点|附近|处|小区"
        ),
              day=_DAY + r"|昨[天日]|前天|近日|上[周午]", features=(
                  r"色|型|牌|款|特征|长|大小|岁|斤|公分|厘米|材质|尾号|内有|毛|品种|挂"
              ),
              contact=_PHONE + r"|联系|(?:交|送|还)[到至回给]"),
        _kind("lease-offer", 7),
        _kind("weather", 0, {"advice": 2}, signal=(
            r"气象|预报|预警|台风|暴雨|大风|寒潮|高温|降温|强降|雷|冰雹|大雪|降雪|雾|霾|冷空气"
            r"|沙尘"
        ),
              issuer=r"气象[台局部]?|中央|市|省|预警|预报|应急|天气", advice=_CARE, phone=_PHONE),
        _kind("fire-drill", 7, day=_DAY, hours=_CLOCK, place=_PLACE, who=_WHO, join=_JOIN + r"|配合|观摩"),
        _kind("fire-lane", 3),
        _kind("ebike-charging", 7),
        _kind("corridor-clearance", 7, place=(
            r"楼道|走廊|通道|楼梯|过道|消防|门厅|架空层|楼栋|前室|公共区域|天台|屋面|层"
            r"|\d+[栋号]"
        ), deadline=_DEADLINE,
              storage=r"保管|暂存|存放|集中(?:存|保)|领回|领取|认领|取回|储物|仓库|找回|移[至到]"),
        _kind("patrol-removal", 3, place=(
            r"楼道|走廊|通道|楼梯|过道|门厅|架空层|楼栋|前室|公共区域|天台|屋面|\d"
        ), deadline=_DEADLINE,
              storage=(
                  r"保管|暂存|存放|领回|领取|认领|取回|储物|仓库|移[至到]|报[告请送]|主管部门"
                  r"|依法"
              )),
        _kind("access-card", 5),
        _kind("office-hours", 3),
        _kind("satisfaction-survey", 3, period=_DAY + r"|本周|本月|即日起", way=(
            r"扫码|二维码|问卷|电话|上门|入户|微信|线上|填写|链接|纸质|小程序|公众号|投票|打[√勾]|勾选|括号"
            r"|征询表|调查表|意见箱|交[到至回]"
        ),
              purpose=r"为|了解|征[集求询][^，。]{0,12}意见|改进|提升|提高|听取|改善|以便|优化|完善"),
        _kind("survey-result", 0),
        _kind("common-income", 0),
        _kind("move-in", 15, day=_DAY, place=_PLACE + r"|前往|到[^，。；]{2,16}办理",
              papers=(
                  r"携带|身份证|合同|证件|资料|材料|照片|原件|复印件|证明"
              ), fees=r"费|元|免费|缴|交纳", phone=_PHONE),
    )
}  # fmt: skip
"""Types by key. The days of notice: 城市供水条例 22, 电力供应与使用条例 28, the rest is practice."""

_WATER = (
    r"停水|断水|(?:暂停|停止|中断|临时停)[^，。]{0,4}供水|供水[^，。]{0,8}(?:停|中断|暂停|检修"
    r"|抢修|维修|改造|切换|调整)|减压供水|降压供水"
)
_POWER = (
    r"停电|断电|(?:暂停|停止|中断|临时停)[^，。]{0,4}供电|供电[^，。]{0,8}(?:停|中断|暂停|检修"
    r"|抢修|维修|改造|调整)|限电|配电[^，。]{0,6}(?:检修|停)"
)
_LIFT_WORK = (
    r"停[运用梯]|维保|维修|检修|检验|年检|保养|更换|大修|故障|暂停|改造|抢修|调试|检测|维护"
)
_EVENT = (
    r"活动|讲座|联欢|晚会|义诊|趣味|运动会|比赛|[大竞球]赛|演出|游园|亲子|恳谈会|座谈会|见面会|音乐会|电影"
    r"|义剪|跳蚤市场|市集|集市|文化节|邻里节|百家宴|便民(?:日|集市|服务日)|包粽子|猜灯谜|灯谜会|健步走"
    r"|免费(?:理发|剪发|体检|磨|修|检[查测]|筛查|拍|放映|咨询|量|洗|培训)"
    r"|[夏冬]令营|训练营|开营|长跑|徒步|开放日|沙龙|课堂|采摘|团拜会|茶话会|表演|合唱|舞会|歌会"
)
_CHANGED = r"改期|延期|延后|延迟|取消|变更|推迟|调整|顺延|暂停|更改|提前|改[至到在]|改时间|另行安排"
_TITLES: tuple[tuple[str, str, str], ...] = (
    # type, what the title says, what it must not say
    ("outage-restored", (
        r"恢复(?:正常)?(?:供|通|运行|使用)|(?:供水|供电|供气|供暖|来水|来电"
        r"|电梯)[^，。]{0,4}恢复"
    ), ""),
    ("fee-final", r"最后(?:一次)?催|诉前|律师函|最终催", ""),
    ("fee-demand", r"催告|催缴|催款|催费|催收|欠费|拖欠", r"温馨|提示|公示|送达|方式"),
    ("found-item", r"招领|拾到|拾物|捡到|寻(?:找)?失主", ""),
    ("lost-item", r"寻物|寻找(?!目击|知情|证人|线索)|寻人|寻犬|寻猫|寻宠|寻狗|遗失", ""),
    ("lease-offer", r"招租|招商|出租", ""),
    ("water-tank-cleaning", (
        r"(?:水箱|水池|蓄水池|二次供水)[^，。]{0,10}(?:清洗|清洁|消毒)|清洗[^，。]{0,8}(?:水箱"
        r"|水池)"
    ), ""),
    ("water-outage", _WATER, r"安全|节约"),
    ("power-outage", _POWER, r"安全|节约"),
    ("gas-outage", (
        r"停气|断气|(?:燃气|天然气|供气)[^，。]{0,8}(?:停|暂停|中断|检修|抢修)|(?:暂停|停止"
        r"|中断)[^，。]{0,4}供气"
    ), ""),
    ("heat-outage", (
        r"停暖|停热|(?:供暖|供热|暖气)[^，。]{0,8}(?:停|暂停|中断|检修|抢修)|(?:暂停|停止"
        r"|中断)[^，。]{0,4}供(?:暖|热)"
    ), r"停暖时间|停暖期"),
    ("heating-test", r"试压|试水|打压|供暖[^，。]{0,6}(?:测试|调试|注水)|注水", ""),
    ("elevator-maintenance", (
        rf"停梯|换绳|(?:电梯|客梯|货梯|消防梯|扶梯)[^，。]{{0,12}}(?:{_LIFT_WORK})"
        rf"|(?:{_LIFT_WORK})[^，。]{{0,8}}(?:电梯|客梯|货梯)"
    ), (
        r"装修|安全乘|文明乘|招标|资金|征求|公示"
    )),
    ("garden-spraying", (
        r"(?:绿化|树木|花木|草坪|园林|苗木|植物|绿植)[^，。]{0,10}(?:喷药|打药|喷洒|病虫|消杀"
        r"|除虫|施药|杀虫)|(?:喷药|打药|喷洒)[^，。]{0,8}(?:绿化|树|花木|草坪)|喷药|打药|农药"
    ), ""),
    ("pest-control", r"[鼠虫蚁蟑]害|消杀|灭鼠|灭蚊|灭蟑|除[四]?害|杀虫|消毒|灭虫|白蚁|防鼠|投药|鼠药", r"水箱|水池|空调|泳池|管[道网]|烟道"),
    ("garage-cleaning", (
        r"(?:车库|地库|停车场|车场)[^，。]{0,10}(?:封[道路]|清洗|清洁|冲洗|地坪|保洁|施工|改造|维修|翻新|刷漆"
        r"|封闭)|(?:清洗|清洁|冲洗)[^，。]{0,6}(?:车库|停车场)"
    ), ""),
    ("road-works", (
        r"(?:[东南西北中环](?:路|道(?!闸))(?![灯口])|道路|路面|路段|主路|主干道|车道|大门|出入口|沥青|消防通道|坡道)"
        r"[^，。]{0,10}(?:施工|维修|整修|改造|修[补复缮]|封闭|[摊重]?铺|翻修|划线|检修|硬化|开挖|浇筑)"
        r"|(?:修[补复缮]|维修|[摊重]铺|硬化|开挖)[^，。]{0,8}(?:道路|路面|主路|主干道|车道|坡道|沥青)"
    ), ""),
    ("fire-drill", r"演练|演习", ""),
    ("fire-lane", r"消防(?:车)?通道|消防车道|禁停", r"楼道|杂物"),
    ("ebike-charging", (
        r"(?:电动|电瓶)[^，。]{0,8}(?:充电|进楼|入楼|入户|上楼|集中停放)"
        r"|充电[^，。]{0,8}(?:电动|电瓶)|飞线"
    ), r"征[求询集]|选址|意见"),
    ("corridor-clearance", (
        r"(?:楼道|走廊|通道|楼梯间?|公共区域|过道|公共部位|消防通道|架空层"
        r"|天台)[^，。]{0,12}(?:清理|堆放|堆物|杂物|整治|清除)|(?:清理|清除"
        r"|整治)[^，。]{0,8}(?:楼道|走廊|通道|楼梯|杂物|堆积物|堆物)"
    ), ""),
    ("renovation-posting", (
        r"装[修饰][^，。]{0,6}公示|装修施工公示|装修告示"
    ), r"材料|垃圾|押金|保证金|标准|价|名[单录]|规定|制度"),
    ("common-income", r"公共收益|经营收益|收支|共有[^，。]{0,6}收益", ""),
    ("survey-result", r"(?:调查|问卷|满意度)[^，。]{0,8}结果", ""),
    ("satisfaction-survey", r"满意度|问卷调查|意见征[集询]|业主[^，。]{0,4}调查", ""),
    ("move-in", r"交房|收房|入伙|入住(?:办理|手续|通知)|交付(?:通知|办理)|集中交付", ""),
    ("access-card", (
        r"(?:门禁|电梯|通行|出入|IC)[^，。]{0,4}卡|人脸(?:录入|识别|采集)"
        r"|门禁[^，。]{0,6}(?:升级|更换|启用|授权|录入)"
    ), ""),
    ("office-hours", r"(?:办公|服务|值班|接待|上班|作息|营业)时间", ""),
    ("event-change", (
        rf"(?:{_EVENT})[^，。]{{0,16}}(?:{_CHANGED})|(?:{_CHANGED})[^，。]{{0,16}}(?:{_EVENT})"
    ), r"活动[室站]|活动中心"),
    ("exam-quiet", r"高考|中考|静音|考试", ""),
    ("weather", (
        r"台风|暴雨|强降雨|大风|寒潮|降温|高温|雷电|雷雨|强对流|冰雹|暴雪|降雪|雨雪|防汛|低温"
        r"|沙尘|大雾|恶劣天气|极端天气"
    ), ""),
    ("event-invitation", (
        rf"举办|邀请|{_EVENT}"
    ), (
        r"期间|安排|结果|公示|场所|场地|活动[室站]|活动中心|中心开放|规范|提示"
    )),
)  # fmt: skip
_COMPILED = [(key, regex(yes), re.compile(no) if no else None) for key, yes, no in _TITLES]
_FEES = regex(r"物业(?:服务)?费|缴费|交费|缴纳|收费|管理费|停车费|水电费|取暖费|费用")
_FEE_MATTERS = regex(
    r"(?:方式|渠道|标准|系统|账[户号]|收费处|二维码|公众号|发票|收据)[^，。]{0,6}(?:的|调整|变更|升级|更换|开通|迁)|催缴函"
)
"""What speaks of how fees are paid and not of a fee that falls due."""
_PAY = regex(r"缴|交|付|收|催")
_PLAIN = regex(
    r"关于|的|通知[书单]?|温馨|友情|安全|提示|提醒|紧急|重要|通告|公告|启事|公示|函|告知书?"
    r"|小区|物业|致|全体|业主|书|[^\w]|[一二三四五六七八九十\d]|花园|服务中心|客服|有限公司"
    r"|管理处"
)
_SHORT_TITLE = 8
_QUOTED = regex(r"《[^《》]*》")
_ONCE_SET = regex(r"原(?:定|计划|拟|于|本|先|安排|通知)|之前通知|此前|前期通知")


def kind_of(title: str, first: str, genre: str | None) -> str | None:
    """The type that a title, else a first paragraph, speaks of."""
    title = _QUOTED.sub("", title)
    found = _named(title, genre)
    if found is None and genre != "其他" and first:
        told = _named_in_text(first, genre)
        bare = len(_PLAIN.sub("", title)) <= _SHORT_TITLE // 2
        found = told if bare or (genre == "通知" and told in OUTAGES) else None
        if found is None and _FEES.search(title):
            found = _fee_due(title + first, genre)
    if found == "event-invitation" and (
        re.search(_CHANGED, title) or (_ONCE_SET.search(first) and re.search(_CHANGED, first))
    ):
        return "event-change"
    if (
        found == "fee-demand"
        and genre == "通知"
        and not re.search(r"您[^，。]{0,12}室|\d{3,4}室", first)
    ):
        return "fee-reminder"
    if found == "fee-demand" and re.search(
        r"也许|或许|可能[^，。]{0,6}(?:忙|疏忽|忘)|工作繁忙|疏忽", first
    ):
        return "fee-overdue"
    return found


def _named(text: str, genre: str | None) -> str | None:
    for key, yes, no in _COMPILED:
        if yes.search(text) and not (no and no.search(text)) and _fits(key, genre):
            return key
    if genre == "函" and _FEES.search(text) and _PAY.search(text):
        return "fee-demand"
    return _fee_due(text, genre)


def _fee_due(text: str, genre: str | None) -> str | None:
    """The type of a text that asks readers to pay a fee by a day."""
    asks = (
        genre in ("温馨提示", "通知")
        and _FEES.search(text)
        and re.search(r"缴|交(?!流|通|付)", text)
        and not _FEE_MATTERS.search(text)
    )
    return "fee-reminder" if asks else None


OUTAGES = ("water-outage", "power-outage", "gas-outage", "heat-outage")
"""The types that stop a supply."""
_STOPPING = regex(
    rf"(?:将|计划|需|拟|定于|实施|进行|临时|明[天日]|今[天日]|于"
    rf"|起)[^。！？]{{0,60}}(?:{_WATER}|{_POWER}|停气|停暖)|(?:{_WATER}"
    rf"|{_POWER})[^。]{{0,4}}(?:时间|范围|，请)"
)


_INVITING = regex(r"举[办行]|邀|报名|参加|参与|开展[^，。]{0,12}活动|原[定计拟]")
_FORECAST = regex(r"气象|预[报警]|台风|暴雨|寒潮|应急")


def _named_in_text(text: str, genre: str | None) -> str | None:
    found = _named(text, genre)
    if found == "event-invitation" and not _INVITING.search(text):
        return None
    if found == "weather" and not _FORECAST.search(text):
        return None
    if found in OUTAGES:
        return found if _STOPPING.search(text) else None
    if found in (
        "found-item",
        "lost-item",
        "water-tank-cleaning",
        "elevator-maintenance",
        "pest-control",
        "event-invitation",
        "weather",
        "fire-drill",
        "garden-spraying",
    ):
        return found  # fmt: skip
    return None


_ADVICE_ONLY = frozenset(
    {"corridor-clearance", "garage-cleaning", "road-works", "event-invitation", "fire-drill",
     "move-in", "access-card", "satisfaction-survey", "elevator-maintenance", "fire-lane",
     "ebike-charging", "pest-control", "office-hours"}
)  # fmt: skip
_WORKS = (
    "water-outage",
    "power-outage",
    "gas-outage",
    "heat-outage",
    "elevator-maintenance",
    "water-tank-cleaning",
    "pest-control",
    "garden-spraying",
    "garage-cleaning",
    "road-works",
)
_GENRES: dict[str, tuple[str | None, ...]] = {
    **dict.fromkeys(_WORKS, ("通知", "通告", "温馨提示", None)),
    "found-item": ("启事", "通知", "温馨提示", None),
    "lost-item": ("启事", None),
    "lease-offer": ("启事",),
    "renovation-posting": ("公示",),
    "weather": ("温馨提示", "通知"),
    "fee-demand": ("函", "通知"),
    "fee-final": ("函", "通知"),
    "event-invitation": ("通知", "其他", "通告", None),
}


def _fits(key: str, genre: str | None) -> bool:
    """Whether a genre can be of a type: general advice has no dates and places to name."""
    if key in _ADVICE_ONLY and genre == "温馨提示":
        return False
    return genre in _GENRES.get(key, (genre,)) and not (
        genre == "公示" and key not in ("renovation-posting", "common-income", "survey-result")
    )

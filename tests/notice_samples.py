"""Each text template with options as a clerk would type them, and drafts made of them."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import Any

from conftest import Desk


@dataclass(frozen=True)
class Sample:
    """A template's genre and options as typed: those it needs, and those it may have."""

    genre: str
    needs: str
    may: str = ""


SAMPLES = {
    "water-outage": Sample(
        "通知",
        "--reason 更换主阀门 --start '2026-03-07 09:00' --end '2026-03-07 17:00' --scope 3号楼 "
        "--advice 请提前储水 --advice 请关好水龙头",
        "--water-point 3栋大堂门口",
    ),
    "water-outage-emergency": Sample(
        "通知",
        "--reason 3栋主水管破裂 --start '2026-03-05 08:30' --expected '2026-03-05 16:00' "
        "--scope 3号楼 --advice 请关好水龙头",
        "--water-point 3栋大堂门口",
    ),
    "power-outage": Sample(
        "通知",
        "--reason 供电公司检修线路 --start '2026-03-14 09:00' --end '2026-03-14 17:00' "
        "--scope 3号楼 --scope 5号楼 --advice 请提前关好电器 --advice 请备好手电筒",
        "--lifts-stop yes --own-work no",
    ),
    "outage-restored": Sample(
        "通知",
        "--kind 供水 --restored '2026-03-05 08:40'",
        "--cause 主水管破裂 --advice 请先放水片刻再使用",
    ),
    "elevator-maintenance": Sample(
        "通知",
        "--reason 年度检验 --start '2026-03-07 09:00' --end '2026-03-07 11:30' "
        "--device 3栋2单元客梯 --alternative 可改乘同单元消防电梯",
    ),
    "water-tank-cleaning": Sample(
        "通知",
        "--start '2026-03-10 09:00' --end '2026-03-10 17:00' --scope 3号楼7层以上 "
        "--advice 请提前储水 --advice 请关好水龙头",
        "--contractor 清源水务服务公司 --report-date 2026-03-13",
    ),
    "pest-control": Sample(
        "通知",
        "--start '2026-03-10 09:00' --end '2026-03-10 17:00' --area 楼道 --area 地下车库 "
        "--precautions 请关好门窗 --precautions 请收好晾晒的衣物",
        "--agent 氯氰菊酯（低毒） --safe-days 1",
    ),
    "garden-spraying": Sample(
        "通知",
        "--start '2026-03-10 08:30' --end '2026-03-11 11:30' --area 中心花园 "
        "--precautions 请关好低层门窗",
        "--agent 苦参碱（低毒） --safe-days 3",
    ),
    "common-area-works": Sample(
        "通知",
        "--reason 2栋北侧地砖破损 --start '2026-03-10 08:30' --end '2026-03-14 17:30' "
        "--area 2栋北侧步道 --hours 8:30至11:30、14:00至17:30",
        "--contractor 诚信建筑工程公司 --detour 请从2栋南门进出",
    ),
    "heating-test": Sample(
        "通知",
        "--start '2026-03-12 08:30' --end '2026-03-13 17:00' --scope 1号楼至4号楼 "
        "--stay-home yes --emergency-phone 0731-88886666",
    ),
    "garage-cleaning": Sample(
        "通知",
        "--start '2026-03-12 09:00' --end '2026-03-12 17:00' --area 地下一层A区 "
        "--move-to 地面访客车位",
        "--reopen '2026-03-12 19:00'",
    ),
    "fee-reminder": Sample(
        "温馨提示",
        "--period 2026年4月至6月 --due 2026-03-31 --ways 公司微信公众号“物业缴费” --ways 前台刷卡",
        "--hours 每日8:30至18:00",
    ),
    "fee-overdue": Sample(
        "函",
        "--room 3-2-501 --period 2025年7月至12月 --amount 1182.19 "
        "--basis 89.56平方米×2.20元/月×6个月 --ways 公司微信公众号“物业缴费” --ways 前台刷卡",
        "--delivery 当面签收 --addressee 尊敬的何女士：",
    ),
    "fee-demand": Sample(
        "函",
        "--room 3-2-501 --period 2025年7月至12月 --amount 1182.19 "
        "--basis 89.56平方米×2.20元/月×6个月 --ways 公司微信公众号“物业缴费” "
        "--clause 《物业服务合同》第九条 --deadline 2026-03-25 "
        "--dispute-contact 财务室（0731-88886666）",
        "--delivery 挂号信 --addressee 尊敬的何女士：",
    ),
    "fee-final": Sample(
        "函",
        "--room 3-2-501 --period 2025年7月至12月 --amount 1182.19 "
        "--basis 89.56平方米×2.20元/月×6个月 --ways 公司微信公众号“物业缴费” "
        "--clause 《物业服务合同》第九条 --deadline 2026-03-25 "
        "--dispute-contact 财务室（0731-88886666） "
        "--prior-letters 2026年1月8日提醒函（当面签收） "
        "--prior-letters 2026年2月2日催告函（挂号信） --next-step 诉讼",
        "--delivery 挂号信 --addressee 尊敬的何女士：",
    ),
    "event-invitation": Sample(
        "通知",
        "--theme 春季邻里节 --start '2026-03-14 14:00' --place 中心广场 --who 全体业主和住户 "
        "--signup 到前台登记",
        "--end '2026-03-14 17:00' --signup-by 2026-03-12 --quota 60 --notes 请自备水杯",
    ),
    "event-change": Sample(
        "通知",
        "--theme 春季邻里节 --reason 当日有雨",
        "--new-start '2026-03-21 14:00' --refund 已交材料费可到前台退回",
    ),
    "renovation-posting": Sample(
        "公示",
        "--room 3-2-501 --period 2026-03-10..2026-05-10 --hours 8:00至12:00、14:00至18:00 "
        "--contractor 雅居装饰公司 --works 水电改造、墙面翻新 --complaint-phone 0731-88886666",
    ),
    "exam-quiet": Sample(
        "温馨提示",
        "--event 高考 --period 2026-06-06..2026-06-09 --quiet-hours 12:00至14:00、18:00至次日8:00",
    ),
    "found-item": Sample(
        "启事",
        "--kind 钥匙一串 --place 中心花园附近 --found-on 2026-03-04 --claim-at 客服中心前台 "
        "--bring 携带身份证件，并说出物品特征",
        "--hours 每日8:30至18:00 --handover-on 2026-03-20",
    ),
    "lost-item": Sample(
        "启事",
        "--kind 双肩书包一个 --features 深蓝色帆布面 --features 侧袋有白色水壶 "
        "--place 3号楼至中心花园一带 --lost-on 2026-03-04 --contact 客服中心前台",
    ),
    "lease-offer": Sample(
        "启事",
        "--object 2栋架空层东侧 --use 便民服务点 --approval 业主大会〔2026〕2号决定 "
        "--contact 客服中心前台",
        "--area 约60平方米 --conditions 租期两年 --conditions 不经营餐饮 --deadline 2026-03-20",
    ),
    "typhoon-warning": Sample(
        "温馨提示",
        "--signal 市气象台发布的台风黄色预警 "
        "--expected '2026-03-05 20:00..2026-03-07 08:00' --advice 请把阳台花盆搬进室内 "
        "--advice 请关好门窗，备好饮水和手电筒 --advice 请尽量不要外出",
    ),
    "rainstorm-warning": Sample(
        "温馨提示",
        "--signal 市气象台发布的暴雨黄色预警 --expected '2026-03-05 20:00..23:00' "
        "--advice 请关好门窗 --advice 请将车辆停到地势较高处",
        "--low-spots 地下车库入口 --low-spots 南门前路面",
    ),
    "fire-safety": Sample(
        "温馨提示", "--season 春季 --advice 出门前请关火、断电 --advice 请不要在楼道堆放纸箱"
    ),
    "fire-drill": Sample(
        "通知",
        "--start '2026-03-14 09:30' --end '2026-03-14 11:00' --place 3号楼及中心广场 "
        "--who 3号楼全体住户 --alarms yes",
        "--lifts-stop yes",
    ),
    "fire-lane": Sample(
        "通告",
        "--basis 《中华人民共和国消防法》第二十八条 --from 2026-03-10 --lanes 2栋北侧环路 "
        "--lanes 南门至3栋路段 --steps 现场劝离 --steps 电话联系车主移车 "
        "--steps 劝阻无效的，报告消防救援机构",
    ),
    "ebike-charging": Sample(
        "通知",
        "--basis 《高层民用建筑消防安全管理规定》 --forbidden-places 楼道 --forbidden-places 门厅 "
        "--charging-places 1栋西侧充电棚",
        "--price 每度1.00元 --move-by 2026-03-15",
    ),
    "corridor-clearance": Sample(
        "通知",
        "--where 3号楼2单元各层楼道 --move-by 2026-03-15 --storage-place 地下一层储物间 "
        "--claim-until 2026-04-15",
        "--assistance 3月14日上午有人上门帮忙搬运",
    ),
    "patrol-removal": Sample(
        "函",
        "--room 3-2-501 --finding 门前公共走廊放有鞋柜和纸箱 --found-on 2026-03-04 "
        "--request 请将鞋柜和纸箱移入户内 --deadline 2026-03-12 --contact 客服中心前台",
    ),
    "falling-objects": Sample(
        "温馨提示",
        "--advice 请把阳台外沿的花盆移进室内 --advice 请定期检查窗扇是否松动",
        "--recent-event 近日3号楼前有花盆坠落，所幸无人受伤 --camera yes",
    ),
    "parking-order": Sample(
        "温馨提示",
        "--problem 3号楼路口时有车辆停放，影响通行 --advice 请将车辆停放在划线车位内 "
        "--advice 请不要停在路口和消防通道",
        "--free-spaces 地下二层尚有空余车位",
    ),
    "pets": Sample(
        "温馨提示",
        "--advice 出门遛犬请牵好绳 --advice 请随手清理粪便 --advice 乘电梯请抱起或避让他人",
        "--local-rule 《本市养犬管理条例》",
    ),
    "holiday-safety": Sample(
        "温馨提示",
        "--holiday 清明节 --span 2026-04-04..2026-04-06 "
        "--desk-hours 每日9:00至17:00 --advice 出门前请关好水、电、燃气 --advice 请锁好门窗",
    ),
    "access-card": Sample(
        "通知",
        "--reason 门禁系统升级，旧卡需要更换 --from 2026-03-12 --to 2026-03-31 "
        "--place 客服中心前台 --bring 本人身份证件、旧卡",
        "--fee 5",
    ),
    "office-hours": Sample(
        "通告", "--from 2026-03-10 --hours 每日8:00至20:30", "--reason 夏季作息调整"
    ),
    "satisfaction-survey": Sample(
        "通知",
        "--period 2026-03-10..2026-03-20 --way 扫描大堂二维码填写问卷 "
        "--way 到前台填写纸质问卷 --privacy 问卷不记名，结果只作汇总",
        "--reward 填写后可到前台领取小礼品一份",
    ),
    "survey-result": Sample(
        "公示",
        "--period 2026年2月1日至2月15日 --sent 420 --returned 356 --rate 93.5% "
        "--actions 4月起晚间增加一次巡查 --actions 更换3号楼大堂照明",
    ),
    "common-income": Sample(
        "公示",
        "--period 2025年7月至12月 --income 电梯广告36000.00元 --income 场地出租12000.00元 "
        "--cost 广告位维护2400.00元 --balance 45600 --query 工作日9:00至17:00到客服中心查阅账册",
    ),
    "move-in": Sample(
        "通知",
        "--span 2026-03-28..2026-04-06 --place 客服中心一楼大厅 --bring 购房合同 "
        "--bring 身份证件原件 --fees 首期物业服务费（按合同约定） --steps 核对身份 "
        "--steps 查验房屋 --steps 领取钥匙",
        "--batches 1号楼3月28日至29日 --batches 2号楼3月30日至31日",
    ),
}
"""The templates of writing.md §3.1, all of them, with invented values; the day is 2026-03-05."""
MORE = {
    "event-change": "--theme 春季邻里节 --reason 当日有雨 --cancelled yes",
    "heating-test": (
        "--start '2026-03-12 08:30' --end '2026-03-12 17:00' --scope 1号楼 --stay-home no "
        "--emergency-phone 0731-88886666"
    ),
    "fire-drill": (
        "--start '2026-03-14 09:30' --end '2026-03-14 11:00' --place 中心广场 "
        "--who 3号楼全体住户 --alarms no --lifts-stop no"
    ),
    "lease-offer": (
        "--object 架空层 --use 便民服务点 --approval 业主大会〔2026〕2号决定 --contact 前台 "
        "--deadline 2026-03-20"
    ),
    "found-item": (
        "--kind 雨伞一把 --place 南门附近 --found-on 2026-03-04 --claim-at 前台 --bring 说出特征 "
        "--hours 每日8:30至18:00"
    ),
    "water-outage": (
        "--reason 更换主阀门 --start '2026-03-07 22:00' --end '2026-03-08 06:00' --scope 3号楼 "
        "--advice 请提前储水。 --advice 请关好水龙头；"
    ),
}
"""Values that bring out sentences which neither of the samples has."""
CASES = [
    *((key, sample.needs) for key, sample in SAMPLES.items()),
    *((key, f"{sample.needs} {sample.may}") for key, sample in SAMPLES.items() if sample.may),
    *MORE.items(),
]


def draft(desk: Desk, key: str, options: str) -> tuple[str, Any]:
    """Draft a notice; what the command said, and the record."""
    made = desk.do(["notice", "new", key, *shlex.split(options)])
    return made.out + made.err, desk.show(made.id)

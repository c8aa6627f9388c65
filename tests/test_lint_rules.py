"""Every rule of lint: what it must flag in several wordings, what looks alike and is innocent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pmcli.lint import Settings, check
from pmcli.lint.rules import BY_CODE

TIP = "温馨提示"


def sheet(
    text: str = "　　因管道老化，我处将于5月20日更换阀门，请您留意。不便之处，敬请谅解。",
    title: str = "关于更换阀门的通知",
    salutation: str = "各位业主：",
    signature: str = "柳荫里物业服务中心\n2026年5月8日",
    phone: str = "电话：0451-82000099",
) -> str:
    """A notice without fault, with some of its parts replaced."""
    return "\n".join(part for part in (title, salutation, text, phone, signature) if part)


def codes(text: str, **options: object) -> set[str]:
    return {finding.code for finding in check(text, **options)}  # type: ignore[arg-type]


def test_the_sheet_to_vary_has_no_fault() -> None:
    assert check(sheet()) == []


PASSAGES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "N108": (
        (
            "请于2026年03月09日前办理。",
            "定于26年3月9日检修。",
            "二○二六年三月九日起施行。",
            "请于2月30日前领取。",
        ),
        (
            "请于2026年3月9日前办理。",
            "自3月9日起。",
            "二〇二六年三月九日起施行。",
            "质保期为10年3个月。",
        ),
    ),
    "N110": (
        (
            "请到××处办理手续。",
            "某某单元将检修。",
            "联系人：____",
            "时间：[填写时间]",
            "于20xx年开工",
            "自2026年  月  日起",
            "地点：{{place}}",
            "有（　　）张票",
        ),
        (
            "门宽3×5米。",
            "7×24小时值守。",
            "备有XXL号雨衣。",
            "手机138****0000",
            "文号为客服〔2026〕3号",
            "见[说明](a.html)",
            "车牌豫A·1**23",
        ),
    ),
    "N116": (
        ("定于2026年5月1日（星期四）举行。", "2026年5月2日周日见。", "本周五（2026年5月2日）下午"),
        (
            "定于2026年5月1日（星期五）举行。",
            "2026年5月2日（周六）见。",
            "2026年5月9日、10日（周六、周日）",
            "每周五开放",
        ),
    ),
    "N117": (
        ("时间：5月6日8:00至5月5日17:00", "时间：5月6日14:00—10:00", "展期为5月20日至5月8日"),
        (
            "时间：5月6日22:00至次日6:00",
            "每晚22:00至6:00请保持安静",
            "下午2:00至5:00",
            "12月28日至1月3日",
            "9:00-11:30、14:00-17:00",
        ),
    ),
    "N202": (
        (
            "仍不缴费的，我处将关停其家中供水。",
            "欠费住户的门禁卡将于下周失效。",
            "不结清物业费的，暂缓为您办理装修手续。",
            "物业费交齐之后方可办理放行条。",
            "对拖欠户，车辆到门口一律不抬杆。",
            "未缴物业费的家庭将无法使用电梯。",
        ),
        (
            "因停电，缴费窗口今日暂停，请改日前来。",
            "我处不会因欠费停水停电。",
            "预付费电表余额不足会自动断电，请及时充值。",
            "车位租期届满未续费的，系统将取消进出权限。",
            "仍未支付的，我公司将依法提起诉讼。",
            "为检修水管，明日停水。",
        ),
    ),
    "N203": (
        (
            "乱停车的每次罚两百元。",
            "违者扣除装修押金。",
            "在楼道抽烟，发现一次收取100元以示惩戒。",
            "高空抛物者，我处处以500元罚款。",
        ),
        (
            "堵塞消防车道的，由消防救援机构依法处五百元以下罚款。",
            "《行政处罚法》规定了罚款的程序。",
            "我处无权罚款，只能劝阻。",
            "损坏设施的，按实际维修费用赔偿。",
            "补办门禁卡每张收取工本费20元。",
        ),
    ),
    "N204": (
        (
            "逾期缴纳物业费的，加收滞纳金。",
            "逾期每日按千分之三收取违约金。",
            "按日加收0.1%的违约金。",
        ),
        ("按《物业服务合同》第九条计收违约金。", "按日万分之三计收违约金。", "本处不收滞纳金。"),
    ),
    "N205": (
        (
            "个别业主素质太低。",
            "这种做法毫无公德。",
            "有人屡教不改，实在可耻。",
            "只顾自己方便，不管邻居死活。",
        ),
        ("让我们提升文明素质。", "培养高素质的服务队伍。", "近期收到住户反映。"),
    ),
    "N206": (
        ("请随手关门！！", "您还在犹豫吗？？", "快来！快来！快来！真的快来！"),
        ("大家好！请随手关门！", "您好！谢谢！", "请问您需要帮助吗？"),
    ),
    "N207": (
        (
            "我们保证十分钟到场。",
            "我处承诺当天修好。",
            "绝不让您多等一分钟。",
            "维修人员随叫随到。",
            "满意率保证达到100%。",
        ),
        (
            "为保证用水安全，请您配合。",
            "请确保家中有人。",
            "为了确保供暖，我们提前检修。",
            "目前设备完好率为100%。",
        ),
    ),
    "N208": (
        (
            "物品丢失，我处概不负责。",
            "本活动最终解释权归我中心所有。",
            "车辆剐蹭与物业无关。",
            "出了事后果自负。",
        ),
        (
            "请保管好随身物品。",
            "依据《民法典》第一千二百五十四条，侵权人依法承担责任。",
            "我们会承担相应责任。",
        ),
    ),
    "N209": (
        (
            "到期未搬的按无主物处理。",
            "逾期由保洁清走扔掉。",
            "我处将没收违规电器。",
            "对占道车辆一律锁车。",
        ),
        (
            "到期将移至储物间保管30日，凭身份证领取。",
            "逾期未移的，由公安交管部门依法拖移。",
            "装修垃圾由我处统一清运。",
            "请您锁好车门。",
        ),
    ),
    "N210": (
        ("你的车挡道了。", "请你们尽快搬走。", "感谢您们的配合。"),
        ("您的车影响通行。", "这是你我共同的家。", "“谢谢你”主题征文开始了。"),
    ),
    "N301": (
        (
            "有意者请联系李女士13900000012。",
            "手机：139 0000 0012（王师傅）",
            "拨打小张电话139-0000-0012",
        ),
        ("服务热线：13900000012", "电话：0451-82000099", "咨询400-820-0001", "车主电话139****0012"),
    ),
    "N302": (
        (
            "身份证号：110101199003070011",
            "失主证件号110101900307001",
            "卡号6222 0212 3456 7890 123，户名周明",
        ),
        (
            "订单号202605081234567890",
            "身份证号1101********0011",
            "电表户号330106199003070011",
            "公司账号6222021234567890123",
        ),
    ),
    "N303": (
        ("请豫A·88K21的车主挪车。", "浙B12345亮着灯。", "粤A D12345 充电已满"),
        ("请豫A·88***的车主挪车。", "京A座大堂见。", "苏州路A12345号仓"),
    ),
    "N304": (
        ("2栋601王丽家漏水。", "3-2-501的周先生请到前台。", "业主李小明，房号5号楼1单元302室"),
        (
            "2栋6层有一户漏水。",
            "3-2-501装修开工。",
            "管家王丽为您服务。",
            "501室高空坠物",
            "3号楼301室方便时请来电",
        ),
    ),
    "N305": (
        ("张平 欠5个月", "李小明拖欠物业费800元", "业主陈静，未缴2026年上半年费用"),
        ("张** 欠5个月", "收费率91%，未缴户已个别送达。", "经办人王丽核对欠费情况。"),
    ),
    "N306": (
        (
            "请转到出纳个人微信。",
            "缴费请扫王经理的收款码。",
            "户名：李小明 卡号见前台",
            "加微信wuye_888转账",
        ),
        (
            "请扫公司收款码。",
            "请勿向任何个人微信转账。",
            "可在微信公众号缴费。",
            "请转至公司对公账户。",
        ),
    ),
    "N307": (
        ("101室欠800元，305室欠950元。", "3-2-501未缴费1200元", "5号楼1单元302室拖欠两个季度"),
        ("收费率91%，未缴户已个别送达。", "请到101室办公室缴费。", "3-2-501装修申报已受理。"),
    ),
    "N401": (
        ("各位业主:您好", "请绕行,谢谢", "地下车库(B1层)", "谢谢!"),
        (
            "8:00开始，票价3.5元，比例1:500",
            "1. 请绕行",
            "(1) 请绕行",
            "见https://example.cn/a?b=1",
            "附件说明.pdf",
            "Please come, thanks.",
        ),
    ),
    "N402": (
        ('参加"邻里节"', "参加'邻里节'活动", '"四季家园"征稿'),
        ("参加“邻里节”", 'a 24" monitor', "It's OK", "‘四季’"),
    ),
    "N403": (
        ("《甲》、《乙》", "“安全”、“整洁”", "学习《甲法》、《乙法》"),
        ("《甲》《乙》", "《甲》（试行）、《乙》", "苹果、梨"),
    ),
    "N404": (
        ("8:30开始，17点结束。", "下午3:00开会，16:00散会。", "5月1日开工，5/8完工。"),
        (
            "8:30开始，17:00结束。",
            "24小时值班，8:30交接。",
            "五一假期自5月1日起。",
            "第三条：5月1日生效",
        ),
    ),
    "N405": (
        ("一、甲\n二、乙\n四、丙", "1. 甲\n2. 乙\n2. 丙", "1. 甲\n一、乙", "1. 甲\n2、乙"),
        ("一、甲\n1. 子\n2. 丑\n二、乙\n1. 子", "1. 甲\n2. 乙\n3. 丙", "一、甲\n1. 乙"),
    ),
    "N407": (
        ("１２栋", "Ａ座", "电话：０４５１"),
        ("12栋A座", "　　请绕行", "Wi-Fi、LED灯"),
    ),
    "N408": (
        ("请绕行，，谢谢", "请绕行。，谢谢", "谢谢。。", "要求：：请安静"),
        ("请稍候……", "他说：“好。”", "您——请看", "真的吗？！"),
    ),
}
"""By code: passages that must be flagged, passages that must not."""

TIPS = (
    (
        "必须把花盆搬走。",
        "再不搬我们就上报城管。",
        "违者后果自负。",
        "请立即清理杂物，否则我处将曝光。",
        "限三日内搬离，限3日内清理。",
        "对乱停车辆，物业将采取进一步措施。",
        "乱扔垃圾的，我们会拍照公示。",
    ),
    (
        "请勿向窗外抛物，请务必关窗。",
        "请关好龙头，否则容易漏水。",
        "如闻到燃气味，请立即停止使用明火并拨打119。",
        "如发现可疑人员，我们将及时报警。",
        "请留意“严禁烟火”标志。",
        "您不必专程前来。",
        "根据《民法典》第一千二百五十四条，禁止从建筑物中抛掷物品。",
    ),
)


def _cases(index: int) -> list[tuple[str, str]]:
    return [(code, text) for code, both in PASSAGES.items() for text in both[index]]


@pytest.mark.parametrize(("code", "text"), _cases(0))
def test_a_passage_is_flagged(code: str, text: str) -> None:
    assert code in codes(text, whole=False)


@pytest.mark.parametrize(("code", "text"), _cases(1))
def test_a_passage_is_innocent(code: str, text: str) -> None:
    assert code not in codes(text, whole=False)


def _typed(verdict: str) -> list[tuple[str, str]]:
    """Code and text of the passages file, whose blocks begin with `=== code verdict`."""
    typed = (Path(__file__).parent / "lint_passages.txt").read_text("utf-8")
    blocks = re.split(r"^=== ", typed, flags=re.MULTILINE)[1:]
    heads = [block.partition("\n") for block in blocks]
    return [(h.split()[0], body.rstrip("\n")) for h, _, body in heads if h.split()[1] == verdict]


@pytest.mark.parametrize(("code", "text"), _typed("flagged"))
def test_a_passage_as_offices_type_it_is_flagged(code: str, text: str) -> None:
    assert code in codes(text, whole=False)


@pytest.mark.parametrize(("code", "text"), _typed("innocent"))
def test_a_passage_as_offices_type_it_is_innocent(code: str, text: str) -> None:
    assert code not in codes(text, whole=False)


@pytest.mark.parametrize("text", TIPS[0])
def test_an_order_in_a_tip_is_flagged(text: str) -> None:
    assert "N201" in codes(text, genre=TIP, whole=False)
    assert "N201" not in codes(text, genre="通知", whole=False)


@pytest.mark.parametrize("text", TIPS[1])
def test_advice_in_a_tip_is_innocent(text: str) -> None:
    assert "N201" not in codes(text, genre=TIP, whole=False)


LIST = "物业服务中心\n2026年5月8日"
SHEETS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "N101": (
        (
            sheet(title="小区乱停车现象严重"),
            sheet(title=""),
            sheet(title="请大家注意安全："),
            sheet(title="车辆停放"),
        ),
        (
            sheet(title="关于车辆停放的通知"),
            sheet(title="# **停车通知**"),
            sheet(title="停车通告（第二次）"),
            sheet(title="致全体业主的一封信"),
        ),
    ),
    "N102": (
        (
            sheet(title="关于" + "更换地下车库照明灯具以及配套线路" + "等工作的通知"),
            sheet(title="关于进一步规范小区内外所有机动车辆停放秩序的通知"),
            sheet(title="柳荫里物业服务中心关于五月份更换各楼阀门的通知"),
        ),
        (
            sheet(title="关于检修绿化灌溉设备的通知"),
            sheet(title="通　　知"),
            sheet(title="关 于 更 换 各 楼 楼 道 灯 具 的 通 知"),
        ),
    ),
    "N103": (
        (sheet(salutation=""), sheet(salutation="各位业主，"), sheet(salutation="尊敬的业主")),
        (
            sheet(salutation="各位装修业主："),
            sheet(salutation="尊敬的3号楼住户:"),
            sheet(salutation="", title="关于车道的通告"),
            sheet(salutation="　　各位车主："),
        ),
    ),
    "N104": (
        (
            sheet("　　兹通知各户，我处将于5月20日更换垃圾桶。敬请谅解。"),
            sheet("　　5月20日开始更换阀门，敬请谅解。"),
            sheet("　　现将更换阀门安排如下，敬请谅解。"),
        ),
        (
            sheet("　　为了环境整洁，更换垃圾桶。敬请谅解。"),
            sheet("　　接街道通知，更换垃圾桶。敬请谅解。"),
            sheet("　　台风将至，请您关窗。敬请谅解。"),
            sheet("　　您好！\n　　由于桶体破损，更换垃圾桶。敬请谅解。"),
        ),
    ),
    "N105": (
        (
            sheet("　　因桶破损，更换垃圾桶。"),
            sheet("　　因桶破损，更换垃圾桶。望遵照执行。"),
            sheet("　　因桶破损，更换垃圾桶。\n特此通知。"),
        ),
        (
            sheet("　　因桶破损，更换垃圾桶。谢谢！"),
            sheet("　　因桶破损，更换垃圾桶，请您见谅。"),
            sheet("　　因桶破损，更换垃圾桶。\n此致\n敬礼"),
            sheet("因桶破损，更换垃圾桶。", title="关于更换的通告"),
        ),
    ),
    "N106": (
        (
            sheet(signature="物业部启\n2026年5月8日"),
            sheet(signature="2026年5月8日"),
            sheet(signature="本公司\n2026年5月8日"),
            sheet(signature="客服小张\n2026年5月8日"),
        ),
        (
            sheet(signature="阳光物业\n2026年5月8日"),
            sheet(signature="2026年5月8日\n柳荫里管理处"),
            sheet(signature="柳荫里业主委员会\n\n2026年5月8日"),
            sheet(signature="柳荫里物业服务中心 2026年5月8日"),
        ),
    ),
    "N107": (
        (
            sheet(signature="柳荫里物业服务中心"),
            sheet(signature="有效期至2026年5月30日\n柳荫里物业服务中心"),
            sheet(signature="柳荫里物业服务中心（盖章）"),
        ),
        (
            sheet(signature="2026年5月8日\n柳荫里物业服务中心"),
            sheet(signature="柳荫里物业服务中心\n5月8日"),
            sheet(signature="柳荫里物业服务中心\n二〇二六年五月八日"),
            sheet(signature="柳荫里物业服务中心\n2026年  月  日"),
        ),
    ),
    "N109": (
        (
            sheet(phone=""),
            sheet(phone="有事请找物业。"),
            sheet(phone="火警请拨119，政务热线12345。"),
            sheet(phone="供电公司热线：95598"),
        ),
        (
            sheet(phone="咨询电话：（0451）82000099"),
            sheet(phone="服务热线 400-820-0001"),
            sheet(phone="报修请拨8200-0099"),
            sheet(phone="", title="关于车道的通告"),
        ),
    ),
    "N111": (
        (sheet(title="关于调整门岗的公告"), sheet(title="寻物启示"), sheet(title="停车告示")),
        (
            sheet(title="关于调整门岗的通告"),
            sheet(title="寻物启事"),
            sheet(title="关于召开业主大会的公告", signature="柳荫里业主委员会\n2026年5月8日"),
            sheet(title="关于更换公告栏的通知"),
        ),
    ),
    "N112": (
        (
            "停水通知\n明天停水，请储水。",
            sheet("因检修，5月20日停电，请关好电器，敬请谅解。", title="停电通知"),
            sheet("因检修，5月20日9:00至12:00，3号楼停水。敬请谅解。", title="停水通知"),
            sheet("为丰富生活，5月20日举办活动。谢谢！", title="关于举办活动的通知"),
        ),
        (
            sheet("因检修，5月20日9:00至12:00，3号楼停水，请您储水。敬请谅解。", title="停水通知"),
            sheet("节约用水人人有责，请您随手关龙头。谢谢！", title="节约用水温馨提示"),
            sheet(),
        ),
    ),
    "N113": (
        (
            sheet("因检修，5月8日9:00至12:00，3号楼停水，请您储水。敬请谅解。", title="停水通知"),
            sheet("因检修，5月9日9:00至12:00，3号楼停电，请您关电器。敬请谅解。", title="停电通知"),
            sheet("因检修，5月2日9:00至12:00，3号楼停水，请您储水。敬请谅解。", title="停水通知"),
        ),
        (
            sheet("因检修，5月9日9:00至12:00，3号楼停水，请您储水。敬请谅解。", title="停水通知"),
            sheet(
                "因爆管，5月8日9:00至12:00，3号楼停水，请您储水。敬请谅解。", title="紧急停水通知"
            ),
            sheet(
                "接5月2日自来水公司通知，5月20日9:00至12:00，3号楼停水，请您储水。敬请谅解。",
                title="停水通知",
            ),
        ),
    ),
    "N114": tuple(
        tuple(
            sheet(
                f"5月6日在中心花园{text}，请失主到前台说明特征后认领。",
                title="招领启事",
                salutation="",
            )
            for text in texts
        )
        for texts in (
            (
                "拾到红色雨伞一把",
                "拾到“飞燕”牌手表一块",
                "捡到钱包一个，内有现金300元",
                "拾到真皮挎包一个",
                "拾到手机一部，外壳有裂纹",
            ),
            ("拾到雨伞一把", "拾到钥匙一串", "拾到钱包一个，内有现金若干", "拾到身份证一张"),
        )
    ),
    "N115": (
        (
            sheet("电梯里请礼让老人。谢谢！", title="文明乘梯温馨提示"),
            sheet("因整治，自6月1日起车道禁停。", title="关于车道的通告"),
            sheet("不慎丢失钥匙一串。", title="寻物启事", salutation=""),
        ),
        (
            sheet("电梯里请礼让老人。谢谢！\n张贴至2026年6月8日", title="文明乘梯温馨提示"),
            sheet("因整治，5月10日至5月20日车道禁停。", title="关于车道的通告"),
            "---\nvalid_until: 2026-06-08\n---\n"
            + sheet("电梯里请礼让老人。谢谢！", title="文明乘梯温馨提示"),
            sheet(),
        ),
    ),
    "N118": (
        (
            sheet("因破损，更换桶。谢谢。\n特此公告。"),
            sheet("请您关窗。谢谢！特此通知。", title="关窗温馨提示"),
            sheet("因整治，车道禁停。\n特此通知", title="关于车道的通告"),
        ),
        (
            sheet("因破损，更换桶。谢谢。\n特此通知。"),
            sheet("因整治，车道禁停。\n特此通告", title="关于车道的通告"),
            sheet("因破损，更换桶。特此致歉。"),
        ),
    ),
    "N501": (
        tuple(
            sheet("因检修。谢谢。\n" + "　　请您留意以下事项。\n" * count) for count in (24, 30, 60)
        ),
        tuple(
            sheet("因检修。谢谢。\n" + "　　请您留意以下事项。\n" * count) for count in (1, 5, 12)
        ),
    ),
    "N502": (
        tuple(
            sheet("请您" + "留意" * count + "。谢谢！", title="安全提示")
            for count in (150, 180, 400)
        ),
        (
            sheet("请您留意。谢谢！", title="安全提示"),
            sheet("请您" + "留意" * 100 + "。谢谢！", title="安全提示"),
            sheet("因检修，" + "留意" * 180 + "。谢谢！"),
        ),
    ),
}
"""By code: whole notices that must be flagged, and that must not."""


def _sheets(index: int) -> list[tuple[str, str]]:
    return [(code, text) for code, both in SHEETS.items() for text in both[index]]


@pytest.mark.parametrize(("code", "text"), _sheets(0))
def test_a_notice_is_flagged(code: str, text: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(("code", "text"), _sheets(1))
def test_a_notice_is_innocent(code: str, text: str) -> None:
    assert code not in codes(text)


OFFICIAL = Settings(theme="gbt9704")


@pytest.mark.parametrize("text", ["1、甲", "（一）、甲", "一.甲", "①甲"])
def test_a_marker_is_wrong_in_an_official_document_only(text: str) -> None:
    assert "N406" in codes(text, whole=False, settings=OFFICIAL)
    assert "N406" not in codes(text, whole=False)


@pytest.mark.parametrize("text", ["1. 甲", "（一）甲", "一、甲", "（1）甲"])
def test_a_marker_of_an_official_document_is_right(text: str) -> None:
    assert "N406" not in codes(text, whole=False, settings=OFFICIAL)


def test_every_rule_has_three_texts_of_either_kind() -> None:
    tables = {**PASSAGES, **SHEETS, "N201": TIPS}
    assert set(BY_CODE) - set(tables) == {"N406"}
    assert [code for code, both in tables.items() if min(map(len, both)) < 3] == []

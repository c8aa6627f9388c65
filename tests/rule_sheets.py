"""Whole notices that rules of lint must flag, and notices that only look alike."""

from __future__ import annotations


def sheet(
    text: str = "　　因管道老化，我处将于5月20日更换阀门，请您留意。不便之处，敬请谅解。",
    title: str = "关于更换阀门的通知",
    salutation: str = "各位业主：",
    signature: str = "柳荫里物业服务中心\n2026年5月8日",
    phone: str = "电话：0451-82000099",
) -> str:
    """A notice without fault, with some of its parts replaced."""
    return "\n".join(part for part in (title, salutation, text, phone, signature) if part)


LIST = "物业服务中心\n2026年5月8日"
SHEETS: dict[str, tuple[tuple[str, ...], ...]] = {
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

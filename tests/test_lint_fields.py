"""N112 by type: a notice with every field passes, without any one of them it does not."""

from __future__ import annotations

import pytest

from pmcli.lint import check

SIGNATURE = "电话：0531-88001234\n金桂园物业服务中心\n2026年5月8日"
TYPES: tuple[tuple[str, str, dict[str, str], str], ...] = (
    # title, salutation, the text in parts (those with a * may not be missing), closing words
    (
        "停水通知",
        "各位业主：",
        {
            "why": "因更换阀门，",
            "start*": "5月12日9:00",
            "end*": "至15:00",
            "scope*": "，1、2号楼",
            "what": "停水。",
            "advice*": "请提前储水。",
        },
        "不便之处敬请谅解。",
    ),
    (
        "停电通知",
        "各位住户：",
        {
            "why": "接供电公司通知，线路检修，",
            "start*": "5月20日8时",
            "end*": "-17时",
            "scope*": "，全小区",
            "what": "停电。",
            "advice*": "请拔下电器插头，不要乘坐电梯。",
        },
        "敬请谅解。",
    ),
    (
        "关于2号客梯检修的通知",
        "各位业主：",
        {
            "why": "因年度检验，",
            "start*": "5月12日14:00",
            "end*": "-16:00",
            "what": "，2号客梯停用，",
            "advice*": "请改乘1号客梯或走楼梯。",
        },
        "敬请谅解。",
    ),
    (
        "燃气停气通知",
        "各位用户：",
        {
            "why": "因燃气管道碰口，",
            "start*": "5月12日14:00",
            "end*": "至20:00",
            "scope*": "，1~6栋",
            "what": "停气，",
            "advice*": "请关闭灶前阀。",
        },
        "敬请谅解。",
    ),
    (
        "关于清洗水箱的通知",
        "各位业主：",
        {
            "why": "为保证水质，",
            "start*": "5月12日22:00",
            "end*": "至次日5:00",
            "scope*": "，高区",
            "what": "清洗水箱，停水。",
            "advice*": "请储水。",
        },
        "敬请谅解。",
    ),
    (
        "灭鼠通知",
        "各位业主：",
        {
            "why": "为控制鼠害，",
            "day*": "5月12日",
            "hours*": "9:00-17:00",
            "area*": "，在绿化带、垃圾房",
            "what": "投药。",
            "care*": "请看护好孩子和宠物。",
        },
        "感谢配合。",
    ),
    (
        "关于清洗地下车库的通知",
        "各位车主：",
        {
            "why": "为改善环境，",
            "day*": "5月12日",
            "hours*": "9:00-17:00",
            "what": "，B1层冲洗地面。",
            "move*": "请把车移至B2层。",
        },
        "感谢配合。",
    ),
    (
        "关于小区道路施工的通知",
        "各位业主：",
        {
            "why": "因路面破损，",
            "day*": "5月12日至5月15日",
            "hours*": "每天9:00-17:00",
            "what": "，东门道路施工。",
            "move*": "请从北门出入。",
        },
        "感谢配合。",
    ),
    (
        "关于举办包粽子活动的通知",
        "各位业主：",
        {
            "why": "为庆端午，",
            "day*": "6月18日",
            "hours*": "上午9:30",
            "place*": "，在会所一楼",
            "what": "包粽子。",
            "who": "业主及家人均可参加，",
            "join*": "请于6月15日前到前台报名。",
        },
        "感谢支持。",
    ),
    (
        "缴费温馨提示",
        "各位业主：",
        {
            "why": "又到缴费时间。",
            "period*": "2026年第二季度",
            "what": "物业费",
            "due*": "请于5月25日前",
            "ways*": "通过微信公众号",
            "do": "缴纳。",
        },
        "感谢支持。",
    ),
    (
        "催缴函",
        "3栋2单元501室业主：",
        {
            "greeting": "您好！",
            "period*": "2026年1月至3月",
            "what": "的物业费",
            "amount*": "900元",
            "still": "尚未支付，",
            "basis*": "根据《物业服务合同》第五条，",
            "deadline*": "请于5月31日前",
            "ways*": "到物业前台或扫码缴纳。",
        },
        "感谢支持。",
    ),
    (
        "招领启事",
        "",
        {
            "day*": "5月7日",
            "place": "，在小区南门附近",
            "what": "拾到",
            "item*": "钥匙一串，",
            "bring*": "请失主说明特征，",
            "claim": "到前台认领，",
        },
        "保留至5月23日。",
    ),
    (
        "寻物启事",
        "",
        {
            "day*": "5月7日傍晚",
            "place": "，在小区中心花园",
            "what": "丢失钱包一个，",
            "features*": "棕色，内有工作证。",
            "contact": "如有拾到请联系。",
        },
        "有效期至5月23日。",
    ),
    (
        "3栋501室装修公示",
        "",
        {
            "what": "3栋501室",
            "period*": "将于5月12日至8月12日装修，",
            "hours*": "每日施工时间8:00-12:00、14:00-18:00，",
            "contractor*": "由宜居装饰公司施工。",
        },
        "如有意见请致电投诉。",
    ),
    (
        "关于清理楼道杂物的通知",
        "各位业主：",
        {
            "why": "为消除火患，",
            "what": "请清走楼道内的杂物，",
            "deadline*": "务必在5月20日之前完成。",
            "storage*": "逾期未清的将统一搬至地下室暂存，凭身份证领回。",
        },
        "感谢配合。",
    ),
    (
        "入伙通知",
        "各位业主：",
        {
            "why": "小区已竣工，",
            "day": "6月10日至6月12日",
            "place*": "在会所",
            "what": "办理入伙，",
            "papers*": "请携带购房合同、身份证，",
            "fees*": "缴纳首期物业费600元。",
        },
        "祝您乔迁愉快。",
    ),
    (
        "满意度调查通知",
        "各位业主：",
        {
            "why": "为改进服务，",
            "period*": "5月12日至5月20日",
            "what": "开展满意度调查，",
            "way*": "请扫描大堂二维码作答。",
        },
        "感谢参与。",
    ),
    (
        "暴雨温馨提示",
        "各位业主：",
        {
            "signal*": "市气象局发布暴雨红色预警，预计今夜到明天有大暴雨。",
            "first*": "请把低处车辆移至高处，",
            "second*": "不要涉水。",
        },
        "祝您平安。",
    ),
)


def _codes(title: str, salutation: str, text: str, closing: str) -> set[str]:
    lines = [title, salutation, f"　　{text}", f"　　{closing}", SIGNATURE]
    return {finding.code for finding in check("\n".join(line for line in lines if line))}


@pytest.mark.parametrize("notice", TYPES, ids=[row[0] for row in TYPES])
def test_a_notice_with_every_field_passes(notice: tuple[str, str, dict[str, str], str]) -> None:
    title, salutation, parts, closing = notice
    assert "N112" not in _codes(title, salutation, "".join(parts.values()), closing)


@pytest.mark.parametrize(
    ("notice", "missing"),
    [(row, name) for row in TYPES for name in row[2] if name.endswith("*")],
    ids=[f"{row[0]} {name}" for row in TYPES for name in row[2] if name.endswith("*")],
)
def test_a_missing_field_is_told(
    notice: tuple[str, str, dict[str, str], str], missing: str
) -> None:
    title, salutation, parts, closing = notice
    text = "".join(part for name, part in parts.items() if name != missing)
    assert "N112" in _codes(title, salutation, text, closing)

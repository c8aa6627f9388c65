"""The samples of the writing guide: what is marked wrong is found, what is marked right passes."""

from __future__ import annotations

import pytest

from pmcli.lint import check

WRONG = [
    ("必须把花盆搬走，再不搬我们就上报城管。", "N201", "温馨提示"),
    ("仍不交费的，我处将停用其电梯卡。", "N202", None),
    ("乱扔烟头者罚50元。", "N203", None),
    ("每天加收千分之二", "N204", None),
    ("逾期每天加收千分之二的违约金", "N204", None),
    ("极个别自私的住户…", "N205", None),
    ("请关好门窗！！", "N206", None),
    ("我们保证十分钟修好。", "N207", None),
    ("物品丢失概不负责", "N208", None),
    ("到期由保洁收走扔掉", "N209", None),
    ("你的车挡道了，请你挪开", "N210", None),
    ("找王师傅，手机13812345678", "N301", None),
    ("豫A·88K21请挪车", "N303", None),
    ("2栋601王丽家漏水", "N304", None),
    ("张平 欠5个月", "N305", None),
    ("请扫出纳本人收款码", "N306", None),
    ("101室欠800元，305室欠950元", "N307", None),
    ("各位业主:您好!", "N401", None),
    ('参加"邻里节"', "N402", None),
    ("《甲》、《乙》", "N403", None),
    ("8:30开始，17点结束", "N404", None),
    ("1. 甲\n2. 乙\n2. 丙\n4. 丁", "N405", None),
    ("１２栋Ａ座", "N407", None),
    ("请绕行。，谢谢", "N408", None),
    ("2026年5月1日（星期四）", "N116", None),
    ("5月6日8:00至5月5日17:00", "N117", None),
    ("请于X月X日前到XX处办理", "N110", None),
    ("2026年05月01日", "N108", None),
]
"""Text, code, genre."""

RIGHT = [
    ("请把花盆移到室内，以免被风吹落。", "温馨提示"),
    ("仍未支付的，我公司将依法申请仲裁或提起诉讼。", None),
    ("乱扔烟头的，由公安机关、消防救援机构依法处理。", None),
    ("按《物业服务合同》第九条计收违约金", None),
    ("近期收到住户反映", None),
    ("请关好门窗。", None),
    ("我们会尽快安排维修。", None),
    ("请保管好随身物品", None),
    ("到期将移至B1储物间，保管30日，凭身份证领取", None),
    ("您的车辆影响通行，烦请移动", None),
    ("服务热线：（0551）65558120", None),
    ("身份证一张，号码不公布", None),
    ("豫A·88***", None),
    ("2栋6层有一户漏水", None),
    ("请扫公司收款码或到前台缴纳", None),
    ("收费率91%，未缴户已个别送达", None),
    ("各位业主：您好！", None),
    ("参加“邻里节”", None),
    ("《甲》《乙》", None),
    ("《甲》（试行）、《乙》", None),
    ("8:30开始，17:00结束", None),
    ("1. 甲\n2. 乙\n3. 丙\n4. 丁", None),
    ("12栋A座", None),
    ("请绕行，谢谢", None),
    ("2026年5月1日（星期五）", None),
    ("5月5日8:00至5月6日17:00", None),
    ("22:00至次日6:00", None),
    (
        "8:00、3.5元、1.2m×2.4m、1:500、7×24小时、100 m²、50%、B1层、Wi-Fi、APP、LED灯、https:/"
        "/example.cn/a?b=1,c 、a@b.cn",
        None,
    ),
    ("文号客服〔2026〕7号、[2026]7号", None),
    ("二〇二六年五月一日", None),
    ("停电期间请提前缴费", None),
    ("我处不会以停水方式催费", None),
    ("为确保供水，保证质量，请确保家中有人", None),
    ("提升文明素质，做高素质业主", None),
    ("请关好水龙头，否则容易漏水。", "温馨提示"),
    ("请务必关好门窗，请勿抛物，请不要乱停，请立即撤离，请立即拨打119", "温馨提示"),
    ("电话138****0000，车牌豫A·1**23", None),
    ("3×5米，XXL号", None),
]
"""Text, genre."""


@pytest.mark.parametrize(("text", "code", "genre"), WRONG)
def test_what_the_guide_marks_wrong_is_found(text: str, code: str, genre: str | None) -> None:
    assert code in {finding.code for finding in check(text, genre=genre, whole=False)}


@pytest.mark.parametrize(("text", "genre"), RIGHT)
def test_what_the_guide_marks_right_passes(text: str, genre: str | None) -> None:
    assert check(text, genre=genre, whole=False) == []


SIGNED = "\n请您留意，谢谢。电话：0451-82000099\n柳荫里物业服务中心\n2026年5月8日"
TITLES = [
    ("小区乱停车现象严重", "N101", "关于规范车辆停放的通知"),
    (
        "关于开展夏季小区绿化带灌溉设备和喷淋管线集中检修养护工作的通知",
        "N102",
        "关于检修绿化灌溉设备的通知",
    ),
    ("关于调整门岗的公告", "N111", "关于调整门岗的通告"),
]


@pytest.mark.parametrize(("wrong", "code", "right"), TITLES)
def test_the_titles_of_the_guide(wrong: str, code: str, right: str) -> None:
    assert code in {finding.code for finding in check(wrong + SIGNED)}
    assert code not in {finding.code for finding in check(right + SIGNED)}


SIGNATURES = [
    ("物业部启\n2026年5月8日", "N106"),
    ("阳光里物业服务中心", "N107"),
    ("阳光里物业服务中心\n5月1日", "N108"),
    ("阳光里物业服务中心\n2026年05月01日", "N108"),
    ("有事请找物业\n阳光里物业服务中心\n2026年5月1日", "N109"),
]


@pytest.mark.parametrize(("signature", "code"), SIGNATURES)
def test_the_signatures_of_the_guide(signature: str, code: str) -> None:
    assert code in {
        finding.code for finding in check(f"关于车辆的通知\n各位车主：\n谢谢。\n{signature}")
    }


def test_a_bare_sentence_on_an_outage_lacks_its_fields() -> None:
    assert "N112" in {finding.code for finding in check("明天停水，请储水。")}


def test_a_fault_is_told_once_and_in_its_place() -> None:
    """A blank date is N110 only, a date without a year N108 only, 后果自负 in a tip N201 only."""
    head = (
        "关于车辆的通知\n各位车主：\n因检修，请留意，谢谢。电话：0451-82000099\n阳光里物业服务"
        "中心\n"
    )
    assert {finding.code for finding in check(head + "2026年  月  日")} == {"N110"}
    assert {finding.code for finding in check(head + "5月8日")} == {"N108"}
    tip = check("违规停放后果自负。", genre="温馨提示", whole=False)
    assert {finding.code for finding in tip} == {"N201"}

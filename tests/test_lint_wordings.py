"""One notice with one part in many wordings: those that will do, and those that will not."""

from __future__ import annotations

import pytest

from pmcli.lint import check

SHEET = {
    "title": "关于更换单元门锁的通知",
    "salutation": "各位业主：",
    "cause": "因原门锁老化，",
    "matter": "我处定于2026年5月12日9:00至17:00更换1—3单元门锁，请随身携带新钥匙。",
    "courtesy": "不便之处，敬请谅解。",
    "phone": "联系电话：0571-88201234",
    "office": "翠湖花园物业服务中心",
    "date": "2026年5月8日",
}
DAY = "我处定于{}9:00—17:00更换1—3单元门锁，请随身携带新钥匙。"
SPAN = "我处定于{}更换1—3单元门锁，请随身携带新钥匙。"


def codes(part: str, wording: str) -> set[str]:
    """The codes that the sheet has with one of its parts in other words."""
    said = SHEET | {part: wording}
    text = said["cause"] + said["matter"] + said["courtesy"]
    lines = [
        said["title"], said["salutation"], text, said["phone"], said["office"], said["date"],
    ]  # fmt: skip
    return {finding.code for finding in check("\n".join(line for line in lines if line))}


def _listed(part: str, frame: str, wordings: str) -> list[tuple[str, str]]:
    return [(part, frame.format(one)) for one in wordings.split("|")]


ENOUGH: dict[str, list[tuple[str, str]]] = {
    "N104": _listed(
        "cause",
        "{}",
        "应业主代表提议，|接派出所通知，|按照消防部门整改意见，|经业主大会表决通过，"
        "|近来单元门锁常被撬坏，|原门锁已使用十余年，钥匙流失较多。|考虑到老人记不住密码，"
        "|有业主建议换密码锁，|门禁系统即将到期，|受施工影响，|本着安全第一的原则，"
        "|配合智慧社区建设，|出于安全考虑，|经巡查发现，部分单元门锁损坏，|门锁用久了，开关很费劲，"
        "|年久失修，门锁锈蚀，|厂家停产旧型号配件，门锁坏了修不了，|日前，小区发生一起入室盗窃案。",
    ),
    "N105": _listed(
        "courtesy",
        "{}",
        "多谢合作！|请多担待。|望您海涵。|添麻烦之处请见谅。|不好意思给您添麻烦了！|恭祝安康。"
        "|请予理解。|敬希见谅。|恳请体谅。|辛苦大家了！|有劳各位了。|拜托了！|麻烦各位了！|感恩有您！|多蒙支持！"
        "|请各位业主予以理解。|叨扰之处，敬请原谅。",
    ),
    "N106": _listed(
        "office",
        "{}",
        "翠湖物业|绿城物业翠湖花园项目|翠湖花园管理处（盖章）|翠湖花园物业办公室|翠湖社区居委会"
        "|万家物业·翠湖花园服务中心|落款：翠湖花园物业服务中心|翠湖花园物业客服中心 宣",
    ),
    "N109": _listed(
        "phone",
        "{}",
        "电话：0571-8820 1234|TEL：8820-1234|☎ 8820 1234|有事请打 8820 1234。|客服前台 88201234"
        "|物业：8820-1234|电话：6688 9900转8001|电话：6688 9900 转 8001|内线8001"
        "|监控室：8820-1234转802|咨询：工程部8820 1234|联系方式：0571 88201234|电话：400-8201234"
        "|值班电话：8820 1234 / 8820 5678|如需帮助，请拨8820 1234|0571 88201234",
    ),
    "N116": _listed(
        "matter",
        DAY,
        "5月12日（星期二）|5月12日周二|周二（5月12日）|5月12日—13日（周二、周三）"
        "|5月12日（周二）至14日（周四）|5月12日至14日（周二至周四）",
    ),
    "N117": _listed(
        "matter",
        SPAN,
        "5月12日22:00至次日6:00|5月12日22:00至13日6:00|5月12日上午9:00—下午5:00"
        "|5月12日至14日每日8:30—17:30|5月12日晚10点至第二天早6点|每日22:00至6:00"
        "|5月12日中午12点到下午2点|5月12日20点至24点|12月28日至1月5日",
    ),
    "N404": _listed(
        "matter",
        SPAN,
        "5月12日上午9:00—下午17:00|5月12日（农历三月廿六）9:00|“五一”后的5月12日9:00"
        "|5月12日9点半至17点|5月12日9:00起，用时3小时，|5月12日早上9:00至晚上20:00",
    ),
}
AMISS: dict[str, list[tuple[str, str]]] = {
    "N104": [
        ("cause", ""),
        *_listed(
            "cause",
            "{}",
            "兹定于近日，|现通知如下：|经研究决定，|经公司研究决定，|兹通知各位业主，|我中心现决定，"
            "|请各位业主注意：|接下来，|您好！|即日起，|根据以下安排，",
        ),
    ],
    "N105": _listed(
        "courtesy",
        "{}",
        "特此通知。|望遵照执行。|请互相转告。|请各位业主予以配合。|敬请周知。|望各位业主配合执行。"
        "|请知悉。|庆祝小区成立十周年。|希望大家支持。|请自觉自愿遵守。",
    ),
    "N106": _listed("office", "{}", "物业|物业部宣|本公司|客服小张|您的管家小李|全体工作人员"),
    "N109": [
        ("phone", ""),
        *_listed(
            "phone",
            "{}",
            "有事请联系物业。|报警电话110|市民热线：12345|供电服务热线：95598|电话：|邮编：310012"
            "|缴费户号：88201234|房号：8820-1234室|派出所电话：0571-88110110|微信：cuihu-wuye",
        ),
    ],
    "N116": _listed(
        "matter",
        DAY,
        "5月12日（星期三）|5月12日周三|周三（5月12日）|5月12日—13日（周三、周四）"
        "|5月12日（周二）至14日（周五）|5月12日至14日（周一至周三）|星期五（2026年5月12日）",
    ),
    "N117": _listed(
        "matter",
        SPAN,
        "5月12日17:00至9:00|5月13日9:00～5月12日8:00|5月15日至14日每日8:30—17:30"
        "|5月12日下午5点至下午2点|5月12日14:00-14:00|5月12日至4月14日|5月12日下午3点到1点"
        "|5月12日11:30-8:30、14:00-17:00",
    ),
    "N404": _listed(
        "matter",
        SPAN,
        "5月12日9点至17:00|5月12日上午9:30至下午5点|5月12日下午2:00至17:00|5月12日、5/13"
        "|5/12和5月13日9:00—17:00|五月十二日和5月13日9:00—17:00|5月12日刷底漆、5/19刷面漆，",
    ),
}


@pytest.mark.parametrize(("code", "said"), [(c, s) for c, all_ in ENOUGH.items() for s in all_])
def test_a_wording_will_do(code: str, said: tuple[str, str]) -> None:
    assert codes(*said) == set(), code


@pytest.mark.parametrize(("code", "said"), [(c, s) for c, all_ in AMISS.items() for s in all_])
def test_a_wording_will_not_do(code: str, said: tuple[str, str]) -> None:
    assert codes(*said) == {code}


LIST = """关于规范停车的通知
各位业主：
因车辆乱停，现就停车事项提出如下：
{}
谢谢您的理解！
电话：0571-88201234
翠湖花园物业服务中心
2026年5月4日"""


@pytest.mark.parametrize(
    "items",
    [
        "1、3号楼前不停车\n2、5号楼前不停车\n3、请减速",
        "1、5月6日起划线\n2、5月8日起启用",
        "1.停入车位；2.减速；3.让行。",
        "缴费渠道：1.前台；2.公众号；3.银行代扣。",
        "一.停入车位\n二.减速\n三.让行",
    ],
)
def test_numbers_in_order_are_right(items: str) -> None:
    assert not check(LIST.format(items))


@pytest.mark.parametrize(
    "items",
    [
        "1、3号楼前不停车\n2、5号楼前不停车\n2、请减速",
        "1、5月6日起划线\n3、5月8日起启用",
        "1.停入车位；2.减速；4.让行。",
        "（1）停入车位\n（2）减速\n（2）让行",
    ],
)
def test_numbers_out_of_order_are_told(items: str) -> None:
    assert {finding.code for finding in check(LIST.format(items))} == {"N405"}


@pytest.mark.parametrize(
    "title",
    ["失物招领", "招租"],
)
def test_a_genre_in_the_front_matter_stands_for_one_in_the_title(title: str) -> None:
    text = (
        f"{title}\n5月3日，业主在南门附近拾到雨伞一把，请失主带证件到物业前台认领，保管至5月20日。\n"
        "电话：0571-88201234\n翠湖花园物业服务中心\n2026年5月4日"
    )
    assert {finding.code for finding in check(text)} == {"N101"}
    assert not check(f"---\ngenre: 启事\ntype: found-item\n---\n{text}")


LABELLED = """停水通知
各位业主：
停水原因：阀门更换
停水时间：2026年6月9日13:00
恢复时间：2026年6月9日{}
影响区域：6、7号楼，请提前备水
敬请谅解。
联系电话：7755 1122
悦澜湾物业服务中心
2026年6月6日"""


def test_an_end_on_its_own_line_is_compared_with_the_beginning() -> None:
    assert not check(LABELLED.format("17:00"))
    assert {finding.code for finding in check(LABELLED.format("10:00"))} == {"N117"}

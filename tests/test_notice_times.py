"""Notices: how long ahead they are issued, their order of times, how long they stay."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import Desk
from scenes import bring, one_commit, refuse

POWER = (
    "notice new power-outage --reason 供电公司检修线路 --scope 3号楼 --advice 请提前关好电器 "
    "--start '{start}' --end '{end}'"
)


def power(start: str = "2026-03-14 09:00", end: str = "2026-03-14 17:00", more: str = "") -> str:
    return f"{POWER.format(start=start, end=end)} {more}".strip()


SHORT = (
    "提前天数不足：--start 停电时间 2026-03-10 距落款日期 2026-03-05 只有 5 天，应有 7 天"
    "（供电单位计划停电，电力供应与使用条例第28条）；最早可安排在 2026-03-12，"
    "抢修等紧急情况写 --emergency yes"
)


@pytest.mark.parametrize(
    ("line", "until"),
    [
        (power(), "2026-03-15"),
        (power(more="--valid-until 2026-03-12"), "2026-03-12"),
        ("notice new pets --advice 出门遛犬请牵好绳", "2026-04-04"),
        ("notice new pets --advice 出门遛犬请牵好绳 --issue-on 2026-03-01", "2026-03-31"),
        (
            "notice new garden-spraying --start '2026-03-10 08:30' --end '2026-03-10 11:30' "
            "--area 花园 --precautions 请关好门窗 --safe-days 3",
            "2026-03-13",
        ),
        (
            "notice new garden-spraying --start '2026-03-10 08:30' --end '2026-03-10 11:30' "
            "--area 花园 --precautions 请关好门窗",
            "2026-03-10",
        ),
        (
            "notice new found-item --kind 钥匙一串 --place 花园 --found-on 2026-03-04 "
            "--claim-at 前台 --bring 说出特征",
            "2026-03-20",
        ),
        (
            "notice new found-item --kind 钥匙一串 --place 花园 --found-on 2026-03-04 "
            "--claim-at 前台 --bring 说出特征 --handover-on 2026-03-12",
            "2026-03-12",
        ),
        (
            "notice new holiday-safety --holiday 清明节 --span 2026-04-04..2026-04-06 "
            "--desk-hours 每日9:00至17:00 --advice 请锁好门窗",
            "2026-04-07",
        ),
        (
            "notice new typhoon-warning --signal 市气象台发布的台风黄色预警 "
            "--expected '2026-03-05 20:00..2026-03-07 08:00' --advice 请关好门窗",
            "2026-03-08",
        ),
        (
            "notice new fee-overdue --room 3-2-501 --period 2025年7月 --amount 100 --basis 合同 "
            "--ways 前台",
            None,
        ),
    ],
)
def test_how_long_a_notice_stays_follows_from_its_template(
    desk: Desk, line: str, until: str | None
) -> None:
    with one_commit(desk):
        number = desk.do(line).id
    assert desk.show(number).get("valid_until") == until


def test_what_was_set_by_hand_stays_and_what_was_worked_out_follows(desk: Desk) -> None:
    worked_out = desk.do(power()).id
    by_hand = desk.do(power(more="--valid-until 2026-03-20")).id
    for number in (worked_out, by_hand):
        desk.do(f"notice revise {number} --end '2026-03-16 12:00'")
    assert desk.show(worked_out)["valid_until"] == "2026-03-17"
    assert desk.show(by_hand)["valid_until"] == "2026-03-20"
    desk.do(f"notice revise {worked_out} --valid-until 2026-03-30")
    desk.do(f"notice revise {worked_out} --contact-phone 0731-88886667")
    assert desk.show(worked_out)["valid_until"] == "2026-03-30"


def test_a_text_names_the_last_day_that_the_record_has(desk: Desk) -> None:
    line = (
        "notice new survey-result --period 2026年2月 --sent 420 --returned 356 --rate 93.5% "
        "--actions 增加一次巡查"
    )
    assert "公示期至2026年3月20日" in desk.show(desk.do(line).id)["body"]
    later = desk.do(f"{line} --valid-until 2026-03-31").id
    assert "公示期至2026年3月31日" in desk.show(later)["body"]


@pytest.mark.parametrize("line", [power(), "notice new pets --advice 出门遛犬请牵好绳"])
def test_a_validity_that_ends_before_the_issue_is_refused(desk: Desk, line: str) -> None:
    refusal = refuse(desk, f"{line} --valid-until 2026-03-04", 2)
    assert refusal.messages == [
        "--valid-until 有效期至（2026-03-04）早于 --issue-on 落款日期（2026-03-05）"
    ]
    number = desk.do(line).id
    assert refuse(desk, f"notice revise {number} --valid-until 2026-03-04", 2).messages
    desk.do(f"{line} --issue-on 2026-03-04 --valid-until 2026-03-04")


def approved(desk: Desk, line: str) -> str:
    number = desk.do(line).id
    desk.do(f"notice submit {number}")
    desk.do(f"notice approve {number} --by 陈立")
    return number


def test_posting_asks_until_when_only_where_nobody_has_said(desk: Desk) -> None:
    number = approved(desk, power())
    desk.do(f"notice post {number} --places place=大堂,by=张敏")
    assert desk.show(number)["valid_until"] == "2026-03-15"
    free = bring(desk, "notice", "approved")
    refusal = refuse(desk, f"notice post {free} --places place=大堂,by=张敏", 2)
    assert refusal.messages == ["缺少 --valid-until 有效期至"]
    desk.do(f"notice post {free} --places place=大堂,by=张敏 --valid-until 2026-03-31")


def test_posting_refuses_what_is_past_though_nobody_typed_it(desk: Desk) -> None:
    number = approved(desk, power())
    desk.clock("2026-03-16 09:00")
    refusal = refuse(desk, f"notice post {number} --places place=大堂,by=张敏")
    assert refusal.messages == ["有效期 2026-03-15 已过"]
    desk.do(f"notice post {number} --places place=大堂,by=张敏 --valid-until 2026-03-17")
    assert desk.show(number)["valid_until"] == "2026-03-17"


# Notice time


def told(desk: Desk, line: str) -> list[str]:
    return [x for x in desk.do(line).err.splitlines() if x.startswith(("提前", "N113"))]


def test_too_short_a_notice_time_is_told_once_with_rule_and_first_day(desk: Desk) -> None:
    line = power("2026-03-10 09:00", "2026-03-10 17:00")
    assert told(desk, line) == [SHORT]
    number = desk.do(line).id
    assert told(desk, f"notice revise {number} --advice 请备好手电筒") == [SHORT]
    assert told(desk, f"notice submit {number}") == [SHORT]


@pytest.mark.parametrize(
    ("line", "tells"),
    [
        (power("2026-03-12 00:00", "2026-03-12 17:00"), False),
        (power("2026-03-11 23:00", "2026-03-12 17:00"), True),
        (power("2026-03-10 09:00", "2026-03-10 17:00", "--emergency yes"), False),
        (power("2026-03-07 09:00", "2026-03-07 17:00", "--own-work yes"), False),
        (power("2026-03-06 09:00", "2026-03-06 17:00", "--own-work yes"), True),
        (power("2026-03-10 09:00", "2026-03-10 17:00", "--issue-on 2026-03-03"), False),
        (
            "notice new event-invitation --theme 邻里节 --start '2026-03-08 14:00' --place 广场 "
            "--who 全体 --signup 无需报名 --quota 99",
            False,
        ),
        (
            "notice new event-invitation --theme 邻里节 --start '2026-03-08 14:00' --place 广场 "
            "--who 全体 --signup 无需报名 --quota 100",
            True,
        ),
        (
            "notice new water-outage --reason 换阀 --start '2026-03-06 00:30' "
            "--end '2026-03-06 08:00' --scope 3号楼 --advice 请提前储水",
            False,
        ),
        (
            "notice new water-outage --reason 换阀 --start '2026-03-05 23:30' "
            "--end '2026-03-06 08:00' --scope 3号楼 --advice 请提前储水",
            True,
        ),
        (
            "notice new move-in --span 2026-03-20..2026-03-25 --place 大厅 --bring 合同 "
            "--fees 按合同 --steps 核对",
            False,
        ),
        (
            "notice new move-in --span 2026-03-19..2026-03-25 --place 大厅 --bring 合同 "
            "--fees 按合同 --steps 核对",
            True,
        ),
        (
            "notice new lease-offer --object 架空层 --use 便民点 --approval 〔2026〕2号 "
            "--contact 前台",
            False,
        ),
    ],
)
def test_notice_time_counts_calendar_days(desk: Desk, line: str, tells: bool) -> None:
    assert bool(told(desk, line)) == tells


@pytest.mark.parametrize(
    ("figures", "tells"),
    [
        ("notice.power_lead: 3d", False),
        ("notice.power_lead: 72h", False),
        ("notice.power_lead: 6d", True),
        ("notice.power_lead: {value: 2d, source: 合同}", False),
    ],
)
def test_the_office_sets_its_own_notice_time(desk: Desk, figures: str, tells: bool) -> None:
    config = desk.root / "office.yaml"
    config.write_text(config.read_text("utf-8") + f"figures: {{{figures}}}\n", "utf-8")
    line = power("2026-03-10 09:00", "2026-03-10 17:00")
    assert bool(told(desk, line)) == tells
    number = desk.do(line).id
    found = desk(f"lint {number} --format json").json["findings"]
    assert bool([f for f in found if f["code"] == "N113"]) == tells


def test_the_office_sets_a_notice_time_of_a_template(desk: Desk) -> None:
    line = (
        "notice new pest-control --start '2026-03-08 09:00' --end '2026-03-08 17:00' --area 楼道 "
        "--precautions 请关好门窗"
    )
    assert told(desk, line) == []
    config = desk.root / "office.yaml"
    text = config.read_text("utf-8")
    config.write_text(text + "figures: {notice.pest_control_lead: 5d}\n", "utf-8")
    (said,) = told(desk, line)
    assert "只有 3 天，应有 5 天" in said and "2026-03-10" in said


def test_too_short_a_notice_time_is_refused_on_request(desk: Desk) -> None:
    late = desk.do(power("2026-03-10 09:00", "2026-03-10 17:00")).id
    assert refuse(desk, f"notice submit {late} --strict yes").messages == [SHORT]
    config = desk.root / "office.yaml"
    text = config.read_text("utf-8")
    config.write_text(text + "figures: {notice.strict_lead: 1}\n", "utf-8")
    desk.git("commit", "-qam", "strict")
    refusal = refuse(desk, f"notice submit {late}")
    assert refusal.messages == [SHORT]
    assert refusal.next == ["revise", "void"]
    desk.do(f"notice revise {late} --emergency yes")
    desk.do(f"notice submit {late}")
    early = desk.do(power()).id
    desk.do(f"notice submit {early} --strict yes")
    assert "strict" not in desk.show(early)


# Order of times


@pytest.mark.parametrize(
    ("line", "messages"),
    [
        (
            power("2026-03-14 17:00", "2026-03-14 09:00"),
            ["--end 恢复时间（2026-03-14 09:00）应晚于 --start 停电时间（2026-03-14 17:00）"],
        ),
        (
            power("2026-03-14 17:00", "2026-03-14 17:00"),
            ["--end 恢复时间（2026-03-14 17:00）应晚于 --start 停电时间（2026-03-14 17:00）"],
        ),
        (
            power("2026-03-04 09:00", "2026-03-06 17:00"),
            ["--start 停电时间（2026-03-04 09:00）不能早于 --issue-on 落款日期（2026-03-05）"],
        ),
        (
            power("2026-03-14 09:00", "2026-03-16 17:00", "--issue-on 2026-03-15"),
            ["--start 停电时间（2026-03-14 09:00）不能早于 --issue-on 落款日期（2026-03-15）"],
        ),
        (
            "notice new event-invitation --theme 邻里节 --start '2026-03-14 14:00' --place 广场 "
            "--who 全体 --signup 前台登记 --signup-by 2026-03-15",
            ["--start 开始时间（2026-03-14 14:00）不能早于 --signup-by 报名截止日（2026-03-15）"],
        ),
        (
            "notice new event-invitation --theme 邻里节 --start '2026-03-14 14:00' --place 广场 "
            "--who 全体 --signup 前台登记 --signup-by 2026-03-04",
            ["--signup-by 报名截止日（2026-03-04）不能早于 --issue-on 落款日期（2026-03-05）"],
        ),
        (
            "notice new corridor-clearance --where 楼道 --move-by 2026-03-15 "
            "--storage-place 储物间 --claim-until 2026-03-14",
            ["--claim-until 领回期限（2026-03-14）不能早于 --move-by 移出日期（2026-03-15）"],
        ),
        (
            "notice new access-card --reason 升级 --from 2026-03-12 --to 2026-03-11 --place 前台 "
            "--bring 证件",
            ["--to 结束日（2026-03-11）不能早于 --from 开始日（2026-03-12）"],
        ),
        (
            "notice new exam-quiet --event 高考 --period 2026-03-01..2026-03-09 --quiet-hours 全天",
            [
                "--period 起止日期（2026-03-01..2026-03-09）"
                "不能早于 --issue-on 落款日期（2026-03-05）"
            ],
        ),
        (
            "notice new found-item --kind 钥匙一串 --place 花园 --found-on 2026-03-06 "
            "--claim-at 前台 --bring 说出特征",
            ["--issue-on 落款日期（2026-03-05）不能早于 --found-on 拾到日期（2026-03-06）"],
        ),
    ],
)
def test_times_out_of_order_are_refused_with_both_options(
    desk: Desk, line: str, messages: list[str]
) -> None:
    assert refuse(desk, line, 2).messages == messages


@pytest.mark.parametrize(
    "line",
    [
        power("2026-03-14 22:00", "2026-03-15 06:00"),
        power("2026-03-04 09:00", "2026-03-06 17:00", "--emergency yes"),
        "notice new access-card --reason 升级 --from 2026-03-12 --to 2026-03-12 --place 前台 "
        "--bring 证件",
        "notice new event-invitation --theme 邻里节 --start '2026-03-14 14:00' --place 广场 "
        "--who 全体 --signup 前台登记 --signup-by 2026-03-14",
    ],
)
def test_times_in_order_pass(desk: Desk, line: str) -> None:
    desk.do(line)


def test_a_revision_keeps_the_order_too(desk: Desk) -> None:
    number = desk.do(power()).id
    refusal = refuse(desk, f"notice revise {number} --end '2026-03-13 09:00'", 2)
    assert refusal.messages == [
        "--end 恢复时间（2026-03-13 09:00）应晚于 --start 停电时间（2026-03-14 09:00）"
    ]


# Types


@pytest.mark.parametrize(
    ("typed", "kept", "read"),
    [
        ("2026-03-28..2026-04-06", "2026-03-28..2026-04-06", "2026年3月28日至4月6日"),
        ("2026-03-28~2026-04-06", "2026-03-28..2026-04-06", "2026年3月28日至4月6日"),
        ("2026年3月28日至4月6日", "2026-03-28..2026-04-06", "2026年3月28日至4月6日"),
        ("2026.3.28 – 2026.4.6", "2026-03-28..2026-04-06", "2026年3月28日至4月6日"),
        ("2026-12-28..2027-01-06", "2026-12-28..2027-01-06", "2026年12月28日至2027年1月6日"),
        ("2026-03-28..2026-03-28", "2026-03-28..2026-03-28", "2026年3月28日"),
        (
            "2026-03-28 20:00..23:00",
            "2026-03-28 20:00..2026-03-28 23:00",
            "2026年3月28日20:00至23:00",
        ),
        (
            "2026-03-28T20:00..2026-03-30T8:00",
            "2026-03-28 20:00..2026-03-30 08:00",
            "2026年3月28日20:00至3月30日8:00",
        ),
    ],
)
def test_a_span_is_typed_in_many_ways_and_kept_in_one(
    desk: Desk, typed: str, kept: str, read: str
) -> None:
    number = desk.do(
        ["notice", "new", "move-in", "--span", typed, "--place", "大厅", "--bring", "合同",
         "--fees", "按合同", "--steps", "核对"]
    ).id  # fmt: skip
    shown: Any = desk.show(number)
    assert {"name": "span", "value": kept} in shown["values"]
    assert f"办理时间：{read}\n" in shown["body"]


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (["--span", "2026-04-06..2026-03-28"], "结束早于开始"),
        (["--span", "2026-03-28 20:00..2026-03-28 20:00"], "结束早于开始"),
        (["--span", "2026-03-28"], "如 2026-03-28..2026-04-06"),
        (["--span", "下周"], "如 2026-03-28..2026-04-06"),
        (["--span", "2026-03-28..2026-04-31"], "如 2026-03-28..2026-04-06"),
        (["--span", "2026-03-28 20:00..2026-04-06"], "如 2026-03-28..2026-04-06"),
        (["--span", "2026-03-28..2026-04-06..2026-04-07"], "如 2026-03-28..2026-04-06"),
    ],
)
def test_what_is_no_span_is_refused_with_an_example(
    desk: Desk, options: list[str], part: str
) -> None:
    line = ["notice", "new", "move-in", *options, "--place", "大厅", "--bring", "合同",
            "--fees", "按合同", "--steps", "核对"]  # fmt: skip
    refused = desk.refused([*line, "--format", "json"], 2)
    (message,) = refused.json["error"]["messages"]
    assert message.startswith("--span 办理起止日") and part in message


@pytest.mark.parametrize(
    ("line", "part"),
    [
        (power("明早", "2026-03-14 17:00"), "--start 停电时间 应为时间，如 2026-03-05 9:30"),
        ("notice new fee-reminder --period 4月 --due 月底 --ways 前台", "应为日期，如 2026-03-05"),
        ("notice new access-card --fee 五元", "应为金额（元），最多两位小数，如 35"),
        ("notice new survey-result --sent 很多", "应为整数"),
        ("notice new fire-drill --alarms 大声", "--alarms 响警报"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused(desk: Desk, line: str, part: str) -> None:
    assert refuse(desk, line, 2).says(part)


def test_an_unknown_variable_is_answered_with_those_there_are(desk: Desk) -> None:
    refused = desk.refused("notice new pets --advise 牵绳", 2)
    assert "模板没有变量 --advise；有：--advice、--local-rule" in refused.err
    json = desk.refused("notice new pets --advise 牵绳 --format json", 2).json
    assert json["error"]["messages"] == ["模板没有变量 --advise；有：--advice、--local-rule"]


def test_a_variable_that_nobody_can_see_is_none(desk: Desk) -> None:
    line = ["notice", "new", "fire-safety", "--season", "\u200b\u202e", "--advice", "关火"]
    refused = desk.refused([*line, "--format", "json"], 2)
    assert refused.json["error"]["messages"] == ["缺少 --season 时节"]


@pytest.mark.parametrize("flag", ["seal", "emergency"])
def test_the_flags_that_every_notice_has_are_kept(desk: Desk, flag: str) -> None:
    assert desk.show(desk.do(power(more=f"--{flag} yes")).id)[flag] is True


# The linter knows what the record knows


def test_lint_of_a_record_takes_its_type_and_validity(desk: Desk) -> None:
    tip = desk.do("notice new pets --advice 出门遛犬请牵好绳").id
    assert desk(f"lint {tip} --format json").json["findings"] == []
    assert desk.do(f"lint {tip} --strict").code == 0
    free = desk.do(
        "notice new blank --genre 温馨提示 --title 关于文明养宠的温馨提示 --addressee 尊敬的业主： "
        "--body 近来养宠家庭增多，出门遛犬请牵好绳。感谢您的支持！"
    )
    assert "N115" in free.err
    later = desk.do(f"notice revise {free.id} --valid-until 2026-03-31")
    assert "N115" not in later.err
    drill = desk.do(
        "notice new fire-drill --start '2026-03-14 09:30' --end '2026-03-14 11:00' --place 广场 "
        "--who 全体住户 --alarms no"
    ).id
    path = next(desk.root.glob(f"records/notice/*/*/{drill}.md"))
    path.write_text(
        path.read_text("utf-8").replace("二、演练地点：广场\n", "").replace("三、", "二、"), "utf-8"
    )
    text = path.read_text("utf-8")
    found = desk(f"lint {drill} --format json").json["findings"]
    assert "N405" in {f["code"] for f in found}
    (gap,) = [f for f in found if f["code"] == "N405"]
    assert text.splitlines()[gap["line"] - 1].startswith("四、")


def test_an_emergency_is_no_late_notice_to_lint(desk: Desk) -> None:
    line = power("2026-03-06 09:00", "2026-03-06 17:00")
    late, urgent = desk.do(line).id, desk.do(f"{line} --emergency yes").id
    assert {f["code"] for f in desk(f"lint {late} --format json").json["findings"]} == {"N113"}
    assert desk(f"lint {urgent} --format json").json["findings"] == []


def test_a_record_that_lacks_a_variable_is_asked_for_it(desk: Desk) -> None:
    number = desk.do(
        "notice new exam-quiet --event 高考 --period 2026-06-06..2026-06-09 --quiet-hours 全天"
    ).id
    path = next(desk.root.glob(f"records/notice/*/*/{number}.md"))
    text = path.read_text("utf-8").replace("name: period", "name: period_start")
    path.write_text(text, "utf-8")
    desk.git("commit", "-qam", "by hand")
    refusal = refuse(desk, f"notice revise {number} --quiet-hours 夜间", 2)
    assert refusal.messages == ["缺少 --period 起止日期"]
    desk.do(f"notice revise {number} --quiet-hours 夜间 --period 2026-06-06..2026-06-09")

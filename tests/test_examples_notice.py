"""The numbered examples of procedures.md, notice 通知/温馨提示/启事."""

from __future__ import annotations

import pytest
from conftest import Desk
from scenes import bring, one_commit, refuse

DRAFT = (
    "notice new blank --genre 温馨提示 --title 关于文明养犬的温馨提示 "
    "--body 请牵绳遛犬,否则后果自负。 --addressee 尊敬的业主： --issue-on 2026-03-05"
)


@pytest.fixture
def tz1(desk: Desk) -> str:
    return desk.do(DRAFT).id


def test_notice_1(desk: Desk) -> None:
    with one_commit(desk):
        done = desk.do(DRAFT)
    shown = desk.show(done.id)
    assert (shown["state"], shown["body"]) == ("draft", "请牵绳遛犬,否则后果自负。")
    assert shown["issuer"] == "翠湖花园物业服务中心"
    assert "N201 错误" in done.err and "N401 提醒" in done.err


def test_notice_2(desk: Desk, tz1: str) -> None:
    refusal = refuse(desk, f"notice submit {tz1}")
    assert refusal.says("N201")
    assert refusal.next == ["revise", "void"]
    assert "revise 修改、void 作废" in refusal.text


def test_notice_3(desk: Desk, tz1: str) -> None:
    desk.do(f"notice revise {tz1} --body 敬请牵绳遛犬，感谢您的配合。")
    with one_commit(desk):
        desk.do(f"notice submit {tz1}")
    assert desk.show(tz1)["state"] == "submitted"


def test_notice_4(desk: Desk) -> None:
    tz1 = bring(desk, "notice", "submitted")
    refusal = refuse(desk, f"notice approve {tz1}")
    assert refusal.says("项目经理")
    assert len(refusal.messages) == 2
    assert refusal.next == ["void"]


def test_notice_5(desk: Desk) -> None:
    tz1 = bring(desk, "notice", "approved")
    refusal = refuse(
        desk, f"notice post {tz1} --places place=3栋大堂,by=张敏 --valid-until 2026-03-01"
    )
    assert refusal.messages == ["有效期 2026-03-01 已过"]


def test_notice_6(desk: Desk) -> None:
    refusal = refuse(
        desk,
        'notice new water-outage --reason 更换主阀门 --start "2026-03-07 09:00" --scope 3号楼',
        2,
    )
    assert refusal.messages == ["缺少 --end 恢复时间", "缺少 --advice 提示事项"]


def test_notice_7(desk: Desk) -> None:
    tz1 = bring(desk, "notice", "posted")
    refusal = refuse(desk, f"notice remove {tz1}")
    assert refusal.messages == ["有效期至 2026-03-31；提前撤除请写明 --reason"]
    desk.do(f"notice remove {tz1} --reason 内容已更新")
    (place,) = desk.show(tz1)["places"]
    assert place["removed_at"] == "2026-03-05T09:00:00+08:00"


OUTAGE = (
    'notice new water-outage --reason 更换主阀门 --start "2026-03-07 09:00" '
    '--end "2026-03-07 17:00" --scope 3号楼 --scope 5号楼 --advice 请提前储水 '
    "--advice 请关好水龙头"
)


def test_a_template_fills_title_and_text(desk: Desk) -> None:
    tz = desk.do(OUTAGE).id
    shown = desk.show(tz)
    assert shown["title"] == "关于3号楼、5号楼停水的通知"
    assert shown["genre"] == "通知"
    assert "2026年3月7日9:00至17:00" in shown["body"]
    assert "请提前储水；请关好水龙头\n" in shown["body"]
    desk.do(f'notice revise {tz} --end "2026-03-07 19:30"')
    again = desk.show(tz)["body"]
    assert "2026年3月7日9:00至19:30" in again and "更换主阀门" in again


def test_a_no_is_kept_as_a_no(desk: Desk) -> None:
    folder = desk.root / "templates" / "notices"
    folder.mkdir(parents=True)
    (folder / "hall.md.j2").write_text(
        "---\nlabel: 大堂 | Hall\npresets: {genre: 通知}\ntitle: 关于大堂的通知\n"
        "variables:\n  shut: {label: 关闭 | Shut, type: flag, required: true}\n---\n"
        "大堂{{ '关闭' if shut else '照常开放' }}。\n",
        "utf-8",
    )
    tz = desk.do("notice new hall --shut no").id
    assert desk.show(tz)["values"] == [{"name": "shut", "value": "false"}]
    desk.do(f"notice revise {tz} --contact-phone 0731-88886667")
    assert desk.show(tz)["body"] == "大堂照常开放。"


def test_what_is_typed_is_never_template_code(desk: Desk) -> None:
    tz = desk.do(OUTAGE.replace("更换主阀门", "'{{ 7 * 6 }}{% raw %}'")).id
    assert "{{ 7 * 6 }}{% raw %}" in desk.show(tz)["body"]


def test_an_unknown_template_is_answered_with_the_list(desk: Desk) -> None:
    refusal = refuse(desk, "notice new nosuch", 2)
    assert "blank" in refusal.text and "water-outage" in refusal.text


def test_an_office_adds_a_template_by_a_file(desk: Desk) -> None:
    folder = desk.root / "templates" / "notices"
    folder.mkdir(parents=True)
    (folder / "pool.md.j2").write_text(
        "---\nlabel: 泳池 | Pool\npresets: {genre: 通知, addressee: 各位业主：}\n"
        "title: 关于泳池{{ day }}开放的通知\n"
        "variables:\n  day: {label: 日期 | Day, type: date, required: true}\n---\n"
        "因天气转暖，泳池{{ day }}起开放。感谢您的支持！\n",
        "utf-8",
    )
    tz = desk.do("notice new pool --day 2026-06-01").id
    assert desk.show(tz)["title"] == "关于泳池2026年6月1日开放的通知"
    assert "缺少 --day 日期" in refuse(desk, "notice new pool", 2).text


def test_a_broken_template_names_its_line(desk: Desk) -> None:
    folder = desk.root / "templates" / "notices"
    folder.mkdir(parents=True)
    (folder / "bad.md.j2").write_text("---\nlabel: 坏\ntitle: 坏\n---\n第一行\n{% if %}\n", "utf-8")
    (folder / "odd.md.j2").write_text("---\nlabel: 坏\ntitle: 坏\n---\n{{ nosuch }}\n", "utf-8")
    refusal = desk.refused("notice new bad", 1)
    assert "templates/notices/bad.md.j2:6" in refusal.err
    assert "nosuch" in desk.refused("notice new odd", 1).err


def test_numbers_count_by_year(desk: Desk) -> None:
    first, second = bring(desk, "notice", "approved"), bring(desk, "notice", "approved")
    assert desk.show(first)["number"] == "客服〔2026〕1号"
    assert desk.show(second)["number"] == "客服〔2026〕2号"
    desk.clock("2027-01-04 09:00")
    assert desk.show(bring(desk, "notice", "approved"))["number"] == "客服〔2027〕1号"


def test_what_was_approved_is_what_is_posted(desk: Desk) -> None:
    tz = bring(desk, "notice", "approved")
    path = next(desk.root.glob(f"records/notice/*/*/{tz}.md"))
    path.write_text(path.read_text("utf-8").replace("牵好绳", "牵绳"), "utf-8")
    desk.git("commit", "-qam", "by hand")
    refusal = refuse(
        desk, f"notice post {tz} --places place=3栋大堂,by=张敏 --valid-until 2026-03-31"
    )
    assert refusal.messages == ["批准后文字有改动，须作废后重新拟稿"]


def test_a_letter_goes_to_one_home(desk: Desk) -> None:
    tz = desk.do(
        "notice new blank --genre 函 --title 关于商请移车的函 --addressee 3-2-501业主： "
        "--body 因消防通道检修，商请您移动车辆，谢谢您的支持。"
    ).id
    desk.do(f"notice submit {tz}")
    desk.do(f"notice approve {tz} --by 陈立")
    wall = refuse(desk, f"notice post {tz} --places place=大堂,by=张敏 --valid-until 2026-03-31")
    assert wall.messages == ["函只送达一户，--places 写一个房号"]
    desk.do(f"notice post {tz} --places place=3-2-501,by=张敏 --valid-until 2026-03-31")


def test_who_drafted_does_not_approve(desk: Desk) -> None:
    tz = desk.do(f"{DRAFT.replace('请牵绳遛犬,否则后果自负。', '敬请牵绳，谢谢。')} --by 陈立").id
    desk.do(f"notice submit {tz}")
    refusal = refuse(desk, f"notice approve {tz} --by 陈立")
    assert refusal.says("陈立")

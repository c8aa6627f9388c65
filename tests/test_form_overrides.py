"""An office's own file in place of a built-in form, or laid over it with `extends:`."""

from __future__ import annotations

from conftest import Desk
from scenes import bring, refuse


def put(desk: Desk, name: str, text: str) -> None:
    """Put a form file into the office and commit it."""
    folder = desk.root / "forms"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yaml").write_text(text, "utf-8", newline="\n")
    desk.git("add", "forms")
    desk.git("commit", "--quiet", "-m", f"forms: {name}")


REPAIR = """\
# 本小区的报修单：多一项楼层，急修也叫抢修，派单要填预计到场。
extends: repair
title: 报修工单 | Work order
fields:
  floor: {label: 楼层 | Floor, type: integer}
  place: {label: 哪里坏了 | Where}
  urgency: {choices: {urgent: 抢修 | emergency}}
states:
  received: 待派 | waiting
transitions:
  new:
    may: [unit, phone, urgency, urgent_class, appointment, charge_type, floor]
  dispatch:
    asks: [worker, appointment]
    may: [helpers]
clocks:
  dispatch: {within: 10m}
  finish: ~
list: [id, floor, place, state]
"""
NEW = (
    "repair new --area public --place 大堂 --kind electrical --reporter 保安 --request 灯不亮 "
    "--floor 3"
)


def test_extends_changes_what_it_says(desk: Desk) -> None:
    put(desk, "repair", REPAIR)
    desk.do("forms check")
    made = desk.do(NEW)
    assert made.out == f"{made.id}  报修工单：待派\n"
    shown = desk.show(made.id)
    assert shown["floor"] == 3
    due = {c["clock"]: c["due"] for c in shown["clocks"]}
    assert due["dispatch"] == "2026-03-05T09:10:00+08:00"
    assert "finish" not in due
    page = desk.do(f"repair show {made.id}").out
    assert "哪里坏了" in page
    assert desk.do("repair list").out.split("\n")[0].split() == ["编号", "楼层", "哪里坏了", "状态"]
    missing = refuse(desk, f"repair dispatch {made.id} --worker 李强", 2)
    assert missing.messages == ["缺少 --appointment 约定上门时间"]
    urgent = desk.do(f"{NEW} --urgency 抢修 --urgent-class falling")
    assert desk.show(urgent.id)["urgency"] == "urgent"


def test_extends_leaves_the_rest_to_the_built_in(desk: Desk) -> None:
    put(desk, "repair", REPAIR)
    number = desk.do(NEW).id
    assert number.startswith("BX-")
    refused = refuse(desk, f"repair dispatch {number} --worker 张敏 --appointment 10:00")
    assert refused.messages == ["张敏 没有维修岗位"]
    desk.do(f"repair dispatch {number} --worker 李强 --appointment 10:00")
    desk.do(f"repair arrive {number} --by 李强")
    desk.do(f"repair start {number} --by 李强")
    (revisit,) = desk.do(f"repair finish {number} --work-done 换灯 --amount 0 --by 李强").made
    assert desk.show(number)["revisits"] == [revisit]
    desk.do(f"repair sign {number} --signed-by 保安")
    assert refuse(desk, f"repair close {number}").see == [f"revisit do {revisit}"]
    assert "JYHT-KF-24" in desk.do(f"repair print {number}").out
    # the forms that make repairs make the office's
    visit = bring(desk, "visit", "received")
    (child,) = desk.do(
        f"visit refer {visit} --kind plumbing --area private --place 厨房 --floor 5"
    ).made
    assert desk.show(child)["floor"] == 5


def test_extends_keeps_records_made_before(desk: Desk) -> None:
    number = bring(desk, "repair", "dispatched")
    before = (desk.root / desk.show(number)["path"]).read_bytes()
    put(desk, "repair", REPAIR)
    assert desk.show(number)["state"] == "dispatched"
    assert (desk.root / desk.show(number)["path"]).read_bytes() == before
    desk.do(f"repair arrive {number} --by 李强")


def test_extends_reports_faults_in_the_file_they_stand_in(desk: Desk) -> None:
    put(desk, "repair", REPAIR.replace("within: 10m", "within: 十分钟"))
    told = desk("forms check")
    assert told.code == 1
    line = REPAIR[: REPAIR.index("within: 10m")].count("\n") + 1
    assert f"forms/repair.yaml:{line}: dispatch：“十分钟”不是时长或数目" in told.err
    # what the office takes away may leave the built-in pointing at nothing, at the built-in's line
    put(desk, "repair", "extends: repair\nstates: {held: ~}\n")
    told = desk("forms check")
    assert told.code == 1
    assert "<pmcli>/forms/repair.yaml:" in told.err
    assert "没有状态 held" in told.err
    assert "forms/repair.yaml:0" not in told.err


def test_extends_of_nothing(desk: Desk) -> None:
    put(desk, "repair", "form: repair\nextends: repairs\n")
    told = desk("forms check")
    assert told.code == 1
    assert "forms/repair.yaml:2: extends: 没有内置表单 repairs" in told.err


def test_a_form_of_another_name_can_extend_a_built_in(desk: Desk) -> None:
    put(
        desk,
        "pool",
        "form: pool\nextends: complaint\ntitle: 泳池投诉 | Pool complaint\nprefix: YC\n",
    )
    desk.do("forms check")
    number = desk.do(
        "pool new --complainant 王女士 --channel phone --against office --cause other "
        "--request 水凉 --apologised yes"
    ).id
    assert number == "YC-260305-A01"
    assert desk.do(f"pool assign {number} --handler 王芳").out.startswith(f"{number}  泳池投诉")
    assert desk.do("complaint list --format json").json["total"] == 0


def test_a_whole_form_in_the_place_of_a_built_in(desk: Desk) -> None:
    put(
        desk,
        "complaint",
        "form: complaint\ntitle: 意见 | Remark\nprefix: YJ\n"
        "fields:\n  words: {label: 内容 | Words, type: longtext, body: true}\n"
        "states:\n  said: 已记 | said\n  done: {label: 已办 | done, final: true}\n"
        "transitions:\n  new: {label: 记 | Note, to: said, asks: [words]}\n"
        "  settle: {label: 办 | Settle, from: said, to: done}\n",
    )
    number = desk.do("complaint new --words 灯太暗").id
    assert number == "YJ-260305-A01"
    desk.do(f"complaint settle {number}")
    assert desk.show(number)["state"] == "done"


def test_eject_gives_the_built_in_to_change(desk: Desk) -> None:
    desk.do("forms eject revisit")
    path = desk.root / "forms" / "revisit.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("title: 回访 |", "title: 上门回访 |"), "utf-8", newline="\n")
    desk.do("forms check")
    listed = {r["form"]: r for r in desk.do("forms list --format json").json["records"]}
    assert listed["revisit"]["built_in"] is False
    assert listed["revisit"]["title"] == "上门回访"
    assert desk.refused("forms eject revisit", 5)

"""undo: what a step wrote goes back, what happened stays told, and numbers are not given twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk
from crashes import UNHARMED, contents, die_at, driver, leftovers
from every_step import BY_HAND, STEPS, prepare, steps_from
from scenes import PATHS, bring, fill, lines_to, new_unit, one_commit, refuse

from pmcli.record.query import Query
from pmcli.store.office import load_library
from pmcli.store.unit_of_work import Store

SHIPPED = load_library(None)
OPEN = {n: [s for s, spec in SHIPPED.get(n).states.items() if not spec.final] for n in PATHS}
STATES = [
    pytest.param(name, state, marks=[] if state == states[-1] else pytest.mark.slow)
    for name, states in OPEN.items()
    for state in states
]
"""Every open state; of each form one is tried in every run, the others in the long one."""
NEW = "visit new --category other --channel phone --visitor 刘先生 --content 打听营业时间"


def everything(desk: Desk) -> dict[str, dict[str, Any]]:
    """The values of every record of the office, without history."""
    store = Store(desk.root)
    return {
        record.id: dict(record.values)
        for name in store.library.names
        if store.library.load(name)[0] is not None
        for record in store.records.find(Query(forms=(name,)))
    }


def sound(desk: Desk) -> None:
    """Nothing uncommitted, and `check` has nothing to say of the records."""
    desk.clean()
    found = desk("check --format json").json["findings"]
    assert [f for f in found if f["file"].startswith("records/")] == []


def lasting(before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]) -> bool:
    """Whether something changed that its form says is never taken back."""
    for number, values in after.items():
        form, old = SHIPPED.get(values["form"]), before.get(number, {})
        grown = [f.name for f in form.fields.values() if f.append_only]
        if values != old and (form.no_edit or any(values.get(n) != old.get(n) for n in grown)):
            return True
    return False


@pytest.mark.parametrize(("name", "state"), STATES)
def test_a_step_and_its_undoing_leave_every_value_as_it_was(
    desk: Desk, name: str, state: str
) -> None:
    number = bring(desk, name, state)
    begin = last = desk.head
    for command in steps_from(SHIPPED.get(name), state):
        if (name, state, command) in BY_HAND:
            continue
        prepare(desk, name, state, command, number)
        before = everything(desk)
        told = len(desk.show(number)["history"])
        desk.do(f"{name} {command} {number} {STEPS[name][command]}")
        step = SHIPPED.get(name).variant(command, state)
        assert step is not None
        if step.erases_private:
            assert refuse(desk, f"undo {number} --reason 点错 --by 陈立").says("不能恢复")
        elif lasting(before, everything(desk)):
            refuse(desk, f"undo {number} --reason 点错 --by 陈立")
        else:
            with one_commit(desk):
                desk.do(f"undo {number} --reason 点错 --by 陈立")
            assert everything(desk) == before, command
            done, undone = desk.show(number)["history"][told:]
            assert done["command"] == command
            assert undone["command"] == "undo"
            assert (undone["from"], undone["to"]) == (done["to"], state)
            assert (undone["by"], undone["reason"]) == ("陈立", "点错")
            desk.clean()
        last = desk.head
        desk.git("reset", "--hard", "--quiet", begin)
        desk.git("clean", "-fdq")
    desk.git("reset", "--hard", "--quiet", last)
    sound(desk)


@pytest.mark.parametrize("name", list(PATHS))
def test_a_new_record_and_its_undoing(desk: Desk, name: str) -> None:
    first = next(state for state in PATHS[name] if state == SHIPPED.get(name).new.to)
    *others, last = lines_to(name, first)
    number = ""
    for line in others:
        number = desk.do(fill(desk, line, number)).id
    before = everything(desk)
    line = fill(desk, last, number)
    made = desk.do(line).id
    path = desk.show(made)["path"]
    if lasting(before, everything(desk)):
        refuse(desk, f"undo {made} --reason 重复 --by 陈立")
        return
    with one_commit(desk):
        done = desk.do(f"undo {made} --reason 重复 --by 陈立")
    assert made in done.out
    assert everything(desk) == before
    assert not (desk.root / path).exists()
    sound(desk)
    desk.refused(f"{name} show {made}", 3)
    again = desk.do(line).id
    assert (again == made) == (SHIPPED.get(name).number_field is not None)
    sound(desk)


def test_what_was_made_with_it_goes_and_its_number_stays_taken(desk: Desk) -> None:
    visit = bring(desk, "visit", "received")
    refer = f"visit refer {visit} --kind plumbing --area private --place 厨房"
    (repair,) = desk.do(refer).made
    done = desk.do("undo --reason 应走返修")
    assert f"  - {repair}" in done.out
    assert "已撤回：refer 转办" in done.err
    assert "下一步：refer 转办" in done.err
    (stone,) = (desk.root / "records/repair").rglob("*.undone")
    text = stone.read_text("utf-8")
    assert stone.name == f"{repair}.undone"
    assert "command: new" in text
    assert f"command: undo, from: received, reason: 应走返修, note: {visit}" in text
    assert "刘先生" not in text and "13800000001" not in text
    (again,) = desk.do(refer).made
    assert again != repair
    assert desk.show(visit)["children"] == [again]
    assert "command: new" in desk.git("show", f"HEAD~2:records/repair/2026/03/{repair}.md")
    sound(desk)


def test_the_commit_is_told_to_people_and_machines(desk: Desk) -> None:
    visit = bring(desk, "visit", "referred")
    (repair,) = desk.show(visit)["children"]
    shown = desk.do("undo --reason 点错 --format json").json
    message = desk.git("log", "-1", "--format=%B")
    assert message.startswith(f"visit {visit}: undo 撤回 ← refer 转办\n")
    assert f"Record: {visit}\nTransition: visit undo\n" in message
    assert f"Record: {repair}\nTransition: repair undo\n" in message
    assert shown["id"] == visit and shown["state"] == "received"
    assert shown["commit"] == desk.head
    assert shown["undone"]["command"] == "refer"
    assert shown["undone"]["commit"] == desk.git("rev-parse", "HEAD~1").strip()
    assert [(r["id"], r["removed"]) for r in shown["records"]] == [(visit, False), (repair, True)]


def test_a_record_changed_by_another_ones_step_names_that(desk: Desk) -> None:
    visit = bring(desk, "visit", "referred")
    (repair,) = desk.show(visit)["children"]
    told = refuse(desk, f"undo {repair} --reason 点错")
    assert told.says(f"随 {visit} 的 refer 而来") and told.says(f"pmcli undo {visit}")
    desk.do(f"undo {visit} --reason 点错")
    assert refuse(desk, f"undo {repair} --reason 再撤").says(f"{repair} 已经撤回")


def test_a_final_step_is_taken_back_when_nothing_followed(desk: Desk) -> None:
    number = bring(desk, "visit", "closed")
    desk.do(f"undo {number} --reason 还有一事未了")
    shown = desk.show(number)
    assert shown["state"] == "answered"
    assert "close_at" not in shown
    desk.do(f"visit close {number}")


def test_comments_and_keys_of_the_office_are_kept(desk: Desk) -> None:
    number = bring(desk, "visit", "received")
    path = desk.root / desk.show(number)["path"]
    text = path.read_text("utf-8").replace("channel: phone", "channel: phone  # 座机\n门店: 一号")
    path.write_text(text, "utf-8")
    desk.do("save")
    kept = path.read_text("utf-8").rstrip().split("---\n厨房水管漏水")[0]
    assert "# 座机\n门店: 一号" in kept
    desk.do(f"visit refer {number} --kind plumbing --area private --place 厨房")
    desk.do("undo --reason 点错")
    now = path.read_text("utf-8")
    assert now.startswith(kept)
    assert now.endswith("---\n厨房水管漏水\n")
    desk.clean()


def test_step_by_step_back_to_the_beginning(desk: Desk) -> None:
    number = bring(desk, "repair", "arrived")
    for state in ("dispatched", "received"):
        desk.do(f"undo {number} --reason 整单填错 --by 陈立")
        assert desk.show(number)["state"] == state
    assert "worker" not in desk.show(number)
    desk.do(f"repair dispatch {number} --worker 吴刚")
    desk.do(f"undo {number} --reason 整单填错")
    assert desk.show(number)["state"] == "received"
    told = [row["command"] for row in desk.show(number)["history"]]
    assert told == ["new", "dispatch", "arrive", "undo", "undo", "dispatch", "undo"]
    sound(desk)
    desk.do(f"undo {number} --reason 整单填错")
    desk.refused(f"repair show {number}", 3)
    sound(desk)


def test_an_undoing_is_not_undone(desk: Desk) -> None:
    number = bring(desk, "repair", "dispatched")
    desk.do("undo --reason 派错")
    told = refuse(desk, "undo --reason 又错")
    assert told.says(f"刚才已经撤回 {number} 的一步")
    assert told.says("请重新办理那一步")
    desk.do(f"repair dispatch {number} --worker 吴刚")
    assert desk.show(number)["worker"] == "吴刚"
    desk.do("undo --reason 又派错")


def test_an_undone_record_is_not_brought_back(desk: Desk) -> None:
    number = desk.do(NEW).id
    desk.do("undo --reason 打错电话")
    assert refuse(desk, f"undo {number} --reason 又错").says("重新登记")


def test_a_later_step_stands_against_it(desk: Desk) -> None:
    visit = bring(desk, "visit", "referred")
    (repair,) = desk.show(visit)["children"]
    desk.do(f"repair dispatch {repair} --worker 李强")
    told = refuse(desk, f"undo {visit} --reason 点错")
    assert told.says(f"{repair} 之后又办了 dispatch 派单")
    assert told.state == "referred" and "reply" in told.next
    desk.do(f"undo {repair} --reason 点错")
    desk.do(f"undo {visit} --reason 点错")
    desk.refused(f"repair show {repair}", 3)
    (stone,) = (desk.root / "records/repair").rglob("*.undone")
    assert stone.read_text("utf-8").count("command: undo") == 2
    assert stone.read_text("utf-8").count("command: dispatch") == 1
    sound(desk)


def test_a_record_that_names_it_stands_against_it(desk: Desk) -> None:
    unit = new_unit(desk)
    visit = desk.do(NEW + f" --unit {unit}").id
    told = refuse(desk, f"undo {unit} --reason 填错")
    assert told.says(visit, unit)
    desk.do(f"undo {visit} --reason 填错")
    desk.do(f"undo {unit} --reason 填错")
    desk.refused(f"unit show {unit}", 3)


def test_a_list_that_follows_does_not_stand_in_the_way_for_ever(desk: Desk) -> None:
    unit = new_unit(desk)
    resident = desk.do(
        f"resident new --name 何女士 --role owner --unit {unit} --phone 13800000003 "
        "--since 2024-08-01 --consent-on 2024-08-01"
    ).id
    assert refuse(desk, f"undo {unit} --reason 填错").says(f"随 {resident} 的 new 而来")
    desk.do(f"undo {resident} --reason 填错")
    desk.do(f"undo {unit} --reason 填错")
    sound(desk)


def test_another_persons_newest_step_is_not_meant(desk: Desk) -> None:
    mine = desk.do(NEW).id
    theirs = desk.do(NEW + " --by 林悦").id
    desk.do("undo --reason 点错")
    desk.refused(f"visit show {mine}", 3)
    desk.do(f"visit show {theirs}")
    assert desk.refused("undo --reason 点错 --by 赵军", 3).err.startswith("没有可以撤回的步骤")


def test_only_who_may_take_a_step_may_take_it_back(desk: Desk) -> None:
    number = bring(desk, "repair", "dispatched")
    assert refuse(desk, f"undo {number} --reason 点错 --by 赵军").says("赵军 没有所需岗位：接待")
    desk.do(f"undo {number} --reason 点错 --by 王芳")
    arrived = bring(desk, "repair", "arrived")
    assert refuse(desk, f"undo {arrived} --reason 没到 --by 林悦").says("林悦")
    desk.do(f"undo {arrived} --reason 没到 --by 李强")


def test_an_edit_is_taken_back_with_the_offices_own_keys(desk: Desk) -> None:
    number = bring(desk, "visit", "received")
    path = desk.root / desk.show(number)["path"]
    text = path.read_text("utf-8")
    path.write_text(text.replace("channel: phone", "# 语音\nchannel: wechat\n门店: 一号"), "utf-8")
    desk.do("save")
    assert desk.show(number)["unknown"] == {"门店": "一号"}
    done = desk.do(f"undo {number} --reason 改错")
    assert "已撤回：edit 手工修改" in done.err
    assert desk.show(number)["channel"] == "phone" and desk.show(number)["unknown"] == {}
    now = path.read_text("utf-8")
    assert now.startswith(text.partition("channel:")[0])
    assert "\n门店" not in now.partition("history:")[0]
    sound(desk)


def test_a_save_of_other_files_is_not_taken_back(desk: Desk) -> None:
    number = desk.do(NEW).id
    path, config = desk.root / desk.show(number)["path"], desk.root / "office.yaml"
    path.write_text(path.read_text("utf-8").replace("other", "service"), "utf-8")
    config.write_text(config.read_text("utf-8").replace("88886666", "88880000"), "utf-8")
    desk.do("save")
    told = refuse(desk, f"undo {number} --reason 改错")
    assert told.says("还涉及别的文件，撤不回：office.yaml")


def test_in_english(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PMCLI_LANG", "en")
    number = desk.do(NEW).id
    done = desk.do("undo --reason mistyped")
    assert "taken back; its number is not used again" in done.out
    assert done.err.startswith("Taken back: new")
    assert "record it anew with new" in desk.refused(f"undo {number} --reason x").err


def test_a_reason_is_wanted(desk: Desk) -> None:
    number = desk.do(NEW).id
    for line in (f"undo {number}", "undo", f"undo {number} --reason ' '"):
        assert "缺少 --reason 原因" in desk.refused(line, 2).err


def test_no_such_record(desk: Desk) -> None:
    desk.refused("undo BX-260305-A09 --reason 点错", 3)
    desk.refused("undo 不存在 --reason 点错", 3)


def test_a_commit_that_is_no_step(desk: Desk) -> None:
    number = desk.do(NEW).id
    path = desk.root / desk.show(number)["path"]
    path.write_text(path.read_text("utf-8").replace("other", "service"), "utf-8")
    desk.git("commit", "-qam", "随手改")
    told = refuse(desk, f"undo {number} --reason 点错")
    assert told.says("随手改") and told.says("不是用 pmcli 办理的一步")
    assert refuse(desk, "undo --reason 点错").says("分不清最后一步")


def test_an_uncommitted_edit_is_not_lost(desk: Desk) -> None:
    number = desk.do(NEW).id
    path = desk.root / desk.show(number)["path"]
    path.write_text(path.read_text("utf-8") + "补记\n", "utf-8")
    desk.refused(f"undo {number} --reason 点错", 5)
    assert path.read_text("utf-8").endswith("补记\n")


def test_an_import_is_taken_back_whole(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    rows = "".join(f"4-1-{n},4,1,{n},住宅,80,2024-06-30\n" for n in range(101, 156))
    path.write_text("房号,楼栋,单元,室,用途,建筑面积,交付日期\n" + rows, "utf-8")
    before = everything(desk)
    desk.do(["import", "unit", str(path)])
    desk.do("undo --reason 导错了表")
    assert everything(desk) == before
    sound(desk)
    desk.do(["import", "unit", str(path)])
    assert refuse(desk, "undo 4-1-101 --reason 导错了表").says("同一次导入的 55 张之一")
    desk.do(NEW + " --unit 4-1-120 --by 林悦")
    told = refuse(desk, "undo --reason 导错了表")
    assert told.says("4-1-120")


FORM = """
form: ledger
title: 流水 | Ledger
prefix: LS
{more}
fields:
  entry: {{label: 内容 | Entry, type: text}}
  lines:
    label: 流水 | Lines
    type: rows
    grows: true
    append_only: true
    columns: {{what: {{label: 事项 | What, type: text}}}}
states:
  open: 使用中 | open
  shut: {{label: 已封存 | shut, final: true}}
transitions:
  new: {{label: 开本 | Open, to: open, asks: [entry]}}
  add: {{label: 记一笔 | Add, from: open, to: same, asks: [lines]}}
  shut: {{label: 封存 | Shut, from: open, to: shut}}
"""
NO_EDIT = "no_edit: 流水不改不撤，写错请另记一笔 | the ledger is never changed; add another line"


def test_lines_that_only_grow_are_not_taken_back(desk: Desk) -> None:
    (desk.root / "forms").mkdir()
    (desk.root / "forms/ledger.yaml").write_text(FORM.format(more=""), "utf-8")
    desk.do("save")
    number = desk.do("ledger new --entry 三月").id
    desk.do(f"ledger add {number} --lines what=收件")
    assert refuse(desk, f"undo {number} --reason 错").says("流水只增不改")
    desk.do(f"ledger shut {number}")
    desk.do(f"undo {number} --reason 错")
    assert desk.show(number)["state"] == "open"


def test_a_form_that_is_never_edited_is_not_taken_back(desk: Desk) -> None:
    (desk.root / "forms").mkdir()
    (desk.root / "forms/ledger.yaml").write_text(FORM.format(more=NO_EDIT), "utf-8")
    desk.do("save")
    number = desk.do("ledger new --entry 三月").id
    told = refuse(desk, f"undo {number} --reason 错")
    assert told.says("流水不改不撤")
    assert told.next == ["add", "shut"]


def points(desk: Desk, tmp_path: Path, line: str, step: int) -> Iterator[bool]:
    """Die at every `step`-th point, once before and once after; whether the command came through.

    The office is put back each time.
    """
    import shutil

    kept, path, number = tmp_path / "kept", driver(tmp_path), 1
    shutil.copytree(desk.root, kept)
    while True:
        for when in ("before", "after"):
            shutil.rmtree(desk.root)
            shutil.copytree(kept, desk.root)
            died = die_at(desk, path, number, when, line)
            assert died.code in (137, UNHARMED)
            desk.do("visit list")
            yield died.code == UNHARMED or bool(died.out)
        if died.code == UNHARMED:
            return
        number += step


@pytest.mark.parametrize("hooks", [False, True], ids=["plain", "hooks"])
def test_killed_at_some_points(desk: Desk, tmp_path: Path, hooks: bool) -> None:
    killed(desk, tmp_path, hooks, 9)


@pytest.mark.slow
@pytest.mark.parametrize("hooks", [False, True], ids=["plain", "hooks"])
def test_killed_at_every_point(desk: Desk, tmp_path: Path, hooks: bool) -> None:
    killed(desk, tmp_path, hooks, 1)


def killed(desk: Desk, tmp_path: Path, hooks: bool, step: int) -> None:
    bring(desk, "visit", "referred")
    if hooks:
        hook = desk.root / ".git" / "hooks" / "pre-commit"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\nexit 0\n")
        hook.chmod(0o755)
    before, outcomes = tracked(desk), set()
    complete: dict[str, bytes] | None = None
    for acknowledged in points(desk, tmp_path, "undo --reason 点错", step):
        found = tracked(desk)
        if found != before:
            assert complete is None or found == complete
            complete = found
        elif acknowledged:
            pytest.fail("acknowledged and lost")
        outcomes.add(found == before)
        assert [name for name in leftovers(desk) if not name.startswith(".git/pmcli/.")] == []
        desk.clean()
        listed = desk.git("ls-files", "records").splitlines()
        assert sorted(listed) == sorted(found)
    assert outcomes == {True, False}


def tracked(desk: Desk) -> dict[str, bytes]:
    """The record files and what stands in the place of those that are gone."""
    stones = (desk.root / "records").rglob("*.undone")
    return contents(desk) | {str(p.relative_to(desk.root)): p.read_bytes() for p in stones}

"""check and check --fix: what is wrong is found with file and line, what is safe is mended."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk
from scenes import bring, change, file_of, new_unit, one_commit

LEDGER = """
form: ledger
title: 流水 | Ledger
prefix: LS
fields:
  entry: {label: 内容 | Entry, type: text}
  lines:
    label: 流水 | Lines
    type: rows
    grows: true
    append_only: true
    columns:
      what: {label: 事项 | What, type: text}
      about: {label: 关于 | About, type: link, to: [repair]}
states:
  open: 使用中 | open
  shut: {label: 已封存 | shut, final: true}
transitions:
  new: {label: 开本 | Open, to: open, asks: [entry]}
  add: {label: 记一笔 | Add, from: open, to: same, asks: [lines]}
  shut: {label: 封存 | Shut, from: open, to: shut}
"""


def findings(desk: Desk, line: str = "check") -> list[dict[str, Any]]:
    """What check finds, and that the exit code says so."""
    result = desk(f"{line} --format json")
    found: list[dict[str, Any]] = result.json["findings"]
    assert result.code == (1 if any(not f["fixed"] for f in found) else 0)
    return found


def only(desk: Desk, line: str = "check") -> dict[str, Any]:
    """The only finding."""
    (found,) = findings(desk, line)
    return found


def commit(desk: Desk) -> None:
    desk.git("add", "-A")
    desk.git("commit", "-qm", "手工提交")


def ledger(desk: Desk) -> str:
    (desk.root / "forms").mkdir()
    (desk.root / "forms/ledger.yaml").write_text(LEDGER, "utf-8")
    desk.do("save")
    number = desk.do("ledger new --entry 三月").id
    desk.do(f"ledger add {number} --lines what=收件")
    desk.do(f"ledger add {number} --lines what=发件")
    return number


def test_nothing_to_find_and_nothing_to_mend(desk: Desk) -> None:
    number = bring(desk, "visit", "referred")
    desk.do(f"undo {number} --reason 点错")
    head = desk.head
    assert desk.do("check").out.startswith("没有发现问题")
    assert desk.do("check --fix").out.startswith("没有发现问题")
    assert desk.head == head
    desk.clean()


def test_a_deleted_record_comes_back(desk: Desk) -> None:
    number = bring(desk, "repair", "received")
    path = file_of(desk, number)
    before = path.read_bytes()
    head = desk.head
    for staged in (False, True):
        if staged:
            desk.git("rm", "-q", str(path.relative_to(desk.root)))
        else:
            path.unlink()
        assert "找回" in only(desk)["message"]
        done = desk.do("check --fix")
        assert f"已找回 {path.relative_to(desk.root).as_posix()}" in done.out
        assert path.read_bytes() == before
        desk.clean()
    assert desk.head == head


def test_line_endings_are_put_right(desk: Desk) -> None:
    first, second = bring(desk, "visit", "received"), bring(desk, "repair", "received")
    one, two = file_of(desk, first), file_of(desk, second)
    wanted = one.read_bytes(), two.read_bytes()
    one.write_bytes(wanted[0].replace(b"\n", b"\r\n"))
    two.write_bytes(wanted[1].rstrip(b"\n"))
    commit(desk)
    assert [f["message"][:5] for f in findings(desk)] == ["换行不规范"] * 2
    with one_commit(desk):
        done = desk.do("check --fix")
    assert done.out.count("已规范换行") == 2
    assert (one.read_bytes(), two.read_bytes()) == wanted
    assert not desk.git("log", "-1", "--format=%B").count("Transition:")


def test_what_is_not_committed_is_left_to_save(desk: Desk) -> None:
    number = bring(desk, "visit", "received")
    path = file_of(desk, number)
    edited = path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(edited)
    head = desk.head
    messages = [f["message"] for f in findings(desk, "check --fix")]
    assert len(messages) == 2 and "有尚未提交的改动" in messages
    assert path.read_bytes() == edited
    assert desk.head == head


def test_lists_that_follow_are_worked_out_anew(desk: Desk) -> None:
    resident = bring(desk, "resident", "active")
    other = new_unit(desk)
    path = file_of(desk, "3-2-501")
    text = re.sub(r"\nowners:.*\n(- .*\n)*", "\n", path.read_text("utf-8"), count=1)
    assert resident not in text.split("history")[0]
    path.write_text(text, "utf-8")
    stray = file_of(desk, other)
    change(stray, "history:", f"owners: [{resident}]\nhistory:")
    commit(desk)
    found = findings(desk)
    assert [Path(f["file"]).stem for f in found] == ["3-2-501", other]
    line = stray.read_text("utf-8").split("\n").index(f"owners: [{resident}]") + 1
    assert found[1]["line"] == line
    with one_commit(desk):
        assert all(f["fixed"] for f in findings(desk, "check --fix"))
    assert desk.show("3-2-501")["owners"] == [resident]
    assert "owners" not in desk.show(other)
    row = desk.show(other)["history"][-1]
    assert (row["command"], row["kind"]) == ("check --fix", "mend")
    desk.do("check")
    assert "不是用 pmcli 办理的一步" in desk.refused(f"undo {other} --reason 试试").err


def test_what_a_killed_command_left_is_removed(desk: Desk) -> None:
    number = bring(desk, "visit", "received")
    left = file_of(desk, number).with_name(".pmcli-0123456789ab")
    left.write_text("半", "utf-8")
    assert "临时文件" in only(desk)["message"]
    assert "已清除" in desk.do("check --fix").out
    assert not left.exists()
    desk.clean()


def test_git_is_told_again_to_leave_line_endings_alone(desk: Desk) -> None:
    path = desk.root / ".gitattributes"
    path.write_text("*.png binary", "utf-8")
    commit(desk)
    assert only(desk)["file"] == ".gitattributes"
    with one_commit(desk):
        desk.do("check --fix")
    assert path.read_text("utf-8") == "*.png binary\nrecords/** -text\n"
    path.unlink()
    desk.git("rm", "-q", "--cached", ".gitattributes")
    desk.git("commit", "-qm", "删去")
    desk.do("check --fix")
    assert path.read_text("utf-8") == "records/** -text\n"


def test_states_links_and_values_are_nobodys_to_mend(desk: Desk) -> None:
    number = bring(desk, "repair", "received")
    path = file_of(desk, number)
    change(path, "unit: 3-2-501", "unit: 9-9-999")
    change(path, "state: received", "state: closed")
    change(path, "urgency: normal", "urgency: sometimes\n备用: x")
    commit(desk)
    before, head = path.read_bytes(), desk.head
    lines = path.read_text("utf-8").split("\n")
    found = {f["line"]: f["message"] for f in findings(desk, "check --fix")}
    assert "9-9-999" in found[lines.index("unit: 9-9-999") + 1]
    assert "sometimes" in found[lines.index("urgency: sometimes") + 1]
    assert "备用" in found[lines.index("备用: x") + 1]
    assert "closed" in found[lines.index("state: closed") + 1]
    assert path.read_bytes() == before and desk.head == head


def test_mended_and_left_are_told_apart(desk: Desk) -> None:
    number, wrong = bring(desk, "visit", "received"), bring(desk, "repair", "received")
    file_of(desk, number).unlink()
    change(file_of(desk, wrong), "unit: 3-2-501", "unit: 9-9-999")
    commit_only = str(file_of(desk, wrong).relative_to(desk.root))
    desk.git("commit", "-qm", "改错", "--only", "--", commit_only)
    result = desk("check --fix --format json")
    assert result.code == 1
    fixed = {Path(f["file"]).stem: f["fixed"] for f in result.json["findings"]}
    assert fixed == {number: True, wrong: False}


def test_links_in_rows_are_followed_too(desk: Desk) -> None:
    number = ledger(desk)
    repair = bring(desk, "repair", "received")
    desk.do(f"ledger add {number} --lines what=漏水,about={repair}")
    desk.do("check")
    path = file_of(desk, repair)
    desk.git("rm", "-q", str(path.relative_to(desk.root)))
    desk.git("commit", "-qm", "删单")
    found = only(desk)
    assert Path(found["file"]).stem == number and repair in found["message"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- {what: 收件}\n", ""),
        ("- {what: 收件}\n", "- {what: 收信}\n"),
        ("- {what: 收件}\n- {what: 发件}\n", "- {what: 发件}\n"),
    ],
)
def test_lines_that_only_grow_are_compared_with_every_commit(
    desk: Desk, old: str, new: str
) -> None:
    number = ledger(desk)
    path = file_of(desk, number)
    desk.do("check")
    change(path, old, new)
    commit(desk)
    desk.do(f"ledger add {number} --lines what=收件二")
    found = only(desk)
    lines = path.read_text("utf-8").split("\n")
    assert found["line"] == lines.index("lines:") + 1
    assert "流水里有 1 条曾经提交" in found["message"]
    assert only(desk, "check --fix")["fixed"] is False


def test_the_history_of_such_records_is_compared_too(desk: Desk) -> None:
    number = ledger(desk)
    path = file_of(desk, number)
    text = path.read_text("utf-8")
    path.write_text(text.replace("by: 张敏, command: new", "by: 林悦, command: new"), "utf-8")
    commit(desk)
    told = [found["message"] for found in findings(desk)]
    assert any("经过里有 1 条曾经提交" in message for message in told)
    assert any("在写下之后被改动过" in message for message in told)


def test_such_a_record_that_is_gone_has_lost_everything(desk: Desk) -> None:
    number = ledger(desk)
    path = file_of(desk, number)
    desk.git("rm", "-q", str(path.relative_to(desk.root)))
    desk.git("commit", "-qm", "撕本")
    assert sorted(f["message"][:2] for f in findings(desk)) == ["流水", "经过"]


def test_an_edit_that_is_quoted_otherwise_has_lost_nothing(desk: Desk) -> None:
    number = ledger(desk)
    change(file_of(desk, number), "{what: 收件}", '{"what": "收件"}')
    commit(desk)
    desk.do("check")


def test_a_merge_conflict_is_named(desk: Desk) -> None:
    number = bring(desk, "visit", "received")
    path = file_of(desk, number)
    desk.git("checkout", "-qb", "side")
    change(path, "channel: phone", "channel: letter")
    commit(desk)
    desk.git("checkout", "-q", "main")
    change(path, "channel: phone", "channel: wechat")
    commit(desk)
    with pytest.raises(Exception, match="merge"):
        desk.git("merge", "side")
    messages = [f["message"] for f in findings(desk)]
    assert any("正处于合并冲突之中" in message for message in messages)
    desk.refused("check --fix", 5)
    desk.refused("save", 5)
    desk.refused("undo --reason x", 5)

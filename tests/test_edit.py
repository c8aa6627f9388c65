"""edit ID: only what may be edited is kept, and nothing that was typed is lost."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from conftest import Desk, Result
from scenes import bring, file_of, new_unit, one_commit

EDITOR = """
import os, pathlib, sys
path = pathlib.Path(sys.argv[-1])
exec(os.environ["TYPING"], {"path": path})
"""


class Clerk:
    """Opens records and types into them."""

    def __init__(self, desk: Desk, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.desk, self.patch = desk, patch
        script = folder / "my editor.py"
        script.write_text(EDITOR, "utf-8")
        patch.setenv("EDITOR", f"'{sys.executable}' '{script}'")
        patch.delenv("VISUAL", raising=False)

    def types(self, code: str, line: str) -> Result:
        """Run a command; the editor runs some Python with `path`, the file it was given."""
        self.patch.setenv("TYPING", code)
        return self.desk(line)

    def puts(self, old: str, new: str, line: str) -> Result:
        """Run a command; the editor replaces a text that must be there."""
        return self.types(
            "text = path.read_text('utf-8')\n"
            f"assert {old!r} in text, text\n"
            f"path.write_text(text.replace({old!r}, {new!r}), 'utf-8')",
            line,
        )


@pytest.fixture
def clerk(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    return Clerk(desk, tmp_path, monkeypatch)


def kept(desk: Desk) -> list[Path]:
    return sorted((desk.root / ".git/pmcli-drafts").glob("*"))


def left_alone(clerk: Clerk, number: str, old: str, new: str, code: int) -> Result:
    """An edit that must be refused with this code; the text is kept and its place is named."""
    path = file_of(clerk.desk, number)
    before, head = path.read_bytes(), clerk.desk.head
    form = clerk.desk.show(number)["form"]
    done = clerk.puts(old, new, f"{form} edit {number} --file")
    assert done.code == code, done
    assert path.read_bytes() == before
    assert clerk.desk.head == head
    clerk.desk.clean()
    (text,) = kept(clerk.desk)
    assert new in text.read_text("utf-8")
    assert f".git/pmcli-drafts/{text.name}" in done.err
    return done


def test_a_field_is_corrected(clerk: Clerk) -> None:
    desk = clerk.desk
    number = bring(desk, "repair", "received")
    line = f"repair edit {number} --file --note 位置听错"
    with one_commit(desk):
        done = clerk.puts("place: 厨房", "place: 主卧卫生间  # 靠北", line)
    assert done.code == 0, done
    assert done.out == f"{number}  维修(服务)任务单：已修改 报修位置\n"
    assert "下一步：" in done.err and "dispatch 派单" in done.err
    text = file_of(desk, number).read_text("utf-8")
    assert "place: 主卧卫生间  # 靠北\n" in text
    shown = desk.show(number)
    assert shown["place"] == "主卧卫生间"
    row = shown["history"][-1]
    assert row["command"] == "edit" and row["by"] == "张敏" and row["note"] == "位置听错"
    assert row["changed"] == ["place"] and row["was"] == {"place": "厨房"}
    assert "to" not in row
    message = desk.git("log", "-1", "--format=%B")
    assert message.startswith(f"repair {number}: edit 手工修改 → 报修位置\n")
    assert f"Record: {number}\nTransition: repair edit\n" in message
    assert kept(desk) == []
    desk.do("check")


def test_private_values_are_not_repeated_in_the_history(clerk: Clerk) -> None:
    number = bring(clerk.desk, "repair", "received")
    done = clerk.puts("13800000001", "13800000002", f"repair edit {number} --file")
    assert done.code == 0, done
    row = clerk.desk.show(number)["history"][-1]
    assert row["changed"] == ["phone"] and "was" not in row
    assert "1380000" not in clerk.desk.git("log", "-1", "--format=%B")


def test_every_byte_that_was_typed_is_kept(clerk: Clerk) -> None:
    desk = clerk.desk
    number = bring(desk, "resident", "active")
    typed = (
        "text = path.read_text('utf-8')\n"
        "text = text.replace('role: owner\\n', '# 身份待核\\nrole: owner\\n门禁卡: \"0012\"\\n')\n"
        "path.write_text(text + '\\n补充：  两行之间\\n\\n\\t有制表符。', 'utf-8')"
    )
    done = clerk.types(typed, f"resident edit {number} --file")
    assert done.code == 0, done
    text = file_of(desk, number).read_text("utf-8")
    assert '# 身份待核\nrole: owner\n门禁卡: "0012"\n' in text
    assert text.endswith("---\n\n补充：  两行之间\n\n\t有制表符。\n")
    assert desk.show(number)["unknown"] == {"门禁卡": "0012"}
    assert desk.show(number)["history"][-1]["changed"] == ["门禁卡"]
    assert "提醒：表单里没有这些项目" in done.err and "门禁卡" in done.err


def test_key_order_is_the_clerks(clerk: Clerk) -> None:
    number = bring(clerk.desk, "repair", "received")
    code = (
        "text = path.read_text('utf-8')\n"
        "text = text.replace('place: 厨房\\n', '').replace('form: repair', "
        "'place: 厨房\\nform: repair')\n"
        "path.write_text(text, 'utf-8')"
    )
    done = clerk.types(code, f"repair edit {number} --file")
    assert done.code == 0, done
    assert "已保存，各项内容未变" in done.out
    text = file_of(clerk.desk, number).read_text("utf-8")
    assert f"id: {number}\nplace: 厨房\nform: repair\n" in text
    assert "command: edit, event: " in text


def test_line_endings_of_another_system_are_put_right(clerk: Clerk) -> None:
    number = bring(clerk.desk, "repair", "received")
    code = (
        "text = path.read_text('utf-8').replace('厨房', '阳台').replace('\\n', '\\r\\n')\n"
        "path.write_bytes(b'\\xef\\xbb\\xbf' + text.encode('utf-8'))"
    )
    assert clerk.types(code, f"repair edit {number} --file").code == 0
    data = file_of(clerk.desk, number).read_bytes()
    assert b"\r" not in data and data.startswith(b"---\n")
    assert clerk.desk.show(number)["place"] == "阳台"


def test_values_are_written_as_the_form_writes_them(clerk: Clerk) -> None:
    number = bring(clerk.desk, "visit", "received")
    done = clerk.puts("channel: phone", "channel: 微信  # 语音", f"visit edit {number} --file")
    assert done.code == 0, done
    assert "channel: wechat  # 语音\n" in file_of(clerk.desk, number).read_text("utf-8")


def test_what_the_form_needs_in_this_case_must_be_there(clerk: Clerk) -> None:
    number = bring(clerk.desk, "repair", "received")
    done = left_alone(clerk, number, "urgency: normal", "urgency: 急修", 2)
    assert "急修须写明类别" in done.err


def test_nothing_changed(clerk: Clerk) -> None:
    number = bring(clerk.desk, "repair", "received")
    head = clerk.desk.head
    done = clerk.types("path.write_bytes(path.read_bytes())", f"repair edit {number} --file")
    assert done.code == 0
    assert done.err == f"{number} 没有改动。\n"
    assert clerk.desk.head == head
    assert kept(clerk.desk) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("id: BX-", "id: BY-", "编号（id）由 pmcli 填写"),
        ("state: dispatched", "state: received", "状态（state）由 pmcli 填写"),
        ("created_by: 张敏", "created_by: 林悦", "登记人（created_by）由 pmcli 填写"),
        ("keeper: 张敏", "keeper: 林悦", "现跟进人（keeper）由 pmcli 填写"),
        ("dispatch_by: 张敏", "dispatch_by: 林悦", "派单人（dispatch_by）由 pmcli 填写"),
        ("reopened_count: 0", "reopened_count: 3", "由 pmcli 填写"),
        ("command: new, to: received,", "command: new, to: received, note: 补,", "经过（history）"),
        ("角阀漏水", "角阀爆裂", "报修内容是原话"),
        ("place: 厨房\n", "place: 厨房\nsource: JD-260305-A01\n", "来源单（source）由 pmcli 填写"),
    ],
)
def test_what_pmcli_writes_stays(clerk: Clerk, old: str, new: str, says: str) -> None:
    number = bring(clerk.desk, "repair", "dispatched")
    done = left_alone(clerk, number, old, new, 4)
    assert says in done.err
    assert "不能办理：" in done.err and "下一步：" in done.err


def test_a_refusal_names_the_line(clerk: Clerk) -> None:
    number = bring(clerk.desk, "repair", "dispatched")
    text = file_of(clerk.desk, number).read_text("utf-8")
    line = text[: text.index("\nkeeper: ")].count("\n") + 2
    done = left_alone(clerk, number, "keeper: 张敏", "keeper: 林悦", 4)
    assert f"{number}.md:{line}: 现跟进人" in done.err


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("place: 厨房", "place: [", "md:"),
        ("place: 厨房\n", "place: 厨房\nplace: 阳台\n", "place 出现两次"),
        ("urgency: normal", "urgency: 马上", "没有“马上”这一项；可选：normal 一般、urgent 急修"),
        ("\nworker: 李强", "\nworker: 钱七", "“钱七”不在人员名单上"),
        ("unit: 3-2-501", "unit: 9-9-999", "“9-9-999”不在房产档案中"),
        ('phone: "13800000001"', "phone: 不知道", "应为电话号码"),
        ("place: 厨房\n", "", "报修位置是办理受理时必填的"),
        ("unit: 3-2-501\n", "", "缺少"),
    ],
)
def test_values_must_be_right(clerk: Clerk, old: str, new: str, says: str) -> None:
    number = bring(clerk.desk, "repair", "dispatched")
    path = file_of(clerk.desk, number)
    before = path.read_bytes()
    done = clerk.puts(old, new, f"repair edit {number} --file")
    assert done.code == 2, done
    assert says in done.err
    assert path.read_bytes() == before
    clerk.desk.clean()
    assert len(kept(clerk.desk)) == 1


def test_a_closed_record_takes_comments_only(clerk: Clerk) -> None:
    number = bring(clerk.desk, "visit", "closed")
    done = left_alone(clerk, number, "\nreply_method: phone\n", "\nreply_method: visit\n", 4)
    assert "单据已注销，内容不能再改" in done.err
    for path in kept(clerk.desk):
        path.unlink()
    done = clerk.puts(
        "\nreply_method: phone\n", "\nreply_method: phone  # 两次\n", f"visit edit {number} --file"
    )
    assert done.code == 0, done


def test_a_text_that_a_step_still_asks_for_may_be_edited(clerk: Clerk) -> None:
    desk = clerk.desk
    number = bring(desk, "revisit", "planned")
    code = "path.write_text(path.read_text('utf-8') + '业主说周末在家\\n', 'utf-8')"
    done = clerk.types(code, f"revisit edit {number} --file")
    assert done.code == 0, done
    assert desk.show(number)["opinion"] == "业主说周末在家"
    row = desk.show(number)["history"][-1]
    assert row["changed"] == ["opinion"] and "was" not in row


def test_lists_that_follow_go_along(clerk: Clerk) -> None:
    desk = clerk.desk
    number = bring(desk, "resident", "active")
    other = new_unit(desk)
    assert desk.show("3-2-501")["owners"] == [number]
    with one_commit(desk):
        done = clerk.puts("unit: 3-2-501", f"unit: {other}", f"resident edit {number} --file")
    assert done.code == 0, done
    assert "  ~ 3-2-501" in done.out and f"  ~ {other}" in done.out
    assert "owners" not in desk.show("3-2-501")
    assert desk.show(other)["owners"] == [number]
    row = desk.show(other)["history"][-1]
    assert (row["command"], row["cause"]) == ("update", number)
    desk.do("check")
    desk.do(f"undo {number} --reason 改错")
    assert desk.show("3-2-501")["owners"] == [number]
    assert "owners" not in desk.show(other)
    desk.do("check")


def test_somebody_else_was_quicker(clerk: Clerk) -> None:
    desk = clerk.desk
    number = bring(desk, "repair", "received")
    source = str(Path(__file__).parent.parent)
    code = (
        "import os, subprocess, sys\n"
        f"subprocess.run([sys.executable, '-m', 'pmcli', 'repair', 'dispatch', '{number}', "
        f"'--worker', '李强'], cwd={str(desk.root)!r}, check=True, capture_output=True, "
        f"env={{**os.environ, 'PYTHONPATH': {source!r}}})\n"
        "path.write_text(path.read_text('utf-8').replace('厨房', '阳台'), 'utf-8')"
    )
    done = clerk.types(code, f"repair edit {number} --file")
    assert done.code == 5, done
    assert "被别人改过" in done.err
    assert desk.show(number)["state"] == "dispatched"
    assert desk.show(number)["place"] == "厨房"
    (text,) = kept(desk)
    assert "place: 阳台" in text.read_text("utf-8")
    assert text.name in done.err
    desk.clean()


def test_edits_that_are_not_saved_come_first(clerk: Clerk) -> None:
    number = bring(clerk.desk, "repair", "received")
    path = file_of(clerk.desk, number)
    path.write_text(path.read_text("utf-8").replace("厨房", "阳台"), "utf-8")
    done = clerk.types("raise SystemExit(3)", f"repair edit {number} --file")
    assert done.code == 5
    assert f"请先运行 pmcli save {number}" in done.err
    assert kept(clerk.desk) == []


def test_an_editor_that_fails(clerk: Clerk) -> None:
    number = bring(clerk.desk, "repair", "received")
    done = clerk.types("raise SystemExit(3)", f"repair edit {number} --file")
    assert done.code == 2
    assert "返回 3" in done.err and "单据未作改动" in done.err
    assert kept(clerk.desk) == []
    done = clerk.types(
        "path.write_text('写了一半'); raise SystemExit(1)", f"repair edit {number} --file"
    )
    assert done.code == 2
    (text,) = kept(clerk.desk)
    assert text.read_text("utf-8") == "写了一半"
    assert text.name in done.err
    clerk.patch.setenv("EDITOR", "/no/such/editor")
    assert "/no/such/editor" in clerk.desk.refused(f"repair edit {number} --file", 2).err


@pytest.mark.parametrize("value", ["", "'"])
def test_no_editor(desk: Desk, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    number = bring(desk, "repair", "received")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", value)
    assert "没有设定编辑器" in desk.refused(f"repair edit {number} --file", 2).err


def test_visual_goes_before_editor(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    number = bring(clerk.desk, "repair", "received")
    monkeypatch.setenv("VISUAL", os.environ["EDITOR"])
    monkeypatch.setenv("EDITOR", "/no/such/editor")
    assert clerk.puts("厨房", "阳台", f"repair edit {number} --file").code == 0


def test_as_json(clerk: Clerk) -> None:
    number = bring(clerk.desk, "repair", "received")
    done = clerk.puts("厨房", "阳台", f"repair edit {number} --file --format json")
    assert done.json["id"] == number and done.json["changed"] == ["place"]
    assert done.json["commit"] == clerk.desk.head
    assert clerk.types("", f"repair edit {number} --file --format json").json["commit"] is None
    error = clerk.puts(
        "keeper: 张敏", "keeper: 林悦", f"repair edit {number} --file --format json"
    ).json
    assert error["error"]["code"] == 4
    assert any(".git/pmcli-drafts/" in message for message in error["error"]["messages"])


def test_when_it_happened(clerk: Clerk) -> None:
    number = bring(clerk.desk, "repair", "received")
    clerk.desk.clock("2026-03-05 11:00")
    early = clerk.types("", f"repair edit {number} --file --at 8:00")
    assert early.code == 2 and "早于本单上一步" in early.err
    assert clerk.puts("厨房", "阳台", f"repair edit {number} --file --at 10:00 --by 林悦").code == 0
    row = clerk.desk.show(number)["history"][-1]
    assert row["at"] == "2026-03-05T10:00:00+08:00" and row["by"] == "林悦"
    assert row["typed_at"] == "2026-03-05T11:00:00+08:00"


FORM = """
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
    columns: {what: {label: 事项 | What, type: text}}
states:
  open: 使用中 | open
  shut: {label: 已封存 | shut, final: true}
transitions:
  new: {label: 开本 | Open, to: open, asks: [entry]}
  add: {label: 记一笔 | Add, from: open, to: same, asks: [lines]}
  shut: {label: 封存 | Shut, from: open, to: shut}
"""


def test_lines_that_only_grow(clerk: Clerk) -> None:
    desk = clerk.desk
    (desk.root / "forms").mkdir()
    (desk.root / "forms/ledger.yaml").write_text(FORM, "utf-8")
    desk.do("save")
    number = desk.do("ledger new --entry 三月").id
    desk.do(f"ledger add {number} --lines what=收件")
    done = left_alone(clerk, number, "- {what: 收件}", "- {what: 发件}", 4)
    assert "流水只增不改" in done.err


def test_a_form_that_is_never_edited(clerk: Clerk) -> None:
    desk = clerk.desk
    (desk.root / "forms").mkdir()
    text = FORM.replace("fields:", "no_edit: 流水不改 | the ledger is never changed\nfields:", 1)
    (desk.root / "forms/ledger.yaml").write_text(text, "utf-8")
    desk.do("save")
    number = desk.do("ledger new --entry 三月").id
    done = desk.refused(f"ledger edit {number} --file", 2)
    assert "流水不改" in done.err
    assert "下一步：add 记一笔、shut 封存" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="wants a POSIX terminal")
@pytest.mark.parametrize("answer", ["", "n"])
def test_at_a_terminal_the_editor_is_offered_again(
    clerk: Clerk, tmp_path: Path, answer: str
) -> None:
    import os

    pexpect = pytest.importorskip("pexpect")
    number = bring(clerk.desk, "repair", "received")
    seen = tmp_path / "seen"
    typing = (
        "import pathlib\n"
        f"seen = pathlib.Path({str(seen)!r})\n"
        "new = 'keeper: 张敏' if seen.exists() else 'keeper: 林悦'\n"
        "text = path.read_text('utf-8').replace('厨房', '阳台')\n"
        "text = text.replace('keeper: 林悦', 'keeper: 张敏').replace('keeper: 张敏', new)\n"
        "seen.touch()\n"
        "path.write_text(text, 'utf-8')"
    )
    source = str(Path(__file__).parent.parent)
    child = pexpect.spawn(
        sys.executable, ["-m", "pmcli", "repair", "edit", number, "--file"],
        cwd=str(clerk.desk.root),
        env={**os.environ, "TYPING": typing, "PYTHONPATH": source, "PYTHONUTF8": "1"},
        encoding="utf-8", timeout=60,
    )  # fmt: skip
    child.expect("现跟进人")
    child.expect("回车：重新打开编辑器")
    child.sendline(answer)
    child.expect(pexpect.EOF)
    child.close()
    if answer:
        assert child.exitstatus == 4
        assert clerk.desk.show(number)["place"] == "厨房"
        assert len(kept(clerk.desk)) == 1
    else:
        assert child.exitstatus == 0
        assert clerk.desk.show(number)["place"] == "阳台"
        assert kept(clerk.desk) == []
    clerk.desk.clean()

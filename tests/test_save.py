"""save: hand edits made outside; the valid ones in one commit, the others explained."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Desk, Result
from crashes import UNHARMED, die_at, driver, leftovers
from scenes import bring, change, file_of, new_unit, one_commit

FORM = """
form: umbrella
title: 雨伞 | Umbrella
prefix: SAN
fields:
  borrower: {label: 借伞人 | Borrower, type: person, private: true}
states:
  lent: 已借出 | lent
  back: {label: 已归还 | back, final: true}
transitions:
  new: {label: 借出 | Lend, to: lent, asks: [borrower]}
  return: {label: 归还 | Return, from: lent, to: back}
"""


def uncommitted(desk: Desk) -> list[str]:
    return sorted(
        line[3:] for line in desk.git("status", "--porcelain", "-uall").split("\n") if line
    )


def left(result: Result, path: str, words: str) -> bool:
    """Whether the result explains that a file was left, in these words."""
    return any(path in line and words in line for line in result.out.splitlines())


def test_nothing_to_save(desk: Desk) -> None:
    head = desk.head
    assert desk.do("save").out == "没有需要保存的改动。\n"
    assert desk.head == head


def test_a_correction_is_saved(desk: Desk) -> None:
    number = bring(desk, "repair", "received")
    path = file_of(desk, number)
    change(path, "place: 厨房", "place: 阳台  # 南")
    with one_commit(desk):
        done = desk.do("save --note 核对工单 --by 林悦")
    assert done.out == f"{number}  维修(服务)任务单：已修改 报修位置\n"
    assert "place: 阳台  # 南\n" in path.read_text("utf-8")
    row = desk.show(number)["history"][-1]
    assert (row["command"], row["by"], row["note"]) == ("edit", "林悦", "核对工单")
    assert row["changed"] == ["place"] and row["was"] == {"place": "厨房"}
    assert f"Record: {number}\nTransition: repair edit\n" in desk.git("log", "-1", "--format=%B")
    desk.do("check")


def test_the_valid_ones_go_in_one_commit_and_the_others_are_explained(desk: Desk) -> None:
    first, second = bring(desk, "repair", "received"), bring(desk, "repair", "received")
    wrong, broken = bring(desk, "repair", "received"), bring(desk, "repair", "received")
    change(file_of(desk, first), "place: 厨房", "place: 阳台")
    change(file_of(desk, second), "place: 厨房", "place: 主卧")
    bad = change(file_of(desk, wrong), "keeper: 张敏", "keeper: 林悦")
    broken_path = file_of(desk, broken)
    torn = change(broken_path, "place: 厨房", "place: [")
    before = desk.commits
    done = desk("save")
    assert done.code == 1
    assert desk.commits == before + 1
    assert desk.git("log", "-1", "--format=%s") == "save 保存 2 项手工修改\n"
    committed = desk.git("show", "--name-only", "--format=", "HEAD").split()
    assert [Path(path).stem for path in committed] == [first, second]
    assert left(done, f"{wrong}.md:7", "现跟进人（keeper）由 pmcli 填写")
    assert left(done, f"{broken}.md:", "YAML 有误")
    assert "以下 2 处没有保存" in done.out
    assert file_of_bytes(desk, wrong) == bad and broken_path.read_bytes() == torn
    assert [Path(path).stem for path in uncommitted(desk)] == [wrong, broken]
    assert desk("save").code == 1
    assert desk.commits == before + 1


def file_of_bytes(desk: Desk, number: str) -> bytes:
    (path,) = (desk.root / "records").rglob(f"{number}.md")
    return path.read_bytes()


def test_only_what_is_named(desk: Desk) -> None:
    first, second = bring(desk, "repair", "received"), bring(desk, "repair", "received")
    third = bring(desk, "visit", "received")
    paths = {n: file_of(desk, n) for n in (first, second, third)}
    for number, path in paths.items():
        change(path, "刘先生", f"刘{number[-1]}")
    assert first in desk.do(f"save {first.lower()}").out
    assert sorted(Path(p).stem for p in uncommitted(desk)) == [second, third]
    desk.do(f"save {paths[second].relative_to(desk.root).as_posix()}")
    assert [Path(p).stem for p in uncommitted(desk)] == [third]
    assert desk.do(f"save {first}").out == "没有需要保存的改动。\n"
    desk.do("save records/repair")
    assert [Path(p).stem for p in uncommitted(desk)] == [third]
    desk.refused("save 不存在", 3)
    desk.do("save records/visit")
    desk.clean()


def test_what_is_staged_for_another_commit_stays_staged(desk: Desk) -> None:
    number = bring(desk, "repair", "received")
    (desk.root / "笔记.txt").write_text("自己的\n", "utf-8")
    desk.git("add", "笔记.txt")
    change(file_of(desk, number), "place: 厨房", "place: 阳台")
    desk.do("save")
    assert desk.git("diff", "--cached", "--name-only") == "笔记.txt\n"
    assert "笔记" not in desk.git("show", "--name-only", "--format=", "HEAD")


def test_other_files_are_none_of_its_business(desk: Desk) -> None:
    (desk.root / "随手.md").write_text("x\n", "utf-8")
    assert desk.do("save").out == "没有需要保存的改动。\n"
    desk.refused("save 随手.md --by 无此人", 2)


def test_a_deleted_record_is_never_committed(desk: Desk) -> None:
    number = bring(desk, "repair", "received")
    path = file_of(desk, number)
    path.unlink()
    done = desk("save")
    assert done.code == 1 and left(done, number, "pmcli check --fix 找回")
    assert desk.git("ls-files", str(path.relative_to(desk.root))) != ""
    desk.git("rm", "-q", "--cached", str(path.relative_to(desk.root)))
    assert desk("save").code == 1
    desk.do("check --fix")
    desk.clean()


def test_a_file_that_pmcli_did_not_make_is_left(desk: Desk) -> None:
    number = bring(desk, "repair", "received")
    path = file_of(desk, number)
    forged = path.with_name("BX-260305-A77.md")
    forged.write_text(path.read_text("utf-8").replace(number, "BX-260305-A77"), "utf-8")
    photo = path.with_name("照片.jpg")
    photo.write_bytes(b"\xff\xd8")
    done = desk("save")
    assert done.code == 1
    assert left(done, "BX-260305-A77", "请用 new 登记")
    assert "照片.jpg" in done.out
    assert forged.exists() and photo.exists()


def test_conflict_marks_are_explained(desk: Desk) -> None:
    number = bring(desk, "repair", "received")
    path = file_of(desk, number)
    change(path, "place: 厨房\n", "<<<<<<< HEAD\nplace: 厨房\n=======\nplace: 阳台\n>>>>>>> b\n")
    line = path.read_text("utf-8").split("\n").index("<<<<<<< HEAD") + 1
    done = desk("save")
    assert done.code == 1
    assert left(done, f"{number}.md:{line}", "合并冲突")


def test_a_form_without_faults_is_saved_and_one_with_them_is_not(desk: Desk) -> None:
    folder = desk.root / "forms"
    folder.mkdir()
    (folder / "umbrella.yaml").write_text(FORM.replace("to: back", "to: nowhere"), "utf-8")
    done = desk("save")
    assert done.code == 1
    assert "forms/umbrella.yaml:" in done.out and "nowhere" in done.out
    assert uncommitted(desk) == ["forms/umbrella.yaml"]
    (folder / "umbrella.yaml").write_text(FORM, "utf-8")
    with one_commit(desk):
        assert desk.do("save").out == "forms/umbrella.yaml：已保存\n"
    number = desk.do("umbrella new --borrower 何女士").id
    (folder / "umbrella.yaml").unlink()
    done = desk("save")
    assert done.code == 1 and left(done, "forms/umbrella.yaml", "还有用 umbrella 登记的单据")
    desk.git("checkout", "-q", "--", "forms")
    desk.do(f"undo {number} --reason 试用")
    desk.clean()


def test_a_form_may_go_when_nothing_was_recorded_with_it(desk: Desk) -> None:
    (desk.root / "forms").mkdir()
    path = desk.root / "forms/umbrella.yaml"
    path.write_text(FORM, "utf-8")
    desk.do("save")
    path.unlink()
    with one_commit(desk):
        desk.do("save")
    assert desk.git("ls-files", "forms") == ""


def test_office_yaml_and_templates(desk: Desk) -> None:
    (desk.root / "templates").mkdir()
    (desk.root / "templates/停水.md.j2").write_text("各位业主\n", "utf-8")
    config = desk.root / "office.yaml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("0731-88886666", "0731-88880000"), "utf-8")
    with one_commit(desk):
        out = desk.do("save").out
    assert "office.yaml：已保存" in out and "templates/停水.md.j2：已保存" in out
    config.write_text(text + "staff: 3\n", "utf-8")
    assert "office.yaml:" in desk.refused("save", 1).err


def test_two_edits_that_follow_each_other(desk: Desk) -> None:
    resident = bring(desk, "resident", "active")
    other = new_unit(desk)
    change(file_of(desk, resident), "unit: 3-2-501", f"unit: {other}")
    change(file_of(desk, other), '"89.56"', '"90.00"')
    with one_commit(desk):
        desk.do("save")
    assert desk.show(other)["owners"] == [resident]
    assert desk.show(other)["floor_area"] == "90.00"
    assert "owners" not in desk.show("3-2-501")
    assert [r["command"] for r in desk.show(other)["history"]] == ["new", "edit"]
    desk.do("check")


def test_as_json(desk: Desk) -> None:
    number, wrong = bring(desk, "repair", "received"), bring(desk, "repair", "received")
    change(file_of(desk, number), "place: 厨房", "place: 阳台")
    change(file_of(desk, wrong), "state: received", "state: closed")
    done = desk("save --format json")
    assert done.code == 1
    assert done.json["commit"] == desk.head
    assert [(r["id"], r["changed"]) for r in done.json["records"]] == [(number, ["place"])]
    (fault,) = done.json["left"]
    assert fault["file"].endswith(f"{wrong}.md") and fault["line"] == 4


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_some_points(desk: Desk, tmp_path: Path, when: str) -> None:
    """The hand edit itself is never lost: it is in the working tree or in HEAD."""
    import shutil

    number = bring(desk, "repair", "received")
    path = file_of(desk, number)
    edited = change(path, "place: 厨房", "place: 阳台")
    head, kept, script = desk.head, tmp_path / "kept", driver(tmp_path)
    shutil.copytree(desk.root, kept)
    outcomes = set()
    for point in range(1, 200, 4):
        shutil.rmtree(desk.root)
        shutil.copytree(kept, desk.root)
        died = die_at(desk, script, point, when, "save")
        desk.do("visit list")
        committed = desk.head != head
        if committed:
            desk.clean()
            assert "command: edit" in path.read_text("utf-8")
        else:
            assert path.read_bytes() == edited
            assert desk.git("diff", "--cached", "--name-only") == ""
        assert [name for name in leftovers(desk) if not name.startswith(".git/pmcli/.")] == []
        outcomes.add(committed)
        if died.code == UNHARMED:
            break
    assert outcomes == {True, False}

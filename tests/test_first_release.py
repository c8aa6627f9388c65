"""An office that the first release wrote, commits and all, goes on as if nothing had changed.

`first_release.fast-export` is the history of an invented office as 0.1.0 wrote it: rows without
names, corrections without new values, commits without `Event:` lines, steps taken back.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from conftest import Desk

WRITTEN = Path(__file__).parent / "first_release.fast-export"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk: Desk) -> Desk:
    """The first release's office, as a clone has it."""
    root = tmp_path / "old"
    root.mkdir()
    old = Desk(root, monkeypatch)
    old.git("init", "-q", "-b", "main")
    subprocess.run(
        ["git", "fast-import", "--quiet"], cwd=root, input=WRITTEN.read_bytes(), check=True
    )
    old.git("reset", "-q", "--hard", "main")
    for key in ("user.name", "user.email", "pmcli.desk"):
        old.git("config", key, desk.git("config", key).strip())
    old.clock("2026-03-11 09:00")
    return old


def records(office: Desk) -> dict[str, Path]:
    return {path.stem: path for path in sorted((office.root / "records").rglob("*.md"))}


def rows(text: str) -> list[str]:
    """The lines of a record's history."""
    front = text.split("\nhistory:\n", 1)[1].split("\n---\n", 1)[0]
    return front.splitlines()


def test_it_is_of_the_first_release(office: Desk) -> None:
    texts = [path.read_text("utf-8") for path in records(office).values()]
    assert len(texts) == 27
    told = office.git("log", "--format=%B")
    assert "Transition:" in told and "Undoes:" in told and "Event:" not in told
    for word in ("event:", "now:", "cause:"):
        assert not any(word in row for text in texts for row in rows(text)), word
    assert any("was:" in row for text in texts for row in rows(text))
    assert any("command: undo" in row for text in texts for row in rows(text))


def test_it_is_read_and_audited_and_nothing_is_written(office: Desk) -> None:
    head = office.head
    office.do("check")
    office.do("check --fix")
    for number, path in records(office).items():
        form = path.relative_to(office.root).parts[1]
        shown = office.show(number)
        assert shown["id"] == number
        office.do(f"{form} list")
        told = office.do(f"history {number} --format json").json["history"]
        assert len(told) == len(rows(path.read_text("utf-8")))
        assert all(row["commit"] for row in told), number
        assert len({row["commit"] for row in told}) == len(told), number
    assert office.head == head and office.git("status", "--porcelain") == ""


STEPS = [
    ("JD-260310-A01", "visit reply JD-260310-A01 --reply 已列入计划 --reply-method phone "
     "--passed-to 陈立 --by 林悦", {"reply", "reply_method", "passed_to", "state", "keeper"}),
    ("BX-260305-A01", "repair resume BX-260305-A01 --by 李强",
     {"state", "keeper", "held_from", "hold_reason", "resume_on"}),
    ("BX-260305-A01", "repair edit BX-260305-A01 --place 客厅天花 --reason 记错", {"place"}),
    ("BX-260303-A01", "repair close BX-260303-A01", {"state"}),
    ("HF-260303-A01", "revisit do HF-260303-A01 --method phone --result satisfied --by 张敏",
     {"state", "method", "result"}),
    ("1-1-101", "unit edit 1-1-101 --floor-area 90.00 --reason 核对", {"floor_area"}),
]  # fmt: skip


@pytest.mark.parametrize(("number", "line", "changed"), STEPS, ids=range(len(STEPS)))
def test_a_step_adds_its_rows_and_leaves_all_other_bytes(
    office: Desk, number: str, line: str, changed: set[str]
) -> None:
    if "close" in line:
        office.do(STEPS[4][1])
    before = {n: p.read_text("utf-8") for n, p in records(office).items()}
    office.do(line)
    texts = {n: p.read_text("utf-8") for n, p in records(office).items()}
    assert texts[number] != before[number]
    for one, text in texts.items():
        old = before.get(one)
        if old is None or old == text:
            continue
        kept, now = rows(old), rows(text)
        assert now[: len(kept)] == kept, one
        assert all("event: " in row for row in now[len(kept) :]) and len(now) > len(kept)
        if one == number:
            rest = {x for x in old.splitlines() if x not in kept} ^ {
                x for x in text.splitlines() if x not in now
            }
            command = line.split()[1]
            fine = changed | {f"{command}_at", f"{command}_by"}
            assert {x.partition(":")[0] for x in rest} <= fine, rest
    told = office.do(f"history {number} --format json").json["history"]
    assert all(row["commit"] for row in told)
    office.do("check")
    office.clean()


@pytest.mark.parametrize("number", ["JD-260310-A01", "BX-260305-A01", "BX-260308-A01"])
def test_its_steps_are_taken_back_to_the_beginning(office: Desk, number: str) -> None:
    """The values before are those that git has: the first release's rows do not tell them."""
    path = records(office)[number].relative_to(office.root).as_posix()
    commits = office.git("log", "--format=%H %s", "--reverse", "--", path).splitlines()
    form = path.split("/")[1]
    # What was taken back already is neither a step nor a state to come back to.
    stack: list[str] = []
    for commit in commits:
        name, subject = commit.split(" ", 1)
        if ": undo" in subject:
            stack.pop()
        else:
            stack.append(name)
    assert len(stack) >= 1
    while len(stack) > 1:
        stack.pop()
        office.do(f"undo {number} --reason 从头再来 --by 王芳")
        wanted = office.git("show", f"{stack[-1]}:{path}")
        now = (office.root / path).read_text("utf-8")
        drop = [*rows(wanted), *rows(now)]
        assert [x for x in now.splitlines() if x not in drop] == [
            x for x in wanted.splitlines() if x not in drop
        ]
        office.do("check")
    assert office.show(number)["form"] == form


def test_what_a_new_step_changed_is_taken_back_on_an_old_record(office: Desk) -> None:
    path = records(office)["BX-260305-A01"]
    before = path.read_text("utf-8")
    office.do("repair resume BX-260305-A01 --by 李强")
    office.do("undo BX-260305-A01 --reason 点错 --by 李强")
    after = path.read_text("utf-8")
    kept = rows(before)
    assert rows(after)[: len(kept)] == kept and len(rows(after)) == len(kept) + 2
    assert after.replace("\n".join(rows(after)), "\n".join(kept)) == before
    office.do("check")


def test_a_changed_row_of_the_first_release_is_found(office: Desk) -> None:
    path = records(office)["BX-260303-A01"]
    text = path.read_text("utf-8")
    old = "by: 吴刚, command: finish"
    assert old in text
    path.write_text(text.replace(old, "by: 李强, command: finish"), "utf-8", newline="\n")
    office.git("commit", "-qam", "随手改")
    found = office("check")
    assert found.code == 1 and path.name in found.out

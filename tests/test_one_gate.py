"""One way to write: one place appends to a history, one makes a record, one commits."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from conftest import Desk

SOURCE = Path(__file__).parents[1] / "pmcli"
TREES = {
    path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text("utf-8"))
    for path in sorted(SOURCE.rglob("*.py"))
}


def calls(what: str) -> list[str]:
    """The modules with a call whose function reads so, one entry for each call."""
    return [
        name
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(what)
    ]


def test_one_place_appends_to_a_history() -> None:
    assert calls("_entries.append") == ["workflow/draft.py"]
    assert set(calls("Event")) == {"workflow/draft.py", "record/event.py"}


def test_one_place_makes_a_record() -> None:
    made = [
        (name, ast.unparse(node))
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Draft" and len(node.args) == 2
    ]
    assert [name for name, _ in made] == ["workflow/engine.py"], made


def test_one_place_commits() -> None:
    assert calls("git.commit") == ["store/unit_of_work.py"]
    assert sorted(calls(".commit_files")) == ["store/founding.py", "store/unit_of_work.py"]


FORM = """\
form: berth_file
title: 泊位档案 | Berth file
prefix: BW
archive: true
fields:
  name: {label: 名称 | Name, type: text}
  length: {label: 长度 | Length, type: integer}
  deposit: {label: 押金 | Deposit, type: money, auto: true}
  cards: {label: 车卡 | Cards, type: link+, to: [berth_card], auto: true}
  steps:
    label: 待办 | To do
    type: rows
    columns: {what: {label: 事项 | What, type: text}}
    auto: true
states: {kept: 在册 | kept, gone: {label: 注销 | gone, final: true}}
transitions:
  new:
    label: 建档 | Register
    to: kept
    role: reception
    asks: [name]
    may: [length]
    guard:
    - when: length
      if: length < 100
      say: 长度须小于 100 | the length must be below 100
    set: {deposit: "20"}
    fill:
      steps: {what: 发卡}
    create:
    - {form: berth_card, keep: cards, values: {berth: =id}}
  drop: {label: 注销 | Drop, from: kept, to: gone, role: any}
import:
  key: name
  columns: {name: 名称, length: 长度}
list: [id, name]
"""
CARD = """\
form: berth_card
title: 车卡 | Berth card
prefix: CK
fields:
  berth: {label: 泊位 | Berth, type: link, to: [berth_file]}
states: {due: {label: 待发 | due}, gone: {label: 已发 | handed out, final: true}}
transitions:
  new: {label: 登记 | Register, to: due, role: system, asks: [berth]}
  hand: {label: 发卡 | Hand out, from: due, to: gone, role: any}
list: [id, berth]
"""


@pytest.fixture
def berths(desk: Desk) -> Desk:
    (desk.root / "forms").mkdir()
    (desk.root / "forms/berth_file.yaml").write_text(FORM, "utf-8")
    (desk.root / "forms/berth_card.yaml").write_text(CARD, "utf-8")
    desk.do("save")
    return desk


def as_new_makes_it(desk: Desk, number: str) -> None:
    """`set`, `fill` and `create` of the form's `new` have happened, in the commit that made it."""
    shown = desk.do(f"berth_file show {number} --format json").json
    assert shown["deposit"] == "20.00"
    assert [row["what"] for row in shown["steps"]] == ["发卡"]
    (card,) = shown["cards"]
    made = desk.do(f"berth_card show {card} --format json").json
    assert (made["berth"], made["source"]) == (number, number)
    logs = [desk.git("log", "--format=%H", "--", one["path"]).split() for one in (shown, made)]
    assert logs[0][-1] == logs[1][-1]


def test_a_typed_record_is_made_so(berths: Desk) -> None:
    as_new_makes_it(berths, berths.do("berth_file new --name 甲 --length 12").id)


def test_an_imported_row_is_made_as_new_makes_it(berths: Desk) -> None:
    desk = berths
    table = desk.root.parent / "berths.csv"
    table.write_text("名称,长度\n甲,12\n乙,300\n丙,\n", "utf-8")
    told = desk(["import", "berth_file", str(table), "--format", "json"])
    assert told.code == 1
    assert [row["row"] for row in told.json["refused"]] == [3]
    assert "长度须小于 100" in told.json["refused"][0]["reason"]
    shown = [desk.do(f"berth_file show {r['id']} --format json").json for r in told.json["records"]]
    assert [s["name"] for s in shown if s["form"] == "berth_file"] == ["甲", "丙"]
    for one in shown:
        as_new_makes_it(desk, one["id"])
    assert shown[0]["history"][0]["kind"] == "import"
    desk.do("check")


def test_a_guard_of_new_holds_for_a_correction(berths: Desk) -> None:
    desk = berths
    number = desk.do("berth_file new --name 甲 --length 12").id
    told = desk.refused(f"berth_file edit {number} --length 300", 4)
    assert "长度须小于 100" in told.err
    json = desk.refused(f"berth_file edit {number} --length 300 --format json", 4).json
    (unmet,) = json["error"]["unmet"]
    assert (unmet["kind"], unmet["guard"]) == ("guard", "berth_file.new.1")
    assert unmet["fields"] == ["length"]
    desk.refused(f"berth_file edit {number} --length 13 --by 赵军", 4)
    path = desk.root / desk.do(f"berth_file show {number} --format json").json["path"]
    path.write_text(path.read_text("utf-8").replace("length: 12", "length: 300", 1), "utf-8")
    assert "长度须小于 100" in desk("save").out

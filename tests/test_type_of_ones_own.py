"""A new field type is one class: all of pmcli takes it, with no other line changed."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Desk
from openpyxl import load_workbook
from roster_files import write_csv
from scenes import one_commit, refuse
from terminal import Open
from throwaway import FORM, StarsType, known, site

from pmcli.form.types import TYPES, unregister

NEW = "tasting new --dish 鱼头 --taste 4星"


@pytest.fixture
def kitchen(desk: Desk) -> Iterator[Desk]:
    """The office with a form of a type that pmcli does not have."""
    (desk.root / "forms").mkdir(exist_ok=True)
    (desk.root / "forms/tasting.yaml").write_text(FORM, "utf-8")
    known()
    try:
        desk.do("save")
        yield desk
    finally:
        unregister(StarsType)


def test_without_its_class_there_is_no_such_type(desk: Desk) -> None:
    (desk.root / "forms").mkdir(exist_ok=True)
    other = FORM.replace("prefix: SC", "prefix: SD")  # a form once read stays so
    (desk.root / "forms/tasting.yaml").write_text(other, "utf-8")
    assert "stars" not in TYPES
    told = desk("forms check")
    assert told.code == 1
    assert "stars" in told.out + told.err


def test_by_option_in_the_file_in_json_and_in_formulas(kitchen: Desk) -> None:
    with one_commit(kitchen):
        number = kitchen.do(
            f"{NEW} --all 5 --all ３ --courses name=汤,taste=2 --courses name=饭,taste=5星"
        ).id
    shown = kitchen.show(number)
    assert (shown["taste"], shown["double"], shown["all"]) == (4, 8, [5, 3])
    assert shown["courses"] == [{"name": "汤", "taste": 2}, {"name": "饭", "taste": 5}]
    text = (kitchen.root / shown["path"]).read_text("utf-8")
    assert 'taste: "4*"\n' in text
    assert 'all: ["5*", "3*"]\n' in text
    page = kitchen.do(f"tasting show {number}").out
    assert "★★★★☆" in page and "★★☆☆☆" in page
    kitchen.do("check")


def test_it_is_refused_with_its_own_words(kitchen: Desk) -> None:
    wrong = refuse(kitchen, "tasting new --dish 鱼头 --taste 6星", 2)
    assert wrong.messages == ["--taste 味道 应为星级，1 至 5；收到“6星”"]
    wrong = refuse(kitchen, f"{NEW} --courses name=汤,taste=好", 2)
    assert wrong.messages == ["--courses taste= 味 应为星级，1 至 5；收到“好”"]
    helped = kitchen.do("tasting new --help").out
    assert "--taste STARS" in helped


def test_corrected_by_option_and_by_hand_and_taken_back(kitchen: Desk) -> None:
    number = kitchen.do(NEW).id
    kitchen.do(f"tasting edit {number} --taste 5")
    assert kitchen.show(number)["history"][-1]["was"] == {"taste": 4, "double": 8}
    path = kitchen.root / str(kitchen.show(number)["path"])
    text = path.read_text("utf-8")
    path.write_text(text.replace('\ntaste: "5*"', '\ntaste: "1*"'), "utf-8")
    kitchen.do("save")
    assert kitchen.show(number)["taste"] == 1
    kitchen.do("check")
    kitchen.do(f"undo {number} --reason 改错")
    assert kitchen.show(number)["taste"] == 5
    path.write_text(text.replace('\ntaste: "5*"', '\ntaste: "9*"'), "utf-8")
    assert kitchen("check").code == 1


def test_lists_sort_filter_and_mask_it(kitchen: Desk) -> None:
    for stars in (3, 5, 1):
        kitchen.do(f"tasting new --dish 菜{stars} --taste {stars} --opinion {stars}")
    lines = kitchen.do("tasting list --sort -taste --format csv").out
    rows = list(csv.DictReader(io.StringIO(lines)))
    assert [row["味道"] for row in rows] == ["★★★★★", "★★★☆☆", "★☆☆☆☆"]
    assert {row["评价"] for row in rows} == {"*****"}
    filtered = kitchen.do(["tasting", "list", "--where", "taste > 2", "--format", "json"])
    assert sorted(r["taste"] for r in filtered.json["records"]) == [3, 5]
    book = kitchen.root.parent / "list.xlsx"
    kitchen.do(f"tasting list --sort taste --format xlsx -o {book}")
    sheet = load_workbook(book).active
    assert [cell.value for cell in next(sheet.iter_cols(3))] == [
        "味道", "★☆☆☆☆", "★★★☆☆", "★★★★★",
    ]  # fmt: skip
    revealed = kitchen.do("tasting list --reveal --format csv").out
    assert "★★★☆☆,★★★☆☆" in revealed


def test_on_paper(kitchen: Desk) -> None:
    number = kitchen.do(f"{NEW} --courses name=汤,taste=2").id
    page = kitchen.do(f"tasting print {number} --format txt").out
    assert "★★★★☆" in page and "★★☆☆☆" in page
    assert "☆☆☆☆☆" in kitchen.do("tasting print --layout blank --format txt").out


def test_from_a_roster(kitchen: Desk, tmp_path: Path) -> None:
    rows = [["菜", "味道", "各人"], ["鱼头", "4星", "5、３"], ["豆腐", "3", "很多"]]
    path = write_csv(tmp_path / "a.csv", rows)
    done = kitchen.do(["import", "tasting", str(path), "--format", "json"]).json
    shown = [kitchen.show(made["id"]) for made in done["records"]]
    assert [(r["taste"], r.get("all")) for r in shown] == [(4, [5, 3]), (3, None)]
    assert [(r["row"], r["field"]) for r in done["left_out"]] == [(3, "all")]
    assert "星级" in done["left_out"][0]["reason"]


def test_asked_at_a_terminal(kitchen: Desk, at: Open, tmp_path: Path) -> None:
    clerk = at("tasting new --dish 鱼头", PYTHONPATH=site(tmp_path))
    clerk.asks("味道")
    clerk.sees("几颗星")
    clerk.wrong("味道", "很好", "味道 应为星级，1 至 5；收到“很好”")
    clerk.correct("味道", "4星")
    clerk.sees("★★★★☆")
    clerk.answer("还可以填")
    clerk.answer("确认登记")
    clerk.ends()
    assert kitchen.show("SC-260305-A01")["taste"] == 4


def test_completed_in_a_shell(kitchen: Desk, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pmcli"],
        cwd=kitchen.root,
        env={
            **os.environ,
            "PYTHONPATH": site(tmp_path),
            "PYTHONUTF8": "1",
            "_PMCLI_COMPLETE": "complete_powershell",
            "COMP_WORDS": "pmcli\ntasting\nnew\n--taste\n",
            "COMP_CWORD": "4",
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    found = [line.split("\t")[1:] for line in done.stdout.splitlines()]
    assert found == [[str(n), "★" * n] for n in range(1, 6)]

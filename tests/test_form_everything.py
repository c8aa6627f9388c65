"""A form that exists only in the tests works through every command, with no line of pmcli changed.

tests/forms/boat.yaml has each kind of field, rows, links, a child form, guards, clocks and layouts.
"""

from __future__ import annotations

import csv
import io
import shlex
import shutil
from pathlib import Path

import pytest
from conftest import Desk
from openpyxl import load_workbook
from scenes import bring, one_commit, refuse

FORMS = Path(__file__).parent / "forms"
NEW = "boat new --hull 白鹭 --purpose 游湖 --kind row --borrower 丁先生 --phone 13800000007"


@pytest.fixture
def harbour(desk: Desk) -> Desk:
    """The office with the forms boat and berth of its own."""
    folder = desk.root / "forms"
    folder.mkdir(exist_ok=True)
    for path in FORMS.glob("*.yaml"):
        shutil.copy(path, folder)
    desk.git("add", "forms")
    desk.git("commit", "--quiet", "-m", "forms")
    return desk


def lent(desk: Desk, hull: str = "白鹭") -> str:
    """A boat that 林悦 has lent, with a berth."""
    number = desk.do(NEW.replace("白鹭", hull) + " --deposit 200 --crew 赵军").id
    desk.do(f"boat lend {number} --steward 林悦 --insured yes --spot B3")
    return number


# The form itself


def test_forms_knows_it(harbour: Desk) -> None:
    checked = harbour.do("forms check")
    assert "16" in checked.out
    assert harbour.do("forms check --format json").json["findings"] == []
    listed = {r["form"]: r for r in harbour.do("forms list --format json").json["records"]}
    assert listed["boat"]["prefix"] == "QC"
    assert listed["boat"]["built_in"] is False
    assert listed["berth"]["prefix"] == "BW"
    shown = harbour.do("forms show boat --format json").json
    assert shown["states"]["closed"] == {"label": "已结清", "final": True}
    assert [t["command"] for t in shown["transitions"]].count("settle") == 2
    for word in ("借船单", "借出", "归还", "QC-01"):
        assert word in harbour.do("forms show boat").out


def test_help_is_derived_from_it(harbour: Desk) -> None:
    assert "借船单" in harbour.do("boat --help").out
    helped = harbour.do("boat new --help").out
    assert "--hull" in helped
    assert "row 划桨、sail 帆船" in " ".join(helped.split())
    assert "--spot" in harbour.do("boat lend --help").out


# new


def test_new_with_a_field_of_every_type(harbour: Desk) -> None:
    earlier = harbour.do(NEW).id
    with one_commit(harbour):
        number = harbour.do(
            f"{NEW.replace('--kind row', '--kind 帆船')} --crew 赵军 --crew 李强 "
            "--gear item=桨,qty=2,price=40 --gear item=救生衣,qty=3 --unit 3-2-501 --insured no "
            f"--seats 4 --deposit 200 --wanted-on 2026-03-07 --term 5wd --earlier {earlier}"
        )
    shown = harbour.show(number.id)
    expected = {
        "id": "QC-260305-A02", "form": "boat", "state": "asked", "hull": "白鹭", "purpose": "游湖",
        "kind": "sail", "borrower": "丁先生", "phone": "13800000007", "unit": "3-2-501",
        "insured": False, "seats": 4, "deposit": "200.00", "wanted_on": "2026-03-07", "term": "5wd",
        "crew": ["赵军", "李强"], "gear_total": "80.00", "damages": 0, "earlier": earlier,
        "gear": [{"item": "桨", "qty": 2, "price": "40.00"}, {"item": "救生衣", "qty": 3}],
    }  # fmt: skip
    assert {name: shown[name] for name in expected} == expected
    assert shown["path"] == "records/boat/2026/03/QC-260305-A02.md"
    assert (harbour.root / shown["path"]).read_text("utf-8").endswith("---\n游湖\n")
    assert harbour.show(earlier)["term"] == "7d"


def test_new_is_refused_as_the_form_says(harbour: Desk) -> None:
    missing = refuse(harbour, "boat new --kind row", 2)
    assert len(missing.messages) == 4
    crew = refuse(harbour, NEW.replace("--kind row", "--kind sail"), 2)
    assert crew.messages == ["缺少 --crew 船员：帆船须有船员"]
    wrong = refuse(
        harbour,
        "boat new --hull 白鹭 --purpose 游湖 --kind steam --borrower 丁先生 --phone abc "
        "--seats 两个 --deposit 1.234 --wanted-on 明天 --term 长 --insured 也许 --crew 外人 "
        "--unit 9-9-999 --gear item=桨",
        2,
    )
    assert len(wrong.messages) == 10
    assert refuse(harbour, f"{NEW} --earlier QC9", 3)
    warned = harbour.do(f"{NEW} --format json").json["warnings"]
    assert warned == ["提示：白鹭 没有收押金"]


# transitions


def test_every_step_of_it(harbour: Desk) -> None:
    number = harbour.do(f"{NEW} --deposit 200 --gear item=桨,qty=1,price=40").id
    unready = refuse(harbour, f"boat lend {number} --steward 林悦 --spot B3")
    assert unready.messages == ["白鹭 尚未投保（--insured yes）"]
    assert unready.roles == {"deny": ["supervisor"]}
    with one_commit(harbour):
        (berth,) = harbour.do(
            f"boat lend {number} --steward 林悦 --insured yes --spot B3 "
            '--back-at "2026-03-06 18:00"'
        ).made
    assert harbour.git("log", "-1", "--format=%s").strip() == f"boat {number}: lend 借出 → 林悦"
    shown, child = harbour.show(number), harbour.show(berth)
    assert (shown["state"], shown["berths"]) == ("lent", [berth])
    assert (child["boat"], child["source"], child["spot"], child["hull"]) == (
        number, number, "B3", "白鹭",
    )  # fmt: skip
    # a second loan of the same hull sees the first
    other = harbour.do(f"{NEW} --deposit 1").id
    taken = refuse(harbour, f"boat lend {other} --steward 林悦 --insured yes --spot B4")
    assert taken.messages == [f"白鹭 已由 {number} 借出"]
    assert taken.see == [f"boat give-back {number}"]
    harbour.do(f"boat deny {other} --reason 已借出 --by 王芳")
    # rows that grow, rows with a key
    assert refuse(harbour, f"boat sail {number} --by 林悦", 2).messages == [
        "请给出至少一项要变更的内容"
    ]
    harbour.do(
        f"boat sail {number} --voyages at=9:00,to=湖心 --gear item=桨,qty=2 "
        "--gear item=锚,qty=1,price=15 --by 林悦"
    )
    harbour.do(f"boat sail {number} --voyages at=9:00,to=北岸 --by 陈立")
    assert refuse(harbour, f"boat sail {number} --voyages at=9:00 --by 周洁").says("只有", "周洁")
    shown = harbour.show(number)
    assert [row["to"] for row in shown["voyages"]] == ["湖心", "北岸"]
    assert shown["gear"] == [
        {"item": "桨", "qty": 2, "price": "40.00"},
        {"item": "锚", "qty": 1, "price": "15.00"},
    ]
    assert shown["gear_total"] == "95.00"
    # a record of a shipped form, made once
    (order,) = harbour.do(f"boat wreck {number} --damage 桨断 --by 赵军").made
    assert harbour.show(order)["request"] == "桨断"
    assert harbour.do(f"boat wreck {number} --damage 漏水").made == []
    assert harbour.show(number)["order"] == order
    assert harbour.show(number)["damages"] == 2
    assert refuse(harbour, f"boat give-back {number} --by 林悦").messages == [
        "林悦 是本单的经办，须由他人办理"
    ]
    harbour.do(f"boat give-back {number} --by 赵军")
    still = refuse(harbour, f"boat settle {number} --by 周洁")
    assert still.messages == [f"泊位 {berth} 未空出"]
    assert still.see == [f"berth leave {berth}"]
    harbour.do(f"berth leave {berth} --by 赵军")
    harbour.do(f"boat settle {number} --by 周洁")
    shown = harbour.show(number)
    assert (shown["state"], shown["give_back_by"], shown["next"]) == ("closed", "赵军", [])


def test_a_command_with_two_rows_uses_the_one_that_fits(harbour: Desk) -> None:
    number = lent(harbour)
    (berth,) = harbour.show(number)["berths"]
    refuse(harbour, f"boat settle {number} --reason 沉了 --by 周洁")
    assert refuse(harbour, f"boat settle {number} --by 陈立", 2).says("--reason")
    with one_commit(harbour):
        harbour.do(f"boat settle {number} --reason 沉了 --by 陈立")
    assert harbour.show(number)["state"] == "closed"
    assert "spot" not in harbour.show(berth)


def test_its_child_appears_among_what_it_follows(harbour: Desk) -> None:
    number = lent(harbour)
    second = harbour.do(f"berth new --boat {number} --spot C1").id
    assert harbour.show(number)["berths"][-1] == second


# clocks


def clocks(desk: Desk, number: str) -> dict[str, str]:
    return {c["clock"]: c["due"] for c in desk.show(number)["clocks"]}


def test_working_days_skip_weekends_and_holidays(harbour: Desk) -> None:
    assert clocks(harbour, harbour.do(NEW).id) == {"lend": "2026-03-12T09:00:00+08:00"}
    # Labour Day 2026: off from 1 to 5 May, worked on Saturday 9 May
    harbour.clock("2026-04-30 10:00")
    number = harbour.do(NEW).id
    assert clocks(harbour, number) == {"lend": "2026-05-11T10:00:00+08:00"}
    # the office's own table goes first
    with (harbour.root / "office.yaml").open("a", encoding="utf-8", newline="\n") as file:
        file.write("working_days: {2026-05-02: work, 2026-05-09: rest, 2026-05-11: rest}\n")
    assert clocks(harbour, number) == {"lend": "2026-05-12T10:00:00+08:00"}


def test_clock_stops_at_either_end(harbour: Desk) -> None:
    number = harbour.do(NEW).id
    harbour.do(f"boat lend {number} --steward 林悦 --insured yes --spot B3")
    assert clocks(harbour, number) == {"back": "2026-03-05T23:59:59+08:00"}
    steps = [s["command"] for s in harbour.show(number)["next"]]
    assert steps[0] != "give-back"
    harbour.clock("2026-03-06 00:00")
    assert harbour.show(number)["next"][0]["command"] == "give-back"
    assert refuse(harbour, f"boat lend {number} --steward 林悦").next[0] == "give-back"


# list


@pytest.fixture
def fleet(harbour: Desk) -> Desk:
    """Four loans: 3 March asked, 4 March lent and closed, today lent for the unit."""
    harbour.clock("2026-03-03 10:00")
    harbour.do(NEW.replace("白鹭", "一号"))
    harbour.clock("2026-03-04 10:00")
    lent(harbour, "二号")
    closed = lent(harbour, "三号")
    harbour.clock("2026-03-04 17:00")
    harbour.do(f"boat settle {closed} --reason 沉了 --by 陈立")
    harbour.clock("2026-03-05 09:00")
    four = harbour.do(f"{NEW.replace('白鹭', '四号')} --unit 3-2-501 --seats 10 --deposit 90").id
    harbour.do(f"boat lend {four} --steward 林悦 --insured yes --spot D4")
    return harbour


def hulls(desk: Desk, *options: str) -> list[str]:
    result = desk(["boat", "list", "--format", "json", *options])
    assert result.code == 0, result.err
    return [record["hull"] for record in result.json["records"]]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", "二号 四号 一号 三号"),
        ("--open", "二号 四号 一号"),
        ("--state lent", "二号 四号"),
        ("--state asked --state closed", "一号 三号"),
        ("--unit 3-2-501", "四号"),
        ("--unit 3栋2单元501", "四号"),
        ("--since 2026-03-04", "二号 四号 三号"),
        ("--until 2026-03-04", "二号 一号 三号"),
        ("--since 2026-03-04 --until 2026-03-04", "二号 三号"),
        ("--where \"kind == 'row' and seats\"", "四号"),
        ("--where overdue", "二号"),
        ('--where "seats > 3"', "四号"),
        ('--where "deposit >= 100"', "二号 三号"),
        ('--where "voyages | length == 0"', "二号 四号 一号 三号"),
        ('--where "gear_total == 0 and open"', "二号 四号 一号"),
        ("--where \"berths | length == 1 and state == 'lent'\"", "二号 四号"),
        ("--sort hull", "一号 三号 二号 四号"),
        ("--sort -created_at --limit 1", "四号"),
        ("--sort seats", "四号 一号 二号 三号"),
        ("--sort -deposit --state lent", "二号 四号"),
        ("--limit 2", "二号 四号"),
        ("--as-of 2026-03-03", "一号"),
        ("--as-of 2026-03-04 --open", "二号 一号"),
        ("--incomplete", ""),
    ],
)
def test_list_filters(fleet: Desk, options: str, expected: str) -> None:
    assert hulls(fleet, *shlex.split(options)) == expected.split()


def test_list_refuses_what_the_form_does_not_have(fleet: Desk) -> None:
    for options in (
        "--state sunk", "--where sunk", '--where "kind ="', "--sort sunk", "--columns sunk",
        "--since soon", "--limit 0", "--format pdf", "--unit",
    ):  # fmt: skip
        assert fleet(f"boat list {options}").code == 2, options


def test_list_shows_the_forms_columns(fleet: Desk) -> None:
    table = fleet.do("boat list")
    assert table.out.split("\n")[0].split() == [
        "编号", "船号", "船型", "房号/借船人", "经办", "状态", "下一时限", "船具",
    ]  # fmt: skip
    assert "丁**" in table.out
    assert "丁先生" in fleet.do("boat list --reveal").out
    assert "共 4 条，逾期 1 条" in table.err
    rows = list(csv.reader(io.StringIO(fleet.do("boat list --format csv").out)))
    assert rows[0][:3] == ["编号", "船号", "船型"]
    assert [row[1] for row in rows[1:]] == ["二号", "四号", "一号", "三号"]
    assert rows[2][3] == "3-2-501"
    chosen = fleet.do("boat list --columns id,seats,crew,worth,next_due --format csv").out
    assert chosen.splitlines()[0] == "编号,座位,船员,船具,下一时限"


def test_list_as_a_workbook(fleet: Desk, tmp_path: Path) -> None:
    assert fleet("boat list --format xlsx").code == 2
    target = tmp_path / "船 list.xlsx"
    fleet.do(["boat", "list", "--format", "xlsx", "-o", str(target)])
    sheet = load_workbook(target).active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0][1] == "船号"
    assert [row[1] for row in cells[1:]] == ["二号", "四号", "一号", "三号"]


def test_list_as_json_masks_and_dates(fleet: Desk) -> None:
    listed = fleet.do("boat list --format json").json
    assert (listed["schema"], listed["form"], listed["total"]) == (1, "boat", 4)
    late = listed["records"][0]
    assert (late["borrower"], late["phone"]) == ("丁**", "138****0007")
    assert (late["clock"], late["overdue"]) == ("back", True)
    assert late["next_due"] == "2026-03-04T23:59:59+08:00"
    assert fleet.do("boat list --limit 1 --format json").json["total"] == 4


def test_list_finds_the_incomplete(fleet: Desk) -> None:
    record = fleet.do("boat list --state asked --format json").json["records"][0]
    path = fleet.root / record["path"]
    text = path.read_text("utf-8")
    path.write_text(text.replace("kind: row\n", ""), "utf-8", newline="\n")
    fleet.git("commit", "--quiet", "-am", "as imported")
    listed = fleet.do("boat list --incomplete --format json").json["records"]
    assert [(r["id"], r["incomplete"]) for r in listed] == [(record["id"], ["kind"])]
    assert "船型" in fleet.do("boat list --incomplete").out
    assert "资料不全，缺：船型" in fleet.do(f"boat show {record['id']}").out


# show, print, history


def test_show_and_history(harbour: Desk) -> None:
    number = lent(harbour)
    page = harbour.do(f"boat show {number}").out
    for word in ("借船单", number, "已借出", "白鹭", "丁先生", "下一步：", "申请", "借出"):
        assert word in page
    shown = harbour.do("boat show a01 --format json").json
    assert shown["schema"] == 1
    assert [row["command"] for row in shown["history"]] == ["new", "lend"]
    history = harbour.do(f"history {number} --format json").json
    assert [row["command"] for row in history["history"]] == ["new", "lend"]
    commits = {row["commit"] for row in history["history"]}
    assert len(commits) == 2
    assert harbour.head in commits
    assert "借出" in harbour.do(f"history {number}").out


def test_writes_answer_in_json(harbour: Desk) -> None:
    made = harbour.do(f"{NEW} --format json").json
    assert made["schema"] == 1
    assert (made["form"], made["state"], made["commit"]) == ("boat", "asked", harbour.head)
    done = harbour.do(
        f"boat lend {made['id']} --steward 林悦 --insured yes --spot B3 --format json"
    ).json
    assert [(r["form"], r["new"]) for r in done["records"]] == [("boat", False), ("berth", True)]
    assert all((harbour.root / r["path"]).is_file() for r in done["records"])


def test_print(harbour: Desk, tmp_path: Path) -> None:
    number = lent(harbour)
    text = harbour.do(f"boat print {number}").out
    for word in ("借 船 单", "QC-01", "白鹭", "游湖", "B3", "请爱护 白鹭。", "借船人", "办理经过"):
        assert word in text
    target = tmp_path / "slip.html"
    harbour.do(["boat", "print", number, "--format", "html", "-o", str(target)])
    html = target.read_text("utf-8")
    assert "<html" in html
    assert "白鹭" in html
    assert "白鹭" not in harbour.do("boat print --layout blank").out
    register = harbour.do("boat print --layout register --month 2026-03").out
    assert number in register
    assert number not in harbour.do("boat print --layout register --month 2026-04").out


def test_it_speaks_english(harbour: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PMCLI_LANG", "en")
    made = harbour.do(NEW)
    assert "Boat loan: asked" in made.out
    assert "lend Lend" in made.err
    refused = harbour.refused(f"boat lend {made.id} --steward 林悦 --spot B3")
    assert "白鹭 is not insured" in refused.err
    assert "Boat loan" in harbour.do(f"boat print {made.id}").out


def test_other_records_see_it(harbour: Desk) -> None:
    # open work of the new form on a unit keeps the shipped form from retiring it
    number = harbour.do(f"{NEW} --unit 3-2-501").id
    refusal = refuse(harbour, "unit retire 3-2-501 --reason 合并 --by 陈立")
    assert refusal.messages == [f"借船单 {number} 尚未办结"]
    assert bring(harbour, "repair", "received") != number
    harbour.clean()

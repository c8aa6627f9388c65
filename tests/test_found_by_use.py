"""What days of use found: each with others of its kind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import Desk
from scenes import change, file_of

from pmcli.cli.guided import choosing
from pmcli.cli.guided.choosing import Candidate
from pmcli.form.types import TYPES

VISIT = "visit new --category other --channel phone --relation outsider --place 门口"


def two_callers(desk: Desk) -> tuple[str, str]:
    first = desk.do(f"{VISIT} --visitor 王秀英 --phone 13800138000 --content 甲事").id
    second = desk.do(f"{VISIT} --visitor 王秀英 --phone 13800138001 --content 乙事").id
    return first, second


def test_a_handovers_list_ties_no_record_to_another(desk: Desk) -> None:
    first, second = two_callers(desk)
    duty = desk.do("duty new --date 2026-03-05 --shift day --on-duty 张敏 --reason 开张").id
    desk.do(f"handover new --outgoing 张敏 --duty {duty}")
    told = desk.do(f"visit edit {first} --visitor 王秀芬 --linked --format json").json
    assert [record["id"] for record in told["records"]] == [first]
    assert second not in desk.do(f"visit edit {first} --visitor 王秀兰").err
    assert desk.show(second)["visitor"] == "王秀英"


@pytest.mark.parametrize(
    ("formula", "secret"),
    [
        ("after(today, visitor)", "钱多多"),
        ("after(today, phone)", "84123456"),
        ("[1] | map(visitor) | list", "钱多多"),
        ("visitor / 2", "钱多多"),
    ],
)
def test_a_formula_that_fails_tells_nothing_private(desk: Desk, formula: str, secret: str) -> None:
    desk.do(f"{VISIT} --visitor 钱多多 --phone 0731-84123456 --content 问路")
    for form in ("table", "json"):
        told = desk.refused(["visit", "list", "--where", formula, "--format", form], 2)
        assert secret not in told.out + told.err


@pytest.mark.parametrize("held", ["钱多多84123456", "刘备15911112222", "x" * 12, "1380013"])
def test_what_is_no_number_is_masked_whole(held: str) -> None:
    assert TYPES["phone"].mask(held) == "****"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13800138000", "138****8000"),
        ("0731-84123456", "073****3456"),
        ("+85261234567", "+85****4567"),
    ],
)
def test_a_number_keeps_its_ends(number: str, shown: str) -> None:
    assert TYPES["phone"].mask(number) == shown


WRONG_NAMES = """\
figures:
  repair.dispach: {value: 20m, source: x}
  repare.dispatch: 20m
lists:
  handover.equipment: [{item: 对讲机, expectd: 3}]
  handover.equipmnt: []
"""


@pytest.mark.parametrize("command", ["check", "forms check"])
def test_names_of_forms_in_office_yaml_are_checked(desk: Desk, command: str) -> None:
    office = desk.root / "office.yaml"
    line = office.read_text("utf-8").count("\n")
    office.write_text(office.read_text("utf-8") + WRONG_NAMES, "utf-8")
    told = desk(command)
    said = told.out + told.err
    assert told.code == 1
    assert f"office.yaml:{line + 2}: 不认识的键 repair.dispach，是否指 repair.dispatch？" in said
    assert f"office.yaml:{line + 3}: 不认识的键 repare.dispatch" in said
    assert f"office.yaml:{line + 5}: 不认识的键 expectd，是否指 expected？" in said
    assert f"office.yaml:{line + 6}: 不认识的键 handover.equipmnt" in said


def test_a_figure_in_office_yaml_that_is_there_is_none(desk: Desk) -> None:
    office = desk.root / "office.yaml"
    right = "figures: {repair.dispatch: 20m}\nlists: {handover.equipment: [{item: 对讲机}]}\n"
    office.write_text(office.read_text("utf-8") + right, "utf-8")
    desk.do("forms check")


def test_a_table_of_the_office_with_a_wrong_value_is_said(desk: Desk) -> None:
    office = desk.root / "office.yaml"
    wrong = "lists: {handover.equipment: [{item: 对讲机, expected: 三}]}\n"
    office.write_text(office.read_text("utf-8") + wrong, "utf-8")
    duty = desk.do("duty new --date 2026-03-05 --shift day --on-duty 张敏 --reason 开张").id
    told = desk.refused(f"handover new --outgoing 张敏 --duty {duty}", 1)
    assert "“三”" in told.err and "Traceback" not in told.err


def test_a_sentence_gives_its_example_whole(desk: Desk) -> None:
    desk.do(
        "resident new --name 某某 --role owner --unit 3-2-501 --phone 13800138000 "
        "--consent-on 2026-01-01 --since 2026-01-01"
    )
    told = desk.refused([*VISIT.split(), "--visitor", "甲", "--content", "x", "--phone", "abc"], 2)
    assert "如 13800138000、" in told.err


@pytest.mark.parametrize(
    ("name", "begins"), [("a.xlsx", b"PK"), ("a.csv", b"\xef\xbb\xbf"), ("a.json", b"{")]
)
def test_a_list_is_written_as_its_files_name_says(desk: Desk, name: str, begins: bytes) -> None:
    two_callers(desk)
    desk.do(f"visit list -o {name}")
    assert (desk.root / name).read_bytes().startswith(begins)


@pytest.mark.parametrize(
    "line", ["visit list -o a.pdf", "visit list -o a.doc", "visit print a01 -o a.xlsx"]
)
def test_a_file_of_another_kind_is_refused(desk: Desk, line: str) -> None:
    two_callers(desk)
    desk.refused(line, 2)
    assert not (desk.root / line.split()[-1]).exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize("place", ["forms/pipe.yaml", "records/visit/2026/03/JD-260305-A77.md"])
def test_a_pipe_in_the_place_of_a_file_keeps_nobody_waiting(desk: Desk, place: str) -> None:
    two_callers(desk)
    path = desk.root / place
    path.parent.mkdir(exist_ok=True)
    os.mkfifo(path)
    for writing in (False, True):
        held = os.open(path, os.O_RDWR | os.O_NONBLOCK) if writing else None
        told = desk("check")
        assert told.code == 1 and Path(place).name in told.out + told.err
        assert desk("visit list").code in (0, 1)
        if held is not None:
            os.close(held)


def test_the_keys_of_what_no_form_knows_are_masked(desk: Desk) -> None:
    desk.do(
        "resident new --name 欧阳雨 --role owner --unit 3-2-501 --phone 13800138000 "
        "--consent-on 2026-01-01 --since 2026-01-01"
    )
    first, _ = two_callers(desk)
    change(file_of(desk, first), "category:", "extra: {欧阳雨: 1}\ncategory:")
    shown = desk.do(f"visit show {first} --format json")
    assert "欧阳雨" not in shown.out


@pytest.mark.parametrize("word", ["其它", "其他", "OTHER", "ｏｔｈｅｒ"])
def test_a_choice_may_be_written_as_people_write_it(desk: Desk, word: str) -> None:
    line = [*VISIT.replace("--category other ", "").split(), "--category", word]
    visit = desk.do([*line, "--visitor", "甲", "--phone", "13800138000", "--content", "x"]).id
    assert desk.show(visit)["category"] == "other"
    assert choosing.meant(word, [Candidate("other", ("其它", "other"), "", "")]) is not None


@pytest.mark.parametrize(
    ("kind", "default"),
    [
        ("integer", "abc"), ("percent", "101%"), ("plate", "湘I12345"), ("money", "-1"),
        ("date", "昨天"), ("phone", "abc"), ("flag", "maybe"), ("duration", "1x"),
    ],
)  # fmt: skip
def test_a_default_that_its_type_refuses_is_a_fault_of_the_form(
    desk: Desk, kind: str, default: str
) -> None:
    (desk.root / "forms").mkdir()
    form = FORM.replace("KIND", kind).replace("DEFAULT", default)
    (desk.root / "forms/boat.yaml").write_text(form, "utf-8")
    told = desk("forms check")
    assert told.code == 1 and "forms/boat.yaml:5: --size" in told.out + told.err


FORM = """\
form: boat
title: 船 | Boat
prefix: CZ
fields:
  size: {label: 大小 | Size, type: KIND, default: DEFAULT}
states: {kept: 在册 | kept, gone: {label: 注销 | gone, final: true}}
transitions:
  new: {label: 登记 | Keep, to: kept, may: [size]}
  drop: {label: 注销 | Drop, from: kept, to: gone, role: any}
"""


def test_an_erasure_names_the_records_that_still_tell(desk: Desk) -> None:
    person = desk.do(
        "resident new --name 欧阳雨 --role owner --unit 3-2-501 --phone 13800138077 "
        "--consent-on 2026-01-01 --since 2026-01-01"
    ).id
    line = [*VISIT.split(), "--visitor", "甲", "--phone", "13800138000", "--content"]
    named, called, other = (
        desk.do([*line, text]).id for text in ("楼上欧阳雨家漏水", "请回 13800138077", "问路")
    )
    desk.do(f"resident leave {person} --until 2026-03-04")
    erase = f"resident erase {person} --erase-basis request --by 陈立 --reason 本人要求"
    told = desk.do(erase).err
    assert "还写在 2 张单据里" in told
    assert named in told and called in told and other not in told

"""What a corrected value had given another record follows it in the same commit, or is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Desk
from scenes import change, file_of, one_commit


def finish(desk: Desk, repair: str) -> None:
    desk.do(f"repair dispatch {repair} --worker 李强")
    for line in ("arrive {}", "start {}", "finish {} --work-done 更换软管 --amount 0"):
        desk.do(f"repair {line.format(repair)} --by 李强")


def finished_leak(desk: Desk) -> tuple[str, str]:
    """A leak mended on 5 March, and its first revisit, due three days later."""
    repair = desk.do(
        "repair new --area private --unit 3-2-501 --phone 13800000001 --place 阳台 --kind leak "
        "--reporter 刘先生 --request 阳台渗水"
    ).id
    finish(desk, repair)
    first = str(desk.show(repair)["revisits"][0])
    assert due(desk, first) == "2026-03-08"
    return repair, first


def due(desk: Desk, revisit: str) -> str:
    return str(desk.show(revisit)["due_at"])[:10]


@pytest.mark.parametrize("who", ["张敏", "李强"])
def test_a_revisit_moves_with_the_kind_of_the_repair(desk: Desk, who: str) -> None:
    repair, first = finished_leak(desk)
    desk.clock("2026-03-06 10:00")
    with one_commit(desk):
        told = desk.do(f"repair edit {repair} --kind plumbing --by {who} --format json").json
    assert [record["id"] for record in told["records"]] == [repair, first]
    assert told["outdated"] == []
    assert due(desk, first) == "2026-03-12"
    row = desk.show(first)["history"][-1]
    assert (row["command"], row["by"], row["cause"]) == ("edit", who, repair)
    desk.do("check")
    with one_commit(desk):
        desk.do(f"undo {repair} --reason 没有错 --by {who}")
    assert (desk.show(repair)["kind"], due(desk, first)) == ("leak", "2026-03-08")
    desk.do("check")


def test_so_it_does_when_a_hand_has_changed_the_file(desk: Desk) -> None:
    repair, first = finished_leak(desk)
    desk.do(
        "unit new --number 3-2-502 --building 3 --entrance 2 --room 502 --use residential "
        "--floor-area 89"
    )
    change(file_of(desk, repair), "kind: leak", "kind: plumbing")
    change(file_of(desk, repair), "unit: 3-2-501", "unit: 3-2-502")
    with one_commit(desk):
        saved = desk.do("save")
    assert first in saved.out
    assert (desk.show(first)["unit"], due(desk, first)) == ("3-2-502", "2026-03-12")
    assert desk.show(first)["history"][-1]["cause"] == repair
    desk.do("check")


def test_a_day_agreed_with_the_owner_stays(desk: Desk) -> None:
    repair, first = finished_leak(desk)
    desk.do(f"revisit edit {first} --due-at '2026-03-10 10:00'")
    with one_commit(desk):
        desk.do(f"repair edit {repair} --kind plumbing")
    assert due(desk, first) == "2026-03-10"


def test_what_is_done_already_stays(desk: Desk) -> None:
    repair, first = finished_leak(desk)
    desk.do(f"revisit do {first} --method phone --result satisfied")
    told = desk.do(f"repair edit {repair} --kind plumbing --format json").json
    assert [record["id"] for record in told["records"]] == [repair]
    assert due(desk, first) == "2026-03-08"


def test_what_pmcli_filled_in_follows_and_what_a_person_may_fill_is_asked(desk: Desk) -> None:
    repair, first = finished_leak(desk)
    desk.do(
        "unit new --number 3-2-502 --building 3 --entrance 2 --room 502 --use residential "
        "--floor-area 89"
    )
    corrected = "--unit 3-2-502 --kind plumbing --reporter 刘夫人 --phone 13800000002"
    told = desk.do(f"repair edit {repair} {corrected} --format json").json
    planned = desk.show(repair)["revisits"]
    assert [record["id"] for record in told["records"]] == [repair, *planned]
    assert [left["id"] for left in told["linked"]] == planned
    assert {*told["linked"][0]["fields"]} == {"phone", "contact"}
    shown = desk.show(first)
    assert (shown["unit"], due(desk, first)) == ("3-2-502", "2026-03-12")
    assert (shown["contact"], shown["phone"]) == ("刘先生", "13800000001")
    desk.do("check")


def test_with_linked_all_of_it_follows_in_one_row(desk: Desk) -> None:
    repair, first = finished_leak(desk)
    corrected = "--kind plumbing --reporter 刘夫人 --phone 13800000002"
    rows = len(desk.show(first)["history"])
    with one_commit(desk):
        desk.do(f"repair edit {repair} {corrected} --linked --by 王芳 --reason 记错")
    shown = desk.show(first)
    assert (shown["contact"], shown["phone"]) == ("刘夫人", "13800000002")
    assert (due(desk, first), len(shown["history"])) == ("2026-03-12", rows + 1)
    assert shown["history"][-1]["cause"] == repair
    desk.do("check")


SEALED = "edit: {sealed: assigned_to}\n"
STANDING = "edit: {fields: {due_at: {say: 时间已定 | the time stands}}}\n"
PASSED = "edit: {fields: {due_at: {until: planned}}}\n"


def extended(desk: Desk, form: str, text: str) -> None:
    """Lay a file of the office's own over a form."""
    (desk.root / "forms").mkdir()
    (desk.root / "forms" / f"{form}.yaml").write_text(f"extends: {form}\n{text}", "utf-8")
    desk.do("save")


@pytest.mark.parametrize("rule", [STANDING, PASSED])
def test_what_the_form_says_stands_does_not_follow(desk: Desk, rule: str) -> None:
    extended(desk, "revisit", rule)
    repair, first = finished_leak(desk)
    told = desk.do(f"repair edit {repair} --kind plumbing --format json").json
    assert told["outdated"] == [{"id": first, "form": "revisit", "fields": ["due_at"]}]
    assert due(desk, first) == "2026-03-08"


@pytest.mark.parametrize("door", ["edit", "save"])
def test_what_may_not_follow_is_told(desk: Desk, door: str) -> None:
    extended(desk, "revisit", SEALED)
    repair, first = finished_leak(desk)
    desk.do(f"revisit edit {first} --assigned-to 林悦")
    if door == "edit":
        told = desk.do(f"repair edit {repair} --kind plumbing")
    else:
        change(file_of(desk, repair), "kind: leak", "kind: plumbing")
        told = desk.do("save")
    assert f"提醒：{first}（回访）的 应回访时间 是照原来的内容得出的" in told.err
    assert due(desk, first) == "2026-03-08"
    desk.do("check")


def test_what_follows_joins_what_a_hand_has_changed_there(desk: Desk) -> None:
    repair, first = finished_leak(desk)
    change(file_of(desk, repair), "leak", "plumbing")
    change(file_of(desk, first), "13800000001", "13800000009")
    with one_commit(desk):
        saved = desk.do("save --by 王芳 --reason 写错 --format json").json
    assert saved["outdated"] == []
    shown = desk.show(first)
    assert (shown["phone"], due(desk, first)) == ("13800000009", "2026-03-12")
    desk.clean()
    desk.do("check")


def test_a_correction_waits_for_a_file_that_cannot_be_saved(desk: Desk) -> None:
    repair, first = finished_leak(desk)
    change(file_of(desk, repair), "leak", "plumbing")
    change(file_of(desk, first), "13800000001", "13800000009")
    head = desk.head
    saved = desk("save --format json")
    assert (saved.code, desk.head) == (1, head)
    said = {Path(one["file"]).stem: one["message"] for one in saved.json["left"]}
    assert {*said} == {repair, first}
    assert first in said[repair]
    desk.do(f"save {first} --by 王芳 --reason 写错")
    desk.do("save")
    assert (desk.show(first)["phone"], due(desk, first)) == ("13800000009", "2026-03-12")
    desk.do("check")


def test_rounds_that_are_wanted_or_not_any_more_are_told(desk: Desk) -> None:
    repair, _ = finished_leak(desk)
    rain = str(desk.show(repair)["revisits"][1])
    gone = desk.do(f"repair edit {repair} --kind plumbing")
    assert f"不再需要 {rain}（回访）" in gone.err
    desk.do(f"revisit skip {rain} --skip-reason declined --reason 不漏水 --by 王芳")
    told = desk.do(f"repair edit {repair} --kind leak --format json").json
    assert told["turned"] == [{"form": "revisit", "step": "finish", "id": None, "wanted": True}]
    calm = desk.do(f"repair edit {repair} --place 南阳台 --format json").json
    assert calm["turned"] == []


def test_each_round_follows_what_made_it(desk: Desk) -> None:
    office = desk.root / "office.yaml"
    figures = "figures: {revisit.urgent_second: {value: 24h, source: 服务合同}}\n"
    office.write_text(office.read_text("utf-8") + figures, "utf-8")
    desk.do("save")
    repair = desk.do(
        "repair new --area private --unit 3-2-501 --phone 13800000001 --place 阳台 --kind plumbing "
        "--reporter 刘先生 --request 爆管 --urgency urgent --urgent-class supply_structure"
    ).id
    desk.do(f"repair dispatch {repair} --worker 李强")
    for line in (
        "arrive {}",
        "start {} --no-agree-reason 爆管",
        "finish {} --work-done 关阀 --amount 0",
    ):
        desk.do(f"repair {line.format(repair)} --by 李强")
    first, second = desk.show(repair)["revisits"]
    assert due(desk, first) == due(desk, second) == "2026-03-06"
    desk.do(f"repair edit {repair} --urgency normal")
    assert (due(desk, first), due(desk, second)) == ("2026-03-12", "2026-03-06")


def test_what_cannot_be_read_is_told_and_hides_no_other(desk: Desk) -> None:
    repair, first = finished_leak(desk)
    rain = str(desk.show(repair)["revisits"][1])
    torn, path = file_of(desk, rain), file_of(desk, repair)
    torn.write_text("---\nform: [\n", "utf-8")
    refused = desk.refused(f"repair edit {repair} --kind plumbing", 1)
    assert torn.name in refused.err
    change(path, "kind: leak", "kind: plumbing")
    saved = desk("save --format json")
    assert saved.code == 1
    assert [Path(one["file"]).name for one in saved.json["left"]] == [torn.name]
    assert due(desk, first) == "2026-03-12"


def test_nothing_is_outdated_where_only_a_copy_is_asked_about(desk: Desk) -> None:
    extended(desk, "revisit", SEALED)
    repair, first = finished_leak(desk)
    desk.do(f"revisit edit {first} --assigned-to 林悦")
    told = desk.do(f"repair edit {repair} --phone 13800000002 --format json").json
    assert told["outdated"] == []
    assert first in [left["id"] for left in told["linked"]]


BOUND = """\
transitions:
  finish:
    create:
    - form: revisit
      keep: revisits
      same: [round]
      values: {target: =id, round: first, due_at: "=after(appointment, '2d')"}
"""


def test_what_cannot_be_worked_out_any_more_is_told(desk: Desk) -> None:
    extended(desk, "repair", BOUND)
    repair = desk.do(
        "repair new --area private --unit 3-2-501 --phone 13800000001 --place 阳台 --kind other "
        "--reporter 刘先生 --request 晾衣架松 --appointment '2026-03-06 09:00'"
    ).id
    finish(desk, repair)
    (first,) = desk.show(repair)["revisits"]
    assert due(desk, first) == "2026-03-08"
    told = desk.do(f"repair edit {repair} --appointment '' --format json").json
    assert told["outdated"] == [{"id": first, "form": "revisit", "fields": ["due_at"]}]
    desk.do("check")


def test_the_reason_of_a_correction_is_words_as_well(desk: Desk) -> None:
    repair, _ = finished_leak(desk)
    done = desk.do(f"repair edit {repair} --place 北阳台 --note 证件430105199001011234")
    assert "写着完整的身份证号" in done.err

"""A correction by-passes nothing that a step minds, and whoever may make it needs one command."""

from __future__ import annotations

import pytest
from conftest import Desk
from scenes import bring, change, file_of, new_unit, one_commit


def by_hand(desk: Desk, number: str, old: str, new: str, who: str = "张敏") -> str:
    """What save says of a text that a hand has changed; the file is put back."""
    path = file_of(desk, number)
    before = path.read_bytes()
    change(path, old, new)
    done = desk(f"save --by {who}")
    path.write_bytes(before)
    assert done.code == 1, done
    desk.clean()
    return done.out


def test_the_accused_corrects_nothing_in_the_complaint(desk: Desk) -> None:
    number = bring(desk, "complaint", "received")
    for line in ("--cause quality", "--against-staff 李强", "--complainant 某人"):
        told = desk.refused(f"complaint edit {number} {line} --by 赵军 --reason 写错", 4)
        assert "被投诉人" in told.err
    assert "被投诉人" in by_hand(desk, number, "cause: attitude", "cause: quality", "赵军")
    with one_commit(desk):
        desk.do(f"complaint edit {number} --cause quality")


def test_a_field_is_corrected_by_those_who_may_take_its_step(desk: Desk) -> None:
    number = bring(desk, "repair", "dispatched")
    told = desk.refused(f"repair edit {number} --worker 吴刚 --by 赵军", 4)
    assert "岗位" in told.err or "接待" in told.err
    desk.do(f"repair edit {number} --worker 吴刚")


def test_a_guard_of_the_step_that_gave_a_value_holds(desk: Desk) -> None:
    number = bring(desk, "repair", "dispatched")
    told = desk.refused(f"repair edit {number} --worker 赵军", 4)
    assert "赵军 没有维修岗位" in told.err
    assert "没有维修岗位" in by_hand(desk, number, "\nworker: 李强", "\nworker: 赵军")


def test_a_field_of_a_step_to_come_is_not_filled_in(desk: Desk) -> None:
    number = bring(desk, "repair", "received")
    told = desk.refused(f"repair edit {number} --signed-by 别人", 4)
    assert "sign 业主签认" in told.err
    assert "sign" in by_hand(
        desk, number, "urgency: normal\n", "urgency: normal\nsigned_by: 别人\n"
    )


def test_a_signed_slip_keeps_its_name(desk: Desk) -> None:
    number = bring(desk, "repair", "signed")
    desk.refused(f"repair edit {number} --signed-by 别人", 4)
    desk.refused(f"repair edit {number} --signed-by 别人 --by 王芳", 2)
    assert "签字" in by_hand(desk, number, "\nsigned_by: 刘先生", "\nsigned_by: 别人")
    with one_commit(desk):
        desk.do(f"repair edit {number} --signed-by 刘夫人 --by 王芳 --reason 签名认错")
    row = desk.show(number)["history"][-1]
    assert (row["by"], row["reason"], row["changed"]) == ("王芳", "签名认错", ["signed_by"])
    assert row["changes"] == {"signed_by": {}}, "of a private field never the value"


def test_an_amount_stays_within_what_was_accepted(desk: Desk) -> None:
    number = bring(desk, "repair", "finished")
    supervisor = "--by 王芳 --reason 金额录错"
    told = desk.refused(f"repair edit {number} --amount 350 {supervisor}", 4)
    assert "超过认可的报价" in told.err
    desk.do(f"repair edit {number} --amount 30 {supervisor}")
    assert desk.show(number)["history"][-1]["changes"] == {
        "amount": {"old": "35.00", "new": "30.00"}
    }


def test_an_accepted_quote_stands(desk: Desk) -> None:
    number = bring(desk, "repair", "agreed")
    edit = f"repair edit {number} --quote-items item=阀,qty=1,unit_price=500"
    for who in ("李强", "王芳", "陈立"):
        assert "业主已认可报价" in desk.refused(f"{edit} --by {who} --reason 写错", 4).err
    assert "业主已认可报价" in by_hand(desk, number, 'unit_price: "35.00"', 'unit_price: "500.00"')


def test_a_published_roster_is_not_swapped(desk: Desk) -> None:
    number = bring(desk, "roster", "published")
    rows = desk.show(number)["shifts"]
    old, new = f"staff: {rows[0]['staff']}", "staff: 陈立"
    assert "调班请用 amend" in by_hand(desk, number, old, new, "王芳")


def test_paid_work_is_not_finished_without_consent(desk: Desk) -> None:
    number = bring(desk, "repair", "arrived")
    desk.do(f"repair start {number} --by 李强")
    line = f"repair finish {number} --work-done 换阀 --amount 80 --charge-type paid --by 李强"
    told = desk.refused(f"{line} --materials item=阀,qty=1", 4)
    assert "业主认可" in told.err
    desk.refused(f"{line} --materials item=阀,qty=1 --no-agree-reason 急", 4)
    desk.do(f"repair quote {number} --quote-items item=阀,qty=1,unit_price=80 --by 李强")
    desk.do(f"repair agree {number} --agreed-by 刘先生 --agree-method phone --by 李强")
    desk.do(f"repair start {number} --by 李强")
    desk.do(f"repair finish {number} --work-done 换阀 --amount 80 --by 李强")


@pytest.mark.parametrize("between", ["edit", "handover"])
def test_a_slip_handed_in_late_tells_the_true_time(desk: Desk, between: str) -> None:
    number = bring(desk, "repair", "dispatched")
    desk.clock("2026-03-05 20:11")
    if between == "edit":
        desk.do(f"repair edit {number} --place 主卧")
    else:
        bring(desk, "handover", "accepted")
    desk.clock("2026-03-06 08:30")
    desk.do(f"repair arrive {number} --by 李强 --at '2026-03-05 16:00'")
    shown = desk.show(number)
    assert shown["arrive_at"] == "2026-03-05T16:00:00+08:00"
    assert shown["history"][-1]["typed_at"] == "2026-03-06T08:30:00+08:00"
    told = desk.refused(f"repair start {number} --by 李强 --at '2026-03-05 15:00'", 2)
    assert "早于" in told.err
    desk.do("check")


def test_what_is_noted_along_with_another_record_stays_in_order(desk: Desk) -> None:
    visit = bring(desk, "visit", "received")
    desk.clock("2026-03-05 12:00")
    desk.do(f"visit edit {visit} --visitor 刘女士")
    desk.clock("2026-03-05 13:00")
    desk.do(f"visit refer {visit} --kind plumbing --area private --place 厨房")
    desk.do(f"visit edit {visit} --visitor 刘先生 --at '2026-03-05 13:00'")
    times = [row["at"] for row in desk.show(visit)["history"]]
    assert times == sorted(times)


def test_what_another_record_notes_for_an_earlier_hour_stays_in_order(desk: Desk) -> None:
    number = bring(desk, "complaint", "assigned")
    desk.clock("2026-03-05 12:00")
    desk.do(f"complaint edit {number} --cause quality")
    desk.clock("2026-03-05 13:00")
    line = f"revisit new --target {number} --round first --due-at 2026-03-12"
    desk.do(f"{line} --at '2026-03-05 11:30'")
    rows = desk.show(number)["history"]
    assert [row["command"] for row in rows][-2:] == ["edit", "update"]
    assert rows[-1]["at"] == rows[-2]["at"] == "2026-03-05T12:00:00+08:00"
    assert rows[-1]["typed_at"] == "2026-03-05T13:00:00+08:00"
    desk.do("check")


def test_a_step_that_is_somebody_s_own_is_taken_by_nobody_else(desk: Desk) -> None:
    number = bring(desk, "repair", "dispatched")
    told = desk.refused(f"repair arrive {number} --by 吴刚", 4)
    assert "只有" in told.err and "李强" in told.err
    desk.do(f"repair arrive {number} --by 李强")


def test_the_file_keeps_no_private_value_that_was_corrected(desk: Desk) -> None:
    number = bring(desk, "repair", "dispatched")
    before = file_of(desk, number).read_text("utf-8")
    old = str(desk.show(number)["phone"])
    assert old in before
    desk.do(f"repair edit {number} --phone 13900001111")
    text = file_of(desk, number).read_text("utf-8")
    assert old not in text and text.count("13900001111") == 1
    assert desk.show(number)["history"][-1]["changed"] == ["phone"]
    number = bring(desk, "repair", "dispatched")
    by_hand = file_of(desk, number)
    by_hand.write_text(by_hand.read_text("utf-8").replace(old, "13900002222"), "utf-8")
    desk.do("save")
    assert old not in by_hand.read_text("utf-8")
    assert by_hand.read_text("utf-8").count("13900002222") == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("note: 看过现场", "note: 没看现场"),
        ("reason: 记错", "reason: 没记错"),
        ("by: 林悦, command: edit", "by: 王芳, command: edit"),
        ("was: {place: 厨房}", "was: {place: 阳台}"),
    ],
)
def test_a_row_that_no_value_hangs_on_says_what_it_said(desk: Desk, old: str, new: str) -> None:
    number = bring(desk, "repair", "dispatched")
    desk.do(f"repair edit {number} --place 主卧 --reason 记错 --note 看过现场 --by 林悦")
    path = file_of(desk, number)
    text = path.read_text("utf-8")
    assert old in text, text
    desk.do("check")
    path.write_text(text.replace(old, new, 1), "utf-8")
    desk.git("commit", "-qam", "随手改")
    told = desk("check")
    assert told.code == 1 and path.name in told.out


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('\namount: "35.00"', '\namount: "53.00"'),
        ("\nworker: 李强", "\nworker: 吴刚"),
        ("\nfinish_by: 李强", "\nfinish_by: 吴刚"),
        ("\nstate: finished", "\nstate: working"),
        ("by: 张敏, command: dispatch", "by: 林悦, command: dispatch"),
        ("now: {worker: 李强}", "now: {worker: 吴刚}"),
    ],
)
def test_check_finds_what_was_committed_past_pmcli(desk: Desk, old: str, new: str) -> None:
    number = bring(desk, "repair", "finished")
    path = file_of(desk, number)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    desk.git("commit", "-qam", "随手改")
    told = desk("check")
    assert told.code == 1 and path.name in told.out


def test_a_changed_row_has_no_commit_that_proves_it(desk: Desk) -> None:
    number = bring(desk, "repair", "dispatched")
    path = file_of(desk, number)
    path.write_text(
        path.read_text("utf-8").replace(
            "by: 张敏, command: dispatch", "by: 林悦, command: dispatch"
        ),
        "utf-8",
    )
    desk.git("commit", "-qam", "随手改")
    rows = desk.do(f"history {number} --format json").json["history"]
    assert rows[0]["commit"] and rows[1]["commit"] is None


def test_linked_open_records_are_corrected_in_the_same_commit(desk: Desk) -> None:
    other = new_unit(desk)
    visit = bring(desk, "visit", "referred")
    (repair,) = desk.show(visit)["children"]
    told = desk.do(f"visit edit {visit} --note 看看 --phone 13800000009")
    assert repair in told.err and "--linked" in told.err
    with one_commit(desk):
        done = desk.do(f"visit edit {visit} --unit {other} --linked --format json").json
    assert [r["id"] for r in done["records"]] == [visit, repair]
    assert desk.show(repair)["unit"] == other
    assert desk.show(repair)["history"][-1]["cause"] == visit
    desk.do("check")


def test_what_an_undoing_gives_back_is_what_the_events_tell(desk: Desk) -> None:
    """Git's own former file may say something else: it is not asked where events tell."""
    number = bring(desk, "repair", "dispatched")
    desk.do(f"repair edit {number} --place 主卧 --urgency urgent --urgent-class falling")
    path = file_of(desk, number).relative_to(desk.root).as_posix()
    tip = desk.git("rev-parse", "HEAD^{tree}").strip()
    message = desk.git("log", "-1", "--format=%B")
    # The same commit again, on a parent that has other values.
    desk.git("checkout", "-q", "HEAD~1", "--", path)
    file = desk.root / path
    text = file.read_text("utf-8")
    assert "\nplace: 厨房\n" in text and "\nurgency: normal\n" in text
    file.write_text(text.replace("\nplace: 厨房\n", "\nplace: 车库\n"), "utf-8", newline="\n")
    desk.git("add", path)
    parent = desk.git("commit-tree", desk.git("write-tree").strip(), "-p", "HEAD~1", "-m", "x")
    commit = desk.git("commit-tree", tip, "-p", parent.strip(), "-m", message.strip())
    desk.git("reset", "-q", "--hard", commit.strip())
    desk.do(f"undo {number} --reason 点错")
    shown = desk.show(number)
    assert (shown["place"], shown["urgency"]) == ("厨房", "normal")
    assert "urgent_class" not in shown

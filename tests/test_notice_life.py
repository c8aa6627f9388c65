"""The life of a notice: approved, on the wall until a day, taken down, never changed."""

from __future__ import annotations

from conftest import Desk
from scenes import bring


def test_what_has_expired_is_listed_to_be_taken_down_and_its_removal_recorded(desk: Desk) -> None:
    number = bring(desk, "notice", "posted")
    until = desk.show(number)["valid_until"]
    assert number not in desk.do("notice list --overdue").out
    desk.clock("2027-03-01 09:00")
    assert until < "2027-03-01"
    assert number in desk.do("notice list --overdue").out
    desk.do(f"notice remove {number}")
    assert number not in desk.do("notice list --overdue").out
    held = desk.show(number)
    assert held["state"] == "removed"
    assert all(row["removed_at"] for row in held["places"])


def test_a_posted_text_stands_and_a_correction_is_a_notice_of_its_own(desk: Desk) -> None:
    number = bring(desk, "notice", "posted")
    body = desk.show(number)["body"]
    desk.refused(f"notice revise {number} --body 另一段文字。")
    desk.refused([*f"notice edit {number}".split()], 2)
    (path,) = (desk.root / "records/notice").rglob(f"{number}.md")
    kept = path.read_text("utf-8")
    path.write_text(kept.replace(body.strip()[:6], "改动改动"), "utf-8")
    assert desk("check").code == 1
    path.write_text(kept, "utf-8")
    new = desk.do(
        "notice new blank --genre 通知 --title 关于更正停水时间的通知 --addressee 各位业主： "
        f"--body 因检修延长，停水时间更正为明日。感谢您的理解。 --corrects {number}"
    ).id
    assert desk.show(new)["corrects"] == number


def test_a_print_carries_number_and_fingerprint(desk: Desk) -> None:
    number = bring(desk, "notice", "approved")
    text = desk.do(f"notice print {number}").out
    assert number in text and desk.show(number)["text_hash"] in text

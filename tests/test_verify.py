"""`verify`: whether a print still says what its record says."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Desk

from pmcli.documents.page import Line, Page, Paragraph, Prose, Run
from pmcli.documents.pdf import pdf
from pmcli.documents.verifying import difference, read_copy

NEW = (
    "notice new water-outage --reason 更换主阀门 --start '2026-03-07 09:00' "
    "--end '2026-03-07 17:00' --scope 3号楼 --advice 请提前储水"
)


@pytest.fixture
def approved(desk: Desk) -> str:
    """The number of an approved notice."""
    number = desk.do(NEW).id
    desk.do(f"notice submit {number}")
    desk.do(f"notice approve {number} --by 陈立")
    return number


def fingerprint(desk: Desk, number: str) -> str:
    return str(desk.show(number)["text_hash"])


def test_a_record_whose_text_stands(desk: Desk, approved: str) -> None:
    code = fingerprint(desk, approved)
    assert code in desk.do(f"notice verify {approved}").out
    assert "一致" in desk.do(f"notice verify {approved} {code[:6].upper()}").out
    other = desk(f"notice verify {approved} {'0' * 12}")
    assert other.code == 1 and code in other.out
    desk.refused(f"notice verify {approved} {code[:3]}", 2)
    held = desk.do(f"notice verify {approved} --format json").json
    assert held["holds"] is True and held["records"][0]["fingerprint"] == code


def test_a_draft_has_nothing_to_verify(desk: Desk) -> None:
    number = desk.do(NEW).id
    assert desk(f"notice verify {number}").code == 1
    desk.do(f"notice print {number} -o 样稿.pdf")
    sample = desk("notice verify 样稿.pdf")
    assert sample.code == 1 and "样稿" in sample.out


@pytest.mark.parametrize("dress", ["", "--theme gbt9704", "--letterhead"])
def test_a_print_in_any_dress_matches(desk: Desk, approved: str, dress: str) -> None:
    desk.do(f"notice print {approved} {dress} -o 通知.pdf")
    done = desk.do("notice verify 通知.pdf")
    assert "一致" in done.out and fingerprint(desk, approved) in done.out


def test_a_date_of_removal_filled_in_later_does_not_matter(desk: Desk, approved: str) -> None:
    desk.do(f"notice print {approved} -o 通知.pdf")
    desk.do(f"notice post {approved} --places place=3栋大堂,by=张敏 --valid-until 2026-03-20")
    desk.do("notice verify 通知.pdf")


def test_a_record_that_was_changed_by_hand(desk: Desk, approved: str) -> None:
    desk.do(f"notice print {approved} -o 通知.pdf")
    (path,) = (desk.root / "records/notice").rglob(f"{approved}.md")
    path.write_text(path.read_text("utf-8").replace("主阀门", "副阀门"), "utf-8")
    for what in (approved, "通知.pdf"):
        done = desk(f"notice verify {what}")
        assert done.code == 1 and "改动" in done.out


def forged(desk: Desk, number: str, path: Path) -> None:
    """A PDF with the record's mark and another text."""
    code = fingerprint(desk, number)
    blocks = (
        Paragraph("关于3号楼停水的通知", style="title"),
        Prose((Line((Run("因更换主阀门，停水三天。"),)),)),
    )
    page = Page(
        title="张贴件", office="翠湖花园物业服务中心", phone="", address="", control="", number="",
        sheet="第 {page} 页 共 {pages} 页", paper="A4", language="zh", blocks=blocks, plain=True,
        mark=f"{number} {code}",
    )  # fmt: skip
    data = pdf([page]).data
    assert isinstance(data, bytes)
    path.write_bytes(data)


def test_a_forged_text_under_the_right_mark_is_found(desk: Desk, approved: str) -> None:
    forged(desk, approved, desk.root / "假.pdf")
    done = desk("notice verify 假.pdf")
    assert done.code == 1
    assert "文件里的文字与单据不同" in done.out


def test_files_that_say_nothing(desk: Desk, approved: str) -> None:
    (desk.root / "坏.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (desk.root / "空.pdf").write_bytes(b"")
    desk.do("repair print --layout blank --format pdf -o 空白.pdf")
    for name in ("坏.pdf", "空.pdf", "没有.pdf", "空白.pdf", "office.yaml"):
        assert desk.refused(f"notice verify {name}", 2).err.strip(), name
    desk.do(f"notice print {approved} -o 通知.pdf")
    desk.refused("notice verify 通知.pdf abcdef123456", 2)
    desk.refused("notice verify TZ-991231-A01", 3)


def test_a_print_of_another_office(desk: Desk, approved: str) -> None:
    desk.do(f"notice print {approved} -o 通知.pdf")
    text = (desk.root / "通知.pdf").read_bytes()
    desk.git("reset", "-q", "--hard", "HEAD~3")
    (desk.root / "通知.pdf").write_bytes(text)
    done = desk("notice verify 通知.pdf")
    assert done.code == 1 and "没有这张单据" in done.out


def test_only_forms_with_a_proof_have_it(desk: Desk) -> None:
    desk.refused("repair verify BX-260305-A01", 2)


def test_where_two_texts_differ() -> None:
    import re

    nothing = re.compile("$^")
    assert difference(["停 水\n通知"], ["停水通知"], nothing) is None
    assert "三天" in str(difference(["停水三天"], ["停水两天"], nothing))
    assert difference(["停水，有效期至3月"], ["停水，"], re.compile("有效期至3月")) is None


def test_reading_a_copy(desk: Desk, approved: str) -> None:
    desk.do(f"notice print {approved} -o 通知.pdf")
    copy = read_copy(desk.root / "通知.pdf")
    assert copy.marks == (f"{approved} {fingerprint(desk, approved)}",)
    assert len(copy.sheets) == 1 and "停水" in copy.sheets[0]

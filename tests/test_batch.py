"""`new --for-each`: a draft for each row of a table, all letters in one file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import Desk
from crashes import UNHARMED, die_at, driver
from openpyxl import Workbook
from pypdf import PdfReader

HEAD = ("房号", "费用期间", "金额", "计费依据", "支付方式", "称呼")
ROWS = [
    ("3-2-501", "2025年7月至12月", "1182.19", "89.56平方米×2.20元/月×6个月",
     "前台刷卡；公众号“物业缴费”", "尊敬的何女士："),
    ("3-2-502", "2025年7月至12月", "1,000.10", "75.77平方米×2.20元/月×6个月", "前台刷卡",
     "尊敬的王先生："),
    ("1-1-101", "2025年10月至12月", "¥300", "45.45平方米×2.20元/月×3个月", "前台刷卡",
     "尊敬的李女士："),
]  # fmt: skip
TYPE = "notice new fee-overdue --for-each 欠费.csv"


def table(desk: Desk, rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD) -> Path:
    held = io.StringIO()
    csv.writer(held).writerows([head, *rows])
    path = desk.root / "欠费.csv"
    path.write_text(held.getvalue(), "utf-8-sig")
    return path


def sheets(desk: Desk, name: str = "欠费.pdf") -> list[str]:
    """Each sheet's text without blanks."""
    return ["".join(p.extract_text().split()) for p in PdfReader(desk.root / name).pages]


def drafts(desk: Desk) -> list[str]:
    return [record["id"] for record in desk.do("notice list --format json").json["records"]]


def test_each_row_is_a_draft_and_a_letter_of_one_file(desk: Desk) -> None:
    table(desk, ROWS)
    before = desk.commits
    done = desk.do(TYPE)
    assert "新拟 3 份，原有 0 份，共印 3 份" in done.out
    assert desk.commits == before + 1, "all drafts are one change"
    numbers = ["TZ-260305-A01", "TZ-260305-A02", "TZ-260305-A03"]
    assert sorted(drafts(desk)) == numbers
    said = sheets(desk)
    assert len(said) == 3
    for (room, period, _, basis, _, to), number, sheet in zip(ROWS, numbers, said, strict=True):
        for text in (room, period, basis, to, number):
            assert text in sheet, (room, text)
    assert [a in s for a, s in zip(("1182.19元", "1000.10元", "300.00元"), said, strict=True)]
    held = desk.show(numbers[0])
    ways = [row["value"] for row in held["values"] if row["name"] == "ways"]
    assert ways == ["前台刷卡", "公众号“物业缴费”"]
    assert held["state"] == "draft" and held["batch"] == "欠费.csv"
    assert desk.do("check").code == 0


def test_given_again_it_makes_nothing_twice(desk: Desk) -> None:
    table(desk, ROWS)
    desk.do(TYPE)
    first, head = (desk.root / "欠费.pdf").read_bytes(), desk.head
    again = desk.do(TYPE)
    assert "新拟 0 份，原有 3 份，共印 3 份" in again.out
    assert desk.head == head
    assert (desk.root / "欠费.pdf").read_bytes() == first


def test_a_row_that_is_new_or_changed_is_made_and_the_others_stay(desk: Desk) -> None:
    table(desk, ROWS[:2])
    desk.do(TYPE)
    changed = (ROWS[1][0], ROWS[1][1], "999.99", *ROWS[1][3:])
    table(desk, [ROWS[0], changed, ROWS[2]])
    done = desk.do([*TYPE.split(), "--format", "json"])
    assert [r["new"] for r in done.json["records"]] == [False, True, True]
    assert [r["row"] for r in done.json["records"]] == [2, 3, 4]
    assert len(drafts(desk)) == 4


def test_a_draft_that_was_revised_is_not_made_again(desk: Desk) -> None:
    table(desk, ROWS)
    desk.do(TYPE)
    desk.do("notice revise TZ-260305-A02 --amount 900")
    assert "新拟 0 份" in desk.do(TYPE).out
    assert "900.00元" in sheets(desk)[1]


def test_a_row_said_twice_makes_one_letter(desk: Desk) -> None:
    table(desk, [*ROWS, ROWS[0]])
    done = desk.do(TYPE)
    assert "第 5 行与第 2 行相同" in done.err
    assert len(sheets(desk)) == 3


def test_a_void_letter_is_neither_made_nor_printed_again(desk: Desk) -> None:
    table(desk, ROWS)
    desk.do(TYPE)
    desk.do("notice void TZ-260305-A02 --reason 已缴清")
    done = desk.do(TYPE)
    assert "共印 2 份" in done.out and "TZ-260305-A02" in done.err
    assert len(sheets(desk)) == 2


def test_a_workbook_with_a_title_row_and_columns_by_name(desk: Desk) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["2025年欠费清单"])
    sheet.append(["room", "period", "amount", "basis", "备注"])
    for room, period, amount, basis, *_ in ROWS:
        value = float(amount.replace(",", "").lstrip("¥"))
        sheet.append([room, period, value, basis, "x"])
    book.save(desk.root / "欠费.xlsx")
    line = "notice new fee-overdue --for-each 欠费.xlsx --ways 前台刷卡 -o 信/letters.pdf"
    assert desk.refused(line, 6)
    (desk.root / "信").mkdir()
    done = desk.do(line)
    assert "没有用到的列：备注" in done.err
    said = sheets(desk, "信/letters.pdf")
    assert len(said) == 3 and "1000.10元" in said[1] and "前台刷卡" in said[2]


def test_letters_as_docx(desk: Desk) -> None:
    from docx import Document

    table(desk, ROWS)
    desk.do(f"{TYPE} -o 信.docx")
    text = "".join(p.text for p in Document(str(desk.root / "信.docx")).paragraphs)
    assert all(row[0] in text for row in ROWS)


@pytest.mark.parametrize(
    ("rows", "head", "says"),
    [
        ([], HEAD, "没有数据行"),
        ([row[1:] for row in ROWS], HEAD[1:], "房号"),
        ([(*ROWS[0][:2], "很多", *ROWS[0][3:])], HEAD, "第 2 行"),
        ([ROWS[0], (*ROWS[1][:2], "", *ROWS[1][3:])], HEAD, "第 3 行"),
        ([(*row, row[0]) for row in ROWS], (*HEAD, "房号"), "两列"),
        (ROWS, ("甲", "乙", "丙", "丁", "戊", "己"), "没有找到列名"),
    ],
)
def test_a_table_that_will_not_do_writes_nothing(
    desk: Desk, rows: list[tuple[str, ...]], head: tuple[str, ...], says: str
) -> None:
    table(desk, rows, head)
    assert says in desk.refused(TYPE, 2).err
    assert not (desk.root / "欠费.pdf").exists()


def test_every_wrong_row_is_named(desk: Desk) -> None:
    table(desk, [(*row[:2], f"x{i}", *row[3:]) for i, row in enumerate(ROWS)])
    err = desk.refused(TYPE, 2).err
    assert [f"第 {row} 行" in err for row in (2, 3, 4)] == [True] * 3


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("notice new --for-each 欠费.csv", 2),
        ("notice new blank --for-each 欠费.csv --genre 函 --title 甲 --body 乙", 2),
        ("notice new fee-overdue --for-each 没有.csv", 2),
        ("notice new fee-overdue --for-each 欠费.csv -o 没有/信.pdf", 6),
        ("notice new fee-overdue -o 信.pdf", 2),
        ("notice submit --batch 没有.csv", 2),
        ("notice submit TZ-260305-A01 --batch 欠费.csv", 2),
        ("notice submit", 2),
        ("notice print --batch 没有.csv --format pdf -o 信.pdf", 2),
    ],
)
def test_bad_input(desk: Desk, line: str, code: int) -> None:
    table(desk, ROWS)
    assert desk.refused(line, code).err.strip()


def test_a_whole_batch_is_submitted_approved_and_printed(desk: Desk) -> None:
    table(desk, ROWS)
    desk.do(TYPE)
    assert all("样" in sheet for sheet in sheets(desk)), "drafts are samples"
    before = desk.commits
    assert "送审：3 份" in desk.do("notice submit --batch 欠费.csv").out
    desk.refused("notice approve --batch 欠费.csv")
    desk.do("notice approve --batch 欠费.csv --by 陈立")
    assert desk.commits == before + 2
    numbers = [desk.show(n)["number"] for n in sorted(drafts(desk))]
    assert numbers == [f"客服〔2026〕{n}号" for n in (1, 2, 3)]
    desk.refused("notice approve --batch 欠费.csv --by 陈立", 2)
    desk.do("notice print --batch 欠费.csv -o 正式.pdf")
    said = sheets(desk, "正式.pdf")
    assert len(said) == 3 and not any("样" in sheet for sheet in said)
    assert desk.do("notice verify 正式.pdf").out.count("一致") == 3
    assert desk.git("status", "--porcelain", "records") == ""


def test_a_hundred_letters_stay_in_the_order_of_their_table(desk: Desk) -> None:
    rooms = [f"{i % 7 + 1}-1-{i + 100}" for i in range(101)]
    table(desk, [(room, *ROWS[0][1:]) for room in rooms])
    desk.do(TYPE)
    desk.do("notice print --batch 欠费.csv --format txt -o 信.txt")
    pages = (desk.root / "信.txt").read_text("utf-8").split("\f")
    assert [room in page for room, page in zip(rooms, pages, strict=True)] == [True] * 101


def test_killed_at_any_point_no_letter_is_lost_or_doubled(desk: Desk, tmp_path: Path) -> None:
    table(desk, ROWS)
    path = driver(tmp_path)
    start = desk.head
    seen = set()
    for number in range(1, 400, 9):
        died = die_at(desk, path, number, ("before", "after")[number % 2], TYPE)
        desk.do("notice list")
        seen.add(len(drafts(desk)))
        desk.do(TYPE)
        assert len(drafts(desk)) == 3
        assert len(sheets(desk)) == 3
        desk.git("reset", "-q", "--hard", start)
        (desk.root / "欠费.pdf").unlink()
        if died.code == UNHARMED:
            break
    assert seen == {0, 3}, "all of the drafts or none"

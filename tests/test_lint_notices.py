"""Whole notices as offices type them: what is planted is found, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pmcli.lint import Settings, check, inspect
from pmcli.lint.document import read_document

NOTICES = Path(__file__).parent / "lint_notices"


def _cases() -> list[tuple[str, set[str], str]]:
    """Name, codes to be found, text; the files separate notices by `=== name | codes`."""
    cases = []
    for path in sorted(NOTICES.glob("*.txt")):
        for block in re.split(r"^=== ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            head, _, body = block.partition("\n")
            name, _, codes = head.partition("|")
            cases.append((f"{path.stem} {name.strip()}", set(codes.split()), body))
    return cases


CASES = _cases()


@pytest.mark.parametrize(("codes", "text"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_notice_has_its_faults_and_no_others(codes: set[str], text: str) -> None:
    found = {finding.code: finding.line for finding in check(text)}
    assert set(found) == codes, found


SIGNED = "阳光里物业服务中心\n2026年5月8日\n联系电话：0571-60000234\n"
HALF = str.maketrans("，：；？！（）", ",:;?!()")


def _wordings() -> list[tuple[set[str], str]]:
    """Codes to be found, and the notice: the file's bodies, greeted and signed."""
    wordings = []
    text = (Path(__file__).parent / "lint_wordings.txt").read_text("utf-8")
    for block in re.split(r"^===", text, flags=re.MULTILINE)[1:]:
        head, _, body = block.partition("\n")
        lines = body.strip().split("\n")
        greeted = any(line.endswith(("：", ":")) for line in lines[:3])
        if not greeted and lines[0].endswith(("通知", "提示")):
            lines.insert(1, "各位业主：")
        wordings.append((set(head.split()), "\n".join([*lines, SIGNED])))
    return wordings


def _worded(text: str) -> set[str]:
    codes = {finding.code for finding in check(text)}
    return {code for code in codes if code.startswith(("N2", "N3"))}


def test_what_notices_say_is_judged_by_its_meaning() -> None:
    wordings = _wordings()
    assert len(wordings) > 400
    wrong = [(text, codes, found) for codes, text in wordings if (found := _worded(text)) != codes]
    assert wrong == []


def test_half_width_marks_change_no_judgement() -> None:
    wrong = [
        (text, codes, found)
        for codes, text in _wordings()
        if (found := _worded(text.translate(HALF))) != codes
    ]
    assert wrong == []


GUIDE = """关于检修电梯的通知
各位业主：
　　因1号楼客梯钢丝绳到期，需停梯更换。
　　停梯时间：2026年5月20日9:00至17:00
　　范围：1号楼客梯
　　请您改乘货梯。不便之处，敬请海涵。
　　电话：0451-82000099

柳荫里物业服务中心

2026年5月8日
"""


def test_the_parts_of_a_notice() -> None:
    document = read_document("客服〔2026〕7号\n" + GUIDE)
    assert document.doc_no is not None and document.doc_no.text == "客服〔2026〕7号"
    assert document.title_text == "关于检修电梯的通知"
    assert document.genre == "通知"
    assert document.kind == "elevator-maintenance"
    assert document.salutation_text == "各位业主："
    assert len(document.paragraphs) == 5 or len(document.paragraphs) == 4
    assert [line.text for line in document.signature][-2:] == [
        "柳荫里物业服务中心",
        "2026年5月8日",
    ]


def test_lines_broken_at_odd_places_are_one_sentence() -> None:
    text = (
        "请您按时缴纳物业服务费，谢谢您的配合，对于仍然没有\n缴费的住户，我们将把家里的水给\n停掉。"
    )
    assert "N202" in {finding.code for finding in check(text, whole=False)}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("因1号楼", "**因**1号楼"),
        ("　　", "    "),
        ("\n", "\r\n"),
        ("\n\n", "\n"),
        ("关于检修电梯的通知", "# 关于检修电梯的通知"),
        ("关于检修电梯的通知", "关于检修电梯\n的通知"),
        ("物业服务中心\n\n2026", "物业服务中心 2026"),
        ("海涵。\n", "海涵。\n\n---\n"),
    ],
)
def test_a_notice_may_be_typed_in_many_ways(before: str, after: str) -> None:
    assert check(GUIDE.replace(before, after)) == []


def test_front_matter_names_what_the_text_does_not() -> None:
    text = (
        "---\ngenre: 通告\ntype: water-outage\nlint:\n  ignore: [N106, N107]\n---\n关于东门的说明\n"
    )
    report = inspect(text)
    codes = {finding.code for finding in report.findings}
    assert "N103" not in codes
    assert "N112" in codes
    assert {finding.code for finding in report.suppressed} >= {"N106", "N107"}
    assert report.findings[0].line >= 7


@pytest.mark.parametrize(
    "front", ["lint: {ignore: [N999]}", "lint: {ignore: X}", "genre: 歌", "a: [", "- 1\n- b: 2"]
)
def test_front_matter_that_cannot_be_is_a_fault_of_use(front: str) -> None:
    assert inspect(f"---\n{front}\n---\n{GUIDE}").faults


def test_an_office_sets_its_own_limits() -> None:
    assert "N102" in {f.code for f in check(GUIDE, settings=Settings(title_max=5))}
    listed = Settings(phones=("13900000012",), phones_complete=True)
    own, other = "服务热线：13900000012", "服务热线：13900000034"
    assert check(own, whole=False, settings=listed) == []
    assert "N301" in {f.code for f in check(other, whole=False, settings=listed)}
    allowed = Settings(arrears_posting=True)
    assert check("3-2-501欠费800元", whole=False, settings=allowed) == []
    assert (
        check(GUIDE.replace("柳荫里物业服务中心", "柳荫里"), settings=Settings(names=("柳荫里",)))
        == []
    )


def test_a_letter_to_its_addressee_may_name_room_and_sum() -> None:
    text = "3-2-501李小明先生欠费800元。"
    assert {f.code for f in check(text, genre="函", whole=False)} == set()
    assert {f.code for f in check(text, genre="公示", whole=False)} >= {"N304", "N305"}

"""What is typed comes to one form before anything reads it, however it was typed."""

from __future__ import annotations

import unicodedata

import pytest
from conftest import Desk
from hypothesis import given
from hypothesis import strategies as st
from terminal import Open

from pmcli.form.normal import MobileLength, Way, folded, name, normal, phone, plain, unmarked

MARKS = "\u200b\u200e\u200f\u202a\u202c\u202d\u202e\u2060\u2066\u2069\ufeff\u00ad"
"""Marks without a width that come with pasted text."""
WIDE = {ord(char): ord(char) + 0xFEE0 for char in map(chr, range(0x21, 0x7F))} | {0x20: 0x3000}
TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


@given(TEXT, st.sampled_from(Way))
def test_a_second_time_changes_nothing(text: str, way: Way) -> None:
    once = normal(text, way)
    assert normal(once, way) == once


@given(TEXT)
def test_free_text_keeps_all_that_is_seen(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    seen = [c for c in unicodedata.normalize("NFC", lines) if unmarked(f"x{c}x") != "xx"]
    assert [c for c in normal(text, Way.FREE) if unmarked(f"x{c}x") != "xx"] == seen


@given(st.text(st.sampled_from(f"0123456789-:.()ABcd栋房{MARKS} ")))
def test_an_input_methods_width_and_invisible_marks_say_nothing(text: str) -> None:
    assert plain(text.translate(WIDE)) == plain(text)
    assert folded(text.swapcase()) == folded(text)
    assert not {*plain(text)} & {*MARKS}


@pytest.mark.parametrize(
    "sign",
    ["👨\u200d👩\u200d👧", "می\u200cخواهم", "❤\ufe0f\u200d🔥", "🏴\U000e0067\U000e0062\U000e007f",
     "葛\U000e0100城"],
)  # fmt: skip
def test_marks_that_shape_their_neighbours_stay(sign: str) -> None:
    assert normal(f"甲{sign}乙", Way.FREE) == f"甲{sign}乙"
    assert normal(sign, Way.NAME) == sign


@pytest.mark.parametrize(
    "typed", ["张\u200d三", "a\u200cb", "\u200d", "甲\U000e0067乙", "1\u200d2"]
)
def test_and_go_where_they_shape_nothing(typed: str) -> None:
    assert unmarked(typed) == "".join(c for c in typed if c not in "\u200c\u200d\U000e0067")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("张　三", "张三"), ("张 三丰", "张三丰"), ("欧阳 修", "欧阳修"), ("张 三 丰", "张三丰"),
        ("张三 李四", "张三 李四"), ("刘先生  王女士", "刘先生 王女士"),
        ("John   Smith", "John Smith"),
        ("阿依古丽 • 买买提", "阿依古丽·买买提"), ("扎西・次仁", "扎西·次仁"), ("Ｊｏｈｎ", "John"),
    ],
)  # fmt: skip
def test_names_are_not_padded(typed: str, kept: str) -> None:
    assert normal(typed, Way.NAME) == kept == name(kept)


# telephones

PHONES = {
    "13800138000": "13800138000",
    "0731-88880001": "0731-88880001",
    "010-62345678": "010-62345678",
    "0731-88880001-802": "0731-88880001-802",
    "400-820-8820": "400-820-8820",
    "88880001": "88880001",
    "12345": "12345",
    "95588": "95588",
    "+85261234567": "+85261234567",
}
BETWEEN = st.sampled_from(["", " ", "-", "\u3000", "—", "–", "－", "\u200b", " - "])


@st.composite
def spelt(draw: st.DrawFn) -> tuple[str, str]:
    """A number in a usual spelling, and its one form."""
    digits = "".join(draw(st.lists(st.sampled_from("0123456789"), min_size=8, max_size=8)))
    if draw(st.booleans()):
        number = f"1{draw(st.integers(3, 9))}{digits}{draw(st.integers(0, 9))}"
        first, second = draw(BETWEEN), draw(BETWEEN)
        text = f"{number[:3]}{first}{number[3:7]}{second}{number[7:]}"
        text = draw(st.sampled_from(["", "+86 ", "+86-", "0086", "86"])) + text
        kept = number
    else:
        area = draw(st.sampled_from(["010", "021", "0731", "0898"]))
        local = f"{draw(st.integers(2, 8))}{digits[:7]}"
        extension = draw(st.sampled_from(["", "1", "802"]))
        form = draw(
            st.sampled_from(["{a}-{l}", "({a}){l}", "（{a}） {l}", "{a}{l}", "+86 {b} {l}"])
        )
        text = form.format(
            a=area, b=area[1:], l=f"{local[:4]}{draw(st.sampled_from(['', ' ']))}{local[4:]}"
        )
        if extension:
            text += draw(st.sampled_from(["转", " 转 ", "-", " ext. ", "分机", "#"])) + extension
        kept = "-".join(part for part in (area, local, extension) if part)
    if draw(st.booleans()):
        text = text.translate(WIDE)
    return draw(st.sampled_from(["", "\u202d", " "])) + text + draw(
        st.sampled_from(["", "\u202c"])
    ), kept


@given(spelt())
def test_a_telephone_has_one_form_however_it_is_spelt(pair: tuple[str, str]) -> None:
    text, kept = pair
    assert phone(text) == kept == phone(kept)


@pytest.mark.parametrize("number", PHONES)
def test_numbers_of_each_kind(number: str) -> None:
    assert phone(number) == PHONES[number]


@pytest.mark.parametrize(
    "typed", ["1380013800", "138001380001", "139 0000 0011 111", "+86 1380013800"]
)
def test_a_mobile_number_of_another_length_is_none(desk: Desk, typed: str) -> None:
    with pytest.raises(MobileLength):
        phone(typed)
    line = ["visit", "new", "--channel", "phone", "--category", "other", "--visitor", "何女士"]
    told = desk.refused([*line, "--content", "问路", "--phone", typed], 2)
    assert "手机号应为 11 位" in told.err


@pytest.mark.parametrize(
    "typed", ["12a", "-", "刘先生", "1-2", "0731/88880001", "138 0013 8000 或 139"]
)
def test_what_is_no_number(typed: str) -> None:
    with pytest.raises(ValueError):
        phone(typed)


# at the desk

NEW = "visit new --channel phone --category other --visitor 何女士 --content 问路"


@pytest.mark.parametrize(
    ("option", "typed", "field", "kept"),
    [
        ("--phone", "\u202d１３８ ００１３ ８０００\u202c", "phone", "13800138000"),
        ("--phone", "（0731）８８８８０００１转802", "phone", "0731-88880001-802"),
        ("--unit", "３栋２单元５０１室", "unit", "3-2-501"),
        ("--unit", "3—2—501\u200b", "unit", "3-2-501"),
        (
            "--promised-at",
            "２０２６－０３－０５ １８：３０",
            "promised_at",
            "2026-03-05T18:30:00+08:00",
        ),
    ],
)
def test_a_value_typed_in_another_way_is_the_same(
    desk: Desk, option: str, typed: str, field: str, kept: str
) -> None:
    number = desk.do([*NEW.split(), option, typed]).id
    assert desk.show(number)[field] == kept


def test_numbers_staff_and_times_of_options_too(desk: Desk) -> None:
    number = desk.do([*NEW.split(), "--at", "８：３０", "--by", "林\u3000悦"]).id
    held = desk.show(number)
    assert (held["created_by"], held["created_at"]) == ("林悦", "2026-03-05T08:30:00+08:00")
    wide = number.translate(WIDE)
    assert desk.do(["visit", "show", wide, "--format", "json"]).json["id"] == number
    listed = desk.do(
        ["visit", "list", "--since", "２０２６－０３－０５", "--limit", "１", "--format", "json"]
    )
    assert [one["id"] for one in listed.json["records"]] == [number]


def test_rows_are_parted_by_full_width_signs_and_named_by_labels(desk: Desk) -> None:
    number = desk.do(
        "repair new --area public --place 大堂 --kind leak --reporter 张敏 --request 漏水"
    ).id
    for line in ("dispatch {} --worker 李强", "arrive {} --by 李强"):
        desk.do(f"repair {line.format(number)}")
    rows = "项目＝换角阀，带软管，数量=２，unit_price＝３５"
    desk.do(["repair", "quote", number, "--quote-items", rows, "--by", "李强"])
    (row,) = desk.show(number)["quote_items"]
    assert row == {"item": "换角阀，带软管", "qty": 2, "unit_price": "35.00"}


@pytest.mark.parametrize("typed", ["２", "ｂｘ", "2\u200b", "报修"])
def test_an_answer_in_full_width_is_that_answer(at: Open, typed: str) -> None:
    clerk = at("visit new")
    clerk.answer("接待类别", typed)
    clerk.asks("来访方式")
    clerk.sees("报修")

"""Number plates: checked by GA 36, taken in any spelling, kept in one, and never shown whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from any_record import FORM, ZONE
from conftest import Desk
from hypothesis import given, settings
from hypothesis import strategies as st
from roster_files import write_csv
from scenes import new_unit, refuse

from pmcli.form.types import TYPES
from pmcli.form.values import BadValue, Surroundings, mask, parse_input
from pmcli.lint.plates import masked, plate, plates_in
from pmcli.record.masking import Secrets

PLATE = FORM.fields["plate"]
AROUND = Surroundings(ZONE, date(2026, 3, 5), str, str, lambda text, forms: text)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
HEAD = st.builds(str.__add__, st.sampled_from(PROVINCES), st.sampled_from(LETTERS))
SIGN = st.sampled_from("0123456789" + LETTERS)
FIGURES = st.text("0123456789", min_size=4, max_size=4)
ENERGY = st.sampled_from("ABCDEFGHJK")


def of(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map("".join)


PLATES = st.one_of(
    of(HEAD, SIGN, SIGN, SIGN, SIGN, SIGN),
    of(HEAD, ENERGY, SIGN, FIGURES),
    of(HEAD, st.sampled_from("0123456789"), FIGURES, ENERGY),
    of(HEAD, SIGN, SIGN, SIGN, SIGN, st.sampled_from("挂学警港澳领")),
    st.text("0123456789", min_size=6, max_size=6).map("使{}".format),
    st.text("0123456789", min_size=6, max_size=6).map("{}使".format),
)
RESIDENT = (
    "resident new --name 何晓 --role owner --unit 5-1-302 --phone 13800000003 "
    "--since 2024-08-01 --consent-on 2024-08-01"
)


def test_there_are_31_provinces_and_24_letters() -> None:
    assert (len(set(PROVINCES)), len(LETTERS)) == (31, 24)
    for province in PROVINCES:
        for letter in LETTERS:
            assert plate(f"{province}{letter}12345") == f"{province}{letter}12345"


@settings(derandomize=True)
@given(PLATES, st.sampled_from(["", "·", " ", "•", "-", " · "]), st.booleans())
def test_any_spelling_comes_to_one(number: str, between: str, wide: bool) -> None:
    typed = number[:2].lower() + between + number[2:].lower()
    if wide:
        typed = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in typed)
    assert parse_input(PLATE, typed, AROUND) == number
    assert plate(number) == number


@settings(derandomize=True)
@given(PLATES)
def test_the_middle_is_hidden_and_words_do_not_give_it_away(number: str) -> None:
    shown = mask(number, PLATE)
    assert shown == masked(number)
    assert (shown[:2], shown[-2:], len(shown)) == (number[:2], number[-2:], len(number))
    assert set(shown[2:-2]) == {"*"}
    assert list(plates_in(shown)) == []


@settings(derandomize=True)
@given(PLATES.filter(lambda number: "使" not in number and any(map(str.isdigit, number))))
def test_what_the_type_takes_is_found_in_words(number: str) -> None:
    assert number not in Secrets().masked(f"车主{number}，请挪车")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("X12345", "--plate 牌 应以省份简称开头，如 湘A12345；收到“X12345”，“X”不是省份简称"),
        ("台A12345", "--plate 牌 应以省份简称开头，如 湘A12345；收到“台A12345”，“台”不是省份简称"),
        ("湘O12345",
         "--plate 牌 省份简称之后应为一个字母（没有 I 和 O），如 湘A12345；收到“湘O12345”"),
        ("湘112345",
         "--plate 牌 省份简称之后应为一个字母（没有 I 和 O），如 湘A12345；收到“湘112345”"),
        ("湘AO2345",
         "--plate 牌 车牌不用字母 I 和 O，请看是否数字 1 和 0；收到“湘AO2345”"),
        ("湘A12#45", "--plate 牌 车牌序号只有字母和数字；收到“湘A12#45”，“#”不能用"),
        ("湘A1234", "--plate 牌 字母之后应为 5 位，新能源车 6 位；收到“湘A1234”，有 4 位"),
        ("湘A1234567", "--plate 牌 字母之后应为 5 位，新能源车 6 位；收到“湘A1234567”，有 7 位"),
        ("湘A12345学",
         "--plate 牌 以“学”结尾的车牌，其前应为 4 位；收到“湘A12345学”，有 5 位"),
        ("湘A123456",
         "--plate 牌 六位的新能源车牌，字母 A 至 K（无 I）在首位或末位，其余为数字，"
         "小型车第二位也可为字母；收到“湘A123456”"),
        ("湘AL12345",
         "--plate 牌 六位的新能源车牌，字母 A 至 K（无 I）在首位或末位，其余为数字，"
         "小型车第二位也可为字母；收到“湘AL12345”"),
        ("使12345", "--plate 牌 使馆车牌为“使”和 6 位数字，如 使014578；收到“使12345”"),
    ],
)  # fmt: skip
def test_it_is_said_what_is_wrong(typed: str, said: str) -> None:
    with pytest.raises(BadValue) as refused:
        parse_input(PLATE, typed, AROUND)
    assert refused.value.sentence.text("zh") == said
    assert typed in refused.value.sentence.text("en")


def test_a_residents_plates_are_checked_kept_in_one_spelling_and_masked(desk: Desk) -> None:
    new_unit(desk, "5-1-302")
    wrong = refuse(desk, f"{RESIDENT} --vehicles plate=湘A123", 2)
    assert wrong.messages == [
        "--vehicles plate= 车牌 字母之后应为 5 位，新能源车 6 位；收到“湘A123”，有 3 位"
    ]
    number = desk.do([*RESIDENT.split(), "--vehicles", "plate=湘a·ｄ00001,space=B12"]).id
    assert desk.show(number)["vehicles"] == [{"plate": "湘AD00001", "space": "B12"}]
    desk.do("check")


def test_what_an_older_release_kept_is_read_shown_and_told(desk: Desk) -> None:
    new_unit(desk, "5-1-302")
    number = desk.do([*RESIDENT.split(), "--vehicles", "plate=湘A00001"]).id
    path = desk.root / str(desk.show(number)["path"])
    old = path.read_text("utf-8").replace("湘A00001", "湘A-00009 黑色")
    path.write_text(old, "utf-8")
    desk.git("commit", "--quiet", "-am", "as the first release kept it")
    assert desk.show(number)["vehicles"] == [{"plate": "湘A-00009 黑色"}]
    told = desk("check")
    assert told.code == 1
    assert "车牌 不是车牌号" in told.err + told.out
    assert "00009" not in told.err + told.out
    assert TYPES["plate"].mask("湘A-00009 黑色") == "****"
    desk.do([*f"resident edit {number}".split(), "--vehicles", "plate=湘A00009"])
    desk.do("check")


def test_a_roster_may_have_another_word_where_plates_stand(desk: Desk, tmp_path: Path) -> None:
    new_unit(desk, "5-1-302")
    rows = [["房号", "姓名", "身份", "电话", "车牌号"],
            ["5-1-302", "何晓", "业主", "13800000003", "湘a·00001、湘A8C12345"]]  # fmt: skip
    done = desk.do(["import", "resident", str(write_csv(tmp_path / "a.csv", rows)),
                    "--format", "json"])  # fmt: skip
    (made,) = done.json["records"]
    assert desk.show(made["id"])["vehicles"] == [{"plate": "湘A00001"}]
    (left,) = done.json["left_out"]
    assert left["field"] == "vehicles"
    assert "8C1" not in done.out + done.err

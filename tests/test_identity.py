"""A whole identity number in free words is told when it is typed, wherever it is typed."""

from __future__ import annotations

import pytest
from conftest import Desk
from hypothesis import given
from hypothesis import strategies as st
from scenes import bring

from pmcli.form.identity import has_identity_number

NUMBER = "430105199001011234"
"""A made-up number."""
TOLD = "写着完整的身份证号"
NEW = "visit new --channel phone --category other --unit 3-2-501"


@given(
    st.integers(1, 8), st.integers(0, 99999), st.dates(), st.integers(0, 999),
    st.sampled_from("0123456789Xx"),
    st.sampled_from(["", " ", "-"]), st.text(st.sampled_from("证件号码，。：是的 ")), st.booleans(),
)  # fmt: skip
def test_a_number_is_seen_in_any_words(
    first: int, region: int, born: object, order: int, last: str, gap: str, words: str, wide: bool
) -> None:
    day = str(born).replace("-", "")
    number = f"{first}{region:05d}{gap}{day}{gap}{order:03d}{last}"
    if wide:
        number = number.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789Xx-"})
    assert has_identity_number(f"{words}{number}{words}") == (day[:2] in ("18", "19", "20"))


@pytest.mark.parametrize(
    "text",
    ["13800138000", "0731-88880001", "6222021234567890123", "430105199013011234", "BX-260305-A01",
     "91430100MA4L1234XX", "43010519900101123", "14301051990010112345", "2026030509302026030512",
     "…1234", ""],
)  # fmt: skip
def test_what_is_none(text: str) -> None:
    assert not has_identity_number(text)


@pytest.mark.parametrize("option", ["--content", "--visitor", "--place", "--note"])
def test_it_is_told_and_the_record_written(desk: Desk, option: str) -> None:
    given = {"--visitor": "何女士", "--content": "问路", option: f"证件{NUMBER}，求开证明"}
    typed = desk.do([*NEW.split(), *(word for pair in given.items() for word in pair)])
    assert TOLD in typed.err
    assert NUMBER not in typed.err + typed.out
    quiet = desk.do([*NEW.split(), "--visitor", "何女士", "--content", "证件尾号1234"])
    assert TOLD not in quiet.err


def test_by_steps_corrections_and_hands(desk: Desk) -> None:
    number = bring(desk, "visit", "referred")
    assert TOLD in desk.do(f"visit reply {number} --reply 本人{NUMBER} --reply-method phone").err
    assert TOLD in desk.do(f"visit edit {number} --place {NUMBER}旁").err
    path = desk.root / str(desk.show(number)["path"])
    path.write_text(path.read_text("utf-8").replace(f"{NUMBER}旁", f"{NUMBER}东", 1), "utf-8")
    saved = desk.do("save")
    assert TOLD in saved.err


def test_in_rows_too(desk: Desk) -> None:
    number = bring(desk, "repair", "arrived")
    rows = f"item={NUMBER},qty=1,unit_price=3"
    assert TOLD in desk.do(f"repair quote {number} --quote-items {rows} --by 李强").err

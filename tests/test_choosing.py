"""Choosing by number, key, label, a beginning, or the initials of pinyin."""

from __future__ import annotations

import pytest
from wcwidth import wcswidth

from pmcli.cli.guided.choosing import Candidate, Several, fitting, listing, meant, numbered
from pmcli.form.units import spelt_so_far

KINDS = [
    Candidate("plumbing", ("给排水", "plumbing"), "给排水", "给排水 plumbing"),
    Candidate("drains", ("管沟疏通", "drains"), "管沟疏通", "管沟疏通 drains"),
    Candidate("door_window", ("门窗玻璃", "doors and windows"), "门窗玻璃", "门窗玻璃 door_window"),
    Candidate("structure", ("房屋结构", "structure"), "房屋结构", "房屋结构 structure"),
    Candidate("safety", ("安全设施", "safety"), "安全设施", "安全设施 safety"),
]
STAFF = [Candidate(name) for name in ("张敏", "赵军", "周洁", "曾小红", "重阳")]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1", "plumbing"), (" 3 ", "door_window"), ("drains", "drains"), ("Drains", "drains"),
        ("给排水", "plumbing"), ("管", "drains"), ("d", None), ("dr", "drains"),
        ("gps", "plumbing"), ("gg", "drains"), ("mcbl", "door_window"), ("玻璃", "door_window"),
        ("s", None), ("st", "structure"), ("0", None), ("6", None), ("喷泉", None),
        ("", None), ("２", "drains"), ("²", "drains"),
    ],
)  # fmt: skip
def test_a_choice(typed, value):
    try:
        found = numbered(typed, KINDS)
    except Several:
        found = None
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [("zm", "张敏"), ("敏", "张敏"), ("zxh", "曾小红"), ("cxh", "曾小红"), ("cy", "重阳"),
     ("zy", "重阳"), ("ZJ", None), ("z", None)],
)  # fmt: skip
def test_a_name(typed, value):
    try:
        found = meant(typed, STAFF)
    except Several as several:
        assert "赵军" in several.sentence.text("zh")
        found = None
    assert (found.value if found else None) == value


def test_a_key_that_is_a_number_comes_before_a_place():
    months = [Candidate("3"), Candidate("1"), Candidate("2")]
    assert numbered("1", months) == months[1]


def test_the_best_comes_first():
    assert [c.value for c in fitting("zj", STAFF)] == ["赵军", "周洁"]
    assert fitting("", STAFF) == STAFF


@pytest.mark.parametrize("columns", [40, 80, 132])
def test_a_listing_aligns_and_fits(columns):
    lines = listing(KINDS * 3, columns)
    assert all(wcswidth(line) <= columns for line in lines)
    assert sum(line.count("plumbing") for line in lines) == 3


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [("3栋2单元5", "3-2-5"), ("3#2-501室", "3-2-501"), ("3-2", "3-2"), ("a座1201", "A-1201")],
)
def test_what_is_typed_so_far_of_a_unit(typed, spelt):
    assert spelt_so_far(typed) == spelt

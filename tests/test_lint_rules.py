"""Every rule of lint: what it must flag in several wordings, what looks alike and is innocent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rule_passages import PASSAGES, TIPS
from rule_sheets import SHEETS, sheet

from pmcli.lint import Settings, check
from pmcli.lint.rules import BY_CODE

TIP = "温馨提示"


def codes(text: str, **options: object) -> set[str]:
    return {finding.code for finding in check(text, **options)}  # type: ignore[arg-type]


def test_the_sheet_to_vary_has_no_fault() -> None:
    assert check(sheet()) == []


def _cases(index: int) -> list[tuple[str, str]]:
    return [(code, text) for code, both in PASSAGES.items() for text in both[index]]


@pytest.mark.parametrize(("code", "text"), _cases(0))
def test_a_passage_is_flagged(code: str, text: str) -> None:
    assert code in codes(text, whole=False)


@pytest.mark.parametrize(("code", "text"), _cases(1))
def test_a_passage_is_innocent(code: str, text: str) -> None:
    assert code not in codes(text, whole=False)


def _typed(verdict: str) -> list[tuple[str, str]]:
    """Code and text of the passages file, whose blocks begin with `=== code verdict`."""
    typed = (Path(__file__).parent / "lint_passages.txt").read_text("utf-8")
    blocks = re.split(r"^=== ", typed, flags=re.MULTILINE)[1:]
    heads = [block.partition("\n") for block in blocks]
    return [(h.split()[0], body.rstrip("\n")) for h, _, body in heads if h.split()[1] == verdict]


@pytest.mark.parametrize(("code", "text"), _typed("flagged"))
def test_a_passage_as_offices_type_it_is_flagged(code: str, text: str) -> None:
    assert code in codes(text, whole=False)


@pytest.mark.parametrize(("code", "text"), _typed("innocent"))
def test_a_passage_as_offices_type_it_is_innocent(code: str, text: str) -> None:
    assert code not in codes(text, whole=False)


@pytest.mark.parametrize("text", TIPS[0])
def test_an_order_in_a_tip_is_flagged(text: str) -> None:
    assert "N201" in codes(text, genre=TIP, whole=False)
    assert "N201" not in codes(text, genre="通知", whole=False)


@pytest.mark.parametrize("text", TIPS[1])
def test_advice_in_a_tip_is_innocent(text: str) -> None:
    assert "N201" not in codes(text, genre=TIP, whole=False)


def _sheets(index: int) -> list[tuple[str, str]]:
    return [(code, text) for code, both in SHEETS.items() for text in both[index]]


@pytest.mark.parametrize(("code", "text"), _sheets(0))
def test_a_notice_is_flagged(code: str, text: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(("code", "text"), _sheets(1))
def test_a_notice_is_innocent(code: str, text: str) -> None:
    assert code not in codes(text)


OFFICIAL = Settings(theme="gbt9704")


@pytest.mark.parametrize("text", ["1、甲", "（一）、甲", "一.甲", "①甲"])
def test_a_marker_is_wrong_in_an_official_document_only(text: str) -> None:
    assert "N406" in codes(text, whole=False, settings=OFFICIAL)
    assert "N406" not in codes(text, whole=False)


@pytest.mark.parametrize("text", ["1. 甲", "（一）甲", "一、甲", "（1）甲"])
def test_a_marker_of_an_official_document_is_right(text: str) -> None:
    assert "N406" not in codes(text, whole=False, settings=OFFICIAL)


def test_every_rule_has_three_texts_of_either_kind() -> None:
    tables = {**PASSAGES, **SHEETS, "N201": TIPS}
    assert set(BY_CODE) - set(tables) == {"N406"}
    assert [code for code, both in tables.items() if min(map(len, both)) < 3] == []

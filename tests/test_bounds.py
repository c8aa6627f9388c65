"""Each bound on what formulas do refuses by itself, before anything large is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pmcli.form import bounds
from pmcli.form.bounds import LARGEST, MAX_DIGITS, TooMuch, measured_run, metered, weigh
from pmcli.form.jinja_bounds import BoundedEnvironment

LETTERS = bounds._LETTERS
BINOP = BoundedEnvironment({}).call_binop
TOO_MUCH: dict[str, Callable[[], Any]] = {
    "a text": lambda: weigh("x" * (LARGEST * LETTERS + LETTERS)),
    "a list": lambda: weigh([None] * (LARGEST + 1)),
    "lists within lists": lambda: weigh([[1] * 1000] * (LARGEST // 1000 + 1)),
    "a range": lambda: weigh(range(LARGEST + 1)),
    "what a formula comes to": lambda: measured_run(lambda _: [None] * (LARGEST + 1), None),
    "a power that would come to little": lambda: BINOP(None, "**", 1, 4 * MAX_DIGITS + 1),
    "a number of many digits": lambda: BINOP(None, "*", 10 ** (MAX_DIGITS - 1), 10),
    "nothing repeated": lambda: BINOP(None, "*", [], LARGEST + 1),
    "nothing repeated the other way round": lambda: BINOP(None, "*", LARGEST + 1, []),
    "many widths": lambda: bounds._refuse_widths("%9999d" * (LARGEST // 9999 + 1)),
    "a width of many digits": lambda: bounds._refuse_widths(f"%{'9' * 5000}d"),
    "a width that a value gives": lambda: bounds._refuse_widths("%*d"),
    "a precision": lambda: bounds._refuse_widths(f"%.{'9' * 12}f"),
    "texts put into a text": lambda: bounds.refuse_product(LARGEST // 10, ["x" * 11]),
}


@pytest.mark.parametrize("what", TOO_MUCH)
def test_it_is_refused(what: str) -> None:
    with metered(), pytest.raises(TooMuch):
        TOO_MUCH[what]()


def test_what_is_just_small_enough_is_not() -> None:
    with metered():
        weigh("x" * (LARGEST // 4))
        weigh([None] * (LARGEST // 4))
        assert BINOP(None, "**", 2, 10) == 1024
        assert BINOP(None, "*", "ab", 3) == "ababab"
        bounds._refuse_widths("%10d %.2f %s %%")
        bounds.refuse_product(LARGEST // 100, ["x" * 10])

"""Widths without wcwidth are its widths, and tables without tabulate are its tables."""

from __future__ import annotations

import sys

from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth, wcwidth

from pmcli.cli.line import output
from pmcli.documents.columns import column_of, columns_of, terminal_columns

seen = st.text(st.sampled_from("水电a1 ，。（）“…—·→①½é\u0301👨\u200d👩🏽ｱ　\t\n"), max_size=12)


def test_every_character_has_the_width_that_wcwidth_gives_it() -> None:
    for code in range(0x10000):
        assert column_of(chr(code)) == max(wcwidth(chr(code)), 0), hex(code)


@given(seen | st.text(max_size=20))
def test_a_text_has_the_width_that_wcwidth_gives_it(text: str) -> None:
    whole = wcswidth(text)
    alone = sum(max(wcwidth(c), 0) for c in text)
    assert columns_of(text) == alone
    assert terminal_columns(text) == (whole if whole >= 0 else alone)


def test_what_most_texts_consist_of_is_measured_without_it() -> None:
    loaded = {name: sys.modules.pop(name) for name in list(sys.modules) if "wcwidth" in name}
    try:
        assert terminal_columns("2026-03-05 张敏：3-2-501，水管漏水（已修）…") == 43
        assert column_of("水") == 2
        assert not [name for name in sys.modules if "wcwidth" in name]
    finally:
        sys.modules.update(loaded)


@settings(max_examples=200, deadline=None)
@given(st.data(), st.integers(1, 5), st.booleans(), st.none() | st.integers(20, 90))
def test_a_table_is_drawn_as_tabulate_draws_it(
    data: st.DataObject, columns: int, wrap_last: bool, fit: int | None
) -> None:
    row = st.lists(seen, min_size=columns, max_size=columns)
    heads, rows = data.draw(row), data.draw(st.lists(row, max_size=5))
    heads = [" ".join(head.split()) or "编号" for head in heads]
    rows = [[f"A{number}", *cells[1:]] for number, cells in enumerate(rows)]
    drawn = list(output.aligned(heads, rows, fit, wrap_last, frozenset({1})))
    assert drawn == output.table(heads, rows, fit, wrap_last, frozenset({1})).split("\n")

"""How wide a table's columns are: the same proportions in every format."""

from __future__ import annotations

from collections.abc import Sequence

from pmcli.documents.columns import columns_of, words
from pmcli.documents.page import Page, Table

_WHOLE, _NAME = 16, 8
"""Words of up to so many columns, and names of up to so many, are not torn in a table."""
_LEAST = 4
_PADDING = 3
"""What the padding of a cell takes, in columns of text."""


def widths(table: Table, room: int) -> list[int]:
    """How many columns (a Chinese character takes two) each of a table's columns has for its text.

    They add up to `room`. Each is as wide as its longest text. Where the page is too narrow the
    longer texts give way; numbers, dates and short names stay whole as long as they can. What a
    pen will fill is as wide as its kind of value wants.
    """
    texts = [
        [heading.label, *(row[i] for row in table.rows)] for i, heading in enumerate(table.headings)
    ]
    wanted = [max(columns_of(line) for t in column for line in t.split("\n")) for column in texts]
    if table.to_fill:
        wanted = [
            wide if any(column[1:]) else max(wide, heading.room)
            for wide, column, heading in zip(wanted, texts, table.headings, strict=True)
        ]
    tight = table.tight and not table.to_fill
    found = wanted if sum(wanted) <= room else _shared(texts, wanted, room, tight)
    more = [max(room - sum(found), 0) * wide // max(sum(found), 1) for wide in found]
    found = [wide + extra for wide, extra in zip(found, more, strict=True)]
    for i in range(max(room - sum(found), 0)):
        found[i % len(found)] += 1
    return found


def shares(table: Table, page: Page) -> list[tuple[int, float]]:
    """For each column of a table: the columns of text that fit, and its share in percent."""
    room = columns_beside(page)
    found = widths(table, room - _PADDING * len(table.headings))
    return [(width, round(100 * (width + _PADDING) / room, 2)) for width in found]


def columns_beside(page: Page) -> int:
    """How many columns of text stand side by side on a sheet."""
    room = {"A5": 108}.get(page.paper, 146 if page.landscape else 96)
    return room * 4 // 5 if page.large else room


def _shared(texts: Sequence[list[str]], wanted: list[int], room: int, tight: bool) -> list[int]:
    """Too little room, shared: every column has its least, and who wants little is served first."""
    found = [min(wide, _least(column)) for wide, column in zip(wanted, texts, strict=True)]
    if tight:  # the widest column gives way, the others are read at a glance
        widest = wanted.index(max(wanted))
        found = [low if i == widest else wanted[i] for i, low in enumerate(found)]
    while sum(found) > room and max(found) > 2:
        found[found.index(max(found))] -= 1
    free, waiting = max(room - sum(found), 0), len(found)
    for i in sorted(range(len(found)), key=lambda i: wanted[i] - found[i]):
        more = min(max(wanted[i] - found[i], 0), free // waiting)
        found[i] += more
        free, waiting = free - more, waiting - 1
    return found


def _least(column: Sequence[str]) -> int:
    """The width below which a column's words would be torn."""
    longest = max((columns_of(word) for text in column for word in words(text)), default=0)
    names = max((columns_of(text) for text in column[1:]), default=0)
    return max(_LEAST, min(longest, _WHOLE), min(names, _NAME))

"""Text on sheets: what stays together, and the rules between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pmcli.dataclass import dataclass

WIDTH = 78
"""Columns of a sheet."""
PIECE = 4
"""Of a long text, so many lines go to a sheet together."""
_CROSSINGS = {
    (True, True): "┼", (True, False): "┴", (False, True): "┬", (False, False): "─",
}  # fmt: skip


@dataclass(frozen=True)
class Strip:
    """Lines that stay together. Ruled ones have vertical rules at `cuts`, plain ones have none."""

    lines: tuple[str, ...]
    cuts: tuple[int, ...] = ()
    joined: bool = False
    """No rule divides it from the strip above."""


@dataclass(frozen=True)
class Group:
    """Strips that one sheet holds together; `head` stands above them where they begin a sheet."""

    strips: tuple[Strip, ...]
    head: tuple[Strip, ...] = ()
    follows: bool = False
    """It keeps with the group before it."""


def part_sheets(groups: Sequence[Group], first: int, others: int) -> list[list[str]]:
    """The groups as lines, sheet by sheet; the first sheet has less room than the others."""
    sheets: list[list[str]] = []
    held: list[Strip] = []
    waiting = list(reversed(groups))
    while waiting:
        group = waiting.pop()
        strips = group.strips if held else _opening(group)
        room = others if sheets else first
        if len(ruled([*held, *strips])) <= room:
            held += strips
        elif held:
            sheets.append(ruled(held))
            held = []
            waiting.append(group)
        else:
            waiting += reversed(_torn(group))
    return [*sheets, ruled(held)]


def _opening(group: Group) -> tuple[Strip, ...]:
    """A group as it begins a sheet: its head above, and a rule between the two."""
    first, *others = group.strips
    return (*group.head, replace(first, joined=False), *others)


def _torn(group: Group) -> list[Group]:
    """A group that no sheet can hold, in pieces."""
    if len(group.strips) > 1:
        return [Group((strip,), group.head) for strip in group.strips]
    strip, head = group.strips[0], group.head
    if len(strip.lines) == 1:
        return [Group(group.strips)]
    lines = strip.lines
    return [Group((Strip((line,), strip.cuts, i > 0),), head) for i, line in enumerate(lines)]


def ruled(strips: Sequence[Strip]) -> list[str]:
    """Strips as lines, with the rules between them."""
    lines: list[str] = []
    above: tuple[int, ...] = ()
    for strip in strips:
        if not (strip.joined and above == strip.cuts and lines) and (above or strip.cuts):
            lines.append(_rule(above, strip.cuts))
        lines += strip.lines
        above = strip.cuts
    return [*lines, _rule(above, ())] if above else lines


@cache
def _rule(above: tuple[int, ...], below: tuple[int, ...]) -> str:
    """A horizontal rule between rows whose vertical rules stand at these columns."""
    marks = [_CROSSINGS[column in above, column in below] for column in range(WIDTH)]
    marks[0] = "├" if above and below else "┌" if below else "└"
    marks[-1] = "┤" if above and below else "┐" if below else "┘"
    return "".join(marks)

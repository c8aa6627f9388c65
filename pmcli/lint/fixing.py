"""Mends what is safe to mend: marks, digits, padded dates. The rest of a text stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable

from pmcli.lint.frontmatter import read_front_matter
from pmcli.lint.model import Settings
from pmcli.lint.passages import HAN
from pmcli.lint.rules.typography import (
    BETWEEN,
    DOUBLED,
    FULL_FOR,
    STRAIGHT,
    WIDE,
    covered,
    foreign_spans,
    half_marks,
    kept_mark,
)
from pmcli.patterns import regex

Mend = Callable[[str], str]


def fixed(text: str, settings: Settings = Settings()) -> str:  # noqa: B008
    """The text with everything mended that MENDS can; front matter and ignored rules left alone."""
    front = read_front_matter(text)
    ignored = settings.ignore | set(front.ignore)
    mends = [mend for code, mend in MENDS if code not in ignored]
    lines = text.splitlines(keepends=True)
    return "".join(
        line if number < front.lines else _mended(line, mends) for number, line in enumerate(lines)
    )


def _mended(line: str, mends: list[Mend]) -> str:
    body = line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
    end = line[len(body) :]
    for _ in range(4):
        before = body
        for mend in mends:
            body = mend(body)
        if body == before:
            break
    return body + end


def _outside(line: str, pattern: re.Pattern[str], put: Callable[[re.Match[str]], str]) -> str:
    """Substitute, but not in addresses, links, file names and code."""
    kept = covered(foreign_spans(line))

    def one(found: re.Match[str]) -> str:
        inside = found.start() in kept or found.end() - 1 in kept
        return found[0] if inside else put(found)

    return pattern.sub(one, line)


def _narrow(line: str) -> str:
    return WIDE.sub(lambda found: chr(ord(found[0]) - 0xFEE0), line)


_PADDED = regex(
    r"(?<!\d)(?P<y>\d{4}\s*年\s*)?(?:0(?P<m>[1-9])|(?P<m2>1[0-2]"
    r"|[1-9]))(?P<a>\s*月\s*)(?:0(?P<d>[1-9])|(?P<d2>\d{1,2}))(?P<b>\s*[日号])"
)


def _unpadded(line: str) -> str:
    return _PADDED.sub(
        lambda f: (f["y"] or "") + (f["m"] or f["m2"]) + f["a"] + (f["d"] or f["d2"]) + f["b"],
        line,
    )


def _curved(line: str) -> str:
    def put(found: re.Match[str]) -> str:
        if found["s"] is not None:
            return f"‘{found['s']}’"
        return f"“{found['d'] or found['o'] or found['c'] or ''}”"

    return _outside(line, STRAIGHT, put)


_DOTS = regex(rf"(?<=[{HAN}])\.{{3,}}")


_RUN = regex(r"[,:;?!()]{2,}")


def _full_width(line: str) -> str:
    line = _outside(line, _DOTS, lambda _: "……")
    marks = set(half_marks(line))
    kept = covered(foreign_spans(line))
    for run in _RUN.finditer(line):
        places = set(range(run.start(), run.end()))
        if marks & places and not kept & places:
            marks |= places
    marks |= _partners(line, marks) - kept
    escapes = {at - 1 for at in marks if line[at - 1 : at] == "\\"}
    return "".join(
        FULL_FOR[char] if at in marks else char for at, char in enumerate(line) if at not in escapes
    )


def _partners(line: str, marks: set[int]) -> set[int]:
    """The other brackets of the pairs of which one is to change."""
    opened: list[int] = []
    partners: set[int] = set()
    for index, char in enumerate(line):
        if char == "(":
            opened.append(index)
        elif char == ")" and opened:
            first = opened.pop()
            if first in marks or index in marks:
                partners |= {first, index}
    return partners


def _single(line: str) -> str:
    return _outside(line, DOUBLED, lambda found: kept_mark(found[0]))


def _untied(line: str) -> str:
    return BETWEEN.sub("", line)


_STACKED = regex(rf"！[！!]+|？[？?]+|(?<=[{HAN}])!{{2,}}|(?<=[{HAN}])\?{{2,}}")


def _unstacked(line: str) -> str:
    return _outside(line, _STACKED, lambda found: "？" if found[0][0] in "？?" else "！")


MENDS: tuple[tuple[str, Mend], ...] = (
    ("N407", _narrow),
    ("N108", _unpadded),
    ("N206", _unstacked),
    ("N402", _curved),
    ("N401", _full_width),
    ("N403", _untied),
    ("N408", _single),
)
"""The rules whose findings can be mended, with the function that mends a line."""

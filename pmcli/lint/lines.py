"""A notice line by line, and the paragraphs that its lines make."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmcli.dataclass import dataclass
from pmcli.lint.passages import HAN, Passage, flatten, joined, unescaped
from pmcli.patterns import regex

_RULE_LINE = regex(r"[\s\-=_*—─~·.|:+]{3,}$")
_MARKER = regex(
    r"(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|第[一二三四五六七八九十\d]{1,3}[条项点步]"
    r"|[（(]\d{1,2}[）)]|\d{1,2}[.．、)）](?:(?!\d)|(?=\d{4}年|\d{1,2}月\d{1,2}[日号]))|[①-⑳]|[-*+•·●○◆■▪]\s|[●◆■▪•])"
)
_LABEL = regex(rf"[{HAN}A-Za-z（）]{{2,10}}：")
_ENDED = tuple("。！？；：…”）」,，、")
LINE_LONGEST = 400
PARAGRAPH_LONGEST = 800
"""What is longer is read in pieces, so that the work grows with the length and no faster."""


@dataclass(frozen=True)
class Line:
    """A line that is not empty: as typed and as read."""

    number: int
    """From 1, in the file."""
    typed: Passage
    """As it stands in the file, Markdown's backslashes apart."""
    read: Passage
    """As rules read it."""
    blank_before: bool = False

    @property
    def raw(self) -> str:
        """The line as typed."""
        return self.typed.text

    @property
    def text(self) -> str:
        """The line as rules read it."""
        return self.read.text

    @property
    def marker(self) -> bool:
        """Whether it begins with a list marker."""
        return bool(_MARKER.match(self.raw.strip().lstrip("\u3000 #>")))

    @property
    def indented(self) -> bool:
        """Whether it begins with space."""
        return self.raw[:1].isspace()

    @property
    def table(self) -> bool:
        """Whether it is a row of a table."""
        return self.raw.strip().startswith("|") or self.raw.strip().count("\t") >= 2


_BREAK = regex(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def line_starts(text: str) -> tuple[int, ...]:
    """The offsets at which the lines of a text begin."""
    return (0, *(found.end() for found in _BREAK.finditer(text)))


def read_lines(text: str, skipped: int, starts: tuple[int, ...]) -> tuple[Line, ...]:
    """The lines with text, but for the first `skipped` lines and Markdown's rules."""
    lines: list[Line] = []
    blank = False
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(text)
        raw = text[start:end].rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        if index < skipped:
            continue
        if not raw.strip() or (_RULE_LINE.match(raw) and not re.search(r"_{2}", raw)):
            blank = True
            continue
        for first, piece in _pieces(raw):
            line = _line(index + 1, start + first, piece, blank)
            if line is not None:
                lines.append(line)
                blank = False
    return tuple(lines)


def _line(number: int, start: int, raw: str, blank: bool) -> Line | None:
    lead = re.match(r"\s*(?:#{1,6}\s+|#{1,6}(?=[^\d#])|>\s*|\|)?\s*", raw)
    skip = lead.end() if lead else 0
    read = flatten(raw[skip:].rstrip("| \t"), start + skip)
    return Line(number, unescaped(raw, start), read, blank) if read else None


def _pieces(raw: str) -> Iterator[tuple[int, str]]:
    """A line in pieces of a length that rules can take, cut after a mark where there is one."""
    start = 0
    while len(raw) - start > LINE_LONGEST:
        end = start + LINE_LONGEST
        cut = max(raw.rfind(mark, start, end) for mark in "。！？；，")
        end = cut + 1 if cut > start else end
        yield start, raw[start:end]
        start = end
    yield start, raw[start:]


def paragraphs(lines: tuple[Line, ...]) -> tuple[Passage, ...]:
    """The paragraphs of lines, those broken at odd places put together again."""
    groups: list[list[Line]] = []
    length = 0
    for line in lines:
        if groups and length < PARAGRAPH_LONGEST and _continues(groups[-1][-1], line):
            groups[-1].append(line)
            length += len(line.text)
        else:
            groups.append([line])
            length = len(line.text)
    return tuple(joined([line.read for line in group]) for group in groups)


def _continues(before: Line, line: Line) -> bool:
    """Whether a line goes on with the sentence of the one before it."""
    if line.blank_before or line.indented or line.marker or line.table or before.table:
        return False
    if before.text.endswith(_ENDED) and not before.text.endswith(("，", "、", "）", "”")):
        return False
    if before.text.endswith(("，", "、")):
        return True
    if _LABEL.match(line.text):
        return False
    return len(before.text) >= (20 if _LABEL.match(before.text) else 12)

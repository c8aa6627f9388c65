"""The top of a notice: its number, title and salutation."""

from __future__ import annotations

import re

from pmcli.lint.genres import genre_of
from pmcli.lint.lines import Line
from pmcli.lint.passages import Passage, joined
from pmcli.lint.words import ORGANISATION, READERS
from pmcli.patterns import regex

_DOC_NO = regex(r".{0,20}[〔\[（【]?(?:19|20)\d\d[〕\]）】]?第?\d{1,4}号")
TITLE_LONGEST = 40
_CALLED = regex(
    r"(?:尊敬的|亲爱的|敬爱的|可爱的|各位|诸位|致|各(?![项类]))[^，。！？；：]{1,20}"
    r"|[^，。！？；：]{1,12}各[位户家][^，。！？；：]{0,10}"
)
_ADDRESSEE = regex(r"[^，。；！？\d]{2,25}")


def read_head(lines: tuple[Line, ...]) -> tuple[Line | None, Passage | None, tuple[Line, ...]]:
    """The number, the title, the other lines."""
    doc_no, rest = None, list(lines)
    if rest and _DOC_NO.fullmatch(rest[0].text):
        doc_no = rest.pop(0)
    if not rest or not _can_be_title(rest[0]):
        return doc_no, None, tuple(rest)
    title = [rest.pop(0)]
    if rest and genre_of(title[0].text) is None and _continues_title(title[0], rest[0]):
        title.append(rest.pop(0))
    if rest and doc_no is None and _DOC_NO.fullmatch(rest[0].text):
        doc_no = rest.pop(0)
    whole = joined([line.read for line in title])
    return doc_no, _undecorated(whole), tuple(rest)


def _undecorated(title: Passage) -> Passage:
    start = re.match(r"[^\w《“（〔\[【]*", title.text)
    first = start.end() if start else 0
    last = len(re.sub(r"[^\w》”）〕\]】！？。；：]+\Z", "", title.text))
    return title.part(first, max(first, last)) or title


def _can_be_title(line: Line) -> bool:
    text = line.text
    return not (
        text.endswith(("：", "。"))
        or len(text) > TITLE_LONGEST
        or ("：" in text and READERS.match(text.partition("：")[0]) is not None)
        or (line.marker and genre_of(text) is None)
        or ("，" in text and genre_of(text) is None)
    )


def _continues_title(first: Line, second: Line) -> bool:
    text = second.text
    return (
        len(text) <= 22
        and genre_of(text) is not None
        and not text.endswith(("。", "："))
        and not second.marker
        and "：" not in text
        and len(first.text) <= TITLE_LONGEST
    )


def read_salutation(
    lines: tuple[Line, ...], genre: str | None
) -> tuple[Line | None, bool, Line | None, tuple[Line, ...]]:
    """The salutation, whether a colon closes it, what follows it in its line, the other lines."""
    for index, line in enumerate(lines[:3]):
        text = line.text
        head, colon, tail = text.partition("：")
        if head in ("致", "敬致") and READERS.fullmatch(tail.rstrip("：")):
            return line, True, None, lines[:index] + lines[index + 1 :]
        named = (
            READERS.fullmatch(head)
            or (not tail and _CALLED.fullmatch(head))
            or (genre == "函" and not tail and _ADDRESSEE.fullmatch(head) and "如下" not in head)
        )
        if colon and len(head) <= 45 and named:
            rest = lines[:index] + lines[index + 1 :]
            if not tail:
                return line, True, None, rest
            cut = line.read.part(len(head) + 1, len(text))
            follow = Line(line.number, line.typed, cut, line.blank_before)
            return line, True, follow, rest
        if index <= 1 and len(text) <= 35:
            bare = re.sub(r"[，。！、；]?(?:[你您]们?好|大家好)?[，。！：；]*\Z", "", text)
            called = _CALLED.fullmatch(bare) or not ORGANISATION.fullmatch(bare)
            if READERS.fullmatch(bare) and called and not line.marker:
                return line, False, None, lines[:index] + lines[index + 1 :]
    return None, False, None, lines

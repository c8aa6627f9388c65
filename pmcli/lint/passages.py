"""Text as rules read it: width, spaces and marks made equal, each character's place kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmcli.dataclass import dataclass
from pmcli.patterns import regex

HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
_HALF_TO_FULL = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
_CELL = "\x1f"
"""What parts the cells of a table until commas between digits are settled."""
_KEPT_FULL = set(_HALF_TO_FULL.values())
_OTHER = {
    "～": "~", "〜": "~", "－": "-", "–": "-", "—": "-", "―": "-", "‐": "-", "−": "-", "─": "-",
    "\t": _CELL, "|": _CELL, "│": _CELL, "┃": _CELL, "﹕": "：", "︰": "：", "∶": "：", "﹐": "，",
    "｡": "。", "『": "“", "』": "”", "「": "“", "」": "”", "＂": '"', "○": "〇",
}  # fmt: skip
_MARKS = regex(r"(?<!\\)(?:\*{1,3}|`+|~~|</?(?:b|strong|u|em|i|br|p|center|font)\b[^<>\n]{0,60}>)")
_ESCAPE = regex(r"\\[!-/:-@\[-`{-~]")
_INVISIBLE = regex("[\u200b-\u200f\u2060\ufeff\u00ad\ufe0f]")


@dataclass(frozen=True)
class Passage:
    """A stretch of text as rules read it, and where each of its characters stands."""

    text: str
    places: tuple[int, ...]
    end: int
    """The offset just after the passage."""

    def at(self, index: int) -> int:
        """The offset in the whole text of a character of `text`."""
        if index < len(self.places):
            return self.places[index]
        return self.places[-1] if self.places else self.end

    def part(self, start: int, end: int) -> Passage:
        """A part of it."""
        return Passage(self.text[start:end], self.places[start:end], self.at(end))

    def __bool__(self) -> bool:
        return bool(self.text)


def joined(passages: list[Passage]) -> Passage:
    """Passages that follow one another as one."""
    places = tuple(place for passage in passages for place in passage.places)
    end = passages[-1].end if passages else 0
    return Passage("".join(p.text for p in passages), places, end)


def unescaped(raw: str, offset: int = 0) -> Passage:
    """A line as typed, without the backslashes that Markdown puts before a plain mark."""
    escapes = {found.start() for found in _ESCAPE.finditer(raw)}
    places = [index for index in range(len(raw)) if index not in escapes]
    text = "".join(raw[index] for index in places)
    return Passage(text, tuple(offset + index for index in places), offset + len(raw))


def flatten(raw: str, offset: int = 0) -> Passage:
    """Read a line: full-width letters and digits become half-width, punctuation full-width.

    Spaces go, except between two Latin words or numbers; so do Markdown's marks. Marks between
    digits (8:00, 1,200.5) are half-width.
    """
    dropped = _dropped(raw)
    chars: list[str] = []
    places: list[int] = []
    space = False
    for index, char in enumerate(raw):
        if index in dropped:
            continue
        if char.isspace() and char != "\t":
            space = True
            continue
        char = _canonical(char)
        if space and chars and _word(chars[-1]) and _word(char):
            chars.append(" ")
            places.append(offset + index - 1)
        space = False
        chars.append(char)
        places.append(offset + index)
    _settle_points(chars)
    chars = ["，" if char == _CELL else char for char in chars]
    return Passage("".join(chars), tuple(places), offset + len(raw))


def _dropped(raw: str) -> set[int]:
    dropped = {m.start() for m in _INVISIBLE.finditer(raw)}
    dropped |= {m.start() for m in _ESCAPE.finditer(raw)}
    for found in _MARKS.finditer(raw):
        between_digits = (
            found[0] == "*"
            and found.start() > 0
            and found.end() < len(raw)
            and raw[found.start() - 1].isalnum()
            and raw[found.start() - 1].isascii()
            and raw[found.end()].isascii()
            and raw[found.end()].isalnum()
        )
        if not between_digits and not _is_mask(raw, found):
            dropped.update(range(found.start(), found.end()))
    return dropped


def _is_mask(raw: str, found: re.Match[str]) -> bool:
    """Whether stars stand for hidden characters (138****0000, 张**) rather than for bold type."""
    if "*" not in found[0]:
        return False
    run_start, run_end = found.start(), found.end()
    while run_start and raw[run_start - 1] == "*":
        run_start -= 1
    while run_end < len(raw) and raw[run_end] == "*":
        run_end += 1
    if run_end - run_start > 3:
        return True
    before = raw[run_start - 1 : run_start]
    after = raw[run_end : run_end + 1]
    if (before.isascii() and before.isalnum()) or (after.isascii() and after.isdigit()):
        return raw.count("*" * (run_end - run_start)) < 2 or not before
    return raw.count("**") == 1 and bool(before.strip())


def _canonical(char: str) -> str:
    if char in _KEPT_FULL:
        return char
    if char in _HALF_TO_FULL:
        return _HALF_TO_FULL[char]
    if char in _OTHER:
        return _OTHER[char]
    if "！" <= char <= "～":
        return chr(ord(char) - 0xFEE0)
    return char


def _word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _settle_points(chars: list[str]) -> None:
    """Marks between digits become half-width, a full stop typed as a point becomes 。."""
    for index, char in enumerate(chars):
        before = chars[index - 1] if index else ""
        after = chars[index + 1] if index + 1 < len(chars) else ""
        if char == "：" and before.isdigit() and after.isdigit():
            chars[index] = ":"
        elif char == "，" and before.isdigit() and after.isdigit():
            chars[index] = ","
        elif char == "." and before and not before.isascii() and not (after and after.isascii()):
            chars[index] = "。"


_SENTENCE = regex(r"[^。！？；…]{0,300}[。！？；…]{0,20}[”’）」』]{0,5}")
_CLAUSE = regex(r"[^，。！？；：…]{0,300}[，。！？；：…]{0,20}[”’）]{0,5}")


def sentences(passage: Passage) -> Iterator[Passage]:
    """The sentences of a paragraph, each with its closing mark."""
    return _cut(passage, _SENTENCE)


def clauses(passage: Passage) -> Iterator[Passage]:
    """The clauses of a sentence, each with the mark that closes it."""
    return _cut(passage, _CLAUSE)


def _cut(passage: Passage, pattern: re.Pattern[str]) -> Iterator[Passage]:
    for found in pattern.finditer(passage.text):
        if found[0]:
            yield passage.part(found.start(), found.end())


_QUOTED = regex(r"《[^《》]{0,80}》|“[^“”]{0,80}”|‘[^‘’]{0,80}’|\"[^\"]{0,80}\"")


def unquoted(text: str) -> str:
    """The text with what stands in quotation marks or title marks blanked, length unchanged."""
    return _QUOTED.sub(lambda found: "□" * len(found[0]), text)

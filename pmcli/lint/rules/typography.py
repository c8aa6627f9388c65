"""N401 to N403, N407, N408: punctuation, quotation marks and widths."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmcli.lint.document import Document
from pmcli.lint.model import Hit, Settings
from pmcli.lint.passages import HAN
from pmcli.lint.rule import Rule
from pmcli.messages import Sentence
from pmcli.patterns import regex

_CJK = f"{HAN}“”‘’《》〈〉（）【】、，。；：？！…"
HALF_MARK = regex(rf"(?<=[{_CJK}])[,.:;?!()]|[,.:;?!()](?=[{HAN}“《（])")
LIST_MARKER = regex(
    r"\s*(?:#+\s*|>\s*|[-*+]\s+|\*+)?(?:\(\d{1,3}\)|\(?[一二三四五六七八九十]{1,3}\)|(?:\d{1,3}|[一二三四五六七八九十]{1,3}"
    r"|[A-Za-z])[.)])(?!\d)"
)
_INNER_MARKER = regex(rf"(?<=[\s；。：，;:,])(?:\d{{1,2}}|[A-H])[.)](?=[{HAN}“《])")
"""1. and 2) before the items of a list that runs on in one line."""
_FOREIGN = regex(
    r"[a-z]{2,6}://[!-~]{1,300}|www\.[!-~]{1,300}|[\w.+-]{1,64}@[\w-]{1,64}\.[A-Za-z.]{1,40}"
    r"|!?\[[^\]\n]{0,60}\]\([^)\n]{0,200}\)"
    r"|`[^`\n]{1,80}`|(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{1,60}\.(?:pdf|docx?|xlsx?|jpe?g|png|txt"
    r"|zip|pptx?|com|cn|net|org)\b|[\u3400-\u9fff]\.(?:pdf|docx?|xlsx?|jpe?g|png|txt|zip"
    r"|pptx?)\b",
    re.ASCII,
)
FULL_FOR = {",": "，", ".": "。", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}


def foreign_spans(raw: str) -> list[tuple[int, int]]:
    """Addresses, links, file names and code in a line, where marks mean something else."""
    return [found.span() for found in _FOREIGN.finditer(raw)]


def covered(spans: list[tuple[int, int]]) -> set[int]:
    """The places that stretches of a line take."""
    return {at for start, end in spans for at in range(start, end)}


def half_marks(raw: str) -> Iterator[int]:
    """Where in a line a half-width mark touches Chinese."""
    marker = LIST_MARKER.match(raw)
    kept = covered(foreign_spans(raw))
    kept |= covered([found.span() for found in _INNER_MARKER.finditer(raw)])
    for found in HALF_MARK.finditer(raw, marker.end() if marker else 0):
        if found.start() not in kept:
            yield found.start()


def half_width(document: Document, settings: Settings) -> Iterator[Hit]:
    """N401: a half-width mark in Chinese text."""
    for line in document.lines:
        for at in half_marks(line.raw):
            mark = line.raw[at]
            yield Hit(
                line.typed.at(at), Sentence("lint_half_width", mark=mark, full=FULL_FOR[mark])
            )
            break


STRAIGHT = regex(
    rf"“(?P<o>[^“”\"\n]{{0,200}})\"|\"(?P<c>[^“”\"\n]{{0,200}})”"
    rf"|(?!(?<=\d)\"[^\"\n]{{0,200}}\d\")\"(?![，。；、,;.)）\s])(?P<d>[^\"\n]{{0,200}}[{HAN}][^\"\n]{{0,200}})\""
    rf"|(?<![A-Za-z\d])'(?P<s>[^'\n]{{0,100}}[{HAN}][^'\n]{{0,100}})'(?![A-Za-z])"
)


def straight_quotes(document: Document, settings: Settings) -> Iterator[Hit]:
    """N402: straight quotation marks round Chinese."""
    for line in document.lines:
        kept = covered(foreign_spans(line.raw))
        for found in STRAIGHT.finditer(line.raw):
            if found.start() not in kept:
                yield Hit(line.typed.at(found.start()), Sentence("lint_straight_quotes"))


BETWEEN = regex(r"(?<=[》”])、(?=[《“])")


def needless_mark(document: Document, settings: Settings) -> Iterator[Hit]:
    """N403: 、 between titles or quotations."""
    for line in document.lines:
        for found in BETWEEN.finditer(line.raw):
            yield Hit(line.typed.at(found.start()), Sentence("lint_needless_mark"))


WIDE = regex(r"[０-９Ａ-Ｚａ-ｚ]")


def wide_letters(document: Document, settings: Settings) -> Iterator[Hit]:
    """N407: full-width digits or letters."""
    for line in document.lines:
        for found in WIDE.finditer(line.raw):
            narrow = chr(ord(found[0]) - 0xFEE0)
            yield Hit(
                line.typed.at(found.start()), Sentence("lint_wide", wide=found[0], narrow=narrow)
            )


DOUBLED = regex(
    rf"(?<=[{HAN}])[,;]{{2,}}|(?<=[{HAN}])[,;]+[，、。；：]|"
    r"[？！][，、；：。]+|[，、。；：]{2,}[？！]?|[，、；：][？！]"
)


def kept_mark(marks: str) -> str:
    """The mark that stays of several that clash: one that ends a sentence, else the first."""
    if len(marks) >= 3 and set(marks) == {"。"}:
        return "……"
    closing = [mark for mark in marks if mark in "。？！"]
    return closing[0] if closing else marks[0]


def doubled(document: Document, settings: Settings) -> Iterator[Hit]:
    """N408: doubled or clashing marks."""
    for line in document.lines:
        for found in DOUBLED.finditer(line.raw):
            right = kept_mark(found[0])
            if right == "……":
                yield Hit(line.typed.at(found.start()), Sentence("lint_dots"))
                continue
            yield Hit(
                line.typed.at(found.start()),
                Sentence("lint_doubled", marks=found[0], right=FULL_FOR.get(right, right)),
            )


RULES = (
    Rule("N401", "warning", "GB/T 15834 5", half_width, passage=True),
    Rule("N402", "warning", "GB/T 15834 4.8", straight_quotes, passage=True),
    Rule("N403", "warning", "GB/T 15834 4.5.3.5", needless_mark, passage=True),
    Rule("N407", "warning", "GB/T 15835", wide_letters, passage=True),
    Rule("N408", "warning", "GB/T 15834", doubled, passage=True),
)

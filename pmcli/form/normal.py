"""One form of what is typed, before anything reads it.

Full-width letters and signs of an input method, marks without a width that come with pasted text,
and blanks that pad a name say nothing. What is free text keeps its signs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum

from pmcli.messages import Label
from pmcli.patterns import regex


class Way(Enum):
    """How a text comes to its normal form."""

    FREE = "free"
    """As it is typed, but for marks that nobody sees: free words, and rows, cell by cell."""
    NAME = "name"
    """NFKC, without padding."""
    WIDE = "wide"
    """NFKC, dashes as they are, without blanks around."""
    PLAIN = "plain"
    """NFKC, with one kind of dash, and without blanks around."""


_IGNORABLE = regex(
    "[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Characters that a page may ignore, save those that choose a variant of the one before."""
_JOINERS = "\u200c\u200d"
_TAGS = regex("[\U000e0020-\U000e007f]")
_FLAG = "\U0001f3f4"
_DASH = regex("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_DOT = regex(" *[·•‧∙⋅・･] *")
_HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ALONE = f"(?<![{_HAN}])[{_HAN}]"
_PADDING = regex(f"({_ALONE}) +(?=[{_HAN}])|(?<=[{_HAN}]) +(?=[{_HAN}](?![{_HAN}]))")
_SELECTOR = regex("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def normal(text: str, way: Way) -> str:
    """What was typed, as a parser reads it: NFC and `\\n`, the rest as its type wants it."""
    text = unmarked(unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))
    if way is Way.FREE:
        return text
    if way is Way.NAME:
        return name(unicodedata.normalize("NFKC", text))
    return unicodedata.normalize("NFKC", text).strip() if way is Way.WIDE else plain(text)


def plain(text: str) -> str:
    """A number, day or word of a list: NFKC, one kind of dash, no marks and no blanks around."""
    return _DASH.sub("-", unicodedata.normalize("NFKC", unmarked(text))).strip()


def unmarked(text: str) -> str:
    """A text without characters that leave no mark, save those that shape their neighbours."""
    if _IGNORABLE.search(text) is None:
        return text
    kept: list[str] = []
    for place, char in enumerate(text):
        if _IGNORABLE.match(char) and not _shapes(char, kept, text[place + 1 : place + 2]):
            continue
        kept.append(char)
    return "".join(kept)


def _shapes(char: str, before: list[str], after: str) -> bool:
    """Whether a mark belongs to a sign: a joiner within one, or a flag's tag."""
    if not before:
        return False
    if char in _JOINERS:
        return _joins(before[-1]) and bool(after) and _joins(after)
    return _TAGS.match(char) is not None and (
        before[-1] == _FLAG or _TAGS.match(before[-1]) is not None
    )


def _joins(char: str) -> bool:
    """Whether a joiner beside this character changes how it looks: emoji, and letters that join."""
    if char.isascii() or char.isspace() or re.match(f"[{_HAN}]", char):
        return False
    kind = unicodedata.category(char)
    return kind in ("So", "Sk", "Mn", "Mc", "Lo", "Lm") or _SELECTOR.match(char) is not None


def folded(text: str) -> str:
    """A word as it is compared with others: `plain`, of one case, 其它 written 其他 throughout."""
    return plain(text).casefold().replace("其它", "其他")


def called(text: str, named: Iterable[tuple[str, Label]]) -> str | None:
    """The name that a text means, by itself or by its label in either language; None for none."""
    wanted = folded(text)
    for each, label in named:
        if wanted in map(folded, (each, label.zh, label.en)):
            return each
    return None


def name(text: str) -> str:
    """A name without padding: 张　三 is 张三, 张三 李四 are two. One blank, `·` for any dot."""
    return _DOT.sub("·", re.sub(" +", " ", _PADDING.sub(r"\1", text)).strip(" "))


_NUMBER = regex(r"\+?\d(?:-?\d){2,19}\Z", re.ASCII)
_EXTENSION = regex(r"-?(?:转|分机号?|内线|ext\.?|x|#|\*)[:-]?(\d{1,6})\Z", re.ASCII | re.IGNORECASE)
_COUNTRY = regex(r"\A(?:(?:\+|00)86-?(?=[01-9])|86-?(?=1[3-9](?:-?\d){9}\Z))", re.ASCII)
_AREA = regex(r"(0(?:10|2\d|[3-9]\d{2}))-?([2-8]\d{6,7})(?:-(\d{1,6}))?\Z", re.ASCII)
_LOCAL = regex(r"([2-8]\d{6,7})(?:-(\d{1,6}))?\Z", re.ASCII)
_FREE_CALL = regex(r"([48]00)-?(\d{3})-?(\d{4})\Z", re.ASCII)
_ABROAD = regex(r"(?:\+|00)([1-9]\d{6,14})\Z", re.ASCII)
_LIKE_MOBILE = regex(r"1[3-9][\d-]*\Z", re.ASCII)
_MOBILE = regex(r"1[3-9]\d{9}\Z", re.ASCII)
MOBILE_DIGITS = 11


class MobileLength(ValueError):
    """A mobile number that does not have its eleven digits; `digits` are those it has."""

    def __init__(self, digits: int) -> None:
        super().__init__(digits)
        self.digits = digits


def phone(text: str) -> str:
    """A telephone number as it is kept: 13800138000, 0731-88880001-802, +85261234567.

    Lengths are those of 电信网编号计划 (2017): mobile numbers have 11 digits and begin with
    13 to 19, area codes 3 or 4 digits with their 0, subscribers 7 or 8. A number of no known kind
    stays as it is. Raises MobileLength, ValueError for what is no number.
    """
    bare = re.sub(r"[\s(]+", "", re.sub(r"\)\s*-?", "-", plain(text)))
    bare = _EXTENSION.sub(r"-\1", bare).strip("-")
    bare = re.sub("-{2,}", "-", bare)
    if not _NUMBER.match(bare):
        raise ValueError(text)
    home = _COUNTRY.sub("", bare)
    inland = home if home == bare else _inland(home)
    digits = inland.replace("-", "")
    if _MOBILE.match(digits):
        return digits
    for pattern in (_AREA, _LOCAL, _FREE_CALL):
        if found := pattern.match(inland):
            return "-".join(part for part in found.groups() if part)
    if _LIKE_MOBILE.match(inland):
        raise MobileLength(len(digits))
    if found := _ABROAD.match(bare.replace("-", "")):
        return f"+{found[1]}"
    return bare


def _inland(number: str) -> str:
    """A number that came with +86: mobile as it is, a landline with the 0 of its area code."""
    if number.startswith("0") or _LIKE_MOBILE.match(number):
        return number
    return f"0{number}"

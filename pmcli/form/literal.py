"""What was typed, put into Markdown so that it reads as typed and as nothing else.

A template's values are set between marks while it is rendered; `settled` then takes the marks out
and puts a backslash before each character that CommonMark, or a table, would read as a sign in the
place where it has come to stand.
"""

from __future__ import annotations

import re
import unicodedata

from pmcli.patterns import regex

OPEN, CLOSE, _BREAK = "\ufdd0", "\ufdd1", "\ufdd2"
"""Noncharacters: no text has them, and they are taken out of every value."""
_VALUE = regex(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_MARKS = regex(f"[{OPEN}{CLOSE}]")
_LINES = regex(rf"[\r\n\t\v\f\x85\u2028\u2029{_BREAK}]+")
_DROPPED = frozenset("\u061c\u200b\u200e\u200f\u2060\ufeff\ufffd")
_EMBEDDINGS = range(0x202A, 0x202F), range(0x2066, 0x206A), range(0xFDD0, 0xFDF0)
_OPENS_LINE = regex(r"[\s>#*+\-=~`_.)0-9]*")
"""What may stand before a value that still begins what is in its line: space, marks of a list."""
_DIGITS = regex(r"[0-9]{1,9}")
_LINKS = ("](", "][", "]:")


def visible(text: str, paragraphs: bool = False) -> str:
    """A value without what cannot be seen or turns the text around; in one line, or in paragraphs.

    Control characters, zero-width spaces and overrides of direction are left out.
    """
    if paragraphs:
        lines = re.split(r"\r\n?|[\n\v\f\x85\u2028\u2029]", text)
        return "\n".join(filter(None, (visible(line) for line in lines)))
    kept = (char for char in _LINES.sub(" ", text) if not _unseen(char))
    return "".join(kept).strip()


def _unseen(char: str) -> bool:
    code = ord(char)
    return (
        char in _DROPPED
        or unicodedata.category(char) in ("Cc", "Cs")
        or code & 0xFFFE == 0xFFFE
        or any(code in span for span in _EMBEDDINGS)
    )


def marked(text: str, paragraphs: bool = False) -> str:
    """A value between marks, for `settled` to know it by."""
    return OPEN + visible(text, paragraphs).replace("\n", _BREAK) + CLOSE


def unmarked(text: str) -> str:
    """A text in one line with its values as they are, for what is no Markdown."""
    return " ".join(_MARKS.sub("", text).replace(_BREAK, " ").split())


def settled(text: str) -> str:
    """A rendered text whose marked values read as plain text, with no more than one empty line."""
    lines = [part for line in text.split("\n") for part in _paragraphs(line)]
    settled = "\n".join(_line(line).rstrip(" ") for line in lines)
    return re.sub(r"\n{3,}", "\n\n", settled).strip("\n")


def _paragraphs(line: str) -> list[str]:
    """A line that is nothing but a value of several paragraphs, taken apart into them."""
    whole = _VALUE.fullmatch(line.strip())
    if whole is None or _BREAK not in whole[1]:
        return [line.replace(_BREAK, " ")]
    parts = [OPEN + part + CLOSE for part in whole[1].split(_BREAK)]
    return [piece for part in parts for piece in (part, "")][:-1]


def _line(line: str) -> str:
    table = "|" in _VALUE.sub("", line)
    plain = _VALUE.sub(r"\1", line)
    done, at, passed, begins = "", 0, 0, True
    for value in _VALUE.finditer(line):
        own = line[at : value.start()]
        passed += len(own) + len(value[1])
        new = _after(done, own)
        begins = begins and _OPENS_LINE.fullmatch(new) is not None
        done += new
        new = _escaped(value[1], done, plain[passed:], table=table, begins=begins)
        begins = begins and _OPENS_LINE.fullmatch(new) is not None
        done += new
        at = value.end()
    return done + _after(done, line[at:])


def _after(done: str, text: str) -> str:
    """The template's own words, which a number before them must not make the item of a list."""
    number = _DIGITS.fullmatch(done.lstrip(" >"))
    if number is not None and text[:1] in (".", ")"):
        return "\\" + text
    return text


def _escaped(value: str, before: str, after: str, *, table: bool, begins: bool) -> str:
    if begins:
        value = value.lstrip(" ")
    links = _may_link(value, before, after)
    found = [
        _sign(value, index, before, after, table=table, links=links) for index in range(len(value))
    ]
    text = "".join(found)
    if begins:
        text = _not_a_block(value, text, before)
    return _not_closing(text, before, after)


def _may_link(value: str, before: str, after: str) -> bool:
    """Whether brackets in a value could be those of a link."""
    if "[" not in value and "]" not in value:
        return False
    around = any(sign in value + after[:1] for sign in _LINKS)
    return around or before.rstrip().endswith("[") or "[" in before or "]" in after


def _sign(value: str, index: int, before: str, after: str, *, table: bool, links: bool) -> str:
    """A character of a value, with a backslash where it could be a sign."""
    char = value[index]
    prior = value[index - 1] if index else before[-1:]
    final = index == len(value) - 1
    next_ = after[:1] if final else value[index + 1]
    if char == "\\":
        risky = final or not next_.isalnum()
        return ("&#92;" if final and table else "\\\\") if risky else char
    if char == "`" or (not index and before.endswith("]") and char in "([:"):
        risky = True
    elif char == "*":
        risky = not (prior in ("", " ") and next_ in ("", " "))
    elif char == "_":
        risky = not (prior.isalnum() and next_.isalnum())
    elif char in "[]":
        risky = links
    elif char == "!":
        risky = final and next_ == "["
    elif char == "<":
        risky = final or (next_.isascii() and (next_.isalpha() or next_ in "/!?"))
    elif char == "&":
        risky = final or next_ == "#" or (next_.isascii() and next_.isalpha())
    elif char == "~":
        risky = "~" in (prior, next_)
    else:
        risky = char == "|" and table
    return "\\" + char if risky else char


def _not_a_block(value: str, text: str, before: str) -> str:
    """The text of a value that begins a line, no sign of a list, heading, quotation or rule."""
    first, second = value[:1], value[1:2]
    if first in ("#", ">", "="):
        return "\\" + text
    if first in ("-", "+") and second in ("", " ", first):
        return "\\" + text
    if first == "*" and text[:1] == "*":
        return "\\" + text
    if first in (".", ")") and _DIGITS.search(before) is not None:
        return "\\" + text
    number = _DIGITS.match(text)
    if number is not None and text[number.end() : number.end() + 1] in (".", ")"):
        rest = text[number.end() + 1 :]
        if rest[:1] in ("", " "):
            return text[: number.end()] + "\\" + text[number.end() :]
    return text


def _not_closing(text: str, before: str, after: str) -> str:
    """The text of a value at the end of a heading, whose last # would otherwise close it."""
    if not after.strip() and before.lstrip(" >").startswith("#") and text.endswith("#"):
        bare = text.rstrip("#")
        return bare + "\\#" * (len(text) - len(bare))
    return text

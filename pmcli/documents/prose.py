"""A Markdown text as the paragraphs, numbered points and tables of an official text.

The text is CommonMark with tables. A new line is a new paragraph, as offices type; a number that a
list begins with is kept as it was typed, for official texts are cited by their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pmcli.documents.page import Line, Prose, ProseTable, Run
from pmcli.patterns import regex

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_HAN = "[一二三四五六七八九十百]{1,4}"
_LEVELS = (
    re.compile(rf"{_HAN}、"),
    re.compile(rf"[（(]{_HAN}[）)]"),
    re.compile(r"\d{1,3}(?:[.．](?!\d)|、|[)）])|[①-⑳]"),
    re.compile(r"[（(]\d{1,3}[）)]"),
)
"""How the four levels of points begin (GB/T 9704-2012, 7.3.3)."""
_LONGEST_HEAD = 14
_COLON = regex(r"：|(?<!\d):|:(?!\d)")
_ATTACHMENT = regex(r"附件\s*\d{0,2}\s*(?:[:：]|\Z)")
_ATTACHED = regex(r"\d{1,2}[.．、]")
_FIGURE = regex(r"[-+]?[\d,，.]+\s*(?:元|%|％|平方米|份|户|次|人)?\Z|[—－-]?\Z")
_LATIN = regex(r"[0-9A-Za-z]")
"""What would run into the number before it: 1. 5月 is not 1.5月."""
_MARKS = str.maketrans(dict.fromkeys("，。、；：？！（）《》〈〉“”‘’「」『』【】〔〕…—·～", "字"))
"""Chinese marks as the letters that CommonMark should take them for."""
_BULLET = "•"


def prose(text: str) -> Prose:
    """Return what a Markdown text says, in order; a text without any of it is one paragraph."""
    elements: list[Line | ProseTable] = []
    for element in _elements(_markdown().parse(text)):
        if isinstance(element, Line) and _goes_on_attached(element, elements):
            element = Line((Run(element.text),), 0, "attachment")
        elements.append(element)
    return Prose(tuple(elements))


def plain(text: str) -> str:
    """Return what a Markdown text says without its marks, a line for a paragraph or a row."""
    lines: list[str] = []
    for element in prose(text).elements:
        if isinstance(element, Line):
            lines.append(element.text)
        else:
            lines += ["　".join(row) for row in (element.headings, *element.rows)]
    return "\n".join(lines)


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # Indentation is how Chinese paragraphs begin, never code; raw HTML is text like any other.
    plain = ["code", "html_block", "html_inline"]
    markdown = MarkdownIt("commonmark").enable("table").disable(plain)
    markdown.inline.ruler.at("emphasis", _emphasis)
    return markdown


def _emphasis(state: StateInline, silent: bool) -> bool:
    """The rule for stars, which ends a strong text behind a Chinese mark too: **时间：**三点."""
    from markdown_it.rules_inline import emphasis

    said = state.src
    if said[state.pos] == "*":
        state.src = _lettered(said)
    found = emphasis.tokenize(state, silent)
    state.src = said
    return found


@lru_cache(maxsize=16)
def _lettered(text: str) -> str:
    return text.translate(_MARKS)


def _elements(tokens: Sequence[Token]) -> Iterator[Line | ProseTable]:
    markers: list[str] = []
    waiting = ""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        match token.type:
            case "list_item_open":
                waiting = f"{token.info}{token.markup}" if token.info else _BULLET
                markers.append(waiting)
            case "list_item_close":
                markers.pop()
            case "inline":
                heading = tokens[index - 1].type == "heading_open"
                for runs in _lines(token.children or []):
                    yield _line(runs, waiting, heading)
                    waiting = ""
            case "fence" | "code_block":
                for line in token.content.splitlines():
                    if line.strip():
                        yield _line([Run(line)], waiting, False)
                        waiting = ""
            case "table_open":
                end = next(i for i in range(index, len(tokens)) if tokens[i].type == "table_close")
                yield _table(tokens[index:end])
                index = end
        index += 1


def _lines(children: Iterable[Token]) -> Iterator[list[Run]]:
    """The runs of each line of an inline text; an empty line is none."""
    runs: list[Run] = []
    styles: list[str] = []
    links: list[tuple[str, int]] = []
    for child in children:
        match child.type:
            case "softbreak" | "hardbreak":
                if _written(runs):
                    yield runs
                runs = []
            case "strong_open" | "em_open":
                styles.append(child.type.removesuffix("_open"))
            case "strong_close" | "em_close":
                styles.pop()
            case "link_open":
                links.append((str(child.attrGet("href") or ""), len(runs)))
            case "link_close":
                address, first = links.pop()
                said = _written(runs[first:])
                if address and said not in (address, address.removeprefix("mailto:")):
                    runs.append(Run(f"（{address}）"))
            case _:
                text = child.content if child.type != "image" else child.content or "图"
                runs.append(Run(text, styles[-1] if styles else ""))
    if _written(runs):
        yield runs


def _written(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs).strip()


def _line(runs: Sequence[Run], marker: str, heading: bool) -> Line:
    """A line with its level; the head of a point is a run of its own."""
    runs = _trimmed(runs)
    if marker == _BULLET:
        return Line((Run(f"{_BULLET} "), *runs), 0, "item")
    if marker:
        apart = " " if _LATIN.match(_written(runs)) else ""
        runs = _joined([Run(marker + apart), *runs])
    text = "".join(run.text for run in runs)
    if _ATTACHMENT.match(text):
        return Line(tuple(runs), 0, "attachment")
    for level, pattern in enumerate(_LEVELS, start=1):
        found = pattern.match(text)
        if found:
            return Line(_headed(runs, _head(text, found.end())), level)
    if heading:
        return Line((Run(text, "head"),), 1)
    return Line(tuple(runs))


def _trimmed(runs: Sequence[Run]) -> list[Run]:
    """Runs without the space at either end of the line."""
    held = [run for run in runs if run.text]
    while held and not held[0].text.strip():
        held.pop(0)
    while held and not held[-1].text.strip():
        held.pop()
    if held:
        held[0] = Run(held[0].text.lstrip(), held[0].style)
        held[-1] = Run(held[-1].text.rstrip(), held[-1].style)
    return held


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Runs of one style after another as one."""
    held: list[Run] = []
    for run in runs:
        if held and held[-1].style == run.style:
            held[-1] = Run(held[-1].text + run.text, run.style)
        else:
            held.append(run)
    return held


def _head(text: str, marker: int) -> int:
    """How many characters of a point are its head: up to a colon, or a line that says no more.

    The head of a point that is a sentence is its number.
    """
    colon = _COLON.search(text, marker)
    if colon is not None and colon.start() - marker <= _LONGEST_HEAD:
        return colon.end()
    if not re.search(r"[，。；！？,;]", text[marker:]) and len(text) - marker <= 2 * _LONGEST_HEAD:
        return len(text)
    return marker


def _headed(runs: Sequence[Run], head: int) -> tuple[Run, ...]:
    text = "".join(run.text for run in runs)
    rest: list[Run] = []
    left = head
    for run in runs:
        kept = run.text[left:] if left else run.text
        left = max(left - len(run.text), 0)
        if kept:
            rest.append(Run(kept, run.style))
    return (Run(text[:head], "head"), *rest)


def _goes_on_attached(line: Line, before: Sequence[Line | ProseTable]) -> bool:
    last = before[-1] if before else None
    attached = isinstance(last, Line) and last.style == "attachment"
    return attached and bool(_ATTACHED.match(line.text))


def _table(tokens: Sequence[Token]) -> ProseTable:
    rows: list[list[str]] = []
    aligned: list[bool] = []
    for index, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            cell = "\n".join(map(_written, _lines(tokens[index + 1].children or [])))
            rows[-1].append(cell)
            if token.type == "th_open":
                aligned.append("right" in str(token.attrGet("style") or ""))
    head, body = rows[0], rows[1:]
    figures = tuple(
        right or (bool(body) and all(_FIGURE.match(row[i]) for row in body))
        for i, right in enumerate(aligned)
    )
    return ProseTable(tuple(head), tuple(map(tuple, body)), figures)

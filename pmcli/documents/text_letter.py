"""The paragraphs and the prose of a Page as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pmcli.documents.columns import columns_of, placed, wrap
from pmcli.documents.page import Heading, Line, Paragraph, Prose, ProseTable, Table
from pmcli.documents.text_ruled import table_groups
from pmcli.documents.text_sheets import PIECE, WIDTH, Group, Strip
from pmcli.patterns import regex

_INDENT, _FREE = "　　", 4
"""Before a letter's paragraph, and after its signature."""
_ATTACHED = regex(r"附件\s*\d{0,2}\s*[:：]\s*")
_COUNTED = regex(r"\d{1,2}[.．、]\s*")


def number_groups(paragraph: Paragraph, theme: str) -> Iterable[Group]:
    """A document's number: to the right, in official style in the middle."""
    align = "centre" if theme == "gbt9704" else "right"
    lines = [placed(line, WIDTH, align) for line in wrap(paragraph.text, WIDTH)]
    yield Group((Strip((*lines, "")),))


def paragraph_groups(paragraph: Paragraph, _label: int) -> Iterable[Group]:
    """A paragraph, set in its style."""
    style, text = paragraph.style, paragraph.text
    if style == "letter":
        text = "\n".join(_INDENT + line.lstrip() for line in text.split("\n") if line.strip())
    lines = wrap(text, WIDTH)
    if paragraph.title:
        lines = [paragraph.title, *lines]
    align = {"plain": "left", "opening": "left", "letter": "left", "title": "centre"}
    edge = " " * _FREE if style == "signature" else ""
    lines = [placed(line + edge, WIDTH, align.get(style, "right")) for line in lines]
    if style == "title":
        lines.append("")
    if style in ("signature", "validity"):
        lines.insert(0, "")
    follows = style in ("signature", "validity")
    if follows:
        yield Group((Strip(tuple(lines)),), follows=True)
        return
    yield from _pieces(lines)


def _pieces(lines: Sequence[str]) -> Iterable[Group]:
    """Lines of which a sheet may take some and leave others to the next."""
    for i in range(0, len(lines), PIECE):
        yield Group((Strip(tuple(lines[i : i + PIECE])),))


def prose_groups(prose: Prose, label: int) -> Iterable[Group]:
    """A text of paragraphs and tables."""
    before: Line | ProseTable | None = None
    for element in prose.elements:
        if isinstance(element, ProseTable):
            yield from _prose_table(element, label)
        else:
            yield from _pieces(_line(element, before))
        before = element


def _prose_table(table: ProseTable, label: int) -> Iterable[Group]:
    heads = zip(table.headings, table.figures, strict=True)
    headings = tuple(Heading(text, figures) for text, figures in heads)
    return table_groups(Table(headings, table.rows), label)


def _line(line: Line, before: Line | ProseTable | None) -> list[str]:
    """A paragraph of a prose text as lines, the list of attachments set off by an empty one."""
    if line.style == "item":
        bullet, *rest = line.runs
        return _hanging(_INDENT + bullet.text, "".join(run.text for run in rest))
    if line.style != "attachment":
        return wrap(_INDENT + line.text, WIDTH)
    word = _ATTACHED.match(line.text)
    mark = word.group().strip() if word else "　" * 3
    text = line.text[word.end() :] if word else line.text
    number = _COUNTED.match(text)
    count = number.group() if number else ""
    lines = _hanging(_INDENT + mark + count, text[len(count) :])
    goes_on = isinstance(before, Line) and before.style == "attachment"
    return lines if goes_on else ["", *lines]


def _hanging(head: str, text: str) -> list[str]:
    """A text whose lines all begin where its head ends."""
    room = columns_of(head)
    first, *others = wrap(text, WIDTH - room)
    return [head + first, *(" " * room + line for line in others)]

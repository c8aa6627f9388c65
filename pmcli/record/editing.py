"""Front matter edited as text, key by key, at the places that ruamel.yaml reports."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pmcli.dataclass import dataclass
from pmcli.messages import Sentence
from pmcli.patterns import regex
from pmcli.problems import Fault
from pmcli.record.model import Row
from pmcli.record.parsing import BadRecord, careful_node, careful_tree, plain_tree
from pmcli.record.plain_yaml import entry, flow

_LINE = regex(r"[^\n]*\n|[^\n]+")
_HEADER = regex(r"[|>][-+0-9]*")


@dataclass(frozen=True)
class _Span:
    """One key: its lines from `start` to before `end`, its nodes, and where its value stands.

    `opens` and `closes` are line and column of the value's beginning and of the place behind it.
    """

    start: int
    end: int
    key: Any
    value: Any
    opens: tuple[int, int]
    closes: tuple[int, int]

    @property
    def inline(self) -> bool:
        """Whether the value begins behind its key, and not in block style."""
        return not _is_block(self.value) and self.opens[0] == self.start


class FrontMatter:
    """Front matter as lines with their own endings; what is not asked for keeps every byte.

    Raises BadRecord where it is not written one key a line.
    """

    def __init__(self, text: str, path: str) -> None:
        lines = _LINE.findall(text)
        self._endings = ["\r\n" if line.endswith("\r\n") else "\n" for line in lines]
        self._lines = [line.rstrip("\n").removesuffix("\r") for line in lines]
        self._path = path

    @property
    def text(self) -> str:
        """The front matter as it stands now."""
        return "".join(
            line + ending for line, ending in zip(self._lines, self._endings, strict=True)
        )

    def edit(
        self,
        changes: Mapping[str, Any],
        order: list[str],
        rows: Mapping[str, list[Row]],
        anew: Collection[str] = (),
    ) -> None:
        """Set keys, or remove those whose value is None or empty, and add rows to some.

        A new key goes behind the nearest one that precedes it in `order`. The text is parsed once
        and changed from its end, so that what is still to be changed stays where it was found. The
        items of a list that stay keep their lines, save in keys that are written `anew`.
        """
        base, spans = self._spans()
        places: list[tuple[int, bool, int, str]] = []
        for index, key in enumerate([*changes, *rows]):
            span = spans.get(key)
            rank = order.index(key) if key in order else len(order) + index
            at = self._place(key, spans, order) if span is None else span.start
            places.append((at, span is not None, rank, key))
        for _at, _there, _rank, key in sorted(places, reverse=True):
            if key in rows:
                self._add_rows(key, rows[key], order, base, spans)
            else:
                self._put(key, changes[key], order, base, spans, key in anew)

    def _put(
        self,
        key: str,
        value: Any,
        order: list[str],
        base: int,
        spans: Mapping[str, _Span],
        anew: bool = False,
    ) -> None:
        span = spans.get(key)
        if value is None or value == []:
            if span is not None:
                self._replace(span.start, span.end, ["#"] if self._loose(span.end) else [])
            return
        at = self._place(key, spans, order) if span is None else span.end
        written = entry(key, value, not self._loose(at)).removesuffix("\n").split("\n")
        written = [" " * base + line if line else line for line in written]
        if span is None:
            self._replace(at, at, written)
        elif not anew and _is_listed(span.value) and isinstance(value, list):
            self._replace(span.start, span.end, list(self._kept_items(span, key, value)))
        elif len(written) == 1 and span.inline and span.key.start_mark.column == base:
            self._splice(span, written[0][base + len(key) + 2 :])
        else:
            written[0] += self._comment(span)
            self._replace(span.start, span.end, written)

    def _add_rows(
        self, key: str, rows: list[Row], order: list[str], base: int, spans: Mapping[str, _Span]
    ) -> None:
        """Add rows at the end of a rows key, leaving the lines of the others as they are."""
        span = spans.get(key)
        present: list[Any] = []
        if span is not None and span.value.id == "sequence":
            if not span.value.flow_style and span.value.value:
                indent = " " * span.value.start_mark.column
                self._replace(span.end, span.end, [f"{indent}- {flow(row)}" for row in rows])
                return
            present = plain_tree(span.value, self._path)
        self._put(key, [*present, *rows], order, base, spans)

    def _loose(self, at: int) -> bool:
        """Whether a line of spaces or an indented comment would join a block before it."""
        return at < len(self._lines) and self._lines[at].startswith(" ")

    def _replace(self, start: int, end: int, lines: list[str]) -> None:
        near = self._endings[start - 1 : start] or self._endings[:1] or ["\n"]
        kept = self._endings[start:end][: len(lines)]
        self._lines[start:end] = lines
        self._endings[start:end] = kept + near * (len(lines) - len(kept))

    def _splice(self, span: _Span, written: str) -> None:
        """Put a value on one line into the place of another, keeping what stands around it."""
        (first, left), (last, right) = span.opens, span.closes
        head, tail = self._lines[first][:left], self._lines[last][right:]
        gap = " " if head.endswith(":") else ""
        self._replace(span.start, span.end, [head + gap + written + tail])

    def _comment(self, span: _Span) -> str:
        """The comments behind a key and a value that are replaced whole, spaces before them too."""
        places = []
        if span.key.start_mark.line == span.start and not span.inline:
            at = span.key.end_mark.column
            if span.opens[0] == span.start:
                header = _HEADER.match(self._lines[span.start], span.opens[1])
                at = header.end() if header else at
            places.append((span.start, at))
        if not _is_block(span.value):
            places.append(span.closes)
        found = (re.search(r"\s+#.*\Z", self._lines[line][at:]) for line, at in places)
        return "".join(match[0] for match in found if match)

    def _kept_items(self, span: _Span, key: str, value: list[Any]) -> Iterator[str]:
        """A list with the lines of its unchanged items and the comments between as they are."""
        yield self._lines[span.start]
        wanted = careful_tree(entry(key, value), self._path)[key]
        items = span.value.value
        held = [plain_tree(item, self._path) for item in items]
        indent = " " * span.value.start_mark.column
        line = span.start + 1
        at = 0
        for new, tree in zip(value, wanted, strict=True):
            if tree in held[at:]:
                found = held.index(tree, at)
                for number in range(at, found):
                    yield from self._lines[line : items[number].start_mark.line]
                    line = self._last(items[number], span.end) + 1
                stop = self._last(items[found], span.end) + 1
                yield from self._lines[line:stop]
                line, at = stop, found + 1
            else:
                yield f"{indent}- {flow(new)}"
        for item in items[at:]:
            yield from self._lines[line : item.start_mark.line]
            line = self._last(item, span.end) + 1

    def _spans(self) -> tuple[int, dict[str, _Span]]:
        """The column of the keys, and each key's span."""
        node = careful_node("".join(f"{line}\n" for line in self._lines), self._path)
        if node is None:
            return 0, {}
        if node.id != "mapping" or node.flow_style:
            raise BadRecord(Fault(self._path, 2, Sentence("front_matter_not_block")))
        limits = [*(key.start_mark.line for key, _ in node.value[1:]), len(self._lines)]
        return node.start_mark.column, {
            str(key.value): self._span(key, value, limit)
            for limit, (key, value) in zip(limits, node.value, strict=True)
        }

    def _span(self, key: Any, value: Any, limit: int) -> _Span:
        opens = (value.start_mark.line, value.start_mark.column)
        closes = (value.end_mark.line, value.end_mark.column)
        if _is_empty(value):  # ruamel.yaml reports where the next key begins
            line = key.end_mark.line
            opens = closes = (line, self._lines[line].find(":", key.end_mark.column) + 1)
        start, end = key.start_mark.line, self._last(value, limit, key) + 1
        return _Span(start, end, key, value, opens, closes)

    def _last(self, node: Any, limit: int, key: Any = None) -> int:
        """The last line of a value; comments and blank lines up to `limit` are not part of it."""
        if key is not None and _is_empty(node):
            return int(key.end_mark.line)
        if not _is_block(node):
            return int(node.end_mark.line)
        if node.id == "sequence":
            return self._last(node.value[-1], limit)
        if node.id == "mapping":
            return self._last(node.value[-1][1], limit, node.value[-1][0])
        last = first = int(node.start_mark.line)
        keeps = "+" in (_HEADER.match(self._lines[first], node.start_mark.column) or "+")[0]
        depth: int | None = None
        for number in range(first + 1, limit):
            line = self._lines[number]
            if not line.strip(" "):
                if keeps or (depth is not None and len(line) > depth):
                    last = number
                continue
            indent = len(line) - len(line.lstrip(" "))
            depth = indent if depth is None else depth
            if indent < depth or indent == 0:
                break
            last = number
        return last

    def _place(self, key: str, spans: Mapping[str, _Span], order: list[str]) -> int:
        """The line where a new key goes."""
        before = order[: order.index(key)] if key in order else []
        for name in reversed(before):
            if name in spans:
                return spans[name].end
        return spans["history"].start if "history" in spans else len(self._lines)


def _is_listed(node: Any) -> bool:
    """Whether a value is a list with a line for each item."""
    return bool(node.id == "sequence" and not node.flow_style)


def _is_block(node: Any) -> bool:
    """Whether a value stands on lines of its own, below its key."""
    if node.id == "scalar":
        return node.style in ("|", ">")
    return bool(node.value) and not node.flow_style


def _is_empty(node: Any) -> bool:
    """Whether there is no value at all."""
    return bool(node.id == "scalar" and node.style is None and node.value == "")

"""A mapping of a form file read key by key, with every fault noted at its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from pmcli.form.model import Formula, Template, Value
from pmcli.form.source import Tree
from pmcli.messages import Label, Sentence
from pmcli.problems import Fault

T = TypeVar("T")
_BAR = re.compile(r" \| ")
_TRUE, _FALSE = frozenset({"true", "yes"}), frozenset({"false", "no"})


def label_from(text: str) -> Label:
    """Read `中文 | English`; one wording serves both. A bar inside `{{ }}` is a filter's."""
    for bar in _BAR.finditer(text):
        if text.count("{{", 0, bar.start()) == text.count("}}", 0, bar.start()):
            return Label(text[: bar.start()].strip(), text[bar.end() :].strip())
    return Label(text.strip(), text.strip())


def formula_from(tree: Tree) -> Formula:
    """Read a formula; the leading `=` is optional where only a formula can stand."""
    return Formula((tree.text or "").removeprefix("=").strip(), tree.file, tree.line)


class Reader:
    """Takes the known keys of one mapping; `finish` reports what was not taken."""

    def __init__(self, tree: Tree, faults: list[Fault], short: str | None = None) -> None:
        """Read `tree`; a plain text in its place stands for `{short: text}`."""
        if short and tree.text is not None:
            tree = Tree(tree.file, tree.line, keys={short: tree}, key_lines={short: tree.line})
        if tree.keys is None:
            faults.append(Fault(tree.file, tree.line, Sentence("want_mapping")))
        self.tree = tree
        self.faults = faults
        self.left = dict(tree.keys or {})

    def fault(self, key: str | None, sentence: Sentence) -> None:
        """Note a fault at the line of a key, or of the whole mapping."""
        path = [key] if key is not None else []
        self.faults.append(Fault(*self.tree.place(*path), sentence))

    def take(self, key: str, required: bool = False) -> Tree | None:
        """Take one key's value; None when it is absent."""
        value = self.left.pop(key, None)
        if value is None and required:
            self.fault(None, Sentence("key_missing", key=key))
        return value

    def text(self, key: str, required: bool = False) -> str | None:
        """Take a text."""
        value = self.take(key, required)
        if value is None or value.is_null:
            return None
        if value.text is None:
            self.fault(key, Sentence("want_text", key=key))
        return value.text

    def label(self, key: str, required: bool = False) -> Label | None:
        """Take a `中文 | English` label."""
        text = self.text(key, required)
        return None if text is None else label_from(text)

    def flag(self, key: str, default: bool = False) -> bool:
        """Take yes or no."""
        text = self.text(key)
        if text is None:
            return default
        if text.lower() not in _TRUE | _FALSE:
            self.fault(key, Sentence("want_flag", key=key, value=text))
        return text.lower() in _TRUE

    def number(self, key: str, default: int) -> int:
        """Take a whole number."""
        text = self.text(key)
        if text is None:
            return default
        if not text.isascii() or not text.isdigit():
            self.fault(key, Sentence("want_number", key=key, value=text))
            return default
        return int(text)

    def one_of(self, key: str, allowed: Iterable[str], default: str) -> str:
        """Take one of some words."""
        text = self.text(key) or default
        options = list(allowed)
        if text not in options:
            self.fault(key, Sentence("want_one_of", key=key, value=text, allowed=options))
            return default
        return text

    def names(self, key: str) -> tuple[str, ...]:
        """Take a name or a list of names."""
        value = self.take(key)
        if value is None or value.is_null:
            return ()
        if value.text is not None:
            return (value.text,)
        if value.items is None or any(item.text is None for item in value.items):
            self.fault(key, Sentence("want_names", key=key))
            return ()
        return tuple(item.text or "" for item in value.items)

    def formula(self, key: str) -> Formula | None:
        """Take a formula."""
        value = self.take(key)
        if value is None or value.is_null:
            return None
        if value.text is None:
            self.fault(key, Sentence("want_text", key=key))
            return None
        return formula_from(value)

    def template(self, key: str, required: bool = False) -> Template | None:
        """Take a sentence with gaps."""
        value = self.take(key, required)
        if value is None or value.text is None:
            return None
        return Template(label_from(value.text), value.file, value.line)

    def values(self, key: str) -> dict[str, Value]:
        """Take a mapping of field to formula (`=…`), literal text, or nothing."""
        value = self.take(key)
        if value is None:
            return {}
        if value.keys is None:
            self.fault(key, Sentence("want_mapping_at", key=key))
            return {}
        return {name: value_from(child) for name, child in value.keys.items()}

    def mapping(self, key: str, read: Callable[[str, Tree], T | None]) -> dict[str, T]:
        """Take a mapping and read each of its entries."""
        value = self.take(key)
        if value is None or value.is_null:
            return {}
        if value.keys is None:
            self.fault(key, Sentence("want_mapping_at", key=key))
            return {}
        entries: Mapping[str, T | None] = {n: read(n, child) for n, child in value.keys.items()}
        return {name: entry for name, entry in entries.items() if entry is not None}

    def sequence(self, key: str, read: Callable[[Tree], T | None]) -> tuple[T, ...]:
        """Take a list, or one entry in its place, and read each entry."""
        value = self.take(key)
        if value is None or value.is_null:
            return ()
        items = value.items if value.items is not None else [value]
        return tuple(entry for item in items if (entry := read(item)) is not None)

    def finish(self) -> None:
        """Report the keys that nobody took."""
        for key in self.left:
            self.fault(key, Sentence("unknown_key", key=key))


def read_table(name: str, tree: Tree, faults: list[Fault]) -> tuple[Mapping[str, str], ...] | None:
    """Read a list of rows, each `{column: text}`; None with a fault noted for anything else."""
    rows = []
    for item in tree.items or ():
        cells = {key: child.text for key, child in (item.keys or {}).items()}
        if not cells or any(text is None for text in cells.values()):
            faults.append(Fault(item.file, item.line, Sentence("want_mapping")))
            continue
        rows.append({key: text or "" for key, text in cells.items()})
    if tree.items is None:
        faults.append(Fault(tree.file, tree.line, Sentence("want_rows", key=name)))
        return None
    return tuple(rows)


def value_from(tree: Tree) -> Value:
    """Read what a field is given: `=formula`, a literal, or nothing."""
    if tree.text is None:
        return None
    if tree.text.startswith("="):
        return formula_from(tree)
    return tree.text

"""A mapping of a form file read key by key, with what is wrong noted at its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from pmcli.form.formula import Formula, Template, Value
from pmcli.messages import Label, Sentence
from pmcli.patterns import regex
from pmcli.problems import Fault
from pmcli.yaml_files.shape import Fraction, Number, is_true
from pmcli.yaml_files.tree import Tree

T = TypeVar("T")
_BAR = regex(r" \| ")
NUMBER, FRACTION = Number(), Fraction()


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
    """Takes the keys of one mapping of a file that was held against its shape.

    What the shape refuses, `faults_of` (pmcli/yaml_files/shape.py) has told; here it is as good as
    absent, so that whatever else is wrong in the file is told with it.
    """

    def __init__(self, tree: Tree, faults: list[Fault], short: str | None = None) -> None:
        """Read `tree`; a plain text in its place stands for `{short: text}`."""
        if short and tree.text is not None:
            tree = Tree(tree.file, tree.line, keys={short: tree}, key_lines={short: tree.line})
        self.tree = tree
        self.faults = faults

    def fault(self, key: str | None, sentence: Sentence) -> None:
        """Note a fault at the line of a key, or of the whole mapping."""
        path = [key] if key is not None else []
        self.faults.append(Fault(*self.tree.place(*path), sentence))

    def take(self, key: str) -> Tree | None:
        """Take one key's value; None when it is absent or stands without one."""
        value = (self.tree.keys or {}).get(key)
        return None if value is None or value.is_null else value

    def has(self, key: str) -> bool:
        """Whether a key stands there with a value."""
        return self.take(key) is not None

    def text(self, key: str) -> str | None:
        """Take a text."""
        value = self.take(key)
        return None if value is None else value.text

    def label(self, key: str) -> Label | None:
        """Take a `中文 | English` label."""
        text = self.text(key)
        return None if text is None else label_from(text)

    def flag(self, key: str, default: bool = False) -> bool:
        """Take yes or no."""
        text = self.text(key)
        return default if text is None else is_true(text)

    def number(self, key: str, default: int) -> int:
        """Take a whole number."""
        text = self.text(key)
        return default if text is None or NUMBER.wrong(key, text) else int(text)

    def fraction(self, key: str, default: float) -> float:
        """Take a number that may have a fraction."""
        text = self.text(key)
        return default if text is None or FRACTION.wrong(key, text) else float(text)

    def word(self, key: str, allowed: Iterable[str], default: str) -> str:
        """Take one of some words."""
        text = self.text(key)
        return text if text is not None and text in allowed else default

    def names(self, key: str) -> tuple[str, ...]:
        """Take a name or a list of names."""
        value = self.take(key)
        if value is None:
            return ()
        items = value.items if value.items is not None else [value]
        return tuple(item.text for item in items if item.text is not None)

    def formula(self, key: str) -> Formula | None:
        """Take a formula."""
        value = self.take(key)
        return None if value is None or value.text is None else formula_from(value)

    def template(self, key: str) -> Template | None:
        """Take a sentence with gaps."""
        value = self.take(key)
        if value is None or value.text is None:
            return None
        return Template(label_from(value.text), value.file, value.line)

    def values(self, key: str) -> dict[str, Value]:
        """Take a mapping of field to formula (`=…`), literal text, or nothing."""
        value = self.take(key)
        children = value.keys if value is not None and value.keys is not None else {}
        return {name: value_from(child) for name, child in children.items()}

    def mapping(self, key: str, read: Callable[[str, Tree], T | None]) -> dict[str, T]:
        """Take a mapping and read each of its entries."""
        value = self.take(key)
        children = value.keys if value is not None and value.keys is not None else {}
        entries: Mapping[str, T | None] = {n: read(n, child) for n, child in children.items()}
        return {name: entry for name, entry in entries.items() if entry is not None}

    def sequence(self, key: str, read: Callable[[Tree], T | None]) -> tuple[T, ...]:
        """Take a list, or one entry in its place, and read each entry."""
        value = self.take(key)
        if value is None:
            return ()
        items = value.items if value.items is not None else [value]
        return tuple(entry for item in items if (entry := read(item)) is not None)


def table_from(tree: Tree) -> tuple[Mapping[str, str], ...]:
    """Read a list of rows, each `{column: text}`."""
    return tuple(
        {key: child.text or "" for key, child in (item.keys or {}).items()}
        for item in tree.items or ()
    )


def value_from(tree: Tree) -> Value:
    """Read what a field is given: `=formula`, a literal, or nothing."""
    if tree.text is None:
        return None
    if tree.text.startswith("="):
        return formula_from(tree)
    return tree.text

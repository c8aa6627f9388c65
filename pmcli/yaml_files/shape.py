"""What may stand where in a YAML file: shapes declared as data, and a tree held against them.

One declaration serves the loader (`faults_of`) and, as a JSON Schema, the office's editors
(pmcli/yaml_files/json_schema.py). A shape says what kind of node stands at a place, which keys a
mapping has and which of them it must have. What needs more than one place to judge, such as a name
that another part of the file declares, is left to whoever reads the tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pmcli.dataclass import dataclass
from pmcli.messages import Sentence
from pmcli.problems import Fault
from pmcli.yaml_files.tree import Tree

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

_TRUE, _FALSE = frozenset({"true", "yes"}), frozenset({"false", "no"})
FLAGS = _TRUE | _FALSE
"""How a flag is written, in small letters or capitals."""


class Place(NamedTuple):
    """Where a value stands: file, line from 1, its key or that of its list, "" at the top."""

    file: str
    line: int
    key: str
    partial: bool
    """Whether this is a change laid over another file: nothing is required, null takes away."""

    def fault(self, sentence: Sentence) -> Fault:
        """A fault at this place."""
        return Fault(self.file, self.line, sentence)


class Shape(Protocol):
    """What may stand at one place."""

    def takes(self, tree: Tree) -> bool:
        """Whether a node is of the right kind, whatever is in it."""

    def check(self, tree: Tree, place: Place, found: list[Fault]) -> None:
        """Add to `found` what is wrong in a node."""


@dataclass(frozen=True, eq=False)
class Text:
    """Any text. Its subclasses say which."""

    def takes(self, tree: Tree) -> bool:
        """Whether a node is a text."""
        return tree.text is not None

    def check(self, tree: Tree, place: Place, found: list[Fault]) -> None:
        """Add what is wrong with a text, or that it is none."""
        if tree.text is None:
            found.append(place.fault(Sentence("want_text", key=place.key)))
            return
        said = self.wrong(place.key, tree.text)
        if said is not None:
            found.append(place.fault(said))

    def wrong(self, key: str, text: str) -> Sentence | None:
        """Why a text will not do; None when it will."""
        return None


@dataclass(frozen=True, eq=False)
class Flag(Text):
    """Yes or no."""

    def wrong(self, key: str, text: str) -> Sentence | None:
        """Whether it is one of FLAGS."""
        return None if text.lower() in FLAGS else Sentence("want_flag", key=key, value=text)


def is_true(text: str) -> bool:
    """Whether the text of a flag says yes."""
    return text.lower() in _TRUE


@dataclass(frozen=True, eq=False)
class Number(Text):
    """A whole number, in ASCII digits."""

    def wrong(self, key: str, text: str) -> Sentence | None:
        """Whether it is all digits, and few enough to be counted with."""
        if text.isascii() and text.isdigit() and len(text) <= 9:
            return None
        return Sentence("want_number", key=key, value=text[:60])


@dataclass(frozen=True, eq=False)
class Fraction(Text):
    """A number that may have a fraction: 0.0005."""

    PATTERN = r"(?:[0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})(?:[eE][-+]?[0-9]{1,2})?"

    def wrong(self, key: str, text: str) -> Sentence | None:
        """Whether it is digits with at most one point among them, times a power of ten or not."""
        fits = re.fullmatch(self.PATTERN, text)
        return None if fits else Sentence("want_fraction", key=key, value=text[:60])


@dataclass(frozen=True, eq=False)
class Word(Text):
    """One of some words; `plural` ones may have a + behind them, in `any_case` ones case is free.

    `said_of` makes the sentence for another word.
    """

    words: Iterable[str] | Callable[[], Iterable[str]]
    plural: bool = False
    any_case: bool = False
    said_of: Callable[[str, list[str]], Sentence] | None = None

    @property
    def allowed(self) -> list[str]:
        """The words."""
        return list(self.words() if callable(self.words) else self.words)

    def wrong(self, key: str, text: str) -> Sentence | None:
        """Whether it is one of the words."""
        word = text.removesuffix("+") if self.plural else text
        allowed = self.allowed
        if (word.upper() if self.any_case else word) in allowed:
            return None
        if self.said_of is not None:
            return self.said_of(word, allowed)
        return Sentence("want_one_of", key=key, value=word[:60], allowed=allowed)


@dataclass(frozen=True, eq=False)
class Name(Text):
    """A text that matches a pattern whole, and is none of the words that are `taken`."""

    pattern: str
    said_of: Callable[[str], Sentence]
    taken: frozenset[str] = frozenset()

    def wrong(self, key: str, text: str) -> Sentence | None:
        """Whether it fits."""
        fits = re.fullmatch(self.pattern, text) and text not in self.taken
        return None if fits else self.said_of(text[:60])


@dataclass(frozen=True, eq=False)
class List:
    """A list; where it may be `single`, one entry may stand in its place."""

    item: Shape
    single: bool = True
    least: int = 0
    said: Key | None = None
    """The sentence for anything else, where the item's own does not say it."""

    def takes(self, tree: Tree) -> bool:
        """Whether a node is a list, of lists where it is one of lists, or an entry in its place."""
        if tree.items is not None:
            return not isinstance(self.item, List) or any(map(self.item.takes, tree.items))
        return self.single and self.item.takes(tree)

    def check(self, tree: Tree, place: Place, found: list[Fault]) -> None:
        """Add what is wrong in the entries."""
        if tree.items is None:
            if self.single and (self.item.takes(tree) or not self.said):
                self.item.check(tree, place, found)
            else:
                found.append(place.fault(Sentence(self.said or "want_rows", key=place.key)))
            return
        if len(tree.items) < self.least:
            found.append(place.fault(Sentence(self.said or "want_rows", key=place.key)))
        for item in tree.items:
            if self.said and not self.item.takes(item):
                found.append(place.fault(Sentence(self.said, key=place.key)))
                return
            at = Place(item.file, item.line, "" if item.keys is not None else place.key, False)
            self.item.check(item, at, found)


@dataclass(frozen=True, eq=False)
class Table:
    """A mapping whose keys are the office's own words; `null` ones may stand without a value."""

    value: Shape
    name: Text | None = None
    null: bool = False
    least: int = 0

    def takes(self, tree: Tree) -> bool:
        """Whether a node is a mapping."""
        return tree.keys is not None

    def check(self, tree: Tree, place: Place, found: list[Fault]) -> None:
        """Add what is wrong in names and values."""
        if tree.keys is None or len(tree.keys) < self.least:
            found.append(_no_mapping(place))
            return
        for key, child in tree.keys.items():
            said = self.name.wrong(key, key) if self.name is not None else None
            if said is not None:
                found.append(Fault(child.file, child.line, said))
            if child.is_null and (self.null or place.partial):
                continue
            at = Place(child.file, tree.key_lines[key], key, place.partial)
            self.value.check(child, at, found)


@dataclass(frozen=True, eq=False)
class Keys:
    """A mapping with known keys; a key without a value is as good as absent.

    A text in its place stands for the key `short`. An `open` one may have other keys too. A file
    that has the key `laid_over` is a change of another file: nothing is required of it, and a key
    without a value takes away.
    """

    name: str
    """What it is, for the schema's definitions."""
    keys: Mapping[str, Shape]
    required: tuple[str, ...] = ()
    short: str = ""
    open: bool = False
    laid_over: str = ""

    def takes(self, tree: Tree) -> bool:
        """Whether a node is a mapping, or a text that stands for one."""
        return tree.keys is not None or (bool(self.short) and self.keys[self.short].takes(tree))

    def check(self, tree: Tree, place: Place, found: list[Fault]) -> None:
        """Add keys that are unknown or missing, and what is wrong in the others."""
        if self.short and tree.keys is None and self.keys[self.short].takes(tree):
            self.keys[self.short].check(tree, place._replace(key=self.short), found)
            return
        if tree.keys is None:
            found.append(_no_mapping(place))
            return
        for key, child in tree.keys.items():
            shape = self.keys.get(key)
            if shape is None:
                if not self.open:
                    said = unknown_key(key, [name for name in self.keys if name not in tree.keys])
                    found.append(Fault(child.file, tree.key_lines[key], said))
            elif not child.is_null:
                at = Place(child.file, tree.key_lines[key], key, place.partial)
                shape.check(child, at, found)
        if place.partial:
            return
        for key in self.required:
            if key not in tree.keys or tree.keys[key].is_null:
                found.append(Fault(tree.file, tree.line, Sentence("key_missing", key=key)))


@dataclass(frozen=True, eq=False)
class Cases:
    """A mapping that is of the first kind whose key it has."""

    name: str
    kinds: Mapping[str, Keys]
    said: Key
    """The sentence for one of no kind."""

    def takes(self, tree: Tree) -> bool:
        """Whether a node is a mapping."""
        return tree.keys is not None

    def check(self, tree: Tree, place: Place, found: list[Fault]) -> None:
        """Add what is wrong for its kind, or that it is of none."""
        kind = next((kind for kind in self.kinds if kind in (tree.keys or {})), None)
        if tree.keys is None:
            found.append(_no_mapping(place))
        elif kind is None:
            found.append(Fault(tree.file, tree.line, Sentence(self.said, kinds=list(self.kinds))))
        else:
            self.kinds[kind].check(tree, place, found)


@dataclass(frozen=True, eq=False)
class Either:
    """One of several shapes: the first that takes the kind of node, else the last."""

    shapes: tuple[Shape, ...]

    def takes(self, tree: Tree) -> bool:
        """Whether one of them takes it."""
        return any(shape.takes(tree) for shape in self.shapes)

    def check(self, tree: Tree, place: Place, found: list[Fault]) -> None:
        """Add what is wrong for that shape."""
        fitting = (shape for shape in self.shapes if shape.takes(tree))
        next(fitting, self.shapes[-1]).check(tree, place, found)


@dataclass(frozen=True, eq=False)
class Later:
    """A shape that is declared further down, or that holds itself."""

    shape: Callable[[], Shape] = field(repr=False)

    def takes(self, tree: Tree) -> bool:
        """Whether that shape takes it."""
        return self.shape().takes(tree)

    def check(self, tree: Tree, place: Place, found: list[Fault]) -> None:
        """Add what is wrong for that shape."""
        self.shape().check(tree, place, found)


TEXT, FLAG, NUMBER = Text(), Flag(), Number()
NAMES = List(TEXT, said="want_names")
"""Some names, or one."""


def faults_of(tree: Tree, shape: Shape, partial: bool = False) -> list[Fault]:
    """What is wrong in a file; a `partial` one is laid over another and need not be whole."""
    found: list[Fault] = []
    shape.check(tree, Place(tree.file, tree.line, "", partial), found)
    return found


def _no_mapping(place: Place) -> Fault:
    if not place.key:
        return place.fault(Sentence("want_mapping"))
    return place.fault(Sentence("want_mapping_at", key=place.key))


def unknown_key(key: str, known: Iterable[str]) -> Sentence:
    """The sentence for a key that there is not, with the one that was meant where one is near."""
    from difflib import get_close_matches

    near = get_close_matches(key[:60], known, 1, 0.7)
    if near:
        return Sentence("unknown_key_near", key=key[:60], near=near[0])
    return Sentence("unknown_key", key=key[:60])

"""YAML as trees of text that remember their lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from pmcli.messages import Sentence
from pmcli.problems import Fault
from pmcli.yaml_files.nodes import BadYaml, compose, is_null, line_of


@dataclass
class Tree:
    """A YAML node: a mapping, a list, a text or nothing, with the file and line it stands in."""

    file: str
    line: int
    text: str | None = None
    items: list[Tree] | None = None
    keys: dict[str, Tree] | None = None
    key_lines: dict[str, int] = field(default_factory=dict)

    @property
    def is_null(self) -> bool:
        """Whether nothing is written here."""
        return self.text is None and self.items is None and self.keys is None

    def place(self, *path: str | int) -> tuple[str, int]:
        """File and line of what stands deepest on a path; steps that are not written are left out.

        A step is a key, the index of an item, or an item's own text.
        """
        tree, file, line = self, self.file, self.line
        for step in path:
            if tree.keys is not None and step in tree.keys:
                tree, line = tree.keys[str(step)], tree.key_lines[str(step)]
                file = tree.file
                continue
            for index, item in enumerate(tree.items or ()):
                if step in (index, item.text):
                    tree, file, line = item, item.file, item.line
                    break
        return file, line

    def walk(self) -> Iterator[Tree]:
        """All nodes below, this one first."""
        yield self
        for child in self.items or ():
            yield from child.walk()
        for child in (self.keys or {}).values():
            yield from child.walk()


def read_tree(text: str, file: str, first_line: int = 1) -> tuple[Tree | None, list[Fault]]:
    """Parse YAML that begins on a line of a file; None with the fault where it cannot be read.

    Scalars stay text, a plain null is nothing; keys that stand twice are faults.
    """
    faults: list[Fault] = []
    try:
        node = compose(text)
    except BadYaml as error:
        line = error.line + first_line - 1 if error.line else 0
        return None, [Fault(file, line, error.sentence)]
    if node is None:
        return None, [Fault(file, 0, Sentence("file_empty"))]
    return _convert(node, file, first_line - 1, faults), faults


def _convert(node: yaml.Node, file: str, before: int, faults: list[Fault]) -> Tree:
    line = line_of(node) + before
    if isinstance(node, yaml.ScalarNode):
        return Tree(file, line, text=None if is_null(node) else str(node.value))
    if isinstance(node, yaml.SequenceNode):
        return Tree(
            file, line, items=[_convert(child, file, before, faults) for child in node.value]
        )
    keys: dict[str, Tree] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        key_line = line_of(key_node) + before
        if not isinstance(key_node, yaml.ScalarNode):
            faults.append(Fault(file, key_line, Sentence("key_no_text")))
            continue
        key = str(key_node.value)
        if key in keys:
            faults.append(Fault(file, key_line, Sentence("duplicate_key", key=key)))
        keys[key] = _convert(value_node, file, before, faults)
        lines[key] = key_line
    return Tree(file, line, keys=keys, key_lines=lines)


def overlay(base: Tree, patch: Tree) -> Tree:
    """Return `base` with the parts of `patch` put over it; a null in the patch removes the key."""
    if base.keys is None or patch.keys is None:
        return patch
    keys = dict(base.keys)
    lines = dict(base.key_lines)
    for key, value in patch.keys.items():
        if value.is_null:
            keys.pop(key, None)
            continue
        keys[key] = overlay(keys[key], value) if key in keys else value
        lines[key] = patch.key_lines[key]
    return Tree(patch.file, patch.line, keys=keys, key_lines=lines)

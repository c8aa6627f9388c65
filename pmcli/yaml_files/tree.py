"""YAML as trees of text that remember their lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from pmcli.dataclass import dataclass


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

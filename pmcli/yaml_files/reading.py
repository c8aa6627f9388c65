"""YAML texts read into trees."""

from __future__ import annotations

import yaml

from pmcli.messages import Sentence
from pmcli.problems import Fault
from pmcli.yaml_files.nodes import compose, is_null, line_of
from pmcli.yaml_files.texts import BadYaml
from pmcli.yaml_files.tree import Tree


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

"""The YAML of an office composed to nodes, within bounds: its size, its depth, what aliases make.

Anchors and aliases are welcome in a form, yet ten short lines of them can stand for a thousand
million values. Tags and merges (<<) are refused: the shape of a file gives the types, and another
YAML reader would find other keys than this one. Whatever reads YAML that an office wrote, records
aside, reads it by way of here.
"""

from __future__ import annotations

from collections.abc import Iterable

import yaml

from pmcli.messages import Sentence
from pmcli.patterns import regex
from pmcli.yaml_files.texts import MAX_LENGTH, BadYaml

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

MAX_DEPTH = 50
MAX_REPEATED = 50_000
"""How many values aliases may stand for beyond those that are written."""
_MANY_OPENERS = 2_000
"""Below as many, libyaml's composer, which calls itself, has stack enough whatever they nest."""


_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))
_UNSEEN = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
"""What YAML does not allow in a file."""


def compose(text: str) -> yaml.Node | None:
    """Return the one document of a text as nodes, None when it is empty; raises BadYaml.

    Scalars stay text. A node that several aliases stand for is one object in several places; going
    through all places is safe, for they are counted here.
    """
    if len(text) > MAX_LENGTH:
        raise BadYaml(0, Sentence("file_too_long", most=MAX_LENGTH))
    unseen = _UNSEEN.search(text)
    if unseen is not None:
        raise BadYaml(text.count("\n", 0, unseen.start()) + 1, _unseen(unseen[0]))
    try:
        if sum(map(text.count, ("[", "{", "- ", "? "))) > _MANY_OPENERS:
            _refuse_depth(text)
        loader = _Loader(text)
        try:
            node: yaml.Node | None = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        raise BadYaml(
            mark.line + 1 if mark else 0, Sentence("yaml_broken", reason=reason)
        ) from None
    except RecursionError:
        raise BadYaml(0, Sentence("yaml_deep", most=MAX_DEPTH)) from None
    if node is not None:
        _refuse_meaning(node)
        _measure(node)
    return node


def is_null(node: yaml.Node) -> bool:
    """Whether a node is a plain null, which stands for nothing."""
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in ("", "~", "null")


def line_of(node: yaml.Node) -> int:
    """The line of a node, from 1."""
    return int(node.start_mark.line) + 1


def _unseen(character: str) -> Sentence:
    if character == "\0":
        return Sentence("nul_in_file")
    return Sentence("unseen_character", code=f"U+{ord(character):04X}")


def _refuse_depth(text: str) -> None:
    """Refuse deep nesting event by event, before anything calls itself for it."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                line = event.start_mark.line + 1 if event.start_mark else 0
                raise BadYaml(line, Sentence("yaml_deep", most=MAX_DEPTH))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _measure(root: yaml.Node) -> None:
    """Refuse a node that stands in itself, is too deep, or comes to too much through aliases."""
    known: dict[int, tuple[int, int]] = {}
    """How many values a node comes to, and how deep it is."""
    inside: set[int] = set()
    written = 1
    """How many nodes stand in the text so far."""
    waiting = [(root, False)]
    while waiting:
        node, counted = waiting.pop()
        if isinstance(node, yaml.ScalarNode) or id(node) in known:
            continue
        children = list(_children(node))
        if not counted:
            for child in children:
                _refuse_meaning(child)
            if id(node) in inside:
                raise BadYaml(line_of(node), Sentence("yaml_in_itself"))
            inside.add(id(node))
            written += len(children)
            waiting.append((node, True))
            waiting += [(child, False) for child in reversed(children)]
            continue
        inside.discard(id(node))
        sizes = [known.get(id(child), (1, 1)) for child in children]
        size = 1 + sum(size for size, _ in sizes)
        depth = 1 + max((depth for _, depth in sizes), default=0)
        if depth > MAX_DEPTH + 1:
            raise BadYaml(line_of(node), Sentence("yaml_deep", most=MAX_DEPTH))
        known[id(node)] = size, depth
        if size - written > MAX_REPEATED:
            raise BadYaml(line_of(node), Sentence("yaml_repeats", most=MAX_REPEATED))


def _refuse_meaning(node: yaml.Node) -> None:
    """Refuse a tag, and a key that merges."""
    if node.tag not in _PLAIN_TAGS:
        raise BadYaml(line_of(node), Sentence("yaml_tag", tag=str(node.tag)[:60]))
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    for key, _value in pairs:
        if key.value == "<<" and not key.style:
            raise BadYaml(line_of(key), Sentence("yaml_merge"))


def _children(node: yaml.Node) -> Iterable[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return (part for pair in node.value for part in pair)
    return node.value if isinstance(node, yaml.SequenceNode) else ()

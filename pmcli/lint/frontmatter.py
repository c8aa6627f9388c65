"""The YAML between --- lines at the top of a notice."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from pmcli.lint.model import GENRES
from pmcli.messages import Sentence
from pmcli.yaml_nodes import BadYaml, compose, is_null

_FENCE = re.compile(r"---[ \t]*\Z")
_YES = ("yes", "true", "on", "是")


@dataclass(frozen=True)
class FrontMatter:
    """What front matter says; every part may be missing."""

    lines: int = 0
    """How many lines it takes, fences counted."""
    genre: str | None = None
    type: str | None = None
    emergency: bool = False
    valid_until: str = ""
    ignore: tuple[str, ...] = ()
    faults: tuple[Sentence, ...] = ()
    """What in it cannot be understood."""


def read_front_matter(text: str) -> FrontMatter:
    """Read the front matter of a text; empty when it has none."""
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or not _FENCE.match(lines[0]):
        return FrontMatter()
    end = next((i for i, line in enumerate(lines[1:400], 1) if _FENCE.match(line)), 0)
    if not end:
        return FrontMatter()
    try:
        node = compose("\n".join(lines[1:end]))
    except BadYaml as error:
        fault = Sentence("lint_front_matter", line=error.line + 1)
        return FrontMatter(lines=end + 1, faults=(fault,))
    if node is None or is_null(node):
        return FrontMatter(lines=end + 1)
    if not isinstance(node, yaml.MappingNode):
        if not isinstance(node, yaml.ScalarNode) or ":" in node.value:
            return FrontMatter(lines=end + 1, faults=(Sentence("lint_front_matter", line=2),))
        return FrontMatter()  # text between two rules, no front matter
    return _understood(node, end + 1)


def _understood(node: yaml.MappingNode, lines: int) -> FrontMatter:
    data = _mapping(node)
    faults: list[Sentence] = []
    genre = _text(data.get("genre")) or None
    if genre in ("other", "其它"):
        genre = "其他"
    if genre is not None and genre not in GENRES:
        faults.append(Sentence("lint_no_genre", genre=genre, genres=list(GENRES)))
        genre = None
    ignored = _mapping(data.get("lint")).get("ignore")
    several = ignored.value if isinstance(ignored, yaml.SequenceNode) else [ignored]
    codes = [code for code in map(_text, several) if code]
    return FrontMatter(
        lines=lines,
        genre=genre,
        type=_text(data.get("type")) or None,
        emergency=_text(data.get("emergency")).lower() in _YES,
        valid_until=_text(data.get("valid_until")),
        ignore=tuple(code.strip().upper() for code in codes),
        faults=tuple(faults),
    )


def _mapping(node: yaml.Node | None) -> dict[str, yaml.Node]:
    """What a mapping says by its keys; nothing for anything else."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return {str(key.value): value for key, value in pairs if isinstance(key, yaml.ScalarNode)}


def _text(node: yaml.Node | None) -> str:
    """A text as it is written; an empty one for anything else."""
    written = isinstance(node, yaml.ScalarNode) and not is_null(node)
    return str(node.value) if node is not None and written else ""

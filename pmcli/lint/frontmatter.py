"""The YAML between --- lines at the top of a notice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pmcli.dataclass import dataclass
from pmcli.lint.model import GENRES
from pmcli.problems import Fault
from pmcli.yaml_files.fences import FIRST_LINE, NoFence, split
from pmcli.yaml_files.reading import read_tree
from pmcli.yaml_files.shape import Keys, List, Text, Word, faults_of
from pmcli.yaml_files.tree import Tree

_LONGEST = 400
"""More lines between two rules are a part of the text."""
_YES = ("yes", "true", "on", "是")
_OTHER = {"other": "其他", "其它": "其他"}
_TEXT = Text()
PASTED = Keys(
    "pasted",
    {
        "genre": Word((*GENRES, *_OTHER)),
        "type": _TEXT,
        "emergency": _TEXT,
        "valid_until": _TEXT,
        "lint": Keys("pasted_lint", {"ignore": List(_TEXT, said="want_names")}),
    },
    open=True,
)
"""What lint reads of a text that anybody wrote, records and other programs' pages among them."""


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
    faults: tuple[Fault, ...] = ()
    """What in it cannot be understood; the file has no name here."""


def read_front_matter(text: str) -> FrontMatter:
    """Read the front matter of a text; empty when it has none."""
    try:
        parts = split("\n".join(text.splitlines()))
    except NoFence:
        return FrontMatter()
    if parts.front.count("\n") >= _LONGEST:
        return FrontMatter()
    lines = parts.body_line - 1
    if all(line.strip() == "" or line.lstrip()[0] == "#" for line in parts.front.split("\n")):
        return FrontMatter(lines=lines)
    tree, faults = read_tree(parts.front, "", FIRST_LINE)
    if tree is None:
        return FrontMatter(lines=lines, faults=tuple(faults))
    if tree.is_null:
        return FrontMatter(lines=lines)
    if tree.text is not None and ":" not in tree.text:
        return FrontMatter()  # text between two rules, no front matter
    faults += faults_of(tree, PASTED)
    return replace(_understood(tree.keys or {}), lines=lines, faults=tuple(faults))


def _understood(keys: Mapping[str, Tree]) -> FrontMatter:
    lint = keys["lint"].keys or {} if "lint" in keys else {}
    genre = _text(keys, "genre")
    genre = _OTHER.get(genre, genre)
    return FrontMatter(
        genre=genre if genre in GENRES else None,
        type=_text(keys, "type") or None,
        emergency=_text(keys, "emergency").lower() in _YES,
        valid_until=_text(keys, "valid_until"),
        ignore=tuple(code.strip().upper() for code in _texts(lint.get("ignore"))),
    )


def _text(keys: Mapping[str, Tree], key: str) -> str:
    """The text of a key; an empty one where there is none."""
    return (keys[key].text or "") if key in keys else ""


def _texts(tree: Tree | None) -> list[str]:
    """The text, or the texts of a list."""
    items = [] if tree is None else [tree] if tree.items is None else tree.items
    return [item.text for item in items if item.text]

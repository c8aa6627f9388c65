"""The YAML between --- lines at the top of a notice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from pmcli.lint.model import GENRES
from pmcli.messages import Sentence

_FENCE = re.compile(r"---[ \t]*\Z")


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
        data = yaml.safe_load("\n".join(lines[1:end]))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        fault = Sentence("lint_front_matter", line=mark.line + 2 if mark else 1)
        return FrontMatter(lines=end + 1, faults=(fault,))
    if data is None:
        return FrontMatter(lines=end + 1)
    if not isinstance(data, Mapping):
        if not isinstance(data, str) or ":" in data:
            return FrontMatter(lines=end + 1, faults=(Sentence("lint_front_matter", line=2),))
        return FrontMatter()  # text between two rules, no front matter
    return _understood(data, end + 1)


def _understood(data: Mapping[Any, Any], lines: int) -> FrontMatter:
    faults: list[Sentence] = []
    genre = str(data["genre"]) if data.get("genre") else None
    if genre in ("other", "其它"):
        genre = "其他"
    if genre is not None and genre not in GENRES:
        faults.append(Sentence("lint_no_genre", genre=genre, genres=list(GENRES)))
        genre = None
    lint = data.get("lint")
    listed = lint.get("ignore") if isinstance(lint, Mapping) else None
    codes = [listed] if isinstance(listed, str) else listed if isinstance(listed, list) else []
    return FrontMatter(
        lines=lines,
        genre=genre,
        type=str(data["type"]) if data.get("type") else None,
        emergency=data.get("emergency") is True or data.get("emergency") in ("yes", "是"),
        valid_until=str(data.get("valid_until") or ""),
        ignore=tuple(str(code).strip().upper() for code in codes),
        faults=tuple(faults),
    )

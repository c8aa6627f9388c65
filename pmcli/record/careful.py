"""Whole record files read as other programs read them: python-frontmatter, over ruamel.yaml.

What pmcli has changed in a file is read here once more before it is trusted, by two libraries that
have no line in common with the fast reading (pmcli/record/parsing.py).
"""

from __future__ import annotations

from typing import Any

import frontmatter
from frontmatter.default_handlers import BaseHandler

from pmcli.record.parsing import careful_tree, fast_tree, split
from pmcli.yaml_files.fences import CLOSING


class RecordHandler(BaseHandler):
    """python-frontmatter's way to a record file: our fence, and scalars that stay text."""

    FM_BOUNDARY = CLOSING

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path

    def split(self, text: str) -> tuple[str, str]:
        """Front matter and body; raises BadRecord."""
        parts = split(text, self._path)
        return parts.front, parts.body

    def load(self, fm: str) -> dict[str, Any]:
        """Front matter as text scalars, lists and mappings; raises BadRecord."""
        return careful_tree(fm, self._path)


def careful_read(text: str, path: str = "") -> tuple[dict[str, Any], str]:
    """Front matter with text scalars, and the body without blank lines around it.

    Raises BadRecord with the line of what is wrong.
    """
    metadata, body = frontmatter.parse(text, handler=RecordHandler(path))
    return metadata, body


def reads_alike(text: str, path: str) -> bool:
    """Whether the careful reading of a whole file is the fast one; raises BadRecord."""
    parts = split(text, path)
    return careful_read(text, path) == (fast_tree(parts.front, path), parts.body.strip())

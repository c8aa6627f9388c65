"""Patterns that are compiled when they are first used: most commands use few of them."""

from __future__ import annotations

import re
from typing import Any, cast


class _Later:
    """A pattern not compiled yet; each of its methods is bound when it is first asked for."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, found)
        return found


def regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression as `re.compile` gives it; a faulty one fails where it is used."""
    return cast("re.Pattern[str]", _Later(source, flags))

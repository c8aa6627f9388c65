"""A rule of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pmcli.dataclass import dataclass
from pmcli.lint.document import Document
from pmcli.lint.model import Hit, Settings, Severity

Check = Callable[[Document, Settings], Iterable[Hit]]


@dataclass(frozen=True)
class Rule:
    """One rule of the catalogue."""

    code: str
    severity: Severity
    source: str
    check: Check
    genres: frozenset[str] | None = None
    """The genres it is for; None for all."""
    passage: bool = False
    """Whether it can judge a passage that is no whole notice."""

"""What lint takes and gives: settings, hits, findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from pmcli.dataclass import dataclass
from pmcli.messages import Sentence, Speakable

Severity = Literal["error", "warning"]

GENRES = ("通知", "温馨提示", "启事", "通告", "公示", "函", "其他")
"""The genres 文种; `其他` is any other form of address, to which the common rules alone apply."""


@dataclass(frozen=True)
class Finding:
    """One thing to mend; line and column count from 1, columns in characters."""

    code: str
    severity: Severity
    line: int
    column: int
    message: Speakable
    source: str


@dataclass(frozen=True)
class Settings:
    """What an office sets itself: limits, its own names and numbers, rules it does without."""

    title_max: int = 22
    exclamations_max: int = 3
    late_rate_max: float = 0.0005
    """The highest daily rate for late payment that passes without a word."""
    tip_max: int = 300
    theme: str = "house"
    """`house` or `gbt9704`."""
    names: tuple[str, ...] = ()
    """The office's names and short names."""
    phones: tuple[str, ...] = ()
    """The office's numbers."""
    phones_complete: bool = False
    """Whether `phones` are all of them, so that any other mobile number is a private one."""
    arrears_posting: bool = False
    """Whether the place lets lists of rooms in arrears be posted."""
    leads: Mapping[str, int] = field(default_factory=dict)
    """Days of notice by type, where the office differs."""
    ignore: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Hit:
    """Where in the text (offset of a character) a rule found something, and what to say."""

    offset: int
    message: Sentence


def genres(*names: str) -> frozenset[str]:
    """A rule's genres."""
    return frozenset(names)

"""How an office has its notices and letters set on paper."""

from __future__ import annotations

from pmcli.dataclass import dataclass

THEMES = ("house", "gbt9704")
"""The house style, and that of GB/T 9704-2012 (writing.md, §4)."""


@dataclass(frozen=True)
class Dress:
    """What an office may choose for its plain pages."""

    theme: str = THEMES[0]
    letterhead: bool = False
    """The office's name, address and phone stand above a rule at the head."""
    code: bool = True
    """A QR code with the page's mark stands at the foot."""
    seal: bool = False
    """Room is left for the stamp over the date."""

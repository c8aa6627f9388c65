"""What printers make."""

from __future__ import annotations

from pmcli.dataclass import dataclass
from pmcli.messages import Sentence


@dataclass(frozen=True)
class Printed:
    """What a printer made, and what its reader should know of it."""

    data: str | bytes
    warnings: tuple[Sentence, ...] = ()

"""Pages and lists as values: what a form's `prints:` and `list:` say once they have been read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmcli.dataclass import dataclass
from pmcli.form.formula import Formula, Template
from pmcli.messages import Label

if TYPE_CHECKING:
    from pmcli.form.part import Part


@dataclass(frozen=True, eq=False)
class Layout:
    """A printed page of a form; `over` makes it a page over many records of a month or a day."""

    name: str
    title: Label
    parts: tuple[Part, ...]
    paper: str = "A4"
    landscape: bool = False
    copies: tuple[Label, ...] = ()
    """Printed once for each, with these words on it: who keeps which copy."""
    document: str = ""
    over: str | None = None
    dated_by: str = "created_at"
    month_begins: int = 1
    where: Formula | None = None
    posted: bool = False
    """A page for a wall: private fields are left out."""
    large: bool = False
    plain: bool = False
    """Without the usual head: what stands on it is the whole text."""
    dated: Formula | None = None
    """The document's own date; else the day its record was made or its period ends."""
    mark: Formula | None = None
    """What a print is verified by: the record's number and a fingerprint of its text."""
    seal: Formula | None = None
    """Whether room is left for the stamp."""
    watermark: Template | None = None
    """Words across the page, where it is not yet what may be posted."""
    foot: Template | None = None
    """Of a plain page: what is filled in by hand in its last line, with / between."""
    state: tuple[str, ...] = ()

"""Records that have much to show, for each layout of each shipped form."""

from __future__ import annotations

from conftest import Desk
from scenes import bring

from pmcli.store.office import load_library

LIBRARY = load_library(None)
LAYOUTS = [(form, layout) for form in LIBRARY.names for layout in LIBRARY.get(form).layouts]
STATES = {
    "visit": "closed", "repair": "closed", "complaint": "closed", "rework": "closed",
    "revisit": "done", "resident": "active", "unit": "let", "roster": "published",
    "duty": "closed", "handover": "accepted", "patrol": "closed", "renovation": "closed",
    "violation": "reported", "notice": "posted",
}  # fmt: skip
"""A state in which a record has much to show."""


def ready(desk: Desk, form: str, layout: str) -> str:
    """A record that the layout can show."""
    if (form, layout) == ("repair", "rectify"):
        number = bring(desk, form, "signed")
        desk.do(["repair", "redo", number, "--reason", "接口仍滴水"])
        return number
    if (form, layout) == ("unit", "history"):
        return bring(desk, form, "registered")
    return bring(desk, form, STATES[form])

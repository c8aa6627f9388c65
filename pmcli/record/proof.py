"""Whether the rows of a history still say what they said when their events got their names."""

from __future__ import annotations

from typing import Any

from pmcli.record.event import name_of
from pmcli.record.parsing import fast_tree, split


def altered(text: str, number: str, path: str = "") -> list[dict[str, Any]]:
    """The rows, as text, that do not fit the names they bear; raises BadRecord."""
    rows = fast_tree(split(text, path)[1], path).get("history") or ()
    return [row for row in rows if row.get("event") and row["event"] != name_of(number, row)]

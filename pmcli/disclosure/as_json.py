"""A record as scripts read it: one object, whichever command prints it."""

from __future__ import annotations

from typing import Any

from pmcli.disclosure.view import Told, View
from pmcli.record.event import UNTOLD


def record_json(view: View, **more: Any) -> dict[str, Any]:
    """A record with its values, what was worked out about it (`more`), and its path."""
    return {**view.values, **more, "path": view.path}


def history_json(view: View) -> list[dict[str, Any]]:
    """A record's events, oldest first."""
    return [event_json(told) for told in view.history]


def event_json(told: Told, **more: Any) -> dict[str, Any]:
    """An event: its row, its kind, and each change with what is told of it."""
    event, changes = told
    shown = {
        name: {
            key: value
            for key, value in (("old", change.old), ("new", change.new))
            if value is not UNTOLD
        }
        for name, change in changes.items()
    }
    return {**event.row, "kind": event.kind.value, "changes": shown, **more}


def head_json(form: str, number: str, state: Any = None, path: Any = None) -> dict[str, Any]:
    """Which record was written: its number, form and state and where it stands.

    State and path are None for a record that is no longer there.
    """
    return {"id": number, "form": form, "state": state, "path": path}

"""What happened to a record, in the words that `show` and `history` use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pmcli.form.values import display
from pmcli.messages import Label, Sentence
from pmcli.record.event import UNTOLD, Event, FieldChange, Kind
from pmcli.record.model import Record
from pmcli.record.replay import resolved


def events_with_changes(record: Record) -> list[tuple[Event, Mapping[str, FieldChange]]]:
    """The events of a record, oldest first, each with all that is known of its changes."""
    return list(
        zip(record.history, resolved(record.history, record.values), strict=True)
    )  # fmt: skip


def as_json(event: Event, changes: Mapping[str, FieldChange]) -> dict[str, Any]:
    """An event as scripts read it: its row, its kind, and each change with what is told of it."""
    told = {
        name: {
            key: value
            for key, value in (("old", change.old), ("new", change.new))
            if value is not UNTOLD
        }
        for name, change in changes.items()
    }
    return {**event.row, "kind": event.kind.value, "changes": told}


def step_label(record: Record, event: Event, language: str) -> str:
    """An event as people call it."""
    if event.is_step:
        variants = record.form.transitions.get(event.command)
        return variants[0].label.text(language) if variants else event.command
    return Sentence(f"history_{event.kind.value}").text(language)


def remarks(record: Record, event: Event, changes: Mapping[str, FieldChange], language: str) -> str:
    """Reason, note, what it follows from and, of a correction, fields with old and new value."""
    parts = [text for text in (event.reason, event.note) if text]
    if event.cause and (
        event.kind in (Kind.LINK, Kind.EDIT) or (event.is_step and not event.begins)
    ):
        parts.append(event.cause)
    if event.kind is Kind.EDIT:
        parts += [_change(record, name, changes[name], language) for name in changes]
    return Label("；", "; ").text(language).join(parts)


def _change(record: Record, name: str, change: FieldChange, language: str) -> str:
    form = record.form
    label = form.label_of(name)
    spec = form.fields.get(name)
    if change.old is UNTOLD:
        return Sentence("history_changed", field=label).text(language)
    empty = Sentence("history_empty").text(language)
    old, new = (
        display(value, spec, language) if value is not None else empty
        for value in (change.old, change.new)
    )
    return Sentence("history_changed_from", field=label, old=old, new=new).text(language)

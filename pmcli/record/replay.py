"""Where a record stands by its events alone: the state, the stamps, what was counted and filled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any

from pmcli.dataclass import dataclass
from pmcli.record.event import UNTOLD, Event, FieldChange, Kind


@dataclass(frozen=True)
class Standing:
    """What events leave: None for a state where there are none."""

    state: str | None
    stamps: Mapping[str, Any] = field(default_factory=dict)
    """`<command>_at` and `<command>_by` of the steps that stand."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Counters and other fields that an event has told, None where it cleared them."""


def replay(events: Sequence[Event]) -> Standing:
    """Work out where a record stands after its events, oldest first.

    State and stamps come from the events that were not undone, values from all of them, for an
    undoing tells the values that it puts back.
    """
    left = standing_events(events)
    state = next((e.to_state for e in reversed(left) if e.to_state is not None), None)
    values: dict[str, Any] = {}
    for event in events:
        for name, change in event.changes.items():
            if change.new is UNTOLD:
                values.pop(name, None)
            else:
                values[name] = change.new
    return Standing(state, stamps_of(left), values)


def stamps_of(events: Iterable[Event]) -> dict[str, Any]:
    """The stamps that steps leave, those of later ones in place of earlier ones."""
    stamps: dict[str, Any] = {}
    for event in events:
        if event.is_step and not event.begins:
            stem = event.command.replace("-", "_")
            stamps[f"{stem}_at"], stamps[f"{stem}_by"] = event.at, event.by
    return stamps


def standing_events(events: Sequence[Event]) -> list[Event]:
    """The events that stand: without the undoings, and without what they took back.

    An undoing names the first event that it takes back; all that stood since then goes with it.
    """
    left: list[Event] = []
    for event in events:
        if event.kind is Kind.UNDO:
            del left[_undone_from(left, event) :]
        else:
            left.append(event)
    return left


def _undone_from(left: Sequence[Event], undo: Event) -> int:
    """Where in the events that stood those begin which an undoing takes back."""
    if undo.cause is not None:
        places = [place for place, event in enumerate(left) if event.name == undo.cause]
        return places[-1] if places else len(left)
    # The first release named nothing: it took back the newest step with what came along with it.
    if undo.from_state == undo.to_state and left and not left[-1].is_step:
        return len(left) - 1
    for place in range(len(left) - 1, -1, -1):
        if left[place].is_step:
            return place
    return max(len(left) - 1, 0)


def resolved(events: Sequence[Event], values: Mapping[str, Any]) -> list[dict[str, FieldChange]]:
    """The changes of each event, with the long values that events do not repeat.

    Where an event does not tell a value that it gave, it is the one that the next event replaced,
    or at last the one in `values`. Private ones stay untold.
    """
    found: list[dict[str, FieldChange]] = []
    later: dict[str, Any] = dict(values)
    for event in reversed(events):
        told: dict[str, FieldChange] = {}
        for name, change in event.changes.items():
            new = later.get(name) if change.new is UNTOLD else change.new
            told[name] = change if change.old is UNTOLD else FieldChange(change.old, new)
            later[name] = change.old
        found.append(told)
    return found[::-1]

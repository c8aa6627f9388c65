"""The steps that a record has taken, looked at again with other values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pmcli.dataclass import dataclass
from pmcli.form.model import Transition
from pmcli.record.event import UNTOLD, Event
from pmcli.record.model import Record, RecordView
from pmcli.record.replay import standing_events
from pmcli.workflow.act import Act, Actor
from pmcli.workflow.repository import Lookup
from pmcli.workflow.scope import Scope


@dataclass(frozen=True)
class Taken:
    """A step that stands in a record's history, with the record as it was before it."""

    event: Event
    step: Transition
    record: Record
    before: RecordView | None
    """None for what begins the record."""

    def judged(self, values: Mapping[str, Any], act: Act, lookup: Lookup) -> Scope:
        """What its guards would see, had this actor taken it then with these values."""
        return self._scope(values, act, act.actor, lookup)

    def repeated(self, values: Mapping[str, Any], act: Act, lookup: Lookup) -> Scope:
        """What its formulas would see, had whoever took it taken it with these values."""
        return self._scope(values, act, self.event.by, lookup)

    def _scope(self, values: Mapping[str, Any], act: Act, name: str, lookup: Lookup) -> Scope:
        event, form = self.event, self.record.form
        then = replace(act, who=Actor(name, event.at or act.at, act.typed_at))
        notes = {"reason": event.reason, "note": event.note}
        more: dict[str, Any] = {
            "given": {name: values.get(name) for name in self.step.inputs},
            **{name: text for name, text in notes.items() if name not in form.fields},
        }
        if self.before is not None:
            more["before"] = self.before
        held = {name: value for name, value in values.items() if name != "state"}
        if event.from_state:
            held["state"] = event.from_state
        return Scope(form, held, then, lookup, **more)


def taken(record: Record) -> list[tuple[Event, Transition]]:
    """The steps that stand in a record's history, oldest first; what begins it counts as `new`."""
    found: list[tuple[Event, Transition]] = []
    for event in standing_events(record.history):
        if event.begins:
            found.append((event, record.form.new))
        elif event.is_step:
            variants = record.form.transitions.get(event.command, ())
            found += [(event, step) for step in variants if event.from_state in step.from_]
    return found


def retaken(record: Record) -> list[Taken]:
    """The steps that stand in a record's history, oldest first, to be looked at again."""
    steps = {id(event): step for event, step in taken(record)}
    earlier: dict[str, Any] = dict(record.values)
    found: list[Taken] = []
    for event in reversed(standing_events(record.history)):
        for name, change in event.changes.items():
            if change.old is not UNTOLD:
                earlier = {**earlier, name: change.old}
        if id(event) in steps:
            held = {name: value for name, value in earlier.items() if value is not None}
            before = None if event.begins else RecordView(record.replace(values=held))
            found.append(Taken(event, steps[id(event)], record, before))
    return found[::-1]

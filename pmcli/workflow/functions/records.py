"""Functions that look at other records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pmcli.form.values import display, mask
from pmcli.record.model import Record, RecordView
from pmcli.record.query import Query, open_work_naming
from pmcli.workflow.functions.binding import seeing
from pmcli.workflow.sight import Sight


@seeing
def record(scope: Sight, number: str | None) -> RecordView:
    """The record that a link names; an empty view where there is none."""
    return RecordView(scope.lookup.by_id(number) if number else None)


@seeing
def records(scope: Sight, numbers: Iterable[str] | str | None) -> list[RecordView]:
    """Those that exist of the records that some links name."""
    wanted = [numbers] if isinstance(numbers, str) else list(numbers or ())
    return [view for view in (record(scope, number) for number in wanted) if view]


@seeing
def open_of(scope: Sight, numbers: Iterable[str] | str | None) -> list[RecordView]:
    """Those of them that are open."""
    return [view for view in records(scope, numbers) if view["open"]]


@seeing
def latest(scope: Sight, numbers: Iterable[str] | None, state: str | None = None) -> RecordView:
    """Of these, the one that changed its state last; in one state, where one is named."""
    views = [v for v in records(scope, numbers) if state is None or v["state"] == state]
    # of several changed at the same moment the one listed last is the latest
    return max(reversed(views), key=lambda v: _moment(v.record), default=RecordView(None))


def _moment(found: Record | None) -> float:
    moment = found.changed_at if found else None
    return moment.timestamp() if moment else 0.0


@seeing
def find(scope: Sight, name: str, /, **wanted: Any) -> list[RecordView]:
    """All records of a form whose fields have these values, or one of the values of a list."""
    if name not in scope.lookup.library:
        return []
    query = Query(forms=(name,), values=wanted)
    return [RecordView(found) for found in scope.lookup.find(query)]


@seeing
def open_work(scope: Sight, number: str) -> list[RecordView]:
    """Open records of any form that name one."""
    return [RecordView(found) for found in scope.lookup.find(open_work_naming(number))]


@seeing
def all_naming(scope: Sight, number: str) -> list[RecordView]:
    """All records that name one, of every form that is no archive; oldest first."""
    query = Query(archive=False, links_to=number, sort=("created_at", "id"))
    return [RecordView(found) for found in scope.lookup.find(query)]


@seeing
def open_records(scope: Sight) -> list[RecordView]:
    """All open work of the office, what presses most first."""
    return [*scope.lookup.worklist(scope.act)]


@seeing
def masked(scope: Sight, numbers: Iterable[str] | str | None, name: str) -> list[str]:
    """A field of linked records as it reads in lists, masked unless everything is to be shown."""
    shown = []
    for view in records(scope, numbers):
        held = view.record
        if held is not None and held.get(name) is not None:
            spec = held.form.fields[name]
            value = held.get(name)
            hide = spec.private and not scope.get("_reveal")
            shown.append(display(mask(value, spec) if hide else value, spec, "zh"))
    return shown

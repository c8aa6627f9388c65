"""Deadlines: which clocks run on a record and when they fall due (procedures.md, part 0)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from pmcli.dataclass import dataclass
from pmcli.form import durations
from pmcli.form.expressions import evaluate
from pmcli.form.formula import Formula
from pmcli.form.model import Clock, Form
from pmcli.record.model import Record
from pmcli.record.replay import standing_events
from pmcli.workflow.act import Act, figure
from pmcli.workflow.repository import Lookup
from pmcli.workflow.scope import Scope


@dataclass(frozen=True)
class Due:
    """A running clock and the moment it falls due, in the office's zone."""

    clock: Clock
    at: datetime

    def overdue(self, now: datetime) -> bool:
        """Whether the moment has passed."""
        return self.at < now


def running(record: Record, act: Act, lookup: Lookup) -> list[Due]:
    """The clocks that run on an open record, soonest first; `act.at` is the present moment."""
    if not record.open or not record.form.clocks:
        return []
    scope: Scope | None = None
    found: list[Due] = []
    for clock in record.form.clocks.values():
        if scope is None and _wants_scope(clock):
            scope = Scope(record.form, record.values, act, lookup)
        due = _due(clock, record, scope, act, lookup)
        if due is not None:
            found.append(Due(clock, due))
    return sorted(found, key=lambda due: due.at)


def next_due(record: Record, act: Act, lookup: Lookup) -> Due | None:
    """The clock that falls due first."""
    return next(iter(running(record, act, lookup)), None)


def _wants_scope(clock: Clock) -> bool:
    points = (*clock.starts, *clock.until, clock.at, clock.when)
    return any(isinstance(point, Formula) for point in points)


def _due(
    clock: Clock, record: Record, scope: Scope | None, act: Act, lookup: Lookup
) -> datetime | None:
    start = _last([_point(p, record.form, record, scope, act) for p in clock.starts])
    if start is None:
        return None
    stops = [p for p in clock.until if not _restarts(p, clock)]
    stop = _last([_point(p, record.form, record, scope, act) for p in stops])
    if stop is not None and stop >= start:
        return None
    if clock.when is not None and scope is not None and not evaluate(clock.when, scope):
        return None
    due: datetime | None = None
    if isinstance(clock.at, Formula):
        value = evaluate(clock.at, scope) if scope is not None else None
        due = _moment(value, act, day_end=True)
    elif clock.at is not None:
        due = _moment(record.get(clock.at), act, day_end=True)
    if due is None and clock.within is not None:
        length = (
            figure(f"{record.form.name}.{clock.name}", act.context, lookup.library) or clock.within
        )
        due = _moment(durations.add(start, length, act.context.working_days), act, day_end=False)
        if due is not None and clock.paused_in:
            due += _paused(record, clock, start, act.at)
    return due


def _restarts(point: str | Formula, clock: Clock) -> bool:
    """Whether a stop is also a start: 催办 ends one interval and begins the next."""
    return isinstance(point, str) and f"{point.replace('-', '_')}_at" in clock.starts


def _point(
    point: str | Formula, form: Form, record: Record, scope: Scope | None, act: Act
) -> datetime | None:
    if isinstance(point, Formula):
        value = evaluate(point, scope) if scope is not None else None
    elif point in form.transitions:
        value = record.get(f"{point.replace('-', '_')}_at")
    else:
        value = record.get(point)
    return _moment(value, act, day_end=False)


def _moment(value: Any, act: Act, day_end: bool) -> datetime | None:
    if isinstance(value, datetime):
        return value.astimezone(act.zone)
    if isinstance(value, date):
        moment = datetime(value.year, value.month, value.day, tzinfo=act.zone)
        return durations.end_of_day(moment) if day_end else moment
    return None


def _last(moments: list[datetime | None]) -> datetime | None:
    return max((m for m in moments if m is not None), default=None)


def _paused(record: Record, clock: Clock, start: datetime, now: datetime) -> timedelta:
    """Time spent since `start` in the states that pause the clock, up to `now`."""
    total = timedelta()
    since: datetime | None = None
    for event in standing_events(record.history):
        at, to = event.at, event.to_state
        if at is None or to is None:
            continue
        if to in clock.paused_in and since is None:
            since = max(at, start)
        elif to not in clock.paused_in and since is not None:
            total += max(at - since, timedelta())
            since = None
    if since is not None:
        total += max(now - since, timedelta())
    return total

"""Functions that ask the office: its staff, its figures and lists, what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from pmcli.form import durations, rows
from pmcli.workflow import act
from pmcli.workflow.functions.binding import seeing
from pmcli.workflow.sight import Sight


@seeing
def has_role(scope: Sight, name: str | None, role: str) -> bool:
    """Whether somebody may act in a role."""
    return scope.act.staff.holds(name, role)


@seeing
def figure_of(scope: Sight, key: str) -> str | None:
    """A figure as the office has it; none when unknown."""
    return act.figure(key, scope.act.context, scope.lookup.library)


@seeing
def office_list(scope: Sight, key: str) -> list[Mapping[str, str]]:
    """A table as the office has it; empty when unknown."""
    return list(act.office_list(key, scope.act.context, scope.lookup.library))


@seeing
def office(scope: Sight, name: str) -> str | None:
    """What the office is called, and how it is reached."""
    return scope.act.context.office.get(name)


@seeing
def after(scope: Sight, start: datetime | date | None, what: str) -> datetime | date | None:
    """A time or date later, by a duration or the name of a figure."""
    if start is None:
        return None
    length = figure_of(scope, what) or what
    return durations.add(start, length, scope.act.context.working_days)


@seeing
def ahead_of(scope: Sight, start: datetime | date | None, what: str) -> datetime | date | None:
    """A time or date earlier, by a duration or the name of a figure."""
    if start is None:
        return None
    return durations.subtract(start, figure_of(scope, what) or what)


@seeing
def shortest(scope: Sight, start: datetime | date | None, keys: Iterable[str | None]) -> Any:
    """The earliest of several times later; none where there is none of them."""
    ends = [end for key in keys if key and (end := after(scope, start, key)) is not None]
    return min(ends, default=None)


@seeing
def moment_of(scope: Sight, day: date | None, clock: str | None) -> datetime | None:
    """A day's clock time as a moment in the office's zone."""
    return rows.moment(day, clock, scope.act.zone)


@seeing
def unit_pattern_fits(scope: Sight, number: Any) -> bool:
    """Whether a unit's number is as the office writes them."""
    return bool(re.fullmatch(scope.act.context.unit_pattern, str(number or "")))

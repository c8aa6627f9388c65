"""Many records: as rows of a table or a sheet, and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime, tzinfo
from typing import Any

from pmcli.dataclass import dataclass
from pmcli.disclosure.as_json import record_json
from pmcli.disclosure.view import View
from pmcli.form.column import Column
from pmcli.form.values import display
from pmcli.messages import Label, Sentence, listed


@dataclass(frozen=True)
class Listed:
    """A record of a list with what was worked out about it."""

    view: View
    clock: str
    """Name and label of the clock that is due next, and when; empty and None for none."""
    clock_label: Label
    due: datetime | None
    overdue: bool
    missing: tuple[str, ...]
    told: Mapping[str, str] = field(default_factory=dict)
    """What the formulas of columns say, by the column's name."""


@dataclass(frozen=True)
class Manner:
    """How values are written: the language, and for a screen times as short as they can be."""

    language: str
    zone: tzinfo
    now: datetime
    short: bool = False


def listed_json(listed: Listed) -> dict[str, Any]:
    """A record of a list as scripts read it."""
    more: dict[str, Any] = {"overdue": listed.overdue, "incomplete": list(listed.missing)}
    if listed.due is not None:
        more |= {"next_due": listed.due, "clock": listed.clock}
    return record_json(listed.view, **more)


def row(listed: Listed, columns: Sequence[Column], manner: Manner) -> list[str]:
    """A record as the cells of a row."""
    return [_cell(listed, column, manner) for column in columns]


def _cell(one: Listed, column: Column, manner: Manner) -> str:
    if column.name in one.told:
        return one.told[column.name]
    view, language = one.view, manner.language
    for name in column.fields:
        if name == "missing":
            return listed([view.form.label_of(n) for n in one.missing], language)
        if name == "overdue":
            return display(one.overdue, None, language)
        if name == "next_due":
            return _due(one, manner)
        value = view.get(name)
        if value is None:
            continue
        if manner.short and isinstance(value, datetime):
            return _short(value, manner)
        return view.text(name, language)
    return ""


def _short(moment: datetime, manner: Manner) -> str:
    """A time as short as it can be: 09:30 today, 11-21 this year, else the whole date."""
    local, now = moment.astimezone(manner.zone), manner.now.astimezone(manner.zone)
    if local.date() == now.date():
        return f"{local:%H:%M}"
    return f"{local:%m-%d}" if local.year == now.year else f"{local:%Y-%m-%d}"


def _due(one: Listed, manner: Manner) -> str:
    if one.due is None:
        return ""
    mark = Sentence("overdue_mark").text(manner.language) if one.overdue else ""
    return f"{mark}{_short(one.due, manner)} {one.clock_label.text(manner.language)}"

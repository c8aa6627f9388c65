"""What is known of a record without its file: where it stands, not what anybody said or is called.

Nothing private is in it, no free text and nothing that was worked out: whoever wants more reads the
file. A query drops by it the records that cannot belong to its answer; the others are asked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from pmcli.form.model import Form
from pmcli.record.event import is_hidden
from pmcli.record.model import Record
from pmcli.record.query import Query, Span, states_meant

_TEXT, _LENGTH = "%Y-%m-%dT%H:%M:%S.%fZ", len("2026-03-05T01:00:00.000000Z")


class Glance(NamedTuple):
    """The open facts of a record by which it is looked for; moments as `moment_text`."""

    number: str
    state: str
    created: str
    """Empty where it is not told."""
    latest: str
    """When the latest of its events happened; empty where none tells it."""
    keeper: str
    names: frozenset[str] | None
    """The records and homes it names; None where a private field names some."""


def glance_of(record: Record) -> Glance:
    """The glance at a record."""
    moments = record.get("created_at"), record.latest_at
    created, latest = (moment_text(moment) if moment else "" for moment in moments)
    names, hidden = set(), False
    for field, name in record.named():
        hidden = hidden or is_hidden(record.form, field)
        names.add(name)
    keeper = str(record.get("keeper") or "")
    return Glance(
        record.id, record.state, created, latest, keeper, None if hidden else frozenset(names)
    )


def moment_text(moment: datetime) -> str:
    """A moment in UTC to the microsecond, so that texts are in the order of their moments."""
    return moment.astimezone(UTC).strftime(_TEXT).rjust(_LENGTH, "0")


Test = Callable[[Glance], bool]


def narrowing(query: Query, form: Form) -> list[Test]:
    """Tests that every record meets which a query means; none where a glance cannot tell.

    What it links to is found by a table of names instead (`Records`).
    """
    tests: list[Test] = []
    states = states_meant(query, form)
    if states != {*form.states}:
        tests.append(lambda glance: glance.state in states)
    if query.ids is not None:
        numbers = query.ids
        tests.append(lambda glance: glance.number in numbers)
    if query.keeper is not None:
        keeper = query.keeper
        tests.append(lambda glance: glance.keeper == keeper)
    if query.unit is not None:
        unit = query.unit
        tests.append(lambda g: g.number == unit or g.names is None or unit in g.names)
    for place, span in (("created", query.created), ("latest", query.changed)):
        if span is not None and (within := _within(span)) is not None:
            tests.append(_of(place, within))
    return tests


def _of(place: str, within: Callable[[str], bool]) -> Test:
    return lambda glance: within(getattr(glance, place))


def _within(span: Span) -> Callable[[str], bool] | None:
    """Whether a moment's text may lie in a span; None where the span's ends have no text."""
    try:
        begins, ends = (moment_text(m) if m else None for m in (span.begins, span.ends))
    except OverflowError:
        return None

    def within(text: str) -> bool:
        return text != "" and (begins is None or text >= begins) and (ends is None or text < ends)

    return within

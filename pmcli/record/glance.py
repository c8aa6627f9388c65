"""What is known of a record without its file: where it stands, not what anybody said or is called.

Nothing private is in it, no free text and nothing that was worked out: whoever wants more reads the
file. A query drops by it the records that cannot belong to its answer; the others are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

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


class Sheet:
    """What is known at a glance of some records, column by column.

    `plain` tells which of their files may be read lazily (pmcli.record.lazy). Which records name a
    number stands in one table, in the order of the records; those of which nobody knows which they
    name stand under the empty number.
    """

    def __init__(
        self,
        numbers: list[str],
        plain: list[bool],
        states: list[str],
        created: list[str],
        latest: list[str],
        keepers: list[str],
        naming: dict[str, list[int]],
    ) -> None:
        self.numbers, self.plain, self.states = numbers, plain, states
        self.created, self.latest, self.keepers = created, latest, keepers
        self.naming = naming

    @classmethod
    def of(cls, glances: Sequence[Glance], plain: Sequence[bool]) -> Sheet:
        """The sheet of some glances, each with whether its file is plain."""
        naming: dict[str, list[int]] = {}
        for place, glance in enumerate(glances):
            for name in (_ANYBODY,) if glance.names is None else sorted(glance.names):
                naming.setdefault(name, []).append(place)
        return cls(
            [glance.number for glance in glances],
            list(plain),
            [glance.state for glance in glances],
            [glance.created for glance in glances],
            [glance.latest for glance in glances],
            [glance.keeper for glance in glances],
            naming,
        )

    def columns(self) -> list[Any]:
        """All that it holds, for `Sheet(*columns)`: text, numbers, lists and one mapping."""
        return [
            self.numbers, self.plain, self.states, self.created, self.latest, self.keepers,
            self.naming,
        ]  # fmt: skip

    def places(self, query: Query, form: Form) -> Sequence[int]:
        """Where the records are that may belong to a query, in order: all that do, and few more."""
        found: Sequence[int] = range(len(self.numbers))
        if query.links_to is not None:
            found = self._may_name(query.links_to)
        if query.unit is not None:
            naming = {*self._may_name(query.unit)}
            found = [i for i in found if i in naming or self.numbers[i] == query.unit]
        states = states_meant(query, form)
        if states != {*form.states}:
            found = [i for i in found if self.states[i] in states]
        if query.ids is not None:
            found = [i for i in found if self.numbers[i] in query.ids]
        if query.keeper is not None:
            found = [i for i in found if self.keepers[i] == query.keeper]
        for column, span in ((self.created, query.created), (self.latest, query.changed)):
            if span is not None and (within := _within(span)) is not None:
                found = [i for i in found if within(column[i])]
        return found

    def _may_name(self, number: str) -> list[int]:
        return sorted([*self.naming.get(number, ()), *self.naming.get(_ANYBODY, ())])


_ANYBODY = ""
"""Stands for every number where nobody knows which are named."""


def _within(span: Span) -> Callable[[str], bool] | None:
    """Whether a moment's text may lie in a span; None where the span's ends have no text."""
    try:
        begins, ends = (moment_text(m) if m else None for m in (span.begins, span.ends))
    except OverflowError:
        return None

    def within(text: str) -> bool:
        return text != "" and (begins is None or text >= begins) and (ends is None or text < ends)

    return within

"""What may be asked of an office's records, as one value, and what a record alone answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from pmcli.dataclass import dataclass
from pmcli.form.field import FieldSpec
from pmcli.form.formula import Formula
from pmcli.form.model import Form
from pmcli.form.normal import folded
from pmcli.form.types import FieldType, Offers, shown_by
from pmcli.record.model import Record

Group = tuple[Any, ...]
"""The values that records of one group have in common, in the order in which they were asked."""


@dataclass(frozen=True)
class Span:
    """Moments from `begins` and before `ends`, both zoned; None leaves that side open.

    A day lies in it when its first moment does, in the zone of the span.
    """

    begins: datetime | None = None
    ends: datetime | None = None

    def __contains__(self, moment: object) -> bool:
        if isinstance(moment, date) and not isinstance(moment, datetime):
            edge = self.begins or self.ends
            moment = datetime.combine(moment, time.min, edge.tzinfo if edge else None)
        if not isinstance(moment, datetime):
            return False
        if self.begins is not None and moment < self.begins:
            return False
        return self.ends is None or moment < self.ends


def days(first: date | None, last: date | None, zone: tzinfo) -> Span:
    """From the first moment of a day to the end of another; None leaves a side open."""
    after = last + timedelta(days=1) if last is not None and last < date.max else None
    begins, ends = (
        datetime.combine(day, time.min, zone) if day is not None else None for day in (first, after)
    )
    return Span(begins, ends)


@dataclass(frozen=True)
class Query:
    """Which records are asked for, in which order, and how many at most.

    What is left as it is asks for nothing; what is given must all hold. Everything down to `text`
    is answered by a record alone; `due`, `incomplete` and `where` want the workflow.
    """

    forms: tuple[str, ...] | None = None
    """Their forms, in the order in which the records come; None for every form of the office."""
    work: bool | None = None
    """Whether their forms' open records are open work (`open_work` of a form)."""
    archive: bool | None = None
    """Whether their forms file people and homes (`archive` of a form)."""
    ids: frozenset[str] | None = None
    """Their numbers; a repository opens no other files."""
    states: tuple[str, ...] = ()
    open: bool | None = None
    """Whether they are in a state that is not final; what has no state yet is in none."""
    unit: str | None = None
    """The home that they are, or that one of their unit fields names."""
    keeper: str | None = None
    """Who has them now."""
    created: Span | None = None
    changed: Span | None = None
    """When the last event happened to them, of whatever kind."""
    dated: tuple[str, Span] | None = None
    """A field with a day or a moment, and the span in which it lies."""
    links_to: str | None = None
    """A number that a link or unit field names, of a record other than itself."""
    filled: tuple[str, ...] = ()
    """Fields that have a value."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Fields with what they hold; of several in a list or tuple one of them."""
    text: str | None = None
    """Words that all stand somewhere in what somebody wrote: texts, names, numbers, the body.

    Letters of either case and width count as one (`folded`). Words are looked for where a list may
    show them, so neither in private fields nor in what is masked, unless `reveal` is set.
    """
    reveal: bool = False
    due: Span | None = None
    """When the clock falls due that does so first; a record without a running one is in no span."""
    incomplete: bool = False
    """Only open ones that lack what their form's `new` demands."""
    where: Formula | None = None
    """A formula over the record; it sees `next_due`, `overdue` and `missing` too."""
    sort: tuple[str, ...] = ()
    """Fields, stamps, `next_due`, `final`; a dash before a name turns its order round.

    Records that lack a value come last either way; equal ones by form and file name.
    """
    limit: int | None = None

    @property
    def by_record(self) -> Query:
        """What a record alone can answer of it, in no order and without a limit."""
        return replace(self, due=None, incomplete=False, where=None, sort=(), limit=None)

    def admits(self, record: Record) -> bool:
        """Whether a record meets what a record alone can answer."""
        return all(test(record) for test in self.tests())

    def tests(self) -> list[Callable[[Record], bool]]:
        """What a record alone can answer, as one test for each thing asked."""
        return [
            _test(test, asked)
            for name, test in _TESTS.items()
            if (asked := getattr(self, name)) is not None
            and (name == "forms" or asked not in ((), {}))
        ] + ([_has_words(self.text, self.reveal)] if self.text is not None else [])


def open_work_naming(number: str) -> Query:
    """Open work of any form whose link or unit fields name a number."""
    return Query(work=True, open=True, links_to=number)


def states_meant(query: Query, form: Form) -> set[str]:
    """The states of a form in which a query's records are."""
    return {
        name
        for name in form.states
        if (not query.states or name in query.states)
        and query.open in (None, name in form.open_states)
    }


@dataclass(frozen=True)
class Link:
    """That a record of a form names another one, in some field."""

    form: str
    number: str
    field: str


def links_of(records: Iterable[Record], to: str) -> list[Link]:
    """The fields of some records that name a number, each once."""
    found = (
        Link(record.form.name, record.id, name)
        for record in records
        for name, number in record.named()
        if number == to
    )
    return list(dict.fromkeys(found))


def _test(test: Callable[[Record, Any], bool], asked: Any) -> Callable[[Record], bool]:
    return lambda record: test(record, asked)


def _of_unit(record: Record, unit: str) -> bool:
    kinds = ((name, record.form.value_type(name)) for name in record.values)
    names = (name for name, kind in kinds if kind is not None and kind.offers is Offers.UNITS)
    return record.id == unit or any(holds(record.get(name), unit) for name in names)


def _links(record: Record, number: str) -> bool:
    return record.id != number and number in record.links()


def holds(held: Any, wanted: Any) -> bool:
    """Whether a field holds a value, or one of several; a field of many holds each of its own."""
    if isinstance(wanted, (list, tuple)):
        return held in wanted
    return wanted in held if isinstance(held, list) else bool(held == wanted)


_TESTS: dict[str, Callable[[Record, Any], bool]] = {
    "forms": lambda record, forms: record.form.name in forms,
    "work": lambda record, asked: record.form.open_work == asked,
    "archive": lambda record, asked: record.form.archive == asked,
    "ids": lambda record, ids: record.id in ids,
    "states": lambda record, states: record.state in states,
    "open": lambda record, asked: (record.state in record.form.open_states) == asked,
    "unit": _of_unit,
    "keeper": lambda record, name: bool(record.get("keeper") == name),
    "created": lambda record, span: record.get("created_at") in span,
    "changed": lambda record, span: record.latest_at in span,
    "dated": lambda record, asked: record.get(asked[0]) in asked[1],
    "links_to": _links,
    "filled": lambda record, names: all(record.get(name) is not None for name in names),
    "values": lambda record, wanted: all(holds(record.get(n), v) for n, v in wanted.items()),
}


_KEYS = ("form", "state")


def _has_words(text: str, reveal: bool) -> Callable[[Record], bool]:
    words = folded(text).split()

    def test(record: Record) -> bool:
        if not _in(words, _written(record, reveal)):
            return False
        if reveal:
            return True
        from pmcli.record.masking import secrets_of

        return _in(words, _written(record, reveal, secrets_of([record]).masked))

    return test


def _in(words: Iterable[str], texts: Iterable[str]) -> bool:
    whole = folded("\n".join(texts))
    return all(word in whole for word in words)


def _as_written(text: str) -> str:
    return text


def _written(
    record: Record, reveal: bool, masked: Callable[[str], str] = _as_written
) -> Iterator[str]:
    """The texts of a record's values, without those of private fields and columns."""
    for name, value in record.values.items():
        spec = record.form.fields.get(name)
        if spec is None:
            kind = record.form.value_type(name)
            if kind is not None and kind.found_by and name not in _KEYS:
                yield str(value)
            continue
        if not spec.kind.rows:
            yield from _texts(spec, value, reveal, masked)
        elif reveal or not spec.private:
            for row in value or ():
                for column in spec.columns.values():
                    yield from _texts(column, row.get(column.name), reveal, masked)


def _texts(
    spec: FieldSpec, value: Any, reveal: bool, masked: Callable[[str], str]
) -> Iterator[str]:
    if value is not None and spec.kind.found_by and (reveal or not spec.private):
        texts = map(str, value if isinstance(value, list) else [value])
        yield from map(masked, texts) if spec.kind.free else texts


SortKey = tuple[int, Any]
"""Numbers and moments before texts."""
Worked = Callable[[Record], Any]


def in_order(
    records: Iterable[Record], sort: Sequence[str], worked_out: Mapping[str, Worked]
) -> list[Record]:
    """Records as `Query.sort` wants them; `worked_out` gives what is no value of a record."""
    found = list(records)
    for each in reversed(sort):
        name = each.removeprefix("-")
        value = worked_out.get(name) or _value(name)
        keyed = [(value(record), record) for record in found]
        filled = [
            (_sort_key(held, record.form.value_type(name)), record)
            for held, record in keyed
            if held is not None
        ]
        filled.sort(key=lambda pair: pair[0], reverse=each.startswith("-"))
        found = [record for _, record in filled]
        found += [record for held, record in keyed if held is None]
    return found


def _value(name: str) -> Worked:
    if name == "final":
        return lambda record: not record.open
    return lambda record: record.get(name)


def _sort_key(value: Any, kind: FieldType | None) -> SortKey:
    if not isinstance(value, list):
        value = shown_by(kind, value).order(value)
    if isinstance(value, (bool, int, Decimal)):
        return 0, value
    return 1, natural(str(value))


def natural(text: str) -> tuple[tuple[int, int | str], ...]:
    """Sort key in which 3-2-501 comes before 12-1-101 and A99 before A100."""
    parts = re.findall("[0-9]+|[^0-9]+", text)
    return tuple((0, int(part)) if part[0] in "0123456789" else (1, part) for part in parts)


DAY, MONTH = ":day", ":month"
"""End the name of a moment or a day by which records are counted."""


def tallied(records: Iterable[Record], group_by: Sequence[str], zone: tzinfo) -> Counter[Group]:
    """How many records have which values; a field that is not filled counts as None.

    `group_by` are names of fields, stamps and core fields, and `open`; days and months (`2026-03`)
    are those of `zone`. A list stands as a tuple.
    """
    return Counter(tuple(_grouped(record, name, zone) for name in group_by) for record in records)


def _grouped(record: Record, name: str, zone: tzinfo) -> Any:
    if name == "open":
        return record.open
    bare, _, part = name.partition(":")
    value = record.get(bare)
    if part and isinstance(value, datetime):
        value = value.astimezone(zone).date()
    if part == MONTH[1:] and isinstance(value, date):
        return f"{value:%Y-%m}"
    return _hashable(value)


def _hashable(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_hashable, value))
    return tuple(value.items()) if isinstance(value, dict) else value

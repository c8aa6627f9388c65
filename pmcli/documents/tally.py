"""Counts and rates over the records of a period."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pmcli.documents.page import Block, Heading, Table
from pmcli.documents.subject import Subject, value_of
from pmcli.form.expressions import evaluate
from pmcli.form.parts import Counts, Rates
from pmcli.record.model import Record

NO_RATE = "—"
"""What a rate over nothing reads as."""
_SCALES = {"%": (100, Decimal("0.1")), "‰": (1000, Decimal("0.01"))}


def counts(part: Counts, subject: Subject) -> list[Block]:
    """For each of the part's fields a table of how many records have which value, with totals."""
    return [_cross(name, part, subject) for name in subject.visible(part.fields)]


def _cross(name: str, part: Counts, subject: Subject) -> Table:
    say = subject.setting.say
    down = _values(name, subject)
    across = _values(part.across, subject) if part.across else []
    heads = [Heading(_corner(name, part.across, subject))]
    heads += [Heading(text, figures=True) for text in across]
    heads.append(Heading(say("paper_total"), figures=True))
    pairs = [(_at(r, name, subject), _at(r, part.across, subject)) for r in subject.chosen]
    rows = []
    for value in down:
        own = [second for first, second in pairs if first == value]
        rows.append((value, *(_figure(own.count(v), subject) for v in across),
                     _figure(len(own), subject)))  # fmt: skip
    seconds = [second for _first, second in pairs]
    totals = (*(_figure(seconds.count(v), subject) for v in across), _figure(len(pairs), subject))
    title = part.title.text(subject.setting.language) if part.title else ""
    return Table(tuple(heads), (*rows, (say("paper_total"), *totals)), title, totals=True)


def _corner(name: str, across: str | None, subject: Subject) -> str:
    return f"{subject.label(name)}＼{subject.label(across)}" if across else subject.label(name)


def _figure(count: int, subject: Subject) -> str:
    return "" if subject.blank else str(count)


def _at(record: Record, name: str | None, subject: Subject) -> str:
    setting = subject.setting
    text = value_of(record, name, setting.language, setting.act.zone) if name else ""
    return text or setting.say("paper_not_filled")


def _values(name: str, subject: Subject) -> list[str]:
    """A field's values in the form's order, then those that only records have."""
    language = subject.setting.language
    spec = subject.form.fields.get(name)
    known = [label.text(language) for label in spec.choices.values()] if spec else []
    if name == "state":
        known = [state.label.text(language) for state in subject.form.states.values()]
    held = {_at(record, name, subject) for record in subject.chosen}
    return [*known, *sorted(held - set(known))]


def rates(part: Rates, subject: Subject) -> list[Block]:
    """A table of rates, each with the two numbers it comes from."""
    setting = subject.setting
    heads = tuple(
        Heading(setting.say(f"paper_rate_{n}"), figures=n != "name")
        for n in ("name", "top", "bottom", "rate")
    )
    rows: list[tuple[str, ...]] = []
    for one in part.rates:
        cells: Sequence[str] = ("", "", one.unit)
        if not subject.blank:
            above = _number(evaluate(one.top, subject.scope))
            below = _number(evaluate(one.bottom, subject.scope))
            cells = (str(above), str(below), rate(above, below, one.unit))
        rows.append((one.label.text(setting.language), *cells))
    title = part.title.text(setting.language) if part.title else ""
    return [Table(heads, tuple(rows), title)]


def rate(top: Decimal, bottom: Decimal, unit: str) -> str:
    """A rate in `%` to one decimal or `‰` to two; a dash where the denominator is 0."""
    if not bottom:
        return NO_RATE
    scale, step = _SCALES[unit]
    return f"{(top * scale / bottom).quantize(step, ROUND_HALF_UP)}{unit}"


def _number(value: Any) -> Decimal:
    """A number, or how many a list has."""
    if isinstance(value, (int, float, Decimal)):
        return Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    return Decimal(sum(1 for _item in value or ()))

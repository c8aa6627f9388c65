"""Counts and rates over the records of a period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from pmcli.documents.page import Block, Heading, Table
from pmcli.documents.subject import Subject
from pmcli.form.expressions import evaluate
from pmcli.form.parts import Counts, Rates

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

NO_RATE = "—"
"""What a rate over nothing reads as."""
_SCALES = {"%": (100, Decimal("0.1")), "‰": (1000, Decimal("0.01"))}


def counts(part: Counts, subject: Subject) -> list[Block]:
    """For each of the part's fields a table of how many records have which value, with totals."""
    return [_cross(name, part, subject) for name in subject.visible(part.fields)]


def _cross(name: str, part: Counts, subject: Subject) -> Table:
    say = subject.setting.say
    pairs = _tally((name, part.across) if part.across else (name,), subject)
    down = _values(name, (pair[0] for pair in pairs), subject)
    across = _values(part.across, (pair[1] for pair in pairs), subject) if part.across else []
    heads = [Heading(_corner(name, part.across, subject))]
    heads += [Heading(text, figures=True) for text in across]
    heads.append(Heading(say("paper_total"), figures=True))
    rows = []
    for value in down:
        own = sum(count for pair, count in pairs.items() if pair[0] == value)
        cells = (_figure(pairs[value, v], subject) for v in across)
        rows.append((value, *cells, _figure(own, subject)))
    sums = (sum(count for pair, count in pairs.items() if pair[1] == v) for v in across)
    totals = (*(_figure(s, subject) for s in sums), _figure(pairs.total(), subject))
    title = part.title.text(subject.setting.language) if part.title else ""
    return Table(tuple(heads), (*rows, (say("paper_total"), *totals)), title, totals=True)


def _corner(name: str, across: str | None, subject: Subject) -> str:
    return f"{subject.label(name)}＼{subject.label(across)}" if across else subject.label(name)


def _figure(count: int, subject: Subject) -> str:
    return "" if subject.blank else str(count)


def _tally(names: tuple[str, ...], subject: Subject) -> Counter[tuple[str, ...]]:
    """How many of the records that were chosen read alike in some fields."""
    found: Counter[tuple[str, ...]] = Counter()
    setting = subject.setting
    if subject.asked is not None:
        groups = setting.lookup.count(subject.asked, names, setting.act)
        for group, count in groups.items():
            texts = (subject.reads(name, v) for name, v in zip(names, group, strict=True))
            found[tuple(text or setting.say("paper_not_filled") for text in texts)] += count
    return found


def _values(name: str, told: Iterable[str], subject: Subject) -> list[str]:
    """A field's values in the form's order, then those that only records have."""
    language = subject.setting.language
    spec = subject.form.fields.get(name)
    known = [label.text(language) for label in spec.choices.values()] if spec else []
    if name == "state":
        known = [state.label.text(language) for state in subject.form.states.values()]
    return [*known, *sorted(set(told) - set(known))]


def rates(part: Rates, subject: Subject) -> list[Block]:
    """A table of rates, each with the two numbers it comes from."""
    setting = subject.setting
    figures: tuple[Key, ...] = ("paper_rate_top", "paper_rate_bottom", "paper_rate_rate")
    heads = (
        Heading(setting.say("paper_rate_name")),
        *(Heading(setting.say(key), figures=True) for key in figures),
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

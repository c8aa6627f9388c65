"""Rows: tables with columns of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from pmcli.form import normal
from pmcli.form.days import parse_date
from pmcli.form.normal import Way
from pmcli.form.types.base import BadValue, FieldType, Spec, Surroundings, name_of, seen
from pmcli.form.types.registry import register
from pmcli.messages import Label, Sentence
from pmcli.patterns import regex

MOST_DAYS = 366
_DAYS = regex(r"(.*?)\s*(?:~|～|至|\.\.)\s*(.*)\Z")


def is_span(text: str) -> bool:
    """Whether a text is a range, as 2026-04-01~2026-04-07 is one of days."""
    return _DAYS.match(text) is not None


@register
class Rows(FieldType):
    """Rows, each a dict of its filled columns."""

    name = "rows"
    label = Sentence("type_rows")
    holds = list
    way = Way.FREE
    needs = "columns"
    metavar = "ROW"
    rows = True

    def parse(
        self, spec: Spec, text: str, around: Surroundings
    ) -> dict[str, Any] | list[dict[str, Any]]:
        """One row, `column=value,column=value`; a comma in a value is written `，` or `\\,`.

        Where a column spreads over days, `date=2026-04-01~2026-04-07` gives a row for each of them.
        """
        row: dict[str, Any] = {}
        spread: tuple[str, list[date]] | None = None
        given: set[str] = set()
        for piece, column, value in _cells(spec, text):
            if column is None:
                columns = list(spec.columns)
                raise BadValue(
                    Sentence("bad_row", field=name_of(spec), value=seen(piece), columns=columns)
                )
            if column.name in given:
                raise BadValue(Sentence("row_twice", field=name_of(spec), column=column.name))
            given.add(column.name)
            span = _DAYS.match(value) if column.spread else None
            if span is not None:
                spread = column.name, _days(spec, column, value, span)
                continue
            try:
                parsed = column.kind.read(column, value, around)
            except BadValue as bad:
                raise BadValue(_of_row(bad.sentence, spec, column)) from None
            if parsed is not None:
                row[column.name] = parsed
        filled = {*row, *([spread[0]] if spread else [])}
        missing = [c for c in spec.columns.values() if c.required and c.name not in filled]
        if missing:
            raise BadValue(
                Sentence(
                    "row_lacks",
                    field=name_of(spec),
                    value=seen(text),
                    columns=Label(
                        "、".join(f"{c.name}= {c.label.zh}" for c in missing),
                        ", ".join(f"{c.name}= ({c.label.en})" for c in missing),
                    ),
                )
            )
        if spread is not None:
            name, days = spread
            return [{c: {**row, name: day}[c] for c in spec.columns if c in filled} for day in days]
        return row


def _cells(spec: Spec, text: str) -> Iterator[tuple[str, Spec | None, str]]:
    """The cells of a row as typed, each with its column, None where there is none of that name.

    A column goes by its name or its label. A full-width comma parts cells where a column and its
    sign of equality follow; elsewhere it is a comma of the words.
    """
    known = {
        normal.folded(word): column
        for column in spec.columns.values()
        for word in (column.label.en, column.label.zh, column.name)
    }
    names = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    between = rf"(?<!\\),|，(?=\s*(?:{names})\s*[=＝])"
    for piece in re.split(between, text, flags=re.IGNORECASE):
        found = re.search("[=＝]", piece)
        if found is None:
            yield piece, None, ""
        else:
            value = piece[found.end() :].replace("\\,", ",")
            yield piece, known.get(normal.folded(piece[: found.start()])), value


def _days(spec: Spec, column: Spec, value: str, span: re.Match[str]) -> list[date]:
    """The days of a range; raises BadValue."""
    try:
        first, last = parse_date(span[1]), parse_date(span[2])
    except ValueError:
        sentence = Sentence("not_a_date", field=name_of(column), value=seen(value))
        raise BadValue(_of_row(sentence, spec, column)) from None
    count = (last - first).days + 1
    if not 0 < count <= MOST_DAYS:
        sentence = Sentence("too_long_a_span", field="", value=seen(value), limit=MOST_DAYS)
        raise BadValue(_of_row(sentence, spec, column))
    return [first + timedelta(days=day) for day in range(count)]


def _of_row(sentence: Sentence, spec: Spec, column: Spec) -> Sentence:
    """A sentence about a column, naming the option that the row was given with."""
    if "field" not in sentence.values:
        return sentence
    label = column.label
    field = Label(
        f"{spec.option} {column.name}= {label.zh}", f"{spec.option} {column.name}= {label.en}"
    )
    return Sentence(sentence.key, **{**sentence.values, "field": field})

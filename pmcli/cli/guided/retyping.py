"""What a field holds retyped: a value, one of several after another, or rows picked from a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pmcli.cli.guided.answers import ask_row, ask_several, change_row, row_typed
from pmcli.cli.guided.choosing import Candidate
from pmcli.cli.guided.picking import choose
from pmcli.cli.guided.question import Question, Room
from pmcli.cli.guided.summary import row_line
from pmcli.form.field import FieldSpec
from pmcli.form.values import parse_input
from pmcli.messages import Sentence
from pmcli.record.event import Row


def retype(spec: FieldSpec, room: Room, held: Any) -> list[str]:
    """Ask for a field with what it holds standing there, which Enter leaves as it is.

    Returns the texts as an option would give them, none where the field is to be empty. Rows come
    all of them, those alone that changed where pmcli has filled in some of their columns.
    """
    if spec.kind.rows:
        rows = list(held or ())
        return _filled_rows(spec, room, rows) if partly_filled(spec) else _rows(spec, room, rows)
    if spec.many and not spec.choices:
        return _several(spec, room, held or ())
    question = Question(spec, room, False)
    text = question.ask(question.standing(held), keeps=held is not None)
    return question.split(text) if text and spec.many else [text] if text else []


def partly_filled(spec: FieldSpec) -> bool:
    """Whether pmcli fills in some columns of rows known by a key: they are never written anew."""
    return bool(spec.key) and any(column.auto for column in spec.columns.values())


def _several(spec: FieldSpec, room: Room, held: Sequence[Any]) -> list[str]:
    single = replace(spec, many=False)
    questions = ((Question(single, room, False), item) for item in held)
    texts = [question.ask(question.standing(item), keeps=True) for question, item in questions]
    return [text for text in texts if text] + ask_several(spec, room, False, more=bool(held))


def _rows(spec: FieldSpec, room: Room, rows: list[Row]) -> list[str]:
    """Rows changed, taken out by emptying their first column, and added, until Enter."""
    while chosen := _choose_rows(spec, room, rows, more=True):
        changed: dict[int, list[Row]] = {}
        for place in chosen:
            held = rows[place] if place < len(rows) else None
            changed[place] = _parsed(spec, room, ask_row(spec, room, False, place + 1, held))
        after = [changed.get(place, [row]) for place, row in enumerate(rows)]
        rows = [row for some in (*after, changed.get(len(rows), [])) for row in some]
    return [row_typed(spec, row) for row in rows]


def _filled_rows(spec: FieldSpec, room: Room, rows: list[Row]) -> list[str]:
    """The rows that a person has changed in the columns that are theirs to fill."""
    texts: dict[int, str] = {}
    while chosen := _choose_rows(spec, room, rows, more=False):
        for place in chosen:
            texts[place] = change_row(spec, room, rows[place])
            for cells in _parsed(spec, room, texts[place]):
                rows[place] = {**rows[place], **cells}
    return list(texts.values()) or [row_typed(spec, row) for row in rows]


def _parsed(spec: FieldSpec, room: Room, text: str) -> list[Row]:
    """What is typed for a row; several where a column spreads over days."""
    parsed = parse_input(spec, text, room.around) if text else []
    return parsed if isinstance(parsed, list) else [parsed]


def _choose_rows(spec: FieldSpec, room: Room, rows: Sequence[Row], more: bool) -> list[int]:
    titles = [row_line(spec, row, room.language) for row in rows]
    titles += [room.say("retype_one_more")] if more else []
    candidates = [Candidate(str(n), title=title) for n, title in enumerate(titles, 1)]
    label = Sentence("retype_rows", field=spec.label)
    return choose(label, candidates, room.language)

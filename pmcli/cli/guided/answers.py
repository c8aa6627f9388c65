"""One field asked for: a value, several after another, or rows column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pmcli.cli.guided import prompt
from pmcli.cli.guided.question import Question, Room
from pmcli.form.field import FieldSpec
from pmcli.form.values import BadValue, display, parse_input
from pmcli.messages import Label, Sentence
from pmcli.problems import Problem
from pmcli.record.event import Row
from pmcli.workflow.edited_values import typed as as_typed
from pmcli.workflow.inputs import row_key


def ask_field(
    spec: FieldSpec, room: Room, must: bool, typed: Sequence[str] = (), held: Any = None
) -> list[str]:
    """Ask for a field until the answer is one that the command line would take.

    Returns the texts as an option would give them, none where a field that need not be given is
    left empty. `typed` is what was given before, `held` what the record holds.
    """
    if spec.kind.rows:
        return _ask_rows(spec, room, must, typed, held)
    if spec.many and not spec.choices:
        return ask_several(spec, room, must)
    question = Question(spec, room, must)
    text = question.ask("、".join(typed))
    return question.split(text) if spec.many else [text] if text else []


def ask_several(spec: FieldSpec, room: Room, must: bool, more: bool = False) -> list[str]:
    """One value after another until an empty answer; `more` where there are some already."""
    single = replace(spec, many=False)
    texts: list[str] = []
    while True:
        text = Question(single, room, must and not texts, another=more or bool(texts)).ask()
        if not text:
            return texts
        texts.append(text)


def _ask_rows(
    spec: FieldSpec, room: Room, must: bool, typed: Sequence[str], held: Any
) -> list[str]:
    """Rows that the record holds are filled up; then one more after another until an empty one.

    Of rows in which pmcli itself has filled a column there are no more than it has made.
    """
    ours = bool(spec.key and held) and any(column.auto for column in spec.columns.values())
    prompt.tell(Sentence("ask_rows_held" if ours else "ask_rows", field=spec.label))
    texts = _held_rows(spec, room, typed, held) if spec.key and held else []
    if ours:
        while must and not texts:
            prompt.tell_wrong([Sentence("ask_needed", field=spec.label)])
            texts = _held_rows(spec, room, typed, held)
        return texts
    while True:
        row = ask_row(spec, room, must and not texts, len(texts) + 1)
        if not row:
            return texts
        texts.append(row)


def _held_rows(spec: FieldSpec, room: Room, typed: Sequence[str], held: Any) -> list[str]:
    """What rows lack is asked for, with what was typed for them before standing there."""
    before = [parse_input(spec, text, room.around) for text in typed]
    texts = []
    for row in held:
        lacking = [c for c in spec.columns.values() if row.get(c.name) is None and not c.auto]
        if not lacking:
            continue
        known = [
            f"{c.label.text(room.language)} {display(row[c.name], c, room.language)}"
            for c in spec.columns.values()
            if row.get(c.name) is not None
        ]
        prompt.tell(Sentence("ask_row_held", row=known))
        earlier: dict[str, Any] = next(
            (b for b in before if row_key(spec, b) == row_key(spec, row)), {}
        )
        given = {}
        for column in (c for c in _in_turn(spec) if c in lacking):
            question = Question(column, room, column.required, in_row=True)
            text = question.ask(question.standing(earlier.get(column.name)))
            if text:
                given[column.name] = text
        if given:
            texts.append(row_text({**_key_of(spec, row), **given}))
    return texts


def change_row(spec: FieldSpec, room: Room, held: Row) -> str:
    """A row's cells that a person may fill retyped; its key says which row they belong to."""
    given = _key_of(spec, held)
    for column in _in_turn(spec):
        if not column.auto and column.name not in spec.key:
            cell = held.get(column.name)
            text = _cell(Question(column, room, cell is not None, in_row=True), cell)
            if text:
                given[column.name] = text
    return row_text(given)


def row_typed(spec: FieldSpec, row: Row) -> str:
    """A row that is held as it would be typed, without what pmcli fills in."""
    columns = [c.name for c in spec.columns.values() if not c.auto and row.get(c.name) is not None]
    return row_text({name: as_typed(row[name]) for name in columns})


def _in_turn(spec: FieldSpec) -> list[FieldSpec]:
    """The columns as they are asked for, those that a row must have first."""
    return sorted(spec.columns.values(), key=lambda column: not column.required)


def _key_of(spec: FieldSpec, row: Row) -> dict[str, str]:
    return {name: as_typed(row[name]) for name in spec.key if name in row}


def ask_row(spec: FieldSpec, room: Room, must: bool, number: int, held: Row | None = None) -> str:
    """One row as the command line takes it; empty when its first column is left empty.

    What a row held stands there to be corrected.
    """
    held = held or {}
    columns = [c for c in _in_turn(spec) if not c.auto]
    while True:
        given: dict[str, str] = {}
        for index, column in enumerate(columns):
            label = column.label
            named = replace(column, label=_numbered(label, number) if not index else label)
            needed = must if not index else column.required
            text = _cell(Question(named, room, needed, in_row=True), held.get(column.name))
            if not text and not index:
                return ""
            if text:
                given[column.name] = text
        row = row_text(given)
        try:
            parse_input(spec, row, room.around)
        except BadValue as bad:
            prompt.tell_wrong([bad.sentence])
            continue
        except Problem as problem:
            prompt.tell_wrong(problem.sentences)
            continue
        return row


def _cell(question: Question, held: Any) -> str:
    return question.ask(question.standing(held), keeps=held is not None)


def _numbered(label: Label, number: int) -> Label:
    return replace(label, zh=f"{number}. {label.zh}", en=f"{number}. {label.en}")


def row_text(given: dict[str, str]) -> str:
    """A row as it is written on the command line."""
    return ",".join(f"{name}={text.replace(',', chr(92) + ',')}" for name, text in given.items())

"""What is about to be done, shown before it is: the answers, numbered and aligned."""

from __future__ import annotations

from collections.abc import Sequence

from pmcli.cli.guided import prompt
from pmcli.cli.guided.picking import Entry
from pmcli.cli.guided.question import Room
from pmcli.cli.line import output
from pmcli.documents.columns import terminal_columns
from pmcli.form.field import FieldSpec
from pmcli.form.values import display
from pmcli.messages import Sentence, Speakable
from pmcli.problems import Unmet
from pmcli.record.event import Row
from pmcli.workflow.engine import Outcome
from pmcli.workflow.inputs import Given, parse_given


def summary(entries: Sequence[Entry], given: Given, room: Room) -> list[str]:
    """The answers, numbered and aligned."""
    columns = prompt.columns()
    labels = [entry.spec.label.text(room.language) for entry in entries]
    gap = min(max((terminal_columns(text) for text in labels), default=0), 26)
    lines = []
    for number, (entry, label) in enumerate(zip(entries, labels, strict=True), 1):
        wrapped = [
            line
            for text in _displayed(entry, given, room)
            for line in output.wrap(text, max(columns - gap - 7, 20))
        ]
        head = f"{number:>3} {output.pad(output.shorten(label, gap), gap)}"
        lines.append(f"{head}  {wrapped[0]}")
        lines += [" " * (gap + 6) + line for line in wrapped[1:]]
    return lines


def _displayed(entry: Entry, given: Given, room: Room) -> list[str]:
    """What was given for an input, as a person reads it."""
    spec = entry.spec
    texts = {entry.name: given[entry.name]}
    parsed = parse_given(entry.form, [entry.name], texts, room.act, room.store.records)
    value = parsed.get(entry.name)
    if not spec.kind.rows or not value:
        return [display(value, spec, room.language)]
    return [row_line(spec, row, room.language) for row in value]


def row_line(spec: FieldSpec, row: Row, language: str) -> str:
    """A row with its columns' labels, on one line."""
    return "  ".join(
        f"{c.label.text(language)} {display(row[c.name], c, language)}"
        for c in spec.columns.values()
        if row.get(c.name) is not None
    )


def foreseen(outcome: Outcome) -> list[Speakable]:
    """What the step will come to: the form's own hints, the state, records made besides."""
    main = outcome.main
    found: list[Speakable] = [w for w in outcome.warnings if isinstance(w, Unmet)]
    made = [d.form.title for d in outcome.drafts if d is not main and d.original is None]
    state = main.form.states[str(main.values["state"])].label
    found.append(Sentence("ask_becomes", state=state))
    if made:
        found.append(Sentence("ask_makes", forms=list(dict.fromkeys(made))))
    return found

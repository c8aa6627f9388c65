"""One record as a page for the terminal, and its history as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from pmcli.cli.line import output
from pmcli.cli.showing.events import remarks, state_after, step_label
from pmcli.dataclass import dataclass
from pmcli.disclosure.view import Told, View
from pmcli.documents.columns import terminal_columns
from pmcli.form.field import FieldSpec
from pmcli.form.model import CORE_FIELDS
from pmcli.form.values import display
from pmcli.messages import Label, Sentence
from pmcli.problems import NextStep

if TYPE_CHECKING:
    from pmcli.messages.keys import Key


@dataclass(frozen=True)
class Deadline:
    """A clock that runs: its name and label, when it is due, whether that is past."""

    name: str
    label: Label
    at: datetime
    overdue: bool

    @property
    def said(self) -> Sentence:
        """The clock as a sentence."""
        key: Key = "clock_overdue" if self.overdue else "clock_runs"
        return Sentence(key, clock=self.label, due=f"{self.at:%Y-%m-%d %H:%M}")


@dataclass(frozen=True)
class Standing:
    """Where a record stands: fields that are missing, clocks that run, steps that are legal."""

    missing: tuple[str, ...]
    deadlines: Sequence[Deadline]
    steps: Sequence[NextStep]


def page(view: View, standing: Standing, language: str) -> list[str]:
    """A record as lines for the terminal: fields, text, clocks, steps, history."""
    columns = output.width() or 80
    title = f"{view.form.title.text(language)}  {view.id}  {view.state.label.text(language)}"
    lines = [title, "─" * min(columns, 60), *_fields(view, columns, language)]
    if view.form.body_field is None and view.body.strip():
        lines += ["", *output.wrap(view.body.strip(), columns)]
    lines += _standing(view, standing, language)
    return [*lines, "", *_history(view, language)]


def _fields(view: View, columns: int, language: str) -> list[str]:
    form = view.form
    shown = [n for n in (*list(CORE_FIELDS)[3:], *form.fields) if view.get(n) is not None]
    labels = {n: form.label_of(n).text(language) for n in shown}
    gap = min(max((terminal_columns(text) for text in labels.values()), default=0), 24)
    lines: list[str] = []
    for name in shown:
        spec = form.fields.get(name)
        if spec is not None and spec.kind.rows:
            lines.append(labels[name] + Label("：", ":").text(language))
            lines += _rows(view, spec, columns, language)
            continue
        wrapped = output.wrap(view.text(name, language), max(columns - gap - 2, 20))
        lines.append(f"{output.pad(labels[name], gap)}  {wrapped[0]}")
        lines += [" " * (gap + 2) + more for more in wrapped[1:]]
    return lines


def _rows(view: View, spec: FieldSpec, columns: int, language: str) -> list[str]:
    heads = [c.label.text(language) for c in spec.columns.values()]
    rows = [
        [display(row.get(c.name), c, language) for c in spec.columns.values()]
        for row in view.get(spec.name)
    ]
    return ["  " + text for text in output.aligned(heads, rows, columns - 2)]


def _standing(view: View, standing: Standing, language: str) -> list[str]:
    lines: list[str] = []
    if standing.missing:
        names = [view.form.label_of(n) for n in standing.missing]
        lines += ["", Sentence("incomplete", fields=names).text(language)]
    lines += [deadline.said.text(language) for deadline in standing.deadlines]
    if view.open and standing.steps:
        steps = output.steps_text(standing.steps, language)
        lines.append(Sentence("next_steps", steps=steps).text(language))
    return lines


def _history(view: View, language: str) -> list[str]:
    heads: tuple[Key, ...] = (
        "history_at",
        "history_by",
        "history_command",
        "history_to",
        "history_note",
    )
    rows = []
    for event, changes in view.history:
        rows.append([
            f"{event.at:%Y-%m-%d %H:%M}" if event.at else "",
            event.by,
            step_label(view, event, language),
            state_after(view, event, language),
            remarks(view, event, changes, language),
        ])  # fmt: skip
    return _table(heads, rows, language).split("\n")


def proved_history(view: View, proofs: Sequence[tuple[Told, str | None]], language: str) -> str:
    """Events as a table, each with the commit that proves it, if any."""
    heads: tuple[Key, ...] = (
        "history_at",
        "history_by",
        "history_command",
        "history_to",
        "history_commit",
        "history_note",
    )
    rows = []
    for (event, changes), commit in proofs:
        when = f"{event.at:%Y-%m-%d %H:%M}" if event.at else ""
        if event.typed_at:
            when += Sentence("typed_later", typed=f"{event.typed_at:%m-%d %H:%M}").text(language)
        rows.append([
            when,
            event.by,
            step_label(view, event, language),
            state_after(view, event, language),
            commit[:8] if commit else "",
            remarks(view, event, changes, language),
        ])  # fmt: skip
    return _table(heads, rows, language)


def _table(heads: Sequence[Key], rows: Sequence[Sequence[str]], language: str) -> str:
    said = [Sentence(key).text(language) for key in heads]
    return "\n".join(output.aligned(said, rows, output.width(), wrap_last=True))

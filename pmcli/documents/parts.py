"""The parts of a layout, each turned into blocks of a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime

from pmcli.documents import listing, tally
from pmcli.documents.page import Block, Box, Cell, Grid, Heading, Paragraph, Signatures, Table
from pmcli.documents.subject import Setting, Subject, shown
from pmcli.form.expressions import evaluate, render
from pmcli.form.model import FieldSpec, Form, Part
from pmcli.form.values import display
from pmcli.messages import Label
from pmcli.record.model import Record, RecordView

PEN_LINES = 3
"""Height of an empty box that a pen will fill."""
NARROW_CHOICES = 3
"""More choices than these take the full width of an empty form."""
LINKED_CHANGES = frozenset({"update"})
"""Entries of a history that are no step of its record."""
_GAP = re.compile(r"\{\{.*?\}\}", re.DOTALL)


def blocks_of(subject: Subject) -> tuple[Block, ...]:
    """The blocks of a page, in the layout's order; an empty form has every part."""
    blocks: list[Block] = []
    for part in subject.layout.parts:
        if part.when is None or subject.blank or evaluate(part.when, subject.scope):
            blocks += PARTS[part.kind](part, subject)
    return tuple(blocks)


def _title(part: Part, subject: Subject) -> str:
    return part.title.text(subject.setting.language) if part.title else ""


def _fields(part: Part, subject: Subject) -> list[Block]:
    columns = max(1, min(part.columns, 3))
    rows: list[tuple[Cell, ...]] = []
    row: list[Cell] = []
    for name in subject.visible(part.fields):
        spec = subject.form.fields.get(name)
        value = _to_fill(subject, name, spec) if subject.blank else subject.shown(name)
        span = columns if _wide(spec, subject.blank) else 1
        if row and sum(cell.span for cell in row) + span > columns:
            rows.append(_filled(row, columns))
            row = []
        row.append(Cell(subject.label(name), value, span))
    if row:
        rows.append(_filled(row, columns))
    return [Grid(columns, tuple(rows), _title(part, subject))] if rows else []


def _filled(row: list[Cell], columns: int) -> tuple[Cell, ...]:
    """A row whose last cell takes the room that is left."""
    last = row[-1]
    free = columns - sum(cell.span for cell in row)
    return (*row[:-1], Cell(last.label, last.value, last.span + free))


def _wide(spec: FieldSpec | None, blank: bool) -> bool:
    if spec is None:
        return False
    ticked = blank and len(spec.choices) > NARROW_CHOICES
    return spec.wide or spec.type == "longtext" or ticked


def _to_fill(subject: Subject, name: str, spec: FieldSpec | None) -> str:
    """What an empty form shows in a field's place: boxes to tick, a date's words, or nothing."""
    language = subject.setting.language
    if spec is not None and spec.choices:
        boxes = (subject.setting.say("paper_tick", choice=c) for c in spec.choices.values())
        return Label("　", "  ").text(language).join(boxes)
    kind = subject.form.value_type(name)
    if kind in ("flag", "date", "datetime"):
        return subject.setting.say(f"paper_blank_{kind}")
    return subject.setting.say("paper_blank_money") if kind == "money" else ""


def _text(part: Part, subject: Subject) -> list[Block]:
    blocks: list[Block] = []
    for name in subject.visible(part.fields):
        text = subject.shown(name).strip("\n")
        label = _title(part, subject) or subject.label(name)
        blocks.append(Box(label, text, PEN_LINES if subject.awaits_pen and not text else 1))
    return blocks


def _rows(part: Part, subject: Subject) -> list[Block]:
    return [_rows_table(part, subject, name) for name in subject.visible(part.fields)]


def _rows_table(part: Part, subject: Subject, name: str) -> Block:
    spec = subject.form.fields[name]
    setting = subject.setting
    columns = [c for c in spec.columns.values() if not (subject.hides and c.private)]
    held = (subject.record.get(name) if subject.record else None) or []
    rows = [
        tuple(shown(row.get(c.name), c, setting.language, setting.act.zone) for c in columns)
        for row in held
    ]
    if not rows and subject.awaits_pen:
        rows = [("",) * len(columns)] * part.blank_rows
    heads = tuple(
        Heading(c.label.text(setting.language), c.type in ("integer", "money")) for c in columns
    )
    title = _title(part, subject) or subject.label(name)
    return Table(heads, tuple(rows) or listing.nothing(heads, setting.say("paper_none")), title)


def _steps(part: Part, subject: Subject) -> list[Block]:
    say = subject.setting.say
    heads = tuple(Heading(say(f"paper_step_{n}")) for n in ("name", "who", "when", "since"))
    wanted = [name for name in part.fields if name != "all"]
    if subject.record is not None:
        rows = tuple(_step_rows(subject.record, wanted, subject))
    elif wanted:
        rows = tuple((_step_label(subject.form, n, subject), "", "", "") for n in wanted)
    else:
        rows = (("", "", "", ""),) * part.blank_rows
    return [Table(heads, rows, _title(part, subject) or say("paper_steps"))]


def _step_rows(
    record: Record, wanted: list[str], subject: Subject
) -> Iterable[tuple[str, str, str, str]]:
    setting = subject.setting
    before: datetime | None = None
    for row in record.history:
        command, at = str(row.get("command", "")), row.get("at")
        if (command not in wanted) if wanted else (command in LINKED_CHANGES):
            continue
        label = _step_label(record.form, command, subject)
        if row.get("reason") and not subject.hides:
            label = setting.say("paper_step_because", step=label, reason=row["reason"])
        since = _elapsed(before, at, setting) if before and at else ""
        when = display(at.astimezone(setting.act.zone) if at else None, None, setting.language)
        yield label, str(row.get("by", "")), when, since
        before = at or before


def _step_label(form: Form, command: str, subject: Subject) -> str:
    if command in form.transitions:
        return form.transitions[command][0].label.text(subject.setting.language)
    return subject.setting.say("history_import") if command == "import" else command


def _elapsed(start: datetime, end: datetime, setting: Setting) -> str:
    """How long something took, in its two largest units."""
    minutes = max(0, int((end - start).total_seconds() // 60))
    hours, days = minutes // 60, minutes // (24 * 60)
    if days:
        return setting.say("elapsed_days", days=days, hours=hours % 24)
    if hours:
        return setting.say("elapsed_hours", hours=hours, minutes=minutes % 60)
    return setting.say("elapsed_minutes", minutes=minutes)


def _paragraph(part: Part, subject: Subject) -> list[Block]:
    if part.template is None:
        return []
    language = subject.setting.language
    if subject.blank:
        text = _GAP.sub("________", part.template.label.text(language))
    else:
        text = render(part.template, subject.scope).text(language)
    return [Paragraph(text.strip(), _title(part, subject))]


def _signatures(part: Part, subject: Subject) -> list[Block]:
    labels = tuple(label.text(subject.setting.language) for label in part.labels)
    return [Signatures(labels, subject.setting.say("paper_sign_date"))]


def _records(part: Part, subject: Subject) -> list[Block]:
    found: list[Record] = []
    if not subject.blank:
        views = evaluate(part.formula, subject.scope) if part.formula else subject.scope["it"]
        held = (view.record for view in views or () if isinstance(view, RecordView))
        found = [record for record in held if record is not None]
    table = listing.table(part, found, subject)
    return [table] if table is not None else []


def _counts(part: Part, subject: Subject) -> list[Block]:
    return tally.counts(part, subject)


def _rates(part: Part, subject: Subject) -> list[Block]:
    return tally.rates(part, subject)


PARTS: dict[str, Callable[[Part, Subject], list[Block]]] = {
    "fields": _fields,
    "text": _text,
    "rows": _rows,
    "steps": _steps,
    "paragraph": _paragraph,
    "signatures": _signatures,
    "records": _records,
    "counts": _counts,
    "rates": _rates,
}
"""What each kind of part (pmcli/form/paper.py) becomes."""

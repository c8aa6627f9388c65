"""The parts of a layout, each turned into blocks of a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from pmcli.documents import listing, tally
from pmcli.documents.columns import columns_of
from pmcli.documents.page import (
    Block,
    Box,
    Calendar,
    Cell,
    Grid,
    Heading,
    Line,
    Paragraph,
    Prose,
    ProseTable,
    Run,
    Signatures,
    Table,
)
from pmcli.documents.subject import Setting, Subject, shown
from pmcli.form import parts as forms
from pmcli.form.expressions import evaluate, render
from pmcli.form.field import FieldSpec
from pmcli.form.model import Form
from pmcli.form.part import Part
from pmcli.form.values import display
from pmcli.messages import Label
from pmcli.patterns import regex
from pmcli.record.event import CALLED, Event, Kind
from pmcli.record.model import Record, RecordView

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

PEN_LINES = 3
"""Height of an empty box that a pen will fill."""
NARROW_CHOICES = 3
"""More choices than these take the full width of an empty form."""
_GAP = regex(r"\{\{.*?\}\}", re.DOTALL)


_Part = TypeVar("_Part", bound=Part)
_Builder = Callable[[_Part, Subject], list[Block]]
BUILDERS: dict[type[Part], Callable[[Any, Subject], list[Block]]] = {}
"""What makes blocks of each part (pmcli/form/parts.py)."""


def builds(kind: type[_Part]) -> Callable[[_Builder[_Part]], _Builder[_Part]]:
    """Say that a function makes the blocks of a part."""

    def known(builder: _Builder[_Part]) -> _Builder[_Part]:
        BUILDERS[kind] = builder
        return builder

    return known


def blocks_of(subject: Subject) -> tuple[Block, ...]:
    """The blocks of a page, in the layout's order; an empty form has every part."""
    blocks: list[Block] = []
    for part in subject.layout.parts:
        stands = part.on_blank if subject.blank else _holds(part, subject)
        if stands:
            blocks += BUILDERS[type(part)](part, subject)
    return tuple(blocks)


def _holds(part: Part, subject: Subject) -> bool:
    return part.when is None or bool(evaluate(part.when, subject.scope))


def _title(part: Part, subject: Subject) -> str:
    return part.title.text(subject.setting.language) if part.title else ""


@builds(forms.Fields)
def _fields(part: forms.Fields, subject: Subject) -> list[Block]:
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
    return spec.wide or spec.kind.lines or ticked


def _to_fill(subject: Subject, name: str, spec: FieldSpec | None) -> str:
    """What an empty form shows in a field's place: boxes to tick, a date's words, or nothing."""
    language = subject.setting.language
    if spec is not None and spec.choices:
        boxes = (subject.setting.say("paper_tick", choice=c) for c in spec.choices.values())
        return Label("　", "  ").text(language).join(boxes)
    kind = subject.form.value_type(name)
    return kind.blank.text(language) if kind is not None and kind.blank is not None else ""


@builds(forms.Text)
def _text(part: forms.Text, subject: Subject) -> list[Block]:
    blocks: list[Block] = []
    for name in subject.visible(part.fields):
        text = subject.shown(name).strip("\n")
        if subject.form.templates is not None and subject.form.fields[name].body:
            from pmcli.documents.prose import plain

            text = plain(text)
        label = _title(part, subject) or subject.label(name)
        blocks.append(Box(label, text, PEN_LINES if subject.awaits_pen and not text else 1))
    return blocks


@builds(forms.Rows)
def _rows(part: forms.Rows, subject: Subject) -> list[Block]:
    return [_rows_table(part, subject, name) for name in subject.visible(part.fields)]


def _rows_table(part: forms.Rows, subject: Subject, name: str) -> Block:
    spec = subject.form.fields[name]
    setting = subject.setting
    public = [c for c in spec.columns.values() if not (subject.hides and c.private)]
    beneath = [c for c in public if c.name in part.beneath]
    shows = [n for n in part.show or spec.columns if n not in part.beneath]
    columns = [c for n in shows for c in public if c.name == n]
    held = (subject.record.get(name) if subject.record else None) or []
    if part.where is not None:
        held = [row for row in held if evaluate(part.where, subject.scope | {"it": row})]
    if part.tight and held:
        columns = [c for c in columns if any(row.get(c.name) is not None for row in held)]
    main = next((c for c in columns if c.kind.lines), columns[-1] if columns else None)
    rows = [
        tuple(_in_row(row, c, beneath if c is main else [], part, setting) for c in columns)
        for row in held
    ]
    to_fill = not rows and (subject.blank or (subject.awaits_pen and part.where is None))
    if to_fill:
        rows = [("",) * len(columns)] * part.blank_rows
        source = spec.columns.get(part.blank_from or "")
        source = source or subject.form.fields.get(part.blank_from or "")
        if source is not None:
            rest = ("",) * (len(columns) - 1)
            rows = [(label.text(setting.language), *rest) for label in source.choices.values()]
    heads = tuple(_heading(c, setting) for c in columns)
    title = _title(part, subject) or subject.label(name)
    rows = rows or list(listing.nothing(heads, setting.say("paper_none")))
    return Table(heads, tuple(rows), title, tight=part.tight, to_fill=to_fill)


@builds(forms.Cards)
def _cards(part: forms.Cards, subject: Subject) -> list[Block]:
    """A card for each row, with the columns and the record's fields that `show` names."""
    blocks: list[Block] = []
    for name in subject.visible(part.fields):
        spec, setting = subject.form.fields[name], subject.setting
        held = (subject.record.get(name) if subject.record else None) or []
        for row in [{}] * part.blank_rows if subject.blank else held:
            cells = []
            for shows in subject.visible(part.show or spec.columns):
                column = spec.columns.get(shows)
                if column is None:
                    cells.append(Cell(subject.label(shows), subject.shown(shows)))
                elif not (subject.hides and column.private):
                    text = shown(row.get(shows), column, setting.language, setting.act.zone)
                    cells.append(Cell(column.label.text(setting.language), text))
            title = _title(part, subject) or subject.label(name)
            blocks.append(Grid(1, tuple((cell,) for cell in cells), title, card=True))
    return blocks


def _heading(column: FieldSpec, setting: Setting) -> Heading:
    """A column's head, with the room that values of its kind want."""
    language = setting.language
    choices = [columns_of(label.text(language)) for label in column.choices.values()]
    room = max(choices, default=column.kind.room)
    return Heading(column.label.text(language), column.kind.figures, room)


def _in_row(
    row: Mapping[str, Any],
    column: FieldSpec,
    beneath: list[FieldSpec],
    part: forms.Rows,
    setting: Setting,
) -> str:
    """A cell with what stands beneath its text; a tight table has times without their year."""
    language, zone = setting.language, setting.act.zone
    value = row.get(column.name)
    text = shown(value, column, language, zone)
    if part.tight and isinstance(value, datetime):
        text = text[5:]
    more = [(c.label.text(language), shown(row.get(c.name), c, language, zone)) for c in beneath]
    line = Label("　", "  ").text(language).join(f"{label} {held}" for label, held in more if held)
    return f"{text}\n{line}".strip("\n") if line else text


@builds(forms.Calendar)
def _calendar(part: forms.Calendar, subject: Subject) -> list[Block]:
    """The rows of a rows field laid out by day; a mark is the first letter of its label."""
    rows_name, day, mark = part.rows, part.day, part.mark
    setting, spec = subject.setting, subject.form.fields[rows_name]
    language = setting.language
    held = (subject.record.get(rows_name) if subject.record else None) or []
    days = evaluate(part.days, subject.scope) if part.days and not subject.blank else None
    days = list(days or range(1, 32))
    lines: dict[tuple[str, ...], dict[object, str]] = {}
    used: dict[str, str] = {}
    for row in held:
        names = tuple(display(row.get(name), spec.columns[name], language) for name in part.down)
        word = display(row.get(mark), spec.columns[mark], language)
        used[word] = word[:1].upper()
        marks = lines.setdefault(names, {})
        marks[row.get(day)] = marks.get(row.get(day), "") + used[word]
    rows = (
        tuple(
            (names, tuple(marks.get(one, "") for one in days))
            for names, marks in sorted(lines.items())
        )
        or ((("",) * len(part.down), ("",) * len(days)),) * part.blank_rows
    )
    heads = tuple(spec.columns[name].label.text(language) for name in part.down)
    weekdays = setting.say("paper_weekdays").split()
    shown_days = tuple(
        (str(one), "") if isinstance(one, int) else (str(one.day), weekdays[one.weekday()])
        for one in days
    )
    legend = Label("　", "  ").text(language).join(f"{v} {k}" for k, v in used.items())
    return [Calendar(heads, shown_days, rows, _title(part, subject), legend)]


@builds(forms.Steps)
def _steps(part: forms.Steps, subject: Subject) -> list[Block]:
    say = subject.setting.say
    keys: tuple[Key, ...] = (
        "paper_step_name",
        "paper_step_who",
        "paper_step_when",
        "paper_step_since",
    )
    heads = tuple(Heading(say(key)) for key in keys)
    wanted = list(part.steps)
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
    for event in record.history:
        at = event.at
        if (event.command not in wanted) if wanted else (event.kind in (Kind.LINK, Kind.MEND)):
            continue
        label = _event_label(record.form, event, subject)
        if event.reason and not subject.hides:
            label = setting.say("paper_step_because", step=label, reason=event.reason)
        since = _elapsed(before, at, setting) if before and at else ""
        when = display(at.astimezone(setting.act.zone) if at else None, None, setting.language)
        yield label, event.by, when, since
        before = at or before


def _event_label(form: Form, event: Event, subject: Subject) -> str:
    if event.is_step:
        return _step_label(form, event.command, subject)
    return subject.setting.say(CALLED[event.kind])


def _step_label(form: Form, command: str, subject: Subject) -> str:
    if command in form.transitions:
        return form.transitions[command][0].label.text(subject.setting.language)
    return command


def _elapsed(start: datetime, end: datetime, setting: Setting) -> str:
    """How long something took, in its two largest units."""
    minutes = max(0, int((end - start).total_seconds() // 60))
    hours, days = minutes // 60, minutes // (24 * 60)
    if days:
        return setting.say("elapsed_days", days=days, hours=hours % 24)
    if hours:
        return setting.say("elapsed_hours", hours=hours, minutes=minutes % 60)
    return setting.say("elapsed_minutes", minutes=minutes)


@builds(forms.Paragraph)
def _paragraph(part: forms.Paragraph, subject: Subject) -> list[Block]:
    if part.template is None:
        return []
    language = subject.setting.language
    if subject.blank:
        text = _GAP.sub("________", part.template.label.text(language))
    else:
        text = render(part.template, subject.scope).text(language)
    return [Paragraph(text.strip(), _title(part, subject), part.style)]


@builds(forms.Prose)
def _prose(part: forms.Prose, subject: Subject) -> list[Block]:
    """A Markdown text; on an empty form, room for one. Attachments may have a part of their own."""
    if subject.blank or part.formula is None:
        return [Prose((Line((Run("＿" * 20),)),) * PEN_LINES)]
    said, attached = _said(part, subject)
    apart = any(isinstance(other, forms.Attachments) for other in subject.layout.parts)
    return [Prose(said if apart else (*said, *attached))]


@builds(forms.Attachments)
def _attachments(part: forms.Attachments, subject: Subject) -> list[Block]:
    """The list of what is attached that a Markdown text ends with."""
    attached = () if subject.blank else _said(part, subject)[1]
    return [Prose(attached)] if attached else []


def _said(
    part: forms.Prose | forms.Attachments, subject: Subject
) -> tuple[tuple[Line | ProseTable, ...], tuple[Line | ProseTable, ...]]:
    """What a text says, and the list of attachments behind it."""
    from pmcli.documents.prose import prose

    text = evaluate(part.formula, subject.scope) if part.formula else ""
    elements = prose(str(text or "")).elements
    end = len(elements)
    while end and isinstance(last := elements[end - 1], Line) and last.style == "attachment":
        end -= 1
    return elements[:end], elements[end:]


@builds(forms.Signatures)
def _signatures(part: forms.Signatures, subject: Subject) -> list[Block]:
    labels = tuple(label.text(subject.setting.language) for label in part.labels)
    return [Signatures(labels, subject.setting.say("paper_sign_date"))]


@builds(forms.Records)
def _records(part: forms.Records, subject: Subject) -> list[Block]:
    found: list[Record] = []
    if not subject.blank:
        views = evaluate(part.formula, subject.scope) if part.formula else subject.scope["it"]
        held = (view.record for view in views or () if isinstance(view, RecordView))
        found = [record for record in held if record is not None]
    table = listing.table(part, found, subject)
    return [table] if table is not None else []


@builds(forms.Counts)
def _counts(part: forms.Counts, subject: Subject) -> list[Block]:
    return tally.counts(part, subject)


@builds(forms.Rates)
def _rates(part: forms.Rates, subject: Subject) -> list[Block]:
    return tally.rates(part, subject)

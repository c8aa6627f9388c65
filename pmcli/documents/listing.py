"""Records as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pmcli.documents.page import Heading, Table
from pmcli.documents.subject import Subject, value_of
from pmcli.form.model import CORE_FIELDS, Form
from pmcli.form.parts import Records
from pmcli.form.types import FieldType, of_value
from pmcli.record.model import Record

DEFAULT_COLUMNS = ("id", "form", "created_at", "state")


def table(part: Records, found: Sequence[Record], subject: Subject) -> Table | None:
    """Records as a table; a column written `a or b` shows the first that a record has."""
    setting = subject.setting
    whole = found
    if subject.hides:
        found = [setting.border.stripped(record) for record in found]
    forms = list({id(f): f for f in (subject.form, *(r.form for r in found))}.values())
    columns: list[tuple[str, ...]] = []
    for written in [column.name for column in part.columns] or DEFAULT_COLUMNS:
        names = [name.strip() for name in written.split(" or ")]
        names = [n for n in names if not (subject.hides and _always_private(n, forms))]
        if names:
            columns.append(tuple(names))
    if not columns:
        return None
    speakers = _speakers(columns, found, subject)
    heads = tuple(_heading(names, speakers, subject) for names in columns)
    rows = tuple(tuple(_cell(record, names, subject) for names in columns) for record in found)
    if subject.hides:
        masks = (setting.border.masking([record]) for record in whole)
        rows = tuple(tuple(map(mask, row)) for row, mask in zip(rows, masks, strict=True))
    to_fill = not rows and subject.blank
    if to_fill:
        rows = (("",) * len(columns),) * part.blank_rows
    title = part.title.text(setting.language) if part.title else ""
    rows = rows or nothing(heads, setting.say("paper_none"))
    return Table(heads, rows, title, to_fill=to_fill)


def nothing(heads: Sequence[Heading], word: str) -> tuple[tuple[str, ...], ...]:
    """The one row of a table that has nothing to show."""
    return ((word, *[""] * (len(heads) - 1)),)


def _cell(record: Record, names: Iterable[str], subject: Subject) -> str:
    setting = subject.setting
    texts = (value_of(record, n, setting.language, setting.act.zone) for n in names)
    return next((text for text in texts if text), "")


def _always_private(name: str, forms: Iterable[Form]) -> bool:
    known = [form for form in forms if form.value_type(name) is not None]
    return bool(known) and all(form.is_private(name) for form in known)


def _heading(names: Sequence[str], speakers: Sequence[Form], subject: Subject) -> Heading:
    """A column's head: what the speakers call the first of its names that each of them knows."""
    labels: dict[str, FieldType | None] = {}
    for form in speakers:
        known = next((name for name in names if _type(form, name) is not None), None)
        if known is not None:
            whole = known == "title" and known not in form.fields
            label = CORE_FIELDS["form"][1] if whole else form.label_of(known)
            labels.setdefault(label.text(subject.setting.language), _type(form, known))
    figures = bool(labels) and all(kind is not None and kind.figures for kind in labels.values())
    return Heading("/".join(labels) or names[0], figures)


def _speakers(
    columns: Sequence[Sequence[str]], found: Sequence[Record], subject: Subject
) -> list[Form]:
    """The forms that know most of the columns: of those listed, or of all where nothing is."""
    forms = list({record.form.name: record.form for record in found}.values())
    if not found:
        library = subject.setting.lookup.library
        others = (library.load(name)[0] for name in library.names if name != subject.form.name)
        forms = [subject.form, *(form for form in others if form is not None)]
    scores = [sum(any(_type(f, n) for n in names) for names in columns) for f in forms]
    return [form for form, score in zip(forms, scores, strict=True) if score == max(scores)]


def _type(form: Form, name: str) -> FieldType | None:
    return of_value("") if name == "title" else form.value_type(name)

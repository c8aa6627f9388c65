"""Record files written: new ones whole, others by replacing only what changed.

Keys that a command does not touch, comments, key order, unknown keys and the body keep every byte.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from pmcli.form.model import CORE_FIELDS, Form
from pmcli.record.editing import FrontMatter
from pmcli.record.event import Event
from pmcli.record.model import Record
from pmcli.record.parsing import FILE_KEYS, split
from pmcli.record.plain_yaml import entry


def key_order(form: Form) -> list[str]:
    """All keys a record of a form may have, in file order: core, fields, stamps, history."""
    stamps = [
        f"{command.replace('-', '_')}_{end}"
        for command in form.transitions
        if command != "new"
        for end in ("at", "by")
    ]
    return [*CORE_FIELDS, *form.fields, *stamps, "history"]


def new_text(form: Form, values: Mapping[str, Any], history: Iterable[Event]) -> str:
    """The text of a new record file."""
    lines = [
        entry(FILE_KEYS.get(key, key), values[key])
        for key in key_order(form)
        if values.get(key) is not None and key not in (form.body_field, "history")
    ]
    lines.append(entry("history", [event.file_row for event in history]))
    body = values.get(form.body_field) if form.body_field else None
    return "---\n" + "".join(lines) + "---\n" + (f"{body}\n" if body else "")


def changed_text(
    record: Record,
    changes: Mapping[str, Any],
    events: Iterable[Event],
    anew: Collection[str] = (),
) -> str:
    """The text of `record` with some keys changed (None removes one) and events added to history.

    Keys that the form does not know are changed as well; they stand behind all others. Keys of the
    file that are in `anew` are written whole again, whatever of them has changed.

    Raises BadRecord when the file's front matter is not written one key a line.
    """
    opening, front, closing, body = split(record.text, record.path)
    form = record.form
    changes = dict(changes)
    if form.body_field in changes:
        text = changes.pop(form.body_field)
        body = f"{text}\n" if text else ""
        if opening.endswith("\r\n"):
            body = body.replace("\n", "\r\n")
    editor = FrontMatter(front, record.path)
    order = [FILE_KEYS.get(key, key) for key in key_order(form)]
    known = [name for name in key_order(form) if name in changes]
    own = [name for name in changes if name not in known]
    wanted = {FILE_KEYS.get(name, name): changes[name] for name in (*known, *own)}
    added = [event.file_row for event in events]
    if wanted or added:
        editor.edit(wanted, order, {"history": added} if added else {}, anew)
    return opening + editor.text + closing + body


def tombstone_text(record: Record) -> str:
    """What stays in the place of a record that was taken back: its number and its history."""
    rows = [event.file_row for event in record.history]
    lines = entry("id", record.id) + entry("form", record.form.name) + entry("history", rows)
    return f"---\n{lines}---\n"

"""What `pmcli check` looks at: small functions in a list, each yields faults with file and line."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from pmcli.messages import Sentence
from pmcli.problems import Fault
from pmcli.record.model import Record
from pmcli.record.parsing import HISTORY_KEYS, line_of
from pmcli.store.records import FOLDER, record_path
from pmcli.store.unit_of_work import Store

LINKED_OUTSIDE = ("update", "import")
"""History commands that pmcli itself writes and that are no steps of a form."""


def check_office(store: Store) -> tuple[int, list[Fault]]:
    """Return how many records were read and every fault found, by file."""
    faults = list(store.library.all()[1])
    records: list[Record] = []
    for name in store.library.names:
        if store.library.load(name)[0] is not None:
            records += store.records.of_form(name)
    faults += store.records.faults
    numbers = {record.id for record in records}
    for record in records:
        text = (store.root / record.path).read_text("utf-8", errors="replace")
        full = record.replace(text=text)
        for check in RECORD_CHECKS:
            faults += check(full, numbers)
    faults += _twice(records)
    faults += _strangers(store)
    faults += _uncommitted(store)
    return len(records), sorted(faults, key=lambda fault: (fault.file, fault.line))


def _fault(record: Record, key: str, sentence: Sentence) -> Fault:
    return Fault(record.path, line_of(record.text, key), sentence)


def _keys(record: Record, _numbers: set[str]) -> Iterator[Fault]:
    if record.extra:
        key = next(iter(record.extra))
        yield _fault(record, key, Sentence("check_unknown_keys", keys=list(record.extra)))
    for name, value in record.values.items():
        spec = record.form.fields.get(name)
        if spec is not None and spec.type == "rows":
            unknown = {column for row in value for column in row if column not in spec.columns}
            if unknown:
                sentence = Sentence("check_unknown_keys", keys=sorted(unknown))
                yield _fault(record, name, sentence)


def _choices(record: Record, _numbers: set[str]) -> Iterator[Fault]:
    for name, value in record.values.items():
        spec = record.form.fields.get(name)
        if spec is None or spec.type != "choice":
            continue
        for item in value if isinstance(value, list) else [value]:
            if item not in spec.choices:
                yield _fault(record, name, Sentence("check_choice", field=name, value=item))


def _links(record: Record, numbers: set[str]) -> Iterator[Fault]:
    for name, value in record.values.items():
        if record.form.value_type(name) in ("link", "unit"):
            for target in value if isinstance(value, list) else [value]:
                if target not in numbers:
                    yield _fault(record, name, Sentence("check_link", field=name, target=target))


def _history(record: Record, _numbers: set[str]) -> Iterator[Fault]:
    """The history must begin with `new`, take only the form's steps and end in the state."""
    if not record.history:
        yield _fault(record, "history", Sentence("check_history_empty"))
        return
    state: str | None = None
    for row in record.history:
        command, start, end = row.get("command"), row.get("from"), row.get("to")
        if command in LINKED_OUTSIDE and end is None:
            continue
        known = command in record.form.transitions or command in LINKED_OUTSIDE
        if not known or start != state or set(row) - HISTORY_KEYS:
            sentence = Sentence(
                "check_history_unreachable", command=command, start=start or "—", end=end or "—"
            )
            yield _fault(record, "history", sentence)
        state = end
    if state != record.state:
        sentence = Sentence("check_history_state", state=record.state, last=state or "—")
        yield _fault(record, "state", sentence)


def _place(record: Record, _numbers: set[str]) -> Iterator[Fault]:
    created = record.get("created_at")
    if created is not None:
        wanted = record_path(record.form.name, record.id, created.date())
        if wanted != record.path:
            yield Fault(record.path, 0, Sentence("check_place", path=wanted))


RECORD_CHECKS: tuple[Callable[[Record, set[str]], Iterator[Fault]], ...] = (
    _keys,
    _choices,
    _links,
    _history,
    _place,
)


def _twice(records: list[Record]) -> Iterator[Fault]:
    seen: dict[str, Record] = {}
    for record in records:
        other = seen.setdefault(record.id, record)
        if other is not record:
            sentence = Sentence("check_number_twice", id=record.id, other=other.path)
            yield Fault(record.path, 1, sentence)


def _strangers(store: Store) -> Iterator[Fault]:
    """Folders below records/ that no form owns."""
    folder = store.root / FOLDER
    if not folder.is_dir():
        return
    for entry in os.scandir(folder):
        if entry.is_dir() and entry.name not in store.library:
            sentence = Sentence("no_form", name=entry.name, names=store.library.names)
            yield Fault(f"{FOLDER}/{entry.name}", 0, sentence)


def _uncommitted(store: Store) -> Iterator[Fault]:
    for status, path in store.git.changed([FOLDER, "office.yaml", "forms", "templates"]):
        key = "check_untracked" if status == "??" else "check_uncommitted"
        yield Fault(path, 0, Sentence(key))

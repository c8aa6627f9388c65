"""What `pmcli check` looks at: small functions in a list, each yields faults with file and line."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pmcli.messages import Sentence
from pmcli.problems import Fault
from pmcli.record.event import Kind, name_of
from pmcli.record.model import Record
from pmcli.record.parsing import FILE_KEYS, fast_tree, line_of, split
from pmcli.record.query import Query
from pmcli.record.quoting import unquoted
from pmcli.record.replay import replay
from pmcli.store.files import is_temporary
from pmcli.store.journal import DAMAGED
from pmcli.store.lasting import lost_entries
from pmcli.store.office_names import faults_in
from pmcli.store.records import FOLDER, record_path
from pmcli.store.unit_of_work import Store
from pmcli.workflow.correcting import with_endings

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

ATTRIBUTES = ".gitattributes"
ATTRIBUTES_LINE = "records/** -text"
"""Keeps git from changing the line endings of records."""


def check_office(store: Store) -> tuple[int, list[Fault]]:
    """Return how many records were read and every fault found, by file."""
    faults = [*faults_in(store.office, store.library), *store.library.all()[1]]
    records = store.records.find(Query())
    faults += store.records.faults
    # A record that cannot be read is there all the same.
    numbers = set(store.records.numbers())
    for record in records:
        try:
            text = (store.root / record.path).read_bytes().decode("utf-8", "replace")
        except OSError as error:
            sentence = Sentence("unreadable_file", words=error.strerror or str(error))
            faults.append(Fault(record.path, 0, sentence))
            continue
        full = record.replace(text=text)
        for check in RECORD_CHECKS:
            faults += check(full, numbers)
    faults += _twice(records)
    faults += _following(store)
    faults += lost_entries(store)
    faults += _strangers(store)
    faults += _attributes(store)
    faults += _uncommitted(store)
    faults += _repository(store)
    return len(records), sorted(faults, key=lambda fault: (fault.file, fault.line))


def _fault(record: Record, key: str, sentence: Sentence) -> Fault:
    return Fault(record.path, line_of(record.text, key), sentence)


def _keys(record: Record, _numbers: set[str]) -> Iterator[Fault]:
    if record.extra:
        key = next(iter(record.extra))
        yield _fault(record, key, Sentence("check_unknown_keys", keys=list(record.extra)))
    for name, value in record.values.items():
        spec = record.form.fields.get(name)
        if spec is not None and spec.kind.rows:
            unknown = {column for row in value for column in row if column not in spec.columns}
            if unknown:
                sentence = Sentence("check_unknown_keys", keys=sorted(unknown))
                yield _fault(record, name, sentence)


def _choices(record: Record, _numbers: set[str]) -> Iterator[Fault]:
    for name, value in record.values.items():
        spec = record.form.fields.get(name)
        if spec is None or not spec.choices:
            continue
        for item in value if isinstance(value, list) else [value]:
            if item not in spec.choices:
                yield _fault(record, name, Sentence("check_choice", field=name, value=item))


def _unfit(record: Record, _numbers: set[str]) -> Iterator[Fault]:
    """Values that are read, though nobody could type them now: of an older, looser form."""
    for spec in record.form.fields.values():
        for column in spec.columns.values() if spec.kind.rows else [spec]:
            if not column.kind.loose:
                continue
            held = record.get(spec.name) or []
            cells = [row.get(column.name) for row in held] if spec.kind.rows else held
            cells = cells if isinstance(cells, list) else [cells]
            if not all(column.kind.fits(cell) for cell in cells if cell is not None):
                said = Sentence("check_unfit", field=column.label, kind=column.kind.label)
                yield _fault(record, spec.name, said)


def _links(record: Record, numbers: set[str]) -> Iterator[Fault]:
    for name, target in record.named():
        if target not in numbers:
            yield _fault(record, name, Sentence("check_link", field=name, target=target))


def _history(record: Record, _numbers: set[str]) -> Iterator[Fault]:
    """The history must begin with `new`, take only the form's steps and end in the state."""
    if not record.history:
        yield _fault(record, "history", Sentence("check_history_empty"))
        return
    state: str | None = None
    for event in record.history:
        if not event.is_step and event.to_state is None and event.kind is not Kind.UNDO:
            continue
        known = not event.is_step or event.command in record.form.transitions
        starts = state if event.is_step or event.kind in (Kind.IMPORT, Kind.UNDO) else None
        if not known or event.from_state != starts or event.strange:
            sentence = Sentence(
                "check_history_unreachable",
                command=event.command,
                start=event.from_state or "—",
                end=event.to_state or "—",
            )
            yield _fault(record, "history", sentence)
        state = event.to_state
    if state != record.state:
        sentence = Sentence("check_history_state", state=record.state, last=state or "—")
        yield _fault(record, "state", sentence)


def _replayed(record: Record, _numbers: set[str]) -> Iterator[Fault]:
    """Stamps and values must be what the events leave."""
    form, standing = record.form, replay(record.history)
    for name in sorted(form.stamp_names):
        if record.get(name) != standing.stamps.get(name):
            label = form.label_of(name)
            yield _fault(record, name, Sentence("check_not_by_history", field=label))
    for name, value in standing.values.items():
        spec = form.fields.get(name)
        if spec is not None and spec.follows is not None:
            continue  # is compared with what it follows
        held = record.get(name) if form.value_type(name) else record.extra.get(name)
        if held != value:
            sentence = Sentence("check_not_by_history", field=form.label_of(name))
            yield _fault(record, FILE_KEYS.get(name, name), sentence)


def _names(record: Record, _numbers: set[str]) -> Iterator[Fault]:
    """A history row that has a name must still say what it said when it got it."""
    rows = fast_tree(split(record.text, record.path)[1], record.path).get("history") or ()
    for row in rows:
        name = row.get("event")
        if name and name != name_of(record.id, row):
            sentence = Sentence("check_event_changed", command=row.get("command") or "—", name=name)
            yield _fault(record, "history", sentence)


def _place(record: Record, _numbers: set[str]) -> Iterator[Fault]:
    created = record.get("created_at")
    if created is not None:
        wanted = record_path(record.form.name, record.id, created.date())
        if wanted != record.path:
            yield Fault(record.path, 0, Sentence("check_place", path=wanted))


def _endings(record: Record, _numbers: set[str]) -> Iterator[Fault]:
    if with_endings(record.text) != record.text:
        yield Fault(record.path, 0, Sentence("check_endings"))


def _quotes(record: Record, _numbers: set[str]) -> Iterator[Fault]:
    for key in unquoted(split(record.text, record.path)[1], record.form, record.path):
        yield _fault(record, key, Sentence("check_unquoted", key=key))


RECORD_CHECKS: tuple[Callable[[Record, set[str]], Iterator[Fault]], ...] = (
    _keys,
    _choices,
    _unfit,
    _links,
    _history,
    _replayed,
    _names,
    _place,
    _endings,
    _quotes,
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


def _following(store: Store) -> Iterator[Fault]:
    for record, name, wanted in misled(store):
        path = store.root / record.path
        text = path.read_text("utf-8", errors="replace")
        sentence = Sentence("check_follows", field=record.form.label_of(name), wanted=wanted or "—")
        yield Fault(record.path, line_of(text, name), sentence)


def misled(store: Store) -> Iterator[tuple[Record, str, list[str]]]:
    """Lists that do not name the records they follow: the record, the field, what it should say."""
    act = store.present()
    for name in store.library.names:
        form = store.library.load(name)[0]
        for spec in form.fields.values() if form is not None else ():
            follows = spec.follows
            if follows is None or store.library.load(follows.form)[0] is None:
                continue
            members: dict[str, list[str]] = {}
            unknown = _unknown(store, follows.form)
            belonging = Query(forms=(follows.form,), filled=(follows.by,), where=follows.when)
            for other in store.records.find(belonging, act):
                named = other.get(follows.by)
                for number in named if isinstance(named, list) else [named]:
                    members.setdefault(number, []).append(other.id)
            for record in store.records.find(Query(forms=(name,))):
                held, found = record.get(spec.name) or [], members.get(record.id, [])
                # Whether one that cannot be read belongs here is not known: it stays as it is.
                found += [number for number in held if number in unknown]
                if set(held) != set(found):
                    kept = [number for number in held if number in found]
                    wanted = kept + sorted(set(found) - set(kept))
                    yield record, spec.name, wanted


def _unknown(store: Store, form: str) -> set[str]:
    """The numbers of a form's records that cannot be read now, or were deleted by hand."""
    broken = {fault.file for fault in store.records.unreadable(form)}
    broken |= {
        path
        for status, path in store.git.changed([f"{FOLDER}/{form}"])
        if kind_of(status, path) in ("deleted", "conflict")
    }
    return {path.rpartition("/")[2].removesuffix(".md") for path in broken}


def _attributes(store: Store) -> Iterator[Fault]:
    if not attributes_fine(store):
        yield Fault(ATTRIBUTES, 0, Sentence("check_attributes", line=ATTRIBUTES_LINE))


def attributes_fine(store: Store) -> bool:
    """Whether git is told to leave the line endings of records alone."""
    try:
        text = (store.root / ATTRIBUTES).read_text("utf-8", errors="replace")
    except OSError:
        return False
    pattern, attribute = ATTRIBUTES_LINE.split()
    return any(
        line.split()[:1] == [pattern] and attribute in line.split() for line in text.splitlines()
    )


OFFICE_PATHS = (FOLDER, "office.yaml", "forms", "templates")
"""What of an office's folder is kept in its history."""


def _uncommitted(store: Store) -> Iterator[Fault]:
    for status, path in store.git.changed(OFFICE_PATHS):
        yield Fault(path, 0, Sentence(_UNCOMMITTED[kind_of(status, path)]))


_UNCOMMITTED: Mapping[Change, Key] = {
    "leftover": "check_leftover",
    "conflict": "check_conflict",
    "untracked": "check_untracked",
    "deleted": "check_deleted",
    "changed": "check_uncommitted",
}


def _repository(store: Store) -> Iterator[Fault]:
    """What is wrong inside git's folder: objects, lock files, journals that were damaged."""
    git = store.git
    held = git.tree("HEAD", *OFFICE_PATHS, ATTRIBUTES) if git.head() is not None else {}
    whole = git.objects(held.values())
    for path, blob in held.items():
        if blob not in whole:
            yield Fault(path, 0, Sentence("check_object", name=blob[:12]))
    for lock, seconds in git.locks.stale(git.branch() or "HEAD"):
        sentence = Sentence("check_lock", minutes=max(seconds // 60, 1))
        yield Fault(_shown(store, lock), 0, sentence)
    for kept in sorted((git.folder / "pmcli").glob(f"{DAMAGED}*")):
        yield Fault(_shown(store, kept), 0, Sentence("check_journal"))


def _shown(store: Store, path: Path) -> str:
    return path.relative_to(store.root).as_posix() if store.root in path.parents else str(path)


Change = Literal["leftover", "conflict", "untracked", "deleted", "changed"]
"""What has become of a path since the last commit."""


def kind_of(status: str, path: str) -> Change:
    """What git's two status letters mean to an office."""
    if status == "??" and is_temporary(path.rpartition("/")[2]):
        return "leftover"
    if "U" in status or status in ("AA", "DD"):
        return "conflict"
    if status in ("??", "A ", "AM"):
        return "untracked"
    return "deleted" if "D" in status else "changed"

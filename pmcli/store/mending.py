"""check --fix: what can be mended without judging anybody's work, each thing said."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import field

from pmcli.dataclass import dataclass
from pmcli.messages import Sentence
from pmcli.record.event import Kind
from pmcli.record.model import Record
from pmcli.record.parsing import BadRecord, split
from pmcli.record.query import Query
from pmcli.record.quoting import unquoted
from pmcli.store.checks import (
    ATTRIBUTES,
    ATTRIBUTES_LINE,
    OFFICE_PATHS,
    attributes_fine,
    kind_of,
    misled,
)
from pmcli.store.records import FOLDER
from pmcli.store.unit_of_work import Store
from pmcli.workflow.act import Act
from pmcli.workflow.change import Change, FileChange
from pmcli.workflow.correcting import with_endings
from pmcli.workflow.draft import Draft
from pmcli.workflow.repository import Lookup


@dataclass
class Mended(Change):
    """What was mended, a sentence each."""

    done: list[Sentence] = field(default_factory=list)


@dataclass(frozen=True)
class Mend:
    """Mend what is safe.

    Deleted record files come back from HEAD, files that a killed command left are removed, lists
    that follow other records are worked out anew, line endings and git's attributes are put right.
    States, links and values are never touched, nor a file with changes that are not committed. All
    of it is written or, when that fails or is killed, nothing.
    """

    store: Store

    def plan(self, act: Act, lookup: Lookup) -> Mended:
        """Raises what reading the office raises."""
        del lookup
        store, change = self.store, Mended()
        # What cannot be read is left as it is, and nothing is judged by its absence.
        with store.records.lenient():
            change.drafts = list(_drafts(store, act, change.done).values())
        files: dict[str, FileChange] = {}
        if not attributes_fine(store):
            path = store.root / ATTRIBUTES
            held = path.read_bytes() if os.path.lexists(path) else None
            files[ATTRIBUTES] = FileChange(held, _with_line(held or b""))
            change.done.append(Sentence("mended_attributes", path=ATTRIBUTES))
        count = len(change.drafts) + len(files)
        for sentence, name, present, wanted in _restored(store):
            files[name] = FileChange(present, wanted)
            change.done.append(sentence)
        change.files, change.placed = files, not count
        change.subject = f"check: 修复 {count} 个文件"
        return change


def _with_line(data: bytes) -> bytes:
    gap = b"" if not data or data.endswith(b"\n") else b"\n"
    return data + gap + ATTRIBUTES_LINE.encode() + b"\n"


def _restored(store: Store) -> Iterator[tuple[Sentence, str, bytes | None, bytes | None]]:
    """Deleted record files to be brought back from HEAD and temporary ones to be removed.

    Yields what is said of each, its path and its bytes before and after.
    """
    kinds: dict[str, list[str]] = {}
    for status, path in store.git.changed(OFFICE_PATHS):
        kinds.setdefault(kind_of(status, path), []).append(path)
    for path in kinds.get("leftover", []):
        if not (store.root / path).is_symlink():
            yield (
                Sentence("mended_leftover", path=path),
                path,
                (store.root / path).read_bytes(),
                None,
            )
    gone = [
        path
        for path in kinds.get("deleted", [])
        if path.startswith(f"{FOLDER}/") and not os.path.lexists(store.root / path)
    ]
    held = store.git.blobs(gone)
    contents = store.git.objects(held.values())
    for path, blob in held.items():
        if blob in contents:
            yield Sentence("mended_deleted", path=path), path, None, contents[blob]


def _drafts(store: Store, act: Act, done: list[Sentence]) -> dict[str, Draft]:
    """The records to be written, by path; those with changes of their own are left."""
    touched = {path for _, path in store.git.changed([FOLDER])}
    drafts: dict[str, Draft] = {}
    for record in store.records.find(Query()):
        full = _with_text(store, record)
        if record.path not in touched and full is not None:
            drafts[record.path] = Draft(record.form, dict(record.values), full)
            done.append(Sentence("mended_endings", path=record.path))
        elif record.path not in touched and (full := _unquoted(store, record)) is not None:
            drafts[record.path] = Draft(record.form, dict(record.values), full, basis=full)
            done.append(Sentence("mended_quotes", path=record.path))
    for record, name, wanted in misled(store):
        if record.path in touched:
            continue
        draft = drafts.setdefault(record.path, Draft(record.form, dict(record.values), record))
        draft.put(name, wanted)
        label = record.form.label_of(name)
        done.append(Sentence("mended_follows", path=record.path, field=label))
    for draft in drafts.values():
        if draft.changes:
            draft.append(Kind.MEND, act)
    return drafts


def _unquoted(store: Store, record: Record) -> Record | None:
    """The record with its text where a value wants quotes; None where none does."""
    data = (store.root / record.path).read_bytes()
    full = store.records.parse(record.path, data, record.form)
    return full if unquoted(split(full.text, full.path)[1], full.form, full.path) else None


def _with_text(store: Store, record: Record) -> Record | None:
    """The record with its line endings put right; None where they are, or where it would change."""
    data = (store.root / record.path).read_bytes()
    text = data.decode("utf-8", "replace")
    mended = with_endings(text)
    if mended == text:
        return None
    try:
        back = store.records.parse(record.path, mended.encode("utf-8"), record.form)
    except BadRecord:
        return None
    return back if dict(back.values) == dict(record.values) else None

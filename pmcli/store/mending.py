"""check --fix: what can be mended without judging anybody's work, each thing said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pmcli.messages import Sentence
from pmcli.record.event import Kind
from pmcli.record.model import Record
from pmcli.record.parsing import BadRecord
from pmcli.store.checks import (
    ATTRIBUTES,
    ATTRIBUTES_LINE,
    OFFICE_PATHS,
    attributes_fine,
    kind_of,
    misled,
)
from pmcli.store.files import remove_all, write_atomically
from pmcli.store.records import FOLDER
from pmcli.store.unit_of_work import Store
from pmcli.workflow.act import Act, Lookup
from pmcli.workflow.change import Change, FileChange
from pmcli.workflow.correcting import with_endings
from pmcli.workflow.draft import Draft


@dataclass
class Mended(Change):
    """What was mended, a sentence each."""

    done: list[Sentence] = field(default_factory=list)


@dataclass(frozen=True)
class Mend:
    """Mend what is safe.

    Deleted record files come back from HEAD, files that a killed command left are removed, lists
    that follow other records are worked out anew, line endings and git's attributes are put right.
    States, links and values are never touched, nor a file with changes that are not committed.
    """

    store: Store

    def plan(self, act: Act, lookup: Lookup) -> Mended:
        """Raises what restoring a file raises."""
        del lookup
        store, change = self.store, Mended()
        change.done.extend(_restored(store))
        store.records.forget()
        change.drafts = list(_drafts(store, act, change.done).values())
        if not attributes_fine(store):
            path = store.root / ATTRIBUTES
            held = path.read_bytes() if path.is_file() else None
            change.files = {ATTRIBUTES: FileChange(held, _with_line(held or b""))}
            change.done.append(Sentence("mended_attributes", path=ATTRIBUTES))
        count = len(change.drafts) + len(change.files)
        change.subject = f"check: 修复 {count} 个文件"
        return change


def _with_line(data: bytes) -> bytes:
    gap = b"" if not data or data.endswith(b"\n") else b"\n"
    return data + gap + ATTRIBUTES_LINE.encode() + b"\n"


def _restored(store: Store) -> Iterator[Sentence]:
    """Bring deleted record files back and remove temporary ones."""
    kinds: dict[str, list[str]] = {}
    for status, path in store.git.changed(OFFICE_PATHS):
        kinds.setdefault(kind_of(status, path), []).append(path)
    leftover = kinds.get("leftover", [])
    remove_all(store.root / path for path in leftover)
    for path in leftover:
        yield Sentence("mended_leftover", path=path)
    gone = [
        path
        for path in kinds.get("deleted", [])
        if path.startswith(f"{FOLDER}/") and not (store.root / path).exists()
    ]
    held = store.git.blobs(gone)
    contents = store.git.contents(held.values())
    for path, blob in held.items():
        write_atomically(store.root / path, contents[blob])
        yield Sentence("mended_deleted", path=path)
    staged = store.git.staged(held)
    store.git.put_index({path: blob for path, blob in held.items() if staged.get(path) != blob})


def _drafts(store: Store, act: Act, done: list[Sentence]) -> dict[str, Draft]:
    """The records to be written, by path; those with changes of their own are left."""
    touched = {path for _, path in store.git.changed([FOLDER])}
    drafts: dict[str, Draft] = {}
    for name in store.library.names:
        for record in store.records.of_form(name) if store.library.load(name)[0] else ():
            full = _with_text(store, record)
            if record.path not in touched and full is not None:
                drafts[record.path] = Draft(record.form, dict(record.values), full)
                done.append(Sentence("mended_endings", path=record.path))
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

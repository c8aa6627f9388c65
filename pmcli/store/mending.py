"""check --fix: what can be mended without judging anybody's work, each thing said."""

from __future__ import annotations

from collections.abc import Iterator

from pmcli.messages import Sentence
from pmcli.record.model import Record
from pmcli.record.parsing import BadRecord
from pmcli.store.checks import (
    ATTRIBUTES,
    ATTRIBUTES_LINE,
    OFFICE_PATHS,
    attributes_fine,
    kind_of,
    misled,
    with_endings,
)
from pmcli.store.files import remove_all, write_atomically
from pmcli.store.records import FOLDER
from pmcli.store.unit_of_work import Files, Store, message
from pmcli.workflow.act import Act
from pmcli.workflow.draft import Draft
from pmcli.workflow.engine import touch
from pmcli.workflow.hand_edits import Edits

NOTE = "check --fix"


def mend(store: Store, act: Act) -> tuple[list[Sentence], str]:
    """Mend what is safe; return what was done, a sentence each, and the commit, "" for none.

    Deleted record files come back from HEAD, files that a killed command left are removed, lists
    that follow other records are worked out anew, line endings and git's attributes are put right.
    States, links and values are never touched, nor a file with changes that are not committed.
    """
    done: list[Sentence] = []

    def plan() -> Files | None:
        done.extend(_restored(store))
        store.records.forget()
        drafts = _drafts(store, act, done)
        _, before, after = store.files_of(drafts.values())
        if not attributes_fine(store):
            path = store.root / ATTRIBUTES
            held = path.read_bytes() if path.is_file() else None
            before[ATTRIBUTES] = held
            after[ATTRIBUTES] = _with_line(held or b"")
            done.append(Sentence("mended_attributes", path=ATTRIBUTES))
        if not after:
            return None
        subject = f"check: 修复 {len(after)} 个文件"
        return Files(before, after, message(Edits(list(drafts.values()), subject), act))

    commit = store.write_files(act, plan)
    return done, commit


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
    for record, field, wanted in misled(store):
        if record.path in touched:
            continue
        draft = drafts.setdefault(record.path, Draft(record.form, dict(record.values), record))
        draft.put(field, wanted)
        if not draft.rows:
            touch(draft, NOTE, act)
        label = record.form.label_of(field)
        done.append(Sentence("mended_follows", path=record.path, field=label))
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

"""Edits made by hand: read, judged against what they were, and committed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from pmcli.form.expressions import render
from pmcli.messages import Sentence
from pmcli.problems import Conflict, Fault, Unreadable, Usage
from pmcli.record.model import Record
from pmcli.record.parsing import FILE_KEYS, BadRecord, decode, line_of
from pmcli.record.writing import changed_text
from pmcli.store.checks import OFFICE_PATHS, kind_of, with_endings
from pmcli.store.journal import blob_name
from pmcli.store.office import load_library
from pmcli.store.records import FOLDER
from pmcli.store.unit_of_work import Files, Store, message
from pmcli.workflow.act import Act
from pmcli.workflow.draft import Draft
from pmcli.workflow.hand_edits import Edits, Judgement, compose, judge, row_of, subject_of
from pmcli.workflow.scope import Scope

_MARK = "<<<<<<< "
"""What git writes above the two sides of a conflict."""


@dataclass
class Saved:
    """What a save comes to: edits and other files that were committed, and what was left."""

    judgements: list[Judgement] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    left: list[Fault] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    commit: str = ""


def as_committed(store: Store, record: Record) -> bytes:
    """A record file's bytes; raises Conflict when it has changes that are not committed."""
    data = (store.root / record.path).read_bytes()
    if store.git.blobs([record.path]).get(record.path) != blob_name(data, store.git):
        raise Conflict(Sentence("edit_unsaved", path=record.path, id=record.id))
    return data


def read_edit(store: Store, original: Record, data: bytes, act: Act) -> Judgement:
    """What a clerk's text of a record comes to; raises BadRecord where it cannot be read."""
    text = with_endings(decode(data, original.path).removeprefix("\ufeff"))
    edited = store.records.parse(original.path, text.encode("utf-8"), original.form)
    judgement = judge(original, edited, act, store.records)
    changed_text(edited, {}, [row_of(judgement, act)])
    return judgement


def faults_in(judgement: Judgement, path: str) -> list[Fault]:
    """The objections to an edit, each at its line of the file `path`."""
    found = [
        Fault(path, _line(judgement.edited, one.key), one.sentence) for one in judgement.objections
    ]
    return sorted(found, key=lambda fault: fault.line)


def _line(record: Record, name: str) -> int:
    if name == record.form.body_field:
        return record.text.removesuffix(record.body).count("\n") + 1
    given = name == "history" or name in record.values
    return line_of(record.text, FILE_KEYS.get(name, name)) if given else 0


def commit_edit(
    store: Store, number: str, base: bytes, data: bytes, note: str | None, act: Act
) -> tuple[Judgement, list[Draft], str]:
    """Write the clerk's text of a record whose file still holds `base`.

    Returns the judgement, the records written and the commit. Raises Conflict when somebody has
    changed the record meanwhile, Usage for what no longer holds, and what writing raises.
    """
    found: list[tuple[Judgement, list[Draft]]] = []

    def plan() -> Files:
        original = store.records.by_id(number)
        if original is None or (store.root / original.path).read_bytes() != base:
            raise Conflict(Sentence("edit_meanwhile", id=number))
        try:
            judgement = read_edit(store, original, data, act)
        except BadRecord as bad:
            raise Unreadable(bad.fault) from None
        if not judgement.fine:
            raise Usage(*faults_in(judgement, original.path))
        drafts = compose([judgement], act, store.records, note)
        found.append((judgement, drafts))
        _, before, after = store.files_of(drafts)
        edits = Edits(drafts, subject_of(original.form, judgement))
        return Files(before, after, message(edits, act))

    commit = store.write_files(act, plan)
    judgement, drafts = found[0]
    return judgement, drafts, commit


def changed_paths(store: Store) -> list[str]:
    """What of the office differs from its newest commit."""
    return [path for _, path in store.git.changed(OFFICE_PATHS)]


def save(store: Store, only: Collection[str] | None, note: str | None, act: Act) -> Saved:
    """Commit what was changed by hand and is valid, in one commit; explain the rest.

    `only` limits it to some paths of the office. Raises what writing raises.
    """
    saved = Saved()

    def plan() -> Files | None:
        records: dict[str, bytes] = {}
        others: list[str] = []
        for status, path in store.git.changed(OFFICE_PATHS):
            if only is not None and path not in only:
                continue
            if path.startswith(f"{FOLDER}/"):
                _take_record(store, status, path, records, saved, act)
            else:
                others.append(path)
        _take_others(store, others, saved)
        return _files(store, records, saved, note, act)

    saved.commit = store.write_files(act, plan)
    return saved


def _files(
    store: Store, records: dict[str, bytes], saved: Saved, note: str | None, act: Act
) -> Files | None:
    if not saved.judgements and not saved.files:
        return None
    saved.drafts = compose(saved.judgements, act, store.records, note)
    _, before, after = store.files_of(saved.drafts, by_hand=records)
    for path, data in records.items():
        if before[path] != data:
            raise Conflict(Sentence("edit_meanwhile", id=path))
    for path in saved.files:
        file = store.root / path
        before[path] = after[path] = file.read_bytes() if file.is_file() else None
    count = len(saved.judgements) + len(saved.files)
    subject = f"save 保存 {count} 项手工修改"
    if count == 1:
        subject = f"save 保存 {saved.files[0]}" if saved.files else ""
        for judgement in saved.judgements:
            subject = subject_of(judgement.original.form, judgement)
    return Files(before, after, message(Edits(saved.drafts, subject), act))


def _take_record(
    store: Store, status: str, path: str, records: dict[str, bytes], saved: Saved, act: Act
) -> None:
    """Judge one changed file below records/: to be committed or left."""
    kind = kind_of(status, path)
    if kind != "changed":
        saved.left.append(Fault(path, 0, Sentence(_LEFT[kind])))
        return
    name = path.split("/")[1]
    form = store.library.load(name)[0] if name in store.library else None
    if form is None or not path.endswith(".md"):
        saved.left.append(Fault(path, 0, Sentence("save_no_record")))
        return
    try:
        data = (store.root / path).read_bytes()
        line = _conflict_line(data)
        if line:
            raise BadRecord(Fault(path, line, Sentence("check_conflict")))
        blob = store.git.blobs([path])[path]
        original = store.records.parse(path, store.git.contents([blob])[blob], form)
        judgement = read_edit(store, original, data, act)
    except BadRecord as bad:
        saved.left.append(bad.fault)
        return
    except OSError as error:
        words = error.strerror or str(error)
        saved.left.append(Fault(path, 0, Sentence("unreadable_file", words=words)))
        return
    if form.no_edit is not None:
        scope = Scope(form, original.values, act, store.records)
        saved.left.append(Fault(path, 0, render(form.no_edit, scope)))
    elif judgement.fine:
        records[path] = data
        saved.judgements.append(judgement)
    else:
        saved.left += faults_in(judgement, path)


_LEFT = {
    "leftover": "check_leftover",
    "conflict": "check_conflict",
    "untracked": "save_new_record",
    "deleted": "check_deleted",
}


def _conflict_line(data: bytes) -> int:
    lines = data.decode("utf-8", "replace").split("\n")
    return next((n for n, line in enumerate(lines, 1) if line.startswith(_MARK)), 0)


def _take_others(store: Store, paths: list[str], saved: Saved) -> None:
    """Forms go together when they have no faults; templates and office.yaml as they are."""
    forms = [path for path in paths if path.startswith("forms/")]
    faults = list(_form_faults(store, forms))
    saved.left += faults
    for path in paths:
        file = store.root / path
        line = _conflict_line(file.read_bytes()) if file.is_file() else 0
        if line:
            saved.left.append(Fault(path, line, Sentence("check_conflict")))
        elif not (faults and path in forms):
            saved.files.append(path)


def _form_faults(store: Store, paths: list[str]) -> Iterator[Fault]:
    """What is wrong with the forms now and is not so without the office's own."""
    if not paths:
        return
    built_in = {fault.text("en") for fault in load_library(None).all()[1]}
    yield from (fault for fault in store.library.all()[1] if fault.text("en") not in built_in)
    for path in paths:
        name = path.rpartition("/")[2].removesuffix(".yaml")
        if not (store.root / path).exists() and name not in store.library:
            folder = store.root / FOLDER / name
            if folder.is_dir():
                yield Fault(path, 0, Sentence("save_form_in_use", name=name))

"""Edits made by hand: read, judged against what they were, and committed."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pmcli.dataclass import dataclass
from pmcli.form.expressions import render
from pmcli.messages import Sentence
from pmcli.patterns import regex
from pmcli.problems import Conflict, Fault, Unmet, Unreadable
from pmcli.record.model import Record
from pmcli.record.parsing import FILE_KEYS, BadRecord, line_of
from pmcli.store.checks import OFFICE_PATHS, Change, kind_of
from pmcli.store.journal import blob_name
from pmcli.store.office import load_library
from pmcli.store.records import FOLDER
from pmcli.store.unit_of_work import Store
from pmcli.workflow.act import Act
from pmcli.workflow.change import FileChange
from pmcli.workflow.correcting import Effects, compose, effects_of, judged_text
from pmcli.workflow.edits import Corrected, Correction, subject_of
from pmcli.workflow.repository import Lookup
from pmcli.workflow.scope import Scope

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

_MARK = "<<<<<<< "
"""What git writes above the two sides of a conflict."""


@dataclass
class Saved(Corrected):
    """What a save comes to: corrections and other files that were committed, and what was left."""

    others: list[str] = field(default_factory=list)
    left: list[Fault] = field(default_factory=list)


def as_committed(store: Store, record: Record) -> bytes:
    """A record file's bytes; raises Conflict when it has changes that are not committed."""
    data = (store.root / record.path).read_bytes()
    if store.git.blobs([record.path]).get(record.path) != blob_name(data, store.git):
        raise Conflict(Sentence("edit_unsaved", path=record.path, id=record.id))
    return data


def faults_in(correction: Correction, path: str) -> list[Fault]:
    """What stands against a text, each at its line of the file `path`."""
    found = [
        Fault(path, _line(correction, next(iter(one.fields), "")), one) for one in correction.unmet
    ]
    return sorted(found, key=lambda fault: fault.line)


def placed(correction: Correction, path: str) -> Correction:
    """The correction, saying of what stands against it where in the file it is, line by line."""
    unmet = []
    for fault in faults_in(correction, path):
        assert isinstance(fault.sentence, Unmet)
        unmet.append(replace(fault.sentence, say=replace(fault, sentence=fault.sentence.say)))
    return replace(correction, unmet=tuple(unmet))


def _line(correction: Correction, name: str) -> int:
    record = correction.basis or correction.original
    if name == record.form.body_field:
        return record.text.removesuffix(record.body).count("\n") + 1
    given = name == "history" or name in record.values
    return line_of(record.text, FILE_KEYS.get(name, name)) if given else 0


def changed_paths(store: Store) -> list[str]:
    """What of the office differs from its newest commit."""
    return [path for _, path in store.git.changed(OFFICE_PATHS)]


@dataclass(frozen=True)
class Save:
    """Commit what was changed by hand and is valid, in one commit; the rest is explained.

    `only` limits it to some paths of the office.
    """

    store: Store
    only: frozenset[str] | None
    reason: str | None
    note: str | None

    def plan(self, act: Act, lookup: Lookup) -> Saved:
        """Raises what reading the office raises."""
        store, saved = self.store, Saved()
        hands: dict[str, bytes] = {}
        others: dict[str, str] = {}
        dirty = store.git.changed(OFFICE_PATHS)
        for status, path in dirty:
            if self.only is not None and path not in self.only:
                continue
            if path.startswith(f"{FOLDER}/"):
                _take_record(store, status, path, hands, saved, act, lookup, self.reason)
            else:
                others[path] = status
        _take_others(store, others, saved)
        with store.records.lenient():
            effects = effects_of(saved.corrections, act, lookup)
            _leave_with_others(saved, hands, {path for _, path in dirty}, effects)
            change = compose(saved.corrections, effects, act, lookup, self.reason, self.note, hands)
        told = {fault.file for fault in saved.left}
        saved.left += [fault for fault in store.records.faults if fault.file not in told]
        saved.drafts, saved.outdated, saved.turned = change.drafts, change.outdated, change.turned
        saved.corrections, saved.warnings = change.corrections, change.warnings
        saved.files = {path: _as_it_is(store, path) for path in saved.others}
        saved.subject = _subject(saved)
        return saved


def _leave_with_others(
    saved: Saved, hands: dict[str, bytes], dirty: set[str], effects: Effects
) -> None:
    """Leave corrections from which something follows in a record whose own change is left."""
    while True:
        left = dirty - {correction.original.path for correction in saved.corrections}
        waiting = {
            one.original.id: [f.record.id for f in followers if f.record.path in left]
            for one in saved.corrections
            if (followers := effects[one.original.id].followers)
        }
        waiting = {number: others for number, others in waiting.items() if others}
        if not waiting:
            return
        for one in [one for one in saved.corrections if one.original.id in waiting]:
            said = Sentence("save_waits", ids=waiting[one.original.id])
            saved.left.append(Fault(one.original.path, 0, said))
            saved.corrections.remove(one)
            del hands[one.original.id]


def _as_it_is(store: Store, path: str) -> FileChange:
    file = store.root / path
    data = file.read_bytes() if file.is_file() else None
    return FileChange(data, data)


def _subject(saved: Saved) -> str:
    count = len([one for one in saved.corrections if one.follows is None]) + len(saved.others)
    if count == 1:
        return f"save 保存 {saved.others[0]}" if saved.others else subject_of(saved.corrections[0])
    return f"save 保存 {count} 项手工修改"


def _take_record(
    store: Store,
    status: str,
    path: str,
    hands: dict[str, bytes],
    saved: Saved,
    act: Act,
    lookup: Lookup,
    reason: str | None,
) -> None:
    """Judge one changed file below records/: to be committed or left."""
    kind = kind_of(status, path)
    why = Sentence(_LEFT[kind]) if kind != "changed" else why_left(store.root, status, path)
    if why is not None:
        saved.left.append(Fault(path, 0, why))
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
        correction = judged_text(original, data, act, lookup, reason)
    except BadRecord as bad:
        saved.left.append(bad.fault)
        return
    except Unreadable as problem:
        saved.left += [Fault(path, 0, said) for said in problem.sentences]
        return
    if form.no_edit is not None:
        scope = Scope(form, original.values, act, lookup)
        saved.left.append(Fault(path, 0, render(form.no_edit, scope)))
    elif correction.fine:
        hands[original.id] = data
        saved.corrections.append(correction)
    else:
        saved.left += faults_in(correction, path)


_LEFT: Mapping[Change, Key] = {
    "leftover": "check_leftover",
    "conflict": "check_conflict",
    "untracked": "save_new_record",
    "deleted": "check_deleted",
}


def why_left(root: Path, status: str, path: str) -> Sentence | None:
    """Why a changed path cannot go into a commit as it stands; None for a file and one deleted.

    A commit of the office holds plain files whose names every desk can write. What a link points to
    is not the office's, and a repository within it keeps a history of its own.
    """
    file = root / path
    try:
        mode = file.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return Sentence("unreadable_file", words=error.strerror or str(error))
    if stat.S_ISLNK(mode):
        return Sentence("save_link")
    if stat.S_ISDIR(mode):
        # A folder in the place of a file; what is in the folder is a change of its own.
        return None if "D" in status else Sentence("save_repository")
    if not stat.S_ISREG(mode):
        return Sentence("save_no_file")
    if _NO_NAME.search(path):
        return Sentence("save_name")
    try:
        with file.open("rb"):
            return None
    except OSError as error:
        return Sentence("unreadable_file", words=error.strerror or str(error))


_NO_NAME = regex(r'[\x00-\x1f\x7f<>:"\\|?*\ud800-\udfff]|[. ](/|$)')
"""What no name of a file may have on Windows, and halves of letters: a name that is not UTF-8."""


def _conflict_line(data: bytes) -> int:
    lines = data.decode("utf-8", "replace").split("\n")
    return next((n for n, line in enumerate(lines, 1) if line.startswith(_MARK)), 0)


def _take_others(store: Store, changed: Mapping[str, str], saved: Saved) -> None:
    """Forms go together when they have no faults; templates and office.yaml as they are."""
    forms = [path for path in changed if path.startswith("forms/")]
    faults = list(_form_faults(store, forms))
    saved.left += faults
    for path, status in changed.items():
        file = store.root / path
        why = why_left(store.root, status, path)
        line = 0 if why else _conflict_line(file.read_bytes()) if file.is_file() else 0
        if why is not None:
            saved.left.append(Fault(path, 0, why))
        elif line:
            saved.left.append(Fault(path, line, Sentence("check_conflict")))
        elif not (faults and path in forms):
            saved.others.append(path)


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

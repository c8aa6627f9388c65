"""One command, one commit: lock, re-read, check, write, commit, index."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from pmcli.dataclass import dataclass
from pmcli.form.library import Library
from pmcli.messages import Sentence
from pmcli.problems import Conflict, SystemFailure, Unmet, Unreadable, Usage, Want
from pmcli.record.parsing import BadRecord, decode, field_name, split
from pmcli.record.quoting import unquoted
from pmcli.record.writing import changed_text, new_text, tombstone_text
from pmcli.store import clock
from pmcli.store.files import remove_all, write_all
from pmcli.store.git import Git, Person
from pmcli.store.git_locks import GitLocked
from pmcli.store.index import Index
from pmcli.store.interruption import deferred
from pmcli.store.journal import FOUNDING, Journal, blob_name
from pmcli.store.lock import (
    hold_for_children,
    office_lock,
    release_children,
    seconds_to_wait,
)
from pmcli.store.office import load_library, load_office
from pmcli.store.office_model import Office
from pmcli.store.packing import pack
from pmcli.store.past import PastRecords
from pmcli.store.records import TAKEN_BACK, Records, record_path
from pmcli.store.traces import emptied, forget, removed
from pmcli.workflow.act import Act, Actor, Context
from pmcli.workflow.change import Change, Command, FileChange
from pmcli.workflow.draft import Draft
from pmcli.workflow.working_days import WorkingDays

if TYPE_CHECKING:
    from pmcli.lint import Settings

MANY_FILES = 50
"""From this many files on, one sync of the whole disk replaces an fsync of each."""


C = TypeVar("C", bound=Change)
Progress = Callable[[list[Draft]], Iterable[Draft]]
"""Passes drafts on as they are made ready, so that a long command can show how far it is."""


@dataclass(frozen=True)
class Written(Generic[C]):
    """What a command has written: what it came to, each record's path, and the commit or ""."""

    outcome: C
    paths: Mapping[str, str]
    commit: str


class Store:
    """An office's folder, opened."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.office: Office = load_office(root)
        self.library: Library = load_library(root)
        self.git = Git(root)
        folder = self.git.folder / "pmcli"
        self.desk = self.git.config("pmcli.desk") or "A"
        self.records = Records(root, self.library, self.office.zone, self.desk, Index(folder))
        self.working_days = WorkingDays(self.office.working_days)
        self._folder = folder

    def settle(self) -> None:
        """Finish or roll back what a killed command left, before anything is read.

        Raises Conflict for an office whose `init` was cut off.
        """
        if (self._folder / FOUNDING).exists() and self.git.head() is None:
            raise Conflict(Sentence("init_unfinished", path=str(self.root)))
        journal = Journal(self.git)
        if not journal.pending:
            return
        try:
            with self._locked():
                self._recover(journal)
        except (SystemFailure, GitLocked):
            # Where nothing can be written, files that are whole may still be read.
            if not journal.readable():
                raise

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the office's lock, with no git of a killed command still at work."""
        with office_lock(self._folder):
            descriptor = hold_for_children(self._folder, max(seconds_to_wait(), 0.05))
            self.git.inherited = () if descriptor is None else (descriptor,)
            try:
                yield
            finally:
                self.git.inherited = ()
                release_children(descriptor)

    @staticmethod
    def _recover(journal: Journal) -> None:
        with deferred() as interruption:
            journal.recover()
            interruption.check()

    def act(self, by: str | None, at: str | None) -> Act:
        """Who acts and when; raises Usage for an unknown name or an impossible time."""
        present = clock.now(self.office.zone)
        moment = clock.moment(at, self.office.zone, present) if at is not None else present
        return self.act_at(self.actor(by), moment, present)

    def act_at(self, actor: str, at: datetime, typed_at: datetime) -> Act:
        """An act of somebody at a time, in this office."""
        return Act(Actor(actor, at, typed_at), self.context)

    @cached_property
    def context(self) -> Context:
        """The office by which what is done is judged."""
        return Context(
            staff=self.office.staff,
            zone=self.office.zone,
            figures=self.office.figures,
            working_days=self.working_days.add,
            unit_pattern=self.office.unit_pattern,
            lists=self.office.lists,
            lint_settings=self._lint_settings,
            office=self.office.names,
        )

    def _lint_settings(self) -> Settings:
        from pmcli.store.lint_settings import office_settings

        return office_settings(self.office)

    def present(self, as_of: datetime | None = None) -> Act:
        """The present moment, with nobody acting: for lists and deadlines."""
        now = as_of or clock.now(self.office.zone)
        return self.act_at(self.git.config("user.name") or "", now, now)

    def actor(self, by: str | None) -> str:
        """The acting staff member: `--by`, else git's user.name; raises Usage."""
        from pmcli.form.values import BadValue

        name = (by if by is not None else self.git.config("user.name") or "").strip()
        if not name:
            raise Usage.of(Want.MISSING, Sentence("no_actor"), "by")
        try:
            return self.office.staff.check(name)
        except BadValue as bad:
            hint = Sentence("by_from_git") if not by else Sentence("by_given")
            raise Usage(Unmet(Want.VALUE, bad.sentence, fields=("by",)), notes=[hint]) from None

    def records_as_of(self, moment: datetime) -> PastRecords:
        """The records as HEAD's history had them at a moment."""
        return PastRecords(self.records, self.git, self.git.revision_at(moment))

    def apply(self, command: Command[C], act: Act, progress: Progress = iter) -> Written[C]:
        """Plan a command under the lock and commit what it comes to: the one way to write.

        The command reads the records anew. Nothing to write makes no commit. Raises what planning
        raises, Conflict when the repository or a record is not ready, SystemFailure when git or the
        disk fails; then nothing has changed.
        """
        with self._locked():
            journal = Journal(self.git)
            self._recover(journal)
            branch = self.git.ensure_ready()
            self.records.forget()
            with self.records.strict():
                change = command.plan(act, self.records)
            if not change.drafts and not change.files:
                return Written(change, {}, "")
            paths, before, after = self._files_of(progress(change.drafts), change.files)
            commit = self.commit_files(
                branch, journal, before, after, change.message(act), act.actor, act,
                emptied(change.drafts),
            )  # fmt: skip
            return Written(change, paths, commit)

    def _files_of(
        self, drafts: Iterable[Draft], files: Mapping[str, FileChange]
    ) -> tuple[dict[str, str], dict[str, bytes | None], dict[str, bytes | None]]:
        """Paths of the records that stay, by number; bytes before and bytes after, by path.

        Raises Conflict for a file that differs from HEAD, save a record that was edited by hand and
        files that a command has read itself.
        """
        paths: dict[str, str] = {}
        before: dict[str, bytes | None] = {}
        after: dict[str, bytes | None] = {}
        edited: set[str] = set()
        for draft in drafts:
            path = self._path(draft)
            text = self._text(draft, path)
            before[path] = None
            if draft.original is not None:
                before[path] = (self.root / path).read_bytes()
            elif (self.root / path).exists():
                raise Conflict(Sentence("file_in_the_way", path=path))
            if draft.gone:
                kept = path.removesuffix(".md") + TAKEN_BACK
                stone = self.root / kept
                before[kept] = stone.read_bytes() if stone.is_file() else None
                after[path], after[kept] = None, text.encode("utf-8")
                continue
            paths[draft.id] = path
            after[path] = text.encode("utf-8")
            if draft.by_hand is not None:
                edited.add(path)
                if before[path] != draft.by_hand:
                    raise Conflict(Sentence("edit_meanwhile", id=draft.id))
        held = self.git.blobs(before)
        for path, data in before.items():
            if data is not None and held.get(path) != blob_name(data, self.git):
                if path not in edited:
                    raise Conflict(Sentence("edited_by_hand", path=path))
            elif data is None and path in held:
                raise Conflict(Sentence("file_in_the_way", path=path))
        for path, file in files.items():
            before[path], after[path] = file.before, file.after
        return paths, before, after

    @staticmethod
    def _path(draft: Draft) -> str:
        if draft.original is not None:
            return draft.original.path
        return record_path(draft.form.name, draft.id, draft.values["created_at"].date())

    def _text(self, draft: Draft, path: str) -> str:
        """The file's new text, read back before it is trusted."""
        if draft.gone:
            return tombstone_text(draft.record)
        try:
            if draft.original is None:
                text = new_text(draft.form, draft.values, draft.events)
            else:
                original = draft.basis or draft.original
                if not original.text:
                    text_now = decode((self.root / path).read_bytes(), path)
                    original = original.replace(text=text_now)
                text = changed_text(original, draft.file_changes, draft.events)
                if draft.basis is not None:
                    text = self._requoted(draft, text, path)
                from pmcli.record.careful import reads_alike

                if not reads_alike(text, path):
                    raise SystemFailure(Sentence("reads_back_differently", path=path))
            back = self.records.parse(path, text.encode("utf-8"), draft.form)
        except BadRecord as bad:
            raise Unreadable(bad.fault) from None
        if {**back.values, **back.extra} != {**draft.values, **draft.extra}:
            raise SystemFailure(Sentence("reads_back_differently", path=path))
        return text

    def _requoted(self, draft: Draft, text: str, path: str) -> str:
        """A text that a hand has written, with quotes where YAML readers would differ."""
        keys = unquoted(split(text, path)[1], draft.form, path)
        if not keys:
            return text
        held = {**draft.values, **draft.extra}
        record = self.records.parse(path, text.encode("utf-8"), draft.form)
        return changed_text(record, {field_name(k): held[field_name(k)] for k in keys}, (), keys)

    def commit_files(
        self,
        branch: str,
        journal: Journal,
        before: Mapping[str, bytes | None],
        after: Mapping[str, bytes | None],
        text: str,
        author: str,
        act: Act,
        erased: Collection[str] = (),
    ) -> str:
        """Write or remove files and commit that; on any failure or interruption put all back.

        Nothing is kept of the former contents, and no draft of a record that is gone or `erased`.
        Without `text` the files are put where HEAD has them already, and nothing is committed. An
        interruption that comes when git has begun to commit comes too late and is dropped.
        """
        email = self.git.config("user.email") or "desk@pmcli.invalid"
        committer = Person(self.git.config("user.name") or author, email, act.typed_at)
        person = Person(author, email, act.at)
        with deferred() as interruption:
            try:
                journal.begin(before, after, places=not text)
                gone = [self.root / path for path, data in after.items() if data is None]
                files = {self.root / p: data for p, data in after.items() if data is not None}
                # Before the others are written, so that the sync of their folder covers this too.
                remove_all(gone)
                write_all(files, len(after) < MANY_FILES, interruption.check)
                interruption.check()
                commit = ""
                if text:
                    commit = self.git.commit(branch, after, text, person, committer)
                    self._ensure_held(branch, journal, commit)
                else:
                    self.git.update_index(after)
            except BaseException:
                # What failed too late to undo anything has not failed.
                if journal.recover(forward=False):
                    return self.git.head() or ""
                # Ctrl-C at a terminal ends git as well: then git's words are not the reason.
                interruption.check()
                raise
            forget(self._folder, before, [*erased, *removed(after)])
            journal.end()
            pack(self.git)
        return commit

    def _ensure_held(self, branch: str, journal: Journal, commit: str) -> None:
        """Raise SystemFailure when a hook has kept the commit from holding what was written.

        The branch is then moved back.
        """
        if self.git.plain() or not (missing := journal.missing()):
            return
        journal.altered(missing)
        self.git.take_back(branch, commit)
        raise SystemFailure(Sentence("hook_changed", paths=sorted(missing)))

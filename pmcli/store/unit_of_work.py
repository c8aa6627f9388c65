"""One command, one commit: lock, re-read, check, write, commit, index."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from pmcli.form.library import Library
from pmcli.messages import Sentence
from pmcli.problems import Conflict, SystemFailure, Unreadable, Usage
from pmcli.record.parsing import BadRecord, careful_tree, decode, fast_tree, split
from pmcli.record.writing import changed_text, new_text
from pmcli.store import clock
from pmcli.store.cache import Cache
from pmcli.store.files import remove_all, write_all
from pmcli.store.git import Git, Person
from pmcli.store.interruption import deferred
from pmcli.store.journal import Journal, blob_name
from pmcli.store.lock import (
    hold_for_children,
    office_lock,
    release_children,
    seconds_to_wait,
)
from pmcli.store.office import Office, load_library, load_office
from pmcli.store.past import PastRecords
from pmcli.store.records import Records, record_path
from pmcli.workflow.act import Act
from pmcli.workflow.draft import Draft
from pmcli.workflow.working_days import WorkingDays

if TYPE_CHECKING:
    from pmcli.lint import Settings

MANY_FILES = 50
"""From this many files on, one sync of the whole disk replaces an fsync of each."""


class Result(Protocol):
    """What a command comes to: the drafts to write, none when nothing changes, and a subject."""

    @property
    def drafts(self) -> list[Draft]:
        """The drafts."""

    @property
    def subject(self) -> str:
        """The commit's first line."""


R = TypeVar("R", bound=Result)
Progress = Callable[[list[Draft]], Iterable[Draft]]
"""Passes drafts on as they are made ready, so that a long command can show how far it is."""


@dataclass(frozen=True)
class Written(Generic[R]):
    """What a command has written: the outcome, each record's path and the commit, "" for none."""

    outcome: R
    paths: Mapping[str, str]
    commit: str


@dataclass(frozen=True)
class Files:
    """Files to be committed: their bytes now and then, None for no file, and the message."""

    before: Mapping[str, bytes | None]
    after: Mapping[str, bytes | None]
    message: str


class Store:
    """An office's folder, opened."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.office: Office = load_office(root)
        self.library: Library = load_library(root)
        self.git = Git(root)
        folder = self.git.folder / "pmcli"
        self.desk = self.git.config("pmcli.desk") or "A"
        self.records = Records(root, self.library, self.office.zone, self.desk, Cache(folder))
        self.working_days = WorkingDays(self.office.working_days)
        self._folder = folder

    def settle(self) -> None:
        """Finish or roll back what a killed command left, before anything is read."""
        journal = Journal(self.git)
        if not journal.pending:
            return
        try:
            with self._locked():
                self._recover(journal)
        except SystemFailure:
            # On a disk that cannot be written, files that HEAD holds as a whole may be read.
            if not journal.committed():
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
        """An act with everything given."""
        return Act(
            actor=actor,
            at=at,
            typed_at=typed_at,
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

        return office_settings(self.root, self.root)

    def present(self, as_of: datetime | None = None) -> Act:
        """The present moment, with nobody acting: for lists and deadlines."""
        now = as_of or clock.now(self.office.zone)
        return self.act_at(self.git.config("user.name") or "", now, now)

    def actor(self, by: str | None) -> str:
        """The acting staff member: `--by`, else git's user.name; raises Usage."""
        from pmcli.form.values import BadValue

        name = (by if by is not None else self.git.config("user.name") or "").strip()
        if not name:
            raise Usage(Sentence("no_actor"))
        try:
            return self.office.staff.check(name)
        except BadValue as bad:
            hint = Sentence("by_from_git") if not by else Sentence("by_given")
            raise Usage(bad.sentence, hint) from None

    def records_as_of(self, moment: datetime) -> PastRecords:
        """The records as HEAD's history had them at a moment."""
        return PastRecords(self.records, self.git, self.git.revision_at(moment))

    def write(self, act: Act, step: Callable[[], R], progress: Progress = iter) -> Written[R]:
        """Take a step under the lock and commit what it comes to; no drafts make no commit.

        `step` reads the records anew. Raises what it raises, Conflict when the repository or a
        record is not ready, SystemFailure when git or the disk fails; then nothing has changed.
        """
        with self._locked():
            journal = Journal(self.git)
            self._recover(journal)
            branch = self.git.ensure_ready()
            self.records.forget()
            outcome = step()
            if not outcome.drafts:
                return Written(outcome, {}, "")
            paths, before, after = self.files_of(progress(outcome.drafts))
            commit = self.commit_files(
                branch, journal, before, after, message(outcome, act), act.actor, act
            )
            return Written(outcome, paths, commit)

    def write_files(self, act: Act, plan: Callable[[], Files | None]) -> str:
        """Write files as a whole under the lock and commit them; return the commit, "" for none.

        `plan` reads anew what it needs. Raises as `write` does.
        """
        with self._locked():
            journal = Journal(self.git)
            self._recover(journal)
            branch = self.git.ensure_ready()
            self.records.forget()
            files = plan()
            if files is None:
                return ""
            return self.commit_files(
                branch, journal, files.before, files.after, files.message, act.actor, act
            )

    def files_of(
        self, drafts: Iterable[Draft], by_hand: Collection[str] = ()
    ) -> tuple[dict[str, str], dict[str, bytes | None], dict[str, bytes | None]]:
        """The files of drafts: path by number, bytes before and bytes after, by path.

        Raises Conflict for a file that differs from HEAD, unless its path is in `by_hand`.
        """
        paths: dict[str, str] = {}
        before: dict[str, bytes | None] = {}
        after: dict[str, bytes | None] = {}
        for draft in drafts:
            path = self._path(draft)
            paths[draft.id] = path
            after[path] = self._text(draft, path).encode("utf-8")
            before[path] = None
            if draft.original is not None:
                before[path] = (self.root / path).read_bytes()
            elif (self.root / path).exists():
                raise Conflict(Sentence("file_in_the_way", path=path))
        held = self.git.blobs(before)
        for path, data in before.items():
            edited = data is not None and held.get(path) != blob_name(data, self.git)
            if edited and path not in by_hand:
                raise Conflict(Sentence("edited_by_hand", path=path))
            if data is None and path in held:
                raise Conflict(Sentence("file_in_the_way", path=path))
        return paths, before, after

    @staticmethod
    def _path(draft: Draft) -> str:
        if draft.original is not None:
            return draft.original.path
        return record_path(draft.form.name, draft.id, draft.values["created_at"].date())

    def _text(self, draft: Draft, path: str) -> str:
        """The file's new text, read back before it is trusted."""
        try:
            if draft.original is None:
                text = new_text(draft.form, draft.values, draft.rows)
            else:
                original = draft.original
                if not original.text:
                    text_now = decode((self.root / path).read_bytes(), path)
                    original = original.replace(text=text_now)
                text = changed_text(original, draft.changes, draft.rows)
                _, front, _, _ = split(text, path)
                if careful_tree(front, path) != fast_tree(front, path):
                    raise SystemFailure(Sentence("reads_back_differently", path=path))
            back = self.records.parse(path, text.encode("utf-8"), draft.form)
        except BadRecord as bad:
            raise Unreadable(bad.fault) from None
        extra = draft.original.extra if draft.original is not None else {}
        values = {k: v for k, v in draft.values.items() if v is not None}
        if {**back.values} != values or back.extra != extra:
            raise SystemFailure(Sentence("reads_back_differently", path=path))
        return text

    def commit_files(
        self,
        branch: str,
        journal: Journal,
        before: Mapping[str, bytes | None],
        after: Mapping[str, bytes | None],
        text: str,
        author: str,
        act: Act,
    ) -> str:
        """Write or remove files and commit that; on any failure or interruption put all back.

        An interruption that comes when git has begun to commit comes too late and is dropped.
        """
        email = self.git.config("user.email") or "desk@pmcli.invalid"
        committer = Person(self.git.config("user.name") or author, email, act.typed_at)
        person = Person(author, email, act.at)
        with deferred() as interruption:
            try:
                journal.begin(before, after)
                gone = [self.root / path for path, data in after.items() if data is None]
                files = {self.root / p: data for p, data in after.items() if data is not None}
                # Before the others are written, so that the sync of their folder covers this too.
                remove_all(gone)
                write_all(files, len(after) < MANY_FILES, interruption.check)
                interruption.check()
                commit = self.git.commit(branch, after, text, person, committer)
            except BaseException:
                # What failed too late to undo anything has not failed.
                if journal.recover():
                    return self.git.head() or ""
                # Ctrl-C at a terminal ends git as well: then git's words are not the reason.
                interruption.check()
                raise
            journal.end()
        return commit


def message(outcome: Result, act: Act) -> str:
    """The commit's message: a subject for people, trailers for machines, no personal data.

    Many records are counted by step and not named.
    """
    lines = [outcome.subject.replace("\n", " "), ""]
    steps = [
        (draft.id, f"{draft.form.name} {row['command']}")
        for draft in outcome.drafts
        for row in draft.rows
    ]
    if len(steps) > MANY_FILES:
        for step, count in Counter(step for _, step in steps).items():
            lines += [f"Records: {count}", f"Transition: {step}"]
    else:
        for number, step in steps:
            lines += [f"Record: {number}", f"Transition: {step}"]
    lines += [f"By: {act.actor}", f"At: {act.at.isoformat()}"]
    return "\n".join(lines) + "\n"

"""The journal: what a command is about to write, so that a killed one is finished or undone.

It stands as `.git/pmcli/journal.json` from before the first file is written until the index agrees.
A command whose commit is in HEAD is finished; any other is rolled back, as it was never
acknowledged. A file that somebody changed in between is left as it is. A journal that cannot be
read is neither: it stays, or is kept aside when it is damaged, and that is said.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import PurePosixPath

from pmcli.dataclass import dataclass
from pmcli.messages import Sentence
from pmcli.problems import Fault, Problem, SystemFailure
from pmcli.store.files import (
    failed,
    remove_all,
    remove_empty,
    remove_temporaries,
    write_all,
    write_atomically,
)
from pmcli.store.git import Git
from pmcli.store.traces import forget

FOUNDING = "init.json"
"""What stands beside the journal while an office is being made."""
DAMAGED = "journal-damaged"
"""What the names of damaged journals begin with, kept beside the journal."""


def blob_name(data: bytes, git: Git) -> str:
    """git's name of a blob, in the repository's object format."""
    return git.blob_name(data)


@dataclass(frozen=True)
class Entry:
    """A file to be written: its bytes before and the name of its new blob; None: no file."""

    before: bytes | None
    after: str | None


@dataclass(frozen=True)
class Begun:
    """What a command has begun: files by path; `places` says that HEAD holds them all already.

    Such files are only put in their places, and finished rather than rolled back.
    """

    files: Mapping[str, Entry]
    places: bool = False


class Journal:
    """The journal of one office."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._path = git.folder / "pmcli" / "journal.json"
        self._begun: Begun | None = None
        self._altered: dict[str, str] = {}

    @property
    def pending(self) -> bool:
        """Whether a command was begun and not ended; raises SystemFailure where none can tell."""
        try:
            os.lstat(self._path)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise failed(self._path, error) from None
        return True

    def begin(
        self,
        before: Mapping[str, bytes | None],
        after: Mapping[str, bytes | None],
        places: bool = False,
    ) -> None:
        """Note the files to be written: their bytes before and after; None: no file.

        With `places` HEAD holds what they will be, and nothing is to be committed.
        """
        files = {path: Entry(data, self._name(after[path])) for path, data in before.items()}
        entries = {
            path: {
                "before": None
                if entry.before is None
                else base64.b64encode(entry.before).decode("ascii"),
                "after": entry.after,
            }
            for path, entry in files.items()
        }
        noted = {"files": entries, **({"places": True} if places else {})}
        write_atomically(self._path, json.dumps(noted).encode("utf-8"), private=True)
        # What this very command began is known, whatever becomes of the journal meanwhile.
        self._begun = Begun(files, places)

    def end(self) -> None:
        """Forget it: everything agrees. Raises SystemFailure when the disk refuses."""
        remove_all([self._path])
        self._begun = None

    def committed(self) -> bool:
        """Whether HEAD holds all that was begun; raises what `recover` raises."""
        return not self.missing()

    def missing(self) -> dict[str, str | None]:
        """The files that HEAD does not hold as they were begun, each with the blob it has."""
        files = self._read().files
        head = self._git.blobs(files)
        return {p: head.get(p) for p, entry in files.items() if head.get(p) != entry.after}

    def altered(self, blobs: Mapping[str, str | None]) -> None:
        """Take these blobs, too, for what this command wrote: a hook has made them of it."""
        self._altered = {path: blob for path, blob in blobs.items() if blob is not None}

    def readable(self) -> bool:
        """Whether the files may be read though recovery has failed: all of it is there, or none."""
        if not self.pending:
            return False
        begun = self._read()
        if not begun.places and self.committed():
            return True
        return not any(
            entry.after != self._name(entry.before)
            and self._name(self._present(path)) == entry.after
            for path, entry in begun.files.items()
        )

    def recover(self, forward: bool = True) -> bool:
        """Finish or roll back what was begun; True when it is finished. Call under the lock.

        Without `forward` files that were only to be placed are taken away again. Raises
        SystemFailure when the disk or git refuses, or the journal cannot be read, GitLocked when
        somebody else holds the index; the next call then tries again.
        """
        remove_temporaries(self._path.parent)
        self._git.locks.drop()
        if not self.pending:
            return False
        begun = self._read()
        for folder in {(self._git.root / path).parent for path in begun.files}:
            remove_temporaries(folder)
        while (done := self._settled(begun, forward)) is None:
            pass
        # Which of them were emptied of personal data nobody knows any more.
        forget(
            self._path.parent,
            begun.files,
            [PurePosixPath(path).stem for path in begun.files] if done else (),
        )
        self.end()
        return done

    def _settled(self, begun: Begun, forward: bool) -> bool | None:
        """Finish or roll back; True when finished, None when HEAD moved meanwhile: once more."""
        files = begun.files
        head = self._git.blobs(files)
        done = all(head.get(path) == entry.after for path, entry in files.items())
        unsettled = self._unsettled(files, head)
        changed = not done and any(
            entry.before is not None and self._written(path, entry) for path, entry in files.items()
        )
        if not unsettled and not changed:
            return self._in_place(begun, done, forward)
        # While somebody else holds the index nothing is touched: he may be committing just this.
        with self._git.putting(unsettled):
            if self._git.blobs(files) != head:
                return None
            return self._in_place(begun, done, forward)

    def _in_place(self, begun: Begun, done: bool, forward: bool) -> bool:
        """Bring the files to where they belong; True when what was begun is done."""
        if begun.places:
            done = forward and self._place(begun.files)
        if not done:
            # New files first: that makes room for the old ones on a full disk.
            order = sorted(begun.files.items(), key=lambda item: item[1].before is not None)
            for path, entry in order:
                self._restore(path, entry)
        return done

    def _read(self) -> Begun:
        """What was begun.

        Raises SystemFailure when the journal cannot be read; a damaged one is then kept aside.
        """
        if self._begun is not None:
            return self._begun
        try:
            data = self._path.read_bytes()
        except OSError as error:
            raise failed(self._path, error) from None
        try:
            noted = json.loads(data)
            files = {
                str(path): Entry(
                    None
                    if entry["before"] is None
                    else base64.b64decode(entry["before"], validate=True),
                    None if entry["after"] is None else str(entry["after"]),
                )
                for path, entry in noted["files"].items()
            }
            self._begun = Begun(files, bool(noted.get("places")))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise self._set_aside() from None
        return self._begun

    def _set_aside(self) -> SystemFailure:
        """Keep a damaged journal under another name; return what is to be said."""
        names = (f"{DAMAGED}{n}.json" for n in ("", *(f"-{i}" for i in range(2, 1000))))
        kept = next(
            path for name in names if not os.path.lexists(path := self._path.with_name(name))
        )
        try:
            self._path.replace(kept)
        except OSError as error:
            return failed(self._path, error)
        found: list[Fault] = []
        with contextlib.suppress(Problem):
            found = [
                Fault(path, 0, Sentence("check_uncommitted"))
                for _, path in self._git.changed(["records"])
            ]
        return SystemFailure(Sentence("journal_damaged", path=str(kept)), *found)

    def _present(self, path: str) -> bytes | None:
        """A file's bytes, None where there is none; raises SystemFailure when it is unreadable."""
        try:
            return (self._git.root / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise failed(self._git.root / path, error) from None

    def _restore(self, path: str, entry: Entry) -> None:
        file = self._git.root / path
        if self._written(path, entry):
            if entry.before is None:
                remove_all([file])
            else:
                write_atomically(file, entry.before)
        if entry.before is None:
            remove_empty(file.parent, self._git.root)

    def _written(self, path: str, entry: Entry) -> bool:
        """Whether a file is as this command wrote it, or as a hook has made it of that."""
        present = self._name(self._present(path))
        return present in {entry.after, self._altered.get(path, entry.after)}

    def _place(self, files: Mapping[str, Entry]) -> bool:
        """Put files as HEAD holds them where they still are as before; False when that fails."""
        still = {
            path: entry
            for path, entry in files.items()
            if self._name(self._present(path)) == self._name(entry.before)
        }
        try:
            contents = self._git.contents(e.after for e in still.values() if e.after is not None)
            remove_all(self._git.root / p for p, entry in still.items() if entry.after is None)
            write_all(
                {
                    self._git.root / p: contents[entry.after]
                    for p, entry in still.items()
                    if entry.after is not None
                }
            )
        except SystemFailure:
            return False
        return True

    def _unsettled(
        self, files: Mapping[str, Entry], head: Mapping[str, str]
    ) -> dict[str, str | None]:
        """What the index must have to agree with HEAD where it has what was begun.

        What somebody has staged himself is left.
        """
        staged = self._git.staged(files)
        ours = {
            path
            for path, entry in files.items()
            if staged.get(path) in (entry.after, self._name(entry.before))
        }
        return {p: head.get(p) for p in ours if staged.get(p) != head.get(p)}

    def _name(self, data: bytes | None) -> str | None:
        return None if data is None else blob_name(data, self._git)

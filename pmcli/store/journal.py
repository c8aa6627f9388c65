"""The journal: what a command is about to write, so that a killed one is finished or undone.

It stands as `.git/pmcli/journal.json` from before the first file is written until the index agrees.
A command whose commit is in HEAD is finished; any other is rolled back, as it was never
acknowledged. A file that somebody changed in between is left as it is.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pmcli.store.files import (
    remove_empty,
    remove_quietly,
    remove_temporaries,
    write_atomically,
)
from pmcli.store.git import Git
from pmcli.store.traces import forget


def blob_name(data: bytes, git: Git) -> str:
    """git's name of a blob, in the repository's object format."""
    algorithm = git.config("extensions.objectformat") or "sha1"
    return hashlib.new(
        algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False
    ).hexdigest()


@dataclass(frozen=True)
class Entry:
    """A file to be written: its bytes before and the name of its new blob; None: no file."""

    before: bytes | None
    after: str | None


class Journal:
    """The journal of one office."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._path = git.folder / "pmcli" / "journal.json"

    @property
    def pending(self) -> bool:
        """Whether a command was begun and not ended."""
        return self._path.exists()

    def begin(self, before: Mapping[str, bytes | None], after: Mapping[str, bytes | None]) -> None:
        """Note the files to be written: their bytes before and after; None: no file."""
        entries = {
            path: {
                "before": None if data is None else base64.b64encode(data).decode("ascii"),
                "after": self._name(after[path]),
            }
            for path, data in before.items()
        }
        write_atomically(self._path, json.dumps({"files": entries}).encode("utf-8"), private=True)

    def end(self) -> None:
        """Forget it: everything agrees."""
        remove_quietly(self._path)

    def committed(self) -> bool:
        """Whether HEAD holds all that was begun."""
        files = self._read()
        head = self._git.blobs(files)
        return all(head.get(path) == entry.after for path, entry in files.items())

    def recover(self) -> bool:
        """Finish or roll back what was begun; True when it is finished. Call under the lock.

        Raises SystemFailure when the disk or git refuses; the next call then tries again.
        """
        remove_temporaries(self._path.parent)
        if not self.pending:
            return False
        with contextlib.suppress(OSError):
            self._git.drop_locks(self._path.stat().st_mtime)
        files = self._read()
        head = self._git.blobs(files)
        done = all(head.get(path) == entry.after for path, entry in files.items())
        for folder in {(self._git.root / path).parent for path in files}:
            remove_temporaries(folder)
        if not done:
            # New files first: that makes room for the old ones on a full disk.
            for path, entry in sorted(files.items(), key=lambda item: item[1].before is not None):
                self._restore(self._git.root / path, entry)
        self._settle_index(files, head)
        # Which of them were emptied of personal data nobody knows any more.
        forget(self._path.parent, files, [Path(path).stem for path in files] if done else ())
        self.end()
        return done

    def _read(self) -> dict[str, Entry]:
        """What was begun; nothing when the journal cannot be understood."""
        try:
            files = json.loads(self._path.read_bytes())["files"]
            return {
                str(path): Entry(
                    None if entry["before"] is None else base64.b64decode(entry["before"]),
                    None if entry["after"] is None else str(entry["after"]),
                )
                for path, entry in files.items()
            }
        except (ValueError, KeyError, TypeError, AttributeError, OSError):
            return {}

    def _restore(self, path: Path, entry: Entry) -> None:
        try:
            present = path.read_bytes()
        except OSError:
            present = None
        if self._name(present) == entry.after:
            if entry.before is None:
                remove_quietly(path)
            else:
                write_atomically(path, entry.before)
        if entry.before is None:
            remove_empty(path.parent, self._git.root)

    def _settle_index(self, files: Mapping[str, Entry], head: Mapping[str, str]) -> None:
        """Bring the index to agree with HEAD where it has what was begun, not somebody's own."""
        staged = self._git.staged(files)
        ours = {
            path
            for path, entry in files.items()
            if staged.get(path) in (entry.after, self._name(entry.before))
        }
        self._git.put_index({p: head.get(p) for p in ours if staged.get(p) != head.get(p)})

    def _name(self, data: bytes | None) -> str | None:
        return None if data is None else blob_name(data, self._git)

"""Front matter already parsed, kept in SQLite under .git/pmcli/, checked by size, time and inode.

It may be deleted at any moment: what it answers is what reading every file would. A cache that is
missing, corrupt, of another version or on a disk that cannot be written is done without.

It holds what the records hold, so only its owner may read it. Of a file that was changed or removed
the row goes; as SQLite leaves copies of rows where it has moved them, what must not be found again
is followed by a rewriting of the whole database.
"""

from __future__ import annotations

import json
import os
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmcli.problems import SystemFailure
from pmcli.record.lazy import Kept
from pmcli.store.files import make_private_folder, private_mode, remove_quietly
from pmcli.yaml_files.regular import read_regular

if TYPE_CHECKING:
    import sqlite3

VERSION = 4
NAME = "cache.sqlite"
_FRESH_NS = 2_000_000_000
"""A file changed this shortly before it was read might change again within its time stamp."""


@dataclass(frozen=True)
class Entry:
    """A record file: its form, path below the office, number and directory entry."""

    form: str
    path: str
    number: str
    entry: os.DirEntry[str]

    def signature(self) -> tuple[int, int, int]:
        """Size in bytes, modification time in ns, inode."""
        stat = self.entry.stat()
        return stat.st_size, stat.st_mtime_ns, stat.st_ino


class Cache:
    """Parsed front matter by path; one that does not write takes what is there and adds nothing."""

    def __init__(self, folder: Path | None, writes: bool = True) -> None:
        self._path = folder / NAME if folder is not None else None
        self._writes = writes
        self._form = ""
        self._database: sqlite3.Connection | None = None
        self._new: list[tuple[Entry, tuple[str, str, int, int, int, int, str]]] = []
        self._stale: set[str] = set()
        self._signatures: dict[str, tuple[int, int, int]] = {}

    def load(
        self, folder: str, form: str, entries: Iterable[Entry], whole: bool = True
    ) -> Iterator[tuple[Entry, bytes | OSError | Kept]]:
        """For each file what was kept of it, or its bytes when they must be read.

        A file that cannot be read comes with the system's reason. `entries` are files below
        `folder`, such as records/visit/, or all of them (`whole`); `form` is the fingerprint of the
        form by which they are read.
        """
        self._form = form
        held, entries = self._rows(folder), list(entries)
        self._stale = set(held) if whole else {entry.path for entry in entries} & set(held)
        now = time.time_ns()
        for entry in entries:
            try:
                signature = entry.signature()
                row = held.get(entry.path)
                same = row is not None and row[:4] == (form, *signature)
                kept = _intact(row) if row is not None and same else None
                if kept is None:
                    data = read_regular(entry.entry.path)
            except OSError as error:
                yield entry, error
                continue
            if kept is not None:
                self._stale.discard(entry.path)
                yield entry, kept
                continue
            if now - signature[1] > _FRESH_NS:
                self._signatures[entry.path] = signature
            yield entry, data

    def keep(self, entry: Entry, data: Kept) -> None:
        """Remember what was just read, unless its file is too fresh to trust its time."""
        signature = self._signatures.pop(entry.path, None)
        if signature is not None and self._path is not None:
            text = json.dumps(data, ensure_ascii=False)
            row = (entry.path, self._form, *signature, _checksum(text), text)
            self._new.append((entry, row))

    def flush(self) -> None:
        """Write what was remembered and drop what is stale; a failure only costs time."""
        import sqlite3

        new, stale, database = self._new, self._stale, self._database
        self._new, self._stale = [], set()
        if database is None or not (new or stale):
            return
        try:
            with database:
                database.execute("begin immediate")
                database.executemany("delete from record where path = ?", [(p,) for p in stale])
                # A file that was changed since it was read may have been changed to forget.
                database.executemany(
                    "insert or replace into record values (?, ?, ?, ?, ?, ?, ?)",
                    [row for entry, row in new if _stands(entry, row[2:5])],
                )
            if stale:
                database.execute("vacuum")
        except sqlite3.Error:
            self._database = None

    def _rows(self, folder: str) -> dict[str, tuple[Any, ...]]:
        """What is kept of the files below a folder, by path."""
        import sqlite3

        if self._path is None:
            return {}
        try:
            if self._database is None:
                opened = self._open if self._writes else _as_it_stands
                self._database = opened(self._path)
            query = (
                "select path, form, size, mtime, inode, checksum, data from record "
                "where path >= ? and path < ?"
            )
            bounds = (folder, folder[:-1] + chr(ord("/") + 1))
            return {row[0]: row[1:] for row in self._database.execute(query, bounds)}
        except (sqlite3.Error, OSError, SystemFailure):
            self._database = None
            if self._writes:
                _drop(self._path)
            return {}

    @staticmethod
    def _open(path: Path) -> sqlite3.Connection:
        if not path.exists():
            make_private_folder(path.parent)
            mode = private_mode(path.parent)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, mode))
        database = _connected(path, 0.5)
        if _version(database) != VERSION:
            database.close()
            _drop(path)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, private_mode(path.parent)))
            database = _connected(path, 0.5)
            database.execute(
                "create table if not exists record (path text primary key, form text, "
                "size integer, mtime integer, inode integer, checksum integer, data text) "
                "without rowid"
            )
            database.execute(f"pragma user_version = {VERSION}")
            database.commit()
        return database


def forget_rows(folder: Path, paths: Iterable[str], wholly: bool = False) -> None:
    """Drop what is kept of some files, `wholly` without a trace; where that fails, everything."""
    import sqlite3

    path, wanted = folder / NAME, [(one,) for one in paths if _can_be_kept(one)]
    if not wanted or not path.exists():
        return
    try:
        database = _connected(path, 5)
        try:
            if _version(database) != VERSION:
                raise sqlite3.DatabaseError
            # A disk that loses power may bring them back; the next reading drops them again.
            database.execute("pragma synchronous = off")
            with database:
                database.execute("begin immediate")
                database.executemany("delete from record where path = ?", wanted)
            if wholly:
                database.execute("vacuum")
        finally:
            database.close()
    except (sqlite3.Error, OSError):
        _drop(path)


def _can_be_kept(path: str) -> bool:
    """Whether a path is text; the bytes of names that are not UTF-8 go into no database."""
    return not any("\ud800" <= letter <= "\udfff" for letter in path)


def _connected(path: Path, wait: float) -> sqlite3.Connection:
    import sqlite3

    database = sqlite3.connect(path, timeout=wait)
    database.execute("pragma secure_delete = on")
    database.execute("pragma temp_store = memory")
    return database


def _as_it_stands(path: Path) -> sqlite3.Connection:
    """A database to look at, which nothing changes; raises sqlite3.Error for an unfit one."""
    import sqlite3

    database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", timeout=0.5, uri=True)
    if _version(database) != VERSION:
        database.close()
        raise sqlite3.DatabaseError
    return database


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("pragma user_version").fetchone()[0])


def _drop(path: Path) -> None:
    for end in ("", "-journal"):
        remove_quietly(path.with_name(path.name + end))


def _stands(entry: Entry, signature: tuple[int, ...]) -> bool:
    """Whether a file is still the one that was read."""
    try:
        stat = Path(entry.entry.path).stat()
    except OSError:
        return False
    return (stat.st_size, stat.st_mtime_ns, stat.st_ino) == signature


def _checksum(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def _intact(row: tuple[Any, ...]) -> Kept | None:
    """What a row of the database holds, unless the disk has changed it; SQLite does not notice."""
    checksum, text = row[4:]
    if not isinstance(text, str) or _checksum(text) != checksum:
        return None
    kept: Kept = json.loads(text)
    return kept

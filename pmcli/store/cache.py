"""Front matter already parsed, kept in SQLite under .git/pmcli/, checked by size, time and inode.

It may be deleted at any moment: what it answers is what reading every file would. A cache that is
missing, corrupt, of another version or on a disk that cannot be written is done without.
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

from pmcli.record.lazy import Kept

if TYPE_CHECKING:
    import sqlite3

VERSION = 3
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
    """Parsed front matter by path."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / "cache.sqlite" if folder is not None else None
        self._form = ""
        self._database: sqlite3.Connection | None = None
        self._new: list[tuple[str, str, int, int, int, int, str]] = []
        self._signatures: dict[str, tuple[int, int, int]] = {}

    def load(
        self, form: str, entries: Iterable[Entry]
    ) -> Iterator[tuple[Entry, bytes | OSError | Kept]]:
        """For each file what was kept of it, or its bytes when they must be read.

        A file that cannot be read comes with the system's reason. `form` is the fingerprint of the
        form by which they are read.
        """
        self._form = form
        held = self._rows(form)
        now = time.time_ns()
        for entry in entries:
            try:
                signature = entry.signature()
                row = held.get(entry.path)
                kept = _intact(row) if row is not None and row[:3] == signature else None
                if kept is None:
                    data = Path(entry.entry.path).read_bytes()
            except OSError as error:
                yield entry, error
                continue
            if kept is not None:
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
            self._new.append((entry.path, self._form, *signature, _checksum(text), text))

    def flush(self) -> None:
        """Write what was remembered; a failure only costs time."""
        import sqlite3

        if not self._new or self._database is None:
            self._new.clear()
            return
        try:
            with self._database:
                self._database.executemany(
                    "insert or replace into record values (?, ?, ?, ?, ?, ?, ?)", self._new
                )
        except sqlite3.Error:
            self._database = None
        self._new.clear()

    def _rows(self, form: str) -> dict[str, tuple[Any, ...]]:
        import sqlite3

        if self._path is None:
            return {}
        try:
            if self._database is None:
                self._database = self._open()
            query = "select path, size, mtime, inode, checksum, data from record where form = ?"
            return {row[0]: row[1:] for row in self._database.execute(query, (form,))}
        except (sqlite3.Error, OSError):
            self._database = None
            self._drop()
            return {}

    def _open(self) -> sqlite3.Connection:
        import sqlite3

        assert self._path is not None
        self._path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(self._path, timeout=0.5)
        if database.execute("pragma user_version").fetchone()[0] != VERSION:
            database.execute("drop table if exists record")
            database.execute(
                "create table record (path text primary key, form text, size integer, "
                "mtime integer, inode integer, checksum integer, data text) without rowid"
            )
            database.execute(f"pragma user_version = {VERSION}")
            database.commit()
        database.execute("create index if not exists by_form on record (form)")
        return database

    def _drop(self) -> None:
        from pmcli.store.files import remove_quietly

        if self._path is not None:
            for end in ("", "-journal"):
                remove_quietly(self._path.with_name(self._path.name + end))


def _checksum(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def _intact(row: tuple[Any, ...]) -> Kept | None:
    """What a row of the database holds, unless the disk has changed it; SQLite does not notice."""
    checksum, text = row[3:]
    if not isinstance(text, str) or _checksum(text) != checksum:
        return None
    kept: Kept = json.loads(text)
    return kept

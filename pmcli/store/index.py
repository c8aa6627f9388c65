"""Where each record stands, kept in SQLite under .git/pmcli/, checked by size, times and inode.

It may be deleted at any moment: what it answers is what reading every file would. An index that is
missing, corrupt, of another version or on a disk that cannot be written is done without.

It holds numbers, states, days, homes and members of the staff (see `Glance`), and which files are
in the plain shape that pmcli writes; of what is private, and of what anybody wrote, it holds
nothing. Table `record`, one row a file:

- `path` below the office; `form`, the fingerprint of what it was read by;
- `size`, `mtime`, `ctime` (ns) and `inode` of the file; `plain`, 1 for the shape that pmcli writes;
- `number`, `state`, `created`, `latest` (UTC, empty for none), `keeper`;
- `names`, a JSON list of the records and homes it names, null where a private field names some;
- `checksum` (CRC-32) of the row.

Table `month`, one row for each folder of records whose files are all known and have not changed:
its `path`, `form` as above, a `digest` (SHA-256) of the names and signatures of its files, and
`sheet`, the same facts column by column as JSON (see `Sheet`), behind a CRC-32. A folder whose
digest is still the same is answered from there.
"""

from __future__ import annotations

import json
import marshal
import os
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pmcli.problems import SystemFailure
from pmcli.record.glance import Glance, Sheet
from pmcli.store.files import make_private_folder, private_mode, remove_quietly
from pmcli.yaml_files.regular import read_regular

if TYPE_CHECKING:
    import sqlite3

VERSION = 6
NAME = "index.sqlite3"
BEFORE = "cache.sqlite"
"""What the first release kept, with all that the records hold; it is removed where it is found."""
FRESH_NS = 2_000_000_000
"""A file changed this shortly before it was read might change again within its time stamp."""
_AFTER = chr(ord("/") + 1)
"""What the paths below a folder end before."""
_COLUMNS = (
    "path", "form", "size", "mtime", "ctime", "inode", "plain", "number", "state", "created",
    "latest", "keeper", "names", "checksum",
)  # fmt: skip
_KEPT = len(_COLUMNS) - 1
"""The place of a row's checksum."""

Signature = tuple[int, int, int, int]
"""Size in bytes, times of the last change of its bytes and of the file in ns, inode."""


def signature_of(stat: os.stat_result) -> Signature:
    """What tells a file from what it was before; the fourth time is one that nobody can set."""
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


class Entry(NamedTuple):
    """A record file: its form, path below the office, number and directory entry."""

    form: str
    path: str
    number: str
    entry: os.DirEntry[str]

    @property
    def folder(self) -> str:
        """The path of its folder below the office."""
        return self.path.rpartition("/")[0]

    def signature(self) -> Signature:
        """As it was when its folder was listed or first asked."""
        return signature_of(self.entry.stat())

    def stands(self) -> bool:
        """Whether the file is still the one that was looked at."""
        try:
            return signature_of(Path(self.entry.path).stat()) == self.signature()
        except OSError:
            return False


class Known(NamedTuple):
    """What the index knows of a file, and whether it may be read lazily."""

    glance: Glance
    plain: bool


class Index:
    """Glances by path; one that does not write takes what is there and adds nothing."""

    def __init__(self, folder: Path | None, writes: bool = True) -> None:
        self._path = folder / NAME if folder is not None else None
        self._writes = writes
        self._form = ""
        self._database: sqlite3.Connection | None = None
        self._new: list[tuple[Any, ...]] = []
        self._stale: set[str] = set()
        self._signatures: dict[str, Signature] = {}
        self._sheets: list[tuple[str, str, bytes, bytes]] = []

    def sheet(self, folder: str, form: str, entries: Sequence[Entry]) -> Sheet | None:
        """What is known of all files of a folder, when none has come, gone or changed."""
        digest = _digest(entries)
        for kept, data in self._asked(
            "select digest, sheet from month where path = ? and form = ?", folder, form
        ):
            if digest is not None and kept == digest:
                return _unpacked(data)
        return None

    def keep_sheet(self, folder: str, form: str, entries: Sequence[Entry], sheet: Sheet) -> None:
        """Remember what is known of a folder, unless a file of it was too fresh to be trusted."""
        digest = _digest(entries)
        if digest is not None and not any(_is_fresh(entry.signature()) for entry in entries):
            self._sheets.append((folder, form, digest, _packed(sheet)))

    def look(
        self, folder: str, form: str, entries: Iterable[Entry], whole: bool = True
    ) -> Iterator[tuple[Entry, bytes | OSError | Known]]:
        """For each file what is known of it, or its bytes when it must be read.

        A file that cannot be read comes with the system's reason. `entries` are files below
        `folder`, such as records/visit/, or all of them (`whole`); `form` is the fingerprint of the
        form by which they are read.
        """
        self._form = form
        held, entries = self._rows(folder), list(entries)
        self._stale |= set(held) if whole else {entry.path for entry in entries} & set(held)
        for entry in entries:
            try:
                signature = entry.signature()
                row = held.get(entry.path)
                known = None
                if row is not None and row[2:6] == signature and row[1] == form:
                    known = _intact(row)
                if known is None:
                    data = read_regular(entry.entry.path)
            except OSError as error:
                yield entry, error
                continue
            if known is not None:
                self._stale.discard(entry.path)
                yield entry, known
                continue
            if not _is_fresh(signature):
                self._signatures[entry.path] = signature
            yield entry, data

    def only(self, folder: str, inner: Sequence[str]) -> None:
        """Forget files below a folder that lie in none of these, which are in order."""
        after = f"{folder}/"
        for one in [*inner, f"{folder}{_AFTER}"]:
            rows = self._asked("select path from record where path >= ? and path < ?", after, one)
            self._stale |= {path for (path,) in rows}
            after = f"{one}{_AFTER}"

    def keep(self, entry: Entry, known: Known) -> None:
        """Remember what was just read, unless its file is too fresh to trust its times."""
        signature = self._signatures.pop(entry.path, None)
        if signature is None or self._path is None:
            return
        number, state, created, latest, keeper, names = known.glance
        told = None if names is None else json.dumps(sorted(names), ensure_ascii=False)
        row = (
            entry.path, self._form, *signature, int(known.plain), number, state, created, latest,
            keeper, told,
        )  # fmt: skip
        self._new.append((*row, _checksum(row)))

    def flush(self) -> None:
        """Write what was remembered and drop what is stale; a failure only costs time."""
        import sqlite3

        new, stale, sheets, database = self._new, self._stale, self._sheets, self._database
        self._new, self._stale, self._sheets = [], set(), []
        if database is None or not self._writes or not (new or stale or sheets):
            return
        places = ", ".join("?" for _ in _COLUMNS)
        try:
            with database:
                database.execute("begin immediate")
                database.executemany("delete from record where path = ?", [(p,) for p in stale])
                left = {(path.rpartition("/")[0],) for path in stale}
                database.executemany("delete from month where path = ?", [*left])
                database.executemany(f"insert or replace into record values ({places})", new)
                database.executemany("insert or replace into month values (?, ?, ?, ?)", sheets)
        except sqlite3.Error:
            self._database = None

    def _rows(self, folder: str) -> dict[str, tuple[Any, ...]]:
        """What is kept of the files below a folder, by path."""
        query = f"select {', '.join(_COLUMNS)} from record where path >= ? and path < ?"
        rows = self._asked(query, folder, folder[:-1] + _AFTER)
        return {row[0]: row for row in rows}

    def _asked(self, query: str, *given: str) -> list[tuple[Any, ...]]:
        """The rows of an answer; none where there is no fit database."""
        import sqlite3

        if self._path is None:
            return []
        try:
            if self._database is None:
                opened = self._open if self._writes else _as_it_stands
                self._database = opened(self._path)
            return self._database.execute(query, given).fetchall()
        except (sqlite3.Error, OSError, SystemFailure):
            self._database = None
            if self._writes:
                _drop(self._path)
            return []

    @staticmethod
    def _open(path: Path) -> sqlite3.Connection:
        if not path.exists():
            make_private_folder(path.parent)
            _drop(path.with_name(BEFORE))
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
                "size integer, mtime integer, ctime integer, inode integer, plain integer, "
                "number text, state text, created text, latest text, keeper text, names text, "
                "checksum integer) without rowid"
            )
            database.execute(
                "create table if not exists month "
                "(path text primary key, form text, digest blob, sheet blob) without rowid"
            )
            database.execute(f"pragma user_version = {VERSION}")
            database.commit()
        return database


def forget_rows(folder: Path, paths: Iterable[str], wholly: bool = False) -> None:
    """Drop what is kept of some files, `wholly` without a trace; where that fails, everything.

    SQLite leaves copies of rows where it has moved them: what must not be found again is followed
    by a rewriting of the whole database.
    """
    import sqlite3

    path, wanted = folder / NAME, [(one,) for one in paths if _can_be_kept(one)]
    if wholly:
        _drop(folder / BEFORE)
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
                months = {(one.rpartition("/")[0],) for (one,) in wanted}
                database.executemany("delete from month where path = ?", [*months])
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


def _is_fresh(signature: Signature) -> bool:
    """Whether a file was changed so shortly ago that it may change again unnoticed."""
    return time.time_ns() - max(signature[1:3]) <= FRESH_NS


def _digest(entries: Sequence[Entry]) -> bytes | None:
    """What tells a folder from what it was before; None where a file cannot be asked."""
    try:
        told = [(entry.number, *entry.signature()) for entry in entries]
    except OSError:
        return None
    return sha256(marshal.dumps(told, 2)).digest()


def _packed(sheet: Sheet) -> bytes:
    data = json.dumps(sheet.columns(), ensure_ascii=False, separators=(",", ":")).encode()
    return zlib.crc32(data).to_bytes(4, "big") + data


def _unpacked(data: bytes) -> Sheet | None:
    """The sheet that was kept, unless the disk has changed it."""
    if not isinstance(data, bytes) or zlib.crc32(data[4:]) != int.from_bytes(data[:4], "big"):
        return None
    return Sheet(*json.loads(data[4:]))


def _checksum(row: tuple[Any, ...]) -> int:
    return zlib.crc32(repr(row).encode("utf-8", "surrogatepass"))


def _intact(row: tuple[Any, ...]) -> Known | None:
    """What a row of the database tells, unless the disk has changed it; SQLite does not notice."""
    if _checksum(row[:_KEPT]) != row[_KEPT]:
        return None
    plain, number, state, created, latest, keeper, told = row[6:_KEPT]
    names = None if told is None else frozenset(json.loads(told)) if told != "[]" else _NOBODY
    return Known(Glance(number, state, created, latest, keeper, names), bool(plain))


_NOBODY: frozenset[str] = frozenset()

"""Files written so that a crash leaves the old or the new, never half of one."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from pmcli.messages import Sentence
from pmcli.patterns import regex
from pmcli.problems import SystemFailure

TEMPORARY = ".pmcli-"
"""What the names of temporary files begin with; they stand beside the file they will become."""
_TEMPORARY_NAME = regex(rf"{re.escape(TEMPORARY)}[0-9a-f]{{12}}")


def is_temporary(name: str) -> bool:
    """Whether a file's name is one that pmcli gives to temporary files, and nobody else."""
    return _TEMPORARY_NAME.fullmatch(name) is not None


def write_atomically(path: Path, data: bytes, durable: bool = True, private: bool = False) -> None:
    """Write a file through a temporary one beside it, fsync and rename.

    A `private` one is for its owner alone, in a folder that is. Raises SystemFailure with the
    system's reason; the old file then still stands.
    """
    if private:
        make_private_folder(path.parent)
    write_all({path: data}, durable, mode=private_mode(path.parent) if private else 0o666)


def write_all(
    files: Mapping[Path, bytes],
    durable: bool = True,
    check: Callable[[], None] = lambda: None,
    mode: int = 0o666,
) -> None:
    """Write files, each under a temporary name until all are on the disk, then rename them.

    `durable` syncs file by file, else the whole disk at once, where the system can. `check` is
    called between files and may raise. Raises SystemFailure with the system's reason; unless it
    came while renaming, all old files then still stand.
    """
    durable = durable or not hasattr(os, "sync")
    waiting: dict[Path, Path] = {}
    path = Path()
    try:
        for path, data in files.items():
            check()
            waiting[path] = path.with_name(f"{TEMPORARY}{os.urandom(6).hex()}")
            _make_folder(path.parent)
            _write(waiting[path], data, durable, mode)
        if not durable:
            os.sync()
        for path, temporary in waiting.items():
            check()
            temporary.replace(path)
        if durable:
            for folder in {path.parent for path in files}:
                _sync_folder(folder)
        else:
            os.sync()
    except BaseException as error:
        # An interruption, too, leaves no temporary file behind.
        for temporary in waiting.values():
            remove_quietly(temporary)
        if isinstance(error, OSError):
            raise failed(path, error) from None
        raise


def _write(path: Path, data: bytes, durable: bool, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        if durable:
            stream.flush()
            os.fsync(stream.fileno())


def failed(path: Path, error: OSError) -> SystemFailure:
    """A file-system failure as a sentence."""
    return SystemFailure(
        Sentence("file_failed", path=str(path), words=error.strerror or str(error))
    )


def make_private_folder(folder: Path) -> None:
    """Make a folder that nobody else may enter; one that others may enter is closed to them.

    Where the group may write into the folder above it, as in a repository that several accounts
    share, the group may enter. Raises SystemFailure with the system's reason.
    """
    try:
        _make_folder(folder.parent)
        mode = private_mode(folder.parent) | 0o100
        mode |= 0o010 if mode & 0o020 else 0
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode)
            _sync_folder(folder.parent)
        if folder.stat().st_mode & 0o777 & ~mode:
            with contextlib.suppress(OSError):
                folder.chmod(folder.stat().st_mode & 0o7000 | mode)
    except OSError as error:
        raise failed(folder, error) from None


def private_mode(folder: Path) -> int:
    """The permissions of a file for the folder's owner, or its group where that may write there."""
    try:
        shared = folder.stat().st_mode & 0o020
    except OSError:
        shared = 0
    return 0o660 if shared and os.name == "posix" else 0o600


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, each durably."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable; systems that cannot open folders do without."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_all(paths: Iterable[Path]) -> None:
    """Remove files; raises SystemFailure with the system's reason. One that is gone is fine.

    So is one in whose place a folder stands.
    """
    for path in paths:
        try:
            if os.path.lexists(path) and (path.is_symlink() or not path.is_dir()):
                path.unlink(missing_ok=True)
        except OSError as error:
            raise failed(path, error) from None


def remove_quietly(path: Path) -> None:
    """Remove a file if it is there and can be."""
    with contextlib.suppress(OSError):
        if os.path.lexists(path):
            path.unlink()


def remove_temporaries(folder: Path) -> None:
    """Remove what killed commands left under temporary names. Call under the lock."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if is_temporary(entry.name) and entry.is_file(follow_symlinks=False):
                remove_quietly(Path(entry.path))


def remove_empty(folder: Path, top: Path) -> None:
    """Remove a folder and those above it, below `top`, as far as they are empty."""
    while top in folder.parents:
        with contextlib.suppress(OSError):
            folder.rmdir()
        folder = folder.parent


_BINARY = getattr(os, "O_BINARY", 0)

"""What was read of forms and office.yaml, kept under .git/pmcli: deleted, it is read again."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from pmcli.problems import SystemFailure
from pmcli.store.files import make_private_folder, private_mode
from pmcli.store.git_locks import git_folder
from pmcli.yaml_files.regular import read_regular


class FormShelf:
    """Bytes by name in a folder of an office's clone; one that does not write only looks.

    A file that was not written to its end is for whoever reads it to notice.
    """

    def __init__(self, root: Path, writes: bool = True) -> None:
        self._root = root
        self._writes = writes

    def read(self, name: str) -> bytes | None:
        """The bytes kept under a name, else None."""
        with contextlib.suppress(OSError):
            return read_regular(self._folder / name)
        return None

    def write(self, name: str, data: bytes) -> None:
        """Keep bytes; a failure only costs time."""
        if not self._writes:
            return
        with contextlib.suppress(OSError, SystemFailure):
            folder = self._folder
            make_private_folder(folder.parent)
            make_private_folder(folder)
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
            with os.fdopen(os.open(folder / name, flags, private_mode(folder)), "wb") as file:
                file.write(data)

    @property
    def _folder(self) -> Path:
        return git_folder(self._root) / "pmcli" / "forms"

"""The records of an office as a commit of its history has them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pmcli.record.model import Record
from pmcli.record.parsing import BadRecord
from pmcli.record.query import Query
from pmcli.store.git import Git
from pmcli.store.index import Index
from pmcli.store.records import FOLDER, Records


class PastRecords(Records):
    """Reads records out of one commit; an empty office where there was none yet."""

    def __init__(self, present: Records, git: Git, revision: str | None) -> None:
        super().__init__(present.root, present.library, present.zone, present.desk, Index(None))
        self._git = git
        self._revision = revision
        self._contents: dict[str, dict[str, bytes]] = {}
        self._past: dict[str, list[Record]] = {}

    def by_id(self, number: str) -> Record | None:
        """The record with this number at that commit."""
        for form in self.form_of(number):
            for record in self._all(form):
                if record.id == number:
                    return record
        return None

    def numbers(self, prefix: str = "", forms: Iterable[str] | None = None) -> list[str]:
        """The numbers that files carried in their names at that commit."""
        names = self.library.names if forms is None else forms
        numbers = (_number(path) for name in names for path in self._blobs(name))
        return [number for number in numbers if number.startswith(prefix)]

    def _has_files(self, form: str) -> bool:
        return bool(self._blobs(form))

    def _blobs(self, form: str) -> dict[str, bytes]:
        """The record files of a form at that commit, by path."""
        if form not in self._contents:
            files = []
            if self._revision is not None:
                files = self._git.files_at(self._revision, f"{FOLDER}/{form}/")
            self._contents[form] = {path: data for path, data in files if path.endswith(".md")}
        return self._contents[form]

    def _some(self, name: str, query: Query, numbers: Collection[str]) -> list[Record]:
        return [record for record in self._all(name) if record.id in numbers]

    def _all(self, name: str, query: Query | None = None) -> list[Record]:
        if name not in self._past:
            self._past[name] = []
            form = self.library.get(name)
            for path, data in self._blobs(name).items():
                try:
                    self._past[name].append(self.parse(path, data, form))
                except BadRecord as bad:
                    self._note(bad.fault, name)
        return self._past[name]


def _number(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")

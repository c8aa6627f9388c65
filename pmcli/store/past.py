"""The records of an office as a commit of its history has them."""

from __future__ import annotations

from pmcli.problems import Fault
from pmcli.record.model import Record
from pmcli.record.parsing import BadRecord
from pmcli.store.cache import Cache
from pmcli.store.git import Git
from pmcli.store.records import FOLDER, Records


class PastRecords(Records):
    """Reads records out of one commit; an empty office where there was none yet."""

    def __init__(self, present: Records, git: Git, revision: str | None) -> None:
        super().__init__(present.root, present.library, present.zone, present.desk, Cache(None))
        self._git = git
        self._revision = revision
        self._past: dict[str, list[Record]] = {}

    def of_form(self, name: str) -> list[Record]:
        """All readable records of a form at that commit."""
        if name not in self._past:
            self._past[name] = []
            form = self.library.get(name)
            files = []
            if self._revision is not None:
                files = self._git.files_at(self._revision, f"{FOLDER}/{name}/")
            for path, data in files:
                if not path.endswith(".md"):
                    continue
                try:
                    self._past[name].append(self.parse(path, data, form))
                except BadRecord as bad:
                    fault: Fault = bad.fault
                    self._note(fault, name)
        return self._past[name]

    def by_id(self, number: str) -> Record | None:
        """The record with this number at that commit."""
        for form in self.form_of(number):
            for record in self.of_form(form):
                if record.id == number:
                    return record
        return None

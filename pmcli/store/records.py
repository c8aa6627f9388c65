"""The records of an office as they stand in its folder."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from datetime import date, tzinfo
from pathlib import Path
from typing import Any

from pmcli.form.library import Library
from pmcli.form.model import Form
from pmcli.form.normal import plain
from pmcli.messages import Sentence
from pmcli.problems import Fault, NotFound, Unreadable
from pmcli.record.lazy import kept, restored
from pmcli.record.model import Record
from pmcli.record.numbers import day_of, is_safe, matching, next_number
from pmcli.record.parsing import BadRecord, decode, fast_tree, split, typed
from pmcli.store.cache import Cache, Entry

FOLDER = "records"
TAKEN_BACK = ".undone"
"""What the file ends with that stays in the place of a record that was taken back."""


def record_path(form: str, number: str, day: date) -> str:
    """Where a record stands: records/<form>/<YYYY>/<MM>/<ID>.md, by the day it was created."""
    return f"{FOLDER}/{form}/{day:%Y}/{day:%m}/{number}.md"


class Records:
    """Reads records; files that cannot be read are noted in `faults`, each once, and left out.

    While something is decided or written (`strict`) none is left out: a question about all records
    of a form then raises Unreadable when one of them cannot be read, as it might be the answer. It
    is the workflow's Lookup. `desk` is this clone's letter.
    """

    def __init__(self, root: Path, library: Library, zone: tzinfo, desk: str, cache: Cache) -> None:
        self.root = root
        self.library = library
        self.zone = zone
        self.desk = desk
        self.faults: list[Fault] = []
        self._cache = cache
        self._by_id: dict[str, Record | None] = {}
        self._of_form: dict[str, list[Record]] = {}
        self._entries: dict[str, list[Entry]] = {}
        self._naming: dict[str, list[Record]] | None = None
        self._faults_of: dict[str, list[Fault]] = {}
        self._strict = False

    @contextlib.contextmanager
    def strict(self) -> Iterator[None]:
        """Leave no record out for the length of a block."""
        before, self._strict = self._strict, True
        try:
            yield
        finally:
            self._strict = before

    @contextlib.contextmanager
    def lenient(self) -> Iterator[None]:
        """Within a strict block: leave out again what cannot be read, and look at `unreadable`."""
        before, self._strict = self._strict, False
        try:
            yield
        finally:
            self._strict = before

    def unreadable(self, form: str) -> list[Fault]:
        """The records of a form that cannot be read."""
        with self.lenient():
            self.of_form(form)
        return self._faults_of.get(form, [])

    def forget(self) -> None:
        """Read anew at the next question."""
        self.faults.clear()
        self._by_id.clear()
        self._of_form.clear()
        self._entries.clear()
        self._naming = None
        self._faults_of.clear()

    def entries(self, form: str) -> list[Entry]:
        """The record files of a form, by path."""
        if form not in self._entries:
            self._entries[form] = list(_scan(self.root, form))
        return self._entries[form]

    def numbers(self, forms: Iterable[str]) -> list[str]:
        """The numbers that files of some forms carry in their names."""
        return [entry.number for form in forms for entry in self.entries(form)]

    def form_of(self, number: str) -> list[str]:
        """The forms a number may belong to: that of its prefix, or those numbered otherwise."""
        prefix = number.partition("-")[0]
        if day_of(number) is not None and prefix in self.library.prefixes:
            return [self.library.prefixes[prefix]]
        return self.library.unnumbered

    def by_id(self, number: str) -> Record | None:
        """The record with this number; raises Unreadable when its file is broken."""
        if number not in self._by_id:
            self._by_id[number] = self._find(number) if is_safe(number) else None
        return self._by_id[number]

    def _find(self, number: str) -> Record | None:
        day = day_of(number)
        for form in self.form_of(number):
            if day is not None:
                path = record_path(form, number, day)
                if (self.root / path).is_file():
                    return self.read(path, form)
            for entry in self.entries(form):
                if entry.number == number:
                    return self.read(entry.path, form)
        return None

    def read(self, path: str, form: str) -> Record:
        """Read one file; raises Unreadable with its line."""
        try:
            return self.parse(path, (self.root / path).read_bytes(), self.library.get(form))
        except BadRecord as bad:
            raise Unreadable(bad.fault) from None
        except OSError as error:
            words = error.strerror or str(error)
            raise Unreadable(Fault(path, 0, Sentence("unreadable_file", words=words))) from None

    def parse(self, path: str, data: bytes, form: Form) -> Record:
        """Read a record from bytes; raises BadRecord."""
        return self._parse(path, data, form)[0]

    def _parse(self, path: str, data: bytes, form: Form) -> tuple[Record, dict[str, Any]]:
        text = decode(data, path)
        _, front, _, body = split(text, path)
        tree = fast_tree(front, path)
        return _well_named(typed(tree, body, form, self.zone, path, text)), tree

    def of_form(self, name: str) -> list[Record]:
        """All readable records of a form, in order of their files' names.

        Raises Unreadable in a strict block when there are others.
        """
        if name not in self._of_form:
            form = self.library.get(name)
            self._of_form[name] = []
            found = []
            for entry, source in self._cache.load(
                f"{FOLDER}/{name}/", self.library.fingerprint(name), self.entries(name)
            ):
                try:
                    if isinstance(source, OSError):
                        raise source
                    if isinstance(source, bytes):
                        record, tree = self._parse(entry.path, source, form)
                        self._cache.keep(entry, kept(record, tree))
                    else:
                        record = restored(source, form, self.zone, entry.path)
                    found.append(record)
                except BadRecord as bad:
                    self._note(bad.fault, name)
                except OSError as error:
                    if not os.path.lexists(entry.entry.path):
                        continue  # taken back by a command that failed in this moment
                    words = error.strerror or str(error)
                    fault = Fault(entry.path, 0, Sentence("unreadable_file", words=words))
                    self._note(fault, name)
            self._cache.flush()
            self._of_form[name] = found
            for record in found:
                self._by_id.setdefault(record.id, record)
        if self._strict and (faults := self._faults_of.get(name)):
            raise Unreadable(
                Sentence("unreadable_asked", form=self.library.get(name).title), *faults
            )
        return self._of_form[name]

    def _note(self, fault: Fault, form: str) -> None:
        if fault not in self.faults:
            self.faults.append(fault)
        of_form = self._faults_of.setdefault(form, [])
        if fault not in of_form:
            of_form.append(fault)

    def naming(self, number: str) -> list[Record]:
        """Open work of any form whose link or unit fields name a number."""
        if self._naming is None:
            found: dict[str, list[Record]] = {}
            for name in self.library.names:
                form = self.library.load(name)[0] if self.entries(name) else None
                if form is None or not form.open_work:
                    continue
                for record in self.of_form(name):
                    for named in record.links() if record.open else ():
                        found.setdefault(named, []).append(record)
            self._naming = found
        elif self._strict:
            for name in self._faults_of:
                if (form := self.library.load(name)[0]) is not None and form.open_work:
                    self.of_form(name)
        return [record for record in self._naming.get(number, []) if record.id != number]

    def new_number(self, form: Form, day: date, taken: set[str]) -> str:
        """The next free number of a form for a day at this desk."""
        used = [entry.number for entry in self.entries(form.name)]
        used += _taken_back(self.root, form.name, day)
        return next_number(form.prefix or "", day, self.desk, [*used, *taken])

    def resolve(self, part: str, forms: tuple[str, ...]) -> str:
        """The full number that a part means among some forms; raises NotFound."""
        known = [name for name in forms if name in self.library]
        wanted = plain(part)
        if is_safe(wanted):
            whole = wanted.upper()
            dated = day_of(whole) is not None and set(self.form_of(whole)) & set(known)
            if dated and self.by_id(whole) is not None:
                return whole
            found = matching(wanted, self.numbers(known))
            if len(found) == 1:
                return found[0]
            if found:
                raise NotFound(
                    Sentence("ambiguous", part=part, count=len(found), candidates=found[:12])
                )
        titles = [self.library.get(name).title for name in known]
        raise NotFound(Sentence("no_record", part=part[:60], forms=titles))


def _well_named(record: Record) -> Record:
    """Refuse a record whose number or form is not what its path says."""
    stem = record.path.rpartition("/")[2].removesuffix(".md")
    if record.id != stem:
        raise BadRecord(Fault(record.path, 1, Sentence("id_not_file", id=record.id, file=stem)))
    if record.values.get("form", record.form.name) != record.form.name:
        stated = str(record.values["form"])
        sentence = Sentence("form_not_folder", stated=stated, folder=record.form.name)
        raise BadRecord(Fault(record.path, 1, sentence))
    return record


def _scan(root: Path, form: str) -> Iterator[Entry]:
    """All `*.md` two levels below records/<form>, sorted by path."""
    base = f"{FOLDER}/{form}"
    for year in _folders(root, base):
        for month in _folders(root, f"{base}/{year}"):
            folder = f"{base}/{year}/{month}"
            with os.scandir(root / folder) as entries:
                found = [e for e in entries if e.name.endswith(".md")]
            files = sorted(found, key=lambda e: e.name)
            for entry in files:
                yield Entry(form, f"{folder}/{entry.name}", entry.name[:-3], entry)


def _taken_back(root: Path, form: str, day: date) -> list[str]:
    """Numbers given in a month whose records were taken back; they are not given again."""
    folder = (root / record_path(form, "", day)).parent
    try:
        with os.scandir(folder) as entries:
            names = [e.name for e in entries if e.name.endswith(TAKEN_BACK)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [name.removesuffix(TAKEN_BACK) for name in names]


def _folders(root: Path, folder: str) -> list[str]:
    try:
        with os.scandir(root / folder) as entries:
            return sorted(e.name for e in entries if e.is_dir())
    except (FileNotFoundError, NotADirectoryError):
        return []

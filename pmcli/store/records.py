"""The records of an office as they stand in its folder."""

from __future__ import annotations

import contextlib
import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, tzinfo
from itertools import groupby
from pathlib import Path
from typing import Any

from pmcli.form.library import Library
from pmcli.form.model import Form
from pmcli.form.normal import plain
from pmcli.messages import Sentence
from pmcli.problems import Fault, NotFound, Unreadable
from pmcli.record.glance import Sheet, glance_of
from pmcli.record.lazy import is_plain, lazily
from pmcli.record.model import Record, RecordView
from pmcli.record.numbers import day_of, is_safe, matching, next_number
from pmcli.record.parsing import BadRecord, decode, parsed_tree, split, typed
from pmcli.record.query import Group, Link, Query, links_of, states_meant, tallied
from pmcli.record.scanning import scan
from pmcli.store.index import Entry, Index, Known
from pmcli.workflow.act import Act
from pmcli.workflow.judging import Judged, Line
from pmcli.yaml_files.regular import read_regular

FOLDER = "records"
TAKEN_BACK = ".undone"
"""What the file ends with that stays in the place of a record that was taken back."""


def record_path(form: str, number: str, day: date) -> str:
    """Where a record stands: records/<form>/<YYYY>/<MM>/<ID>.md, by the day it was created."""
    return f"{FOLDER}/{form}/{day:%Y}/{day:%m}/{number}.md"


class Records:
    """The office's repository by reading files: it holds no knowledge but what stands there now.

    Files that cannot be read are noted in `faults`, each once, and left out. While something is
    decided or written (`strict`) none is left out: a question then raises Unreadable when a record
    that might belong to the answer cannot be read. `desk` is this clone's letter. Nobody else looks
    through record folders.
    """

    def __init__(self, root: Path, library: Library, zone: tzinfo, desk: str, index: Index) -> None:
        self.root = root
        self.library = library
        self.zone = zone
        self.desk = desk
        self.faults: list[Fault] = []
        self._index = index
        self._by_id: dict[str, Record | None] = {}
        self._seen: dict[str, list[_Month]] = {}
        self._entries: dict[str, list[Entry]] = {}
        self._names: dict[str, list[str]] = {}
        self._places: dict[str, dict[str, Entry]] = {}
        self._faults_of: dict[str, list[Fault]] = {}
        self._latest: tuple[tuple[Query, bool], Act | None, Judged] | None = None
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
        self._seen_of(form)
        return self._faults_of.get(form, [])

    def forget(self) -> None:
        """Read anew at the next question."""
        self.faults.clear()
        self._by_id.clear()
        self._seen.clear()
        self._entries.clear()
        self._names.clear()
        self._places.clear()
        self._latest = None
        self._faults_of.clear()

    def find(self, query: Query, act: Act | None = None) -> list[Record]:
        """The records that a query means; see `Repository.find`."""
        return self._judged(query, act).answer(query)

    def lines(self, query: Query, act: Act) -> list[Line]:
        """The same as a list shows them, each with its deadline and its gaps."""
        return self._judged(query, act).lines(query)

    def count(
        self, query: Query, group_by: Sequence[str] = (), act: Act | None = None
    ) -> Counter[Group]:
        """How many records a query means, by group; see `Repository.count`."""
        return tallied(self._judged(query, act).records, group_by, self.zone)

    def links(self, to: str) -> list[Link]:
        """Every field of every other record that names a number; see `Repository.links`."""
        return links_of(self.find(Query(links_to=to)), to)

    def numbers(self, prefix: str = "", forms: Iterable[str] | None = None) -> list[str]:
        """The numbers that files carry in their names, whether or not they can be read."""
        names = self.library.names if forms is None else forms
        numbers = (number for name in names for number in self._numbers_of(name))
        return [number for number in numbers if number.startswith(prefix)]

    def _judged(self, query: Query, act: Act | None) -> Judged:
        """The records that a query means in no order; asked twice in a row, they are the same."""
        asked = (replace(query, sort=(), limit=None), self._strict)
        if self._latest is None or self._latest[0] != asked or self._latest[1] is not act:
            tests = query.tests()
            found = (
                record
                for name in self._forms(query)
                for record in self._near(name, query)
                if all(test(record) for test in tests)
            )
            self._latest = (asked, act, Judged(found, query, act, self))
        return self._latest[2]

    def _forms(self, query: Query) -> Iterator[str]:
        """The forms that a query looks at; those without a file and broken ones only by name."""
        if query.forms is None:
            asked = self.library.names
            if query.archive:  # a form that is none is not loaded for it
                asked = [form.name for form in self.library.archives()]
            present = filter(self._has_files, asked)
            forms = [form for name in present if (form := self.library.load(name)[0])]
        else:
            forms = [self.library.get(name) for name in query.forms]
        for form in forms:
            if query.work in (None, form.open_work) and query.archive in (None, form.archive):
                yield form.name

    def _has_files(self, form: str) -> bool:
        return bool(self._numbers_of(form))

    def _near(self, form: str, query: Query) -> Iterable[Record]:
        """Records of a form among which are all that a query means, in the order of their files."""
        if query.ids is not None and form not in self._seen:
            return self._some(form, query, query.ids)
        return self._all(form, query)

    def _files(self, form: str) -> Sequence[Entry]:
        """The record files of a form, by path."""
        if form not in self._entries:
            end = -len(_ENDING)
            self._entries[form] = [
                Entry(form, f"{folder}/{entry.name}", entry.name[:end], entry)
                for folder, entry in _scan(self.root, form)
            ]
        return self._entries[form]

    def _numbers_of(self, form: str) -> Sequence[str]:
        """What the record files of a form are called, by path; no file is looked at."""
        if form not in self._names:
            found = _scan(self.root, form)
            self._names[form] = [entry.name.removesuffix(_ENDING) for _, entry in found]
        return self._names[form]

    def _place(self, form: str, number: str) -> Entry | None:
        if form not in self._places:
            self._places[form] = {entry.number: entry for entry in reversed(self._files(form))}
        return self._places[form].get(number)

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
            if (entry := self._place(form, number)) is not None:
                return self.read(entry.path, form)
        return None

    def read(self, path: str, form: str) -> Record:
        """Read one file; raises Unreadable with its line."""
        try:
            return self.parse(path, read_regular(self.root / path), self.library.get(form))
        except BadRecord as bad:
            raise Unreadable(bad.fault) from None
        except OSError as error:
            words = error.strerror or str(error)
            raise Unreadable(Fault(path, 0, Sentence("unreadable_file", words=words))) from None

    def parse(self, path: str, data: bytes, form: Form) -> Record:
        """Read a record from bytes; raises BadRecord."""
        return self._parse(path, data, form)[0]

    def _parse(self, path: str, data: bytes, form: Form) -> tuple[Record, dict[str, Any] | None]:
        """A record, and its front matter where that could be scanned."""
        text = decode(data, path)
        _, front, _, body = split(text, path)
        scanned = scan(front)
        tree = parsed_tree(front, path) if scanned is None else scanned
        record = typed(tree, body, form, self.zone, path, text)
        return _well_named(record), scanned

    def _all(self, name: str, query: Query | None = None) -> list[Record]:
        """The readable records of a form, in order of their files' paths.

        Of those that cannot belong to a query no file is read. Raises Unreadable in a strict block
        when there are others.
        """
        found = self._read(self._seen_of(name), query, name)
        for record in found:
            self._by_id.setdefault(record.id, record)
        self._refuse_unread(name, self._faults_of.get(name, ()))
        return found

    def _seen_of(self, name: str) -> list[_Month]:
        """What is known of all files of a form; those that cannot be read are noted."""
        if name not in self._seen:
            by = self._read_by(name)
            self._seen[name] = [
                self._month(folder, by, list(entries))
                for folder, entries in groupby(self._files(name), lambda entry: entry.folder)
            ]
            self._index.only(f"{FOLDER}/{name}", sorted({e.folder for e in self._files(name)}))
            self._index.flush()
        return self._seen[name]

    def _month(self, folder: str, by: str, entries: list[Entry]) -> _Month:
        """What is known of the files of a folder."""
        sheet = self._index.sheet(folder, by, entries)
        if sheet is not None:
            return _Month(entries, sheet)
        looked = list(self._look(f"{folder}/", by, entries, whole=True))
        month = _Month.of(looked)
        if len(looked) == len(entries):
            self._index.keep_sheet(folder, by, entries, month.sheet)
        return month

    def _read(self, seen: Iterable[_Month], query: Query | None, name: str) -> list[Record]:
        """The records that may belong to a query, of those that are seen."""
        form = self.library.get(name)
        found = (
            self._read_at(month, place, form)
            for month in seen
            for place in (
                range(len(month.entries)) if query is None else month.sheet.places(query, form)
            )
        )
        return [record for record in found if record is not None]

    def _some(self, name: str, query: Query, numbers: Collection[str]) -> list[Record]:
        """Of some records of a form those that can be read; no other file is opened.

        Unless something is decided, a file that tells another state than those asked is not read
        through.
        """
        entries = [entry for entry in self._files(name) if entry.number in numbers]
        states = None if self._strict else states_meant(query, self.library.get(name))
        by = self._read_by(name)
        looked = [
            one
            for folder, some in groupby(entries, lambda entry: entry.folder)
            for one in self._look(f"{folder}/", by, some, whole=False, states=states)
        ]
        self._index.flush()
        found = self._read([_Month.of(looked)], query, name)
        paths = {entry.path for entry in entries}
        self._refuse_unread(name, [f for f in self._faults_of.get(name, ()) if f.file in paths])
        return found

    def _read_by(self, name: str) -> str:
        """What decides how the files of a form are read."""
        return f"{self.library.fingerprint(name)} {self.zone}"

    def _refuse_unread(self, name: str, faults: Sequence[Fault]) -> None:
        if self._strict and faults:
            raise Unreadable(
                Sentence("unreadable_asked", form=self.library.get(name).title), *faults
            )

    def _look(
        self,
        folder: str,
        by: str,
        entries: Iterable[Entry],
        whole: bool,
        states: set[str] | None = None,
    ) -> Iterator[tuple[Entry, Known, Record | None]]:
        """What is known of files in a folder, with what was read; notes the unreadable ones."""
        for entry, source in self._index.look(folder, by, entries, whole):
            if isinstance(source, Known):
                yield entry, source, None
                continue
            with self._noting(entry, entry.form):
                if isinstance(source, OSError):
                    raise source
                told = state_told(source) if states is not None else None
                if states is not None and told is not None and told not in states:
                    continue
                form = self.library.get(entry.form)
                record, scanned = self._parse(entry.path, source, form)
                known = Known(glance_of(record), is_plain(record, scanned))
                self._index.keep(entry, known)
                yield entry, known, record

    def _read_at(self, month: _Month, place: int, form: Form) -> Record | None:
        """The record at a place, read lazily where its file is plain and still the one known."""
        if place in month.records:
            return month.records[place]
        entry = month.entries[place]
        with self._noting(entry, form.name):
            data = read_regular(self.root / entry.path)
            if month.sheet.plain[place] and entry.stands():
                record = lazily(data.decode("utf-8"), form, self.zone, entry.path)
            else:
                record = self._parse(entry.path, data, form)[0]
            month.records[place] = record
            return record
        return None

    @contextlib.contextmanager
    def _noting(self, entry: Entry, form: str) -> Iterator[None]:
        """Note it when a file cannot be read; one that has gone is none."""
        try:
            yield
        except BadRecord as bad:
            self._note(bad.fault, form)
        except OSError as error:
            if not os.path.lexists(entry.entry.path):
                return  # taken back by a command that failed in this moment
            words = error.strerror or str(error)
            self._note(Fault(entry.path, 0, Sentence("unreadable_file", words=words)), form)

    def _note(self, fault: Fault, form: str) -> None:
        if fault not in self.faults:
            self.faults.append(fault)
        of_form = self._faults_of.setdefault(form, [])
        if fault not in of_form:
            of_form.append(fault)

    def new_number(self, form: Form, day: date, taken: set[str]) -> str:
        """The next free number of a form for a day at this desk."""
        used = self.numbers(f"{form.prefix}-{day:%y%m%d}", (form.name,))
        used += _taken_back(self.root, form.name, day)
        return next_number(form.prefix or "", day, self.desk, [*used, *taken])

    def worklist(self, act: Act) -> Sequence[RecordView]:
        """All open work of the office, what presses most first."""
        from pmcli.workflow.worklist import worklist

        return worklist(act, self)

    def resolve(self, part: str, forms: tuple[str, ...]) -> str:
        """The full number that a part means among some forms; raises NotFound."""
        known = [name for name in forms if name in self.library]
        wanted = plain(part)
        if is_safe(wanted):
            whole = wanted.upper()
            dated = day_of(whole) is not None and set(self.form_of(whole)) & set(known)
            if dated and self.by_id(whole) is not None:
                return whole
            found = matching(wanted, self.numbers(forms=known))
            if len(found) == 1:
                return found[0]
            if found:
                raise NotFound(
                    Sentence("ambiguous", part=part, count=len(found), candidates=found[:12])
                )
        titles = [self.library.get(name).title for name in known]
        raise NotFound(Sentence("no_record", part=part[:60], forms=titles))


class _Month:
    """The readable files of a folder, what is known of them, and the records that were read."""

    def __init__(self, entries: list[Entry], sheet: Sheet) -> None:
        self.entries = entries
        self.sheet = sheet
        self.records: dict[int, Record] = {}

    @classmethod
    def of(cls, looked: Sequence[tuple[Entry, Known, Record | None]]) -> _Month:
        """What was found out file by file."""
        known = [one for _, one, _ in looked]
        sheet = Sheet.of([one.glance for one in known], [one.plain for one in known])
        month = cls([entry for entry, _, _ in looked], sheet)
        month.records |= {i: record for i, (_, _, record) in enumerate(looked) if record}
        return month


_STATE = re.compile(rb"^state: *([\"']?)([a-z0-9_-]+)\1 *(?:#.*)?\r?$", re.MULTILINE)


def state_told(data: bytes) -> str | None:
    """The state that a record's file tells, without reading it; None where it is not plain."""
    fence = data.find(b"\n---", 3)
    found = _STATE.search(data, 0, fence if fence >= 0 else len(data))
    return found[2].decode("ascii") if found else None


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


_ENDING = ".md"


def _scan(root: Path, form: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """All `*.md` two levels below records/<form>, by path: its folder below the office, itself."""
    for folder in _months(root, form):
        with os.scandir(root / folder) as entries:
            found = [entry for entry in entries if entry.name.endswith(_ENDING)]
        yield from ((folder, entry) for entry in sorted(found, key=lambda entry: entry.name))


def _months(root: Path, form: str) -> Iterator[str]:
    base = f"{FOLDER}/{form}"
    for year in _folders(root, base):
        yield from (f"{base}/{year}/{month}" for month in _folders(root, f"{base}/{year}"))


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

"""The records of an office as they stand in its folder."""

from __future__ import annotations

import contextlib
import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, tzinfo
from pathlib import Path
from typing import Any

from pmcli.form.library import Library
from pmcli.form.model import Form
from pmcli.form.normal import plain
from pmcli.messages import Sentence
from pmcli.problems import Fault, NotFound, Unreadable
from pmcli.record.lazy import kept, restored
from pmcli.record.model import Record, RecordView
from pmcli.record.numbers import day_of, is_safe, matching, next_number
from pmcli.record.parsing import BadRecord, decode, fast_tree, split, typed
from pmcli.record.query import Group, Link, Query, links_of, states_meant, tallied
from pmcli.store.cache import Cache, Entry
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
        self._places: dict[str, dict[str, Entry]] = {}
        self._naming: dict[tuple[str, bool], dict[str, list[int]]] = {}
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
        with self.lenient():
            self._all(form)
        return self._faults_of.get(form, [])

    def forget(self) -> None:
        """Read anew at the next question."""
        self.faults.clear()
        self._by_id.clear()
        self._of_form.clear()
        self._entries.clear()
        self._places.clear()
        self._naming.clear()
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
        numbers = (entry.number for name in names for entry in self._files(name))
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
        return bool(self._files(form))

    def _near(self, form: str, query: Query) -> Sequence[Record]:
        """Records of a form among which are all that a query means."""
        if query.ids is not None and form not in self._of_form:
            return self._some(form, query, query.ids)
        every = self._all(form)
        if query.links_to is None:
            return every
        places = [
            place
            for state in ((True, False) if query.open is None else (query.open,))
            for place in self._named(form, state).get(query.links_to, ())
        ]
        return [every[place] for place in sorted(places)]

    def _named(self, form: str, state: bool) -> dict[str, list[int]]:
        """Where the open or the final records of a form stand that name a number, by number."""
        if (form, state) not in self._naming:
            found: dict[str, list[int]] = {}
            for place, record in enumerate(self._all(form)):
                for number in record.links() if record.open == state else ():
                    found.setdefault(number, []).append(place)
            self._naming[form, state] = found
        return self._naming[form, state]

    def _files(self, form: str) -> Sequence[Entry]:
        """The record files of a form, by path."""
        if form not in self._entries:
            self._entries[form] = list(_scan(self.root, form))
        return self._entries[form]

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

    def _parse(self, path: str, data: bytes, form: Form) -> tuple[Record, dict[str, Any]]:
        text = decode(data, path)
        _, front, _, body = split(text, path)
        tree = fast_tree(front, path)
        return _well_named(typed(tree, body, form, self.zone, path, text)), tree

    def _all(self, name: str) -> Sequence[Record]:
        """All readable records of a form, in order of their files' paths.

        Raises Unreadable in a strict block when there are others.
        """
        if name not in self._of_form:
            self._of_form[name] = []
            self._of_form[name] = self._load(name, self._files(name), whole=True)
            for record in self._of_form[name]:
                self._by_id.setdefault(record.id, record)
        self._refuse_unread(name, self._faults_of.get(name, ()))
        return self._of_form[name]

    def _some(self, name: str, query: Query, numbers: Collection[str]) -> list[Record]:
        """Of some records of a form those that can be read; no other file is opened.

        Unless something is decided, a file that tells another state than those asked is not read
        through.
        """
        entries = [entry for entry in self._files(name) if entry.number in numbers]
        states = None if self._strict else states_meant(query, self.library.get(name))
        found = self._load(name, entries, whole=False, states=states)
        paths = {entry.path for entry in entries}
        self._refuse_unread(name, [f for f in self._faults_of.get(name, ()) if f.file in paths])
        return found

    def _refuse_unread(self, name: str, faults: Sequence[Fault]) -> None:
        if self._strict and faults:
            raise Unreadable(
                Sentence("unreadable_asked", form=self.library.get(name).title), *faults
            )

    def _load(
        self, name: str, entries: Iterable[Entry], whole: bool, states: set[str] | None = None
    ) -> list[Record]:
        """Read files of a form through the cache; notes those that cannot be read."""
        form, found = self.library.get(name), []
        for entry, source in self._cache.load(
            f"{FOLDER}/{name}/", self.library.fingerprint(name), entries, whole
        ):
            try:
                if isinstance(source, OSError):
                    raise source
                if isinstance(source, bytes):
                    told = state_told(source) if states is not None else None
                    if states is not None and told is not None and told not in states:
                        continue
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
                self._note(Fault(entry.path, 0, Sentence("unreadable_file", words=words)), name)
        self._cache.flush()
        return found

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

"""For whom something is shown, and what of it they may see: the one place where that is decided.

Free text is masked for everybody but those who ask to have it revealed, or who hold the office's
own papers: what the record itself keeps private, persons and numbers on the office's files, and
whatever looks like a telephone, a number plate or an identity number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cached_property

from pmcli.dataclass import dataclass
from pmcli.disclosure.glance import Glance, Mask, Private
from pmcli.disclosure.view import View
from pmcli.form.expressions import evaluate
from pmcli.form.formula import Formula
from pmcli.form.language import spoken
from pmcli.patterns import regex
from pmcli.problems import Problem
from pmcli.record.masking import Secrets, on_file, secrets_of, shown_publicly
from pmcli.record.model import Record, public_values
from pmcli.record.query import Query
from pmcli.workflow.act import Act
from pmcli.workflow.repository import Lookup
from pmcli.workflow.scope import Scope

_SEVERAL = regex(r"[、,，;；/]")


class Reader(StrEnum):
    """Who reads."""

    DESK = "desk"
    """A clerk with one record open: its private fields are there to be worked with."""
    LIST = "list"
    """Whoever sees a screen or a sheet of many records: private fields are masked."""
    PUBLIC = "public"
    """Everybody, on a wall or in a chat group: private fields are not there."""
    PAPERS = "papers"
    """The office's own papers and those for the person concerned: everything is there."""


@dataclass(frozen=True)
class Disclosure:
    """What a reader may see of records; `reveal` is a reader who asked to see it whole.

    What the office has on file is read once, and only where a text might tell of it.
    """

    reader: Reader
    act: Act
    lookup: Lookup
    reveal: bool = False

    @property
    def whole(self) -> bool:
        """Whether everything may be seen."""
        return self.reveal or self.reader is Reader.PAPERS

    def view(self, record: Record) -> View:
        """A record as the reader may see it."""
        return Glance(record, self.masking([record]), self._private).view

    def told(self, record: Record, formula: Formula, language: str) -> str:
        """What a formula says of a record and of those that it names."""
        scope = Scope(record.form, record.values, self.act, self.lookup, _reveal=self.whole)
        text = spoken(evaluate(formula, scope), language)
        return self.masking([record, *self._named(record)])(text)

    def said(self, text: str, about: Iterable[Record] = ()) -> str:
        """A sentence, a file's name or a line of a file, as the reader may see it."""
        return self.masking(list(about), strict=False)(text)

    def stripped(self, record: Record) -> Record:
        """A record as pages are made from it: for everybody without what is private."""
        if self._private is not Private.LEFT_OUT:
            return record
        return record.replace(values=public_values(record.form, record.values))

    def masking(self, records: Sequence[Record], strict: bool = True) -> Mask:
        """What masks the texts that may tell of some records.

        `strict` is as in Secrets: every number that looks like a telephone or an identity number.
        """
        return (lambda text: text) if self.whole else _Masking(self, records, strict)

    def about(self, records: Sequence[Record]) -> Secrets:
        """All that a page about some records may have to hide: theirs, their homes', the office's.

        `records` are whole, with what is private.
        """
        near = [*records, *(named for record in records for named in self._named(record))]
        homes = set().union(*(record.links() for record in near)) if near else set()
        homes |= {record.id for record in near}
        family = [
            record
            for home in sorted(homes)
            for record in self.lookup.find(Query(archive=True, links_to=home))
        ]
        public = self.office | _publicly(records)
        return secrets_of([*near, *family]) | self.register | public

    @property
    def _private(self) -> Private:
        """What becomes of private fields and columns."""
        if self.whole or self.reader is Reader.DESK:
            return Private.KEPT
        return Private.MASKED if self.reader is Reader.LIST else Private.LEFT_OUT

    def _named(self, record: Record) -> list[Record]:
        """The records that a record names."""
        found = []
        for number in sorted(record.links()):
            try:
                named = self.lookup.by_id(number)
            except Problem:
                continue
            found += [named] if named is not None else []
        return found

    @cached_property
    def register(self) -> Secrets:
        """Persons and numbers on the office's files."""
        return on_file(self._archive)

    @cached_property
    def _archive(self) -> list[Record]:
        """The records that the office keeps of its people and homes."""
        return self.lookup.find(Query(archive=True))

    @cached_property
    def office(self) -> Secrets:
        """What everybody may know: the office's names and numbers, and its staff's names."""
        settings = self.act.context.lint_settings()
        own = settings.phones if settings is not None else ()
        said = [*self.act.context.office.values(), *own]
        numbers = [part.strip() for text in said for part in _SEVERAL.split(text)]
        known = filter(None, (*said, *numbers, *self.act.staff.roles))
        return Secrets(public=frozenset(known))


class _Masking:
    """Masks texts; what it must know for that is found when the first of them wants it."""

    def __init__(self, border: Disclosure, records: Sequence[Record], strict: bool) -> None:
        self._border = border
        self._records = records
        self._strict = strict

    def __call__(self, text: str) -> str:
        if len(text) < 2:
            return text
        met = self._border.register.met_in([text])
        known = self._own | met if met.register or met.numbers else self._own
        if known.masked(text, self._strict) == text:
            return text
        return (known | self._public).masked(text, self._strict)

    @cached_property
    def _own(self) -> Secrets:
        return secrets_of(self._records)

    @cached_property
    def _public(self) -> Secrets:
        return self._border.office | _publicly(self._records)


def _publicly(records: Iterable[Record]) -> Secrets:
    """What forms themselves do not count as private."""
    return Secrets(public=frozenset[str]().union(*map(shown_publicly, records)))

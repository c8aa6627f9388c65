"""What a page is about: its records, its office, and what it may show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pmcli.dataclass import dataclass
from pmcli.disclosure.border import Disclosure, Reader
from pmcli.documents.period import Period
from pmcli.form.field import FieldSpec
from pmcli.form.layouts import Layout
from pmcli.form.model import Form
from pmcli.form.theme import Dress
from pmcli.form.values import display
from pmcli.messages import Sentence
from pmcli.record.model import Record, RecordView, public_values
from pmcli.record.query import Query
from pmcli.store.office_model import Office
from pmcli.workflow.act import Act
from pmcli.workflow.repository import Lookup
from pmcli.workflow.scope import Scope

if TYPE_CHECKING:
    from pmcli.messages.keys import Key


@dataclass(frozen=True)
class Setting:
    """What every page of one print shares; `public` leaves personal data out."""

    office: Office
    act: Act
    lookup: Lookup
    language: str
    public: bool = False
    dress: Dress | None = None
    """How plain pages are set, where it is not as the office does."""

    @cached_property
    def border(self) -> Disclosure:
        """What pages for everybody may say."""
        return Disclosure(Reader.PUBLIC, self.act, self.lookup)

    def say(self, key: Key, **values: object) -> str:
        """A sentence in the page's language."""
        return Sentence(key, **values).text(self.language)


@dataclass(frozen=True)
class Subject:
    """What a page is about: one record, or those chosen for a period, or nothing yet (`blank`)."""

    form: Form
    layout: Layout
    setting: Setting
    hides: bool
    record: Record | None = None
    chosen: tuple[Record, ...] = ()
    asked: Query | None = None
    """What the repository was asked for those that were chosen."""
    period: Period | None = None
    blank: bool = False

    @cached_property
    def scope(self) -> Scope:
        """The names that this page's formulas see."""
        act, lookup = self.setting.act, self.setting.lookup
        values = self.record.values if self.record else {}
        if self.period is None:
            return Scope(self.form, values, act, lookup)
        views = [RecordView(record) for record in self.chosen]
        begins, ends = self.period.begins, self.period.ends
        return Scope(self.form, values, act, lookup, it=views, begins=begins, ends=ends)

    @property
    def awaits_pen(self) -> bool:
        """Whether what is empty may still be filled in by hand."""
        return self.blank or (self.record is not None and self.record.open)

    def label(self, name: str) -> str:
        """A field's label."""
        return self.form.label_of(name).text(self.setting.language)

    def shown(self, name: str) -> str:
        """A field's value as it reads on paper."""
        if self.record is None:
            return ""
        return value_of(self.record, name, self.setting.language, self.setting.act.zone)

    def reads(self, name: str, value: Any) -> str:
        """A value by which records are counted as it reads on this page; lists come as tuples."""
        language, spec = self.setting.language, self.form.fields.get(name)
        if name == "state":
            return self.form.states[value].label.text(language)
        if name == "form" or (name == "title" and spec is None):
            return self.form.title.text(language)
        if spec is not None and isinstance(value, tuple):
            value = [dict(one) if spec.kind.rows else one for one in value]
        if self.hides:
            value = public_values(self.form, {name: value} if value is not None else {}).get(name)
        return shown(value, spec, language, self.setting.act.zone)

    def visible(self, names: Iterable[str]) -> list[str]:
        """The names that this page may show."""
        return [n for n in names if not (self.hides and self.form.is_private(n))]


def shown(value: Any, spec: FieldSpec | None, language: str, zone: tzinfo) -> str:
    """A value as paper shows it; times in the office's zone."""
    if isinstance(value, datetime):
        value = value.astimezone(zone)
    return display(value, spec, language)


def value_of(record: Record, name: str, language: str, zone: tzinfo) -> str:
    """A field of a record as paper shows it; form and state by their labels."""
    if name == "form" or (name == "title" and name not in record.form.fields):
        return record.form.title.text(language)
    if name == "state":
        return record.state_label.text(language)
    return shown(record.get(name), record.form.fields.get(name), language, zone)

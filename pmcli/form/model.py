"""The form language as values: what `forms/<form>.yaml` says once it has been read.

The classes compare by identity (`eq=False`): nothing compares forms, and making the comparison
methods of some twenty classes would be half of this module's import time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from pmcli.dataclass import dataclass
from pmcli.form.edit_rules import EditRules
from pmcli.form.field import FieldSpec
from pmcli.form.formula import Formula, Template, Value
from pmcli.form.types import TYPES, FieldType
from pmcli.messages import Label

if TYPE_CHECKING:
    from pmcli.form.column import Column
    from pmcli.form.import_plan import ImportPlan
    from pmcli.form.layouts import Layout

CORE_FIELDS: dict[str, tuple[str, Label]] = {
    "id": ("text", Label("编号", "Number")),
    "form": ("text", Label("单种", "Form")),
    "state": ("text", Label("状态", "State")),
    "created_at": ("datetime", Label("登记时间", "Created at")),
    "created_by": ("staff", Label("登记人", "Created by")),
    "keeper": ("staff", Label("现跟进人", "Keeper")),
    "source": ("link", Label("来源单", "Source")),
}
"""Fields that every record has, in file order (procedures.md, part 0), save `history`."""

STAMPS = {"at": "datetime", "by": "staff"}
"""The types of what each step leaves in `<command>_at` and `<command>_by`."""

INPUT_NOTES = ("reason", "note")
"""Inputs that any step may take; they are kept in its history row."""


@dataclass(frozen=True, eq=False)
class State:
    """A state of a record; `final` ones are left by no command."""

    name: str
    label: Label
    final: bool = False


@dataclass(frozen=True, eq=False)
class Need:
    """An input that is due in this case (exit 2): some fields, one of them, or a formula."""

    when: Formula | None = None
    give: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    holds: Formula | None = None
    order: tuple[str, ...] = ()
    """Of a text template: two times, the second of which must not come before the first."""
    say: Template | None = None


@dataclass(frozen=True, eq=False)
class Guard:
    """A condition that what is on record or given must meet (exit 4)."""

    say: Template
    when: Formula | None = None
    holds: Formula | None = None
    none: Formula | None = None
    """A list that must be empty; `say` is spoken for each of its items, named `it`."""
    see: Template | None = None
    only_warns: bool = False


@dataclass(frozen=True, eq=False)
class Creation:
    """A record that a transition makes, or moves where an open one is the `same`."""

    form: str | Formula
    forms: tuple[str, ...]
    values: Mapping[str, Value]
    keep: str | None = None
    when: Formula | None = None
    same: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Update:
    """A change to another record, named by a link field or a formula."""

    record: str | Formula
    when: Formula | None = None
    set: Mapping[str, Value] = field(default_factory=dict)
    add: Mapping[str, Value] = field(default_factory=dict)
    remove: Mapping[str, Value] = field(default_factory=dict)
    take: str = ""
    """A step to be taken on it, with what `give` gives, if whoever takes this one may."""
    give: Mapping[str, Value] = field(default_factory=dict)
    forms: tuple[str, ...] = ()
    """The forms that it can be of, where it takes a step."""


@dataclass(frozen=True, eq=False)
class NewRows:
    """Rows that a step writes: one, or one for each item of a list, named `it`."""

    row: Mapping[str, Value]
    each: Formula | None = None
    when: Formula | None = None


@dataclass(frozen=True, eq=False)
class Transition:
    """A step: from which states, by whom, with what inputs, under which conditions, to what end."""

    command: str
    label: Label
    to: str | Formula
    from_: tuple[str, ...] = ()
    roles: tuple[str, ...] = ("any",)
    by: tuple[str, ...] = ()
    not_by: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    guards: tuple[Guard, ...] = ()
    set: Mapping[str, Value] = field(default_factory=dict)
    fill: Mapping[str, tuple[NewRows, ...]] = field(default_factory=dict)
    """Rows fields that this step writes afresh."""
    append: Mapping[str, tuple[NewRows, ...]] = field(default_factory=dict)
    """Rows fields to which it adds; a row whose key is there already is passed over."""
    creates: tuple[Creation, ...] = ()
    updates: tuple[Update, ...] = ()
    tells: tuple[Guard, ...] = ()
    """Sentences about the record as it has become; they refuse nothing."""
    headline: str | None = None
    erases_private: bool = False
    """Empties every private field (个人信息保护法 47)."""
    some: bool = False
    """At least one of the optional inputs must be given."""
    help: Label | None = None

    @property
    def inputs(self) -> tuple[str, ...]:
        """The fields that this step takes, required ones first."""
        return self.asks + self.may


@dataclass(frozen=True, eq=False)
class Clock:
    """A deadline: start, stop, figure (procedures.md, part 0, Deadlines)."""

    name: str
    label: Label
    starts: tuple[str | Formula, ...]
    until: tuple[str | Formula, ...]
    within: str | None = None
    at: str | Formula | None = None
    when: Formula | None = None
    paused_in: tuple[str, ...] = ()
    overdue_first: str | None = None
    source: str = ""
    daily_end: bool = False


@dataclass(frozen=True, eq=False)
class Figure:
    """A number the office may override in office.yaml: its value and where it comes from."""

    key: str
    value: str
    source: str = ""


@dataclass(frozen=True, eq=False)
class Templates:
    """Texts that records of a form are drafted from: templates/<folder>/<key>.md.j2."""

    folder: str
    by: str
    """The field that names the template."""
    values: str
    """The rows field (name, value) that keeps the template's variables."""
    steps: tuple[str, ...]
    """The steps that take the variables as options."""
    free: str = ""
    """The key that stands for no template: a text written freely."""
    batch: str = ""
    """The field that names the table which records were drafted from together."""
    batch_row: str = ""
    """The field that keeps the fingerprint of the table's row."""


@dataclass(frozen=True, eq=False)
class Proof:
    """How a print is proved to say what its record says."""

    field: str
    """The field that keeps the text's fingerprint, once there is one."""
    text: Formula
    """The fingerprint of the text as it stands."""
    layout: str
    """The layout that prints the text, with the fingerprint on it."""


@dataclass(frozen=True, eq=False)
class Form:
    """A procedure as data."""

    name: str
    title: Label
    prefix: str | None
    fields: Mapping[str, FieldSpec]
    states: Mapping[str, State]
    transitions: Mapping[str, tuple[Transition, ...]]
    about: Label | None = None
    document: str = ""
    version: str = "A"
    revision: int = 0
    archive: bool = False
    open_work: bool = True
    """Whether records in a state that is not final are work to be handed over and settled."""
    important: Formula | None = None
    """When an open record may not simply pass to the next shift."""
    brief: Template | None = None
    """How other records' lists name a record of this form in a few words."""
    templates: Templates | None = None
    proof: Proof | None = None
    lets: Mapping[str, Formula] = field(default_factory=dict)
    """Formulas with a name, for all others to use."""
    lint: Mapping[str, Formula] = field(default_factory=dict)
    """What lint reads of a record: text, genre, type, emergency, valid_until, lead."""
    lists: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    """Tables that the office may replace in office.yaml under `<form>.<list>`."""
    no_edit: Template | None = None
    """Why records of this form are never edited by hand; None where they may be."""
    edit: EditRules = field(default_factory=EditRules)
    number_field: str | None = None
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    list_columns: tuple[Column, ...] = ()
    layouts: Mapping[str, Layout] = field(default_factory=dict)
    import_plan: ImportPlan | None = None
    path: str = ""
    built_in: bool = True

    @cached_property
    def body_field(self) -> str | None:
        """The longtext field that is the record's Markdown body, if any."""
        return next((f.name for f in self.fields.values() if f.body), None)

    @cached_property
    def new(self) -> Transition:
        """The transition that creates a record."""
        return self.transitions["new"][0]

    @cached_property
    def stamp_names(self) -> frozenset[str]:
        """Names of the `<command>_at` and `<command>_by` fields."""
        stems = [c.replace("-", "_") for c in self.transitions if c != "new"]
        return frozenset([f"{s}_at" for s in stems] + [f"{s}_by" for s in stems])

    @cached_property
    def open_states(self) -> frozenset[str]:
        """Names of the states that are not final."""
        return frozenset(s.name for s in self.states.values() if not s.final)

    def value_type(self, name: str) -> FieldType | None:
        """The type of a field, core field or stamp; None for a name the form does not know."""
        if name in self.fields:
            return self.fields[name].kind
        if name in CORE_FIELDS:
            return TYPES[CORE_FIELDS[name][0]]
        if name in self.stamp_names:
            return TYPES[STAMPS[name.rsplit("_", 1)[1]]]
        return None

    def label_of(self, name: str) -> Label:
        """The label of a field, core field or stamp, in both languages."""
        if name in self.fields:
            return self.fields[name].label
        if name in CORE_FIELDS:
            return CORE_FIELDS[name][1]
        if name in self.stamp_names:
            stem, kind = name.rsplit("_", 1)
            command = next((c for c in self.transitions if c.replace("-", "_") == stem), None)
            label = self.transitions[command][0].label if command else Label(stem, stem)
            ending = Label("时间", " at") if kind == "at" else Label("人", " by")
            return Label(label.zh + ending.zh, label.en + ending.en)
        return Label(name, name)

    def is_private(self, name: str) -> bool:
        """Whether a field holds personal data."""
        return name in self.fields and self.fields[name].private

    def legal_from(self, state: str) -> list[Transition]:
        """The transitions that may start from a state, in the form's order."""
        return [
            t
            for variants in self.transitions.values()
            for t in variants
            if t.command != "new" and state in t.from_
        ]

    def variant(self, command: str, state: str) -> Transition | None:
        """The row of a command that fits a state; None when there is none."""
        return next((t for t in self.transitions[command] if state in t.from_), None)

"""A field of a form, or a column of its rows, as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from pmcli.dataclass import dataclass
from pmcli.form.formula import Formula
from pmcli.form.types import TYPES, FieldType
from pmcli.messages import Label

ANY_FORM = "any"
"""`to: any` lets a link name a record of any form."""


@dataclass(frozen=True, eq=False)
class Follows:
    """A list of links that pmcli keeps: records of `form` whose `by` names this record."""

    form: str
    by: str
    when: Formula | None = None


@dataclass(frozen=True, eq=False)
class FieldSpec:
    """A field, or a column of a rows field."""

    name: str
    label: Label
    type: str
    many: bool = False
    private: bool = False
    auto: bool = False
    body: bool = False
    choices: Mapping[str, Label] = field(default_factory=dict)
    to: tuple[str, ...] = ()
    columns: Mapping[str, FieldSpec] = field(default_factory=dict)
    default: str | None = None
    help: Label | None = None
    required: bool = False
    """Of a column: every row gives it."""
    example: Label | None = None
    """What might be typed."""
    key: tuple[str, ...] = ()
    """Of a rows field: rows given later change the row with the same values in these columns."""
    grows: bool = False
    """Of a rows field: rows given later are added."""
    append_only: bool = False
    """Of a rows field: what stands there never changes, no hand edit either; `check` proves it."""
    kept: bool = True
    """False for what a step is given only to use it in rows, sentences and other records."""
    spread: bool = False
    """Of a date column: a range of days typed makes a row for each day."""
    follows: Follows | None = None
    argument: bool = False
    """`new` takes it by position as well: `new BLANK` for `new --template BLANK`."""
    wide: bool = False

    @property
    def kind(self) -> FieldType:
        """What the type says of its values."""
        return TYPES[self.type]

    @property
    def repeats(self) -> bool:
        """Whether its option may be given several times."""
        return self.many or self.kind.rows

    @property
    def any_form(self) -> bool:
        """Of a link: whether it may name a record of any form."""
        return self.to == (ANY_FORM,)

    @property
    def option(self) -> str:
        """The command-line option that gives this field."""
        return "--" + self.name.replace("_", "-")

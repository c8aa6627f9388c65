"""A text template as a value."""

from __future__ import annotations

from collections.abc import Mapping

from pmcli.dataclass import dataclass
from pmcli.form.field import FieldSpec
from pmcli.form.formula import Formula
from pmcli.messages import Label

COMMON = ("office", "issue_on", "contact_phone", "emergency", "valid_until")
"""Names that every template sees beside its variables: the office's data, the draft's own."""

RESERVED = frozenset({"by", "at", "format", "help", "note", "id", *COMMON})
"""Names that a variable cannot have: options of every command, and what all templates see."""
SUFFIX = ".md.j2"
"""How the file of a text template ends."""


@dataclass(frozen=True, eq=False)
class Lead:
    """How long before a matter its notice is signed: calendar days, 1d being the day before."""

    before: tuple[str, ...]
    """The variables that say when; the first filled one counts."""
    at_least: str
    """A duration, or the name of a figure of the form."""
    source: str
    when: Formula | None = None
    """In which case; the first lead whose case it is counts."""


@dataclass(frozen=True, eq=False)
class Validity:
    """Until when a text stays valid: until a variable, plus some time; else for a while."""

    until: tuple[str, ...] = ()
    """The variables that say when; the first filled one counts."""
    plus: str = ""
    """A duration, or a variable that counts days."""
    lasting: str = ""
    """A duration from the day of issue, where no variable of `until` is filled."""


@dataclass(frozen=True, eq=False)
class TextTemplate:
    """A template that has been read: what it asks for, what it presets, and its text."""

    key: str
    label: Label
    variables: Mapping[str, FieldSpec]
    presets: Mapping[str, str]
    """Fields of the form that it fills: genre, addressee …"""
    title: str
    body: str
    path: str
    line: int
    """The line of the file on which the text begins."""
    audience: Label | None = None
    """Whom the text is for."""
    leads: tuple[Lead, ...] = ()
    validity: Validity | None = None
    order: tuple[tuple[str, ...], ...] = ()
    """Variables in the order in which they must follow one another in time."""

    @property
    def required(self) -> tuple[str, ...]:
        """The variables that must be given."""
        return tuple(spec.name for spec in self.variables.values() if spec.required)

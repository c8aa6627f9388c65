"""An actor in an office: who does something and when, and the office by which it is judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from pmcli.dataclass import dataclass
from pmcli.form.durations import AddWorkingDays
from pmcli.form.library import Library
from pmcli.form.values import BadValue
from pmcli.messages import Label, Sentence
from pmcli.trade import INHERITED_ROLES, ROLES

if TYPE_CHECKING:
    from pmcli.lint import Settings


@dataclass(frozen=True)
class Staff:
    """The office's staff list: name to roles. While it is empty anybody may act in any role."""

    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def named(self) -> bool:
        """Whether the office has named its staff."""
        return bool(self.roles)

    def check(self, name: str) -> str:
        """Return a listed name; raises BadValue naming the list."""
        if self.named and name not in self.roles:
            names = "、".join(self.roles)
            raise BadValue(Sentence("not_on_staff", name=name[:60], names=names))
        return name

    def holds(self, name: str | None, role: str) -> bool:
        """Whether a person may act in a role, by inheritance too; `any` is all staff."""
        if not self.named or role == "any":
            return True
        own = self.roles.get(name or "", ())
        return role in own or any(role in INHERITED_ROLES.get(r, ()) for r in own)

    def label(self, roles: tuple[str, ...]) -> Label:
        """Some roles as a list in a sentence."""
        labels = [ROLES[r] for r in roles if r in ROLES]
        return Label("、".join(x.zh for x in labels), ", ".join(x.en for x in labels))


@dataclass(frozen=True)
class Actor:
    """Who does something: `at` when it happened, `typed_at` when it was typed (both zoned)."""

    name: str
    at: datetime
    typed_at: datetime


@dataclass(frozen=True)
class Context:
    """The office by which what is done is judged, whoever does it."""

    staff: Staff
    zone: tzinfo
    figures: Mapping[str, str]
    working_days: AddWorkingDays
    unit_pattern: str
    lists: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    """Tables of the office that go before a form's own, by `<form>.<list>`."""

    lint_settings: Callable[[], Settings | None] = lambda: None
    """What the office sets itself for the checking of texts; read where it is wanted."""
    office: Mapping[str, str] = field(default_factory=dict)
    """What the office is called: name, community, phone, address."""


@dataclass(frozen=True)
class Act:
    """An actor in a context. Formulas and guards see both."""

    who: Actor
    context: Context

    @property
    def actor(self) -> str:
        """The actor's name; empty where nobody acts, as in a list."""
        return self.who.name

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.who.at

    @property
    def typed_at(self) -> datetime:
        """When it was typed."""
        return self.who.typed_at

    @property
    def staff(self) -> Staff:
        """The office's staff."""
        return self.context.staff

    @property
    def zone(self) -> tzinfo:
        """The office's zone."""
        return self.context.zone

    @property
    def today(self) -> date:
        """The day on which it happened, in the office's zone."""
        return self.at.astimezone(self.zone).date()


def office_list(key: str, context: Context, library: Library) -> tuple[Mapping[str, str], ...]:
    """A table as the office has it: its own, else the form's; empty when unknown."""
    if key in context.lists:
        return context.lists[key]
    form_name, _, name = key.partition(".")
    return library.get(form_name).lists.get(name, ()) if form_name in library else ()


def figure(key: str, context: Context, library: Library) -> str | None:
    """A figure as the office has it: its override, else the form's own; None when unknown."""
    if key in context.figures:
        return context.figures[key]
    form_name, _, name = key.partition(".")
    if form_name not in library:
        return None
    form = library.get(form_name)
    if key.partition(".")[2] in form.figures:
        return form.figures[name].value
    clock = form.clocks.get(name)
    return clock.within if clock else None

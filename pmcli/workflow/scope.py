"""The names that a formula sees, each found when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from copy import copy
from typing import Any

from pmcli.form.language import LETS
from pmcli.form.model import CORE_FIELDS, Form, State
from pmcli.workflow.act import Act
from pmcli.workflow.functions import IMPLEMENTED
from pmcli.workflow.repository import Lookup
from pmcli.workflow.sight import Sight

HELD = "_held"
"""Under this name a scope holds the record's own values, which functions cannot hide."""

_OWN: Mapping[str, Callable[[Scope], Any]] = {
    "actor": lambda scope: scope.act.actor,
    "at": lambda scope: scope.act.at,
    "now": lambda scope: scope.act.at,
    "today": lambda scope: scope.act.today,
    "this_id": lambda scope: scope.held.get("id"),
    LETS: lambda scope: scope.form.lets,
    HELD: lambda scope: scope.held,
}
"""What pmcli itself tells, whatever a record holds."""

_OF_STATE: Mapping[str, Callable[[Scope], Any]] = {
    "state_label": lambda scope: scope.state.label,
    "open": lambda scope: not scope.state.final,
    "final": lambda scope: scope.state.final,
    "title": lambda scope: scope.form.title,
}
"""What is told of a record that is in a state of its form."""

_UNTOLD: Mapping[str, Callable[[], Any]] = {
    **dict.fromkeys(("reason", "note", "it", "cell", "before"), lambda: None),
    "created": list,
    "given": dict,
}
"""What a name comes to that only some formulas are told."""


class Scope(Sight):
    """A record's fields by name, none where unfilled, under pmcli's own names and functions.

    Over all of these stands what a caller tells: `more`, `tell` and `scope | names`. No name is
    worked out and no function bound before somebody asks for it.
    """

    def __init__(
        self, form: Form, values: Mapping[str, Any], act: Act, lookup: Lookup, /, **more: Any
    ) -> None:
        self.form, self.held, self.act, self.lookup = form, values, act, lookup
        self._told = more
        self._inner: Scope | None = None

    def tell(self, /, **names: Any) -> None:
        """Let some names come to these values; functions see them too."""
        self._told.update(names)

    def __or__(self, names: Mapping[str, Any]) -> Scope:
        """A scope with some names more, of which the functions in it know nothing."""
        wider = copy(self)
        wider._told = {**self._told, **names}
        wider._inner = self._inner or self
        return wider

    @property
    def state(self) -> State:
        """The record's state; raises KeyError where it is in none of its form's."""
        return self.form.states[str(self.held.get("state"))]

    def __getitem__(self, name: str) -> Any:
        if name in self._told:
            return self._told[name]
        if name in IMPLEMENTED:
            return IMPLEMENTED[name].bound(self._inner or self)
        if name in _OWN:
            return _OWN[name](self)
        if name in _OF_STATE and name in self._of_state():
            return _OF_STATE[name](self)
        if name in self.held:
            return self.held[name]
        if name in _UNTOLD:
            return _UNTOLD[name]()
        if name in self:
            return None
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return any(name in names for names in self._layers())

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name for names in self._layers() for name in names))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return True

    def _layers(self) -> Iterator[Collection[str]]:
        """All the names there are, those first that cost nothing to ask for."""
        yield from (self._told, IMPLEMENTED, _OWN, self.held, _UNTOLD, CORE_FIELDS)
        yield from (self.form.fields, self.form.stamp_names)
        yield self._of_state()

    def _of_state(self) -> Collection[str]:
        """The names that tell of the record's state; a field of the form hides the title."""
        if str(self.held.get("state")) not in self.form.states:
            return ()
        return [name for name in _OF_STATE if name != "title" or name not in self.form.fields]

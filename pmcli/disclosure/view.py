"""A record as one reader may see it: what table, page, JSON and message are made from.

A view holds no record and leads to none, so that nothing that is made from it can tell more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from pmcli.dataclass import dataclass
from pmcli.form.model import Form, State
from pmcli.form.values import display
from pmcli.record.event import Event, FieldChange

Told = tuple[Event, Mapping[str, FieldChange]]
"""An event with all that is known of its changes."""


class ShownValues(Mapping[str, Any]):
    """The values of a record by name, each made fit to be seen when it is first looked at."""

    def __init__(self, names: Sequence[str], show: Callable[[str], Any]) -> None:
        self._names = dict.fromkeys(names)
        self._show = show
        self._shown: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._shown:
            if name not in self._names:
                raise KeyError(name)
            self._shown[name] = self._show(name)
        return self._shown[name]

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a name, or `default` when it is not filled."""
        return self[name] if name in self._names else default

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@dataclass(frozen=True)
class View:
    """A record as a reader may see it. Values are typed as the form types them, or masked text."""

    form: Form
    id: str
    state: State
    path: str
    """Where its file stands below the office's folder."""
    values: Mapping[str, Any]
    """Core fields, fields and stamps that are filled and may be seen."""
    _extra: Callable[[], Mapping[str, Any]]
    _body: Callable[[], str]
    _history: Callable[[], Sequence[Told]]

    @property
    def open(self) -> bool:
        """Whether the record is in a state that is not final."""
        return not self.state.final

    @cached_property
    def extra(self) -> Mapping[str, Any]:
        """Keys that the form does not know."""
        return self._extra()

    @cached_property
    def body(self) -> str:
        """The text below the front matter."""
        return self._body()

    @cached_property
    def history(self) -> Sequence[Told]:
        """The events, oldest first."""
        return self._history()

    def get(self, name: str) -> Any:
        """The value of a field, core field or stamp; None where there is none to be seen."""
        return self.values.get(name)

    def text(self, name: str, language: str) -> str:
        """A value as it reads on a page or in a table; a state by its label."""
        if name == "state":
            return self.state.label.text(language)
        return display(self.get(name), self.form.fields.get(name), language)

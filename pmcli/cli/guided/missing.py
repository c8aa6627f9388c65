"""Which inputs a step still wants: what its refusal says, as values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from pmcli.dataclass import dataclass
from pmcli.form.model import Form, Transition
from pmcli.messages import Speakable
from pmcli.problems import Problem, Unmet, Usage, Want
from pmcli.record.model import Record
from pmcli.workflow.act import Act
from pmcli.workflow.inputs import NOTES, Given, child_forms
from pmcli.workflow.repository import Lookup

_GIVING_HELPS = (Want.MISSING, Want.ONE_OF, Want.WRONG)


@dataclass(frozen=True)
class Wanted:
    """An input that is missing, or several of which one is enough; `why` when the form says so."""

    form: Form
    names: tuple[str, ...]
    why: Speakable | None = None
    again: bool = False
    """Whether it was given, but not so that the form is content."""


@dataclass(frozen=True)
class Step:
    """A step about to be taken: on a record, or on none when it makes one."""

    form: Form
    transition: Transition
    record: Record | None
    act: Act
    lookup: Lookup

    @cached_property
    def children(self) -> list[Form]:
        """Forms of the records that the step may make and whose fields it takes."""
        loaded = (self.lookup.library.load(name)[0] for name in child_forms(self.transition))
        return [form for form in loaded if form is not None]

    @property
    def inputs(self) -> tuple[str, ...]:
        """The step's own inputs and notes, in the form's order."""
        return in_order(self.form, (*self.transition.inputs, *NOTES))

    def wanted(self, problem: Problem, given: Given) -> list[Wanted]:
        """The inputs for want of which the step failed, in the forms' order.

        Empty when something else is the matter.
        """
        helped = all(one.kind in _GIVING_HELPS for one in problem.unmet)
        if not isinstance(problem, Usage):
            return []
        found = [self._wanted(one, given) for one in problem.unmet] if helped else []
        wanted = [one for one in found if one is not None]
        forms = [self.form, *self.children]

        def place(one: Wanted) -> tuple[int, int]:
            return forms.index(one.form), min(_place(one.form, n) for n in one.names)

        return sorted(wanted, key=place)

    def _wanted(self, one: Unmet, given: Given) -> Wanted | None:
        form = next((f for f in (self.form, *self.children) if f.name == one.form), None)
        if form is None:
            return None
        if one.kind is Want.WRONG:
            faulty = next((name for name in one.fields if name in given), None)
            return Wanted(form, (faulty,), one.why, again=True) if faulty else None
        names = one.alternatives or one.fields
        return Wanted(form, names, one.why) if names else None


def hopeless(problem: Problem) -> bool:
    """Whether something stands against a step that no answer can help."""
    return any(
        one.kind in (Want.STATE, Want.ROLE, Want.PERSON)
        or (one.kind is Want.GUARD and not one.fields)
        for one in problem.unmet
    )


def in_order(form: Form, names: Iterable[str]) -> tuple[str, ...]:
    """Inputs in the order of the form's fields, notes last, each once."""
    return tuple(sorted(dict.fromkeys(names), key=lambda name: _place(form, name)))


def _place(form: Form, name: str) -> int:
    order: Sequence[str] = (*form.fields, *NOTES)
    return order.index(name) if name in order else len(order)

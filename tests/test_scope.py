"""What a formula sees: the names there always were, each asked for only where it is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoped import Shelf, act, sample

from pmcli.form.expressions import (
    calls_in,
    compile_formula,
    compile_template,
    evaluate,
    names_in,
    render,
)
from pmcli.form.formula import Formula, Template
from pmcli.form.formulas import formulas_of
from pmcli.form.functions import FUNCTIONS
from pmcli.form.language import LETS, NAMES, ExpressionError
from pmcli.form.model import CORE_FIELDS, Form
from pmcli.messages import Label
from pmcli.problems import Problem, Unreadable
from pmcli.store.office import load_library
from pmcli.workflow import scope as scopes
from pmcli.workflow.functions.binding import IMPLEMENTED, Implementation
from pmcli.workflow.scope import HELD, Scope

LIBRARY = load_library(None)
FORMS = [LIBRARY.get(name) for name in LIBRARY.names]
SHELF = Shelf(LIBRARY)
ACT = act()
UNTOLD = {"reason": None, "note": None, "it": None, "cell": None, "created": [], "given": {},
          "before": None}  # fmt: skip
OWN = {"actor": ACT.actor, "at": ACT.at, "now": ACT.at, "today": ACT.today}
each_form = pytest.mark.parametrize("form", FORMS, ids=LIBRARY.names)


def all_at_once(form: Form, values: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """All names but the functions, one layer over another: what a scope is to come to."""
    names = dict.fromkeys([*CORE_FIELDS, *form.fields, *form.stamp_names])
    names |= UNTOLD | dict(values) | OWN
    names |= {"this_id": values.get("id"), LETS: form.lets, HELD: values}
    state = form.states.get(str(values.get("state")))
    if state is not None:
        names |= {"state_label": state.label, "open": not state.final, "final": state.final}
        names |= {} if "title" in form.fields else {"title": form.title}
    return names | dict(more)


def records_of(form: Form) -> st.SearchStrategy[dict[str, Any]]:
    """Values that a record of a form may have; keys that hide pmcli's names, too."""
    fields = {name: st.just(sample(spec)) for name, spec in form.fields.items()}
    core = {name: st.just(f"<{name}>") for name in [*CORE_FIELDS, *form.stamp_names]}
    odd = {name: st.just(f"<{name}>") for name in ("lint", "office", "today", "reason", "given")}
    state = {"state": st.sampled_from([*form.states, "unheard-of"])}
    return st.fixed_dictionaries({}, optional={**core, **odd, **fields, **state})


def told_of(form: Form) -> st.SearchStrategy[dict[str, Any]]:
    names = [*form.fields, *UNTOLD, "open", "next_due", "find", "actor", "_reveal"]
    return st.dictionaries(st.sampled_from(names), st.integers(), max_size=4)


@each_form
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_name_comes_to_what_it_came_to_when_all_were_worked_out(form, data):
    values, more = data.draw(records_of(form)), data.draw(told_of(form))
    wanted = all_at_once(form, values, more)
    scope = Scope(form, values, ACT, SHELF, **more)
    assert {*scope} == {*wanted, *FUNCTIONS}
    assert len(scope) == len([*scope])
    for name in {*FUNCTIONS} - {*more}:
        assert callable(scope[name]) and name in scope
    for name in {*wanted} - ({*FUNCTIONS} - {*more}):
        assert scope[name] == wanted[name], name
        assert name in scope
    assert "nobody" not in scope and scope.get("nobody") is None
    with pytest.raises(KeyError):
        scope["nobody"]


@each_form
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_names_more_go_before_all_others_and_leave_the_scope_as_it_was(form, data):
    values, more, others = data.draw(records_of(form)), data.draw(told_of(form)), {"it": 7, "at": 8}
    scope = Scope(form, values, ACT, SHELF, **more)
    wider = scope | others | {"x": 9}
    wanted = all_at_once(form, values, more) | others | {"x": 9}
    for name in {*wanted} - {*FUNCTIONS}:
        assert wider[name] == wanted[name], name
    assert "x" not in scope and scope["at"] == more.get("at", ACT.at)


def test_what_is_told_later_goes_before_and_functions_see_it():
    form = LIBRARY.get("repair")
    scope = Scope(form, {}, ACT, SHELF)
    assert evaluate(Formula("label_of('kind')"), scope).zh == ""
    scope.tell(kind="leak", cell="x")
    assert evaluate(Formula("[kind, cell]"), scope) == ["leak", "x"]
    assert evaluate(Formula("label_of('kind')"), scope).zh == form.fields["kind"].choices["leak"].zh
    wider = scope | {"kind": "power"}
    assert evaluate(Formula("label_of('kind')"), wider).zh == form.fields["kind"].choices["leak"].zh


def test_pmcli_s_names_are_names_of_every_scope():
    scope = Scope(LIBRARY.get("repair"), {}, ACT, SHELF)
    assert NAMES - {*scope} == {"overdue"}


FAILS = "fails"


def shown(work: Any, *given: Any) -> Any:
    """What comes of it, or that nothing does."""
    try:
        return repr(work(*given))
    except (Problem, ExpressionError):
        return FAILS


@each_form
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_a_formula_given_its_names_alone_comes_to_what_it_does_over_all(form, data):
    """The sandbox is handed what a formula names; that is as good as handing it everything."""
    scope = Scope(form, data.draw(records_of(form)), ACT, SHELF)
    everything = {name: scope[name] for name in scope}
    lets = {name: shown(evaluate, formula, scope) for name, formula in form.lets.items()}
    known = {n: evaluate(form.lets[n], scope) for n, comes in lets.items() if comes != FAILS}
    for _, item, _ in formulas_of(form):
        work = evaluate if isinstance(item, Formula) else render
        failing = {name for name in named_by(item, form) & {*lets} if lets[name] == FAILS}
        wanted = FAILS if failing else shown(over_all, item, {**everything, **known})
        assert shown(work, item, scope) == wanted, item


def over_all(item: Formula | Template, names: dict[str, Any]) -> Any:
    """What a formula or sentence comes to when the sandbox is handed all the names."""
    if isinstance(item, Formula):
        return compile_formula(item.source).run(names)
    texts = {language: item.label.text(language) for language in ("zh", "en")}
    return Label(*(
        str(compile_template(text).run({**names, "_language": language})) if "{" in text else text
        for language, text in texts.items()
    ))  # fmt: skip


class Watched(Scope):
    """A scope that notes which names were asked for."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.asked.add(name)
        return super().__getitem__(name)


class Values(Mapping[str, Any]):
    """Values of a record that note which of them were read."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.read.add(name)
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("all values were asked for")

    def __len__(self) -> int:
        return len(self._values)


class Noted(dict[str, Implementation]):
    """Functions that do nothing, and a note of those that were bound."""

    def __init__(self) -> None:
        super().__init__(IMPLEMENTED)
        self.bound: set[str] = set()

    def __getitem__(self, name: str) -> Implementation:
        self.bound.add(name)
        return Implementation(lambda *given, **named: None, sees=False)


@pytest.mark.parametrize(
    ("source", "read", "bound"),
    [
        ("urgency == 'urgent'", {"urgency"}, set()),
        ("actor != keeper or reason", set(), set()),
        ("worker and has_role(worker, 'repair')", {"worker"}, {"has_role"}),
        ("open", {"state"}, set()),
        ("1 + 1", set(), set()),
    ],
)
def test_only_the_names_of_a_formula_are_resolved(monkeypatch, source, read, bound):
    functions = Noted()
    monkeypatch.setattr(scopes, "IMPLEMENTED", functions)
    values = Values({"state": "received", "urgency": "urgent", "worker": "李强", "kind": "leak"})
    evaluate(Formula(source), Scope(LIBRARY.get("repair"), values, ACT, SHELF))
    assert (values.read, functions.bound) == (read, bound)


@each_form
def test_no_shipped_formula_asks_for_a_name_that_it_has_not(monkeypatch, form):
    asked = 0
    for _, item, _ in formulas_of(form):
        functions = Noted()
        monkeypatch.setattr(scopes, "IMPLEMENTED", functions)
        scope = Watched(form, {}, ACT, SHELF)
        shown(evaluate if isinstance(item, Formula) else render, item, scope)
        named = named_by(item, form)
        assert scope.asked - {LETS} <= named, item
        assert functions.bound <= named, item
        if not named & form.lets.keys():
            assert functions.bound == named & {*FUNCTIONS}, item
        asked += len(scope.asked)
    assert asked


def named_by(item: Formula | Template, form: Form) -> set[str]:
    """The names of a formula, or of the gaps of a sentence, by way of named formulas too."""
    if isinstance(item, Formula):
        return {*names_in(item.source, form.lets)}
    parts = [part for text in (item.label.zh, item.label.en) for part in text.split("{{")[1:]]
    return {name for part in parts for name in names_in(part.partition("}}")[0], form.lets)}


def test_named_formulas_are_worked_out_where_they_are_used_and_no_others():
    lets = {"a": Formula("b + 1"), "b": Formula("amount"), "c": Formula("nobody + 1")}
    scope = Told({LETS: lets, "amount": 2, "place": "x"})
    assert evaluate(Formula("a + 1"), scope) == 4
    assert scope.asked == {LETS, "amount"}
    with pytest.raises(Unreadable):
        evaluate(Formula("c"), scope)


class Told(dict[str, Any]):
    """A scope of given names that notes which were asked for."""

    asked: set[str]

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.asked = set()

    def __getitem__(self, name: str) -> Any:
        self.asked.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.asked.add(name)
        return super().get(name, default)


def test_the_calls_of_a_formula_by_parameter():
    lets = {"fit": Formula("has_role(name=worker, role='repair')")}
    source = "fit and after(at, '3d') > record(target).done_at and kind != \"find(x, 'y')\""
    calls = {call.function: (call.names, call.literals) for call in calls_in(source, lets)}
    assert calls == {
        "after": ({"start": "at"}, {"what": "3d"}),
        "record": ({"number": "target"}, {}),
        "has_role": ({"name": "worker"}, {"role": "repair"}),
    }
    assert calls_in("no formula (", lets) == []

"""Formulas run without Jinja come to what they come to in its sandbox, or are left to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from conftest import Desk
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scenes import bring

from pmcli.form import expressions, sandbox
from pmcli.form.bounds import FAILURES, LARGEST, TooMuch, measured_run
from pmcli.form.expressions import compile_formula, compile_template, kept
from pmcli.form.language import ExpressionError
from pmcli.form.running import FILTERS, TESTS, runner
from pmcli.messages import Label
from pmcli.store.office import load_library

LIBRARY = load_library(None)
NAMES = ("a", "b", "rows", "one", "when", "text", "none_here", "gone")
FIELDS = ("x", "y", "name", "deep", "x.y", "0")


def times(first: Any, second: Any = 2) -> Any:
    """A function as forms call them."""
    return first * second if isinstance(first, int) and isinstance(second, int) else None


def joined(*values: Any, between: str = "-") -> str:
    """Another, with a name."""
    return between.join(str(value) for value in values)


FUNCTIONS = {"times": partial(times), "joined": joined}
numbers = st.integers(-30, 30) | st.sampled_from([Decimal("1.50"), Decimal(0), 2.5])
words = st.sampled_from(["", "x", "X", "水", "eq", "3", " 4 ", "-1.5", "name"])
plain = st.none() | st.booleans() | numbers | words
values = st.recursive(
    plain
    | st.sampled_from([date(2026, 3, 5), datetime(2026, 3, 5, tzinfo=UTC), Label("是", "yes")]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["x", "y", "name"]), inner, max_size=3)
    ),
    max_leaves=8,
)
rows = st.lists(
    st.dictionaries(st.sampled_from(["x", "y", "name"]), plain | values, max_size=3), max_size=4
)
scopes = st.fixed_dictionaries(
    {
        "a": values, "b": values, "rows": rows, "one": st.dictionaries(words, values, max_size=2),
        "when": st.just(date(2026, 3, 5)), "text": words, "none_here": st.none(),
    }
)  # fmt: skip
literals = st.sampled_from(
    ["1", "0", "-2", "2.5", "'x'", "'X'", "''", "'水'", "true", "false", "none", "[]", "{}"]
)
filters = st.sampled_from([
    "list", "count", "length", "first", "last", "unique", "min", "max", "sum", "int",
    "join", "join('、')", "map(attribute='x')", "map(attribute='deep.x')", "map('string')",
    "selectattr('x')", "selectattr('x', 'eq', 1)", "selectattr('name', 'in', ['x', '水'])",
    "rejectattr('y')", "rejectattr('x', 'none')", "select", "reject", "select('gt', 1)",
    "reject('none')", "unique(attribute='x')", "min(attribute='x')", "sum(attribute='y')",
    "sum(start=1)", "default(1)", "sort", "round", "abs", "string", "upper", "first(1)",
])  # fmt: skip
tests = st.sampled_from(["none", "true", "false", "defined", "in [1, 2]", "eq(1)", "number"])


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Larger formulas out of smaller ones."""
    two = st.tuples(inner, inner)
    signs = ["+", "-", "*", "/", "//", "%", "~", "and", "or", "==", "!=", "<", ">=", "in", "not in"]
    return st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(signs), inner),
        st.builds("({} < {} <= {})".format, inner, inner, inner),
        st.builds("(not {})".format, inner),
        st.builds("(-{})".format, inner),
        st.builds("({}).{}".format, inner, st.sampled_from(["x", "y", "name", "deep"])),
        st.builds("({})[{}]".format, inner, inner),
        st.builds("({})[{}:{}]".format, inner, st.sampled_from(["", "0", "1"]), st.just("2")),
        st.builds("({})|{}".format, inner, filters),
        st.builds("(({})|{}|{})".format, inner, filters, filters),
        st.builds("({} is {})".format, inner, tests),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("({0[0]} if {0[1]})".format, two),
        st.builds("[{0[0]}, {0[1]}]".format, two),
        st.builds("({0[0]}, {0[1]})".format, two),
        st.builds("{{'x': {0[0]}, 'y': {0[1]}}}".format, two),
        st.builds("times({0[0]}, {0[1]})".format, two),
        st.builds("joined({0[0]}, between={0[1]})".format, two),
    )


formulas = st.recursive(st.sampled_from(NAMES) | literals, grown, max_leaves=8)


@pytest.fixture(autouse=True)
def own_functions(monkeypatch: pytest.MonkeyPatch) -> None:
    """The language has the two functions of these tests."""
    from pmcli.form.functions import FUNCTIONS as KNOWN
    from pmcli.form.functions import Function

    for name, takes in (("times", "first, second=2"), ("joined", "*values, between='-'")):
        monkeypatch.setitem(KNOWN, name, Function(name, takes, "help_by", ()))  # type: ignore


def came_to(run: Any, scope: Mapping[str, Any], failures: Any) -> Any:
    """A value with its type, or that there is none."""
    try:
        return told(run(scope))
    except failures:
        return FAILED


FAILED = object()


def told(value: Any) -> Any:
    """A value by which equal ones of other types are told apart."""
    if isinstance(value, (list, tuple)):
        return type(value).__name__, [told(item) for item in value]
    if isinstance(value, Mapping):
        return "mapping", [(told(key), told(item)) for key, item in value.items()]
    return type(value).__name__, value


def compare(compiled: Any, scope: Mapping[str, Any]) -> bool:
    """Hold a tree to the sandbox; say whether it came to a value."""
    alone = came_to(lambda names: measured_run(runner(compiled.tree), names), scope, FAILURES)
    careful = came_to(compiled.run, scope, ExpressionError)
    if alone is not FAILED:
        assert alone == careful
    return alone is not FAILED


@settings(max_examples=600, deadline=None)
@given(formulas, scopes)
@example("(rows|first).x == none", {"rows": []})
@example("rows|selectattr('x')|first", {"rows": []})
@example("[rows|first]", {"rows": []})
@example("'a' if false", {})
@example("times('a' if false)", {})
@example("a[-1]", {"a": "水"})
@example("(a|first) < 1", {"a": []})
@example("(a|join).x", {"a": ["x"]})
@example("a|unique|list", {"a": ["x", "X", 1, True, 1.0]})
@example("a|min", {"a": ["b", "A"]})
@example("a ~ b", {"a": None, "b": [1]})
def test_a_tree_comes_to_what_jinja_comes_to(source: str, scope: dict[str, Any]) -> None:
    try:
        compiled = sandbox.formula(source)
    except ExpressionError:
        return
    if compiled.tree is not None:
        compare(compiled, {**scope, **FUNCTIONS})


@settings(max_examples=200, deadline=None)
@given(st.lists(formulas, min_size=1, max_size=3), scopes, st.sampled_from(["zh", "en", ""]))
def test_a_sentence_says_what_jinja_says(
    gaps: list[str], scope: dict[str, Any], language: str
) -> None:
    source = "业主：" + "，且 ".join("{{ " + gap + " }}" for gap in gaps) + "。\n"
    try:
        compiled = sandbox.template(source)
    except ExpressionError:
        return
    if compiled.tree is not None:
        compare(compiled, {**scope, **FUNCTIONS, "_language": language})


@pytest.mark.parametrize("name", sorted(FILTERS))
def test_a_filter_is_run_without_jinja(name: str) -> None:
    more = {"selectattr": "('x')", "rejectattr": "('x')", "map": "(attribute='x')"}.get(name, "")
    given = "a" if name == "int" else "rows"
    compiled = sandbox.formula(f"{given}|{name}{more}")
    rows = [1, 2] if name in ("sum", "min", "max", "unique") else [{"x": 1}, {"x": 0}]
    assert compare(compiled, {"a": "12", "rows": rows})


@pytest.mark.parametrize("name", sorted(TESTS))
def test_a_test_is_run_without_jinja(name: str) -> None:
    more = "" if name in ("none", "true", "false") else " [1]" if name == "in" else "(1)"
    assert compare(sandbox.formula(f"a is {name}{more}"), {"a": 1})


@pytest.mark.parametrize("form", LIBRARY.names)
def test_no_formula_of_a_built_in_form_needs_jinja(form: str) -> None:
    found = kept(LIBRARY.get(form))
    assert [source for (source, _), one in found.items() if one.tree is None] == []


@pytest.mark.parametrize(
    ("source", "scope"),
    [
        ("(a ~ a) == 'x'", {"a": "x" * (LARGEST * 15)}),
        ("a + b", {"a": [1] * LARGEST, "b": [1]}),
        ("a|list", {"a": range(LARGEST + 1)}),
        ("a|join(b)", {"a": ["x"] * 2000, "b": "y" * 10_000}),
        ("[a, a]", {"a": "x" * (LARGEST * 16)}),
        ("{'x': a}", {"a": "x" * (LARGEST * 16)}),
        ("a[:2]", {"a": "x" * (LARGEST * 17)}),
        ("times(a)", {"a": "x" * (LARGEST * 17), "times": times}),
    ],
)
def test_a_tree_is_bounded_as_jinja_is(source: str, scope: dict[str, Any]) -> None:
    compiled = sandbox.formula(source)
    assert compiled.tree is not None
    with pytest.raises(TooMuch):
        measured_run(runner(compiled.tree), scope)
    with pytest.raises(ExpressionError):
        compiled.run(scope)
    with pytest.raises(ExpressionError):
        compile_formula(source).run(scope)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("none_here|list", []),
        ("none_here|selectattr('x')|list", []),
        ("none_here|count", 0),
        ("(none_here|first).x", None),
        ("'a' if false", None),
        ("[1, 2]|last + 1", 3),
    ],
)
def test_a_tree_comes_to_it_alone(source: str, value: Any) -> None:
    tree = sandbox.formula(source).tree
    assert tree is not None
    assert runner(tree)({"none_here": None}) == value


@pytest.mark.parametrize(
    "source", ["gone + 1", "1 // a", "a.b < 1", "a < none", "'x' * 3", "'%d' % 3"]
)
def test_what_fails_is_told_as_jinja_tells_it(source: str) -> None:
    with pytest.raises(ExpressionError) as by_tree:
        compile_formula(source).run({"a": 0})
    with pytest.raises(ExpressionError) as by_jinja:
        sandbox.formula(source).run({"a": 0})
    assert by_tree.value.reason == by_jinja.value.reason != ""


def test_a_tree_is_what_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jinja is not asked for what a tree comes to."""
    formula, text = compile_formula("a + 41"), compile_template("{{ a }}号")
    monkeypatch.setattr(sandbox, "_sandbox", None)
    assert formula.run({"a": 1}) == 42
    assert text.run({"a": 3}) == "3号"


def test_steps_and_lists_do_without_jinja(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that the built-in forms work out in an office is left to Jinja."""
    left: list[str] = []
    by_jinja = expressions._by_jinja

    def asked(source: str, text: bool) -> Any:
        left.append(source)
        return by_jinja(source, text)

    for name in LIBRARY.names:
        expressions.keep(expressions.kept(LIBRARY.get(name)))
    expressions.compile_formula.cache_clear()
    expressions.compile_template.cache_clear()
    monkeypatch.setattr(expressions, "_by_jinja", asked)
    number = bring(desk, "repair", "closed")
    bring(desk, "complaint", "received")
    desk.do(f"repair show {number}")
    desk.do("repair list --open")
    desk.do("visit list")
    assert left == []

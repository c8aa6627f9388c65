"""The sandbox that formulas run in: which parts of Jinja are left, and how values behave there."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache, wraps
from typing import Any

from jinja2 import Undefined, nodes, pass_context
from jinja2.parser import Parser
from jinja2.tests import TESTS as JINJA_TESTS

from pmcli.form.bounds import NotAllowed, measured_run, weigh
from pmcli.form.functions import FUNCTIONS
from pmcli.form.jinja_bounds import BoundedEnvironment, given_twice
from pmcli.form.jinja_faults import FAILURES, reason_of
from pmcli.form.jinja_trees import tree_of
from pmcli.form.language import (
    FILTERS,
    MAX_LENGTH,
    MAX_NODES,
    TESTS,
    Call,
    Compiled,
    ExpressionError,
    spoken,
)
from pmcli.form.running import Tree
from pmcli.messages import Sentence

_MAX_DEPTH = 40
"""How deep the parts of a formula may be nested: Python compiles no more than some hundreds."""

_ALLOWED = (
    nodes.Const, nodes.Name, nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Keyword,
    nodes.Getattr, nodes.Getitem, nodes.Call, nodes.Filter, nodes.Test, nodes.CondExpr,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Neg, nodes.Pos,
    nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Concat,
    nodes.Slice, nodes.Template, nodes.Output, nodes.TemplateData,
)  # fmt: skip


class Nothing(Undefined):
    """What an unfilled field is inside a formula: false, empty, unequal to everything but none."""

    def __eq__(self, other: object) -> bool:
        return other is None or isinstance(other, Undefined)

    __hash__ = Undefined.__hash__


@pass_context
def _spoken(context: Any, value: Any) -> str:
    """How a value reads inside a sentence, in the sentence's language."""
    weigh(value)
    return spoken(value, str(context.get("_language") or "zh"))


_LIST_FILTERS = frozenset(
    {"selectattr", "rejectattr", "map", "select", "reject", "first", "last", "length", "count",
     "sum", "sort", "unique", "join", "list", "min", "max"}
)  # fmt: skip


def _of_nothing(filter_: Callable[..., Any]) -> Callable[..., Any]:
    """A filter of lists for which a list not filled is an empty one."""
    place = 1 if hasattr(filter_, "jinja_pass_arg") else 0

    @wraps(filter_)
    def run(*arguments: Any, **named: Any) -> Any:
        if arguments[place] is None:
            arguments = (*arguments[:place], [], *arguments[place + 1 :])
        return filter_(*arguments, **named)

    return run


class _Sandbox(BoundedEnvironment):
    def __init__(self) -> None:
        super().__init__(undefined=Nothing, autoescape=False, finalize=_spoken)
        self.filters = {
            name: _of_nothing(found) if name in _LIST_FILTERS else found
            for name, found in self.filters.items()
            if name in FILTERS
        }
        self.tests = {k: v for k, v in JINJA_TESTS.items() if k in TESTS or not k.isidentifier()}
        self.globals = {}

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Work out an operator; texts are neither repeated nor formatted."""
        if operator in "*%" and not all(isinstance(v, (int, Decimal)) for v in (left, right)):
            raise NotAllowed(Sentence("jinja_numbers_only", what=operator))
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Dots read the fields of a record or the columns of a row, nothing else."""
        if isinstance(obj, Mapping):
            return obj.get(attribute)
        if obj is None or isinstance(obj, Undefined):
            return None
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Square brackets read a field, a column or an item; what is not there is none."""
        if isinstance(obj, Mapping):
            return obj.get(argument)
        if isinstance(obj, (list, tuple, str)) and isinstance(argument, (int, slice)):
            return super().getitem(obj, argument)
        return None


@lru_cache(maxsize=1)
def _sandbox() -> _Sandbox:
    return _Sandbox()


def _checked(tree: nodes.Template) -> tuple[frozenset[str], tuple[Call, ...]]:
    """Refuse what the sandbox does not allow; return the free names used, and the calls."""
    names: set[str] = set()
    calls: list[Call] = []
    for count, (node, depth) in enumerate(_parts(tree)):
        if count > MAX_NODES:
            raise ExpressionError(Sentence("jinja_parts", most=MAX_NODES))
        if depth > _MAX_DEPTH:
            raise ExpressionError(Sentence("jinja_too_deep"))
        _refuse(node)
        if isinstance(node, nodes.Name):
            names.add(node.name)
        elif isinstance(node, nodes.Call):
            calls.append(_call(node))
    return frozenset(names), tuple(calls)


def _refuse(node: nodes.Node) -> None:
    """Refuse a part that the sandbox does not allow, by its kind, its name or its value."""
    if not isinstance(node, _ALLOWED):
        raise ExpressionError(Sentence("jinja_not_here", what=type(node).__name__.lower()))
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        raise ExpressionError(Sentence("jinja_no_filter", name=node.name))
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        raise ExpressionError(Sentence("jinja_no_test", name=node.name))
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        raise ExpressionError(Sentence("jinja_no_field", name=node.attr))
    repeated = given_twice(node)
    if repeated is not None:
        raise ExpressionError(Sentence("jinja_twice", what=repeated))
    value = node.value if isinstance(node, nodes.Const) else None
    if isinstance(value, float) and not math.isfinite(value):
        raise ExpressionError(Sentence("jinja_too_much"))


def _call(node: nodes.Call) -> Call:
    """What is called with what; refuse what is no function, and arguments that do not fit it."""
    function = FUNCTIONS.get(node.node.name) if isinstance(node.node, nodes.Name) else None
    if function is None:
        raise ExpressionError(Sentence("jinja_calls"))
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        raise ExpressionError(Sentence("jinja_not_here", what="*"))
    given = function.bound(node.args, {pair.key: pair.value for pair in node.kwargs})
    if given is None:
        said = Sentence("jinja_arguments", call=function.call, gives=function.gives)
        raise ExpressionError(said)
    return Call(
        function.name,
        {key: value.name for key, value in given.items() if isinstance(value, nodes.Name)},
        {key: value.value for key, value in given.items() if isinstance(value, nodes.Const)},
    )


def _parts(tree: nodes.Node) -> Iterator[tuple[nodes.Node, int]]:
    """All parts below a part, with how deep they lie."""
    waiting = [(node, 1) for node in tree.iter_child_nodes()]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting += [(child, depth + 1) for child in node.iter_child_nodes()]


def formula(source: str) -> Compiled:
    """Read one expression, compiled when it first runs; raises ExpressionError with the reason."""
    environment = _sandbox()
    names, calls, tree = _parsed("{{ (" + source + "\n) }}", text=False)
    try:
        parser = Parser(environment, source, state="variable")
        parser.parse_expression()
        if not parser.stream.eos:
            raise ExpressionError(Sentence("jinja_more"))
    except FAILURES as error:
        raise ExpressionError(reason_of(error) or Sentence("jinja_none")) from None
    expression = _later(lambda: environment.compile_expression(source, undefined_to_none=True))
    return Compiled(names, calls, expression, tree)


def template(source: str) -> Compiled:
    """Read one sentence with `{{ }}` gaps; raises ExpressionError with the reason."""
    names, calls, tree = _parsed(source, text=True)
    render = _later(lambda: _sandbox().from_string(source).render)
    return Compiled(names, calls, render, tree)


def _later(make: Callable[[], Callable[[Mapping[str, Any]], Any]]) -> Callable[..., Any]:
    """A formula that is compiled when it is first run: most are only looked at."""
    made = cache(make)

    def run(scope: Mapping[str, Any]) -> Any:
        return made()(scope)

    return _guarded(run)


def _parsed(source: str, text: bool) -> tuple[frozenset[str], tuple[Call, ...], Tree | None]:
    """Refuse what is not allowed; return the names used, the calls, and what runs without Jinja."""
    if len(source) > MAX_LENGTH:
        raise ExpressionError(Sentence("jinja_long", most=MAX_LENGTH))
    try:
        parsed = _sandbox().parse(source)
        return *_checked(parsed), tree_of(parsed, text)
    except FAILURES as error:
        raise ExpressionError(reason_of(error) or Sentence("jinja_none")) from None


def _guarded(run: Callable[[Mapping[str, Any]], Any]) -> Callable[[Mapping[str, Any]], Any]:
    def guarded(scope: Mapping[str, Any]) -> Any:
        try:
            return measured_run(run, scope)
        except FAILURES as error:
            raise ExpressionError(reason_of(error)) from None

    return guarded

"""The sandbox that formulas run in: which parts of Jinja are left, and how values behave there."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache, wraps
from typing import Any

from jinja2 import TemplateSyntaxError, Undefined, nodes, pass_context
from jinja2.exceptions import TemplateError
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pmcli.form.expressions import (
    FILTERS,
    FUNCTIONS,
    MAX_DIGITS,
    MAX_LENGTH,
    MAX_NODES,
    TESTS,
    Compiled,
    ExpressionError,
    spoken,
)

# NameError: Jinja works out constant parts beforehand and writes an infinity as the name `inf`.
_FAILURES = (TemplateError, TypeError, ValueError, ArithmeticError, KeyError, AttributeError,
             NameError, RecursionError, MemoryError)  # fmt: skip

_MAX_SIZE = 1_000_000
"""How much a filter may take in or give: items, and characters by sixteens."""
_MAX_PLACES = 20

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
    return spoken(value, str(context.get("_language") or "zh"))


_LIST_FILTERS = frozenset(
    {"selectattr", "rejectattr", "map", "select", "reject", "first", "last", "length", "count",
     "sum", "sort", "unique", "join", "list", "min", "max"}
)  # fmt: skip


def _bounded(name: str, filter_: Callable[..., Any]) -> Callable[..., Any]:
    """The filter with bounds on what it takes in and gives; a list not filled is an empty one."""
    place = 1 if hasattr(filter_, "jinja_pass_arg") else 0

    @wraps(filter_)
    def run(*arguments: Any, **named: Any) -> Any:
        if name in _LIST_FILTERS and arguments[place] is None:
            arguments = (*arguments[:place], [], *arguments[place + 1 :])
        given = [*arguments[place:], *named.values()]
        _size(given)
        if name == "join":
            joint = named.get("d", given[1] if len(arguments) > place + 1 else "")
            if len(str(joint)) * len(given[0]) > _MAX_SIZE:
                raise OverflowError("text too long")
        if name == "round":
            places = named.get("precision", given[1] if len(arguments) > place + 1 else 0)
            if abs(int(places)) > _MAX_PLACES:
                raise OverflowError(f"round to at most {_MAX_PLACES} places")
        result = filter_(*arguments, **named)
        if isinstance(result, Iterator):
            return list(_measured(result))
        _size(result)
        return result

    return run


def _measured(items: Iterator[Any]) -> Iterator[Any]:
    """Pass items on; raises OverflowError once they come to too much."""
    left = _MAX_SIZE
    for item in items:
        left = _size(item, left)
        yield item


def _size(value: Any, left: int = _MAX_SIZE) -> int:
    """What is left of a size when a value is taken off it; raises OverflowError below nothing."""
    left -= 1 + (len(value) // 16 if isinstance(value, str) else 0)
    if left < 0:
        raise OverflowError("too much at once")
    if isinstance(value, (list, tuple)):
        for item in value:
            left = _size(item, left)
    elif type(value) is dict:
        for item in value.values():
            left = _size(item, left)
    return left


class _Sandbox(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset(["*", "+", "%", "//", "/", "-"])

    def __init__(self) -> None:
        super().__init__(undefined=Nothing, autoescape=False, finalize=_spoken)
        self.filters = {
            name: _bounded(name, found) for name, found in self.filters.items() if name in FILTERS
        }
        self.tests = {k: v for k, v in self.tests.items() if k in TESTS or not k.isidentifier()}
        self.globals = {}

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator in "*%" and not all(isinstance(v, (int, Decimal)) for v in (left, right)):
            raise TypeError(f"{operator} works on numbers only")
        result = super().call_binop(context, operator, left, right)
        if isinstance(result, int) and abs(result) >= 10**MAX_DIGITS:
            raise OverflowError("number too large")
        return result

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


def _checked(tree: nodes.Template) -> set[str]:
    """Refuse what the sandbox does not allow; return the free names used."""
    names: set[str] = set()
    for count, node in enumerate(tree.find_all(nodes.Node)):
        if count > MAX_NODES:
            raise ExpressionError(f"more than {MAX_NODES} parts")
        if not isinstance(node, _ALLOWED):
            raise ExpressionError(f"{type(node).__name__.lower()} is not allowed here")
        if isinstance(node, nodes.Call):
            if not isinstance(node.node, nodes.Name) or node.node.name not in FUNCTIONS:
                raise ExpressionError("only the functions of docs/forms.md can be called")
            if node.dyn_args is not None or node.dyn_kwargs is not None:
                raise ExpressionError("* and ** are not allowed in a call")
        if isinstance(node, nodes.Filter) and node.name not in FILTERS:
            raise ExpressionError(f"no filter named {node.name}")
        if isinstance(node, nodes.Test) and node.name not in TESTS:
            raise ExpressionError(f"no test named {node.name}")
        if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            raise ExpressionError(f"no field named {node.attr}")
        value = node.value if isinstance(node, nodes.Const) else None
        if isinstance(value, float) and not math.isfinite(value):
            raise ExpressionError("number too large")
        if isinstance(node, nodes.Name):
            names.add(node.name)
    return names


def formula(source: str) -> Compiled:
    """Read one expression, compiled when it first runs; raises ExpressionError with the reason."""
    environment = _sandbox()
    names = _parsed("{{ (" + source + "\n) }}")
    try:
        parser = Parser(environment, source, state="variable")
        parser.parse_expression()
        if not parser.stream.eos:
            raise ExpressionError("more than one expression")
    except TemplateSyntaxError as error:
        raise ExpressionError(error.message or "not an expression") from None
    return Compiled(
        names, _later(lambda: environment.compile_expression(source, undefined_to_none=True))
    )


def template(source: str) -> Compiled:
    """Read one sentence with `{{ }}` gaps; raises ExpressionError with the reason."""
    names = _parsed(source)
    return Compiled(names, _later(lambda: _sandbox().from_string(source).render))


def _later(make: Callable[[], Callable[[Mapping[str, Any]], Any]]) -> Callable[..., Any]:
    """A formula that is compiled when it is first run: most are only looked at."""
    made = cache(make)

    def run(scope: Mapping[str, Any]) -> Any:
        return made()(scope)

    return _guarded(run)


def _parsed(source: str) -> frozenset[str]:
    """Refuse what is not allowed; return the names used."""
    if len(source) > MAX_LENGTH:
        raise ExpressionError(f"longer than {MAX_LENGTH} characters")
    try:
        return frozenset(_checked(_sandbox().parse(source)))
    except TemplateSyntaxError as error:
        raise ExpressionError(error.message or "not an expression") from None
    except (RecursionError, MemoryError):
        raise ExpressionError("nested too deeply") from None


def _guarded(run: Callable[[Mapping[str, Any]], Any]) -> Callable[[Mapping[str, Any]], Any]:
    def guarded(scope: Mapping[str, Any]) -> Any:
        try:
            return run(scope)
        except _FAILURES as error:
            # Python names a function of ours by where it was made.
            raise ExpressionError(str(error).replace("functions.<locals>.", "")) from None

    return guarded

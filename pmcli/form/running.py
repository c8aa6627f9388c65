"""Formulas run without Jinja, to the same values under the same bounds as in its sandbox.

A formula is read by Jinja once, when its form is read (pmcli.form.jinja_trees); what is kept of it
is a tree of tuples. Here a tree becomes a function. It only ever succeeds: where Jinja would fail,
or where it is not sure to give the same, it raises, and the sandbox (pmcli.form.sandbox) runs the
formula again and tells what is wrong with it.

A tree is a tuple of the kind of its part and what belongs to it:

    ("constant", value) ("name", name) ("list" | "tuple", trees, fixed) ("joined", trees)
    ("mapping", pairs of trees, fixed) ("field", tree, name) ("item", tree, tree)
    ("slice", tree, three trees or None) ("call", tree, trees, named trees)
    ("filter" | "test", name, tree, trees, named trees) ("operate", sign, tree, tree)
    ("sign", negative, tree) ("and" | "or", tree, tree) ("not", tree)
    ("if", tree, tree, tree | None) ("compare", tree, pairs of an operator and a tree)
    ("text", texts and trees)
"""

from __future__ import annotations

import operator as op
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from itertools import chain
from math import isfinite
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from pmcli.form.bounds import bounded, measured, operate, refuse_method, weigh
from pmcli.form.language import spoken

Tree = tuple[Any, ...]
Names = Mapping[str, Any]
Run = Callable[[Names], Any]


class Doubt(RuntimeError):
    """Jinja has to be asked."""


class _Unfound:
    """What the first of nothing is, or a choice without another: false, and equal to none."""

    def __bool__(self) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return other is None or other is self

    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        return ""


_UNFOUND = _Unfound()


def runner(tree: Tree) -> Run:
    """What works out a formula over the values of its names; it raises one of `bounds.FAILURES`."""
    run = _made(tree)

    def whole(names: Names) -> Any:
        value = run(names)
        if value is _UNFOUND:
            return None
        if isinstance(value, Iterator):
            raise Doubt
        return value

    return whole


def _made(tree: Tree) -> Run:
    return _KINDS[tree[0]](*tree[1:])


def _constant(value: Any) -> Run:
    return lambda names: value


def _name(name: str) -> Run:
    return lambda names: names[name]


def _together(make: Callable[[Iterable[Any]], Any]) -> Callable[[tuple[Tree, ...], bool], Run]:
    def made(trees: tuple[Tree, ...], fixed: bool) -> Run:
        parts = [_made(tree) for tree in trees]
        if fixed:
            return lambda names: make(part(names) for part in parts)
        return lambda names: measured(make(_told(part(names)) for part in parts))

    return made


def _mapping(pairs: tuple[tuple[Tree, Tree], ...], fixed: bool) -> Run:
    parts = [(_made(key), _made(value)) for key, value in pairs]

    def run(names: Names) -> Any:
        made = {_told(key(names)): _told(value(names)) for key, value in parts}
        return made if fixed else measured(made)

    return run


def _told(value: Any) -> Any:
    """A value that may go anywhere."""
    if value is _UNFOUND:
        raise Doubt
    return value


def _joined(trees: tuple[Tree, ...]) -> Run:
    parts = [_made(tree) for tree in trees]

    def run(names: Names) -> str:
        values = tuple(part(names) for part in parts)
        weigh(values)
        return "".join(map(str, values))

    return run


def _field(tree: Tree, name: str) -> Run:
    inner = _made(tree)

    def run(names: Names) -> Any:
        held = inner(names)
        if isinstance(held, Mapping):
            return held.get(name)
        if held is None or held is _UNFOUND:
            return None
        raise Doubt

    return run


def _item(tree: Tree, place: Tree) -> Run:
    inner, wanted = _made(tree), _made(place)
    return lambda names: _got(inner(names), wanted(names))


def _got(held: Any, place: Any) -> Any:
    """What stands in square brackets."""
    if isinstance(held, Mapping):
        return held.get(place)
    if isinstance(held, (list, tuple, str)) and isinstance(place, int):
        return held[place]
    if place is _UNFOUND:
        raise Doubt
    return None


def _slice(tree: Tree, ends: tuple[Tree | None, ...]) -> Run:
    inner = _made(tree)
    bounds = [_made(end) if end is not None else _constant(None) for end in ends]
    return lambda names: measured(inner(names))[slice(*(bound(names) for bound in bounds))]


def _arguments(
    trees: tuple[Tree, ...], named: tuple[tuple[str, Tree], ...]
) -> Callable[[Names], tuple[list[Any], dict[str, Any]]]:
    by_place = [_made(tree) for tree in trees]
    by_name = [(name, _made(tree)) for name, tree in named]

    def run(names: Names) -> tuple[list[Any], dict[str, Any]]:
        given = [_told(part(names)) for part in by_place]
        return given, {name: _told(part(names)) for name, part in by_name}

    return run


_CALLED = (BuiltinFunctionType, FunctionType, MethodType, partial, type)


def _call(tree: Tree, trees: tuple[Tree, ...], named: tuple[tuple[str, Tree], ...]) -> Run:
    inner, arguments = _made(tree), _arguments(trees, named)

    def run(names: Names) -> Any:
        function = inner(names)
        if not isinstance(function, _CALLED):
            raise Doubt
        given, told = arguments(names)
        values = [*given, *told.values()]
        weigh(values)
        refuse_method(function, values)
        return measured(function(*given, **told))

    return run


def _filter(
    name: str, tree: Tree, trees: tuple[Tree, ...], named: tuple[tuple[str, Tree], ...]
) -> Run:
    inner, arguments, filter_ = _made(tree), _arguments(trees, named), FILTERS[name]
    of_lists = name in _OF_LISTS

    def run(names: Names) -> Any:
        value = _told(inner(names))
        given, told = arguments(names)
        return _finite(filter_([] if value is None and of_lists else value, *given, **told))

    return run


def _test(
    name: str, tree: Tree, trees: tuple[Tree, ...], named: tuple[tuple[str, Tree], ...]
) -> Run:
    inner, arguments, test = _made(tree), _arguments(trees, named), TESTS[name]

    def run(names: Names) -> Any:
        given, told = arguments(names)
        return test(_told(inner(names)), *given, **told)

    return run


def _operate(sign: str, left: Tree, right: Tree) -> Run:
    first, second, numbers_only = _made(left), _made(right), sign in "*%"

    def run(names: Names) -> Any:
        values = first(names), second(names)
        if numbers_only and not all(isinstance(value, (int, Decimal)) for value in values):
            raise Doubt
        return _finite(operate(sign, *values))

    return run


def _sign(negative: bool, tree: Tree) -> Run:
    inner, change = _made(tree), op.neg if negative else op.pos
    return lambda names: change(inner(names))


def _and(left: Tree, right: Tree) -> Run:
    first, second = _made(left), _made(right)
    return lambda names: first(names) and second(names)


def _or(left: Tree, right: Tree) -> Run:
    first, second = _made(left), _made(right)
    return lambda names: first(names) or second(names)


def _not(tree: Tree) -> Run:
    inner = _made(tree)
    return lambda names: not inner(names)


def _if(test: Tree, then: Tree, other: Tree | None) -> Run:
    asked, first = _made(test), _made(then)
    second = _made(other) if other is not None else _constant(_UNFOUND)
    return lambda names: first(names) if asked(names) else second(names)


def _finite(value: Any) -> Any:
    """A number that there is: Jinja refuses an infinity where it works it out beforehand."""
    if isinstance(value, float) and not isfinite(value):
        raise Doubt
    return value


_COMPARED: Mapping[str, Callable[[Any, Any], Any]] = {
    "eq": op.eq, "ne": op.ne, "gt": op.gt, "gteq": op.ge, "lt": op.lt, "lteq": op.le,
    "in": lambda one, many: one in many, "notin": lambda one, many: one not in many,
}  # fmt: skip


def _compare(tree: Tree, pairs: tuple[tuple[str, Tree], ...]) -> Run:
    first = _made(tree)
    rest = [(_COMPARED[name], _made(other)) for name, other in pairs]

    def run(names: Names) -> Any:
        left, result = first(names), True
        for holds, other in rest:
            right = other(names)
            result = holds(left, right)
            if not result:
                break
            left = right
        return result

    return run


def _text(parts: tuple[Any, ...]) -> Run:
    made = [part if isinstance(part, str) else _made(part) for part in parts]

    def run(names: Names) -> str:
        language = str(names.get("_language") or "zh")
        return "".join(one if isinstance(one, str) else _said(one(names), language) for one in made)

    return run


def _said(value: Any, language: str) -> str:
    weigh(value)
    return spoken(value, language)


_KINDS: Mapping[str, Callable[..., Run]] = {
    "constant": _constant, "name": _name, "list": _together(list), "tuple": _together(tuple),
    "mapping": _mapping, "joined": _joined, "field": _field, "item": _item, "slice": _slice,
    "call": _call, "filter": _filter, "test": _test, "operate": _operate, "sign": _sign,
    "and": _and, "or": _or, "not": _not, "if": _if, "compare": _compare, "text": _text,
}  # fmt: skip


def _reader(attribute: Any) -> Callable[[Any], Any]:
    """What reads an attribute, `a.b`, out of an item, as Jinja's filters do."""
    if attribute is None:
        return lambda item: item
    if not isinstance(attribute, str):
        raise Doubt
    parts = [int(part) if part.isdigit() else part for part in attribute.split(".")]

    def read(item: Any) -> Any:
        for part in parts:
            item = _got(item, part)
        return item

    return read


def _folded(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _chosen(wanted: bool, by_field: bool) -> Callable[..., Iterator[Any]]:
    def choose(value: Iterable[Any], *given: Any) -> Iterator[Any]:
        given_field, given = (given[0], given[1:]) if by_field else (None, given)
        read = _reader(given_field)
        test = TESTS[given[0]] if given else bool
        return (item for item in value if bool(test(read(item), *given[1:])) is wanted)

    return choose


def _map(value: Iterable[Any], *, attribute: str) -> Iterator[Any]:
    return map(_reader(attribute), value)


def _first(value: Iterable[Any]) -> Any:
    return next(iter(value), _UNFOUND)


def _last(value: Any) -> Any:
    return next(iter(reversed(value)), _UNFOUND)


def _unique(value: Iterable[Any], *, attribute: str | None = None) -> Iterator[Any]:
    read, seen = _reader(attribute), set()
    for item in value:
        key = _folded(read(item))
        if key not in seen:
            seen.add(key)
            yield item


def _utmost(choose: Callable[..., Any]) -> Callable[..., Any]:
    def run(value: Iterable[Any], *, attribute: str | None = None) -> Any:
        items, read = iter(value), _reader(attribute)
        for item in items:
            return choose(chain([item], items), key=lambda one: _folded(read(one)))
        return _UNFOUND

    return run


def _sum(value: Iterable[Any], attribute: str | None = None, start: Any = 0) -> Any:
    return sum(map(_reader(attribute), value), start)


def _int(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        try:
            return int(float(value))
        except (TypeError, ValueError, OverflowError):
            return 0


def _join(value: Iterable[Any], d: str = "") -> str:
    return str(d).join(map(str, value))


_OF_LISTS: Mapping[str, Callable[..., Any]] = {
    "list": list, "count": len, "length": len, "first": _first, "last": _last, "map": _map,
    "select": _chosen(True, False), "reject": _chosen(False, False),
    "selectattr": _chosen(True, True), "rejectattr": _chosen(False, True),
    "unique": _unique, "min": _utmost(min), "max": _utmost(max), "sum": _sum, "join": _join,
}  # fmt: skip
"""Filters for which a list not filled is an empty one."""
FILTERS: Mapping[str, Callable[..., Any]] = {
    name: bounded(name, found) for name, found in (*_OF_LISTS.items(), ("int", _int))
}
TESTS: Mapping[str, Callable[..., Any]] = {
    "none": lambda value: value is None, "true": lambda value: value is True,
    "false": lambda value: value is False, "eq": op.eq, "equalto": op.eq, "ne": op.ne,
    "lt": op.lt, "le": op.le, "gt": op.gt, "ge": op.ge, "in": _COMPARED["in"],
}  # fmt: skip

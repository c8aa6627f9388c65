"""How much a formula or a template may do: one measure for all the Jinja that an office writes.

A sandbox keeps a template from reaching out; it does not keep it from counting to a thousand
million. Here every loop, call, filter and operator is charged by what it takes in and gives, and
what one step could multiply is worked out before it is done. All of it ends in TooMuch.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import wraps
from string import Formatter
from types import BuiltinFunctionType
from typing import Any

from jinja2 import nodes
from jinja2.runtime import markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from pmcli.form.jinja_faults import Misspelt, NotAllowed, TooMuch
from pmcli.messages import Sentence

WORK = 10_000_000
"""How much one evaluation may do in all: a part of a program run, an item, a text by sixteens."""
LARGEST = 1_000_000
"""How large one value may be, in the same measure."""
MAX_SOURCE = 200_000
"""The longest template, in characters."""
MAX_DIGITS = 60
_MAX_PLACES = 20
_MAX_WIDTH = 1_000
_LETTERS = 16
"""How many characters weigh as much as an item."""

_SMALL = frozenset({int, bool, float, Decimal, type(None)})
_NUMBERS = (int, float, Decimal)

_MULTIPLYING = frozenset(
    "join replace format indent wordwrap urlize batch slice center tojson pprint".split()
)
"""Filters whose result may be as long as what they are given multiplied with one another."""
_SQUARE = frozenset("striptags wordwrap urlize pprint title xmlattr".split())
"""Filters whose work may grow with the square of a text's length."""
_TEXT_METHODS = frozenset(
    "capitalize casefold center count endswith expandtabs find format format_map index isalnum "
    "isalpha isascii isdecimal isdigit islower isnumeric isspace istitle isupper join ljust lower "
    "lstrip partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit "
    "rstrip split splitlines startswith strip swapcase title unescape upper zfill".split()
)


class _Meter:
    """What the evaluation that is going on may still do."""

    def __init__(self) -> None:
        self.left = WORK
        self.depth = 0

    def spend(self, units: int) -> None:
        """Take off what is about to be done; raises TooMuch once nothing is left."""
        self.left -= units
        if self.left < 0:
            raise TooMuch

    def begin(self, work: int) -> int:
        """Begin an evaluation within another; returns what that one has left."""
        outer = self.left
        if outer < 0:
            raise TooMuch
        self.left = work
        self.depth += 1
        return outer

    def end(self, outer: int, work: int) -> None:
        """Go on with the evaluation around the one that began with so much."""
        self.depth -= 1
        self.left = outer - (work - self.left) // _INNER if self.depth else WORK


_METER = _Meter()
spend = _METER.spend
_INNER = 8
"""What an evaluation does for another one counts for this part: clocks of many records are."""


@contextmanager
def metered(work: int = WORK) -> Iterator[None]:
    """One evaluation, which may do so much; a part of it is charged to the one around it."""
    outer = _METER.begin(work)
    try:
        yield
    finally:
        _METER.end(outer, work)


def measured_run(run: Callable[[Any], Any], scope: Any) -> Any:
    """What a formula comes to: `metered` and `measured` for what runs once for each record."""
    outer = _METER.begin(WORK)
    try:
        value = run(scope)
        if type(value) not in _SMALL:
            weigh(value)
        return value
    finally:
        _METER.end(outer, WORK)


def weigh(value: Any) -> int:
    """Charge a value by its size and return that; raises TooMuch for one that is too large."""
    if type(value) in _SMALL:
        return 1
    size = LARGEST - _taken(value, LARGEST)
    _METER.spend(size)
    return size


def _taken(value: Any, left: int) -> int:
    """What is left of a size when a value is taken off it, item by item."""
    left -= 1
    if isinstance(value, str):
        left -= len(value) // _LETTERS
    elif isinstance(value, (list, tuple, set, frozenset)):
        for item in value:
            left = left - 1 if type(item) in _SMALL else _taken(item, left)
    elif type(value) is dict:
        for pair in value.items():
            left = _taken(pair, left)
    elif isinstance(value, (range, type({}.items()), type({}.keys()), type({}.values()))):
        left -= len(value)
    if left < 0:
        raise TooMuch
    return left


def measured(value: Any) -> Any:
    """The value, once it has been charged."""
    weigh(value)
    return value


def _letters(value: Any) -> int:
    """How much longer a text may become by a value that is put into it, or by a width."""
    if isinstance(value, str):
        return len(value)
    if type(value) is int:
        return abs(value)
    return _LETTERS * weigh(value)


def _refuse_product(size: int, given: list[Any]) -> None:
    """Refuse a text or list of a size that each of some arguments could multiply."""
    if size * _LETTERS * max(1, sum(map(_letters, given))) > LARGEST * _LETTERS:
        raise TooMuch


def bounded(name: str, filter_: Callable[..., Any]) -> Callable[..., Any]:
    """A filter with bounds on what it takes in and gives; what it gives bit by bit is a list."""
    place = 1 if hasattr(filter_, "jinja_pass_arg") else 0

    @wraps(filter_)
    def run(*arguments: Any, **named: Any) -> Any:
        given = [*arguments[place + 1 :], *named.values()]
        size = sum(map(weigh, arguments[place : place + 1]))
        for value in given:
            weigh(value)
        if name in _SQUARE:
            spend(size * size // _LETTERS)
        if name in _MULTIPLYING:
            if name == "format" and isinstance(arguments[place], str):
                _refuse_widths(arguments[place])
            _refuse_product(size, given)
        _refuse_odd(name, size, given, named)
        result = filter_(*arguments, **named)
        if isinstance(result, Iterator):
            return list(_weighed(result))
        weigh(result)
        return result

    return run


def _refuse_odd(name: str, size: int, given: list[Any], named: Mapping[str, Any]) -> None:
    """Refuse what single filters could be made to do for ever."""
    if name == "round" and any(type(v) is int and abs(v) > _MAX_PLACES for v in given):
        raise NotAllowed(Sentence("jinja_round", most=_MAX_PLACES))
    if name == "int" and size > _MAX_WIDTH // _LETTERS:
        raise TooMuch
    start = named.get("start", given[1] if len(given) > 1 else 0)
    if name == "sum" and not isinstance(start, _NUMBERS):
        raise NotAllowed(Sentence("jinja_numbers_only", what="sum"))


def _weighed(items: Iterator[Any]) -> Iterator[Any]:
    left = LARGEST
    for item in items:
        rest = _taken(item, left)
        spend(left - rest)
        left = rest
        yield item


def _charged_test(test: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(test)
    def run(*arguments: Any, **named: Any) -> Any:
        for value in (*arguments, *named.values()):
            weigh(value)
        return test(*arguments, **named)

    return run


def _refuse_widths(text: str) -> None:
    """Refuse `'%99999d'` and `'%*d'`, and keys with brackets, which Python reads in its own way."""
    total = 0
    for found in re.finditer("%", text):
        spec = _PERCENT.match(text, found.end())
        assert spec is not None
        if text[found.end() : found.end() + 1] == "(" and not spec[1]:
            raise NotAllowed(Sentence("jinja_format"))
        total += _width(spec[2]) + _width(spec[3])
    if total > LARGEST:
        raise TooMuch


_PERCENT = re.compile(r"(\([^()]{0,80}\))?[#0 +-]*(\*|\d*)(?:\.(\*|\d*))?")


def _width(digits: str | None) -> int:
    if digits == "*" or len(digits or "") > len(str(_MAX_WIDTH)):
        raise TooMuch
    return int(digits or 0)


def _refuse_format(text: str) -> None:
    """Refuse `'{:>99999}'` and a width that a value gives."""
    for _before, _name, spec, _conversion in Formatter().parse(text):
        if "{" in (spec or ""):
            raise TooMuch
        for digits in re.findall(r"\d+", spec or ""):
            _width(digits.lstrip("0"))


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox in which everything that is done is charged."""

    intercepted_binops = frozenset(["+", "-", "*", "/", "//", "%", "**"])

    def __init__(self, own: Mapping[str, Callable[..., Any]] | None = None, **options: Any) -> None:
        """A sandbox with `own` filters beside those of Jinja, and the options of Jinja."""
        super().__init__(**options)
        filters = {**self.filters, **(own or {})}
        self.filters = {name: bounded(name, found) for name, found in filters.items()}
        tests: dict[str, Any] = dict(self.tests)
        self.tests = {name: _charged_test(found) for name, found in tests.items()}
        self.globals.pop("lipsum", None)
        self.spend, self.measured, self.joined = spend, measured, self._joined
        self._charges = frozenset(map(id, (self.spend, self.measured, self.joined)))

    def _joined(self, *parts: Any) -> str:
        """What `~` gives."""
        weigh(parts)
        return markup_join(parts) if self.autoescape else "".join(map(str, parts))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Work out an operator, on texts and lists only as far as the result stays small."""
        if type(left) not in _SMALL or type(right) not in _SMALL:
            _refuse_repetition(operator, left, right)
        elif operator == "**" and abs(right) > 4 * MAX_DIGITS:
            raise TooMuch
        result = super().call_binop(context, operator, left, right)
        if isinstance(result, int) and abs(result) >= 10**MAX_DIGITS:
            raise TooMuch
        weigh(result)
        return result

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call something, charged by what it is given and gives."""
        if id(__obj) in __self._charges:
            return __obj(*args)
        given = [*args, *kwargs.values()]
        weigh(given)
        _refuse_method(__obj, given)
        result = super().call(__context, __obj, *args, **kwargs)
        weigh(result)
        return result

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """`format` of a text, with bounds on widths."""
        wrapped = super().wrap_str_format(value)
        if wrapped is None:
            return None
        text = value.__self__

        @wraps(wrapped)
        def run(*arguments: Any, **named: Any) -> str:
            _refuse_format(text)
            _refuse_product(weigh(text), [*arguments, *named.values()])
            return wrapped(*arguments, **named)

        return run

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        for node in source.find_all((nodes.Call, nodes.Filter, nodes.Test)):
            key = given_twice(node)
            if key is not None:
                said = Sentence("jinja_twice", what=key)
                raise Misspelt(said, node.lineno, name, filename)
        charging = _Charging(self, any(source.find_all(_BODIES)))
        return super()._generate(charging.visit(source), name, filename, defer_init)


def given_twice(node: nodes.Node) -> str | None:
    """The keyword that a call, filter or test is given twice: some Jinja lets pass, some not."""
    keys = [pair.key for pair in getattr(node, "kwargs", None) or ()]
    return next((key for key in keys if keys.count(key) > 1), None)


def _refuse_repetition(operator: str, left: Any, right: Any) -> None:
    """Refuse an operator on texts and lists whose result would be too large."""
    sizes = weigh(left), weigh(right)
    if operator == "*":
        for count, size in ((left, sizes[1]), (right, sizes[0])):
            if isinstance(count, int) and size * abs(count) > LARGEST:
                raise TooMuch
    if operator == "%" and isinstance(left, str):
        _refuse_widths(left)
        _refuse_product(sizes[0], [right])


def _refuse_method(method: Any, given: list[Any]) -> None:
    """Refuse the methods of texts and numbers that make much of little."""
    owner, name = getattr(method, "__self__", None), getattr(method, "__name__", "")
    if isinstance(owner, str):
        if name not in _TEXT_METHODS:
            raise NotAllowed(Sentence("jinja_not_here", what=name))
        _refuse_product(weigh(owner), given)
    elif isinstance(owner, (int, float, bytes, bytearray, type)):
        raise NotAllowed(Sentence("jinja_not_here", what=name))
    elif isinstance(method, BuiltinFunctionType):
        weigh(owner)


_BODIES = (nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block, nodes.Include, nodes.FromImport,
           nodes.Import, nodes.Extends)  # fmt: skip
"""What makes a template a program, whose parts may run more than once."""


_CALLED = 20
"""What calling a macro or a block is charged beside what stands in it."""


class _Charging(NodeTransformer):
    """Puts the charges into a template before it is compiled."""

    def __init__(self, environment: BoundedEnvironment, program: bool) -> None:
        self._environment = environment
        self._program = program

    def visit_Template(self, node: Any) -> Any:
        return self._body(node) if self._program else self.generic_visit(node)

    def visit_Block(self, node: Any) -> Any:
        return self._body(node)

    def visit_Macro(self, node: Any) -> Any:
        return self._body(node)

    def visit_CallBlock(self, node: Any) -> Any:
        return self._body(node)

    def visit_For(self, node: Any) -> Any:
        self._body(node)
        node.iter = self._charge("measured", node.iter)
        return node

    def visit_Concat(self, node: Any) -> Any:
        self.generic_visit(node)
        return self._charge("joined", *node.nodes)

    def visit_List(self, node: Any) -> Any:
        return self._made(node, node.items)

    def visit_Tuple(self, node: Any) -> Any:
        return self.generic_visit(node) if node.ctx != "load" else self._made(node, node.items)

    def visit_Dict(self, node: Any) -> Any:
        return self._made(node, [pair.value for pair in node.items])

    def visit_Getitem(self, node: Any) -> Any:
        self.generic_visit(node)
        if isinstance(node.arg, nodes.Slice):
            node.node = self._charge("measured", node.node)
        return node

    def visit_Compare(self, node: Any) -> Any:
        self.generic_visit(node)
        if self._program:
            node.expr = self._compared(node.expr)
            for operand in node.ops:
                operand.expr = self._compared(operand.expr)
        return node

    def _compared(self, node: nodes.Expr) -> nodes.Expr:
        return node if isinstance(node, nodes.Const) else self._charge("measured", node)

    def _made(self, node: Any, parts: list[nodes.Expr]) -> Any:
        fixed = all(isinstance(part, nodes.Const) for part in parts)
        self.generic_visit(node)
        return node if fixed else self._charge("measured", node)

    def _body(self, node: Any) -> Any:
        """Let what may run again and again be charged each time by how much stands in it."""
        weight = 1 if isinstance(node, nodes.For) else _CALLED
        for part in node.find_all(nodes.Node):
            weight += 1 + (len(part.data) // 4 if isinstance(part, nodes.TemplateData) else 0)
        self.generic_visit(node)
        charge = self._charge("spend", nodes.Const(weight))
        statement = nodes.ExprStmt(charge, lineno=node.lineno)
        node.body = [statement.set_environment(self._environment), *node.body]
        return node

    def _charge(self, name: str, *given: nodes.Expr) -> nodes.Call:
        called = nodes.EnvironmentAttribute(name)
        line = given[0].lineno if given else 1
        call = nodes.Call(called, list(given), [], None, None)
        call.set_lineno(line).set_environment(self._environment)
        return call

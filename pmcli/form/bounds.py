"""How much a formula or a template may do: one measure for all that an office writes.

A sandbox keeps a template from reaching out; it does not keep it from counting to a thousand
million. Here every loop, call, filter and operator is charged by what it takes in and gives, and
what one step could multiply is worked out before it is done. All of it ends in TooMuch.
"""

from __future__ import annotations

import operator as op
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import wraps
from types import BuiltinFunctionType
from typing import Any

from pmcli.messages import Sentence
from pmcli.patterns import regex

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


FAILURES = (
    ArithmeticError, AssertionError, AttributeError, BufferError, LookupError, MemoryError,
    NameError, RuntimeError, StopIteration, TypeError, ValueError,
)  # fmt: skip
"""What working out a formula may raise."""


class NotAllowed(ArithmeticError):
    """What a formula or template may not do, and the sentence that says so."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class TooMuch(NotAllowed):
    """A formula or template that would take too long or give too much."""

    def __init__(self) -> None:
        super().__init__(Sentence("jinja_too_much"))


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


def refuse_product(size: int, given: list[Any]) -> None:
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
            refuse_product(size, given)
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


_PERCENT = regex(r"(\([^()]{0,80}\))?[#0 +-]*(\*|\d*)(?:\.(\*|\d*))?")


def _width(digits: str | None) -> int:
    if digits == "*" or len(digits or "") > len(str(_MAX_WIDTH)):
        raise TooMuch
    return int(digits or 0)


def refuse_format(text: str) -> None:
    """Refuse `'{:>99999}'` and a width that a value gives."""
    from string import Formatter

    for _before, _name, spec, _conversion in Formatter().parse(text):
        if "{" in (spec or ""):
            raise TooMuch
        for digits in re.findall(r"\d+", spec or ""):
            _width(digits.lstrip("0"))


_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": op.add, "-": op.sub, "*": op.mul, "/": op.truediv, "//": op.floordiv, "%": op.mod,
    "**": op.pow,
}  # fmt: skip


def operate(operator: str, left: Any, right: Any) -> Any:
    """Work out an operator, on texts and lists only as far as the result stays small."""
    if type(left) not in _SMALL or type(right) not in _SMALL:
        _refuse_repetition(operator, left, right)
    elif operator == "**" and abs(right) > 4 * MAX_DIGITS:
        raise TooMuch
    result = _OPERATORS[operator](left, right)
    if isinstance(result, int) and abs(result) >= 10**MAX_DIGITS:
        raise TooMuch
    weigh(result)
    return result


def _refuse_repetition(operator: str, left: Any, right: Any) -> None:
    """Refuse an operator on texts and lists whose result would be too large."""
    sizes = weigh(left), weigh(right)
    if operator == "*":
        for count, size in ((left, sizes[1]), (right, sizes[0])):
            if isinstance(count, int) and size * abs(count) > LARGEST:
                raise TooMuch
    if operator == "%" and isinstance(left, str):
        _refuse_widths(left)
        refuse_product(sizes[0], [right])


def refuse_method(method: Any, given: list[Any]) -> None:
    """Refuse the methods of texts and numbers that make much of little."""
    owner, name = getattr(method, "__self__", None), getattr(method, "__name__", "")
    if isinstance(owner, str):
        if name not in _TEXT_METHODS:
            raise NotAllowed(Sentence("jinja_not_here", what=name))
        refuse_product(weigh(owner), given)
    elif isinstance(owner, (int, float, bytes, bytearray, type)):
        raise NotAllowed(Sentence("jinja_not_here", what=name))
    elif isinstance(method, BuiltinFunctionType):
        weigh(owner)

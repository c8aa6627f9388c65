"""Jinja in which everything that is done is charged by the measure of pmcli.form.bounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from jinja2 import nodes
from jinja2.runtime import markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from pmcli.form.bounds import (
    bounded,
    measured,
    operate,
    refuse_format,
    refuse_method,
    refuse_product,
    spend,
    weigh,
)
from pmcli.form.jinja_faults import Misspelt
from pmcli.messages import Sentence


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
        return operate(operator, left, right)

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call something, charged by what it is given and gives."""
        if id(__obj) in __self._charges:
            return __obj(*args)
        given = [*args, *kwargs.values()]
        weigh(given)
        refuse_method(__obj, given)
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
            refuse_format(text)
            refuse_product(weigh(text), [*arguments, *named.values()])
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


def _charged_test(test: Callable[..., Any]) -> Callable[..., Any]:
    """A test that is charged by what it is given."""

    @wraps(test)
    def run(*arguments: Any, **named: Any) -> Any:
        for value in (*arguments, *named.values()):
            weigh(value)
        return test(*arguments, **named)

    return run


def given_twice(node: nodes.Node) -> str | None:
    """The keyword that a call, filter or test is given twice: some Jinja lets pass, some not."""
    keys = [pair.key for pair in getattr(node, "kwargs", None) or ()]
    return next((key for key in keys if keys.count(key) > 1), None)


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

"""A formula as Jinja has read it, made a tree of plain tuples that pmcli.form.running runs."""

from __future__ import annotations

from typing import Any

from jinja2 import nodes

from pmcli.form.running import FILTERS, TESTS, Tree

_OPERATORS: dict[type[nodes.Node], str] = {
    nodes.Add: "+", nodes.Sub: "-", nodes.Mul: "*", nodes.Div: "/", nodes.FloorDiv: "//",
    nodes.Mod: "%",
}  # fmt: skip
_CONSTANTS = (str, int, float, bool, type(None))


class _NoTree(Exception):
    """A part that only Jinja runs."""


def tree_of(template: nodes.Template, text: bool) -> Tree | None:
    """The tree of one formula, or of a `text` with gaps; None where Jinja has to run it."""
    parts: list[Any] = []
    try:
        for output in template.body:
            if not isinstance(output, nodes.Output):
                return None
            for node in output.nodes:
                plain = isinstance(node, nodes.TemplateData)
                parts.append(node.data if plain else _tree(node))  # type: ignore[attr-defined]
    except _NoTree:
        return None
    if text:
        return ("text", tuple(parts))
    return parts[0] if len(parts) == 1 and isinstance(parts[0], tuple) else None


def _tree(node: Any) -> Tree:
    found = _value(node) or _step(node) or _choice(node)
    if found is None:
        raise _NoTree
    return found


def _value(node: Any) -> Tree | None:
    """A name, a constant, or values put together."""
    match node:
        case nodes.Const() if isinstance(node.value, _CONSTANTS):
            return ("constant", node.value)
        case nodes.Name():
            return ("name", node.name)
        case nodes.List() | nodes.Tuple():
            kind = "list" if isinstance(node, nodes.List) else "tuple"
            return (kind, _trees(node.items), _fixed(node.items))
        case nodes.Dict():
            pairs = tuple((_tree(pair.key), _tree(pair.value)) for pair in node.items)
            return ("mapping", pairs, _fixed([pair.value for pair in node.items]))
        case nodes.Concat():
            return ("joined", _trees(node.nodes))
    return None


def _step(node: Any) -> Tree | None:
    """What is read out of a value or worked out from values."""
    match node:
        case nodes.Getattr():
            return ("field", _tree(node.node), node.attr)
        case nodes.Getitem():
            if isinstance(node.arg, nodes.Slice):
                ends = (node.arg.start, node.arg.stop, node.arg.step)
                bounds = tuple(_tree(end) if end is not None else None for end in ends)
                return ("slice", _tree(node.node), bounds)
            return ("item", _tree(node.node), _tree(node.arg))
        case nodes.Call():
            return ("call", _tree(node.node), *_given(node))
        case nodes.Filter() if node.name in FILTERS and node.node is not None:
            return ("filter", node.name, _tree(node.node), *_given(node))
        case nodes.Test() if node.name in TESTS:
            return ("test", node.name, _tree(node.node), *_given(node))
        case nodes.Neg() | nodes.Pos():
            return ("sign", isinstance(node, nodes.Neg), _tree(node.node))
    if type(node) in _OPERATORS:
        return ("operate", _OPERATORS[type(node)], _tree(node.left), _tree(node.right))
    return None


def _choice(node: Any) -> Tree | None:
    """What decides between values."""
    match node:
        case nodes.And() | nodes.Or():
            kind = "and" if isinstance(node, nodes.And) else "or"
            return (kind, _tree(node.left), _tree(node.right))
        case nodes.Not():
            return ("not", _tree(node.node))
        case nodes.CondExpr():
            other = _tree(node.expr2) if node.expr2 is not None else None
            return ("if", _tree(node.test), _tree(node.expr1), other)
        case nodes.Compare():
            return ("compare", _tree(node.expr), tuple((o.op, _tree(o.expr)) for o in node.ops))
    return None


def _given(node: Any) -> tuple[Tree, Tree]:
    """The arguments of a call, filter or test: by place, by name."""
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        raise _NoTree
    return _trees(node.args), tuple((pair.key, _tree(pair.value)) for pair in node.kwargs)


def _trees(parts: Any) -> Tree:
    return tuple(map(_tree, parts))


def _fixed(parts: Any) -> bool:
    return all(isinstance(part, nodes.Const) for part in parts)

"""The shapes of an office's files, taken apart."""

from __future__ import annotations

from collections.abc import Iterator

import pmcli.form.parts  # noqa: F401 - the parts register their shapes
from pmcli.cli.commands.schemas import SHAPES
from pmcli.yaml_files.shape import Cases, Either, Keys, Later, List, Shape, Table


def below(shape: Shape, seen: set[int]) -> Iterator[Shape]:
    """A shape and all shapes in it."""
    if id(shape) in seen:
        return
    seen.add(id(shape))
    yield shape
    inner: list[Shape] = []
    if isinstance(shape, Later):
        inner = [shape.shape()]
    elif isinstance(shape, Either):
        inner = [*shape.shapes]
    elif isinstance(shape, List):
        inner = [shape.item]
    elif isinstance(shape, Table):
        inner = [shape.value]
    elif isinstance(shape, (Keys, Cases)):
        inner = [*(shape.keys if isinstance(shape, Keys) else shape.kinds).values()]
    for one in inner:
        yield from below(one, seen)


def mappings() -> list[Keys]:
    """Every mapping with known keys."""
    seen: set[int] = set()
    return [s for top in SHAPES.values() for s in below(top, seen) if isinstance(s, Keys)]

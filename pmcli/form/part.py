"""What a part of a printed page is: one class, known by being registered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Protocol, Self, TypeVar

from pmcli.dataclass import dataclass
from pmcli.form.field import FieldSpec
from pmcli.form.formula import Formula, Template
from pmcli.form.reading import Reader
from pmcli.form.types import FieldType
from pmcli.messages import Label
from pmcli.yaml_files.shape import FLAG, NAMES, TEXT, Keys, Shape

PARTS: dict[str, type[Part]] = {}
"""What a form may write in `parts:`, by the key that says what it is."""
SHAPES: dict[str, Keys] = {}
"""What may stand in each of them."""
_OF_EVERY_PART: Mapping[str, Shape] = {"title": TEXT, "when": TEXT, "blank": FLAG}
_Class = TypeVar("_Class", bound="type[Part]")


def register(kind: _Class) -> _Class:
    """Make a part one that forms may use."""
    PARTS[kind.kind] = kind
    own = {kind.kind: kind.value, **_OF_EVERY_PART, **kind.keys}
    SHAPES[kind.kind] = Keys(f"part_{kind.kind}", own, (kind.kind, *kind.required))
    return kind


def unregister(kind: type[Part]) -> None:
    """Take a part away again."""
    del PARTS[kind.kind], SHAPES[kind.kind]


class Named(Protocol):
    """The fields of a form, of which a part speaks."""

    @property
    def fields(self) -> Mapping[str, FieldSpec]:
        """The fields by name."""

    def value_type(self, name: str) -> FieldType | None:
        """The type of a field, core field or stamp; None for what is none."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Part:
    """One part of a printed page.

    A new part is one subclass with `@register`, and a builder of its blocks in pmcli/documents.
    """

    kind: ClassVar[str]
    """The key that says what it is."""
    value: ClassVar[Shape] = NAMES
    """What stands under it."""
    keys: ClassVar[Mapping[str, Shape]] = {}
    """What other keys a part of this kind has."""
    required: ClassVar[tuple[str, ...]] = ()
    """Those of them that it must have."""
    title: Label | None = None
    when: Formula | None = None
    on_blank: bool = True
    """Whether the empty form has it."""

    @classmethod
    def from_tree(cls, reader: Reader, **common: Any) -> Self:
        """Take the keys of this kind from a mapping that was held against its shape."""
        raise NotImplementedError

    def formulas(self) -> Iterator[Formula | Template]:
        """Its formulas and sentences, of what its page sees."""
        return iter([self.when] if self.when is not None else [])

    def formulas_of_records(self) -> Iterator[Formula]:
        """Its formulas that speak of records, by whatever names those have."""
        return iter(())

    def unknown(self, form: Named) -> Iterator[tuple[str, str]]:
        """Names that the form does not know, each behind the key where it stands."""
        return iter(())

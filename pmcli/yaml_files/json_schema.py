"""A shape as a JSON Schema (draft 2020-12), by which an editor completes and marks a YAML file.

The schema speaks of what an editor finds in the file, YAML 1.2 with its types: a text may come as a
number there. It says what a shape says of one place, as far as a schema can: the digits of a number
are not to be seen in it, so +5 and 0x1F pass, which the loader refuses.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pmcli.yaml_files.shape import (
    FLAGS,
    Cases,
    Either,
    Flag,
    Fraction,
    Keys,
    Later,
    List,
    Name,
    Number,
    Shape,
    Table,
    Text,
    Word,
)

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]
Explained = Callable[[str, str], str]
"""What a key of a shape is for, in the reader's language."""

_NULL: Schema = {"type": "null"}
_ANY_TEXT = ["string", "number", "boolean"]


def json_schema(shape: Keys, title: str, explained: Explained) -> Schema:
    """The schema of a file; `title` says what the file is."""
    writer = _Writer(explained)
    whole = writer.of(shape)
    if shape.laid_over:
        there = {"required": [shape.laid_over]}
        whole = {"if": there, "then": writer.of(shape, partial=True), "else": whole}
    return {"$schema": DRAFT, "title": title, **whole, "$defs": dict(sorted(writer.defs.items()))}


class _Writer:
    def __init__(self, explained: Explained) -> None:
        self.explained = explained
        self.defs: dict[str, Schema] = {}
        """Mappings with known keys, and such laid over another file, by name."""

    def of(self, shape: Shape, partial: bool = False, null: bool = False) -> Schema:
        """The schema of a place; nothing may stand there where it may be `null`."""
        schema = self._of(shape, partial)
        return _any_of(schema, _NULL) if null else schema

    def _of(self, shape: Shape, partial: bool) -> Schema:
        match shape:
            case Text():
                return _text(shape)
            case Later():
                return self._of(shape.shape(), partial)
            case Either():
                return _any_of(*(self.of(one, partial) for one in shape.shapes))
            case List():
                return self._list(shape, partial)
            case Table():
                return self._table(shape, partial)
            case Cases():
                kinds = [self.of(kind, partial) for kind in shape.kinds.values()]
                return self._named(shape.name, partial, lambda: {"oneOf": kinds})
            case Keys():
                return self._named(shape.name, partial, lambda: self._keys(shape, partial))
        raise TypeError(shape)

    def _named(self, name: str, partial: bool, make: Callable[[], Schema]) -> Schema:
        """A reference to a definition, which is made when it is first asked for."""
        named = f"{name}_change" if partial else name
        if named not in self.defs:
            self.defs[named] = {}
            self.defs[named] = make()
        return {"$ref": f"#/$defs/{named}"}

    def _list(self, shape: List, partial: bool) -> Schema:
        several: Schema = {"type": "array", "items": self.of(shape.item)}
        if shape.least:
            several["minItems"] = shape.least
        return _any_of(self.of(shape.item, partial), several) if shape.single else several

    def _table(self, shape: Table, partial: bool) -> Schema:
        value = self.of(shape.value, partial, shape.null or partial)
        table: Schema = {"type": "object", "additionalProperties": value}
        if shape.least:
            table["minProperties"] = shape.least
        if shape.name is not None:
            table["propertyNames"] = _text(shape.name)
        return table

    def _keys(self, shape: Keys, partial: bool) -> Schema:
        required = () if partial else shape.required
        properties = {
            key: {
                "description": self.explained(shape.name, key),
                **self.of(value, partial, null=key not in required),
            }
            for key, value in shape.keys.items()
        }
        whole: Schema = {
            "type": "object",
            "properties": properties,
            "additionalProperties": shape.open,
        }
        if required:
            whole["required"] = list(required)
        return _any_of(self.of(shape.keys[shape.short], partial), whole) if shape.short else whole


def _any_of(*schemas: Schema) -> Schema:
    """One of some schemas, without one in another."""
    several: list[Schema] = []
    for schema in schemas:
        several += schema["anyOf"] if set(schema) == {"anyOf"} else [schema]
    return {"anyOf": several}


def _text(shape: Text) -> Schema:
    match shape:
        case Flag():
            cased = "|".join(
                "".join(f"[{letter.upper()}{letter}]" for letter in flag) for flag in sorted(FLAGS)
            )
            return _any_of({"type": "boolean"}, {"type": "string", "pattern": f"^(?:{cased})$"})
        case Number():
            digits = {"type": "string", "pattern": "^[0-9]{1,9}$"}
            return _any_of({"type": "integer", "minimum": 0, "maximum": 999_999_999}, digits)
        case Fraction():
            written = {"type": "string", "pattern": f"^(?:{Fraction.PATTERN})$"}
            return _any_of({"type": "number", "minimum": 0}, written)
        case Word():
            return {"enum": _spellings(shape)}
        case Name():
            named: Schema = {"type": "string", "pattern": f"^(?:{shape.pattern})$"}
            return {**named, "not": {"enum": sorted(shape.taken)}} if shape.taken else named
    return {"type": _ANY_TEXT}


def _spellings(shape: Word) -> list[str]:
    words = shape.allowed
    if shape.plural:
        words += [f"{word}+" for word in words]
    if shape.any_case:
        words += [word.lower() for word in words]
    return words

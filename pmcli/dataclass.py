"""Data classes whose methods are generated when they are first used.

A command defines some hundred of them and uses a third; generating what the others would compare,
print and make themselves with is a fifth of its time. Such a class is one of `dataclasses` in all
that can be seen of it: whoever asks for its fields, makes one, compares one or derives a class from
it has it generated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls: type | None = None, /, **options: Any) -> Any:
        """`dataclasses.dataclass`, later."""
        return _awaiting(cls, options) if cls is not None else lambda cls: _awaiting(cls, options)


_OF_INSTANCES = ("__init__", "__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__")
_OF_CLASSES = ("__dataclass_fields__", "__dataclass_params__", "__match_args__")


def _awaiting(cls: type, options: dict[str, Any]) -> type:
    """A class that stands ready to be generated."""
    waiting = [name for name in _OF_INSTANCES if name not in vars(cls)]
    generate = _Generation(cls, options, [*waiting, *_OF_CLASSES])
    for name in waiting:
        setattr(cls, name, _first_call(name, generate))
    for name in _OF_CLASSES:
        setattr(cls, name, _FirstLook(name, generate))
    return cls


class _Generation:
    """What makes a class what it is declared to be, once."""

    def __init__(self, cls: type, options: dict[str, Any], names: list[str]) -> None:
        self._cls, self._options, self._names = cls, options, names

    def __call__(self) -> None:
        """Replace what stands in for the methods by them; nothing the second time."""
        names, self._names = self._names, []
        if not names:
            return
        for name in names:
            delattr(self._cls, name)
        from dataclasses import dataclass as generated

        generated(**self._options)(self._cls)


def _first_call(name: str, generate: _Generation) -> Any:
    def call(self: Any, /, *given: Any, **named: Any) -> Any:
        generate()
        return getattr(type(self), name)(self, *given, **named)

    return call


class _FirstLook:
    """An attribute of a class that is there once somebody asks for it."""

    def __init__(self, name: str, generate: _Generation) -> None:
        self._name, self._generate = name, generate

    def __get__(self, _instance: Any, owner: type) -> Any:
        self._generate()
        return getattr(owner, self._name)

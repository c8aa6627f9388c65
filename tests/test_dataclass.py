"""A class that is generated later is in all that can be seen one of `dataclasses`."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import sys
from dataclasses import FrozenInstanceError, field
from typing import Any, ClassVar

import pytest

from pmcli.dataclass import dataclass


def made(frozen: bool = True, eq: bool = True, kw_only: bool = False) -> Any:
    """A class with what ours have."""

    @dataclass(frozen=frozen, eq=eq, kw_only=kw_only)
    class Made:
        kind: ClassVar[str] = "made"
        name: str
        count: int = 3
        parts: dict[str, int] = field(default_factory=dict)

        @property
        def twice(self) -> int:
            return self.count * 2

    return Made


def waits(cls: Any) -> bool:
    """Whether it is not generated yet."""
    return "__init__" not in vars(cls) or "pmcli" in vars(cls)["__init__"].__module__


@pytest.mark.parametrize(
    "ask",
    [
        lambda cls: cls(name="a"),
        dataclasses.fields,
        dataclasses.is_dataclass,
        lambda cls: cls.__match_args__,
        lambda cls: type("Below", (cls,), {}).__dataclass_fields__,
        lambda cls: cls.__dataclass_params__,
    ],
)
def test_it_is_generated_when_it_is_asked_for(ask: Any) -> None:
    cls = made()
    assert waits(cls)
    ask(cls)
    assert not waits(cls)


def test_values_compare_hash_and_print() -> None:
    cls, other = made(), made()
    assert cls("a") == cls("a", 3) != cls("b")
    assert hash(cls("a", parts=())) == hash(cls("a", parts=()))
    assert repr(cls("a")).endswith("Made(name='a', count=3, parts={})")
    assert cls("a") != other("a")
    assert cls("a").parts is not cls("a").parts
    assert (cls("a").twice, cls.kind) == (6, "made")


def test_each_method_generates_it() -> None:
    """Of what pickle has put together without a call, every method works."""
    for use in (
        lambda one: one == copy.copy(one),
        lambda one: hash(one) is not None,
        lambda one: "name='a'" in repr(one),
        lambda one: dataclasses.replace(one, count=4).count == 4,
    ):
        cls = made()
        one = cls.__new__(cls)
        one.__dict__.update(name="a", count=3, parts=())
        assert waits(cls)
        assert use(one)


@pytest.mark.parametrize("act", ["set", "delete"])
def test_what_is_frozen_stays_so(act: str) -> None:
    cls = made()
    one = cls.__new__(cls)
    one.__dict__.update(name="a", count=3, parts=())
    with pytest.raises(FrozenInstanceError):
        if act == "set":
            one.name = "b"
        else:
            del one.name
    assert one.name == "a"


def test_what_is_not_frozen_changes_and_has_no_hash() -> None:
    cls = made(frozen=False)
    one = cls.__new__(cls)
    one.name, one.count, one.parts = "b", 1, {}
    assert one == cls("b", 1)
    with pytest.raises(TypeError):
        hash(one)
    with pytest.raises(TypeError):
        hash(made(frozen=False)("a"))


def test_one_that_is_only_itself() -> None:
    cls = made(eq=False)
    one = cls("a")
    assert one == one != cls("a")
    assert one in {one}


def test_keywords_only() -> None:
    with pytest.raises(TypeError):
        made(kw_only=True)("a")
    assert made(kw_only=True)(name="a").name == "a"


@dataclass(frozen=True)
class Above:
    """For a class derived from it."""

    name: str


@dataclass(frozen=True)
class Below(Above):
    """Derived."""

    count: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "count", self.count + 1)


def test_classes_derive_from_one_another() -> None:
    assert Below("a", 1) == pickle.loads(pickle.dumps(Below("a", 1)))
    assert Below("a").count == 1
    assert [f.name for f in dataclasses.fields(Below)] == ["name", "count"]
    match Below("x", 4):
        case Below(name, count):
            assert (name, count) == ("x", 5)


def test_own_methods_stay() -> None:
    @dataclass
    class Own:
        name: str

        def __repr__(self) -> str:
            return "own"

        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = None  # type: ignore[assignment]

    assert repr(Own("a")) == "own"
    assert Own("a") == 3
    with pytest.raises(TypeError):
        hash(Own("a"))


def test_dataclasses_is_not_loaded_for_a_definition() -> None:
    import subprocess

    program = (
        "import sys\nfrom pmcli.dataclass import dataclass\n"
        "@dataclass(frozen=True)\nclass A:\n    x: int\n"
        "assert 'dataclasses' not in sys.modules\nA(1)\nassert 'dataclasses' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)

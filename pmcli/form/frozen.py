"""Forms, and the office, that were read and found without fault, kept as bytes.

The bytes are a pickle that may hold nothing but data classes of some modules (for a form, those of
the form language) and, by name, field types, time zones, days and paths; whatever else stands in
one is refused before it is made, so bytes that somebody else has put there do no more than a form
or an office.yaml that he had put there.
"""

from __future__ import annotations

import io
import os
import pickle
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from pmcli import VERSION
from pmcli.form.expressions import keep, kept
from pmcli.form.model import Form
from pmcli.form.types import TYPES, FieldType

_MODULES = frozenset(
    f"pmcli.form.{name}"
    for name in (
        "column", "edit_rules", "field", "formula", "import_plan", "language", "layouts", "model",
        "part", "parts",
    )
) | {"pmcli.messages"}  # fmt: skip
"""Where the classes of the form language are."""
_KEY = 32
"""Bytes of a key, and of what tells that kept bytes are whole."""
_MOST = 512
_FAILURES = (
    pickle.UnpicklingError, ArithmeticError, AttributeError, BufferError, EOFError, ImportError,
    LookupError, MemoryError, RecursionError, TypeError, ValueError,
)  # fmt: skip
"""What a pickle comes to whose bytes are not ours."""
_made: dict[bytes, Form] = {}
"""Forms by key: in one process a form is one object."""


class Shelf(Protocol):
    """Where bytes are kept by name; what it cannot read or write it does without."""

    def read(self, name: str) -> bytes | None:
        """The bytes kept under a name."""

    def write(self, name: str, data: bytes) -> None:
        """Keep bytes in place of those before."""


class NoShelf:
    """Where nothing is kept."""

    def read(self, name: str) -> None:
        """Nothing."""

    def write(self, name: str, data: bytes) -> None:
        """Nothing is done."""


def key_of(name: str, texts: Iterable[str]) -> bytes:
    """What a form is made from: its name, its texts, and the code that reads them."""
    digest = sha256(_code().encode())
    for part in (name, *texts):
        data = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(data) + data)
    return digest.digest()


@cache
def _code() -> str:
    """The program as it is installed: a checkout changes between two versions."""
    top = Path(__file__).parent.parent
    told = []
    for folder in ("form", "form/types", "messages", "store", "workflow", "yaml_files"):
        with os.scandir(top / folder) as entries:
            files = [(e.name, e.stat()) for e in entries if e.name.endswith(".py")]
        told += sorted((name, stat.st_size, stat.st_mtime_ns) for name, stat in files)
    return f"{VERSION} {sys.hexversion} {told}"


def known(key: bytes) -> Form | None:
    """The form that this process has already made from a key."""
    return _made.get(key)


def remember(key: bytes, form: Form) -> None:
    """Let a form be the one that is made from a key."""
    if len(_made) >= _MOST:
        _made.clear()
    _made[key] = form


def forget() -> None:
    """Make every form anew."""
    _made.clear()


def frozen(key: bytes, form: Form) -> bytes:
    """A form as bytes to be kept, with what Jinja has made of its formulas."""
    return packed(key, (form, kept(form)))


def thawed(key: bytes, data: bytes | None) -> Form | None:
    """The form that was kept; None for no bytes, those of another key, damaged or strange ones."""
    held = unpacked(key, data, _MODULES)
    try:
        form, formulas = held
        if not isinstance(form, Form):
            return None
        keep(formulas)
    except _FAILURES:
        return None
    return form


def packed(key: bytes, held: Any) -> bytes:
    """A value as bytes to be kept under a key."""
    stream = io.BytesIO()
    _Packer(stream, protocol=5).dump(held)
    return _sealed(key, stream.getvalue()) + stream.getvalue()


def unpacked(key: bytes, data: bytes | None, modules: frozenset[str]) -> Any:
    """The value that was kept, made of dataclasses of some modules; None as `thawed` says."""
    if data is None or data[:_KEY] != _sealed(key, data[_KEY:]):
        return None
    try:
        return _Unpacker(io.BytesIO(data[_KEY:]), modules).load()
    except _FAILURES:
        return None


def _sealed(key: bytes, data: bytes) -> bytes:
    return sha256(key + data).digest()


class _Packer(pickle.Pickler):
    def persistent_id(self, held: Any) -> tuple[str, str] | None:
        for kind, (of, text, _) in _BY_NAME.items():
            if isinstance(held, of):
                return kind, text(held)
        return None


class _Unpacker(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, modules: frozenset[str]) -> None:
        super().__init__(stream)
        self._modules = modules

    def persistent_load(self, name: Any) -> Any:
        kind, text = name
        return _BY_NAME[kind][2](text)

    def find_class(self, module: str, name: str) -> Any:
        if module in self._modules and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and "__dataclass_fields__" in vars(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


_BY_NAME: Mapping[str, tuple[type, Callable[[Any], str], Callable[[str], Any]]] = {
    "type": (FieldType, lambda held: held.name, lambda text: TYPES[text]),
    "zone": (ZoneInfo, lambda held: held.key, ZoneInfo),
    "day": (date, date.isoformat, date.fromisoformat),
    "path": (PurePath, str, Path),
}
"""What is kept by a name: its kind, its name, and what it is by that name."""

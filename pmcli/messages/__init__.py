"""Every sentence a user can read, in Chinese and English, and the values that carry them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

from pmcli.messages import (
    asking,
    demo,
    files,
    functions,
    imports,
    lint,
    mending,
    paper,
    procedures,
    program,
    records,
    schemas,
    shell,
    templates,
    types,
)

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

LANGUAGES = ("zh", "en")


class Speakable(Protocol):
    """Anything that can be said in a language."""

    def text(self, language: str) -> str:
        """The wording in `zh` or `en`."""


@dataclass(frozen=True)
class Label:
    """A name or sentence with both its wordings."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        """The wording in `zh` or `en`."""
        return self.en if language == "en" else self.zh


class Sentence:
    """A sentence of the catalogue with the values for its gaps."""

    __slots__ = ("key", "values")

    def __init__(self, sentence: Key, /, **values: object) -> None:
        self.key = sentence
        self.values: Mapping[str, object] = values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sentence) and self.key == other.key and self.values == other.values

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return f"Sentence({self.key!r}, {dict(self.values)!r})"

    def text(self, language: str) -> str:
        """The wording in `zh` or `en`, gaps filled."""
        pattern = CATALOGUE[self.key][LANGUAGES.index(language)]
        return pattern.format_map({k: _spoken(v, language) for k, v in self.values.items()})


def known(prefix: str, name: str) -> Key | None:
    """The sentence of one member of a family whose members are open, None where it has none.

    The only way from a text to a key: all others stand in the code, where the types are checked.
    """
    key = prefix + name
    return cast("Key", key) if key in CATALOGUE else None


def listed(items: Iterable[object], language: str) -> str:
    """Things as a list in a sentence: 甲、乙 or a, b."""
    return ("、" if language == "zh" else ", ").join(_spoken(item, language) for item in items)


def _spoken(value: Any, language: str) -> str:
    if isinstance(value, (list, tuple)):
        return listed(value, language)
    if hasattr(value, "text"):
        return str(value.text(language))
    return str(value)


CATALOGUE: dict[str, tuple[str, str]] = {
    **program.SENTENCES,
    **records.SENTENCES,
    **files.SENTENCES,
    **functions.SENTENCES,
    **imports.SENTENCES,
    **lint.SENTENCES,
    **paper.SENTENCES,
    **asking.SENTENCES,
    **mending.SENTENCES,
    **shell.SENTENCES,
    **schemas.SENTENCES,
    **procedures.SENTENCES,
    **demo.SENTENCES,
    **templates.SENTENCES,
    **types.SENTENCES,
}
"""Sentence name to its wordings: Chinese, English."""

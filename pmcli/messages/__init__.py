"""Every sentence a user can read, in Chinese and English, and the values that carry them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol, cast

from pmcli.dataclass import dataclass
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


Shown = Callable[[str], str]
"""What becomes of a text that comes from outside before it is said: masked, or as it stands."""


def as_it_stands(text: str) -> str:
    """The text itself."""
    return text


class Speakable(Protocol):
    """Anything that can be said in a language."""

    def text(self, language: str, shown: Shown = as_it_stands) -> str:
        """The wording in `zh` or `en`, with all that pmcli's own sentences do not say as `shown`."""


@dataclass(frozen=True)
class Label:
    """A name or sentence with both its wordings."""

    zh: str
    en: str

    def text(self, language: str, shown: Shown = as_it_stands) -> str:
        """The wording in `zh` or `en`; a form's own may say what a record holds."""
        return shown(self.en if language == "en" else self.zh)


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

    def text(self, language: str, shown: Shown = as_it_stands) -> str:
        """The wording in `zh` or `en`, gaps filled with what is `shown`."""
        pattern = CATALOGUE[self.key][LANGUAGES.index(language)]
        return pattern.format_map({k: _spoken(v, language, shown) for k, v in self.values.items()})


def known(prefix: str, name: str) -> Key | None:
    """The sentence of one member of a family whose members are open, None where it has none.

    The only way from a text to a key: all others stand in the code, where the types are checked.
    """
    key = prefix + name
    return cast("Key", key) if key in CATALOGUE else None


def listed(items: Iterable[object], language: str, shown: Shown = as_it_stands) -> str:
    """Things as a list in a sentence: 甲、乙 or a, b."""
    texts = [_spoken(item, language, shown) for item in items]
    return ("、" if language == "zh" else ", ").join(texts)


def _spoken(value: Any, language: str, shown: Shown) -> str:
    if isinstance(value, (list, tuple)):
        return listed(value, language, shown)
    if hasattr(value, "text"):
        return str(value.text(language, shown))
    return shown(str(value))


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

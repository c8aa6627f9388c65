"""Choosing among things by number, key, label, a beginning of them, or the initials of pinyin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, cached_property

from pmcli.cli.line import output
from pmcli.dataclass import dataclass
from pmcli.documents.columns import terminal_columns
from pmcli.form.normal import folded, plain
from pmcli.messages import Sentence

_LONGEST_SPELT = 16
"""Words of more characters are not found by the initials of their pinyin."""
MOST_SHOWN = 8
"""So many candidates are named where an answer fits several."""


@dataclass(frozen=True)
class Candidate:
    """Something that may be chosen."""

    value: str
    """What the answer becomes."""
    words: tuple[str, ...] = ()
    """What it is also known by; not all of it need be shown."""
    note: str = ""
    """What is said beside the value."""
    title: str = ""
    """What is said in its place where there is room; empty for value and note."""

    @property
    def shown(self) -> str:
        """The candidate in a list."""
        return self.title or f"{self.value}  {self.note}".rstrip()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The value and its words, as they are compared."""
        return tuple(folded(text) for text in (self.value, *self.words) if text)

    @cached_property
    def initials(self) -> tuple[tuple[str, ...], ...]:
        """For each short Chinese word, the letters that its characters begin with in pinyin.

        A character with several readings has several letters.
        """
        return tuple(
            _initials(text)
            for text in self.names
            if not text.isascii() and len(text) <= _LONGEST_SPELT
        )

    def rank(self, text: str) -> int | None:
        """How well a casefolded text fits: 0 exactly, 1 by initials, 2 begins, 3 within; or not."""
        if text in self.names:
            return 0
        spelt = text.isascii() and text.isalnum()
        if spelt and any(len(word) == len(text) and _spells(word, text) for word in self.initials):
            return 1
        if any(name.startswith(text) for name in self.names):
            return 2
        if spelt and any(_spells(word, text) for word in self.initials):
            return 2
        return 3 if any(text in name for name in self.names) else None


class Several(Exception):
    """A text that fits more than one candidate equally well."""

    def __init__(self, text: str, candidates: Sequence[Candidate]) -> None:
        shown = [c.shown for c in candidates[:MOST_SHOWN]]
        super().__init__(text)
        self.sentence = Sentence("ask_several", value=text[:40], candidates=shown)


def fitting(text: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that a text may mean, the best first; all of them for an empty text."""
    wanted = folded(text)
    if not wanted:
        return list(candidates)
    ranked = [(rank, c) for c in candidates if (rank := c.rank(wanted)) is not None]
    return [c for _, c in sorted(ranked, key=lambda pair: pair[0])]


def meant(text: str, candidates: Iterable[Candidate]) -> Candidate | None:
    """The one candidate that a text means best, None for none; raises Several."""
    wanted = folded(text)
    found = fitting(wanted, candidates) if wanted else []
    if not found:
        return None
    best = found[0].rank(wanted)
    equal = [c for c in found if c.rank(wanted) == best]
    if len({c.value for c in equal}) > 1:
        raise Several(text, equal)
    return equal[0]


def numbered(text: str, candidates: Sequence[Candidate]) -> Candidate | None:
    """The candidate meant by its place in the list, from 1, or in any other way; raises Several.

    A value that is itself a number comes before a place.
    """
    wanted = plain(text)
    if any(wanted == c.value for c in candidates):
        return next(c for c in candidates if wanted == c.value)
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:6]) <= len(candidates):
        return candidates[int(wanted[:6]) - 1]
    return meant(wanted, candidates)


def listing(candidates: Sequence[Candidate], columns: int) -> list[str]:
    """The candidates with their numbers, in columns that align and fit a width."""
    wide = len(str(len(candidates)))
    texts = [f"{number:>{wide}} {c.shown}" for number, c in enumerate(candidates, 1)]
    room = columns - 2
    texts = [output.shorten(text, room) for text in texts]
    width = max((terminal_columns(text) for text in texts), default=1) + 3
    across = max(1, (room + 3) // width)
    down = -(-len(texts) // across)
    return [
        "  " + "".join(output.pad(text, width) for text in texts[row::down]).rstrip()
        for row in range(down)
    ]


def _spells(word: tuple[str, ...], text: str) -> bool:
    """Whether the initials of a word begin with some letters."""
    return len(text) <= len(word) and all(
        char in letters for char, letters in zip(text, word, strict=False)
    )


def _initials(text: str) -> tuple[str, ...]:
    return tuple(_letters(char) for char in text if char.isalnum())


@cache
def _letters(char: str) -> str:
    """The letters that a character's readings begin with; one without pinyin stands for itself."""
    if char.isascii():
        return char
    from pypinyin import Style, pinyin

    return "".join(pinyin(char, style=Style.FIRST_LETTER, heteronym=True)[0]).casefold()

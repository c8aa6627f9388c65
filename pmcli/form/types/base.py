"""What a field type is: one class, which all others ask what its values are and how they look."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta, tzinfo
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from pmcli.dataclass import dataclass
from pmcli.form.normal import Way, normal
from pmcli.messages import Label, Sentence, Speakable

if TYPE_CHECKING:
    import re

    from pmcli.messages.keys import Key


HIDDEN = "****"
"""What stands in place of a value of which nothing may be shown."""
_SEEN = 60
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
"""Categories of characters that leave no mark on a page."""


class BadValue(Exception):
    """A value that its type does not take; `sentence` says why and what it wants."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Surroundings:
    """What the office knows that a value needs: its zone, its day, and checks of names."""

    zone: tzinfo
    today: date
    staff: Callable[[str], str]
    """Return the staff member's name as listed; raises BadValue."""
    unit: Callable[[str], str]
    """Return the number of a unit on file; raises BadValue."""
    link: Callable[[str, tuple[str, ...]], str]
    """Return the full number of a record of one of some forms; raises a Problem."""


class Spec(Protocol):
    """A field or column, as far as its type asks (pmcli/form/field.py)."""

    @property
    def name(self) -> str:
        """Its name in the form."""

    @property
    def label(self) -> Label:
        """What people call it."""

    @property
    def option(self) -> str:
        """The option that gives it."""

    @property
    def kind(self) -> FieldType:
        """Its type."""

    @property
    def choices(self) -> Mapping[str, Label]:
        """What may be chosen, by key."""

    @property
    def columns(self) -> Mapping[str, Spec]:
        """The columns of its rows."""

    @property
    def to(self) -> tuple[str, ...]:
        """The forms of the records that it names."""

    @property
    def required(self) -> bool:
        """Of a column: whether every row gives it."""

    @property
    def spread(self) -> bool:
        """Of a column: whether a range typed makes a row for each day."""


class Offers(Enum):
    """What an answer is chosen from, and a shell completes it to."""

    NOTHING = "nothing"
    WORDS = "words"
    """The type's own few words, see `FieldType.words`."""
    STAFF = "staff"
    UNITS = "units"
    RECORDS = "records"


class Secret(Enum):
    """How a private value is known again in words that are to be read by others."""

    NOTHING = "nothing"
    NAME = "name"
    """A person's, by parts of the name, with titles and letters in between."""
    NUMBER = "number"
    """One that is dialled: by its digits, with and without codes."""
    WORDS = "words"
    """Free words, where they are long enough to be telling."""
    CODE = "code"
    """By all of its letters and digits."""


class FieldType:
    """A type of fields and columns; what it does not say is as for one line of text.

    A new type is one subclass with `@register` (pmcli/form/types/registry.py): nothing else of
    pmcli asks for a type by its name.
    """

    name: ClassVar[str]
    """What a form writes behind `type:`."""
    label: ClassVar[Speakable]
    """What people call such a value, in tables of options and where one is refused."""
    holds: ClassVar[type] = str
    """The class of its values in memory; values of a class of its own are known by it."""

    # Typed
    way: ClassVar[Way] = Way.PLAIN
    """The normal form of what is typed, before it is parsed."""
    lines: ClassVar[bool] = False
    """Whether it may have several lines."""
    refusal: ClassVar[Key] = "not_of_type"
    """The sentence that refuses what cannot be such a value; gaps: field, value, kind."""
    needs: ClassVar[str] = ""
    """The key that a field of this type must have, and no other: choices, to, columns."""

    # Asked for
    metavar: ClassVar[str] = "TEXT"
    offers: ClassVar[Offers] = Offers.NOTHING
    hint: ClassVar[Speakable | None] = None
    """How to answer, where a clerk is asked."""
    hint_of_list: ClassVar[bool] = False
    """Whether the hint speaks of a list, and is said only where there is one."""
    presumed: ClassVar[str] = ""
    """The present as it is typed, by strftime, where an empty answer means it."""

    # What it is
    free: ClassVar[bool] = False
    """Free words: private matters are looked for and masked in them."""
    any_words: ClassVar[bool] = False
    """Whether anything may be typed, an identity number too."""
    rows: ClassVar[bool] = False
    """A table with columns of its own."""
    figures: ClassVar[bool] = False
    """Numbers, set to the right."""
    in_time: ClassVar[bool] = False
    """A day, a moment or a span of them."""
    found_by: ClassVar[bool] = False
    """What somebody wrote or is known by, in which a search looks for words."""
    points_out: ClassVar[bool] = False
    """Names somebody or something: where a form shows it, texts may say it."""
    secret: ClassVar[Secret] = Secret.NOTHING
    telling: ClassVar[int | None] = None
    """Whether a record is known to people by it; lower ones are said first."""
    sets_apart: ClassVar[bool] = False
    """Whether it tells records of a form from one another, without a word of anybody."""

    # Kept and shown
    loose: ClassVar[bool] = False
    """Whether `load` takes what could not be typed, of an older release; see `fits`."""
    bare: ClassVar[re.Pattern[str] | None] = None
    """What stands in a file without quotation marks, for every reader alike."""
    room: ClassVar[int] = 0
    """How many columns a pen wants for a value."""
    blank: ClassVar[Speakable | None] = None
    """What an empty form shows in its place."""
    cell_label: ClassVar[Speakable | None] = None
    """What a cell of a roster should have been; None where only the office knows."""

    @property
    def names_records(self) -> bool:
        """Whether its values are numbers of units or of other records."""
        return self.offers in (Offers.UNITS, Offers.RECORDS)

    @property
    def long(self) -> bool:
        """Whether a value may be long: several lines, or many rows."""
        return self.lines or self.rows

    # Typed text to value

    def read(self, spec: Spec, text: str, around: Surroundings) -> Any:
        """Turn what was typed into the value; None for an empty text.

        Raises BadValue for a malformed value, and what `around` raises.
        """
        text = normal(text, self.way)
        _refuse_controls(spec, text)
        if not self.lines:
            text = text.strip()
            if "\n" in text:
                raise BadValue(Sentence("one_line_only", field=name_of(spec)))
        if not any(unicodedata.category(char) not in _UNSEEN for char in text):
            return None
        return self.parse(spec, text, around)

    def parse(self, spec: Spec, text: str, around: Surroundings) -> Any:
        """The value of a text in normal form that is not empty; raises BadValue."""
        raise NotImplementedError

    def refused(self, spec: Spec, text: str, **values: object) -> BadValue:
        """The refusal of a text."""
        return BadValue(
            Sentence(self.refusal, field=name_of(spec), value=seen(text), kind=self.label, **values)
        )

    def answered(self, text: str, today: date) -> str:
        """What a clerk who is asked may say for short, as it is typed: 今天, y."""
        return text

    def words(self, spec: Spec) -> Sequence[tuple[str, Label]]:
        """The words that a field is answered with, where `offers` says so."""
        return ()

    def uncelled(self, text: str) -> str:
        """A cell's text without what spreadsheets put about such a value: the currency."""
        return text

    def computed(self, value: Any, label: Label) -> Any:
        """What a formula gave a field, as its type keeps it; raises BadValue, naming `label`."""
        return value

    # File to value and back

    def loaded(self, text: str, zone: tzinfo) -> Any:
        """The value of a scalar of a record file, None for an empty one; raises ValueError."""
        return None if text == "" else self.load(text, zone)

    def load(self, text: str, zone: tzinfo) -> Any:
        """The value of a scalar that is not empty; raises ValueError where it cannot be one."""
        return text

    def dump(self, value: Any) -> str:
        """A value as a file holds it, without quotation marks."""
        return str(value)

    def fits(self, value: Any) -> bool:
        """Whether a value on file is one that could be typed, of a type that is `loose`."""
        return True

    # Value to reader

    def show(self, value: Any, spec: Spec | None, language: str) -> str:
        """How a value reads on a page or in a table; `value` is of the class that `holds` says."""
        return str(value)

    def written(self, value: Any) -> str:
        """How a value reads in an official text (Chinese)."""
        return str(value)

    def opened(self, value: Any) -> Any:
        """A value as a text template works with it."""
        return value

    def typed(self, value: Any) -> str:
        """A value as a clerk would type it."""
        return self.dump(value)

    def json(self, value: Any) -> Any:
        """A value as JSON has it."""
        return value

    def mask(self, text: str) -> str:
        """What lists show of a private value, given as text."""
        return HIDDEN

    def order(self, value: Any) -> Any:
        """What values are sorted by; a text is sorted with its numbers as numbers."""
        return str(value)

    # Examples

    def example(self, spec: Spec) -> str:
        """What might be typed, made up."""
        return spec.label.zh

    def moved(self, text: str, shift: timedelta, zone: tzinfo | None) -> str:
        """An example moved to another time; raises ValueError or OverflowError."""
        return text


def name_of(spec: Spec) -> Label:
    """A field as refusals name it: by its option and label."""
    return Label(f"{spec.option} {spec.label.zh}", f"{spec.option} {spec.label.en}")


def seen(text: str) -> str:
    """What was typed as a refusal quotes it: not more than fits a line."""
    return text if len(text) <= _SEEN else text[:_SEEN] + "…"


def _refuse_controls(spec: Spec, text: str) -> None:
    for char in text:
        category = unicodedata.category(char)
        if category in ("Cc", "Cs") and char not in "\n\t":
            raise BadValue(
                Sentence("control_character", field=name_of(spec), code=f"U+{ord(char):04X}")
            )

"""People, and what they are reached by."""

from __future__ import annotations

from pmcli.form import normal
from pmcli.form.normal import Way
from pmcli.form.types.base import (
    HIDDEN,
    BadValue,
    FieldType,
    Offers,
    Secret,
    Spec,
    Surroundings,
    name_of,
    seen,
)
from pmcli.form.types.registry import register
from pmcli.form.types.words import limited
from pmcli.messages import Sentence
from pmcli.patterns import regex

_DIALLED = regex(r"\+?[0-9][0-9 -]{7,24}")
"""A number with figures enough to hide some of them."""


@register
class Phone(FieldType):
    """A telephone number."""

    name = "phone"
    found_by = True
    label = Sentence("type_phone")
    cell_label = Sentence("kind_phone")
    refusal = "not_a_phone"
    metavar = "PHONE"
    secret = Secret.NUMBER
    points_out = True
    room = 11

    def parse(self, spec: Spec, text: str, around: Surroundings) -> str:
        """Mobile and other numbers, in any spelling."""
        try:
            return normal.phone(text)
        except normal.MobileLength as wrong:
            said = Sentence(
                "not_a_mobile",
                field=name_of(spec),
                value=seen(text),
                digits=wrong.digits,
                wanted=normal.MOBILE_DIGITS,
            )
            raise BadValue(said) from None
        except ValueError:
            raise self.refused(spec, text) from None

    def mask(self, text: str) -> str:
        """138****0001; of what is no number, as an older record may hold, nothing."""
        dialled = _DIALLED.fullmatch(text) is not None
        return text[:3] + HIDDEN + text[-4:] if dialled else HIDDEN

    def example(self, spec: Spec) -> str:
        """A number of nobody's."""
        return "0731-88886666"


@register
class Person(FieldType):
    """Any person's name."""

    name = "person"
    found_by = True
    label = Sentence("type_person")
    way = Way.NAME
    metavar = "NAME"
    any_words = True
    secret = Secret.NAME
    points_out = True
    telling = 3
    room = 8

    def parse(self, spec: Spec, text: str, around: Surroundings) -> str:
        """As it is typed, without padding."""
        return limited(spec, text)

    def mask(self, text: str) -> str:
        """刘**."""
        return text[0] + "*" * max(1, len(text) - 1)


@register
class Staff(FieldType):
    """Somebody of the office's staff."""

    name = "staff"
    found_by = True
    label = Sentence("type_staff")
    cell_label = Sentence("kind_staff")
    way = Way.NAME
    metavar = "NAME"
    offers = Offers.STAFF
    hint = Sentence("ask_hint_staff")
    hint_of_list = True
    points_out = True
    telling = 3
    room = 8

    def parse(self, spec: Spec, text: str, around: Surroundings) -> str:
        """The name as it is listed."""
        return around.staff(limited(spec, text))

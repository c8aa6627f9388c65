"""Other records: units, and records of some forms."""

from __future__ import annotations

from pmcli.form.types.base import FieldType, Offers, Spec, Surroundings
from pmcli.form.types.registry import register
from pmcli.form.types.words import limited
from pmcli.messages import Sentence


@register
class Unit(FieldType):
    """A unit on file."""

    name = "unit"
    found_by = True
    label = Sentence("type_unit")
    metavar = "UNIT"
    offers = Offers.UNITS
    hint = Sentence("ask_hint_unit")
    hint_of_list = True
    telling = 0
    sets_apart = True
    room = 10

    def parse(self, spec: Spec, text: str, around: Surroundings) -> str:
        """Its number, from any spelling."""
        return around.unit(limited(spec, text))


@register
class Link(FieldType):
    """A record of some forms."""

    name = "link"
    found_by = True
    label = Sentence("type_link")
    needs = "to"
    metavar = "NUMBER"
    offers = Offers.RECORDS
    hint = Sentence("ask_hint_link")
    room = 13

    def parse(self, spec: Spec, text: str, around: Surroundings) -> str:
        """Its full number, from a part of it."""
        return around.link(limited(spec, text), spec.to)

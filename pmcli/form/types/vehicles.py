"""Vehicles, by their number plates."""

from __future__ import annotations

from typing import Any

from pmcli.form.types.base import (
    HIDDEN,
    BadValue,
    FieldType,
    Secret,
    Spec,
    Surroundings,
    name_of,
    seen,
)
from pmcli.form.types.registry import register
from pmcli.messages import Sentence


@register
class Plate(FieldType):
    """A number plate of the mainland, kept without its dot: 京A12345.

    What an older record holds that is none is read and shown, and told by `check`.
    """

    name = "plate"
    found_by = True
    label = Sentence("type_plate")
    cell_label = Sentence("kind_plate")
    metavar = "PLATE"
    hint = Sentence("ask_hint_plate")
    loose = True
    secret = Secret.CODE
    points_out = True
    room = 9

    def parse(self, spec: Spec, text: str, around: Surroundings) -> str:
        """In capitals, without blanks and dots."""
        from pmcli.lint.plates import NoPlate, plate

        try:
            return plate(text)
        except NoPlate as wrong:
            gaps = {"field": name_of(spec), "value": seen(text)}
            said = Sentence(wrong.fault, part=wrong.part, count=wrong.count, **gaps)
            raise BadValue(said) from None

    def fits(self, value: Any) -> bool:
        """Whether it is a plate, in whatever spelling."""
        from pmcli.lint.plates import NoPlate, plate

        try:
            plate(str(value))
        except NoPlate:
            return False
        return True

    def mask(self, text: str) -> str:
        """湘A***45."""
        from pmcli.lint.plates import masked, plate

        return masked(plate(text)) if self.fits(text) else HIDDEN

    def example(self, spec: Spec) -> str:
        """A plate that is nobody's."""
        return "湘A00000"

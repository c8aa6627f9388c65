"""Shares of a whole, in per cent."""

from __future__ import annotations

import re
from datetime import tzinfo
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pmcli.form.types.base import BadValue, Spec, Surroundings, name_of, seen
from pmcli.form.types.numbers import Number
from pmcli.form.types.registry import register
from pmcli.messages import Label, Sentence
from pmcli.patterns import regex

_FIGURES = regex(r"(\d{1,10})(?:\.(\d{1,10}))?\Z", re.ASCII)
_SPOKEN = regex(
    r"(?:(?P<hundred>一?百)|(?P<tens>[一二三四五六七八九]?十)?(?P<ones>[零〇一二三四五六七八九])?)"
    r"(?:点(?P<places>[零〇一二三四五六七八九]+))?\Z"
)
_DIGITS = {"〇": 0, **{char: value for value, char in enumerate("零一二三四五六七八九")}}
_STEP, _MOST = Decimal("0.01"), 100


class Percent(Decimal):
    """A number from 0 to 100 with two places: 97.5% is 97.5, a number that formulas reckon with."""

    __slots__ = ()


@register
class PercentType(Number):
    """A share in per cent, from 0% to 100%."""

    name = "percent"
    label = Sentence("type_percent")
    cell_label = Sentence("kind_percent")
    holds = Percent
    refusal = "not_a_percent"
    metavar = "PERCENT"
    hint = Sentence("ask_hint_percent")
    room = 7
    blank = Sentence("paper_blank_percent")

    def parse(self, spec: Spec, text: str, around: Surroundings) -> Percent:
        """97.5%, 97.5, 百分之九十七点五; two places at most."""
        number = _number(text)
        if number is None:
            raise self.refused(spec, text)
        return _within(number, name_of(spec), seen(text))

    def computed(self, value: Any, label: Label) -> Percent:
        """A number to two places, half a step up."""
        if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
            raise BadValue(Sentence(self.refusal, field=label, value=seen(str(value))))
        number = Decimal(str(value))
        if not number.is_finite() or not 0 <= number <= _MOST:
            raise BadValue(Sentence("percent_range", field=label, value=seen(str(value))))
        return Percent(abs(number).quantize(_STEP, ROUND_HALF_UP))

    def load(self, text: str, zone: tzinfo) -> Percent:
        """97.5%, or the number alone."""
        number = _figures(text)
        if number is None or not 0 <= number <= _MOST or number != number.quantize(_STEP):
            raise ValueError(text)
        return Percent(number.quantize(_STEP))

    def dump(self, value: Any) -> str:
        """97.5%: as many places as it has."""
        return f"{value:.2f}".rstrip("0").rstrip(".") + "%"

    def show(self, value: Any, spec: Spec | None, language: str) -> str:
        """97.5%."""
        return self.dump(value)

    def written(self, value: Any) -> str:
        """97.5%."""
        return self.dump(value)

    def json(self, value: Any) -> str:
        """97.5%, as text."""
        return self.dump(value)

    def example(self, spec: Spec) -> str:
        """A high share."""
        return "97.5%"


def _within(number: Decimal, field: Label, value: str) -> Percent:
    if number > _MOST:
        raise BadValue(Sentence("percent_range", field=field, value=value))
    if number != number.quantize(_STEP):
        raise BadValue(Sentence("percent_places", field=field, value=value))
    return Percent(number.quantize(_STEP))


def _number(text: str) -> Decimal | None:
    """The number of a share in figures or in words; None where it is none."""
    words = text.removeprefix("百分之")
    if words == text:
        return _figures(text)
    return _spoken(words) if _FIGURES.match(words) is None else _figures(words)


def _figures(text: str) -> Decimal | None:
    bare = text.removesuffix("%").rstrip()
    return Decimal(bare) if _FIGURES.match(bare) else None


def _spoken(words: str) -> Decimal | None:
    """九十七点五 is 97.5, 百 is 100; None for what is no number up to a hundred."""
    found = _SPOKEN.match(words)
    if found is None or not (found["hundred"] or found["tens"] or found["ones"]):
        return None
    if found["tens"] and found["ones"] in ("零", "〇"):
        return None
    whole = 100 if found["hundred"] else 0
    if found["tens"]:
        whole += 10 * _DIGITS.get(found["tens"].removesuffix("十"), 1)
    whole += _DIGITS[found["ones"]] if found["ones"] else 0
    places = "".join(str(_DIGITS[char]) for char in found["places"] or "")
    return Decimal(f"{whole}.{places or 0}")

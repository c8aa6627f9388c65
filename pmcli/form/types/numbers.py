"""Numbers: counts and amounts."""

from __future__ import annotations

import re
from datetime import tzinfo
from decimal import Decimal
from typing import Any

from pmcli.form.types.base import FieldType, Spec, Surroundings
from pmcli.form.types.registry import register
from pmcli.messages import Sentence
from pmcli.patterns import regex

_INTEGER = regex(r"-?\d{1,10}\Z", re.ASCII)
_MONEY = regex(r"-?\d{1,10}(?:\.\d{1,2})?\Z", re.ASCII)
_MONEY_MARKS = regex(r"(?<=\d)[,，](?=\d{3}(?!\d))|^\s*[¥￥]\s*|\s*元\s*$")
"""What a spreadsheet writes about an amount: thousands, the currency."""
_CENT = Decimal("0.01")


class Number(FieldType):
    """What is counted, sorted by how much it is."""

    figures = True

    def order(self, value: Any) -> Any:
        """The number."""
        return value


@register
class Integer(Number):
    """A whole number."""

    name = "integer"
    label = Sentence("type_integer")
    cell_label = Sentence("kind_integer")
    holds = int
    refusal = "not_an_integer"
    metavar = "N"
    hint = Sentence("ask_hint_integer")
    bare = regex(r"-?[1-9][0-9]*\Z|0\Z")

    def parse(self, spec: Spec, text: str, around: Surroundings) -> int:
        """Up to ten digits."""
        if not _INTEGER.match(text):
            raise self.refused(spec, text)
        return int(text)

    def load(self, text: str, zone: tzinfo) -> int:
        """Up to ten digits."""
        if not _INTEGER.match(text):
            raise ValueError(text)
        return int(text)

    def example(self, spec: Spec) -> str:
        """A few."""
        return "3"


@register
class Money(Number):
    """An amount in yuan, exact."""

    name = "money"
    label = Sentence("type_money")
    cell_label = Sentence("kind_money")
    holds = Decimal
    refusal = "not_money"
    metavar = "AMOUNT"
    hint = Sentence("ask_hint_money")
    room = 10
    blank = Sentence("paper_blank_money")

    def parse(self, spec: Spec, text: str, around: Surroundings) -> Decimal:
        """Up to two decimals, 元 behind it or not; not below nothing."""
        bare = text.removesuffix("元").strip()
        if not _MONEY.match(bare) or bare.startswith("-"):
            raise self.refused(spec, text)
        return Decimal(bare).quantize(_CENT)

    def uncelled(self, text: str) -> str:
        """Without thousands and the currency."""
        return _MONEY_MARKS.sub("", text)

    def load(self, text: str, zone: tzinfo) -> Decimal:
        """Up to two decimals."""
        if not _MONEY.match(text):
            raise ValueError(text)
        return Decimal(text).quantize(_CENT)

    def dump(self, value: Any) -> str:
        """With two decimals."""
        return f"{value:.2f}"

    def show(self, value: Any, spec: Spec | None, language: str) -> str:
        """With two decimals."""
        return f"{value:.2f}"

    def written(self, value: Any) -> str:
        """With two decimals and 元."""
        return f"{value:.2f}元"

    def json(self, value: Any) -> str:
        """With two decimals, as text."""
        return f"{value:.2f}"

    def example(self, spec: Spec) -> str:
        """A small amount."""
        return "35.00"

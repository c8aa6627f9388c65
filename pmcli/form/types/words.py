"""Words: text, choices, yes and no."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo
from typing import Any

from pmcli.form import normal
from pmcli.form.normal import Way
from pmcli.form.types.base import (
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
from pmcli.messages import Label, Sentence
from pmcli.patterns import regex

TEXT_LIMIT = 500
LONGTEXT_LIMIT = 20_000
_YES, _NO = frozenset({"yes", "true", "是", "有"}), frozenset({"no", "false", "否", "无"})
_SHORT = {"y": "yes", "1": "yes", "n": "no", "2": "no"}


def limited(spec: Spec, text: str, limit: int = TEXT_LIMIT) -> str:
    """The text, if it is not too long; raises BadValue."""
    if len(text) > limit:
        raise BadValue(Sentence("too_long", field=name_of(spec), limit=limit, length=len(text)))
    return text


@register
class Text(FieldType):
    """One line."""

    name = "text"
    found_by = True
    label = Sentence("type_text")
    way = Way.FREE
    free = True
    any_words = True
    secret = Secret.WORDS
    telling = 2
    room = 20

    def parse(self, spec: Spec, text: str, around: Surroundings) -> str:
        """As it is typed, up to 500 characters."""
        return limited(spec, text)


@register
class LongText(Text):
    """Several lines."""

    name = "longtext"
    label = Sentence("type_longtext")
    lines = True
    telling = 1
    room = 32

    def parse(self, spec: Spec, text: str, around: Surroundings) -> str:
        """As it is typed, up to 20,000 characters."""
        return limited(spec, text, LONGTEXT_LIMIT)


@register
class Choice(FieldType):
    """One of a field's choices, by its key."""

    name = "choice"
    label = Sentence("type_choice")
    needs = "choices"
    metavar = "CHOICE"
    offers = Offers.WORDS
    telling = 3

    def parse(self, spec: Spec, text: str, around: Surroundings) -> str:
        """The key that a key or a label in either language means."""
        if text in spec.choices:
            return text
        key = normal.called(text, spec.choices.items())
        if key is not None:
            return key
        said = Sentence(
            "not_a_choice", field=name_of(spec), value=seen(text), choices=choices_label(spec)
        )
        raise BadValue(said)

    def words(self, spec: Spec) -> Sequence[tuple[str, Label]]:
        """The field's choices."""
        return tuple(spec.choices.items())

    def show(self, value: Any, spec: Spec | None, language: str) -> str:
        """The choice's label."""
        label = spec.choices.get(str(value)) if spec is not None else None
        return label.text(language) if label else str(value)

    def example(self, spec: Spec) -> str:
        """The first choice."""
        return next(iter(spec.choices), "")


def choices_label(spec: Spec) -> Label:
    """The choices of a field with their labels, as a list in a sentence."""
    return Label(
        "、".join(f"{key} {label.zh}" for key, label in spec.choices.items()),
        ", ".join(
            key if key == label.en else f"{key} ({label.en})" for key, label in spec.choices.items()
        ),
    )


@register
class Flag(FieldType):
    """Yes or no."""

    name = "flag"
    label = Sentence("type_flag")
    cell_label = Sentence("kind_flag")
    holds = bool
    refusal = "not_a_flag"
    metavar = "yes|no"
    offers = Offers.WORDS
    hint = Sentence("ask_hint_flag")
    bare = regex(r"(?:true|false)\Z")
    blank = Sentence("paper_blank_flag")

    def parse(self, spec: Spec, text: str, around: Surroundings) -> bool:
        """The truth of yes, no, 是, 否 and the like."""
        if text.casefold() in _YES:
            return True
        if text.casefold() in _NO:
            return False
        raise self.refused(spec, text)

    def answered(self, text: str, today: date) -> str:
        """`y` and `n`, or the place in a list."""
        return _SHORT.get(text.casefold(), text)

    def words(self, spec: Spec) -> Sequence[tuple[str, Label]]:
        """Yes and no."""
        return (("yes", Label("是", "")), ("no", Label("否", "")))

    def load(self, text: str, zone: tzinfo) -> bool:
        """`true` or `false`."""
        if text not in ("true", "false"):
            raise ValueError(text)
        return text == "true"

    def dump(self, value: Any) -> str:
        """`true` or `false`."""
        return "true" if value else "false"

    def typed(self, value: Any) -> str:
        """`yes` or `no`."""
        return "yes" if value else "no"

    def show(self, value: Any, spec: Spec | None, language: str) -> str:
        """是 or 否."""
        return Sentence("yes" if value else "no").text(language)

    def order(self, value: Any) -> bool:
        """No before yes."""
        return bool(value)

    def example(self, spec: Spec) -> str:
        """Yes."""
        return "yes"

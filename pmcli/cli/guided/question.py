"""The question for one value: how it is put, and what answers are understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pmcli.cli.guided import longtext, offers, prompt
from pmcli.cli.guided.choosing import Candidate, Several, listing, meant, numbered
from pmcli.dataclass import dataclass
from pmcli.form.field import FieldSpec
from pmcli.form.normal import folded, normal
from pmcli.form.types import Offers
from pmcli.form.units import spelt_so_far
from pmcli.form.values import BadValue, Surroundings, display, is_span, parse_input
from pmcli.messages import Sentence, Speakable
from pmcli.patterns import regex
from pmcli.problems import Problem
from pmcli.store.unit_of_work import Store
from pmcli.workflow.act import Act
from pmcli.workflow.edited_values import typed as as_typed
from pmcli.workflow.inputs import surroundings

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

_LIST = regex(r"[、，,;；]")
_SPACED_LIST = regex(r"[、，,;；\s]+")


@dataclass(frozen=True)
class Room:
    """Where questions are asked: the office, who acts and when, and the language."""

    store: Store
    act: Act
    language: str

    @cached_property
    def around(self) -> Surroundings:
        """What values need to know of the office."""
        return surroundings(self.act, self.store.records)

    @cached_property
    def staff(self) -> list[Candidate]:
        """The staff, to be completed."""
        return offers.staff(self.store, self.language)

    @cached_property
    def units(self) -> list[Candidate]:
        """The units, to be completed."""
        return offers.units(self.store)

    def say(self, key: Key, **values: object) -> str:
        """A sentence in the language of the room."""
        return Sentence(key, **values).text(self.language)


class Question:
    """The question for one value of a field, or for all of a list of choices."""

    def __init__(
        self, spec: FieldSpec, room: Room, must: bool, in_row: bool = False, another: bool = False
    ) -> None:
        self.spec = spec
        self.room = room
        self.must = must
        self.in_row = in_row
        self.another = another
        self.label = spec.label.text(room.language)
        self.candidates = self._candidates()

    def _candidates(self) -> list[Candidate]:
        spec, room = self.spec, self.room
        if spec.choices:
            return choices(spec, room.language)
        match spec.kind.offers:
            case Offers.STAFF:
                return room.staff
            case Offers.UNITS:
                return room.units
            case Offers.RECORDS:
                forms = room.store.library.names if spec.any_form else spec.to
                return offers.records(room.store, forms, room.language)
        return []

    @property
    def presumed(self) -> str:
        """What an empty answer means: the present day or moment where one must be given."""
        if not self.must or self.in_row:
            return ""
        now = self.room.act.at.astimezone(self.room.act.zone)
        return now.strftime(self.spec.kind.presumed)

    def hint(self, keeps: bool = False) -> str:
        """How to answer: the form's own help, the type's, the numbered choices.

        `keeps` says that a value stands there which Enter leaves as it is.
        """
        say, spec = self.room.say, self.spec
        parts = []
        if spec.help is not None:
            parts.append(spec.help.text(self.room.language))
        if self.presumed:
            parts.append(say("ask_hint_presumed", value=self.presumed))
        elif spec.choices:
            parts.append(say("ask_hint_choices" if spec.many else "ask_hint_choice"))
        elif spec.kind.lines and not self.in_row:
            parts.append(say("ask_hint_editor" if longtext.editor() else "ask_hint_lines"))
        elif spec.kind.hint is not None and (self.candidates or not spec.kind.hint_of_list):
            parts.append(spec.kind.hint.text(self.room.language))
        if keeps:
            parts.append(say("ask_hint_keeps"))
        elif not self.must:
            parts.append(say("ask_hint_another" if self.another else "ask_hint_optional"))
        joined = say("ask_hints_between").join(parts)
        hint = say("ask_hint", words=joined) if joined else ""
        if spec.choices:
            hint += "\n" + "\n".join(listing(self.candidates, prompt.columns())) + "\n"
        return hint

    def standing(self, value: Any) -> str:
        """A value as it stands there to be corrected: as a person reads it, if that is understood.

        An answer that leaves it so comes to the same value.
        """
        if value is None:
            return ""
        items = value if self.spec.many and self.spec.choices else [value]
        return "、".join(self._standing(item) for item in items)

    def _standing(self, item: Any) -> str:
        spec = replace(self.spec, many=False)
        shown = display(item, spec, self.room.language)
        if not (self.spec.many and _LIST.search(shown)):
            try:
                if parse_input(spec, self._spelt_out(shown), self.room.around) == item:
                    return shown
            except (BadValue, Several, Problem):
                pass
        return as_typed(item)

    def ask(self, typed: str = "", keeps: bool = False) -> str:
        """The answer as an option would give it; empty where it need not be given."""
        spec = self.spec
        completer = None
        if self.candidates:
            completer = offers.completer(self.candidates, spelt=spec.kind.offers is Offers.UNITS)
        hint, present = self.hint(keeps), typed if keeps else ""
        while True:
            typed = prompt.ask(self.label, hint, typed, completer if not spec.choices else None)
            text = normal(typed, self.spec.kind.way).strip() or self.presumed
            written = not text and spec.kind.lines and not self.in_row
            if written:
                text = longtext.write(self.label, spec.help, self.room.language, present)
            if not text:
                if not self.must:
                    return ""
                prompt.tell_wrong([Sentence("ask_needed", field=self.label)])
                continue
            wrong, text = self.understood(text)
            if not wrong:
                if not written:
                    prompt.tell_answer(self.label, self.displayed(text))
                return text
            prompt.tell_wrong(wrong)
            typed = typed or text

    def understood(self, text: str) -> tuple[Sequence[Speakable], str]:
        """What is wrong with an answer, nothing for a good one, and the answer written in full."""
        try:
            texts = [self._spelt_out(piece) for piece in self.split(text)]
            if self.in_row:
                texts = [" ".join(piece.split("\n")) for piece in texts]
            for piece in texts:
                if self.spec.spread and is_span(piece):
                    continue  # its row is read as a whole
                parse_input(self.spec, piece, self.room.around)
        except BadValue as bad:
            return [_by_label(bad.sentence, self.spec)], text
        except Several as several:
            return [several.sentence], text
        except Problem as problem:
            return problem.sentences, text
        return [], "、".join(texts)

    def split(self, text: str) -> list[str]:
        """The values of a list of choices; a single value as it is."""
        if not self.spec.many or not self.spec.choices:
            return [text]
        whole = {name for c in self.candidates for name in c.names}
        named = [piece.strip() for piece in _LIST.split(text) if piece.strip()]
        if not all(folded(piece) in whole for piece in named):
            named = [piece for piece in _SPACED_LIST.split(text) if piece]
        return list(dict.fromkeys(named))

    def _spelt_out(self, text: str) -> str:
        """An answer as the command line takes it: numbers, initials and words of the day solved."""
        spec, room = self.spec, self.room
        if spec.choices:
            found = numbered(text, self.candidates)
            if found is None:
                raise BadValue(Sentence("ask_not_listed", value=text[:40]))
            return found.value
        text = spec.kind.answered(text, room.act.today)
        if self.candidates and not self._taken(text):
            found = meant(text, self.candidates)
            if found is None and spec.kind.offers is Offers.UNITS:
                found = meant(spelt_so_far(text), self.candidates)
            return found.value if found is not None else text
        return text

    def _taken(self, text: str) -> bool:
        """Whether the command line takes an answer as it stands."""
        try:
            parse_input(self.spec, text, self.room.around)
        except (BadValue, Problem):
            return False
        return True

    def displayed(self, text: str) -> str:
        """An answer as a person reads it."""
        if self.spec.spread and is_span(text):
            return text
        values = [parse_input(self.spec, piece, self.room.around) for piece in self.split(text)]
        value = values if self.spec.many and self.spec.choices else values[0]
        return display(value, self.spec, self.room.language)


def _by_label(sentence: Sentence, spec: FieldSpec) -> Sentence:
    """A sentence about a field that calls it by its label and not by its option."""
    if "field" not in sentence.values:
        return sentence
    return Sentence(sentence.key, **{**sentence.values, "field": spec.label})


def choices(spec: FieldSpec, language: str) -> list[Candidate]:
    """The choices of a field: known by key and by both labels."""
    found = []
    for key, label in spec.choices.items():
        words, shown = (label.zh, label.en), label.text(language)
        title = key if shown == key else f"{shown} {key}"
        found.append(Candidate(key, words, shown, title))
    return found

"""Inputs picked from a numbered list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pmcli.cli.guided import prompt
from pmcli.cli.guided.choosing import Candidate, Several, listing, numbered
from pmcli.cli.line import output
from pmcli.dataclass import dataclass
from pmcli.form.field import FieldSpec
from pmcli.form.model import Form
from pmcli.messages import Sentence
from pmcli.patterns import regex
from pmcli.workflow.inputs import spec_of

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

_LINES_BESIDE = 5
"""Lines of the screen left to a question beside its list."""
_BETWEEN = regex(r"[、，,;；\s]+")


@dataclass(frozen=True)
class Entry:
    """One input that the step or a record it makes may take."""

    form: Form
    name: str

    @property
    def value(self) -> str:
        """What stands behind the label in a list."""
        return ""

    @property
    def spec(self) -> FieldSpec:
        """The field behind it."""
        return spec_of(self.form, self.name)


class NotListed(Exception):
    """A text that means none of the inputs, or several of them."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def pick(key: Key, entries: Sequence[Entry], language: str, must: bool = False) -> list[Entry]:
    """Let inputs be picked from a numbered list, several at once unless one must be."""
    candidates = [_candidate(entry, language) for entry in entries]
    while True:
        chosen = [entries[place] for place in choose(Sentence(key), candidates, language)]
        if not must or len(chosen) == 1:
            return chosen
        prompt.tell_wrong([Sentence("ask_pick_one")])


def choose(question: Sentence, candidates: Sequence[Candidate], language: str) -> list[int]:
    """Let some of a numbered list be picked; their places from 0, none for an empty answer.

    A list that is too long to stand below its question is left standing above it.
    """
    lines = listing(candidates, prompt.columns())
    hint = ""
    if len(lines) + _LINES_BESIDE <= prompt.rows():
        hint = "\n" + "\n".join(lines) + "\n"
    else:
        for line in lines:
            output.tell(line)
    while True:
        try:
            return places(prompt.ask(question.text(language), hint), candidates)
        except NotListed as bad:
            prompt.tell_wrong([bad.sentence])


def named(text: str, entries: Sequence[Entry], language: str) -> list[Entry]:
    """The inputs that a text names by their places or labels; raises NotListed."""
    candidates = [_candidate(entry, language) for entry in entries]
    return [entries[place] for place in places(text, candidates)]


def places(text: str, candidates: Sequence[Candidate]) -> list[int]:
    """The places of what a text names, each once; raises NotListed."""
    found: list[int] = []
    for word in filter(None, _BETWEEN.split(text.strip())):
        try:
            candidate = numbered(word, candidates)
        except Several as several:
            raise NotListed(several.sentence) from None
        if candidate is None:
            raise NotListed(Sentence("ask_not_listed", value=word[:40]))
        found.append(candidates.index(candidate))
    return list(dict.fromkeys(found))


def _candidate(entry: Entry, language: str) -> Candidate:
    label = entry.spec.label
    title = f"{label.text(language)}  {entry.value}".rstrip()
    return Candidate(f"{entry.form.name}.{entry.name}", (label.zh, label.en, entry.name), "", title)

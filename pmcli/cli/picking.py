"""Inputs picked from a numbered list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pmcli.cli import asking
from pmcli.cli.choosing import Candidate, Several, listing, numbered
from pmcli.form.model import FieldSpec, Form
from pmcli.messages import Sentence
from pmcli.workflow.inputs import spec_of

_BETWEEN = re.compile(r"[、，,;；\s]+")


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


def pick(key: str, entries: Sequence[Entry], language: str, must: bool = False) -> list[Entry]:
    """Let inputs be picked from a numbered list, several at once unless one must be."""
    candidates = [_candidate(entry, language) for entry in entries]
    hint = "\n" + "\n".join(listing(candidates, asking.columns())) + "\n"
    label = Sentence(key).text(language)
    while True:
        try:
            chosen = named(asking.ask(label, hint), entries, language)
        except NotListed as bad:
            asking.tell_wrong([bad.sentence])
            continue
        if must and len(chosen) != 1:
            asking.tell_wrong([Sentence("ask_pick_one")])
            continue
        return chosen


def named(text: str, entries: Sequence[Entry], language: str) -> list[Entry]:
    """The inputs that a text names by their places or labels; raises NotListed."""
    candidates = [_candidate(entry, language) for entry in entries]
    found: list[Entry] = []
    for word in _BETWEEN.split(text.strip()):
        try:
            candidate = numbered(word, candidates) if word else None
        except Several as several:
            raise NotListed(several.sentence) from None
        if candidate is not None:
            found.append(entries[candidates.index(candidate)])
        elif word:
            raise NotListed(Sentence("ask_not_listed", value=word[:40]))
    return list(dict.fromkeys(found))


def _candidate(entry: Entry, language: str) -> Candidate:
    label = entry.spec.label
    title = f"{label.text(language)}  {entry.value}".rstrip()
    return Candidate(f"{entry.form.name}.{entry.name}", (label.zh, label.en, entry.name), "", title)

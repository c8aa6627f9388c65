"""What a command comes to before anything is written, and the one way in which it is planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from typing import Protocol, TypeVar

from pmcli.dataclass import dataclass
from pmcli.messages import Speakable
from pmcli.record.event import Event
from pmcli.workflow.act import Act
from pmcli.workflow.draft import Draft
from pmcli.workflow.repository import Lookup

EVENT = "Event"
"""The line of a commit's message that names its events."""
MOST_NAMED = 50
"""A commit's message names the records it wrote up to so many, and counts more than that."""


@dataclass(frozen=True)
class FileChange:
    """A file of the office that is no record: its bytes before and after, None for no file."""

    before: bytes | None
    after: bytes | None


@dataclass
class Change:
    """Records with their events, other files and the commit's first line.

    The record that the command was about comes first. Nothing to write makes no commit.
    """

    drafts: list[Draft] = field(default_factory=list)
    subject: str = ""
    warnings: list[Speakable] = field(default_factory=list)
    files: Mapping[str, FileChange] = field(default_factory=dict)
    trailers: tuple[str, ...] = ()
    """Further lines for machines."""
    placed: bool = False
    """Whether files are only put where the newest commit has them, and nothing is committed."""

    @property
    def events(self) -> list[tuple[Draft, Event]]:
        """All that happens, each event with its record."""
        return [(draft, event) for draft in self.drafts for event in draft.events]

    def message(self, act: Act) -> str:
        """The commit's message: a subject for people, trailers for machines, no personal data.

        Many records are counted by step and not named; every event is. Empty where nothing is to
        be committed.
        """
        if self.placed:
            return ""
        lines = [self.subject.replace("\n", " "), ""]
        events = self.events
        if len(events) > MOST_NAMED:
            steps = Counter(f"{draft.form.name} {event.command}" for draft, event in events)
            for step, count in steps.items():
                lines += [f"Records: {count}", f"Transition: {step}"]
        else:
            for draft, event in events:
                lines += [
                    f"Record: {draft.id}", f"Transition: {draft.form.name} {event.command}",
                ]  # fmt: skip
        if events:
            lines.append(f"{EVENT}: {' '.join(event.name for _, event in events)}")
        lines += [f"By: {act.actor}", f"At: {act.at.isoformat()}", *self.trailers]
        return "\n".join(lines) + "\n"


C = TypeVar("C", bound=Change, covariant=True)


class Command(Protocol[C]):
    """Something that is to be done, as a value."""

    def plan(self, act: Act, lookup: Lookup) -> C:
        """Judge it and work out what it comes to; raises a Problem, touches nothing outside."""

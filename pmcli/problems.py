"""What can go wrong for a user, as values: exit codes and the exceptions that carry sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import IntEnum, StrEnum

from pmcli.dataclass import dataclass
from pmcli.messages import Label, Sentence, Shown, Speakable, as_it_stands
from pmcli.patterns import regex


class ExitCode(IntEnum):
    """The program's exit codes (design.md, Commands)."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    NOT_FOUND = 3
    REFUSED = 4
    CONFLICT = 5
    SYSTEM = 6


class Want(StrEnum):
    """What kind of condition is not met."""

    MISSING = "missing"
    """Inputs that must be given; `why` when only in this case."""
    ONE_OF = "one_of"
    """One of some alternatives must be given."""
    ONLY_ONE = "only_one"
    """Of some alternatives more than one was given."""
    WRONG = "wrong"
    """Inputs are filled, but not so that the form is content."""
    VALUE = "value"
    """An input cannot be a value of its field's type."""
    GUARD = "guard"
    """A condition on what is on record or given does not hold."""
    STATE = "state"
    """The step is not taken from the record's state."""
    ROLE = "role"
    """The actor does not hold a role that may do it."""
    PERSON = "person"
    """Only certain persons may do it, or the actor is one who must not."""
    REASON = "reason"
    """It may be done only with a reason."""
    FIXED = "fixed"
    """A field that is not changed, or a step that is not taken back, or not any more."""
    UNKNOWN = "unknown"
    """There is no command, step, option or name like this; `alternatives` has those that there are
    or that come near."""


@dataclass(frozen=True)
class Unmet:
    """A condition that is not met: what it is about, and the sentence that says so.

    `fields` are names of the form's fields, of the command's options without dashes or of a
    variable of the environment, of which giving or changing one may help; `alternatives` those of
    which one is enough. `guard` names a guard by its place, `<form>.<step>.<number>`, from 1.
    """

    kind: Want
    say: Speakable
    form: str = ""
    fields: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    why: Speakable | None = None
    guard: str = ""

    def text(self, language: str, shown: Shown = as_it_stands) -> str:
        """The sentence in `zh` or `en`."""
        return self.say.text(language, shown)


class Problem(Exception):
    """Something the user must know; it ends the command with `code` and nothing written."""

    code = ExitCode.USAGE

    def __init__(self, *sentences: Speakable) -> None:
        super().__init__(*sentences)
        self.sentences: tuple[Speakable, ...] = sentences

    @property
    def unmet(self) -> Sequence[Unmet]:
        """The conditions that are not met; a usage error and a refusal have at least one."""
        return ()

    def noted(self, note: Speakable) -> Problem:
        """The problem with something more to say of it."""
        return type(self)(*self.sentences, note)

    def __str__(self) -> str:
        return "; ".join(sentence.text("en") for sentence in self.sentences)


class Usage(Problem):
    """An input is unknown, missing or malformed.

    `notes` is said with it and is no condition: what may be done, where a text was kept.
    """

    code = ExitCode.USAGE

    def __init__(self, first: Unmet, *more: Unmet, notes: Iterable[Speakable] = ()) -> None:
        self._unmet, self._notes = (first, *more), tuple(notes)
        super().__init__(*self._unmet, *self._notes)

    @classmethod
    def of(cls, kind: Want, say: Speakable, *options: str, near: Iterable[str] = ()) -> Usage:
        """What is wrong with some options of a command, named without dashes.

        `near` are the names that there are, or that could be given instead.
        """
        return cls(Unmet(kind, say, fields=options, alternatives=tuple(near)))

    @classmethod
    def not_among(cls, option: str, value: str, allowed: Iterable[str]) -> Usage:
        """What is given for an option is none of what it takes."""
        names = list(allowed)
        said = Sentence("want_one_of", key=f"--{option}", value=value, allowed=names)
        return cls.of(Want.VALUE, said, option, near=names)

    @property
    def unmet(self) -> Sequence[Unmet]:
        """The conditions that are not met."""
        return self._unmet

    def noted(self, note: Speakable) -> Usage:
        """The error with something more to say of it."""
        return Usage(*self._unmet, notes=(*self._notes, note))


class NotFound(Problem):
    """No record, form or file answers to the name, or several do."""

    code = ExitCode.NOT_FOUND


class Unreadable(Problem):
    """A file of the office cannot be read as what it should be."""

    code = ExitCode.FINDINGS


class FormulaFails(Unreadable):
    """A formula or sentence of a form cannot be worked out over what is on record."""


class Conflict(Problem):
    """Somebody or something else has changed or holds what this command needs."""

    code = ExitCode.CONFLICT


class SystemFailure(Problem):
    """git or the file system failed."""

    code = ExitCode.SYSTEM


@dataclass(frozen=True)
class NextStep:
    """A step that is legal now: its command, its label and who else may take it."""

    command: str
    label: Label
    roles: tuple[str, ...] = ()
    """Empty when the actor may take it, otherwise the roles that may."""


@dataclass(frozen=True)
class Refusal:
    """Why a transition is not taken (procedures.md, part 0, Refusals)."""

    record: str
    state: str
    state_label: Label
    unmet: tuple[Unmet, ...]
    next_steps: tuple[NextStep, ...] = ()
    see: tuple[str, ...] = ()
    notes: tuple[Speakable, ...] = ()
    """Said with it and no condition: what is due first, where a text was kept."""


class Refused(Problem):
    """A transition that the form does not allow now."""

    code = ExitCode.REFUSED

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(*refusal.unmet, *refusal.notes)
        self.refusal = refusal

    @property
    def unmet(self) -> Sequence[Unmet]:
        """The conditions that are not met."""
        return self.refusal.unmet

    def noted(self, note: Speakable) -> Refused:
        """The refusal with something more to say of it."""
        return Refused(replace(self.refusal, notes=(*self.refusal.notes, note)))


@dataclass(frozen=True)
class Fault:
    """Something wrong in a file: where (line from 1, 0 for the whole file) and what."""

    file: str
    line: int
    sentence: Speakable

    def text(self, language: str, shown: Shown = as_it_stands) -> str:
        """Return `file:line: sentence`."""
        file = shown(_NOT_OF_A_LINE.sub("\ufffd", self.file))
        place = f"{file}:{self.line}" if self.line else file
        return f"{place}: {self.sentence.text(language, shown)}"


_NOT_OF_A_LINE = regex("[\x00-\x1f\x7f\ud800-\udfff]")
"""What a file's name may have and a line of text may not."""


def faults_problem(faults: list[Fault]) -> Unreadable:
    """Wrap faults in files as one problem."""
    return Unreadable(*faults)


__all__ = [
    "Conflict",
    "ExitCode",
    "Fault",
    "NextStep",
    "NotFound",
    "Problem",
    "Refusal",
    "Refused",
    "Sentence",
    "SystemFailure",
    "Unmet",
    "Unreadable",
    "Usage",
    "Want",
    "faults_problem",
]

"""What git tells of commits: their messages and the files that they changed."""

from __future__ import annotations

from collections.abc import Iterator

from pmcli.dataclass import dataclass


@dataclass(frozen=True)
class Commit:
    """A commit's name and the second it was made, since 1970 in UTC."""

    name: str
    at: int


@dataclass(frozen=True)
class Told:
    """A commit with its parents and its message."""

    name: str
    parents: tuple[str, ...]
    message: str

    @property
    def subject(self) -> str:
        """The message's first line."""
        return self.message.partition("\n")[0]

    def trailers(self, key: str) -> list[str]:
        """The values of one of the lines that pmcli writes for machines."""
        head = f"{key}: "
        lines = self.message.rstrip().rpartition("\n\n")[2].split("\n")
        return [line.removeprefix(head) for line in lines if line.startswith(head)]

    @property
    def by(self) -> str:
        """Who acted; empty for a commit that is not pmcli's."""
        return next(iter(self.trailers("By")), "")

    @property
    def steps(self) -> list[str]:
        """What was done, each as `<form> <command>`."""
        return self.trailers("Transition")


@dataclass(frozen=True)
class Change:
    """A file changed by a commit: its blobs before and after, None where there is no file."""

    path: str
    before: str | None
    after: str | None


def raw(text: str) -> Iterator[tuple[str, Change]]:
    """The changes in git's raw listing with -z, in which \\x01 stands before a commit's name."""
    commit = ""
    pieces = iter(text.split("\0"))
    for piece in pieces:
        piece = piece.lstrip("\n")
        if piece.startswith("\x01"):
            commit = piece[1:].strip()
        elif piece.startswith(":"):
            _, _, before, after, _ = piece.split()
            yield commit, Change(next(pieces), _named(before), _named(after))


def _named(blob: str) -> str | None:
    return blob if blob.strip("0") else None

"""Everything that asks git. It never touches a record file in the working tree.

The paths of a commit are put into the index, the commit itself is made by fast-import beside the
user's own staged work, and last of all the branch is moved to it.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pmcli.messages import Sentence
from pmcli.problems import Conflict, SystemFailure

_BUSY = {
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "BISECT_LOG": "bisect",
}
_HOOKS = ("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "reference-transaction")


@dataclass(frozen=True)
class Person:
    """Author or committer: name, address and the moment, with its zone."""

    name: str
    email: str
    at: datetime

    def line(self) -> str:
        """As git's object format writes it."""
        offset = self.at.strftime("%z")
        name = self.name.translate({ord(c): None for c in "<>\n"}).strip() or "pmcli"
        email = self.email.translate({ord(c): None for c in "<>\n"}).strip()
        return f"{name} <{email}> {int(self.at.timestamp())} {offset}"


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


class Git:
    """The git repository whose top is the office's directory."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.inherited: tuple[int, ...] = ()
        """Open files that the git processes hold as well, so that it shows while one still runs."""
        self._config: dict[str, str] | None = None

    @property
    def folder(self) -> Path:
        """The repository's own folder; follows the file that a worktree has in its place."""
        dot = self.root / ".git"
        if dot.is_dir():
            return dot
        try:
            text = dot.read_text("utf-8")
        except OSError:
            raise SystemFailure(Sentence("no_repository", path=str(self.root))) from None
        return (self.root / text.removeprefix("gitdir:").strip()).resolve()

    def run(
        self,
        *arguments: str,
        stdin: bytes | None = None,
        check: bool = True,
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        """Run git; raises SystemFailure with git's own words when it fails."""
        command = ["git", "-c", "core.quotePath=false", "-C", str(self.root), *arguments]
        # Another repository's variables (as in a hook) must not redirect us; messages in English.
        clean = {k: v for k, v in os.environ.items() if k[:4] != "GIT_" or _KEPT.fullmatch(k)}
        clean |= {**_SURROUNDINGS, **(environment or {})}
        try:
            done = subprocess.run(
                command,
                input=stdin,
                capture_output=True,
                env=clean,
                check=False,
                pass_fds=self.inherited,
            )
        except FileNotFoundError:
            raise SystemFailure(Sentence("no_git")) from None
        except OSError as error:
            raise SystemFailure(Sentence("git_failed", words=str(error))) from None
        if check and done.returncode:
            words = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
            raise SystemFailure(Sentence("git_failed", words=words[-500:]))
        return done

    def out(self, *arguments: str, stdin: bytes | None = None) -> str:
        """Run git and return what it printed."""
        return self.run(*arguments, stdin=stdin).stdout.decode("utf-8", "surrogateescape")

    def config(self, key: str) -> str | None:
        """One configuration value; all are read at the first call."""
        if self._config is None:
            listed = self.run("config", "--list", "-z", check=False).stdout.decode(
                "utf-8", "replace"
            )
            pairs = (item.partition("\n") for item in listed.split("\0") if item)
            self._config = {name: value if has else "true" for name, has, value in pairs}
        return self._config.get(key)

    def set_config(self, key: str, value: str) -> None:
        """Set a value in this clone."""
        self.run("config", key, value)
        self._config = None

    def head(self) -> str | None:
        """The commit HEAD stands at; None before the first one."""
        done = self.run("rev-parse", "--verify", "-q", "HEAD", check=False)
        return done.stdout.decode().strip() or None if done.returncode == 0 else None

    def ensure_ready(self) -> str:
        """Return the branch's full name; raises Conflict during a merge or off a branch."""
        folder = self.folder
        for name, what in _BUSY.items():
            if (folder / name).exists():
                raise Conflict(Sentence("repository_busy", what=what))
        done = self.run("symbolic-ref", "-q", "HEAD", check=False)
        if done.returncode:
            if not self.run("rev-parse", "--git-dir", check=False).stdout:
                raise SystemFailure(Sentence("no_repository", path=str(self.root)))
            raise Conflict(Sentence("no_branch"))
        return done.stdout.decode("utf-8").strip()

    def blobs(self, paths: Iterable[str], revision: str = "HEAD") -> dict[str, str]:
        """The object names of some paths in a commit; absent ones are left out."""
        wanted = list(paths)
        if not wanted:
            return {}
        found: dict[str, str] = {}
        for start in range(0, len(wanted), 500):
            done = self.run(
                "ls-tree",
                "-z",
                "--full-tree",
                revision,
                "--",
                *wanted[start : start + 500],
                check=False,
            )
            if done.returncode and self.head() is not None:
                words = done.stderr.decode("utf-8", "replace").strip()
                raise SystemFailure(Sentence("git_failed", words=words[-500:]))
            for item in done.stdout.decode("utf-8", "surrogateescape").split("\0"):
                meta, tab, path = item.partition("\t")
                if tab:
                    found[path] = meta.split()[2]
        return found

    def plain(self) -> bool:
        """Whether commits need neither hooks nor signatures."""
        if (self.config("commit.gpgsign") or "").lower() not in ("", "false", "no", "off", "0"):
            return False
        hooks = self.config("core.hookspath")
        common = self.folder / "commondir"
        base = self.folder
        if common.is_file():
            base = (self.folder / common.read_text("utf-8").strip()).resolve()
        folder = (self.root / Path(hooks).expanduser()) if hooks else base / "hooks"
        return not any(os.access(folder / name, os.X_OK) for name in _HOOKS)

    def commit(
        self,
        branch: str,
        files: Mapping[str, bytes | None],
        message: str,
        author: Person,
        committer: Person,
    ) -> str:
        """Commit exactly these files, as the working tree has them, on top of HEAD; None removes.

        The index comes first and the branch last: once that has moved, nothing is left to be done.
        Returns the commit's name; raises Conflict when somebody else moved the branch meanwhile.
        """
        self.update_index(files)
        if not self.plain():
            return self._commit_only(files, message, author, committer)
        before = self.head()
        zeros = "0" * (64 if self.config("extensions.objectformat") == "sha256" else 40)
        text = message.encode("utf-8")
        parts: list[bytes] = [
            f"feature done\ncommit {_PENDING}\nmark :1\nauthor {author.line()}\n".encode(),
            f"committer {committer.line()}\ndata {len(text)}\n".encode(),
            text,
            b"\n",
        ]
        if before is not None:
            parts.append(f"from {before}\n".encode())
        for path, data in files.items():
            if data is None:
                parts.append(f"D {_quoted(path)}\n".encode())
                continue
            parts += [
                f"M 100644 inline {_quoted(path)}\ndata {len(data)}\n".encode(),
                data,
                b"\n",
            ]
        parts.append(f"get-mark :1\nreset {_PENDING}\nfrom {zeros}\n\ndone\n".encode())
        options = (*_DURABLE, "fast-import", "--quiet", "--date-format=raw")
        made = self.run(*options, stdin=b"".join(parts)).stdout.decode("ascii").strip()
        subject = message.partition("\n")[0]
        moved = self.run(
            *_DURABLE, "update-ref", "-m", f"pmcli: {subject}", branch, made, before or zeros,
            check=False,
        )  # fmt: skip
        if moved.returncode:
            if self.head() != before:
                raise Conflict(Sentence("branch_moved"))
            words = moved.stderr.decode("utf-8", "replace").strip()
            raise SystemFailure(Sentence("git_failed", words=words[-500:]))
        return made

    def update_index(self, paths: Iterable[str]) -> None:
        """Put these paths into the index as the working tree has them."""
        self._on_index(
            "update-index", "--add", "--remove", "-z", "--stdin", stdin=_nul_separated(paths)
        )

    def _on_index(self, *arguments: str, stdin: bytes) -> None:
        """Run a command that writes the index, waiting for others who do."""
        deadline = time.monotonic() + _INDEX_WAIT
        while True:
            done = self.run(*_DURABLE, *arguments, stdin=stdin, check=False)
            if not done.returncode:
                return
            words = done.stderr.decode("utf-8", "replace").strip()
            if "index.lock" not in words or time.monotonic() > deadline:
                raise SystemFailure(Sentence("git_failed", words=words[-500:]))
            time.sleep(0.05)

    def _commit_only(
        self, files: Mapping[str, bytes | None], message: str, author: Person, committer: Person
    ) -> str:
        """Commit through git itself, so that the user's hooks and signing are honoured."""
        environment = {
            "GIT_AUTHOR_NAME": author.name,
            "GIT_AUTHOR_EMAIL": author.email,
            "GIT_AUTHOR_DATE": author.at.isoformat(),
            "GIT_COMMITTER_NAME": committer.name,
            "GIT_COMMITTER_EMAIL": committer.email,
            "GIT_COMMITTER_DATE": committer.at.isoformat(),
        }
        self.run(
            "commit", "--only", "--quiet", "--cleanup=verbatim", "-m", message,
            "--pathspec-from-file=-", "--pathspec-file-nul",
            stdin=_nul_separated(files), environment=environment,
        )  # fmt: skip
        return self.head() or ""

    def commits_of(self, path: str) -> list[Commit]:
        """The commits that touched a path, oldest first."""
        text = self.run("log", "--reverse", "--format=%H %ct", "--", path, check=False).stdout
        pairs = (line.split() for line in text.decode("ascii", "replace").splitlines())
        return [Commit(name, int(at)) for name, at in pairs]

    def changed(self, paths: Sequence[str]) -> list[tuple[str, str]]:
        """Paths below some paths that differ from HEAD: git's two status letters and the path."""
        text = self.out(
            "status", "--porcelain", "-z", "--untracked-files=all", "--no-renames", "--", *paths
        )
        return [(item[:2], item[3:]) for item in text.split("\0") if item]

    def revision_at(self, moment: datetime) -> str | None:
        """The newest commit on this branch that was made no later than a moment."""
        done = self.run(
            "rev-list", "-1", f"--before={int(moment.timestamp())}", "HEAD", check=False
        )
        return done.stdout.decode().strip() or None

    def files_at(self, revision: str, folder: str) -> list[tuple[str, bytes]]:
        """The files below a folder as a commit has them."""
        listed = self.out("ls-tree", "-r", "-z", "--full-tree", revision, "--", folder)
        found = [
            (path, meta.split()[2])
            for meta, tab, path in (item.partition("\t") for item in listed.split("\0"))
            if tab
        ]
        contents = self.contents(name for _, name in found)
        return [(path, contents[name]) for path, name in found]

    def contents(self, blobs: Iterable[str]) -> dict[str, bytes]:
        """What some blobs hold."""
        wanted = list(dict.fromkeys(blobs))
        if not wanted:
            return {}
        listing = "".join(f"{name}\n" for name in wanted).encode("ascii")
        data = self.run("cat-file", "--batch", stdin=listing).stdout
        held: dict[str, bytes] = {}
        at = 0
        for name in wanted:
            end = data.index(b"\n", at)
            size = int(data[at:end].split()[2])
            held[name] = data[end + 1 : end + 1 + size]
            at = end + 2 + size
        return held

    def commits_on(self, path: str) -> Iterator[Told]:
        """The commits of this branch that touched a path, newest first, with their messages."""
        for page in range(0, 1_000_000, _PAGE):
            found = list(self._told(f"--max-count={_PAGE}", f"--skip={page}", "--", path))
            yield from found
            if len(found) < _PAGE:
                return

    def _told(self, *arguments: str) -> Iterator[Told]:
        if self.head() is None:
            return
        for text in self.out(
            "log", "-z", "--encoding=UTF-8", "--format=%H%n%P%n%B", *arguments
        ).split("\0"):
            name, _, rest = text.partition("\n")
            parents, _, message = rest.partition("\n")
            if name:
                yield Told(name, tuple(parents.split()), message)

    def changes_of(self, commit: str) -> list[Change]:
        """The files that a commit changed against its first parent."""
        text = self.out("diff-tree", "--root", "--no-commit-id", "-r", "-z", "--no-renames", commit)
        return [change for _, change in _raw(f"\x01{commit}\0{text}")]

    def versions(self, folders: Sequence[str]) -> list[tuple[str, Change]]:
        """Every change ever committed below some folders, newest first, with its commit."""
        if not folders or self.head() is None:
            return []
        text = self.out(
            "log", "--full-history", "--raw", "-z", "--no-abbrev", "--no-renames",
            "--format=%x01%H", "HEAD", "--", *folders,
        )  # fmt: skip
        return list(_raw(text))

    def staged(self, paths: Iterable[str]) -> dict[str, str]:
        """The object names of some paths in the index; absent ones are left out."""
        found: dict[str, str] = {}
        wanted = list(paths)
        for start in range(0, len(wanted), 500):
            text = self.out("ls-files", "-s", "-z", "--", *wanted[start : start + 500])
            for item in text.split("\0"):
                meta, tab, path = item.partition("\t")
                if tab:
                    found[path] = meta.split()[1]
        return found

    def put_index(self, blobs: Mapping[str, str | None]) -> None:
        """Put blobs that git holds into the index; None takes the path out of it."""
        if not blobs:
            return
        zeros = "0" * (64 if self.config("extensions.objectformat") == "sha256" else 40)
        listing = "".join(
            f"100644 {name}\t{path}\0" if name else f"0 {zeros}\t{path}\0"
            for path, name in blobs.items()
        )
        self._on_index("update-index", "-z", "--index-info", stdin=listing.encode("utf-8"))

    def drop_locks(self, since: float) -> None:
        """Remove the lock files that a killed git left on index and branch after a moment.

        To be called when no git process of ours can be running; others get a second to finish.
        """
        branch = self.out("rev-parse", "--symbolic-full-name", "HEAD").strip()
        names = ["index", "HEAD", *([branch] if branch.startswith("refs/") else [])]
        for name in names:
            path = Path(self.out("rev-parse", "--git-path", f"{name}.lock").removesuffix("\n"))
            path = self.root / path
            deadline = time.monotonic() + 1
            while path.exists() and time.monotonic() < deadline:
                time.sleep(0.05)
            with contextlib.suppress(OSError):
                if path.stat().st_mtime >= since:
                    path.unlink()


_KEPT = re.compile(
    r"GIT_(?:SSH|SSH_COMMAND|ASKPASS|EXEC_PATH)"
    r"|GIT_CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)"
)
"""Variables for git that say how to reach and read things, and not which repository is meant."""
_SURROUNDINGS = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
}
_DURABLE = ("-c", "core.fsync=all")
_PENDING = "refs/pmcli/pending"
"""Where fast-import puts a commit; it leaves no such ref behind."""
_INDEX_WAIT = 5.0
_PAGE = 100
"""So many commits are asked for at once."""


def _nul_separated(paths: Iterable[str]) -> bytes:
    return b"".join(path.encode("utf-8") + b"\0" for path in paths)


def _raw(text: str) -> Iterator[tuple[str, Change]]:
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


def _quoted(path: str) -> str:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'

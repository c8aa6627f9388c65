"""Everything that asks git. It never touches a record file in the working tree.

The paths of a commit are put into the index, the commit itself is made by fast-import beside the
user's own staged work, and last of all the branch is moved to it.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pmcli.dataclass import dataclass
from pmcli.messages import Sentence
from pmcli.patterns import regex
from pmcli.problems import Conflict, SystemFailure
from pmcli.store.commits import Change, Commit, Told, raw
from pmcli.store.git_locks import GitLocked, GitLocks, common_folder, git_folder

if TYPE_CHECKING:
    import subprocess

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
        try:
            return git_folder(self.root)
        except OSError:
            raise SystemFailure(Sentence("no_repository", path=str(self.root))) from None

    @cached_property
    def locks(self) -> GitLocks:
        """git's lock files."""
        return GitLocks(self.folder, common_folder(self.folder))

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
        import subprocess

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
            raise _git_failed(done)
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
        branch = self.branch()
        if branch is None:
            if not self.run("rev-parse", "--git-dir", check=False).stdout:
                raise SystemFailure(Sentence("no_repository", path=str(self.root)))
            raise Conflict(Sentence("no_branch"))
        return branch

    def branch(self) -> str | None:
        """The full name of the branch, also of one without commits; None off a branch."""
        done = self.run("symbolic-ref", "-q", "HEAD", check=False)
        return None if done.returncode else done.stdout.decode("utf-8").strip()

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
                raise _git_failed(done)
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
        own = common_folder(self.folder) / "hooks"
        folder = (self.root / Path(hooks).expanduser()) if hooks else own
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
        self.update_index(sorted(files, key=lambda path: files[path] is not None))
        if not self.plain():
            return self._commit_only(branch, files, message, author, committer)
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
        # Removed first: what was a file may be a folder now, or a folder a file.
        for path, data in sorted(files.items(), key=lambda item: item[1] is not None):
            if data is None:
                parts.append(f"D {_quoted(path)}\n".encode())
                continue
            parts += [
                f"M 100644 inline {_quoted(path)}\ndata {len(data)}\n".encode(),
                data,
                b"\n",
            ]
        # Forgotten at once, fast-import's own branch never becomes a reference that wants locks.
        parts.append(f"get-mark :1\nreset {_PENDING}\n\ndone\n".encode())
        options = (*_DURABLE, "fast-import", "--quiet", "--date-format=raw")
        made = self.run(*options, stdin=b"".join(parts)).stdout.decode("ascii").strip()
        subject = message.partition("\n")[0]
        self._move(branch, made, before or zeros, f"pmcli: {subject}")
        return made

    def _move(self, branch: str, commit: str, before: str, why: str) -> None:
        """Move the branch to a commit, waiting for others who hold it."""
        deadline = time.monotonic() + self.locks.patience
        while True:
            with self.locks.moving(branch, commit) as move:
                moved = self.run(
                    *_DURABLE, "update-ref", "-m", why, branch, commit, before, check=False
                )
                move.ended = moved.returncode >= 0
            if not moved.returncode:
                return
            if (self.head() or before) != before:
                raise Conflict(Sentence("branch_moved"))
            held = self.locks.held(branch) if moved.returncode > 0 else None
            if held is None:
                raise _git_failed(moved)
            if time.monotonic() > deadline:
                raise GitLocked(held)

    def take_back(self, branch: str, commit: str) -> None:
        """Move the branch from a commit to the one before it, unless it has moved on."""
        parent = self.run("rev-parse", "--verify", "-q", f"{commit}^", check=False)
        if self.head() != commit:
            return
        before = parent.stdout.decode("ascii").strip()
        if not parent.returncode and before:
            self._move(branch, before, commit, "pmcli: take back what a hook changed")
        else:
            self.run("update-ref", "-d", branch, commit)

    def update_index(self, paths: Iterable[str]) -> None:
        """Put these paths into the index as the working tree has them."""
        options = (
            *_DURABLE, *_ANY_MODE, "update-index", "--add", "--remove", "--replace",
            "-z", "--stdin",
        )  # fmt: skip
        with self.locks.index() as copy:
            environment = {"GIT_INDEX_FILE": str(copy)}
            self.run(*options, stdin=_nul_separated(paths), environment=environment)

    def _commit_only(
        self,
        branch: str,
        files: Mapping[str, bytes | None],
        message: str,
        author: Person,
        committer: Person,
    ) -> str:
        """Commit through git itself, so that the user's hooks and signing are honoured.

        It works on a copy of the index, which has the paths already.
        """
        environment = {
            "GIT_AUTHOR_NAME": author.name,
            "GIT_AUTHOR_EMAIL": author.email,
            "GIT_AUTHOR_DATE": author.at.isoformat(),
            "GIT_COMMITTER_NAME": committer.name,
            "GIT_COMMITTER_EMAIL": committer.email,
            "GIT_COMMITTER_DATE": committer.at.isoformat(),
        }
        # Paths that git has never heard of and that are to go it would not understand.
        gone = [path for path, data in files.items() if data is None]
        unheard = set(gone) - set(self.blobs(gone))
        told = _nul_separated(path for path in files if path not in unheard)
        with self.locks.moving(branch) as move, self.locks.copied_index() as copy:
            made = self.run(
                *_NO_UPKEEP, *_ANY_MODE, "commit", "--only", "--quiet", "--cleanup=verbatim",
                "-m", message, "--pathspec-from-file=-", "--pathspec-file-nul", stdin=told,
                environment={**environment, "GIT_INDEX_FILE": str(copy)}, check=False,
            )  # fmt: skip
            move.ended = made.returncode >= 0
        if made.returncode:
            held = self.locks.held(branch) if made.returncode > 0 else None
            raise GitLocked(held) if held is not None else _git_failed(made)
        return self.head() or ""

    def commits_of(self, path: str) -> list[Commit]:
        """The commits that touched a path, oldest first."""
        text = self.run("log", "--reverse", "--format=%H %ct", "--", path, check=False).stdout
        pairs = (line.split() for line in text.decode("ascii", "replace").splitlines())
        return [Commit(name, int(at)) for name, at in pairs]

    def changed(self, paths: Sequence[str]) -> list[tuple[str, str]]:
        """Paths below some paths that differ from HEAD: git's two status letters and the path."""
        text = self.out(
            *_ANY_MODE, "status", "--porcelain", "-z", "--untracked-files=all", "--no-renames",
            "--", *paths,
        )  # fmt: skip
        return [(item[:2], item[3:]) for item in text.split("\0") if item]

    def revision_at(self, moment: datetime) -> str | None:
        """The newest commit on this branch that was made no later than a moment."""
        done = self.run(
            "rev-list", "-1", f"--before={int(moment.timestamp())}", "HEAD", check=False
        )
        return done.stdout.decode().strip() or None

    def tree(self, revision: str, *paths: str) -> dict[str, str]:
        """The blobs of the files at and below some paths as a commit has them."""
        listed = self.out("ls-tree", "-r", "-z", "--full-tree", revision, "--", *paths)
        items = (item.partition("\t") for item in listed.split("\0"))
        return {path: meta.split()[2] for meta, tab, path in items if tab}

    def files_at(self, revision: str, folder: str) -> list[tuple[str, bytes]]:
        """The files below a folder as a commit has them."""
        found = self.tree(revision, folder)
        contents = self.contents(found.values())
        return [(path, contents[name]) for path, name in found.items()]

    def contents(self, blobs: Iterable[str]) -> dict[str, bytes]:
        """What some blobs hold; raises SystemFailure when one is lost or damaged."""
        wanted = list(dict.fromkeys(blobs))
        held = self.objects(wanted)
        lost = next((name for name in wanted if name not in held), None)
        if lost is not None:
            raise SystemFailure(Sentence("object_lost", name=lost))
        return held

    def objects(self, blobs: Iterable[str]) -> dict[str, bytes]:
        """What some blobs hold, without those that are lost or damaged."""
        rest = list(dict.fromkeys(blobs))
        held: dict[str, bytes] = {}
        while rest:
            listing = "".join(f"{name}\n" for name in rest).encode("ascii")
            data = self.run("cat-file", "--batch", stdin=listing, check=False).stdout
            found = list(_batch(rest, data))
            held.update((n, d) for n, d in found if d is not None and self.blob_name(d) == n)
            # At a damaged one git ends: go on behind it.
            rest = rest[len(found) + 1 :]
        return held

    def blob_name(self, data: bytes) -> str:
        """git's name of a blob, in the repository's object format."""
        algorithm = self.config("extensions.objectformat") or "sha1"
        head = b"blob %d\0" % len(data)
        return hashlib.new(algorithm, head + data, usedforsecurity=False).hexdigest()

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
        return [change for _, change in raw(f"\x01{commit}\0{text}")]

    def versions(self, folders: Sequence[str]) -> list[tuple[str, Change]]:
        """Every change ever committed below some folders, newest first, with its commit."""
        if not folders or self.head() is None:
            return []
        text = self.out(
            "log", "--full-history", "--raw", "-z", "--no-abbrev", "--no-renames",
            "--format=%x01%H", "HEAD", "--", *folders,
        )  # fmt: skip
        return list(raw(text))

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

    @contextmanager
    def putting(self, blobs: Mapping[str, str | None]) -> Iterator[None]:
        """Hold the index for a block, then put blobs that git holds into it; None: no such path.

        Raises what `GitLocks.index` raises.
        """
        zeros = "0" * (64 if self.config("extensions.objectformat") == "sha256" else 40)
        listing = "".join(
            f"100644 {name}\t{path}\0" if name else f"0 {zeros}\t{path}\0"
            for path, name in blobs.items()
        ).encode("utf-8", "surrogateescape")
        with self.locks.index() as copy:
            environment = {"GIT_INDEX_FILE": str(copy)}
            options = (*_DURABLE, "update-index", "-z", "--index-info")
            self.run(*options, stdin=listing, environment=environment)
            yield

    def put_index(self, blobs: Mapping[str, str | None]) -> None:
        """Put blobs that git holds into the index; None takes the path out of it."""
        if blobs:
            with self.putting(blobs):
                pass


_KEPT = regex(
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
"""Where fast-import puts a commit; it is no ref that ever stands in the repository."""
_PAGE = 100
"""So many commits are asked for at once."""
_NO_UPKEEP = ("-c", "gc.auto=0", "-c", "maintenance.auto=false")
"""Upkeep of the repository leaves locks when it is killed; packing.py does what is needed."""
_ANY_MODE = ("-c", "core.fileMode=false")
"""Whether a file may be executed is nobody's concern: copying an office from a stick changes it."""


def _git_failed(done: subprocess.CompletedProcess[bytes]) -> SystemFailure:
    """What git said; where a hook of the user's said nothing, the code it ended with."""
    words = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
    return SystemFailure(Sentence("git_failed", words=words[-500:] or f"exit {done.returncode}"))


def _nul_separated(paths: Iterable[str]) -> bytes:
    return b"".join(path.encode("utf-8", "surrogateescape") + b"\0" for path in paths)


def _batch(names: Iterable[str], data: bytes) -> Iterator[tuple[str, bytes | None]]:
    """What `git cat-file --batch` printed about some objects, None for a missing one.

    It ends at the first that git printed nothing whole about.
    """
    at = 0
    for name in names:
        end = data.find(b"\n", at)
        said = data[at : max(end, at)].split()
        if said[-1:] == [b"missing"]:
            at = end + 1
            yield name, None
            continue
        if len(said) != 3 or len(data) < (after := end + 1 + int(said[2])) + 1:
            return
        at = after + 1
        yield name, data[end + 1 : after]


def _quoted(path: str) -> str:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


__all__ = ["Change", "Commit", "Git", "Person", "Told"]

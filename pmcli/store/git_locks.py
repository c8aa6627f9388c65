"""git's lock files: taken so that ours can be told from somebody else's, which is never removed.

A lock on the index is a second name of a file in `.git/pmcli`, so a killed command's is known for
certain. The locks on HEAD and the branch are made by git itself. One of these counts as ours only
when a file tells that our git was about to move the branch, that git is dead, the lock holds what
ours would hold, and no other git is at work here. Where that cannot be told it stays.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from pmcli.messages import Sentence
from pmcli.problems import Conflict
from pmcli.store.files import failed, remove_quietly
from pmcli.store.lock import seconds_to_wait

PATIENCE = 5.0
"""How long to wait for somebody else's lock, in seconds; less where PMCLI_LOCK_WAIT says so."""
STALE = 60.0
"""From this age on, in seconds, a lock is worth a word: git holds none that long by itself."""


class GitLocked(Conflict):
    """Somebody else's lock file of git stands in the way."""

    def __init__(self, path: Path) -> None:
        super().__init__(Sentence("git_locked", path=str(path), seconds=int(age(path))))


class Move:
    """A move of the branch that git has been asked for."""

    ended = False
    """Whether git came to an end by itself; it has then removed its locks."""


class GitLocks:
    """The locks of one repository: `folder` is git's for this working tree, `common` for all."""

    def __init__(self, folder: Path, common: Path) -> None:
        self.patience = min(PATIENCE, seconds_to_wait())
        self._folder = folder
        self._common = common
        self._own = folder / "pmcli" / "index-lock"
        self._copy = folder / "pmcli" / "index"
        self._moving = folder / "pmcli" / "moving"

    @contextlib.contextmanager
    def index(self) -> Iterator[Path]:
        """Hold the index; yields a copy, which takes its place at the end of the block.

        Raises GitLocked when somebody else holds it for too long. Call under the office's lock.
        """
        index, lock = self._folder / "index", self._folder / "index.lock"
        self._drop_index()
        try:
            self._take(lock)
            try:
                with self.copied_index() as copy:
                    yield copy
                    if copy.exists():
                        copy.replace(index)
            finally:
                lock.unlink()
                remove_quietly(self._own)
        except OSError as error:
            raise failed(lock, error) from None

    @contextlib.contextmanager
    def copied_index(self) -> Iterator[Path]:
        """A copy of the index that goes with the end of the block."""
        index = self._folder / "index"
        self._drop_copy()
        try:
            # With its time: git judges by it which files it must look into.
            with contextlib.suppress(FileNotFoundError):
                import shutil

                shutil.copy2(index, self._copy)
            yield self._copy
        finally:
            self._drop_copy()

    def _take(self, lock: Path) -> None:
        """Make the lock file, as another name of our own file where the disk can."""
        self._own.parent.mkdir(parents=True, exist_ok=True)
        remove_quietly(self._own)
        token = f"pmcli {os.urandom(16).hex()}\n".encode()
        self._own.write_bytes(token)
        deadline = time.monotonic() + self.patience
        while True:
            try:
                _link(self._own, lock, token)
                return
            except FileExistsError:
                if time.monotonic() > deadline:
                    remove_quietly(self._own)
                    raise GitLocked(lock) from None
                time.sleep(0.05)

    def _drop_index(self) -> None:
        lock = self._folder / "index.lock"
        if _same(self._own, lock):
            remove_quietly(lock)

    def _drop_copy(self) -> None:
        for path in (self._copy, self._copy.with_name("index.lock")):
            remove_quietly(path)

    @contextlib.contextmanager
    def moving(self, branch: str, commit: str = "") -> Iterator[Move]:
        """Note that our git is about to move the branch, to `commit` where that is known.

        Raises GitLocked when somebody else holds HEAD or the branch for too long.
        """
        self.drop()
        self.wait(self._of_branch(branch))
        move = Move()
        try:
            self._moving.parent.mkdir(parents=True, exist_ok=True)
            self._moving.write_text(f"{branch}\n{commit}\n", "utf-8")
        except OSError as error:
            raise failed(self._moving, error) from None
        yield move
        if move.ended:
            remove_quietly(self._moving)

    def wait(self, locks: Iterable[Path]) -> None:
        """Wait until none of some locks is there; raises GitLocked."""
        deadline = time.monotonic() + self.patience
        for lock in locks:
            while lock.exists():
                if time.monotonic() > deadline:
                    raise GitLocked(lock)
                time.sleep(0.05)

    def held(self, branch: str) -> Path | None:
        """The lock on HEAD or a branch that is there."""
        return next((lock for lock in self._of_branch(branch) if lock.exists()), None)

    def _of_branch(self, branch: str) -> list[Path]:
        return [self._folder / "HEAD.lock", self._common / f"{branch}.lock"]

    def drop(self) -> None:
        """Remove the locks that our own killed git left. No git of ours may be running."""
        self._drop_index()
        self._drop_copy()
        # Only pmcli has references of this name; those of older versions left it behind.
        remove_quietly(self._common / "refs" / "pmcli" / "pending.lock")
        try:
            branch, commit, *_ = [*self._moving.read_text("utf-8").split("\n"), "", ""]
            since = self._moving.stat().st_mtime
        except (OSError, UnicodeDecodeError):
            return
        for lock in self._folder.glob("next-index-*.lock"):
            if _since(lock, since) and _dead(lock.stem.rpartition("-")[2]):
                remove_quietly(lock)
        left = [lock for lock in self._of_branch(branch) if lock.exists()]
        if left and not _git_at_work(self._common):
            for lock in left:
                if _since(lock, since) and _holds(lock, commit):
                    remove_quietly(lock)
        if not any(lock.exists() for lock in left):
            remove_quietly(self._moving)

    def stale(self, branch: str) -> list[tuple[Path, int]]:
        """Locks that have stood for longer than git works, each with its age in seconds."""
        locks = [self._folder / "index.lock", self._common / "packed-refs.lock"]
        locks += [*self._of_branch(branch), self._common / "objects" / "maintenance.lock"]
        return [(lock, int(age(lock))) for lock in locks if lock.exists() and age(lock) > STALE]


def age(path: Path) -> float:
    """How old a file is, in seconds; 0 when it is gone."""
    try:
        return max(time.time() - path.stat().st_mtime, 0.0)
    except OSError:
        return 0.0


def _link(own: Path, lock: Path, token: bytes) -> None:
    """Make `lock` another name of `own`, else a file that says the same."""
    try:
        os.link(own, lock)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        with lock.open("xb") as stream:
            stream.write(token)


def _same(own: Path, lock: Path) -> bool:
    """Whether a lock is another name of our own file, or says the same."""
    try:
        said = own.read_bytes()
        return own.samefile(lock) or bool(said and lock.read_bytes() == said)
    except OSError:
        return False


def _since(path: Path, moment: float) -> bool:
    try:
        return path.stat().st_mtime >= moment
    except OSError:
        return False


def _holds(lock: Path, commit: str) -> bool:
    """Whether a lock is empty or holds the commit that the branch was to be moved to.

    What a commit will be called that git makes by itself is not known beforehand.
    """
    try:
        said = lock.read_bytes().strip()
    except OSError:
        return False
    return said in (b"", commit.encode("ascii", "replace")) or not commit


def _dead(number: str) -> bool:
    """Whether no process of this number runs; one that nobody has buried does not either."""
    try:
        os.kill(int(number), 0)
        (Path("/proc") / number / "cwd").readlink()
    except ProcessLookupError:
        return True
    except FileNotFoundError:
        return Path("/proc/self/cwd").exists()
    except (ValueError, OSError, OverflowError):
        pass
    return False


def _git_at_work(common: Path) -> bool:
    """Whether a git process may be at work in a repository; also where that cannot be told."""
    proc = Path("/proc")
    try:
        (proc / "1" / "comm").read_bytes()  # hidden where a user sees only what is his own
        running = [entry for entry in proc.iterdir() if entry.name.isdigit()]
    except OSError:
        return True
    return any(_works_in(process, common) for process in running)


def _works_in(process: Path, common: Path) -> bool:
    try:
        if not (process / "comm").read_bytes().startswith(b"git"):
            return False
        place = (process / "cwd").readlink()
        said = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False  # it has ended
    except OSError:
        return True
    here = common.resolve()
    if os.fsencode(here) in said or place == here or here in place.parents:
        return True
    top = next((folder for folder in (place, *place.parents) if (folder / ".git").exists()), None)
    return top is not None and common_folder(git_folder(top)) == here


def git_folder(top: Path) -> Path:
    """git's folder for a working tree; follows the file that a worktree has in its place.

    Raises OSError where there is none.
    """
    dot = top / ".git"
    if dot.is_dir():
        return dot
    return (top / dot.read_text("utf-8").removeprefix("gitdir:").strip()).resolve()


def common_folder(folder: Path) -> Path:
    """What several working trees have in common of git's folder."""
    try:
        return (folder / (folder / "commondir").read_text("utf-8").strip()).resolve()
    except OSError:
        return folder.resolve()

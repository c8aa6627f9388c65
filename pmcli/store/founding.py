"""A new office: folder, git repository and first commit, so that a killed `init` can be repeated.

From before git makes anything until the first commit stands, a mark tells that the folder is ours,
with the checksums of the files it gets. The next `init` clears away what bears the mark and begins
anew; other commands say that the office is not whole.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pmcli.messages import Sentence
from pmcli.problems import Conflict
from pmcli.store import clock
from pmcli.store.files import failed, is_temporary, remove_quietly, write_atomically
from pmcli.store.git import Git
from pmcli.store.journal import FOUNDING, Journal
from pmcli.store.lock import hold_for_children, office_lock, release_children
from pmcli.store.unit_of_work import Store

BRANCH = "main"


def found(root: Path, files: Mapping[str, bytes], desk: str, name: str, staff: list[str]) -> None:
    """Make an office of these files, by path, and commit them; finish one that was cut off.

    `root` is absolute. The first of `staff` acts where git's user.name is not among them. Raises
    Conflict for a folder in use and what writing raises; then nothing is left behind.
    """
    try:
        _ensure_ours(root)
        made = not root.exists()
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise failed(root, error) from None
    try:
        with _locked(root) as git:
            if _ensure_ours(root):
                _finish(git, files)
                return
            try:
                _begin(git, files, desk)
                _commit(git, files, name, staff)
            except BaseException:
                _clear(root, _marked(root))
                raise
    except Conflict:
        raise
    except BaseException:
        shutil.rmtree(root / ".git", ignore_errors=True)
        if made:
            _remove_folder(root)
        raise


@contextmanager
def _locked(root: Path) -> Iterator[Git]:
    """Hold the lock of an office to be, with no git of a killed `init` at work."""
    git = Git(root)
    folder = root / ".git" / "pmcli"
    with office_lock(folder):
        descriptor = hold_for_children(folder, 1)
        git.inherited = () if descriptor is None else (descriptor,)
        try:
            yield git
        finally:
            release_children(descriptor)


def _ensure_ours(root: Path) -> bool:
    """Raise Conflict for a folder in use; True when a marked office has its first commit."""
    if not root.exists():
        return False
    if not root.is_dir():
        raise Conflict(Sentence("init_exists", path=str(root)))
    names = [entry.name for entry in root.iterdir()]
    if not names:
        return False
    git = root / ".git"
    inside = [entry.name for entry in git.iterdir()] if git.is_dir() else []
    if not _mark(root).exists() and set(inside) - {"pmcli"}:
        raise Conflict(Sentence("init_exists", path=str(root)))
    if born(Git(root)):
        return True
    marked = _marked(root)
    others = [
        n for n in names if n != ".git" and not is_temporary(n) and not _ours(root, n, marked)
    ]
    if others:
        raise Conflict(Sentence("init_remains", path=str(root), names=sorted(others)))
    return False


def born(git: Git) -> bool:
    """Whether the repository of this very folder, and none above it, has a commit."""
    asked = ("--git-dir", str(git.root / ".git"), "rev-parse", "--verify", "-q", "HEAD")
    return git.run(*asked, check=False).returncode == 0


def _mark(root: Path) -> Path:
    return root / ".git" / "pmcli" / FOUNDING


def _marked(root: Path) -> dict[str, str]:
    """The checksums of the files that an `init` here was to write."""
    try:
        noted = json.loads(_mark(root).read_bytes())
    except (OSError, ValueError):
        return {}
    return {str(path): str(said) for path, said in noted.items()} if noted else {}


def _ours(root: Path, name: str, marked: Mapping[str, str]) -> bool:
    path = root / name
    if name not in marked or path.is_symlink() or not path.is_file():
        return False
    return _checksum(path.read_bytes()) == marked[name]


def _checksum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _finish(git: Git, files: Mapping[str, bytes]) -> None:
    """Take the mark off an office that has its commit; raises Conflict when it is another."""
    if _marked(git.root) != {path: _checksum(data) for path, data in files.items()}:
        raise Conflict(Sentence("init_exists", path=str(git.root)))
    Journal(git).recover()
    remove_quietly(_mark(git.root))


def _begin(git: Git, files: Mapping[str, bytes], desk: str) -> None:
    """Clear away what a killed `init` left, and make the repository."""
    _clear(git.root, _marked(git.root))
    noted = {path: _checksum(data) for path, data in files.items()}
    write_atomically(_mark(git.root), json.dumps(noted).encode("utf-8"))
    git.run("init", "-q", "-b", BRANCH)
    for key, value in (("pmcli.desk", desk), ("core.quotePath", "false")):
        git.set_config(key, value)


def _commit(git: Git, files: Mapping[str, bytes], name: str, staff: list[str]) -> None:
    """Write and commit the files as every other command does."""
    author = git.config("user.name") or name
    if staff and author not in staff:
        # Who acts where nobody is named must be on the list: here, the first one.
        git.set_config("user.name", staff[0])
    for path, data in files.items():
        write_atomically(git.root / path, data)
    store = Store(git.root)
    store.git.inherited = git.inherited
    now = clock.now(store.office.zone)
    store.commit_files(
        store.git.ensure_ready(), Journal(store.git), dict.fromkeys(files), files,
        f"init {name}\n", author, store.act_at(author, now, now),
    )  # fmt: skip
    remove_quietly(_mark(git.root))


def _clear(root: Path, marked: Mapping[str, str]) -> None:
    """Remove what an `init` made, its mark last but for the lock."""
    for entry in root.iterdir():
        if is_temporary(entry.name) or _ours(root, entry.name, marked):
            remove_quietly(entry)
    _remove_but(root / ".git", lambda name: name == "pmcli")
    _remove_but(root / ".git" / "pmcli", lambda name: name in (FOUNDING, "lock", "children"))
    remove_quietly(_mark(root))


def _remove_but(folder: Path, kept: Callable[[str], bool]) -> None:
    for entry in folder.iterdir():
        if kept(entry.name):
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _remove_folder(root: Path) -> None:
    """Remove a folder that was made here, unless somebody has put something into it."""
    try:
        root.rmdir()
    except OSError:
        return

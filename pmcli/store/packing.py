"""Loose objects put into a pack, which git does after commits of its own and nobody after ours."""

from __future__ import annotations

from pmcli.store.git import Git
from pmcli.store.git_locks import common_folder

_MANY, _SAMPLE, _SAMPLES = 6700, "17", 256
"""git's own limit of loose objects; like git we count those in one of its 256 folders."""
_PACKING = ("repack", "-d", "-l", "-q")


def pack(git: Git) -> None:
    """Pack the loose objects when they are more than git's `gc.auto`; 0 there is never.

    No reference is locked and no object lost, not even one that nothing names. A failure only
    leaves them loose.
    """
    told = git.config("gc.auto") or ""
    limit = int(told) if told.removeprefix("-").isdecimal() else _MANY
    try:
        sample = sum(1 for _ in (common_folder(git.folder) / "objects" / _SAMPLE).iterdir())
    except OSError:
        return
    if limit <= 0 or sample * _SAMPLES <= limit:
        return
    if git.run(*_PACKING, "--geometric=2", check=False).returncode:  # git before 2.32
        git.run(*_PACKING, check=False)

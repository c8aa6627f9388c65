"""One writing command at a time: operating-system locks, released when the process ends."""

from __future__ import annotations

import contextlib
import math
import os
import time
from collections.abc import Iterator
from pathlib import Path

from pmcli.messages import Sentence
from pmcli.problems import Conflict
from pmcli.store.files import failed, make_private_folder, private_mode

WAIT_SECONDS = 20.0


def seconds_to_wait() -> float:
    """How long to wait for others, in seconds: PMCLI_LOCK_WAIT or the default."""
    try:
        wait = float(os.environ.get("PMCLI_LOCK_WAIT", WAIT_SECONDS))
    except ValueError:
        return WAIT_SECONDS
    return max(wait, 0) if math.isfinite(wait) else WAIT_SECONDS


@contextlib.contextmanager
def office_lock(folder: Path, wait: float | None = None) -> Iterator[None]:
    """Hold the office's lock; waits `wait` seconds, then raises Conflict.

    PMCLI_LOCK_WAIT sets the wait for scripts that would rather be told at once.
    """
    from filelock import FileLock, Timeout

    wait = seconds_to_wait() if wait is None else wait
    path = folder / "lock"
    try:
        make_private_folder(folder)
        lock = FileLock(path, timeout=wait, mode=private_mode(folder))
        lock.acquire(poll_interval=0.02)
    except Timeout:
        raise Conflict(Sentence("locked")) from None
    except OSError as error:
        raise failed(path, error) from None
    try:
        yield
    finally:
        lock.release()


def hold_for_children(folder: Path, wait: float = 0) -> int | None:
    """Lock a file for this process and the children that inherit it; return its descriptor.

    A git process that outlives a killed command keeps it locked: waits `wait` seconds for such a
    one and raises Conflict. None where there are no such locks, or when nothing was to be waited
    for and the file is held.
    """
    try:
        import fcntl
    except ImportError:
        return None
    try:
        mode = private_mode(folder)
        descriptor = os.open(folder / "children", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, mode)
    except OSError as error:
        raise failed(folder / "children", error) from None
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() < deadline:
                time.sleep(0.05)
                continue
            os.close(descriptor)
            if wait:
                raise Conflict(Sentence("locked")) from None
            return None
        except OSError:
            pass
        return descriptor


def release_children(descriptor: int | None) -> None:
    """Give up what `hold_for_children` returned, also where a child still has it open."""
    if descriptor is not None:
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)

"""Ctrl-C and requests to end that arrive while files are being written, kept until it is safe."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

_ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


class Interruption:
    """Whether a signal to end has come."""

    def __init__(self) -> None:
        self._signal: int | None = None

    def note(self, number: int, _frame: FrameType | None) -> None:
        """Remember a signal (as a signal handler)."""
        self._signal = number

    def check(self) -> None:
        """Raise KeyboardInterrupt, or SystemExit for the other signals, when one has come."""
        if self._signal == signal.SIGINT:
            raise KeyboardInterrupt
        if self._signal is not None:
            raise SystemExit(128 + self._signal)


@contextlib.contextmanager
def deferred() -> Iterator[Interruption]:
    """Keep signals to end until the block asks for them by `check`.

    A signal that the caller ignores (nohup) stays ignored. Outside the main thread none arrive.
    """
    interruption = Interruption()
    if threading.current_thread() is not threading.main_thread():
        yield interruption
        return
    handlers = {number: signal.getsignal(number) for number in _ENDING}
    handlers = {n: h for n, h in handlers.items() if h not in (None, signal.SIG_IGN)}
    try:
        for number in handlers:
            signal.signal(number, interruption.note)
        yield interruption
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)

"""Progress bars."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from pmcli.cli.line.session import current
from pmcli.messages import Sentence

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

T = TypeVar("T")


def progress(items: Iterable[T], label_key: Key) -> Iterator[T]:
    """Pass items on, with a progress bar where somebody sits at the terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    from typer import progressbar

    label = Sentence(label_key).text(current().language)
    known = items if isinstance(items, Sequence) else list(items)
    with progressbar(known, label=label, file=sys.stderr) as bar:
        yield from bar

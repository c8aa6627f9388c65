"""What pmcli keeps beside the records, for one's own eyes, and forgets when its record goes.

Under .git/pmcli is only what can be made again: the index, which says where records stand. Texts of
edits that were refused, the drafts, are somebody's work and hold what the records hold; they stand
in a folder of their own. When a record is changed, taken back or emptied of personal data, nothing
of what it held may stay in either.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from pmcli.record.model import Record
from pmcli.store.files import make_private_folder, remove_quietly, write_atomically
from pmcli.store.index import forget_rows
from pmcli.workflow.draft import Draft

DRAFTS = "pmcli-drafts"
"""The folder of drafts, in git's own."""
_BEFORE = "edits"
"""Where the first release kept them, in .git/pmcli."""


def forget(folder: Path, paths: Iterable[str], numbers: Iterable[str] = ()) -> None:
    """Drop what is kept of record files that were changed or removed, and drafts of some records.

    `folder` is the clone's .git/pmcli, `paths` are below the office, `numbers` name the records
    whose drafts go. Never raises: what cannot be rewritten is removed as a whole.
    """
    wanted = set(numbers)
    forget_rows(folder, paths, wholly=bool(wanted))
    for number in wanted:
        for file in _left_by_editing(folder, number):
            remove_quietly(file)


def emptied(drafts: Iterable[Draft]) -> list[str]:
    """The numbers of the records that a command has emptied of personal data."""
    return [
        draft.id
        for draft in drafts
        if is_emptied(draft.record, len(draft.original.history) if draft.original else 0)
    ]


def is_emptied(record: Record, since: int) -> bool:
    """Whether a step after the first `since` entries of its history emptied a record."""
    return any(
        step.erases_private
        for event in record.history[since:]
        for step in record.form.transitions.get(event.command, ())
    )


def removed(files: Mapping[str, bytes | None]) -> list[str]:
    """The numbers of the records whose files a command has removed: those without new bytes."""
    return [Path(path).stem for path, data in files.items() if data is None]


def new_draft(folder: Path, number: str, data: bytes) -> Path:
    """A text to be edited, beside those that were kept before; only its owner may read it.

    `folder` is the clone's .git/pmcli.
    """
    place = folder.with_name(DRAFTS)
    make_private_folder(place)
    names = (f"{number}{end}.md" for end in ("", *(f".{n}" for n in range(2, 1000))))
    path = next(place / name for name in names if not (place / name).exists())
    write_atomically(path, data, private=True)
    return path


def _left_by_editing(folder: Path, number: str) -> list[Path]:
    """The drafts of a record, and what editors leave beside them: A01.md~, .A01.md.swp."""
    files: list[tuple[Path, str]] = []
    for place in (folder.with_name(DRAFTS), folder / _BEFORE):
        with contextlib.suppress(OSError):
            files += [(file, file.name.lstrip(".#")) for file in place.iterdir()]
    return [file for file, name in files if name.startswith(f"{number}.") or _older(file, number)]


def _older(file: Path, number: str) -> bool:
    """Whether it is a second draft as they were once named, A01-2.md; homes have such numbers."""
    if re.fullmatch(rf"{re.escape(number)}-\d{{1,3}}\.md", file.name) is None:
        return False
    with contextlib.suppress(OSError):
        text = file.read_text("utf-8", "replace")
        return re.search(rf"^id: *['\"]?{re.escape(number)}['\"]? *$", text, re.M) is not None
    return False

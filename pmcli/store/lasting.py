"""Entries that a form says are never changed, compared with everything ever committed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pmcli.form.model import Form
from pmcli.messages import Sentence
from pmcli.problems import Fault
from pmcli.record.parsing import FILE_KEYS, BadRecord, decode, fast_tree, line_of, split
from pmcli.store.records import FOLDER, TAKEN_BACK
from pmcli.store.unit_of_work import Store

Tree = dict[str, Any]


def lost_entries(store: Store) -> Iterator[Fault]:
    """Rows of append-only fields, and of the history of their records, that were once committed.

    Yields a fault for every field in which one of them was changed or is missing. Git is asked
    once for the versions and once for what they hold.
    """
    forms = {
        form.name: form
        for name in store.library.names
        if (form := store.library.load(name)[0]) is not None and _lasting(form)
    }
    versions = [
        (commit, change)
        for commit, change in store.git.versions([f"{FOLDER}/{name}" for name in forms])
        if change.path.endswith(".md") and change.after is not None
    ]
    contents = store.git.objects(change.after for _, change in versions if change.after)
    present: dict[str, tuple[str, Tree | None]] = {}
    told: set[tuple[str, str]] = set()
    for commit, change in versions:
        path = change.path
        if path not in present:
            present[path] = _present(store, path)
        text, now = present[path]
        data = contents.get(change.after or "")
        if data is None:
            if (path, change.after or "") not in told:
                told.add((path, change.after or ""))
                yield Fault(path, 0, Sentence("check_old_object", commit=commit[:8]))
            continue
        then = _tree(data, path)
        if now is None or then is None:
            continue
        form = forms[path.split("/")[1]]
        for name in ["history", *_lasting(form)]:
            key = FILE_KEYS.get(name, name)
            gone = _missing(then.get(key), now.get(key))
            if gone and (path, name) not in told and not _erased(form, name, now):
                told.add((path, name))
                label = Sentence("history_key") if name == "history" else form.label_of(name)
                sentence = Sentence("check_lost", field=label, count=gone, commit=commit[:8])
                yield Fault(path, line_of(text, key), sentence)


def _lasting(form: Form) -> list[str]:
    return [spec.name for spec in form.fields.values() if spec.append_only]


def _present(store: Store, path: str) -> tuple[str, Tree | None]:
    """A record's text and tree; None for a broken one. One that was removed has lost all."""
    try:
        data = (store.root / path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        stone = store.root / (path.removesuffix(".md") + TAKEN_BACK)
        return "", None if stone.is_file() else {}
    except OSError:
        return "", None
    return data.decode("utf-8", "replace"), _tree(data, path)


def _tree(data: bytes, path: str) -> Tree | None:
    try:
        return fast_tree(split(decode(data, path), path)[1], path)
    except BadRecord:
        return None


def _missing(then: Any, now: Any) -> int:
    """How many of the rows that once stood there do not stand there now."""
    return (_counted(then) - _counted(now)).total()


def _counted(rows: Any) -> Counter[str]:
    listed = rows if isinstance(rows, list) else []
    return Counter(repr(sorted(row.items()) if isinstance(row, dict) else row) for row in listed)


def _erased(form: Form, name: str, now: Tree) -> bool:
    """Whether a step has erased a private field, as the law wants."""
    if not form.is_private(name):
        return False
    commands = {row.get("command") for row in now.get("history") or () if isinstance(row, dict)}
    steps = (step for variants in form.transitions.values() for step in variants)
    return any(step.erases_private and step.command in commands for step in steps)

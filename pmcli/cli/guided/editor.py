"""A record's text opened in the clerk's editor; nothing that was typed is lost."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

from pmcli.cli.guided.prompt import meant_as_consent
from pmcli.cli.line import output
from pmcli.cli.line.report import said
from pmcli.cli.line.session import current
from pmcli.messages import Sentence
from pmcli.problems import Problem, Usage, Want
from pmcli.record.model import Record
from pmcli.record.parsing import BadRecord
from pmcli.store.files import remove_quietly
from pmcli.store.save import as_committed, placed
from pmcli.store.traces import forget, is_emptied, new_draft
from pmcli.store.unit_of_work import Store, Written
from pmcli.workflow.act import Act
from pmcli.workflow.correcting import EditText, judged_text, with_endings
from pmcli.workflow.edits import Corrected, refusal_of


def edit_text(
    record: Record, reason: str | None, note: str | None, act: Act, store: Store
) -> Written[Corrected] | None:
    """Open a record in the editor and commit what the clerk made of it; None for nothing.

    A text that is refused is kept beside the office's records, and the refusal says where.
    """
    editor = _editor()
    base = as_committed(store, record)
    original = store.records.read(record.path, record.form.name)
    copy = _copy(store, record.id, base)
    try:
        typed = _typed(editor, copy, base, original, act, store, reason)
        if typed is None:
            remove_quietly(copy)
            return None
        written = store.apply(EditText(record.id, base, typed, reason, note), act)
    except Problem as problem:
        if not copy.exists() or copy.read_bytes() == base or _no_more(record, store):
            remove_quietly(copy)
            raise
        raise _with_kept(problem, _shown(copy, store)) from None
    forget(store.git.folder / "pmcli", (), [record.id])
    return written


def _no_more(record: Record, store: Store) -> bool:
    """Whether a record was taken back or emptied of personal data while somebody edited it."""
    if not (store.root / record.path).exists():
        return True
    try:
        now = store.records.read(record.path, record.form.name)
    except Problem:
        return False
    return is_emptied(now, len(record.history))


def _editor() -> list[str]:
    """The clerk's editor and its arguments; raises Usage when none is set."""
    words = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(words, posix=os.name == "posix")
    except ValueError:
        command = []
    if not command:
        raise Usage.of(Want.MISSING, Sentence("edit_no_editor"), "editor")
    return command


def _copy(store: Store, number: str, data: bytes) -> Path:
    """A copy to be edited, beside those that were kept before."""
    return new_draft(store.git.folder / "pmcli", number, data)


def _shown(copy: Path, store: Store) -> str:
    try:
        return copy.relative_to(store.root).as_posix()
    except ValueError:
        return str(copy)


def _typed(
    editor: list[str],
    copy: Path,
    base: bytes,
    original: Record,
    act: Act,
    store: Store,
    reason: str | None,
) -> bytes | None:
    """What the clerk made of the copy; None for nothing. Raises Usage or Refused for bad text."""
    while True:
        try:
            code = subprocess.run([*editor, str(copy)], check=False).returncode
        except OSError as error:
            words = error.strerror or str(error)
            raise Usage.of(
                Want.VALUE, Sentence("edit_editor_fails", editor=editor[0], words=words), "editor"
            ) from None
        if code:
            ended = Sentence("edit_exit_code", code=code)
            raise Usage.of(
                Want.VALUE, Sentence("edit_editor_fails", editor=editor[0], words=ended), "editor"
            )
        typed = copy.read_bytes()
        if _plain(typed) == _plain(base):
            return None
        problem = _problem(original, typed, _shown(copy, store), act, store, reason)
        if problem is None:
            return typed
        if not _reopen(problem):
            raise problem


def _plain(data: bytes) -> str:
    return with_endings(data.decode("utf-8", "replace").removeprefix("\ufeff"))


def _problem(
    original: Record, typed: bytes, path: str, act: Act, store: Store, reason: str | None
) -> Problem | None:
    """What stands against a text: 4 where something may not be changed so, else 2."""
    try:
        correction = judged_text(original, typed, act, store.records, reason)
    except BadRecord as bad:
        fault = bad.fault
        return Usage.of(Want.VALUE, type(fault)(path, fault.line, fault.sentence))
    if correction.fine:
        return None
    return refusal_of(placed(correction, path), act, store.records)


def _reopen(problem: Problem) -> bool:
    """Ask the clerk at a terminal whether to go on editing; no one else is asked."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    language = current().language
    for line in output.problem_lines(problem, language, said):
        output.tell(line)
    while True:
        output.tell(Sentence("edit_again").text(language))
        answer = sys.stdin.readline()
        agreed = meant_as_consent(answer) if answer else False
        if agreed is not None:
            return agreed


def _with_kept(problem: Problem, path: str) -> Problem:
    """The problem, saying as well where the clerk's text is."""
    return problem.noted(Sentence("edit_kept", path=path))

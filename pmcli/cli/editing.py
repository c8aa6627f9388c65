"""edit ID and save: records changed by hand, checked and committed."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from typer.core import TyperArgument

from pmcli.cli import output
from pmcli.cli.history import any_record
from pmcli.cli.options import (
    acting_options,
    check_format,
    format_option,
    id_argument,
    leaf,
    option,
)
from pmcli.cli.records import find
from pmcli.cli.session import current
from pmcli.form.expressions import render
from pmcli.form.model import Form
from pmcli.messages import Sentence, Speakable
from pmcli.problems import ExitCode, NotFound, Problem, Refusal, Refused, Usage
from pmcli.record.model import Record
from pmcli.record.numbers import matching
from pmcli.record.parsing import BadRecord
from pmcli.store.checks import with_endings
from pmcli.store.files import remove_quietly, write_atomically
from pmcli.store.hand_edits import (
    Saved,
    as_committed,
    changed_paths,
    commit_edit,
    faults_in,
    read_edit,
    save,
)
from pmcli.store.unit_of_work import Store
from pmcli.workflow.act import Act
from pmcli.workflow.conditions import next_steps, refuse
from pmcli.workflow.draft import Draft
from pmcli.workflow.hand_edits import Judgement
from pmcli.workflow.scope import Scope

FORMATS = ("table", "json")


def edit_command(form: Form, language: str) -> Any:
    """`pmcli <form> edit ID`."""

    def run(id: str, by: str | None, at: str | None, note: str | None, format: str | None) -> int:
        shown = check_format(format, FORMATS)
        store = current().store
        act = store.act(by, at)
        record = find(form, id)
        _check_editable(record, act, store)
        return _edit(record, note, act, store, shown)

    return leaf(
        "edit",
        Sentence("help_edit").text(language),
        run,
        [
            id_argument(),
            option("--note", Sentence("help_edit_note").text(language), "TEXT"),
            *acting_options(language),
        ],
    )


def _check_editable(record: Record, act: Act, store: Store) -> None:
    """Raise Usage for a form that is never edited, and for a time before the last step."""
    form = record.form
    if form.no_edit is not None:
        scope = Scope(form, record.values, act, store.records)
        steps = output.steps_text(next_steps(record, act, store.records), current().language)
        raise Usage(render(form.no_edit, scope), Sentence("next_steps", steps=steps))
    last = max((row["at"] for row in record.history if row.get("at")), default=None)
    if last is not None and act.at < last:
        shown = [f"{moment.astimezone(act.zone):%Y-%m-%d %H:%M}" for moment in (act.at, last)]
        raise Usage(Sentence("at_before_last", at=shown[0], last=shown[1]))


def _edit(record: Record, note: str | None, act: Act, store: Store, shown: str) -> int:
    editor = _editor()
    base = as_committed(store, record)
    original = store.records.read(record.path, record.form.name)
    copy = _copy(store, record.id, base)
    try:
        typed = _typed(editor, copy, base, original, act, store)
        if typed is None:
            remove_quietly(copy)
            return _unchanged(record, shown)
        judgement, drafts, commit = commit_edit(store, record.id, base, typed, note, act)
    except Problem as problem:
        if copy.read_bytes() == base:
            remove_quietly(copy)
            raise
        raise _with_kept(problem, _shown(copy, store)) from None
    remove_quietly(copy)
    return _report_edit(judgement, drafts, commit, shown, act, store)


def _editor() -> list[str]:
    """The clerk's editor and its arguments; raises Usage when none is set."""
    words = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(words, posix=os.name == "posix")
    except ValueError:
        command = []
    if not command:
        raise Usage(Sentence("edit_no_editor"))
    return command


def _copy(store: Store, number: str, data: bytes) -> Path:
    """A copy to be edited, beside those that were kept before."""
    folder = store.git.folder / "pmcli" / "edits"
    names = (f"{number}{end}.md" for end in ("", *(f"-{n}" for n in range(2, 1000))))
    path = next(folder / name for name in names if not (folder / name).exists())
    write_atomically(path, data)
    return path


def _shown(copy: Path, store: Store) -> str:
    try:
        return copy.relative_to(store.root).as_posix()
    except ValueError:
        return str(copy)


def _typed(
    editor: list[str], copy: Path, base: bytes, original: Record, act: Act, store: Store
) -> bytes | None:
    """What the clerk made of the copy; None for nothing. Raises Usage or Refused for bad text."""
    while True:
        try:
            code = subprocess.run([*editor, str(copy)], check=False).returncode
        except OSError as error:
            words = error.strerror or str(error)
            raise Usage(Sentence("edit_editor_fails", editor=editor[0], words=words)) from None
        if code:
            ended = Sentence("edit_exit_code", code=code)
            raise Usage(Sentence("edit_editor_fails", editor=editor[0], words=ended))
        typed = copy.read_bytes()
        if _plain(typed) == _plain(base):
            return None
        problem = _problem(original, typed, _shown(copy, store), act, store)
        if problem is None:
            return typed
        if not _reopen(problem):
            raise problem


def _plain(data: bytes) -> str:
    return with_endings(data.decode("utf-8", "replace").removeprefix("\ufeff"))


def _problem(original: Record, typed: bytes, path: str, act: Act, store: Store) -> Problem | None:
    """What stands against a text: 4 where something may not be changed, else 2."""
    try:
        judgement = read_edit(store, original, typed, act)
    except BadRecord as bad:
        fault = bad.fault
        return Usage(type(fault)(path, fault.line, fault.sentence))
    faults = faults_in(judgement, path)
    if any(one.forbidden for one in judgement.objections):
        return refuse(original, act, store.records, faults, "")
    return Usage(*faults) if faults else None


def _reopen(problem: Problem) -> bool:
    """Ask the clerk at a terminal whether to go on editing; no one else is asked."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    language = current().language
    for line in output.problem_lines(problem, language):
        output.tell(line)
    while True:
        output.tell(Sentence("edit_again").text(language))
        answer = sys.stdin.readline()
        word = answer.strip().lower()
        if word in ("", "y", "yes", "是") and answer:
            return True
        if word in ("n", "no", "否") or not answer:
            return False


def _with_kept(problem: Problem, path: str) -> Problem:
    """The problem, saying as well where the clerk's text is."""
    kept: Speakable = Sentence("edit_kept", path=path)
    if isinstance(problem, Refused):
        old = problem.refusal
        return Refused(
            Refusal(old.record, old.state, old.state_label, (*old.unmet, kept), old.next_steps)
        )
    return type(problem)(*problem.sentences, kept)


def _unchanged(record: Record, shown: str) -> int:
    if shown == "json":
        head = {"id": record.id, "form": record.form.name, "state": record.state}
        output.out_json({**head, "path": record.path, "commit": None, "changed": []})
    output.tell(Sentence("edit_unchanged", id=record.id).text(current().language))
    return 0


def _entry(draft: Draft) -> dict[str, Any]:
    assert draft.original is not None
    return {
        "id": draft.id,
        "form": draft.form.name,
        "state": draft.values["state"],
        "path": draft.original.path,
    }


def _report_edit(
    judgement: Judgement, drafts: list[Draft], commit: str, shown: str, act: Act, store: Store
) -> int:
    language = current().language
    if shown == "json":
        entries = [_entry(draft) for draft in drafts]
        changed = list(judgement.changed)
        output.out_json({**entries[0], "commit": commit, "changed": changed, "records": entries})
        return 0
    _print_edits([judgement], drafts)
    record = drafts[0].record
    steps = next_steps(record, act, store.records)
    if record.open and steps and not record.form.archive:
        listed = output.steps_text(steps, language)
        output.tell(Sentence("next_steps", steps=listed).text(language))
    return 0


def _print_edits(judgements: Sequence[Judgement], drafts: Sequence[Draft]) -> None:
    """What was committed: each record with the fields that changed, then those that follow."""
    language = current().language
    for judgement in judgements:
        record = judgement.original
        labels: list[object] = [record.form.label_of(name) for name in judgement.changed]
        key = "edit_done" if labels else "edit_done_text"
        sentence = Sentence(key, id=record.id, title=record.form.title, fields=labels)
        output.out(sentence.text(language))
    edited = {judgement.original.id for judgement in judgements}
    for draft in (draft for draft in drafts if draft.id not in edited):
        state = draft.form.states[draft.values["state"]].label
        sentence = Sentence("written", id=draft.id, title=draft.form.title, state=state)
        output.out("  ~ " + sentence.text(language))
    unknown = [key for judgement in judgements for key in judgement.unknown]
    if unknown:
        output.tell(Sentence("edit_unknown", keys=unknown).text(language))


def command(name: str) -> Any:
    """`pmcli save`."""
    language = current().language
    return leaf(
        name,
        Sentence("help_save").text(language),
        run_save,
        [
            TyperArgument(
                param_decls=["what"], type=str, required=False, nargs=-1, metavar="[PATH|ID]..."
            ),
            option("--by", Sentence("help_by").text(language), "NAME"),
            option("--note", Sentence("help_edit_note").text(language), "TEXT"),
            format_option(language, FORMATS),
        ],
    )


def run_save(
    what: Sequence[str] | None, by: str | None, note: str | None, format: str | None
) -> int:
    """Commit what was changed by hand; exit 1 when something had to be left."""
    shown = check_format(format, FORMATS)
    store = current().store
    only = None
    if what:
        changed = changed_paths(store)
        only = {path for text in what for path in _meant(text, changed, store)}
    saved = save(store, only, note, store.act(by, None))
    if shown == "json":
        _save_json(saved)
    else:
        _print_saved(saved)
    return int(ExitCode.FINDINGS if saved.left else ExitCode.DONE)


def _meant(text: str, changed: list[str], store: Store) -> list[str]:
    """The changed paths that a path, a folder or a part of a number means; raises NotFound."""
    for base in (Path.cwd(), store.root):
        path = Path(os.path.normpath(base / text))
        if path.is_relative_to(store.root):
            named = path.relative_to(store.root).as_posix()
            below = [p for p in changed if p == named or p.startswith(f"{named}/") or named == "."]
            if below or path.exists():
                return below
    stems = {Path(path).stem: path for path in changed if path.endswith(".md")}
    found = matching(text, stems)
    if len(found) > 1:
        raise NotFound(Sentence("ambiguous", part=text, count=len(found), candidates=found[:12]))
    return [stems[found[0]]] if found else [any_record(text).path]


def _print_saved(saved: Saved) -> None:
    language = current().language
    if not (saved.judgements or saved.files or saved.left):
        output.out(Sentence("save_nothing").text(language))
        return
    _print_edits(saved.judgements, saved.drafts)
    for path in saved.files:
        output.out(Sentence("save_file", path=path).text(language))
    if saved.left:
        output.out(Sentence("save_left", count=len(saved.left)).text(language))
        for fault in saved.left:
            output.out("  " + fault.text(language))


def _save_json(saved: Saved) -> None:
    language = current().language
    changed = {judgement.original.id: list(judgement.changed) for judgement in saved.judgements}
    output.out_json(
        {
            "commit": saved.commit or None,
            "records": [{**_entry(d), "changed": changed.get(d.id, [])} for d in saved.drafts],
            "files": saved.files,
            "left": [
                {"file": f.file, "line": f.line or None, "message": f.sentence.text(language)}
                for f in saved.left
            ],
        }
    )

"""save: what was changed outside pmcli, checked and committed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pmcli.cli.line import output
from pmcli.cli.line.corrections import entry_of, listed, print_corrections, told_outdated, turned
from pmcli.cli.line.options import Argument, by_option, check_format, format_option, leaf, option
from pmcli.cli.line.records import any_record
from pmcli.cli.line.report import fault_json, said, tell_all, told
from pmcli.cli.line.session import current
from pmcli.messages import Sentence
from pmcli.problems import ExitCode, NotFound
from pmcli.record.numbers import matching
from pmcli.store.save import Save, Saved, changed_paths
from pmcli.store.unit_of_work import Store

FORMATS = ("table", "json")


def command(name: str) -> Any:
    """`pmcli save`."""
    language = current().language
    return leaf(
        name,
        Sentence("help_save").text(language),
        run_save,
        [
            Argument("what", "[PATH|ID]...", required=False, many=True),
            by_option(language),
            option("--reason", Sentence("help_edit_reason").text(language), "TEXT"),
            option("--note", Sentence("help_edit_note").text(language), "TEXT"),
            format_option(language, FORMATS),
        ],
    )


def run_save(
    what: Sequence[str] | None,
    by: str | None,
    reason: str | None,
    note: str | None,
    format: str | None,
) -> int:
    """Commit what was changed by hand; exit 1 when something had to be left."""
    shown = check_format(format, FORMATS)
    store = current().store
    only: frozenset[str] | None = None
    if what:
        changed = changed_paths(store)
        only = frozenset(path for text in what for path in _meant(text, changed, store))
    written = store.apply(Save(store, only, reason, note), store.act(by, None))
    saved = written.outcome
    if shown == "json":
        _save_json(saved, written.commit)
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
    if not (saved.corrections or saved.others or saved.left):
        output.out(Sentence("save_nothing").text(language))
        return
    print_corrections(saved)
    tell_all([*saved.warnings, *told_outdated(saved)])
    for path in saved.others:
        output.out(told(Sentence("save_file", path=path)))
    if saved.left:
        output.out(Sentence("save_left", count=len(saved.left)).text(language))
        for fault in saved.left:
            output.out("  " + told(fault))


def _save_json(saved: Saved, commit: str) -> None:
    changed = {one.original.id: list(one.changed) for one in saved.corrections}
    output.out_json(
        {
            "commit": commit or None,
            "records": [{**entry_of(d), "changed": changed.get(d.id, [])} for d in saved.drafts],
            "files": [said(path) for path in saved.others],
            "outdated": listed(saved.outdated),
            "turned": turned(saved),
            "left": [fault_json(f) for f in saved.left],
        }
    )

"""history ID: everything that happened to a record, each step with the commit that proves it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pmcli.cli.line import output
from pmcli.cli.line.options import check_format, flag, format_option, id_argument, leaf
from pmcli.cli.line.records import any_record
from pmcli.cli.line.session import current
from pmcli.cli.showing.page import proved_history
from pmcli.disclosure.as_json import event_json
from pmcli.disclosure.border import Disclosure, Reader
from pmcli.disclosure.view import Told
from pmcli.messages import Sentence
from pmcli.record.event import Event
from pmcli.record.proof import altered
from pmcli.store.unit_of_work import Store
from pmcli.workflow.change import EVENT


def command(name: str) -> Any:
    """Build the command."""
    language = current().language
    return leaf(
        name,
        Sentence("help_history").text(language),
        run,
        [
            id_argument(),
            flag("--reveal", Sentence("help_reveal_text").text(language)),
            format_option(language, ("table", "json")),
        ],
    )


def run(id: str, reveal: bool, format: str | None) -> int:
    """Print a record's history with commits."""
    shown = check_format(format, ("table", "json"))
    store, language = current().store, current().language
    record = any_record(id)
    view = Disclosure(Reader.DESK, store.present(), store.records, reveal).view(record)
    commits = proofs(store, record.path, record.id, record.history)
    rows: list[tuple[Told, str | None]] = list(zip(view.history, commits, strict=True))
    if shown == "json":
        told = [event_json(one, commit=commit) for one, commit in rows]
        output.out_json({"id": view.id, "form": view.form.name, "history": told})
        return 0
    output.out(f"{view.form.title.text(language)}  {view.id}")
    output.out(proved_history(view, rows, language))
    if store.git.changed([record.path]):
        output.tell(Sentence("history_uncommitted").text(language))
    bare = [event for (event, _), commit in rows if event.name and commit is None]
    if bare and not store.git.changed([record.path]):
        output.tell(Sentence("history_unproved", count=len(bare)).text(language))
    return 0


def proofs(store: Store, path: str, number: str, events: Sequence[Event]) -> list[str | None]:
    """For each event of a record the commit that proves it, if any.

    A commit names its events; a row that has been changed since answers to no name. What the first
    release wrote is found by the second in which it was typed.
    """
    text = (store.root / path).read_bytes().decode("utf-8", "replace")
    false = {row["event"] for row in altered(text, number, path)}
    named = {
        name: commit.name
        for commit in store.git.commits_on(path)
        for line in commit.trailers(EVENT)
        for name in line.split()
    }
    unnamed = store.git.commits_of(path)
    found: list[str | None] = []
    for event in events:
        commit: str | None = None
        if event.name:
            commit = named.get(event.name) if event.name not in false else None
        else:
            typed = event.typed_at or event.at
            same = [c for c in unnamed if typed is not None and c.at == int(typed.timestamp())]
            if same:
                commit = same[0].name
                unnamed.remove(same[0])
        found.append(commit)
    return found

"""history ID: everything that happened to a record, each step with the commit that proves it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pmcli.cli.line import output
from pmcli.cli.line.events import as_json, events_with_changes, remarks, step_label
from pmcli.cli.line.options import check_format, format_option, id_argument, leaf
from pmcli.cli.line.records import any_record
from pmcli.cli.line.session import current
from pmcli.messages import Sentence
from pmcli.record.event import Event, FieldChange
from pmcli.record.model import Record
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
        [id_argument(), format_option(language, ("table", "json"))],
    )


def run(id: str, format: str | None) -> int:
    """Print a record's history with commits."""
    shown = check_format(format, ("table", "json"))
    store, language = current().store, current().language
    record = any_record(id)
    rows = proved(store, record)
    if shown == "json":
        told = [{**as_json(e, c), "commit": commit} for e, c, commit in rows]
        output.out_json({"id": record.id, "form": record.form.name, "history": told})
        return 0
    heads = [
        Sentence(f"history_{n}").text(language)
        for n in ("at", "by", "command", "to", "commit", "note")
    ]
    table = [_cells(record, e, c, commit, language) for e, c, commit in rows]
    output.out(f"{record.form.title.text(language)}  {record.id}")
    output.out(output.table(heads, table, output.width(), wrap_last=True))
    if store.git.changed([record.path]):
        output.tell(Sentence("history_uncommitted").text(language))
    bare = [event for event, _, commit in rows if event.name and commit is None]
    if bare and not store.git.changed([record.path]):
        output.tell(Sentence("history_unproved", count=len(bare)).text(language))
    return 0


Proved = tuple[Event, Mapping[str, FieldChange], str | None]


def proved(store: Store, record: Record) -> list[Proved]:
    """The events of a record, each with its changes and the commit that proves it, if any.

    A commit names its events; a row that has been changed since answers to no name. What the first
    release wrote is found by the second in which it was typed.
    """
    path = store.root / record.path
    text = path.read_bytes().decode("utf-8", "replace")
    false = {row["event"] for row in altered(text, record.id, record.path)}
    named = {
        name: commit.name
        for commit in store.git.commits_on(record.path)
        for line in commit.trailers(EVENT)
        for name in line.split()
    }
    unnamed = store.git.commits_of(record.path)
    found: list[Proved] = []
    for event, changes in events_with_changes(record):
        commit: str | None = None
        if event.name:
            commit = named.get(event.name) if event.name not in false else None
        else:
            typed = event.typed_at or event.at
            same = [c for c in unnamed if typed is not None and c.at == int(typed.timestamp())]
            if same:
                commit = same[0].name
                unnamed.remove(same[0])
        found.append((event, changes, commit))
    return found


def _cells(
    record: Record,
    event: Event,
    changes: Mapping[str, FieldChange],
    commit: str | None,
    language: str,
) -> list[str]:
    when = f"{event.at:%Y-%m-%d %H:%M}" if event.at else ""
    if event.typed_at:
        when += Sentence("typed_later", typed=f"{event.typed_at:%m-%d %H:%M}").text(language)
    state = record.form.states.get(event.to_state or "")
    return [
        when,
        event.by,
        step_label(record, event, language),
        state.label.text(language) if state else "",
        commit[:8] if commit else "",
        remarks(record, event, changes, language),
    ]

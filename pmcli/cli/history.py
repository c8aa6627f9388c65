"""history ID: everything that happened to a record, each step with the commit that proves it."""

from __future__ import annotations

from typing import Any

from pmcli.cli import output
from pmcli.cli.options import check_format, format_option, id_argument, leaf
from pmcli.cli.session import current
from pmcli.cli.showing import step_label
from pmcli.form.units import normalise
from pmcli.messages import Label, Sentence
from pmcli.problems import NotFound
from pmcli.record.model import Record


def command(name: str) -> Any:
    """Build the command."""
    language = current().language
    return leaf(
        name,
        Sentence("help_history").text(language),
        run,
        [id_argument(), format_option(language, ("table", "json"))],
    )


def any_record(part: str) -> Record:
    """The record of any form that a part of a number means; raises NotFound."""
    store = current().store
    names = tuple(n for n in store.library.names if store.library.load(n)[0] is not None)
    number = normalise(part)
    if number is None or store.records.by_id(number) is None:
        try:
            number = store.records.resolve(part, names)
        except NotFound as problem:
            # The record may be one of a form that cannot be read.
            faults = [f for n in store.library.names for f in store.library.load(n)[1]]
            raise NotFound(*problem.sentences, *faults) from None
    record = store.records.by_id(number)
    if record is None:
        raise NotFound(Sentence("no_record", part=part, forms=Sentence("any_record")))
    return record


def run(id: str, format: str | None) -> int:
    """Print a record's history with commits."""
    shown = check_format(format, ("table", "json"))
    store, language = current().store, current().language
    record = any_record(id)
    commits = store.git.commits_of(record.path)
    rows = []
    for row in record.history:
        typed = row.get("typed_at") or row.get("at")
        found = [c for c in commits if typed is not None and c.at == int(typed.timestamp())]
        rows.append((row, found[0] if found else None))
        if found:
            commits.remove(found[0])
    if shown == "json":
        output.out_json(
            {
                "id": record.id,
                "form": record.form.name,
                "history": [{**row, "commit": c.name if c else None} for row, c in rows],
            }
        )
        return 0
    heads = [
        Sentence(f"history_{n}").text(language)
        for n in ("at", "by", "command", "to", "note", "commit")
    ]
    table = [_cells(record, row, commit, language) for row, commit in rows]
    output.out(f"{record.form.title.text(language)}  {record.id}")
    output.out(output.table(heads, table, output.width()))
    if store.git.changed([record.path]):
        output.tell(Sentence("history_uncommitted").text(language))
    return 0


def _cells(record: Record, row: dict[str, Any], commit: Any, language: str) -> list[str]:
    at, typed = row.get("at"), row.get("typed_at")
    when = f"{at:%Y-%m-%d %H:%M}" if at else ""
    if typed:
        when += Sentence("typed_later", typed=f"{typed:%m-%d %H:%M}").text(language)
    state = record.form.states.get(str(row.get("to", "")))
    notes = [str(row[n]) for n in ("reason", "note") if row.get(n)]
    return [
        when,
        str(row.get("by", "")),
        step_label(record, str(row.get("command", "")), language),
        state.label.text(language) if state else "",
        Label("；", "; ").text(language).join(notes),
        commit.name[:8] if commit else "",
    ]

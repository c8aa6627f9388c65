"""undo: a step taken back by a commit of its own."""

from __future__ import annotations

from typing import Any

from pmcli.cli.line import output
from pmcli.cli.line.options import (
    by_option,
    check_format,
    format_option,
    id_argument,
    leaf,
    option,
)
from pmcli.cli.line.records import any_record
from pmcli.cli.line.session import current
from pmcli.disclosure.as_json import head_json
from pmcli.messages import Label, Sentence
from pmcli.problems import NotFound, Usage, Want
from pmcli.record.numbers import day_of
from pmcli.store.records import record_path
from pmcli.store.undo import Undo, Undone
from pmcli.store.unit_of_work import Written
from pmcli.workflow.act import Act
from pmcli.workflow.conditions import next_steps

FORMATS = ("table", "json")


def command(name: str) -> Any:
    """`pmcli undo [ID] --reason TEXT`."""
    language = current().language
    return leaf(
        name,
        Sentence("help_undo").text(language),
        run,
        [
            id_argument(required=False),
            option("--reason", Sentence("help_undo_reason").text(language), "TEXT"),
            by_option(language),
            format_option(language, FORMATS),
        ],
    )


def run(id: str | None, reason: str | None, by: str | None, format: str | None) -> int:
    """Take back the newest step, of one record or of the actor."""
    shown = check_format(format, FORMATS)
    store = current().store
    given = " ".join((reason or "").split())
    if not given:
        raise Usage.of(Want.MISSING, Sentence("missing_input", field=_REASON), "reason")
    act = store.act(by, None)
    path = _path(id) if id else None
    return _report(store.apply(Undo(store, path, given), act), shown, act)


_REASON = Label("--reason 原因", "--reason Reason")


def _path(part: str) -> str:
    """Where the record stands; one that was taken back is still known by its whole number."""
    try:
        return any_record(part).path
    except NotFound:
        store, number = current().store, part.strip().upper()
        day = day_of(number)
        for form in store.records.form_of(number) if day is not None else ():
            assert day is not None
            path = record_path(form, number, day)
            if store.git.commits_of(path):
                return path
        raise


def _report(written: Written[Undone], shown: str, act: Act) -> int:
    language = current().language
    undone, restored = written.outcome, written.paths
    if shown == "json":
        records = [
            head_json(
                draft.form.name,
                draft.id,
                draft.values["state"] if draft.id in restored else None,
                restored.get(draft.id),
            )
            | {"removed": draft.id not in restored}
            for draft in undone.drafts
        ]
        head = {key: records[0][key] for key in ("id", "form", "state", "path")}
        output.out_json(
            {
                **head,
                "commit": written.commit,
                "undone": {"command": undone.step, "commit": undone.commit},
                "records": records,
            }
        )
        return 0
    for draft in undone.drafts:
        if draft.id in restored:
            state = draft.form.states[draft.values["state"]].label
            sentence = Sentence("written", id=draft.id, title=draft.form.title, state=state)
        else:
            sentence = Sentence("undo_removed", id=draft.id, title=draft.form.title)
        mark = "  ~ " if draft.id in restored else "  - "
        mark = "" if draft is undone.drafts[0] else mark
        output.out(mark + sentence.text(language))
    step = Label(f"{undone.step} {undone.label.zh}".rstrip(), undone.step)
    output.tell(Sentence("undo_done", step=step).text(language))
    main = undone.drafts[0]
    if main.id in restored and main.record.open:
        steps = next_steps(main.record, act, current().store.records)
        listed = output.steps_text(steps, language)
        output.tell(Sentence("next_steps", steps=listed).text(language))
    return 0

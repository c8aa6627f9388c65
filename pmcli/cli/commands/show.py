"""`pmcli <form> show ID`: one record as a page for the terminal, or as JSON."""

from __future__ import annotations

from typing import Any

from pmcli.cli.line import output
from pmcli.cli.line.options import (
    CommandSpec,
    check_format,
    flag,
    format_option,
    id_argument,
    leaf,
)
from pmcli.cli.line.records import find
from pmcli.cli.line.session import current
from pmcli.cli.showing.page import Deadline, Standing, page
from pmcli.disclosure.as_json import history_json, record_json
from pmcli.disclosure.border import Disclosure, Reader
from pmcli.disclosure.view import View
from pmcli.form.model import Form
from pmcli.messages import Sentence
from pmcli.workflow.clocks import running
from pmcli.workflow.conditions import next_steps
from pmcli.workflow.judging import missing_fields


def show_command(form: Form, language: str) -> CommandSpec:
    """`pmcli <form> show ID`."""

    def run(id: str, reveal: bool, format: str | None) -> int:
        shown = check_format(format, ("table", "json"))
        store = current().store
        record, act = find(form, id), store.present()
        view = Disclosure(Reader.DESK, act, store.records, reveal).view(record)
        deadlines = [
            Deadline(due.clock.name, due.clock.label, due.at, due.overdue(act.at))
            for due in running(record, act, store.records)
        ]
        steps = next_steps(record, act, store.records)
        standing = Standing(missing_fields(record), deadlines, steps)
        if shown == "json":
            output.out_json(_json(view, standing))
        else:
            output.out("\n".join(page(view, standing, current().language)))
        return 0

    return leaf(
        "show",
        Sentence("help_show").text(language),
        run,
        [
            id_argument(),
            flag("--reveal", Sentence("help_reveal_text").text(language)),
            format_option(language, ("table", "json")),
        ],
    )


def _json(view: View, standing: Standing) -> dict[str, Any]:
    return record_json(
        view,
        history=history_json(view),
        unknown=dict(view.extra),
        incomplete=list(standing.missing),
        clocks=[{"clock": d.name, "due": d.at, "overdue": d.overdue} for d in standing.deadlines],
        next=[{"command": s.command, "roles": list(s.roles)} for s in standing.steps],
    )

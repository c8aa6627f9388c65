"""`pmcli <form> show ID`: one record as a page for the terminal, or as JSON."""

from __future__ import annotations

from typer.core import TyperCommand

from pmcli.cli.line import output
from pmcli.cli.line.events import as_json, events_with_changes, remarks, step_label
from pmcli.cli.line.options import check_format, format_option, id_argument, leaf
from pmcli.cli.line.records import find
from pmcli.cli.line.session import current
from pmcli.form.model import CORE_FIELDS, Form
from pmcli.form.values import display
from pmcli.messages import Label, Sentence
from pmcli.record.model import Record
from pmcli.workflow.clocks import running
from pmcli.workflow.conditions import next_steps
from pmcli.workflow.judging import missing_fields


def show_command(form: Form, language: str) -> TyperCommand:
    """`pmcli <form> show ID`."""

    def run(id: str, format: str | None) -> int:
        shown = check_format(format, ("table", "json"))
        record = find(form, id)
        if shown == "json":
            _show_json(record)
        else:
            output.out("\n".join(page(record, current().language)))
        return 0

    return leaf(
        "show",
        Sentence("help_show").text(language),
        run,
        [id_argument(), format_option(language, ("table", "json"))],
    )


def _show_json(record: Record) -> None:
    store = current().store
    act = store.present()
    output.out_json(
        {
            **record.values,
            "history": [as_json(e, c) for e, c in events_with_changes(record)],
            "unknown": dict(record.extra),
            "incomplete": list(missing_fields(record)),
            "clocks": [
                {"clock": d.clock.name, "due": d.at, "overdue": d.overdue(act.at)}
                for d in running(record, act, store.records)
            ],
            "next": [
                {"command": s.command, "roles": list(s.roles)}
                for s in next_steps(record, act, store.records)
            ],
            "path": record.path,
        }
    )


def page(record: Record, language: str) -> list[str]:
    """A record as a page for the terminal: fields, text, clocks, steps, history."""
    form, store = record.form, current().store
    act = store.present()
    columns = output.width() or 80
    title = f"{form.title.text(language)}  {record.id}  {record.state_label.text(language)}"
    lines = [title, "─" * min(columns, 60)]
    shown = [n for n in (*list(CORE_FIELDS)[3:], *form.fields) if record.get(n) is not None]
    labels = {n: form.label_of(n).text(language) for n in shown}
    from wcwidth import wcswidth

    gap = min(max((wcswidth(text) for text in labels.values()), default=0), 24)
    for name in shown:
        spec = form.fields.get(name)
        value = record.get(name)
        if spec is not None and spec.kind.rows:
            lines.append(labels[name] + Label("：", ":").text(language))
            heads = [c.label.text(language) for c in spec.columns.values()]
            rows = [
                [display(row.get(c.name), c, language) for c in spec.columns.values()]
                for row in value
            ]
            lines += ["  " + text for text in output.table(heads, rows, columns - 2).split("\n")]
            continue
        text = display(value, spec, language)
        wrapped = output.wrap(text, max(columns - gap - 2, 20))
        lines.append(f"{output.pad(labels[name], gap)}  {wrapped[0]}")
        lines += [" " * (gap + 2) + more for more in wrapped[1:]]
    if form.body_field is None and record.body.strip():
        lines += ["", *output.wrap(record.body.strip(), columns)]
    if missing := missing_fields(record):
        names = [form.label_of(n) for n in missing]
        lines += ["", Sentence("incomplete", fields=names).text(language)]
    for due in running(record, act, store.records):
        key = "clock_overdue" if due.overdue(act.at) else "clock_runs"
        sentence = Sentence(key, clock=due.clock.label, due=f"{due.at:%Y-%m-%d %H:%M}")
        lines.append(sentence.text(language))
    steps = next_steps(record, act, store.records)
    if record.open and steps:
        lines.append(
            Sentence("next_steps", steps=output.steps_text(steps, language)).text(language)
        )
    return [*lines, "", *history_lines(record, language)]


def history_lines(record: Record, language: str) -> list[str]:
    """The record's history as a table."""
    form = record.form
    heads = [Sentence(f"history_{n}").text(language) for n in ("at", "by", "command", "to", "note")]
    rows = []
    for event, changes in events_with_changes(record):
        state = form.states.get(event.to_state or "")
        rows.append([
            f"{event.at:%Y-%m-%d %H:%M}" if event.at else "",
            event.by,
            step_label(record, event, language),
            state.label.text(language) if state else "",
            remarks(record, event, changes, language),
        ])  # fmt: skip
    return output.table(heads, rows, output.width(), wrap_last=True).split("\n")

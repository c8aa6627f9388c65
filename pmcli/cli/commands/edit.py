"""`<form> edit ID`: a value corrected on the command line, or with a person at the terminal."""

from __future__ import annotations

from typing import Any

from pmcli.cli.guided.prompt import LeftOff, somebody_there
from pmcli.cli.line import output
from pmcli.cli.line.corrections import entry_of, listed, print_corrections, told_outdated, turned
from pmcli.cli.line.fields import field_option, given_of
from pmcli.cli.line.options import (
    acting_options,
    check_format,
    flag,
    id_argument,
    leaf,
    option,
)
from pmcli.cli.line.records import find
from pmcli.cli.line.report import tell_all
from pmcli.cli.line.session import current
from pmcli.disclosure.as_json import head_json
from pmcli.form.model import Form
from pmcli.messages import Label, Sentence
from pmcli.problems import Unmet, Usage, Want
from pmcli.record.model import Record
from pmcli.store.traces import forget
from pmcli.store.unit_of_work import Store, Written
from pmcli.workflow.act import Act
from pmcli.workflow.change import Command
from pmcli.workflow.conditions import check_time, next_steps
from pmcli.workflow.correcting import Edit, editable
from pmcli.workflow.edits import Corrected, check_editable, unchangeable
from pmcli.workflow.inputs import input_hint

FORMATS = ("table", "json")
OWN = frozenset({"file", "linked"})
"""Switches of `edit`; a field of such a name is corrected with --file."""


def edit_command(form: Form, language: str) -> Any:
    """`pmcli <form> edit ID --field value …`."""

    def run(
        id: str,
        reason: str | None,
        note: str | None,
        linked: bool,
        file: bool,
        by: str | None,
        at: str | None,
        format: str | None,
        **parameters: Any,
    ) -> int:
        shown = check_format(format, FORMATS)
        store = current().store
        act = store.act(by, at)
        given = given_of(fields, parameters)
        if file and given:
            raise Usage.of(Want.ONLY_ONE, Sentence("edit_file_or_fields"), "file")
        record = find(form, id)
        _check_editable(record, act, store)
        check_time(record, act)
        written: Written[Corrected] | None
        if file:
            from pmcli.cli.guided.editor import edit_text

            written = edit_text(record, reason, note, act, store)
        else:
            edit = Edit(form, record.id, given, reason, note, linked)
            try:
                command = _agreed(edit, record, act, store, shown)
            except LeftOff as left:
                output.tell(Sentence("nothing_written").text(current().language))
                return int(left.problem.code)
            act = store.act(by, at)
            written = store.apply(command, act) if command is not None else None
        if written is None or not written.commit:
            return _unchanged(record, shown)
        forget(store.git.folder / "pmcli", (), [draft.id for draft in written.outcome.drafts])
        return _report(written, shown, act, store)

    fields = [form.fields[name] for name in _names(form)]
    return leaf(
        "edit",
        Sentence("help_edit").text(language),
        run,
        [
            id_argument(),
            *(field_option(spec, False, language) for spec in fields),
            option("--reason", Sentence("help_edit_reason").text(language), "TEXT"),
            option("--note", Sentence("help_edit_note").text(language), "TEXT"),
            flag("--linked", Sentence("help_edit_linked").text(language)),
            flag("--file", Sentence("help_edit_file").text(language)),
            *acting_options(language),
        ],
    )


def _check_editable(record: Record, act: Act, store: Store) -> None:
    """Raise Usage for a form that is never edited, saying what may be done instead."""
    try:
        check_editable(record, act, store.records)
    except Usage as problem:
        steps = output.steps_text(next_steps(record, act, store.records), current().language)
        raise problem.noted(Sentence("next_steps", steps=steps)) from None


def _names(form: Form) -> list[str]:
    """The fields that `edit` takes as options."""
    blank = Record(form, {"id": "", "state": next(iter(form.states), "")})
    return [name for name in editable(blank) if name not in OWN]


def _agreed(
    command: Edit, record: Record, act: Act, store: Store, shown: str
) -> Command[Corrected] | None:
    """The correction as a person at the terminal agrees to it, None for nothing to be changed.

    Without a person as it was given; raises Usage where nothing was.
    """
    if somebody_there() and shown != "json":
        from pmcli.cli.guided.correction import Dialogue
        from pmcli.cli.guided.question import Room

        return Dialogue(command, record, Room(store, act, current().language)).run()
    if not command.given:
        raise Usage(_wants_a_field(record, act, store))
    return command


def _wants_a_field(record: Record, act: Act, store: Store) -> Unmet:
    names = tuple(
        name
        for name in _names(record.form)
        if record.get(name) is not None and unchangeable(name, record, act, store.records) is None
    )
    hints = [input_hint(record.form, name) for name in names]
    options = Label("、".join(h.zh for h in hints), ", ".join(h.en for h in hints))
    sentence = Sentence("edit_wants_field", id=record.id, options=options)
    return Unmet(Want.ONE_OF, sentence, record.form.name, alternatives=names)


def _unchanged(record: Record, shown: str) -> int:
    if shown == "json":
        head = head_json(record.form.name, record.id, record.state, record.path)
        output.out_json({**head, "commit": None, "changed": []})
    output.tell(Sentence("edit_unchanged", id=record.id).text(current().language))
    return 0


def _report(written: Written[Corrected], shown: str, act: Act, store: Store) -> int:
    language = current().language
    change = written.outcome
    first = change.corrections[0]
    if shown == "json":
        entries = [entry_of(draft) for draft in change.drafts]
        head = {**entries[0], "commit": written.commit, "changed": list(first.changed)}
        alike = listed(change.alike)
        more = {"outdated": listed(change.outdated), "turned": turned(change)}
        output.out_json({**head, "records": entries, "linked": alike, **more})
        return 0
    print_corrections(change)
    record = change.drafts[0].record
    for other, names in change.alike:
        labels: list[object] = [other.form.label_of(name) for name in names]
        sentence = Sentence("edit_alike", id=other.id, title=other.form.title, fields=labels)
        output.tell(sentence.text(language))
    tell_all([*change.warnings, *told_outdated(change)])
    steps = next_steps(record, act, store.records)
    if record.open and steps and not record.form.archive:
        told = output.steps_text(steps, language)
        output.tell(Sentence("next_steps", steps=told).text(language))
    return 0

"""What to do where a person has not said it: a new record, or which record and which step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pmcli.cli.guided import offers, prompt
from pmcli.cli.guided.choosing import Candidate, Several, listing, numbered
from pmcli.cli.line.session import current
from pmcli.form.model import Form
from pmcli.messages import Label, Sentence
from pmcli.problems import NotFound, Problem
from pmcli.workflow.conditions import next_steps

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

_FEW = 8
"""So many of the most urgent records are listed."""


def what_to_do(form: Form, language: str) -> list[str]:
    """Ask what to do with a form; returns the words that follow `pmcli <form>`."""
    step = form.new.label
    new = Candidate("new", (step.zh, step.en), "", f"{step.text(language)} new")
    records = _open_records(form, sorted(form.open_states), language)
    key: Key = "ask_on_file_count" if form.archive else "ask_open_count"
    prompt.tell(Sentence(key, form=form.title, count=len(records)))
    label = Sentence("ask_new_or_record").text(language)
    chosen = _one_of(form, label, [new, *records], 1 + _FEW) if records else new.value
    return ["new"] if chosen == new.value else _step_of(form, chosen, language)


def which_record(form: Form, command: str, language: str) -> str:
    """Ask for the record of a step, among those in a state it can be taken from.

    Raises NotFound when there is none.
    """
    variants = form.transitions[command]
    records = _open_records(form, [s for v in variants for s in v.from_], language)
    if not records:
        raise NotFound(Sentence("ask_none_open", form=form.title, step=variants[0].label))
    label = Sentence("ask_record", form=form.title).text(language)
    return _one_of(form, label, records, _FEW)


def which_template(form: Form, language: str) -> str:
    """Ask for the text template of a new record, or for a text written freely."""
    library, plan = current().library, form.templates
    assert plan is not None
    found, faults = library.all_templates(form)
    free = Label(*(Sentence("ask_free_text").text(lang) for lang in ("zh", "en")))
    labels = {plan.free: free} if plan.free else {}
    labels |= {template.key: template.label for template in found}
    offered = [
        Candidate(key, (label.zh, label.en), "", f"{label.text(language)} {key}")
        for key, label in labels.items()
    ]
    if faults:
        prompt.tell_wrong([Sentence("templates_faults", count=len(faults)), *faults])
    asked = form.fields[plan.by].label.text(language)
    return _one_of(form, asked, offered, len(offered), records=False)


def _open_records(form: Form, states: Sequence[str], language: str) -> list[Candidate]:
    return offers.of_form(current().store, form, states, language)


def _step_of(form: Form, number: str, language: str) -> list[str]:
    """Ask for a step that is legal for a record and the person acting."""
    from pmcli.cli.line.records import find

    store = current().store
    record = find(form, number)
    steps = next_steps(record, store.present(), store.records)
    offered = [
        Candidate(s.command, (s.label.zh, s.label.en), "", f"{s.label.text(language)} {s.command}")
        for s in steps
        if not s.roles
    ]
    if steps and not offered:
        from pmcli.cli.line.output import steps_text

        prompt.tell(Sentence("next_steps", steps=steps_text(steps, language)))
    looks: dict[str, Key] = {"show": "ask_look", "print": "ask_print"}
    for command, key in looks.items():
        said = Sentence(key).text(language)
        offered.append(Candidate(command, (said,), "", f"{said} {command}"))
    label = Sentence("ask_what_next", record=record.id, state=record.state_label).text(language)
    return [_one_of(form, label, offered, len(offered), records=False), record.id]


def _one_of(
    form: Form, label: str, candidates: Sequence[Candidate], shown: int, records: bool = True
) -> str:
    """The value chosen: by its place among those shown, by completion, or by part of a number."""
    from pmcli.cli.line.records import find

    listed = list(candidates[:shown])
    hint = "\n" + "\n".join(listing(listed, prompt.columns())) + "\n"
    completer = offers.completer(candidates) if records else None
    typed = ""
    while True:
        text = prompt.ask(label, hint, typed if records else "", completer).strip()
        typed = text
        if not text:
            continue
        try:
            place = text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= len(listed)
            found = numbered(text, listed if place else candidates)
            if found is None and records:
                return find(form, text).id
            if found is not None:
                prompt.tell_answer(label, found.shown)
                return found.value
            prompt.tell_wrong([Sentence("ask_not_listed", value=text[:40])])
        except Several as several:
            prompt.tell_wrong([several.sentence])
        except Problem as problem:
            prompt.tell_wrong(problem.sentences)

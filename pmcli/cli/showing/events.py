"""What happened to a record, in the words that `show` and `history` use."""

from __future__ import annotations

from collections.abc import Mapping

from pmcli.disclosure.view import View
from pmcli.form.values import display
from pmcli.messages import Label, Sentence
from pmcli.record.event import CALLED, UNTOLD, Event, FieldChange, Kind


def step_label(view: View, event: Event, language: str) -> str:
    """An event as people call it."""
    if event.is_step:
        variants = view.form.transitions.get(event.command)
        return variants[0].label.text(language) if variants else event.command
    return Sentence(CALLED[event.kind]).text(language)


def state_after(view: View, event: Event, language: str) -> str:
    """The state to which an event led, empty where it led to none."""
    state = view.form.states.get(event.to_state or "")
    return state.label.text(language) if state else ""


def remarks(view: View, event: Event, changes: Mapping[str, FieldChange], language: str) -> str:
    """Reason, note, what it follows from and, of a correction, fields with old and new value."""
    parts = [text for text in (event.reason, event.note) if text]
    if event.cause and (
        event.kind in (Kind.LINK, Kind.EDIT) or (event.is_step and not event.begins)
    ):
        parts.append(event.cause)
    if event.kind is Kind.EDIT:
        parts += [_change(view, name, changes[name], language) for name in changes]
    return Label("；", "; ").text(language).join(parts)


def _change(view: View, name: str, change: FieldChange, language: str) -> str:
    form = view.form
    label = form.label_of(name)
    spec = form.fields.get(name)
    if change.old is UNTOLD:
        return Sentence("history_changed", field=label).text(language)
    empty = Sentence("history_empty").text(language)
    old, new = (
        display(value, spec, language) if value is not None else empty
        for value in (change.old, change.new)
    )
    return Sentence("history_changed_from", field=label, old=old, new=new).text(language)

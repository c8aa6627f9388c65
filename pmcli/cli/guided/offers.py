"""What may be named in an answer, completed as it is typed: staff, units, records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pmcli.cli.guided.choosing import Candidate, fitting
from pmcli.disclosure.border import Disclosure, Reader
from pmcli.form.model import ROLES, FieldSpec, Form
from pmcli.form.units import spelt_so_far
from pmcli.form.values import display
from pmcli.messages import listed
from pmcli.query import Line
from pmcli.record.model import Record
from pmcli.store.unit_of_work import Store

if TYPE_CHECKING:
    from prompt_toolkit.completion import Completer

_MOST = 40
_NOTE_LENGTH = 44
_TELLING = ("text", "person", "longtext", "unit", "choice", "staff")
"""Types of fields by which a record is known to people."""


def staff(store: Store, language: str) -> list[Candidate]:
    """The office's staff with their roles."""
    return [
        Candidate(name, (), listed([ROLES.get(role, role) for role in roles], language))
        for name, roles in store.office.staff.roles.items()
    ]


def units(store: Store) -> list[Candidate]:
    """The units on file, each known by its digits and by the people filed under it too."""
    people: dict[str, list[str]] = {}
    for name in store.library.names:
        form = store.library.load(name)[0]
        if form is not None and form.archive and form.prefix is not None:
            for record in store.records.of_form(name):
                if record.open:
                    for number in _units_of(record):
                        people.setdefault(number, []).extend(_people_of(record))
    found = []
    for number in store.records.numbers(store.library.unnumbered):
        known = people.get(number, [])
        hidden = [person[0] + "**" for person in known]
        words = (number.replace("-", ""), *known)
        found.append(Candidate(number, words, " ".join(dict.fromkeys(hidden))))
    return found


def _units_of(record: Record) -> Iterable[str]:
    names = (n for n, spec in record.form.fields.items() if spec.type == "unit" and not spec.many)
    return (str(record.get(name)) for name in names if record.get(name) is not None)


def _people_of(record: Record) -> Iterable[str]:
    names = (n for n, spec in record.form.fields.items() if spec.type == "person" and not spec.many)
    return (str(record.get(name)) for name in names if record.get(name) is not None)


def records(store: Store, forms: Sequence[str], language: str) -> list[Candidate]:
    """The records of some forms, open ones and the latest first."""
    found = [
        record for name in forms if name in store.library for record in store.records.of_form(name)
    ]
    found.sort(key=lambda r: str(r.get("created_at") or ""), reverse=True)
    found.sort(key=lambda r: not r.open)
    border = _border(store)
    return [of_record(record, border, language) for record in found]


def of_lines(store: Store, lines: Iterable[Line], language: str) -> list[Candidate]:
    """The records of a list, in its order."""
    border = _border(store)
    return [of_record(line.record, border, language, line.overdue) for line in lines]


def _border(store: Store) -> Disclosure:
    return Disclosure(Reader.LIST, store.present(), store.records)


def of_record(
    record: Record, border: Disclosure, language: str, overdue: bool = False
) -> Candidate:
    """A record as it may be chosen: by its number, its words and its people."""
    from pmcli.messages import Sentence

    specs = [s for s in record.form.fields.values() if s.type in _TELLING and not s.many]
    filled = [(spec, record.get(spec.name)) for spec in specs if record.get(spec.name) is not None]
    words = [display(value, spec, "zh")[:60] for spec, value in filled]
    telling = sorted(filled, key=lambda pair: _telling(pair[0]))
    shown = [record.state_label.text(language)]
    if overdue:
        shown.append(Sentence("column_overdue").text(language))
    view = border.view(record)
    shown += [_note(view.text(spec.name, language)) for spec, _ in telling[:3]]
    from pmcli.cli.line.output import shorten

    return Candidate(record.id, tuple(words), shorten(" ".join(shown), _NOTE_LENGTH))


def _telling(spec: FieldSpec) -> int:
    """Where a record is and what it is about come first, the persons last."""
    return {"unit": 0, "longtext": 1, "text": 2}.get(spec.type, 3) + (4 if spec.private else 0)


def _note(text: str) -> str:
    return " ".join(text.split())[:24]


def completer(candidates: Sequence[Candidate], spelt: bool = False) -> Completer:
    """Offer the candidates that fit what has been typed; `spelt` for numbers of units."""
    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document

    class Fitting(Completer):
        def get_completions(self, document: Document, event: CompleteEvent) -> Iterable[Completion]:
            typed = re.split("[、，,]", document.text_before_cursor)[-1].lstrip()
            found = fitting(typed, candidates)
            if spelt and not found:
                found = fitting(spelt_so_far(typed), candidates)
            for candidate in found[:_MOST]:
                yield Completion(
                    candidate.value,
                    start_position=-len(typed),
                    display=candidate.value,
                    display_meta=candidate.note or None,
                )

    return Fitting()


def of_form(store: Store, form: Form, states: Sequence[str], language: str) -> list[Candidate]:
    """The records of a form in some states, overdue and soonest due first."""
    from pmcli.query import Query, select

    act = store.present()
    everything = store.records.of_form(form.name)
    lines = select(form, everything, Query(states=tuple(states)), act, store.records)
    return of_lines(store, lines, language)

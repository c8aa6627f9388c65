"""What may be named in an answer, completed as it is typed: staff, units, records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from pmcli.cli.guided.choosing import Candidate, fitting
from pmcli.disclosure.border import Disclosure, Reader
from pmcli.form.field import FieldSpec
from pmcli.form.model import Form
from pmcli.form.types import FieldType, Offers, Secret
from pmcli.form.units import spelt_so_far
from pmcli.form.values import display
from pmcli.messages import listed
from pmcli.record.model import Record
from pmcli.record.query import Query
from pmcli.store.unit_of_work import Store
from pmcli.trade import ROLES

if TYPE_CHECKING:
    from prompt_toolkit.completion import Completer

_MOST = 40
_NOTE_LENGTH = 44


def staff(store: Store, language: str) -> list[Candidate]:
    """The office's staff with their roles."""
    return [
        Candidate(name, (), listed([ROLES.get(role, role) for role in roles], language))
        for name, roles in store.office.staff.roles.items()
    ]


def units(store: Store) -> list[Candidate]:
    """The units on file, each known by its digits and by the people filed under it too."""
    people: dict[str, list[str]] = {}
    for record in store.records.find(Query(archive=True, open=True)):
        for number in _filed_under(record):
            people.setdefault(number, []).extend(_people_of(record))
    found = []
    for number in store.records.numbers(forms=store.library.unnumbered):
        known = people.get(number, [])
        hidden = [person[0] + "**" for person in known]
        words = (number.replace("-", ""), *known)
        found.append(Candidate(number, words, " ".join(dict.fromkeys(hidden))))
    return found


def _filed_under(record: Record) -> Iterable[str]:
    """The homes under which a person is filed; none for what carries a number of its own."""
    if record.form.prefix is None:
        return ()
    return _held(record, lambda kind: kind.offers is Offers.UNITS)


def _people_of(record: Record) -> Iterable[str]:
    return _held(record, lambda kind: kind.secret is Secret.NAME)


def _held(record: Record, wanted: Callable[[FieldType], bool]) -> Iterable[str]:
    """What the fields of some types hold, lists apart."""
    specs = (s for s in record.form.fields.values() if wanted(s.kind) and not s.many)
    return (str(record.get(s.name)) for s in specs if record.get(s.name) is not None)


def records(store: Store, forms: Sequence[str], language: str) -> list[Candidate]:
    """The records of some forms, open ones and the latest first."""
    known = tuple(name for name in forms if name in store.library)
    every = Query(forms=known, sort=("final", "-created_at"))
    border = _border(store)
    return [of_record(record, border, language) for record in store.records.find(every)]


def _border(store: Store) -> Disclosure:
    return Disclosure(Reader.LIST, store.present(), store.records)


def of_record(
    record: Record, border: Disclosure, language: str, overdue: bool = False
) -> Candidate:
    """A record as it may be chosen: by its number, its words and its people."""
    from pmcli.messages import Sentence

    specs = [s for s in record.form.fields.values() if s.kind.telling is not None and not s.many]
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
    return (spec.kind.telling or 0) + (4 if spec.private else 0)


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
    from pmcli.workflow.judging import PRESSING

    act = store.present()
    query = Query(forms=(form.name,), states=tuple(states), sort=PRESSING)
    found = store.records.lines(query, act)
    border = _border(store)
    return [of_record(line.record, border, language, line.overdue) for line in found]

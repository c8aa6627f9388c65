"""The record that a number on the command line means."""

from __future__ import annotations

from pmcli.cli.line.session import current
from pmcli.form.model import Form
from pmcli.form.units import normalise
from pmcli.messages import Sentence
from pmcli.problems import NotFound
from pmcli.record.model import Record
from pmcli.workflow import engine


def find(form: Form, part: str) -> Record:
    """The record that a part of a number means; raises NotFound or Unreadable."""
    return engine.find(form, part, current().store.records)


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

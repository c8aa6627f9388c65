"""What is left of a person whose file is emptied."""

from __future__ import annotations

from pmcli.messages import Sentence
from pmcli.record.masking import secrets_of
from pmcli.record.model import Record
from pmcli.record.query import Query
from pmcli.workflow.repository import Repository

NAMED = 8
"""So many records are named at most."""


def still_named(record: Record, lookup: Repository) -> list[Sentence]:
    """A reminder of the other records that hold a name or number which is about to be erased.

    Once it is on no file any more, nothing knows it in their free text, and nothing masks it there.
    """
    secrets = secrets_of([record])
    found: dict[str, None] = {}
    for words in sorted(secrets.names | secrets.numbers):
        holding = lookup.find(Query(text=words, reveal=True))
        found |= dict.fromkeys(other.id for other in holding)
    found.pop(record.id, None)
    numbers = list(found)
    if not numbers:
        return []
    return [Sentence("erase_left", count=len(numbers), numbers=numbers[:NAMED])]

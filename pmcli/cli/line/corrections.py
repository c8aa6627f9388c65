"""What a correction came to, in words and as scripts read it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pmcli.cli.line import output
from pmcli.cli.line.session import current
from pmcli.disclosure.as_json import head_json
from pmcli.messages import Sentence
from pmcli.record.model import Record
from pmcli.workflow.draft import Draft
from pmcli.workflow.edits import Corrected

if TYPE_CHECKING:
    from pmcli.messages.keys import Key


def entry_of(draft: Draft) -> dict[str, Any]:
    """A corrected record as scripts read it."""
    assert draft.original is not None
    return head_json(draft.form.name, draft.id, draft.values["state"], draft.original.path)


def listed(left: Iterable[tuple[Record, tuple[str, ...]]]) -> list[dict[str, Any]]:
    """Records that were left as they are, with the fields concerned, as scripts read them."""
    return [
        {"id": record.id, "form": record.form.name, "fields": list(names)} for record, names in left
    ]


def turned(change: Corrected) -> list[dict[str, Any]]:
    """Records that a correction makes wanted or unwanted, as scripts read them."""
    return [
        {
            "form": each.form.name,
            "step": each.step.command,
            "id": each.left.id if each.left is not None else None,
            "wanted": each.left is None,
        }
        for each in change.turned
    ]


def told_outdated(change: Corrected) -> list[Sentence]:
    """What has to be put right by hand, for a correction does not reach it."""
    found = []
    for each in change.turned:
        title, label = each.form.title, each.step.label
        if each.left is not None:
            found.append(Sentence("edit_left_over", id=each.left.id, form=title))
        else:
            found.append(Sentence("edit_wanted", step=label, form=title))
    for other, names in change.outdated:
        labels: list[object] = [other.form.label_of(name) for name in names]
        found.append(Sentence("edit_outdated", id=other.id, title=other.form.title, fields=labels))
    return found


def print_corrections(change: Corrected) -> None:
    """What was committed: each record with the fields that changed, then those that follow."""
    language = current().language
    for correction in change.corrections:
        record = correction.original
        names = (*correction.changed, *correction.worked_out)
        labels: list[object] = [record.form.label_of(name) for name in names]
        key: Key = "edit_done" if labels else "edit_done_text"
        sentence = Sentence(key, id=record.id, title=record.form.title, fields=labels)
        output.out(sentence.text(language))
    edited = {correction.original.id for correction in change.corrections}
    for draft in (draft for draft in change.drafts if draft.id not in edited):
        state = draft.form.states[draft.values["state"]].label
        sentence = Sentence("written", id=draft.id, title=draft.form.title, state=state)
        output.out("  ~ " + sentence.text(language))
    unknown = [key for correction in change.corrections for key in correction.unknown]
    if unknown:
        output.tell(Sentence("edit_unknown", keys=unknown).text(language))

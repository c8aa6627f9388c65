"""Lists of links that follow other records, as the owners of a home follow the files of people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pmcli.form.expressions import evaluate
from pmcli.form.field import FieldSpec, Follows
from pmcli.workflow.act import Act
from pmcli.workflow.draft import Draft, Work
from pmcli.workflow.scope import Scope


def follow(work: Work, act: Act) -> Iterator[tuple[Draft, str]]:
    """Bring every following list in line with the drafts.

    Yields each older record that changed by it, with the number of the record it followed.
    """
    for draft in list(work.touched):
        for form in work.library.referring(draft.form.name):
            for spec in form.fields.values():
                if spec.follows is not None and spec.follows.form == draft.form.name:
                    yield from _follow(draft, form.name, spec, spec.follows, work, act)


def _follow(
    draft: Draft, form: str, spec: FieldSpec, follows: Follows, work: Work, act: Act
) -> Iterator[tuple[Draft, str]]:
    old = draft.original.get(follows.by) if draft.original else None
    new = draft.values.get(follows.by)
    member = follows.when is None or bool(
        evaluate(follows.when, Scope(draft.form, draft.values, act, work))
    )
    for number in dict.fromkeys([*_listed(old), *_listed(new)]):
        present = work.by_id(number)
        if present is None or present.form.name != form:
            continue
        listed = list(present.get(spec.name) or [])
        belongs = member and number in _listed(new)
        if belongs == (draft.id in listed):
            continue
        target = work.open(number)
        if target is None:
            continue
        wanted = [*listed, draft.id] if belongs else [n for n in listed if n != draft.id]
        told = target.told
        target.put(spec.name, wanted)
        if target.original is not None and not told:
            yield target, draft.id


def _listed(value: Any) -> list[str]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]

"""undo: the newest step taken back by a commit of its own.

Every record that the step wrote gets the values it had before; its history keeps the step and gains
an event that says who took it back and why. A record that the step made leaves the working tree: no
list, deadline or condition sees it again, git keeps it whole, and a small file in its place keeps
its history and its number, which may have been spoken aloud and is never given a second time.

The values before come from the events. Those that events do not tell (private ones, and all that
the first release wrote) are read from the commit before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from pmcli.dataclass import dataclass
from pmcli.form.expressions import render
from pmcli.form.model import Form, Transition
from pmcli.messages import Label, Sentence, Speakable
from pmcli.problems import NotFound, Refusal, Refused, Unmet, Unreadable, Want
from pmcli.record.event import COMMANDS, UNTOLD, Event, Kind
from pmcli.record.model import Record
from pmcli.record.parsing import BadRecord
from pmcli.record.replay import stamps_of, standing_events
from pmcli.store.git import Change as GitChange
from pmcli.store.git import Told
from pmcli.store.records import FOLDER
from pmcli.store.unit_of_work import Store
from pmcli.trade import CORRECTS
from pmcli.workflow import edits
from pmcli.workflow.act import Act
from pmcli.workflow.change import Change
from pmcli.workflow.conditions import distinct, kept_apart, next_steps, people
from pmcli.workflow.draft import Draft
from pmcli.workflow.repository import Lookup
from pmcli.workflow.scope import Scope

LABEL = Label("撤回", "undo")
UNDOES = "Undoes"
"""The line of a commit's message that names the commit it takes back."""


@dataclass(frozen=True)
class _Written:
    """A record that the step wrote: before (None: the step made it), after it and as it is now.

    Where later steps were taken back, `now` has their events and otherwise the values of `after`.
    """

    before: Record | None
    after: Record
    now: Record
    change: GitChange
    later: Unmet | None = None
    """What has happened to it since and was not taken back."""

    @property
    def events(self) -> Sequence[Event]:
        """What the step's commit told of the record, its own event first."""
        return self.after.history[len(self.before.history) if self.before else 0 :]


def _stands(say: Speakable) -> Unmet:
    """That something has happened, or was such, that it is not taken back."""
    return Unmet(Want.FIXED, say)


def _refused(say: Speakable) -> Refused:
    return Refused(Refusal("", "", LABEL, (_stands(say),)))


@dataclass
class Undone(Change):
    """What was taken back: the step's commit and command; the step's own record comes first."""

    commit: str = ""
    step: str = ""
    label: Label = field(default_factory=lambda: Label("", ""))


@dataclass(frozen=True)
class Undo:
    """Take back the newest step on the record at `path`, else the actor's newest one."""

    store: Store
    path: str | None
    reason: str

    def plan(self, act: Act, lookup: Lookup) -> Undone:
        """Raises NotFound when there is nothing to take back, Refused when something is against."""
        store, path = self.store, self.path
        commit = _standing(store, path) if path is not None else _own_newest(store, act)
        if commit is None:
            raise NotFound(Sentence("undo_nothing", actor=act.actor))
        _refuse_other(store, commit)
        written = _written(store, commit)
        main = _main(commit, written)
        if path is not None:
            _refuse_unless(lookup, act, main, list(_not_its_own(path, written, main)))
        against = _against(store, commit, written, main, act, self.reason)
        _refuse_unless(lookup, act, main, list(against))
        step = main.events[0].command if main.events else ""
        label = _label(main.now.form, step)
        drafts = [
            _put_back(one, self.reason, main, act)
            for one in sorted(written, key=lambda one: one is not main)
        ]
        subject = f"{main.now.form.name} {main.now.id}: undo {LABEL.zh} ← {step} {label.zh}"
        return Undone(
            drafts,
            subject.rstrip(),
            trailers=(f"{UNDOES}: {commit.name}",),
            commit=commit.name,
            step=step,
            label=label,
        )


def _standing(store: Store, path: str) -> Told | None:
    """The newest commit on a file that neither was taken back nor takes another one back.

    Raises Refused for a record that is gone, which is not brought back.
    """
    undone: set[str] = set()
    for commit in store.git.commits_on(path):
        undone.update(commit.trailers(UNDOES))
        if undone and not (store.root / path).exists():
            number = path.rpartition("/")[2].removesuffix(".md")
            sentence = Sentence("undo_twice_new", id=number)
            raise _refused(sentence)
        if commit.name not in undone and not commit.trailers(UNDOES):
            return commit
    return None


def _own_newest(store: Store, act: Act) -> Told | None:
    """The actor's newest step.

    Raises Refused when that was to take one back, and when the newest change of records is no
    commit of pmcli's: it may hold a step that a hook or a colleague has committed, and nothing
    older is taken back in its place.
    """
    for commit in store.git.commits_on(FOLDER):
        if not commit.steps:
            sentence = Sentence("undo_unclear", commit=commit.name[:8], subject=commit.subject)
            raise _refused(sentence)
        if commit.by != act.actor:
            continue
        if commit.trailers(UNDOES):
            number = next(iter(commit.trailers("Record")), "")
            raise _refused(Sentence("undo_twice", id=number))
        return commit
    return None


def _refuse_other(store: Store, commit: Told) -> None:
    """Raise Refused for a commit that is no step of pmcli's, or not one of records alone."""
    steps = [step.partition(" ")[2] for step in commit.steps]
    changes = store.git.changes_of(commit.name)
    if (
        len(commit.parents) > 1
        or not changes
        or not {*steps} - {COMMANDS[Kind.LINK], COMMANDS[Kind.MEND]}
    ):
        sentence = Sentence("undo_not_a_step", commit=commit.name[:8], subject=commit.subject)
        raise _refused(sentence)
    other = [c.path for c in changes if not _is_record(c.path) or c.after is None]
    if other:
        sentence = Sentence("undo_other_files", commit=commit.name[:8], files=other)
        raise _refused(sentence)


def _written(store: Store, commit: Told) -> list[_Written]:
    """The records that a step's commit wrote; raises Unreadable."""
    changes = store.git.changes_of(commit.name)
    head = store.git.blobs(change.path for change in changes)
    wanted = {b for c in changes for b in (c.before, c.after, head.get(c.path)) if b is not None}
    blobs = store.git.contents(wanted)
    found = []
    for change in changes:
        form = store.library.get(change.path.split("/")[1])
        before, after, now = (
            _read(store, change.path, blobs[blob], form) if blob is not None else None
            for blob in (change.before, change.after, head.get(change.path))
        )
        assert after is not None
        later = None
        if head.get(change.path) != change.after:
            later = _later(store, after, now, change.path, commit)
        found.append(_Written(before, after, now or after, change, later))
    return found


def _read(store: Store, path: str, data: bytes, form: Form) -> Record:
    try:
        return store.records.parse(path, data, form)
    except BadRecord as bad:
        raise Unreadable(bad.fault) from None


def _later(
    store: Store, after: Record, now: Record | None, path: str, commit: Told
) -> Unmet | None:
    """What has happened to a record since a commit; None when all of it was taken back."""
    if now is None:
        return _stands(Sentence("undo_changed_since", id=after.id))
    step = _standing(store, path)
    if step is not None and step.name == commit.name:
        grown = list(now.history[: len(after.history)]) == list(after.history)
        same = (dict(now.values), dict(now.extra)) == (dict(after.values), dict(after.extra))
        return None if grown and same else _stands(Sentence("undo_changed_since", id=after.id))
    if step is None or not step.steps:
        return _stands(Sentence("undo_changed_since", id=after.id))
    name, _, command = step.steps[0].partition(" ")
    label = _label(store.library.get(name), command) if name in store.library else Label("", "")
    words = Label(f"{command} {label.zh}".rstrip(), command)
    return _stands(Sentence("undo_later_step", id=after.id, step=words))


def _is_record(path: str) -> bool:
    return path.startswith(f"{FOLDER}/") and path.endswith(".md") and path.count("/") == 4


def _main(commit: Told, written: list[_Written]) -> _Written:
    """The record that the step was taken on."""
    named = commit.trailers("Record")[:1]
    return next((one for one in written if one.now.id in named), written[0])


def _not_its_own(path: str, written: list[_Written], main: _Written) -> Iterator[Unmet]:
    """That a record's newest step was taken on another one, or on many at once."""
    named = next(one.now for one in written if one.change.path == path)
    made = [one for one in written if one.events and one.events[0].kind is Kind.IMPORT]
    if len(made) > 1:
        yield _stands(Sentence("undo_import", id=named.id, count=len(made)))
    elif named.id != main.now.id:
        step = main.events[0].command if main.events else ""
        yield _stands(Sentence("undo_of_other", id=named.id, main=main.now.id, step=step))


def _label(form: Form, step: str) -> Label:
    variants = form.transitions.get(step)
    if variants:
        return variants[0].label
    return edits.LABEL if step == "edit" else Label("", "")


def _refuse_unless(lookup: Lookup, act: Act, main: _Written, unmet: list[Unmet]) -> None:
    if unmet:
        record = lookup.by_id(main.now.id) or main.now
        steps = next_steps(record, act, lookup)
        raise Refused(Refusal(record.id, record.state, record.state_label, tuple(unmet), steps))


def _against(
    store: Store, commit: Told, written: list[_Written], main: _Written, act: Act, reason: str
) -> Iterator[Unmet]:
    """Everything that stands against taking a step back."""
    later = [one.later for one in written if one.later is not None]
    if later:
        yield from later
        return
    for one in written:
        yield from _lasting(store, one, act)
    yield from _linked(store, written)
    yield from distinct(_by_whom(store, commit, written, main, act, reason))


def _by_whom(
    store: Store, commit: Told, written: list[_Written], main: _Written, act: Act, reason: str
) -> Iterator[Unmet]:
    """What keeps this actor from taking it back: as whoever may do it may undo it.

    A correction those who may make it; a step also supervisors. Who must not correct a record, or
    must not take a step, undoes none either.
    """
    form, scope = main.now.form, _scope(store, main, act)
    steps = list(_steps(commit, main))
    apart = kept_apart(form.edit.not_by, form, scope, act)
    for step in steps:
        apart += kept_apart(step.not_by, form, scope, act)
    unmet = [people(step, form, scope, act) for step in steps]
    if apart:
        yield from apart
    elif unmet and all(unmet) and not act.staff.holds(act.actor, CORRECTS):
        yield from unmet[0]
    for one in written:
        for event in one.events:
            if event.kind is Kind.EDIT and event.cause is None:
                fields = one.now.form.fields
                given = [n for n in event.changes if n in fields and not fields[n].auto]
                yield from edits.may_correct(one.now, given, act, store.records, reason)


def _lasting(store: Store, one: _Written, act: Act) -> Iterator[Unmet]:
    """What a form says is never taken back."""
    form = one.now.form
    if form.no_edit is not None:
        yield _stands(render(form.no_edit, Scope(form, one.now.values, act, store.records)))
        return
    for event in one.events:
        steps = form.transitions.get(event.command, ())
        if any(step.erases_private for step in steps):
            yield _stands(Sentence("undo_erased", id=one.now.id))
    for spec in form.fields.values():
        held = one.before.get(spec.name) if one.before is not None else None
        if spec.append_only and one.after.get(spec.name) != held:
            yield _stands(Sentence("edit_append_only", field=spec.label))


def _linked(store: Store, written: list[_Written]) -> Iterator[Unmet]:
    """Records outside the step that name one it made."""
    made = {one.now.id for one in written if one.before is None}
    if not made:
        return
    own = {one.now.id for one in written}
    naming: dict[tuple[str, str], set[str]] = {}
    for number in made:
        for link in store.records.links(number):
            if link.number not in own:
                naming.setdefault((link.form, link.number), set()).add(number)
    forms = store.library.names
    for form, number in sorted(naming, key=lambda one: (forms.index(one[0]), one[1])):
        title, named = store.library.get(form).title, sorted(naming[form, number])
        yield _stands(Sentence("undo_linked", id=number, title=title, made=named))


def _steps(commit: Told, main: _Written) -> Iterable[Transition]:
    """The rows of the form that the commit may have taken; those who may take one may undo it."""
    form = main.now.form
    if main.before is None:
        return form.transitions["new"]
    commands = [step.partition(" ")[2] for step in commit.steps[:1]]
    return [
        step
        for command in commands
        for step in form.transitions.get(command, ())
        if main.before.state in step.from_
    ]


def _scope(store: Store, one: _Written, act: Act) -> Scope:
    record = one.before or one.now
    return Scope(record.form, record.values, act, store.records)


def _put_back(one: _Written, reason: str, main: _Written, act: Act) -> Draft:
    """The record as it was, with today's history and an event for the undoing."""
    note = None if one is main else main.now.id
    draft = Draft(one.now.form, dict(one.now.values), one.now)
    if one.before is None:
        draft.gone = True
    else:
        _put_values(draft, one, one.before)
    cause = next((event.name for event in one.events if event.name), None)
    draft.append(
        Kind.UNDO, act, was_in=one.now.state, reason=reason, note=note, cause=cause
    )  # fmt: skip
    return draft


def _put_values(draft: Draft, one: _Written, before: Record) -> None:
    """Give a draft the values before the step: by its events where they tell them."""
    for event in reversed(one.events):
        for name, change in event.changes.items():
            old = before.get(name) if change.old is UNTOLD else change.old
            if draft.form.value_type(name) is None:
                draft.put_own(name, before.extra.get(name) if change.old is UNTOLD else old)
            else:
                draft.put(name, old)
        if event.from_state is not None:
            draft.put("state", event.from_state)
    left = standing_events(before.history)
    gone = stamps_of(one.events)
    stamps = stamps_of(left)
    for name in gone:
        draft.put(name, stamps.get(name))
    if any(not event.name for event in one.events):
        for name in {*draft.values, *before.values}:
            draft.put(name, before.get(name))

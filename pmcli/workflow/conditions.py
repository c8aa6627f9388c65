"""May this step be taken: state, role, needed inputs, guards; and what may be done instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pmcli.form.expressions import evaluate, names_in, render
from pmcli.form.language import LETS
from pmcli.form.model import Form, Guard, Need, Transition
from pmcli.messages import Label, Sentence, Speakable
from pmcli.problems import NextStep, Refusal, Refused, Unmet, Unreadable, Usage, Want
from pmcli.record.event import last_time
from pmcli.record.model import Record, RecordView
from pmcli.record.replay import standing_events
from pmcli.trade import ROLES
from pmcli.workflow.act import Act
from pmcli.workflow.clocks import running
from pmcli.workflow.inputs import input_hint
from pmcli.workflow.repository import Lookup
from pmcli.workflow.scope import HELD, Scope

UNMET = 0


def next_steps(record: Record, act: Act, lookup: Lookup, but: str = "") -> tuple[NextStep, ...]:
    """The steps legal from a record's state for the actor's role, else those of other roles.

    `but` is the step just refused: the actor is sent back to it only where there is no other one.
    What pmcli takes by itself is asked of nobody else. A clock that has run out may put its own
    step first.
    """
    legal: dict[str, Transition] = {}
    for step in record.form.legal_from(record.state):
        open_to_people = step.roles != ("system",) and step.command not in legal
        if open_to_people and not certainly_refused(step, record, act, lookup):
            legal[step.command] = step
    held = {
        s.command for s in legal.values() if any(act.staff.holds(act.actor, r) for r in s.roles)
    }
    own = [s for s in legal.values() if s.command in held and s.command != but]
    if own:
        urgent = [d.clock.overdue_first for d in running(record, act, lookup) if d.overdue(act.at)]
        own.sort(key=lambda s: s.command not in urgent)
        return tuple(NextStep(s.command, s.label) for s in own)
    others = [s for s in legal.values() if s.command not in held and "system" not in s.roles]
    if others or not but:
        return tuple(NextStep(s.command, s.label, s.roles) for s in others)
    return tuple(NextStep(s.command, s.label) for s in legal.values() if s.command in held)


def certainly_refused(step: Transition, record: Record, act: Act, lookup: Lookup) -> bool:
    """Whether a guard that speaks of nothing still to be given keeps the step from being taken."""
    if not step.guards:
        return False
    values = dict(record.values.items())
    scope = Scope(record.form, values, act, lookup, before=RecordView(record))
    inputs = frozenset(step.inputs) | {"reason", "note", "given"}
    guards = [
        guard
        for guard in step.guards
        if not guard.only_warns and not guard_names(guard, record.form) & inputs
    ]
    try:
        return bool(unmet_guards(guards, scope, record.form, step)[UNMET])
    except Unreadable:
        return False  # a formula that fails is told when the step is taken


def knowable(guards: Iterable[Guard], form: Form, unknown: Iterable[str]) -> list[Guard]:
    """The guards that speak of none of some fields that are not known."""
    missing = frozenset(unknown)
    return [guard for guard in guards if not guard_names(guard, form) & missing]


def guard_names(guard: Guard, form: Form) -> frozenset[str]:
    """The names that a guard's conditions use, by way of the form's named formulas too."""
    names: frozenset[str] = frozenset()
    for formula in (guard.when, guard.holds, guard.none):
        if formula is not None:
            names |= names_in(formula.source, form.lets)
    return names


def refuse(
    record: Record,
    act: Act,
    lookup: Lookup,
    unmet: Iterable[Unmet],
    but: str,
    see: Iterable[str] = (),
    notes: Iterable[Speakable] = (),
) -> Refused:
    """A refusal with the record's state, the unmet conditions and the legal next steps."""
    steps, state = next_steps(record, act, lookup, but), record.state_label
    return Refused(
        Refusal(record.id, record.state, state, tuple(unmet), steps, tuple(see), tuple(notes))
    )


def wrong_state(record: Record, command: str) -> Unmet:
    """Why a command cannot be taken from the record's state."""
    variants = record.form.transitions[command]
    states = [s for step in variants for s in step.from_]
    labels = [record.form.states[s].label for s in dict.fromkeys(states)]
    sentence = Sentence(
        "wrong_state",
        command=Label(f"{variants[0].label.zh} {command}", f"{command}"),
        states=Label("、".join(x.zh for x in labels), ", ".join(x.en for x in labels)),
    )
    return Unmet(Want.STATE, sentence, record.form.name)


def still_due(record: Record, act: Act, lookup: Lookup) -> list[Sentence]:
    """What the record waits for first, when it has a deadline in days to come."""
    due = next((d for d in running(record, act, lookup) if d.at.date() > act.today), None)
    if due is None:
        return []
    return [Sentence("still_due", clock=due.clock.label, due=due.at.date())]


def people(step: Transition, form: Form, scope: Mapping[str, Any], act: Act) -> list[Unmet]:
    """What keeps this actor from this step: role, named persons, persons kept apart.

    Until the office has named its staff one person may act for everybody.
    """
    unmet: list[Unmet] = []
    if step.roles != ("system",) and not any(act.staff.holds(act.actor, r) for r in step.roles):
        lacks = Sentence("role_lacks", actor=act.actor, roles=act.staff.label(step.roles))
        unmet.append(Unmet(Want.ROLE, lacks, form.name))
    if not act.staff.named:
        return unmet
    if step.by:
        named = _persons((n for n in step.by if n not in ROLES), scope)
        in_role = any(n in ROLES and act.staff.holds(act.actor, n) for n in step.by)
        if act.actor not in named and not in_role:
            only = Sentence("only_these", who=_names(step.by, form, scope), actor=act.actor)
            unmet.append(Unmet(Want.PERSON, only, form.name))
    return unmet + kept_apart(step.not_by, form, scope, act)


def kept_apart(names: Iterable[str], form: Form, scope: Mapping[str, Any], act: Act) -> list[Unmet]:
    """That the actor is one of some persons, or holds one of some roles, kept from doing this."""
    unmet: list[Unmet] = []
    for name in names if act.staff.named else ():
        if name in ROLES:
            if name in act.staff.roles.get(act.actor, ()):
                said = Sentence("not_this_role", role=ROLES[name], actor=act.actor)
                unmet.append(Unmet(Want.PERSON, said, form.name))
        elif act.actor in _persons([name], scope):
            who = _label(name, form, scope, "本单的")
            said = Sentence("not_this_person", who=who, actor=act.actor)
            unmet.append(Unmet(Want.PERSON, said, form.name))
    return unmet


def _label(name: str, form: Form, scope: Mapping[str, Any], own: str = "") -> Label:
    """The label of a field after `own`, or of `link.field` with the linked record's number."""
    link, dot, field = name.partition(".")
    if not dot:
        label = form.label_of(name)
        return Label(own + label.zh, label.en)
    other = _linked(link, scope)
    inner = other.form.label_of(field) if other is not None else Label(field, field)
    number = scope.get(link)
    return Label(f" {number} 的{inner.zh}", f"{inner.en} of {number}")


def _linked(link: str, scope: Mapping[str, Any]) -> Record | None:
    record: Record | None = scope["record"](scope.get(link)).record
    return record


def _persons(names: Iterable[str], scope: Mapping[str, Any]) -> set[str]:
    found: set[str] = set()
    for name in names:
        link, dot, field = name.partition(".")
        if dot:
            other = _linked(link, scope)
            value = other.get(field) if other is not None else None
        else:
            value = scope.get(name)
        found.update(value if isinstance(value, list) else [value] if value else [])
    return found


def _names(names: Iterable[str], form: Form, scope: Mapping[str, Any]) -> Label:
    zh, en = [], []
    for name in names:
        label = ROLES[name] if name in ROLES else _label(name, form, scope)
        held = "、".join(sorted(_persons([name], scope)))
        zh.append(f"{label.zh}{' ' + held if held else ''}")
        en.append(f"{label.en}{' ' + held if held else ''}")
    return Label("、".join(zh), ", ".join(en))


def may_retry(unmet: Iterable[Unmet], inputs: Mapping[str, Any]) -> bool:
    """Whether all that stands against a step is what was typed for it, to be typed otherwise."""
    typed = {name for name, value in inputs.items() if value is not None}
    return all(set(one.fields) & typed for one in unmet)


def unmet_guards(
    guards: Iterable[Guard], scope: Scope, form: Form, step: Transition
) -> tuple[list[Unmet], list[str]]:
    """The guards that do not hold, and the commands they point at.

    Each names the inputs of the step that it speaks of; where there are none, nothing that is given
    can help.
    """
    unmet: list[Unmet] = []
    see: list[str] = []

    def add(guard: Guard, inner: Scope) -> None:
        names = guard_names(guard, form)
        place = f"{form.name}.{step.command}.{[*step.guards, *step.tells].index(guard) + 1}"
        fields = tuple(name for name in step.inputs if name in names)
        said = render(guard.say, inner)
        unmet.append(Unmet(Want.GUARD, said, form.name, fields, guard=place))
        if guard.see is not None:
            see.append(render(guard.see, inner).en)

    for guard in guards:
        if guard.when is not None and not evaluate(guard.when, scope):
            continue
        if guard.none is not None:
            for item in evaluate(guard.none, scope) or ():
                add(guard, scope | {"it": item})
        elif guard.holds is None or not evaluate(guard.holds, scope):
            add(guard, scope)
    return unmet, see


def split_guards(
    step: Transition, scope: Mapping[str, Any]
) -> tuple[list[Guard], list[Guard], list[Guard]]:
    """Guards that can be judged before the inputs are complete, those after, and mere warnings.

    A guard waits when it speaks of an input of this step that is not filled yet.
    """
    unfilled = {name for name in step.inputs if scope.get(name) is None}
    early: list[Guard] = []
    late: list[Guard] = []
    for guard in step.guards:
        if guard.only_warns:
            continue
        names: set[str] = set()
        for formula in (guard.when, guard.holds, guard.none):
            if formula is not None:
                names |= names_in(formula.source, scope.get(LETS) or {})
        (late if names & unfilled else early).append(guard)
    return early, late, [guard for guard in step.guards if guard.only_warns]


def check_needs(
    step: Transition,
    form: Form,
    given: Mapping[str, Any],
    scope: Mapping[str, Any],
    complete: bool = True,
) -> None:
    """Raise Usage naming every input that is missing, always or in this case.

    Where the record need not be `complete`, only what is given and does not fit is told.
    """
    missing: list[Unmet] = [
        Unmet(
            Want.MISSING,
            Sentence("missing_input", field=input_hint(form, name)),
            form.name,
            (name,),
        )
        for name in step.asks
        if given.get(name) is None
    ]
    if step.some and not any(given.get(name) is not None for name in step.may) and not missing:
        said = Sentence("give_something")
        missing.append(Unmet(Want.ONE_OF, said, form.name, alternatives=step.may))
    for need in step.needs:
        if need.when is None or evaluate(need.when, scope):
            missing += _unmet_need(need, step, form, scope)
    if not complete:
        missing = [one for one in missing if one.kind in (Want.WRONG, Want.ONLY_ONE)]
    if missing:
        raise Usage(*missing)


def lacking(need: Need, form: Form, scope: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The unfilled fields by which a need is not met; empty when a filled one is at fault.

    None when the need is met or does not apply.
    """
    if need.when is not None and not evaluate(need.when, scope):
        return None
    if need.order:
        return None if _follows(need, scope) else ()
    if need.holds is not None:
        if evaluate(need.holds, scope):
            return None
        used = names_in(need.holds.source, form.lets)
        names = [name for name in form.fields if name in used]
        return tuple(name for name in names if scope.get(name) is None)
    names = [name for name in (*need.give, *need.any_of, *need.one_of) if name in form.fields]
    unfilled = tuple(name for name in names if scope.get(name) is None)
    filled = len(names) - len(unfilled)
    if need.give:
        return unfilled or None
    if need.one_of and filled > 1:
        return ()
    return unfilled if not filled else None


def plain_needs(step: Transition, form: Form) -> list[Need]:
    """The needs of a step that speak of nothing but the record's own fields."""
    return [
        need
        for need in step.needs
        if all(
            formula is None or names_in(formula.source, form.lets) <= form.fields.keys()
            for formula in (need.when, need.holds)
        )
    ]


def _follows(need: Need, scope: Mapping[str, Any]) -> bool:
    """Whether the two times of a need follow one another; a text is issued today or on its day."""
    from pmcli.workflow.texts import in_order

    held = {"issue_on": scope.get("today"), **_filled(scope[HELD])}
    earlier, later = need.order
    return in_order(held.get(earlier), held.get(later))


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _unmet_need(need: Need, step: Transition, form: Form, scope: Mapping[str, Any]) -> list[Unmet]:
    why = render(need.say, scope) if need.say is not None else None
    if need.order or need.holds is not None:
        lacks = lacking(need, form, scope)
        if lacks is None or why is None:
            return []
        askable = tuple(name for name in lacks if name in step.inputs)
        if askable:
            return [Unmet(Want.MISSING, why, form.name, askable[:1], why=why)]
        named = tuple(name for name in step.inputs if name in _spoken_of(need, form))
        if need.order:  # either of the two may be the one at fault
            return [Unmet(Want.WRONG, why, form.name, alternatives=named, why=why)]
        return [Unmet(Want.WRONG, why, form.name, named, why=why)]
    if need.give:
        return [
            Unmet(
                Want.MISSING,
                Sentence("missing_because", field=input_hint(form, name), why=why)
                if why
                else Sentence("missing_input", field=input_hint(form, name)),
                form.name,
                (name,),
                why=why,
            )
            for name in need.give
            if scope.get(name) is None
        ]
    names = need.any_of or need.one_of
    filled = [name for name in names if scope.get(name) is not None]
    options = Label(
        " 或 ".join(input_hint(form, n).zh for n in names),
        " or ".join(input_hint(form, n).en for n in names),
    )
    if not filled:
        said = Sentence("give_one", options=options)
        return [Unmet(Want.ONE_OF, said, form.name, alternatives=names)]
    if need.one_of and len(filled) > 1:
        said = Sentence("give_only_one", options=options)
        return [Unmet(Want.ONLY_ONE, said, form.name, tuple(filled), names)]
    return []


def _spoken_of(need: Need, form: Form) -> frozenset[str]:
    """The names of which a need's formula, or its order of times, speaks."""
    if need.holds is None:
        return frozenset(need.order)
    return names_in(need.holds.source, form.lets)


def usage_of_other(number: str, unmet: Iterable[Unmet]) -> Usage:
    """A usage error of another record than the command names, each sentence with its number."""
    first, *more = (replace(one, say=Sentence("of_other", id=number, said=one)) for one in unmet)
    return Usage(first, *more)


def check_time(record: Record, act: Act) -> None:
    """Raise Usage for a time before the record's last step (part 0, Stamps).

    What other records' steps and corrections have added since does not count: a slip that is handed
    in late tells when the work was done.
    """
    last = last_time(event for event in standing_events(record.history) if event.to_state)
    if last is not None and act.at < last:
        shown = [f"{moment.astimezone(act.zone):%Y-%m-%d %H:%M}" for moment in (act.at, last)]
        raise Usage.of(Want.VALUE, Sentence("at_before_last", at=shown[0], last=shown[1]), "at")


def distinct(unmet: Iterable[Unmet]) -> list[Unmet]:
    """Conditions without those that would say the same again."""
    return list({(one.guard, one.text("en")): one for one in unmet}.values())

"""Every state of every shipped form is reached, every legal step taken, every other one refused."""

from __future__ import annotations

import pytest
from conftest import STAFF, Desk
from every_step import BY_HAND, LEADS_TO, SHIPPED, STEPS, prepare, steps_from
from scenes import PATHS, bring, one_commit, refuse

from pmcli.form.formula import Formula
from pmcli.messages import Sentence
from pmcli.problems import ExitCode, Refused
from pmcli.store.unit_of_work import Store
from pmcli.workflow.act import Act
from pmcli.workflow.engine import New, Take

STATES = [(name, state) for name in SHIPPED.names for state in SHIPPED.get(name).states]


def test_every_state_and_step_has_a_scene() -> None:
    assert {name: set(paths) for name, paths in PATHS.items()} == {
        name: set(SHIPPED.get(name).states) for name in SHIPPED.names
    }
    assert {name: {"new", *steps} for name, steps in STEPS.items()} == {
        name: set(SHIPPED.get(name).transitions) for name in SHIPPED.names
    }


@pytest.mark.parametrize(("name", "state"), STATES)
def test_every_legal_step_is_taken(desk: Desk, name: str, state: str) -> None:
    form = SHIPPED.get(name)
    number = bring(desk, name, state)
    if form.states[state].final:
        assert desk.show(number)["next"] == []
        return
    begin = desk.head
    for command in steps_from(form, state):
        if (name, state, command) in BY_HAND:
            continue
        prepare(desk, name, state, command, number)
        step = form.variant(command, state)
        assert step is not None
        with one_commit(desk):
            desk.do(f"{name} {command} {number} {STEPS[name][command]}")
        shown = desk.show(number)
        target = LEADS_TO.get((name, command)) or step.to
        target = shown[target.source] if isinstance(target, Formula) else target
        assert shown["state"] == (state if target == "same" else target), command
        row = shown["history"][-1]
        assert (row["command"], row["from"], row["to"]) == (command, state, shown["state"])
        stem = command.replace("-", "_")
        assert shown[f"{stem}_at"] == row["at"] == "2026-03-05T09:00:00+08:00"
        assert shown[f"{stem}_by"] == row["by"]
        desk.git("reset", "--hard", "--quiet", begin)


def actor(store: Store, name: str) -> Act:
    return store.act(name, None)


@pytest.mark.parametrize(("name", "state"), STATES)
def test_every_other_step_is_refused(desk: Desk, name: str, state: str) -> None:
    number = bring(desk, name, state)
    head = desk.head
    store = Store(desk.root)
    form = store.library.get(name)
    record = store.records.by_id(number)
    assert record is not None

    def refusal(command: str, who: str) -> Refused:
        with pytest.raises(Refused) as caught:
            Take(form, command, record.id, {}).plan(actor(store, who), store.records)
        assert caught.value.code is ExitCode.REFUSED
        assert caught.value.refusal.record == number
        assert caught.value.refusal.state == state
        return caught.value

    wrong = [c for c in form.transitions if c != "new" and form.variant(c, state) is None]
    for command in wrong:
        for who in STAFF:
            refused = refusal(command, who)
            sentence, *more = refused.sentences
            assert [s.key for s in more if isinstance(s, Sentence)] in ([], ["still_due"])
            assert command in sentence.text("zh")
            for variant in form.transitions[command]:
                for start in variant.from_:
                    assert form.states[start].label.zh in sentence.text("zh")
            offered = {step.command for step in refused.refusal.next_steps}
            assert offered <= set(steps_from(form, state))
            assert command not in offered
            assert offered or form.states[state].final
    for command in steps_from(form, state):
        step = form.variant(command, state)
        assert step is not None
        for who in STAFF:
            act = actor(store, who)
            if any(act.staff.holds(who, role) for role in step.roles):
                continue
            refused = refusal(command, who)
            roles = act.staff.label(step.roles).zh
            assert f"{who} 没有所需岗位：{roles}" in [s.text("zh") for s in refused.sentences]
    # and as typed
    for command in wrong[:1]:
        told = refuse(desk, f"{name} {command} {number}")
        assert told.state == state
        assert form.states[state].label.zh in told.text.splitlines()[0]
    assert desk.head == head


@pytest.mark.parametrize("name", SHIPPED.names)
def test_new_is_refused_to_other_roles(desk: Desk, name: str) -> None:
    store = Store(desk.root)
    form = store.library.get(name)
    for who in STAFF:
        act = actor(store, who)
        if any(act.staff.holds(who, role) for role in form.new.roles):
            continue
        with pytest.raises(Refused) as caught:
            New(form, {}).plan(act, store.records)
        assert any(who in sentence.text("zh") for sentence in caught.value.sentences)
    if "any" not in form.new.roles:
        who = next(n for n in STAFF if not any(act.staff.holds(n, r) for r in form.new.roles))
        told = refuse(desk, f"{name} new --by {who}")
        assert told.text.startswith(f"{form.title.zh}不能登记：")
        assert told.next == []


def test_a_supervisor_and_a_manager_do_what_reception_does(desk: Desk) -> None:
    for who in ("王芳", "陈立"):
        number = bring(desk, "repair", "received")
        desk.do(f"repair dispatch {number} --worker 李强 --by {who}")
    # repair work is inherited by nobody
    refuse(desk, f"repair arrive {number} --by 陈立")

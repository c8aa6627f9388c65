"""From `new` to each final state of each shipped form, by every way that passes no state twice."""

from __future__ import annotations

import pytest
from conftest import Desk
from every_step import BY_HAND, SHIPPED, STEPS, prepare
from scenes import lines_to

from pmcli.form.formula import Formula
from pmcli.form.model import Form, Transition

FIRST_LINES = {name: lines_to(name, SHIPPED.get(name).new.to) for name in SHIPPED.names}  # type: ignore[arg-type]
Path = tuple[tuple[str, str, str], ...]
"""Steps as (from, command, to)."""


def paths(form: Form) -> list[Path]:
    """Every way to a final state; a step that leads back to where it came from is no way on."""
    found: list[Path] = []
    first = str(form.new.to)

    def walk(state: str, seen: frozenset[str], taken: Path) -> None:
        if form.states[state].final:
            found.append(taken)
            return
        for step in form.legal_from(state):
            if isinstance(step.to, Formula) or step.to == "same" or step.to in seen:
                continue
            if (form.name, state, step.command) not in BY_HAND:
                walk(step.to, seen | {step.to}, (*taken, (state, step.command, step.to)))

    walk(first, frozenset({first}), ())
    return found


CASES = [
    pytest.param(name, path, id=f"{name}:" + ">".join(command for _, command, _ in path))
    for name in SHIPPED.names
    for path in paths(SHIPPED.get(name))
]


def options(name: str, command: str, held: dict[str, object]) -> str:
    """What a step is given, by what the record has come to."""
    given = STEPS[name][command]
    if name == "repair" and command == "finish" and held.get("charge_type") == "free":
        return given.replace("--amount 35", "--amount 0")
    return given


@pytest.mark.parametrize(("name", "path"), CASES)
def test_each_way_to_a_final_state(desk: Desk, name: str, path: Path) -> None:
    number = ""
    for line in FIRST_LINES[name]:
        made = desk.do(line.format(id=number)).id
        number = made if line.split()[1] == "new" else number
    for start, command, end in path:
        assert desk.show(number)["state"] == start
        prepare(desk, name, start, command, number)
        held = desk.show(number)
        desk.do(f"{name} {command} {number} {options(name, command, held)}")
        assert desk.show(number)["state"] == end
    assert desk.show(number)["next"] == []
    desk.clean()


@pytest.mark.parametrize("name", SHIPPED.names)
def test_every_final_state_is_reached(name: str) -> None:
    form = SHIPPED.get(name)
    ends = {path[-1][2] for path in paths(form) if path}
    by_hand = {step.to for step in map(_by_hand, BY_HAND) if step in _steps(form)}
    assert ends | by_hand >= {s.name for s in form.states.values() if s.final}


def _by_hand(edge: tuple[str, str, str]) -> Transition | None:
    name, state, command = edge
    return SHIPPED.get(name).variant(command, state)


def _steps(form: Form) -> list[Transition]:
    return [step for variants in form.transitions.values() for step in variants]
